//! The one door to the database: units of work share commits, and each stands or falls alone.

mod batches;
mod commits;
mod in_each_others_way;
mod prepared;

use std::sync::{Arc, Condvar, Mutex};

use daogang::db::{Db, Sizes, Store, migrate};
use daogang::error::Result;

use crate::support::databases::Database;

/// A store with one writer on a database of its own.
struct Stand {
    store: Store,
    database: Database,
}

impl Stand {
    fn on(database: Database) -> Self {
        Self::with(database, |_| {})
    }

    fn with(database: Database, change: impl FnOnce(&mut Sizes)) -> Self {
        let mut sizes = Sizes { readers: 2, writers: 1, ..Sizes::of(&database.engine()) };
        change(&mut sizes);
        let store = Store::open(database.engine(), sizes).expect("a store");
        Self { store, database }
    }

    /// Which marks are stored, as anyone else sees them.
    fn marks(&self) -> Vec<String> {
        self.database.with(|db| {
            use daogang::schema::installation::dsl::{installation, key};
            use diesel::prelude::*;
            installation.filter(key.like("mark-%")).order(key).select(key).load(db).expect("marks")
        })
    }
}

/// Writes a mark, which is one row.
fn mark(db: &mut Db, name: &str) -> Result<()> {
    migrate::put(db, &format!("mark-{name}"), "1")
}

/// Writes the same test for both engines.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: Database) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn fact($database: Database) $body
            $(#[$meta])* #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() { fact(Database::sqlite()).await }
            $(#[$meta])* #[tokio::test(flavor = "multi_thread")]
            async fn postgres() { fact(Database::postgres()).await }
        }
    )+};
}
use on_both;

/// Holds a writer inside a unit of work until the test lets it go on.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<(bool, bool)>, Condvar)>);

impl Gate {
    /// Says that the unit has come here, and waits.
    fn pass(&self) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().expect("the gate");
        state.0 = true;
        changed.notify_all();
        while !state.1 {
            state = changed.wait(state).expect("the gate");
        }
    }

    /// Waits until a unit has come here.
    async fn reached(&self) {
        let own = self.clone();
        tokio::task::spawn_blocking(move || {
            let (state, changed) = &*own.0;
            let mut state = state.lock().expect("the gate");
            while !state.0 {
                state = changed.wait(state).expect("the gate");
            }
        })
        .await
        .expect("a unit comes");
    }

    fn open(&self) {
        let (state, changed) = &*self.0;
        state.lock().expect("the gate").1 = true;
        changed.notify_all();
    }
}
