//! Changes of claims that stand.

use diesel::prelude::*;
use serde_json::json;

use super::read::Claim;
use super::take;
use crate::claims::{ClaimState, rules};
use crate::clock::Timestamp;
use crate::db::{Db, prepared};
use crate::error::{Code, Error, Overtaken, Result};
use crate::notify::{self, Kind, Notice, Receiver};
use crate::posts::{self, NewShift, Shift};
use crate::rules::Rules;
use crate::schema::{claim_notes, claims, shifts};
use crate::units::{ClaimId, MemberId, PostId, ShiftId};

/// Locks a claim until the unit ends, and reads it as it is then.
///
/// # Errors
/// `NotFound`.
pub fn lock(db: &mut Db, id: ClaimId) -> Result<Claim> {
    let lock = diesel::update(claims::table.find(id))
        .set(claims::version.eq(claims::version + 1))
        .returning(claims::all_columns);
    let locked: Vec<Claim> = prepared(lock).get_results(db)?;
    locked.into_iter().next().ok_or(Error::NotFound)
}

/// Moves a claim from the state it was read in to another, and frees its place where the new state takes none; `false`
/// when it wasn't in that state any more. Its shift is locked already where a place is freed.
///
/// # Errors
/// When the database can't be written.
pub fn move_state(db: &mut Db, claim: &Claim, to: ClaimState, now: Timestamp) -> Result<bool> {
    let row = claims::table.filter(claims::id.eq(claim.id)).filter(claims::state.eq(claim.state));
    let moved = diesel::update(row)
        .set((claims::state.eq(to), claims::changed_at.eq(now), claims::version.eq(claims::version + 1)))
        .execute(db)?
        == 1;
    if moved && claim.state.takes_a_place() && !to.takes_a_place() {
        diesel::update(shifts::table.find(claim.shift_id))
            .set((shifts::taken.eq(shifts::taken - 1), shifts::places_version.eq(shifts::places_version + 1)))
            .execute(db)?;
    }
    Ok(moved)
}

/// Moves a claim that was read without a lock, or leaves it in its state, and locks it until the unit ends. Where it has
/// changed since it was read, the unit runs again.
///
/// # Errors
/// [`Overtaken`], or when the database can't be written.
pub fn advance(db: &mut Db, claim: &Claim, to: ClaimState, now: Timestamp) -> Result<Claim> {
    let changed_at = if claim.state == to { claim.changed_at } else { now };
    let version = claim.version + 1;
    let row = claims::table.filter(claims::id.eq(claim.id)).filter(claims::version.eq(claim.version));
    let change = diesel::update(row)
        .set((claims::state.eq(to), claims::changed_at.eq(changed_at), claims::version.eq(version)))
        .returning(claims::id);
    let moved: Option<ClaimId> = prepared(change).get_result(db).optional()?;
    if moved.is_none() {
        return Err(Error::internal(Overtaken));
    }
    Ok(Claim { state: to, changed_at, version, ..claim.clone() })
}

/// Ends a locked claim's time at the moment in which its shift was stopped.
///
/// # Errors
/// When the database can't be written.
pub fn cut_at(db: &mut Db, claim: &Claim, ends_at: Timestamp) -> Result<Claim> {
    diesel::update(claims::table.find(claim.id)).set(claims::ends_at.eq(ends_at)).execute(db)?;
    Ok(Claim { ends_at, ..claim.clone() })
}

/// What a note about a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum NoteKind {
    /// Why someone attested the member.
    Attestation,
    /// What someone said of a claim without a check-in.
    Resolution,
    /// Why the shift was stopped or cancelled.
    Stop,
}

/// Keeps someone's words about a claim, erasable and apart from any record.
///
/// # Errors
/// When the database can't be written.
pub fn note(
    db: &mut Db,
    claim: ClaimId,
    author: MemberId,
    kind: NoteKind,
    text: &str,
    now: Timestamp,
) -> Result<()> {
    let kind: &str = kind.into();
    diesel::insert_into(claim_notes::table)
        .values((
            claim_notes::claim_id.eq(claim),
            claim_notes::author_id.eq(author),
            claim_notes::kind.eq(kind),
            claim_notes::text.eq(text),
            claim_notes::created_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// Promises a claim's member a notice, once for each version of the claim.
///
/// # Errors
/// When the database can't be written.
pub fn tell_holder(db: &mut Db, claim: &Claim, kind: Kind, now: Timestamp) -> Result<()> {
    let name: &str = kind.into();
    let notice = Notice {
        key: format!("{name}:{}:{}", claim.id, claim.version),
        kind,
        to: Receiver::Member(claim.member_id),
        payload: json!({"claim_id": claim.id, "shift_id": claim.shift_id}),
    };
    notify::tell(db, &notice, now)
}

/// Moves a shift and its holders' claims in time, or changes its places.
///
/// Holders are locked in ascending order before the shift, as a claim does; when someone came in between, all of it is
/// run again.
pub(in crate::claims) fn move_shift(
    db: &mut Db,
    id: ShiftId,
    to: NewShift,
    version: i32,
    now: Timestamp,
) -> Result<Shift> {
    let holders = |db: &mut Db| super::claims_of_shift(db, id, &ClaimState::ACTIVE);
    let mut members: Vec<MemberId> = holders(db)?.iter().map(|claim| claim.member_id).collect();
    members.sort_unstable();
    for member in &members {
        take::lock_member(db, *member)?;
    }
    let shift = posts::lock_shift(db, id)?;
    let held = holders(db)?;
    if held.iter().any(|claim| !members.contains(&claim.member_id)) {
        return Err(Error::internal(Overtaken));
    }
    if shift.version != version {
        return Err(Code::VersionMovedOn.because("version", shift.version));
    }
    posts::rules::check_goes_on(shift.state, shift.ends_at, now)?;
    if to.capacity < shift.taken {
        return Err(Code::CapacityBelowTaken.because("taken", shift.taken));
    }
    posts::change_shift(db, id, to)?;
    if (to.starts_at, to.ends_at) != (shift.starts_at, shift.ends_at) {
        for claim in &held {
            move_claim(db, claim, to, now)?;
        }
    }
    posts::shift(db, id)
}

fn move_claim(db: &mut Db, claim: &Claim, to: NewShift, now: Timestamp) -> Result<()> {
    let buffer = Rules::of_day(now.day()).claims.travel_buffer;
    let others = take::overlapping(db, claim.member_id, (to.starts_at, to.ends_at), buffer)?;
    if let Some((other, ..)) = others.iter().find(|(other, ..)| *other != claim.shift_id) {
        return Err(Code::HolderConflict.because("shift_id", other.0));
    }
    let moved: Vec<Claim> = diesel::update(claims::table.find(claim.id))
        .set((
            claims::starts_at.eq(to.starts_at),
            claims::ends_at.eq(to.ends_at),
            claims::free_release.eq(true),
            claims::version.eq(claims::version + 1),
        ))
        .returning(claims::all_columns)
        .get_results(db)?;
    moved.iter().try_for_each(|claim| tell_holder(db, claim, Kind::ShiftMoved, now))
}

/// Tells the holders of a post's coming shifts that its place has changed; they may then release freely.
///
/// The shifts are locked first, so that a claim that is being taken for the old place is told as well.
pub(in crate::claims) fn place_moved(db: &mut Db, post: PostId, now: Timestamp) -> Result<()> {
    let coming: Vec<ShiftId> = shifts::table
        .filter(shifts::post_id.eq(post))
        .filter(shifts::ends_at.gt(now))
        .order(shifts::id)
        .select(shifts::id)
        .load(db)?;
    for shift in &coming {
        posts::lock_shift(db, *shift)?;
    }
    let held =
        claims::table.filter(claims::shift_id.eq_any(&coming)).filter(claims::state.eq(ClaimState::Held));
    let told: Vec<Claim> = diesel::update(held)
        .set((claims::free_release.eq(true), claims::version.eq(claims::version + 1)))
        .returning(claims::all_columns)
        .get_results(db)?;
    told.iter().try_for_each(|claim| tell_holder(db, claim, Kind::ShiftMoved, now))
}

/// Shifts with claims that time alone moves on, after an id.
pub(in crate::claims) fn due(db: &mut Db, now: Timestamp, after: ShiftId, most: i64) -> Result<Vec<ShiftId>> {
    let rules = &Rules::of_day(now.day()).claims;
    let passed = claims::state
        .eq(ClaimState::Held)
        .and(claims::ends_at.le(now))
        .or(claims::state.eq(ClaimState::CheckedIn).and(claims::ends_at.le(now.minus(rules.open_after_end))))
        .or(claims::state
            .eq_any([ClaimState::Open, ClaimState::Unverified])
            .and(claims::ends_at.le(now.minus(rules.void_after_end))));
    Ok(claims::table
        .filter(claims::shift_id.gt(after))
        .filter(passed)
        .select(claims::shift_id)
        .distinct()
        .order(claims::shift_id)
        .limit(most)
        .load(db)?)
}

/// Moves on what is due in one shift, and tells whom it concerns. Two servers that do it at once do no harm.
pub(in crate::claims) fn settle_due(db: &mut Db, shift: ShiftId, now: Timestamp) -> Result<usize> {
    let rules = &Rules::of_day(now.day()).claims;
    posts::lock_shift(db, shift)?;
    let states = [ClaimState::Held, ClaimState::CheckedIn, ClaimState::Open, ClaimState::Unverified];
    let mut moved = 0;
    for claim in super::claims_of_shift(db, shift, &states)? {
        let Some(to) = rules::falls_into(claim.state, claim.ends_at, now, rules) else { continue };
        if move_state(db, &claim, to, now)? {
            moved += 1;
            if matches!(to, ClaimState::Open | ClaimState::Unverified) {
                tell_holder(db, &claim, Kind::ToBeResolved, now)?;
            }
        }
    }
    Ok(moved)
}
