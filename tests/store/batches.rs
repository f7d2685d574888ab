//! Units that share a commit: each stands or falls alone, and none is answered early.

use daogang::db::Lane;
use daogang::error::{Code, Error, Result};
use tokio::task::JoinHandle;

use super::{Gate, Stand, mark, on_both};
use crate::support::databases::{Database, execute};

type Sent = JoinHandle<Result<()>>;

/// Keeps the writer busy, so that what is sent meanwhile waits and becomes one batch.
async fn busy(stand: &Stand) -> (Gate, Sent) {
    let (gate, store) = (Gate::default(), stand.store.clone());
    let own = gate.clone();
    let sent = tokio::spawn(async move {
        store
            .write(Lane::Any, move |_| {
                own.pass();
                Ok(())
            })
            .await
    });
    gate.reached().await;
    (gate, sent)
}

/// Sends a unit that is to wait; returns when it is in the queue.
async fn send(stand: &Stand, act: impl Fn(&mut daogang::db::Db) -> Result<()> + Send + 'static) -> Sent {
    let store = stand.store.clone();
    let (entered, queued) = tokio::sync::oneshot::channel();
    let sent = tokio::spawn(async move {
        let writing = store.write(Lane::Any, act);
        tokio::pin!(writing);
        // The first poll puts it into the queue.
        let first = futures_util::poll!(&mut writing);
        let _ = entered.send(());
        match first {
            std::task::Poll::Ready(answer) => answer,
            std::task::Poll::Pending => writing.await,
        }
    });
    queued.await.expect("it is sent");
    sent
}

on_both! {
    async fn a_failing_unit_amid_a_batch_leaves_the_others_committed(database: Database) {
        let stand = Stand::on(database);
        let (gate, held) = busy(&stand).await;
        let before = send(&stand, |db| mark(db, "before")).await;
        let refused = send(&stand, |db| { mark(db, "refused")?; Err(Code::ShiftFull.reject()) }).await;
        let broken = send(&stand, |db| {
            mark(db, "broken")?;
            // Violates the primary key, which dooms a transaction on PostgreSQL unless it is undone to a savepoint.
            execute(db, "INSERT INTO installation (key, value) VALUES ('mark-broken', '2')").map_err(Error::from)
        }).await;
        let after = send(&stand, |db| mark(db, "after")).await;
        gate.open();
        held.await.unwrap().unwrap();
        before.await.unwrap().unwrap();
        assert_eq!(refused.await.unwrap().unwrap_err().code(), Code::ShiftFull);
        assert_eq!(broken.await.unwrap().unwrap_err().code(), Code::Unexpected);
        after.await.unwrap().unwrap();
        assert_eq!(stand.marks(), ["mark-after", "mark-before"]);
    }

    async fn a_panicking_unit_amid_a_batch_leaves_the_others_committed(database: Database) {
        let stand = Stand::on(database);
        let (gate, held) = busy(&stand).await;
        let before = send(&stand, |db| mark(db, "before")).await;
        let panicking = send(&stand, |db| { mark(db, "panicking")?; panic!("a unit of a test") }).await;
        let after = send(&stand, |db| mark(db, "after")).await;
        gate.open();
        held.await.unwrap().unwrap();
        before.await.unwrap().unwrap();
        assert_eq!(panicking.await.unwrap().unwrap_err().code(), Code::Unexpected);
        after.await.unwrap().unwrap();
        assert_eq!(stand.marks(), ["mark-after", "mark-before"]);
        // The writer lives on.
        stand.store.write(Lane::Any, |db| mark(db, "later")).await.unwrap();
        assert_eq!(stand.marks().len(), 3);
    }

    async fn nothing_is_answered_before_its_commit(database: Database) {
        let stand = Stand::on(database);
        let (gate, held) = busy(&stand).await;
        let first = send(&stand, |db| mark(db, "first")).await;
        let last = Gate::default();
        let own = last.clone();
        let second = send(&stand, move |db| { own.pass(); mark(db, "second") }).await;
        gate.open();
        held.await.unwrap().unwrap();
        // The first unit has run, in the batch that the second holds open.
        last.reached().await;
        assert!(!first.is_finished());
        assert_eq!(stand.marks(), [""; 0]);
        last.open();
        first.await.unwrap().unwrap();
        assert_eq!(stand.marks(), ["mark-first", "mark-second"]);
        second.await.unwrap().unwrap();
    }

    async fn a_full_queue_asks_to_come_back(database: Database) {
        let stand = Stand::with(database, |sizes| sizes.queue = 2);
        let (gate, held) = busy(&stand).await;
        let waiting = [send(&stand, |db| mark(db, "1")).await, send(&stand, |db| mark(db, "2")).await];
        let refused = stand.store.write(Lane::Any, |db| mark(db, "3")).await;
        assert_eq!(refused.unwrap_err().code(), Code::StoreBusy);
        gate.open();
        held.await.unwrap().unwrap();
        for sent in waiting {
            sent.await.unwrap().unwrap();
        }
        assert_eq!(stand.marks(), ["mark-1", "mark-2"]);
        stand.store.write(Lane::Any, |db| mark(db, "3")).await.unwrap();
    }

    async fn a_failed_commit_reaches_every_caller_of_the_batch(database: Database) {
        database.with(|db| execute(db, "CREATE TABLE parents (id INTEGER PRIMARY KEY); \
            CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)").unwrap());
        let stand = Stand::on(database);
        let (gate, held) = busy(&stand).await;
        let innocent = send(&stand, |db| mark(db, "innocent")).await;
        // Nothing is wrong until the commit looks for the parent.
        let orphan = send(&stand, |db| execute(db, "INSERT INTO children VALUES (7)").map_err(Error::from)).await;
        let refused = send(&stand, |_| Err(Code::ShiftFull.reject())).await;
        gate.open();
        // The held unit is a batch of its own.
        held.await.unwrap().unwrap();
        for sent in [innocent, orphan, refused] {
            assert_eq!(sent.await.unwrap().unwrap_err().code(), Code::StoreUnavailable);
        }
        assert_eq!(stand.marks(), [""; 0]);
        stand.store.write(Lane::Any, |db| mark(db, "next")).await.unwrap();
        assert_eq!(stand.marks(), ["mark-next"]);
    }

    async fn what_is_queued_is_done_before_the_store_closes(database: Database) {
        let stand = Stand::on(database);
        let (gate, held) = busy(&stand).await;
        let waiting = send(&stand, |db| mark(db, "waiting")).await;
        let store = stand.store.clone();
        let closing = tokio::task::spawn_blocking(move || store.close());
        gate.open();
        closing.await.unwrap();
        held.await.unwrap().unwrap();
        waiting.await.unwrap().unwrap();
        assert_eq!(stand.marks(), ["mark-waiting"]);
        let late = stand.store.write(Lane::Any, |db| mark(db, "late")).await;
        assert_eq!(late.unwrap_err().code(), Code::StoreUnavailable);
    }
}
