//! Routes for operators and for what watches over the server.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{figures, store};
use crate::app::App;
use crate::auth::bearer;
use crate::crypto;
use crate::error::{Error, Result};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(public_alive).service(public_ready).service(public_metrics);
}

/// The same pages on the operators' own address, where the figures need no token.
pub(crate) fn own_routes(config: &mut web::ServiceConfig) {
    config
        .service(public_alive)
        .service(public_ready)
        .route("/metrics", web::get().to(|app: web::Data<App>| async move { page(&app).await }));
}

/// That the process lives.
#[derive(Debug, Serialize, ToSchema)]
struct Alive {
    /// Always `alive`.
    #[schema(example = "alive")]
    status: &'static str,
    /// The version of the binary.
    version: &'static str,
}

/// Tells that the process lives, and nothing about what it needs.
#[utoipa::path(
    tag = "operation",
    responses((status = 200, body = Alive)),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[get("/healthz")]
async fn public_alive() -> HttpResponse {
    HttpResponse::Ok().json(Alive { status: "alive", version: env!("CARGO_PKG_VERSION") })
}

/// Whether requests can be served.
#[derive(Debug, Serialize, ToSchema)]
struct Readiness {
    /// Whether they can.
    ready: bool,
    /// `ok`, `away`, or `other_shape` when its migrations don't fit this binary.
    #[schema(example = "ok")]
    database: &'static str,
    /// `none`, `joined` or `away`; the server serves without it.
    #[schema(example = "joined")]
    redis: &'static str,
}

/// Tells whether requests can be served now.
#[utoipa::path(
    tag = "operation",
    responses((status = 200, body = Readiness), (status = 503, body = Readiness, description = "Not now")),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[get("/readyz")]
async fn public_ready(app: web::Data<App>) -> HttpResponse {
    let database = match app.store.read(store::fits).await {
        Ok(true) => "ok",
        Ok(false) => "other_shape",
        Err(_) => "away",
    };
    let redis = match app.ephemeral.reached() {
        None => "none",
        Some(true) => "joined",
        Some(false) => "away",
    };
    let readiness = Readiness { ready: database == "ok" && !*app.stopping.borrow(), database, redis };
    if readiness.ready {
        HttpResponse::Ok().json(readiness)
    } else {
        HttpResponse::ServiceUnavailable().json(readiness)
    }
}

/// The server's figures for Prometheus, to whoever shows `DAOGANG_METRICS_TOKEN` as a bearer token.
#[utoipa::path(
    tag = "operation",
    responses((status = 200, body = String, content_type = "text/plain")),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[get("/metrics")]
async fn public_metrics(app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let shown = bearer(&request);
    match (&app.config.metrics.token, &shown) {
        (Some(token), Some(shown)) if crypto::same(token.as_bytes(), shown.text().as_bytes()) => {
            Ok(page(&app).await)
        }
        _ => Err(Error::NotFound),
    }
}

async fn page(app: &App) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(figures::text(app).await)
}
