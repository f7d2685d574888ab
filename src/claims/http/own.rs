//! A member's own places, and a shift as a member sees it.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::http::PHONE;
use crate::app::App;
use crate::auth::{Member, OfficerOf, Permission, Publisher};
use crate::claims::store::{self, Claim};
use crate::claims::{ClaimState, rules};
use crate::clock::Timestamp;
use crate::crypto::{self, Keys, Sealed};
use crate::db::{Db, Lane};
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Once, Reply, page};
use crate::orgs;
use crate::posts::http::ShiftView;
use crate::posts::{self, Post, PostState, Shift, ShiftOf};
use crate::rules::Rules;
use crate::units::{ClaimId, MemberId, ShiftId};

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
    fn new(claim: Claim, now: Timestamp) -> Self {
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

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ClaimQuery {
    /// Rows a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// One's own claims, newest first.
#[utoipa::path(
    tag = "claims",
    params(ClaimQuery),
    responses((status = 200, body = page::Page<OwnClaim>)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/me/claims")]
pub(super) async fn mine(app: web::Data<App>, by: Member, query: web::Query<ClaimQuery>) -> Result<Reply> {
    let (member, now) = (by.id, app.clock.now());
    let limit = page::limit(query.limit)?;
    let before: Option<ClaimId> = page::place(query.cursor.as_deref())?;
    let rows = app.store.read(move |db| store::claims_of_member(db, member, before, limit)).await?;
    Reply::ok(&page::Page::cut(rows, limit, |claim| claim.id).map(|claim| OwnClaim::new(claim, now)))
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
    /// The caller's claim: the active one, or the last.
    claim: Option<OwnClaim>,
    /// The lead's name and number, for holders from 24 hours before the start to the end.
    lead: Option<LeadContact>,
}

/// How a holder reaches the lead.
#[derive(Debug, Serialize, ToSchema)]
struct LeadContact {
    name: String,
    phone: Option<String>,
}

/// A shift with its post, its places, and the caller's own claim.
#[utoipa::path(
    tag = "claims",
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
            let lead = lead_contact(db, &keys, &shift, claim.as_ref(), now)?;
            Ok(WholeShift {
                shift: shift.into(),
                post,
                claim: claim.map(|claim| OwnClaim::new(claim, now)),
                lead,
            })
        })
        .await?;
    Reply::ok(&whole)
}

fn lead_contact(
    db: &mut Db,
    keys: &Keys,
    shift: &Shift,
    claim: Option<&Claim>,
    now: Timestamp,
) -> Result<Option<LeadContact>> {
    let rules = &Rules::of_day(now.day()).posts;
    let shown = claim.is_some_and(|claim| ClaimState::ACTIVE.contains(&claim.state))
        && now >= shift.starts_at.minus(rules.contact_before)
        && now < shift.ends_at;
    let Some(lead) = shift.lead_id.filter(|_| shown) else { return Ok(None) };
    reach(db, keys, lead).map(Some)
}

fn reach(db: &mut Db, keys: &Keys, member: MemberId) -> Result<LeadContact> {
    let (name, key_id, bytes) = store::contact(db, member)?;
    let phone =
        key_id.zip(bytes).and_then(|(key_id, bytes)| crypto::open(keys, PHONE, &Sealed { key_id, bytes }));
    Ok(LeadContact { name, phone })
}
