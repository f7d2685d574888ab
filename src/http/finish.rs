//! Around every request: an id, a line in the log, figures, refusals as problem documents, and headers for safety.

use std::net::IpAddr;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, web};

use super::problem;
use crate::app::App;
use crate::config::{Config, Tiles};
use crate::crypto;
use crate::error::Error;

/// What is known of a request before any handler runs.
#[derive(Clone, Debug)]
pub struct RequestFacts {
    /// Names it in the log and in refusals.
    pub id: String,
    /// The caller's address, through trusted proxies.
    pub address: IpAddr,
}

impl RequestFacts {
    /// The facts of a request.
    pub fn of(request: &HttpRequest) -> Self {
        request
            .extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self { id: String::new(), address: IpAddr::from([0, 0, 0, 0]) })
    }
}

/// The Content-Security-Policy of every answer. Clones share it.
#[derive(Clone, Debug)]
pub struct Policy(HeaderValue);

impl Policy {
    /// Everything from this server alone, and the map's tiles from where they are.
    pub fn of(config: &Config) -> Self {
        let tiles = config.tiles.as_ref().and_then(Tiles::source);
        let written = tiles.map(|source| CSP.replacen(IMAGES, &format!("{IMAGES} {source}"), 1));
        let value = written.and_then(|policy| HeaderValue::try_from(policy).ok());
        Self(value.unwrap_or(HeaderValue::from_static(CSP)))
    }
}

const IMAGES: &str = "img-src 'self' data: blob:";
const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self' data:; \
                   img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; \
                   object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The middleware around every route.
///
/// # Errors
/// None of its own: those of middleware inside it, which answer by themselves.
pub async fn finish<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    let facts = facts_of(&request);
    let id = facts.id.clone();
    request.extensions_mut().insert(facts);
    // A handler's error is an answer by now. Routing needs the request unshared, so no copy is kept for more.
    let response = next.call(request).await?;
    let failure = response.response().error().map(of_error);
    let response = match failure {
        Some(error) => replace(response, &error),
        None if !is_explained(&response) => {
            let error = problem::of_status(response.status());
            replace(response, &error)
        }
        None => response.map_into_boxed_body(),
    };
    let response = with_headers(response, &id);
    log(&response, &id, began);
    Ok(response)
}

fn facts_of(request: &ServiceRequest) -> RequestFacts {
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
    let forwarded = request.headers().get("X-Forwarded-For").and_then(|value| value.to_str().ok());
    let address =
        request.app_data::<web::Data<App>>().map_or(peer, |app| app.config.proxies.caller(peer, forwarded));
    RequestFacts { id: crypto::to_url_text(&crypto::random::<9>()), address }
}

fn of_error(error: &actix_web::Error) -> Error {
    match error.as_error::<Error>() {
        Some(Error::Rejected(rejection)) => Error::Rejected(rejection.clone()),
        Some(Error::NotFound) => Error::NotFound,
        Some(Error::Forbidden) => Error::Forbidden,
        Some(Error::Internal(cause)) => Error::internal(cause.to_string()),
        None => problem::of_status(error.as_response_error().status_code()),
    }
}

/// A refusal that is explained has a body of its own: a problem document or a page.
fn is_explained<B: MessageBody>(response: &ServiceResponse<B>) -> bool {
    let status = response.status();
    !(status.is_client_error() || status.is_server_error())
        || response.headers().get(CONTENT_TYPE).is_some_and(|kind| {
            [&b"application/problem+json"[..], b"application/json", b"text/html"]
                .iter()
                .any(|known| kind.as_bytes().starts_with(known))
        })
}

fn replace<B>(response: ServiceResponse<B>, error: &Error) -> ServiceResponse<BoxBody> {
    let answer = problem::render(error, response.request());
    response.into_response(answer)
}

fn with_headers(mut response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let app = response.request().app_data::<web::Data<App>>();
    let secure = app.is_some_and(|app| app.config.public_url.is_secure());
    let policy = app.map_or(HeaderValue::from_static(CSP), |app| app.policy.0.clone());
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    let mut set =
        |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    set(REFERRER_POLICY, "no-referrer");
    if secure {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// The route's pattern is logged, never its path: a code or a token may stand there.
fn log(response: &ServiceResponse<BoxBody>, id: &str, began: Instant) {
    let request = response.request();
    let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
    let status = response.status().as_u16();
    let took = began.elapsed();
    metrics::histogram!("daogang_request_seconds", "route" => route.clone(), "status" => status.to_string())
        .record(took);
    if status >= 500 {
        tracing::warn!(request_id = id, method = %request.method(), route, status, micros = took.as_micros() as u64, "answered");
    } else {
        tracing::info!(request_id = id, method = %request.method(), route, status, micros = took.as_micros() as u64, "answered");
    }
}
