//! The lists of those in charge: who arrives, who leaves, and what they say of it.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::views::ServiceView;
use crate::app::App;
use crate::auth::Permission;
use crate::checkins::Direction;
use crate::checkins::attest::{self, Attestation};
use crate::checkins::store::{self, Ends, HeadCounts, Standing};
use crate::checkins::tick::{self, Charge, Ticked, TickedClaim};
use crate::claims::{self, Claim, ClaimState};
use crate::clock::Timestamp;
use crate::db::{Db, Lane};
use crate::error::{Error, Result};
use crate::http::{Body, Once, Reply};
use crate::posts::{self, ShiftOf, SiteLead};
use crate::units::{ClaimId, MemberId, ShiftId};

/// Who is expected, and how their ends stand.
#[derive(Debug, Serialize, ToSchema)]
struct RollCall {
    shift_id: ShiftId,
    head_counts: HeadCounts,
    items: Vec<RollItem>,
}

/// One member on the list.
#[derive(Debug, Serialize, ToSchema)]
struct RollItem {
    claim_id: ClaimId,
    member_id: MemberId,
    name: String,
    unit: Option<String>,
    state: ClaimState,
    #[serde(flatten)]
    service: ServiceView,
}

fn roll_call(db: &mut Db, shift: ShiftId, wanted: &[ClaimState]) -> Result<RollCall> {
    let of = posts::shift_of(db, shift)?;
    let expected = claims::claims_of_shift(db, shift, wanted)?;
    let ids: Vec<_> = expected.iter().map(|claim| claim.id).collect();
    let members: Vec<_> = expected.iter().map(|claim| claim.member_id).collect();
    let standing = store::ends_of(db, &ids)?;
    let people = store::people(db, &members)?;
    let items =
        expected.iter().map(|claim| roll_item(claim, &of, &standing, &people)).collect::<Result<_>>()?;
    Ok(RollCall { shift_id: shift, head_counts: store::head_counts(db, shift)?, items })
}

fn roll_item(
    claim: &Claim,
    of: &ShiftOf,
    standing: &[Standing],
    people: &[(MemberId, String, Option<String>)],
) -> Result<RollItem> {
    let ends = Ends::among(standing, claim.id);
    let reads_code = posts::is_lead(&of.shift, claim.member_id);
    let person = people.iter().find(|(id, ..)| *id == claim.member_id);
    Ok(RollItem {
        claim_id: claim.id,
        member_id: claim.member_id,
        name: person.map(|(_, name, _)| name.clone()).unwrap_or_default(),
        unit: person.and_then(|(.., unit)| unit.clone()),
        state: claim.state,
        service: ServiceView::of(claim, of, &ends, reads_code)?,
    })
}

/// Who is expected at a shift, and who has arrived.
#[utoipa::path(
    tag = "check-in",
    params(("id" = ShiftId, Path)),
    responses((status = 200, body = RollCall)),
    extensions(("x-daogang-roles" = json!(SiteLead::ROLES)))
)]
#[get("/shifts/{id}/arrivals")]
pub(super) async fn arrivals(app: web::Data<App>, by: SiteLead) -> Result<Reply> {
    let shift = by.shift;
    Reply::ok(&app.store.read(move |db| roll_call(db, shift, &ClaimState::TAKING)).await?)
}

/// Who arrived at a shift, and who has left.
#[utoipa::path(
    tag = "check-in",
    params(("id" = ShiftId, Path)),
    responses((status = 200, body = RollCall)),
    extensions(("x-daogang-roles" = json!(SiteLead::ROLES)))
)]
#[get("/shifts/{id}/departures")]
pub(super) async fn departures(app: web::Data<App>, by: SiteLead) -> Result<Reply> {
    let shift = by.shift;
    let there = [ClaimState::CheckedIn, ClaimState::Open, ClaimState::Completed];
    Reply::ok(&app.store.read(move |db| roll_call(db, shift, &there)).await?)
}

/// Which claims are ticked.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Ticks {
    /// 1 to 1,000 claims of the shift.
    claim_ids: Vec<ClaimId>,
    /// When they arrived, or left. Without it an arrival keeps the time that its evidence shows, and a departure means
    /// "stayed to the end".
    at: Option<Timestamp>,
}

async fn tick(app: &App, by: SiteLead, once: Once, end: Direction, body: Body<Ticks>) -> Result<Reply> {
    if !(1..=1_000).contains(&body.value.claim_ids.len()) {
        return Err(Error::field("claim_ids", "1_to_1000"));
    }
    let once = once.with(&body);
    let ticks = body.value;
    let charge = Charge { shift: by.shift, by: by.member.id, power: by.power, now: app.clock.now() };
    app.act(charge.by, Lane::Shift(charge.shift), once, move |db| {
        tick::tick(db, &charge, end, &ticks.claim_ids, ticks.at)
    })
    .await
}

/// Ticks arrivals: one, or the whole list.
#[utoipa::path(
    tag = "check-in",
    params(("id" = ShiftId, Path)),
    request_body = Ticks,
    responses((status = 200, body = Ticked)),
    extensions(("x-daogang-roles" = json!(SiteLead::ROLES)))
)]
#[post("/shifts/{id}/arrivals/confirm")]
pub(super) async fn confirm_arrivals(
    app: web::Data<App>,
    by: SiteLead,
    once: Once,
    body: Body<Ticks>,
) -> Result<Reply> {
    tick(&app, by, once, Direction::In, body).await
}

/// Ticks departures: one, or the whole list. A claim without a check-out gets one.
#[utoipa::path(
    tag = "check-in",
    params(("id" = ShiftId, Path)),
    request_body = Ticks,
    responses((status = 200, body = Ticked)),
    extensions(("x-daogang-roles" = json!(SiteLead::ROLES)))
)]
#[post("/shifts/{id}/departures/confirm")]
pub(super) async fn confirm_departures(
    app: web::Data<App>,
    by: SiteLead,
    once: Once,
    body: Body<Ticks>,
) -> Result<Reply> {
    tick(&app, by, once, Direction::Out, body).await
}

/// What someone in charge vouches for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AttestationBody {
    claim_id: ClaimId,
    /// Now unless given; after the end both times are needed.
    arrived_at: Option<Timestamp>,
    left_at: Option<Timestamp>,
    /// 1 to 200 characters.
    reason: String,
}

/// Vouches that a member is, or was, there; never for oneself.
#[utoipa::path(
    tag = "check-in",
    params(("id" = ShiftId, Path)),
    request_body = AttestationBody,
    responses((status = 201, body = TickedClaim)),
    extensions(("x-daogang-roles" = json!(SiteLead::ROLES)))
)]
#[post("/shifts/{id}/attestations")]
pub(super) async fn vouch(
    app: web::Data<App>,
    by: SiteLead,
    once: Once,
    body: Body<AttestationBody>,
) -> Result<Reply> {
    let once = once.with(&body);
    let AttestationBody { claim_id, arrived_at, left_at, reason } = body.value;
    if !(1..=200).contains(&reason.trim().chars().count()) {
        return Err(Error::field("reason", "1_to_200_characters"));
    }
    let said = Attestation { claim: claim_id, arrived_at, left_at, reason: reason.trim().to_owned() };
    let charge = Charge { shift: by.shift, by: by.member.id, power: by.power, now: app.clock.now() };
    app.act(charge.by, Lane::Shift(charge.shift), once, move |db| attest::attest(db, &charge, &said)).await
}
