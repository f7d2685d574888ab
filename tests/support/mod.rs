//! What every test stands on: the real server on a free port, a database of its own, and people in a small city.
//!
//! ```ignore
//! both_engines! {
//!     async fn a_member_reads_their_own_name(app: TestApp) {
//!         let me = app.member("amina").get("/me").await.ok();
//!         assert_eq!(me["name"], "Amina");
//!     }
//! }
//! ```
//!
//! gives the tests `…::sqlite` and `…::postgres` (the latter with Redis). Settings, a proxy before the database and
//! smaller sizes come from [`Setup`]; further servers on the same database from [`TestApp::another_server`]. Who lives in the
//! city stands in [`city`]; posts are made by [`posts`]; [`invariants`] reads from the database what must always hold. The rules' clock begins on Tuesday 2026-09-01 at 8:00 in China and
//! ticks; `app.clock().move_to(…)` or [`TestApp::later`] moves it.
//!
//! PostgreSQL and Redis are named by `DAOGANG_TEST_POSTGRES_URL` (a role that may create databases) and
//! `DAOGANG_TEST_REDIS_URL`. Without them a test fails and says so.

pub mod caller;
pub mod city;
pub mod databases;
pub mod invariants;
pub mod posts;
pub mod process;
pub mod proxy;
pub mod services;
pub mod source;

use std::sync::Arc;

use chrono::TimeDelta;
use daogang::app::App;
use daogang::claims::Mode;
use daogang::clock::{Clock, Timestamp};
use daogang::config::Config;
use daogang::db::{Db, Engine, Sizes};
use daogang::pages::Pages;
use daogang::serve::{Doors, Server};
use daogang::units::MemberId;
use daogang::{error, jobs};
use tempfile::TempDir;

#[allow(unused_imports, reason = "for the features' tests")]
pub use caller::{Answer, Caller};
use city::City;
use databases::Database;

/// Writes the same test for both engines.
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a short test names nothing")]
            use super::*;
            async fn fact($app: $crate::support::TestApp) $body
            $(#[$meta])* #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() { fact($crate::support::TestApp::start($crate::support::Setup::sqlite()).await).await }
            $(#[$meta])* #[tokio::test(flavor = "multi_thread")]
            async fn postgres() { fact($crate::support::TestApp::start($crate::support::Setup::postgres()).await).await }
        }
    )+};
}
pub(crate) use both_engines;

/// What a test wants of its server.
pub struct Setup {
    database: Database,
    settings: Vec<(&'static str, String)>,
    database_url: Option<String>,
    sizes: Option<Sizes>,
    marks: Mode,
    pages: Pages,
}

impl Setup {
    /// A file of its own, no Redis.
    pub fn sqlite() -> Self {
        Self::on(Database::sqlite())
    }

    /// A PostgreSQL database of its own, and the tests' Redis.
    pub fn postgres() -> Self {
        Self::on(Database::postgres()).set("REDIS_URL", databases::redis_url())
    }

    fn on(database: Database) -> Self {
        Self {
            database,
            settings: Vec::new(),
            database_url: None,
            sizes: None,
            marks: Mode::On,
            pages: Pages::default(),
        }
    }

    /// Sets a variable that an operator would.
    pub fn set(mut self, variable: &'static str, value: impl Into<String>) -> Self {
        self.settings.retain(|(name, _)| *name != variable);
        self.settings.push((variable, value.into()));
        self
    }

    /// Reaches the database by another address, such as a proxy's.
    pub fn through(mut self, url: impl FnOnce(&str) -> String) -> Self {
        self.database_url = Some(url(&self.database.url));
        self
    }

    /// Other marks than usual.
    pub fn marks(mut self, marks: Mode) -> Self {
        self.marks = marks;
        self
    }

    /// With these pages; without any unless told, whether this checkout has built them or not.
    pub fn pages(mut self, pages: Pages) -> Self {
        self.pages = pages;
        self
    }

    /// Other sizes than usual.
    pub fn sizes(mut self, change: impl FnOnce(&mut Sizes)) -> Self {
        let mut sizes = sizes(&self.database.engine());
        change(&mut sizes);
        self.sizes = Some(sizes);
        self
    }

    /// Adds `count` members without roles, all signed in, before there is a server; see [`Caller::at`].
    pub fn crowd(&self, count: usize) -> Vec<Caller> {
        self.database.crowd("", count)
    }

    /// The database as it is before any server has opened it.
    pub fn database(&self) -> &Database {
        &self.database
    }
}

/// Few connections, since many tests share the cluster.
fn sizes(engine: &Engine) -> Sizes {
    Sizes { readers: 4, writers: 2, ..Sizes::of(engine) }
}

/// A server that runs for one test, and everything that the test may look at from behind.
pub struct TestApp {
    /// The application behind the server, for what no route shows.
    pub app: App,
    server: Option<Server>,
    base: String,
    place: Arc<Place>,
}

/// What servers of one test share.
struct Place {
    database: Database,
    settings: Vec<(&'static str, String)>,
    sizes: Sizes,
    marks: Mode,
    pages: Pages,
    folder: TempDir,
}

impl TestApp {
    /// Starts a server.
    pub async fn start(setup: Setup) -> Self {
        Self::try_start(setup).await.expect("the server starts")
    }

    /// Starts a server that may refuse to.
    pub async fn try_start(setup: Setup) -> error::Result<Self> {
        let Setup { database, mut settings, database_url, sizes: wanted, marks, pages } = setup;
        let folder = TempDir::with_prefix("daogang-test").expect("a temporary folder");
        let sizes = wanted.unwrap_or_else(|| sizes(&database.engine()));
        let mut give = |name: &'static str, value: String| {
            if !settings.iter().any(|(known, _)| *known == name) {
                settings.push((name, value));
            }
        };
        give("DATABASE_URL", database_url.unwrap_or_else(|| database.url.clone()));
        give("DAOGANG_LISTEN", "127.0.0.1:0".to_owned());
        give("DAOGANG_KEYS_FILE", folder.path().join("keys").to_string_lossy().into_owned());
        let place = Place { database, settings, sizes, marks, pages, folder };
        Self::open(Arc::new(place)).await
    }

    async fn open(place: Arc<Place>) -> error::Result<Self> {
        let settings = place.settings.clone();
        let lookup = move |name: &str| {
            settings.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let mut config = Config::read(&lookup).expect("the settings of a test are right");
        let doors = Doors::open(&mut config)?;
        let clock = Clock::real_time();
        clock.move_to(Timestamp::parse("2026-09-01T08:00:00+08:00").expect("a time"));
        let mut app = App::open(config, clock, place.sizes.clone(), place.marks)?;
        app.pages = place.pages.clone();
        let server = Server::start(app.clone(), doors)?;
        let base = format!("http://{}", server.address());
        Ok(Self { app, server: Some(server), base, place })
    }

    /// Starts one more server on the same database, keys and Redis.
    pub async fn another_server(&self) -> Self {
        self.try_another_server().await.expect("a second server starts")
    }

    /// Starts one more server that may refuse to.
    pub async fn try_another_server(&self) -> error::Result<Self> {
        Self::open(self.place.clone()).await
    }

    /// Stops the server as an operator does, and gives the database to whatever comes next.
    pub async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }

    /// Someone of the city, signed in; see [`city::PEOPLE`].
    pub fn member(&self, name: &str) -> Caller {
        let person = City::person(name);
        Caller::new(&self.base, Some(city::token(name)), person.id)
    }

    /// Someone who is not signed in.
    pub fn nobody(&self) -> Caller {
        Caller::new(&self.base, None, MemberId(0))
    }

    /// Someone with another token than the city's people have.
    pub fn with_token(&self, token: &str) -> Caller {
        Caller::new(&self.base, Some(token.to_owned()), MemberId(0))
    }

    /// Adds `count` members without roles, all signed in.
    pub fn crowd(&self, count: usize) -> Vec<Caller> {
        self.place.database.crowd(&self.base, count)
    }

    /// The server's address, such as `http://127.0.0.1:40123`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The operators' own address, when the server has one.
    pub fn operators(&self) -> Option<Caller> {
        let address = self.server.as_ref()?.operators_address()?;
        Some(Caller::new(&format!("http://{address}"), None, MemberId(0)))
    }

    /// The rules' clock.
    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// What the rules' clock shows.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// Moves the rules' clock on and does what falls due.
    pub async fn later(&self, minutes: i64) {
        self.app.clock.move_to(self.now().plus(TimeDelta::minutes(minutes)));
        jobs::run_all(&self.app).await.expect("what fell due is done");
    }

    /// Asks the database itself, past the server.
    pub fn look<T>(&self, ask: impl FnOnce(&mut Db) -> T) -> T {
        self.place.database.with(ask)
    }

    /// One number from the database itself.
    pub fn count(&self, sql: &str) -> i64 {
        self.look(|db| databases::number(db, sql))
    }

    /// The test's own folder, gone when the test ends; the file of keys lies in it.
    pub fn folder(&self) -> &std::path::Path {
        self.place.folder.path()
    }
}
