//! How long a sign-in lasts, and how a phone number is shown.

use chrono::TimeDelta;

use crate::clock::Timestamp;

/// A member's sign-in lasts this long after its last use.
const MEMBER: TimeDelta = TimeDelta::days(180);
/// Who holds a role is asked again after this long without use, and after a week whatever happens.
const OFFICER_IDLE: TimeDelta = TimeDelta::hours(12);
const OFFICER: TimeDelta = TimeDelta::days(7);
/// A use is written down only when the last one written is this old.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(10);

/// When a sign-in used at `now` ends, if it isn't used again.
pub fn expires_at(holds_role: bool, signed_in_at: Timestamp, now: Timestamp) -> Timestamp {
    if holds_role { now.plus(OFFICER_IDLE).min(signed_in_at.plus(OFFICER)) } else { now.plus(MEMBER) }
}

/// Whether a use at `now` is to be written down.
pub fn is_to_be_noted(seen_at: Timestamp, now: Timestamp) -> bool {
    now.since(seen_at) >= NOTED_EVERY
}

/// Whether the text is a mobile number of mainland China, spaces and hyphens aside.
pub fn is_phone(text: &str) -> bool {
    let digits: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    digits.len() == 11 && digits[0] == '1' && digits.iter().all(char::is_ascii_digit)
}

/// A phone number with its middle hidden.
pub fn masked(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match (digits.get(..3), digits.len().checked_sub(4).and_then(|from| digits.get(from..))) {
        (Some(head), Some(tail)) if digits.len() >= 7 => format!("{head}****{tail}"),
        _ => "****".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_stays_signed_in_and_an_officer_is_asked_again() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let signed_in = at("2026-09-01T08:00:00+08:00");
        for (holds_role, now, ends) in [
            (false, "2026-09-01T08:00:00+08:00", "2027-02-28T08:00:00+08:00"),
            (false, "2026-12-01T08:00:00+08:00", "2027-05-30T08:00:00+08:00"),
            (true, "2026-09-01T08:00:00+08:00", "2026-09-01T20:00:00+08:00"),
            (true, "2026-09-08T07:00:00+08:00", "2026-09-08T08:00:00+08:00"),
        ] {
            assert_eq!(expires_at(holds_role, signed_in, at(now)), at(ends), "{holds_role} {now}");
        }
    }

    #[test]
    fn a_number_is_shown_with_its_middle_hidden() {
        assert_eq!(masked("138 1234-5678"), "138****5678");
        assert_eq!(masked("110"), "****");
        assert!(is_phone("138 1234-5678") && !is_phone("0931-8888888") && !is_phone("13812345678x"));
    }
}
