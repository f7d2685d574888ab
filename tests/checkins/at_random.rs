//! Sixteen hands at once do whatever comes to mind; afterwards everything that must hold is read from the database.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::morning::{Morning, by_position, hour, post_from};
use crate::support::{Answer, Caller, Setup, TestApp};

const HANDS: u64 = 16;
const SEED: u64 = 20_260_902;
/// The steps of the clock from 7:00 on, four minutes each, and how long a step takes.
const STEPS: u32 = 45;
const STEP: Duration = Duration::from_millis(70);

/// What all hands share.
struct Stage {
    app: TestApp,
    posts: Vec<i64>,
    shifts: Vec<i64>,
    people: Vec<Caller>,
    /// Claims that were taken: shift, claim, whose.
    claims: Mutex<Vec<(i64, i64, usize)>>,
    tally: Mutex<BTreeMap<(&'static str, String), usize>>,
    over: AtomicBool,
}

/// One of them, with a chance of its own.
struct Hand {
    stage: Arc<Stage>,
    chance: Xoshiro256PlusPlus,
}

impl Stage {
    async fn set(app: TestApp) -> Arc<Self> {
        let (mut posts, mut shifts) = (Vec::new(), Vec::new());
        let slots = [
            ("07:30", "08:30"),
            ("08:00", "09:00"),
            ("08:30", "09:30"),
            ("08:30", "09:00"),
            ("09:00", "09:30"),
        ];
        for (starts, ends) in slots.into_iter().cycle().take(10) {
            let times = [starts, ends].map(|time| format!("2026-09-02 {time}"));
            let mut post = post_from(&times[0], &times[1]);
            let shift = json!([{"starts_at": hour(starts), "ends_at": hour(ends), "capacity": 4}]);
            post = post.set("shifts", shift);
            let morning = Morning::of(&app, post).await;
            posts.push(morning.post);
            shifts.push(morning.shift);
        }
        let mut people: Vec<_> =
            ["amina", "chen", "bolat", "dilnur", "fang"].map(|name| app.member(name)).into();
        people.extend(app.crowd(15));
        app.clock().move_to(hour("07:00"));
        let (claims, tally) = Default::default();
        Arc::new(Self { app, posts, shifts, people, claims, tally, over: AtomicBool::new(false) })
    }

    fn note(&self, act: &'static str, answer: &Answer) {
        assert!(answer.status < 500 || answer.status == 503, "{act}: {} {}", answer.status, answer.body);
        let what = if answer.status < 300 { "done" } else { answer.code() };
        *self.tally.lock().unwrap().entry((act, what.to_owned())).or_default() += 1;
    }

    fn done(&self, act: &'static str) -> usize {
        self.tally.lock().unwrap().get(&(act, "done".to_owned())).copied().unwrap_or(0)
    }

    /// What those in charge are told of each service is what the ledger says.
    async fn check_what_counts(&self) {
        for shift in &self.shifts {
            let list = self.app.member("gao").get(&format!("/shifts/{shift}/departures")).await.ok();
            for line in list["items"].as_array().unwrap() {
                let counts = line["counts"] == "counted" && line["uncounted"].is_null();
                let told = if counts { line["minutes"].as_i64().unwrap_or(0) } else { 0 };
                let of = format!("WHERE claim_id = {}", line["claim_id"]);
                let sum = |table: &str| {
                    self.app.count(&format!(
                        "SELECT CAST(coalesce(sum(minutes), 0) AS bigint) AS n FROM {table} {of}"
                    ))
                };
                assert_eq!(sum("ledger_entries") + sum("waiting_minutes"), told, "{line}");
            }
        }
    }
}

impl Hand {
    fn below(&mut self, end: usize) -> usize {
        self.chance.random_range(0..end)
    }

    fn pick(&mut self) -> Option<(i64, i64, usize)> {
        let claims = self.stage.claims.lock().unwrap().clone();
        // What was taken lately has more before it.
        let from = claims.len().saturating_sub(40);
        if claims.is_empty() { None } else { Some(claims[from + self.below(claims.len() - from)]) }
    }

    fn press(&mut self, shift: i64) -> Value {
        let stage = self.stage.clone();
        let morning = Morning { app: &stage.app, post: 0, shift };
        let fix = match self.below(4) {
            0 => morning.north(900.0, 20.0),
            1 => morning.north(0.0, 300.0),
            _ => morning.here(),
        };
        let code = super::code_of(&stage.app, shift, 0);
        match self.below(4) {
            0 => by_position(fix),
            1 => json!({"method": "rotating_code", "code": code}),
            _ => json!({"method": "rotating_code", "code": code, "position": fix}),
        }
    }

    fn in_charge(&mut self) -> Caller {
        let who = self.below(2 * self.stage.people.len());
        match self.stage.people.get(who) {
            Some(lead) => lead.clone(),
            None => self.stage.app.member("gao"),
        }
    }

    /// A time of the last or the next hour, or none.
    fn time(&mut self) -> Option<daogang::clock::Timestamp> {
        let minutes = self.below(80) as i64 - 60;
        let at = self.stage.app.now().plus(chrono::TimeDelta::minutes(minutes)).whole_minute();
        (self.below(2) == 0).then_some(at)
    }

    async fn act(&mut self) {
        let stage = self.stage.clone();
        let chance = self.below(100);
        if chance < 25 {
            return self.claim().await;
        }
        let Some((shift, claim, who)) = self.pick() else { return };
        let member = &stage.people[who];
        let path = |of: &str| format!("/claims/{claim}/{of}");
        let (act, answer) = match chance {
            25..30 => ("release", member.post(&path("release"), json!({})).await),
            30..60 => ("check_in", member.post(&path("check-in"), self.press(shift)).await),
            60..72 => {
                let press = if self.below(3) == 0 { json!({}) } else { self.press(shift) };
                ("check_out", member.post(&path("check-out"), press).await)
            }
            72..86 => {
                let (list, at) = (["arrivals", "departures"][self.below(2)], self.time());
                let mut claims = vec![claim];
                claims.extend((0..3).filter_map(|_| self.pick()).map(|(_, claim, _)| claim));
                let body = json!({"claim_ids": claims, "at": at});
                ("tick", self.in_charge().post(&format!("/shifts/{shift}/{list}/confirm"), body).await)
            }
            86..92 => {
                let (arrived, left) =
                    if self.below(3) == 0 { (self.time(), self.time()) } else { (None, None) };
                let body =
                    json!({"claim_id": claim, "arrived_at": arrived, "left_at": left, "reason": "手机没电"});
                ("attest", self.in_charge().post(&format!("/shifts/{shift}/attestations"), body).await)
            }
            92..95 => {
                let lead = json!({"member_id": member.id});
                ("lead", stage.app.member("gao").put(&format!("/shifts/{shift}/lead"), lead).await)
            }
            95..98 => {
                let outcome = ["excused", "no_show"][self.below(2)];
                (
                    "resolve",
                    self.in_charge()
                        .post(&path("resolve"), json!({"outcome": outcome, "reason": "没来"}))
                        .await,
                )
            }
            _ if self.below(12) > 0 => return,
            98 => (
                "stop",
                self.in_charge().post(&format!("/shifts/{shift}/stop"), json!({"reason": "下雨"})).await,
            ),
            _ => {
                let post = stage.posts[self.below(stage.posts.len())];
                (
                    "cancel",
                    stage
                        .app
                        .member("gao")
                        .post(&format!("/posts/{post}/cancel"), json!({"reason": "改期"}))
                        .await,
                )
            }
        };
        stage.note(act, &answer);
    }

    async fn claim(&mut self) {
        let (shift, who) = (self.below(self.stage.shifts.len()), self.below(self.stage.people.len()));
        let shift = self.stage.shifts[shift];
        let answer = self.stage.people[who].post(&format!("/shifts/{shift}/claims"), json!({})).await;
        self.stage.note("claim", &answer);
        if answer.status == 201 {
            self.stage.claims.lock().unwrap().push((shift, answer.id(), who));
        }
    }
}

async fn all_at_once(setup: Setup) {
    let stage = Stage::set(TestApp::start(setup).await).await;
    let hands: Vec<_> = (0..HANDS)
        .map(|number| {
            let mut hand =
                Hand { stage: stage.clone(), chance: Xoshiro256PlusPlus::seed_from_u64(SEED + number) };
            tokio::spawn(async move {
                while !hand.stage.over.load(Ordering::Relaxed) {
                    hand.act().await;
                }
            })
        })
        .collect();
    for _ in 0..STEPS {
        tokio::time::sleep(STEP).await;
        stage.app.later(4).await;
    }
    stage.over.store(true, Ordering::Relaxed);
    for hand in hands {
        hand.await.unwrap();
    }
    println!("{:#?}", stage.tally.lock().unwrap());
    for act in ["claim", "check_in", "check_out", "tick", "attest", "release"] {
        assert!(stage.done(act) > 0, "nobody came to {act}: the test tries nothing");
    }
    let app = &stage.app;
    assert!(app.count("SELECT count(*) AS n FROM ledger_entries") > 0);
    app.check_invariants();
    assert_eq!(app.look(|db| daogang::ledger::verify(db, |_| ()).unwrap()), []);
    stage.check_what_counts().await;
    for (fact, rows) in [
        ("a check-in shows a try, or someone vouched for it", "FROM checkins WHERE attempt_id IS NULL AND recorded_by IS NULL"),
        (
            "whoever lost a place by a stop was told once",
            "FROM claims WHERE state = 'cancelled' AND 1 <> (SELECT count(*) FROM outbox
                WHERE kind IN ('shift_stopped', 'shift_cancelled') AND payload LIKE '%\"claim_id\":' || claims.id || ',%')",
        ),
        (
            "nobody ticks their own",
            "FROM checkins JOIN claims ON claims.id = checkins.claim_id WHERE claims.member_id = checkins.ticked_by",
        ),
        (
            "no credit without both ends",
            "FROM ledger_entries AS entry WHERE 2 <> (SELECT count(*) FROM checkins WHERE checkins.claim_id = entry.claim_id)",
        ),
        (
            "minutes are within the shift",
            "FROM ledger_entries AS entry JOIN claims ON claims.id = entry.claim_id WHERE abs(entry.minutes) > 60
                OR (entry.kind = 'service' AND entry.minutes < 15)",
        ),
    ] {
        assert_eq!(app.count(&format!("SELECT count(*) AS n {rows}")), 0, "broken: {fact}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_sixteen_hands_do_at_once_holds_on_sqlite() {
    all_at_once(Setup::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_sixteen_hands_do_at_once_holds_on_postgres() {
    all_at_once(Setup::postgres()).await;
}
