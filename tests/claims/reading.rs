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

    async fn what_lies_ahead_comes_soonest_first_and_what_is_past_latest_first(app: TestApp) {
        let mut post = Post::with(Shift::new().in_minutes(60));
        for number in 1..6 {
            post = post.and(Shift::new().in_minutes(60 + 120 * number));
        }
        let post = post.publish(&app, &app.member("gao")).await;
        let amina = app.member("amina");
        let mut held = Vec::new();
        for shift in post.shifts.iter().rev() {
            held.insert(0, claim(&amina, *shift).await.id());
        }
        release(&amina, held[3]).await.ok();
        let all = async |when: &str| {
            let (mut seen, mut query) = (Vec::new(), format!("?limit=2&when={when}"));
            loop {
                let page = amina.get(&format!("/me/claims{query}")).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|claim| claim["id"].as_i64().unwrap()));
                let Some(next) = page["next"].as_str() else { return seen };
                query = format!("?limit=2&when={when}&cursor={next}");
            }
        };
        assert_eq!(all("ahead").await, [held[0], held[1], held[2], held[4], held[5]]);
        assert_eq!(all("past").await, [held[3]]);
        // The second is checked in and has to be checked out from, the first was never stood.
        let second = format!("UPDATE claims SET state = 'checked_in' WHERE id = {}", held[1]);
        app.look(|db| crate::support::databases::execute(db, &second).unwrap());
        app.later(5 * 60).await;
        assert_eq!(all("ahead").await, [held[1], held[2], held[4], held[5]]);
        assert_eq!(all("past").await, [held[3], held[0]]);
        app.later(7 * 60 + 10).await;
        assert_eq!(all("ahead").await, [held[1]]);
        assert_eq!(all("past").await, [held[5], held[4], held[3], held[2], held[0]]);
        let ahead = amina.get("/me/claims?limit=1&when=past").await.ok();
        let elsewhere = format!("/me/claims?cursor={}", ahead["next"].as_str().unwrap());
        assert_eq!(amina.get(&elsewhere).await.fields(), &json!({"cursor": "unknown"}));
        assert_eq!(amina.get("/me/claims?when=soon").await.status, 422);
    }

    async fn ones_own_claims_come_with_the_shift_the_post_and_the_lead(app: TestApp) {
        let post = Post::with(Shift::new()).and(Shift::new().in_minutes(25 * 60))
            .set("place", json!("盘旋路十字")).set("bring", json!("反光背心在岗亭领"));
        let post = post.publish(&app, &app.member("gao")).await;
        let (amina, chen) = (app.member("amina"), app.member("chen"));
        amina.patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
        for shift in &post.shifts {
            claim(&amina, *shift).await.ok();
            claim(&chen, *shift).await.ok();
            name_lead(&app, *shift, &amina).await;
        }
        let own = chen.get("/me/claims?when=ahead").await.ok();
        let (today, tomorrow) = (&own["items"][0], &own["items"][1]);
        assert_eq!((&today["shift"]["id"], &today["shift_id"]), (&json!(post.shifts[0]), &json!(post.shifts[0])));
        assert_eq!((&today["shift"]["taken"], &today["shift"]["capacity"], &today["shift"]["state"]), (&json!(2), &json!(4), &json!("open")));
        assert_eq!((&today["post"]["id"], &today["post"]["place"]), (&json!(post.id), &json!("盘旋路十字")));
        assert_eq!((&today["bring"], &today["check_in"]["opens_before_min"]), (&json!("反光背心在岗亭领"), &json!(30)));
        assert_eq!(today["lead"], json!({"name": "Amina", "phone": "13812345678"}));
        assert_eq!(tomorrow["lead"], Value::Null);
        release(&chen, today["id"].as_i64().unwrap()).await.ok();
        assert_eq!(chen.get("/me/claims?when=past").await.ok()["items"][0]["lead"], Value::Null);
        let stopped = app.member("gao").post(&format!("/shifts/{}/stop", post.shifts[1]), json!({"reason": "下雨"})).await;
        stopped.ok();
        let shift = chen.get("/me/claims").await.ok()["items"][0]["shift"].clone();
        assert_eq!((&shift["state"], &shift["state_reason"]), (&json!("stopped"), &json!("下雨")));
    }

    async fn a_shift_names_its_publisher(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        assert_eq!(read(&app.member("fang"), shift).await["organization"], "盘旋路社区");
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
