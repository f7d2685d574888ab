//! The order, and reading it on.

use reqwest::Method;
use serde_json::{Value, json};

use super::{ids, shifts};
use crate::support::databases::execute;
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, both_engines};

/// The answer's parts that don't depend on the moment.
fn redacted(mut page: Value) -> Value {
    for item in page["items"].as_array_mut().expect("items") {
        item["places"]["as_of"] = json!("[as_of]");
    }
    page
}

both_engines! {
    async fn an_item_is_a_shift_its_post_and_its_places(app: TestApp) {
        let post = Post::with(Shift::new().in_minutes(36 * 60)).set("skills", json!(["会手语"]))
            .set("meeting_point", json!("西南角")).publish(&app, &app.member("gao")).await;
        let amina = app.member("amina");
        let page = amina.get("/queue").await.ok();
        let (starts_at, urgency) = (page["items"][0]["shift"]["starts_at"].clone(), &page["items"][0]["urgency"]);
        assert!(starts_at.as_str().unwrap().ends_with("Z"));
        // 500 / 2, 300, and what little a minute adds.
        assert!((550..=551).contains(&urgency.as_i64().unwrap()), "{urgency}");
        let as_of = page["items"][0]["places"]["as_of"].as_str().unwrap();
        assert!(daogang::clock::Timestamp::parse(as_of).is_some());
        assert_eq!(redacted(page.clone()), json!({
            "items": [{
                "shift": {"id": post.shift(), "starts_at": starts_at, "ends_at": page["items"][0]["shift"]["ends_at"]},
                "post": {
                    "id": post.id, "organization_id": 4, "category": "civility", "title": "盘旋路口文明劝导", "place": "",
                    "meeting_point": "西南角", "position": {"lat": 36.04, "lon": 103.85, "datum": "wgs84"},
                    "priority": 0, "hazardous": false, "skills": ["会手语"],
                },
                "places": {"capacity": 4, "taken": 0, "open": 4, "as_of": "[as_of]"},
                "distance_m": null,
                "urgency": urgency,
            }],
            "next": null,
        }));
    }

    async fn the_most_urgent_comes_first_and_among_equals_the_older(app: TestApp) {
        let gao = app.member("gao");
        let far = Post::with(Shift::new().in_minutes(70 * 60)).and(Shift::new().in_minutes(70 * 60)).publish(&app, &gao).await;
        let near = Post::with(Shift::new().in_minutes(30)).publish(&app, &gao).await;
        let urgent = Post::with(Shift::new().in_minutes(70 * 60)).set("priority", json!(2)).publish(&app, &gao).await;
        let expected = [near.shift(), urgent.shift(), far.shifts[0], far.shifts[1]];
        assert_eq!(shifts(&app.member("amina"), "").await, expected);
        // A place taken makes a shift less urgent, and the last one takes it off the list.
        app.look(|db| execute(db, &format!("UPDATE shifts SET taken = 1 WHERE id = {}", far.shifts[0])).unwrap());
        app.later(1).await;
        assert_eq!(shifts(&app.member("amina"), "").await, [near.shift(), urgent.shift(), far.shifts[1], far.shifts[0]]);
    }

    async fn pages_follow_one_another_without_gaps_or_doubles(app: TestApp) {
        let gao = app.member("gao");
        for hours in 0..5 {
            let mut post = Post::with(Shift::new().in_minutes(60 + hours * 600));
            for place in 1..9 {
                post = post.and(Shift::new().in_minutes(60 + hours * 600).places(place % 3 + 1));
            }
            post.publish(&app, &gao).await;
        }
        let amina = app.member("amina");
        let whole = amina.get("/queue?limit=100").await.ok();
        assert_eq!((ids(&whole).len(), &whole["next"]), (45, &Value::Null));
        for limit in [1, 7, 20, 45] {
            let (mut walked, mut query) = (Vec::new(), format!("/queue?limit={limit}"));
            loop {
                let page = amina.get(&query).await.ok();
                assert!(ids(&page).len() <= limit);
                walked.extend(ids(&page));
                let Some(next) = page["next"].as_str() else { break };
                query = format!("/queue?limit={limit}&cursor={next}");
            }
            assert_eq!(walked, ids(&whole), "by {limit}");
        }
    }

    async fn a_page_is_read_on_in_the_order_of_its_own_minute(app: TestApp) {
        let gao = app.member("gao");
        let first = Post::with(Shift::new().in_minutes(60)).publish(&app, &gao).await.shift();
        let second = Post::with(Shift::new().in_minutes(61)).publish(&app, &gao).await.shift();
        let amina = app.member("amina");
        let page = amina.get("/queue?limit=1").await.ok();
        assert_eq!(ids(&page), [first]);
        let next = page["next"].as_str().unwrap();
        app.later(3).await;
        assert_eq!(shifts(&amina, &format!("?cursor={next}")).await, [second]);
        let later = amina.get("/queue?limit=1").await.ok();
        assert_eq!(later["items"][0]["shift"]["id"], first);
    }

    async fn a_cursor_over_five_minutes_old_has_expired(app: TestApp) {
        Post::with(Shift::new()).and(Shift::new()).publish(&app, &app.member("gao")).await;
        let amina = app.member("amina");
        let page = amina.get("/queue?limit=1").await.ok();
        let query = format!("/queue?limit=1&cursor={}", page["next"].as_str().unwrap());
        app.later(4).await;
        assert_eq!(amina.get(&query).await.status, 200);
        app.later(2).await;
        let answer = amina.get(&query).await;
        assert_eq!((answer.status, answer.code()), (410, "cursor.expired"));
        for forged in ["x", "WzFd", "W10"] {
            assert_eq!(amina.get(&format!("/queue?cursor={forged}")).await.fields(), &json!({"cursor": "unknown"}));
        }
    }

    async fn a_list_that_has_not_changed_is_not_sent_again(app: TestApp) {
        let gao = app.member("gao");
        Post::with(Shift::new()).publish(&app, &gao).await;
        let ask = async |name: &str, query: &str, tag: &str| {
            let request = app.member(name).request(Method::GET, query).header("If-None-Match", tag);
            Answer::to(request).await
        };
        // The tag names a minute too, which may just end.
        let mut tries = 0;
        let tag = loop {
            let tag = app.member("amina").get("/queue").await.header("etag").to_owned();
            let again = ask("amina", "/queue", &tag).await;
            if again.status == 304 {
                assert_eq!((again.body, again.headers.get("content-type")), (Value::Null, None));
                break tag;
            }
            tries += 1;
            assert!(tries < 3, "{tag} is never known again");
        };
        assert!(tag.starts_with("W/\""), "{tag}");
        assert_eq!(ask("amina", "/queue?limit=2", &tag).await.status, 200);
        assert_eq!(ask("chen", "/queue", &tag).await.status, 200);
        Post::with(Shift::new()).publish(&app, &gao).await;
        assert_eq!(ask("amina", "/queue", &tag).await.status, 200);
    }
}
