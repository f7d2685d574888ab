//! Whether it lives, whether it serves, its figures, and how it stops.

use std::sync::{Arc, Barrier};

use daogang::db::Lane;
use daogang::units::MemberId;
use reqwest::Method;
use serde_json::json;

use crate::support::databases::{execute, until};
use crate::support::{Answer, Caller, Setup, TestApp, both_engines};

async fn ask(caller: &Caller, path: &str) -> Answer {
    Answer::to(caller.request_outside(Method::GET, path)).await
}

both_engines! {
    async fn a_server_that_serves_says_so(app: TestApp) {
        let alive = ask(&app.nobody(), "/healthz").await;
        assert_eq!((alive.status, alive.body), (200, json!({"status": "alive", "version": env!("CARGO_PKG_VERSION")})));
        let redis = if app.app.config.redis.url.is_some() { "joined" } else { "none" };
        let ready = json!({"ready": true, "database": "ok", "redis": redis});
        until("it is ready", async || ask(&app.nobody(), "/readyz").await.body == ready).await;
    }

    async fn a_database_of_another_shape_is_not_served(app: TestApp) {
        app.look(|db| execute(db, "DELETE FROM __diesel_schema_migrations WHERE version = '0001'").unwrap());
        let answer = ask(&app.nobody(), "/readyz").await;
        assert_eq!((answer.status, &answer.body["database"]), (503, &json!("other_shape")));
    }

    async fn what_has_begun_is_finished_before_the_server_stops(app: TestApp) {
        let amina = app.member("amina");
        amina.get("/me").await.ok();
        let (both, store) = (Arc::new(Barrier::new(2)), app.app.store.clone());
        let own = both.clone();
        // Holds the lane in which the edit is written.
        let held = tokio::spawn(async move {
            store.write(Lane::Member(MemberId(1)), move |_| { own.wait(); own.wait(); Ok(()) }).await
        });
        let wait = || { let both = both.clone(); tokio::task::spawn_blocking(move || { both.wait(); }) };
        wait().await.unwrap();
        let editing = tokio::spawn(async move { amina.patch("/me", 1, json!({"phone": "13812345678"})).await });
        let queued = app.app.clone();
        until("the edit waits", async || queued.store.waiting() > 0).await;
        let mut app = app;
        let base = app.base().to_owned();
        let stopping = tokio::spawn(async move { app.stop().await; app });
        until("nobody is let in any more", async || reqwest::Client::builder().no_proxy().build().unwrap().get(format!("{base}/healthz")).send().await.is_err()).await;
        wait().await.unwrap();
        assert_eq!(editing.await.unwrap().ok()["version"], 2);
        held.await.unwrap().unwrap();
        let app = stopping.await.unwrap();
        assert_eq!(app.count("SELECT count(*) AS n FROM members WHERE id = 1 AND version = 2"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_read_by_token_or_on_their_own_address_and_not_otherwise() {
    let app = TestApp::start(Setup::sqlite()).await;
    assert_eq!(ask(&app.nobody(), "/metrics").await.code(), "row.not_found");
    assert_eq!(ask(&app.member("ma"), "/metrics").await.code(), "row.not_found");

    let app = TestApp::start(Setup::sqlite().set("DAOGANG_METRICS_TOKEN", "a-token-for-prometheus")).await;
    app.member("amina").patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
    for caller in [app.nobody(), app.with_token("another"), app.member("ma")] {
        assert_eq!(ask(&caller, "/metrics").await.code(), "row.not_found");
    }
    let figures = ask(&app.with_token("a-token-for-prometheus"), "/metrics").await;
    assert_eq!((figures.status, figures.header("content-type")), (200, "text/plain; version=0.0.4"));
    let text = figures.body.as_str().unwrap();
    for name in [
        "daogang_request_seconds",
        "daogang_writer_batch_units",
        "daogang_unit_seconds",
        "route=\"/api/v1/me\"",
    ] {
        assert!(text.contains(name), "{name} is missing:\n{text}");
    }
    assert!(!text.contains("Amina") && !text.contains("13812345678"));

    let app = TestApp::start(Setup::sqlite().set("DAOGANG_METRICS_LISTEN", "127.0.0.1:0")).await;
    let operators = app.operators().unwrap();
    assert_eq!(ask(&operators, "/metrics").await.status, 200);
    assert_eq!(ask(&operators, "/healthz").await.status, 200);
    assert_eq!(ask(&operators, "/api/v1/me").await.status, 404);
    assert_eq!(ask(&app.nobody(), "/metrics").await.code(), "row.not_found");
}
