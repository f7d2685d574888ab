//! Rows of members, accounts and sign-ins.

use std::sync::Arc;

use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::Standing;
use super::sessions::{Caller, Circles, Found};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::orgs::{HeldRole, Role};
use crate::schema::{accounts, consents, members, organizations, roles, sessions};
use crate::units::{MemberId, OrganizationId, SessionId};

/// The version of the consent text that members are asked today.
pub const CONSENT_VERSION: i32 = 1;

/// Who is behind a token, with a row for each role that they hold, in one query: every member's first press in a rush
/// asks it.
pub(super) fn caller(
    db: &mut Db,
    circles: &Circles,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Found>> {
    type Sign = (SessionId, MemberId, Timestamp, Timestamp, Timestamp);
    type Person = (String, Option<OrganizationId>, Option<OrganizationId>);
    type Held = (Option<Role>, Option<OrganizationId>, Option<String>);
    let rows: Vec<(Sign, Person, Held)> = sessions::table
        .inner_join(members::table)
        .left_join(roles::table.on(roles::member_id.eq(members::id).and(roles::ended_at.is_null())))
        .left_join(
            organizations::table.on(organizations::id.nullable().eq(roles::organization_id.nullable())),
        )
        .filter(sessions::token_hash.eq(&token_hash[..]))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(members::left_at.is_null())
        .order(roles::id)
        .select((
            (
                sessions::id,
                sessions::member_id,
                sessions::created_at,
                sessions::seen_at,
                sessions::expires_at,
            ),
            (members::name, members::unit_id, members::community_id),
            (roles::role.nullable(), roles::organization_id.nullable(), organizations::name.nullable()),
        ))
        .load(db)?;
    let Some(((session, id, signed_in_at, seen_at, expires_at), (name, unit_id, community_id), _)) =
        rows.first().cloned()
    else {
        return Ok(None);
    };
    let held = |(role, organization_id, organization): Held| {
        Some(HeldRole { role: role?, organization_id: organization_id?, organization: organization? })
    };
    let roles = rows.into_iter().filter_map(|(_, _, row)| held(row)).collect();
    let circles = circles.around(db, [unit_id, community_id].into_iter().flatten())?;
    let caller = Caller { id, session, signed_in_at, name, unit_id, community_id, roles, circles };
    Ok(Some(Found { caller: Arc::new(caller), seen_at, expires_at }))
}

pub(super) fn note_use(db: &mut Db, session: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(session))
        .set((sessions::seen_at.eq(now), sessions::expires_at.eq(expires_at)))
        .execute(db)?;
    Ok(())
}

/// The member and password hash of an account; accounts are written in lower case.
///
/// # Errors
/// When the database can't be read.
pub fn credentials(db: &mut Db, account: &str) -> Result<Option<(MemberId, String)>> {
    Ok(accounts::table
        .inner_join(members::table)
        .filter(accounts::account.eq(account.to_lowercase()))
        .filter(members::left_at.is_null())
        .select((accounts::member_id, accounts::password_hash))
        .first(db)
        .optional()?)
}

/// Writes a sign-in down.
///
/// # Errors
/// When the database can't be written.
pub fn sign_in(
    db: &mut Db,
    member: MemberId,
    token_hash: [u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<SessionId> {
    Ok(diesel::insert_into(sessions::table)
        .values((
            sessions::member_id.eq(member),
            sessions::token_hash.eq(&token_hash[..]),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(expires_at),
        ))
        .returning(sessions::id)
        .get_result(db)?)
}

/// Ends a sign-in of its owner.
///
/// # Errors
/// When the database can't be written.
pub fn end_session(db: &mut Db, owner: MemberId, session: SessionId, now: Timestamp) -> Result<bool> {
    let row = sessions::table
        .filter(sessions::id.eq(session))
        .filter(sessions::member_id.eq(owner))
        .filter(sessions::ended_at.is_null());
    Ok(diesel::update(row).set(sessions::ended_at.eq(now)).execute(db)? == 1)
}

/// A sign-in as its owner sees it.
#[derive(Clone, Debug, Queryable, Serialize, ToSchema)]
pub struct SessionView {
    /// Its id.
    pub id: SessionId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, within ten minutes.
    pub seen_at: Timestamp,
    /// When it ends unless it is used.
    pub expires_at: Timestamp,
}

/// The sign-ins of a member that are good now, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn sessions_of(db: &mut Db, member: MemberId, now: Timestamp) -> Result<Vec<SessionView>> {
    Ok(sessions::table
        .filter(sessions::member_id.eq(member))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .order(sessions::id.desc())
        .limit(100)
        .select((sessions::id, sessions::created_at, sessions::seen_at, sessions::expires_at))
        .load(db)?)
}

/// A member's own particulars.
#[derive(Clone, Debug, Queryable)]
pub struct Particulars {
    /// Their name.
    pub name: String,
    /// What they are to the double report.
    pub standing: Standing,
    /// The key that seals their phone number.
    pub phone_key_id: Option<i64>,
    /// The sealed phone number.
    pub phone_cipher: Option<Vec<u8>>,
    /// Version for edits.
    pub version: i32,
}

/// A member's own particulars.
///
/// # Errors
/// `NotFound`.
pub fn particulars(db: &mut Db, member: MemberId) -> Result<Particulars> {
    Ok(members::table
        .find(member)
        .select((
            members::name,
            members::standing,
            members::phone_key_id,
            members::phone_cipher,
            members::version,
        ))
        .first(db)?)
}

/// Writes a member's phone number, sealed, unless the particulars have moved on.
///
/// # Errors
/// When the database can't be written.
pub fn set_phone(
    db: &mut Db,
    member: MemberId,
    sealed: &crate::crypto::Sealed,
    index: &[u8],
    version: i32,
) -> Result<bool> {
    let row = members::table.filter(members::id.eq(member)).filter(members::version.eq(version));
    Ok(diesel::update(row)
        .set((
            members::phone_key_id.eq(sealed.key_id),
            members::phone_cipher.eq(&sealed.bytes),
            members::phone_index.eq(index),
            members::version.eq(members::version + 1),
        ))
        .execute(db)?
        == 1)
}

/// Names of organisations by id.
///
/// # Errors
/// When the database can't be read.
pub fn organization_names(db: &mut Db, ids: &[OrganizationId]) -> Result<Vec<(OrganizationId, String)>> {
    Ok(organizations::table
        .filter(organizations::id.eq_any(ids))
        .select((organizations::id, organizations::name))
        .load(db)?)
}

/// Who of these members lets this organisation see their numbers now.
///
/// # Errors
/// When the database can't be read.
pub fn consenting(db: &mut Db, receiver: OrganizationId, of: &[MemberId]) -> Result<Vec<MemberId>> {
    Ok(consents::table
        .filter(consents::receiver_id.eq(receiver))
        .filter(consents::member_id.eq_any(of))
        .filter(consents::withdrawn_at.is_null())
        .select(consents::member_id)
        .distinct()
        .load(db)?)
}
