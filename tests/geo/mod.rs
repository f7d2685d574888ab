//! The map rules against figures that other programs computed.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::collections::HashMap;

use daogang::geo::{Datum, Fence, FenceError, Outline, Position};
use daogang::orgs::locate::GridIndex;
use daogang::units::GridId;
use geojson::GeoJson;

const VECTORS: &str = include_str!("../data/datum_vectors.csv");
const POINTS: &str = include_str!("../data/grid_points.csv");
const GRIDS: &str = include_str!("../../src/seed/data/lanzhou_grids.geojson");

fn rows(csv: &str) -> impl Iterator<Item = Vec<&str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect())
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn wgs84(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon, Datum::Wgs84).unwrap()
}

/// The shipped grids, numbered as they stand in the file, and their codes.
fn grids() -> (GridIndex, Vec<String>) {
    let GeoJson::FeatureCollection(collection) = GRIDS.parse().unwrap() else { panic!("no collection") };
    let (mut codes, mut shapes) = (Vec::new(), Vec::new());
    for (feature, number) in collection.features.into_iter().zip(0..) {
        codes.push(feature.property("code").unwrap().as_str().unwrap().to_owned());
        shapes.push((GridId(number), feature.geometry.unwrap().try_into().unwrap()));
    }
    (GridIndex::new(shapes), codes)
}

/// Within 0.1 % or 2 mm, whichever is more.
fn assert_metres(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() <= (expected * 0.001).max(0.002),
        "{what}: {found}, expected {expected}"
    );
}

#[test]
fn every_datum_vector_is_met() {
    let mut met = 0;
    for row in rows(VECTORS) {
        let [x, y, gcj_x, gcj_y, bd_x, bd_y] = [1, 2, 3, 4, 5, 6].map(|column| number(row[column]));
        for (lat, lon, datum, allowed) in [(y, x, Datum::Wgs84, 1e-8), (bd_y, bd_x, Datum::Bd09, 1e-7)] {
            let found = Position::new(lat, lon, datum).unwrap().to_gcj02();
            assert_eq!(found.datum(), Datum::Gcj02);
            let off = (found.lon() - gcj_x).abs().max((found.lat() - gcj_y).abs());
            assert!(off <= allowed, "{} from {datum:?}: {off:e} degrees off", row[0]);
        }
        met += 1;
    }
    assert_eq!(met, 100);
}

#[test]
fn every_point_lies_in_its_grid_at_its_distance() {
    let (index, codes) = grids();
    let fixed = [wgs84(36.0586, 103.8236), wgs84(36.1040, 103.7190)];
    for row in rows(POINTS) {
        let at = wgs84(number(row[1]), number(row[0]));
        let found = index.locate(at).map_or("", |id| &codes[id.0 as usize]);
        assert_eq!(found, row[3], "{row:?}");
        match index.edge_distance(at) {
            Some(edge) => assert_metres(edge.value(), number(row[4]), &format!("edge {row:?}")),
            None => assert_eq!(number(row[4]), -1.0, "{row:?}"),
        }
        for (place, column) in fixed.into_iter().zip([5, 6]) {
            assert_metres(at.distance_to(place).value(), number(row[column]), &format!("geodesic {row:?}"));
        }
    }
}

#[test]
fn a_phone_with_map_datum_finds_the_same_grid_at_the_same_distance() {
    let (index, _) = grids();
    for row in rows(POINTS) {
        let at = wgs84(number(row[1]), number(row[0]));
        let shifted = at.to_gcj02();
        assert_eq!(index.locate(shifted), index.locate(at), "{row:?}");
        if let (Some(edge), Some(expected)) = (index.edge_distance(shifted), index.edge_distance(at)) {
            // The shift stretches the ground by up to 1 in 200.
            let allowed = (expected.value() * 0.005).max(0.02);
            assert!((edge.value() - expected.value()).abs() <= allowed, "{row:?}: {edge:?} {expected:?}");
        }
    }
}

#[test]
fn a_corner_shared_by_grids_belongs_to_the_first_of_them() {
    let GeoJson::FeatureCollection(collection) = GRIDS.parse().unwrap() else { panic!("no collection") };
    let (index, _) = grids();
    let mut first = HashMap::new();
    for (feature, number) in collection.features.into_iter().zip(0..) {
        let polygon: ::geo::Polygon = feature.geometry.unwrap().try_into().unwrap();
        for corner in polygon.exterior().coords() {
            first.entry((corner.x.to_bits(), corner.y.to_bits())).or_insert((*corner, GridId(number)));
        }
    }
    // A corner may also lie on the side of a grid that has no corner there, so an earlier grid may win.
    for (corner, grid) in first.into_values() {
        let found = index.locate(wgs84(corner.y, corner.x)).unwrap();
        assert!(found <= grid, "{corner:?}: {found} instead of {grid}");
    }
}

fn outline(json: &str) -> Outline {
    serde_json::from_str(json).unwrap()
}

fn ring(corners: &str) -> Outline {
    outline(&format!(r#"{{"polygon": {{"type": "Polygon", "coordinates": [[{corners}]]}}}}"#))
}

/// A ring of so many corners round the post, and the closing one.
fn round(corners: u32) -> Outline {
    let corner = |n: u32| {
        let angle = f64::from(n % corners) / f64::from(corners) * std::f64::consts::TAU;
        format!("[{}, {}]", 103.8236 + 0.002 * angle.cos(), 36.0586 + 0.002 * angle.sin())
    };
    ring(&(0..=corners).map(corner).collect::<Vec<_>>().join(","))
}

#[test]
fn each_defect_of_an_outline_has_its_name() {
    let square = "[103.82,36.05],[103.83,36.05],[103.83,36.06],[103.82,36.06]";
    let hole = r#"{"polygon": {"type": "Polygon", "coordinates": [
        [[103.82,36.05],[103.83,36.05],[103.83,36.06],[103.82,36.05]],
        [[103.825,36.052],[103.826,36.052],[103.826,36.053],[103.825,36.052]]]}}"#;
    for (given, expected) in [
        (outline(r#"{"radius_m": 20}"#), None),
        (outline(r#"{"radius_m": 1000}"#), None),
        (outline(r#"{"radius_m": 19.9}"#), Some(FenceError::RadiusOutOfRange)),
        (outline(r#"{"radius_m": 1001}"#), Some(FenceError::RadiusOutOfRange)),
        (outline(r#"{"radius_m": -50}"#), Some(FenceError::RadiusOutOfRange)),
        (Outline::RadiusM(f64::NAN), Some(FenceError::RadiusOutOfRange)),
        (ring(&format!("{square},[103.82,36.05]")), None),
        (ring(square), Some(FenceError::NotClosed)),
        (ring("[103.82,36.05],[103.83,36.05],[103.82,36.05]"), Some(FenceError::TooFewCorners)),
        (outline(r#"{"polygon": {"type": "Polygon", "coordinates": []}}"#), Some(FenceError::TooFewCorners)),
        (round(200), None),
        (round(201), Some(FenceError::TooManyCorners)),
        (outline(hole), Some(FenceError::HasHoles)),
        (
            outline(r#"{"polygon": {"type": "Point", "coordinates": [103.82, 36.05]}}"#),
            Some(FenceError::NotAPolygon),
        ),
        // Two sides of a bow tie cross.
        (
            ring("[103.82,36.05],[103.83,36.06],[103.83,36.05],[103.82,36.061],[103.82,36.05]"),
            Some(FenceError::CrossesItself),
        ),
        // An hourglass touches itself at a corner.
        (
            ring(
                "[103.82,36.05],[103.83,36.05],[103.825,36.055],[103.83,36.06],[103.82,36.06],[103.825,36.055],\
                 [103.82,36.05]",
            ),
            Some(FenceError::CrossesItself),
        ),
        // A spike goes out and comes back the same way.
        (
            ring("[103.82,36.05],[103.83,36.05],[103.84,36.05],[103.83,36.05],[103.83,36.06],[103.82,36.05]"),
            Some(FenceError::CrossesItself),
        ),
        (ring("[103.82,36.05],[103.83,36.05],[103.84,36.05],[103.82,36.05]"), Some(FenceError::NoArea)),
    ] {
        let found = Fence::new(wgs84(36.0586, 103.8236), &given).err();
        assert_eq!(found, expected, "{given:?}");
    }
    let swapped = ring("[36.05,103.82],[36.05,103.83],[36.06,103.83],[36.05,103.82]");
    let found = Fence::new(wgs84(36.0586, 103.8236), &swapped).err();
    assert!(matches!(found, Some(FenceError::CornerOutOfRange(_))), "latitude first: {found:?}");
}

#[test]
fn an_outline_reads_as_it_is_written() {
    for given in [outline(r#"{"radius_m": 80}"#), round(6)] {
        assert_eq!(outline(&serde_json::to_string(&given).unwrap()), given);
    }
    for bad in [
        r#"{}"#,
        r#"{"radius_m": 80, "polygon": null}"#,
        r#"{"radius_m": 1e999}"#,
        r#"{"polygon": "circle"}"#,
        r#"{"polygon": {"type": "Polygon", "coordinates": [[[1e999, 0]]]}}"#,
    ] {
        assert!(serde_json::from_str::<Outline>(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_polygon_holds_the_same_ground_in_every_datum() {
    let post = wgs84(36.0586, 103.8236);
    let fence = Fence::new(post, &round(60)).unwrap();
    for (north, east, expected) in
        [(0.0, 0.0, 0.0), (0.0015, 0.0, 0.0), (0.0, 0.003, 90.1), (0.01, 0.0, 887.7), (0.045, 0.0, 4771.2)]
    {
        let at = wgs84(post.lat() + north, post.lon() + east);
        assert_metres(fence.distance_to(at).value(), expected, "given in WGS-84");
        let shifted = fence.distance_to(at.to_gcj02()).value();
        assert!((shifted - expected).abs() <= 0.5 + expected * 0.005, "{shifted}, expected {expected}");
    }
}
