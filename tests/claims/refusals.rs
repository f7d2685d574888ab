//! Why a place can't be taken, and that a press sent twice is one.

use chrono::TimeDelta;
use daogang::clock::Timestamp;
use serde_json::json;

use super::{claim, full_mark, read, release};
use crate::support::city::{LIBRARY, STREET, WEIYUAN};
use crate::support::databases::execute;
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, TestApp, both_engines};

#[track_caller]
fn refused(answer: &Answer, code: &str) {
    assert_eq!(
        (answer.status, answer.code()),
        (if code == "row.not_found" { 404 } else { 409 }, code),
        "{}",
        answer.body
    );
}

fn claims(app: &TestApp) -> i64 {
    app.count("SELECT count(*) AS n FROM claims")
}

both_engines! {
    async fn a_claim_is_answered_with_what_its_member_may_do(app: TestApp) {
        let shift = Post::with(Shift::new().in_minutes(240)).publish(&app, &app.member("gao")).await.shift();
        let answer = claim(&app.member("amina"), shift).await;
        assert_eq!(answer.status, 201);
        let body = answer.ok();
        assert_eq!((&body["state"], &body["shift_id"], &body["member_id"]), (&json!("held"), &json!(shift), &json!(1)));
        assert_eq!((&body["served_as"], &body["free_release"], &body["late_release"]), (&json!("individual"), &json!(false), &json!(false)));
        assert_eq!(body["free_until"], "2026-09-01T02:00:00Z");
        let whole = read(&app.member("chen"), shift).await;
        assert_eq!((&whole["taken"], &whole["open"]), (&json!(1), &json!(3)));
        app.check_invariants();
    }

    async fn a_full_shift_refuses_the_next_claim(app: TestApp) {
        let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
        let (amina, chen) = (app.member("amina"), app.member("chen"));
        claim(&amina, shift).await.ok();
        refused(&claim(&chen, shift).await, "claim.shift_full");
        full_mark(&app, shift, &chen).await;
        refused(&claim(&chen, shift).await, "claim.shift_full");
        assert_eq!(claims(&app), 1);
        app.check_invariants();
    }

    async fn a_holder_is_told_so_also_when_the_shift_is_full_and_marked(app: TestApp) {
        let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina");
        claim(&amina, shift).await.ok();
        refused(&claim(&amina, shift).await, "claim.already_held");
        let chen = app.member("chen");
        claim(&chen, shift).await;
        full_mark(&app, shift, &chen).await;
        let again = claim(&amina, shift).await;
        refused(&again, "claim.already_held");
        assert_eq!(again.body["facts"], json!({"shift_id": shift}));
    }

    async fn a_holder_who_sends_again_gets_the_first_answer_also_under_a_full_mark(app: TestApp) {
        let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
        let amina = app.member("amina").keyed("press-of-amina");
        let first = claim(&amina, shift).await;
        let chen = app.member("chen");
        claim(&chen, shift).await;
        full_mark(&app, shift, &chen).await;
        let again = claim(&amina, shift).await;
        assert_eq!((first.status, &first.body), (201, &again.body));
        assert_eq!((again.status, claims(&app)), (201, 1));
        app.check_invariants();
    }

    async fn a_refused_press_is_judged_again_under_its_key(app: TestApp) {
        let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
        let chen = app.member("chen").keyed("press-of-chen");
        let held = claim(&app.member("amina"), shift).await.id();
        refused(&claim(&chen, shift).await, "claim.shift_full");
        release(&app.member("amina"), held).await.ok();
        assert_eq!(claim(&chen, shift).await.status, 201);
    }

    async fn two_shifts_at_one_time_conflict_and_touching_ones_dont(app: TestApp) {
        // As the answer has them: by start.
        let post = Post::with(Shift::new().in_minutes(0))
            .and(Shift::new().in_minutes(30).lasting(180))
            .and(Shift::new())
            .and(Shift::new().in_minutes(70).lasting(20))
            .and(Shift::new().in_minutes(119))
            .and(Shift::new().in_minutes(120));
        let [before, around, held, inside, overlapping, after] =
            post.publish(&app, &app.member("gao")).await.shifts.try_into().unwrap();
        let amina = app.member("amina");
        claim(&amina, held).await.ok();
        for shift in [overlapping, inside, around] {
            let answer = claim(&amina, shift).await;
            refused(&answer, "claim.time_conflict");
            assert_eq!(answer.body["facts"], json!({"shift_id": held}));
        }
        for shift in [after, before] {
            claim(&amina, shift).await.ok();
        }
        claim(&app.member("chen"), overlapping).await.ok();
        app.check_invariants();
    }

    async fn shifts_over_midnight_conflict_with_the_next_day(app: TestApp) {
        // From 23:30 to 0:30; then from 0:15, and from 0:30.
        let post = Post::with(Shift::new().in_minutes(930))
            .and(Shift::new().in_minutes(975).lasting(30))
            .and(Shift::new().in_minutes(990));
        let [night, quarter_past, half_past] = post.publish(&app, &app.member("gao")).await.shifts.try_into().unwrap();
        let amina = app.member("amina");
        claim(&amina, night).await.ok();
        refused(&claim(&amina, quarter_past).await, "claim.time_conflict");
        claim(&amina, half_past).await.ok();
        app.check_invariants();
    }

    async fn a_released_claim_stands_in_no_ones_way(app: TestApp) {
        let post = Post::with(Shift::new()).and(Shift::new().in_minutes(90)).publish(&app, &app.member("gao")).await;
        let amina = app.member("amina");
        for shift in [post.shifts[0], post.shifts[1], post.shifts[0]] {
            let held = claim(&amina, shift).await.id();
            release(&amina, held).await.ok();
        }
        claim(&amina, post.shifts[1]).await.ok();
        app.check_invariants();
    }

    async fn a_shift_is_claimed_until_a_quarter_of_an_hour_before_its_end(app: TestApp) {
        let shift = Post::with(Shift::new().in_minutes(10)).publish(&app, &app.member("gao")).await.shift();
        let closes = Timestamp::parse("2026-09-01T08:55:00+08:00").unwrap();
        app.clock().move_to(closes.minus(TimeDelta::seconds(20)));
        claim(&app.member("amina"), shift).await.ok();
        app.clock().move_to(closes);
        refused(&claim(&app.member("chen"), shift).await, "claim.closed");
        app.clock().move_to(closes.plus(TimeDelta::hours(3)));
        refused(&claim(&app.member("chen"), shift).await, "claim.closed");
        assert_eq!(claims(&app), 1);
    }

    async fn only_a_published_post_is_claimed(app: TestApp) {
        let gao = app.member("gao");
        let draft = Post::with(Shift::new()).draft(&app, &gao).await;
        let (id, shift) = (draft["id"].as_i64().unwrap(), draft["shifts"][0]["id"].as_i64().unwrap());
        let amina = app.member("amina");
        refused(&claim(&amina, shift).await, "row.not_found");
        gao.post(&format!("/posts/{id}/publish"), json!({})).await.ok();
        gao.post(&format!("/posts/{id}/pause"), json!({"reason": "下雨"})).await.ok();
        refused(&claim(&amina, shift).await, "claim.closed");
        gao.post(&format!("/posts/{id}/publish"), json!({})).await.ok();
        claim(&amina, shift).await.ok();
        gao.post(&format!("/posts/{id}/close"), json!({})).await.ok();
        refused(&claim(&app.member("chen"), shift).await, "claim.closed");
        for state in ["cancelled", "paused"] {
            app.look(|db| execute(db, &format!("UPDATE posts SET state = '{state}'"))).unwrap();
            refused(&claim(&app.member("chen"), shift).await, "claim.closed");
        }
        assert_eq!(claims(&app), 1);
        app.check_invariants();
    }

    async fn a_shift_that_was_called_off_is_not_claimed(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        for state in ["stopped", "cancelled"] {
            app.look(|db| execute(db, &format!("UPDATE shifts SET state = '{state}'"))).unwrap();
            refused(&claim(&app.member("amina"), shift).await, "claim.closed");
        }
        assert_eq!(claims(&app), 0);
    }

    async fn a_post_for_some_is_claimed_by_these_only(app: TestApp) {
        let units = json!({"kind": "units", "organization_ids": [LIBRARY]});
        for (audience, may, may_not) in [
            (json!({"kind": "subtree", "organization_id": WEIYUAN}), vec!["bolat", "fang"], vec!["amina", "chen", "dilnur"]),
            (json!({"kind": "subtree", "organization_id": STREET}), vec!["amina", "bolat", "dilnur"], vec![]),
            (json!({"kind": "subtree", "organization_id": LIBRARY}), vec!["amina", "bolat"], vec!["chen", "dilnur"]),
            (units, vec!["amina", "bolat"], vec!["chen", "dilnur", "gao"]),
        ] {
            let post = Post::with(Shift::new().places(9)).set("audience", audience.clone());
            let shift = post.publish(&app, &app.member("gao")).await.shift();
            for name in may_not {
                let answer = claim(&app.member(name), shift).await;
                assert_eq!((answer.status, answer.code()), (409, "claim.not_for_you"), "{name} {audience}");
            }
            for name in may {
                let held = claim(&app.member(name), shift).await;
                assert_eq!(held.status, 201, "{name} {audience} {}", held.body);
                release(&app.member(name), held.id()).await.ok();
            }
        }
        app.check_invariants();
    }

    async fn a_full_shift_for_others_says_that_it_is_for_others(app: TestApp) {
        let post = Post::with(Shift::new().places(1)).set("audience", json!({"kind": "units", "organization_ids": [LIBRARY]}));
        let shift = post.publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("amina"), shift).await.ok();
        refused(&claim(&app.member("dilnur"), shift).await, "claim.not_for_you");
    }

    async fn what_is_asked_wrongly_takes_nothing(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let (amina, path) = (app.member("amina"), format!("/shifts/{shift}/claims"));
        assert_eq!(amina.post(&path, json!({"wait": true})).await.fields(), &json!({"wait": "not_yet"}));
        assert!(amina.post(&path, json!({"wait": "yes"})).await.fields()["wait"].is_string());
        assert!(amina.post(&path, json!({"member_id": 2})).await.fields()["member_id"].is_string());
        assert_eq!(app.nobody().post(&path, json!({})).await.code(), "session.required");
        for unknown in ["999999", "0", "-1", "one", "99999999999999999999"] {
            let answer = amina.post(&format!("/shifts/{unknown}/claims"), json!({})).await;
            assert_eq!((answer.status, answer.code()), (404, "row.not_found"), "{unknown}");
        }
        assert_eq!(claims(&app), 0);
        amina.post(&path, json!({})).await.ok();
    }

    async fn a_key_used_for_another_shift_is_no_second_claim(app: TestApp) {
        let post = Post::with(Shift::new()).and(Shift::new().in_minutes(300)).publish(&app, &app.member("gao")).await;
        let amina = app.member("amina").keyed("press-of-amina");
        claim(&amina, post.shifts[0]).await.ok();
        let other = claim(&amina, post.shifts[1]).await;
        refused(&other, "idempotency.key_reused");
        assert_eq!(claims(&app), 1);
    }
}
