//! The ledger's decisions: how many minutes of a service count, and what an honest chain of entries looks like.

mod chain;
mod counting;
mod entry;

pub use chain::{GENESIS, audit, canonical, note_hash};
pub use counting::{Capped, Counting, DayPart, Presence, cap, judge, points};
pub use entry::{Counted, Link, reversal, service};

use super::{Balance, CreditEntry};

/// Adds up entries.
pub fn totals(entries: &[CreditEntry]) -> Balance {
    let mut by_claim = std::collections::BTreeMap::new();
    for entry in entries {
        let (minutes, tenths) = by_claim.entry(entry.claim_id).or_insert((0_i64, 0_i64));
        *minutes += i64::from(entry.minutes.0);
        *tenths += i64::from(entry.tenths.0);
    }
    let mut balance = Balance::default();
    by_claim.into_values().for_each(|(minutes, tenths)| balance.add_claim(minutes, tenths));
    balance
}

impl Balance {
    /// Adds all that stands in the ledger for one claim; it is a service when minutes are left after reversals.
    pub fn add_claim(&mut self, minutes: i64, tenths: i64) {
        self.minutes += minutes;
        self.tenths += tenths;
        self.services += i64::from(minutes > 0);
    }
}
