//! Screens that show one shift's code: paired once, listed, taken away.

use chrono::TimeDelta;
use daogang::schema::screens;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};

use super::{cookie, lead, open_shift};
use crate::support::{Answer, Caller, TestApp, both_engines};

/// Adds a screen as the community's officer, and returns the answer and the code in its link.
async fn added(app: &TestApp, shift: i64) -> (Value, Value) {
    let screen = app.member("gao").post(&format!("/shifts/{shift}/screens"), json!({})).await.ok();
    let url = screen["pairing_url"].as_str().unwrap();
    let code = url.strip_prefix(&format!("{}/screens/pair#", app.base())).unwrap();
    let code = json!({"code": code});
    (screen, code)
}

/// A screen that is no browser, paired for a shift.
async fn paired(app: &TestApp, shift: i64) -> Caller {
    let (_, code) = added(app, shift).await;
    let paired = app.nobody().post("/screens/pair", code).await.ok();
    app.with_token(paired["token"].as_str().unwrap())
}

both_engines! {
    async fn a_screen_is_paired_once_and_reads_its_shift(app: TestApp) {
        let shift = open_shift(&app).await;
        let (screen, code) = added(&app, shift).await;
        let answer = app.nobody().post("/screens/pair", code.clone()).await;
        assert_eq!(answer.status, 201);
        let paired = answer.ok();
        assert_eq!(paired["shift_id"], shift);
        let token = paired["token"].as_str().unwrap();
        assert!(token.starts_with("screen."));
        let seen = app.with_token(token).get(&format!("/shifts/{shift}/code")).await.ok();
        assert!(seen["svg"].as_str().unwrap().contains("<svg"));
        let again = app.nobody().post("/screens/pair", code).await;
        assert_eq!((again.status, again.code()), (404, "row.not_found"));
        let listed = app.member("gao").get(&format!("/shifts/{shift}/screens")).await.ok();
        assert_eq!(listed["items"][0]["id"], screen["id"]);
        assert!(listed["items"][0]["paired_at"].is_string());
        let kept: Vec<u8> = app.look(|db| screens::table.select(screens::token_hash.assume_not_null()).first(db).unwrap());
        assert_eq!(kept, daogang::auth::Token::shown(token).hash());
    }

    async fn a_screen_reads_its_own_shift_and_nothing_else(app: TestApp) {
        let (shift, other) = (open_shift(&app).await, open_shift(&app).await);
        let screen = paired(&app, shift).await;
        let answer = screen.get(&format!("/shifts/{other}/code")).await;
        assert_eq!((answer.status, answer.code()), (404, "row.not_found"));
        for path in ["/me", "/me/ledger", "/organizations", &format!("/shifts/{shift}/screens"), "/posts"] {
            let answer = screen.get(path).await;
            assert_eq!((answer.status, answer.code()), (401, "session.required"), "{path}");
        }
        assert_eq!(screen.delete("/screens/1").await.status, 401);
        assert_eq!(screen.post("/tickets", json!({"code": "x"})).await.status, 401);
    }

    async fn a_browser_gets_a_cookie_and_no_token(app: TestApp) {
        let (shift, other) = (open_shift(&app).await, open_shift(&app).await);
        let (_, code) = added(&app, shift).await;
        let pair = |origin: &str| app.nobody().request(Method::POST, "/screens/pair").header("Origin", origin).json(&code);
        assert_eq!(Answer::to(pair("https://elsewhere.example")).await.code(), "origin.refused");
        let answer = Answer::to(pair(app.base())).await;
        assert!(answer.status == 201 && answer.body.get("token").is_none(), "{}", answer.body);
        let screen = cookie(&answer, "daogang_screen").unwrap();
        let read = async |caller: Caller, path: String| {
            let request = caller.request(Method::GET, &path).header("Cookie", format!("daogang_screen={screen}"));
            Answer::to(request).await.status
        };
        assert_eq!(read(app.nobody(), format!("/shifts/{shift}/code")).await, 200);
        assert_eq!(read(app.nobody(), format!("/shifts/{other}/code")).await, 401);
        assert_eq!(read(app.nobody(), "/me".to_owned()).await, 401);
        // A lead's own sign-in goes before the cookie.
        lead(&app, other, "amina");
        assert_eq!(read(app.member("amina"), format!("/shifts/{other}/code")).await, 200);
        assert_eq!(read(app.member("chen"), format!("/shifts/{shift}/code")).await, 404);
    }

    async fn a_pairing_link_ends_after_ten_minutes(app: TestApp) {
        let shift = open_shift(&app).await;
        let (screen, code) = added(&app, shift).await;
        let expires: daogang::clock::Timestamp = serde_json::from_value(screen["expires_at"].clone()).unwrap();
        assert!((expires.since(app.clock().real()) - TimeDelta::minutes(10)).abs() < TimeDelta::seconds(20));
        let past = app.clock().real().minus(TimeDelta::seconds(1));
        app.look(|db| diesel::update(screens::table).set(screens::pairing_ends_at.eq(past)).execute(db).unwrap());
        assert_eq!(app.nobody().post("/screens/pair", code).await.code(), "row.not_found");
        let listed = app.member("gao").get(&format!("/shifts/{shift}/screens")).await.ok();
        assert_eq!(listed["items"], json!([]));
        assert_eq!(app.nobody().post("/screens/pair", json!({"code": "x"})).await.code(), "row.not_found");
        assert_eq!(app.nobody().post("/screens/pair", json!({})).await.fields(), &json!({"code": "required"}));
    }

    async fn a_revoked_screen_reads_nothing_and_a_revoked_link_opens_nothing(app: TestApp) {
        let (shift, gao) = (open_shift(&app).await, app.member("gao"));
        let screen = paired(&app, shift).await;
        let id = gao.get(&format!("/shifts/{shift}/screens")).await.ok()["items"][0]["id"].clone();
        assert_eq!(gao.delete(&format!("/screens/{id}")).await.status, 204);
        let answer = screen.get(&format!("/shifts/{shift}/code")).await;
        assert_eq!((answer.status, answer.code()), (401, "session.required"));
        assert_eq!(gao.delete(&format!("/screens/{id}")).await.code(), "row.not_found");
        assert_eq!(gao.get(&format!("/shifts/{shift}/screens")).await.ok()["items"], json!([]));
        let (waiting, code) = added(&app, shift).await;
        assert_eq!(gao.delete(&format!("/screens/{}", waiting["id"])).await.status, 204);
        assert_eq!(app.nobody().post("/screens/pair", code).await.code(), "row.not_found");
    }

    async fn a_screen_reads_until_half_an_hour_after_the_end(app: TestApp) {
        let shift = open_shift(&app).await;
        let screen = paired(&app, shift).await;
        let path = format!("/shifts/{shift}/code");
        app.clock().move_to(app.now().plus(TimeDelta::minutes(108)));
        screen.get(&path).await.ok();
        app.clock().move_to(app.now().plus(TimeDelta::minutes(3)));
        assert_eq!(screen.get(&path).await.code(), "session.required");
        let late = app.member("gao").post(&format!("/shifts/{shift}/screens"), json!({})).await;
        assert_eq!((late.status, late.code()), (409, "shift.ended"));
    }

    async fn screens_are_the_publishers_officers(app: TestApp) {
        let shift = open_shift(&app).await;
        lead(&app, shift, "amina");
        let path = format!("/shifts/{shift}/screens");
        let (screen, _) = added(&app, shift).await;
        let one = format!("/screens/{}", screen["id"]);
        for (who, status) in [("amina", 403), ("jin", 403), ("nie", 403), ("hu", 404)] {
            let caller = app.member(who);
            assert_eq!(caller.post(&path, json!({})).await.status, status, "{who}");
            assert_eq!(caller.get(&path).await.status, status, "{who}");
            assert_eq!(caller.delete(&one).await.status, status, "{who}");
        }
        for who in ["gao", "kang", "lin", "ma"] {
            app.member(who).post(&path, json!({})).await.ok();
            app.member(who).get(&path).await.ok();
        }
        assert_eq!(app.member("ma").post("/shifts/999999/screens", json!({})).await.code(), "row.not_found");
        assert_eq!(app.member("ma").delete("/screens/999999").await.code(), "row.not_found");
        assert_eq!(app.member("kang").delete(&one).await.status, 204);
    }

    async fn the_same_sending_adds_one_screen(app: TestApp) {
        let path = format!("/shifts/{}/screens", open_shift(&app).await);
        let gao = app.member("gao").keyed("screen-at-the-crossing");
        let first = gao.post(&path, json!({})).await.ok();
        assert_eq!(gao.post(&path, json!({})).await.ok(), first);
        assert_eq!(app.count("SELECT count(*) AS n FROM screens"), 1);
    }
}
