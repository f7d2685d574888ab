//! Who gets in, with what, and who is asked to wait.

use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;

use super::{credentials, session_cookie, set_cookie, sign_in, sign_in_by_browser};
use crate::support::city::PEOPLE;
use crate::support::{Answer, Setup, TestApp, both_engines};

async fn fail(app: &TestApp, account: &str) -> Answer {
    app.nobody().post("/session", json!({"account": account, "password": "wrong"})).await
}

both_engines! {
    async fn a_client_without_an_origin_gets_a_token_and_no_cookie(app: TestApp) {
        let answer = app.nobody().post("/session", credentials("amina")).await;
        assert_eq!(answer.status, 201);
        assert_eq!(set_cookie(&answer, "daogang_session"), "");
        assert_eq!(answer.body["me"]["name"], "Amina");
        let amina = app.with_token(answer.body["token"].as_str().unwrap());
        assert_eq!(amina.get("/me").await.ok()["id"], 1);
    }

    async fn a_browser_gets_a_cookie_that_scripts_cannot_read_and_no_token(app: TestApp) {
        let answer = sign_in_by_browser(&app, "amina").await;
        assert_eq!((answer.status, &answer.body["token"]), (201, &serde_json::Value::Null));
        let cookie = set_cookie(&answer, "daogang_session");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
            assert!(cookie.contains(part), "{part} is missing: {cookie}");
        }
        assert!(set_cookie(&answer, "daogang_device").contains("Max-Age=31536000"));
        let me = app.nobody().request(Method::GET, "/me").header("Cookie", session_cookie(&answer));
        assert_eq!(Answer::to(me).await.ok()["name"], "Amina");
    }

    async fn an_act_by_cookie_needs_a_page_of_this_site(app: TestApp) {
        let cookie = session_cookie(&sign_in_by_browser(&app, "amina").await);
        let sign_out = || app.nobody().request(Method::DELETE, "/session").header("Cookie", &cookie);
        for refused in [sign_out(), sign_out().header("Origin", "https://evil.example"), sign_out().header("Origin", "null")] {
            let answer = Answer::to(refused).await;
            assert_eq!((answer.status, answer.code()), (403, "origin.refused"));
        }
        assert_eq!(Answer::to(sign_out().header("Origin", app.base())).await.status, 204);
    }

    async fn a_browser_on_another_site_cannot_sign_in(app: TestApp) {
        let request = app.nobody().request(Method::POST, "/session").header("Origin", "https://evil.example");
        assert_eq!(Answer::to(request.json(&credentials("amina"))).await.code(), "origin.refused");
        assert_eq!(app.count("SELECT count(*) AS n FROM sessions WHERE member_id = 1"), 1);
    }

    async fn an_account_is_read_in_any_case(app: TestApp) {
        assert_eq!(sign_in(&app, "AMINA").await.get("/me").await.ok()["name"], "Amina");
    }

    async fn an_unknown_account_and_a_wrong_password_get_the_same_answer(app: TestApp) {
        let (mut known, mut unknown) = (fail(&app, "amina").await, fail(&app, "nobody").await);
        assert_eq!((known.status, known.code()), (401, "session.wrong_credentials"));
        for answer in [&mut known, &mut unknown] {
            answer.body["request_id"].take();
        }
        assert_eq!((known.status, known.body), (unknown.status, unknown.body));
    }

    async fn ten_failures_close_an_account_for_a_while_known_or_not(app: TestApp) {
        for account in ["amina", "nobody"] {
            for _ in 0..10 {
                assert_eq!(fail(&app, account).await.code(), "session.wrong_credentials");
            }
            // The right password tells nothing either, in any case of the account.
            let answer = app.nobody().post("/session", credentials(&account.to_uppercase())).await;
            assert_eq!((answer.status, answer.code()), (429, "rate.limited"));
            assert!((1..=900).contains(&answer.header("retry-after").parse::<u64>().unwrap()));
        }
        assert_eq!(app.nobody().post("/session", credentials("bolat")).await.status, 201);
    }

    async fn a_hundred_failures_close_an_address_for_a_while(app: TestApp) {
        for number in 0..100 {
            let account = PEOPLE[number % 12].name;
            assert_eq!(fail(&app, account).await.code(), "session.wrong_credentials", "{number}");
        }
        let answer = app.nobody().post("/session", credentials("nie")).await;
        assert_eq!((answer.status, answer.code()), (429, "rate.limited"));
        assert!(!answer.header("retry-after").is_empty());
        // Who is in stays in: thousands of phones share an address.
        app.member("nie").get("/me").await.ok();
    }

    async fn a_wrong_form_is_refused_by_field(app: TestApp) {
        let answer = app.nobody().post("/session", json!({"account": "amina", "pasword": "x"})).await;
        assert_eq!(answer.fields(), &json!({"pasword": "unknown"}));
        assert_eq!(app.nobody().post("/session", json!({"account": "amina"})).await.fields(), &json!({"password": "required"}));
        let long = json!({"account": "a".repeat(101), "password": "x"});
        assert_eq!(app.nobody().post("/session", long).await.code(), "session.wrong_credentials");
    }

    async fn the_database_keeps_no_token(app: TestApp) {
        let answer = app.nobody().post("/session", credentials("amina")).await.ok();
        let token = answer["token"].as_str().unwrap();
        let hashes: Vec<Vec<u8>> = app.look(|db| {
            use diesel::prelude::*;
            daogang::schema::sessions::table.select(daogang::schema::sessions::token_hash).load(db).unwrap()
        });
        assert!(!hashes.iter().any(|hash| hash.as_slice() == token.as_bytes()));
        assert!(hashes.iter().all(|hash| hash.len() == 32));
    }
}

/// One engine does: no row is asked for while they wait.
#[tokio::test(flavor = "multi_thread")]
async fn more_than_256_waiting_verifications_are_asked_to_come_back() {
    let app = TestApp::start(Setup::sqlite()).await;
    let mut pressing = JoinSet::new();
    for number in 0..400 {
        let nobody = app.nobody();
        let body = json!({"account": format!("unknown-{number}"), "password": "wrong"});
        pressing.spawn(async move { nobody.post("/session", body).await });
    }
    let (mut judged, mut asked_back) = (0, 0);
    while let Some(answer) = pressing.join_next().await {
        let answer = answer.unwrap();
        match (answer.status, answer.code()) {
            // Failures of this address close it while others still wait to be let in.
            (401, "session.wrong_credentials") | (429, "rate.limited") => judged += 1,
            (503, "store.busy") => {
                assert!(!answer.header("retry-after").is_empty());
                asked_back += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(asked_back > 0 && judged >= 256, "{judged} judged, {asked_back} asked to come back");
}
