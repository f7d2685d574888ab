//! How many minutes of a service count, on which day, and how many points they give.

use chrono::{Days, NaiveDate};

use crate::clock::Timestamp;
use crate::ledger::{Credit, Span};
use crate::rules::LedgerRules;
use crate::units::{Minutes, Tenths};

/// Whether a service counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counting {
    /// It counts with these minutes by day, before the day's cap.
    Counts(Vec<DayPart>),
    /// It was shorter than the shortest service.
    TooShort {
        /// Minutes served.
        served: Minutes,
    },
    /// The member was there for too small a share of the shift, and no officer has ticked it.
    UnderReview {
        /// Minutes served.
        served: Minutes,
        /// Minutes of the shift.
        of: Minutes,
    },
}

/// The minutes of a service that fall on one day in China.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayPart {
    /// The day.
    pub day: NaiveDate,
    /// Minutes served on it, at least one.
    pub minutes: Minutes,
}

/// Minutes of one day parted by the day's cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capped {
    /// What counts.
    pub counts: Minutes,
    /// What waits.
    pub waits: Minutes,
}

/// How much of a shift a member was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// From the later of arrival and start to the earlier of leaving and end, never negative.
    pub served: Span,
    /// Its minutes.
    pub minutes: Minutes,
    /// The shift's minutes.
    pub of: Minutes,
}

impl Presence {
    /// Measures the presence between two ends.
    ///
    /// All instants are cut to the whole minute before the ends are clipped, so that parts add up to the whole.
    pub fn between(shift: Span, arrived: Timestamp, left: Timestamp) -> Self {
        let shift = Span { start: shift.start.whole_minute(), end: shift.end.whole_minute() };
        let start = arrived.whole_minute().max(shift.start);
        let end = left.whole_minute().min(shift.end);
        let served = Span { start, end: end.max(start) };
        Self { served, minutes: length(served), of: length(shift) }
    }

    /// Whether it is so small a share of the shift that only an officer's tick makes it count.
    pub fn is_short(self, rules: &LedgerRules) -> bool {
        i64::from(self.minutes.0) * 100 < i64::from(self.of.0) * i64::from(rules.presence_percent)
    }
}

/// Judges a service by its two ends: what was served within the shift, and whether that is enough.
///
/// Shortness is judged before presence, so that nobody asks an officer for minutes that no tick can make count.
pub fn judge(credit: &Credit, rules: &LedgerRules) -> Counting {
    let presence = Presence::between(credit.span, credit.arrived.at, credit.left.at);
    if presence.minutes < rules.shortest {
        return Counting::TooShort { served: presence.minutes };
    }
    if presence.is_short(rules) && !credit.cause.is_by_officer() {
        return Counting::UnderReview { served: presence.minutes, of: presence.of };
    }
    Counting::Counts(split(presence.served))
}

/// Parts the minutes of one service and day by what the day's entries already sum up to, net of reversals.
pub fn cap(minutes: Minutes, counted: Minutes, rules: &LedgerRules) -> Capped {
    let room = (rules.day_cap.0 - counted.0).max(0);
    let counts = minutes.0.min(room);
    Capped { counts: Minutes(counts), waits: Minutes(minutes.0 - counts) }
}

/// Points of an entry's minutes at `rate` an hour, rounded half up to a tenth.
pub fn points(minutes: Minutes, rate: Tenths) -> Tenths {
    let doubled = 2 * i64::from(minutes.0) * i64::from(rate.0);
    Tenths(i32::try_from((doubled + 60).div_euclid(120)).unwrap_or(i32::MAX))
}

fn length(span: Span) -> Minutes {
    Minutes(i32::try_from(span.end.since(span.start).num_minutes()).unwrap_or(i32::MAX))
}

/// Cuts a span at midnight in China.
fn split(span: Span) -> Vec<DayPart> {
    let mut parts = Vec::new();
    let mut start = span.start;
    while start < span.end {
        let day = start.day();
        let midnight = day.checked_add_days(Days::new(1)).map_or(span.end, Timestamp::start_of);
        let end = midnight.min(span.end);
        parts.push(DayPart { day, minutes: length(Span { start, end }) });
        start = end;
    }
    parts
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::ledger::{Cause, End};
    use crate::rules::Rules;
    use crate::units::{ClaimId, MemberId, ShiftId};

    fn at(time: &str) -> Timestamp {
        let text = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
        Timestamp::parse(&format!("2026-09-01T{text}+08:00")).unwrap()
    }

    fn rules() -> &'static LedgerRules {
        &Rules::of_day(NaiveDate::MIN).ledger
    }

    fn service(shift: (Timestamp, Timestamp), ends: (Timestamp, Timestamp), cause: Cause) -> Credit {
        let end = |at| End { at, method: Some("rotating_code"), level: "strong", verdict: Some("inside") };
        Credit {
            member: MemberId(1),
            claim: ClaimId(1),
            shift: ShiftId(1),
            span: Span { start: shift.0, end: shift.1 },
            category: "traffic",
            served_as: "individual",
            arrived: end(ends.0),
            left: end(ends.1),
            cause,
            reason: None,
        }
    }

    #[test]
    fn the_minutes_of_a_morning_at_the_crossing() {
        let counts =
            |minutes| Counting::Counts(vec![DayPart { day: at("07:30").day(), minutes: Minutes(minutes) }]);
        let short = |served| Counting::TooShort { served: Minutes(served) };
        let review = |served| Counting::UnderReview { served: Minutes(served), of: Minutes(60) };
        let (lead, officer) = (Cause::LeadTick(MemberId(2)), Cause::OfficerTick(MemberId(3)));
        let table = [
            ("07:20", "08:40", Cause::CheckOut, counts(60)),
            ("07:30:59", "08:30:59", Cause::CheckOut, counts(60)),
            ("07:40:59", "08:29:59", Cause::CheckOut, counts(49)),
            ("07:54", "08:30", Cause::CheckOut, counts(36)),
            ("07:55", "08:30", Cause::CheckOut, review(35)),
            ("07:55", "08:30", lead, review(35)),
            ("07:55", "08:30", officer, counts(35)),
            ("08:15", "08:30", officer, counts(15)),
            ("08:16", "08:30", officer, short(14)),
            ("07:10", "07:25", Cause::CheckOut, short(0)),
            ("08:31", "08:50", Cause::CheckOut, short(0)),
        ];
        for (arrived, left, cause, expected) in table {
            let credit = service((at("07:30"), at("08:30")), (at(arrived), at(left)), cause);
            assert_eq!(judge(&credit, rules()), expected, "{arrived} to {left}");
        }
    }

    #[test]
    fn a_stopped_shift_is_judged_by_what_there_was_of_it() {
        let stop = at("08:00:25");
        let credit = service((at("07:30"), stop), (at("07:35"), stop), Cause::Stop);
        let part = DayPart { day: stop.day(), minutes: Minutes(25) };
        assert_eq!(judge(&credit, rules()), Counting::Counts(vec![part]));
    }

    #[test]
    fn a_night_is_split_at_midnight_in_china() {
        let (start, end) = (at("22:00"), at("22:00").plus(TimeDelta::hours(8)));
        let credit = service((start, end), (start, end), Cause::CheckOut);
        let parts = [(start.day(), 120), (end.day(), 360)];
        let parts = parts.map(|(day, minutes)| DayPart { day, minutes: Minutes(minutes) });
        assert_eq!(judge(&credit, rules()), Counting::Counts(parts.to_vec()));
    }

    #[test]
    fn the_day_has_room_for_480_minutes() {
        for (minutes, counted, counts, waits) in [
            (60, 0, 60, 0),
            (60, 420, 60, 0),
            (60, 421, 59, 1),
            (60, 480, 0, 60),
            (60, 500, 0, 60),
            (720, 0, 480, 240),
        ] {
            let expected = Capped { counts: Minutes(counts), waits: Minutes(waits) };
            assert_eq!(cap(Minutes(minutes), Minutes(counted), rules()), expected);
        }
    }

    #[test]
    fn points_are_rounded_half_up() {
        for (minutes, rate, tenths) in [
            (60, 10, 10),
            (15, 10, 3),
            (16, 10, 3),
            (9, 10, 2),
            (8, 10, 1),
            (3, 10, 1),
            (2, 10, 0),
            (50, 15, 13),
            (480, 10, 80),
        ] {
            assert_eq!(points(Minutes(minutes), Tenths(rate)), Tenths(tenths), "{minutes} at {rate}");
        }
    }

    proptest! {
        #[test]
        fn minutes_lie_in_the_shift_and_add_up(
            start in 0_i64..200_000, length in 15_i64..=1_440,
            arrived in -3_600_i64..90_000, left in -3_600_i64..90_000,
        ) {
            let begin = at("00:00").plus(TimeDelta::minutes(start));
            let end = begin.plus(TimeDelta::minutes(length));
            let ends = (begin.plus(TimeDelta::seconds(arrived)), begin.plus(TimeDelta::seconds(left)));
            let officer = Cause::OfficerTick(MemberId(2));
            let whole = Presence::between(Span { start: begin, end }, ends.0, ends.1);
            match judge(&service((begin, end), ends, officer), rules()) {
                Counting::Counts(parts) => {
                    let sum: i32 = parts.iter().map(|part| part.minutes.0).sum();
                    prop_assert_eq!(Minutes(sum), whole.minutes);
                    prop_assert!(i64::from(sum) <= length);
                    prop_assert!(parts.iter().all(|part| part.minutes.0 > 0));
                    prop_assert!(parts.windows(2).all(|pair| pair[0].day < pair[1].day));
                    prop_assert!(parts.len() <= 2);
                }
                Counting::TooShort { served } => prop_assert!(served.0 < 15),
                Counting::UnderReview { .. } => prop_assert!(false, "an officer's tick settles it"),
            }
        }

        #[test]
        fn no_order_of_entries_brings_a_day_over_its_cap(services in prop::collection::vec(1_i32..1_440, 0..20)) {
            let mut counted = 0;
            for minutes in &services {
                let capped = cap(Minutes(*minutes), Minutes(counted), rules());
                prop_assert_eq!(capped.counts.0 + capped.waits.0, *minutes);
                counted += capped.counts.0;
            }
            prop_assert_eq!(counted, services.iter().sum::<i32>().min(480));
        }
    }
}
