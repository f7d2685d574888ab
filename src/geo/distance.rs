//! How far apart two places are, in metres on the ellipsoid.

use ::geo::{Coord, Distance, Geodesic, LineString, Point};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A length in metres, finite and not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "f64")]
#[schema(minimum = 0)]
pub struct Metres(f64);

impl Metres {
    /// Builds a length; `None` for NaN, infinity and what is below zero.
    pub fn new(metres: f64) -> Option<Self> {
        (metres.is_finite() && metres >= 0.0).then_some(Self(metres))
    }

    /// A whole number of metres.
    pub const fn whole(metres: u32) -> Self {
        Self(metres as f64)
    }

    /// The length as a number of metres.
    pub fn value(self) -> f64 {
        self.0
    }

    /// Whether the length is nothing at all.
    pub fn is_zero(self) -> bool {
        self.0 == 0.0
    }

    /// The shorter of two lengths.
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// What is left of the length after `other` is taken away, at least nothing.
    pub fn less(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0.0))
    }

    /// The length to the nearest ten metres.
    pub fn rounded_to_10(self) -> u32 {
        (self.0 / 10.0).round() as u32 * 10
    }
}

impl TryFrom<f64> for Metres {
    type Error = &'static str;
    fn try_from(metres: f64) -> Result<Self, Self::Error> {
        Self::new(metres).ok_or("a length in metres is a number from 0")
    }
}

/// Distance along the ellipsoid, exact at any distance.
pub(super) fn geodesic(a: Coord, b: Coord) -> Metres {
    Metres(Geodesic.distance(Point::from(a), Point::from(b)))
}

/// Distance from a coordinate to the nearest edge of a closed ring in the same datum; edges are straight in degrees.
pub(crate) fn to_ring(at: Coord, ring: &LineString) -> Metres {
    let plane = LocalPlane::at(at.y);
    let mut nearest = (f64::INFINITY, at);
    for edge in ring.lines() {
        let start = plane.metres(edge.start - at);
        let along = plane.metres(edge.delta());
        let length2 = dot(along, along);
        let share = if length2 > 0.0 { (-dot(start, along) / length2).clamp(0.0, 1.0) } else { 0.0 };
        let foot = start + along * share;
        let distance2 = dot(foot, foot);
        if distance2 < nearest.0 {
            nearest = (distance2, edge.start + edge.delta() * share);
        }
    }
    apart(at, nearest.1)
}

/// Distance between two coordinates, in a plane at their middle latitude while that is exact enough.
fn apart(a: Coord, b: Coord) -> Metres {
    let delta = b - a;
    if delta.x.abs().max(delta.y.abs()) > PLANE_LIMIT {
        return geodesic(a, b);
    }
    let across = LocalPlane::at((a.y + b.y) / 2.0).metres(delta);
    Metres(across.x.hypot(across.y))
}

/// Degrees up to which the plane is used: at China's latitudes it is off by under 1 in 100,000 there, and costs
/// a twentieth of the geodesic.
const PLANE_LIMIT: f64 = 0.3;

/// Metres in a degree of longitude and of latitude, on the WGS-84 ellipsoid about one latitude.
struct LocalPlane {
    east: f64,
    north: f64,
}

impl LocalPlane {
    fn at(lat: f64) -> Self {
        const AXIS: f64 = 6_378_137.0;
        const E2: f64 = 0.006_694_379_990_141_316;
        let (sin, cos) = lat.to_radians().sin_cos();
        let w2 = 1.0 - E2 * sin * sin;
        let across = AXIS / w2.sqrt();
        Self { east: (across * cos).to_radians(), north: (across * (1.0 - E2) / w2).to_radians() }
    }

    fn metres(&self, degrees: Coord) -> Coord {
        Coord { x: degrees.x * self.east, y: degrees.y * self.north }
    }
}

fn dot(a: Coord, b: Coord) -> f64 {
    a.x * b.x + a.y * b.y
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_plane_agrees_with_the_geodesic(
            x in 73.0..135.0f64, y in 4.0..53.0f64, dx in -0.3..0.3f64, dy in -0.3..0.3f64,
        ) {
            let (a, b) = (Coord { x, y }, Coord { x: x + dx, y: y + dy });
            let (plane, exact) = (apart(a, b).value(), geodesic(a, b).value());
            prop_assert!((plane - exact).abs() <= exact * 1e-5, "{plane} {exact}");
        }

        #[test]
        fn a_length_is_rounded_by_at_most_5_metres(metres in 0.0..20_000_000.0f64) {
            let rounded = Metres(metres).rounded_to_10();
            prop_assert!(rounded.is_multiple_of(10) && (f64::from(rounded) - metres).abs() <= 5.0);
        }
    }

    #[test]
    fn a_length_is_a_number_from_zero() {
        for bad in [-0.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Metres::new(bad), None);
        }
        assert!(serde_json::from_str::<Metres>("-1").is_err());
        assert_eq!(serde_json::from_str::<Metres>("12.5").unwrap().value(), 12.5);
    }
}
