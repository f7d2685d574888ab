//! What the queue keeps of a shift and its post.

use std::collections::HashMap;
use std::sync::Arc;

use super::rules::Need;
use crate::clock::Timestamp;
use crate::posts::http::PostCard;
use crate::posts::{Audience, Post, ShiftOf};
use crate::units::{PostId, ShiftId};

/// A published post, shared by its shifts.
#[derive(Debug, PartialEq)]
pub(super) struct OpenPost {
    pub card: PostCard,
    pub audience: Audience,
    pub published_at: Option<Timestamp>,
    /// Degrees east and north in GCJ-02, the datum that every position can be brought to.
    pub point: [f64; 2],
}

/// A shift that takes place and is not over.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OpenShift {
    pub id: ShiftId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub capacity: i32,
    pub taken: i32,
    pub post: Arc<OpenPost>,
}

impl OpenPost {
    fn of(post: Post) -> Self {
        let at = post.position.to_gcj02();
        Self {
            point: [at.lon(), at.lat()],
            audience: post.audience.clone(),
            published_at: post.published_at,
            card: post.into(),
        }
    }
}

impl OpenShift {
    pub fn open(&self) -> i32 {
        self.capacity - self.taken
    }

    pub fn need(&self) -> Need {
        Need {
            starts_at: self.starts_at,
            capacity: self.capacity,
            open: self.open(),
            priority: self.post.card.priority,
            published_at: self.post.published_at,
        }
    }
}

/// Makes of rows what the queue keeps of them, ascending by id; shifts of one post share it.
pub(super) fn open_shifts(rows: Vec<ShiftOf>) -> Vec<OpenShift> {
    let mut posts: HashMap<PostId, Arc<OpenPost>> = HashMap::new();
    let mut shifts: Vec<OpenShift> = rows
        .into_iter()
        .map(|ShiftOf { shift, post }| OpenShift {
            id: shift.id,
            starts_at: shift.starts_at,
            ends_at: shift.ends_at,
            capacity: shift.capacity,
            taken: shift.taken,
            post: posts.entry(post.id).or_insert_with(|| Arc::new(OpenPost::of(post))).clone(),
        })
        .collect();
    shifts.sort_unstable_by_key(|shift| shift.id);
    shifts
}
