//! The three ways in which China's maps number a place, and how each becomes GCJ-02.

use std::f64::consts::PI;

use ::geo::Coord;

crate::text_enum! {
    /// What a pair of degrees refers to.
    pub enum Datum {
        /// The datum of satellite navigation.
        Wgs84,
        /// The datum of public maps in China.
        Gcj02,
        /// The datum of Baidu's maps.
        Bd09,
    }
}

/// Brings a coordinate to GCJ-02. There is no way back to WGS-84: surveying law forbids it.
pub(crate) fn to_gcj02(at: Coord, datum: Datum) -> Coord {
    match datum {
        Datum::Wgs84 => wgs84_to_gcj02(at),
        Datum::Gcj02 => at,
        Datum::Bd09 => bd09_to_gcj02(at),
    }
}

/// The box in which GCJ-02 differs from WGS-84: degrees east, then north. No finer border is drawn.
fn is_shifted(at: Coord) -> bool {
    (72.004..=137.8347).contains(&at.x) && (0.8293..=55.8271).contains(&at.y)
}

/// Semi-major axis in metres and squared eccentricity of the Krasovsky 1940 ellipsoid, on which GCJ-02 is defined.
const KRASOVSKY: (f64, f64) = (6_378_245.0, 0.006_693_421_622_965_943);

fn wgs84_to_gcj02(at: Coord) -> Coord {
    if !is_shifted(at) {
        return at;
    }
    let (axis, e2) = KRASOVSKY;
    let (east, north) = shift_metres(Coord { x: at.x - 105.0, y: at.y - 35.0 });
    let (sin, cos) = at.y.to_radians().sin_cos();
    let w2 = 1.0 - e2 * sin * sin;
    let meridian_radius = axis * (1.0 - e2) / (w2 * w2.sqrt());
    let parallel_radius = axis / w2.sqrt() * cos;
    Coord {
        x: at.x + (east / parallel_radius).to_degrees(),
        y: at.y + (north / meridian_radius).to_degrees(),
    }
}

/// Metres by which GCJ-02 lies east and north, `from` being degrees from 105 E, 35 N.
fn shift_metres(from: Coord) -> (f64, f64) {
    let Coord { x, y } = from;
    let waves = |pairs: [(f64, f64); 2]| {
        pairs.iter().map(|(height, angle)| height * (angle * PI).sin()).sum::<f64>() * 2.0 / 3.0
    };
    let root = x.abs().sqrt();
    let ripple = waves([(20.0, 6.0 * x), (20.0, 2.0 * x)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + ripple
        + waves([(20.0, x), (40.0, x / 3.0)])
        + waves([(150.0, x / 12.0), (300.0, x / 30.0)]);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + ripple
        + waves([(20.0, y), (40.0, y / 3.0)])
        + waves([(160.0, y / 12.0), (320.0, y / 30.0)]);
    (east, north)
}

/// Degrees east and north by which BD-09 lies off GCJ-02.
const BD09_OFFSET: Coord = Coord { x: 0.0065, y: 0.006 };

/// Turns and stretches a coordinate about the origin as BD-09 does; `sign` is 1 towards it and −1 away from it.
fn bd09_twist(at: Coord, sign: f64) -> Coord {
    const FREQUENCY: f64 = PI * 3000.0 / 180.0;
    let length = at.x.hypot(at.y) + sign * 0.00002 * (at.y * FREQUENCY).sin();
    let angle = at.y.atan2(at.x) + sign * 0.000003 * (at.x * FREQUENCY).cos();
    Coord { x: length * angle.cos(), y: length * angle.sin() }
}

fn gcj02_to_bd09(at: Coord) -> Coord {
    bd09_twist(at, 1.0) + BD09_OFFSET
}

fn bd09_to_gcj02(at: Coord) -> Coord {
    let guess = bd09_twist(at - BD09_OFFSET, -1.0);
    // The closed inverse is off by up to 0.2 m; one fixed-point step leaves 2 mm.
    guess + (at - gcj02_to_bd09(guess))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bd09_comes_back_to_where_it_left(x in 73.0..135.0f64, y in 4.0..53.0f64) {
            let back = bd09_to_gcj02(gcj02_to_bd09(Coord { x, y }));
            prop_assert!((back.x - x).abs() < 2e-8 && (back.y - y).abs() < 2e-8);
        }
    }

    #[test]
    fn outside_the_box_nothing_is_shifted_and_at_its_edge_everything() {
        for (x, y, shifted) in [
            (72.004, 30.0, true),
            (72.003_999, 30.0, false),
            (137.8347, 30.0, true),
            (137.834_701, 30.0, false),
            (100.0, 0.8293, true),
            (100.0, 0.829_299, false),
            (100.0, 55.8271, true),
            (100.0, 55.827_101, false),
        ] {
            let at = Coord { x, y };
            assert_eq!(wgs84_to_gcj02(at) != at, shifted, "{x}, {y}");
        }
    }
}
