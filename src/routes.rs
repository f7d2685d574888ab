//! Every route of the server, one line a feature.

use std::sync::LazyLock;

use actix_web::error::QueryPayloadError;
use actix_web::web::{Bytes, PathConfig, QueryConfig};
use actix_web::{HttpResponse, Responder, get, web};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

use crate::error::Error;
use crate::{
    accounts, checkins, claims, demo, health, insight, ledger, live, openapi, orgs, pages, posts, queue,
};

/// Puts every route into an actix application, and refusals where no route fits.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .app_data(PathConfig::default().error_handler(|_, _| Error::NotFound.into()))
        .app_data(QueryConfig::default().error_handler(|error, _| wrong_query(&error).into()));
    all(&mut ServiceConfig::new(config));
    config.default_service(web::to(pages::http::anywhere));
}

fn all(config: &mut ServiceConfig) {
    config.configure(health::http::routes).configure(checkins::http::root_routes).service(
        scope("/api/v1")
            .configure(accounts::http::routes)
            .configure(orgs::http::routes)
            .configure(ledger::http::routes)
            .configure(insight::http::routes)
            .configure(posts::http::routes)
            .configure(claims::http::routes)
            .configure(checkins::http::routes)
            .configure(queue::http::routes)
            .configure(live::routes)
            .configure(demo::http::routes)
            .configure(pages::http::routes)
            .configure(|config| {
                config.service(public_document);
            }),
    );
}

/// Describes every route.
pub fn document() -> OpenApi {
    let described = actix_web::App::new().into_utoipa_app().openapi(openapi::blank()).configure(all);
    openapi::finish(described.split_for_parts().1)
}

static DOCUMENT: LazyLock<Bytes> =
    LazyLock::new(|| serde_json::to_vec(&document()).map(Bytes::from).unwrap_or_default());

/// This document.
#[utoipa::path(
    tag = "operation",
    responses((status = 200, body = std::collections::HashMap<String, serde_json::Value>, content_type = "application/json")),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[get("/openapi.json")]
async fn public_document() -> impl Responder {
    HttpResponse::Ok().content_type("application/json").body(DOCUMENT.clone())
}

/// Names the field where the message does; numbers and dates are refused without one.
fn wrong_query(error: &QueryPayloadError) -> Error {
    let text = error.to_string();
    let quoted = text.split('`').nth(1);
    match quoted {
        Some(name) if text.contains("unknown field") => Error::field(name, "unknown"),
        Some(name) if text.contains("missing field") => Error::field(name, "required"),
        Some(name) if text.contains("duplicate field") => Error::field(name, "given_twice"),
        _ => Error::field("query", "wrong_type"),
    }
}
