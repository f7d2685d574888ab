//! Naming who is in charge on the spot.

use actix_web::{put, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::claims::ClaimState;
use crate::claims::store;
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Once, Reply};
use crate::notify::Kind;
use crate::orgs;
use crate::posts;
use crate::posts::http::ShiftView;
use crate::units::{MemberId, ShiftId};

/// Who is to lead a shift.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Lead {
    /// Holds a place in the shift: having claimed is the consent.
    member_id: MemberId,
    /// Another holder, who stands in.
    deputy_id: Option<MemberId>,
}

/// Names a shift's lead and deputy among its holders.
#[utoipa::path(
    tag = "posts",
    params(("id" = i64, Path, description = "a shift")),
    request_body = Lead,
    responses((status = 200, body = ShiftView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[put("/shifts/{id}/lead")]
pub(super) async fn name_lead(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<ShiftId>,
    body: Body<Lead>,
) -> Result<Reply> {
    let (id, scope, now, named) = (*id, by.scope, app.clock.now(), body.value);
    if named.deputy_id == Some(named.member_id) {
        return Err(Error::field("deputy_id", "another_member"));
    }
    app.act(by.member.id, Lane::Shift(id), once.with(&body), move |db| {
        let of = posts::shift_of(db, id)?;
        if !orgs::reaches(db, &scope, of.post.organization_id)? {
            return Err(Error::NotFound);
        }
        let shift = posts::lock_shift(db, id)?;
        posts::rules::check_goes_on(shift.state, shift.ends_at, now)?;
        let holders = store::claims_of_shift(db, id, &ClaimState::ACTIVE)?;
        for member in [Some(named.member_id), named.deputy_id].into_iter().flatten() {
            let Some(claim) = holders.iter().find(|claim| claim.member_id == member) else {
                return Err(Code::LeadNotAHolder.because("member_id", member.0));
            };
            if !posts::is_lead(&shift, member) {
                store::tell_holder(db, claim, Kind::LeadNamed, now)?;
            }
        }
        posts::name_leads(db, id, Some(named.member_id), named.deputy_id)?;
        let shift = posts::shift(db, id)?;
        Ok(Reply::ok(&ShiftView::from(shift))?.tell([Topic::Shift(id).changed()]))
    })
    .await
}
