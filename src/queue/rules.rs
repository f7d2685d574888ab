//! How urgent a shift is, whether it can still be claimed, and how long a list can be read on.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::rules::{ClaimRules, QueueRules};

/// How urgently a shift needs people: 0 to 1,000 by the first rules.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub struct Urgency(pub i64);

/// What the urgency of a shift depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// When it begins.
    pub starts_at: Timestamp,
    /// Its places.
    pub capacity: i32,
    /// The places that are open.
    pub open: i32,
    /// 0 normal, 1 high, 2 urgent.
    pub priority: i32,
    /// When its post was first published.
    pub published_at: Option<Timestamp>,
}

/// A page can be read on for so long: its order is that of its own minute.
const CURSOR_LIFE: TimeDelta = TimeDelta::minutes(5);
/// Servers' clocks differ by less than this.
const CLOCKS_APART: TimeDelta = TimeDelta::minutes(1);

/// Judges how urgent a shift is at a whole minute.
///
/// The integer part of the sum of four terms, each a weight times a share from 0 to 1 but for the priority, whose
/// steps are counted. Shares are exact fractions of microseconds and places, so every server and engine agrees.
pub fn urgency(need: &Need, as_of: Timestamp, rules: &QueueRules) -> Urgency {
    let near_start = rules.start_horizon - need.starts_at.since(as_of);
    let age = need.published_at.map_or(TimeDelta::zero(), |published| as_of.since(published));
    let shares = [
        (rules.start_weight, share_of(near_start, rules.start_horizon)),
        (rules.open_weight, (i128::from(need.open.max(0)), i128::from(need.capacity.max(1)))),
        (rules.age_weight, share_of(age, rules.age_horizon)),
    ];
    let common: i128 = shares.iter().map(|(_, (_, whole))| whole).product();
    let sum: i128 =
        shares.iter().map(|(weight, (part, whole))| i128::from(*weight) * part * (common / whole)).sum();
    // The quotient lies within the sum of the weights.
    Urgency((sum / common) as i64 + rules.priority_weight * i64::from(need.priority))
}

/// A time as a share of another, held within 0 and 1: numerator and denominator in microseconds.
fn share_of(part: TimeDelta, whole: TimeDelta) -> (i128, i128) {
    let micros = |delta: TimeDelta| delta.num_microseconds().unwrap_or(i64::MAX);
    let whole = micros(whole).max(1);
    (i128::from(micros(part.max(TimeDelta::zero())).min(whole)), i128::from(whole))
}

/// The instant after which a shift has to end to be claimed at `now`.
pub fn ends_after(now: Timestamp, rules: &ClaimRules) -> Timestamp {
    now.plus(rules.closes_before_end)
}

/// Whether a list of the minute `as_of` can be read on at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Its order still holds.
    GoesOn,
    /// It is to be read from the top again.
    Expired,
    /// No list has this instant.
    Unknown,
}

/// Judges the minute that a cursor holds.
pub fn reading(as_of: Timestamp, now: Timestamp) -> Reading {
    if as_of.whole_minute() != as_of {
        return Reading::Unknown;
    }
    let age = now.since(as_of);
    if (-CLOCKS_APART..=CURSOR_LIFE).contains(&age) { Reading::GoesOn } else { Reading::Expired }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Rules;

    const RULES: &QueueRules = &Rules::FIRST.queue;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn noon() -> Timestamp {
        at("2026-09-01T12:00:00+08:00")
    }

    /// A shift that nothing makes urgent: far away, full, new.
    fn calm() -> Need {
        let starts_at = noon().plus(TimeDelta::hours(72));
        Need { starts_at, capacity: 4, open: 0, priority: 0, published_at: Some(noon()) }
    }

    #[test]
    fn each_term_counts_by_its_weight() {
        let starts = |hours| Need { starts_at: noon().plus(TimeDelta::hours(hours)), ..calm() };
        let published = |days| Need { published_at: Some(noon().minus(TimeDelta::days(days))), ..calm() };
        let whole = Need { capacity: 4, open: 4, priority: 2, ..starts(0) };
        for (need, expected) in [
            (calm(), 0),
            (starts(100), 0),
            (starts(36), 250),
            (starts(0), 500),
            (starts(-1), 500),
            (starts(1), 493),
            (Need { open: 4, ..calm() }, 300),
            (Need { open: 1, ..calm() }, 75),
            (Need { capacity: 7, open: 3, ..calm() }, 128),
            (Need { priority: 1, ..calm() }, 75),
            (Need { priority: 2, ..calm() }, 150),
            (published(5), 25),
            (published(10), 50),
            (published(400), 50),
            (published(-1), 0),
            (Need { published_at: None, ..calm() }, 0),
            (Need { published_at: Some(noon().minus(TimeDelta::days(10))), ..whole }, 1_000),
        ] {
            assert_eq!(urgency(&need, noon(), RULES), Urgency(expected), "{need:?}");
        }
    }

    #[test]
    fn the_sum_is_cut_and_not_its_terms() {
        // 500 × 71/72 = 493.05…, 300 × 1/3 = 100, 50 × 1/10 days = 0.5…: two halves make a whole.
        let need = Need {
            starts_at: noon().plus(TimeDelta::minutes(4_320 - 36)),
            capacity: 600,
            open: 1,
            priority: 0,
            published_at: Some(noon().minus(TimeDelta::minutes(144))),
        };
        // 500 × 36/4,320 = 4.1666…, 300/600 = 0.5, 50 × 0.01 = 0.5.
        assert_eq!(urgency(&need, noon(), RULES), Urgency(5));
    }

    fn any_need() -> impl Strategy<Value = Need> {
        let minutes = (-2_000i64..20_000, 0i64..50_000);
        (minutes, 1i32..=1_000, 0i32..=1_000, 0i32..=2).prop_map(
            |((starts, published), capacity, open, priority)| Need {
                starts_at: noon().plus(TimeDelta::minutes(starts)),
                capacity,
                open: open.min(capacity),
                priority,
                published_at: Some(noon().minus(TimeDelta::minutes(published))),
            },
        )
    }

    proptest! {
        #[test]
        fn urgency_lies_within_0_and_1000(need in any_need()) {
            let Urgency(urgency) = urgency(&need, noon(), RULES);
            prop_assert!((0..=1_000).contains(&urgency), "{urgency}");
        }

        #[test]
        fn no_term_lowers_it_when_it_grows(need in any_need(), minutes in 0i64..10_000, places in 0i32..1_000) {
            let before = urgency(&need, noon(), RULES);
            let later = TimeDelta::minutes(minutes);
            for more in [
                Need { starts_at: need.starts_at.minus(later), ..need },
                Need { open: (need.open + places).min(need.capacity), ..need },
                Need { priority: (need.priority + 1).min(2), ..need },
                Need { published_at: need.published_at.map(|published| published.minus(later)), ..need },
            ] {
                prop_assert!(urgency(&more, noon(), RULES) >= before, "{more:?}");
            }
            prop_assert!(urgency(&need, noon().plus(later), RULES) >= before, "time passes");
        }

        #[test]
        fn it_is_the_integer_part_of_the_formula(need in any_need()) {
            let hours = need.starts_at.since(noon()).num_minutes() as f64 / 60.0;
            let days = noon().since(need.published_at.unwrap()).num_minutes() as f64 / 1_440.0;
            let sum = 500.0 * (1.0 - hours / 72.0).clamp(0.0, 1.0)
                + 300.0 * f64::from(need.open) / f64::from(need.capacity)
                + 75.0 * f64::from(need.priority)
                + 50.0 * (days / 10.0).min(1.0);
            let Urgency(urgency) = urgency(&need, noon(), RULES);
            // Floating point may fall on the other side of a whole number, exact fractions don't.
            prop_assert!(sum - 1.0 - 1e-6 < urgency as f64 && urgency as f64 <= sum + 1e-6, "{urgency} {sum}");
        }
    }

    #[test]
    fn a_list_can_be_read_on_for_five_minutes() {
        let as_of = noon();
        for (now, expected) in [
            ("2026-09-01T11:58:59+08:00", Reading::Expired),
            ("2026-09-01T11:59:30+08:00", Reading::GoesOn),
            ("2026-09-01T12:00:00+08:00", Reading::GoesOn),
            ("2026-09-01T12:05:00+08:00", Reading::GoesOn),
            ("2026-09-01T12:05:01+08:00", Reading::Expired),
        ] {
            assert_eq!(reading(as_of, at(now)), expected, "{now}");
        }
        assert_eq!(reading(as_of.plus(TimeDelta::seconds(1)), as_of), Reading::Unknown);
    }
}
