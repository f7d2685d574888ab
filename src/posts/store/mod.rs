//! Rows of posts and shifts.

mod read;
mod rows;
mod write;

pub use read::{ShiftOf, board, post, post_in, posts_in, shift, shift_of, shifts_of_posts, shifts_on};
pub use rows::{Post, Shift};
pub(super) use write::{begin_batch, batch_posts, delete_post, insert_post, insert_shift};
pub(crate) use write::{PostChange, change_post, change_shift, lock_shift, name_leads};
pub use write::{NewShift, set_post_state, set_shift_state};
pub(super) use rows::Draft;
