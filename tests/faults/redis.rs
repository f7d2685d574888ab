//! Redis may come and go.

use daogang::ephemeral::Topic;
use serde_json::json;

use crate::support::databases::{redis_url, until};
use crate::support::proxy::Proxy;
use crate::support::{Answer, Setup, TestApp};

async fn readiness(app: &TestApp) -> Answer {
    Answer::to(app.nobody().request_outside(reqwest::Method::GET, "/readyz")).await
}

async fn is(app: &TestApp, redis: &str) -> bool {
    readiness(app).await.body["redis"] == redis
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_starts_without_its_redis_says_so_and_joins_when_it_is_back() {
    let proxy = Proxy::to(&redis_url()).await;
    proxy.close();
    let app = TestApp::start(Setup::postgres().set("REDIS_URL", proxy.instead_of(&redis_url()))).await;
    let answer = readiness(&app).await;
    assert_eq!(
        (answer.status, answer.body),
        (200, json!({"ready": true, "database": "ok", "redis": "away"}))
    );
    app.member("amina").patch("/me", 1, json!({"phone": "13812345678"})).await.ok();

    proxy.open();
    let other = app.another_server().await;
    until("both have joined", async || is(&app, "joined").await && is(&other, "joined").await).await;
    let mut heard = other.app.ephemeral.subscribe();
    app.app.ephemeral.publish(Topic::Queue.at(7));
    until("the other hears of it", async || {
        std::iter::from_fn(|| heard.try_recv().ok()).any(|event| event == Topic::Queue.at(7))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_lost_amid_work_costs_nothing_but_the_others_and_they_are_told_to_reload() {
    let proxy = Proxy::to(&redis_url()).await;
    let app = TestApp::start(Setup::postgres().set("REDIS_URL", proxy.instead_of(&redis_url()))).await;
    until("it has joined", async || is(&app, "joined").await).await;
    let mut heard = app.app.ephemeral.subscribe();
    proxy.close();
    until("it notices", async || is(&app, "away").await).await;
    app.member("amina").get("/me").await.ok();
    app.member("amina").patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
    let wrong = json!({"account": "amina", "password": "wrong"});
    for _ in 0..10 {
        assert_eq!(app.nobody().post("/session", wrong.clone()).await.code(), "session.wrong_credentials");
    }
    assert_eq!(app.nobody().post("/session", wrong.clone()).await.code(), "rate.limited");
    proxy.open();
    until("it has joined again", async || is(&app, "joined").await).await;
    until("pages are told to reload", async || {
        std::iter::from_fn(|| heard.try_recv().ok()).any(|event| event.topic == Topic::Resync)
    })
    .await;
}
