//! Reads the shifts of an organisation's day and counts them: a fixed number of queries, however many shifts there are.

use chrono::TimeDelta;
use diesel::dsl::{count_star, sum};
use diesel::prelude::*;

use crate::claims::ClaimState;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::insight::DayTotals;
use crate::ledger::Span;
use crate::posts::{PostState, ShiftOf, ShiftOfRow, ShiftState};
use crate::schema::{claims, organization_ancestors as ancestors, posts, shifts};
use crate::units::{OrganizationId, ShiftId};

/// Narrows shifts with their posts to those of a day that an organisation or one below it has published. A shift lasts a
/// day at most, which lets an index find them among those of all years.
macro_rules! of_day {
    ($query:expr, $under:expr, $day:expr) => {{
        let below =
            ancestors::table.filter(ancestors::ancestor_id.eq($under)).select(ancestors::descendant_id);
        $query
            .filter(posts::organization_id.eq_any(below).and(posts::state.ne(PostState::Draft)))
            .filter(shifts::ends_at.gt($day.start).and(shifts::starts_at.lt($day.end)))
            .filter(shifts::starts_at.ge($day.start.minus(TimeDelta::days(1))))
    }};
}

/// The shifts that share an instant with a day, by start, after a place in that order; one more than `limit` tells that
/// there is a next page.
///
/// # Errors
/// When the database can't be read.
pub(in crate::insight) fn shifts_of_day(
    db: &mut Db,
    under: OrganizationId,
    day: Span,
    after: Option<(Timestamp, ShiftId)>,
    limit: usize,
) -> Result<Vec<ShiftOf>> {
    let mut query = of_day!(shifts::table.inner_join(posts::table), under, day)
        .order((shifts::starts_at, shifts::id))
        .limit(limit as i64 + 1)
        .select(ShiftOfRow::as_select())
        .into_boxed();
    if let Some((at, id)) = after {
        query = query.filter(shifts::starts_at.gt(at).or(shifts::starts_at.eq(at).and(shifts::id.gt(id))));
    }
    query.load(db)?.into_iter().map(ShiftOfRow::read).collect()
}

/// What a day's shifts add up to, but for what waits to be looked at.
///
/// # Errors
/// When the database can't be read.
pub(in crate::insight) fn totals(db: &mut Db, under: OrganizationId, day: Span) -> Result<DayTotals> {
    type Row = (ShiftState, i64, Option<i64>, Option<i64>);
    let by_state: Vec<Row> = of_day!(shifts::table.inner_join(posts::table), under, day)
        .group_by(shifts::state)
        .select((shifts::state, count_star(), sum(shifts::capacity), sum(shifts::taken)))
        .load(db)?;
    let nobody_claimed = of_day!(shifts::table.inner_join(posts::table), under, day)
        .filter(shifts::state.eq(ShiftState::Open).and(shifts::taken.eq(0)))
        .count()
        .get_result(db)?;
    let there = claims::table.inner_join(shifts::table.inner_join(posts::table));
    let present_now =
        of_day!(there, under, day).filter(claims::state.eq(ClaimState::CheckedIn)).count().get_result(db)?;
    let mut totals = DayTotals { nobody_claimed, present_now, ..DayTotals::default() };
    for (state, shifts, capacity, taken) in by_state {
        totals.shifts += shifts;
        if state == ShiftState::Open {
            totals.capacity += capacity.unwrap_or(0);
            totals.taken += taken.unwrap_or(0);
        } else {
            totals.called_off += shifts;
        }
    }
    Ok(totals)
}

/// How many claims of each of these shifts are in each state.
///
/// # Errors
/// When the database can't be read.
pub(in crate::insight) fn claims_by_state(
    db: &mut Db,
    of: &[ShiftId],
) -> Result<Vec<(ShiftId, ClaimState, i64)>> {
    Ok(claims::table
        .filter(claims::shift_id.eq_any(of))
        .group_by((claims::shift_id, claims::state))
        .select((claims::shift_id, claims::state, count_star()))
        .load(db)?)
}
