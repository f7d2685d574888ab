//! From draft to published, paused and closed; and the community that is told.

use serde_json::{Value, json};

use super::stored;
use crate::support::city::{PANXUAN, STREET};
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, Caller, TestApp, both_engines};

async fn step(by: &Caller, post: &Value, step: &str) -> Answer {
    by.post(&format!("/posts/{}/{step}", post["id"]), json!({})).await
}

fn told(app: &TestApp) -> i64 {
    app.count("SELECT count(*) AS n FROM outbox WHERE kind = 'post_in_community' AND organization_id = 4")
}

both_engines! {
    async fn a_dangerous_post_is_insured_or_someone_answers_for_it(app: TestApp) {
        let gao = app.member("gao");
        let traffic = |other: &[(&'static str, Value)]| {
            let post = Post::with(Shift::new()).set("category", json!("traffic"));
            other.iter().fold(post, |post, (field, value)| post.set(field, value.clone()))
        };
        for insured in [
            vec![("insurance_ref", json!("PICC-2026-0901"))],
            vec![("insurance_waived_by", json!("街道办主任"))],
            vec![("hazardous", json!(false))],
        ] {
            let draft = traffic(&insured).draft(&app, &gao).await;
            assert_eq!(step(&gao, &draft, "publish").await.ok()["state"], "published", "{insured:?}");
        }
        for uninsured in [vec![], vec![("insurance_ref", json!(" "))], vec![("hazardous", json!(true)), ("insurance_waived_by", json!(""))]] {
            let draft = traffic(&uninsured).draft(&app, &gao).await;
            let answer = step(&gao, &draft, "publish").await;
            assert_eq!((answer.status, answer.code()), (409, "post.insurance_missing"), "{uninsured:?}");
            assert_eq!(gao.get(&format!("/posts/{}", draft["id"])).await.ok(), draft);
        }
        let calm = Post::with(Shift::new()).set("hazardous", json!(true)).draft(&app, &gao).await;
        assert_eq!(step(&gao, &calm, "publish").await.code(), "post.insurance_missing");
    }

    async fn a_post_goes_through_its_states(app: TestApp) {
        let gao = app.member("gao");
        let draft = Post::with(Shift::new()).draft(&app, &gao).await;
        for (what, state) in [("publish", "published"), ("pause", "paused"), ("publish", "published"), ("close", "closed")] {
            let post = step(&gao, &draft, what).await.ok();
            assert_eq!(post["state"], state);
            assert_eq!(post["shifts"], draft["shifts"]);
        }
        let post = gao.get(&format!("/posts/{}", draft["id"])).await;
        assert_eq!((post.header("etag"), &post.body["version"]), ("\"5\"", &json!(5)));
    }

    async fn published_at_is_the_first_time(app: TestApp) {
        let gao = app.member("gao");
        let draft = Post::with(Shift::new()).draft(&app, &gao).await;
        let first = step(&gao, &draft, "publish").await.ok()["published_at"].clone();
        assert!(first.is_string());
        app.later(5).await;
        step(&gao, &draft, "pause").await.ok();
        assert_eq!(step(&gao, &draft, "publish").await.ok()["published_at"], first);
    }

    async fn a_step_from_another_state_is_refused(app: TestApp) {
        let gao = app.member("gao");
        for (before, refused, state) in [
            (&[][..], &["pause", "close"][..], "draft"),
            (&["publish"], &["publish"], "published"),
            (&["publish", "pause"], &["pause"], "paused"),
            (&["publish", "close"], &["publish", "pause", "close"], "closed"),
        ] {
            let draft = Post::with(Shift::new()).draft(&app, &gao).await;
            for before in before {
                step(&gao, &draft, before).await.ok();
            }
            for refused in refused {
                let answer = step(&gao, &draft, refused).await;
                assert_eq!((answer.status, answer.code()), (409, "post.wrong_state"), "{refused} when {state}");
                assert_eq!(answer.body["facts"]["state"], state);
            }
            assert_eq!(gao.get(&format!("/posts/{}", draft["id"])).await.ok()["state"], state);
        }
        let closed = Post::with(Shift::new()).publish(&app, &gao).await;
        gao.post(&format!("/posts/{}/close", closed.id), json!({})).await.ok();
        let shift = Post::with(Shift::new()).json(&app)["shifts"][0].clone();
        assert_eq!(gao.post(&format!("/posts/{}/shifts", closed.id), shift).await.code(), "post.wrong_state");
    }

    async fn a_reason_is_kept_and_held_to_its_length(app: TestApp) {
        let gao = app.member("gao");
        let post = Post::with(Shift::new()).publish(&app, &gao).await;
        let pause = format!("/posts/{}/pause", post.id);
        let long = gao.post(&pause, json!({"reason": "雨".repeat(201)})).await;
        assert_eq!(long.fields(), &json!({"reason": "at_most_200_characters"}));
        assert_eq!(gao.post(&pause, json!({"why": "雨"})).await.fields(), &json!({"why": "unknown"}));
        let paused = gao.post(&pause, json!({"reason": "修路"})).await.ok();
        assert_eq!((&paused["state"], &paused["state_reason"]), (&json!("paused"), &json!("修路")));
        let published = gao.post(&format!("/posts/{}/publish", post.id), json!({})).await.ok();
        assert_eq!(published["state_reason"], Value::Null);
    }

    async fn the_community_whose_grid_holds_the_place_is_found_and_told_once(app: TestApp) {
        let kang = app.member("kang");
        let street = Post::with(Shift::new()).set("organization_id", json!(STREET));
        let draft = street.draft(&app, &kang).await;
        assert_eq!(draft["community_id"], json!(PANXUAN));
        assert_eq!(told(&app), 0);
        for what in ["publish", "pause", "publish"] {
            step(&kang, &draft, what).await.ok();
        }
        assert_eq!(told(&app), 1);
        let payload = app.look(|db| {
            use diesel::prelude::*;
            daogang::schema::outbox::table.select(daogang::schema::outbox::payload).first::<String>(db).unwrap()
        });
        assert_eq!(serde_json::from_str::<Value>(&payload).unwrap(), json!({"post_id": draft["id"], "organization_id": STREET}));
        // Nobody is told what they published themselves.
        Post::with(Shift::new()).publish(&app, &app.member("gao")).await;
        assert_eq!(told(&app), 1);
        // Outside all grids a post has no community, and may be all the same.
        let far = street.set("position", json!({"lat": 36.2, "lon": 103.85, "datum": "wgs84"})).draft(&app, &kang).await;
        assert_eq!(far["community_id"], Value::Null);
        step(&kang, &far, "publish").await.ok();
        assert_eq!(app.count("SELECT count(*) AS n FROM outbox"), 1);
    }

    async fn the_datum_decides_which_grid_holds_the_place(app: TestApp) {
        let gao = app.member("gao");
        // The grid ends at 103.86 E in WGS-84; the same numbers in GCJ-02 mean a place some 200 m further west.
        for (datum, community) in [("wgs84", Value::Null), ("gcj02", json!(PANXUAN))] {
            let position = json!({"lat": 36.04, "lon": 103.8605, "datum": datum});
            let draft = Post::with(Shift::new()).set("position", position).draft(&app, &gao).await;
            assert_eq!(draft["community_id"], community, "{datum}");
        }
    }

    async fn a_post_that_is_sent_twice_with_one_key_is_one_post(app: TestApp) {
        let gao = app.member("gao").keyed("post-0001");
        let body = Post::with(Shift::new()).json(&app);
        let first = gao.post("/posts", body.clone()).await;
        let again = gao.post("/posts", body.clone()).await;
        assert_eq!((first.status, again.status, &first.body), (201, 201, &again.body));
        assert_eq!(stored(&app), (1, 1));
        let mut other = body;
        other["title"] = json!("另一个");
        assert_eq!(gao.post("/posts", other).await.code(), "idempotency.key_reused");
        let publish = format!("/posts/{}/publish", first.id());
        let gao = app.member("gao").keyed("publish-0001");
        let published = gao.post(&publish, json!({})).await.ok();
        assert_eq!(gao.post(&publish, json!({})).await.ok(), published);
        assert_eq!(stored(&app), (1, 1));
    }
}
