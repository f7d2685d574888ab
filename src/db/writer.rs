//! A writer: one thread with one connection that commits many units of work at once.

use diesel::connection::SimpleConnection;
use serde_json::Map;
use tokio::sync::mpsc::Receiver;

use super::Db;
use super::manager::Engine;
use super::unit::{Ran, Unit};
use crate::error::{Code, Error, Rejection, Result};

type Batch = Vec<Box<dyn Unit>>;

/// How often a unit that others stood in the way of is run again, alone.
const TRIES_ALONE: u32 = 3;

pub(super) struct Writer {
    engine: Engine,
    connection: Option<Db>,
    most: usize,
}

/// Why a batch is not known to be committed.
enum Failure {
    /// Each unit is to be run again, alone.
    Again,
    /// Nothing was stored, and this is what the callers are told.
    Refused(Rejection),
    /// The reply to COMMIT was lost: it may be stored or not.
    Unknown,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => Self::Refused(rejection),
            error => {
                tracing::error!(%error, "a batch was not stored");
                Self::Refused(refusal(Code::StoreUnavailable, "commit_failed"))
            }
        }
    }
}

fn refusal(code: Code, reason: &str) -> Rejection {
    Rejection { code, facts: Map::from_iter([("reason".to_owned(), reason.into())]) }
}

impl Writer {
    pub(super) fn new(engine: Engine, most: usize) -> Self {
        Self { engine, connection: None, most }
    }

    /// Takes units until the last sender is gone; what was queued by then is still done.
    pub(super) fn serve(mut self, mut queue: Receiver<Box<dyn Unit>>) {
        while let Some(first) = queue.blocking_recv() {
            let mut batch = vec![first];
            while batch.len() < self.most
                && let Ok(unit) = queue.try_recv()
            {
                batch.push(unit);
            }
            metrics::histogram!("daogang_writer_batch_units").record(batch.len() as f64);
            // Units of one lane side by side: fewer rows are locked, and in a steady order.
            batch.sort_by_key(|unit| unit.lane());
            self.settle(batch);
        }
    }

    fn settle(&mut self, mut batch: Batch) {
        match self.attempt(&mut batch) {
            Ok(()) => batch.into_iter().for_each(Unit::committed),
            Err(Failure::Again) => batch.into_iter().for_each(|unit| self.settle_alone(unit)),
            Err(failure) => fail(batch, failure),
        }
    }

    fn settle_alone(&mut self, unit: Box<dyn Unit>) {
        let mut batch = vec![unit];
        for _ in 0..TRIES_ALONE {
            match self.attempt(&mut batch) {
                Ok(()) => return batch.into_iter().for_each(Unit::committed),
                Err(Failure::Again) => {}
                Err(failure) => return fail(batch, failure),
            }
        }
        fail(batch, Failure::Refused(refusal(Code::StoreBusy, "in_each_others_way")));
    }

    /// Runs the batch in one transaction, each unit in its own savepoint. What stands between two units goes to the
    /// database in one message.
    fn attempt(&mut self, batch: &mut Batch) -> std::result::Result<(), Failure> {
        let mut db = self.begin()?;
        let mut close = "";
        for unit in batch.iter_mut() {
            if !close.is_empty() {
                db.batch_execute(&format!("{close}SAVEPOINT unit")).map_err(Error::from)?;
            }
            close = match unit.run(&mut db) {
                Ran::Keep => "RELEASE SAVEPOINT unit;",
                Ran::RollBack => "ROLLBACK TO SAVEPOINT unit; RELEASE SAVEPOINT unit;",
                Ran::Again => {
                    db.batch_execute("ROLLBACK").map_err(Error::from)?;
                    self.connection = Some(db);
                    return Err(Failure::Again);
                }
                Ran::Lost(why) => return Err(Failure::Refused(why)),
            };
        }
        if let Err(error) = db.batch_execute(&format!("{close}COMMIT")).map_err(Error::from) {
            return Err(self.commit_failed(db, error));
        }
        self.connection = Some(db);
        Ok(())
    }

    /// Begins a transaction and its first savepoint. A connection that died while idle is replaced once.
    fn begin(&mut self) -> Result<Db> {
        let begin = match self.engine {
            Engine::Sqlite(_) => "BEGIN IMMEDIATE; SAVEPOINT unit",
            Engine::Postgres(_) => "BEGIN ISOLATION LEVEL READ COMMITTED; SAVEPOINT unit",
        };
        if let Some(mut db) = self.connection.take()
            && db.batch_execute(begin).is_ok()
        {
            return Ok(db);
        }
        let mut db = self.engine.connect()?;
        db.batch_execute(begin)?;
        Ok(db)
    }

    fn commit_failed(&mut self, mut db: Db, error: Error) -> Failure {
        if matches!(db, Db::Pg(_)) && error.lost_connection() {
            tracing::error!(%error, "the reply to COMMIT was lost");
            return Failure::Unknown;
        }
        if db.batch_execute("ROLLBACK").is_ok() {
            self.connection = Some(db);
        }
        error.into()
    }
}

fn fail(batch: Batch, failure: Failure) {
    let why = match failure {
        Failure::Refused(rejection) => rejection,
        Failure::Unknown => Rejection { code: Code::OutcomeUnknown, facts: Map::new() },
        Failure::Again => refusal(Code::StoreBusy, "in_each_others_way"),
    };
    batch.into_iter().for_each(|unit| unit.failed(why.clone()));
}
