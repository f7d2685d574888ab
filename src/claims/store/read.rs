//! Queries over claims.

use diesel::dsl::not;
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::claims::{ClaimState, ServedAs};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::posts::{ShiftOf, ShiftOfRow};
use crate::schema::{claims, members, posts, shifts};
use crate::units::{ClaimId, MemberId, ShiftId};

/// A member's place in a shift.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = claims)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The shift.
    pub shift_id: ShiftId,
    /// Whose place it is.
    pub member_id: MemberId,
    /// Where it stands.
    pub state: ClaimState,
    /// When the shift begins.
    pub starts_at: Timestamp,
    /// When the shift ends.
    pub ends_at: Timestamp,
    /// In whose name its minutes are served.
    pub served_as: ServedAs,
    /// Whether time or place changed since, so that it is given back freely.
    pub free_release: bool,
    /// Whether it was given back late.
    pub late_release: bool,
    /// When it was taken.
    pub claimed_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// Goes up with every change.
    pub version: i32,
}

/// A claim.
///
/// # Errors
/// `NotFound`.
pub fn claim(db: &mut Db, id: ClaimId) -> Result<Claim> {
    Ok(claims::table.find(id).select(Claim::as_select()).first(db)?)
}

/// A claim with its shift and post, not locked: [`super::advance`] finds out whether it has changed since.
///
/// # Errors
/// `NotFound`.
pub fn claim_with_shift(db: &mut Db, id: ClaimId) -> Result<(Claim, ShiftOf)> {
    let (claim, of): (Claim, ShiftOfRow) = claims::table
        .inner_join(shifts::table.inner_join(posts::table))
        .filter(claims::id.eq(id))
        .select((Claim::as_select(), ShiftOfRow::as_select()))
        .first(db)?;
    Ok((claim, of.read()?))
}

/// A member's latest claim on a shift: the active one where there is one.
///
/// # Errors
/// When the database can't be read.
pub fn claim_of_member(db: &mut Db, shift: ShiftId, member: MemberId) -> Result<Option<Claim>> {
    let own: Vec<Claim> = claims::table
        .filter(claims::shift_id.eq(shift))
        .filter(claims::member_id.eq(member))
        .order(claims::id.desc())
        .select(Claim::as_select())
        .load(db)?;
    let active = own.iter().find(|claim| ClaimState::ACTIVE.contains(&claim.state)).cloned();
    Ok(active.or_else(|| own.into_iter().next()))
}

/// The claims of a shift in some states, in the order in which they were taken.
///
/// # Errors
/// When the database can't be read.
pub fn claims_of_shift(db: &mut Db, shift: ShiftId, states: &[ClaimState]) -> Result<Vec<Claim>> {
    Ok(claims::table
        .filter(claims::shift_id.eq(shift))
        .filter(claims::state.eq_any(states))
        .order(claims::id)
        .select(Claim::as_select())
        .load(db)?)
}

/// Which of a member's own claims are read, in their order, each after the place where a page before ended.
#[derive(Clone, Copy, Debug)]
pub(in crate::claims) enum OwnClaims {
    /// All, the newest first.
    Newest(Option<ClaimId>),
    /// Those still to be stood or to be checked out from, soonest first.
    Ahead(Option<(Timestamp, ClaimId)>),
    /// All others, latest first.
    Past(Option<(Timestamp, ClaimId)>),
}

/// A member's claims with their shifts and posts; one more than `limit` tells that there is a next page.
pub(in crate::claims) fn claims_of_member(
    db: &mut Db,
    member: MemberId,
    wanted: OwnClaims,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<(Claim, ShiftOf)>> {
    let goes_on = claims::state
        .eq_any([ClaimState::CheckedIn, ClaimState::Open])
        .or(claims::state.eq(ClaimState::Held).and(claims::ends_at.gt(now)));
    let mut query = claims::table
        .inner_join(shifts::table.inner_join(posts::table))
        .filter(claims::member_id.eq(member))
        .limit(limit as i64 + 1)
        .select((Claim::as_select(), ShiftOfRow::as_select()))
        .into_boxed();
    query = match wanted {
        OwnClaims::Newest(_) => query.order(claims::id.desc()),
        OwnClaims::Ahead(_) => query.filter(goes_on).order((claims::starts_at, claims::id)),
        OwnClaims::Past(_) => query.filter(not(goes_on)).order((claims::starts_at.desc(), claims::id.desc())),
    };
    query = match wanted {
        OwnClaims::Newest(Some(before)) => query.filter(claims::id.lt(before)),
        OwnClaims::Ahead(Some((at, id))) => {
            query.filter(claims::starts_at.gt(at).or(claims::starts_at.eq(at).and(claims::id.gt(id))))
        }
        OwnClaims::Past(Some((at, id))) => {
            query.filter(claims::starts_at.lt(at).or(claims::starts_at.eq(at).and(claims::id.lt(id))))
        }
        OwnClaims::Newest(None) | OwnClaims::Ahead(None) | OwnClaims::Past(None) => query,
    };
    let rows: Vec<(Claim, ShiftOfRow)> = query.load(db)?;
    rows.into_iter().map(|(claim, of)| Ok((claim, of.read()?))).collect()
}

/// A member's id and name, and their sealed phone number.
pub(in crate::claims) type Contact = (MemberId, String, Option<i64>, Option<Vec<u8>>);

/// How to reach some members.
pub(in crate::claims) fn contacts(db: &mut Db, of: &[MemberId]) -> Result<Vec<Contact>> {
    Ok(members::table
        .filter(members::id.eq_any(of))
        .select((members::id, members::name, members::phone_key_id, members::phone_cipher))
        .load(db)?)
}

/// The version of a full shift's places and who holds them, in one snapshot; `None` when a place is open.
pub(in crate::claims) fn full_mark(db: &mut Db, shift: ShiftId) -> Result<Option<(i64, Vec<MemberId>)>> {
    let rows: Vec<(i64, i32, i32, Option<MemberId>)> = shifts::table
        .left_join(
            claims::table.on(claims::shift_id.eq(shifts::id).and(claims::state.eq_any(ClaimState::TAKING))),
        )
        .filter(shifts::id.eq(shift))
        .select((shifts::places_version, shifts::taken, shifts::capacity, claims::member_id.nullable()))
        .load(db)?;
    Ok(rows
        .first()
        .filter(|(_, taken, capacity, _)| taken >= capacity)
        .map(|(version, ..)| (*version, rows.iter().filter_map(|(.., member)| *member).collect())))
}
