//! Who may write posts, and who sees them.

use serde_json::json;

use super::stored;
use crate::support::both_engines;
use crate::support::city::{LIBRARY, PANXUAN, STREET, WEIYUAN};
use crate::support::posts::{Post, Shift};

both_engines! {
    async fn only_officers_who_publish_write_posts(app: TestApp) {
        let body = Post::with(Shift::new()).json(&app);
        for name in ["amina", "jin", "qiao", "nie", "ou", "pan", "ren", "su"] {
            let answer = app.member(name).post("/posts", body.clone()).await;
            assert_eq!((answer.status, answer.code()), (403, "role.not_allowed"), "{name}");
            let rows = app.member(name).post("/posts/rows", json!({"dry_run": true, "rows": [body]})).await;
            assert_eq!(rows.code(), "role.not_allowed", "{name}");
        }
        assert_eq!(app.nobody().post("/posts", body).await.code(), "session.required");
        assert_eq!(stored(&app), (0, 0));
    }

    async fn an_officer_writes_for_their_organisation_and_those_below_it(app: TestApp) {
        for (name, organization, is_in_reach) in [
            ("gao", PANXUAN, true),
            ("gao", WEIYUAN, false),
            ("gao", STREET, false),
            ("gao", LIBRARY, false),
            ("hu", WEIYUAN, true),
            ("hu", PANXUAN, false),
            ("kang", PANXUAN, true),
            ("kang", WEIYUAN, true),
            ("kang", STREET, true),
            ("kang", LIBRARY, false),
            ("lin", STREET, true),
            ("ma", LIBRARY, true),
        ] {
            let body = Post::with(Shift::new()).set("organization_id", json!(organization)).json(&app);
            let answer = app.member(name).post("/posts", body).await;
            if is_in_reach {
                assert_eq!((answer.status, &answer.body["organization_id"]), (201, &json!(organization)), "{name}");
            } else {
                assert_eq!((answer.status, answer.code()), (404, "row.not_found"), "{name} {organization}");
            }
        }
        let unknown = Post::with(Shift::new()).set("organization_id", json!(999)).json(&app);
        assert_eq!(app.member("ma").post("/posts", unknown).await.code(), "row.not_found");
        assert_eq!(app.count("SELECT count(*) AS n FROM posts"), 7);
    }

    async fn a_post_of_another_subtree_is_not_there(app: TestApp) {
        let post = Post::with(Shift::new()).publish(&app, &app.member("gao")).await;
        let shift = Post::with(Shift::new()).json(&app)["shifts"][0].clone();
        for step in ["publish", "pause", "close"] {
            let answer = app.member("hu").post(&format!("/posts/{}/{step}", post.id), json!({})).await;
            assert_eq!((answer.status, answer.code()), (404, "row.not_found"), "{step}");
            let unknown = app.member("hu").post(&format!("/posts/999999/{step}"), json!({})).await;
            assert_eq!((unknown.status, unknown.code()), (404, "row.not_found"), "{step}");
            let member = app.member("amina").post(&format!("/posts/{}/{step}", post.id), json!({})).await;
            assert_eq!(member.code(), "role.not_allowed", "{step}");
        }
        assert_eq!(app.member("hu").post(&format!("/posts/{}/shifts", post.id), shift).await.code(), "row.not_found");
        assert_eq!(app.count("SELECT count(*) AS n FROM posts WHERE version = 2 AND state = 'published'"), 1);
        assert_eq!(stored(&app), (1, 1));
    }

    async fn a_draft_is_seen_by_its_publishers_officers_only(app: TestApp) {
        let draft = Post::with(Shift::new()).draft(&app, &app.member("gao")).await;
        let route = format!("/posts/{}", draft["id"]);
        for name in ["gao", "kang", "ma"] {
            assert_eq!(app.member(name).get(&route).await.ok(), draft, "{name}");
        }
        for name in ["amina", "hu", "jin", "nie"] {
            let answer = app.member(name).get(&route).await;
            assert_eq!((answer.status, answer.code()), (404, "row.not_found"), "{name}");
        }
        app.member("gao").post(&format!("{route}/publish"), json!({})).await.ok();
        for name in ["amina", "hu", "jin", "nie"] {
            assert_eq!(app.member(name).get(&route).await.ok()["state"], "published", "{name}");
        }
        for nothing in ["/posts/999999", "/posts/0", "/posts/-1", "/posts/one", "/posts/99999999999999999999"] {
            assert_eq!(app.member("amina").get(nothing).await.code(), "row.not_found", "{nothing}");
        }
    }

    async fn officers_list_the_posts_of_their_subtree(app: TestApp) {
        let (gao, hu, kang) = (app.member("gao"), app.member("hu"), app.member("kang"));
        let own = Post::with(Shift::new()).publish(&app, &gao).await.id;
        let tomorrow = Post::with(Shift::new().in_minutes(24 * 60)).draft(&app, &gao).await["id"].as_i64().unwrap();
        let other = Post::with(Shift::new()).set("organization_id", json!(WEIYUAN)).publish(&app, &hu).await.id;
        for (by, query, expected) in [
            (&gao, "", vec![tomorrow, own]),
            (&hu, "", vec![other]),
            (&kang, "", vec![other, tomorrow, own]),
            (&kang, "?organization_id=5", vec![other]),
            (&gao, "?organization_id=5", vec![]),
            (&kang, "?state=draft", vec![tomorrow]),
            (&kang, "?day=2026-09-02", vec![tomorrow]),
            (&kang, "?day=2026-09-01&state=published&organization_id=4", vec![own]),
        ] {
            let page = by.get(&format!("/posts{query}")).await.ok();
            let ids: Vec<i64> = page["items"].as_array().unwrap().iter().map(|post| post["id"].as_i64().unwrap()).collect();
            assert_eq!(ids, expected, "{query}");
        }
        let first = kang.get("/posts?limit=2").await.ok();
        let rest = kang.get(&format!("/posts?limit=2&cursor={}", first["next"].as_str().unwrap())).await.ok();
        assert_eq!((&rest["items"][0]["id"], &rest["next"]), (&json!(own), &json!(null)));
        assert_eq!(app.member("amina").get("/posts").await.code(), "role.not_allowed");
    }
}
