//! PostgreSQL may go away and come back.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::databases::until;
use crate::support::proxy::Proxy;
use crate::support::{Answer, Setup, TestApp};

async fn behind_a_proxy() -> (TestApp, Proxy) {
    let setup = Setup::postgres();
    let proxy = Proxy::to(&setup.database().url).await;
    let setup = setup.through(|url| proxy.instead_of(url));
    let app = TestApp::start(setup).await;
    // Signed in and known to the server, with connections open for reading and writing.
    app.member("amina").get("/me").await.ok();
    (app, proxy)
}

async fn ready(app: &TestApp) -> Answer {
    Answer::to(app.nobody().request_outside(reqwest::Method::GET, "/readyz")).await
}

/// A refusal that a client understands: come back soon, within the time that a person waits.
async fn is_refused_soon(what: &str, asking: impl Future<Output = Answer>) {
    let began = Instant::now();
    let answer = asking.await;
    let took = began.elapsed();
    assert_eq!((answer.status, answer.code()), (503, "store.unavailable"), "{what}");
    assert!(!answer.header("retry-after").is_empty(), "{what}");
    assert!(took < Duration::from_secs(3), "{what} took {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_away_is_answered_within_three_seconds_and_the_server_recovers_by_itself() {
    let (app, proxy) = behind_a_proxy().await;
    proxy.close();
    let (amina, bolat) = (app.member("amina"), app.member("bolat"));
    let write = || amina.patch("/me", 1, json!({"phone": "13812345678"}));
    is_refused_soon("a write", write()).await;
    is_refused_soon("a read", amina.get("/me")).await;
    is_refused_soon("who is not known yet", bolat.get("/me")).await;
    let sign_in = json!({"account": "amina", "password": "x"});
    is_refused_soon("signing in", app.nobody().post("/session", sign_in)).await;
    let readiness = ready(&app).await;
    assert_eq!((readiness.status, &readiness.body["database"]), (503, &json!("away")));
    assert_eq!(Answer::to(app.nobody().request_outside(reqwest::Method::GET, "/healthz")).await.status, 200);

    proxy.open();
    until("it serves again", async || ready(&app).await.status == 200).await;
    assert_eq!(write().await.ok()["version"], 2, "nothing of the refused edit may be stored");
    bolat.get("/me").await.ok();
}

/// Whoever comes while it is away waits side by side: each is answered in time, not one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_answered_in_time_while_postgres_is_away() {
    let (app, proxy) = behind_a_proxy().await;
    let crowd = app.crowd(64);
    proxy.close();
    let asking = crowd.iter().map(|member| is_refused_soon("one of many", member.get("/me")));
    futures_util::future::join_all(asking).await;
}
