//! Taking a place and giving it back.

use diesel::prelude::*;

use super::read::Claim;
use crate::claims::{ClaimState, ServedAs, rules};
use crate::clock::Timestamp;
use crate::db::{Db, prepared};
use crate::error::{Code, Error, Result};
use crate::posts::{self, Shift, ShiftOf, ShiftState};
use crate::rules::Rules;
use crate::schema::{claims, members, shifts};
use crate::units::{ClaimId, MemberId, OrganizationId, ShiftId};

/// Takes a place. The member is locked first and then the shift, so that neither two shifts at one time nor one place
/// too many can come of any number of servers; whatever is refused afterwards undoes both.
pub(in crate::claims) fn take(
    db: &mut Db,
    member: MemberId,
    circles: &[OrganizationId],
    shift: ShiftId,
    now: Timestamp,
) -> Result<(Claim, Shift)> {
    let rules = &Rules::of_day(now.day()).claims;
    lock_member(db, member)?;
    let Some(place) = take_place(db, shift)? else { return Err(why_not(db, member, circles, shift, now)?) };
    let post = posts::post(db, place.post_id)?;
    rules::may_claim(&post, &place, circles, now, rules)?;
    let span = (place.starts_at, place.ends_at);
    if let Some((other, ..)) = overlapping(db, member, span, rules.travel_buffer)?.first() {
        let code = if *other == shift { Code::AlreadyHeld } else { Code::TimeConflict };
        return Err(code.because("shift_id", other.0));
    }
    let claim = diesel::insert_into(claims::table)
        .values((
            claims::shift_id.eq(shift),
            claims::member_id.eq(member),
            claims::state.eq(ClaimState::Held),
            claims::starts_at.eq(place.starts_at),
            claims::ends_at.eq(place.ends_at),
            claims::served_as.eq(ServedAs::Individual),
            claims::claimed_at.eq(now),
            claims::changed_at.eq(now),
        ))
        .returning(claims::all_columns);
    Ok((prepared(claim).get_result(db)?, place))
}

/// Locks a member against other units that add or move their claims.
pub(super) fn lock_member(db: &mut Db, member: MemberId) -> Result<()> {
    let lock = diesel::update(members::table.find(member))
        .set(members::claims_version.eq(members::claims_version + 1))
        .returning(members::id);
    prepared(lock).get_result::<MemberId>(db)?;
    Ok(())
}

/// Counts a place as taken if one is open; the row count of this update is the answer to who gets it.
fn take_place(db: &mut Db, shift: ShiftId) -> Result<Option<Shift>> {
    let open = shifts::table
        .filter(shifts::id.eq(shift))
        .filter(shifts::state.eq(ShiftState::Open))
        .filter(shifts::taken.lt(shifts::capacity));
    let take = diesel::update(open)
        .set((shifts::taken.eq(shifts::taken + 1), shifts::places_version.eq(shifts::places_version + 1)))
        .returning(shifts::all_columns);
    let taken: Vec<Shift> = prepared(take).get_results(db)?;
    Ok(taken.into_iter().next())
}

/// Why no place could be taken, the most useful reason first.
fn why_not(
    db: &mut Db,
    member: MemberId,
    circles: &[OrganizationId],
    shift: ShiftId,
    now: Timestamp,
) -> Result<Error> {
    let ShiftOf { shift, post } = posts::shift_of(db, shift)?;
    if post.state == posts::PostState::Draft {
        return Ok(Error::NotFound);
    }
    let own = super::claim_of_member(db, shift.id, member)?;
    if own.is_some_and(|claim| ClaimState::ACTIVE.contains(&claim.state)) {
        return Ok(Code::AlreadyHeld.because("shift_id", shift.id.0));
    }
    let rules = &Rules::of_day(now.day()).claims;
    Ok(match rules::may_claim(&post, &shift, circles, now, rules) {
        Err(error) => error,
        Ok(()) => Code::ShiftFull.reject(),
    })
}

/// The shifts and spans of a member's active claims that overlap a span.
pub(super) fn overlapping(
    db: &mut Db,
    member: MemberId,
    span: (Timestamp, Timestamp),
    buffer: chrono::TimeDelta,
) -> Result<Vec<(ShiftId, Timestamp, Timestamp)>> {
    let near = claims::table
        .filter(claims::member_id.eq(member))
        .filter(claims::state.eq_any(ClaimState::ACTIVE))
        .filter(claims::starts_at.lt(span.1.plus(buffer)))
        .filter(claims::ends_at.gt(span.0.minus(buffer)))
        .select((claims::shift_id, claims::starts_at, claims::ends_at));
    let near: Vec<(ShiftId, Timestamp, Timestamp)> = prepared(near).load(db)?;
    Ok(near.into_iter().filter(|(_, starts, ends)| rules::overlap(span, (*starts, *ends), buffer)).collect())
}

/// Gives a place back. A lead or deputy who does so is lead no more.
pub(in crate::claims) fn release(
    db: &mut Db,
    member: MemberId,
    id: ClaimId,
    now: Timestamp,
) -> Result<Claim> {
    let shift = super::claim(db, id)?.shift_id;
    let place = posts::lock_shift(db, shift)?;
    let claim = super::claim(db, id)?;
    if claim.member_id != member {
        return Err(Error::NotFound);
    }
    if claim.state != ClaimState::Held {
        let state: &str = claim.state.into();
        return Err(Code::ClaimWrongState.because("state", state));
    }
    let rules = &Rules::of_day(now.day()).claims;
    let late = rules::is_late_release(claim.starts_at, claim.claimed_at, claim.free_release, now, rules)?;
    if !super::move_state(db, &claim, ClaimState::Released, now)? {
        return Err(Code::ClaimWrongState.reject());
    }
    diesel::update(claims::table.find(id)).set(claims::late_release.eq(late)).execute(db)?;
    if posts::is_lead(&place, member) {
        let keep = |named: Option<MemberId>| named.filter(|named| *named != member);
        posts::name_leads(db, shift, keep(place.lead_id), keep(place.deputy_id))?;
    }
    super::claim(db, id)
}
