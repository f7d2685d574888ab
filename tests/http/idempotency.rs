//! An act that is sent twice with one key happens once.

use serde_json::{Value, json};

use crate::support::databases::execute;
use crate::support::{Answer, Caller, Setup, TestApp, both_engines};

fn phone(number: &str) -> Value {
    json!({"phone": number})
}

fn version_of(app: &TestApp, member: i64) -> i64 {
    (1..10)
        .find(|version| {
            app.count(&format!(
                "SELECT count(*) AS n FROM members WHERE id = {member} AND version = {version}"
            )) == 1
        })
        .expect("a small version")
}

async fn change(caller: &Caller, number: &str) -> Answer {
    caller.patch("/me", 1, phone(number)).await
}

both_engines! {
    async fn a_resending_gets_the_first_answer_and_changes_nothing(app: TestApp) {
        let amina = app.member("amina").keyed("key-of-amina");
        let first = change(&amina, "13812345678").await;
        // Alone it would be refused: the version has moved on.
        let again = change(&amina, "13812345678").await;
        assert_eq!((first.status, &first.body), (200, &again.body));
        assert_eq!(first.status, again.status);
        assert_eq!(first.header("etag"), again.header("etag"));
        assert_eq!(version_of(&app, 1), 2);
    }

    async fn a_key_with_another_body_is_refused(app: TestApp) {
        let amina = app.member("amina").keyed("key-of-amina");
        change(&amina, "13812345678").await.ok();
        let other = change(&amina, "13900000000").await;
        assert_eq!((other.status, other.code()), (409, "idempotency.key_reused"));
        assert_eq!(version_of(&app, 1), 2);
    }

    async fn a_key_belongs_to_its_member(app: TestApp) {
        change(&app.member("amina").keyed("same-key"), "13812345678").await.ok();
        change(&app.member("bolat").keyed("same-key"), "13900000000").await.ok();
        assert_eq!((version_of(&app, 1), version_of(&app, 2)), (2, 2));
    }

    async fn a_refusal_is_judged_again(app: TestApp) {
        let amina = app.member("amina").keyed("key-of-amina");
        let early = amina.patch("/me", 7, phone("13812345678")).await;
        assert_eq!(early.code(), "version.moved_on");
        // The refusal is not remembered under the key, so the same sending is judged by what holds now.
        app.look(|db| execute(db, "UPDATE members SET version = 7 WHERE id = 1").unwrap());
        amina.patch("/me", 7, phone("13812345678")).await.ok();
    }

    async fn two_sendings_at_once_are_one_act(app: TestApp) {
        for round in 0..20 {
            let amina = app.member("amina").keyed(&format!("key-of-round-{round}"));
            app.look(|db| execute(db, "UPDATE members SET version = 1 WHERE id = 1").unwrap());
            let (one, other) = tokio::join!(change(&amina, "13812345678"), change(&amina, "13812345678"));
            assert_eq!((one.status, other.status), (200, 200), "{round}: {} {}", one.body, other.body);
            assert_eq!(one.body, other.body);
            assert_eq!(version_of(&app, 1), 2);
        }
    }

    async fn a_key_has_8_to_64_visible_characters(app: TestApp) {
        let long = "k".repeat(65);
        for wrong in ["", "short", "with a blank", long.as_str()] {
            let answer = change(&app.member("amina").keyed(wrong), "13812345678").await;
            assert_eq!(answer.fields(), &json!({"Idempotency-Key": "8_to_64_visible_characters"}), "{wrong:?}");
        }
        change(&app.member("amina").keyed(&"k".repeat(64)), "13812345678").await.ok();
    }

    async fn whoever_is_no_longer_signed_in_gets_no_earlier_answer(app: TestApp) {
        let amina = app.member("amina").keyed("key-of-amina");
        change(&amina, "13812345678").await.ok();
        app.member("amina").delete("/session").await;
        assert_eq!(change(&amina, "13812345678").await.code(), "session.required");
    }

    async fn a_key_is_forgotten_after_48_hours(app: TestApp) {
        let amina = app.member("amina").keyed("key-of-amina");
        change(&amina, "13812345678").await.ok();
        app.later(47 * 60).await;
        change(&amina, "13812345678").await.ok();
        app.later(2 * 60).await;
        assert_eq!(change(&amina, "13812345678").await.code(), "version.moved_on");
    }
}

/// Each server has its own writers, so that only the database keeps the two apart.
#[tokio::test(flavor = "multi_thread")]
async fn two_sendings_at_once_to_two_servers_are_one_act() {
    let app = TestApp::start(Setup::postgres()).await;
    let other = app.another_server().await;
    for round in 0..50 {
        let here = app.member("amina").keyed(&format!("key-of-round-{round}"));
        let there = here.at(&other);
        app.look(|db| execute(db, "UPDATE members SET version = 1 WHERE id = 1").unwrap());
        let (one, other) = tokio::join!(change(&here, "13812345678"), change(&there, "13812345678"));
        assert_eq!((one.status, other.status), (200, 200), "{round}: {} {}", one.body, other.body);
        assert_eq!(one.body, other.body);
        assert_eq!(version_of(&app, 1), 2, "{round}");
    }
}

/// `sent_at` says when a phone sent, which is another moment each time: no other content.
#[tokio::test(flavor = "multi_thread")]
async fn a_resending_may_renew_sent_at() {
    use actix_web::FromRequest;
    use actix_web::dev::Payload;
    use actix_web::test::TestRequest;
    use daogang::http::Body;

    async fn digest(body: Value) -> [u8; 32] {
        let (request, payload) = TestRequest::post().set_payload(body.to_string()).to_http_parts();
        let mut payload: Payload = payload;
        Body::<Value>::from_request(&request, &mut payload).await.unwrap().digest
    }
    let fix = |sent_at: &str, lat: f64| json!({"method": "geofence", "sent_at": sent_at, "position": {"lat": lat, "sent_at": sent_at}});
    let first = digest(fix("2026-09-01T08:00:00+08:00", 36.0)).await;
    assert_eq!(first, digest(fix("2026-09-01T08:00:05+08:00", 36.0)).await);
    assert_ne!(first, digest(fix("2026-09-01T08:00:00+08:00", 36.1)).await);
}
