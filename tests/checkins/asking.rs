//! Whom a member is told to ask when a press settles nothing.

use reqwest::Method;
use serde_json::{Value, json};

use super::morning::{Holder, Morning, by_position};
use super::{code_of, cookie as cookie_of, open_shift};
use crate::support::{Answer, Caller, TestApp, both_engines};

/// A shift led by Amina, who gave a number, with Chen among its holders.
async fn led(app: &TestApp) -> (Morning<'_>, Holder) {
    let morning = Morning::new(app).await;
    let lead = morning.led_by("amina").await;
    lead.caller.patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
    let member = morning.hold("chen").await;
    (morning, member)
}

fn amina() -> Value {
    json!({"name": "Amina", "phone": "13812345678"})
}

both_engines! {
    async fn every_refusal_names_the_lead_with_the_number_until_the_end(app: TestApp) {
        let (morning, member) = led(&app).await;
        let nameless = json!({"name": "Amina", "phone": null});
        // The day before yesterday's evening lies more than 24 hours before.
        let early = morning.at_day("2026-09-01 07:00").here();
        let refused = member.check_in(by_position(early)).await;
        assert_eq!((refused.code(), &refused.body["facts"]["lead"]), ("checkin.too_early", &nameless));
        let here = morning.at("06:30").here();
        let refused = member.check_in(by_position(here)).await;
        assert_eq!((refused.code(), &refused.body["facts"]["lead"]), ("checkin.too_early", &amina()));
        assert!(refused.body["facts"]["opens_at"].is_string());
        morning.at("07:25");
        for (press, code) in [
            (json!({"method": "rotating_code", "code": "nonsense"}), "checkin.code_invalid"),
            (json!({"method": "rotating_code", "code": code_of(&app, morning.shift, 60)}), "checkin.code_stale"),
            (json!({"method": "rotating_code", "code": code_of(&app, open_shift(&app).await, 0)}), "checkin.code_wrong_shift"),
            (json!({"method": "geofence"}), "checkin.position_needed"),
        ] {
            let refused = member.check_in(press).await;
            assert_eq!((refused.code(), &refused.body["facts"]["lead"]), (code, &amina()));
        }
        let refused = member.check_out(json!({})).await;
        assert_eq!((refused.code(), &refused.body["facts"]["lead"]), ("checkout.not_checked_in", &amina()));
        let here = morning.at("08:30").here();
        let refused = member.check_in(by_position(here)).await;
        assert_eq!((refused.code(), &refused.body["facts"]["lead"]), ("checkin.too_late", &nameless));
    }

    async fn a_try_that_settles_nothing_names_the_lead_and_one_that_does_nobody(app: TestApp) {
        let (morning, member) = led(&app).await;
        let unsure = morning.at("07:24").north(0.0, 300.0);
        let answer = member.check_in(by_position(unsure)).await.ok();
        assert_eq!((&answer["attempt"]["verdict"], &answer["lead"]), (&json!("cannot_tell"), &amina()));
        let far = morning.far();
        let sender = Holder { caller: member.caller.keyed("the-same-press"), claim: member.claim };
        let press = by_position(far);
        let answer = sender.check_in(press.clone()).await.ok();
        assert_eq!((&answer["attempt"]["verdict"], &answer["lead"]), (&json!("outside"), &amina()));
        assert_eq!(sender.check_in(press).await.ok()["lead"], amina());
        let answer = member.check_in(by_position(morning.at("07:26").here())).await.ok();
        assert_eq!((&answer["attempt"]["verdict"], &answer["lead"]), (&json!("inside"), &Value::Null));
        let far = morning.at("08:20").far();
        assert_eq!(member.check_out(by_position(far)).await.ok()["lead"], amina());
    }

    async fn without_a_lead_nobody_is_named_and_a_lead_is_sent_to_the_deputy(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (amina, chen) = (morning.hold("amina").await, morning.hold("chen").await);
        let far = morning.at("07:24").far();
        assert_eq!(chen.check_in(by_position(far.clone())).await.ok()["lead"], Value::Null);
        let refused = chen.check_in(json!({"method": "geofence"})).await;
        assert_eq!(refused.body["facts"], json!({"lead": null}));
        let named = json!({"member_id": amina.caller.id, "deputy_id": chen.caller.id});
        app.member("gao").put(&format!("/shifts/{}/lead", morning.shift), named).await.ok();
        assert_eq!(amina.check_in(by_position(far.clone())).await.ok()["lead"], json!({"name": "Chen", "phone": null}));
        assert_eq!(chen.check_in(by_position(far)).await.ok()["lead"], json!({"name": "Amina", "phone": null}));
    }

    async fn a_paired_browser_reads_code_and_head_counts_by_its_cookie_alone(app: TestApp) {
        let (morning, member) = led(&app).await;
        let screen = app.member("gao").post(&format!("/shifts/{}/screens", morning.shift), json!({})).await.ok();
        let code = screen["pairing_url"].as_str().unwrap().split_once('#').unwrap().1;
        morning.at("07:20");
        let browser = |caller: Caller, method, path: &str| caller.request(method, path).header("Origin", app.base());
        let paired = Answer::to(browser(app.nobody(), Method::POST, "/screens/pair").json(&json!({"code": code}))).await;
        let cookie = format!("daogang_screen={}", cookie_of(&paired, "daogang_screen").unwrap());
        let read = async |path: String| {
            Answer::to(app.nobody().request(Method::GET, &path).header("Cookie", &cookie)).await
        };
        let shown = read(format!("/shifts/{}/code", morning.shift)).await.ok();
        assert_eq!(shown["head_counts"], json!({"expected": 2, "arrived": 0, "left": 0}));
        member.check_in(json!({"method": "rotating_code", "code": shown["code"], "position": morning.here()})).await.ok();
        let shown = read(format!("/shifts/{}/code", morning.shift)).await.ok();
        assert_eq!(shown["head_counts"], json!({"expected": 2, "arrived": 1, "left": 0}));
        // It asks again rather than listens: events are for members.
        assert_eq!(read(format!("/live?topic=shift:{}", morning.shift)).await.code(), "session.required");
    }
}
