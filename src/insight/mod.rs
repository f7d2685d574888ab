//! Insight: the day of an organisation, and what a unit may read of its own members' hours, with their consent and never as
//! a ranking.

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

/// What the shifts of an organisation's day add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct DayTotals {
    /// All of them.
    pub shifts: i64,
    /// Those among them that were stopped or cancelled.
    pub called_off: i64,
    /// Places of those that take place.
    pub capacity: i64,
    /// Places of these that are taken.
    pub taken: i64,
    /// Those that take place and where nobody holds a place.
    pub nobody_claimed: i64,
    /// Members who are checked in and have not left.
    pub present_now: i64,
    /// Services that wait for a person's word.
    pub to_review: i64,
}
