//! Saying what happened with a claim that has no check-in.

use serde_json::{Value, json};

use super::{claim, name_lead, promised, read, release};
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, Caller, TestApp, both_engines};

const WEEK: i64 = 7 * 24 * 60;

async fn resolve(by: &Caller, claim: i64, outcome: &str) -> Answer {
    by.post(&format!("/claims/{claim}/resolve"), json!({"outcome": outcome, "reason": "家里有急事"})).await
}

/// A shift led by Amina and held by Chen and Dilnur too, two hours later: nobody checked in. Gives the shift and the
/// three claims.
async fn nobody_came(app: &TestApp) -> (i64, [i64; 3]) {
    let shift = Post::with(Shift::new()).publish(app, &app.member("gao")).await.shift();
    let mut held = [0; 3];
    for (at, name) in ["amina", "chen", "dilnur"].into_iter().enumerate() {
        held[at] = claim(&app.member(name), shift).await.id();
    }
    name_lead(app, shift, &app.member("amina")).await;
    app.later(121).await;
    (shift, held)
}

async fn state(app: &TestApp, member: &str, shift: i64) -> Value {
    read(&app.member(member), shift).await["claim"]["state"].clone()
}

#[track_caller]
fn wrong_state(answer: &Answer, state: &str) {
    assert_eq!((answer.status, answer.code()), (409, "claim.wrong_state"), "{}", answer.body);
    assert_eq!(answer.body["facts"], json!({"state": state}));
}

both_engines! {
    async fn the_lead_or_an_officer_says_what_happened(app: TestApp) {
        let (shift, [hers, chens, dilnurs]) = nobody_came(&app).await;
        let resolved = resolve(&app.member("amina"), chens, "excused").await.ok();
        assert_eq!((&resolved["id"], &resolved["state"]), (&json!(chens), &json!("excused")));
        assert_eq!(resolve(&app.member("gao"), dilnurs, "no_show").await.ok()["state"], "no_show");
        assert_eq!(resolve(&app.member("kang"), hers, "excused").await.ok()["state"], "excused");
        assert_eq!(state(&app, "dilnur", shift).await, "no_show");
        assert_eq!(read(&app.member("chen"), shift).await["taken"], 0);
        assert_eq!(promised(&app, "claim_resolved"), 3);
        assert_eq!(app.count("SELECT count(*) AS n FROM claim_notes WHERE text = '家里有急事' AND kind = 'resolution'"), 3);
        app.check_invariants();
    }

    async fn nobody_resolves_their_own_claim(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let [hers, gaos] = [claim(&app.member("amina"), shift).await.id(), claim(&app.member("gao"), shift).await.id()];
        name_lead(&app, shift, &app.member("amina")).await;
        app.later(121).await;
        for (who, own) in [("amina", hers), ("gao", gaos)] {
            let refused = resolve(&app.member(who), own, "excused").await;
            assert_eq!((refused.status, refused.code()), (409, "lead.own_claim"), "{who}");
        }
        resolve(&app.member("amina"), gaos, "excused").await.ok();
        resolve(&app.member("gao"), hers, "excused").await.ok();
        app.check_invariants();
    }

    async fn only_an_unverified_claim_is_resolved(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let [hers, his] = [claim(&app.member("amina"), shift).await.id(), claim(&app.member("chen"), shift).await.id()];
        let gao = app.member("gao");
        wrong_state(&resolve(&gao, hers, "no_show").await, "held");
        release(&app.member("chen"), his).await.ok();
        wrong_state(&resolve(&gao, his, "no_show").await, "released");
        app.later(121).await;
        resolve(&gao, hers, "no_show").await.ok();
        wrong_state(&resolve(&gao, hers, "excused").await, "no_show");
        assert_eq!(promised(&app, "claim_resolved"), 1);
        app.check_invariants();
    }

    async fn a_claim_is_resolved_from_the_end_on_not_from_the_next_sweep(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let held = claim(&app.member("amina"), shift).await.id();
        app.clock().move_to(app.now().plus(chrono::TimeDelta::minutes(121)));
        assert_eq!(resolve(&app.member("gao"), held, "excused").await.ok()["state"], "excused");
        app.later(0).await;
        assert_eq!((state(&app, "amina", shift).await, promised(&app, "claim_resolved")), (json!("excused"), 1));
        app.check_invariants();
    }

    async fn a_resolution_that_is_sent_twice_is_one(app: TestApp) {
        let (_, [_, chens, _]) = nobody_came(&app).await;
        let amina = app.member("amina").keyed("resolution-of-chen");
        let first = resolve(&amina, chens, "excused").await.ok();
        assert_eq!(resolve(&amina, chens, "excused").await.ok(), first);
        assert_eq!((promised(&app, "claim_resolved"), app.count("SELECT count(*) AS n FROM claim_notes")), (1, 1));
    }

    async fn two_who_resolve_at_once_do_it_once(app: TestApp) {
        let (shift, [_, chens, _]) = nobody_came(&app).await;
        let (amina, gao) = (app.member("amina"), app.member("gao"));
        let (one, other) = tokio::join!(resolve(&amina, chens, "excused"), resolve(&gao, chens, "no_show"));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!((read(&amina, shift).await["taken"].clone(), promised(&app, "claim_resolved")), (json!(2), 1));
        app.check_invariants();
    }

    async fn a_leads_power_ends_after_a_week(app: TestApp) {
        let (_, [_, chens, dilnurs]) = nobody_came(&app).await;
        app.later(WEEK - 10).await;
        resolve(&app.member("amina"), chens, "excused").await.ok();
        app.later(10).await;
        assert_eq!(resolve(&app.member("amina"), dilnurs, "excused").await.code(), "row.not_found");
        wrong_state(&resolve(&app.member("gao"), dilnurs, "excused").await, "void");
        app.check_invariants();
    }

    async fn to_everyone_else_there_is_no_such_claim(app: TestApp) {
        let (shift, [_, chens, _]) = nobody_came(&app).await;
        for who in ["chen", "dilnur", "bolat", "hu", "jin", "nie"] {
            assert_eq!(resolve(&app.member(who), chens, "excused").await.code(), "row.not_found", "{who}");
        }
        assert_eq!(resolve(&app.member("gao"), 999_999, "excused").await.code(), "row.not_found");
        assert_eq!(app.nobody().post("/claims/1/resolve", json!({})).await.code(), "session.required");
        assert_eq!(state(&app, "chen", shift).await, "unverified");
    }

    async fn a_resolution_has_an_outcome_and_a_reason(app: TestApp) {
        let (shift, [_, chens, _]) = nobody_came(&app).await;
        let (gao, path) = (app.member("gao"), format!("/claims/{chens}/resolve"));
        for (body, field) in [
            (json!({"outcome": "excused", "reason": " "}), "reason"),
            (json!({"outcome": "excused", "reason": "长".repeat(201)}), "reason"),
            (json!({"outcome": "excused"}), "reason"),
            (json!({"outcome": "void", "reason": "不清楚"}), "outcome"),
            (json!({"outcome": "completed", "reason": "来了"}), "outcome"),
            (json!({"outcome": "excused", "reason": "病了", "minutes": 60}), "minutes"),
        ] {
            let answer = gao.post(&path, body.clone()).await;
            assert!(answer.fields()[field].is_string(), "{body}: {}", answer.body);
        }
        gao.post(&path, json!({"outcome": "excused", "reason": "长".repeat(200)})).await.ok();
        assert_eq!(state(&app, "chen", shift).await, "excused");
    }
}
