//! The one way by which an entry gets into a ledger: at its end, while nobody else can write there.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Db;
use crate::each_backend;
use crate::error::{Error, Result};
use crate::ledger::rules::{self, Counted, GENESIS, Link};
use crate::ledger::{Cause, Credit, CreditEntry, LedgerHead};
use crate::schema::{ledger_entries, ledger_heads, ledger_notes};
use crate::units::{ClaimId, EntryId, MemberId, Minutes};

/// A member's ledger whose head this unit of work holds locked; only through it can an entry be written.
///
/// The lock is an update of the head that changes nothing, which the head's trigger lets pass: on PostgreSQL it holds the
/// row until the unit ends, on SQLite there is one writer anyway. Sums read after it can't be overtaken. Each entry then
/// moves the head on by one, and the triggers hold both to each other.
pub(super) struct LockedLedger<'a> {
    db: &'a mut Db,
    head: LedgerHead,
}

impl<'a> LockedLedger<'a> {
    /// Locks the ledger of a member, beginning it when it's the first time.
    pub(super) fn lock(db: &'a mut Db, member: MemberId) -> Result<Self> {
        let head = match lock_head(db, member)? {
            Some(head) => head,
            None => {
                begin(db, member)?;
                lock_head(db, member)?
                    .ok_or_else(|| Error::internal("a ledger head vanished while it was begun"))?
            }
        };
        Ok(Self { db, head })
    }

    /// The connection, for rows that hang on this ledger.
    pub(super) fn db(&mut self) -> &mut Db {
        self.db
    }

    /// The entries of a claim that no reversal has taken back.
    pub(super) fn standing(&mut self, claim: ClaimId) -> Result<Vec<CreditEntry>> {
        let mut entries: Vec<CreditEntry> = ledger_entries::table
            .filter(ledger_entries::claim_id.eq(claim))
            .filter(ledger_entries::member_id.eq(self.head.member_id))
            .order(ledger_entries::seq)
            .load(self.db)?;
        let reversed: Vec<EntryId> = entries.iter().filter_map(|entry| entry.reverses_id).collect();
        entries.retain(|entry| entry.is_service() && !reversed.contains(&entry.id));
        Ok(entries)
    }

    /// The minutes that count on a day so far, over all claims, net of reversals.
    pub(super) fn counted_on(&mut self, day: NaiveDate) -> Result<Minutes> {
        let sum: Option<i64> = ledger_entries::table
            .filter(ledger_entries::member_id.eq(self.head.member_id))
            .filter(ledger_entries::day.eq(day))
            .select(diesel::dsl::sum(ledger_entries::minutes))
            .first(self.db)?;
        Ok(Minutes(i32::try_from(sum.unwrap_or(0)).unwrap_or(i32::MAX)))
    }

    /// Appends what counts of a service on one day.
    pub(super) fn serve(&mut self, credit: &Credit, counted: Counted, now: Timestamp) -> Result<CreditEntry> {
        self.append(credit.reason.as_deref(), |link, note| rules::service(link, credit, counted, note, now))
    }

    /// Appends the reversal of an entry that stands.
    pub(super) fn take_back(
        &mut self,
        original: &CreditEntry,
        cause: Cause,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<CreditEntry> {
        self.append(reason, |link, note| rules::reversal(link, original, cause, note, now))
    }

    fn append(
        &mut self,
        reason: Option<&str>,
        write: impl FnOnce(Link, Option<String>) -> CreditEntry,
    ) -> Result<CreditEntry> {
        let link = Link { id: next_id(self.db)?, seq: self.head.seq + 1, prev_hash: self.head.hash.clone() };
        let note = reason.map(|text| (format!("{:032x}", rand::random::<u128>()), text));
        let entry = write(link, note.as_ref().map(|(salt, text)| rules::note_hash(salt, text)));
        diesel::insert_into(ledger_entries::table).values(&entry).execute(self.db)?;
        if let Some((salt, text)) = note {
            use ledger_notes as n;
            diesel::insert_into(n::table)
                .values((n::entry_id.eq(entry.id), n::salt.eq(salt), n::text.eq(text)))
                .execute(self.db)?;
        }
        self.move_on(&entry)?;
        Ok(entry)
    }

    fn move_on(&mut self, entry: &CreditEntry) -> Result<()> {
        use ledger_heads as h;
        self.head = diesel::update(h::table.find(entry.member_id))
            .set((
                h::seq.eq(entry.seq),
                h::hash.eq(&entry.hash),
                h::minutes.eq(self.head.minutes + i64::from(entry.minutes.0)),
                h::tenths.eq(self.head.tenths + i64::from(entry.tenths.0)),
            ))
            .returning(h::all_columns)
            .get_result(self.db)?;
        Ok(())
    }
}

fn lock_head(db: &mut Db, member: MemberId) -> Result<Option<LedgerHead>> {
    let unchanged = ledger_heads::seq.eq(ledger_heads::seq);
    let update = diesel::update(ledger_heads::table.find(member)).set(unchanged);
    Ok(update.returning(ledger_heads::all_columns).get_result(db).optional()?)
}

fn begin(db: &mut Db, member: MemberId) -> Result<()> {
    let head = LedgerHead { member_id: member, seq: 0, hash: GENESIS.to_owned(), minutes: 0, tenths: 0 };
    // on_conflict isn't offered on the multi connection; another writer may begin the same ledger meanwhile.
    each_backend!(db, |conn| {
        diesel::insert_into(ledger_heads::table).values(&head).on_conflict_do_nothing().execute(conn)
    })?;
    Ok(())
}

/// The number of the next entry, known before the entry is written because its hash covers it.
fn next_id(db: &mut Db) -> Result<EntryId> {
    // A sequence is PostgreSQL's; SQLite has one writer, and entries are never deleted.
    match db {
        Db::Pg(conn) => {
            let next = "nextval(pg_get_serial_sequence('ledger_entries', 'id'))";
            Ok(diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(next)).get_result(conn)?)
        }
        Db::Sqlite(conn) => {
            let last: Option<i64> =
                ledger_entries::table.select(diesel::dsl::max(ledger_entries::id)).first(conn)?;
            Ok(EntryId(last.unwrap_or(0) + 1))
        }
    }
}
