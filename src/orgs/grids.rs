//! The level-3 grids in memory: which community answers for a place.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

use super::locate::GridIndex;
use super::store::{self, GridRow};
use crate::app::App;
use crate::error::{Error, Result};
use crate::geo::Position;
use crate::units::{GridId, OrganizationId};

/// The grids of this server, loaded when first asked for. Clones share them.
#[derive(Clone, Default)]
pub struct Grids(Arc<ArcSwapOption<Loaded>>);

struct Loaded {
    index: GridIndex,
    organizations: HashMap<GridId, OrganizationId>,
}

impl Grids {
    /// The organisation that answers for the grid which holds a place; none when no grid does.
    ///
    /// # Errors
    /// When the grids can't be read.
    pub async fn organization_at(&self, app: &App, position: Position) -> Result<Option<OrganizationId>> {
        let loaded = match self.0.load_full() {
            Some(loaded) => loaded,
            None => {
                let rows = app.store.read(store::all_estates).await?;
                let loaded =
                    Arc::new(tokio::task::spawn_blocking(move || load(rows)).await.map_err(Error::internal)?);
                self.0.store(Some(loaded.clone()));
                loaded
            }
        };
        Ok(loaded.index.locate(position).and_then(|grid| loaded.organizations.get(&grid).copied()))
    }

    /// Forgets the grids, so that changed ones are read.
    pub fn forget(&self) {
        self.0.store(None);
    }
}

fn load(rows: Vec<GridRow>) -> Loaded {
    let organizations = rows.iter().filter_map(|row| Some((row.id, row.organization_id?))).collect();
    let index =
        GridIndex::new(rows.iter().filter_map(|row| Some((row.id, polygon(row.polygon.as_deref()?)?))));
    Loaded { index, organizations }
}

fn polygon(text: &str) -> Option<::geo::Polygon> {
    let geometry: geojson::Geometry = text.parse().ok()?;
    ::geo::Polygon::try_from(&geometry).ok()
}
