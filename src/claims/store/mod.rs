//! Rows of claims.

mod change;
mod read;
mod take;

pub use change::{NoteKind, advance, cut_at, lock, move_state, note, tell_holder};
pub(super) use change::{due, move_shift, place_moved, settle_due};
pub use read::{Claim, claim, claim_of_member, claim_with_shift, claims_of_shift};
pub(super) use read::{Contact, OwnClaims, claims_of_member, contacts, full_mark};
pub(super) use take::{release, take};
