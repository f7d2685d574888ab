//! Answers of acts: a status, a body, and what changed.

use std::hash::{Hash, Hasher};

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_MATCH, IF_NONE_MATCH};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use crate::ephemeral::Event;
use crate::error::{Code, Error, Result};

/// What an act answers after its commit. It can be stored under an idempotency key and given again.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) body: String,
    /// What others are told after the commit; a repeated answer tells nobody.
    pub(super) events: Vec<Event>,
}

impl Reply {
    /// 201 with the row that was made.
    ///
    /// # Errors
    /// When the value can't be written as JSON.
    pub fn created(value: &impl Serialize) -> Result<Self> {
        Self::new(201, value)
    }

    /// 200 with what there is now.
    ///
    /// # Errors
    /// When the value can't be written as JSON.
    pub fn ok(value: &impl Serialize) -> Result<Self> {
        Self::new(200, value)
    }

    /// 204.
    pub fn done() -> Self {
        Self { status: 204, body: String::new(), events: Vec::new() }
    }

    fn new(status: u16, value: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(value).map_err(Error::internal)?;
        Ok(Self { status, body, events: Vec::new() })
    }

    /// Notes what others are told once this is committed.
    pub fn tell(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        for event in events {
            if !self.events.contains(&event) {
                self.events.push(event);
            }
        }
        self
    }

    /// The same answer given again: nothing has changed, so nobody is told.
    pub fn to_nobody(mut self) -> Self {
        self.events.clear();
        self
    }

    /// What others are told.
    pub fn events(&self) -> &[Event] {
        &self.events
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        if self.body.is_empty() {
            return response.finish();
        }
        let tag = match version_in(&self.body) {
            // For edits: the version of a row, whatever else is said of it.
            Some(version) => format!("\"{version}\""),
            None => {
                let tag = content_tag(&self.body);
                // Kept by the caller alone, and asked about before each use.
                response.insert_header((CACHE_CONTROL, "private, no-cache"));
                let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
                if request.method() == Method::GET && known == Some(tag.as_str()) {
                    return HttpResponse::NotModified().insert_header((ETAG, tag)).finish();
                }
                tag
            }
        };
        response.insert_header((ETAG, tag)).content_type("application/json").body(self.body)
    }
}

/// Names a content, so that a phone that has it already is not sent it again.
fn content_tag(body: &str) -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    body.hash(&mut hasher);
    format!("W/\"{:x}\"", hasher.finish())
}

fn version_in(body: &str) -> Option<i64> {
    #[derive(serde::Deserialize)]
    struct Versioned {
        version: i64,
    }
    serde_json::from_str::<Versioned>(body).ok().map(|row| row.version)
}

/// The version that an edit is based on.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(i32);

impl IfMatch {
    /// Goes on when the row still has that version.
    ///
    /// # Errors
    /// `version.moved_on`.
    pub fn check(self, version: i32) -> Result<()> {
        if self.0 == version { Ok(()) } else { Err(Code::VersionMovedOn.because("version", version)) }
    }
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(IF_MATCH).and_then(|value| value.to_str().ok());
        let version = header.map(|text| text.trim().trim_start_matches("W/").trim_matches('"').parse());
        std::future::ready(match version {
            Some(Ok(version)) => Ok(Self(version)),
            // Another kind of tag is none of ours, so the row can't have it.
            Some(Err(_)) => Err(Code::VersionMovedOn.reject()),
            None => Err(Code::VersionMissing.reject()),
        })
    }
}
