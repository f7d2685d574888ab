//! A database for one test: a temporary file, or a copy of a template on the tests' cluster.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use daogang::crypto;
use daogang::db::migrate::migrate;
use daogang::db::{Db, Engine};
use daogang::units::MemberId;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use tempfile::TempDir;

use super::Caller;
use super::city::{self, City};

/// A database with the small city in it, gone when it is dropped.
pub struct Database {
    /// As `DATABASE_URL` has it.
    pub url: String,
    /// Holds the file on SQLite.
    _folder: Option<TempDir>,
    /// The cluster and the name on PostgreSQL.
    on_cluster: Option<(String, String)>,
}

impl Database {
    /// A file of its own.
    pub fn sqlite() -> Self {
        let folder = TempDir::with_prefix("daogang-test").expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        let database = Self { url, _folder: Some(folder), on_cluster: None };
        database.with(|db| {
            migrate(db).expect("migrations run");
            db.batch_execute("BEGIN").expect("a transaction");
            City::settle(db);
            db.batch_execute("COMMIT").expect("a city");
        });
        database
    }

    /// A copy of the template on the tests' cluster.
    pub fn postgres() -> Self {
        let cluster = postgres_url();
        let mut admin = connect(&cluster);
        let template = template(&mut admin, &cluster);
        let name = next_name();
        // A process of an earlier run may have had this number and been killed.
        run(&mut admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        run(&mut admin, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        let url = at(&cluster, &name);
        // The template may be hours old; who signed in is to have done so just now, as on SQLite.
        run(
            &mut connect(&url),
            "UPDATE sessions SET created_at = now(), seen_at = now(), expires_at = now() + interval '12 hours'",
        );
        Self { url, _folder: None, on_cluster: Some((cluster, name)) }
    }

    /// One of the same kind as another, with nothing in it; on SQLite not even a file.
    pub fn empty_like(other: &Engine) -> Self {
        match other {
            Engine::Sqlite(_) => {
                let folder = TempDir::with_prefix("daogang-test").expect("a temporary folder");
                let url = format!("sqlite://{}", folder.path().join("empty.db").display());
                Self { url, _folder: Some(folder), on_cluster: None }
            }
            Engine::Postgres(_) => {
                let (cluster, name) = (postgres_url(), next_name());
                let mut admin = connect(&cluster);
                run(&mut admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                run(&mut admin, &format!("CREATE DATABASE {name}"));
                Self { url: at(&cluster, &name), _folder: None, on_cluster: Some((cluster, name)) }
            }
        }
    }

    pub fn engine(&self) -> Engine {
        Engine::parse(&self.url).expect("a database URL")
    }

    /// Works on the database itself, past any server.
    pub fn with<T>(&self, act: impl FnOnce(&mut Db) -> T) -> T {
        act(&mut self.engine().connect().expect("the database answers"))
    }

    /// Adds members without roles, who are signed in and call a server at `base`.
    pub fn crowd(&self, base: &str, count: usize) -> Vec<Caller> {
        let nobody = Caller::new(base, None, MemberId(0));
        let people = self.with(|db| city::add_crowd(db, count));
        people.into_iter().map(|(id, token)| nobody.beside(token, id)).collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((cluster, name)) = &self.on_cluster
            && let Ok(mut admin) = PgConnection::establish(cluster)
        {
            let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// A name that no other test of this run has.
fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The tests' cluster: an address whose role may create databases.
pub fn postgres_url() -> String {
    named("DAOGANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
}

/// The tests' Redis.
pub fn redis_url() -> String {
    named("DAOGANG_TEST_REDIS_URL", "redis://127.0.0.1:6379/")
}

fn named(variable: &str, example: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!(
            "{variable} is not set. Run `scripts/test`, or name one yourself, such as {variable}={example}"
        )
    })
}

/// The same cluster, another database.
pub fn at(cluster: &str, name: &str) -> String {
    let from = cluster.find("://").map_or(0, |scheme| scheme + 3);
    let authority = cluster[from..].find('/').map_or(cluster.len(), |slash| from + slash);
    format!("{}/{name}", &cluster[..authority])
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url)
        .unwrap_or_else(|error| panic!("PostgreSQL does not answer at DAOGANG_TEST_POSTGRES_URL ({error})"))
}

fn run(conn: &mut PgConnection, sql: &str) {
    conn.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The template for these migrations and this city, made by whichever test comes first: each test is a process.
fn template(admin: &mut PgConnection, cluster: &str) -> String {
    let name = format!("template_{}", fingerprint());
    run(admin, "SELECT pg_advisory_lock(20260901)");
    let made = count(admin, &format!("SELECT count(*) AS n FROM pg_database WHERE datname = '{name}'")) == 1;
    if !made {
        let unfinished = format!("{name}_unfinished");
        run(admin, &format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"));
        run(admin, &format!("CREATE DATABASE {unfinished}"));
        let mut db = Db::Pg(connect(&at(cluster, &unfinished)));
        migrate(&mut db).expect("migrations run");
        City::settle(&mut db);
        drop(db);
        run(admin, &format!("ALTER DATABASE {unfinished} RENAME TO {name}"));
    }
    run(admin, "SELECT pg_advisory_unlock(20260901)");
    name
}

/// Changes with every file that the template is made from.
fn fingerprint() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut parts = vec![std::fs::read(root.join("tests/support/city.rs")).expect("the city")];
    let mut folders: Vec<_> = std::fs::read_dir(root.join("migrations/postgres"))
        .expect("migrations")
        .map(|entry| entry.expect("a migration").path())
        .collect();
    folders.sort();
    for folder in folders {
        parts.push(std::fs::read(folder.join("up.sql")).expect("a migration"));
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    crypto::sha256(&parts)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(conn: &mut PgConnection, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Number>(conn).unwrap_or_else(|error| panic!("{sql}: {error}")).n
}

/// One number, in a column named `n`.
pub fn number(db: &mut Db, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Number>(db).unwrap_or_else(|error| panic!("{sql}: {error}")).n
}

/// Runs statements on the database itself.
pub fn execute(db: &mut Db, sql: &str) -> QueryResult<()> {
    db.batch_execute(sql)
}

/// Waits until something holds, at most ten seconds; for what happens in the background of a server.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !holds().await {
        assert!(began.elapsed() < Duration::from_secs(10), "after ten seconds still not: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
