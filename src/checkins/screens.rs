//! Who may read a shift's code: whoever is in charge on the spot, or the screen that was paired for it.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::rules::code_ends;
use super::store;
use crate::app::App;
use crate::auth::{Permission, Power, Publisher, SCREEN_COOKIE, Token, app_of, bearer};
use crate::error::{Code, Error, Result};
use crate::posts::{self, SiteLead};
use crate::rules::Rules;
use crate::units::ShiftId;

/// What a screen's token begins with, so that it is never looked up as a sign-in's.
const MARK: &str = "screen.";

/// A fresh token for a screen.
pub(super) fn screen_token() -> Token {
    Token::shown(&format!("{MARK}{}", Token::generate().text()))
}

/// A screen or a lead that may read the code of the shift that the path names, and its head-counts.
#[derive(Clone, Copy, Debug)]
pub struct CodeReader {
    /// The shift.
    pub shift: ShiftId,
}

impl Permission for CodeReader {
    const ROLES: &'static [&'static str] = &[
        "site_lead",
        "screen",
        Publisher::CODES[0],
        Publisher::CODES[1],
        Publisher::CODES[2],
        Publisher::CODES[3],
    ];
}

impl FromRequest for CodeReader {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let lead = SiteLead::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (token, is_screen) = match bearer(&request) {
                Some(token) if token.text().starts_with(MARK) => (Some(token), true),
                Some(_) => (None, false),
                // A browser may hold a screen's cookie beside a sign-in.
                None => (request.cookie(SCREEN_COOKIE).map(|cookie| Token::shown(cookie.value())), false),
            };
            let shown = match token {
                Some(token) => shift_shown(app_of(&request)?, &token).await?,
                None => None,
            };
            let asked = request.match_info().get("id").and_then(|id| id.parse().ok()).map(ShiftId);
            match shown {
                Some(shift) if asked == shown => Ok(Self { shift }),
                Some(_) if is_screen => Err(Error::NotFound),
                None if is_screen => Err(Code::SessionRequired.reject()),
                _ => lead.await.map(|lead| Self { shift: lead.shift }),
            }
        })
    }
}

/// The shift that a screen's token reads now.
async fn shift_shown(app: &App, token: &Token) -> Result<Option<ShiftId>> {
    let (hash, now) = (token.hash(), app.clock.now());
    app.store
        .read(move |db| {
            let Some(id) = store::shift_shown(db, hash)? else { return Ok(None) };
            let ends = code_ends(&posts::shift(db, id)?, &Rules::of_day(now.day()).claims);
            Ok((now < ends).then_some(id))
        })
        .await
}
