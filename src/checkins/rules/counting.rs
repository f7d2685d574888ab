//! When a service counts by itself, and when a person has to say so first.

use crate::checkins::{Counts, EvidenceLevel};
use crate::ledger::Presence;
use crate::rules::LedgerRules;

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

/// A service with both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The check-in.
    pub arrival: End,
    /// The check-out.
    pub departure: End,
    /// How much of the shift the member was there; of a stopped one, of what lay before the stop.
    pub presence: Presence,
    /// An officer looked at it and ticked; a lead's tick isn't one.
    pub officer_ticked: bool,
}

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

impl Service {
    /// What has to happen before it counts (domain.md 4.6); `fair_counts` is the post's own rule.
    ///
    /// A short presence waits for an officer, whatever its ends.
    pub fn counts(self, fair_counts: bool, rules: &LedgerRules) -> Counts {
        if self.presence.is_short(rules) && !self.officer_ticked {
            return Counts::UnderReview;
        }
        self.arrival.counts(fair_counts).max(self.departure.counts(fair_counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Counts::*;
    use EvidenceLevel::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    use crate::clock::Timestamp;
    use crate::ledger::Span;
    use crate::rules::Rules;
    use chrono::TimeDelta;

    const LEVELS: [EvidenceLevel; 4] = [Strong, Fair, Weak, Attested];
    const RULES: LedgerRules = Rules::FIRST.ledger;

    /// A service of so many of a shift's minutes.
    fn service(arrival: End, departure: End, minutes: i64, of: i64) -> Service {
        let start = Timestamp::from_micros(1_788_000_000_000_000).unwrap().whole_minute();
        let after = |minutes| start.plus(TimeDelta::minutes(minutes));
        let presence = Presence::between(Span { start, end: after(of) }, start, after(minutes));
        Service { arrival, departure, presence, officer_ticked: false }
    }

    fn counts(arrival: End, departure: End, fair_counts: bool) -> Counts {
        service(arrival, departure, 60, 60).counts(fair_counts, &RULES)
    }

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
            assert_eq!(counts(end(arrival), end(departure), false), expected);
        }
        let ticked = End { ticked: true, ..end(Weak) };
        assert_eq!(counts(end(Strong), ticked, false), Counted);
        assert_eq!(counts(end(Fair), ticked, false), LeadConfirms);
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
            let service = Service { officer_ticked, ..service(ticked, ticked, present, shift) };
            assert_eq!(service.counts(false, &RULES), expected, "{service:?}");
        }
    }

    fn any_end() -> impl Strategy<Value = End> {
        (select(LEVELS.to_vec()), any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(level, late, evidence, ticked)| End { level, late, evidence, ticked })
    }

    proptest! {
        #[test]
        fn a_tick_and_the_posts_rule_only_ever_help(
            arrival in any_end(), departure in any_end(), present in 0..120_i64, officer_ticked: bool,
        ) {
            let given = Service { officer_ticked, ..service(arrival, departure, present, 120) };
            let plain = given.counts(false, &RULES);
            prop_assert!(given.counts(true, &RULES) <= plain);
            let ticked = Service { departure: End { ticked: true, ..departure }, ..given };
            prop_assert!(ticked.counts(false, &RULES) <= plain);
            let turned = Service { arrival: departure, departure: arrival, ..given };
            prop_assert_eq!(plain, turned.counts(false, &RULES));
        }

        #[test]
        fn what_counts_without_a_tick_is_never_weak_or_empty(arrival in any_end(), departure in any_end()) {
            if counts(arrival, departure, true) == Counted {
                for end in [arrival, departure].into_iter().filter(|end| !end.ticked) {
                    prop_assert!(end.level != Weak);
                    prop_assert!(end.level != Fair || (end.evidence && !end.late));
                }
            }
        }
    }
}
