//! Tries: each judged one is kept, and the best of them stands with its own time.

use serde_json::{Value, json};

use super::code_of;
use super::morning::{Morning, by_position, clock};
use crate::support::both_engines;

both_engines! {
    async fn a_press_from_home_sets_no_time_and_proof_at_the_post_does(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        let home = member.check_in(by_position(morning.at("07:00").north(900.0, 20.0))).await;
        assert_eq!((home.status, &home.body["evidence_level"], &home.body["counts"]), (201, &json!("weak"), &json!("under_review")));
        assert_eq!(clock(&home.body["checked_in_at"]), "07:00");
        let proof = member.check_in(morning.at("08:20").proof().await).await.ok();
        assert_eq!((&proof["evidence_level"], clock(&proof["checked_in_at"])), (&json!("strong"), "08:20".to_owned()));
        let left = member.check_out(morning.at("08:30").proof().await).await.ok();
        assert_eq!((&left["minutes"], member.minutes().await), (&json!(10), 0));
        assert_eq!(member.tries(&app), 3);
    }

    async fn a_worse_try_is_kept_and_leaves_what_stands(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        let first = member.check_in(by_position(morning.at("07:20").here())).await.ok();
        assert_eq!(first["evidence_level"], "fair");
        for (time, press, own) in [
            ("07:24", by_position(morning.at("07:24").north(0.0, 300.0)), "weak"),
            ("07:25", by_position(morning.at("07:25").here()), "fair"),
        ] {
            morning.at(time);
            let answer = member.check_in(press).await;
            assert_eq!((answer.status, &answer.body["attempt"]["evidence_level"]), (201, &json!(own)));
            assert_eq!((&answer.body["evidence_level"], &answer.body["verdict"]), (&json!("fair"), &json!("inside")));
            assert_eq!(clock(&answer.body["checked_in_at"]), "07:20");
        }
        assert_eq!(member.tries(&app), 3);
        let better = member.check_in(morning.at("07:28").proof().await).await.ok();
        assert_eq!((&better["evidence_level"], clock(&better["checked_in_at"])), (&json!("strong"), "07:28".to_owned()));
    }

    async fn what_is_proved_needs_no_further_try(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (proved, attested) = (morning.hold("amina").await, morning.hold("chen").await);
        morning.at("07:22");
        proved.check_in(morning.proof().await).await.ok();
        morning.attest(&app.member("gao"), attested.claim, None, None).await.ok();
        for member in [&proved, &attested] {
            let before = member.tries(&app);
            for press in [morning.proof().await, by_position(morning.far())] {
                let again = member.check_in(press).await;
                assert_eq!((again.status, again.code()), (409, "checkin.already_done"));
                assert_eq!(clock(&again.body["facts"]["checked_in_at"]), "07:22");
            }
            assert_eq!(member.tries(&app), before);
        }
    }

    async fn after_twenty_tries_the_lead_is_named(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("chen").await;
        for number in 0..20 {
            let answer = member.check_in(by_position(morning.at("07:22").north(0.0, 300.0))).await;
            assert_eq!(answer.status, 201, "{number}: {}", answer.body);
        }
        let refused = member.check_in(morning.proof().await).await;
        assert_eq!((refused.status, refused.code(), &refused.body["facts"]), (409, "checkin.too_many_tries", &json!({"lead": null})));
        morning.led_by("amina").await;
        let refused = member.check_in(morning.proof().await).await;
        assert_eq!((refused.code(), &refused.body["facts"]), ("checkin.too_many_tries", &json!({"lead": {"name": "Amina", "phone": null}})));
        assert_eq!(member.tries(&app), 20);
        // The way that is always left: two taps of whoever is in charge.
        let ticked = morning.attest(&app.member("amina"), member.claim, None, None).await.ok();
        assert_eq!(ticked["state"], "checked_in");
    }

    async fn what_is_refused_is_no_try(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("06:59");
        let early = member.check_in(by_position(morning.here())).await;
        assert_eq!(early.code(), "checkin.too_early");
        morning.at("07:22");
        for (press, code) in [
            (json!({"method": "rotating_code", "code": "x", "position": morning.here()}), "checkin.code_invalid"),
            (json!({"method": "rotating_code", "code": code_of(&app, morning.shift, 60)}), "checkin.code_stale"),
            (by_position(Value::Null), "checkin.position_needed"),
        ] {
            let refused = member.check_in(press).await;
            assert_eq!((refused.status, refused.code()), (409, code));
        }
        assert_eq!((member.tries(&app), member.state().await), (0, json!("held")));
        assert_eq!(app.count("SELECT count(*) AS n FROM checkins"), 0);
    }

    async fn a_claim_is_pressed_by_its_own_member_only(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("07:22");
        let press = morning.proof().await;
        for other in ["chen", "gao", "ma"] {
            for end in ["in", "out"] {
                let answer = app.member(other).post(&format!("/claims/{}/check-{end}", member.claim), press.clone()).await;
                assert_eq!((answer.status, answer.code()), (404, "row.not_found"), "{other}");
            }
        }
        for unknown in ["/claims/999999/check-in", "/claims/x/check-in"] {
            assert_eq!(app.member("chen").post(unknown, press.clone()).await.code(), "row.not_found");
        }
        assert_eq!(app.nobody().post(&format!("/claims/{}/check-in", member.claim), press).await.code(), "session.required");
        assert_eq!(member.tries(&app), 0);
    }
}
