//! Commands that work on the database alone.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{config, files};
use crate::clock::Clock;
use crate::crypto::Keys;
use crate::db::migrate;
use crate::error::{Error, Result};
use crate::{ledger, seed};

pub(super) fn migrate() -> Result<()> {
    let config = config()?;
    let ran = migrate::migrate(&mut config.database.migrate_engine.connect()?)?;
    if ran.is_empty() {
        println!("The database has the shape that this version needs; nothing to do.");
    }
    for name in ran {
        println!("done: {name}");
    }
    Ok(())
}

/// What the demonstration city is to be like.
#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// How many accounts there are of people who hold no role and no place yet
    #[arg(long, value_name = "N", default_value_t = 300)]
    members: usize,
    /// A file to write every account to, with its password (JSON)
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
    /// A file to write a bearer token for every account to (JSON, one a line), for measuring
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// The password of every account
    #[arg(long, value_name = "TEXT", default_value = "daogang-demo")]
    password: String,
    /// Chooses names, places and who holds what; the same number gives the same city
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The first day of the week of posts, such as 2026-09-01; this Monday unless given
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
}

pub(super) fn seed(wanted: Demo) -> Result<()> {
    let config = config()?;
    migrate::prepare(&config.database.engine)?;
    let mut db = config.database.engine.connect()?;
    let now = Clock::real_time().real();
    let keys = Keys::settle(&config.keys.path, &mut db, now)?;
    let usual = seed::Options::at(now);
    let options = seed::Options {
        members: wanted.members,
        password: wanted.password,
        seed: wanted.seed,
        from: wanted.from.unwrap_or(usual.from),
        tokens: wanted.tokens.is_some(),
        now,
    };
    let summary = seed::demo(&mut db, &keys, &options)?;
    if let Some(path) = wanted.accounts {
        files::write_private(&path, summary.accounts_json()?.as_bytes())?;
    }
    if let Some(path) = wanted.tokens {
        files::write_private(&path, summary.tokens_jsonl()?.as_bytes())?;
    }
    print!("{summary}");
    Ok(())
}

pub(super) fn verify_ledger() -> Result<()> {
    let config = config()?;
    migrate::prepare(&config.database.engine)?;
    let mut walked = ledger::Progress::default();
    let findings = ledger::verify(&mut config.database.engine.connect()?, |progress| walked = progress)?;
    println!("{} entries of {} members were checked.", walked.entries, walked.members);
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("Every entry is as it was written.");
        Ok(())
    } else {
        Err(Error::internal(format!("{} things in the ledger did not come from this server", findings.len())))
    }
}
