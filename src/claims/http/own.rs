//! A member's own places, and a shift as a member sees it.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{Member, OfficerOf, Permission, Publisher};
use crate::claims::store::{self, Claim};
use crate::claims::{ClaimState, LeadContact, contacts, lead_shown, rules};
use crate::clock::Timestamp;
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Once, Reply, page};
use crate::orgs;
use crate::posts::http::ShiftView;
use crate::posts::{self, Post, PostState, ShiftOf};
use crate::rules::Rules;
use crate::units::{ClaimId, ShiftId};

/// What one asks for when pressing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Press {
    /// To wait when no place is open; not yet possible, so `false`.
    #[serde(default)]
    wait: bool,
}

/// A claim with what its member may still do.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnClaim {
    /// The claim.
    #[serde(flatten)]
    pub claim: Claim,
    /// Until when it is given back without being late; `null` where it can't be given back.
    pub free_until: Option<Timestamp>,
}

impl OwnClaim {
    /// A claim as its member sees it at `now`.
    pub(super) fn new(claim: Claim, now: Timestamp) -> Self {
        let rules = &Rules::of_day(now.day()).claims;
        let held = claim.state == ClaimState::Held && now < claim.starts_at;
        let free = rules::free_until(claim.starts_at, claim.claimed_at, rules);
        let free = if claim.free_release { claim.starts_at } else { free.min(claim.starts_at) };
        Self { free_until: held.then_some(free), claim }
    }
}

/// Takes a place in a shift.
#[utoipa::path(
    tag = "claims",
    params(("id" = i64, Path, description = "a shift")),
    request_body = Press,
    responses((status = 201, body = OwnClaim)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[post("/shifts/{id}/claims")]
pub(super) async fn take(
    app: web::Data<App>,
    by: Member,
    once: Once,
    id: web::Path<ShiftId>,
    body: Body<Press>,
) -> Result<Reply> {
    let (shift, member, now) = (*id, by.id, app.clock.now());
    if body.value.wait {
        return Err(Error::field("wait", "not_yet"));
    }
    if app.marks.refuse(shift, member) {
        return Err(Code::ShiftFull.reject());
    }
    let circles = by.circles.clone();
    let taken = app
        .act(member, Lane::Shift(shift), once.with(&body), move |db| {
            let (claim, place) = store::take(db, member, &circles, shift, now)?;
            Ok(Reply::created(&OwnClaim::new(claim, now))?
                .tell([Topic::Shift(shift).at(place.places_version), Topic::Me(member).changed()]))
        })
        .await;
    if matches!(&taken, Err(error) if error.code() == Code::ShiftFull) {
        app.marks.learn(&app, shift);
    }
    taken
}

/// Gives a place back: free until `free_until`, late until the start.
#[utoipa::path(
    tag = "claims",
    params(("id" = i64, Path, description = "a claim")),
    responses((status = 200, body = OwnClaim)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[post("/claims/{id}/release")]
pub(super) async fn release(
    app: web::Data<App>,
    by: Member,
    once: Once,
    id: web::Path<ClaimId>,
) -> Result<Reply> {
    let (id, member, now) = (*id, by.id, app.clock.now());
    app.act(member, Lane::Member(member), once, move |db| {
        let claim = store::release(db, member, id, now)?;
        let version = posts::shift(db, claim.shift_id)?.places_version;
        let shift = Topic::Shift(claim.shift_id).at(version);
        Ok(Reply::ok(&OwnClaim::new(claim, now))?.tell([shift, Topic::Me(member).changed()]))
    })
    .await
}

/// The shifts that one leads or is deputy in, as long as one's power lasts.
#[utoipa::path(
    tag = "claims",
    responses((status = 200, body = page::Page<ShiftView>)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/me/shifts-led")]
pub(super) async fn led(app: web::Data<App>, by: Member) -> Result<Reply> {
    let (member, now) = (by.id, app.clock.now());
    let shifts = app.store.read(move |db| posts::leads(db, member, now)).await?;
    Reply::ok(&page::Page { items: shifts.into_iter().map(ShiftView::from).collect(), next: None })
}

/// A shift with its post, its places, and the caller's own claim.
#[derive(Debug, Serialize, ToSchema)]
struct WholeShift {
    #[serde(flatten)]
    shift: ShiftView,
    post: Post,
    /// The publisher's name.
    organization: String,
    /// The caller's claim: the active one, or the last.
    claim: Option<OwnClaim>,
    /// The lead's name and number, for holders from 24 hours before the start to the end.
    lead: Option<LeadContact>,
}

/// A shift with its post, its places, and the caller's own claim.
#[utoipa::path(
    tag = "claims",
    params(("id" = i64, Path, description = "a shift")),
    responses((status = 200, body = WholeShift)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/shifts/{id}")]
pub(super) async fn one_shift(app: web::Data<App>, by: Member, id: web::Path<ShiftId>) -> Result<Reply> {
    let (id, member, now, keys) = (*id, by.id, app.clock.now(), app.keys.clone());
    let scope = OfficerOf::<Publisher>::of(by).map(|officer| officer.scope).unwrap_or_default();
    let whole = app
        .store
        .read(move |db| {
            let ShiftOf { shift, post } = posts::shift_of(db, id)?;
            if post.state == PostState::Draft && !orgs::reaches(db, &scope, post.organization_id)? {
                return Err(Error::NotFound);
            }
            let claim = store::claim_of_member(db, id, member)?;
            let lead = match claim.as_ref().and_then(|claim| lead_shown(claim, &shift, now)) {
                Some(lead) => contacts(db, &keys, &[lead])?.remove(&lead),
                None => None,
            };
            Ok(WholeShift {
                shift: shift.into(),
                organization: orgs::name(db, post.organization_id)?,
                post,
                claim: claim.map(|claim| OwnClaim::new(claim, now)),
                lead,
            })
        })
        .await?;
    Reply::ok(&whole)
}
