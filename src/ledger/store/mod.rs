//! Reads and writes the ledger's rows.

mod append;
mod audit;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use self::append::LockedLedger;
use super::rules::{self, Counting, DayPart};
use super::{
    Balance, Cause, Credit, CreditEntry, Credited, Period, Uncounted, WaitingMinutes, WaitingReason,
};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::rules::Rules;
use crate::schema::{ledger_entries, ledger_heads, ledger_notes, waiting_minutes};
use crate::units::{ClaimId, EntryId, MemberId, Minutes};

pub use audit::{Progress, verify};

/// Writes what counts of a service, under the lock on the member's head.
///
/// A service that already has entries keeps them when the new judgement gives the same minutes; else they are reversed
/// and written anew, or only reversed when nothing counts any more. Minutes over the day's cap wait beside the ledger.
///
/// # Errors
/// When the database can't be written.
pub fn credit(db: &mut Db, credit: &Credit, rules: &Rules, now: Timestamp) -> Result<Credited> {
    let (parts, none) = match rules::judge(credit, &rules.ledger) {
        Counting::Counts(parts) => (parts, None),
        Counting::TooShort { .. } => (Vec::new(), Some(Uncounted::TooShort)),
        Counting::UnderReview { .. } => (Vec::new(), Some(Uncounted::UnderReview)),
    };
    let mut ledger = LockedLedger::lock(db, credit.member)?;
    let standing = ledger.standing(credit.claim)?;
    let waiting = waiting_of(ledger.db(), credit.claim)?;
    if says_the_same(credit, &parts, &standing, &waiting) {
        return Ok(Credited::of(standing, waiting, none));
    }
    take_back(&mut ledger, &standing, credit.claim, credit.cause, credit.reason.as_deref(), now)?;
    let (mut entries, mut waiting) = (Vec::new(), Vec::new());
    for part in parts {
        let counted = ledger.counted_on(part.day)?;
        let capped = rules::cap(part.minutes, counted, &rules.ledger);
        if capped.counts > Minutes(0) {
            let counted = rules::Counted {
                day: part.day,
                minutes: capped.counts,
                rate: rules.ledger.rate,
                rules_version: rules.version,
            };
            entries.push(ledger.serve(credit, counted, now)?);
        }
        if capped.waits > Minutes(0) {
            waiting.push(put_aside(ledger.db(), credit, part.day, capped.waits, now)?);
        }
    }
    Ok(Credited::of(entries, waiting, none))
}

/// Writes several services in one unit of work, in the order of locks: ascending by member, then by the shift's start.
///
/// One unit calls this once at most, and takes no member's or shift's lock after it.
///
/// # Errors
/// When the database can't be written.
pub fn credit_all(
    db: &mut Db,
    mut credits: Vec<Credit>,
    rules: &Rules,
    now: Timestamp,
) -> Result<Vec<(ClaimId, Credited)>> {
    credits.sort_by_key(|credit| (credit.member, credit.span.start));
    credits.iter().map(|one| Ok((one.claim, credit(db, one, rules, now)?))).collect()
}

/// Takes back all that stands for a claim, and answers the reversing entries; none when nothing stood.
///
/// # Errors
/// When the database can't be written.
pub fn reverse(
    db: &mut Db,
    member: MemberId,
    claim: ClaimId,
    cause: Cause,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<Vec<CreditEntry>> {
    let mut ledger = LockedLedger::lock(db, member)?;
    let standing = ledger.standing(claim)?;
    take_back(&mut ledger, &standing, claim, cause, reason, now)
}

/// What a member's whole ledger adds up to.
///
/// # Errors
/// When the database can't be read.
pub fn balance(db: &mut Db, member: MemberId) -> Result<Balance> {
    let sums = ledger_heads::table
        .find(member)
        .select((ledger_heads::minutes, ledger_heads::tenths))
        .first::<(i64, i64)>(db)
        .optional()?;
    let (minutes, tenths) = sums.unwrap_or_default();
    let served: Vec<ClaimId> = ledger_entries::table
        .filter(ledger_entries::member_id.eq(member))
        .group_by(ledger_entries::claim_id)
        .having(diesel::dsl::sum(ledger_entries::minutes).gt(0))
        .select(ledger_entries::claim_id)
        .load(db)?;
    Ok(Balance { minutes, tenths, services: i64::try_from(served.len()).unwrap_or(i64::MAX) })
}

/// What the ledgers of these members add up to in a period, by the day served; members without entries are left out.
///
/// # Errors
/// When the database can't be read.
pub fn balances(db: &mut Db, of: &[MemberId], period: Period) -> Result<BTreeMap<MemberId, Balance>> {
    use ledger_entries as e;
    let sums: Vec<(MemberId, ClaimId, Option<i64>, Option<i64>)> = e::table
        .filter(e::member_id.eq_any(of))
        .filter(e::day.between(period.first, period.last))
        .group_by((e::member_id, e::claim_id))
        .select((e::member_id, e::claim_id, diesel::dsl::sum(e::minutes), diesel::dsl::sum(e::tenths)))
        .load(db)?;
    let mut balances = BTreeMap::<_, Balance>::new();
    for (member, _, minutes, tenths) in sums {
        balances.entry(member).or_default().add_claim(minutes.unwrap_or(0), tenths.unwrap_or(0));
    }
    Ok(balances)
}

/// A member's entries, newest first: of a period by the day served, or all; one more than `limit` tells that there is a
/// next page, which begins before the number `before`.
///
/// # Errors
/// When the database can't be read.
pub fn entries_of(
    db: &mut Db,
    member: MemberId,
    period: Option<Period>,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<CreditEntry>> {
    use ledger_entries as e;
    let mut entries = e::table
        .filter(e::member_id.eq(member))
        .filter(e::seq.lt(before.unwrap_or(i64::MAX)))
        .order(e::seq.desc())
        .limit(limit as i64 + 1)
        .into_boxed();
    if let Some(period) = period {
        entries = entries.filter(e::day.between(period.first, period.last));
    }
    Ok(entries.load(db)?)
}

/// The notes of entries that have one which wasn't erased.
///
/// # Errors
/// When the database can't be read.
pub fn notes_of(db: &mut Db, entries: &[EntryId]) -> Result<BTreeMap<EntryId, String>> {
    use ledger_notes as n;
    let notes: Vec<(EntryId, String)> =
        n::table.filter(n::entry_id.eq_any(entries)).select((n::entry_id, n::text)).load(db)?;
    Ok(notes.into_iter().collect())
}

/// A member's minutes that wait beside the ledger, newest day first: of a period, or all.
///
/// # Errors
/// When the database can't be read.
pub fn waiting_in(db: &mut Db, member: MemberId, period: Option<Period>) -> Result<Vec<WaitingMinutes>> {
    use waiting_minutes as w;
    let columns = (w::member_id, w::claim_id, w::shift_id, w::day, w::minutes, w::reason, w::created_at);
    let mut waiting = w::table
        .filter(w::member_id.eq(member))
        .order((w::day.desc(), w::id.desc()))
        .select(columns)
        .into_boxed();
    if let Some(period) = period {
        waiting = waiting.filter(w::day.between(period.first, period.last));
    }
    Ok(waiting.load(db)?)
}

/// The minutes of a claim that wait beside the ledger, by day.
///
/// # Errors
/// When the database can't be read.
pub fn waiting_of(db: &mut Db, claim: ClaimId) -> Result<Vec<WaitingMinutes>> {
    use waiting_minutes as w;
    let columns = (w::member_id, w::claim_id, w::shift_id, w::day, w::minutes, w::reason, w::created_at);
    Ok(w::table.filter(w::claim_id.eq(claim)).order(w::day).select(columns).load(db)?)
}

/// Whether a new judgement gives each day the minutes that stand or wait already, under the same heading.
fn says_the_same(
    credit: &Credit,
    parts: &[DayPart],
    standing: &[CreditEntry],
    waiting: &[WaitingMinutes],
) -> bool {
    let mut days = BTreeMap::new();
    for entry in standing {
        *days.entry(entry.day).or_insert(0) += entry.minutes.0;
    }
    for wait in waiting {
        *days.entry(wait.day).or_insert(0) += wait.minutes.0;
    }
    let judged = parts.iter().map(|part| (part.day, part.minutes.0)).collect();
    let same_heading = |e: &CreditEntry| e.category == credit.category && e.served_as == credit.served_as;
    days == judged && standing.iter().all(same_heading)
}

fn take_back(
    ledger: &mut LockedLedger<'_>,
    standing: &[CreditEntry],
    claim: ClaimId,
    cause: Cause,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<Vec<CreditEntry>> {
    diesel::delete(waiting_minutes::table.filter(waiting_minutes::claim_id.eq(claim)))
        .execute(ledger.db())?;
    standing.iter().map(|original| ledger.take_back(original, cause, reason, now)).collect()
}

fn put_aside(
    db: &mut Db,
    credit: &Credit,
    day: NaiveDate,
    minutes: Minutes,
    now: Timestamp,
) -> Result<WaitingMinutes> {
    let waiting = WaitingMinutes {
        member_id: credit.member,
        claim_id: credit.claim,
        shift_id: credit.shift,
        day,
        minutes,
        reason: WaitingReason::DayCap,
        created_at: now,
    };
    diesel::insert_into(waiting_minutes::table).values(&waiting).execute(db)?;
    Ok(waiting)
}

impl Credited {
    fn of(entries: Vec<CreditEntry>, waiting: Vec<WaitingMinutes>, none: Option<Uncounted>) -> Self {
        let none = none.or((entries.is_empty()).then_some(Uncounted::DayCap));
        Self { entries, waiting, none }
    }
}
