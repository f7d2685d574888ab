//! Ticks of those in charge: one, or the whole list.

use serde_json::json;

use super::morning::{Holder, Morning, by_position, clock, entry};
use crate::support::both_engines;

/// Someone who proved arriving at 7:22 and leaving at another time.
async fn served(morning: &Morning<'_>, name: &str, left: &str) -> Holder {
    let member = morning.hold(name).await;
    member.check_in(morning.at("07:22").proof().await).await.ok();
    member.check_out(morning.at(left).proof().await).await.ok();
    member
}

both_engines! {
    async fn a_whole_list_is_ticked_at_once(app: TestApp) {
        let morning = Morning::new(&app).await;
        let lead = morning.led_by("amina").await;
        let mut holders = Vec::new();
        for caller in app.crowd(5) {
            let member = morning.hold_as(caller).await;
            let answer = member.check_in(by_position(morning.at("07:22").here())).await.ok();
            assert_eq!(answer["counts"], "lead_confirms");
            holders.push(member);
        }
        let claims: Vec<i64> = holders.iter().map(|member| member.claim).collect();
        let arrived = morning.at("07:35").tick(&lead.caller, "arrivals", &claims, None).await.ok();
        assert_eq!((arrived["done"].as_array().unwrap().len(), &arrived["not_done"]), (5, &json!([])));
        // A tick keeps the time that the evidence shows, and nothing counts before the end.
        let line = morning.line("arrivals", claims[0]).await;
        assert_eq!((clock(&line["check_in"]["at"]), &line["check_in"]["ticked_as"]), ("07:22".into(), &json!("lead")));
        assert_eq!(holders[0].minutes().await, 0);
        // Who goes without a word is ticked as having stayed to the end.
        holders[0].check_out(by_position(morning.at("08:20").here())).await.ok();
        let left = morning.at("08:31").tick(&lead.caller, "departures", &claims, None).await.ok();
        assert_eq!(left["done"].as_array().unwrap().len(), 5);
        for (number, member) in holders.iter().enumerate() {
            let minutes = if number == 0 { 50 } else { 60 };
            assert_eq!((member.entries().await, member.state().await), (vec![entry("service", "lead_tick", minutes)], json!("completed")));
        }
        assert_eq!(app.count("SELECT count(*) AS n FROM outbox WHERE kind = 'service_ticked'"), 10);
        // Sent again without a key it says the same and writes nothing.
        morning.tick(&lead.caller, "departures", &claims, None).await.ok();
        assert_eq!(app.count("SELECT count(*) AS n FROM ledger_entries"), 5);
        app.check_invariants();
    }

    async fn what_cannot_be_ticked_is_named_and_the_rest_is_done(app: TestApp) {
        let (morning, other) = (Morning::new(&app).await, Morning::new(&app).await);
        let lead = morning.led_by("amina").await;
        let (member, held, elsewhere) = (morning.hold("chen").await, morning.hold("bolat").await, other.hold("dilnur").await);
        for member in [&lead, &member] {
            member.check_in(by_position(morning.at("07:22").here())).await.ok();
        }
        elsewhere.check_in(other.proof().await).await.ok();
        for list in ["arrivals", "departures"] {
            let claims = [lead.claim, member.claim, held.claim, elsewhere.claim, 999_999, member.claim];
            let ticked = morning.at("07:50").tick(&lead.caller, list, &claims, None).await.ok();
            assert_eq!(ticked["done"].as_array().unwrap().len(), 1, "{ticked}");
            assert_eq!(ticked["done"][0]["claim_id"], member.claim);
            let mut named: Vec<(i64, &str)> = ticked["not_done"].as_array().unwrap().iter().map(|one| (one["claim_id"].as_i64().unwrap(), one["code"].as_str().unwrap())).collect();
            named.sort_unstable();
            let mut expected = vec![
                (lead.claim, "lead.own_claim"),
                (held.claim, "claim.wrong_state"),
                (elsewhere.claim, "row.not_found"),
                (999_999, "row.not_found"),
            ];
            expected.sort_unstable();
            assert_eq!(named, expected);
        }
        // An officer with a place is no judge of it either.
        let officer = morning.hold("gao").await;
        officer.check_in(by_position(morning.here())).await.ok();
        let ticked = morning.tick(&officer.caller, "arrivals", &[officer.claim], None).await.ok();
        assert_eq!(ticked["not_done"], json!([{"claim_id": officer.claim, "code": "lead.own_claim"}]));
        let ticked = morning.tick(&app.member("kang"), "arrivals", &[officer.claim, lead.claim], None).await.ok();
        assert_eq!(ticked["done"].as_array().unwrap().len(), 2);
    }

    async fn a_time_that_is_none_of_the_shift_is_refused(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        member.check_in(by_position(morning.at("07:22").here())).await.ok();
        for (list, now, time, refused) in [
            ("arrivals", "07:40", "06:59", true),
            ("arrivals", "07:40", "07:41", true),
            ("arrivals", "07:40", "07:00", false),
            ("arrivals", "07:40", "07:35", false),
            ("departures", "08:10", "07:29", true),
            ("departures", "08:10", "08:11", true),
            ("departures", "08:40", "08:31", true),
            ("departures", "08:40", "08:30", false),
            ("departures", "08:40", "08:25", false),
        ] {
            let answer = morning.at(now).tick(&lead.caller, list, &[member.claim], Some(time)).await;
            if refused {
                assert_eq!((answer.status, answer.code()), (409, "lead.time_out_of_range"), "{list} {time} at {now}");
            } else {
                assert_eq!(answer.ok()["not_done"], json!([]), "{list} {time} at {now}");
            }
        }
        let line = morning.line("departures", member.claim).await;
        assert_eq!((clock(&line["check_in"]["at"]), clock(&line["check_out"]["at"])), ("07:35".into(), "08:25".into()));
        assert_eq!(member.minutes().await, 50);
    }

    async fn a_tick_that_changes_what_is_written_reverses_it_and_writes_anew(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, served(&morning, "chen", "08:28").await);
        assert_eq!(member.entries().await, [entry("service", "check_out", 58)]);
        morning.at("08:31").tick(&lead.caller, "departures", &[member.claim], Some("08:20")).await.ok();
        let mut expected = vec![entry("service", "check_out", 58), entry("reversal", "lead_tick", -58), entry("service", "lead_tick", 50)];
        assert_eq!((member.entries().await, member.minutes().await), (expected.clone(), 50));
        // Under 60 % nothing is left of it until an officer says so.
        morning.tick(&lead.caller, "departures", &[member.claim], Some("08:00")).await.ok();
        expected.push(entry("reversal", "lead_tick", -50));
        assert_eq!((member.entries().await, member.minutes().await), (expected.clone(), 0));
        morning.tick(&app.member("gao"), "departures", &[member.claim], Some("08:00")).await.ok();
        expected.push(entry("service", "officer_tick", 30));
        assert_eq!((member.entries().await, member.minutes().await), (expected, 30));
        let ledger = member.caller.get("/me/ledger").await.ok();
        assert_eq!(ledger["balance"]["services"], 1);
        app.check_invariants();
        assert_eq!(app.look(|db| daogang::ledger::verify(db, |_| ()).unwrap()), []);
    }

    async fn a_lead_overrides_no_officer(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        member.check_in(by_position(morning.at("07:22").here())).await.ok();
        let gao = app.member("gao");
        for (list, said, tried) in [("arrivals", "07:30", "07:40"), ("departures", "08:30", "08:20")] {
            morning.at("08:31");
            if list == "arrivals" {
                morning.at("08:29");
            }
            morning.tick(&gao, list, &[member.claim], Some(said)).await.ok();
            for time in [Some(tried), None] {
                let answer = morning.tick(&lead.caller, list, &[member.claim], time).await.ok();
                assert_eq!(answer["not_done"], json!([{"claim_id": member.claim, "code": "claim.wrong_state"}]));
            }
        }
        assert_eq!(member.entries().await, [entry("service", "officer_tick", 60)]);
        // Another officer may.
        morning.tick(&app.member("kang"), "departures", &[member.claim], Some("08:20")).await.ok();
        assert_eq!(member.minutes().await, 50);
    }

    async fn what_an_officer_let_count_a_lead_does_not_take_back(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, served(&morning, "chen", "08:00").await);
        morning.at("08:31").tick(&app.member("gao"), "departures", &[member.claim], None).await.ok();
        assert_eq!(member.entries().await, [entry("service", "officer_tick", 30)]);
        // The lead goes through the other list as every day.
        morning.tick(&lead.caller, "arrivals", &[member.claim], Some("07:30")).await.ok();
        assert_eq!(member.entries().await, [entry("service", "officer_tick", 30)]);
    }

    async fn an_officer_who_ticks_arrivals_alone_settles_no_short_presence(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = served(&morning, "chen", "08:00").await;
        let ticked = morning.tick(&app.member("gao"), "arrivals", &[member.claim], None).await.ok();
        assert_eq!((&ticked["done"][0]["counts"], member.minutes().await), (&json!("under_review"), 0));
    }

    async fn an_officer_confirms_the_time_that_the_lead_said(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        member.check_in(morning.at("07:25").proof().await).await.ok();
        member.check_out(by_position(morning.at("08:30").far())).await.ok();
        morning.at("08:31").tick(&lead.caller, "departures", &[member.claim], Some("08:00")).await.ok();
        let confirmed = morning.tick(&app.member("gao"), "departures", &[member.claim], None).await.ok();
        assert_eq!((&confirmed["done"][0]["minutes"], &confirmed["done"][0]["counts"]), (&json!(30), &json!("counted")));
        assert_eq!(member.minutes().await, 30);
    }

    async fn an_arrival_that_only_shows_elsewhere_takes_a_tick_of_its_own(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        let home = member.check_in(by_position(morning.at("07:10").north(900.0, 20.0))).await.ok();
        assert_eq!(home["verdict"], "outside");
        member.check_out(morning.at("08:30").proof().await).await.ok();
        let left = morning.at("08:31").tick(&lead.caller, "departures", &[member.claim], None).await.ok();
        assert_eq!((&left["done"][0]["counts"], member.minutes().await), (&json!("under_review"), 0));
        // After the end the tick's own moment says nothing, so the time has to be said.
        let untimed = morning.tick(&lead.caller, "arrivals", &[member.claim], None).await.ok();
        assert_eq!(untimed["not_done"], json!([{"claim_id": member.claim, "code": "lead.time_out_of_range"}]));
        morning.tick(&lead.caller, "arrivals", &[member.claim], Some("07:35")).await.ok();
        assert_eq!(member.entries().await, [entry("service", "lead_tick", 55)]);
    }

    async fn a_tick_keeps_the_first_try_that_was_not_outside(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        for (time, fix) in [("07:05", 900.0), ("07:40", 0.0)] {
            let accuracy = if fix > 0.0 { 20.0 } else { 300.0 };
            member.check_in(by_position(morning.at(time).north(fix, accuracy))).await.ok();
        }
        assert_eq!(clock(&morning.line("arrivals", member.claim).await["check_in"]["at"]), "07:05");
        morning.at("07:50").tick(&lead.caller, "arrivals", &[member.claim], None).await.ok();
        assert_eq!(clock(&morning.line("arrivals", member.claim).await["check_in"]["at"]), "07:40");
        // Without any such try it is the moment of the tick.
        let from_home = morning.hold("bolat").await;
        from_home.check_in(by_position(morning.at("07:10").north(900.0, 20.0))).await.ok();
        morning.at("07:45").tick(&lead.caller, "arrivals", &[from_home.claim], None).await.ok();
        assert_eq!(clock(&morning.line("arrivals", from_home.claim).await["check_in"]["at"]), "07:45");
    }

    async fn the_power_over_a_shift_is_its_leads_for_a_week_and_its_officers(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, served(&morning, "chen", "08:30").await);
        let path = format!("/shifts/{}/departures/confirm", morning.shift);
        let ticks = json!({"claim_ids": [member.claim]});
        for (who, status) in [("chen", 404), ("hu", 404), ("jin", 404), ("nie", 404), ("gao", 200), ("kang", 200), ("ma", 200)] {
            assert_eq!(app.member(who).post(&path, ticks.clone()).await.status, status, "{who}");
            let lists = ["arrivals", "departures"].map(|list| format!("/shifts/{}/{list}", morning.shift));
            for list in lists {
                assert_eq!(app.member(who).get(&list).await.status, status, "{who}");
            }
        }
        morning.at_day("2026-09-09 08:29");
        lead.caller.get(&format!("/shifts/{}/departures", morning.shift)).await.ok();
        morning.at_day("2026-09-09 08:30");
        for answer in [lead.caller.post(&path, ticks.clone()).await, morning.stop(&lead.caller).await] {
            assert_eq!((answer.status, answer.code()), (404, "row.not_found"));
        }
        assert_eq!(app.member("gao").post(&path, ticks).await.status, 200);
    }
}
