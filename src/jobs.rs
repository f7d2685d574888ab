//! Work that no request asks for: each feature's own, done every so often on every server.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

use crate::app::App;
use crate::claims;
use crate::db::Lane;
use crate::error::{Error, Result};
use crate::http::idempotency;
use crate::queue;

/// One kind of such work. It may be cut short by the end of the process and runs on several servers at once.
#[derive(Clone, Copy)]
pub struct Job {
    /// Its name in logs and figures.
    pub name: &'static str,
    /// How often it is done.
    pub every: Duration,
    /// Does all that is due now.
    pub run: fn(App) -> BoxFuture<'static, Result<()>>,
}

/// Every job, lower features first.
pub const ALL: &[Job] = &[
    Job {
        name: "forget_idempotency_keys",
        every: Duration::from_secs(3_600),
        run: |app| forget_keys(app).boxed(),
    },
    Job { name: "sweep_claims", every: Duration::from_secs(30), run: |app| claims::sweep(app).boxed() },
    Job {
        name: "reload_queue",
        every: Duration::from_secs(5),
        run: |app| async move { app.queue.refresh(&app).await }.boxed(),
    },
];

/// A client resends within this time, or not at all.
const KEYS_KEPT: TimeDelta = TimeDelta::hours(48);

async fn forget_keys(app: App) -> Result<()> {
    let before = app.clock.now().minus(KEYS_KEPT);
    app.store.write(Lane::Any, move |db| idempotency::forget(db, before)).await.map(drop)
}

/// Begins all jobs. They end, each after what it is doing, when the application is stopping.
pub fn start(app: &App) -> JoinSet<()> {
    let mut running = JoinSet::new();
    for job in ALL {
        running.spawn(repeat(app.clone(), *job));
    }
    running.spawn(queue::follow(app.clone()));
    running
}

async fn repeat(app: App, job: Job) {
    let mut stopping = app.stopping.subscribe();
    let mut ticks = tokio::time::interval(job.every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            _ = ticks.tick() => {}
        }
        // A job that fails is due again at its next turn.
        if let Err(error) = run(&app, job).await {
            tracing::warn!(job = job.name, %error, "a job failed");
        }
    }
}

async fn run(app: &App, job: Job) -> Result<()> {
    let began = std::time::Instant::now();
    // A panic is one job's failure, not the end of its turns.
    let done = tokio::spawn((job.run)(app.clone())).await.unwrap_or_else(|error| Err(Error::internal(error)));
    metrics::histogram!("daogang_job_seconds", "job" => job.name).record(began.elapsed());
    if done.is_err() {
        metrics::counter!("daogang_job_failures_total", "job" => job.name).increment(1);
    }
    done
}

/// Does everything that is due, one job after the other, before it returns.
///
/// # Errors
/// The first that a job fails with.
pub async fn run_all(app: &App) -> Result<()> {
    for job in ALL {
        run(app, *job).await?;
    }
    Ok(())
}
