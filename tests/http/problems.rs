//! How a refusal looks to whoever reads it.

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, both_engines};

both_engines! {
    async fn a_refusal_is_a_problem_document(app: TestApp) {
        let answer = app.nobody().get("/me").await;
        assert_eq!(answer.code(), "session.required");
        let keys: Vec<&str> = answer.body.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["code", "detail", "facts", "request_id", "status", "title", "type"]);
        assert_eq!(answer.body["title"], "Sign in first");
        assert_eq!(answer.body["facts"], json!({}));
        assert_eq!(answer.body["request_id"], answer.header("x-request-id"));
        assert_ne!(answer.body["request_id"], app.nobody().get("/me").await.body["request_id"]);
    }

    async fn a_refusal_is_in_the_callers_language(app: TestApp) {
        for (asked, detail) in [
            (None, "请先登录"),
            (Some("zh-CN,zh;q=0.9,en;q=0.8"), "请先登录"),
            (Some("en-GB,en;q=0.9"), "Sign in first"),
        ] {
            let mut request = app.nobody().request(Method::GET, "/me");
            if let Some(asked) = asked {
                request = request.header("Accept-Language", asked);
            }
            assert_eq!(Answer::to(request).await.body["detail"], detail, "{asked:?}");
        }
    }

    async fn what_a_caller_has_already_is_not_sent_again(app: TestApp) {
        let path = "/grids?bbox=103,36,104,37&level=estates";
        let amina = app.member("amina");
        let first = amina.get(path).await;
        let tag = first.header("etag").to_owned();
        assert_eq!((first.status, first.header("cache-control")), (200, "private, no-cache"));
        let ask = |tag: &str| amina.request(Method::GET, path).header("If-None-Match", tag);
        let again = Answer::to(ask(&tag)).await;
        assert_eq!((again.status, again.body), (304, json!(null)));
        assert_eq!(Answer::to(ask("W/\"0\"")).await.status, 200);
    }

    async fn what_has_no_route_is_not_there(app: TestApp) {
        for (method, path) in [
            (Method::GET, "/api/v1/nothing"),
            (Method::POST, "/nothing"),
            (Method::POST, "/"),
            (Method::PUT, "/api/v1/me"),
            (Method::GET, "/api/v1/me/sessions/1"),
            (Method::GET, "/api/v1/../../etc/passwd"),
        ] {
            let answer = Answer::to(app.member("amina").request_outside(method.clone(), path)).await;
            assert_eq!((answer.status, answer.code()), (404, "row.not_found"), "{method} {path}");
        }
    }

    async fn every_answer_carries_the_headers_that_keep_browsers_safe(app: TestApp) {
        for answer in [app.member("amina").get("/me").await, app.nobody().get("/nothing").await] {
            assert!(answer.header("content-security-policy").starts_with("default-src 'self'"));
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("x-frame-options"), "DENY");
            assert_eq!(answer.header("referrer-policy"), "no-referrer");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(!answer.header("x-request-id").is_empty());
        }
    }

    async fn a_wrong_query_is_refused_by_field(app: TestApp) {
        let amina = app.member("amina");
        assert_eq!(amina.get("/organizations?colour=red").await.fields(), &json!({"colour": "unknown"}));
        assert_eq!(amina.get("/organizations?limit=0").await.fields(), &json!({"limit": "1_to_100"}));
        assert_eq!(amina.get("/organizations?limit=101").await.fields(), &json!({"limit": "1_to_100"}));
        assert_eq!(amina.get("/organizations?limit=many").await.status, 422);
        assert_eq!(amina.get("/organizations?cursor=made-up").await.fields(), &json!({"cursor": "unknown"}));
        assert_eq!(amina.get("/grids?level=estates").await.fields(), &json!({"bbox": "required"}));
        for wrong in ["1,2,3", "NaN,36,104,37", "104,36,103,37", "x", "1e999,36,104,37"] {
            let answer = amina.get(&format!("/grids?level=estates&bbox={wrong}")).await;
            assert_eq!(answer.fields(), &json!({"bbox": "west_south_east_north"}), "{wrong}");
        }
    }
}
