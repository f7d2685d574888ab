//! Commands that work on the database alone.

use super::config;
use crate::db::migrate;
use crate::error::Result;

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
