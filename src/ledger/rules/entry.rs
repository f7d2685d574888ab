//! What an entry says: a service with its inputs, or the reversal of one.

use chrono::NaiveDate;

use super::chain;
use crate::clock::Timestamp;
use crate::ledger::{Cause, Credit, CreditEntry, EntryKind};
use crate::units::{EntryId, Minutes, Tenths};

/// The place of a new entry in its ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The entry's number among all entries.
    pub id: EntryId,
    /// Its number in the member's ledger.
    pub seq: i64,
    /// The hash of the entry before it.
    pub prev_hash: String,
}

/// What counts of a service on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The day in China.
    pub day: NaiveDate,
    /// Its minutes, after the cap.
    pub minutes: Minutes,
    /// The points an hour.
    pub rate: Tenths,
    /// The version of the rules that judged it.
    pub rules_version: i32,
}

/// Writes the entry of one day of a service.
pub fn service(
    link: Link,
    credit: &Credit,
    counted: Counted,
    note_hash: Option<String>,
    now: Timestamp,
) -> CreditEntry {
    sealed(CreditEntry {
        id: link.id,
        member_id: credit.member,
        seq: link.seq,
        claim_id: credit.claim,
        shift_id: credit.shift,
        day: counted.day,
        kind: word(EntryKind::Service),
        reverses_id: None,
        minutes: counted.minutes,
        tenths: super::points(counted.minutes, counted.rate),
        category: word(credit.category),
        rate_tenths: counted.rate,
        served_as: word(credit.served_as),
        starts_at: credit.span.start,
        ends_at: credit.span.end,
        checked_in_at: credit.arrived.at,
        checked_out_at: credit.left.at,
        in_method: credit.arrived.method.map(word),
        in_level: word(credit.arrived.level),
        in_verdict: credit.arrived.verdict.map(word),
        out_method: credit.left.method.map(word),
        out_level: word(credit.left.level),
        out_verdict: credit.left.verdict.map(word),
        ticked_by: credit.cause.by(),
        rules_version: counted.rules_version,
        cause: word(credit.cause),
        note_hash,
        recorded_at: now,
        prev_hash: link.prev_hash,
        hash: String::new(),
    })
}

/// Writes the entry that takes back `original`, keeping its inputs so that both halves can be read side by side.
pub fn reversal(
    link: Link,
    original: &CreditEntry,
    cause: Cause,
    note_hash: Option<String>,
    now: Timestamp,
) -> CreditEntry {
    sealed(CreditEntry {
        id: link.id,
        seq: link.seq,
        kind: word(EntryKind::Reversal),
        reverses_id: Some(original.id),
        minutes: Minutes(-original.minutes.0),
        tenths: Tenths(-original.tenths.0),
        ticked_by: cause.by(),
        cause: word(cause),
        note_hash,
        recorded_at: now,
        prev_hash: link.prev_hash,
        ..original.clone()
    })
}

fn sealed(mut entry: CreditEntry) -> CreditEntry {
    entry.hash = chain::hash(&entry);
    entry
}

fn word(word: impl Into<&'static str>) -> String {
    word.into().to_owned()
}
