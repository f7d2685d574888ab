//! Saying what happened with a claim that has no check-in.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::Permission;
use crate::claims::store::{self, Claim, NoteKind};
use crate::claims::{ClaimLead, ClaimState, rules};
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Once, Reply};
use crate::notify::Kind;
use crate::posts;
use crate::rules::Rules;
use crate::units::ClaimId;

/// What happened. "Was here" is an attestation instead.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resolution {
    outcome: Outcome,
    /// 1 to 200 characters.
    reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// Not there, with a good reason.
    Excused,
    /// Not there.
    NoShow,
}

/// Says what happened with an `unverified` claim. Only a person does, and never about themself.
#[utoipa::path(
    tag = "claims",
    params(("id" = i64, Path, description = "a claim")),
    request_body = Resolution,
    responses((status = 200, body = Claim)),
    extensions(("x-daogang-roles" = json!(ClaimLead::ROLES)))
)]
#[post("/claims/{id}/resolve")]
pub(super) async fn resolve(
    app: web::Data<App>,
    by: ClaimLead,
    once: Once,
    id: web::Path<ClaimId>,
    body: Body<Resolution>,
) -> Result<Reply> {
    let (id, now) = (*id, app.clock.now());
    let once = once.with(&body);
    let Resolution { outcome, reason } = body.value;
    if !(1..=200).contains(&reason.trim().chars().count()) {
        return Err(Error::field("reason", "1_to_200_characters"));
    }
    let (shift, author) = (by.0.shift, by.0.member.id);
    app.act(author, Lane::Shift(shift), once, move |db| {
        posts::lock_shift(db, shift)?;
        let claim = store::claim(db, id)?;
        if claim.member_id == author {
            return Err(Code::LeadOwnClaim.reject());
        }
        // What is due holds at once, not from the next sweep on.
        let due = rules::falls_into(claim.state, claim.ends_at, now, &Rules::of_day(now.day()).claims);
        let stands = due.unwrap_or(claim.state);
        if stands != ClaimState::Unverified {
            let state: &str = stands.into();
            return Err(Code::ClaimWrongState.because("state", state));
        }
        let to = if outcome == Outcome::Excused { ClaimState::Excused } else { ClaimState::NoShow };
        if !store::move_state(db, &claim, to, now)? {
            return Err(Code::ClaimWrongState.reject());
        }
        store::note(db, id, author, NoteKind::Resolution, reason.trim(), now)?;
        store::tell_holder(db, &claim, Kind::ClaimResolved, now)?;
        let claim = store::claim(db, id)?;
        let member = claim.member_id;
        Ok(Reply::ok(&claim)?.tell([Topic::Shift(shift).changed(), Topic::Me(member).changed()]))
    })
    .await
}
