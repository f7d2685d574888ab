//! Where things are kept: the database, Redis and the keys.

use std::path::PathBuf;

use super::{Lookup, Problem};
use crate::db::Engine;

/// The database (`DATABASE_URL`, `DAOGANG_MIGRATE_DATABASE_URL`).
#[derive(Clone, Debug)]
pub struct Database {
    /// `DATABASE_URL`: `sqlite://data/daogang.db` unless set, or `postgres://…`.
    pub url: String,
    /// The engine that the URL names.
    pub engine: Engine,
    /// `DAOGANG_MIGRATE_DATABASE_URL`: the owner's URL, for `migrate` alone; the same database unless set.
    pub migrate_engine: Engine,
}

impl Database {
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Self, Problem> {
        let url = lookup("DATABASE_URL").unwrap_or_else(|| "sqlite://data/daogang.db".to_owned());
        let wrong = |variable| Problem::new(variable, "write sqlite://PATH or postgres://user@host/database");
        let engine = Engine::parse(&url).ok_or_else(|| wrong("DATABASE_URL"))?;
        let migrate_engine = match lookup("DAOGANG_MIGRATE_DATABASE_URL") {
            Some(owner) => Engine::parse(&owner).ok_or_else(|| wrong("DAOGANG_MIGRATE_DATABASE_URL"))?,
            None => engine.clone(),
        };
        Ok(Self { url, engine, migrate_engine })
    }
}

/// Redis (`REDIS_URL`), for several servers.
#[derive(Clone, Debug)]
pub struct Redis {
    /// `redis://host:port/`; unset: one server that keeps everything in its own memory.
    pub url: Option<String>,
}

impl Redis {
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Self, Problem> {
        let url = lookup("REDIS_URL");
        match &url {
            Some(text) if redis::Client::open(text.as_str()).is_err() => {
                Err(Problem::new("REDIS_URL", "write redis://host:port/"))
            }
            _ => Ok(Self { url }),
        }
    }
}

/// The file of secret keys (`DAOGANG_KEYS_FILE`).
#[derive(Clone, Debug)]
pub struct KeysFile {
    /// `keys` beside the SQLite file unless set; on PostgreSQL it must be set.
    pub path: PathBuf,
}

impl KeysFile {
    pub(super) fn read(lookup: Lookup<'_>, database: &Database) -> Result<Self, Problem> {
        match (lookup("DAOGANG_KEYS_FILE"), &database.engine) {
            (Some(path), _) => Ok(Self { path: path.into() }),
            (None, Engine::Sqlite(file)) => Ok(Self { path: file.with_file_name("keys") }),
            (None, Engine::Postgres(_)) => Err(Problem::new(
                "DAOGANG_KEYS_FILE",
                "with PostgreSQL, name the file of keys that all servers share; it is made when it is missing",
            )),
        }
    }
}
