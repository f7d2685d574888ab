//! Queries of insight.

mod day;
mod hours;

pub(super) use day::{claims_by_state, shifts_of_day, totals};
pub(super) use hours::{members_of, place_of, uncounted, unit_name};
