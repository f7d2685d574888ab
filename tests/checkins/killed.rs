//! The server is killed in the middle of a morning: whoever was told that they are checked in is, and nobody is twice.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use daogang::clock::Clock;
use daogang::schema::{attempts, checkins, claims, shifts};
use daogang::units::{ClaimId, ShiftId};
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::support::posts::{LAT, LON};
use crate::support::process::{Process, binary, daogang};
use crate::support::{Answer, Caller, Setup, TestApp};

/// How large a morning is tried.
#[derive(Clone, Copy)]
struct Size {
    presses: usize,
    clients: usize,
    kills: usize,
}

const SMALL: Size = Size { presses: 400, clients: 100, kills: 2 };
/// As the quality page has it: 200 clients, ten times over.
const FULL: Size = Size { presses: 2_000, clients: 200, kills: 10 };

/// Someone who isn't checked in yet, with what their phone has sent once already: that is what it sends again.
struct Waiting {
    person: Caller,
    claim: i64,
    sent: Option<Value>,
}

/// Everyone who is to check in, and who has been told that they have.
struct Trial {
    setup: Setup,
    folder: tempfile::TempDir,
    waiting: Arc<Mutex<VecDeque<Waiting>>>,
    told: Arc<Mutex<Vec<i64>>>,
}

impl Trial {
    fn server(&self) -> (Process, Duration) {
        let mut command = daogang(binary(), &self.setup.database().url, &self.keys());
        command.arg("serve");
        let began = Instant::now();
        let server = Process::start(command).expect("the server starts");
        (server, began.elapsed())
    }

    fn keys(&self) -> std::path::PathBuf {
        self.folder.path().join("keys")
    }

    /// Publishes a shift that begins in ten minutes, and gives everyone a place.
    async fn prepare(setup: Setup, size: Size) -> Self {
        let (folder, told) = (tempfile::TempDir::with_prefix("daogang-test").unwrap(), Arc::default());
        let trial = Self { setup, folder, waiting: Arc::default(), told };
        let people = trial.setup.crowd(size.presses);
        let (server, _) = trial.server();
        let mut shift = Vec::new();
        for _ in 0..size.presses.div_ceil(1_000) {
            shift.push(publish(&server.member("gao")).await);
        }
        for (number, person) in people.into_iter().enumerate() {
            let claim = trial.hold(shift[number % shift.len()], &person);
            trial.waiting.lock().unwrap().push_back(Waiting { person, claim, sent: None });
        }
        trial
    }

    /// Gives someone a place, past the routes: this isn't about claiming.
    fn hold(&self, shift: i64, person: &Caller) -> i64 {
        let id = ShiftId(shift);
        self.setup.database().with(|db| {
            let shift = shifts::table.find(id);
            let (starts, ends): (daogang::clock::Timestamp, daogang::clock::Timestamp) =
                shift.select((shifts::starts_at, shifts::ends_at)).first(db).unwrap();
            diesel::update(shift).set(shifts::taken.eq(shifts::taken + 1)).execute(db).unwrap();
            let claim: ClaimId = diesel::insert_into(claims::table)
                .values((
                    claims::shift_id.eq(id),
                    claims::member_id.eq(person.id),
                    claims::state.eq("held"),
                    claims::starts_at.eq(starts),
                    claims::ends_at.eq(ends),
                    claims::served_as.eq("individual"),
                    claims::claimed_at.eq(starts),
                    claims::changed_at.eq(starts),
                ))
                .returning(claims::id)
                .get_result(db)
                .unwrap();
            claim.0
        })
    }

    /// Lets clients press until enough are told, then kills the server; without a number, until nobody waits.
    async fn run(&self, server: &mut Process, clients: usize, until_told: Option<usize>) {
        let pressing: Vec<_> = (0..clients).map(|_| tokio::spawn(self.client(server))).collect();
        if let Some(enough) = until_told {
            while self.told.lock().unwrap().len() < enough
                && !pressing.iter().all(|client| client.is_finished())
            {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            server.kill();
        }
        for client in pressing {
            client.await.unwrap();
        }
    }

    /// A client that checks one member in after the other, until the server is gone.
    fn client(&self, server: &Process) -> impl Future<Output = ()> + Send + use<> {
        let (waiting, told, base) = (self.waiting.clone(), self.told.clone(), server.base().to_owned());
        async move {
            loop {
                let Some(Waiting { person, claim, sent }) = waiting.lock().unwrap().pop_front() else {
                    return;
                };
                let press = sent.unwrap_or_else(|| press(claim));
                let again = Waiting { person: person.clone(), claim, sent: Some(press.clone()) };
                let sending = person.to(&base).keyed(&format!("check-in-{claim}"));
                let request = sending.request(reqwest::Method::POST, &format!("/claims/{claim}/check-in"));
                match Answer::try_to(request.json(&press)).await {
                    Ok(answer) if answer.status == 201 => told.lock().unwrap().push(claim),
                    Ok(answer) if answer.status == 503 => waiting.lock().unwrap().push_back(again),
                    Ok(answer) => panic!("{} {}", answer.status, answer.body),
                    Err(_) => {
                        waiting.lock().unwrap().push_back(again);
                        return;
                    }
                }
            }
        }
    }

    /// Everyone who was told has one check-in, by one try; whoever wasn't has one or none.
    fn check(&self) {
        let (stand, tries): (Vec<ClaimId>, Vec<ClaimId>) = self.setup.database().with(|db| {
            let stand = checkins::table.select(checkins::claim_id).load(db).unwrap();
            (stand, attempts::table.select(attempts::claim_id).load(db).unwrap())
        });
        let mut times = BTreeMap::new();
        for claim in &tries {
            *times.entry(claim.0).or_insert(0) += 1;
        }
        assert_eq!(times.values().copied().max().unwrap_or(1), 1, "someone checked in twice");
        assert_eq!(stand.len(), tries.len());
        for claim in self.told.lock().unwrap().iter() {
            assert!(times.contains_key(claim), "claim {claim} was told and is gone");
        }
    }
}

fn press(claim: i64) -> Value {
    let now = Clock::real_time().real();
    let (lat, lon) = (LAT + 0.000_001_23 + claim as f64 * 1e-7, LON + 0.000_023_45);
    let fix =
        json!({"lat": lat, "lon": lon, "datum": "wgs84", "accuracy_m": 15, "taken_at": now, "sent_at": now});
    json!({"method": "geofence", "position": fix})
}

async fn publish(gao: &Caller) -> i64 {
    let starts = Clock::real_time().real().whole_minute().plus(chrono::TimeDelta::minutes(10));
    let ends = starts.plus(chrono::TimeDelta::hours(1));
    let draft = gao
        .post(
            "/posts",
            json!({
                "organization_id": 4, "category": "civility", "title": "盘旋路口文明劝导",
                "position": {"lat": LAT, "lon": LON, "datum": "wgs84"}, "fence": {"radius_m": 100},
                "check_in": {"methods": ["geofence"]},
                "shifts": [{"starts_at": starts, "ends_at": ends, "capacity": 1_000}],
            }),
        )
        .await
        .ok();
    gao.post(&format!("/posts/{}/publish", draft["id"]), json!({})).await.ok();
    draft["shifts"][0]["id"].as_i64().unwrap()
}

async fn trial(setup: Setup, size: Size) {
    let trial = Trial::prepare(setup, size).await;
    let mut restarts = Vec::new();
    for kill in 1..=size.kills {
        let (mut server, took) = trial.server();
        restarts.push(took);
        trial.run(&mut server, size.clients, Some(size.presses * kill / (size.kills + 1))).await;
        trial.check();
    }
    let killed_at = trial.told.lock().unwrap().len();
    let (mut server, took) = trial.server();
    restarts.push(took);
    trial.run(&mut server, size.clients, None).await;
    server.kill();
    trial.check();
    assert_eq!((trial.told.lock().unwrap().len(), trial.waiting.lock().unwrap().len()), (size.presses, 0));
    let restarts: Vec<_> = restarts.iter().map(|took| took.as_millis()).collect();
    println!("{killed_at} of {} were told by the last kill; starts took {restarts:?} ms", size.presses);
    // The first start after a kill replays what the killed one left; a busy machine gets some patience.
    assert!(restarts.iter().all(|took| *took < 5_000), "{restarts:?}");
    let keys = trial.keys().to_string_lossy().into_owned();
    let app = TestApp::start(trial.setup.set("DAOGANG_KEYS_FILE", keys)).await;
    app.check_invariants();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_told_is_there_after_a_kill_on_sqlite() {
    trial(Setup::sqlite(), SMALL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_told_is_there_after_a_kill_on_postgres() {
    trial(Setup::postgres(), SMALL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn soak_two_thousand_check_ins_and_ten_kills_on_sqlite() {
    trial(Setup::sqlite(), FULL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn soak_two_thousand_check_ins_and_ten_kills_on_postgres() {
    trial(Setup::postgres(), FULL).await;
}
