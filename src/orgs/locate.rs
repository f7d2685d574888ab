//! Which grid holds a place, answered from memory.

use std::sync::OnceLock;

use ::geo::line_measures::Densify;
use ::geo::{BoundingRect, Coord, Euclidean, Intersects, MapCoords, Polygon};
use rstar::{AABB, RTree, RTreeObject};

use crate::geo::{Datum, Metres, Position, to_gcj02, to_ring};
use crate::units::GridId;

/// The grids of one level: shapes in WGS-84 that cover a city and meet only at their edges.
///
/// Positions of other datums are compared in GCJ-02, with shapes converted when the first such position comes.
pub struct GridIndex {
    wgs84: RTree<Cell>,
    gcj02: OnceLock<RTree<Cell>>,
}

#[derive(Clone)]
struct Cell {
    id: GridId,
    polygon: Polygon,
    envelope: AABB<[f64; 2]>,
}

impl GridIndex {
    /// Builds the index; a shape without corners holds no place and is left out.
    pub fn new(grids: impl IntoIterator<Item = (GridId, Polygon)>) -> Self {
        let cells = grids.into_iter().filter_map(|(id, polygon)| Cell::new(id, polygon)).collect();
        Self { wgs84: RTree::bulk_load(cells), gcj02: OnceLock::new() }
    }

    /// The grid that holds a position; on a shared edge the one with the smallest id; `None` outside all.
    pub fn locate(&self, position: Position) -> Option<GridId> {
        self.cell(position).map(|(cell, _)| cell.id)
    }

    /// Metres from a position to the nearest edge of the grid that holds it; `None` outside all.
    pub fn edge_distance(&self, position: Position) -> Option<Metres> {
        self.cell(position).map(|(cell, at)| to_ring(at, cell.polygon.exterior()))
    }

    /// The cell that holds a position, and the position in that cell's datum.
    fn cell(&self, position: Position) -> Option<(&Cell, Coord)> {
        let (tree, position) = match position.datum() {
            Datum::Wgs84 => (&self.wgs84, position),
            Datum::Gcj02 | Datum::Bd09 => (self.in_gcj02(), position.to_gcj02()),
        };
        let at = position.coord();
        let cell = tree
            .locate_in_envelope_intersecting(&AABB::from_point([at.x, at.y]))
            .filter(|cell| cell.polygon.intersects(&at))
            .min_by_key(|cell| cell.id)?;
        Some((cell, at))
    }

    fn in_gcj02(&self) -> &RTree<Cell> {
        self.gcj02.get_or_init(|| RTree::bulk_load(self.wgs84.iter().filter_map(Cell::to_gcj02).collect()))
    }
}

impl Cell {
    fn new(id: GridId, polygon: Polygon) -> Option<Self> {
        let bounds = polygon.bounding_rect()?;
        let envelope = AABB::from_corners(bounds.min().into(), bounds.max().into());
        Some(Self { id, polygon, envelope })
    }

    fn to_gcj02(&self) -> Option<Self> {
        // A straight edge is bent by the shift. Pieces of at most 50 m keep it true to a few millimetres; no degree
        // anywhere is longer than 111.7 km.
        const PIECE_DEGREES: f64 = 50.0 / 111_700.0;
        let cut = Euclidean.densify(&self.polygon, PIECE_DEGREES);
        Self::new(self.id, cut.map_coords(|corner| to_gcj02(corner, Datum::Wgs84)))
    }
}

impl RTreeObject for Cell {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}
