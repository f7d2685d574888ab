//! Several servers show one queue.

use daogang::ephemeral::Topic;
use serde_json::json;

use super::{NOTHING, shifts};
use crate::support::databases::{execute, redis_url, until};
use crate::support::posts::{Post, Shift};
use crate::support::proxy::Proxy;
use crate::support::{Setup, TestApp, both_engines};

async fn join(servers: &[&TestApp]) {
    until("all have joined Redis", async || {
        servers.iter().all(|server| server.app.ephemeral.reached() == Some(true))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_publishes_the_other_shows_before_its_next_reload() {
    let app = TestApp::start(Setup::postgres()).await;
    let other = app.another_server().await;
    join(&[&app, &other]).await;
    let (gao, amina) = (app.member("gao"), app.member("amina").at(&other));
    assert_eq!(shifts(&amina, "").await, NOTHING);
    let mut slowest = std::time::Duration::ZERO;
    // Three in a row: a reload comes every five seconds only, so no luck explains all of them.
    for count in 1..=3 {
        Post::with(Shift::new()).publish(&app, &gao).await;
        let began = std::time::Instant::now();
        until("the other shows it", async || shifts(&amina, "").await.len() == count).await;
        slowest = slowest.max(began.elapsed());
    }
    assert!(slowest < std::time::Duration::from_secs(3), "{slowest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_the_other_shows_it_at_its_next_reload() {
    let proxy = Proxy::to(&redis_url()).await;
    let app = TestApp::start(Setup::postgres().set("REDIS_URL", proxy.instead_of(&redis_url()))).await;
    let other = app.another_server().await;
    join(&[&app, &other]).await;
    let (gao, amina) = (app.member("gao"), app.member("amina"));
    proxy.close();
    let post = Post::with(Shift::new()).publish(&app, &gao).await;
    assert_eq!(shifts(&amina, "").await, post.shifts, "the server that published it shows it at once");
    until("the other has reloaded", async || shifts(&amina.at(&other), "").await == post.shifts).await;
    gao.post(&format!("/posts/{}/pause", post.id), json!({})).await.ok();
    assert_eq!(shifts(&amina, "").await, NOTHING);
    until("the other has reloaded", async || shifts(&amina.at(&other), "").await.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_were_missed_are_made_up_for_when_redis_is_back() {
    let proxy = Proxy::to(&redis_url()).await;
    let app = TestApp::start(Setup::postgres().set("REDIS_URL", proxy.instead_of(&redis_url()))).await;
    join(&[&app]).await;
    let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
    proxy.close();
    until("it notices", async || app.app.ephemeral.reached() == Some(false)).await;
    app.look(|db| execute(db, &format!("UPDATE shifts SET taken = 1 WHERE id = {shift}")).unwrap());
    proxy.open();
    join(&[&app]).await;
    until("it has reloaded", async || shifts(&app.member("amina"), "").await.is_empty()).await;
}

both_engines! {
    async fn a_whole_reload_finds_what_no_event_told(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        app.look(|db| execute(db, &format!("UPDATE shifts SET state = 'cancelled' WHERE id = {shift}")).unwrap());
        app.app.ephemeral.publish(Topic::Resync.changed());
        until("it is gone", async || shifts(&app.member("amina"), "").await.is_empty()).await;
    }

    async fn many_who_act_at_once_each_see_their_own(app: TestApp) {
        let gao = app.member("gao");
        let all = (0..12).map(|_| async {
            let shift = Post::with(Shift::new()).publish(&app, &gao).await.shift();
            assert!(shifts(&app.member("amina"), "?limit=100").await.contains(&shift));
        });
        futures_util::future::join_all(all).await;
    }
}
