//! Codes and tickets that are no proof: stale, forged, another's, used up.

use chrono::TimeDelta;
use daogang::checkins::codes;
use daogang::crypto::Keys;
use daogang::units::ShiftId;
use futures_util::future::join;
use serde_json::{Value, json};

use super::morning::{Morning, clock};
use super::{code_of, on_postgres};
use crate::support::both_engines;

fn by_ticket(ticket: &Value) -> Value {
    json!({"method": "rotating_code", "ticket": ticket})
}

both_engines! {
    async fn a_code_that_is_none_of_this_shift_is_refused(app: TestApp) {
        let (morning, other) = (Morning::new(&app).await, Morning::new(&app).await);
        let member = morning.hold("amina").await;
        morning.at("07:22");
        let forged = codes::show(&Keys::generate(), ShiftId(morning.shift), app.clock().real()).unwrap().0.code;
        let good = morning.code().await;
        let mut changed = good.clone().into_bytes();
        changed[20] = if changed[20] == b'A' { b'B' } else { b'A' };
        for (code, refusal) in [
            (code_of(&app, morning.shift, 31), "checkin.code_stale"),
            (code_of(&app, morning.shift, 86_400), "checkin.code_stale"),
            (code_of(&app, morning.shift, -15), "checkin.code_stale"),
            (forged, "checkin.code_invalid"),
            (String::from_utf8(changed).unwrap(), "checkin.code_invalid"),
            (String::new(), "checkin.code_invalid"),
            (other.code().await, "checkin.code_wrong_shift"),
        ] {
            let refused = member.check_in(json!({"method": "rotating_code", "code": code, "position": morning.here()})).await;
            assert_eq!((refused.status, refused.code()), (409, refusal), "{code}");
        }
        assert_eq!((member.tries(&app), member.state().await), (0, json!("held")));
        member.check_in(json!({"method": "rotating_code", "code": format!("{}/c/{good}", app.base())})).await.ok();
    }

    async fn a_ticket_is_for_one_sign_in(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (member, other) = (morning.hold("amina").await, morning.hold("chen").await);
        morning.at("07:22");
        let seen = member.caller.post("/tickets", json!({"code": morning.code().await})).await.ok();
        let refused = other.check_in(by_ticket(&seen["ticket"])).await;
        assert_eq!((refused.status, refused.code()), (409, "checkin.code_invalid"));
        assert_eq!(other.tries(&app), 0);
        member.check_in(by_ticket(&seen["ticket"])).await.ok();
    }

    async fn a_ticket_serves_one_claim_once_an_end(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (member, other) = (morning.hold("amina").await, morning.hold("chen").await);
        morning.at("07:22");
        let cookie = morning.cookie().await;
        let body = || json!({"method": "rotating_code", "position": null});
        assert_eq!(member.press_with(&cookie, "in", body()).await.status, 201);
        for (holder, refusal) in [(&member, "checkin.code_stale"), (&other, "checkin.code_invalid")] {
            let again = holder.press_with(&cookie, "in", body()).await;
            assert_eq!((again.status, again.code()), (409, refusal));
        }
        assert_eq!((member.tries(&app), other.tries(&app)), (1, 0));
        // Arriving and leaving are two ends, and the cookie stays in the browser.
        assert_eq!(member.press_with(&cookie, "out", body()).await.status, 201);
    }

    async fn two_who_use_one_ticket_at_once_are_one(app: TestApp) {
        let morning = Morning::new(&app).await;
        morning.at("07:22");
        let beside = if on_postgres(&app) { Some(app.another_server().await) } else { None };
        let beside = beside.as_ref().unwrap_or(&app);
        beside.clock().set_offset(app.clock().offset());
        let people = app.crowd(20);
        for pair in people.chunks(2) {
            let (one, mut other) = (morning.hold_as(pair[0].clone()).await, morning.hold_as(pair[1].clone()).await);
            other.caller = other.caller.at(beside);
            let cookie = morning.cookie().await;
            let body = json!({"method": "rotating_code"});
            let (a, b) = join(one.press_with(&cookie, "in", body.clone()), other.press_with(&cookie, "in", body)).await;
            let refused = match (a.status, b.status) {
                (201, _) => b,
                (_, 201) => a,
                _ => panic!("{} {}", a.body, b.body),
            };
            assert_eq!((refused.status, refused.code()), (409, "checkin.code_invalid"));
            assert_eq!(one.tries(&app) + other.tries(&app), 1);
        }
    }

    async fn a_ticket_keeps_the_moment_in_which_the_code_was_seen(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("08:29");
        let cookie = morning.cookie().await;
        // A slow phone: the shift is over when the press arrives, and the sweep has been by.
        let keys = &app.app.keys;
        let session = daogang::units::SessionId(0);
        let seen = codes::redeem(keys, &cookie, session, app.clock().real()).unwrap();
        let earlier = codes::Sight { seen_at: seen.seen_at.minus(TimeDelta::seconds(150)), ..seen };
        let kept = codes::issue(keys, &earlier, None, [7; 16]).unwrap();
        morning.due_at("2026-09-02 08:31").await;
        assert_eq!(member.state().await, "unverified");
        let late = member.check_in(morning.proof().await).await;
        assert_eq!((late.status, late.code()), (409, "checkin.too_late"));
        let answer = member.press_with(&kept, "in", json!({"method": "rotating_code", "position": morning.here()})).await.ok();
        assert_eq!((clock(&answer["checked_in_at"]), &answer["late"]), ("08:28".to_owned(), &json!(false)));
        assert_eq!((&answer["state"], &answer["evidence_level"]), (&json!("checked_in"), &json!("strong")));
    }

    async fn a_ticket_ends_after_ten_minutes(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("07:22");
        let keys = &app.app.keys;
        let seen = codes::accept(keys, &morning.code().await, app.clock().real()).unwrap();
        let aged = |seconds| codes::Sight { seen_at: seen.seen_at.minus(TimeDelta::seconds(seconds)), ..seen };
        let old = codes::issue(keys, &aged(601), None, [8; 16]).unwrap();
        let refused = member.check_in(by_ticket(&json!(old))).await;
        assert_eq!((refused.status, refused.code()), (409, "checkin.code_stale"));
        let fresh = codes::issue(keys, &aged(590), None, [9; 16]).unwrap();
        let answer = member.check_in(by_ticket(&json!(fresh))).await.ok();
        assert_eq!(clock(&answer["checked_in_at"]), "07:12");
    }
}
