//! Opens connections and keeps a pool of them for reading.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool};

use super::Db;
use crate::error::{Code, Error, Result};

/// How long one attempt to reach PostgreSQL may take.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// Where the truth is kept, chosen by the scheme of `DATABASE_URL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file on this machine.
    Sqlite(std::path::PathBuf),
    /// A server; the whole URL.
    Postgres(String),
}

impl Engine {
    /// Reads a database URL: `sqlite://PATH`, `postgres://…` or `postgresql://…`.
    pub fn parse(url: &str) -> Option<Self> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            (!path.is_empty()).then(|| Self::Sqlite(path.into()))
        } else {
            (url.starts_with("postgres://") || url.starts_with("postgresql://"))
                .then(|| Self::Postgres(url.into()))
        }
    }

    /// The engine's name in logs and figures.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Opens a connection. The derived `establish` would try the second engine when the first is away, so the
    /// scheme decides here.
    pub fn connect(&self) -> Result<Db> {
        let away = |cause: ConnectionError| {
            tracing::warn!(%cause, "the database can't be reached");
            Code::StoreUnavailable.because("reason", "cannot_connect")
        };
        match self {
            Self::Sqlite(path) => {
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    std::fs::create_dir_all(folder).map_err(Error::internal)?;
                }
                let mut conn = diesel::SqliteConnection::establish(&path.to_string_lossy()).map_err(away)?;
                conn.batch_execute(
                    "PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA cache_size = -16000;",
                )?;
                Ok(Db::Sqlite(conn))
            }
            Self::Postgres(url) => {
                let mut conn = diesel::PgConnection::establish(&with_timeout(url)).map_err(away)?;
                conn.batch_execute(
                    "SET TIME ZONE 'UTC'; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '30s'; \
                     SET client_min_messages = 'warning'",
                )?;
                Ok(Db::Pg(conn))
            }
        }
    }
}

fn with_timeout(url: &str) -> String {
    if url.contains("connect_timeout") {
        return url.to_owned();
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}connect_timeout={}&application_name=daogang", CONNECT_TIMEOUT.as_secs())
}

/// A pooled connection and whether it was seen to be dead.
pub struct Pooled {
    pub(super) db: Db,
    pub(super) dead: bool,
}

/// What r2d2 asks of a connection.
#[derive(Debug)]
pub struct Manager(pub Engine);

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = Error;

    fn connect(&self) -> Result<Pooled> {
        Ok(Pooled { db: self.0.connect()?, dead: false })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<()> {
        pooled.db.batch_execute("SELECT 1").map_err(Error::from)
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.dead
    }
}

/// A pool that opens its connections when they are first needed, so that a server starts without its database.
pub fn pool(engine: &Engine, size: u32) -> Pool<Manager> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        .test_on_check_out(false)
        .connection_timeout(CONNECT_TIMEOUT)
        .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
        .build_unchecked(Manager(engine.clone()))
}
