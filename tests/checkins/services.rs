//! What members read of their own services: what each came to, and whom it waits for.

use serde_json::{Value, json};

use super::lead;
use super::morning::{Holder, Morning, by_position, clock, post_from};
use crate::support::services::Service;
use crate::support::{Caller, both_engines};

/// The newest service of someone.
async fn last(caller: &Caller) -> Value {
    caller.get("/me/services").await.ok()["items"][0].clone()
}

async fn there(morning: &Morning<'_>, name: &str, time: &str) -> Holder {
    let member = morning.hold(name).await;
    member.check_in(morning.at(time).proof().await).await.ok();
    member
}

both_engines! {
    async fn a_service_that_counts_waits_for_nobody(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = there(&morning, "amina", "07:22").await;
        let on = last(&member.caller).await;
        assert_eq!((&on["state"], &on["counts"], &on["minutes"], &on["waits_on"]), (&json!("checked_in"), &json!("counted"), &Value::Null, &Value::Null));
        member.check_out(morning.at("08:30").proof().await).await.ok();
        let done = last(&member.caller).await;
        assert_eq!((&done["claim_id"], &done["state"], &done["served_as"]), (&json!(member.claim), &json!("completed"), &json!("individual")));
        assert_eq!((&done["counts"], &done["minutes"], &done["uncounted"], &done["waits_on"]), (&json!("counted"), &json!(60), &Value::Null, &Value::Null));
        assert_eq!((clock(&done["check_in"]["at"]), clock(&done["check_out"]["at"])), ("07:22".into(), "08:30".into()));
        assert_eq!((clock(&done["shift"]["starts_at"]), &done["shift"]["id"]), ("07:30".into(), &json!(morning.shift)));
        assert_eq!((&done["post"]["id"], &done["post"]["category"], &done["organization"]), (&json!(morning.post), &json!("civility"), &json!("盘旋路社区")));
    }

    async fn what_the_lead_has_to_say_names_the_lead_and_the_number_until_the_end(app: TestApp) {
        let morning = Morning::new(&app).await;
        let lead = morning.led_by("amina").await;
        lead.caller.patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
        let member = there(&morning, "chen", "07:25").await;
        // 8:30 in the office, five kilometres away.
        member.check_out(by_position(morning.at("08:29").far())).await.ok();
        let waits = json!({"kind": "lead", "name": "Amina", "phone": "13812345678"});
        assert_eq!(last(&member.caller).await["waits_on"], waits);
        morning.at("08:30");
        let after = last(&member.caller).await;
        assert_eq!((&after["counts"], &after["check_out"]["verdict"]), (&json!("under_review"), &json!("outside")));
        assert_eq!(after["waits_on"], json!({"kind": "lead", "name": "Amina", "phone": null}));
        // The lead ticks 8:00, half of the shift: now the community has to look.
        morning.tick(&lead.caller, "departures", &[member.claim], Some("08:00")).await.ok();
        let organization = json!({"kind": "organization", "name": "盘旋路社区", "phone": null});
        let short = last(&member.caller).await;
        assert_eq!((&short["minutes"], &short["waits_on"]), (&json!(30), &organization));
        // Ten minutes wait for nobody.
        morning.tick(&lead.caller, "departures", &[member.claim], Some("07:40")).await.ok();
        let too_short = last(&member.caller).await;
        assert_eq!((&too_short["uncounted"], &too_short["waits_on"]), (&json!("too_short"), &Value::Null));
    }

    async fn without_a_lead_or_after_a_week_the_publisher_is_waited_for(app: TestApp) {
        let morning = Morning::new(&app).await;
        let organization = json!({"kind": "organization", "name": "盘旋路社区", "phone": null});
        let (chen, absent) = (there(&morning, "chen", "07:25").await, morning.hold("dilnur").await);
        chen.check_out({ morning.at("08:30"); json!({}) }).await.ok();
        morning.due_at("2026-09-02 08:31").await;
        for member in [&chen, &absent] {
            assert_eq!(last(&member.caller).await["waits_on"], organization);
        }
        assert_eq!(last(&absent.caller).await["state"], "unverified");
        lead(&app, morning.shift, "bolat");
        assert_eq!(last(&chen.caller).await["waits_on"]["name"], "Bolat");
        assert_eq!(last(&absent.caller).await["waits_on"]["kind"], "lead");
        morning.due_at("2026-09-09 08:30").await;
        assert_eq!(last(&chen.caller).await["waits_on"], organization);
        let void = last(&absent.caller).await;
        assert_eq!((&void["state"], &void["waits_on"]), (&json!("void"), &Value::Null));
    }

    async fn a_lead_does_not_wait_for_themself(app: TestApp) {
        let morning = Morning::new(&app).await;
        let lead = morning.led_by("amina").await;
        lead.check_in(by_position(morning.at("07:20").here())).await.ok();
        let own = last(&lead.caller).await;
        assert_eq!((&own["counts"], &own["waits_on"]["kind"]), (&json!("lead_confirms"), &json!("organization")));
    }

    async fn ones_services_are_listed_latest_first_by_year_and_nobody_elses(app: TestApp) {
        let morning = Morning::of(&app, post_from("2026-09-05 07:30", "2026-09-05 08:30")).await;
        morning.hold("amina").await;
        for (day, state) in [("2025-12-31 23:00", "completed"), ("2026-01-01 00:00", "no_show"), ("2026-03-01 07:30", "excused"),
            ("2026-02-01 07:30", "completed"), ("2026-04-01 07:30", "released")] {
            Service::of("amina", day, 60).state(state).stand(&app);
        }
        Service::of("chen", "2026-03-02 07:30", 60).stand(&app);
        let amina = app.member("amina");
        let read = async |query: &str| {
            let page = amina.get(&format!("/me/services{query}")).await.ok();
            let states: Vec<String> =
                page["items"].as_array().unwrap().iter().map(|service| service["state"].as_str().unwrap().to_owned()).collect();
            (states, page["next"].as_str().map(str::to_owned))
        };
        assert_eq!(read("").await.0, ["excused", "completed", "no_show", "completed"]);
        assert_eq!(read("?year=2026").await.0, ["excused", "completed", "no_show"]);
        assert_eq!(read("?year=2025").await, (vec!["completed".to_owned()], None));
        let (first, next) = read("?limit=3").await;
        let (rest, end) = read(&format!("?limit=3&cursor={}", next.unwrap())).await;
        assert_eq!(([first, rest].concat(), end), (read("").await.0, None));
        for (query, field) in [("?year=1", "year"), ("?limit=0", "limit"), ("?cursor=x", "cursor")] {
            assert!(amina.get(&format!("/me/services{query}")).await.fields()[field].is_string(), "{query}");
        }
        assert_eq!(app.nobody().get("/me/services").await.code(), "session.required");
    }
}
