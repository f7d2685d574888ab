//! Rows of the outbox.

use diesel::prelude::*;

use super::{Notice, Receiver};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::each_backend;
use crate::error::Result;
use crate::schema::outbox;

/// Promises a notice in the unit of work of the act that it tells of; a second promise under the same key is none.
///
/// # Errors
/// When the database can't be written.
pub fn tell(db: &mut Db, notice: &Notice, now: Timestamp) -> Result<()> {
    let kind: &str = notice.kind.into();
    let (member, organization) = match notice.to {
        Receiver::Member(id) => (Some(id), None),
        Receiver::Organization(id) => (None, Some(id)),
    };
    let row = (
        outbox::key.eq(&notice.key),
        outbox::kind.eq(kind),
        outbox::member_id.eq(member),
        outbox::organization_id.eq(organization),
        outbox::payload.eq(notice.payload.to_string()),
        outbox::created_at.eq(now),
        outbox::due_at.eq(now),
    );
    // `on_conflict` exists on concrete connections only.
    each_backend!(db, |conn| {
        diesel::insert_into(outbox::table).values(row).on_conflict(outbox::key).do_nothing().execute(conn)
    })?;
    Ok(())
}
