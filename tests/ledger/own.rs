//! A member's own ledger over HTTP.

use daogang::ledger::{Cause, credit, reverse};
use daogang::rules::Rules;
use serde_json::{Value, json};

use crate::support::both_engines;
use crate::support::services::{Service, at};

fn seqs(ledger: &Value) -> Vec<i64> {
    let items = ledger["entries"]["items"].as_array().unwrap();
    items.iter().map(|entry| entry["seq"].as_i64().unwrap()).collect()
}

both_engines! {
    async fn an_entry_says_what_it_was_judged_by(app: TestApp) {
        let gao = app.member("gao").id;
        let service = Service::of("amina", "2026-09-01 07:30", 60).ticked_by(Cause::LeadTick(gao), "迟到五分钟");
        let claim = service.count(&app);
        let ledger = app.member("amina").get("/me/ledger").await.ok();
        assert_eq!(ledger["balance"], json!({"minutes": 60, "tenths": 10, "services": 1}));
        let entry = &ledger["entries"]["items"][0];
        assert_eq!((&entry["day"], &entry["reason"]), (&json!("2026-09-01"), &json!("lead_tick")));
        assert_eq!((&entry["note"], &entry["rules_version"]), (&json!("迟到五分钟"), &json!(1)));
        assert_eq!(entry["hash"].as_str().unwrap().len(), 64);
        let inputs = &entry["inputs"];
        assert_eq!((&inputs["claim_id"], &inputs["ticked_by"]), (&json!(claim.claim), &json!(gao)));
        let arrived = json!({"at": at("2026-09-01 07:30"), "method": "rotating_code", "level": "strong", "verdict": "inside"});
        assert_eq!(inputs["arrived"], arrived);
    }

    async fn nobody_reads_anothers_ledger(app: TestApp) {
        Service::of("amina", "2026-09-01 07:30", 60).count(&app);
        let ledger = app.member("bolat").get("/me/ledger").await.ok();
        assert_eq!(ledger["balance"], json!({"minutes": 0, "tenths": 0, "services": 0}));
        assert_eq!(ledger["entries"], json!({"items": [], "next": null}));
        assert_eq!(app.nobody().get("/me/ledger").await.code(), "session.required");
        assert_eq!(app.member("bolat").get("/me/ledger?member_id=1").await.fields(), &json!({"member_id": "unknown"}));
    }

    async fn a_year_ends_at_midnight_in_china(app: TestApp) {
        Service::of("amina", "2025-12-31 23:00", 120).count(&app);
        let amina = app.member("amina");
        for (year, day, minutes) in [(2025, "2025-12-31", 60), (2026, "2026-01-01", 60)] {
            let ledger = amina.get(&format!("/me/ledger?year={year}")).await.ok();
            assert_eq!(ledger["balance"], json!({"minutes": minutes, "tenths": 10, "services": 1}), "{year}");
            assert_eq!(ledger["entries"]["items"].as_array().unwrap().len(), 1);
            assert_eq!(ledger["entries"]["items"][0]["day"], day);
        }
        let whole = amina.get("/me/ledger").await.ok();
        assert_eq!(whole["balance"], json!({"minutes": 120, "tenths": 20, "services": 1}));
        for wrong in ["1999", "2101", "99999999"] {
            let answer = amina.get(&format!("/me/ledger?year={wrong}")).await;
            assert_eq!(answer.fields(), &json!({"year": "2000_to_2100"}));
        }
    }

    async fn pages_go_from_the_newest_entry_to_the_oldest(app: TestApp) {
        for day in 1..=5 {
            Service::of("amina", &format!("2026-09-0{day} 07:30"), 60).count(&app);
        }
        let amina = app.member("amina");
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = amina.get(&format!("/me/ledger?limit=2{cursor}")).await.ok();
            assert_eq!(page["balance"]["minutes"], 300);
            seen.push(seqs(&page));
            match page["entries"]["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, [vec![5, 4], vec![3, 2], vec![1]]);
        assert_eq!(amina.get("/me/ledger?limit=0").await.fields(), &json!({"limit": "1_to_100"}));
        assert_eq!(amina.get("/me/ledger?cursor=x").await.fields(), &json!({"cursor": "unknown"}));
    }

    async fn a_correction_stands_beside_what_it_takes_back(app: TestApp) {
        let service = Service::of("amina", "2026-09-01 07:30", 60);
        let done = service.count(&app);
        let gao = app.member("gao").id;
        app.look(|db| {
            let cause = Cause::Correction(gao);
            reverse(db, done.member, done.claim, cause, Some("记错人了"), app.now()).unwrap();
        });
        let ledger = app.member("amina").get("/me/ledger").await.ok();
        assert_eq!(ledger["balance"], json!({"minutes": 0, "tenths": 0, "services": 0}));
        assert_eq!(seqs(&ledger), [2, 1]);
        let items = &ledger["entries"]["items"];
        assert_eq!((&items[0]["kind"], &items[0]["minutes"]), (&json!("reversal"), &json!(-60)));
        assert_eq!(items[0]["reverses_id"], items[1]["id"]);
        assert_eq!(items[0]["prev_hash"], items[1]["hash"]);
        assert_eq!((&items[0]["note"], &items[1]["note"]), (&json!("记错人了"), &Value::Null));
    }

    async fn minutes_over_the_days_cap_are_shown_as_waiting(app: TestApp) {
        let done = Service::of("amina", "2026-09-01 08:00", 500).count(&app);
        let ledger = app.member("amina").get("/me/ledger?year=2026").await.ok();
        assert_eq!(ledger["balance"]["minutes"], 480);
        let waiting = &ledger["waiting_minutes"];
        assert_eq!(waiting.as_array().unwrap().len(), 1);
        assert_eq!((&waiting[0]["claim_id"], &waiting[0]["minutes"]), (&json!(done.claim), &json!(20)));
        assert_eq!((&waiting[0]["reason"], &waiting[0]["day"]), (&json!("day_cap"), &json!("2026-09-01")));
        assert_eq!(app.member("amina").get("/me/ledger?year=2025").await.ok()["waiting_minutes"], json!([]));
    }

    async fn a_tick_that_changes_nothing_shows_once(app: TestApp) {
        let service = Service::of("amina", "2026-09-01 07:30", 60);
        let done = service.count(&app);
        app.look(|db| credit(db, &done, Rules::of_day(app.now().day()), app.now()).unwrap());
        assert_eq!(seqs(&app.member("amina").get("/me/ledger").await.ok()), [1]);
    }
}
