//! A member's own services: what each came to, and whom one waits for that doesn't count yet.

use std::collections::{HashMap, HashSet};

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::views::{ServiceView, WaitsOn};
use crate::app::App;
use crate::auth::{Member, OfficerOf, Permission, Publisher};
use crate::checkins::service;
use crate::checkins::store::{self, Ends, Standing};
use crate::claims::{self, Claim, ClaimState, LeadContact, ServedAs};
use crate::clock::Timestamp;
use crate::crypto::Keys;
use crate::db::Db;
use crate::error::Result;
use crate::http::{Reply, page};
use crate::ledger::Period;
use crate::orgs::{self, Scope};
use crate::posts::http::{PostCard, ShiftCard};
use crate::posts::{self, ShiftOf};
use crate::rules::Rules;
use crate::units::{ClaimId, MemberId, OrganizationId};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ServiceQuery {
    /// Only shifts that began in this year in China.
    year: Option<i32>,
    /// Rows a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// One service of the member.
#[derive(Debug, Serialize, ToSchema)]
struct OwnService {
    claim_id: ClaimId,
    state: ClaimState,
    /// In whose name its minutes are served.
    served_as: ServedAs,
    shift: ShiftCard,
    post: PostCard,
    /// The publisher's name, who records and certifies.
    organization: String,
    #[serde(flatten)]
    service: ServiceView,
    /// Whose word it waits for; `null` when it counts, or when nothing can change it any more.
    waits_on: Option<WaitsOn>,
}

/// One's own services, latest first: those that count, those that wait, and those of which nobody said anything.
#[utoipa::path(
    tag = "check-in",
    params(ServiceQuery),
    responses((status = 200, body = page::Page<OwnService>)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/me/services")]
pub(super) async fn my_services(
    app: web::Data<App>,
    by: Member,
    query: web::Query<ServiceQuery>,
) -> Result<Reply> {
    let query = query.into_inner();
    let limit = page::limit(query.limit)?;
    let period = query.year.map(|year| Period::of(year, None)).transpose()?;
    let before = page::place(query.cursor.as_deref())?;
    let (member, now, keys) = (by.id, app.clock.now(), app.keys.clone());
    let scope = OfficerOf::<Publisher>::of(by).map(|officer| officer.scope).unwrap_or_default();
    let page = app
        .store
        .read(move |db| {
            let rows = store::services_of(db, member, period, before, limit)?;
            let page = page::Page::cut(rows, limit, |(claim, _)| (claim.starts_at, claim.id));
            let around = Around::read(db, &keys, &scope, &page.items, now)?;
            let next = page.next;
            let items = page.items.into_iter().map(|row| around.view(row)).collect::<Result<_>>()?;
            Ok(page::Page { items, next })
        })
        .await?;
    Reply::ok(&page)
}

/// What the services of a page are shown with.
struct Around {
    standing: Vec<Standing>,
    organizations: HashMap<OrganizationId, String>,
    /// The publishers whose officer the member is.
    own: HashSet<OrganizationId>,
    leads: HashMap<MemberId, LeadContact>,
    now: Timestamp,
}

impl Around {
    fn read(
        db: &mut Db,
        keys: &Keys,
        scope: &Scope,
        rows: &[(Claim, ShiftOf)],
        now: Timestamp,
    ) -> Result<Self> {
        let ids: Vec<ClaimId> = rows.iter().map(|(claim, _)| claim.id).collect();
        let publishers: Vec<OrganizationId> = rows.iter().map(|(_, of)| of.post.organization_id).collect();
        let leads: Vec<MemberId> =
            rows.iter().flat_map(|(_, of)| [of.shift.lead_id, of.shift.deputy_id]).flatten().collect();
        Ok(Self {
            standing: store::ends_of(db, &ids)?,
            organizations: orgs::names(db, &publishers)?,
            own: orgs::reached(db, scope, &publishers)?,
            leads: claims::contacts(db, keys, &leads)?,
            now,
        })
    }

    fn view(&self, (claim, of): (Claim, ShiftOf)) -> Result<OwnService> {
        let ends = Ends::among(&self.standing, claim.id);
        let publisher = of.post.organization_id;
        let reads_code = posts::is_lead(&of.shift, claim.member_id) || self.own.contains(&publisher);
        let organization = self.organizations.get(&publisher).cloned().unwrap_or_default();
        let rules = &Rules::of_day(self.now.day()).posts;
        let is_shown = claims::rules::shows_contact(claim.state, &of.shift, self.now, rules);
        let waits = service::waits_for(&claim, &of, &ends, reads_code, self.now);
        Ok(OwnService {
            claim_id: claim.id,
            state: claim.state,
            served_as: claim.served_as,
            service: ServiceView::of(&claim, &of, &ends, reads_code)?,
            waits_on: waits.map(|waits| WaitsOn::of(waits, &self.leads, &organization, is_shown)),
            organization,
            shift: of.shift.into(),
            post: of.post.into(),
        })
    }
}
