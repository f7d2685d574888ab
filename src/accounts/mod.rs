//! Accounts: signing in, staying signed in, and one's own particulars.

pub mod http;
pub mod rules;
mod sessions;
mod store;

pub use sessions::{Caller, Callers};
pub use store::{CONSENT_VERSION, consenting, credentials, sign_in};

use crate::text_enum;

text_enum! {
    /// What a member is to the double report; never shown to other members.
    pub enum Standing {
        /// An in-service party member (在职党员); only these double-report.
        InService,
        /// A retired party member (退休党员).
        Retired,
        /// A volunteer (群众志愿者).
        Volunteer,
    }
}
