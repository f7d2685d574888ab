//! Posts and shifts as clients read them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::geo::Position;
use crate::posts::{Category, Post, Shift, ShiftState};
use crate::units::{MemberId, OrganizationId, PostId, ShiftId};

/// A shift with its places.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShiftView {
    /// Its id.
    pub id: ShiftId,
    /// Its post.
    pub post_id: PostId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends; of a stopped one, the moment of stopping.
    pub ends_at: Timestamp,
    /// Its places.
    pub capacity: i32,
    /// The places that are taken.
    pub taken: i32,
    /// The places that are open.
    pub open: i32,
    /// Where it stands.
    pub state: ShiftState,
    /// Why it was stopped or cancelled.
    pub state_reason: Option<String>,
    /// Who leads it.
    pub lead_id: Option<MemberId>,
    /// Who stands in for the lead.
    pub deputy_id: Option<MemberId>,
    /// Version for edits.
    pub version: i32,
}

impl From<Shift> for ShiftView {
    fn from(shift: Shift) -> Self {
        Self {
            id: shift.id,
            post_id: shift.post_id,
            starts_at: shift.starts_at,
            ends_at: shift.ends_at,
            capacity: shift.capacity,
            taken: shift.taken,
            open: shift.capacity - shift.taken,
            state: shift.state,
            state_reason: shift.state_reason,
            lead_id: shift.lead_id,
            deputy_id: shift.deputy_id,
            version: shift.version,
        }
    }
}

/// When a shift is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ShiftCard {
    /// Its id.
    pub id: ShiftId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

impl From<Shift> for ShiftCard {
    fn from(shift: Shift) -> Self {
        Self { id: shift.id, starts_at: shift.starts_at, ends_at: shift.ends_at }
    }
}

/// A post with its shifts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PostView {
    /// The post.
    #[serde(flatten)]
    pub post: Post,
    /// Its shifts, in time.
    pub shifts: Vec<ShiftView>,
}

impl PostView {
    /// Puts a post and its shifts together.
    pub fn new(post: Post, shifts: impl IntoIterator<Item = Shift>) -> Self {
        Self { post, shifts: shifts.into_iter().map(ShiftView::from).collect() }
    }
}

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

impl From<Post> for PostCard {
    fn from(post: Post) -> Self {
        Self {
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
        }
    }
}
