//! When one may check in and out, and by which ways.

use serde_json::{Value, json};

use super::code_of;
use super::morning::{Morning, by_position, clock, usual};
use crate::support::both_engines;

both_engines! {
    async fn check_in_opens_before_the_start_and_closes_at_the_end(app: TestApp) {
        let morning = Morning::new(&app).await;
        let lead = morning.led_by("amina").await;
        let mut people = app.crowd(8).into_iter();
        for (time, refusal) in [
            ("06:59", Some("checkin.too_early")),
            ("07:00", None),
            ("08:29", None),
            ("08:30", Some("checkin.too_late")),
        ] {
            let member = match people.next() {
                Some(caller) => morning.at("07:10").hold_as(caller).await,
                None => unreachable!("there are enough people"),
            };
            morning.at(time);
            let code = code_of(&app, morning.shift, 0);
            let by_code = json!({"method": "rotating_code", "code": code});
            let answer = member.check_in(by_code.clone()).await;
            match refusal {
                None => assert_eq!(answer.status, 201, "{time}: {}", answer.body),
                Some(code) => {
                    assert_eq!((answer.status, answer.code()), (409, code), "{time}");
                    assert_eq!(member.check_in(by_position(morning.here())).await.code(), code);
                    assert_eq!(member.tries(&app), 0);
                }
            }
            match refusal {
                Some("checkin.too_early") => assert_eq!(clock(&answer.body["facts"]["opens_at"]), "07:00"),
                Some(_) => assert_eq!(answer.body["facts"], json!({"lead": {"name": "Amina", "phone": null}})),
                None => {}
            }
        }
        assert_eq!(lead.state().await, "held");
    }

    async fn a_post_may_open_at_its_start(app: TestApp) {
        let at_start = json!({"methods": ["geofence"], "opens_before_min": 0});
        let morning = Morning::of(&app, usual().set("check_in", at_start)).await;
        let member = morning.hold("amina").await;
        let early = member.check_in(by_position(morning.at("07:29").here())).await;
        assert_eq!((early.code(), clock(&early.body["facts"]["opens_at"])), ("checkin.too_early", "07:30".to_owned()));
        member.check_in(by_position(morning.at("07:30").here())).await.ok();
    }

    async fn only_the_posts_own_ways_are_taken(app: TestApp) {
        for (methods, allowed) in [(json!(["geofence"]), "geofence"), (json!(["rotating_code"]), "rotating_code")] {
            let morning = Morning::of(&app, usual().set("check_in", json!({"methods": methods}))).await;
            let member = morning.hold_as(app.crowd(1).remove(0)).await;
            morning.at("07:22");
            let code = code_of(&app, morning.shift, 0);
            let by_code = json!({"method": "rotating_code", "code": code, "position": morning.here()});
            let (good, bad) = match allowed {
                "geofence" => (by_position(morning.here()), by_code),
                _ => (by_code, by_position(morning.here())),
            };
            let refused = member.check_in(bad.clone()).await;
            assert_eq!((refused.status, refused.code()), (409, "checkin.method_not_allowed"));
            assert_eq!(member.tries(&app), 0);
            member.check_in(good).await.ok();
            assert_eq!(member.check_out(bad).await.code(), "checkin.method_not_allowed");
            member.check_out(json!({})).await.ok();
        }
    }

    async fn a_claim_that_stands_no_more_is_not_pressed(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        member.caller.post(&format!("/claims/{}/release", member.claim), json!({})).await.ok();
        morning.at("07:22");
        let refused = member.check_in(morning.proof().await).await;
        assert_eq!((refused.code(), &refused.body["facts"]), ("claim.wrong_state", &json!({"state": "released"})));
        let refused = member.check_out(Value::Object(Default::default())).await;
        assert_eq!((refused.code(), &refused.body["facts"]), ("claim.wrong_state", &json!({"state": "released"})));
    }
}
