//! What waits in the database.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::{Db, migrate};
use crate::error::Result;
use crate::schema::{claims, outbox};

/// What waits to be done.
pub(super) struct Backlog {
    pub outbox_waiting: i64,
    pub outbox_oldest: Option<Timestamp>,
    pub unverified_oldest: Option<Timestamp>,
}

pub(super) fn backlog(db: &mut Db, now: Timestamp) -> Result<Backlog> {
    let due = outbox::table.filter(outbox::sent_at.is_null()).filter(outbox::due_at.le(now));
    let (outbox_waiting, outbox_oldest) = due.select((count_star(), min(outbox::due_at))).first(db)?;
    let unverified_oldest =
        claims::table.filter(claims::state.eq("unverified")).select(min(claims::ends_at)).first(db)?;
    Ok(Backlog { outbox_waiting, outbox_oldest, unverified_oldest })
}

/// Whether the database has the shape that this binary works with.
pub(super) fn fits(db: &mut Db) -> Result<bool> {
    Ok(migrate::shape(db)? == migrate::Shape::Fits)
}
