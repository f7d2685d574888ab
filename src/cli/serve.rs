//! `daogang serve`.

use tracing_subscriber::EnvFilter;

use super::{config, runtime};
use crate::app::App;
use crate::claims::Mode;
use crate::clock::{Clock, Timestamp};
use crate::db::Sizes;
use crate::demo;
use crate::error::Result;
use crate::serve::{Doors, Server};

pub(super) fn serve(clock: Option<Timestamp>) -> Result<()> {
    log_to_stderr();
    let mut config = config()?;
    runtime()?.block_on(async {
        let doors = Doors::open(&mut config)?;
        let sizes = Sizes::of(&config.database.engine);
        let app = App::open(config, Clock::real_time(), sizes, Mode::On)?;
        demo::take_up(&app, clock).await?;
        tell_start(&app);
        Server::start(app, doors)?.serve().await
    })
}

fn tell_start(app: &App) {
    let config = &app.config;
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        listen = %config.listen.address,
        public_url = config.public_url.text(),
        database = config.database.engine.name(),
        redis = config.redis.url.is_some(),
        clock = %app.clock.now(),
        "serving"
    );
    if !config.public_url.is_secure() && !config.listen.address.ip().is_loopback() {
        tracing::warn!(
            "phones give camera and position to https pages only: set DAOGANG_PUBLIC_URL to an https address"
        );
    }
}

/// One JSON object a line on stderr, so that stdout stays free. `RUST_LOG` chooses how much.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}
