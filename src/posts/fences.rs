//! Fences of posts, checked once and kept while their post stays as it is.

use std::sync::Arc;

use moka::sync::Cache;

use super::Post;
use crate::error::{Error, Result};
use crate::geo::Fence;
use crate::units::PostId;

/// The fences of posts by id and version. Clones share them.
#[derive(Clone)]
pub struct Fences(Cache<(PostId, i32), Arc<Fence>>);

impl Default for Fences {
    fn default() -> Self {
        Self(Cache::new(10_000))
    }
}

impl Fences {
    /// The fence of a post.
    ///
    /// # Errors
    /// When the stored outline is none any more.
    pub fn of(&self, post: &Post) -> Result<Arc<Fence>> {
        let key = (post.id, post.version);
        if let Some(fence) = self.0.get(&key) {
            return Ok(fence);
        }
        let fence = Arc::new(Fence::new(post.position, &post.fence).map_err(Error::internal)?);
        self.0.insert(key, fence.clone());
        Ok(fence)
    }
}
