//! What time alone makes of a claim.

use chrono::TimeDelta;
use daogang::jobs;
use serde_json::json;

use super::{claim, name_lead, promised, read, release};
use crate::support::databases::execute;
use crate::support::posts::{Post, Shift};
use crate::support::{Setup, TestApp, both_engines};

const WEEK: i64 = 7 * 24 * 60;

/// The states of all claims, by id.
fn states(app: &TestApp, state: &str) -> i64 {
    app.count(&format!("SELECT count(*) AS n FROM claims WHERE state = '{state}'"))
}

both_engines! {
    async fn a_claim_without_a_check_in_is_unverified_at_the_end_and_void_after_a_week(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina");
        let held = claim(&amina, shift).await.id();
        app.later(118).await;
        assert_eq!(read(&amina, shift).await["claim"]["state"], "held");
        app.later(2).await;
        let whole = read(&amina, shift).await;
        assert_eq!((&whole["claim"]["id"], &whole["claim"]["state"], &whole["taken"]), (&json!(held), &json!("unverified"), &json!(1)));
        assert_eq!(promised(&app, "to_be_resolved"), 1);
        app.check_invariants();

        app.later(WEEK - 10).await;
        assert_eq!(read(&amina, shift).await["claim"]["state"], "unverified");
        app.later(10).await;
        let whole = read(&amina, shift).await;
        assert_eq!((&whole["claim"]["state"], &whole["taken"]), (&json!("void"), &json!(0)));
        // Nobody is told of what counts for nothing.
        assert_eq!((promised(&app, "to_be_resolved"), app.count("SELECT count(*) AS n FROM outbox")), (1, 1));
        app.later(4 * WEEK).await;
        assert_eq!((states(&app, "void"), states(&app, "no_show")), (1, 0));
        app.check_invariants();
    }

    async fn a_claim_without_a_check_out_is_open_half_an_hour_after_the_end(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina");
        claim(&amina, shift).await.ok();
        app.look(|db| execute(db, "UPDATE claims SET state = 'checked_in'")).unwrap();
        app.later(148).await;
        assert_eq!(read(&amina, shift).await["claim"]["state"], "checked_in");
        app.later(2).await;
        assert_eq!(read(&amina, shift).await["claim"]["state"], "open");
        assert_eq!(promised(&app, "to_be_resolved"), 1);
        app.later(WEEK).await;
        let whole = read(&amina, shift).await;
        assert_eq!((&whole["claim"]["state"], &whole["taken"]), (&json!("void"), &json!(0)));
        app.check_invariants();
    }

    async fn a_sweep_after_weeks_without_a_server_goes_step_by_step(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("amina"), shift).await.ok();
        app.later(3 * WEEK).await;
        app.later(0).await;
        assert_eq!((states(&app, "void"), promised(&app, "to_be_resolved")), (1, 1));
        app.check_invariants();
    }

    async fn time_moves_only_what_is_due(app: TestApp) {
        let post = Post::with(Shift::new()).and(Shift::new().in_minutes(120)).publish(&app, &app.member("gao")).await;
        for name in ["amina", "chen"] {
            claim(&app.member(name), post.shifts[0]).await.ok();
            claim(&app.member(name), post.shifts[1]).await.ok();
        }
        let given = claim(&app.member("dilnur"), post.shifts[0]).await.id();
        release(&app.member("dilnur"), given).await.ok();
        app.look(|db| execute(db, "UPDATE claims SET state = 'completed' WHERE id = (SELECT min(id) FROM claims)")).unwrap();
        app.later(121).await;
        let counts = ["completed", "unverified", "held", "released"].map(|state| states(&app, state));
        assert_eq!(counts, [1, 1, 2, 1]);
    }

    async fn a_void_place_makes_no_one_lead_longer(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina");
        claim(&amina, shift).await.ok();
        name_lead(&app, shift, &amina).await;
        app.later(130).await;
        assert_eq!(amina.get("/me/shifts-led").await.ok()["items"][0]["id"], shift);
        app.later(WEEK).await;
        assert_eq!(amina.get("/me/shifts-led").await.ok()["items"], json!([]));
    }
}

/// Every claim is moved once and told of once, however many servers look at the same time.
#[tokio::test(flavor = "multi_thread")]
async fn two_servers_that_sweep_at_once_do_it_once() {
    let app = TestApp::start(Setup::postgres()).await;
    let other = app.another_server().await;
    let mut post = Post::with(Shift::new());
    for number in 1..10 {
        post = post.and(Shift::new().in_minutes(60 + 60 * number));
    }
    let post = post.publish(&app, &app.member("gao")).await;
    for name in ["amina", "chen", "dilnur"] {
        for shift in &post.shifts {
            claim(&app.member(name), *shift).await.ok();
        }
    }
    for (passed, state, told) in [(TimeDelta::hours(12), "unverified", 30), (TimeDelta::days(8), "void", 30)]
    {
        let to = app.now().plus(passed);
        app.clock().move_to(to);
        other.clock().move_to(to);
        let (one, two) = tokio::join!(jobs::run_all(&app.app), jobs::run_all(&other.app));
        one.and(two).expect("both sweeps are done");
        assert_eq!((states(&app, state), promised(&app, "to_be_resolved")), (30, told), "{state}");
        app.check_invariants();
    }
    assert_eq!(app.count("SELECT count(*) AS n FROM claims WHERE version = 3"), 30);
    assert_eq!(app.count("SELECT count(*) AS n FROM shifts WHERE taken = 0"), 10);
}
