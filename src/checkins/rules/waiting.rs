//! Whom a service waits for that doesn't count yet.

use crate::checkins::Counts;
use crate::claims::ClaimState;
use crate::clock::Timestamp;
use crate::posts::{self, Shift};
use crate::rules::ClaimRules;
use crate::units::MemberId;

/// Whose word a service waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// The lead's, or the deputy's for the lead's own.
    Lead(MemberId),
    /// An officer's of the publisher.
    Publisher,
}

/// What a service has come to so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoFar {
    /// Its claim's state.
    pub state: ClaimState,
    /// What it waits for, as far as it goes.
    pub counts: Option<Counts>,
    /// Whether each of its ends counts by itself or was ticked, so that only their distance is left to judge.
    pub settled: bool,
    /// Whether it was shorter than any service that counts.
    pub too_short: bool,
}

/// Whom a member's service in a shift waits for at `now`: the lead while their power lasts; an officer of the publisher
/// where nobody leads, where the lead said nothing in time, and where too small a share of the shift was stood.
pub fn waits_for(
    service: SoFar,
    member: MemberId,
    shift: &Shift,
    now: Timestamp,
    rules: &ClaimRules,
) -> Option<WaitsFor> {
    let may_tick = now < shift.ends_at.plus(rules.lead_after_end);
    let lead_first =
        posts::lead_of(shift, member).filter(|_| may_tick).map_or(WaitsFor::Publisher, WaitsFor::Lead);
    match (service.state, service.counts) {
        (ClaimState::Unverified | ClaimState::Open, _) => Some(lead_first),
        (_, None | Some(Counts::Counted)) => None,
        (ClaimState::CheckedIn | ClaimState::Completed, _) if !service.settled => Some(lead_first),
        (ClaimState::Completed, _) if !service.too_short => Some(WaitsFor::Publisher),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::ShiftState;
    use crate::rules::Rules;
    use crate::units::{PostId, ShiftId};

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(&format!("2026-09-{text}:00+08:00")).unwrap()
    }

    fn led_by(lead: Option<i64>, deputy: Option<i64>) -> Shift {
        Shift {
            id: ShiftId(1),
            post_id: PostId(1),
            starts_at: at("02T07:30"),
            ends_at: at("02T08:30"),
            capacity: 4,
            taken: 3,
            state: ShiftState::Open,
            state_reason: None,
            lead_id: lead.map(MemberId),
            deputy_id: deputy.map(MemberId),
            version: 1,
            places_version: 3,
        }
    }

    fn of(state: ClaimState, counts: Option<Counts>, shift: &Shift, now: &str) -> Option<WaitsFor> {
        let service = SoFar { state, counts, settled: counts == Some(Counts::Counted), too_short: false };
        waits_for(service, MemberId(7), shift, at(now), &Rules::FIRST.claims)
    }

    #[test]
    fn each_service_waits_for_whoever_can_settle_it() {
        use ClaimState::*;
        use Counts::*;
        use WaitsFor::{Lead, Publisher};
        let shift = &led_by(Some(1), None);
        for (state, counts, now, expected) in [
            (Completed, Some(Counted), "02T09:00", None),
            (Completed, Some(LeadConfirms), "02T09:00", Some(Lead(MemberId(1)))),
            (Completed, Some(LeadConfirms), "09T08:29", Some(Lead(MemberId(1)))),
            (Completed, Some(LeadConfirms), "09T08:30", Some(Publisher)),
            (Completed, Some(UnderReview), "02T09:00", Some(Lead(MemberId(1)))),
            (Completed, Some(UnderReview), "09T08:30", Some(Publisher)),
            (CheckedIn, Some(Counted), "02T08:00", None),
            (CheckedIn, Some(LeadConfirms), "02T08:00", Some(Lead(MemberId(1)))),
            (Open, Some(Counted), "02T09:00", Some(Lead(MemberId(1)))),
            (Unverified, None, "02T09:00", Some(Lead(MemberId(1)))),
            (Void, None, "09T09:00", None),
            (NoShow, None, "02T09:00", None),
            (Held, None, "02T07:00", None),
        ] {
            assert_eq!(of(state, counts, shift, now), expected, "{state:?} {counts:?} {now}");
        }
    }

    #[test]
    fn nobody_waits_for_themself() {
        use WaitsFor::{Lead, Publisher};
        for (lead, deputy, expected) in [
            (None, None, Publisher),
            (Some(7), None, Publisher),
            (Some(7), Some(2), Lead(MemberId(2))),
            (Some(1), Some(7), Lead(MemberId(1))),
        ] {
            let shift = led_by(lead, deputy);
            assert_eq!(
                of(ClaimState::Unverified, None, &shift, "02T09:00"),
                Some(expected),
                "{lead:?} {deputy:?}"
            );
        }
    }

    #[test]
    fn a_small_share_of_the_shift_waits_for_an_officer_and_far_too_little_for_nobody() {
        let shift = led_by(Some(1), None);
        for (settled, too_short, expected) in [
            (true, false, Some(WaitsFor::Publisher)),
            (true, true, None),
            // The lead may still say that they stayed longer.
            (false, false, Some(WaitsFor::Lead(MemberId(1)))),
            (false, true, Some(WaitsFor::Lead(MemberId(1)))),
        ] {
            let counts = Some(Counts::UnderReview);
            let service = SoFar { state: ClaimState::Completed, counts, settled, too_short };
            let waits = waits_for(service, MemberId(7), &shift, at("02T09:00"), &Rules::FIRST.claims);
            assert_eq!(waits, expected, "{settled} {too_short}");
        }
    }
}
