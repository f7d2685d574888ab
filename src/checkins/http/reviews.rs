//! What waits for an officer's word: the list of a desk.

use std::collections::HashMap;

use actix_web::{get, web};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::views::{ServiceView, WaitsOn};
use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::checkins::reviews::{self, Waiting};
use crate::checkins::store;
use crate::claims::{self, ClaimState, LeadContact};
use crate::clock::Timestamp;
use crate::crypto::Keys;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::http::{Reply, page};
use crate::ledger::Span;
use crate::orgs;
use crate::posts::http::{PostCard, ShiftCard};
use crate::units::{ClaimId, MemberId, OrganizationId};

/// Claims looked at for one page.
const CHUNK: usize = 500;
/// How far back a list reaches.
const REACH: TimeDelta = TimeDelta::days(90);

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReviewQuery {
    /// Rows a page at most, 1 to 100; a page may hold fewer though more follow.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// A service that waits for an officer. The lists of its shift settle it: `…/arrivals/confirm`, `…/departures/confirm`,
/// `…/attestations`; and `/claims/{id}/resolve` says that nobody was there.
#[derive(Debug, Serialize, ToSchema)]
struct ReviewItem {
    claim_id: ClaimId,
    member_id: MemberId,
    name: String,
    unit: Option<String>,
    state: ClaimState,
    shift: ShiftCard,
    post: PostCard,
    /// The publisher's name.
    organization: String,
    #[serde(flatten)]
    service: ServiceView,
    /// The lead while they still may say it, else the publisher.
    waits_on: WaitsOn,
}

/// What waits for an officer's word, oldest first, in shifts of the last 90 days: what nobody checked in for, what its
/// evidence doesn't settle, and what no lead has ticked within a week.
#[utoipa::path(
    tag = "check-in",
    params(("id" = OrganizationId, Path, description = "the publisher, with those below it"), ReviewQuery),
    responses((status = 200, body = page::Page<ReviewItem>)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[get("/organizations/{id}/reviews")]
pub(super) async fn to_review(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    id: web::Path<OrganizationId>,
    query: web::Query<ReviewQuery>,
) -> Result<Reply> {
    let (under, scope, now, keys) = (*id, by.scope, app.clock.now(), app.keys.clone());
    let limit = page::limit(query.limit)?;
    let after = page::place(query.cursor.as_deref())?;
    let page = app
        .store
        .read(move |db| {
            if !orgs::reaches(db, &scope, under)? {
                return Err(Error::NotFound);
            }
            // Check-in opens before the start, and what is odd about it is to be seen at once.
            let span = Span { start: now.minus(REACH), end: now.plus(TimeDelta::days(1)) };
            let page = waiting(db, under, span, after, limit, now)?;
            let around = Around::read(db, &keys, &page.items, now)?;
            let next = page.next;
            let items = page.items.into_iter().map(|row| around.view(row)).collect::<Result<_>>()?;
            Ok(page::Page { items, next })
        })
        .await?;
    Reply::ok(&page)
}

/// A page of services that wait for an officer, from a bounded number of claims.
fn waiting(
    db: &mut Db,
    under: OrganizationId,
    span: Span,
    after: Option<(Timestamp, ClaimId)>,
    limit: usize,
    now: Timestamp,
) -> Result<page::Page<Waiting>> {
    let rows = store::perhaps_waiting(db, under, span, after, Some(CHUNK))?;
    let seen = rows.last().filter(|_| rows.len() == CHUNK).map(|(claim, _)| (claim.starts_at, claim.id));
    let mut services = reviews::judged(db, rows, now)?;
    services.retain(Waiting::is_for_officers);
    let page = page::Page::cut(services, limit, |row| (row.claim.starts_at, row.claim.id));
    Ok(page::Page { next: page.next.or(seen.map(|place| page::cursor(&place))), items: page.items })
}

/// What the services of a page are shown with.
struct Around {
    people: Vec<(MemberId, String, Option<String>)>,
    organizations: HashMap<OrganizationId, String>,
    leads: HashMap<MemberId, LeadContact>,
    now: Timestamp,
}

impl Around {
    fn read(db: &mut Db, keys: &Keys, rows: &[Waiting], now: Timestamp) -> Result<Self> {
        let members: Vec<MemberId> = rows.iter().map(|row| row.claim.member_id).collect();
        let publishers: Vec<OrganizationId> = rows.iter().map(|row| row.of.post.organization_id).collect();
        let leads: Vec<MemberId> =
            rows.iter().flat_map(|row| [row.of.shift.lead_id, row.of.shift.deputy_id]).flatten().collect();
        Ok(Self {
            people: store::people(db, &members)?,
            organizations: orgs::names(db, &publishers)?,
            leads: claims::contacts(db, keys, &leads)?,
            now,
        })
    }

    fn view(&self, row: Waiting) -> Result<ReviewItem> {
        let Waiting { claim, of, ends, reads_code, waits_for } = row;
        let person = self.people.iter().find(|(id, ..)| *id == claim.member_id);
        let organization = self.organizations.get(&of.post.organization_id).cloned().unwrap_or_default();
        Ok(ReviewItem {
            claim_id: claim.id,
            member_id: claim.member_id,
            name: person.map(|(_, name, _)| name.clone()).unwrap_or_default(),
            unit: person.and_then(|(.., unit)| unit.clone()),
            state: claim.state,
            service: ServiceView::of(&claim, &of, &ends, reads_code)?,
            waits_on: WaitsOn::of(waits_for, &self.leads, &organization, self.now < of.shift.ends_at),
            organization,
            shift: of.shift.into(),
            post: of.post.into(),
        })
    }
}
