//! Writers of two servers that want the same rows.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};

use daogang::db::{Lane, Store};
use daogang::error::{Error, Result};

use super::{Stand, mark, on_both};
use crate::support::databases::{Database, execute};

async fn add(
    store: &Store,
    first: &'static str,
    second: &'static str,
    between: impl Fn() + Send + 'static,
) -> Result<()> {
    store
        .write(Lane::Any, move |db| {
            let add_to = |db: &mut _, name| {
                execute(db, &format!("UPDATE sums SET n = n + 1 WHERE name = '{name}'")).map_err(Error::from)
            };
            add_to(db, first)?;
            between();
            add_to(db, second)
        })
        .await
}

fn sums(database: &Database) -> Vec<i64> {
    ["a", "b"]
        .map(|name| {
            database.with(|db| {
                crate::support::databases::number(db, &format!("SELECT n FROM sums WHERE name = '{name}'"))
            })
        })
        .to_vec()
}

fn with_sums(database: Database) -> Database {
    database.with(|db| {
        execute(db, "CREATE TABLE sums (name TEXT PRIMARY KEY, n BIGINT NOT NULL); INSERT INTO sums VALUES ('a', 0), ('b', 0)").unwrap();
    });
    database
}

on_both! {
    async fn two_servers_that_want_the_same_rows_lose_nothing(database: Database) {
        let here = Stand::on(with_sums(database));
        let there = Store::open(here.store.engine().clone(), daogang::db::Sizes::of(here.store.engine())).unwrap();
        let these = async { for _ in 0..50 { add(&here.store, "a", "b", || {}).await.unwrap(); } };
        let those = async { for _ in 0..50 { add(&there, "a", "b", || {}).await.unwrap(); } };
        tokio::join!(these, those);
        assert_eq!(sums(&here.database), [100, 100]);
    }
}

/// Units lock in one order, so that this is the exception. SQLite has one writer at a time and knows no deadlock.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_broken_and_both_units_are_done() {
    let here = Stand::on(with_sums(Database::postgres()));
    let there =
        Store::open(here.store.engine().clone(), daogang::db::Sizes::of(here.store.engine())).unwrap();
    let both_hold_one = Arc::new(Barrier::new(2));
    let meet = || {
        let (barrier, met) = (both_hold_one.clone(), AtomicBool::new(false));
        // Only the first run waits for the other: the second run is alone.
        move || {
            if !met.swap(true, Ordering::SeqCst) {
                barrier.wait();
            }
        }
    };
    let (one, other) = tokio::join!(add(&here.store, "a", "b", meet()), add(&there, "b", "a", meet()));
    one.unwrap();
    other.unwrap();
    assert_eq!(sums(&here.database), [2, 2]);
    // Each runs again alone, which may meet the other once more.
    assert!(deadlocks(&here.database) > 0, "the test has made none");
    here.store.write(Lane::Any, |db| mark(db, "next")).await.unwrap();
}

fn deadlocks(database: &Database) -> i64 {
    // The victim's backend reports when it has been idle for a moment.
    for _ in 0..100 {
        let seen = database.with(|db| {
            crate::support::databases::number(
                db,
                "SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()",
            )
        });
        if seen > 0 {
            return seen;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    0
}
