//! Queries over what members have served, whether or not it counts.

use diesel::prelude::*;

use crate::claims::{Claim, ClaimState};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::ledger::Period;
use crate::posts::{ShiftOf, ShiftOfRow};
use crate::schema::{claims, posts, shifts};
use crate::units::{ClaimId, MemberId};

/// The states of claims on which there was something to serve.
const SERVED: [ClaimState; 7] = [
    ClaimState::CheckedIn,
    ClaimState::Open,
    ClaimState::Completed,
    ClaimState::Unverified,
    ClaimState::Excused,
    ClaimState::NoShow,
    ClaimState::Void,
];

/// A member's services, latest first, before a place in that order; one more than `limit` tells that there is a next page.
pub(in crate::checkins) fn services_of(
    db: &mut Db,
    member: MemberId,
    period: Option<Period>,
    before: Option<(Timestamp, ClaimId)>,
    limit: usize,
) -> Result<Vec<(Claim, ShiftOf)>> {
    let mut query = claims::table
        .inner_join(shifts::table.inner_join(posts::table))
        .filter(claims::member_id.eq(member))
        .filter(claims::state.eq_any(SERVED))
        .order((claims::starts_at.desc(), claims::id.desc()))
        .limit(limit as i64 + 1)
        .select((Claim::as_select(), ShiftOfRow::as_select()))
        .into_boxed();
    if let Some(span) = period.map(Period::span) {
        query = query.filter(claims::starts_at.ge(span.start)).filter(claims::starts_at.lt(span.end));
    }
    if let Some((at, id)) = before {
        query = query.filter(claims::starts_at.lt(at).or(claims::starts_at.eq(at).and(claims::id.lt(id))));
    }
    let rows: Vec<(Claim, ShiftOfRow)> = query.load(db)?;
    rows.into_iter().map(|(claim, of)| Ok((claim, of.read()?))).collect()
}
