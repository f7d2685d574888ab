//! Brings a database to the shape that this binary knows, and refuses one from a later world.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Db, Engine};
use crate::error::{Error, Result};
use crate::schema::installation;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Keeps two servers from migrating one PostgreSQL database at once; any constant of our own does.
const ADVISORY_LOCK: i64 = 0x0da0_6a46;

/// How a database's shape stands to this binary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It is the one this binary knows, or one minor release later.
    Fits,
    /// These migrations are still to be run.
    Behind(Vec<String>),
    /// It was migrated by a release that this binary can't follow.
    TooNew {
        /// The release that migrated it last.
        release: String,
    },
}

/// Runs what is pending and returns the names of what was run.
///
/// # Errors
/// When the database is too new, or a migration fails.
pub fn migrate(db: &mut Db) -> Result<Vec<String>> {
    if let Shape::TooNew { release } = shape(db)? {
        return Err(Error::internal(too_new(&release)));
    }
    let ran = match db {
        Db::Sqlite(conn) => run(conn, SQLITE)?,
        Db::Pg(conn) => {
            conn.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
            let ran = run(conn, POSTGRES);
            conn.batch_execute(&format!("SELECT pg_advisory_unlock({ADVISORY_LOCK})"))?;
            ran?
        }
    };
    if !ran.is_empty() {
        put(db, "release", env!("CARGO_PKG_VERSION"))?;
    }
    Ok(ran)
}

fn run<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let pending: Vec<Box<dyn Migration<DB>>> = conn.pending_migrations(source).map_err(Error::Internal)?;
    let mut ran = Vec::new();
    for migration in pending {
        conn.run_migration(&*migration).map_err(Error::Internal)?;
        ran.push(migration.name().to_string());
    }
    Ok(ran)
}

/// Compares a database with what this binary knows.
///
/// # Errors
/// When it can't be read.
pub fn shape(db: &mut Db) -> Result<Shape> {
    let known = match db {
        Db::Sqlite(_) => known::<diesel::sqlite::Sqlite>(SQLITE)?,
        Db::Pg(_) => known::<diesel::pg::Pg>(POSTGRES)?,
    };
    let applied = applied(db)?;
    let applied_versions: BTreeSet<&str> = applied.iter().map(String::as_str).collect();
    let later = applied_versions.iter().any(|version| !known.iter().any(|(known, _)| known == version));
    if later {
        let release = get(db, "release")?.unwrap_or_default();
        return Ok(if follows(&release) { Shape::Fits } else { Shape::TooNew { release } });
    }
    let pending: Vec<String> = known
        .into_iter()
        .filter(|(version, _)| !applied_versions.contains(version.as_str()))
        .map(|(_, name)| name)
        .collect();
    Ok(if pending.is_empty() { Shape::Fits } else { Shape::Behind(pending) })
}

/// Version and name of every migration in this binary.
fn known<DB: diesel::backend::Backend>(source: EmbeddedMigrations) -> Result<Vec<(String, String)>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(Error::Internal)?;
    Ok(known.iter().map(|m| (m.name().version().to_string(), m.name().to_string())).collect())
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

/// The versions that were run. Diesel's own way makes its table first, which the servers' role on PostgreSQL may not.
fn applied(db: &mut Db) -> Result<Vec<String>> {
    let table = match db {
        Db::Sqlite(_) => {
            "SELECT name AS version FROM sqlite_master WHERE name = '__diesel_schema_migrations'"
        }
        Db::Pg(_) => {
            "SELECT tablename::text AS version FROM pg_tables \
             WHERE schemaname = current_schema() AND tablename = '__diesel_schema_migrations'"
        }
    };
    if diesel::sql_query(table).load::<Applied>(db)?.is_empty() {
        return Ok(Vec::new());
    }
    // On PostgreSQL it is a VARCHAR, which diesel reads as a text only when told.
    let versions = "SELECT CAST(version AS TEXT) AS version FROM __diesel_schema_migrations";
    let rows = diesel::sql_query(versions).load::<Applied>(db)?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

/// One minor release ahead is followed: migrations expand first and contract a release later.
fn follows(release: &str) -> bool {
    let parse = |text: &str| {
        let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
        Some((parts.next()??, parts.next()??))
    };
    match (parse(release), parse(env!("CARGO_PKG_VERSION"))) {
        (Some((major, minor)), Some((own_major, own_minor))) => major == own_major && minor <= own_minor + 1,
        _ => false,
    }
}

/// The sentence for an operator whose binary is too old for the database.
pub fn too_new(release: &str) -> String {
    format!(
        "this database was made by Daogang {release}; this is {}: install the newer one",
        env!("CARGO_PKG_VERSION")
    )
}

/// Reads one fact about the installation.
///
/// # Errors
/// When the database can't be read.
pub fn get(db: &mut Db, key: &str) -> Result<Option<String>> {
    Ok(installation::table.find(key).select(installation::value).first(db).optional()?)
}

/// Writes one fact about the installation.
///
/// # Errors
/// When the database can't be written.
pub fn put(db: &mut Db, key: &str, value: &str) -> Result<()> {
    let row = installation::table.find(key);
    if diesel::update(row).set(installation::value.eq(value)).execute(db)? == 0 {
        diesel::insert_into(installation::table)
            .values((installation::key.eq(key), installation::value.eq(value)))
            .execute(db)?;
    }
    Ok(())
}

/// Migrates a SQLite file; a PostgreSQL database is only looked at, since `daogang migrate` does that.
///
/// # Errors
/// When the shape does not fit, with what to do.
pub fn prepare(engine: &Engine) -> Result<()> {
    let mut db = engine.connect()?;
    match engine {
        Engine::Sqlite(_) => migrate(&mut db).map(drop),
        Engine::Postgres(_) => match shape(&mut db)? {
            Shape::Fits => Ok(()),
            Shape::Behind(_) => {
                Err(Error::internal("the database is behind: run `daogang migrate` once, then start again"))
            }
            Shape::TooNew { release } => Err(Error::internal(too_new(&release))),
        },
    }
}
