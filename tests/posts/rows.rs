//! Many posts from rows: previewed, made all or none, and undone.

use serde_json::{Value, json};

use super::stored;
use crate::support::city::{PANXUAN, WEIYUAN};
use crate::support::databases::execute;
use crate::support::posts::{Post, Shift};
use crate::support::{TestApp, both_engines};

fn row(app: &TestApp) -> Value {
    Post::with(Shift::new()).json(app)
}

fn rows(dry_run: bool, publish: bool, rows: &[Value]) -> Value {
    json!({"dry_run": dry_run, "publish": publish, "rows": rows})
}

fn wrong_rows(app: &TestApp) -> [Value; 5] {
    let with = |field: &str, value: Value| {
        let mut row = row(app);
        row[field] = value;
        row
    };
    [
        row(app),
        with("title", json!("岗".repeat(61))),
        with("organization_id", json!(WEIYUAN)),
        with("category", json!("traffic")),
        with("colour", json!("red")),
    ]
}

both_engines! {
    async fn a_dry_run_tells_row_by_row_and_stores_nothing(app: TestApp) {
        let gao = app.member("gao");
        let answer = gao.post("/posts/rows", rows(true, true, &wrong_rows(&app))).await;
        let row = |number: i64, community: Value, code: Value, fields: Value| {
            json!({"row": number, "post_id": null, "community_id": community, "code": code, "fields": fields})
        };
        assert_eq!((answer.status, answer.body), (200, json!({"fits": false, "batch_id": null, "rows": [
            row(1, json!(PANXUAN), Value::Null, json!({})),
            row(2, Value::Null, json!("field.invalid"), json!({"title": "at_most_60_characters"})),
            row(3, Value::Null, json!("row.not_found"), json!({})),
            row(4, Value::Null, json!("post.insurance_missing"), json!({})),
            row(5, Value::Null, json!("field.invalid"), json!({"colour": "unknown"})),
        ]})));
        let fitting = gao.post("/posts/rows", rows(true, true, &[self::row(&app), self::row(&app)])).await.ok();
        assert_eq!((&fitting["fits"], &fitting["batch_id"]), (&json!(true), &Value::Null));
        assert_eq!(stored(&app), (0, 0));
        assert_eq!(app.count("SELECT count(*) AS n FROM batches"), 0);
    }

    async fn rows_are_made_all_or_none(app: TestApp) {
        let gao = app.member("gao");
        let answer = gao.post("/posts/rows", rows(false, true, &wrong_rows(&app))).await;
        assert_eq!(answer.fields(), &json!({"rows": "every_row_is_to_fit"}));
        let codes: Vec<&Value> = answer.body["facts"]["rows"].as_array().unwrap().iter().map(|row| &row["code"]).collect();
        assert_eq!(codes, [&Value::Null, &json!("field.invalid"), &json!("row.not_found"), &json!("post.insurance_missing"), &json!("field.invalid")]);
        assert_eq!(stored(&app), (0, 0));
        let made = gao.post("/posts/rows", rows(false, true, &[row(&app), row(&app)])).await;
        assert_eq!((made.status, &made.body["fits"]), (201, &json!(true)));
        for answer in made.body["rows"].as_array().unwrap() {
            let post = app.member("amina").get(&format!("/posts/{}", answer["post_id"])).await.ok();
            assert_eq!((&post["state"], &post["batch_id"]), (&json!("published"), &made.body["batch_id"]));
        }
        let queue = app.member("amina").get("/queue").await.ok();
        assert_eq!(queue["items"].as_array().unwrap().len(), 2);
        let drafts = gao.post("/posts/rows", json!({"dry_run": false, "rows": [row(&app)]})).await.ok();
        assert_eq!(gao.get(&format!("/posts/{}", drafts["rows"][0]["post_id"])).await.ok()["state"], "draft");
        assert_eq!(stored(&app), (3, 3));
    }

    async fn rows_sent_twice_with_one_key_are_made_once(app: TestApp) {
        let gao = app.member("gao").keyed("rows-0001");
        let body = rows(false, false, &[row(&app), row(&app)]);
        let first = gao.post("/posts/rows", body.clone()).await.ok();
        assert_eq!(gao.post("/posts/rows", body).await.ok(), first);
        assert_eq!(stored(&app), (2, 2));
    }

    async fn there_are_one_to_two_hundred_rows(app: TestApp) {
        let gao = app.member("gao");
        let tiny = json!({"title": "x"});
        for count in [0, 201] {
            let answer = gao.post("/posts/rows", rows(false, false, &vec![tiny.clone(); count])).await;
            assert_eq!(answer.fields(), &json!({"rows": "1_to_200"}));
        }
        for body in [json!({}), json!({"rows": []}), json!({"dry_run": true}), json!({"dry_run": "no", "rows": []})] {
            assert_eq!(gao.post("/posts/rows", body).await.code(), "field.invalid");
        }
        assert_eq!(stored(&app), (0, 0));
    }

    async fn a_step_is_undone_while_nobody_holds_a_place(app: TestApp) {
        let (gao, amina) = (app.member("gao"), app.member("amina"));
        let kept = Post::with(Shift::new()).publish(&app, &gao).await;
        let made = gao.post("/posts/rows", rows(false, true, &[row(&app), row(&app)])).await.ok();
        let undo = format!("/posts/batches/{}", made["batch_id"]);
        let shift = app.count(&format!("SELECT min(id) AS n FROM shifts WHERE post_id = {}", made["rows"][1]["post_id"]));
        app.look(|db| execute(db, &format!("UPDATE shifts SET taken = 1, places_version = 1 WHERE id = {shift}")).unwrap());
        let refused = gao.delete(&undo).await;
        assert_eq!((refused.status, refused.code()), (409, "post.has_holders"));
        assert_eq!(stored(&app), (3, 3));

        app.look(|db| execute(db, &format!("UPDATE shifts SET taken = 0, places_version = 2 WHERE id = {shift}")).unwrap());
        for (name, code) in [("hu", "row.not_found"), ("amina", "role.not_allowed"), ("jin", "role.not_allowed")] {
            assert_eq!(app.member(name).delete(&undo).await.code(), code, "{name}");
        }
        assert_eq!(gao.delete(&undo).await.status, 204);
        // The one that someone held for a while stays in their history, called off; the other never was.
        assert_eq!(stored(&app), (2, 2));
        let once_held = gao.get(&format!("/posts/{}", made["rows"][1]["post_id"])).await.ok();
        assert_eq!((&once_held["state"], &once_held["state_reason"]), (&json!("cancelled"), &json!("undone")));
        let queue = amina.get("/queue").await.ok();
        assert_eq!((queue["items"].as_array().unwrap().len(), &queue["items"][0]["post"]["id"]), (1, &json!(kept.id)));
    }

    async fn a_step_is_undone_together_with_its_screens(app: TestApp) {
        let gao = app.member("gao");
        let made = gao.post("/posts/rows", rows(false, true, &[row(&app)])).await.ok();
        let pairing = if matches!(app.app.store.engine(), daogang::db::Engine::Sqlite(_)) { ("x'00'", "0") } else { ("'\\x00'", "now()") };
        let (hash, now) = pairing;
        app.look(|db| execute(db, &format!(
            "INSERT INTO screens (shift_id, created_by, pairing_hash, pairing_ends_at, created_at) SELECT id, 11, {hash}, {now}, {now} FROM shifts"
        )).unwrap());
        assert_eq!(gao.delete(&format!("/posts/batches/{}", made["batch_id"])).await.status, 204);
        assert_eq!(stored(&app), (0, 0));
        for nothing in [made["batch_id"].as_i64().unwrap(), 999_999] {
            assert_eq!(gao.delete(&format!("/posts/batches/{nothing}")).await.code(), "row.not_found");
        }
    }
}
