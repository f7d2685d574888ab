//! Rows of paired screens.

use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::schema::screens;
use crate::units::{MemberId, ScreenId, ShiftId};

/// A screen as officers see it.
#[derive(Clone, Debug, Queryable, Serialize, ToSchema)]
pub struct ScreenView {
    /// Its id.
    id: ScreenId,
    /// The officer who added it.
    created_by: MemberId,
    /// When it was added.
    created_at: Timestamp,
    /// When its pairing link was opened; `null` while it waits for that.
    paired_at: Option<Timestamp>,
}

/// Adds a screen that waits to be paired.
///
/// # Errors
/// When the database can't be written.
pub fn add_screen(
    db: &mut Db,
    shift: ShiftId,
    by: MemberId,
    pairing_hash: [u8; 32],
    now: Timestamp,
    pairing_ends_at: Timestamp,
) -> Result<ScreenId> {
    Ok(diesel::insert_into(screens::table)
        .values((
            screens::shift_id.eq(shift),
            screens::created_by.eq(by),
            screens::pairing_hash.eq(&pairing_hash[..]),
            screens::pairing_ends_at.eq(pairing_ends_at),
            screens::created_at.eq(now),
        ))
        .returning(screens::id)
        .get_result(db)?)
}

/// Pairs the screen whose link was opened, once and in time, and returns its shift.
///
/// # Errors
/// `NotFound` for an unknown, opened, ended or revoked link.
pub fn pair(db: &mut Db, pairing_hash: [u8; 32], token_hash: [u8; 32], now: Timestamp) -> Result<ShiftId> {
    let waiting = screens::table
        .filter(screens::pairing_hash.eq(&pairing_hash[..]))
        .filter(screens::pairing_ends_at.gt(now))
        .filter(screens::paired_at.is_null())
        .filter(screens::revoked_at.is_null());
    Ok(diesel::update(waiting)
        .set((screens::token_hash.eq(&token_hash[..]), screens::paired_at.eq(now)))
        .returning(screens::shift_id)
        .get_result(db)?)
}

/// The shift that a screen's token reads, unless it was revoked.
///
/// # Errors
/// When the database can't be read.
pub fn shift_shown(db: &mut Db, token_hash: [u8; 32]) -> Result<Option<ShiftId>> {
    Ok(screens::table
        .filter(screens::token_hash.eq(&token_hash[..]))
        .filter(screens::revoked_at.is_null())
        .select(screens::shift_id)
        .first(db)
        .optional()?)
}

/// The screens of a shift that are paired or may still be, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn screens_of(db: &mut Db, shift: ShiftId, now: Timestamp) -> Result<Vec<ScreenView>> {
    Ok(screens::table
        .filter(screens::shift_id.eq(shift))
        .filter(screens::revoked_at.is_null())
        .filter(screens::paired_at.is_not_null().or(screens::pairing_ends_at.gt(now)))
        .order(screens::id.desc())
        .limit(100)
        .select((screens::id, screens::created_by, screens::created_at, screens::paired_at))
        .load(db)?)
}

/// The shift of a screen.
///
/// # Errors
/// `NotFound`.
pub fn shift_of_screen(db: &mut Db, screen: ScreenId) -> Result<ShiftId> {
    Ok(screens::table.find(screen).select(screens::shift_id).first(db)?)
}

/// Takes a screen's token and link away; `false` when that was done before.
///
/// # Errors
/// When the database can't be written.
pub fn revoke(db: &mut Db, screen: ScreenId, now: Timestamp) -> Result<bool> {
    let row = screens::table.find(screen).filter(screens::revoked_at.is_null());
    Ok(diesel::update(row).set(screens::revoked_at.eq(now)).execute(db)? == 1)
}
