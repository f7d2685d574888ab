//! The city's grids by their real names, with invented shapes.

use std::collections::HashMap;

use geo::{BoundingRect, Coord, InteriorPoint, MultiPolygon, Polygon, unary_union};
use geojson::GeoJson;

use super::draw::Draw;
use crate::error::{Error, Result};
use crate::orgs::GridLevel;
use crate::units::{GridId, OrganizationId};

const NAMES: &str = include_str!("data/lanzhou_grids.csv");
const SHAPES: &str = include_str!("data/lanzhou_grids.geojson");

/// A grid of the city. Down to the communities its organisation has the same number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) id: GridId,
    pub(super) parent: Option<GridId>,
    pub(super) level: GridLevel,
    pub(super) code: String,
    pub(super) name: String,
    /// WGS-84 degrees.
    pub(super) shape: MultiPolygon,
}

impl Place {
    /// The organisation that answers for it: the community for the grids of level 3.
    pub(super) fn organization(&self) -> OrganizationId {
        match (self.level, self.parent) {
            (GridLevel::Estates, Some(community)) => OrganizationId(community.0),
            _ => OrganizationId(self.id.0),
        }
    }

    /// The shape as GeoJSON geometry.
    pub(super) fn geojson(&self) -> String {
        let value: geojson::GeometryValue = match &self.shape.0[..] {
            [one] => one.into(),
            _ => (&self.shape).into(),
        };
        geojson::Geometry::new(value).to_string()
    }

    /// South, west, north and east ends.
    pub(super) fn ends(&self) -> Option<[f64; 4]> {
        let bounds = self.shape.bounding_rect()?;
        Some([bounds.min().y, bounds.min().x, bounds.max().y, bounds.max().x])
    }
}

/// The grids from the city down to level 3, numbered from 1 in this order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct City {
    places: Vec<Place>,
}

impl City {
    /// Reads names and cells, and unites the cells into communities, streets, districts and the city.
    pub(super) fn read() -> Result<Self> {
        let mut cells = cells()?;
        let rows: Vec<[&str; 8]> = NAMES
            .lines()
            .skip(1)
            .map(|line| <[&str; 8]>::try_from(line.split(',').collect::<Vec<_>>()))
            .collect::<Result<_, _>>()
            .map_err(|_| Error::internal("a line of the city's names has not eight fields"))?;
        let mut city = Self { places: Vec::new() };
        let mut known = HashMap::new();
        city.add(&mut known, GridLevel::City, None, "620100", "兰州市");
        for row in &rows {
            city.add(&mut known, GridLevel::District, Some("620100"), row[6], row[7]);
        }
        for row in &rows {
            city.add(&mut known, GridLevel::Street, Some(row[6]), row[4], row[5]);
        }
        for row in &rows {
            city.add(&mut known, GridLevel::Community, Some(row[4]), row[2], row[3]);
        }
        for row in &rows {
            city.add(&mut known, GridLevel::Estates, Some(row[2]), row[0], row[1]);
        }
        for place in city.places.iter_mut().filter(|place| place.level == GridLevel::Estates) {
            let cell = cells.remove(&place.code);
            place.shape = cell.ok_or_else(|| Error::internal("a grid of the demo city has no shape"))?.into();
        }
        city.unite();
        Ok(city)
    }

    fn add<'a>(
        &mut self,
        known: &mut HashMap<&'a str, GridId>,
        level: GridLevel,
        parent: Option<&str>,
        code: &'a str,
        name: &str,
    ) {
        if known.contains_key(code) {
            return;
        }
        let id = GridId(self.places.len() as i64 + 1);
        let parent = parent.and_then(|code| known.get(code).copied());
        known.insert(code, id);
        let (code, name) = (code.to_owned(), name.to_owned());
        self.places.push(Place { id, parent, level, code, name, shape: MultiPolygon(Vec::new()) });
    }

    /// Children stand behind their parents, so that going backwards unites each level from finished ones.
    fn unite(&mut self) {
        let mut parts: HashMap<GridId, Vec<MultiPolygon>> = HashMap::new();
        for place in self.places.iter_mut().rev() {
            if let Some(parts) = parts.remove(&place.id) {
                place.shape = rounded(unary_union(&parts));
            }
            if let Some(parent) = place.parent {
                parts.entry(parent).or_default().push(place.shape.clone());
            }
        }
    }

    /// Every grid by number.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The grids of a level.
    pub(super) fn of_level(&self, level: GridLevel) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.level == level)
    }

    /// The grids right below one.
    pub(super) fn below(&self, parent: GridId) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.parent == Some(parent))
    }

    /// The grid above one.
    pub(super) fn above(&self, place: &Place) -> Option<&Place> {
        self.places.get(usize::try_from(place.parent?.0 - 1).ok()?)
    }

    /// The grid with this code.
    pub(super) fn by_code(&self, code: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.code == code)
    }

    /// A point within one of a community's cells, longitude first, to about 10 cm.
    pub(super) fn point_in(&self, community: GridId, draw: &mut Draw) -> Option<Coord> {
        let cells: Vec<&Place> = self.below(community).collect();
        let cell = draw.pick(&cells);
        let middle: Coord = cell.shape.interior_point()?.into();
        let corners = &cell.shape.0.first()?.exterior().0;
        // Cells are convex, so that any point between the middle and a corner lies inside.
        let point = middle + (draw.pick(corners) - middle) * (draw.share() / 2.0);
        Some(Coord { x: micro(point.x), y: micro(point.y) })
    }
}

fn cells() -> Result<HashMap<String, Polygon>> {
    let unreadable = || Error::internal("the shapes of the demo city can't be read");
    let GeoJson::FeatureCollection(collection) = SHAPES.parse().map_err(Error::internal)? else {
        return Err(unreadable());
    };
    let cell = |feature: geojson::Feature| {
        let code = feature.property("code")?.as_str()?.to_owned();
        Some((code, feature.geometry?.try_into().ok()?))
    };
    collection.features.into_iter().map(|feature| cell(feature).ok_or_else(unreadable)).collect()
}

/// A uniting works on a raster of its own; the cells' corners have six decimals, and so has what they make.
fn rounded(shape: MultiPolygon) -> MultiPolygon {
    use geo::MapCoords;
    shape.map_coords(|Coord { x, y }| Coord { x: micro(x), y: micro(y) })
}

/// To a millionth.
pub(super) fn micro(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use geo::Area;

    use super::*;

    #[test]
    fn every_level_covers_the_same_ground() {
        let city = City::read().unwrap();
        let area = |level| city.of_level(level).map(|place| place.shape.unsigned_area()).sum::<f64>();
        let whole = area(GridLevel::Estates);
        for (level, number) in [
            (GridLevel::City, 1),
            (GridLevel::District, 5),
            (GridLevel::Street, 53),
            (GridLevel::Community, 427),
            (GridLevel::Estates, 1_770),
        ] {
            assert_eq!(city.of_level(level).count(), number, "{level:?}");
            assert!((area(level) / whole - 1.0).abs() < 1e-4, "{level:?}: {} of {whole}", area(level));
        }
    }

    #[test]
    fn a_point_of_a_community_lies_in_one_of_its_cells() {
        use geo::Contains;
        let city = City::read().unwrap();
        let mut draw = Draw::new(1, "points");
        for community in city.of_level(GridLevel::Community) {
            let point = geo::Point(city.point_in(community.id, &mut draw).unwrap());
            assert!(city.below(community.id).any(|cell| cell.shape.contains(&point)), "{}", community.name);
        }
    }
}
