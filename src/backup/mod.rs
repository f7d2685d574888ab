//! Keeping a copy of everything, and bringing it back: one file, whole or not there.

mod draft;
mod postgres;
mod sqlite;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::clock::Timestamp;
use crate::db::{Engine, migrate};
use crate::error::{Error, Result};
use crate::ledger::{self, Finding, Progress};

use draft::Draft;

/// What was brought back.
#[derive(Debug)]
pub struct Restored {
    /// Where what was there before is kept: a file beside it, or a schema.
    pub kept: Option<String>,
    /// Migrations that ran because the backup was older than this binary.
    pub migrated: Vec<String>,
    /// How much of the ledger was checked.
    pub checked: Progress,
    /// What in the ledger is not as it was written.
    pub findings: Vec<Finding>,
}

/// Writes everything in the database to a file of its own, as of one commit, while servers go on. The file can be read by
/// its owner alone. Returns its size in bytes. The keys are not in it.
///
/// # Errors
/// With a sentence for the operator: the file is there already, there is no database, or a program is missing.
pub fn backup(engine: &Engine, file: &Path) -> Result<u64> {
    let draft = Draft::of(file)?;
    match engine {
        Engine::Sqlite(from) => sqlite::dump(from, engine, draft.path())?,
        Engine::Postgres(url) => postgres::dump(url, draft.path())?,
    }
    draft.finish()
}

/// Makes the database what it was when the backup was written, runs what migrations it lacks, and checks its ledger.
///
/// With `replace` a database that holds something is replaced, and what it held is kept aside; no server may use it then.
///
/// # Errors
/// With a sentence for the operator. The database is then as it was.
pub fn restore(engine: &Engine, file: &Path, replace: bool, now: Timestamp) -> Result<Restored> {
    let fits = match (kind(file)?, engine) {
        (Kind::Sqlite, Engine::Sqlite(_)) | (Kind::Postgres, Engine::Postgres(_)) => Ok(()),
        (Kind::Sqlite, Engine::Postgres(_)) => Err("a SQLite backup, and DATABASE_URL names PostgreSQL"),
        (Kind::Postgres, Engine::Sqlite(_)) => {
            Err("a PostgreSQL backup, and DATABASE_URL names a SQLite file")
        }
    };
    fits.map_err(|what| Error::internal(format!("{} is {what}", file.display())))?;
    // Names what is kept aside; to the second, since a drill is done again and again.
    let mark = now.in_shanghai().format("%Y%m%d_%H%M%S").to_string();
    match engine {
        Engine::Sqlite(to) => sqlite::restore(file, to, replace, &mark),
        Engine::Postgres(url) => postgres::restore(file, url, engine, replace, &mark),
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Sqlite,
    Postgres,
}

fn kind(file: &Path) -> Result<Kind> {
    let unreadable = |error| Error::internal(format!("{} can't be read: {error}", file.display()));
    let mut begins = Vec::new();
    File::open(file).map_err(unreadable)?.take(16).read_to_end(&mut begins).map_err(unreadable)?;
    if begins.starts_with(b"SQLite format 3\0") {
        Ok(Kind::Sqlite)
    } else if begins.starts_with(b"PGDMP") {
        Ok(Kind::Postgres)
    } else {
        Err(Error::internal(format!("{} was not written by `daogang backup`", file.display())))
    }
}

/// Brings what was restored to this binary's shape and looks at its ledger.
fn settle(engine: &Engine) -> Result<Restored> {
    let mut db = engine.connect()?;
    let migrated = migrate::migrate(&mut db)?;
    let mut checked = Progress::default();
    let findings = ledger::verify(&mut db, |progress| checked = progress)?;
    Ok(Restored { kept: None, migrated, checked, findings })
}

/// The refusal to touch a database that holds something.
fn not_empty(what: &str) -> Error {
    Error::internal(format!(
        "{what} holds something already: name an empty one in DATABASE_URL, or add --replace, which keeps what is there \
         aside"
    ))
}

/// The refusal to change a database under a server.
fn in_use(what: &str) -> Error {
    Error::internal(format!(
        "a server or a command is using {what}: stop it first (`systemctl stop daogang`)"
    ))
}
