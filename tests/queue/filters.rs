//! What is in the queue, for whom, and near where.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::{NOTHING, ids, shifts};
use crate::support::city::{LIBRARY, PANXUAN, SCHOOL, STREET};
use crate::support::databases::{execute, until};
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, both_engines};

fn at(lat: f64, lon: f64, datum: &str) -> Value {
    json!({"lat": lat, "lon": lon, "datum": datum})
}

both_engines! {
    async fn who_is_not_signed_in_sees_no_queue(app: TestApp) {
        assert_eq!(app.nobody().get("/queue").await.code(), "session.required");
    }

    async fn a_post_is_listed_while_it_is_published(app: TestApp) {
        let (gao, amina) = (app.member("gao"), app.member("amina"));
        let draft = Post::with(Shift::new()).draft(&app, &gao).await;
        assert_eq!(shifts(&amina, "").await, NOTHING);
        let (id, shift) = (draft["id"].as_i64().unwrap(), draft["shifts"][0]["id"].as_i64().unwrap());
        for (step, expected) in [("publish", vec![shift]), ("pause", vec![]), ("publish", vec![shift]), ("close", vec![])] {
            gao.post(&format!("/posts/{id}/{step}"), json!({})).await.ok();
            // At once, on the server where it was done.
            assert_eq!(shifts(&amina, "").await, expected, "{step}");
        }
    }

    async fn a_shift_added_to_a_published_post_is_listed_at_once(app: TestApp) {
        let gao = app.member("gao");
        let post = Post::with(Shift::new()).publish(&app, &gao).await;
        let body = Post::with(Shift::new().in_minutes(5)).json(&app)["shifts"][0].clone();
        let added = gao.post(&format!("/posts/{}/shifts", post.id), body).await.ok();
        assert_eq!(ids(&app.member("amina").get("/queue").await.ok()).len(), 2);
        assert_eq!(added["shifts"].as_array().unwrap().len(), 2);
    }

    async fn what_is_full_stopped_cancelled_or_nearly_over_is_not_listed(app: TestApp) {
        let gao = app.member("gao");
        let mut shifts_of = Vec::new();
        for _ in 0..4 {
            shifts_of.push(Post::with(Shift::new().in_minutes(10).lasting(30)).publish(&app, &gao).await.shift());
        }
        let amina = app.member("amina");
        assert_eq!(shifts(&amina, "").await, shifts_of);
        for (shift, change) in shifts_of.iter().zip(["taken = 4", "state = 'stopped'", "state = 'cancelled'"]) {
            app.look(|db| execute(db, &format!("UPDATE shifts SET {change} WHERE id = {shift}")).unwrap());
        }
        app.later(0).await;
        assert_eq!(shifts(&amina, "").await, shifts_of[3..]);
        // It can be claimed until 15 minutes before its end, that is for 24 minutes and some seconds from now.
        app.later(23).await;
        assert_eq!(shifts(&amina, "").await, shifts_of[3..]);
        app.later(2).await;
        assert_eq!(shifts(&amina, "").await, NOTHING);
    }

    async fn a_claimed_or_freed_place_shows_after_its_event(app: TestApp) {
        let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
        let (amina, bolat) = (app.member("amina"), app.member("bolat"));
        assert_eq!(shifts(&bolat, "").await, [shift]);
        let began = Instant::now();
        let claim = amina.post(&format!("/shifts/{shift}/claims"), json!({})).await.ok();
        until("it is taken off the list", async || shifts(&bolat, "").await.is_empty()).await;
        amina.post(&format!("/claims/{}/release", claim["id"]), json!({})).await.ok();
        until("it is on the list again", async || shifts(&bolat, "").await == [shift]).await;
        assert!(began.elapsed() < Duration::from_secs(4), "it was the reload, not the event");
    }

    async fn a_shift_that_was_moved_is_listed_at_its_new_time_at_once(app: TestApp) {
        let gao = app.member("gao");
        let shift = Post::with(Shift::new()).publish(&app, &gao).await.shift();
        let (starts_at, ends_at) = ("2026-09-03T07:30:00Z", "2026-09-03T08:30:00Z");
        gao.patch(&format!("/shifts/{shift}"), 1, json!({"starts_at": starts_at, "ends_at": ends_at, "capacity": 9})).await.ok();
        let page = app.member("amina").get("/queue").await.ok();
        assert_eq!(page["items"][0]["shift"], json!({"id": shift, "starts_at": starts_at, "ends_at": ends_at}));
        assert_eq!(page["items"][0]["places"]["open"], 9);
    }

    async fn only_those_a_post_is_meant_for_see_it(app: TestApp) {
        let city = app.member("ma");
        let mut published = Vec::new();
        for audience in [
            json!({"kind": "everyone"}),
            json!({"kind": "subtree", "organization_id": PANXUAN}),
            json!({"kind": "subtree", "organization_id": STREET}),
            json!({"kind": "units", "organization_ids": [LIBRARY]}),
            json!({"kind": "units", "organization_ids": [LIBRARY, SCHOOL]}),
        ] {
            published.push(Post::with(Shift::new()).set("audience", audience).publish(&app, &city).await.shift());
        }
        let [everyone, panxuan, street, library, both] = published[..] else { unreachable!() };
        for (name, expected) in [
            ("amina", vec![everyone, panxuan, street, library, both]),
            ("bolat", vec![everyone, street, library, both]),
            ("chen", vec![everyone, panxuan, street, both]),
            ("dilnur", vec![everyone, panxuan, street]),
            ("fang", vec![everyone, street, both]),
        ] {
            assert_eq!(shifts(&app.member(name), "").await, expected, "{name}");
        }
    }

    async fn a_position_adds_a_distance_and_within_filters_by_it(app: TestApp) {
        let gao = app.member("gao");
        // A degree of latitude is 110.97 km there.
        let mut published = Vec::new();
        for metres in [0.0, 900.0, 1_100.0, 60_000.0] {
            let position = at(36.0 + metres / 110_970.0, 103.85, "wgs84");
            published.push(Post::with(Shift::new()).set("position", position).publish(&app, &gao).await.shift());
        }
        let amina = app.member("amina");
        let here = "lat=36&lon=103.85&datum=wgs84";
        let page = amina.get(&format!("/queue?{here}")).await.ok();
        assert_eq!(ids(&page), published, "a distance alone neither filters nor sorts");
        for (item, expected) in page["items"].as_array().unwrap().iter().zip([0, 900, 1_100, 60_000]) {
            let distance = item["distance_m"].as_i64().unwrap();
            assert!((distance - expected).abs() <= expected / 1_000, "{distance} for {expected}");
        }
        for (within, count) in [(1, 1), (899, 1), (1_000, 2), (50_000, 3)] {
            assert_eq!(shifts(&amina, &format!("?{here}&within_m={within}")).await, published[..count], "{within}");
        }
        let (mut walked, mut query) = (Vec::new(), format!("/queue?{here}&within_m=50000&limit=2"));
        loop {
            let page = amina.get(&query).await.ok();
            walked.extend(ids(&page));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("/queue?{here}&within_m=50000&limit=2&cursor={next}");
        }
        assert_eq!(walked, published[..3]);
    }

    async fn a_distance_minds_the_datum_of_both_ends(app: TestApp) {
        let gao = app.member("gao");
        for datum in ["wgs84", "gcj02"] {
            Post::with(Shift::new()).set("position", at(36.04, 103.85, datum)).publish(&app, &gao).await;
        }
        let amina = app.member("amina");
        let distances = async |datum: &str| {
            let page = amina.get(&format!("/queue?lat=36.04&lon=103.85&datum={datum}")).await.ok();
            let items = page["items"].as_array().unwrap().iter();
            items.map(|item| item["distance_m"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        // The same numbers in two datums are over 200 m apart in Lanzhou, in three of them much more.
        let (from_wgs, from_gcj, from_bd) = (distances("wgs84").await, distances("gcj02").await, distances("bd09").await);
        assert_eq!((from_wgs[0], from_gcj[1]), (0, 0));
        assert!((205..=230).contains(&from_wgs[1]) && (205..=230).contains(&from_gcj[0]), "{from_wgs:?} {from_gcj:?}");
        assert!(from_bd.iter().all(|metres| (400..2_000).contains(metres)), "{from_bd:?}");
        assert_eq!(ids(&amina.get("/queue?lat=36.04&lon=103.85&datum=gcj02&within_m=100").await.ok()).len(), 1);
    }

    async fn category_and_start_filter(app: TestApp) {
        let gao = app.member("gao");
        let cleaning = Post::with(Shift::new()).set("category", json!("cleaning")).publish(&app, &gao).await.shift();
        let day = json!([
            {"starts_at": "2026-09-02T07:30:00+08:00", "ends_at": "2026-09-02T08:30:00+08:00", "capacity": 1},
            {"starts_at": "2026-09-02T17:30:00+08:00", "ends_at": "2026-09-02T18:30:00+08:00", "capacity": 1},
        ]);
        let [morning, evening] = Post::with(Shift::new()).set("shifts", day).publish(&app, &gao).await.shifts[..] else {
            panic!("two shifts")
        };
        let amina = app.member("amina");
        for (query, expected) in [
            ("category=cleaning", vec![cleaning]),
            ("category=patrol", vec![]),
            ("from=2026-09-02T07:30:00%2B08:00", vec![morning, evening]),
            // A plus sign that wasn't escaped.
            ("from=2026-09-02T07:30:00+08:00&to=2026-09-02T17:30:00+08:00", vec![morning]),
            ("to=2026-09-01T23:30:00Z", vec![cleaning]),
            ("from=2026-09-02T09:00:00Z", vec![evening]),
            ("category=cleaning&from=2026-09-02T00:00:00Z", vec![]),
        ] {
            assert_eq!(shifts(&amina, &format!("?{query}")).await, expected, "{query}");
        }
    }

    async fn a_wrong_question_is_refused_by_its_field(app: TestApp) {
        let amina = app.member("amina");
        let here = "lat=36&lon=103&datum=wgs84";
        for (query, fields) in [
            ("lat=36".to_owned(), json!({"lon": "required_with_a_position", "datum": "required_with_a_position"})),
            ("lon=103&lat=36".to_owned(), json!({"datum": "required_with_a_position"})),
            ("datum=wgs84&lon=3".to_owned(), json!({"lat": "required_with_a_position"})),
            ("lat=91&lon=103&datum=wgs84".to_owned(), json!({"lat": "lat_out_of_range"})),
            ("lat=NaN&lon=103&datum=wgs84".to_owned(), json!({"lat": "lat_out_of_range"})),
            ("lat=36&lon=1e999&datum=wgs84".to_owned(), json!({"lon": "lon_out_of_range"})),
            ("lat=x&lon=103&datum=wgs84".to_owned(), json!({"query": "wrong_type"})),
            ("lat=36&lon=103&datum=nad27".to_owned(), json!({"query": "wrong_type"})),
            ("within_m=100".to_owned(), json!({"within_m": "needs_a_position"})),
            (format!("{here}&within_m=0"), json!({"within_m": "1_to_50000"})),
            (format!("{here}&within_m=50001"), json!({"within_m": "1_to_50000"})),
            (format!("{here}&within_m=-1"), json!({"query": "wrong_type"})),
            ("category=dancing".to_owned(), json!({"query": "wrong_type"})),
            ("from=2026-09-02T07:30:00".to_owned(), json!({"from": "time_with_offset"})),
            ("to=tomorrow".to_owned(), json!({"to": "time_with_offset"})),
            ("from=2026-09-02T00:00:00Z&to=2026-09-02T00:00:00Z".to_owned(), json!({"to": "after_from"})),
            ("limit=0".to_owned(), json!({"limit": "1_to_100"})),
            ("limit=101".to_owned(), json!({"limit": "1_to_100"})),
            ("sort=hours".to_owned(), json!({"sort": "unknown"})),
        ] {
            let answer = Answer::to(amina.request(Method::GET, &format!("/queue?{query}"))).await;
            assert_eq!(answer.fields(), &fields, "{query}");
        }
    }
}
