//! Whether a phone's position lies at the post.

use crate::checkins::VerdictCode;
use crate::clock::Timestamp;
use crate::geo::{Fence, Metres, Position};
use crate::rules::CheckInRules;

/// A position as a phone measured it, with the moments its own clock showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// Where the phone believes it is.
    pub position: Position,
    /// Radius of the circle that holds the phone 95 times in 100.
    pub accuracy: Option<Metres>,
    /// When the position was measured.
    pub taken_at: Option<Timestamp>,
    /// When the member pressed, for records that were kept offline.
    pub recorded_at: Option<Timestamp>,
    /// When the phone sent it.
    pub sent_at: Option<Timestamp>,
}

/// Where a position lies, seen from a post's fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Inside the fence; `edge` when only the accuracy brings it there.
    Inside {
        /// The position itself lies outside, by no more than its accuracy and the grace of the rules.
        edge: bool,
    },
    /// Outside with the whole accuracy circle.
    Outside {
        /// Metres to the fence, rounded to 10, so that answers don't draw its shape.
        about_m: u32,
    },
    /// Too inaccurate to say.
    CannotTell,
    /// Too old to say.
    Stale,
}

impl Verdict {
    /// The verdict as columns and answers name it.
    pub fn code(self) -> VerdictCode {
        match self {
            Self::Inside { .. } => VerdictCode::Inside,
            Self::Outside { .. } => VerdictCode::Outside,
            Self::CannotTell => VerdictCode::CannotTell,
            Self::Stale => VerdictCode::Stale,
        }
    }

    /// Metres to the fence of a position outside.
    pub fn about_m(self) -> Option<u32> {
        match self {
            Self::Outside { about_m } => Some(about_m),
            _ => None,
        }
    }
}

/// Judges one position fix against one fence (domain.md 4.5).
///
/// Age is judged before place, so that a member with an old fix is asked for a new one rather than sent walking. It
/// is told by the phone's clock alone, which may be hours off the server's. A fix that seems taken after its record
/// is fresh: satellites and the phone keep different clocks, and a phone may set its own between the two.
pub fn judge(fence: &Fence, fix: &Fix, rules: &CheckInRules) -> Verdict {
    if !is_fresh(fix, rules) {
        return Verdict::Stale;
    }
    let Some(accuracy) = fix.accuracy.filter(|accuracy| *accuracy <= rules.accuracy_max) else {
        return Verdict::CannotTell;
    };
    match fence.distance_to(fix.position) {
        distance if distance.is_zero() => Verdict::Inside { edge: false },
        distance if distance <= accuracy.min(rules.edge_grace) => Verdict::Inside { edge: true },
        distance if distance > accuracy => Verdict::Outside { about_m: distance.rounded_to_10() },
        _ => Verdict::CannotTell,
    }
}

fn is_fresh(fix: &Fix, rules: &CheckInRules) -> bool {
    match (fix.taken_at, fix.recorded_at.or(fix.sent_at)) {
        (Some(taken), Some(record)) => record.since(taken) <= rules.fix_max_age,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Datum, Outline};
    use crate::rules::Rules;
    use proptest::prelude::*;

    const RULES: CheckInRules = Rules::FIRST.checkins;
    const NORTH_METRE: f64 = 1.0 / 110_958.6; // degrees of latitude at 36.06 N

    fn crossing() -> Position {
        Position::new(36.0586, 103.8236, Datum::Wgs84).unwrap()
    }

    fn fence() -> Fence {
        Fence::new(crossing(), &Outline::RadiusM(100.0)).unwrap()
    }

    fn seconds(second: i64) -> Option<Timestamp> {
        Timestamp::from_micros(1_788_000_000_000_000 + second * 1_000_000)
    }

    /// A fresh fix so many metres north of the crossing.
    fn fix(north: f64, accuracy: Option<f64>) -> Fix {
        let lat = crossing().lat() + north * NORTH_METRE;
        Fix {
            position: Position::new(lat, crossing().lon(), Datum::Wgs84).unwrap(),
            accuracy: accuracy.map(|metres| Metres::new(metres).unwrap()),
            taken_at: seconds(0),
            recorded_at: None,
            sent_at: seconds(5),
        }
    }

    #[test]
    fn place_is_judged_by_the_table() {
        use Verdict::*;
        for (north, accuracy, expected) in [
            (0.0, Some(20.0), Inside { edge: false }),
            (99.0, Some(150.0), Inside { edge: false }),
            (0.0, None, CannotTell),
            (0.0, Some(150.1), CannotTell),
            (119.0, Some(20.0), Inside { edge: true }),
            (121.0, Some(20.0), Outside { about_m: 20 }),
            (149.0, Some(100.0), Inside { edge: true }),
            (151.0, Some(100.0), CannotTell),
            (199.0, Some(100.0), CannotTell),
            (201.0, Some(100.0), Outside { about_m: 100 }),
            (397.0, Some(10.0), Outside { about_m: 300 }),
            (101.0, Some(0.0), Outside { about_m: 0 }),
            (5100.0, Some(12.0), Outside { about_m: 5000 }),
        ] {
            assert_eq!(
                judge(&fence(), &fix(north, accuracy), &RULES),
                expected,
                "{north} m, accuracy {accuracy:?}"
            );
        }
    }

    #[test]
    fn age_is_judged_first_and_by_the_phones_clock() {
        for (taken, recorded, sent, stale) in [
            (Some(0), None, Some(60), false),
            (Some(0), None, Some(61), true),
            (None, None, Some(0), true),
            (Some(0), None, None, true),
            (Some(0), Some(60), Some(4000), false),
            (Some(0), Some(61), Some(62), true),
            (Some(0), Some(30), None, false),
            (Some(300), None, Some(0), false),
        ] {
            let at = |second: Option<i64>| second.and_then(seconds);
            for accuracy in [Some(10.0), None] {
                let fix = Fix {
                    taken_at: at(taken),
                    recorded_at: at(recorded),
                    sent_at: at(sent),
                    ..fix(0.0, accuracy)
                };
                let judged = judge(&fence(), &fix, &RULES) == Verdict::Stale;
                assert_eq!(judged, stale, "taken {taken:?}, recorded {recorded:?}, sent {sent:?}");
            }
        }
    }

    #[test]
    fn a_map_datum_of_the_phone_moves_nobody() {
        for datum in [Datum::Wgs84, Datum::Gcj02] {
            let centre = if datum == Datum::Wgs84 { crossing() } else { crossing().to_gcj02() };
            let fence = Fence::new(centre, &Outline::RadiusM(100.0)).unwrap();
            for phone in [crossing(), crossing().to_gcj02()] {
                let fix = Fix { position: phone, ..fix(0.0, Some(10.0)) };
                assert_eq!(judge(&fence, &fix, &RULES), Verdict::Inside { edge: false });
            }
        }
    }

    proptest! {
        #[test]
        fn a_verdict_says_only_what_the_accuracy_allows(north in 0.0..2000.0f64, accuracy in 0.0..200.0f64) {
            let (beyond, slack) = (north - 100.0, 0.01 + north / 10_000.0);
            match judge(&fence(), &fix(north, Some(accuracy)), &RULES) {
                Verdict::Inside { edge: false } => prop_assert!(beyond <= slack),
                Verdict::Inside { edge: true } => prop_assert!(beyond <= accuracy.min(50.0) + slack),
                Verdict::Outside { about_m } => {
                    prop_assert!(beyond > accuracy - slack);
                    prop_assert!((f64::from(about_m) - beyond).abs() <= 5.0 + slack);
                }
                Verdict::CannotTell => prop_assert!(accuracy > 150.0 || beyond > 50.0 - slack),
                Verdict::Stale => prop_assert!(false),
            }
        }
    }
}
