//! Changes of posts and shifts that concern who holds a place.

use actix_web::{patch, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::claims::store;
use crate::clock::Timestamp;
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Fields, Result};
use crate::geo::{Fence, Outline, Position};
use crate::http::{Body, IfMatch, Once, Reply};
use crate::orgs;
use crate::posts::http::{PostView, ShiftView, check_lists, check_texts};
use crate::posts::{self, NewShift, Post, PostChange, PostState};
use crate::units::{PostId, ShiftId};

/// What of a post is to change; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PostEdit {
    title: Option<String>,
    description: Option<String>,
    place: Option<String>,
    meeting_point: Option<String>,
    bring: Option<String>,
    duties: Option<Vec<String>>,
    skills: Option<Vec<String>>,
    risk_notice: Option<String>,
    insurance_ref: Option<String>,
    insurance_waived_by: Option<String>,
    priority: Option<i32>,
    position: Option<Position>,
    fence: Option<Outline>,
}

impl PostEdit {
    fn check(&self) -> Result<()> {
        let mut fields = Fields::default();
        // Leaving one out keeps it; none of these can be emptied.
        for (name, text) in [
            ("title", &self.title),
            ("insurance_ref", &self.insurance_ref),
            ("insurance_waived_by", &self.insurance_waived_by),
        ] {
            let empty = text.as_ref().is_some_and(|text| text.trim().is_empty());
            fields.require(!empty, name, "required");
        }
        check_texts(
            &mut fields,
            [
                ("title", self.title.as_deref(), 60),
                ("description", self.description.as_deref(), 2_000),
                ("place", self.place.as_deref(), 200),
                ("meeting_point", self.meeting_point.as_deref(), 200),
                ("bring", self.bring.as_deref(), 200),
                ("risk_notice", self.risk_notice.as_deref(), 2_000),
                ("insurance_ref", self.insurance_ref.as_deref(), 200),
                ("insurance_waived_by", self.insurance_waived_by.as_deref(), 200),
            ],
        );
        check_lists(&mut fields, self.duties.as_deref(), self.skills.as_deref());
        fields.require(
            self.priority.is_none_or(|priority| (0..=2).contains(&priority)),
            "priority",
            "0_to_2",
        );
        fields.into_result()
    }

    /// Whether who comes is to come elsewhere.
    fn moves(&self, post: &Post) -> bool {
        self.position.is_some_and(|position| position != post.position)
            || self.fence.as_ref().is_some_and(|fence| *fence != post.fence)
            || self.place.as_ref().is_some_and(|place| *place != post.place)
            || self.meeting_point.as_ref().is_some_and(|point| *point != post.meeting_point)
    }

    fn texts(&self) -> Result<PostChange> {
        let mut change = PostChange {
            title: self.title.as_ref().map(|title| title.trim().to_owned()),
            description: self.description.clone(),
            place: self.place.clone(),
            meeting_point: self.meeting_point.clone(),
            bring: self.bring.clone(),
            risk_notice: self.risk_notice.clone(),
            insurance_ref: self.insurance_ref.clone(),
            insurance_waived_by: self.insurance_waived_by.clone(),
            priority: self.priority,
            ..PostChange::default()
        };
        change.lists(self.duties.as_deref(), self.skills.as_deref())?;
        Ok(change)
    }
}

/// Changes a post. Holders are told when its place changes, and may then give their places back freely.
#[utoipa::path(
    tag = "posts",
    request_body = PostEdit,
    params(("id" = i64, Path, description = "a post"), ("If-Match" = String, Header, description = "the version that the edit is based on")),
    responses((status = 200, body = PostView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[patch("/posts/{id}")]
pub(super) async fn change_post(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    version: IfMatch,
    id: web::Path<PostId>,
    body: Body<PostEdit>,
) -> Result<Reply> {
    let once = once.with(&body);
    let (id, scope, now, edit) = (*id, by.scope, app.clock.now(), body.value);
    edit.check()?;
    let community = match edit.position {
        Some(position) => app.grids.organization_at(&app, position).await?,
        None => None,
    };
    app.act(by.member.id, Lane::Any, once, move |db| {
        let post = posts::post_in(db, &scope, id)?;
        version.check(post.version)?;
        if matches!(post.state, PostState::Closed | PostState::Cancelled) {
            return Err(Code::PostWrongState.reject());
        }
        let mut change = edit.texts()?;
        if edit.position.is_some() || edit.fence.is_some() {
            let at = edit.position.unwrap_or(post.position);
            let fence = edit.fence.as_ref().unwrap_or(&post.fence);
            Fence::new(at, fence).map_err(|defect| Error::field("fence", defect.into()))?;
            change.place_at(
                at,
                fence,
                if edit.position.is_some() { community } else { post.community_id },
            )?;
        }
        if !posts::change_post(db, id, post.version, &change)? {
            return Err(Code::VersionMovedOn.reject());
        }
        if edit.moves(&post) && post.state != PostState::Draft {
            store::place_moved(db, id, now)?;
        }
        let shifts = posts::shifts_of_posts(db, &[id])?;
        let events: Vec<_> = shifts.iter().map(|shift| Topic::Shift(shift.id).changed()).collect();
        let view = PostView::new(posts::post_in(db, &scope, id)?, shifts);
        Ok(Reply::ok(&view)?.tell(events).tell([Topic::Queue.changed()]))
    })
    .await
}

/// What of a shift is to change; what is left out stays.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShiftEdit {
    starts_at: Option<Timestamp>,
    ends_at: Option<Timestamp>,
    capacity: Option<i32>,
}

/// Changes a shift. Holders are told when its time changes, and may then give their places back freely.
#[utoipa::path(
    tag = "posts",
    request_body = ShiftEdit,
    params(("id" = i64, Path, description = "a shift"), ("If-Match" = String, Header, description = "the version that the edit is based on")),
    responses((status = 200, body = ShiftView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[patch("/shifts/{id}")]
pub(super) async fn change_shift(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    version: IfMatch,
    id: web::Path<ShiftId>,
    body: Body<ShiftEdit>,
) -> Result<Reply> {
    let (id, scope, now, edit) = (*id, by.scope, app.clock.now(), body.value);
    app.act(by.member.id, Lane::Shift(id), once.with(&body), move |db| {
        let of = posts::shift_of(db, id)?;
        if !orgs::reaches(db, &scope, of.post.organization_id)? {
            return Err(Error::NotFound);
        }
        let to = NewShift {
            starts_at: edit.starts_at.unwrap_or(of.shift.starts_at),
            ends_at: edit.ends_at.unwrap_or(of.shift.ends_at),
            capacity: edit.capacity.unwrap_or(of.shift.capacity),
        };
        version.check(of.shift.version)?;
        posts::rules::check_goes_on(of.shift.state, of.shift.ends_at, now)?;
        let mut fields = Fields::default();
        posts::rules::check_shift(&mut fields, "", to.starts_at, to.ends_at, to.capacity);
        fields.require(to.ends_at > now, "ends_at", "in_the_future");
        fields.into_result()?;
        let shift = store::move_shift(db, id, to, of.shift.version, now)?;
        Ok(Reply::ok(&ShiftView::from(shift))?.tell([Topic::Shift(id).changed(), Topic::Queue.changed()]))
    })
    .await
}
