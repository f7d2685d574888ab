//! A database for one test, on each engine.

use std::sync::atomic::{AtomicU32, Ordering};

use daogang::clock::Timestamp;
use daogang::db::Db;
use daogang::db::migrate::migrate;
use daogang::ledger::{Cause, Credit, CreditEntry, End, Span};
use daogang::rules::Rules;
use daogang::schema::ledger_entries;
use daogang::units::{ClaimId, MemberId, ShiftId};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::support::databases;

/// What the ledger's rows refer to: five members, one shift, and five claims on it, all of member 1.
const PEOPLE: &str = "
    INSERT INTO organizations (id, kind, name, name_key, created_at)
        VALUES (1, 'community', '盘旋路社区', 'panxuanlushequ', {t});
    INSERT INTO members (id, name, name_key, standing, created_at) VALUES
        (1, '张', 'zhang', 'in_service', {t}), (2, '王', 'wang', 'in_service', {t}),
        (3, '李', 'li', 'in_service', {t}), (8, '赵', 'zhao', 'in_service', {t}), (9, '钱', 'qian', 'in_service', {t});
    INSERT INTO posts (id, organization_id, created_by, category, title, description, place, meeting_point, bring, duties,
        skills, lat, lon, datum, radius_m, methods, opens_before_min, fair_counts, hazardous, risk_notice, audience,
        priority, state, created_at)
        VALUES (1, 1, 9, 'traffic', '盘旋路', '', '', '', '', '[]', '[]', 36, 103, 'wgs84', 100, '[]', 30, FALSE, FALSE, '',
            '{}', 0, 'published', {t});
    INSERT INTO shifts (id, post_id, starts_at, ends_at, capacity, state) VALUES (1, 1, {t}, {u}, 9, 'open');
    INSERT INTO claims (id, shift_id, member_id, state, starts_at, ends_at, served_as, claimed_at, changed_at) VALUES
        (1, 1, 1, 'completed', {t}, {u}, 'individual', {t}, {t}), (2, 1, 2, 'completed', {t}, {u}, 'individual', {t}, {t}),
        (3, 1, 3, 'completed', {t}, {u}, 'individual', {t}, {t}), (4, 1, 8, 'completed', {t}, {u}, 'individual', {t}, {t}),
        (5, 1, 9, 'completed', {t}, {u}, 'individual', {t}, {t});
";

/// Runs the test on SQLite and on PostgreSQL, each in a database of its own.
pub fn on_both(test: impl Fn(&mut Db)) {
    let mut db = Db::Sqlite(SqliteConnection::establish(":memory:").unwrap());
    // As in the sqlite3 shell, which doesn't fire triggers for the deletes of a replace.
    run(&mut db, "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = OFF;").unwrap();
    fill(&mut db);
    test(&mut db);
    on_postgres(|url| test(&mut Db::Pg(PgConnection::establish(url).unwrap())));
}

/// Runs the test on PostgreSQL alone, with the address of a database of its own.
pub fn on_postgres(test: impl Fn(&str)) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let cluster = databases::postgres_url();
    let name = format!("ledger_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::establish(&cluster).unwrap();
    admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let url = databases::at(&cluster, &name);
    fill(&mut Db::Pg(PgConnection::establish(&url).unwrap()));
    test(&url);
    admin.batch_execute(&format!("DROP DATABASE {name}")).unwrap();
}

fn fill(db: &mut Db) {
    migrate(db).unwrap();
    let (t, u) = if is_sqlite(db) { ("0", "1") } else { ("'2026-09-01'", "'2026-09-02'") };
    run(db, &PEOPLE.replace("{t}", t).replace("{u}", u)).unwrap();
}

pub fn run(db: &mut Db, sql: &str) -> QueryResult<()> {
    match db {
        Db::Pg(conn) => conn.batch_execute(sql),
        Db::Sqlite(conn) => conn.batch_execute(sql),
    }
}

/// A member's entries, oldest first.
pub fn entries(db: &mut Db, member: MemberId) -> Vec<CreditEntry> {
    let own = ledger_entries::table.filter(ledger_entries::member_id.eq(member));
    own.order(ledger_entries::seq).load(db).unwrap()
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
