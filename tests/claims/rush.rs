//! A call for 20 people that 1,000 press for at once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use daogang::claims::Mode;
use futures_util::future::join_all;

use super::{claim, press};
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, Caller, Setup, TestApp};

const PEOPLE: usize = 1_000;
const PLACES: u32 = 20;

/// One or two servers of a city, and a thousand people who press at one of them each.
struct City {
    app: TestApp,
    other: Option<TestApp>,
    people: Vec<Caller>,
    started: Instant,
}

impl City {
    async fn of(setup: Setup, servers: usize) -> Self {
        let mut people = setup.crowd(PEOPLE);
        let app = TestApp::start(setup).await;
        let other = if servers == 2 { Some(app.another_server().await) } else { None };
        for (number, person) in people.iter_mut().enumerate() {
            *person = person.at(other.as_ref().filter(|_| number % 2 == 0).unwrap_or(&app));
        }
        Self { app, other, people, started: Instant::now() }
    }

    /// A shift of 20 places, the `round`th of a series in which none overlaps.
    async fn shift(&self, round: usize) -> i64 {
        let shift = Shift::new().places(PLACES).in_minutes(60 + 60 * round as i64);
        Post::with(shift).publish(&self.app, &self.app.member("gao")).await.shift()
    }

    async fn rush(&self, round: usize) {
        let shift = self.shift(round).await;
        let began = Instant::now();
        let answers = join_all(self.people.iter().map(|person| press(person, shift))).await;
        println!("{PEOPLE} presses took {:.2} s", began.elapsed().as_secs_f64());
        assert_eq!(tally(&answers), wanted(PLACES, PEOPLE - PLACES as usize));
        self.check(shift);
    }

    fn check(&self, shift: i64) {
        let held = format!("SELECT count(*) AS n FROM claims WHERE shift_id = {shift} AND state = 'held'");
        assert_eq!(self.app.count(&held), i64::from(PLACES));
        self.app.check_invariants();
    }
}

/// How many got which answer.
fn tally(answers: &[Answer]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for answer in answers {
        let name = if answer.status == 201 { "held" } else { answer.code() };
        *tally.entry(name.to_owned()).or_default() += 1;
    }
    tally
}

fn wanted(held: u32, full: usize) -> BTreeMap<String, usize> {
    BTreeMap::from([("held".to_owned(), held as usize), ("claim.shift_full".to_owned(), full)])
}

/// Writes the same rush for one file, one PostgreSQL with Redis, and two servers on these.
macro_rules! in_every_city {
    ($($(#[$meta:meta])* async fn $name:ident($city:ident: City, $marks:expr) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn fact($city: City) $body
            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() { fact(City::of(Setup::sqlite().marks($marks), 1).await).await }
            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() { fact(City::of(Setup::postgres().marks($marks), 1).await).await }
            #[tokio::test(flavor = "multi_thread")]
            async fn two_servers() { fact(City::of(Setup::postgres().marks($marks), 2).await).await }
        }
    )+};
}

in_every_city! {
    async fn twenty_of_a_thousand_hold_and_the_others_hear_that_it_is_full(city: City, Mode::On) {
        city.rush(0).await;
    }

    async fn marks_that_always_say_open_change_nothing(city: City, Mode::Off) {
        city.rush(0).await;
    }

    async fn soak_rush_after_rush(city: City, Mode::On) {
        for round in 0..40 {
            city.rush(round).await;
        }
    }

    async fn soak_rush_after_rush_without_marks(city: City, Mode::Off) {
        for round in 0..40 {
            city.rush(round).await;
        }
    }
}

/// How long marks lie after a server's start.
const LIE: Duration = Duration::from_secs(3);

in_every_city! {
    async fn marks_that_say_full_for_three_seconds_cost_a_second_press(city: City, Mode::SayFullFor(LIE)) {
        let shift = city.shift(0).await;
        let first = claim(&city.people[0], shift).await;
        assert_eq!((first.status, first.code()), (409, "claim.shift_full"));
        assert_eq!(city.app.count("SELECT count(*) AS n FROM claims"), 0);
        let mut answers = join_all(city.people.iter().map(|person| press(person, shift))).await;

        tokio::time::sleep(LIE.saturating_sub(city.started.elapsed())).await;
        let refused: Vec<usize> = (0..PEOPLE).filter(|at| answers[*at].status == 409).collect();
        let again = join_all(refused.iter().map(|at| press(&city.people[*at], shift))).await;
        for (at, answer) in refused.into_iter().zip(again) {
            answers[at] = answer;
        }
        assert_eq!(tally(&answers), wanted(PLACES, PEOPLE - PLACES as usize));
        city.check(shift);
    }
}
