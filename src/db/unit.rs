//! A unit of work on its way to a writer: what it does, and whom to tell.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::sync::oneshot;

use super::Db;
use crate::error::{Code, Error, Rejection, Result};
use crate::units::{MemberId, ShiftId};

/// What a unit is about; units of one lane meet on one writer and wait for no lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Nothing that others press for.
    Any,
    /// One member's own rows.
    Member(MemberId),
    /// One shift's places.
    Shift(ShiftId),
}

/// What became of a unit inside its batch.
pub(super) enum Ran {
    /// Keep what it wrote.
    Keep,
    /// Undo it alone.
    RollBack,
    /// Others stood in its way: run each unit of the batch again, alone.
    Again,
    /// Nothing more can be done on this connection, and this is why.
    Lost(Rejection),
}

/// A unit of work, whatever it returns.
pub(super) trait Unit: Send {
    fn lane(&self) -> Lane;
    /// Runs it and keeps its answer back.
    fn run(&mut self, db: &mut Db) -> Ran;
    /// Lets the answer out: the batch is committed.
    fn committed(self: Box<Self>);
    /// Answers that nothing is known to be stored.
    fn failed(self: Box<Self>, why: Rejection);
}

pub(super) struct Work<T, F> {
    lane: Lane,
    act: F,
    answer: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, F> Work<T, F> {
    pub(super) fn new(lane: Lane, act: F) -> (Self, oneshot::Receiver<Result<T>>) {
        let (reply, receiver) = oneshot::channel();
        (Self { lane, act, answer: None, reply }, receiver)
    }
}

/// Units are to take under 50 ms, since others wait behind them; slower than this is logged.
const SLOW: Duration = Duration::from_millis(20);

impl<T: Send, F: Fn(&mut Db) -> Result<T> + Send> Unit for Work<T, F> {
    fn lane(&self) -> Lane {
        self.lane
    }

    fn run(&mut self, db: &mut Db) -> Ran {
        let began = std::time::Instant::now();
        let answer = catch_unwind(AssertUnwindSafe(|| (self.act)(db)))
            .unwrap_or_else(|_| Err(Error::internal("a unit of work panicked")));
        let took = began.elapsed();
        metrics::histogram!("daogang_unit_seconds").record(took);
        if took > SLOW {
            tracing::warn!(lane = ?self.lane, millis = took.as_millis() as u64, "slow unit of work");
        }
        let ran = match &answer {
            Ok(_) => Ran::Keep,
            Err(error) if error.is_worth_another_run() => Ran::Again,
            Err(Error::Rejected(why)) if why.code == Code::StoreUnavailable => Ran::Lost(why.clone()),
            Err(_) => Ran::RollBack,
        };
        self.answer = Some(answer);
        ran
    }

    fn committed(self: Box<Self>) {
        let answer =
            self.answer.unwrap_or_else(|| Err(Error::internal("a unit was committed without being run")));
        // The caller may have gone away; what is stored stays stored.
        let _ = self.reply.send(answer);
    }

    fn failed(self: Box<Self>, why: Rejection) {
        let _ = self.reply.send(Err(Error::Rejected(why)));
    }
}
