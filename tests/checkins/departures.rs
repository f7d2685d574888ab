//! Checking out, and which minutes count by it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::morning::{Holder, Morning, by_position, clock, entry, hour, post_from, usual};
use crate::support::both_engines;

/// Someone who has proved at a time of the morning that they are there.
async fn there(morning: &Morning<'_>, name: &str, time: &str) -> Holder {
    let member = morning.hold(name).await;
    let answer = member.check_in(morning.at(time).proof().await).await.ok();
    assert_eq!(answer["evidence_level"], "strong");
    member
}

both_engines! {
    async fn proof_at_both_ends_counts_in_whole_minutes_of_the_shift(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        for (time, seconds, end) in [("07:22", 40, "in"), ("08:28", 30, "out")] {
            app.clock().move_to(hour(time).plus(TimeDelta::seconds(seconds)));
            let path = format!("/claims/{}/check-{end}", member.claim);
            let answer = member.caller.post(&path, morning.proof().await).await.ok();
            assert_eq!(answer["counts"], "counted");
        }
        assert_eq!(member.entries().await, [entry("service", "check_out", 58)]);
        assert_eq!((member.minutes().await, member.state().await), (58, json!("completed")));
        let ledger = member.caller.get("/me/ledger").await.ok();
        let inputs = &ledger["entries"]["items"][0]["inputs"];
        assert_eq!((clock(&inputs["arrived"]["at"]), clock(&inputs["left"]["at"])), ("07:22".into(), "08:28".into()));
        assert_eq!((&inputs["arrived"]["level"], &inputs["left"]["method"]), (&json!("strong"), &json!("rotating_code")));
    }

    async fn a_check_out_without_evidence_waits_for_the_lead(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, there(&morning, "chen", "07:22").await);
        let left = member.check_out({ morning.at("08:30"); json!({}) }).await.ok();
        assert_eq!((&left["evidence_level"], &left["reasons"], &left["verdict"]), (&json!("fair"), &json!(["no_position"]), &Value::Null));
        assert_eq!((&left["counts"], &left["minutes"], member.minutes().await), (&json!("lead_confirms"), &json!(60), 0));
        assert_eq!(morning.line("departures", member.claim).await["check_out"]["method"], Value::Null);
        let ticked = morning.tick(&lead.caller, "departures", &[member.claim], None).await.ok();
        assert_eq!((&ticked["done"][0]["counts"], member.minutes().await), (&json!("counted"), 60));
        assert_eq!(member.entries().await, [entry("service", "lead_tick", 60)]);
    }

    async fn five_kilometres_away_nothing_counts_until_the_lead_ticks(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, there(&morning, "chen", "07:25").await);
        let left = member.check_out(by_position(morning.at("08:30").far())).await;
        assert_eq!((left.status, &left.body["verdict"], &left.body["evidence_level"]), (201, &json!("outside"), &json!("weak")));
        assert_eq!((&left.body["counts"], member.minutes().await), (&json!("under_review"), 0));
        assert!((4_800..5_000).contains(&left.body["attempt"]["about_m"].as_i64().unwrap()), "{}", left.body);
        morning.due_at("2026-09-02 09:10").await;
        assert_eq!((member.minutes().await, member.entries().await.len()), (0, 0));
        morning.tick(&lead.caller, "departures", &[member.claim], None).await.ok();
        assert_eq!(member.entries().await, [entry("service", "lead_tick", 60)]);
    }

    async fn a_position_that_cannot_tell_is_fair_when_leaving(app: TestApp) {
        let morning = Morning::new(&app).await;
        for (name, by_code) in [("amina", false), ("chen", true)] {
            morning.at("07:20");
            let member = there(&morning, name, "07:22").await;
            let fix = morning.at("08:30").north(0.0, 300.0);
            let press = if by_code { morning.by_code(fix).await } else { by_position(fix) };
            let left = member.check_out(press).await.ok();
            assert_eq!((&left["evidence_level"], &left["counts"]), (&json!("fair"), &json!("lead_confirms")), "{name}");
        }
    }

    async fn a_check_out_before_the_start_gives_nothing_until_the_lead_mends_it(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, there(&morning, "chen", "07:22").await);
        let left = member.check_out(morning.at("07:25").proof().await).await.ok();
        assert_eq!((&left["minutes"], &left["uncounted"], &left["state"]), (&json!(0), &json!("too_short"), &json!("completed")));
        assert_eq!(member.minutes().await, 0);
        morning.at("08:31").tick(&lead.caller, "departures", &[member.claim], None).await.ok();
        assert_eq!(member.minutes().await, 60);
    }

    async fn a_check_out_is_final(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        let early = member.check_out({ morning.at("07:22"); json!({}) }).await;
        assert_eq!((early.status, early.code()), (409, "checkout.not_checked_in"));
        member.check_in(morning.proof().await).await.ok();
        member.check_out(morning.at("08:00").proof().await).await.ok();
        let again = member.check_out(morning.at("08:30").proof().await).await;
        assert_eq!((again.status, again.code()), (409, "checkout.already_done"));
        let back = member.check_in(morning.at("08:10").proof().await).await;
        assert_eq!((back.code(), &back.body["facts"]), ("claim.wrong_state", &json!({"state": "completed"})));
        assert_eq!((member.tries(&app), clock(&morning.line("departures", member.claim).await["check_out"]["at"])), (2, "08:00".into()));
    }

    async fn who_did_not_come_has_nothing_to_leave(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.due_at("2026-09-02 08:31").await;
        assert_eq!(member.state().await, "unverified");
        assert_eq!(member.check_out(json!({})).await.code(), "checkout.not_checked_in");
    }

    async fn an_own_check_out_long_after_the_end_says_the_end_and_waits(app: TestApp) {
        for swept in [true, false] {
            app.clock().move_to(hour("06:50"));
            let morning = Morning::new(&app).await;
            let (lead, member) = {
                let people = app.crowd(2);
                (morning.hold_as(people[0].clone()).await, morning.hold_as(people[1].clone()).await)
            };
            let named = json!({"member_id": lead.caller.id});
            app.member("gao").put(&format!("/shifts/{}/lead", morning.shift), named).await.ok();
            member.check_in(morning.at("07:22").proof().await).await.ok();
            if swept {
                morning.due_at("2026-09-02 09:00").await;
                assert_eq!(member.state().await, "open");
            }
            morning.at("09:01");
            let proof = json!({"method": "geofence", "position": morning.here()});
            let left = member.check_out(proof).await.ok();
            assert_eq!((&left["evidence_level"], &left["counts"], clock(&left["checked_out_at"])), (&json!("fair"), &json!("lead_confirms"), "08:30".into()));
            assert_eq!((&left["minutes"], member.minutes().await), (&json!(60), 0));
            morning.tick(&lead.caller, "departures", &[member.claim], None).await.ok();
            assert_eq!(member.minutes().await, 60);
        }
    }

    async fn fair_ends_count_where_the_post_says_so(app: TestApp) {
        let fair = json!({"methods": ["rotating_code", "geofence"], "fair_counts": true});
        let morning = Morning::of(&app, usual().set("check_in", fair)).await;
        let (one, other) = (morning.hold("amina").await, morning.hold("chen").await);
        for member in [&one, &other] {
            let arrived = member.check_in(by_position(morning.at("07:22").here())).await.ok();
            assert_eq!((&arrived["evidence_level"], &arrived["counts"]), (&json!("fair"), &json!("counted")));
        }
        morning.at("08:30");
        let left = one.check_out(by_position(morning.here())).await.ok();
        assert_eq!((&left["counts"], one.entries().await), (&json!("counted"), vec![entry("service", "check_out", 60)]));
        // The rule never covers a check-out that shows nothing.
        let left = other.check_out(json!({})).await.ok();
        assert_eq!((&left["counts"], other.minutes().await), (&json!("lead_confirms"), 0));
        // A way without a position shows nothing either.
        let third = morning.at("07:40").hold("bolat").await;
        third.check_in(by_position(morning.here())).await.ok();
        let left = third.check_out({ morning.at("08:30"); json!({"method": "geofence"}) }).await.ok();
        assert_eq!((&left["counts"], third.minutes().await), (&json!("lead_confirms"), 0));
    }

    async fn under_fifteen_minutes_is_no_service(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = there(&morning, "amina", "07:22").await;
        let left = member.check_out(morning.at("07:44").proof().await).await.ok();
        assert_eq!((&left["minutes"], &left["uncounted"]), (&json!(14), &json!("too_short")));
        let ticked = morning.tick(&app.member("gao"), "departures", &[member.claim], None).await.ok();
        assert_eq!((&ticked["done"][0]["uncounted"], member.entries().await.len()), (&json!("too_short"), 0));
    }

    async fn under_sixty_percent_waits_for_an_officer_however_well_it_is_proved(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, there(&morning, "chen", "07:22").await);
        let left = member.check_out(morning.at("08:05").proof().await).await.ok();
        assert_eq!((&left["evidence_level"], &left["counts"], &left["minutes"]), (&json!("strong"), &json!("under_review"), &json!(35)));
        let by_lead = morning.tick(&lead.caller, "departures", &[member.claim], None).await.ok();
        assert_eq!((&by_lead["done"][0]["counts"], member.minutes().await), (&json!("under_review"), 0));
        let by_officer = morning.tick(&app.member("gao"), "departures", &[member.claim], None).await.ok();
        assert_eq!((&by_officer["done"][0]["counts"], member.entries().await), (&json!("counted"), vec![entry("service", "officer_tick", 35)]));
        let enough = morning.hold("bolat").await;
        enough.check_in(morning.at("07:54").proof().await).await.ok();
        let left = enough.check_out(morning.at("08:30").proof().await).await.ok();
        assert_eq!((&left["counts"], enough.minutes().await), (&json!("counted"), 36));
    }

    async fn a_night_is_parted_at_midnight(app: TestApp) {
        let morning = Morning::of(&app, post_from("2026-09-02 23:00", "2026-09-03 01:30")).await;
        let member = morning.hold("amina").await;
        member.check_in(morning.at_day("2026-09-02 22:50").proof().await).await.ok();
        member.check_out(morning.at_day("2026-09-03 01:30").proof().await).await.ok();
        let ledger = member.caller.get("/me/ledger").await.ok();
        let days: Vec<_> = ledger["entries"]["items"].as_array().unwrap().iter().map(|entry| (entry["day"].clone(), entry["minutes"].clone())).collect();
        assert_eq!(days, [(json!("2026-09-03"), json!(90)), (json!("2026-09-02"), json!(60))]);
        assert_eq!(ledger["balance"], json!({"minutes": 150, "tenths": 25, "services": 1}));
    }

    async fn over_480_minutes_a_day_wait(app: TestApp) {
        let morning = Morning::of(&app, post_from("2026-09-02 08:00", "2026-09-02 18:00")).await;
        let member = morning.hold("amina").await;
        member.check_in(morning.at("07:50").proof().await).await.ok();
        let left = member.check_out(morning.at("18:00").proof().await).await.ok();
        assert_eq!((&left["minutes"], &left["counts"]), (&json!(600), &json!("counted")));
        let ledger = member.caller.get("/me/ledger").await.ok();
        assert_eq!(ledger["balance"]["minutes"], 480);
        let waiting = &ledger["waiting_minutes"];
        assert_eq!((&waiting[0]["minutes"], &waiting[0]["reason"], &waiting[0]["day"]), (&json!(120), &json!("day_cap"), &json!("2026-09-02")));
        // The evening of the same day finds no room.
        let evening = Morning::of(&app, post_from("2026-09-02 19:00", "2026-09-02 20:00")).await;
        let again = evening.hold("amina").await;
        again.check_in(evening.at("18:55").proof().await).await.ok();
        again.check_out(evening.at("20:00").proof().await).await.ok();
        let ledger = member.caller.get("/me/ledger").await.ok();
        assert_eq!((&ledger["balance"]["minutes"], ledger["waiting_minutes"].as_array().unwrap().len()), (&json!(480), 2));
        app.check_invariants();
    }
}
