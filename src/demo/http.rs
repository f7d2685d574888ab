//! The route that moves a demonstration's clock.

use actix_web::{post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{move_clock, store};
use crate::app::App;
use crate::auth::{Member, Permission};
use crate::clock::Timestamp;
use crate::ephemeral::Topic;
use crate::error::{Error, Result};
use crate::http::{Body, Reply};
use crate::jobs;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(set_clock);
}

/// When it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MoveClock {
    /// The instant that the clock is to show; later than what it shows.
    to: Timestamp,
}

/// When it is now.
#[derive(Debug, Serialize, ToSchema)]
struct Moved {
    /// What the clock shows.
    now: Timestamp,
}

/// Moves a demonstration's clock forward, and answers when all that fell due is done.
#[utoipa::path(
    tag = "demo",
    request_body = MoveClock,
    responses((status = 200, body = Moved)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[post("/demo/clock")]
async fn set_clock(app: web::Data<App>, _by: Member, body: Body<MoveClock>) -> Result<Reply> {
    if app.store.read(store::offset).await?.is_none() {
        return Err(Error::NotFound);
    }
    let to = body.value.to;
    if to < app.clock.now() {
        return Err(Error::field("to", "later_than_now"));
    }
    move_clock(&app, to).await?;
    app.ephemeral.publish(Topic::Clock.changed());
    jobs::run_all(&app).await?;
    Reply::ok(&Moved { now: app.clock.now() })
}
