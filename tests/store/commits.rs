//! A COMMIT whose reply is lost: nobody knows, until the client sends again with its key.

use serde_json::json;

use crate::support::databases::{execute, until};
use crate::support::proxy::Proxy;
use crate::support::{Answer, Setup, TestApp};

/// A server with one writer whose line to PostgreSQL can be cut.
async fn behind_a_proxy() -> (TestApp, Proxy) {
    let setup = Setup::postgres();
    let proxy = Proxy::to(&setup.database().url).await;
    setup.database().with(|db| {
        execute(
            db,
            "INSERT INTO idempotency_keys (member_id, key, route, body_hash, status, body, created_at) \
            VALUES (2, 'long-ago', '', '', 200, '', '2000-01-01Z')",
        )
        .unwrap();
    });
    let setup = setup.through(|url| proxy.instead_of(url)).sizes(|sizes| sizes.writers = 1);
    let app = TestApp::start(setup).await;
    // The jobs of the start go through the same writer, and their COMMIT is not the one to lose.
    until("the jobs of the start are done", async || {
        app.count("SELECT count(*) AS n FROM idempotency_keys") == 0
    })
    .await;
    (app, proxy)
}

fn edits(app: &TestApp) -> i64 {
    app.count("SELECT version::bigint AS n FROM members WHERE id = 1") - 1
}

async fn change(app: &TestApp, key: &str) -> Answer {
    app.member("amina").keyed(key).patch("/me", 1, json!({"phone": "13812345678"})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_to_commit_is_told_and_settled_by_the_same_key() {
    let (app, proxy) = behind_a_proxy().await;
    proxy.cut_at_next_commit();
    let unknown = change(&app, "key-of-amina").await;
    assert_eq!((unknown.status, unknown.code()), (503, "store.outcome_unknown"));
    assert!(!unknown.header("retry-after").is_empty());
    assert_eq!(edits(&app), 1, "the store must not run it again by itself");
    let settled = change(&app, "key-of-amina").await.ok();
    assert_eq!((&settled["version"], &settled["phone"]), (&json!(2), &json!("138****5678")));
    assert_eq!(edits(&app), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_lost_while_idle_is_replaced_unnoticed() {
    let (app, proxy) = behind_a_proxy().await;
    app.member("amina").get("/me").await.ok();
    proxy.close();
    proxy.open();
    change(&app, "key-of-amina").await.ok();
    app.member("amina").get("/me").await.ok();
    assert_eq!(edits(&app), 1);
}
