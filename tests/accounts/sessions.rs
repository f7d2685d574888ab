//! How long a sign-in lasts, and how it ends.

use chrono::TimeDelta;
use daogang::clock::Timestamp;
use daogang::schema::sessions;
use daogang::units::MemberId;
use diesel::prelude::*;

use super::{credentials, sign_in};
use crate::support::city::City;
use crate::support::databases::until;
use crate::support::{Setup, TestApp, both_engines};

/// When the sign-in that everyone of the city has ends.
fn ends(app: &TestApp, name: &str) -> Timestamp {
    let member = City::person(name).id;
    let rows = sessions::table.filter(sessions::member_id.eq(member)).select(sessions::expires_at);
    app.look(|db| rows.first(db).unwrap())
}

/// Rewrites that sign-in as if it had begun and been used so long ago.
fn age(app: &TestApp, name: &str, began: TimeDelta, used: TimeDelta) {
    let (member, now): (MemberId, _) = (City::person(name).id, app.clock().real());
    app.look(|db| {
        diesel::update(sessions::table.filter(sessions::member_id.eq(member)))
            .set((sessions::created_at.eq(now.minus(began)), sessions::seen_at.eq(now.minus(used))))
            .execute(db)
            .unwrap()
    });
}

fn is_about(at: Timestamp, expected: Timestamp) -> bool {
    at.since(expected).abs() < TimeDelta::seconds(30)
}

both_engines! {
    async fn a_member_lists_their_own_sign_ins_and_ends_one(app: TestApp) {
        let (phone, desk) = (sign_in(&app, "amina").await, sign_in(&app, "amina").await);
        let listed = phone.get("/me/sessions").await.ok();
        let ids: Vec<i64> = listed["items"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect();
        assert_eq!(ids.len(), 3);
        let text = listed.to_string();
        assert!(!text.contains("token") && !text.contains("hash"), "{text}");
        // Newest first: the desk's.
        assert_eq!(phone.delete(&format!("/me/sessions/{}", ids[0])).await.status, 204);
        assert_eq!(desk.get("/me").await.code(), "session.required");
        phone.get("/me").await.ok();
        assert_eq!(phone.get("/me/sessions").await.ok()["items"].as_array().unwrap().len(), 2);
    }

    async fn an_ended_sign_in_is_refused_at_once(app: TestApp) {
        let amina = sign_in(&app, "amina").await;
        amina.get("/me").await.ok();
        assert_eq!(amina.delete("/session").await.status, 204);
        let answer = amina.get("/me").await;
        assert_eq!((answer.status, answer.code()), (401, "session.required"));
        assert_eq!(amina.delete("/session").await.code(), "session.required");
    }

    async fn someone_elses_sign_in_is_not_there_to_end(app: TestApp) {
        let bolat = sign_in(&app, "bolat").await;
        let id = bolat.get("/me/sessions").await.ok()["items"][0]["id"].as_i64().unwrap();
        let answer = app.member("amina").delete(&format!("/me/sessions/{id}")).await;
        assert_eq!((answer.status, answer.code()), (404, "row.not_found"));
        bolat.get("/me").await.ok();
        for unknown in ["/me/sessions/999999", "/me/sessions/x"] {
            assert_eq!(app.member("amina").delete(unknown).await.code(), "row.not_found");
        }
    }

    async fn nobody_and_a_made_up_token_are_asked_to_sign_in(app: TestApp) {
        for caller in [app.nobody(), app.with_token("made up"), app.with_token("")] {
            let answer = caller.get("/me").await;
            assert_eq!((answer.status, answer.code()), (401, "session.required"));
        }
    }

    async fn a_members_sign_in_lasts_180_days_from_its_last_use(app: TestApp) {
        let signed_in = app.nobody().post("/session", credentials("amina")).await.ok();
        let expires: Timestamp = serde_json::from_value(signed_in["expires_at"].clone()).unwrap();
        assert!(is_about(expires, app.clock().real().plus(TimeDelta::days(180))));
        age(&app, "bolat", TimeDelta::days(300), TimeDelta::minutes(11));
        app.member("bolat").get("/me").await.ok();
        assert!(is_about(ends(&app, "bolat"), app.clock().real().plus(TimeDelta::days(180))));
    }

    async fn a_use_within_ten_minutes_of_the_last_is_not_written_down(app: TestApp) {
        age(&app, "bolat", TimeDelta::days(300), TimeDelta::minutes(9));
        let before = ends(&app, "bolat");
        app.member("bolat").get("/me").await.ok();
        assert_eq!(ends(&app, "bolat"), before);
    }

    async fn an_officers_sign_in_lasts_12_hours_and_a_week_at_most(app: TestApp) {
        age(&app, "gao", TimeDelta::days(2), TimeDelta::minutes(11));
        app.member("gao").get("/me").await.ok();
        assert!(is_about(ends(&app, "gao"), app.clock().real().plus(TimeDelta::hours(12))));
        age(&app, "hu", TimeDelta::days(6) + TimeDelta::hours(23), TimeDelta::minutes(11));
        app.member("hu").get("/me").await.ok();
        assert!(is_about(ends(&app, "hu"), app.clock().real().plus(TimeDelta::hours(1))));
    }

    async fn a_sign_in_past_its_end_is_refused_and_not_listed(app: TestApp) {
        let past = app.clock().real().minus(TimeDelta::seconds(1));
        app.look(|db| diesel::update(sessions::table).set(sessions::expires_at.eq(past)).execute(db).unwrap());
        assert_eq!(app.member("amina").get("/me").await.code(), "session.required");
        let again = sign_in(&app, "amina").await;
        assert_eq!(again.get("/me/sessions").await.ok()["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_ended_on_one_server_ends_on_the_other_at_once() {
    let app = TestApp::start(Setup::postgres()).await;
    let other = app.another_server().await;
    until("both have joined Redis", async || {
        app.app.ephemeral.reached() == Some(true) && other.app.ephemeral.reached() == Some(true)
    })
    .await;
    let here = sign_in(&app, "amina").await;
    let there = here.at(&other);
    there.get("/me").await.ok();
    let began = std::time::Instant::now();
    here.delete("/session").await;
    until("the other server refuses it", async || there.get("/me").await.status == 401).await;
    // Without the word from the first server it would be remembered for five seconds.
    assert!(began.elapsed() < std::time::Duration::from_secs(2), "{:?}", began.elapsed());
}
