//! Rows of checking in and out.

mod attempts;
mod counts;
mod reviews;
mod screens;
mod services;
mod standing;

pub(super) use attempts::{
    Attempt, NewAttempt, add_attempt, attempt_by_key, first_not_outside, last_positions, others_at,
    others_by_device, spot, tries,
};
pub(super) use counts::{HeadCounts, head_counts};
pub(super) use reviews::perhaps_waiting;
pub(super) use screens::{ScreenView, add_screen, pair, revoke, screens_of, shift_of_screen, shift_shown};
pub(super) use services::services_of;
pub(super) use standing::{Ends, Standing, ends, ends_of, people, put, use_ticket};
