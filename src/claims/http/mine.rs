//! A member's own places, each with all that a page shows of it.

use std::collections::HashMap;

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::own::OwnClaim;
use crate::app::App;
use crate::auth::{Member, Permission};
use crate::claims::store::{self, Claim, OwnClaims};
use crate::claims::{LeadContact, contacts, lead_shown};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::http::{Reply, page};
use crate::posts::http::{PostCard, ShiftView};
use crate::posts::{CheckIn, ShiftOf};
use crate::units::{ClaimId, MemberId};

/// Which of one's own places.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum When {
    /// Those still to be stood or to be checked out from, soonest first.
    Ahead,
    /// All others, latest first.
    Past,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ClaimQuery {
    /// `ahead`: still to be stood or to be checked out from, soonest first; `past`: all others, latest first. Unless
    /// given, all of them, the newest claim first.
    #[param(inline)]
    when: Option<When>,
    /// Rows a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

impl ClaimQuery {
    fn wanted(&self) -> Result<OwnClaims> {
        let cursor = self.cursor.as_deref();
        Ok(match self.when {
            None => OwnClaims::Newest(page::place(cursor)?),
            Some(When::Ahead) => OwnClaims::Ahead(page::place(cursor)?),
            Some(When::Past) => OwnClaims::Past(page::place(cursor)?),
        })
    }
}

/// Where a page ended: a claim, with the start of its shift where that gives the order.
#[derive(Serialize)]
#[serde(untagged)]
enum Place {
    Claim(ClaimId),
    Start(Timestamp, ClaimId),
}

/// A claim with its shift, its post, and whom to ask.
#[derive(Debug, Serialize, ToSchema)]
struct OwnPlace {
    #[serde(flatten)]
    own: OwnClaim,
    /// The shift.
    shift: ShiftView,
    /// Its post.
    post: PostCard,
    /// What to wear and to bring.
    bring: String,
    /// How one checks in.
    check_in: CheckIn,
    /// The lead's name and number, from 24 hours before the start to the end.
    lead: Option<LeadContact>,
}

impl OwnPlace {
    fn of(row: (Claim, ShiftOf), leads: &HashMap<MemberId, LeadContact>, now: Timestamp) -> Self {
        let (claim, ShiftOf { shift, post }) = row;
        Self {
            lead: lead_shown(&claim, &shift, now).and_then(|lead| leads.get(&lead).cloned()),
            bring: post.bring.clone(),
            check_in: post.check_in.clone(),
            own: OwnClaim::new(claim, now),
            shift: shift.into(),
            post: post.into(),
        }
    }
}

/// One's own claims, each with its shift, its post and whom to ask.
#[utoipa::path(
    tag = "claims",
    params(ClaimQuery),
    responses((status = 200, body = page::Page<OwnPlace>)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/me/claims")]
pub(super) async fn mine(app: web::Data<App>, by: Member, query: web::Query<ClaimQuery>) -> Result<Reply> {
    let (member, now, keys) = (by.id, app.clock.now(), app.keys.clone());
    let limit = page::limit(query.limit)?;
    let wanted = query.wanted()?;
    let place = move |(claim, _): &(Claim, ShiftOf)| match wanted {
        OwnClaims::Newest(_) => Place::Claim(claim.id),
        OwnClaims::Ahead(_) | OwnClaims::Past(_) => Place::Start(claim.starts_at, claim.id),
    };
    let page = app
        .store
        .read(move |db| {
            let rows = store::claims_of_member(db, member, wanted, now, limit)?;
            let page = page::Page::cut(rows, limit, place);
            let shown = |(claim, of): &(Claim, ShiftOf)| lead_shown(claim, &of.shift, now);
            let leads: Vec<MemberId> = page.items.iter().filter_map(shown).collect();
            let leads = contacts(db, &keys, &leads)?;
            Ok(page.map(|row| OwnPlace::of(row, &leads, now)))
        })
        .await?;
    Reply::ok(&page)
}
