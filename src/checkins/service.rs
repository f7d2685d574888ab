//! A service with both its ends: whether it counts, and what is written of it.

use crate::claims::Claim;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::ledger::{self, Cause, Credit, Presence, Span, Uncounted};
use crate::posts::{LeadPower, ShiftOf};
use crate::rules::Rules;
use crate::units::Minutes;

use super::store::{Ends, Standing};
use super::{Counts, rules};

/// What is to be said of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    /// What it waits for.
    pub counts: Counts,
    /// The minutes between its ends, within the shift.
    pub minutes: Minutes,
    /// Why none of them count, where no tick can change that.
    pub uncounted: Option<Uncounted>,
}

/// Whether both ends stand, and what they come to. A member who can read the shift's code is always ticked by another.
pub(super) fn judge(claim: &Claim, of: &ShiftOf, ends: &Ends, reads_code: bool) -> Option<Judged> {
    let (arrival, departure) = (ends.arrival.as_ref()?, ends.departure.as_ref()?);
    let ledger = &Rules::of_day(of.shift.starts_at.day()).ledger;
    let presence = Presence::between(span(claim), arrival.at, departure.at);
    let service = rules::Service {
        arrival: end(arrival),
        departure: end(departure),
        presence,
        officer_ticked: departure.ticked_as == Some(LeadPower::Officer),
    };
    let too_short = presence.minutes < ledger.shortest;
    let fair_counts = of.post.check_in.fair_counts && !reads_code;
    Some(Judged {
        counts: service.counts(fair_counts, ledger),
        minutes: presence.minutes,
        uncounted: too_short.then_some(Uncounted::TooShort),
    })
}

/// What a service waits for, or its check-in alone while there is no check-out.
pub(super) fn counts_so_far(
    judged: Option<Judged>,
    of: &ShiftOf,
    ends: &Ends,
    reads_code: bool,
) -> Option<Counts> {
    let alone = || ends.arrival.as_ref().map(|arrival| counts_alone(arrival, of, reads_code));
    judged.map(|judged| judged.counts).or_else(alone)
}

/// Whom a service waits for at `now`.
pub(super) fn waits_for(
    claim: &Claim,
    of: &ShiftOf,
    ends: &Ends,
    reads_code: bool,
    now: Timestamp,
) -> Option<rules::WaitsFor> {
    let judged = judge(claim, of, ends, reads_code);
    let service = rules::SoFar {
        state: claim.state,
        counts: counts_so_far(judged, of, ends, reads_code),
        settled: [&ends.arrival, &ends.departure]
            .into_iter()
            .flatten()
            .all(|end| counts_alone(end, of, reads_code) == Counts::Counted),
        too_short: judged.is_some_and(|judged| judged.uncounted.is_some()),
    };
    let rules = &Rules::of_day(of.shift.starts_at.day()).claims;
    rules::waits_for(service, claim.member_id, &of.shift, now, rules)
}

/// What one end alone waits for.
pub(super) fn counts_alone(standing: &Standing, of: &ShiftOf, reads_code: bool) -> Counts {
    end(standing).counts(of.post.check_in.fair_counts && !reads_code)
}

/// The span in which a claim's minutes count: the shift's, cut at the moment of a stop.
fn span(claim: &Claim) -> Span {
    Span { start: claim.starts_at, end: claim.ends_at }
}

fn end(standing: &Standing) -> rules::End {
    rules::End {
        level: standing.level,
        late: standing.late,
        evidence: standing.method.is_some(),
        ticked: standing.ticked_by.is_some(),
    }
}

/// What is to be written into the ledger once both ends are settled; the ledger itself judges presence by the cause.
pub(super) fn credit(
    claim: &Claim,
    of: &ShiftOf,
    ends: &Ends,
    reads_code: bool,
    cause: Cause,
) -> Option<Credit> {
    let (arrival, departure) = (ends.arrival.as_ref()?, ends.departure.as_ref()?);
    let settled = |standing: &Standing| counts_alone(standing, of, reads_code) == Counts::Counted;
    if !settled(arrival) || !settled(departure) {
        return None;
    }
    let judged = judge(claim, of, ends, reads_code)?;
    let cause = match (departure.ticked_as, departure.ticked_by, cause) {
        // What an officer let count stays so, whoever ticks the other end after it.
        (Some(LeadPower::Officer), Some(officer), _) => Cause::OfficerTick(officer),
        // An officer who ticks the arrival alone has said nothing of how short it was.
        (.., Cause::OfficerTick(officer)) if judged.counts != Counts::Counted => Cause::LeadTick(officer),
        (.., cause) => cause,
    };
    let written = |standing: &Standing| ledger::End {
        at: standing.at,
        method: standing.method.map(Into::into),
        level: standing.level.into(),
        verdict: standing.verdict.map(Into::into),
    };
    Some(Credit {
        member: claim.member_id,
        claim: claim.id,
        shift: claim.shift_id,
        span: span(claim),
        category: of.post.category.into(),
        served_as: claim.served_as.into(),
        arrived: written(arrival),
        left: written(departure),
        cause,
        reason: None,
    })
}

/// Writes what counts, after every member's and shift's lock of the unit.
pub(super) fn write(
    db: &mut Db,
    of: &ShiftOf,
    credits: Vec<Credit>,
    now: Timestamp,
) -> Result<Vec<ledger::Credited>> {
    let rules = Rules::of_day(of.shift.starts_at.day());
    Ok(ledger::credit_all(db, credits, rules, now)?.into_iter().map(|(_, credited)| credited).collect())
}
