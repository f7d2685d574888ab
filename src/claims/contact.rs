//! How a holder reaches whoever leads: a name, and a number where one was given and may be seen.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Claim, rules, store};
use crate::accounts::http::PHONE;
use crate::clock::Timestamp;
use crate::crypto::{self, Keys, Sealed};
use crate::db::Db;
use crate::error::Result;
use crate::posts::Shift;
use crate::rules::Rules;
use crate::units::MemberId;

/// How to reach whoever leads a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeadContact {
    /// Their name.
    pub name: String,
    /// Their number; `null` where they gave none, or where the reader may not see it now.
    pub phone: Option<String>,
}

impl LeadContact {
    /// The name alone.
    pub fn without_phone(self) -> Self {
        Self { phone: None, ..self }
    }
}

/// How to reach some members, by their ids.
///
/// # Errors
/// When the database can't be read.
pub fn contacts(db: &mut Db, keys: &Keys, of: &[MemberId]) -> Result<HashMap<MemberId, LeadContact>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let read = |(member, name, key_id, bytes): store::Contact| {
        let sealed = key_id.zip(bytes).map(|(key_id, bytes)| Sealed { key_id, bytes });
        let phone = sealed.and_then(|sealed| crypto::open(keys, PHONE, &sealed));
        (member, LeadContact { name, phone })
    };
    Ok(store::contacts(db, of)?.into_iter().map(read).collect())
}

/// Whom a holder may reach now: the lead, from a day before the start to the end.
pub fn lead_shown(claim: &Claim, shift: &Shift, now: Timestamp) -> Option<MemberId> {
    let rules = &Rules::of_day(now.day()).posts;
    shift.lead_id.filter(|_| rules::shows_contact(claim.state, shift, now, rules))
}
