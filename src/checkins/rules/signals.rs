//! What looks odd about a check-in: each is told to the member and the lead, and rejects nothing.

use chrono::NaiveDate;

use super::Fix;
use crate::checkins::Method;
use crate::clock::Timestamp;
use crate::geo::{Datum, Metres, Position};
use crate::rules::CheckInRules;

/// Where a member's phone was before, by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastPosition {
    /// The position it gave.
    pub position: Position,
    /// How accurate it was.
    pub accuracy: Option<Metres>,
    /// When the server heard of it.
    pub at: Timestamp,
}

/// A position that another member gave before, by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarlierPosition {
    /// The position it gave.
    pub position: Position,
    /// How accurate it was.
    pub accuracy: Option<Metres>,
    /// When the server heard of it.
    pub at: Timestamp,
    /// Both devices are known, and they differ.
    pub other_device: bool,
}

/// Whether the way from the last position took more than 150 km/h.
///
/// Only the way that the accuracies leave certain is taken, at most 150 m of each: indoors two fixes of a phone that
/// lies still are often 100 m apart within a second.
pub fn teleport(fix: &Fix, now: Timestamp, last: &LastPosition, rules: &CheckInRules) -> bool {
    let blur = |accuracy: Option<Metres>| accuracy.unwrap_or_default().min(rules.accuracy_max);
    let way = fix.position.distance_to(last.position).less(blur(fix.accuracy)).less(blur(last.accuracy));
    let seconds = now.since(last.at).as_seconds_f64().abs();
    way.value() > rules.teleport_km_h / 3.6 * seconds
}

/// Whether another member gave the same position, to 1e-7 degrees, within the hour and from another device, both with
/// accuracy under 25 m.
pub fn same_as_another(fix: &Fix, now: Timestamp, others: &[EarlierPosition], rules: &CheckInRules) -> bool {
    let sharp = |accuracy: Option<Metres>| accuracy.is_some_and(|own| own < rules.same_position_accuracy);
    let step = rules.same_position_degrees;
    sharp(fix.accuracy)
        && others.iter().any(|other| {
            other.other_device
                && sharp(other.accuracy)
                && now.since(other.at).abs() <= rules.same_position_within
                && rounded(other.position, step) == rounded(fix.position, step)
        })
}

/// Whether a member's own position is the same to the last digit on three days, this one among them.
pub fn same_as_own(
    position: Position,
    today: NaiveDate,
    earlier: &[(Position, NaiveDate)],
    rules: &CheckInRules,
) -> bool {
    let mut days = vec![today];
    days.extend(earlier.iter().filter(|(own, _)| *own == position).map(|(_, day)| *day));
    days.sort_unstable();
    days.dedup();
    days.len() >= rules.same_position_days
}

/// Whether the fix looks typed: an accuracy of exactly 0, or both degrees with fewer than 4 decimals.
pub fn odd_accuracy(fix: &Fix, rules: &CheckInRules) -> bool {
    // Division is correctly rounded, so this asks whether the number is the nearest one with a decimal less.
    let steps = 10_f64.powi(rules.position_decimals - 1);
    let coarse = |degrees: f64| (degrees * steps).round() / steps == degrees;
    fix.accuracy.is_some_and(Metres::is_zero) || (coarse(fix.position.lat()) && coarse(fix.position.lon()))
}

/// Whether the phone's clock differs from the server's by more than 5 minutes.
pub fn clock_skew(now: Timestamp, sent_at: Timestamp, rules: &CheckInRules) -> bool {
    now.since(sent_at).abs() > rules.clock_skew
}

/// Whether a device that spoke for other members says something: not when a lead scans with it, nor when all the
/// others live in the member's household.
pub fn shared_device(method: Method, members_of_other_households: usize) -> bool {
    method != Method::LeadScan && members_of_other_households > 0
}

/// A position in whole steps of so many degrees.
fn rounded(position: Position, step: f64) -> (i64, i64, Datum) {
    let steps = |degrees: f64| (degrees / step).round() as i64;
    (steps(position.lat()), steps(position.lon()), position.datum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    const RULES: CheckInRules = Rules::FIRST.checkins;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(1_788_000_000_000_000 + second * 1_000_000).unwrap()
    }

    fn place(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon, Datum::Wgs84).unwrap()
    }

    fn fix(position: Position, accuracy: f64) -> Fix {
        let accuracy = Metres::new(accuracy);
        Fix { position, accuracy, taken_at: None, recorded_at: None, sent_at: None }
    }

    #[test]
    fn a_way_over_150_km_an_hour_is_a_teleport() {
        // One hundredth of a degree of latitude: 1,109.6 m, in 26.63 s at 150 km/h.
        let (here, there) = (place(36.06, 103.82), place(36.07, 103.82));
        for (accuracy, seconds, expected) in [
            (0.0, 26, true),
            (0.0, 27, false),
            (0.0, 0, true),
            (30.0, 25, true),
            (30.0, 26, false),
            (5000.0, 19, true),
            (5000.0, 20, false),
            (0.0, -26, true),
        ] {
            let last = LastPosition { position: there, accuracy: Metres::new(accuracy), at: at(0) };
            let judged = teleport(&fix(here, accuracy), at(seconds), &last, &RULES);
            assert_eq!(judged, expected, "accuracy {accuracy} m, {seconds} s");
        }
        let last = LastPosition { position: here.to_gcj02(), accuracy: None, at: at(0) };
        assert!(!teleport(&fix(here, 5.0), at(0), &last, &RULES), "the same place in another datum");
    }

    #[test]
    fn a_position_copied_to_another_phone_is_seen() {
        let own = fix(place(36.058_612_3, 103.823_645_6), 12.0);
        let copy = EarlierPosition {
            position: own.position,
            accuracy: Metres::new(12.0),
            at: at(0),
            other_device: true,
        };
        let near = place(36.058_612_4, 103.823_645_6);
        for (other, expected) in [
            (copy, true),
            (EarlierPosition { at: at(-3595), ..copy }, true),
            (EarlierPosition { at: at(-3596), ..copy }, false),
            (EarlierPosition { other_device: false, ..copy }, false),
            (EarlierPosition { accuracy: Metres::new(25.0), ..copy }, false),
            (EarlierPosition { accuracy: None, ..copy }, false),
            (EarlierPosition { position: near, ..copy }, false),
        ] {
            assert_eq!(same_as_another(&own, at(5), &[other], &RULES), expected, "{other:?}");
        }
        assert!(!same_as_another(&fix(own.position, 25.0), at(5), &[copy], &RULES));
        assert!(!same_as_another(&own, at(5), &[], &RULES));
    }

    #[test]
    fn the_same_digits_on_three_days_are_seen() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 9, d).unwrap();
        let (own, near) = (place(36.058_612_3, 103.823_645_6), place(36.058_612_300_1, 103.823_645_6));
        for (earlier, expected) in [
            (vec![(own, day(1)), (own, day(2))], true),
            (vec![(own, day(2)), (own, day(2))], false),
            (vec![(own, day(2)), (own, day(3))], false),
            (vec![(own, day(1)), (near, day(2))], false),
        ] {
            assert_eq!(same_as_own(own, day(3), &earlier, &RULES), expected, "{earlier:?}");
        }
    }

    #[test]
    fn a_typed_position_is_odd() {
        for (lat, lon, accuracy, expected) in [
            (36.058_612, 103.823_645, 0.0, true),
            (36.058_612, 103.823_645, 0.1, false),
            (36.058, 103.823, 12.0, true),
            (36.0, 103.82, 12.0, true),
            (36.0586, 103.823, 12.0, false),
            (36.058, 103.8236, 12.0, false),
        ] {
            assert_eq!(
                odd_accuracy(&fix(place(lat, lon), accuracy), &RULES),
                expected,
                "{lat}, {lon}, {accuracy}"
            );
        }
        assert!(!odd_accuracy(&Fix { accuracy: None, ..fix(place(36.058_612, 103.823_645), 1.0) }, &RULES));
    }

    #[test]
    fn a_clock_may_be_5_minutes_off_either_way() {
        for (seconds, expected) in [(0, false), (300, false), (301, true), (-300, false), (-301, true)] {
            assert_eq!(clock_skew(at(seconds), at(0), &RULES), expected, "{seconds}");
        }
    }

    #[test]
    fn a_shared_phone_says_nothing_of_leads_and_households() {
        assert!(shared_device(Method::Geofence, 1));
        assert!(!shared_device(Method::Geofence, 0));
        assert!(!shared_device(Method::LeadScan, 12));
    }
}
