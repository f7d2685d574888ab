//! The fence round a post: a circle or a polygon, and how far a position lies outside it.

use ::geo::{Area, Coord, Intersects, LineString, MapCoords, Polygon, Validation};
use geojson::{Geometry, GeometryValue};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

use super::{Datum, Metres, Position, PositionError, datum, distance};

/// A fence as it is written down: `{"radius_m": 80}` or `{"polygon": …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outline {
    /// A circle round the post's position: metres from 20 to 1,000.
    RadiusM(f64),
    /// A GeoJSON polygon without holes, longitude first, in the datum of the post's position.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    Polygon(Geometry),
}

/// What is wrong with an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum FenceError {
    /// The radius isn't a number from 20 to 1,000.
    #[error("a radius is from 20 to 1,000 metres")]
    RadiusOutOfRange,
    /// The GeoJSON holds something else than one polygon.
    #[error("the shape is not one GeoJSON polygon")]
    NotAPolygon,
    /// The polygon has a hole.
    #[error("a fence has no holes")]
    HasHoles,
    /// Fewer than 4 corners.
    #[error("a fence has 4 corners at least, the closing one counted")]
    TooFewCorners,
    /// More than 200 corners.
    #[error("a fence has 200 corners at most")]
    TooManyCorners,
    /// A corner isn't two numbers on the globe.
    #[error("a corner is [longitude, latitude]: {0}")]
    CornerOutOfRange(PositionError),
    /// The last corner isn't the first.
    #[error("a fence ends with the corner it began with")]
    NotClosed,
    /// Two edges meet elsewhere than at the corner they share.
    #[error("a fence does not cross or touch itself")]
    CrossesItself,
    /// All corners lie on one line.
    #[error("a fence encloses some ground")]
    NoArea,
}

/// A checked outline, ready to judge positions of every datum.
///
/// Checking compares every pair of edges; keep the fence while its post stands rather than building it anew.
#[derive(Clone, Debug)]
pub struct Fence {
    /// As given, kept only when it was given in WGS-84.
    wgs84: Option<Shape>,
    gcj02: Shape,
}

#[derive(Clone, Debug)]
enum Shape {
    Circle { centre: Position, radius: Metres },
    Polygon(Polygon),
}

impl Fence {
    /// Checks an outline round a post's position, whose datum a polygon's corners have too.
    pub fn new(position: Position, outline: &Outline) -> Result<Self, FenceError> {
        let given = match outline {
            Outline::RadiusM(radius) => circle(position, *radius)?,
            Outline::Polygon(shape) => Shape::Polygon(polygon(shape, position.datum())?),
        };
        let gcj02 = given.to_gcj02(position.datum());
        Ok(Self { wgs84: (position.datum() == Datum::Wgs84).then_some(given), gcj02 })
    }

    /// Metres from a position to the fence, nothing when it lies inside or on the edge.
    ///
    /// WGS-84 is compared with WGS-84; any other pair is brought to GCJ-02, a polygon by its corners.
    pub fn distance_to(&self, position: Position) -> Metres {
        match &self.wgs84 {
            Some(shape) if position.datum() == Datum::Wgs84 => shape.distance_to(position),
            _ => self.gcj02.distance_to(position.to_gcj02()),
        }
    }
}

impl Shape {
    fn to_gcj02(&self, from: Datum) -> Self {
        match self {
            Self::Circle { centre, radius } => Self::Circle { centre: centre.to_gcj02(), radius: *radius },
            Self::Polygon(polygon) => {
                Self::Polygon(polygon.map_coords(|corner| datum::to_gcj02(corner, from)))
            }
        }
    }

    /// Both must be in the same datum.
    fn distance_to(&self, position: Position) -> Metres {
        let at = position.coord();
        match self {
            Self::Circle { centre, radius } => distance::geodesic(centre.coord(), at).less(*radius),
            Self::Polygon(polygon) if polygon.intersects(&at) => Metres::default(),
            Self::Polygon(polygon) => distance::to_ring(at, polygon.exterior()),
        }
    }
}

fn circle(centre: Position, radius: f64) -> Result<Shape, FenceError> {
    if !(20.0..=1000.0).contains(&radius) {
        return Err(FenceError::RadiusOutOfRange);
    }
    let radius = Metres::new(radius).ok_or(FenceError::RadiusOutOfRange)?;
    Ok(Shape::Circle { centre, radius })
}

/// Corners by the positions of the GeoJSON ring, which repeats the first one at its end: 4 with the closing one
/// (a triangle) to 200 without it. Whoever counts the other way is refused nothing.
fn polygon(shape: &Geometry, datum: Datum) -> Result<Polygon, FenceError> {
    let GeometryValue::Polygon { coordinates: rings } = &shape.value else {
        return Err(FenceError::NotAPolygon);
    };
    let ring = match rings.as_slice() {
        [] => return Err(FenceError::TooFewCorners),
        [ring] => ring,
        _ => return Err(FenceError::HasHoles),
    };
    match ring.len() {
        ..4 => return Err(FenceError::TooFewCorners),
        202.. => return Err(FenceError::TooManyCorners),
        _ => {}
    }
    let corners = ring.iter().map(|corner| read_corner(corner, datum)).collect::<Result<Vec<_>, _>>()?;
    if corners.first() != corners.last() {
        return Err(FenceError::NotClosed);
    }
    let polygon = Polygon::new(LineString(corners), Vec::new());
    if polygon.unsigned_area() == 0.0 {
        return Err(FenceError::NoArea);
    }
    if !polygon.is_valid() {
        return Err(FenceError::CrossesItself);
    }
    Ok(polygon)
}

/// A height after the two numbers is passed over.
fn read_corner(corner: &geojson::Position, datum: Datum) -> Result<Coord, FenceError> {
    let [lon, lat, ..] = corner.as_slice() else { return Err(FenceError::NotAPolygon) };
    Position::new(*lat, *lon, datum).map(Position::coord).map_err(FenceError::CornerOutOfRange)
}
