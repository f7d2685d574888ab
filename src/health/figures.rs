//! The server's figures in Prometheus' text form.

use std::sync::OnceLock;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::store;
use crate::app::App;
use crate::error::{Error, Result};

static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Upper bounds in seconds, from a quick read to a caller who gives up.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];
/// Upper bounds of the units that share a commit.
const UNITS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];

/// Begins to keep figures; once for the whole process, whoever asks first.
///
/// # Errors
/// When another recorder keeps them already.
pub fn install() -> Result<()> {
    if RECORDER.get().is_some() {
        return Ok(());
    }
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Suffix("_units".to_owned()), UNITS))
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(Error::internal)?;
    describe();
    // Two askers at once: the recorder of the first is the one that counts.
    let _ = RECORDER.set(handle);
    Ok(())
}

fn describe() {
    describe_histogram!(
        "daogang_request_seconds",
        Unit::Seconds,
        "Time to answer a request, by route and status"
    );
    describe_histogram!(
        "daogang_unit_seconds",
        Unit::Seconds,
        "Time of one unit of work inside its transaction"
    );
    describe_histogram!("daogang_writer_batch_units", "Units of work that shared one commit");
    describe_gauge!("daogang_writer_queue_depth", "Units of work that wait for a writer");
    describe_gauge!("daogang_readers_busy", "Reading connections in use");
    describe_gauge!("daogang_database_up", "1 when the database answered just now");
    describe_gauge!(
        "daogang_redis_up",
        "1 when Redis is joined, 0 when it is away; absent without REDIS_URL"
    );
    describe_gauge!("daogang_outbox_waiting", "Messages that are due and not sent");
    describe_gauge!(
        "daogang_outbox_lag_seconds",
        Unit::Seconds,
        "Age of the oldest message that is due and not sent"
    );
    describe_gauge!(
        "daogang_unverified_oldest_seconds",
        Unit::Seconds,
        "How long the oldest unverified claim has waited since its shift ended"
    );
    describe_gauge!("daogang_live_listeners", "Pages that listen for changes");
    describe_histogram!("daogang_job_seconds", Unit::Seconds, "Time of one turn of a background job");
    describe_counter!("daogang_job_failures_total", "Turns of background jobs that failed");
    describe_counter!("daogang_events_dropped_total", "Events that other servers were not told");
}

/// Asks for what only the database knows, and writes everything down.
pub(super) async fn text(app: &App) -> String {
    gauge!("daogang_writer_queue_depth").set(app.store.waiting() as f64);
    gauge!("daogang_readers_busy").set(app.store.readers_busy() as f64);
    gauge!("daogang_live_listeners").set(app.listeners.count() as f64);
    if let Some(joined) = app.ephemeral.reached() {
        gauge!("daogang_redis_up").set(f64::from(u8::from(joined)));
    }
    let now = app.clock.now();
    let backlog = app.store.read(move |db| store::backlog(db, now)).await;
    gauge!("daogang_database_up").set(f64::from(u8::from(backlog.is_ok())));
    if let Ok(backlog) = backlog {
        let age = |at: Option<crate::clock::Timestamp>| {
            at.map_or(0.0, |at| now.since(at).num_milliseconds().max(0) as f64 / 1_000.0)
        };
        gauge!("daogang_outbox_waiting").set(backlog.outbox_waiting as f64);
        gauge!("daogang_outbox_lag_seconds").set(age(backlog.outbox_oldest));
        gauge!("daogang_unverified_oldest_seconds").set(age(backlog.unverified_oldest));
    }
    RECORDER.get().map(PrometheusHandle::render).unwrap_or_default()
}
