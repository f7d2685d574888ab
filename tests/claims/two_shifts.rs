//! One member, two shifts at one time.

use serde_json::json;

use super::{claim, release};
use crate::support::databases::execute;
use crate::support::posts::{Post, Shift};
use crate::support::{Setup, TestApp, both_engines};

/// Presses for two overlapping shifts at once, at two servers, gives the one that was got back, and again.
async fn never_both(here: &TestApp, there: &TestApp, rounds: usize) {
    let post = Post::with(Shift::new()).and(Shift::new().in_minutes(90));
    let post = post.publish(here, &here.member("gao")).await;
    let (dilnur, elsewhere) = (here.member("dilnur"), here.member("dilnur").at(there));
    for round in 0..rounds {
        let (one, other) = tokio::join!(claim(&dilnur, post.shifts[0]), claim(&elsewhere, post.shifts[1]));
        let (got, refused) = if one.status == 201 { (one, other) } else { (other, one) };
        assert_eq!(got.status, 201, "{round}: {}", got.body);
        assert_eq!((refused.status, refused.code()), (409, "claim.time_conflict"), "{round}");
        here.check_invariants();
        release(&dilnur, got.id()).await.ok();
    }
}

/// Takes away PostgreSQL's own belt, so that only the lock on the member keeps two claims apart.
fn without_the_belt(app: &TestApp) {
    app.look(|db| execute(db, "ALTER TABLE claims DROP CONSTRAINT claims_no_overlap")).expect("no belt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_never_holds_two_overlapping_shifts_from_two_servers() {
    let app = TestApp::start(Setup::postgres()).await;
    without_the_belt(&app);
    never_both(&app, &app.another_server().await, 200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn soak_a_member_never_holds_two_overlapping_shifts_from_two_servers() {
    let app = TestApp::start(Setup::postgres()).await;
    without_the_belt(&app);
    never_both(&app, &app.another_server().await, 1_000).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_itself_refuses_a_second_claim_at_the_same_time() {
    let app = TestApp::start(Setup::postgres()).await;
    let post =
        Post::with(Shift::new()).and(Shift::new().in_minutes(90)).publish(&app, &app.member("gao")).await;
    claim(&app.member("dilnur"), post.shifts[0]).await.ok();
    let copy = format!(
        "INSERT INTO claims (shift_id, member_id, state, starts_at, ends_at, served_as, claimed_at, changed_at)
            SELECT {}, member_id, state, starts_at + interval '30 minutes', ends_at + interval '30 minutes', served_as,
            claimed_at, changed_at FROM claims",
        post.shifts[1]
    );
    let refused = app.look(|db| execute(db, &copy)).unwrap_err().to_string();
    assert!(refused.contains("claims_no_overlap"), "{refused}");
}

both_engines! {
    async fn a_member_never_holds_two_overlapping_shifts_from_one_server(app: TestApp) {
        never_both(&app, &app, 50).await;
    }

    async fn a_member_who_presses_ten_times_at_once_holds_one_place(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let dilnur = app.member("dilnur");
        let answers = futures_util::future::join_all((0..10).map(|_| claim(&dilnur, shift))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        assert_eq!(answers.iter().filter(|answer| answer.status == 409 && answer.code() == "claim.already_held").count(), 9);
        app.check_invariants();
    }
}

/// A publisher moves a shift onto the time that its holder is claiming elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn a_moved_shift_and_a_claim_never_meet_at_one_time() {
    let app = TestApp::start(Setup::postgres()).await;
    without_the_belt(&app);
    let other = app.another_server().await;
    let post =
        Post::with(Shift::new()).and(Shift::new().in_minutes(300)).publish(&app, &app.member("gao")).await;
    let [near, far] = [post.shifts[0], post.shifts[1]];
    let dilnur = app.member("dilnur");
    claim(&dilnur, far).await.ok();
    let path = format!("/shifts/{far}");
    let home = dilnur.get(&path).await.ok();
    let onto = dilnur.get(&format!("/shifts/{near}")).await.ok();
    let span =
        |shift: &serde_json::Value| json!({"starts_at": shift["starts_at"], "ends_at": shift["ends_at"]});
    let gao = app.member("gao").at(&other);
    let mut version = home["version"].as_i64().unwrap();
    for round in 0..60 {
        let (pressed, moved) = tokio::join!(claim(&dilnur, near), gao.patch(&path, version, span(&onto)));
        match (pressed.status, moved.status) {
            (201, 409) => {
                assert_eq!(moved.code(), "shift.holder_conflict");
                release(&dilnur, pressed.id()).await.ok();
            }
            (409, 200) => {
                assert_eq!(pressed.code(), "claim.time_conflict");
                let back = gao.patch(&path, version + 1, span(&home)).await.ok();
                version = back["version"].as_i64().unwrap();
            }
            other => panic!("{round}: {other:?} {} {}", pressed.body, moved.body),
        }
        app.check_invariants();
    }
}
