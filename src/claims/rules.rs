//! When a place may be taken and given back, and what becomes of one that nobody speaks for.

use chrono::TimeDelta;

use super::ClaimState;
use crate::clock::Timestamp;
use crate::error::{Code, Result};
use crate::posts::{Post, PostState, Shift, ShiftState};
use crate::rules::{ClaimRules, PostRules};
use crate::units::OrganizationId;

/// Whether a shift can still be claimed at `now`, by a member of these circles.
///
/// # Errors
/// `claim.closed` or `claim.not_for_you`.
pub fn may_claim(
    post: &Post,
    shift: &Shift,
    circles: &[OrganizationId],
    now: Timestamp,
    rules: &ClaimRules,
) -> Result<()> {
    let closes = shift.ends_at.minus(rules.closes_before_end);
    if post.state != PostState::Published || shift.state != ShiftState::Open || now >= closes {
        return Err(Code::ClaimClosed.reject());
    }
    if !post.audience.admits(circles) {
        return Err(Code::NotForYou.reject());
    }
    Ok(())
}

/// Whether whoever has a claim sees how to reach the lead: as a holder, from a day before the start to the end.
pub fn shows_contact(state: ClaimState, shift: &Shift, now: Timestamp, rules: &PostRules) -> bool {
    ClaimState::ACTIVE.contains(&state)
        && now >= shift.starts_at.minus(rules.contact_before)
        && now < shift.ends_at
}

/// Two stretches of time that share an instant; touching ends don't.
pub fn overlap(a: (Timestamp, Timestamp), b: (Timestamp, Timestamp), buffer: TimeDelta) -> bool {
    a.0 < b.1.plus(buffer) && b.0 < a.1.plus(buffer)
}

/// Until when a place is given back without being late: two hours before the start, or nine in the evening before an
/// early one, and half an hour after claiming in any case.
pub fn free_until(starts: Timestamp, claimed: Timestamp, rules: &ClaimRules) -> Timestamp {
    let local = starts.in_shanghai();
    let before_start = if local.time() < rules.early_start {
        let eve = local.date_naive().pred_opt().unwrap_or(local.date_naive());
        Timestamp::at(eve, rules.early_release_until)
    } else {
        starts.minus(rules.release_before_start)
    };
    before_start.max(claimed.plus(rules.release_after_claim))
}

/// Whether a place given back at `now` is given back late.
///
/// # Errors
/// `claim.started` once the shift has begun.
pub fn is_late_release(
    starts: Timestamp,
    claimed: Timestamp,
    freely: bool,
    now: Timestamp,
    rules: &ClaimRules,
) -> Result<bool> {
    if now >= starts {
        return Err(Code::ClaimStarted.reject());
    }
    Ok(!freely && now > free_until(starts, claimed, rules))
}

/// What time alone makes of a claim: the state it falls into, if any. It never becomes `no_show` by itself.
pub fn falls_into(
    state: ClaimState,
    ends: Timestamp,
    now: Timestamp,
    rules: &ClaimRules,
) -> Option<ClaimState> {
    match state {
        ClaimState::Open | ClaimState::Unverified if now >= ends.plus(rules.void_after_end) => {
            Some(ClaimState::Void)
        }
        ClaimState::Held if now >= ends => Some(ClaimState::Unverified),
        ClaimState::CheckedIn if now >= ends.plus(rules.open_after_end) => Some(ClaimState::Open),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(&format!("2026-09-{text}+08:00")).unwrap()
    }

    #[test]
    fn a_release_is_free_until_two_hours_before_or_the_evening_before_an_early_shift() {
        let rules = &Rules::FIRST.claims;
        for (starts, claimed, now, late) in [
            ("02T10:00:00", "01T08:00:00", "02T08:00:00", false),
            ("02T10:00:00", "01T08:00:00", "02T08:00:01", true),
            ("02T07:30:00", "01T08:00:00", "01T21:00:00", false),
            ("02T07:30:00", "01T08:00:00", "01T21:00:01", true),
            ("02T09:00:00", "01T08:00:00", "02T07:00:00", false),
            ("02T07:30:00", "02T07:10:00", "02T07:29:59", false),
            ("02T10:00:00", "02T09:00:00", "02T09:30:00", false),
            ("02T10:00:00", "02T09:00:00", "02T09:30:01", true),
        ] {
            assert_eq!(
                is_late_release(at(starts), at(claimed), false, at(now), rules).ok(),
                Some(late),
                "{starts} {now}"
            );
            assert_eq!(is_late_release(at(starts), at(claimed), true, at(now), rules).ok(), Some(false));
        }
        assert!(
            is_late_release(at("02T10:00:00"), at("01T08:00:00"), false, at("02T10:00:00"), rules).is_err()
        );
    }

    #[test]
    fn touching_shifts_do_not_overlap() {
        let span = |a: &str, b: &str| (at(a), at(b));
        let none = TimeDelta::zero();
        assert!(!overlap(span("02T07:00:00", "02T08:00:00"), span("02T08:00:00", "02T09:00:00"), none));
        assert!(overlap(span("02T07:00:00", "02T08:00:01"), span("02T08:00:00", "02T09:00:00"), none));
        assert!(overlap(
            span("02T07:00:00", "02T08:00:00"),
            span("02T08:00:00", "02T09:00:00"),
            TimeDelta::minutes(1)
        ));
    }

    #[test]
    fn time_alone_never_says_no_show() {
        use ClaimState::*;
        let rules = &Rules::FIRST.claims;
        let end = at("02T08:30:00");
        for (state, now, into) in [
            (Held, "02T08:29:59", None),
            (Held, "02T08:30:00", Some(Unverified)),
            (CheckedIn, "02T08:59:59", None),
            (CheckedIn, "02T09:00:00", Some(Open)),
            (Open, "09T08:29:59", None),
            (Open, "09T08:30:00", Some(Void)),
            (Unverified, "09T08:30:00", Some(Void)),
            (Completed, "29T08:30:00", None),
            (Excused, "29T08:30:00", None),
        ] {
            assert_eq!(falls_into(state, end, at(now), rules), into, "{state:?} at {now}");
        }
        for state in [Held, CheckedIn, Open, Completed, Unverified, Excused, Void, Released, Cancelled] {
            assert_ne!(falls_into(state, end, at("29T08:30:00"), rules), Some(NoShow));
        }
    }
}
