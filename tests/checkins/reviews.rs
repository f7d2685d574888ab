//! What an officer's desk is told to look at.

use serde_json::{Value, json};

use super::morning::{Morning, by_position, usual};
use crate::support::city::WEIYUAN;
use crate::support::{Caller, both_engines};

async fn list(by: &Caller, organization: i64) -> Vec<Value> {
    let page = by.get(&format!("/organizations/{organization}/reviews")).await.ok();
    assert_eq!(page["next"], Value::Null);
    page["items"].as_array().unwrap().clone()
}

fn names(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["name"].as_str().unwrap()).collect()
}

both_engines! {
    async fn a_desk_lists_what_waits_for_an_officer_and_its_acts_settle_it(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, gao) = (morning.led_by("amina").await, app.member("gao"));
        let mut held = Vec::new();
        for name in ["bolat", "chen", "dilnur", "fang"] {
            held.push(morning.hold(name).await);
        }
        let [bolat, chen, dilnur, fang] = &held[..] else { panic!("four hold a place") };
        for there in [bolat, chen, fang] {
            there.check_in(morning.at("07:22").proof().await).await.ok();
        }
        assert_eq!(names(&list(&gao, 4).await), Vec::<&str>::new());
        lead.check_in(morning.at("07:23").proof().await).await.ok();
        // Bolat proves both ends; Chen leaves early with proof; Fang says nothing of where they are.
        chen.check_out(morning.at("08:00").proof().await).await.ok();
        bolat.check_out(morning.at("08:30").proof().await).await.ok();
        fang.check_out(json!({})).await.ok();
        lead.check_out(morning.proof().await).await.ok();
        morning.due_at("2026-09-02 08:31").await;
        let first = list(&gao, 4).await;
        // Amina's own is no other lead's to tick.
        assert_eq!(names(&first), ["Amina", "Chen", "Dilnur"]);
        let organization = json!({"kind": "organization", "name": "盘旋路社区", "phone": null});
        assert_eq!((&first[1]["minutes"], &first[1]["counts"], &first[1]["waits_on"]), (&json!(30), &json!("under_review"), &organization));
        assert_eq!((&first[1]["unit"], &first[1]["shift"]["id"], &first[1]["post"]["id"]), (&json!("第五中学"), &json!(morning.shift), &json!(morning.post)));
        assert_eq!((&first[2]["state"], &first[2]["check_in"], &first[2]["waits_on"]["name"]), (&json!("unverified"), &Value::Null, &json!("Amina")));
        // A week later the lead's word is no longer waited for; what nobody spoke of is void.
        morning.due_at("2026-09-09 08:31").await;
        let second = list(&gao, 4).await;
        assert_eq!(names(&second), ["Amina", "Chen", "Fang"]);
        assert_eq!((&second[2]["check_out"]["reasons"], &second[2]["waits_on"]), (&json!(["no_position"]), &organization));
        let ticked = morning.tick(&gao, "departures", &[chen.claim, fang.claim, lead.claim], None).await.ok();
        assert_eq!(ticked["done"].as_array().unwrap().len(), 3);
        assert_eq!(list(&gao, 4).await, Vec::<Value>::new());
        assert_eq!((chen.minutes().await, fang.minutes().await, dilnur.minutes().await), (30, 60, 0));
        app.check_invariants();
    }

    async fn a_press_from_elsewhere_is_listed_at_once(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("chen").await;
        let far = morning.at("07:25").far();
        member.check_in(by_position(far)).await.ok();
        let listed = list(&app.member("gao"), 4).await;
        assert_eq!((&listed[0]["claim_id"], &listed[0]["check_in"]["verdict"]), (&json!(member.claim), &json!("outside")));
        morning.tick(&app.member("gao"), "arrivals", &[member.claim], None).await.ok();
        assert_eq!(list(&app.member("gao"), 4).await, Vec::<Value>::new());
    }

    async fn a_desk_reads_its_own_and_those_below_in_pages(app: TestApp) {
        let morning = Morning::new(&app).await;
        let elsewhere = usual().set("organization_id", json!(WEIYUAN)).publish(&app, &app.member("hu")).await;
        for name in ["amina", "chen"] {
            morning.hold(name).await;
        }
        app.member("fang").post(&format!("/shifts/{}/claims", elsewhere.shift()), json!({})).await.ok();
        morning.due_at("2026-09-02 08:31").await;
        assert_eq!(names(&list(&app.member("gao"), 4).await), ["Amina", "Chen"]);
        assert_eq!(names(&list(&app.member("hu"), 5).await), ["Fang"]);
        let kang = app.member("kang");
        assert_eq!(names(&list(&kang, 3).await), ["Amina", "Chen", "Fang"]);
        let first = kang.get("/organizations/3/reviews?limit=2").await.ok();
        let rest = format!("/organizations/3/reviews?limit=2&cursor={}", first["next"].as_str().unwrap());
        let rest = kang.get(&rest).await.ok();
        assert_eq!((names(rest["items"].as_array().unwrap()), &rest["next"]), (vec!["Fang"], &Value::Null));
    }
}
