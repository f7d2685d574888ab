//! The queue: the shifts that still need people, most urgent first, as every server remembers them.

pub mod http;
mod open;
pub mod rules;
mod snapshot;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::Mutex;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use crate::app::App;
use crate::clock::Timestamp;
use crate::ephemeral::{Event, Topic};
use crate::error::{Error, Result};
use crate::posts;
use crate::rules::Rules;
use crate::units::ShiftId;
use open::{OpenShift, open_shifts};
use snapshot::Snapshot;

/// What changes within this time is read in one go.
const GATHERING: Duration = Duration::from_millis(50);
/// Where more shifts than this have changed, all are read.
const MOST_PATCHED: usize = 500;

/// The open shifts of this server. Clones share them. All of it is rebuilt from the database, never the other way.
#[derive(Clone, Default)]
pub struct Queue(Arc<Inner>);

#[derive(Default)]
struct Inner {
    snapshot: ArcSwapOption<Snapshot>,
    /// Numbers those who ask for a whole reload.
    asked: AtomicU64,
    /// The last of them whose reload is done. Whoever reads from the database holds it until what they read is in
    /// place, so that nothing older ever replaces it.
    turn: Mutex<u64>,
}

impl Queue {
    /// Reads all open shifts again. What was committed before the call is in the queue after it; calls that wait for
    /// one another share one reading.
    ///
    /// # Errors
    /// As [`crate::db::Store::read`]; the queue stays as it was.
    pub async fn refresh(&self, app: &App) -> Result<()> {
        let own = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut done = self.0.turn.lock().await;
        if *done >= own {
            return Ok(());
        }
        let covered = self.0.asked.load(Ordering::SeqCst);
        let before = self.0.snapshot.load_full();
        let now = app.clock.now();
        let snapshot = app
            .store
            .read(move |db| {
                let shifts = open_shifts(posts::board(db, ends_after(now), None)?);
                Ok(Snapshot::whole(shifts, now, before.as_deref()))
            })
            .await?;
        self.0.snapshot.store(Some(Arc::new(snapshot)));
        *done = covered;
        Ok(())
    }

    /// Reads some shifts again.
    async fn patch(&self, app: &App, ids: HashSet<ShiftId>) -> Result<()> {
        let _turn = self.0.turn.lock().await;
        // Whoever needs the queue first reads all of it.
        let Some(before) = self.0.snapshot.load_full() else { return Ok(()) };
        let now = app.clock.now();
        let snapshot = app
            .store
            .read(move |db| {
                let some: Vec<ShiftId> = ids.iter().copied().collect();
                let fresh: Vec<OpenShift> = open_shifts(posts::board(db, ends_after(now), Some(&some))?);
                Ok(before.patched(&ids, fresh, now))
            })
            .await?;
        self.0.snapshot.store(Some(Arc::new(snapshot)));
        Ok(())
    }

    /// The queue as it is now.
    async fn snapshot(&self, app: &App) -> Result<Arc<Snapshot>> {
        if self.0.snapshot.load().is_none() {
            self.refresh(app).await?;
        }
        self.0.snapshot.load_full().ok_or_else(|| Error::internal("the queue was read and is not there"))
    }
}

fn ends_after(now: Timestamp) -> Timestamp {
    rules::ends_after(now, &Rules::of_day(now.day()).claims)
}

/// Keeps the queue in step with what this server and others do, until the application stops. What is missed here,
/// the next whole reload finds.
pub async fn follow(app: App) {
    let mut events = app.ephemeral.subscribe();
    let mut stopping = app.stopping.subscribe();
    let mut changed = Changed::default();
    loop {
        // The first change sets the time: later ones, however many, don't put it off.
        let gathered = async {
            match changed.due {
                Some(due) => tokio::time::sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        let event = tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            event = events.recv() => Some(event),
            () = gathered => None,
        };
        match event {
            Some(Ok(Event { topic, .. })) => changed.note(topic),
            Some(Err(RecvError::Lagged(_))) => changed.note(Topic::Resync),
            Some(Err(RecvError::Closed)) => return,
            None => catch_up(&app, std::mem::take(&mut changed)).await,
        }
    }
}

/// What is to be read again.
#[derive(Default)]
struct Changed {
    due: Option<Instant>,
    all: bool,
    shifts: HashSet<ShiftId>,
}

impl Changed {
    fn note(&mut self, topic: Topic) {
        match topic {
            Topic::Shift(id) => drop(self.shifts.insert(id)),
            Topic::Queue | Topic::Clock | Topic::Resync => self.all = true,
            Topic::Me(_) | Topic::Organization(_) | Topic::Session(_) => return,
        }
        self.due.get_or_insert_with(|| Instant::now() + GATHERING);
    }
}

async fn catch_up(app: &App, changed: Changed) {
    let done = if changed.all || changed.shifts.len() > MOST_PATCHED {
        app.queue.refresh(app).await
    } else {
        app.queue.patch(app, changed.shifts).await
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the queue could not be read again");
    }
}
