//! A connection to either database; queries are written once against it.
#![allow(missing_docs, reason = "the derive writes public items without docs")]

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

#[derive(diesel::MultiConnection)]
pub enum Db {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}
