//! The clock of a demonstration.

use daogang::clock::Timestamp;
use daogang::db::migrate;
use serde_json::json;

use crate::support::databases::{Database, until};
use crate::support::process::{Process, binary, daogang};
use crate::support::{Setup, TestApp, both_engines};

/// What `daogang seed` writes into a database.
fn make_demonstration(app: &TestApp) {
    // A server that joins Redis reads its clock again from the database, so that must know it.
    let offset = app.clock().offset().num_microseconds().unwrap().to_string();
    app.look(|db| {
        migrate::put(db, "clock_offset_us", &offset).unwrap();
        migrate::put(db, "demonstration", "1").unwrap();
    });
}

both_engines! {
    async fn the_clock_of_a_demonstration_moves_forward_only(app: TestApp) {
        make_demonstration(&app);
        let amina = app.member("amina");
        let moved = amina.post("/demo/clock", json!({"to": "2026-09-01T17:30:00+08:00"})).await.ok();
        assert!(moved["now"].as_str().unwrap().starts_with("2026-09-01T09:30:0"), "{moved}");
        assert!(app.now() >= Timestamp::parse("2026-09-01T17:30:00+08:00").unwrap());
        let back = amina.post("/demo/clock", json!({"to": "2026-09-01T09:00:00+08:00"})).await;
        assert_eq!(back.fields(), &json!({"to": "later_than_now"}));
        for (wrong, rule) in [(json!("2026-09-01T18:00:00"), "time_with_offset"), (json!("soon"), "time_with_offset"), (json!(7), "wrong_type")] {
            assert_eq!(amina.post("/demo/clock", json!({"to": wrong})).await.fields(), &json!({"to": rule}));
        }
    }

    async fn an_ordinary_database_has_no_such_route(app: TestApp) {
        let before = app.now();
        let answer = app.member("ma").post("/demo/clock", json!({"to": "2030-01-01T00:00:00+08:00"})).await;
        assert_eq!((answer.status, answer.code()), (404, "row.not_found"));
        assert!(app.now().since(before).num_minutes() < 5);
    }

    async fn a_server_that_starts_takes_up_the_clock_where_it_stands(app: TestApp) {
        make_demonstration(&app);
        app.member("amina").post("/demo/clock", json!({"to": "2026-12-01T07:00:00+08:00"})).await.ok();
        let other = app.another_server().await;
        daogang::demo::take_up(&other.app, None).await.unwrap();
        assert!(other.now().since(app.now()).num_seconds().abs() < 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_moved_on_one_server_moves_on_the_others() {
    let app = TestApp::start(Setup::postgres()).await;
    make_demonstration(&app);
    let other = app.another_server().await;
    until("both have joined Redis", async || {
        app.app.ephemeral.reached() == Some(true) && other.app.ephemeral.reached() == Some(true)
    })
    .await;
    app.member("amina").post("/demo/clock", json!({"to": "2026-12-01T07:00:00+08:00"})).await.ok();
    until("the other follows", async || other.now().since(app.now()).num_seconds().abs() < 2).await;
}

#[test]
fn a_time_is_refused_on_a_database_that_is_no_demonstration() {
    let (database, folder) = (Database::sqlite(), tempfile::tempdir().unwrap());
    let mut command = daogang(binary(), &database.url, &folder.path().join("keys"));
    command.args(["serve", "--clock", "2026-09-01T07:00:00+08:00"]);
    let Err(said) = Process::start(command) else { panic!("it serves") };
    assert!(said.contains("not made by `daogang seed`"), "{said}");
}
