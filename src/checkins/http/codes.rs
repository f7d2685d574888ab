//! Showing a shift's code, and noting the moment in which a phone saw it.

use actix_web::{HttpRequest, HttpResponse, get, post, routes, web};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::pages;
use crate::app::App;
use crate::auth::{self, Member, Permission, TICKET_COOKIE};
use crate::checkins::store::HeadCounts;
use crate::checkins::{CodeReader, codes, rules, store};
use crate::clock::Timestamp;
use crate::crypto;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Reply, throttle};
use crate::posts;
use crate::rules::Rules;
use crate::units::ShiftId;

/// The address behind a code, opened by any scanner: notes the moment in a signed cookie that is good for 10 minutes,
/// and changes nothing else, so that loading it again or ahead does no harm. 410 when the code has expired, 404 when
/// this installation didn't make it; both without the cookie. The page is the ordinary first one, and its root element says
/// `data-code-state` `seen`, `stale` or `unknown`.
#[utoipa::path(
    tag = "check-in",
    params(("code" = String, Path, description = "a rotating code")),
    responses((status = 200, body = String, content_type = "text/html")),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[routes]
#[get("/c/{code}")]
#[head("/c/{code}")]
pub(super) async fn public_see_code(
    app: web::Data<App>,
    request: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse> {
    throttle(&app, &request).await?;
    let now = app.clock.real();
    let seen = match codes::accept(&app.keys, &code, now) {
        Ok(seen) => seen,
        Err(refusal) => return Ok(pages::refused(&app.pages, refusal)),
    };
    let secure = app.config.public_url.is_secure();
    let ticket = codes::issue(&app.keys, &seen, None, crypto::random())?;
    let seconds = codes::ticket_ends(&seen).since(now).num_seconds();
    let ticket = auth::cookie(TICKET_COOKIE, &ticket, seconds, secure);
    let cookies = [ticket].into_iter().chain(auth::new_device(&request, secure));
    Ok(pages::seen(&app.pages, cookies))
}

/// A code that was just seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeenCode {
    /// The code, bare or as its whole URL.
    code: String,
}

/// The moment in which a code was seen, kept for a check-in or check-out.
#[derive(Debug, Serialize, ToSchema)]
struct Ticket {
    /// Sent with the check-in or check-out; good for this sign-in only.
    ticket: String,
    /// The shift whose code it was.
    shift_id: ShiftId,
    /// When it ends, by the real clock.
    expires_at: Timestamp,
}

/// Notes the moment in which a code was seen, for clients without cookies.
#[utoipa::path(
    tag = "check-in",
    request_body = SeenCode,
    responses((status = 201, body = Ticket)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[post("/tickets")]
pub(super) async fn take_ticket(app: web::Data<App>, by: Member, body: Body<SeenCode>) -> Result<Reply> {
    let seen = codes::accept(&app.keys, &body.value.code, app.clock.real()).map_err(Code::reject)?;
    let ticket = codes::issue(&app.keys, &seen, Some(by.session), crypto::random())?;
    Reply::created(&Ticket { ticket, shift_id: seen.shift, expires_at: codes::ticket_ends(&seen) })
}

/// A code with the time in which a screen shows it.
#[derive(Debug, Serialize, ToSchema)]
struct ShownCode {
    /// The code.
    code: String,
    /// The address that a scanner opens.
    url: String,
    /// A picture of the address, black on white, with its quiet zone; it scales to any size.
    svg: String,
    /// From when a screen shows it, by the real clock.
    valid_from: Timestamp,
    /// Until when a screen shows it; whoever saw it has 15 seconds more.
    valid_until: Timestamp,
}

/// What a screen shows.
#[derive(Debug, Serialize, ToSchema)]
struct CodeView {
    /// The code that shows now.
    #[serde(flatten)]
    code: ShownCode,
    /// The code that follows it, so that the screen changes on time.
    next: ShownCode,
    /// The server's real clock, so that the screen can tell how far its own is off.
    now: Timestamp,
    /// How many are expected, and how many came.
    head_counts: HeadCounts,
}

/// A shift's code, from the opening of check-in to half an hour after the end.
#[utoipa::path(
    tag = "check-in",
    params(("id" = i64, Path, description = "a shift")),
    responses((status = 200, body = CodeView)),
    extensions(("x-daogang-roles" = json!(CodeReader::ROLES)))
)]
#[get("/shifts/{id}/code")]
pub(super) async fn show_code(app: web::Data<App>, by: CodeReader) -> Result<Reply> {
    let (shift, now) = (by.shift, app.clock.now());
    let head_counts = app
        .store
        .read(move |db| {
            let of = posts::shift_of(db, shift)?;
            let rules = &Rules::of_day(now.day()).claims;
            rules::check_code_shows(of.post.state, &of.post.check_in, &of.shift, now, rules)?;
            store::head_counts(db, shift)
        })
        .await?;
    let now = app.clock.real();
    let (code, next) = codes::show(&app.keys, shift, now)?;
    let (code, next) = (draw(&app, code)?, draw(&app, next)?);
    Reply::ok(&CodeView { code, next, now, head_counts })
}

fn draw(app: &App, shown: codes::Shown) -> Result<ShownCode> {
    let url = format!("{}/c/{}", app.config.public_url.text(), shown.code);
    let picture = QrCode::with_error_correction_level(&url, EcLevel::M).map_err(Error::internal)?;
    let svg = picture.render::<svg::Color>().quiet_zone(true).module_dimensions(1, 1).build();
    Ok(ShownCode { code: shown.code, url, svg, valid_from: shown.from, valid_until: shown.until })
}
