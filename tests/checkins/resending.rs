//! A reply that was lost, a finger that was impatient: what is sent again happens once.

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use super::morning::{Holder, Morning, by_position, post_from, usual};
use super::{code_of, on_postgres};
use crate::support::{Answer, TestApp, both_engines};

fn keyed(member: &Holder, key: &str) -> Holder {
    Holder { caller: member.caller.keyed(key), claim: member.claim }
}

/// The same press, sent again later.
fn renewed(mut press: Value, app: &TestApp) -> Value {
    press["position"]["sent_at"] = json!(app.clock().real());
    press
}

both_engines! {
    async fn a_press_sent_again_is_one_try_with_one_answer(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = keyed(&morning.hold("amina").await, "press-of-amina");
        morning.at("07:22");
        let press = morning.proof().await;
        let first = member.check_in(press.clone()).await;
        assert_eq!(first.status, 201);
        for _ in 0..4 {
            let again = member.check_in(renewed(press.clone(), &app)).await;
            assert_eq!((again.status, &again.body), (201, &first.body));
        }
        assert_eq!(member.tries(&app), 1);
        // Even when its code is long stale, and its check-in stands.
        let stale = json!({"method": "rotating_code", "code": code_of(&app, morning.shift, 600)});
        let old = keyed(&member, "another-press");
        assert_eq!(old.check_in(stale.clone()).await.code(), "checkin.already_done");
        let other = member.check_in(stale).await;
        assert_eq!((other.status, other.code()), (409, "idempotency.key_reused"));
        let elsewhere = member.check_out(press).await;
        assert_eq!((elsewhere.status, elsewhere.code()), (409, "idempotency.key_reused"));
        assert_eq!((member.tries(&app), member.state().await), (1, json!("checked_in")));
    }

    async fn a_key_belongs_to_one_claim_and_one_member(app: TestApp) {
        let (morning, later) = (Morning::new(&app).await, Morning::of(&app, post_from("2026-09-02 09:00", "2026-09-02 10:00")).await);
        let (amina, chen) = (keyed(&morning.hold("amina").await, "the-same-key"), keyed(&morning.hold("chen").await, "the-same-key"));
        let next = keyed(&later.hold("amina").await, "the-same-key");
        morning.at("07:22");
        let press = by_position(morning.here());
        amina.check_in(press.clone()).await.ok();
        chen.check_in(press.clone()).await.ok();
        let reused = next.check_in(press).await;
        assert_eq!((reused.status, reused.code()), (409, "idempotency.key_reused"));
    }

    async fn a_refused_press_is_judged_again(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = keyed(&morning.hold("amina").await, "press-of-amina");
        let press = by_position(morning.at("06:59").here());
        assert_eq!(member.check_in(press.clone()).await.code(), "checkin.too_early");
        morning.at("07:01");
        member.check_in(press).await.ok();
        assert_eq!(member.tries(&app), 1);
    }

    async fn the_key_of_a_press_is_kept_for_ever(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        let (arriving, leaving) = (keyed(&member, "amina-arrives"), keyed(&member, "amina-leaves"));
        let first = morning.at("07:22").proof().await;
        arriving.check_in(first.clone()).await.ok();
        let last = morning.at("08:30").proof().await;
        let told = leaving.check_out(last.clone()).await.ok();
        morning.due_at("2026-12-24 08:00").await;
        let again = leaving.check_out(renewed(last, &app)).await;
        assert_eq!((again.status, &again.body), (201, &told));
        assert_eq!(arriving.check_in(first).await.status, 201);
        assert_eq!((member.tries(&app), member.minutes().await), (2, 60));
        assert_eq!(app.count("SELECT count(*) AS n FROM ledger_entries"), 1);
    }

    async fn the_answer_of_whoever_reads_the_code_is_the_same_again(app: TestApp) {
        let fair = json!({"methods": ["geofence"], "fair_counts": true});
        let morning = Morning::of(&app, usual().set("check_in", fair)).await;
        let officer = keyed(&morning.hold("gao").await, "press-of-gao");
        let press = by_position(morning.at("07:22").here());
        let first = officer.check_in(press.clone()).await.ok();
        assert_eq!(first["counts"], "lead_confirms");
        assert_eq!(officer.check_in(press).await.ok(), first);
    }

    async fn ticks_sent_again_write_once(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("chen").await;
        member.check_in(morning.at("07:22").proof().await).await.ok();
        let gao = app.member("gao").keyed("ticks-of-the-morning");
        morning.at("08:31");
        let first = morning.tick(&gao, "departures", &[member.claim], Some("08:20")).await.ok();
        morning.tick(&app.member("kang"), "departures", &[member.claim], Some("08:30")).await.ok();
        // The lost reply of the first tick doesn't undo the second.
        assert_eq!(morning.tick(&gao, "departures", &[member.claim], Some("08:20")).await.ok(), first);
        assert_eq!(member.minutes().await, 60);
    }

    async fn two_sendings_at_once_are_one_press(app: TestApp) {
        twice_at_once(app).await;
    }
}

/// Two sendings of one press at once; on PostgreSQL each at a server of its own.
async fn twice_at_once(app: TestApp) {
    let beside = if on_postgres(&app) { Some(app.another_server().await) } else { None };
    let second = beside.as_ref().unwrap_or(&app);
    let morning = Morning::new(&app).await;
    morning.at("07:22");
    second.clock().set_offset(app.clock().offset());
    let people = app.crowd(16);
    let rounds = people.into_iter().map(async |caller| {
        let member = keyed(&morning.hold_as(caller).await, "one-press");
        let beside = Holder { caller: member.caller.at(second), claim: member.claim };
        let press = morning.proof().await;
        let answers = join(member.check_in(press.clone()), beside.check_in(press)).await;
        (member, answers)
    });
    for (member, (a, b)) in join_all(rounds).await {
        let told = |answer: &Answer| {
            (answer.status, answer.body["evidence_level"].clone(), answer.body["checked_in_at"].clone())
        };
        assert_eq!(told(&a), told(&b), "{} {}", a.body, b.body);
        assert_eq!((a.status, member.tries(&app)), (201, 1));
        let out = morning.proof().await;
        let beside = Holder { caller: member.caller.keyed("one-leave").at(second), claim: member.claim };
        let own = keyed(&member, "one-leave");
        let (a, b) = join(own.check_out(out.clone()), beside.check_out(out)).await;
        assert_eq!((told(&a), a.status), (told(&b), 201), "{} {}", a.body, b.body);
        assert_eq!(member.tries(&app), 2);
    }
    app.check_invariants();
}
