//! Attestation: someone in charge vouches that a member is, or was, there.

use super::rules;
use super::store::{self, Standing};
use super::tick::{self, Charge, Settled};
use super::{Direction, EvidenceLevel, service};
use crate::claims::{self, Claim, ClaimState, NoteKind};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Fields, Result};
use crate::http::Reply;
use crate::notify::Kind;
use crate::posts::{self, ShiftOf};
use crate::rules::Rules;
use crate::units::ClaimId;

/// What someone in charge vouches for.
#[derive(Clone, Debug)]
pub(super) struct Attestation {
    pub claim: ClaimId,
    pub arrived_at: Option<Timestamp>,
    pub left_at: Option<Timestamp>,
    pub reason: String,
}

/// Writes an attestation: of the arrival, and of the departure when it is given.
pub(super) fn attest(db: &mut Db, charge: &Charge, said: &Attestation) -> Result<Reply> {
    let of = posts::shift_of(db, charge.shift)?;
    let claim = claims::lock(db, said.claim)?;
    if claim.shift_id != charge.shift {
        return Err(Error::NotFound);
    }
    if claim.member_id == charge.by {
        return Err(Code::LeadOwnClaim.reject());
    }
    let due = claims::rules::falls_into(
        claim.state,
        claim.ends_at,
        charge.now,
        &Rules::of_day(charge.now.day()).claims,
    );
    let can_be = matches!(
        claim.state,
        ClaimState::Held | ClaimState::CheckedIn | ClaimState::Open | ClaimState::Unverified
    );
    if !can_be || due == Some(ClaimState::Void) {
        let state: &str = due.unwrap_or(claim.state).into();
        return Err(Code::ClaimWrongState.because("state", state));
    }
    let mut ends = store::ends(db, claim.id)?;
    let said_by_officer = ends.arrival.as_ref().is_some_and(|arrival| charge.is_overruled_by(arrival));
    if said_by_officer && said.arrived_at.is_some() {
        return Err(Code::ClaimWrongState.reject());
    }
    let arrived = arrived_at(db, charge, &of, said, ends.arrival.as_ref())?;
    check_times(charge, &of, arrived, said.left_at)?;
    let keeps = said.arrived_at.is_none()
        && ends.arrival.as_ref().is_some_and(|arrival| arrival.level == EvidenceLevel::Strong);
    if !keeps && !said_by_officer {
        let arrival = charge.vouched(claim.id, Direction::In, arrived);
        store::put(db, &arrival, ends.arrival.is_some())?;
        ends.arrival = Some(arrival);
    }
    if let Some(left) = said.left_at {
        let departure = charge.vouched(claim.id, Direction::Out, left);
        store::put(db, &departure, ends.departure.is_some())?;
        ends.departure = Some(departure);
    }
    let to = if said.left_at.is_some() { ClaimState::Completed } else { ClaimState::CheckedIn };
    let claim = move_on(db, charge, claim, to)?;
    claims::note(db, claim.id, charge.by, NoteKind::Attestation, &said.reason, charge.now)?;
    claims::tell_holder(db, &claim, Kind::ServiceTicked, charge.now)?;
    let mut settled = Settled::new(claim, &of, ends, charge.cause());
    service::write(db, &of, settled.credit.take().into_iter().collect(), charge.now)?;
    let me = Topic::Me(settled.claim.member_id).changed();
    Ok(Reply::created(&settled.view(&of))?.tell([Topic::Shift(charge.shift).changed(), me]))
}

/// Now unless given, or the first try that wasn't `outside`; after the end both times have to be said.
fn arrived_at(
    db: &mut Db,
    charge: &Charge,
    of: &ShiftOf,
    said: &Attestation,
    arrival: Option<&Standing>,
) -> Result<Timestamp> {
    if charge.now >= of.shift.ends_at {
        let mut fields = Fields::default();
        fields.require(said.arrived_at.is_some(), "arrived_at", "required_after_the_end");
        fields.require(said.left_at.is_some(), "left_at", "required_after_the_end");
        fields.into_result()?;
    }
    let proved = match arrival {
        Some(arrival) => tick::proved_at(db, arrival)?,
        None => None,
    };
    Ok(said.arrived_at.or(proved).unwrap_or(charge.now))
}

fn check_times(charge: &Charge, of: &ShiftOf, arrived: Timestamp, left: Option<Timestamp>) -> Result<()> {
    charge.check_time(of, rules::opens_at(&of.post.check_in, &of.shift), arrived).map_err(Code::reject)?;
    match left {
        Some(left) => charge.check_time(of, arrived, left).map_err(Code::reject),
        None => Ok(()),
    }
}

fn move_on(db: &mut Db, charge: &Charge, claim: Claim, to: ClaimState) -> Result<Claim> {
    if claim.state == to {
        return Ok(claim);
    }
    if !claims::move_state(db, &claim, to, charge.now)? {
        return Err(Code::StoreBusy.reject());
    }
    Ok(Claim { state: to, changed_at: charge.now, ..claim })
}
