//! The doors by which a ledger could be changed: shut by the database, and seen by `verify` where somebody forces them.

use daogang::db::Db;
use daogang::ledger::{Cause, Fault, credit, reverse, verify};
use daogang::units::{ClaimId, MemberId};
use diesel::prelude::*;

use super::engines::{at, entries, is_sqlite, morning, on_both, rules, run, served};

/// Three entries of member 1 (a service, its reversal, another service) and one of member 2.
fn written(db: &mut Db) {
    let now = at("12:00");
    credit(db, &morning(1), rules(), now).unwrap();
    reverse(db, MemberId(1), ClaimId(1), Cause::Correction(MemberId(9)), Some("记错了人"), now).unwrap();
    credit(db, &served(1, 2, ("09:00", "10:00")), rules(), now).unwrap();
    credit(db, &served(2, 3, ("09:00", "10:00")), rules(), now).unwrap();
}

const COLUMNS: &str = "id, member_id, seq, claim_id, shift_id, day, kind, reverses_id, minutes, tenths, category, \
    rate_tenths, served_as, starts_at, ends_at, checked_in_at, checked_out_at, in_method, in_level, in_verdict, \
    out_method, out_level, out_verdict, ticked_by, rules_version, cause, note_hash, recorded_at, prev_hash, hash";

fn refused(db: &mut Db, sql: &str) {
    let answer = db.transaction(|db| run(db, sql));
    let error = answer.err().unwrap_or_else(|| panic!("the database let this pass: {sql}")).to_string();
    assert!(error.contains("ledger"), "{sql}: {error}");
}

#[test]
fn every_door_to_the_ledger_is_shut() {
    on_both(|db| {
        written(db);
        let columns = COLUMNS;
        let reworded = columns.replace("minutes,", "minutes + 1,");
        let elsewhere = columns.replace("id, member_id, seq,", "99, member_id, seq + 1,");
        let mut doors = vec![
            "UPDATE ledger_entries SET category = 'traffiC' WHERE id = 1".to_owned(),
            "UPDATE ledger_entries SET id = 77 WHERE id = 4".to_owned(),
            "DELETE FROM ledger_entries WHERE id = 4".to_owned(),
            "DELETE FROM ledger_entries".to_owned(),
            "DELETE FROM ledger_heads WHERE member_id = 2".to_owned(),
            "UPDATE ledger_heads SET minutes = minutes + 1 WHERE member_id = 2".to_owned(),
            "UPDATE ledger_heads SET seq = 0 WHERE member_id = 2".to_owned(),
            "UPDATE ledger_heads SET seq = seq + 1 WHERE member_id = 2".to_owned(),
            "UPDATE ledger_heads SET member_id = 3 WHERE member_id = 2".to_owned(),
            format!("INSERT INTO ledger_heads VALUES (3, 1, '{:064}', 0, 0)", 0),
            format!("INSERT INTO ledger_heads VALUES (3, 0, '{:064}', 60, 0)", 0),
            format!(
                "INSERT INTO ledger_entries ({columns}) SELECT {elsewhere} FROM ledger_entries WHERE id = 4"
            ),
            "UPDATE ledger_notes SET text = '别的'".to_owned(),
        ];
        if is_sqlite(db) {
            doors.extend([
                format!("INSERT OR REPLACE INTO ledger_entries ({columns}) SELECT {reworded} FROM ledger_entries WHERE id = 4"),
                format!(
                    "INSERT OR REPLACE INTO ledger_entries ({columns}) SELECT {} FROM ledger_entries WHERE id = 4",
                    reworded.replace("id, member_id, seq", "98, member_id, seq")
                ),
                "UPDATE OR IGNORE ledger_entries SET category = 'other' WHERE id = 1".to_owned(),
                "UPDATE OR REPLACE ledger_entries SET id = 1 WHERE id = 4".to_owned(),
                format!("INSERT OR REPLACE INTO ledger_heads VALUES (2, 0, '{:064}', 0, 0)", 0),
                "INSERT OR REPLACE INTO ledger_notes SELECT entry_id, salt, '别的' FROM ledger_notes".to_owned(),
            ]);
        } else {
            doors.extend([
                "TRUNCATE ledger_entries CASCADE".to_owned(),
                "TRUNCATE ledger_heads".to_owned(),
                "TRUNCATE members CASCADE".to_owned(),
                "SET LOCAL session_replication_role = replica; DELETE FROM ledger_entries".to_owned(),
                "INSERT INTO ledger_heads SELECT * FROM ledger_heads WHERE member_id = 2 \
                 ON CONFLICT (member_id) DO UPDATE SET minutes = 0"
                    .replace("SELECT *", "SELECT member_id, 0, repeat('0', 64), 0, 0"),
            ]);
        }
        for door in doors {
            refused(db, &door);
        }
        assert_eq!(verify(db, |_| ()).unwrap(), []);
        assert_eq!(entries(db, MemberId(1)).len(), 3);
    });
}

const TABLES: [&str; 3] = ["ledger_entries", "ledger_heads", "ledger_notes"];

/// Takes the triggers off, as only the owner of the database can, and keeps a copy to restore from.
fn force_open(db: &mut Db) {
    if is_sqlite(db) {
        run(db, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
        for line in include_str!("../../migrations/sqlite/0004_ledger/up.sql").lines() {
            if let Some(name) = line.strip_prefix("CREATE TRIGGER ").and_then(|rest| rest.split(' ').next()) {
                run(db, &format!("DROP TRIGGER {name}")).unwrap();
            }
        }
    } else {
        run(db, "ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_check;").unwrap();
        for table in TABLES {
            run(db, &format!("ALTER TABLE {table} DISABLE TRIGGER ALL")).unwrap();
        }
    }
    for table in TABLES {
        run(db, &format!("CREATE TABLE saved_{table} AS SELECT * FROM {table}")).unwrap();
    }
}

fn restore(db: &mut Db) {
    for table in TABLES {
        run(db, &format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table};")).unwrap();
    }
    assert_eq!(found(db), []);
}

/// Member, number, entry and what is wrong.
type Found = (i64, Option<i64>, Option<i64>, Fault);

fn found(db: &mut Db) -> Vec<Found> {
    let findings = verify(db, |_| ()).unwrap();
    findings.into_iter().map(|f| (f.member.0, f.seq, f.entry.map(|id| id.0), f.fault)).collect()
}

#[test]
fn verify_names_what_was_forced() {
    let cases: [(&str, Found); 8] = [
        (
            "UPDATE ledger_entries SET category = 'traffiC' WHERE id = 3",
            (1, Some(3), Some(3), Fault::Changed),
        ),
        ("UPDATE ledger_entries SET minutes = 600 WHERE id = 4", (2, Some(1), Some(4), Fault::Changed)),
        ("UPDATE ledger_entries SET id = 77 WHERE id = 4", (2, Some(1), Some(77), Fault::Changed)),
        ("UPDATE ledger_entries SET day = '2026-09-02' WHERE id = 1", (1, Some(1), Some(1), Fault::Changed)),
        ("DELETE FROM ledger_entries WHERE id = 3", (1, Some(3), None, Fault::Missing(3))),
        ("DELETE FROM ledger_heads WHERE member_id = 1", (1, None, None, Fault::HeadMissing)),
        ("UPDATE ledger_heads SET seq = 2 WHERE member_id = 1", (1, None, None, Fault::HeadElsewhere)),
        ("UPDATE ledger_notes SET text = '别的'", (1, Some(2), Some(2), Fault::NoteChanged)),
    ];
    on_both(|db| {
        written(db);
        force_open(db);
        for (sql, first) in &cases {
            run(db, sql).unwrap();
            assert_eq!(found(db).first(), Some(first), "{sql}");
            restore(db);
        }
    });
}

#[test]
fn every_column_of_an_entry_is_covered_by_its_hash() {
    on_both(|db| {
        written(db);
        force_open(db);
        for column in COLUMNS.split(", ") {
            let value = match column {
                "id" | "member_id" | "seq" | "claim_id" | "shift_id" | "reverses_id" | "ticked_by" => "41",
                "minutes" | "tenths" | "rate_tenths" | "rules_version" => "59",
                "day" => "'2026-09-02'",
                "hash" | "prev_hash" | "note_hash" => {
                    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"
                }
                instant if instant.ends_with("_at") && is_sqlite(db) => "1",
                instant if instant.ends_with("_at") => "'2026-09-01 00:00:00.000001+08'",
                _ => "'x'",
            };
            run(db, &format!("UPDATE ledger_entries SET {column} = {value} WHERE id = 3")).unwrap();
            let found = found(db);
            assert!(found.iter().any(|f| f.3 == Fault::Changed), "{column}: {found:?}");
            restore(db);
        }
    });
}

#[test]
fn an_entry_that_cannot_be_read_is_named() {
    on_both(|db| {
        if !is_sqlite(db) {
            return;
        }
        written(db);
        force_open(db);
        run(db, "UPDATE ledger_entries SET day = 'someday' WHERE id = 4").unwrap();
        let found = found(db);
        assert!(matches!(found[0], (2, Some(1), Some(4), Fault::Unreadable(_))), "{found:?}");
    });
}

#[test]
fn an_erased_note_is_no_finding() {
    on_both(|db| {
        written(db);
        run(db, "DELETE FROM ledger_notes").unwrap();
        assert_eq!(found(db), []);
    });
}
