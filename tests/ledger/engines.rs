//! A database for one test, on each engine.

use std::sync::atomic::{AtomicU32, Ordering};

use daogang::clock::Timestamp;
use daogang::db::Db;
use daogang::ledger::{Cause, Credit, End, Span};
use daogang::rules::Rules;
use daogang::units::{ClaimId, MemberId, ShiftId};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

const STAND_IN: &str = "
    CREATE TABLE members (id BIGINT PRIMARY KEY);
    CREATE TABLE shifts (id BIGINT PRIMARY KEY);
    CREATE TABLE claims (id BIGINT PRIMARY KEY);
    INSERT INTO members VALUES (1), (2), (3), (8), (9);
    INSERT INTO shifts VALUES (1), (2), (3);
    INSERT INTO claims VALUES (1), (2), (3), (4), (5);
";

/// Runs the test on SQLite and on PostgreSQL, each in a database of its own.
pub fn on_both(test: impl Fn(&mut Db)) {
    test(&mut sqlite());
    let base = std::env::var("DAOGANG_TEST_POSTGRES_URL")
        .expect("DAOGANG_TEST_POSTGRES_URL names a cluster for tests");
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("ledger_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::establish(&format!("{base}/postgres")).unwrap();
    admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let mut conn = PgConnection::establish(&format!("{base}/{name}")).unwrap();
    conn.batch_execute(STAND_IN).unwrap();
    conn.batch_execute(include_str!("../../migrations/postgres/0004_ledger/up.sql")).unwrap();
    let mut db = Db::Pg(conn);
    test(&mut db);
    drop(db);
    admin.batch_execute(&format!("DROP DATABASE {name}")).unwrap();
}

fn sqlite() -> Db {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    // As in the sqlite3 shell, which doesn't fire triggers for the deletes of a replace.
    conn.batch_execute("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = OFF;").unwrap();
    conn.batch_execute(STAND_IN).unwrap();
    conn.batch_execute(include_str!("../../migrations/sqlite/0004_ledger/up.sql")).unwrap();
    Db::Sqlite(conn)
}

pub fn run(db: &mut Db, sql: &str) -> QueryResult<()> {
    match db {
        Db::Pg(conn) => conn.batch_execute(sql),
        Db::Sqlite(conn) => conn.batch_execute(sql),
    }
}

pub fn is_sqlite(db: &Db) -> bool {
    matches!(db, Db::Sqlite(_))
}

pub fn rules() -> &'static Rules {
    Rules::of_day(at("07:00").day())
}

/// A time of 2026-09-01 in China.
pub fn at(time: &str) -> Timestamp {
    Timestamp::parse(&format!("2026-09-01T{time}:00+08:00")).unwrap()
}

/// Member 1 at the crossing from 7:30 to 8:30, checked in and out by code.
pub fn morning(claim: i64) -> Credit {
    served(1, claim, ("07:30", "08:30"))
}

/// A member who stood a whole shift.
pub fn served(member: i64, claim: i64, span: (&str, &str)) -> Credit {
    let span = Span { start: at(span.0), end: at(span.1) };
    let end = |at| End { at, method: Some("rotating_code"), level: "strong", verdict: Some("inside") };
    Credit {
        member: MemberId(member),
        claim: ClaimId(claim),
        shift: ShiftId(1),
        span,
        category: "traffic",
        served_as: "individual",
        arrived: end(span.start),
        left: end(span.end),
        cause: Cause::CheckOut,
        reason: None,
    }
}
