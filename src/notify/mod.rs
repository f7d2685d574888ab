//! What people are promised to be told: written down with the act itself, delivered later.

mod store;

pub use store::tell;

use serde_json::Value;

use crate::units::{MemberId, OrganizationId};

/// Whom a notice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// One member.
    Member(MemberId),
    /// The officers of an organisation.
    Organization(OrganizationId),
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// A post was published in this community.
    PostInCommunity,
    /// A shift that the member holds was cancelled.
    ShiftCancelled,
    /// A shift that the member holds was stopped.
    ShiftStopped,
    /// Time or place of a shift that the member holds has changed.
    ShiftMoved,
    /// The member was named lead or deputy.
    LeadNamed,
    /// The member did not check in, or did not check out: it is to be said what happened.
    ToBeResolved,
    /// It was said what happened with the member's claim.
    ClaimResolved,
    /// A tick or attestation settled the member's service.
    ServiceTicked,
}

/// A promised notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Makes it unique: a notice is promised once, however often its act is repeated.
    pub key: String,
    /// What it is about.
    pub kind: Kind,
    /// Whom it is for.
    pub to: Receiver,
    /// Ids and instants that its text needs; no names.
    pub payload: Value,
}
