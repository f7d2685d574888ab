//! Walks all ledgers and names what can't have come from the server.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::result::Error as DieselError;

use crate::db::Db;
use crate::error::Result;
use crate::ledger::rules::{self, note_hash};
use crate::ledger::{CreditEntry, Fault, Finding, LedgerHead};
use crate::schema::{ledger_entries, ledger_heads, ledger_notes};
use crate::units::{EntryId, MemberId};

/// How many ledgers are read at once; a ledger grows by some hundred entries a year.
const PAGE: i64 = 200;

/// How far the walk has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Ledgers walked.
    pub members: u64,
    /// Entries checked.
    pub entries: u64,
}

/// Checks every ledger, by ascending member, and calls `progress` after each page.
///
/// Each page is read in one snapshot, so that appends meanwhile are no findings; the connection must not be inside a
/// transaction.
///
/// # Errors
/// When the database can't be read.
pub fn verify(db: &mut Db, mut progress: impl FnMut(Progress)) -> Result<Vec<Finding>> {
    let (mut findings, mut walked, mut after) = (Vec::new(), Progress::default(), MemberId(i64::MIN));
    loop {
        let page = db.transaction(|db| {
            if let Db::Pg(conn) = db {
                // READ COMMITTED would see the entries of a later moment than the heads.
                diesel::sql_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    .execute(conn)?;
            }
            Page::read(db, after)
        })?;
        let last = page.last;
        walked.members += page.members().len() as u64;
        walked.entries += page.entries.len() as u64;
        findings.extend(page.findings());
        progress(walked);
        match last {
            Some(last) => after = last,
            None => return Ok(findings),
        }
    }
}

/// The ledgers of a range of members; a ledger without head lies in it too.
struct Page {
    /// The last member of the range; `None` when it has no end.
    last: Option<MemberId>,
    heads: BTreeMap<MemberId, LedgerHead>,
    entries: Vec<CreditEntry>,
    notes: Vec<(EntryId, String, String)>,
    unreadable: Vec<Finding>,
}

impl Page {
    fn read(db: &mut Db, after: MemberId) -> Result<Self> {
        let heads: Vec<LedgerHead> = ledger_heads::table
            .filter(ledger_heads::member_id.gt(after))
            .order(ledger_heads::member_id)
            .limit(PAGE)
            .load(db)?;
        let full = heads.len() as i64 == PAGE;
        let last = heads.last().map(|head| head.member_id).filter(|_| full);
        let upto = last.unwrap_or(MemberId(i64::MAX));
        let (entries, unreadable) = read_entries(db, after, upto)?;
        let notes = ledger_notes::table
            .inner_join(ledger_entries::table)
            .filter(ledger_entries::member_id.gt(after).and(ledger_entries::member_id.le(upto)))
            .order(ledger_notes::entry_id)
            .select((ledger_notes::entry_id, ledger_notes::salt, ledger_notes::text))
            .load(db)?;
        let heads = heads.into_iter().map(|head| (head.member_id, head)).collect();
        Ok(Self { last, heads, entries, notes, unreadable })
    }

    fn members(&self) -> BTreeSet<MemberId> {
        self.heads.keys().copied().chain(self.entries.iter().map(|entry| entry.member_id)).collect()
    }

    fn findings(&self) -> Vec<Finding> {
        let mut findings = self.unreadable.clone();
        for member in self.members() {
            let first = self.entries.partition_point(|entry| entry.member_id < member);
            let end = self.entries.partition_point(|entry| entry.member_id <= member);
            findings.extend(rules::audit(member, self.heads.get(&member), &self.entries[first..end]));
        }
        let by_id: BTreeMap<EntryId, &CreditEntry> =
            self.entries.iter().map(|entry| (entry.id, entry)).collect();
        for (id, salt, text) in &self.notes {
            if let Some(entry) = by_id.get(id).filter(|e| e.note_hash != Some(note_hash(salt, text))) {
                let (member, seq) = (entry.member_id, Some(entry.seq));
                findings.push(Finding { member, seq, entry: Some(*id), fault: Fault::NoteChanged });
            }
        }
        findings
    }
}

/// Reads the entries of a range of members; when one of them can't be read, each by itself, to name it.
fn read_entries(db: &mut Db, after: MemberId, upto: MemberId) -> Result<(Vec<CreditEntry>, Vec<Finding>)> {
    use ledger_entries as e;
    let in_range = || e::member_id.gt(after).and(e::member_id.le(upto));
    match e::table.filter(in_range()).order((e::member_id, e::seq)).load(db) {
        Ok(entries) => return Ok((entries, Vec::new())),
        Err(DieselError::DeserializationError(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let keys: Vec<(EntryId, MemberId, i64)> = e::table
        .filter(in_range())
        .order((e::member_id, e::seq))
        .select((e::id, e::member_id, e::seq))
        .load(db)?;
    let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
    for (id, member, seq) in keys {
        match e::table.find(id).first(db) {
            Ok(entry) => entries.push(entry),
            Err(DieselError::DeserializationError(cause)) => {
                let fault = Fault::Unreadable(cause.to_string());
                unreadable.push(Finding { member, seq: Some(seq), entry: Some(id), fault });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok((entries, unreadable))
}
