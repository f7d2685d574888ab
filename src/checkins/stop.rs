//! Ending a shift early or calling it off: nobody is late or absent by it.

use super::store::{self, Standing};
use super::tick::{self, Settled};
use super::{Direction, EvidenceLevel};
use crate::claims::{self, Claim, ClaimState, NoteKind};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::ephemeral::{Event, Topic};
use crate::error::{Code, Result};
use crate::ledger::{self, Cause, Credit};
use crate::notify::Kind;
use crate::posts::{self, ShiftOf, ShiftState};
use crate::rules::Rules;
use crate::units::{MemberId, ShiftId};

/// How a shift ends before its time.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    /// Stopped or cancelled.
    pub to: ShiftState,
    pub by: MemberId,
    pub reason: String,
    pub now: Timestamp,
}

/// What an ended shift leaves to be done at the end of the unit.
#[derive(Default)]
pub(super) struct Left {
    pub credits: Vec<Credit>,
    pub events: Vec<Event>,
    /// Places that were cancelled, and members who were checked out.
    pub cancelled: usize,
    pub checked_out: usize,
}

impl Left {
    /// Writes what counts, after every lock of the unit.
    pub fn write(&mut self, db: &mut Db, now: Timestamp) -> Result<()> {
        ledger::credit_all(db, std::mem::take(&mut self.credits), Rules::of_day(now.day()), now)?;
        Ok(())
    }
}

/// Ends a shift. Who holds a place loses it and is told; who is there is checked out at this moment, and the shift ends
/// here for them, also for the share that they were present.
///
/// # Errors
/// `shift.ended` when it is over already.
pub(super) fn end(db: &mut Db, id: ShiftId, ending: &Ending, left: &mut Left) -> Result<()> {
    let shift = posts::lock_shift(db, id)?;
    posts::rules::check_goes_on(shift.state, shift.ends_at, ending.now)?;
    let cut = (ending.now > shift.starts_at).then_some(ending.now);
    posts::set_shift_state(db, id, ending.to, cut, Some(&ending.reason))?;
    let of = posts::shift_of(db, id)?;
    let kind = if ending.to == ShiftState::Cancelled { Kind::ShiftCancelled } else { Kind::ShiftStopped };
    for claim in claims::claims_of_shift(db, id, &[ClaimState::Held])? {
        if claims::move_state(db, &claim, ClaimState::Cancelled, ending.now)? {
            claims::tell_holder(db, &claim, kind, ending.now)?;
            left.cancelled += 1;
            left.events.push(Topic::Me(claim.member_id).changed());
        }
    }
    for claim in claims::claims_of_shift(db, id, &[ClaimState::CheckedIn, ClaimState::Completed])? {
        let claim = claims::lock(db, claim.id)?;
        let claim = match cut {
            Some(cut) => claims::cut_at(db, &claim, cut)?,
            None => claim,
        };
        if claim.state == ClaimState::CheckedIn {
            check_out(db, &of, &claim, ending, left)?;
            claims::tell_holder(db, &claim, kind, ending.now)?;
        } else if cut.is_some() {
            // Who left before may have stood enough of what the shift has become.
            let ends = store::ends(db, claim.id)?;
            left.credits.extend(Settled::new(claim, &of, ends, Cause::Stop).credit);
        }
    }
    left.events.extend([
        Topic::Shift(id).changed(),
        Topic::Queue.changed(),
        Topic::Organization(of.post.organization_id).changed(),
    ]);
    Ok(())
}

/// The stop vouches for who is there; for whoever stops, another one has to.
fn check_out(db: &mut Db, of: &ShiftOf, claim: &Claim, ending: &Ending, left: &mut Left) -> Result<()> {
    let mut ends = store::ends(db, claim.id)?;
    let own = claim.member_id == ending.by;
    let departure = tick::attested(claim.id, Direction::Out, ending.now, ending.by);
    let departure =
        if own { Standing { method: None, level: EvidenceLevel::Fair, ..departure } } else { departure };
    store::put(db, &departure, false)?;
    ends.departure = Some(departure);
    if !claims::move_state(db, claim, ClaimState::Completed, ending.now)? {
        return Err(Code::StoreBusy.reject());
    }
    claims::note(db, claim.id, ending.by, NoteKind::Stop, &ending.reason, ending.now)?;
    let claim = Claim { state: ClaimState::Completed, ..claim.clone() };
    left.checked_out += 1;
    left.events.push(Topic::Me(claim.member_id).changed());
    left.credits.extend(Settled::new(claim, of, ends, Cause::Stop).credit);
    Ok(())
}
