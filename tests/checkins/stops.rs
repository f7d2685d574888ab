//! Rain, dust, the police: a shift ends early or is called off, and nobody is late or absent by it.

use serde_json::{Value, json};

use super::morning::{Morning, by_position, clock, entry, hour, post_from, usual};
use crate::support::{TestApp, both_engines};

/// How often a kind of notice was promised, and to how many members.
fn told(app: &TestApp, kind: &str) -> (i64, i64) {
    let count =
        |what: &str| app.count(&format!("SELECT count({what}) AS n FROM outbox WHERE kind = '{kind}'"));
    (count("*"), count("DISTINCT member_id"))
}

fn sorted(ids: &Value) -> Vec<i64> {
    let mut ids: Vec<i64> = ids.as_array().unwrap().iter().map(|id| id.as_i64().unwrap()).collect();
    ids.sort_unstable();
    ids
}

both_engines! {
    async fn who_is_there_is_checked_out_at_that_moment_and_who_is_not_is_free(app: TestApp) {
        let morning = Morning::new(&app).await;
        let lead = morning.led_by("amina").await;
        let (there, late, left, coming) = (morning.hold("chen").await, morning.hold("bolat").await, morning.hold("fang").await, morning.hold("dilnur").await);
        lead.check_in(by_position(morning.at("07:20").here())).await.ok();
        there.check_in(morning.at("07:22").proof().await).await.ok();
        left.check_in(morning.proof().await).await.ok();
        late.check_in(morning.at("07:40").proof().await).await.ok();
        left.check_out(morning.at("07:55").proof().await).await.ok();
        // 25 of 60 minutes wait for an officer; of the 30 that the shift has in the end they are enough.
        assert_eq!(left.minutes().await, 0);
        let answer = morning.at("08:00").stop(&lead.caller).await;
        assert_eq!((answer.status, &answer.body["state"], clock(&answer.body["ends_at"])), (200, &json!("stopped"), "08:00".into()));
        for (member, state, entries) in [
            (&there, "completed", vec![entry("service", "stop", 30)]),
            (&late, "completed", vec![entry("service", "stop", 20)]),
            (&left, "completed", vec![entry("service", "stop", 25)]),
            (&lead, "completed", vec![]),
            (&coming, "cancelled", vec![]),
        ] {
            assert_eq!((member.state().await, member.entries().await), (json!(state), entries));
        }
        assert_eq!(told(&app, "shift_stopped"), (4, 4));
        let again = morning.stop(&lead.caller).await;
        assert_eq!((again.status, again.code()), (409, "shift.ended"));
        assert_eq!(told(&app, "shift_stopped"), (4, 4));
        // Who stops vouches for the others and not for themself.
        let line = morning.line("departures", lead.claim).await;
        assert_eq!((&line["counts"], &line["check_out"]["method"]), (&json!("lead_confirms"), &Value::Null));
        let ticked = morning.tick(&lead.caller, "departures", &[lead.claim], None).await.ok();
        assert_eq!(ticked["not_done"][0]["code"], "lead.own_claim");
        morning.at("08:10").tick(&app.member("gao"), "departures", &[lead.claim], None).await.ok();
        assert_eq!(lead.entries().await, [entry("service", "officer_tick", 30)]);
        let shift = coming.caller.get(&format!("/shifts/{}", morning.shift)).await.ok();
        assert_eq!(shift["taken"], 4);
        app.check_invariants();
        assert_eq!(app.look(|db| daogang::ledger::verify(db, |_| ()).unwrap()), []);
    }

    async fn nobody_is_absent_by_a_stop(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (early, coming) = (morning.hold("chen").await, morning.hold("bolat").await);
        early.check_in(morning.at("07:15").proof().await).await.ok();
        morning.at("07:20").stop(&app.member("gao")).await.ok();
        assert_eq!((early.state().await, early.minutes().await), (json!("completed"), 0));
        assert_eq!(coming.state().await, "cancelled");
        let press = coming.check_in(by_position(morning.here())).await;
        assert_eq!((press.code(), &press.body["facts"]), ("claim.wrong_state", &json!({"state": "cancelled"})));
        assert_eq!(early.check_out(json!({})).await.code(), "checkout.already_done");
        assert_eq!(app.member("fang").post(&format!("/shifts/{}/claims", morning.shift), json!({})).await.code(), "claim.closed");
        morning.due_at("2026-09-10 09:00").await;
        assert_eq!((early.state().await, coming.state().await), (json!("completed"), json!("cancelled")));
        assert_eq!(told(&app, "to_be_resolved"), (0, 0));
        // The member is free for another post at that time.
        app.check_invariants();
    }

    async fn a_stopped_member_is_free_at_once(app: TestApp) {
        let (morning, other) = (Morning::new(&app).await, Morning::new(&app).await);
        morning.hold("chen").await;
        let taken = app.member("chen").post(&format!("/shifts/{}/claims", other.shift), json!({})).await;
        assert_eq!(taken.code(), "claim.time_conflict");
        morning.at("07:20").stop(&app.member("gao")).await.ok();
        other.hold("chen").await;
    }

    async fn only_those_in_charge_stop(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        for who in ["chen", "hu", "jin", "nie"] {
            assert_eq!(morning.stop(&app.member(who)).await.status, 404, "{who}");
        }
        assert_eq!(member.state().await, "held");
        let keyed = lead.caller.keyed("stop-for-the-rain");
        let first = morning.stop(&keyed).await.ok();
        assert_eq!(morning.stop(&keyed).await.ok(), first);
        assert_eq!(told(&app, "shift_stopped"), (2, 2));
        assert_eq!(app.count("SELECT count(*) AS n FROM shifts WHERE state = 'stopped' AND state_reason = '下雨'"), 1);
    }

    async fn a_day_is_stopped_in_ones_own_subtree(app: TestApp) {
        let gao = app.member("gao");
        let (ours, cleaning) = (Morning::new(&app).await, Morning::of(&app, usual().set("category", json!("cleaning"))).await);
        let theirs = usual().set("organization_id", json!(5)).publish(&app, &app.member("hu")).await;
        let tomorrow = post_from("2026-09-03 07:30", "2026-09-03 08:30").publish(&app, &gao).await;
        let member = ours.hold("chen").await;
        ours.at("06:45");
        let stop = async |who: &str, body: Value| app.member(who).post("/stop", body).await;
        for (day, refused) in [("2026-09-01", true), ("2026-09-04", true)] {
            let answer = stop("gao", json!({"day": day, "reason": "下雨"})).await;
            assert_eq!((answer.fields(), refused), (&json!({"day": "today_or_tomorrow"}), true));
        }
        let named = stop("hu", json!({"day": "2026-09-02", "post_ids": [ours.post], "reason": "下雨"})).await.ok();
        assert_eq!(named, json!({"shift_ids": [], "cancelled": 0, "checked_out": 0}));
        for who in ["chen", "jin", "nie"] {
            assert_eq!(stop(who, json!({"day": "2026-09-02", "reason": "下雨"})).await.code(), "role.not_allowed");
        }
        let some = stop("kang", json!({"day": "2026-09-02", "category": "cleaning", "reason": "扬沙"})).await.ok();
        assert_eq!(sorted(&some["shift_ids"]), [cleaning.shift]);
        let all = stop("gao", json!({"day": "2026-09-02", "reason": "下雨"})).await.ok();
        assert_eq!((sorted(&all["shift_ids"]), &all["cancelled"], &all["checked_out"]), (vec![ours.shift], &json!(1), &json!(0)));
        assert_eq!((member.state().await, told(&app, "shift_stopped")), (json!("cancelled"), (1, 1)));
        let again = stop("gao", json!({"day": "2026-09-02", "reason": "下雨"})).await.ok();
        assert_eq!((sorted(&again["shift_ids"]), told(&app, "shift_stopped")), (vec![], (1, 1)));
        let next = stop("ma", json!({"day": "2026-09-03", "post_ids": [tomorrow.id, theirs.id], "reason": "下雨"})).await.ok();
        assert_eq!(sorted(&next["shift_ids"]), [tomorrow.shift()]);
        assert_eq!(app.count(&format!("SELECT count(*) AS n FROM shifts WHERE id = {} AND state = 'open'", theirs.shift())), 1);
        app.check_invariants();
    }

    async fn a_post_or_a_shift_is_called_off_and_its_holders_are_told(app: TestApp) {
        for what in ["posts", "shifts"] {
            let morning = Morning::new(&app).await;
            let (held, there) = { let people = app.crowd(2); (morning.hold_as(people[0].clone()).await, morning.hold_as(people[1].clone()).await) };
            there.check_in(morning.at("07:22").proof().await).await.ok();
            let path = format!("/{what}/{}/cancel", if what == "posts" { morning.post } else { morning.shift });
            let cancel = async |who: &str| app.member(who).post(&path, json!({"reason": "活动改期"})).await;
            for (who, status) in [("amina", 403), ("jin", 403), ("nie", 403), ("hu", 404)] {
                assert_eq!(cancel(who).await.status, status, "{who}");
            }
            assert_eq!(app.member("gao").post(&path, json!({"reason": " "})).await.fields(), &json!({"reason": "1_to_200_characters"}));
            assert_eq!((held.state().await, told(&app, "shift_cancelled").0), (json!("held"), if what == "posts" { 0 } else { 2 }));
            morning.at("08:00");
            assert_eq!(cancel("gao").await.ok()["state"], "cancelled");
            assert_eq!((held.state().await, there.state().await), (json!("cancelled"), json!("completed")));
            assert_eq!((there.minutes().await, held.minutes().await), (30, 0));
            assert_eq!(told(&app, "shift_cancelled").0, if what == "posts" { 2 } else { 4 });
            let again = cancel("gao").await;
            assert_eq!((again.status, again.code()), (409, if what == "posts" { "post.wrong_state" } else { "shift.ended" }));
            app.clock().move_to(hour("06:50"));
        }
        app.check_invariants();
    }
}
