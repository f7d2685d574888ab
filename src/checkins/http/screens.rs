//! Screens that show one shift's code and nothing else.

use actix_web::http::header::ORIGIN;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{self, OfficerOf, Permission, Publisher, SCREEN_COOKIE, Token};
use crate::checkins::rules::code_ends;
use crate::checkins::screens::screen_token;
use crate::checkins::store::{self, ScreenView};
use crate::clock::Timestamp;
use crate::crypto;
use crate::db::{Db, Lane};
use crate::error::{Error, Result};
use crate::http::{Body, Once, Reply, page::Page, throttle};
use crate::orgs::{self, Scope};
use crate::posts::rules::check_goes_on;
use crate::posts::{self, Shift};
use crate::rules::Rules;
use crate::units::{ScreenId, ShiftId};

/// How long a pairing link waits to be opened.
const PAIRING: TimeDelta = TimeDelta::minutes(10);

/// A screen that waits to be paired.
#[derive(Debug, Serialize, ToSchema)]
struct Pairing {
    /// The screen's id.
    id: ScreenId,
    /// The link to open on the screen, once.
    pairing_url: String,
    /// When the link ends, by the real clock.
    expires_at: Timestamp,
}

/// What the pairing link holds.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PairingCode {
    /// What stands behind `#` in the link.
    code: String,
}

/// A paired screen's access.
#[derive(Debug, Serialize, ToSchema)]
struct Paired {
    /// The shift whose code it reads.
    shift_id: ShiftId,
    /// When that ends.
    expires_at: Timestamp,
    /// For screens that are no browsers: shown once, sent as `Authorization: Bearer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// The shift, when its post's publisher is in the scope.
fn shift_in(db: &mut Db, scope: &Scope, id: ShiftId) -> Result<Shift> {
    let of = posts::shift_of(db, id)?;
    if orgs::reaches(db, scope, of.post.organization_id)? { Ok(of.shift) } else { Err(Error::NotFound) }
}

/// The end of what a screen of this shift may read.
fn screen_ends(shift: &Shift, now: Timestamp) -> Result<Timestamp> {
    let ends = code_ends(shift, &Rules::of_day(now.day()).claims);
    check_goes_on(shift.state, ends, now)?;
    Ok(ends)
}

/// Adds a screen for a shift: a link that is opened on it once, within 10 minutes.
#[utoipa::path(
    tag = "check-in",
    params(("id" = i64, Path, description = "a shift")),
    responses((status = 201, body = Pairing)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/shifts/{id}/screens")]
pub(super) async fn add_screen(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<ShiftId>,
) -> Result<Reply> {
    let (shift, scope, officer) = (*id, by.scope, by.member.id);
    let (now, real) = (app.clock.now(), app.clock.real());
    let code = crypto::to_url_text(&crypto::random::<16>());
    let hash = Token::shown(&code).hash();
    let pairing_url = format!("{}/screens/pair#{code}", app.config.public_url.text());
    app.act(officer, Lane::Any, once, move |db| {
        screen_ends(&shift_in(db, &scope, shift)?, now)?;
        let expires_at = real.plus(PAIRING);
        let id = store::add_screen(db, shift, officer, hash, real, expires_at)?;
        Reply::created(&Pairing { id, pairing_url: pairing_url.clone(), expires_at })
    })
    .await
}

/// Pairs the screen on which the link was opened. A browser gets a cookie, another client a token; it reads its shift's
/// code and head-counts until half an hour after the end.
#[utoipa::path(
    tag = "check-in",
    request_body = PairingCode,
    responses((status = 201, body = Paired)),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[post("/screens/pair")]
pub(super) async fn public_pair_screen(
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<PairingCode>,
) -> Result<HttpResponse> {
    throttle(&app, &request).await?;
    let from_browser = request.headers().contains_key(ORIGIN);
    if from_browser {
        auth::check_origin(&request)?;
    }
    let (now, real) = (app.clock.now(), app.clock.real());
    let (link, token) = (Token::shown(&body.value.code).hash(), screen_token());
    let hash = token.hash();
    let (shift_id, expires_at) = app
        .store
        .write(Lane::Any, move |db| {
            let id = store::pair(db, link, hash, real)?;
            Ok((id, screen_ends(&posts::shift(db, id)?, now)?))
        })
        .await?;
    let mut response = HttpResponse::Created();
    if from_browser {
        let seconds = expires_at.since(now).num_seconds();
        let secure = app.config.public_url.is_secure();
        response.cookie(auth::cookie(SCREEN_COOKIE, token.text(), seconds, secure));
    }
    let token = (!from_browser).then(|| token.text().to_owned());
    Ok(response.json(Paired { shift_id, expires_at, token }))
}

/// The screens of a shift that are paired or still wait to be.
#[utoipa::path(
    tag = "check-in",
    params(("id" = i64, Path, description = "a shift")),
    responses((status = 200, body = Page<ScreenView>)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[get("/shifts/{id}/screens")]
pub(super) async fn list_screens(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    id: web::Path<ShiftId>,
) -> Result<Reply> {
    let (shift, scope, real) = (*id, by.scope, app.clock.real());
    let items = app
        .store
        .read(move |db| {
            shift_in(db, &scope, shift)?;
            store::screens_of(db, shift, real)
        })
        .await?;
    Reply::ok(&Page { items, next: None })
}

/// Takes a screen's access away at once.
#[utoipa::path(
    tag = "check-in",
    params(("id" = i64, Path, description = "a screen")),
    responses((status = 204)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[delete("/screens/{id}")]
pub(super) async fn revoke_screen(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<ScreenId>,
) -> Result<Reply> {
    let (screen, scope, real) = (*id, by.scope, app.clock.real());
    app.act(by.member.id, Lane::Any, once, move |db| {
        let shift = store::shift_of_screen(db, screen)?;
        shift_in(db, &scope, shift)?;
        if store::revoke(db, screen, real)? { Ok(Reply::done()) } else { Err(Error::NotFound) }
    })
    .await
}
