//! How many are expected at a shift, and how many came.

use diesel::dsl::count_star;
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::claims::ClaimState::{self, CheckedIn, Completed, Open};
use crate::db::Db;
use crate::error::Result;
use crate::schema::claims;
use crate::units::ShiftId;

/// How many are expected at a shift, and how many came; nobody's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadCounts {
    /// Who holds a place, whether or not they came.
    expected: i64,
    /// Who has checked in.
    arrived: i64,
    /// Who has checked out.
    left: i64,
}

/// Counts the claims of a shift.
///
/// # Errors
/// When the database can't be read.
pub fn head_counts(db: &mut Db, shift: ShiftId) -> Result<HeadCounts> {
    let states: Vec<(ClaimState, i64)> = claims::table
        .filter(claims::shift_id.eq(shift))
        .group_by(claims::state)
        .select((claims::state, count_star()))
        .load(db)?;
    let of = |wanted: fn(ClaimState) -> bool| {
        states.iter().filter(|(state, _)| wanted(*state)).map(|(_, count)| count).sum()
    };
    Ok(HeadCounts {
        expected: of(ClaimState::takes_a_place),
        arrived: of(|state| matches!(state, CheckedIn | Open | Completed)),
        left: of(|state| state == Completed),
    })
}
