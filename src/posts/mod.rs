//! Posts: what is to be done, where and when, and how one checks in.

mod fences;
pub mod http;
mod lead;
pub mod rules;
mod store;

pub use fences::Fences;
pub use lead::{LeadPower, SiteLead, is_lead, lead_of, leads, shift_power};
pub use store::{
    CheckIn, NewShift, Post, Shift, ShiftOf, board, post, post_in, posts_in, set_post_state, set_shift_state,
    shift, shift_of, shifts_of_posts, shifts_on,
};
pub(crate) use store::{PostChange, ShiftOfRow, change_post, change_shift, lock_shift, name_leads};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text_enum;
use crate::units::OrganizationId;

text_enum! {
    /// What kind of service it is.
    #[allow(missing_docs, reason = "the names are the categories of the domain page")]
    pub enum Category {
        Traffic,
        WasteSorting,
        Publicity,
        Civility,
        Cleaning,
        Patrol,
        Mediation,
        Tutoring,
        Care,
        Culture,
        LegalAid,
        Medical,
        Emergency,
        Other,
    }
}

text_enum! {
    /// Where a post stands.
    pub enum PostState {
        /// Its publisher still writes it.
        Draft,
        /// Members see it and claim its shifts.
        Published,
        /// Members see it; nobody claims.
        Paused,
        /// It is over.
        Closed,
        /// It was called off; its holders were told.
        Cancelled,
    }
}

text_enum! {
    /// Where a shift stands.
    pub enum ShiftState {
        /// It takes place.
        Open,
        /// It was ended early, or called off for the day; its end is the moment of stopping.
        Stopped,
        /// It was called off.
        Cancelled,
    }
}

/// A way of checking in that a post may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckInMethod {
    /// The site lead scans the member's personal code.
    LeadScan,
    /// The member scans the code that changes every 15 s.
    RotatingCode,
    /// The member's phone gives its position.
    Geofence,
    /// The member scans the printed code, and the phone gives its position.
    PosterCode,
}

/// Who may claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Audience {
    /// Every member of the city.
    Everyone,
    /// Members whose unit or home community lies below this organisation.
    Subtree {
        /// The organisation.
        organization_id: OrganizationId,
    },
    /// Members of these units.
    Units {
        /// The units.
        organization_ids: Vec<OrganizationId>,
    },
}

impl Audience {
    /// Whether a member belongs to it, by their circles: unit, home community and everything above them.
    pub fn admits(&self, circles: &[OrganizationId]) -> bool {
        match self {
            Self::Everyone => true,
            Self::Subtree { organization_id } => circles.contains(organization_id),
            Self::Units { organization_ids } => organization_ids.iter().any(|id| circles.contains(id)),
        }
    }
}
