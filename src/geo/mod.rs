//! Where things are on the map: positions that name their datum, distances in metres, and fences round posts.

mod datum;
mod distance;
mod fence;

pub use datum::Datum;
pub use distance::Metres;
pub use fence::{Fence, FenceError, Outline};

use ::geo::Coord;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

pub(crate) use datum::to_gcj02;
pub(crate) use distance::to_ring;

/// A place on the earth in a named datum: latitude within ±90 degrees, longitude within ±180.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "RawPosition")]
pub struct Position {
    /// Degrees north.
    #[schema(minimum = -90, maximum = 90)]
    lat: f64,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180)]
    lon: f64,
    datum: Datum,
}

/// Why two numbers are no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum PositionError {
    /// The latitude isn't a number within ±90.
    #[error("a latitude is a number from -90 to 90")]
    LatOutOfRange,
    /// The longitude isn't a number within ±180.
    #[error("a longitude is a number from -180 to 180")]
    LonOutOfRange,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPosition {
    lat: f64,
    lon: f64,
    datum: Datum,
}

impl TryFrom<RawPosition> for Position {
    type Error = PositionError;
    fn try_from(raw: RawPosition) -> Result<Self, PositionError> {
        Self::new(raw.lat, raw.lon, raw.datum)
    }
}

impl Position {
    /// Builds a position from degrees; refuses NaN and what lies off the globe.
    pub fn new(lat: f64, lon: f64, datum: Datum) -> Result<Self, PositionError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::LatOutOfRange);
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PositionError::LonOutOfRange);
        }
        Ok(Self { lat, lon, datum })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// The datum in which the degrees were given.
    pub fn datum(self) -> Datum {
        self.datum
    }

    /// The same place in GCJ-02, the datum that every other can be brought to.
    pub fn to_gcj02(self) -> Self {
        let at = datum::to_gcj02(self.coord(), self.datum);
        // BD-09 at the very edge of the globe may step over it by a few thousandths of a degree.
        Self { lat: at.y.clamp(-90.0, 90.0), lon: at.x.clamp(-180.0, 180.0), datum: Datum::Gcj02 }
    }

    /// Geodesic distance to another position: both as they are when both are WGS-84, else both in GCJ-02.
    pub fn distance_to(self, other: Self) -> Metres {
        let (a, b) = match (self.datum, other.datum) {
            (Datum::Wgs84, Datum::Wgs84) => (self, other),
            _ => (self.to_gcj02(), other.to_gcj02()),
        };
        distance::geodesic(a.coord(), b.coord())
    }

    /// Longitude first, as geometry has it.
    pub(crate) fn coord(self) -> Coord {
        Coord { x: self.lon, y: self.lat }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_on_the_globe_are_positions() {
        for (lat, lon, expected) in [
            (36.06, 103.82, None),
            (90.0, -180.0, None),
            (f64::NAN, 103.82, Some(PositionError::LatOutOfRange)),
            (90.000_001, 103.82, Some(PositionError::LatOutOfRange)),
            (36.06, f64::INFINITY, Some(PositionError::LonOutOfRange)),
            (36.06, -180.5, Some(PositionError::LonOutOfRange)),
        ] {
            assert_eq!(Position::new(lat, lon, Datum::Wgs84).err(), expected, "{lat}, {lon}");
        }
    }

    #[test]
    fn a_position_is_checked_while_it_is_read() {
        let read = |text: &str| serde_json::from_str::<Position>(text).map_err(|e| e.to_string());
        assert!(read(r#"{"lat": 36.06, "lon": 103.82, "datum": "gcj02"}"#).is_ok());
        for bad in [
            r#"{"lat": 91, "lon": 103.82, "datum": "gcj02"}"#,
            r#"{"lat": 36.06, "lon": 1e999, "datum": "gcj02"}"#,
            r#"{"lat": 36.06, "lon": 103.82, "datum": "nad27"}"#,
            r#"{"lat": 36.06, "lon": 103.82}"#,
            r#"{"lat": 36.06, "lon": 103.82, "datum": "gcj02", "height": 1500}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn mixing_the_datums_up_would_move_lanzhou_by_over_200_metres() {
        let phone = Position::new(36.0586, 103.8236, Datum::Wgs84).unwrap();
        let same_numbers = Position::new(36.0586, 103.8236, Datum::Gcj02).unwrap();
        assert!((205.0..230.0).contains(&phone.distance_to(same_numbers).value()));
        assert!(phone.distance_to(phone.to_gcj02()).is_zero());
    }
}
