//! Queries over services that may wait for a person's word.

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::checkins::{Direction, EvidenceLevel};
use crate::claims::{Claim, ClaimState};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::ledger::Span;
use crate::posts::{LeadPower, PostState, ShiftOf, ShiftOfRow};
use crate::schema::{checkins, claims, organization_ancestors as ancestors, posts, shifts};
use crate::units::{ClaimId, OrganizationId};

/// Claims in shifts that share an instant with a span, of posts that an organisation or one below it has published,
/// whose service may wait for a person: every one that does, and some that don't. By start, after a place in that order.
pub(in crate::checkins) fn perhaps_waiting(
    db: &mut Db,
    under: OrganizationId,
    span: Span,
    after: Option<(Timestamp, ClaimId)>,
    most: Option<usize>,
) -> Result<Vec<(Claim, ShiftOf)>> {
    let below = ancestors::table.filter(ancestors::ancestor_id.eq(under)).select(ancestors::descendant_id);
    let ends = checkins::table.filter(checkins::claim_id.eq(claims::id));
    let unticked = ends
        .filter(checkins::ticked_by.is_null())
        .filter(checkins::level.eq_any([EvidenceLevel::Fair, EvidenceLevel::Weak]));
    // Whoever came on time and stayed to the end was there for long enough.
    let came_late = ends.filter(checkins::end.eq(Direction::In)).filter(checkins::at.gt(claims::starts_at));
    let left_early = ends
        .filter(checkins::end.eq(Direction::Out))
        .filter(checkins::at.lt(claims::ends_at))
        .filter(checkins::ticked_as.is_null().or(checkins::ticked_as.eq(LeadPower::Lead)));
    let unspoken = claims::state.eq_any([ClaimState::Unverified, ClaimState::Open]);
    let served = claims::state.eq_any([ClaimState::CheckedIn, ClaimState::Completed]);
    let unsettled = exists(unticked).or(exists(came_late)).or(exists(left_early));
    let mut query = claims::table
        .inner_join(shifts::table.inner_join(posts::table))
        .filter(posts::organization_id.eq_any(below))
        .filter(posts::state.ne(PostState::Draft))
        .filter(shifts::ends_at.gt(span.start).and(shifts::starts_at.lt(span.end)))
        // A shift lasts a day at most, which lets an index find them among those of all years.
        .filter(shifts::starts_at.ge(span.start.minus(TimeDelta::days(1))))
        .filter(unspoken.or(served.and(unsettled)))
        .order((claims::starts_at, claims::id))
        .select((Claim::as_select(), ShiftOfRow::as_select()))
        .into_boxed();
    if let Some((at, id)) = after {
        query = query.filter(claims::starts_at.gt(at).or(claims::starts_at.eq(at).and(claims::id.gt(id))));
    }
    if let Some(most) = most {
        query = query.limit(most as i64);
    }
    let rows: Vec<(Claim, ShiftOfRow)> = query.load(db)?;
    rows.into_iter().map(|(claim, of)| Ok((claim, of.read()?))).collect()
}
