//! Reads a unit's members and their numbers: a fixed number of queries, however many members there are.

use diesel::dsl::sum;
use diesel::prelude::*;

use crate::checkins::Direction;
use crate::claims::ClaimState;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::insight::rules::{Uncounted, UnitMember};
use crate::ledger::{Period, Span};
use crate::orgs::{OrganizationKind, Scope};
use crate::schema::{
    checkins, claims, ledger_entries, members, organization_ancestors as ancestors, organizations,
};
use crate::units::{ClaimId, MemberId, OrganizationId};

/// The name of a unit in someone's scope.
///
/// # Errors
/// `NotFound` for another unit, and for what is no unit.
pub(in crate::insight) fn unit_name(db: &mut Db, scope: &Scope, unit: OrganizationId) -> Result<String> {
    let reach =
        ancestors::table.filter(ancestors::ancestor_id.eq_any(&scope.0)).select(ancestors::descendant_id);
    Ok(organizations::table
        .filter(organizations::id.eq(unit))
        .filter(organizations::id.eq_any(reach))
        .filter(organizations::kind.eq(OrganizationKind::Unit))
        .select(organizations::name)
        .first(db)?)
}

/// Where a member of a unit, or who was one, stands in the order of spelling.
///
/// # Errors
/// When the database can't be read.
pub(in crate::insight) fn place_of(
    db: &mut Db,
    unit: OrganizationId,
    member: MemberId,
) -> Result<Option<(String, MemberId)>> {
    let below = ancestors::table.filter(ancestors::ancestor_id.eq(unit)).select(ancestors::descendant_id);
    Ok(members::table
        .filter(members::id.eq(member))
        .filter(members::unit_id.eq_any(below.nullable()))
        .select((members::name_key, members::id))
        .first(db)
        .optional()?)
}

/// Who belongs to a unit now, its branches and units below included, by spelling after a place in that order.
///
/// # Errors
/// When the database can't be read.
pub(in crate::insight) fn members_of(
    db: &mut Db,
    unit: OrganizationId,
    after: Option<&(String, MemberId)>,
    rows: usize,
) -> Result<Vec<UnitMember>> {
    let below = ancestors::table.filter(ancestors::ancestor_id.eq(unit)).select(ancestors::descendant_id);
    let mut query = members::table
        .left_join(organizations::table.on(members::branch_id.eq(organizations::id.nullable())))
        .filter(members::unit_id.eq_any(below.nullable()))
        .filter(members::left_at.is_null())
        .order((members::name_key, members::id))
        .limit(rows as i64)
        .select((members::id, members::name, members::name_key, organizations::name.nullable()))
        .into_boxed();
    if let Some((key, id)) = after {
        query = query.filter(
            members::name_key.gt(key.clone()).or(members::name_key.eq(key.clone()).and(members::id.gt(*id))),
        );
    }
    let rows: Vec<(MemberId, String, String, Option<String>)> = query.load(db)?;
    let member = |(id, name, name_key, branch)| UnitMember { id, name, name_key, branch };
    Ok(rows.into_iter().map(member).collect())
}

/// The completed services of these members that began in a period and that no entry counts.
///
/// # Errors
/// When the database can't be read.
pub(in crate::insight) fn uncounted(db: &mut Db, of: &[MemberId], period: Period) -> Result<Vec<Uncounted>> {
    let (arrivals, departures) = diesel::alias!(checkins as arrivals, checkins as departures);
    let span = period.span();
    let counted = ledger_entries::table
        .filter(ledger_entries::member_id.eq_any(of))
        .group_by(ledger_entries::claim_id)
        .having(sum(ledger_entries::minutes).gt(0))
        .select(ledger_entries::claim_id);
    type Row = (ClaimId, MemberId, Timestamp, Timestamp, Timestamp, Timestamp);
    let rows: Vec<Row> = claims::table
        .inner_join(arrivals.on(arrivals.field(checkins::claim_id).eq(claims::id)))
        .inner_join(departures.on(departures.field(checkins::claim_id).eq(claims::id)))
        .filter(arrivals.field(checkins::end).eq(Direction::In))
        .filter(departures.field(checkins::end).eq(Direction::Out))
        .filter(claims::member_id.eq_any(of))
        .filter(claims::starts_at.ge(span.start))
        .filter(claims::starts_at.lt(span.end))
        .filter(claims::state.eq(ClaimState::Completed))
        .filter(claims::id.ne_all(counted))
        .select((
            claims::id,
            claims::member_id,
            claims::starts_at,
            claims::ends_at,
            arrivals.field(checkins::at),
            departures.field(checkins::at),
        ))
        .load(db)?;
    let service = |(_, member, start, end, arrived, left)| Uncounted {
        member,
        shift: Span { start, end },
        arrived,
        left,
    };
    Ok(rows.into_iter().map(service).collect())
}
