//! Refusals as RFC 9457 problem documents.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{RequestFacts, reads_chinese};
use crate::error::{Code, Error};

/// A refusal as clients read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `/problems/` and the code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/claim.shift_full")]
    kind: String,
    /// The code's sentence in English.
    title: &'static str,
    /// The HTTP status once more.
    status: u16,
    /// One sentence in the caller's language that says what to do next.
    detail: &'static str,
    /// The stable code.
    #[schema(example = "claim.shift_full")]
    code: &'static str,
    /// Facts that the sentence needs, by name.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    facts: Map<String, Value>,
    /// Names the request in the log.
    request_id: String,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.code().status()
    }
}

/// Renders a refusal for the caller; the cause of a defect goes to the log, once.
pub fn render(error: &Error, request: &HttpRequest) -> HttpResponse {
    let request_id = RequestFacts::of(request).id;
    if let Error::Internal(cause) = error {
        tracing::error!(%request_id, %cause, "a request failed");
    }
    let code = error.code();
    let facts = match error {
        Error::Rejected(rejection) => rejection.facts.clone(),
        _ => Map::new(),
    };
    let problem = Problem {
        kind: format!("/problems/{}", code.as_str()),
        title: code.sentence(false),
        status: code.status().as_u16(),
        detail: code.sentence(reads_chinese(request)),
        code: code.as_str(),
        request_id,
        facts,
    };
    let mut response = HttpResponse::build(code.status());
    if let Some(seconds) = retry_after(code, &problem.facts) {
        response.insert_header((RETRY_AFTER, seconds.to_string()));
    }
    response.insert_header((CONTENT_TYPE, "application/problem+json"));
    response.body(serde_json::to_vec(&problem).unwrap_or_default())
}

fn retry_after(code: Code, facts: &Map<String, Value>) -> Option<u64> {
    match code.status().as_u16() {
        429 => Some(facts.get("retry_after_s").and_then(Value::as_u64).unwrap_or(60)),
        503 => Some(1),
        _ => None,
    }
}

/// The refusal that fits a bare status, as frameworks answer before a handler is reached.
pub fn of_status(status: StatusCode) -> Error {
    match status.as_u16() {
        404 | 405 => Error::NotFound,
        401 => Code::SessionRequired.reject(),
        403 => Error::Forbidden,
        413 => Code::BodyTooLarge.reject(),
        429 => Code::RateLimited.reject(),
        503 => Code::StoreBusy.reject(),
        400..=499 => Code::Malformed.reject(),
        _ => Error::internal("an answer without a refusal"),
    }
}
