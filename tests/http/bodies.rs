//! What is too large, too deep or not asked for is refused, and nothing is stored.

use reqwest::{Method, RequestBuilder};
use serde_json::json;

use crate::support::{Answer, TestApp, both_engines};

fn edit(app: &TestApp) -> RequestBuilder {
    app.member("amina").request(Method::PATCH, "/me").header("If-Match", "\"1\"")
}

fn untouched(app: &TestApp) -> bool {
    app.count("SELECT count(*) AS n FROM members WHERE id = 1 AND version = 1 AND phone_cipher IS NULL") == 1
}

both_engines! {
    async fn a_body_over_256_kib_is_refused(app: TestApp) {
        let body = |length: usize| {
            let empty = r#"{"phone":""}"#.len();
            format!(r#"{{"phone":"{}"}}"#, "1".repeat(length - empty))
        };
        let answer = Answer::to(edit(&app).body(body(256 * 1024 + 1))).await;
        assert_eq!((answer.status, answer.code()), (413, "body.too_large"));
        // One byte less is read, and then judged.
        assert_eq!(Answer::to(edit(&app).body(body(256 * 1024))).await.code(), "field.invalid");
        assert!(untouched(&app));
    }

    async fn json_nested_too_deep_is_malformed(app: TestApp) {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let deep = format!(r#"{{"phone":{}1{}}}"#, open.repeat(10_000), close.repeat(10_000));
            let answer = Answer::to(edit(&app).body(deep)).await;
            assert_eq!((answer.status, answer.code()), (400, "request.malformed"));
        }
        assert!(untouched(&app));
    }

    async fn what_is_no_json_is_malformed(app: TestApp) {
        for wrong in [&b"{"[..], b"phone=138", b"\xff\xfe", b"{\"phone\": NaN}", b"{\"phone\":\"\\u0000\"}", b"{\"phone\":\"\0\"}", b"{} {}"] {
            let answer = Answer::to(edit(&app).body(wrong.to_vec())).await;
            assert_eq!((answer.status, answer.code()), (400, "request.malformed"), "{wrong:?}");
        }
        assert!(untouched(&app));
    }

    async fn a_field_nobody_asked_for_is_named(app: TestApp) {
        let answer = Answer::to(edit(&app).json(&json!({"phone": "13812345678", "role": "city_officer"}))).await;
        assert_eq!(answer.fields(), &json!({"role": "unknown"}));
        assert_eq!(Answer::to(edit(&app).body("")).await.fields(), &json!({"phone": "required"}));
        assert!(untouched(&app));
    }

    async fn who_is_not_signed_in_is_told_so_before_anything_is_read(app: TestApp) {
        let request = app.nobody().request(Method::PATCH, "/me").body("{");
        assert_eq!(Answer::to(request).await.code(), "session.required");
    }
}
