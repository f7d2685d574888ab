//! The ledger: which minutes of service count for a member and why, written so that nobody can change them unseen.
//!
//! It knows values, not check-ins: whoever judged a service hands over a [`Credit`], and [`credit`] writes what counts of
//! it. A member's entries form a chain, each carrying the hash of the one before; [`verify`] walks all of them.
//! Functions that write run inside one unit of work and lock the member's ledger head, the last lock in the order of
//! locks; several members in one unit go through [`credit_all`], which takes them in ascending order.

pub mod http;
mod period;
pub mod rules;
mod store;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::schema::{ledger_entries, ledger_heads, waiting_minutes};
use crate::text_enum;
use crate::units::{ClaimId, EntryId, MemberId, Minutes, ShiftId, Tenths};

pub use period::Period;
pub use rules::Presence;
pub use store::{
    Progress, balance, balances, credit, credit_all, entries_of, notes_of, reverse, verify, waiting_in,
    waiting_of,
};

/// A stretch of time, its end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

/// One end of a service as it was judged: the check-in or the check-out.
///
/// Words are `&'static str` because only the enums of the judging features can make one, so no outside text gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// When the member arrived or left.
    pub at: Timestamp,
    /// How it was shown; `None` for a check-out without evidence.
    pub method: Option<&'static str>,
    /// How well it was shown.
    pub level: &'static str,
    /// What the position said; `None` without one.
    pub verdict: Option<&'static str>,
}

/// A service that the feature above has judged to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Who served.
    pub member: MemberId,
    /// The place they held.
    pub claim: ClaimId,
    /// The shift they stood.
    pub shift: ShiftId,
    /// The shift's time; a stopped shift ends at the moment of stopping.
    pub span: Span,
    /// The code of the post's category.
    pub category: &'static str,
    /// In whose name: the code `unit` or `individual`.
    pub served_as: &'static str,
    /// The check-in.
    pub arrived: End,
    /// The check-out.
    pub left: End,
    /// What made it count.
    pub cause: Cause,
    /// Why, in the words of whoever acted; kept in an erasable note.
    pub reason: Option<String>,
}

/// What made a service count, or stop counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Cause {
    /// The check-out, both ends counting by themselves.
    CheckOut,
    /// The stop of the shift, which checked out who was there.
    Stop,
    /// The tick or attestation of this site lead.
    LeadTick(MemberId),
    /// The tick or attestation of this officer.
    OfficerTick(MemberId),
    /// This officer's correction.
    Correction(MemberId),
}

impl Cause {
    /// The person who acted; `None` when it counted by itself.
    pub fn by(self) -> Option<MemberId> {
        match self {
            Self::CheckOut | Self::Stop => None,
            Self::LeadTick(member) | Self::OfficerTick(member) | Self::Correction(member) => Some(member),
        }
    }

    /// Whether an officer acted, whose word settles what a lead's doesn't.
    pub fn is_by_officer(self) -> bool {
        matches!(self, Self::OfficerTick(_) | Self::Correction(_))
    }
}

/// Whether an entry adds a service or takes one back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum EntryKind {
    /// Minutes that count.
    Service,
    /// The same minutes, negative, of one earlier entry.
    Reversal,
}

/// Why a service has no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Uncounted {
    /// Served for less than the shortest service.
    TooShort,
    /// Present for too small a share of the shift; an officer's tick makes it count.
    UnderReview,
    /// All of its minutes are over the day's cap and wait.
    DayCap,
}

text_enum! {
    /// Why minutes wait beside the ledger.
    pub enum WaitingReason {
        /// The day's cap was reached.
        DayCap,
    }
}

/// One record of a member's ledger.
///
/// Words are read as plain text, so that a word which somebody changed is a finding and not a failed query.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Identifiable, Insertable)]
#[diesel(table_name = ledger_entries)]
pub struct CreditEntry {
    /// Its number among all entries.
    pub id: EntryId,
    /// Whose it is.
    pub member_id: MemberId,
    /// Its number in the member's ledger, from 1.
    pub seq: i64,
    /// The place that was held.
    pub claim_id: ClaimId,
    /// The shift that was stood.
    pub shift_id: ShiftId,
    /// The day in China on which the minutes were served.
    pub day: NaiveDate,
    /// An [`EntryKind`].
    pub kind: String,
    /// The entry that a reversal takes back.
    pub reverses_id: Option<EntryId>,
    /// Minutes that count; negative in a reversal.
    pub minutes: Minutes,
    /// Points that count; negative in a reversal.
    pub tenths: Tenths,
    /// The post's category.
    pub category: String,
    /// The category's points an hour.
    pub rate_tenths: Tenths,
    /// In whose name it was served.
    pub served_as: String,
    /// The shift's start as it was judged.
    pub starts_at: Timestamp,
    /// The shift's end as it was judged.
    pub ends_at: Timestamp,
    /// When the member arrived.
    pub checked_in_at: Timestamp,
    /// When the member left.
    pub checked_out_at: Timestamp,
    /// How the arrival was shown.
    pub in_method: Option<String>,
    /// How well it was shown.
    pub in_level: String,
    /// What its position said.
    pub in_verdict: Option<String>,
    /// How the leaving was shown.
    pub out_method: Option<String>,
    /// How well it was shown.
    pub out_level: String,
    /// What its position said.
    pub out_verdict: Option<String>,
    /// Who ticked it.
    pub ticked_by: Option<MemberId>,
    /// The version of the rules that judged it.
    pub rules_version: i32,
    /// A [`Cause`].
    pub cause: String,
    /// The salted hash of its note.
    pub note_hash: Option<String>,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// The hash of the entry before it.
    pub prev_hash: String,
    /// The hash of all of the above.
    pub hash: String,
}

impl CreditEntry {
    /// Whether it adds minutes, rather than taking them back.
    pub fn is_service(&self) -> bool {
        self.kind == <&str>::from(EntryKind::Service)
    }
}

/// Where a member's ledger ends.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = ledger_heads)]
pub struct LedgerHead {
    /// Whose ledger it is.
    pub member_id: MemberId,
    /// The number of its last entry; 0 when empty.
    pub seq: i64,
    /// The hash of its last entry; [`rules::GENESIS`] when empty.
    pub hash: String,
    /// The sum of all minutes.
    pub minutes: i64,
    /// The sum of all points, in tenths.
    pub tenths: i64,
}

/// Minutes that were served and don't count by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = waiting_minutes)]
pub struct WaitingMinutes {
    /// Who served them.
    pub member_id: MemberId,
    /// The place that was held.
    pub claim_id: ClaimId,
    /// The shift that was stood.
    pub shift_id: ShiftId,
    /// The day in China on which they were served.
    pub day: NaiveDate,
    /// How many.
    pub minutes: Minutes,
    /// Why they wait.
    pub reason: WaitingReason,
    /// Since when.
    pub created_at: Timestamp,
}

/// What has become of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// The entries that now stand for it, one a day.
    pub entries: Vec<CreditEntry>,
    /// Its minutes that wait, one a day.
    pub waiting: Vec<WaitingMinutes>,
    /// Why there is no entry; `None` when there is one.
    pub none: Option<Uncounted>,
}

impl Credited {
    /// The minutes that count.
    pub fn minutes(&self) -> Minutes {
        Minutes(self.entries.iter().map(|entry| entry.minutes.0).sum())
    }
}

/// What a ledger, or a part of it, adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Balance {
    /// Minutes, net of reversals.
    pub minutes: i64,
    /// Points in tenths, net of reversals.
    pub tenths: i64,
    /// Services with minutes left after reversals.
    pub services: i64,
}

/// Something in a ledger that can't have come from the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// In whose ledger.
    pub member: MemberId,
    /// The number in that ledger, where it can be told.
    pub seq: Option<i64>,
    /// The entry, where there is one.
    pub entry: Option<EntryId>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The entry's content doesn't give its hash.
    #[error("its content was changed: it does not give its hash")]
    Changed,
    /// The entry can't be read at all.
    #[error("it can't be read: {0}")]
    Unreadable(String),
    /// Entries are gone, up to and with this number.
    #[error("missing up to number {0}")]
    Missing(i64),
    /// The entry doesn't carry the hash of the one before it.
    #[error("it does not carry the hash of the entry before it")]
    Unchained,
    /// A reversal takes back something else than an earlier service of the same ledger, whole.
    #[error("it reverses no earlier service entry of this ledger by the same minutes and points")]
    WithoutOriginal,
    /// There are entries and no head.
    #[error("the ledger's head is missing")]
    HeadMissing,
    /// The head names another last entry.
    #[error("the head does not name the last entry")]
    HeadElsewhere,
    /// The head's sums aren't those of the entries.
    #[error("the head says {head_minutes} min and {head_tenths} tenths, the entries {minutes} and {tenths}")]
    Sums {
        /// Minutes by the head.
        head_minutes: i64,
        /// Tenths of points by the head.
        head_tenths: i64,
        /// Minutes by the entries.
        minutes: i64,
        /// Tenths of points by the entries.
        tenths: i64,
    },
    /// The note isn't the one that was written.
    #[error("its note was changed")]
    NoteChanged,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "member {}", self.member)?;
        if let Some(seq) = self.seq {
            write!(f, ", number {seq}")?;
        }
        if let Some(entry) = self.entry {
            write!(f, ", entry {entry}")?;
        }
        write!(f, ": {}", self.fault)
    }
}
