//! Rows of posts and shifts.

mod read;
mod rows;
mod write;

pub use read::{board, post, post_in, posts_in, shift, shift_of, shifts_of_posts, shifts_on};
pub(super) use rows::Draft;
pub(crate) use rows::ShiftOfRow;
pub use rows::{CheckIn, Post, Shift, ShiftOf};
pub use write::{NewShift, set_post_state, set_shift_state};
pub(crate) use write::{PostChange, change_post, change_shift, lock_shift, name_leads};
pub(super) use write::{batch_posts, begin_batch, delete_post, insert_post, insert_shift, lock_shifts_of};
