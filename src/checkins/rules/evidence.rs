//! How far each way of checking in, or out, is believed.

use super::Verdict;
use crate::checkins::{EvidenceLevel, Method, Reason};

/// What a member brought to show that they were there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The way they took.
    pub method: Method,
    /// Where their position lies, if they gave one.
    pub verdict: Option<Verdict>,
    /// Received too long after the moment it speaks of (domain.md 4.4).
    pub late: bool,
    /// The member may read the shift's code, which then proves nothing.
    pub reads_code: bool,
}

/// What a proof is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How far it goes.
    pub level: EvidenceLevel,
    /// What happened, each reason once.
    pub reasons: Vec<Reason>,
    /// Something was shown at all: only a check-out may go without.
    pub shown: bool,
}

/// The method shows nothing without a position (`checkin.position_needed`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionNeeded;

impl EvidenceLevel {
    /// Whether a new attempt at this level takes the place of one at `other`. Attested is as good as strong.
    pub fn better_than(self, other: Self) -> bool {
        let height = |level| match level {
            Self::Weak => 0,
            Self::Fair => 1,
            Self::Strong | Self::Attested => 2,
        };
        height(self) > height(other)
    }

    /// The level of a service with these two ends: the lower one. An attested end never lowers the other.
    pub fn lower_of(self, other: Self) -> Self {
        match (self, other) {
            (Self::Attested, level) | (level, Self::Attested) => level,
            (a, b) if a.better_than(b) => b,
            (a, _) => a,
        }
    }
}

impl Reason {
    /// Whether the reason makes the evidence weak; the others only tell what happened.
    pub fn lowers(self) -> bool {
        !matches!(self, Self::Edge | Self::NoPosition | Self::ClockSkew)
    }
}

/// Weighs a check-in by the table of domain.md 4.5, with the signals that were raised for it.
pub fn weigh_arrival(proof: &Proof, signals: &[Reason]) -> Result<Evidence, PositionNeeded> {
    Ok(weigh(table(proof)?, proof, signals))
}

/// Weighs a check-out, which is never refused for its place.
///
/// Without evidence it is fair, as it is when the position can't tell: nobody is kept at a post by a phone.
pub fn weigh_departure(proof: Option<&Proof>, signals: &[Reason]) -> Evidence {
    let Some((proof, level)) = proof.and_then(|proof| Some((proof, table(proof).ok()?))) else {
        return nothing_shown(signals);
    };
    let level = match proof.verdict {
        Some(Verdict::CannotTell) if level == EvidenceLevel::Weak => EvidenceLevel::Fair,
        _ => level,
    };
    weigh(level, proof, signals)
}

fn nothing_shown(signals: &[Reason]) -> Evidence {
    let reasons = collect(signals.iter().copied().chain([Reason::NoPosition]));
    let level =
        if reasons.iter().any(|reason| reason.lowers()) { EvidenceLevel::Weak } else { EvidenceLevel::Fair };
    Evidence { level, reasons, shown: false }
}

/// The level table, cell by cell, before signals and lateness.
fn table(proof: &Proof) -> Result<EvidenceLevel, PositionNeeded> {
    use EvidenceLevel::{Attested, Fair, Strong, Weak};
    use Verdict::{CannotTell, Inside, Outside, Stale};
    Ok(match (proof.method, proof.verdict) {
        (Method::Attestation | Method::BackEntry, _) => Attested,
        (Method::LeadScan, _) => Strong,
        (Method::RotatingCode, verdict) if !proof.reads_code => match verdict {
            Some(Inside { .. }) => Strong,
            None | Some(CannotTell | Stale) => Fair,
            Some(Outside { .. }) => Weak,
        },
        (Method::RotatingCode | Method::Geofence | Method::PosterCode, verdict) => match verdict {
            Some(Inside { .. }) => Fair,
            None => return Err(PositionNeeded),
            Some(CannotTell | Stale | Outside { .. }) => Weak,
        },
    })
}

fn weigh(level: EvidenceLevel, proof: &Proof, signals: &[Reason]) -> Evidence {
    let reasons = collect(signals.iter().copied().chain(own_reasons(proof)));
    // What a lead or an officer vouches for is never lowered.
    let by_a_person = matches!(proof.method, Method::LeadScan | Method::Attestation | Method::BackEntry);
    let level = match level {
        level if by_a_person => level,
        _ if reasons.iter().any(|reason| reason.lowers()) => EvidenceLevel::Weak,
        EvidenceLevel::Strong if proof.late => EvidenceLevel::Fair,
        level => level,
    };
    Evidence { level, reasons, shown: true }
}

/// The reasons that follow from the proof itself.
fn own_reasons(proof: &Proof) -> impl Iterator<Item = Reason> {
    let code = proof.method == Method::RotatingCode && !proof.reads_code;
    let inside = matches!(proof.verdict, Some(Verdict::Inside { .. }));
    let outside = matches!(proof.verdict, Some(Verdict::Outside { .. }));
    [
        (proof.verdict == Some(Verdict::Inside { edge: true }), Reason::Edge),
        (code && proof.verdict.is_none(), Reason::NoPosition),
        (code && outside, Reason::ForwardedCode),
        (code && proof.late && !inside, Reason::LateCode),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
}

fn collect(reasons: impl Iterator<Item = Reason>) -> Vec<Reason> {
    let mut once = Vec::new();
    for reason in reasons {
        if !once.contains(&reason) {
            once.push(reason);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use EvidenceLevel::*;
    use Method::*;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    const INSIDE: Option<Verdict> = Some(Verdict::Inside { edge: false });
    const OUTSIDE: Option<Verdict> = Some(Verdict::Outside { about_m: 300 });
    const CANNOT_TELL: Option<Verdict> = Some(Verdict::CannotTell);
    const STALE: Option<Verdict> = Some(Verdict::Stale);
    const VERDICTS: [Option<Verdict>; 5] = [INSIDE, None, CANNOT_TELL, STALE, OUTSIDE];
    const METHODS: [Method; 6] = [LeadScan, RotatingCode, Geofence, PosterCode, Attestation, BackEntry];
    const LOWERING: [Reason; 6] = [
        Reason::Teleport,
        Reason::SamePosition,
        Reason::OddAccuracy,
        Reason::SharedDevice,
        Reason::ForwardedCode,
        Reason::LateCode,
    ];

    fn proof(method: Method, verdict: Option<Verdict>) -> Proof {
        Proof { method, verdict, late: false, reads_code: false }
    }

    fn arrival(proof: Proof) -> Option<EvidenceLevel> {
        weigh_arrival(&proof, &[]).ok().map(|evidence| evidence.level)
    }

    /// inside, none given, cannot tell, stale, outside; `None` is `checkin.position_needed`.
    const ARRIVALS: [(Method, [Option<EvidenceLevel>; 5]); 6] = [
        (LeadScan, [Some(Strong); 5]),
        (RotatingCode, [Some(Strong), Some(Fair), Some(Fair), Some(Fair), Some(Weak)]),
        (Geofence, [Some(Fair), None, Some(Weak), Some(Weak), Some(Weak)]),
        (PosterCode, [Some(Fair), None, Some(Weak), Some(Weak), Some(Weak)]),
        (Attestation, [Some(Attested); 5]),
        (BackEntry, [Some(Attested); 5]),
    ];

    #[test]
    fn a_check_in_is_weighed_by_the_table_cell_by_cell() {
        for (method, row) in ARRIVALS {
            for (verdict, expected) in VERDICTS.into_iter().zip(row) {
                assert_eq!(arrival(proof(method, verdict)), expected, "{method:?} {verdict:?}");
            }
        }
    }

    #[test]
    fn whoever_may_read_the_code_is_weighed_by_the_geofence_row() {
        for verdict in VERDICTS {
            let by_code = Proof { reads_code: true, ..proof(RotatingCode, verdict) };
            let by_place = proof(Geofence, verdict);
            assert_eq!(weigh_arrival(&by_code, &[]), weigh_arrival(&by_place, &[]), "{verdict:?}");
        }
    }

    #[test]
    fn late_is_fair_at_best_and_a_late_code_needs_its_place() {
        for (method, row) in [
            (LeadScan, [Some(Strong); 5]),
            (RotatingCode, [Some(Fair), Some(Weak), Some(Weak), Some(Weak), Some(Weak)]),
            (Geofence, [Some(Fair), None, Some(Weak), Some(Weak), Some(Weak)]),
            (PosterCode, [Some(Fair), None, Some(Weak), Some(Weak), Some(Weak)]),
            (Attestation, [Some(Attested); 5]),
        ] {
            for (verdict, expected) in VERDICTS.into_iter().zip(row) {
                let late = Proof { late: true, ..proof(method, verdict) };
                assert_eq!(arrival(late), expected, "{method:?} {verdict:?}");
            }
        }
    }

    #[test]
    fn a_check_out_is_never_refused_and_fair_when_nothing_can_be_told() {
        for (method, row) in [
            (LeadScan, [Strong; 5]),
            (RotatingCode, [Strong, Fair, Fair, Fair, Weak]),
            (Geofence, [Fair, Fair, Fair, Weak, Weak]),
            (PosterCode, [Fair, Fair, Fair, Weak, Weak]),
            (Attestation, [Attested; 5]),
        ] {
            for (verdict, expected) in VERDICTS.into_iter().zip(row) {
                let evidence = weigh_departure(Some(&proof(method, verdict)), &[]);
                assert_eq!(evidence.level, expected, "{method:?} {verdict:?}");
                let empty = verdict.is_none() && matches!(method, Geofence | PosterCode);
                assert_eq!(evidence.shown, !empty, "{method:?} {verdict:?}");
            }
        }
        let nothing = weigh_departure(None, &[]);
        assert_eq!((nothing.level, nothing.shown), (Fair, false));
        assert_eq!(weigh_departure(None, &[Reason::SharedDevice]).level, Weak);
    }

    #[test]
    fn the_reasons_say_what_happened() {
        let edge = Some(Verdict::Inside { edge: true });
        for (given, expected) in [
            (proof(RotatingCode, INSIDE), vec![]),
            (proof(RotatingCode, edge), vec![Reason::Edge]),
            (proof(RotatingCode, None), vec![Reason::NoPosition]),
            (proof(RotatingCode, OUTSIDE), vec![Reason::ForwardedCode]),
            (proof(RotatingCode, CANNOT_TELL), vec![]),
            (Proof { late: true, ..proof(RotatingCode, CANNOT_TELL) }, vec![Reason::LateCode]),
            (Proof { late: true, ..proof(RotatingCode, INSIDE) }, vec![]),
            (Proof { reads_code: true, ..proof(RotatingCode, OUTSIDE) }, vec![]),
            (proof(Geofence, edge), vec![Reason::Edge]),
            (proof(Geofence, OUTSIDE), vec![]),
        ] {
            assert_eq!(weigh_arrival(&given, &[]).unwrap().reasons, expected, "{given:?}");
        }
    }

    #[test]
    fn only_a_better_attempt_takes_the_place_of_the_standing_one() {
        let scale = [vec![Weak], vec![Fair], vec![Strong, Attested]];
        for (height, levels) in scale.iter().enumerate() {
            for (other_height, others) in scale.iter().enumerate() {
                for level in levels {
                    for other in others {
                        assert_eq!(level.better_than(*other), height > other_height, "{level:?} {other:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_service_has_the_lower_level_of_its_ends() {
        for (a, b, expected) in [
            (Strong, Strong, Strong),
            (Strong, Fair, Fair),
            (Strong, Weak, Weak),
            (Fair, Fair, Fair),
            (Fair, Weak, Weak),
            (Weak, Weak, Weak),
            (Attested, Strong, Strong),
            (Attested, Fair, Fair),
            (Attested, Weak, Weak),
            (Attested, Attested, Attested),
        ] {
            assert_eq!(a.lower_of(b), expected, "{a:?} {b:?}");
            assert_eq!(b.lower_of(a), expected, "{b:?} {a:?}");
        }
    }

    proptest! {
        #[test]
        fn a_signal_makes_weak_whatever_no_person_vouches_for(
            method in select(METHODS.to_vec()),
            verdict in select(VERDICTS.to_vec()),
            late: bool,
            reads_code: bool,
            quiet in subsequence(vec![Reason::Edge, Reason::NoPosition, Reason::ClockSkew], 0..=3),
            signals in subsequence(LOWERING.to_vec(), 1..=6),
        ) {
            let proof = Proof { method, verdict, late, reads_code };
            let plain = weigh_arrival(&proof, &[]);
            let told = weigh_arrival(&proof, &quiet);
            prop_assert_eq!(told.map(|evidence| evidence.level), plain.clone().map(|evidence| evidence.level));
            let signalled = weigh_arrival(&proof, &signals).map(|evidence| evidence.level);
            let by_a_person = matches!(method, LeadScan | Attestation | BackEntry);
            let expected = plain.map(|evidence| if by_a_person { evidence.level } else { Weak });
            prop_assert_eq!(signalled, expected);
        }

        #[test]
        fn a_check_out_is_no_harder_than_a_check_in(
            method in select(METHODS.to_vec()),
            verdict in select(VERDICTS.to_vec()),
            late: bool,
            reads_code: bool,
        ) {
            let proof = Proof { method, verdict, late, reads_code };
            let out = weigh_departure(Some(&proof), &[]).level;
            if let Ok(arrived) = weigh_arrival(&proof, &[]) {
                prop_assert!(!arrived.level.better_than(out));
            }
        }
    }
}
