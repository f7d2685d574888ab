//! Routes of organisations and grids.

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::store::{self, Box2, GridRow, Organization, OrganizationFilter};
use super::{GridLevel, OrganizationKind, Scope};
use crate::app::App;
use crate::auth::{Member, Permission};
use crate::error::{Error, Result};
use crate::http::{Reply, page};
use crate::units::{GridId, OrganizationId};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(organizations).service(grids);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OrganizationQuery {
    /// Only below this organisation.
    under: Option<OrganizationId>,
    /// Only of this kind.
    kind: Option<OrganizationKind>,
    /// Only those whose name or pinyin holds this text.
    q: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Organisations in the caller's reach, by spelling: those above and around the caller, and what their roles cover.
#[utoipa::path(
    tag = "organizations",
    params(OrganizationQuery),
    responses((status = 200, body = page::Page<Organization>)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/organizations")]
async fn organizations(
    app: web::Data<App>,
    by: Member,
    query: web::Query<OrganizationQuery>,
) -> Result<Reply> {
    let query = query.into_inner();
    let limit = page::limit(query.limit)?;
    let filter = OrganizationFilter {
        under: query.under,
        kind: query.kind,
        text: query.q.map(|text| text.to_lowercase()).filter(|text| !text.is_empty()),
        after: page::place(query.cursor.as_deref())?,
    };
    let roots = by.circles.iter().copied().chain(by.roles.iter().map(|held| held.organization_id));
    let scope = Scope(roots.collect());
    let rows = app.store.read(move |db| store::organizations_in(db, &scope, &filter, limit)).await?;
    let page = page::Page::cut(rows, limit, |(row, key)| (key.clone(), row.id)).map(|(row, _)| row);
    Reply::ok(&page)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct GridQuery {
    /// `west,south,east,north` in WGS-84 degrees.
    bbox: String,
    /// Which level of the tree.
    level: GridLevel,
}

/// A grid as a GeoJSON feature.
#[derive(Debug, Serialize, ToSchema)]
struct GridFeature {
    #[serde(rename = "type")]
    kind: &'static str,
    id: GridId,
    properties: GridProperties,
    /// GeoJSON geometry in WGS-84, simplified for the box; `null` where no shape is known.
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    geometry: Option<serde_json::Value>,
}

/// What is said of a grid.
#[derive(Debug, Serialize, ToSchema)]
struct GridProperties {
    code: String,
    name: String,
    level: GridLevel,
    parent_id: Option<GridId>,
    organization_id: Option<OrganizationId>,
}

/// Grids as GeoJSON.
#[derive(Debug, Serialize, ToSchema)]
struct GridCollection {
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<GridFeature>,
}

/// The whole city has fewer grids than this on any level.
const MOST: i64 = 2_000;

/// The grids of a level in a box, simplified for the zoom.
#[utoipa::path(
    tag = "organizations",
    params(GridQuery),
    responses((status = 200, body = GridCollection)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/grids")]
async fn grids(app: web::Data<App>, _by: Member, query: web::Query<GridQuery>) -> Result<Reply> {
    let within = parse_box(&query.bbox)?;
    let level = query.level;
    let rows = app.store.read(move |db| store::grids_in(db, level, within, MOST)).await?;
    // A thousandth of the box is less than a pixel or two on any screen that shows all of it.
    let tolerance = (within.max_lon - within.min_lon).max(within.max_lat - within.min_lat) / 1_000.0;
    let features = rows.into_iter().map(|row| feature(row, tolerance)).collect();
    Reply::ok(&GridCollection { kind: "FeatureCollection", features })
}

fn parse_box(text: &str) -> Result<Box2> {
    let parts: Vec<f64> = text.split(',').map_while(|part| part.trim().parse().ok()).collect();
    match parts[..] {
        [min_lon, min_lat, max_lon, max_lat]
            if parts.iter().all(|part| part.is_finite() && part.abs() <= 360.0)
                && min_lon <= max_lon
                && min_lat <= max_lat =>
        {
            Ok(Box2 { min_lon, min_lat, max_lon, max_lat })
        }
        _ => Err(Error::field("bbox", "west_south_east_north")),
    }
}

fn feature(row: GridRow, tolerance: f64) -> GridFeature {
    let geometry = row.polygon.and_then(|text| simplified(&text, tolerance));
    let properties = GridProperties {
        code: row.code,
        name: row.name,
        level: row.level,
        parent_id: row.parent_id,
        organization_id: row.organization_id,
    };
    GridFeature { kind: "Feature", id: row.id, properties, geometry }
}

fn simplified(text: &str, tolerance: f64) -> Option<serde_json::Value> {
    use geo::Simplify;
    let geometry: geojson::Geometry = text.parse().ok()?;
    let shape: geo::Geometry<f64> = (&geometry).try_into().ok()?;
    let simple = match shape {
        geo::Geometry::Polygon(polygon) => geo::Geometry::Polygon(polygon.simplify(tolerance)),
        geo::Geometry::MultiPolygon(polygons) => geo::Geometry::MultiPolygon(polygons.simplify(tolerance)),
        other => other,
    };
    serde_json::to_value(geojson::Geometry::from(&simple)).ok()
}
