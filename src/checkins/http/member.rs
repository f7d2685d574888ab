//! A member checks in and out.

use actix_web::{HttpRequest, post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{self, Member, OfficerOf, Permission, Publisher, TICKET_COOKIE};
use crate::checkins::codes::{self, Sight};
use crate::checkins::press::{self, GivenFix, Press, PressAnswer, Tools};
use crate::checkins::{Direction, Method};
use crate::clock::Timestamp;
use crate::db::Lane;
use crate::error::{Code, Error, Fields, Result};
use crate::geo::{Datum, Metres, Position};
use crate::http::{Body, Once, Reply};
use crate::units::ClaimId;

/// How one checks in or out. For a check-out every field may be left out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PressBody {
    method: Option<PressMethod>,
    /// A rotating code, bare or as its whole URL. Without `code` and `ticket` the cookie `daogang_ticket` is used.
    code: Option<String>,
    /// A ticket from `POST /tickets`.
    ticket: Option<String>,
    position: Option<PositionBody>,
    /// When it was sent, by the phone's clock.
    sent_at: Option<Timestamp>,
    /// For records made without a network; not yet possible.
    recorded_at: Option<Timestamp>,
}

/// The ways that a member has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PressMethod {
    RotatingCode,
    Geofence,
    /// Not yet possible.
    PosterCode,
}

/// A position as a phone gives it; times by the phone's clock.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PositionBody {
    lat: f64,
    lon: f64,
    datum: Datum,
    /// Radius of 95 %, in metres.
    accuracy_m: Option<f64>,
    taken_at: Option<Timestamp>,
    sent_at: Option<Timestamp>,
}

impl PressBody {
    fn method(&self, end: Direction) -> Result<Option<Method>> {
        let mut fields = Fields::default();
        fields.require(self.recorded_at.is_none(), "recorded_at", "not_yet");
        let method = match self.method {
            Some(PressMethod::RotatingCode) => Some(Method::RotatingCode),
            Some(PressMethod::Geofence) => Some(Method::Geofence),
            Some(PressMethod::PosterCode) => {
                fields.refuse("method", "not_yet");
                None
            }
            None => None,
        };
        let names_code = self.code.is_some() || self.ticket.is_some();
        fields.require(!(self.code.is_some() && self.ticket.is_some()), "ticket", "code_or_ticket");
        fields.require(!names_code || method == Some(Method::RotatingCode), "method", "rotating_code");
        if end == Direction::In {
            fields.require(self.method.is_some(), "method", "required");
        }
        fields.into_result()?;
        Ok(method)
    }

    /// The position, its times brought to the rules' clock.
    fn fix(&self, app: &App) -> Result<Option<GivenFix>> {
        let Some(given) = &self.position else { return Ok(None) };
        let position = Position::new(given.lat, given.lon, given.datum)
            .map_err(|defect| Error::field("position", defect.into()))?;
        let accuracy = match given.accuracy_m {
            Some(metres) => {
                Some(Metres::new(metres).ok_or_else(|| Error::field("position.accuracy_m", "0_or_more"))?)
            }
            None => None,
        };
        let taken_at = given.taken_at.map(|at| app.clock.for_rules(at));
        Ok(Some(GivenFix { position, accuracy, taken_at }))
    }

    /// What the code, the ticket or the cookie says, on the rules' clock.
    fn sight(&self, app: &App, request: &HttpRequest, by: &Member) -> Result<Result<Sight, Code>> {
        let now = app.clock.real();
        let seen = match (&self.code, &self.ticket, request.cookie(TICKET_COOKIE)) {
            (Some(code), _, _) => codes::accept(&app.keys, code, now),
            (None, Some(ticket), _) => codes::redeem(&app.keys, ticket, by.session, now),
            (None, None, Some(cookie)) => codes::redeem(&app.keys, cookie.value(), by.session, now),
            (None, None, None) => return Err(Error::field("code", "required")),
        };
        Ok(seen.map(|sight| Sight { seen_at: app.clock.for_rules(sight.seen_at), ..sight }))
    }

    fn press(
        self,
        app: &App,
        request: &HttpRequest,
        by: &Member,
        once: &Once,
        claim: ClaimId,
        end: Direction,
    ) -> Result<Press> {
        let method = self.method(end)?;
        let sight = match method {
            Some(Method::RotatingCode) => Some(self.sight(app, request, by)?),
            _ => None,
        };
        let sent_at = self.sent_at.or(self.position.and_then(|position| position.sent_at));
        Ok(Press {
            claim,
            member: by.id,
            scope: OfficerOf::<Publisher>::of(by.clone()).map(|officer| officer.scope).unwrap_or_default(),
            method,
            sight,
            fix: self.fix(app)?,
            sent_at: sent_at.map(|at| app.clock.for_rules(at)),
            device: auth::device(request),
            key: once.key().map(str::to_owned),
            digest: once.digest(),
            now: app.clock.now(),
        })
    }
}

/// Checks in. Each judged try is answered 201 with the check-in that stands.
#[utoipa::path(
    tag = "check-in",
    params(("id" = i64, Path, description = "a claim")),
    request_body = PressBody,
    responses((status = 201, body = PressAnswer)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[post("/claims/{id}/check-in")]
pub(super) async fn check_in(
    app: web::Data<App>,
    request: HttpRequest,
    by: Member,
    once: Once,
    id: web::Path<ClaimId>,
    body: Body<PressBody>,
) -> Result<Reply> {
    let once = once.with(&body);
    let press = body.value.press(&app, &request, &by, &once, *id, Direction::In)?;
    let tools = Tools { fences: app.fences.clone(), keys: app.keys.clone() };
    app.act_keyed(Lane::Member(by.id), move |db| press::arrive(db, &tools, &press)).await
}

/// Checks out: never refused for its place; final but for the lead's tick.
#[utoipa::path(
    tag = "check-in",
    params(("id" = i64, Path, description = "a claim")),
    request_body = PressBody,
    responses((status = 201, body = PressAnswer)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[post("/claims/{id}/check-out")]
pub(super) async fn check_out(
    app: web::Data<App>,
    request: HttpRequest,
    by: Member,
    once: Once,
    id: web::Path<ClaimId>,
    body: Body<PressBody>,
) -> Result<Reply> {
    let once = once.with(&body);
    let press = body.value.press(&app, &request, &by, &once, *id, Direction::Out)?;
    let tools = Tools { fences: app.fences.clone(), keys: app.keys.clone() };
    app.act_keyed(Lane::Member(by.id), move |db| press::leave(db, &tools, &press)).await
}
