//! Serving the pages: each file under its path, and the first page wherever a link into them leads.

use actix_web::http::header::{
    self, ACCEPT, AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, ETAG, Encoding, Header, IF_NONE_MATCH,
    VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{File, INDEX, Pages, plain};
use crate::app::App;
use crate::clock::Timestamp;
use crate::config::Tiles;
use crate::demo;
use crate::error::{Error, Result};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(public_config);
}

/// Paths of the interface and of operators: what isn't there is told to a program.
const NO_PAGES: &[&str] = &["api", "healthz", "readyz", "metrics", "problems"];

/// Built files whose names change with their content.
const NAMED_BY_CONTENT: &str = "assets/";

/// Answers what no route does: with a file of the pages, or with the first page for a person's link into them.
pub(crate) async fn anywhere(app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Error::NotFound);
    }
    let pages = &app.pages;
    let path = request.path().trim_start_matches('/');
    match find(pages, path, &request) {
        Some((path, file)) => Ok(answer(path, file, &request)),
        None if path.is_empty() && !pages.are_there() => Ok(HttpResponse::NotFound()
            .content_type("text/html; charset=utf-8")
            .body(plain::html(plain::NOT_BUILT))),
        None => Err(Error::NotFound),
    }
}

fn find<'a>(pages: &'a Pages, path: &'a str, request: &HttpRequest) -> Option<(&'a str, &'a File)> {
    let index = || pages.0.get(INDEX).map(|file| (INDEX, file));
    if path.is_empty() {
        return index();
    }
    let file = pages.0.get(path).map(|file| (path, file));
    file.or_else(|| if is_link_into_pages(path, request) { index() } else { None })
}

/// A browser asks for HTML when a person follows a link, and a link into the pages names no file.
fn is_link_into_pages(path: &str, request: &HttpRequest) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    !NO_PAGES.contains(&first) && !last.contains('.') && accepts.contains("text/html")
}

fn answer(path: &str, file: &File, request: &HttpRequest) -> HttpResponse {
    let keep =
        if path.starts_with(NAMED_BY_CONTENT) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == file.tag));
    let mut response = HttpResponse::build(if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((ETAG, file.tag.as_str()))
        .insert_header((VARY, header::ACCEPT_ENCODING.as_str()));
    if is_known {
        return response.finish();
    }
    let (body, encoding) = variant(file, request);
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    response.content_type(file.kind.as_str()).body(body)
}

/// The smallest form that the caller takes.
fn variant(file: &File, request: &HttpRequest) -> (Bytes, Option<&'static str>) {
    let accepted = AcceptEncoding::parse(request).ok();
    let takes = |encoding: Encoding| {
        accepted.as_ref().is_some_and(|accepted| {
            accepted.negotiate(std::iter::once(&encoding)).is_some_and(|chosen| chosen == encoding)
        })
    };
    match (&file.brotli, &file.gzip) {
        (Some(brotli), _) if takes(Encoding::brotli()) => (brotli.clone(), Some("br")),
        (_, Some(gzip)) if takes(Encoding::gzip()) => (gzip.clone(), Some("gzip")),
        _ => (file.plain().clone(), None),
    }
}

/// What pages need to know before anybody signs in.
#[derive(Debug, Serialize, ToSchema)]
struct PublicConfig {
    /// The version of the binary.
    version: &'static str,
    /// What the rules' clock shows; pages never trust the phone's.
    now: Timestamp,
    /// How far the rules' clock is ahead of the real one, in whole milliseconds; `null` unless this is a demonstration.
    demo: Option<DemoClock>,
    /// The map's tiles; `null` when none are set.
    tiles: Option<Tiles>,
}

/// A demonstration's clock.
#[derive(Debug, Serialize, ToSchema)]
struct DemoClock {
    /// Milliseconds.
    offset_ms: i64,
}

/// What pages need to know before anybody signs in: the server's time, and where the map's tiles are.
#[utoipa::path(
    tag = "operation",
    responses((status = 200, body = PublicConfig)),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[get("/config")]
async fn public_config(app: web::Data<App>) -> Result<HttpResponse> {
    let offset = app.store.read(demo::offset).await?;
    let tiles = app.config.tiles.clone();
    Ok(HttpResponse::Ok().json(PublicConfig {
        version: env!("CARGO_PKG_VERSION"),
        now: app.clock.now(),
        demo: offset.map(|_| DemoClock { offset_ms: app.clock.offset().num_milliseconds() }),
        tiles,
    }))
}
