//! What a member sees of shifts and of their own places.

use serde_json::{Value, json};

use super::{claim, name_lead, read, release};
use crate::support::both_engines;
use crate::support::posts::{Post, Published, Shift};

both_engines! {
    async fn a_shift_shows_the_callers_own_claim_and_nobody_elses(app: TestApp) {
        let post = Post::with(Shift::new()).publish(&app, &app.member("gao")).await;
        let (amina, chen, shift) = (app.member("amina"), app.member("chen"), post.shift());
        assert_eq!(read(&amina, shift).await["claim"], Value::Null);
        let held = claim(&amina, shift).await.id();
        let hers = read(&amina, shift).await;
        assert_eq!((&hers["id"], &hers["post_id"], &hers["post"]["id"]), (&json!(shift), &json!(post.id), &json!(post.id)));
        assert_eq!((&hers["claim"]["id"], &hers["claim"]["state"]), (&json!(held), &json!("held")));
        assert!(hers["claim"]["free_until"].as_str().unwrap().starts_with("2026-09-01T00:30:0"));
        assert_eq!(read(&chen, shift).await["claim"], Value::Null);
        release(&amina, held).await.ok();
        assert_eq!(read(&amina, shift).await["claim"]["state"], "released");
        let again = claim(&amina, shift).await.id();
        assert_eq!(read(&amina, shift).await["claim"]["id"], again);
    }

    async fn a_drafts_shift_is_seen_by_its_publishers_officers_only(app: TestApp) {
        let draft = Post::with(Shift::new()).draft(&app, &app.member("gao")).await;
        let path = format!("/shifts/{}", draft["shifts"][0]["id"]);
        for (who, status) in [("gao", 200), ("kang", 200), ("hu", 404), ("amina", 404), ("jin", 404)] {
            assert_eq!(app.member(who).get(&path).await.status, status, "{who}");
        }
        assert_eq!(app.member("amina").get("/shifts/999999").await.code(), "row.not_found");
        assert_eq!(app.nobody().get(&path).await.code(), "session.required");
    }

    async fn holders_reach_the_lead_from_a_day_before_to_the_end(app: TestApp) {
        let shift = Post::with(Shift::new().in_minutes(25 * 60)).publish(&app, &app.member("gao")).await.shift();
        let (amina, chen, dilnur) = (app.member("amina"), app.member("chen"), app.member("dilnur"));
        amina.patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
        for member in [&amina, &chen, &dilnur] {
            claim(member, shift).await.ok();
        }
        assert_eq!(read(&chen, shift).await["lead"], Value::Null);
        name_lead(&app, shift, &amina).await;
        app.later(58).await;
        assert_eq!(read(&chen, shift).await["lead"], Value::Null);
        app.later(2).await;
        let reached = json!({"name": "Amina", "phone": "13812345678"});
        assert_eq!(read(&chen, shift).await["lead"], reached);
        for other in ["bolat", "gao", "ma", "nie"] {
            assert_eq!(read(&app.member(other), shift).await["lead"], Value::Null, "{other}");
        }
        let his = read(&dilnur, shift).await["claim"]["id"].as_i64().unwrap();
        release(&dilnur, his).await.ok();
        assert_eq!(read(&dilnur, shift).await["lead"], Value::Null);
        app.later(24 * 60 + 58).await;
        assert_eq!(read(&chen, shift).await["lead"], reached);
        app.later(2).await;
        assert_eq!(read(&chen, shift).await["lead"], Value::Null);
    }

    async fn a_lead_without_a_number_is_shown_by_name(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("chen"), shift).await.ok();
        name_lead(&app, shift, &app.member("chen")).await;
        assert_eq!(read(&app.member("chen"), shift).await["lead"], json!({"name": "Chen", "phone": null}));
    }

    async fn ones_own_claims_are_listed_newest_first_in_pages(app: TestApp) {
        let mut post = Post::with(Shift::new());
        for number in 1..5 {
            post = post.and(Shift::new().in_minutes(60 + 60 * number));
        }
        let post = post.publish(&app, &app.member("gao")).await;
        let amina = app.member("amina");
        let mut held = Vec::new();
        for shift in &post.shifts {
            held.push(claim(&amina, *shift).await.id());
        }
        claim(&app.member("chen"), post.shifts[0]).await.ok();
        release(&amina, held[1]).await.ok();
        held.reverse();
        let (mut seen, mut query) = (Vec::new(), "?limit=2".to_owned());
        loop {
            let page = amina.get(&format!("/me/claims{query}")).await.ok();
            let ids = page["items"].as_array().unwrap().iter().map(|claim| claim["id"].as_i64().unwrap());
            seen.extend(ids);
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=2&cursor={next}");
        }
        assert_eq!(seen, held);
        assert_eq!(amina.get("/me/claims").await.ok()["items"][3]["state"], "released");
        assert_eq!(app.member("dilnur").get("/me/claims").await.ok(), json!({"items": [], "next": null}));
        for (query, field) in [("?limit=0", "limit"), ("?limit=101", "limit"), ("?cursor=x", "cursor"), ("?cursor=", "cursor")] {
            assert!(amina.get(&format!("/me/claims{query}")).await.fields()[field].is_string(), "{query}");
        }
        assert_eq!(app.nobody().get("/me/claims").await.code(), "session.required");
    }

    async fn a_lead_sees_the_shifts_to_lead_soonest_first(app: TestApp) {
        let post = Post::with(Shift::new()).and(Shift::new().in_minutes(180));
        let Published { shifts, .. } = post.publish(&app, &app.member("gao")).await;
        let (amina, chen) = (app.member("amina"), app.member("chen"));
        for shift in &shifts {
            claim(&amina, *shift).await.ok();
            claim(&chen, *shift).await.ok();
        }
        let gao = app.member("gao");
        gao.put(&format!("/shifts/{}/lead", shifts[1]), json!({"member_id": 1, "deputy_id": 3})).await.ok();
        name_lead(&app, shifts[0], &amina).await;
        let led = |body: Value| -> Vec<i64> {
            body["items"].as_array().unwrap().iter().map(|shift| shift["id"].as_i64().unwrap()).collect()
        };
        assert_eq!(led(amina.get("/me/shifts-led").await.ok()), shifts[..]);
        assert_eq!(led(chen.get("/me/shifts-led").await.ok()), [shifts[1]]);
        app.later(7 * 24 * 60 + 121).await;
        assert_eq!(led(amina.get("/me/shifts-led").await.ok()), [shifts[1]]);
    }
}
