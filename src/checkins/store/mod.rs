//! Rows of checking in and out.

mod counts;
mod screens;

pub(super) use counts::{HeadCounts, head_counts};
pub(super) use screens::{ScreenView, add_screen, pair, revoke, screens_of, shift_of_screen, shift_shown};
