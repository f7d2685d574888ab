//! Ticks of those in charge: one, or a whole list, of arrivals or of departures.

use serde::Serialize;
use utoipa::ToSchema;

use super::rules;
use super::store::{self, Ends, Standing};
use super::{Counts, Direction, EvidenceLevel, Method, VerdictCode, service};
use crate::claims::{self, Claim, ClaimState};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::ephemeral::Topic;
use crate::error::{Code, Result};
use crate::http::Reply;
use crate::ledger::{Cause, Credit, Uncounted};
use crate::notify::Kind;
use crate::posts::{self, LeadPower, ShiftOf};
use crate::units::{ClaimId, MemberId, Minutes, ShiftId};

/// Someone in charge, and when they act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charge {
    pub shift: ShiftId,
    pub by: MemberId,
    pub power: LeadPower,
    pub now: Timestamp,
}

impl Charge {
    /// What their word does in the ledger.
    pub fn cause(&self) -> Cause {
        match self.power {
            LeadPower::Lead => Cause::LeadTick(self.by),
            LeadPower::Officer => Cause::OfficerTick(self.by),
        }
    }

    /// Whether a time that they say is one of this shift, and past.
    pub fn check_time(&self, of: &ShiftOf, from: Timestamp, at: Timestamp) -> Result<(), Code> {
        let until = of.shift.ends_at.min(self.now);
        if (from..=until).contains(&at) { Ok(()) } else { Err(Code::LeadTimeOutOfRange) }
    }

    /// Whether an officer has said something of an end that a lead doesn't change any more.
    pub fn is_overruled_by(&self, standing: &Standing) -> bool {
        self.power == LeadPower::Lead && standing.ticked_as == Some(LeadPower::Officer)
    }

    /// An end that they vouch for.
    pub fn vouched(&self, claim: ClaimId, end: Direction, at: Timestamp) -> Standing {
        self.ticked(attested(claim, end, at, self.by), at)
    }

    fn ticked(&self, standing: Standing, at: Timestamp) -> Standing {
        Standing {
            at,
            ticked_by: Some(self.by),
            ticked_as: Some(self.power),
            ticked_at: Some(self.now),
            ..standing
        }
    }
}

/// What became of the ticks.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Ticked {
    /// The claims that were ticked.
    pub done: Vec<TickedClaim>,
    /// The claims that can't be ticked, each with the reason's code.
    pub not_done: Vec<NotTicked>,
}

/// A ticked claim.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TickedClaim {
    pub claim_id: ClaimId,
    pub state: ClaimState,
    /// What the service still waits for, once both ends stand.
    pub counts: Option<Counts>,
    /// The minutes between both ends within the shift.
    pub minutes: Option<Minutes>,
    /// Why none of them count, where no tick changes that.
    pub uncounted: Option<Uncounted>,
}

/// A claim that can't be ticked.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NotTicked {
    pub claim_id: ClaimId,
    pub code: &'static str,
}

/// A claim after an act of someone in charge, with what is to be written into the ledger.
pub(super) struct Settled {
    pub claim: Claim,
    pub ends: Ends,
    pub credit: Option<Credit>,
}

impl Settled {
    /// What is said of it.
    pub fn view(&self, of: &ShiftOf) -> TickedClaim {
        let reads_code = posts::is_lead(&of.shift, self.claim.member_id);
        let judged = service::judge(&self.claim, of, &self.ends, reads_code);
        TickedClaim {
            claim_id: self.claim.id,
            state: self.claim.state,
            counts: judged.map(|judged| judged.counts),
            minutes: judged.map(|judged| judged.minutes),
            uncounted: judged.and_then(|judged| judged.uncounted),
        }
    }

    /// The claim with its ends as they now stand.
    pub fn new(claim: Claim, of: &ShiftOf, ends: Ends, cause: Cause) -> Self {
        let reads_code = posts::is_lead(&of.shift, claim.member_id);
        let credit = service::credit(&claim, of, &ends, reads_code, cause);
        Self { claim, ends, credit }
    }
}

/// Ticks claims of one shift. Those that can't be ticked are named, the others are done.
pub(super) fn tick(
    db: &mut Db,
    charge: &Charge,
    end: Direction,
    ids: &[ClaimId],
    at: Option<Timestamp>,
) -> Result<Reply> {
    let of = posts::shift_of(db, charge.shift)?;
    if let Some(at) = at {
        let from = if end == Direction::In {
            rules::opens_at(&of.post.check_in, &of.shift)
        } else {
            of.shift.starts_at
        };
        charge.check_time(&of, from, at).map_err(Code::reject)?;
    }
    let (mut done, mut not_done) = (Vec::new(), Vec::new());
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        match tick_one(db, charge, &of, end, id, at)? {
            Ok(settled) => done.push(settled),
            Err(code) => not_done.push(NotTicked { claim_id: id, code: code.as_str() }),
        }
    }
    let credits = done.iter_mut().filter_map(|settled| settled.credit.take()).collect();
    service::write(db, &of, credits, charge.now)?;
    let members: Vec<_> = done.iter().map(|settled| Topic::Me(settled.claim.member_id).changed()).collect();
    let done = done.iter().map(|settled| settled.view(&of)).collect();
    Ok(Reply::ok(&Ticked { done, not_done })?.tell([Topic::Shift(charge.shift).changed()]).tell(members))
}

fn tick_one(
    db: &mut Db,
    charge: &Charge,
    of: &ShiftOf,
    end: Direction,
    id: ClaimId,
    at: Option<Timestamp>,
) -> Result<Result<Settled, Code>> {
    let claim = match claims::lock(db, id) {
        Err(crate::error::Error::NotFound) => return Ok(Err(Code::NotFound)),
        other => other?,
    };
    if claim.shift_id != charge.shift {
        return Ok(Err(Code::NotFound));
    }
    if claim.member_id == charge.by {
        return Ok(Err(Code::LeadOwnClaim));
    }
    let ends = store::ends(db, id)?;
    let said_by_officer = ends.of(end).is_some_and(|standing| charge.is_overruled_by(standing));
    let stands = matches!(claim.state, ClaimState::CheckedIn | ClaimState::Open | ClaimState::Completed);
    if !stands || said_by_officer {
        return Ok(Err(Code::ClaimWrongState));
    }
    let ticked = match end {
        Direction::In => tick_arrival(db, charge, of, &claim, ends, at)?,
        Direction::Out => tick_departure(db, charge, of, &claim, ends, at)?,
    };
    let ends = match ticked {
        Ok(ends) => ends,
        Err(code) => return Ok(Err(code)),
    };
    let claim = if end == Direction::Out && claim.state != ClaimState::Completed {
        claims::move_state(db, &claim, ClaimState::Completed, charge.now)?;
        Claim { state: ClaimState::Completed, ..claim }
    } else {
        claim
    };
    claims::tell_holder(db, &claim, Kind::ServiceTicked, charge.now)?;
    Ok(Ok(Settled::new(claim, of, ends, charge.cause())))
}

/// When a member arrived whom someone in charge ticks without saying when: at the first try that wasn't `outside`, for a
/// press from home sets no time; `None` when there was none.
pub(super) fn proved_at(db: &mut Db, arrival: &Standing) -> Result<Option<Timestamp>> {
    match arrival.level {
        EvidenceLevel::Strong | EvidenceLevel::Attested => Ok(Some(arrival.at)),
        EvidenceLevel::Fair | EvidenceLevel::Weak => {
            store::first_not_outside(db, arrival.claim_id, Direction::In)
        }
    }
}

fn tick_arrival(
    db: &mut Db,
    charge: &Charge,
    of: &ShiftOf,
    claim: &Claim,
    mut ends: Ends,
    at: Option<Timestamp>,
) -> Result<Result<Ends, Code>> {
    let Some(arrival) = ends.arrival.take() else { return Ok(Err(Code::ClaimWrongState)) };
    let at = match at {
        Some(at) => at,
        None => proved_at(db, &arrival)?.unwrap_or(charge.now),
    };
    // After the end one's own moment says nothing any more: the time has to be given.
    if at >= of.shift.ends_at || at >= claim.ends_at {
        return Ok(Err(Code::LeadTimeOutOfRange));
    }
    let arrival = charge.ticked(arrival, at);
    store::put(db, &arrival, true)?;
    ends.arrival = Some(arrival);
    Ok(Ok(ends))
}

fn tick_departure(
    db: &mut Db,
    charge: &Charge,
    of: &ShiftOf,
    claim: &Claim,
    mut ends: Ends,
    at: Option<Timestamp>,
) -> Result<Result<Ends, Code>> {
    let Some(arrival) = ends.arrival.take() else { return Ok(Err(Code::ClaimWrongState)) };
    let stayed = charge.now.min(of.shift.ends_at);
    let stood = ends.departure.is_some();
    let departure = match ends.departure.take() {
        // A check-out elsewhere, or by mistake before the start, says nothing of when the member left.
        Some(departure) => {
            let says_nothing = departure.ticked_by.is_none()
                && (departure.verdict == Some(VerdictCode::Outside) || departure.at <= of.shift.starts_at);
            let own = if says_nothing { stayed } else { departure.at };
            charge.ticked(departure, at.unwrap_or(own))
        }
        None => charge.vouched(claim.id, Direction::Out, at.unwrap_or(stayed)),
    };
    store::put(db, &departure, stood)?;
    // The tick settles the arrival too, unless nothing but presses from elsewhere shows it.
    let settled = match proved_at(db, &arrival)? {
        Some(proved) if arrival.ticked_by.is_none() => {
            let arrival = charge.ticked(arrival, proved);
            store::put(db, &arrival, true)?;
            arrival
        }
        _ => arrival,
    };
    (ends.arrival, ends.departure) = (Some(settled), Some(departure));
    Ok(Ok(ends))
}

/// An end that someone in charge vouches for.
pub(super) fn attested(claim: ClaimId, end: Direction, at: Timestamp, by: MemberId) -> Standing {
    Standing {
        claim_id: claim,
        end,
        method: Some(Method::Attestation),
        at,
        level: EvidenceLevel::Attested,
        verdict: None,
        reasons: "[]".to_owned(),
        late: false,
        attempt_id: None,
        recorded_by: Some(by),
        ticked_by: None,
        ticked_as: None,
        ticked_at: None,
    }
}
