//! Insight: what a unit may read of its own members' hours, with their consent and never as a ranking.

pub mod http;
mod rules;
mod store;
mod xlsx;

use serde::Serialize;
use utoipa::ToSchema;

use crate::units::MemberId;

/// One member in their unit's table. Without the member's consent all numbers are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberHours {
    /// Who.
    pub member_id: MemberId,
    /// Their name.
    pub name: String,
    /// The unit's branch they belong to.
    pub branch: Option<String>,
    /// Whether the member lets the unit see the numbers.
    pub consented: bool,
    /// Services with minutes that count in the period.
    pub services: Option<i64>,
    /// Minutes that count.
    pub minutes: Option<i64>,
    /// Points in tenths.
    pub tenths: Option<i64>,
    /// Completed services that no entry counts yet, for whose confirmation the member waits.
    pub waiting: Option<i64>,
}
