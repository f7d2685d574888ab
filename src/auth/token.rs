//! Tokens: random, shown once, kept as a hash.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::AUTHORIZATION;

use crate::crypto;

/// The cookie of a sign-in.
pub const SESSION_COOKIE: &str = "daogang_session";
/// The cookie that tells one device from another.
pub const DEVICE_COOKIE: &str = "daogang_device";
/// The cookie that keeps the moment in which a code was seen.
pub const TICKET_COOKIE: &str = "daogang_ticket";
/// The cookie of a paired screen.
pub const SCREEN_COOKIE: &str = "daogang_screen";

/// A secret that its holder shows; the database keeps its hash only.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A fresh token of 256 random bits.
    pub fn generate() -> Self {
        Self(crypto::to_url_text(&crypto::random::<32>()))
    }

    /// A token as a caller shows it.
    pub fn shown(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text for its holder.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What the database keeps. The token is random, so that a plain hash can't be reversed.
    pub fn hash(&self) -> [u8; 32] {
        crypto::sha256(&[b"daogang token", self.0.as_bytes()])
    }
}

/// The token in the `Authorization` header.
pub fn bearer(request: &HttpRequest) -> Option<Token> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    header.strip_prefix("Bearer ").map(|text| Token::shown(text.trim()))
}

/// A cookie that scripts can't read and other sites can't send along with an act.
pub fn cookie(name: &str, value: &str, seconds: i64, secure: bool) -> Cookie<'static> {
    Cookie::build(name.to_owned(), value.to_owned())
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// The caller's device: a random id in a cookie or a header, 16 to 64 plain characters.
pub fn device(request: &HttpRequest) -> Option<String> {
    let header =
        request.headers().get("Daogang-Device").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let text = header.or_else(|| request.cookie(DEVICE_COOKIE).map(|cookie| cookie.value().to_owned()))?;
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    ((16..=64).contains(&text.len()) && plain).then_some(text)
}

/// The cookie that gives a browser its device id, unless it has one.
pub fn new_device(request: &HttpRequest, secure: bool) -> Option<Cookie<'static>> {
    device(request).is_none().then(|| {
        let id = crypto::to_url_text(&crypto::random::<16>());
        cookie(DEVICE_COOKIE, &id, 365 * 24 * 3600, secure)
    })
}
