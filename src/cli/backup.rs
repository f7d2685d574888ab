//! `daogang backup` and `daogang restore`.

use std::path::{Path, PathBuf};

use super::{config, files};
use crate::backup;
use crate::clock::Clock;
use crate::config::Config;
use crate::doctor;
use crate::error::{Error, Result};

/// Where a backup goes.
#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The file to write
    file: PathBuf,
    /// Copies the file of keys too, to FILE.keys. Whoever has both can read everything: keep them apart
    #[arg(long)]
    with_keys: bool,
}

/// Where a backup comes from.
#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// The file that `daogang backup` wrote
    file: PathBuf,
    /// Replaces a database that holds something; what it held is kept aside
    #[arg(long)]
    replace: bool,
}

pub(super) fn backup(wanted: &Backup) -> Result<()> {
    let config = config()?;
    let keys = &config.keys.path;
    let bytes = backup::backup(&config.database.migrate_engine, &wanted.file)?;
    println!(
        "{} holds the whole database as of one commit ({} KiB).",
        wanted.file.display(),
        bytes.div_ceil(1024)
    );
    if wanted.with_keys {
        let copy = keys_beside(&wanted.file);
        copy_keys(keys, &copy)?;
        println!(
            "{} holds the keys. Whoever has both files can read everything: keep them in different places.",
            copy.display()
        );
    } else {
        println!(
            "The keys are not in it: they are in {} on this machine. Without them the backup can't be used; keep a copy \
             elsewhere.",
            keys.display()
        );
    }
    Ok(())
}

pub(super) fn restore(wanted: &Restore) -> Result<()> {
    let config = config()?;
    let now = Clock::real_time().real();
    let restored = backup::restore(&config.database.migrate_engine, &wanted.file, wanted.replace, now)?;
    println!("The database is what it was when {} was written.", wanted.file.display());
    if let Some(kept) = &restored.kept {
        println!("What was there before is kept in {kept}; remove it when nobody needs it.");
    }
    for name in &restored.migrated {
        println!("migrated: {name}");
    }
    settle_keys(&config, &wanted.file)?;
    println!(
        "{} ledger entries of {} members were checked.",
        restored.checked.entries, restored.checked.members
    );
    for finding in &restored.findings {
        println!("{finding}");
    }
    if restored.findings.is_empty() {
        println!("Every entry is as it was written.");
        return Ok(());
    }
    let found = restored.findings.len();
    Err(Error::internal(format!(
        "it is restored, but {found} things in its ledger did not come from a server"
    )))
}

/// Takes the keys that were kept beside the backup when this machine has none, and says what is wrong with them.
fn settle_keys(config: &Config, file: &Path) -> Result<()> {
    let (own, kept) = (&config.keys.path, keys_beside(file));
    if !own.exists() && kept.exists() {
        copy_keys(&kept, own)?;
        println!("The keys were copied from {} to {}.", kept.display(), own.display());
    }
    println!("{}", doctor::keys(config));
    Ok(())
}

fn keys_beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".keys");
    name.into()
}

fn copy_keys(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(Error::internal(format!("{} is there already: name another file", to.display())));
    }
    let keys = std::fs::read(from)
        .map_err(|error| Error::internal(format!("the keys in {} can't be read: {error}", from.display())))?;
    files::write_private(to, &keys)
}
