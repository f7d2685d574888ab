//! Writers of two servers that want the same rows.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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
    let runs = Arc::new(AtomicUsize::new(0));
    let meet = || {
        let (barrier, met, runs) = (both_hold_one.clone(), AtomicBool::new(false), runs.clone());
        // Only the first run waits for the other, so that each holds what the other wants.
        move || {
            runs.fetch_add(1, Ordering::SeqCst);
            if !met.swap(true, Ordering::SeqCst) {
                barrier.wait();
            }
        }
    };
    let (one, other) = tokio::join!(add(&here.store, "a", "b", meet()), add(&there, "b", "a", meet()));
    one.unwrap();
    other.unwrap();
    assert_eq!(sums(&here.database), [2, 2]);
    assert!(runs.load(Ordering::SeqCst) > 2, "neither had to run again");
    here.store.write(Lane::Any, |db| mark(db, "next")).await.unwrap();
}
