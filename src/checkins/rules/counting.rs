//! When a service counts by itself, and when a person has to say so first.

use crate::checkins::{Counts, EvidenceLevel};
use crate::units::Minutes;

/// One end of a service, as its claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// How far its evidence goes.
    pub level: EvidenceLevel,
    /// Received too long after the moment it speaks of.
    pub late: bool,
    /// Something was shown; false only for a check-out without evidence.
    pub evidence: bool,
    /// A lead or an officer, not the member, ticked it.
    pub ticked: bool,
}

/// How much of a shift a member was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Minutes between both ends, within the shift.
    pub present: Minutes,
    /// The shift's own minutes; of a stopped one, those before the stop.
    pub shift: Minutes,
    /// An officer looked at it and ticked; a lead's tick isn't one.
    pub officer_ticked: bool,
}

const LEAST_PERCENT: i64 = 60;

impl End {
    /// What has to happen before this end counts; `fair_counts` is the post's own rule.
    pub fn counts(self, fair_counts: bool) -> Counts {
        match self.level {
            _ if self.ticked => Counts::Counted,
            EvidenceLevel::Strong | EvidenceLevel::Attested => Counts::Counted,
            EvidenceLevel::Fair if fair_counts && self.evidence && !self.late => Counts::Counted,
            EvidenceLevel::Fair => Counts::LeadConfirms,
            EvidenceLevel::Weak => Counts::UnderReview,
        }
    }
}

impl Presence {
    /// Whether the member was there for under 60 % of the shift.
    pub fn is_short(self) -> bool {
        i64::from(self.present.0) * 100 < i64::from(self.shift.0) * LEAST_PERCENT
    }
}

/// What has to happen before a service with both ends counts (domain.md 4.6).
///
/// A short presence waits for an officer, whatever its ends.
pub fn counts(arrival: End, departure: End, presence: Presence, fair_counts: bool) -> Counts {
    if presence.is_short() && !presence.officer_ticked {
        return Counts::UnderReview;
    }
    arrival.counts(fair_counts).max(departure.counts(fair_counts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Counts::*;
    use EvidenceLevel::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    const LEVELS: [EvidenceLevel; 4] = [Strong, Fair, Weak, Attested];
    const WHOLE: Presence = Presence { present: Minutes(60), shift: Minutes(60), officer_ticked: false };

    fn end(level: EvidenceLevel) -> End {
        End { level, late: false, evidence: true, ticked: false }
    }

    #[test]
    fn an_end_counts_by_its_level_and_the_posts_rule() {
        let late = |level| End { late: true, ..end(level) };
        let empty = End { evidence: false, ..end(Fair) };
        for (given, by_lead, by_post) in [
            (end(Strong), Counted, Counted),
            (end(Attested), Counted, Counted),
            (end(Fair), LeadConfirms, Counted),
            (late(Fair), LeadConfirms, LeadConfirms),
            (empty, LeadConfirms, LeadConfirms),
            (end(Weak), UnderReview, UnderReview),
            (late(Strong), Counted, Counted),
        ] {
            assert_eq!(given.counts(false), by_lead, "{given:?}");
            assert_eq!(given.counts(true), by_post, "{given:?}");
            assert_eq!(End { ticked: true, ..given }.counts(false), Counted, "{given:?} ticked");
        }
    }

    #[test]
    fn a_service_waits_for_the_end_that_waits_most() {
        for (arrival, departure, expected) in [
            (Strong, Strong, Counted),
            (Strong, Fair, LeadConfirms),
            (Fair, Weak, UnderReview),
            (Weak, Strong, UnderReview),
            (Attested, Fair, LeadConfirms),
            (Attested, Attested, Counted),
        ] {
            assert_eq!(counts(end(arrival), end(departure), WHOLE, false), expected);
        }
        let ticked = End { ticked: true, ..end(Weak) };
        assert_eq!(counts(end(Strong), ticked, WHOLE, false), Counted);
        assert_eq!(counts(end(Fair), ticked, WHOLE, false), LeadConfirms);
    }

    #[test]
    fn under_60_percent_waits_for_an_officer_and_no_lead() {
        let ticked = End { ticked: true, ..end(Strong) };
        for (present, shift, officer_ticked, expected) in [
            (36, 60, false, Counted),
            (35, 60, false, UnderReview),
            (35, 60, true, Counted),
            (54, 91, false, UnderReview),
            (55, 91, false, Counted),
            (0, 0, false, Counted),
        ] {
            let presence = Presence { present: Minutes(present), shift: Minutes(shift), officer_ticked };
            assert_eq!(counts(ticked, ticked, presence, false), expected, "{presence:?}");
        }
    }

    fn any_end() -> impl Strategy<Value = End> {
        (select(LEVELS.to_vec()), any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(level, late, evidence, ticked)| End { level, late, evidence, ticked })
    }

    proptest! {
        #[test]
        fn a_tick_and_the_posts_rule_only_ever_help(
            arrival in any_end(), departure in any_end(), present in 0..120i32, officer_ticked: bool,
        ) {
            let presence = Presence { present: Minutes(present), shift: Minutes(120), officer_ticked };
            let plain = counts(arrival, departure, presence, false);
            prop_assert!(counts(arrival, departure, presence, true) <= plain);
            let ticked = End { ticked: true, ..departure };
            prop_assert!(counts(arrival, ticked, presence, false) <= plain);
            prop_assert_eq!(plain, counts(departure, arrival, presence, false));
        }

        #[test]
        fn what_counts_without_a_tick_is_never_weak_or_empty(arrival in any_end(), departure in any_end()) {
            if counts(arrival, departure, WHOLE, true) == Counted {
                for end in [arrival, departure].into_iter().filter(|end| !end.ticked) {
                    prop_assert!(end.level != Weak);
                    prop_assert!(end.level != Fair || (end.evidence && !end.late));
                }
            }
        }
    }
}
