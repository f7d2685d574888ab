//! An act that is sent twice with one key happens once.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;

use super::Reply;
use super::body::Body;
use crate::clock::Timestamp;
use crate::crypto::sha256;
use crate::db::Db;
use crate::error::{Code, Error, Overtaken, Result};
use crate::schema::idempotency_keys as keys;
use crate::units::MemberId;

/// The `Idempotency-Key` of a request, if it has one, and the route that it was used on.
#[derive(Clone, Debug)]
pub struct Once {
    key: Option<String>,
    route: String,
    digest: [u8; 32],
}

impl FromRequest for Once {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let route = format!("{} {}", request.method(), request.path());
        let key =
            match request.headers().get("Idempotency-Key").map(|value| value.to_str().unwrap_or_default()) {
                None => None,
                Some(key) if (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => {
                    Some(key.into())
                }
                Some(_) => {
                    return std::future::ready(Err(Error::field(
                        "Idempotency-Key",
                        "8_to_64_visible_characters",
                    )));
                }
            };
        std::future::ready(Ok(Self { key, route, digest: sha256(&[b"{}"]) }))
    }
}

impl Once {
    /// Binds the key to the body that it came with.
    pub fn with<T>(mut self, body: &Body<T>) -> Self {
        self.digest = body.digest;
        self
    }

    /// The key, for rows that keep it themselves.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// The digest of the body that the key came with.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Runs the act unless this key has done it already; then gives the answer of that time. Only an answer that
    /// changed something is kept: a refusal is judged again.
    ///
    /// # Errors
    /// `idempotency.key_reused` when the key came with another body or on another route; the act's own errors.
    pub fn run(
        &self,
        db: &mut Db,
        member: MemberId,
        now: Timestamp,
        act: impl FnOnce(&mut Db) -> Result<Reply>,
    ) -> Result<Reply> {
        let Some(key) = &self.key else { return act(db) };
        if let Some((route, digest, status, body)) = earlier(db, member, key)? {
            if route != self.route || digest != self.digest {
                return Err(Code::KeyReused.reject());
            }
            return Ok(Reply { status: status as u16, body, events: Vec::new() });
        }
        let reply = match act(db) {
            // The same sending, done meanwhile by another server, may be what it was refused for.
            Err(refusal) if earlier(db, member, key).is_ok_and(|done| done.is_some()) => {
                tracing::info!(%refusal, "the same sending was done elsewhere");
                return Err(Error::internal(Overtaken));
            }
            judged => judged?,
        };
        let kept = diesel::insert_into(keys::table)
            .values((
                keys::member_id.eq(member),
                keys::key.eq(key),
                keys::route.eq(&self.route),
                keys::body_hash.eq(&self.digest[..]),
                keys::status.eq(i32::from(reply.status)),
                keys::body.eq(&reply.body),
                keys::created_at.eq(now),
            ))
            .execute(db);
        match kept {
            Ok(_) => Ok(reply),
            Err(DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Err(Error::internal(Overtaken)),
            Err(error) => Err(error.into()),
        }
    }
}

type Earlier = (String, Vec<u8>, i32, String);

/// Route, body's digest, status and body of what this key has done already.
fn earlier(db: &mut Db, member: MemberId, key: &str) -> Result<Option<Earlier>> {
    Ok(keys::table
        .find((member, key))
        .select((keys::route, keys::body_hash, keys::status, keys::body))
        .first(db)
        .optional()?)
}

/// Forgets keys older than `before`.
///
/// # Errors
/// When the database can't be written.
pub fn forget(db: &mut Db, before: Timestamp) -> Result<usize> {
    Ok(diesel::delete(keys::table.filter(keys::created_at.lt(before))).execute(db)?)
}
