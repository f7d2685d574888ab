//! The ledger's decisions: how many minutes of a service count, and what an honest chain of entries looks like.

mod chain;
mod counting;
mod entry;

pub use chain::{GENESIS, audit, canonical, note_hash};
pub use counting::{Capped, Counting, DayPart, Presence, cap, judge, points};
pub use entry::{Counted, Link, reversal, service};

use super::{Balance, CreditEntry};

/// Adds up entries; a service is a claim whose minutes are above zero after reversals.
pub fn totals(entries: &[CreditEntry]) -> Balance {
    let mut balance = Balance::default();
    let mut by_claim = std::collections::BTreeMap::new();
    for entry in entries {
        balance.minutes += i64::from(entry.minutes.0);
        balance.tenths += i64::from(entry.tenths.0);
        *by_claim.entry(entry.claim_id).or_insert(0_i64) += i64::from(entry.minutes.0);
    }
    balance.services = by_claim.values().map(|minutes| i64::from(*minutes > 0)).sum();
    balance
}
