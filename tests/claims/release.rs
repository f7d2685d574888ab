//! Giving a place back.

use std::time::{Duration, Instant};

use daogang::claims::Mode;
use serde_json::{Value, json};

use super::{claim, full_mark, name_lead, read, release};
use crate::support::posts::{Post, Shift};
use crate::support::{Setup, TestApp, both_engines};

/// Claims a shift that begins `in_minutes`, lets `wait` minutes pass, gives it back: whether that was late, and until
/// when it would not have been.
async fn late_after(app: &TestApp, in_minutes: i64, wait: i64) -> (Value, Value) {
    let shift =
        Post::with(Shift::new().in_minutes(in_minutes)).publish(app, &app.member("gao")).await.shift();
    let held = claim(&app.member("amina"), shift).await;
    let free_until = held.body["free_until"].clone();
    app.later(wait).await;
    let released = release(&app.member("amina"), held.id()).await.ok();
    assert_eq!((&released["state"], &released["free_until"]), (&json!("released"), &Value::Null));
    (released["late_release"].clone(), free_until)
}

both_engines! {
    async fn a_release_is_free_until_two_hours_before(app: TestApp) {
        // At 8:00 for 12:00.
        assert_eq!(late_after(&app, 240, 118).await, (json!(false), json!("2026-09-01T02:00:00Z")));
    }

    async fn a_release_later_than_two_hours_before_is_late(app: TestApp) {
        assert_eq!(late_after(&app, 240, 121).await.0, json!(true));
        app.check_invariants();
    }

    async fn a_place_in_an_early_shift_is_free_until_nine_in_the_evening_before(app: TestApp) {
        // At 8:00 for 7:30 the next day; at 20:55.
        assert_eq!(late_after(&app, 1_410, 775).await, (json!(false), json!("2026-09-01T13:00:00Z")));
    }

    async fn a_place_in_an_early_shift_is_late_after_nine_in_the_evening_before(app: TestApp) {
        assert_eq!(late_after(&app, 1_410, 781).await.0, json!(true));
    }

    async fn half_an_hour_after_claiming_a_release_is_free_in_any_case(app: TestApp) {
        assert_eq!(late_after(&app, 60, 29).await.0, json!(false));
    }

    async fn more_than_half_an_hour_after_claiming_it_is_late(app: TestApp) {
        assert_eq!(late_after(&app, 60, 31).await.0, json!(true));
    }

    async fn a_place_is_not_given_back_once_the_shift_has_begun(app: TestApp) {
        let shift = Post::with(Shift::new().in_minutes(10)).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina");
        let held = claim(&amina, shift).await.id();
        app.later(10).await;
        let refused = release(&amina, held).await;
        assert_eq!((refused.status, refused.code()), (409, "claim.started"));
        let mine = amina.get("/me/claims").await.ok();
        assert_eq!((&mine["items"][0]["state"], &mine["items"][0]["free_until"]), (&json!("held"), &Value::Null));
        app.check_invariants();
    }

    async fn a_place_is_given_back_once(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina");
        let held = claim(&amina, shift).await.id();
        let first = release(&amina.keyed("release-of-amina"), held).await;
        let again = release(&amina.keyed("release-of-amina"), held).await;
        assert_eq!((again.status, &again.body), (200, &first.body));
        let other = release(&amina, held).await;
        assert_eq!((other.status, other.code()), (409, "claim.wrong_state"));
        assert_eq!(other.body["facts"], json!({"state": "released"}));
        assert_eq!(read(&amina, shift).await["taken"], 0);
        app.check_invariants();
    }

    async fn ten_releases_at_once_free_one_place(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("chen"), shift).await.ok();
        let amina = app.member("amina");
        let held = claim(&amina, shift).await.id();
        let answers = futures_util::future::join_all((0..10).map(|_| release(&amina, held))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(read(&amina, shift).await["taken"], 1);
        app.check_invariants();
    }

    async fn nobody_gives_back_what_another_member_holds(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let held = claim(&app.member("amina"), shift).await.id();
        for who in ["chen", "gao", "ma"] {
            let refused = release(&app.member(who), held).await;
            assert_eq!((refused.status, refused.code()), (404, "row.not_found"), "{who}");
        }
        assert_eq!(release(&app.member("amina"), 999_999).await.code(), "row.not_found");
        assert_eq!(read(&app.member("amina"), shift).await["claim"]["state"], "held");
    }

    async fn a_released_place_is_the_next_ones(app: TestApp) {
        let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
        let (amina, chen) = (app.member("amina"), app.member("chen"));
        let held = claim(&amina, shift).await.id();
        claim(&chen, shift).await;
        full_mark(&app, shift, &chen).await;
        release(&amina, held).await.ok();
        assert_eq!(claim(&chen, shift).await.status, 201);
        assert_eq!(claim(&amina, shift).await.code(), "claim.shift_full");
        app.check_invariants();
    }

    async fn a_lead_who_gives_the_place_back_leads_no_more(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let (amina, chen) = (app.member("amina"), app.member("chen"));
        let (hers, his) = (claim(&amina, shift).await.id(), claim(&chen, shift).await.id());
        app.member("gao").put(&format!("/shifts/{shift}/lead"), json!({"member_id": amina.id, "deputy_id": chen.id})).await.ok();
        release(&amina, hers).await.ok();
        let whole = read(&chen, shift).await;
        assert_eq!((&whole["lead_id"], &whole["deputy_id"]), (&Value::Null, &json!(chen.id)));
        assert_eq!(amina.get("/me/shifts-led").await.ok()["items"], json!([]));
        release(&chen, his).await.ok();
        assert_eq!(read(&chen, shift).await["deputy_id"], Value::Null);
        app.check_invariants();
    }

    async fn a_place_taken_again_is_a_new_claim_that_leads_nothing(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina");
        let first = claim(&amina, shift).await.id();
        name_lead(&app, shift, &amina).await;
        release(&amina, first).await.ok();
        let second = claim(&amina, shift).await.id();
        assert_ne!(first, second);
        assert_eq!(read(&amina, shift).await["lead_id"], Value::Null);
        app.check_invariants();
    }
}

/// A place that is freed at one server is open at the other before its mark would have been forgotten.
#[tokio::test(flavor = "multi_thread")]
async fn a_released_place_is_open_on_the_other_server() {
    let app = TestApp::start(Setup::postgres().marks(Mode::On)).await;
    let other = app.another_server().await;
    let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
    let (amina, chen) = (app.member("amina"), app.member("chen").at(&other));
    for _ in 0..5 {
        let held = claim(&amina, shift).await.id();
        assert_eq!(claim(&chen, shift).await.code(), "claim.shift_full");
        full_mark(&other, shift, &chen).await;
        release(&amina, held).await.ok();
        let began = Instant::now();
        let mut answer = claim(&chen, shift).await;
        while answer.status == 409 {
            tokio::time::sleep(Duration::from_millis(10)).await;
            answer = claim(&chen, shift).await;
        }
        assert!(began.elapsed() < Duration::from_secs(3), "after {:?}", began.elapsed());
        release(&chen, answer.id()).await.ok();
        super::until("the place is open again here", async || {
            !app.app.marks.refuse(daogang::units::ShiftId(shift), amina.id)
        })
        .await;
    }
    app.check_invariants();
}
