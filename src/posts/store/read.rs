//! Queries over posts and shifts.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{Post, PostRow, Shift, ShiftOf, ShiftOfRow};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orgs::Scope;
use crate::posts::{Category, PostState, ShiftState};
use crate::schema::{organization_ancestors as ancestors, posts, shifts};
use crate::units::{OrganizationId, PostId, ShiftId};

/// A post that anyone may read: all but drafts.
///
/// # Errors
/// `NotFound`.
pub fn post(db: &mut Db, id: PostId) -> Result<Post> {
    posts::table
        .find(id)
        .filter(posts::state.ne(PostState::Draft))
        .select(PostRow::as_select())
        .first(db)
        .map_err(Error::from)?
        .read()
}

/// A post of a publisher in the scope, whatever its state.
///
/// # Errors
/// `NotFound`.
pub fn post_in(db: &mut Db, scope: &Scope, id: PostId) -> Result<Post> {
    let reach =
        ancestors::table.filter(ancestors::ancestor_id.eq_any(&scope.0)).select(ancestors::descendant_id);
    posts::table
        .find(id)
        .filter(posts::organization_id.eq_any(reach))
        .select(PostRow::as_select())
        .first(db)
        .map_err(Error::from)?
        .read()
}

/// A shift.
///
/// # Errors
/// `NotFound`.
pub fn shift(db: &mut Db, id: ShiftId) -> Result<Shift> {
    Ok(shifts::table.find(id).select(Shift::as_select()).first(db)?)
}

/// A shift with its post.
///
/// # Errors
/// `NotFound`.
pub fn shift_of(db: &mut Db, id: ShiftId) -> Result<ShiftOf> {
    shifts::table
        .inner_join(posts::table)
        .filter(shifts::id.eq(id))
        .select(ShiftOfRow::as_select())
        .first(db)
        .map_err(Error::from)?
        .read()
}

/// The shifts of some posts, in time.
///
/// # Errors
/// When the database can't be read.
pub fn shifts_of_posts(db: &mut Db, of: &[PostId]) -> Result<Vec<Shift>> {
    Ok(shifts::table
        .filter(shifts::post_id.eq_any(of))
        .order((shifts::starts_at, shifts::id))
        .select(Shift::as_select())
        .load(db)?)
}

/// Posts of a scope, newest first, before an id; by organisation, day of a shift, and state.
///
/// # Errors
/// When the database can't be read.
pub fn posts_in(
    db: &mut Db,
    scope: &Scope,
    under: Option<OrganizationId>,
    day: Option<NaiveDate>,
    state: Option<PostState>,
    before: Option<PostId>,
    limit: usize,
) -> Result<Vec<Post>> {
    let reach =
        ancestors::table.filter(ancestors::ancestor_id.eq_any(&scope.0)).select(ancestors::descendant_id);
    let mut query = posts::table
        .filter(posts::organization_id.eq_any(reach))
        .order(posts::id.desc())
        .limit(limit as i64 + 1)
        .select(PostRow::as_select())
        .into_boxed();
    if let Some(under) = under {
        let below =
            ancestors::table.filter(ancestors::ancestor_id.eq(under)).select(ancestors::descendant_id);
        query = query.filter(posts::organization_id.eq_any(below));
    }
    if let Some(day) = day {
        let (from, to) = bounds(day);
        let that_day = shifts::table
            .filter(shifts::ends_at.gt(from))
            .filter(shifts::starts_at.lt(to))
            .select(shifts::post_id);
        query = query.filter(posts::id.eq_any(that_day));
    }
    if let Some(state) = state {
        query = query.filter(posts::state.eq(state));
    }
    if let Some(before) = before {
        query = query.filter(posts::id.lt(before));
    }
    query.load(db)?.into_iter().map(PostRow::read).collect()
}

fn bounds(day: NaiveDate) -> (Timestamp, Timestamp) {
    (Timestamp::start_of(day), Timestamp::start_of(day.succ_opt().unwrap_or(day)))
}

/// The shifts of a day that go on or are still to come, of published posts in a scope; by category or by post.
///
/// # Errors
/// When the database can't be read.
pub fn shifts_on(
    db: &mut Db,
    scope: &Scope,
    day: NaiveDate,
    category: Option<Category>,
    of: Option<&[PostId]>,
    now: Timestamp,
) -> Result<Vec<ShiftId>> {
    let (from, to) = bounds(day);
    let reach =
        ancestors::table.filter(ancestors::ancestor_id.eq_any(&scope.0)).select(ancestors::descendant_id);
    let mut query = shifts::table
        .inner_join(posts::table)
        .filter(posts::organization_id.eq_any(reach))
        .filter(posts::state.ne(PostState::Draft))
        .filter(shifts::state.eq(ShiftState::Open))
        .filter(shifts::ends_at.gt(from.max(now)))
        .filter(shifts::starts_at.lt(to))
        .order(shifts::id)
        .select(shifts::id)
        .into_boxed();
    if let Some(category) = category {
        query = query.filter(posts::category.eq(category));
    }
    if let Some(of) = of {
        query = query.filter(shifts::post_id.eq_any(of));
    }
    Ok(query.load(db)?)
}

/// Shifts that can still be claimed after `ends_after`, with their posts: what the queue is made of. By id, or all.
///
/// # Errors
/// When the database can't be read.
pub fn board(db: &mut Db, ends_after: Timestamp, only: Option<&[ShiftId]>) -> Result<Vec<ShiftOf>> {
    let mut query = shifts::table
        .inner_join(posts::table)
        .filter(posts::state.eq(PostState::Published))
        .filter(shifts::state.eq(ShiftState::Open))
        .filter(shifts::ends_at.gt(ends_after))
        .select(ShiftOfRow::as_select())
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(shifts::id.eq_any(only));
    }
    query.load(db)?.into_iter().map(ShiftOfRow::read).collect()
}
