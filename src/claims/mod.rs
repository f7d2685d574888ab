//! Claims: a member's place in a shift, from taking it to what became of it.

mod contact;
pub mod http;
mod jobs;
mod lead;
mod marks;
pub mod rules;
mod store;

pub use contact::{LeadContact, contacts, lead_shown};
pub use jobs::sweep;
pub use lead::ClaimLead;
pub use marks::{Marks, Mode};
pub use store::{
    Claim, NoteKind, advance, claim, claim_of_member, claim_with_shift, claims_of_shift, cut_at, lock,
    move_state, note, tell_holder,
};

use crate::text_enum;

text_enum! {
    /// Where a claim stands.
    pub enum ClaimState {
        /// The member has the place.
        Held,
        /// The member is there.
        CheckedIn,
        /// The shift is over and there is no check-out.
        Open,
        /// Both ends stand.
        Completed,
        /// The shift is over and there was no check-in: to be said by a person what happened.
        Unverified,
        /// A person said: not there, and excused.
        Excused,
        /// A person said: not there.
        NoShow,
        /// Nobody said anything in time: counts for nothing and against nobody.
        Void,
        /// The member gave the place back.
        Released,
        /// The shift was called off.
        Cancelled,
    }
}

impl ClaimState {
    /// The states that take a place.
    pub const TAKING: [Self; 5] =
        [Self::Held, Self::CheckedIn, Self::Open, Self::Completed, Self::Unverified];
    /// The states of which a member has one a shift, and no two that overlap in time.
    pub const ACTIVE: [Self; 5] = Self::TAKING;

    /// Whether it takes a place.
    pub fn takes_a_place(self) -> bool {
        Self::TAKING.contains(&self)
    }
}

text_enum! {
    /// In whose name minutes are served.
    pub enum ServedAs {
        /// The member's own.
        Individual,
        /// The unit's, whose block gave the place.
        Unit,
    }
}
