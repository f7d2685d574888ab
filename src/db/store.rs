//! Reads on pooled connections, writes as units of work that share their commits.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diesel::r2d2::Pool;
use tokio::sync::{Semaphore, mpsc};

use super::Db;
use super::manager::{self, Engine, Manager};
use super::unit::{Lane, Unit, Work};
use super::writer::Writer;
use crate::error::{Code, Error, Result};

/// The sizes of a store.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Reading connections.
    pub readers: u32,
    /// Writing connections; SQLite has one writer whatever this says.
    pub writers: usize,
    /// Units that may wait for one writer; the next is answered `store.busy`.
    pub queue: usize,
    /// Units in one commit at the most.
    pub batch: usize,
    /// How long a caller waits for a reader or an answer.
    pub patience: Duration,
}

impl Sizes {
    /// The sizes measured to serve a city on two cores (design: architecture.md section 2).
    pub fn of(engine: &Engine) -> Self {
        let patience = Duration::from_millis(2_700);
        match engine {
            Engine::Sqlite(_) => Self { readers: 4, writers: 1, queue: 1_024, batch: 64, patience },
            Engine::Postgres(_) => Self { readers: 8, writers: 3, queue: 512, batch: 16, patience },
        }
    }
}

/// The door to the database. Clones share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Engine,
    sizes: Sizes,
    pool: Pool<Manager>,
    reading: Semaphore,
    writers: Mutex<Vec<mpsc::Sender<Box<dyn Unit>>>>,
    threads: Mutex<Vec<std::thread::JoinHandle<()>>>,
}

impl Store {
    /// Opens the store; connections are made when first needed.
    ///
    /// # Errors
    /// When the operating system gives no thread for a writer.
    pub fn open(engine: Engine, sizes: Sizes) -> Result<Self> {
        let pool = manager::pool(&engine, sizes.readers);
        let count = if matches!(engine, Engine::Sqlite(_)) { 1 } else { sizes.writers.max(1) };
        let (mut writers, mut threads) = (Vec::new(), Vec::new());
        for number in 0..count {
            let (sender, receiver) = mpsc::channel(sizes.queue);
            let writer = Writer::new(engine.clone(), sizes.batch);
            let thread = std::thread::Builder::new()
                .name(format!("writer-{number}"))
                .spawn(move || writer.serve(receiver))
                .map_err(Error::internal)?;
            writers.push(sender);
            threads.push(thread);
        }
        let reading = Semaphore::new(sizes.readers as usize);
        let (writers, threads) = (Mutex::new(writers), Mutex::new(threads));
        Ok(Self(Arc::new(Inner { engine, sizes, pool, reading, writers, threads })))
    }

    /// Which database this is.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Runs a read off the async threads. It may run again when its connection turns out to be dead.
    ///
    /// # Errors
    /// `store.busy` when no connection is free in time, `store.unavailable` when the database is away, and
    /// whatever the read itself returns.
    pub async fn read<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Db) -> Result<T> + Send + 'static,
    {
        let store = self.clone();
        let patience = self.0.sizes.patience;
        let reading = async move {
            let permit = store.0.reading.acquire().await.map_err(Error::internal)?;
            let inner = store.clone();
            let answer =
                tokio::task::spawn_blocking(move || inner.read_now(act)).await.map_err(Error::internal)?;
            drop(permit);
            answer
        };
        tokio::time::timeout(patience, reading)
            .await
            .unwrap_or_else(|_| Err(Code::StoreUnavailable.because("reason", "no_answer")))
    }

    fn read_now<T>(&self, act: impl Fn(&mut Db) -> Result<T>) -> Result<T> {
        let mut tries_left = self.0.sizes.readers;
        loop {
            let mut pooled =
                self.0.pool.get().map_err(|_| Code::StoreUnavailable.because("reason", "cannot_connect"))?;
            let answer = act(&mut pooled.db);
            match &answer {
                Err(error) if error.lost_connection() => pooled.dead = true,
                _ => return answer,
            }
            if tries_left == 0 {
                return answer;
            }
            tries_left -= 1;
        }
    }

    /// Runs one unit of work: all of it or nothing, answered after its commit. It may run again, so it is `Fn` and
    /// touches nothing but the database.
    ///
    /// # Errors
    /// `store.busy` when the queue is full, `store.unavailable` when nothing was stored, `store.outcome_unknown`
    /// when that can't be told, and whatever the unit itself returns, which undoes it alone.
    pub async fn write<T, F>(&self, lane: Lane, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Db) -> Result<T> + Send + 'static,
    {
        let (work, answer) = Work::new(lane, act);
        self.enqueue(lane, Box::new(work))?;
        match tokio::time::timeout(self.0.sizes.patience, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(Code::OutcomeUnknown.reject()),
        }
    }

    fn enqueue(&self, lane: Lane, unit: Box<dyn Unit>) -> Result<()> {
        let writers =
            self.0.writers.lock().map_err(|_| Error::internal("a thread died holding the writers"))?;
        let closed = || Code::StoreUnavailable.because("reason", "stopping");
        let index = match lane {
            // The emptiest writer, so that a long queue for one shift doesn't hold up the rest.
            Lane::Any => (0..writers.len()).max_by_key(|index| writers[*index].capacity()).unwrap_or(0),
            lane => {
                let mut hasher = std::hash::DefaultHasher::new();
                lane.hash(&mut hasher);
                (hasher.finish() % writers.len().max(1) as u64) as usize
            }
        };
        let writer = writers.get(index).ok_or_else(closed)?;
        writer.try_send(unit).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => Code::StoreBusy.reject(),
            mpsc::error::TrySendError::Closed(_) => closed(),
        })
    }

    /// How many units of work wait for a writer. Counted when asked: a writer that hangs would count no more.
    pub fn waiting(&self) -> usize {
        let waiting = |writer: &mpsc::Sender<_>| writer.max_capacity() - writer.capacity();
        self.0.writers.lock().map_or(0, |writers| writers.iter().map(waiting).sum())
    }

    /// How many reading connections are in use.
    pub fn readers_busy(&self) -> usize {
        (self.0.sizes.readers as usize).saturating_sub(self.0.reading.available_permits())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// As for a read.
    pub async fn ping(&self) -> Result<()> {
        use diesel::connection::SimpleConnection;
        self.read(|db| db.batch_execute("SELECT 1").map_err(Error::from)).await
    }

    /// Takes no more units, finishes those that wait, and ends the writers.
    pub fn close(&self) {
        if let Ok(mut writers) = self.0.writers.lock() {
            writers.clear();
        }
        let threads =
            self.0.threads.lock().map(|mut threads| std::mem::take(&mut *threads)).unwrap_or_default();
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a writer ended by a panic");
            }
        }
    }
}
