//! Checking in and out: what shows that a member stood at the post, and how far it goes.

mod attest;
pub mod codes;
pub mod http;
mod press;
mod reviews;
pub mod rules;
mod screens;
mod service;
mod stop;
mod store;
mod tick;

pub use reviews::waiting_by_shift;
pub use screens::CodeReader;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::text_enum! {
    /// The way in which presence was shown.
    pub enum Method {
        /// The site lead scanned the member's personal code.
        LeadScan,
        /// The member opened the code that changes every 15 s.
        RotatingCode,
        /// The member's phone gave its position.
        Geofence,
        /// The member scanned the post's printed code.
        PosterCode,
        /// A site lead or an officer recorded it, with a reason.
        Attestation,
        /// An officer entered it after the shift, and a second one approved.
        BackEntry,
    }
}

crate::text_enum! {
    /// How far the evidence of one end of a service goes.
    pub enum EvidenceLevel {
        /// Counts by itself.
        Strong,
        /// Counts once the lead ticks the list, or by the post's own rule.
        Fair,
        /// Waits for the lead or an officer.
        Weak,
        /// A person said so: beside the scale, counts by itself.
        Attested,
    }
}

crate::text_enum! {
    /// Whether a position lay inside the fence; the distance of one outside is kept apart.
    pub enum VerdictCode {
        /// In the fence, or near enough to its edge.
        Inside,
        /// Outside with the whole accuracy circle.
        Outside,
        /// The position isn't accurate enough to say.
        CannotTell,
        /// The position is too old.
        Stale,
    }
}

crate::text_enum! {
    /// Something that happened with a check-in or check-out; it accuses nobody.
    pub enum Reason {
        /// The position lay just outside the fence, within its accuracy.
        Edge,
        /// No position came with it.
        NoPosition,
        /// The phone's clock differs from the server's by more than 5 minutes.
        ClockSkew,
        /// The way from the last position would have taken more than 150 km/h.
        Teleport,
        /// The same position to the last digit came before.
        SamePosition,
        /// The position or its accuracy looks typed rather than measured.
        OddAccuracy,
        /// The same phone spoke for another member.
        SharedDevice,
        /// A good code came with a position outside.
        ForwardedCode,
        /// A code came late without a position inside, or after another request of that phone.
        LateCode,
    }
}

crate::text_enum! {
    /// Which end of a service: the check-in or the check-out.
    pub enum Direction {
        /// Arriving.
        In,
        /// Leaving.
        Out,
    }
}

/// What has to happen before a service, or one end of it, counts.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Counts {
    /// Nothing: it counts.
    Counted,
    /// The site lead or an officer ticks the list.
    LeadConfirms,
    /// The site lead or an officer looks at it.
    UnderReview,
}
