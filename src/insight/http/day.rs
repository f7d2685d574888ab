//! The day of an organisation: its shifts with who came, who leads, and what waits to be looked at.

use std::collections::HashMap;

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::checkins;
use crate::claims::{self, ClaimState, LeadContact};
use crate::clock::Timestamp;
use crate::crypto::Keys;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::geo::Outline;
use crate::http::{Reply, page};
use crate::insight::{DayTotals, store};
use crate::ledger::Span;
use crate::orgs;
use crate::posts::http::{PostCard, ShiftView};
use crate::posts::{PostState, Shift, ShiftOf, ShiftState};
use crate::units::{MemberId, OrganizationId, ShiftId};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DayQuery {
    /// A day in China; today unless given.
    day: Option<NaiveDate>,
    /// Shifts a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// The day of an organisation.
#[derive(Debug, Serialize, ToSchema)]
struct DayView {
    /// The day in China.
    day: NaiveDate,
    /// What all of its shifts add up to, on every page.
    totals: DayTotals,
    /// Its shifts by start; one over midnight belongs to both days.
    shifts: page::Page<DayShift>,
}

/// One shift of the day.
#[derive(Debug, Serialize, ToSchema)]
struct DayShift {
    /// The shift with its places.
    shift: ShiftView,
    post: DayPost,
    /// The publisher's name.
    organization: String,
    /// Who has checked in, those who left included.
    arrived: i64,
    /// Who has checked out.
    left: i64,
    /// Services that wait for a person's word.
    to_review: i64,
    /// `null` until someone is named: then the publisher's officers are it.
    lead: Option<DayLead>,
    deputy: Option<DayLead>,
}

/// A post of the day, also as it is drawn on a map.
#[derive(Debug, Serialize, ToSchema)]
struct DayPost {
    #[serde(flatten)]
    card: PostCard,
    fence: Outline,
    state: PostState,
    /// Version for edits.
    version: i32,
}

/// Who leads a shift.
#[derive(Debug, Serialize, ToSchema)]
struct DayLead {
    member_id: MemberId,
    name: String,
    /// Their number as long as they hold a place in a shift that isn't over.
    phone: Option<String>,
}

/// The shifts of a day in China, of posts that an organisation or one below it has published.
#[utoipa::path(
    tag = "insight",
    params(("id" = OrganizationId, Path, description = "the organisation"), DayQuery),
    responses((status = 200, body = DayView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[get("/organizations/{id}/day")]
pub(super) async fn day(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    id: web::Path<OrganizationId>,
    query: web::Query<DayQuery>,
) -> Result<Reply> {
    let (under, scope, now, keys) = (*id, by.scope, app.clock.now(), app.keys.clone());
    let limit = page::limit(query.limit)?;
    let after = page::place(query.cursor.as_deref())?;
    let day = query.day.unwrap_or(now.day());
    let span = Span::of_day(day);
    let view = app
        .store
        .read(move |db| {
            if !orgs::reaches(db, &scope, under)? {
                return Err(Error::NotFound);
            }
            let rows = store::shifts_of_day(db, under, span, after, limit)?;
            let rows = page::Page::cut(rows, limit, |of| (of.shift.starts_at, of.shift.id));
            let waiting = checkins::waiting_by_shift(db, under, span, now)?;
            let mut totals = store::totals(db, under, span)?;
            totals.to_review = waiting.values().sum();
            let around = Around::read(db, &keys, &rows.items, waiting, now)?;
            Ok(DayView { day, totals, shifts: rows.map(|of| around.view(of)) })
        })
        .await?;
    Reply::ok(&view)
}

/// What the shifts of a page are shown with.
struct Around {
    organizations: HashMap<OrganizationId, String>,
    states: Vec<(ShiftId, ClaimState, i64)>,
    waiting: HashMap<ShiftId, i64>,
    leads: HashMap<MemberId, LeadContact>,
    now: Timestamp,
}

impl Around {
    fn read(
        db: &mut Db,
        keys: &Keys,
        rows: &[ShiftOf],
        waiting: HashMap<ShiftId, i64>,
        now: Timestamp,
    ) -> Result<Self> {
        let shifts: Vec<ShiftId> = rows.iter().map(|of| of.shift.id).collect();
        let publishers: Vec<OrganizationId> = rows.iter().map(|of| of.post.organization_id).collect();
        let leads: Vec<MemberId> =
            rows.iter().flat_map(|of| [of.shift.lead_id, of.shift.deputy_id]).flatten().collect();
        Ok(Self {
            organizations: orgs::names(db, &publishers)?,
            states: store::claims_by_state(db, &shifts)?,
            leads: claims::contacts(db, keys, &leads)?,
            waiting,
            now,
        })
    }

    fn view(&self, of: ShiftOf) -> DayShift {
        let ShiftOf { shift, post } = of;
        let count = |wanted: &[ClaimState]| {
            let rows = self.states.iter().filter(|(of, state, _)| *of == shift.id && wanted.contains(state));
            rows.map(|(.., count)| count).sum()
        };
        DayShift {
            organization: self.organizations.get(&post.organization_id).cloned().unwrap_or_default(),
            arrived: count(&[ClaimState::CheckedIn, ClaimState::Open, ClaimState::Completed]),
            left: count(&[ClaimState::Completed]),
            to_review: self.waiting.get(&shift.id).copied().unwrap_or(0),
            lead: self.lead(&shift, shift.lead_id),
            deputy: self.lead(&shift, shift.deputy_id),
            post: DayPost {
                fence: post.fence.clone(),
                state: post.state,
                version: post.version,
                card: post.into(),
            },
            shift: shift.into(),
        }
    }

    /// A lead holds a place; an officer sees a holder's number until the shift is over.
    fn lead(&self, shift: &Shift, member: Option<MemberId>) -> Option<DayLead> {
        let member_id = member?;
        let LeadContact { name, phone } = self.leads.get(&member_id)?.clone();
        let goes_on = shift.state == ShiftState::Open && self.now < shift.ends_at;
        Some(DayLead { member_id, name, phone: phone.filter(|_| goes_on) })
    }
}
