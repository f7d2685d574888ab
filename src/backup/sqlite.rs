//! A SQLite file copied as of one commit, and put in another's place.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::draft::{beside, sync_folder_of};
use super::{Restored, in_use, not_empty, settle};
use crate::db::{Db, Engine};
use crate::error::{Error, Result};

/// Copies the database into an empty file. `VACUUM INTO` reads one snapshot, and writers go on beside it.
pub(super) fn dump(from: &Path, engine: &Engine, to: &Path) -> Result<()> {
    if !from.exists() {
        return Err(Error::internal(format!("there is no database at {}", from.display())));
    }
    let to = to.to_string_lossy().into_owned();
    diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(to).execute(&mut engine.connect()?)?;
    Ok(())
}

/// Tries the backup on a copy first; only a copy that stands takes the database's place.
pub(super) fn restore(file: &Path, to: &Path, replace: bool, mark: &str) -> Result<Restored> {
    let aside = to.exists().then(|| beside(to, &format!("before-{mark}")));
    if aside.is_some() {
        quiet(to, replace)?;
    }
    let copy = Copy::of(file, to)?;
    let restored = settle(&check(&copy.0)?)?;
    let failed =
        |error: std::io::Error| Error::internal(format!("{} can't be written: {error}", to.display()));
    if let Some(aside) = &aside {
        fs::hard_link(to, aside).map_err(failed)?;
    }
    // A log of another file would be played into this one.
    forget_logs(to);
    fs::rename(&copy.0, to).and_then(|()| sync_folder_of(to)).map_err(failed)?;
    Ok(Restored { kept: aside.map(|aside| aside.display().to_string()), ..restored })
}

/// Sees to it that nobody uses the database and that all of it is in its one file.
fn quiet(path: &Path, replace: bool) -> Result<()> {
    let shown = path.display().to_string();
    let mut db = Engine::Sqlite(path.to_owned()).connect()?;
    if count(&mut db, "SELECT count(*) AS n FROM sqlite_master")? > 0 && !replace {
        return Err(not_empty(&shown));
    }
    // Works for the only connection alone.
    let mode = diesel::sql_query("PRAGMA journal_mode = DELETE").get_result::<Mode>(&mut db);
    match mode {
        Ok(mode) if mode.journal_mode == "delete" => Ok(()),
        _ => Err(in_use(&shown)),
    }
}

#[derive(QueryableByName)]
struct Mode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(db: &mut Db, sql: &str) -> Result<i64> {
    Ok(diesel::sql_query(sql).get_result::<Count>(db)?.n)
}

/// A copy of a backup beside the database's place; gone when it is dropped.
struct Copy(PathBuf);

impl Copy {
    fn of(file: &Path, to: &Path) -> Result<Self> {
        let copy = Self(beside(to, "restoring"));
        let write = || {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            let _ = fs::remove_file(&copy.0);
            let mut written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&copy.0)?;
            std::io::copy(&mut File::open(file)?, &mut written)?;
            written.sync_all()
        };
        write().map_err(|error: std::io::Error| {
            Error::internal(format!("{} can't be written: {error}", copy.0.display()))
        })?;
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        forget_logs(&self.0);
    }
}

fn forget_logs(path: &Path) {
    for log in ["wal", "shm"] {
        let _ = fs::remove_file(beside(path, log));
    }
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

/// The copy as an engine, once every page of it can be read.
fn check(copy: &Path) -> Result<Engine> {
    let engine = Engine::Sqlite(copy.to_owned());
    let said = diesel::sql_query("SELECT integrity_check AS answer FROM pragma_integrity_check LIMIT 1")
        .get_result::<Answer>(&mut engine.connect()?)?;
    if said.answer == "ok" {
        Ok(engine)
    } else {
        Err(Error::internal(format!("the backup is damaged ({}): take another one", said.answer)))
    }
}
