//! The numbers that the rules use, in one place and with the day from which they hold.
//!
//! The source is section 4 of the domain page. A change is a new version with its first day, so that an old record is
//! always judged by the rules of its day.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::geo::Metres;
use crate::units::{Minutes, Tenths};

/// One version of all numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// The number of this version, written into every ledger entry that it judged.
    pub version: i32,
    /// The first day, in China, on which it holds.
    pub from: NaiveDate,
    /// Posts and their shifts.
    pub posts: PostRules,
    /// The order of the queue.
    pub queue: QueueRules,
    /// Places: holding, releasing, resolving.
    pub claims: ClaimRules,
    /// Check-in and check-out: codes, positions, signals.
    pub checkins: CheckInRules,
    /// Minutes and points.
    pub ledger: LedgerRules,
}

/// Numbers of domain section 4.2 about posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostRules {
    /// How long before the start holders begin to see the lead's contact; they see it until the end.
    pub contact_before: TimeDelta,
    /// How many days from today on a stop may reach: today and tomorrow.
    pub stop_days: i32,
}

/// Numbers of domain section 4.2 about urgency: the integer part of a sum of four weighted terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueRules {
    /// The weight of a near start.
    pub start_weight: i64,
    /// The time before the start at which nearness begins to count.
    pub start_horizon: TimeDelta,
    /// The weight of the share of places still open.
    pub open_weight: i64,
    /// The weight of one step of priority.
    pub priority_weight: i64,
    /// The weight of having been published for long.
    pub age_weight: i64,
    /// The time since publishing at which age counts in full.
    pub age_horizon: TimeDelta,
}

/// Numbers of domain section 4.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimRules {
    /// How long before its end a shift can no longer be claimed.
    pub closes_before_end: TimeDelta,
    /// The time kept free between two shifts of one member.
    pub travel_buffer: TimeDelta,
    /// How long before the start a release stops being free.
    pub release_before_start: TimeDelta,
    /// A shift that starts before this time of day is early.
    pub early_start: NaiveTime,
    /// Until this time of the evening before, an early shift is released freely.
    pub early_release_until: NaiveTime,
    /// How long after claiming a release is free in any case.
    pub release_after_claim: TimeDelta,
    /// How long after the end a claim without check-out becomes `open`.
    pub open_after_end: TimeDelta,
    /// How long after the end an `unverified` or `open` claim becomes `void`.
    pub void_after_end: TimeDelta,
    /// How long after the end a site lead may still act.
    pub lead_after_end: TimeDelta,
}

/// Numbers of domain sections 4.4 and 4.5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckInRules {
    /// How long a rotating code shows.
    pub code_step: TimeDelta,
    /// How many steps a code is good after its own.
    pub code_grace_steps: i64,
    /// How long a ticket is good after its code was seen.
    pub ticket_life: TimeDelta,
    /// How old a position may be, by the phone's own clock.
    pub fix_max_age: TimeDelta,
    /// The largest accuracy (radius of 95 %) that can be judged.
    pub accuracy_max: Metres,
    /// How far outside a position still counts as inside when its accuracy covers it.
    pub edge_grace: Metres,
    /// The speed since the last position above which it is a `teleport`, in km/h.
    pub teleport_km_h: f64,
    /// Within which time another member's equal position is a `same_position`.
    pub same_position_within: TimeDelta,
    /// Up to which difference two positions are equal, in degrees.
    pub same_position_degrees: f64,
    /// Below which accuracy, of both, equal positions are a signal.
    pub same_position_accuracy: Metres,
    /// On how many days one's own position may not repeat to the last digit.
    pub same_position_days: usize,
    /// A position with fewer decimals than this in both numbers is an `odd_accuracy`.
    pub position_decimals: i32,
    /// The difference of phone and server above which it is a `clock_skew`.
    pub clock_skew: TimeDelta,
    /// After how many attempts at one end the lead is asked instead.
    pub tries: i64,
}

/// Numbers of domain section 4.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerRules {
    /// The shortest service that has an entry.
    pub shortest: Minutes,
    /// The share of the shift, in percent, below which only an officer's tick counts.
    pub presence_percent: i32,
    /// The minutes of one member and day that count by themselves.
    pub day_cap: Minutes,
    /// The points of an hour, in tenths, the same for every category.
    pub rate: Tenths,
}

/// Every version, oldest first.
static VERSIONS: [Rules; 1] = [Rules::FIRST];

impl Rules {
    /// The rules of a day in China.
    pub fn of_day(day: NaiveDate) -> &'static Rules {
        VERSIONS.iter().rev().find(|rules| rules.from <= day).unwrap_or(&VERSIONS[0])
    }

    /// The first version.
    pub const FIRST: Rules = Rules {
        version: 1,
        from: NaiveDate::MIN,
        posts: PostRules { contact_before: TimeDelta::hours(24), stop_days: 2 },
        queue: QueueRules {
            start_weight: 500,
            start_horizon: TimeDelta::hours(72),
            open_weight: 300,
            priority_weight: 75,
            age_weight: 50,
            age_horizon: TimeDelta::days(10),
        },
        claims: ClaimRules {
            closes_before_end: TimeDelta::minutes(15),
            travel_buffer: TimeDelta::zero(),
            release_before_start: TimeDelta::hours(2),
            early_start: hour(9),
            early_release_until: hour(21),
            release_after_claim: TimeDelta::minutes(30),
            open_after_end: TimeDelta::minutes(30),
            void_after_end: TimeDelta::days(7),
            lead_after_end: TimeDelta::days(7),
        },
        checkins: CheckInRules {
            code_step: TimeDelta::seconds(15),
            code_grace_steps: 1,
            ticket_life: TimeDelta::minutes(10),
            fix_max_age: TimeDelta::seconds(60),
            accuracy_max: Metres::whole(150),
            edge_grace: Metres::whole(50),
            teleport_km_h: 150.0,
            same_position_within: TimeDelta::hours(1),
            same_position_degrees: 1e-7,
            same_position_accuracy: Metres::whole(25),
            same_position_days: 3,
            position_decimals: 4,
            clock_skew: TimeDelta::minutes(5),
            tries: 20,
        },
        ledger: LedgerRules {
            shortest: Minutes(15),
            presence_percent: 60,
            day_cap: Minutes(480),
            rate: Tenths(10),
        },
    };
}

const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_rules() {
        for day in [NaiveDate::MIN, NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(), NaiveDate::MAX] {
            assert_eq!(Rules::of_day(day).version, 1);
        }
    }
}
