//! What the queue keeps of a shift and its post.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::rules::Need;
use crate::clock::Timestamp;
use crate::geo::Position;
use crate::posts::{Audience, Category, Post, ShiftOf};
use crate::units::{OrganizationId, PostId, ShiftId};

/// What a member reads of a post before claiming.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PostCard {
    /// Its id.
    pub id: PostId,
    /// Its publisher.
    pub organization_id: OrganizationId,
    /// What kind of service it is.
    pub category: Category,
    /// Its title.
    pub title: String,
    /// The place by name.
    pub place: String,
    /// Where one meets.
    pub meeting_point: String,
    /// Where it is.
    pub position: Position,
    /// 0 normal, 1 high, 2 urgent.
    pub priority: i32,
    /// Whether it is dangerous.
    pub hazardous: bool,
    /// Skills or licences wanted.
    pub skills: Vec<String>,
}

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
            audience: post.audience,
            published_at: post.published_at,
            card: PostCard {
                id: post.id,
                organization_id: post.organization_id,
                category: post.category,
                title: post.title,
                place: post.place,
                meeting_point: post.meeting_point,
                position: post.position,
                priority: post.priority,
                hazardous: post.hazardous,
                skills: post.skills,
            },
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
