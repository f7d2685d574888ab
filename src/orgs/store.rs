//! Rows of organisations, grids and roles.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::{GridLevel, HeldRole, OrganizationKind, Role, Scope};
use crate::db::Db;
use crate::error::Result;
use crate::schema::{grids, organization_ancestors as ancestors, organizations, roles};
use crate::units::{GridId, MemberId, OrganizationId};

/// An organisation as others see it.
#[derive(Clone, Debug, Queryable, Serialize, ToSchema)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// The organisation above it.
    pub parent_id: Option<OrganizationId>,
    /// What kind it is.
    pub kind: OrganizationKind,
    /// Its national or own code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its version, for edits.
    pub version: i32,
}

/// What to look for among organisations.
#[derive(Clone, Debug, Default)]
pub struct OrganizationFilter {
    /// Only below this one.
    pub under: Option<OrganizationId>,
    /// Only of this kind.
    pub kind: Option<OrganizationKind>,
    /// Only those whose name, or its spelling in pinyin, holds this text in lower case.
    pub text: Option<String>,
    /// Only after this place in the order of spelling.
    pub after: Option<(String, i64)>,
}

/// Organisations by spelling, with their sort keys; one more than `limit` tells that there is a next page.
///
/// # Errors
/// When the database can't be read.
pub fn organizations_in(
    db: &mut Db,
    scope: &Scope,
    filter: &OrganizationFilter,
    limit: usize,
) -> Result<Vec<(Organization, String)>> {
    let reach =
        ancestors::table.filter(ancestors::ancestor_id.eq_any(&scope.0)).select(ancestors::descendant_id);
    let mut query = organizations::table
        .filter(organizations::id.eq_any(reach))
        .filter(organizations::closed_at.is_null())
        .order((organizations::name_key, organizations::id))
        .limit(limit as i64 + 1)
        .select((
            (
                organizations::id,
                organizations::parent_id,
                organizations::kind,
                organizations::code,
                organizations::name,
                organizations::version,
            ),
            organizations::name_key,
        ))
        .into_boxed();
    if let Some(under) = filter.under {
        let below =
            ancestors::table.filter(ancestors::ancestor_id.eq(under)).select(ancestors::descendant_id);
        query = query.filter(organizations::id.eq_any(below));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(organizations::kind.eq(kind));
    }
    if let Some(text) = &filter.text {
        let pattern = format!("%{}%", text.replace(['%', '_', '\\'], ""));
        query =
            query.filter(organizations::name.like(pattern.clone()).or(organizations::name_key.like(pattern)));
    }
    if let Some((key, id)) = &filter.after {
        query = query.filter(
            organizations::name_key
                .gt(key.clone())
                .or(organizations::name_key.eq(key.clone()).and(organizations::id.gt(OrganizationId(*id)))),
        );
    }
    Ok(query.load(db)?)
}

/// Whether an organisation is in someone's scope.
///
/// # Errors
/// When the database can't be read.
pub fn reaches(db: &mut Db, scope: &Scope, id: OrganizationId) -> Result<bool> {
    let held = ancestors::table
        .filter(ancestors::ancestor_id.eq_any(&scope.0))
        .filter(ancestors::descendant_id.eq(id));
    Ok(diesel::select(diesel::dsl::exists(held)).get_result(db)?)
}

/// Those among some organisations that are in someone's scope.
///
/// # Errors
/// When the database can't be read.
pub fn reached(db: &mut Db, scope: &Scope, among: &[OrganizationId]) -> Result<HashSet<OrganizationId>> {
    if scope.0.is_empty() || among.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<OrganizationId> = ancestors::table
        .filter(ancestors::ancestor_id.eq_any(&scope.0))
        .filter(ancestors::descendant_id.eq_any(among))
        .select(ancestors::descendant_id)
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// An organisation and all above it.
///
/// # Errors
/// When the database can't be read.
pub fn with_those_above(db: &mut Db, id: OrganizationId) -> Result<Vec<OrganizationId>> {
    Ok(ancestors::table.filter(ancestors::descendant_id.eq(id)).select(ancestors::ancestor_id).load(db)?)
}

/// The roles that a member holds now.
///
/// # Errors
/// When the database can't be read.
pub fn roles_of(db: &mut Db, member: MemberId) -> Result<Vec<HeldRole>> {
    let rows: Vec<(Role, OrganizationId, String)> = roles::table
        .inner_join(organizations::table)
        .filter(roles::member_id.eq(member))
        .filter(roles::ended_at.is_null())
        .order(roles::id)
        .select((roles::role, roles::organization_id, organizations::name))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(role, organization_id, organization)| HeldRole { role, organization_id, organization })
        .collect())
}

/// The name of an organisation.
///
/// # Errors
/// `NotFound`.
pub fn name(db: &mut Db, id: OrganizationId) -> Result<String> {
    Ok(organizations::table.find(id).select(organizations::name).first(db)?)
}

/// The names of some organisations.
///
/// # Errors
/// When the database can't be read.
pub fn names(db: &mut Db, of: &[OrganizationId]) -> Result<HashMap<OrganizationId, String>> {
    let rows: Vec<(OrganizationId, String)> = organizations::table
        .filter(organizations::id.eq_any(of))
        .select((organizations::id, organizations::name))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// What kinds these organisations are; unknown ones are left out.
///
/// # Errors
/// When the database can't be read.
pub fn kinds(db: &mut Db, of: &[OrganizationId]) -> Result<HashMap<OrganizationId, OrganizationKind>> {
    let rows: Vec<(OrganizationId, OrganizationKind)> = organizations::table
        .filter(organizations::id.eq_any(of))
        .select((organizations::id, organizations::kind))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// A box on the map in WGS-84 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Box2 {
    /// Its west side.
    pub min_lon: f64,
    /// Its south side.
    pub min_lat: f64,
    /// Its east side.
    pub max_lon: f64,
    /// Its north side.
    pub max_lat: f64,
}

/// A grid with its shape.
#[derive(Clone, Debug, Queryable)]
pub struct GridRow {
    /// Its id.
    pub id: GridId,
    /// The grid above it.
    pub parent_id: Option<GridId>,
    /// The organisation that answers for it.
    pub organization_id: Option<OrganizationId>,
    /// Where it stands in the tree.
    pub level: GridLevel,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its shape as GeoJSON geometry in WGS-84.
    pub polygon: Option<String>,
}

type GridColumns = (
    grids::id,
    grids::parent_id,
    grids::organization_id,
    grids::level,
    grids::code,
    grids::name,
    grids::polygon,
);
const GRID: GridColumns = (
    grids::id,
    grids::parent_id,
    grids::organization_id,
    grids::level,
    grids::code,
    grids::name,
    grids::polygon,
);

/// The grids of a level that touch a box, at most `most` of them.
///
/// # Errors
/// When the database can't be read.
pub fn grids_in(db: &mut Db, level: GridLevel, within: Box2, most: i64) -> Result<Vec<GridRow>> {
    Ok(grids::table
        .filter(grids::level.eq(level))
        .filter(grids::max_lat.ge(within.min_lat))
        .filter(grids::min_lat.le(within.max_lat))
        .filter(grids::max_lon.ge(within.min_lon))
        .filter(grids::min_lon.le(within.max_lon))
        .order(grids::id)
        .limit(most)
        .select(GRID)
        .load(db)?)
}

/// Every level-3 grid with its shape and the community that answers for it.
///
/// # Errors
/// When the database can't be read.
pub fn all_estates(db: &mut Db) -> Result<Vec<GridRow>> {
    Ok(grids::table.filter(grids::level.eq(GridLevel::Estates)).order(grids::id).select(GRID).load(db)?)
}
