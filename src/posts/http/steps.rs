//! Publishing, pausing and closing a post, and adding shifts to it.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::bodies::{ShiftBody, check_texts};
use super::create;
use super::views::PostView;
use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::{Code, Fields, Result};
use crate::http::{Body, Once, Reply};
use crate::posts::rules::{self, Step};
use crate::posts::{PostState, store};
use crate::units::PostId;

/// Why an officer does something.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Because {
    /// At most 200 characters.
    #[serde(default)]
    reason: Option<String>,
}

impl Because {
    fn check(&self) -> Result<()> {
        let mut fields = Fields::default();
        check_texts(&mut fields, [("reason", self.reason.as_deref(), 200)]);
        fields.into_result()
    }
}

/// Lets members see and claim a post.
#[utoipa::path(
    tag = "posts",
    responses((status = 200, body = PostView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/posts/{id}/publish")]
pub(super) async fn publish(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<PostId>,
) -> Result<Reply> {
    let (id, scope, now) = (*id, by.scope, app.clock.now());
    app.act(by.member.id, Lane::Any, once, move |db| {
        let post = store::post_in(db, &scope, id)?;
        create::publish(db, &post, now)?;
        let view = create::view(db, &scope, id)?;
        let shifts: Vec<_> = view.shifts.iter().map(|shift| Topic::Shift(shift.id).changed()).collect();
        Ok(Reply::ok(&view)?
            .tell(shifts)
            .tell([Topic::Queue.changed(), Topic::Organization(post.organization_id).changed()]))
    })
    .await
}

async fn step(
    app: &App,
    by: OfficerOf<Publisher>,
    once: Once,
    id: PostId,
    because: Because,
    step: Step,
) -> Result<Reply> {
    because.check()?;
    let (scope, now) = (by.scope, app.clock.now());
    app.act(by.member.id, Lane::Any, once, move |db| {
        let post = store::post_in(db, &scope, id)?;
        let to = rules::after(post.state, step)?;
        if !store::set_post_state(db, id, post.state, to, because.reason.as_deref(), now)? {
            return Err(Code::PostWrongState.reject());
        }
        let view = create::view(db, &scope, id)?;
        let shifts: Vec<_> = view.shifts.iter().map(|shift| Topic::Shift(shift.id).changed()).collect();
        Ok(Reply::ok(&view)?
            .tell(shifts)
            .tell([Topic::Queue.changed(), Topic::Organization(post.organization_id).changed()]))
    })
    .await
}

/// Lets nobody claim a post for now; who holds a place keeps it.
#[utoipa::path(
    tag = "posts",
    request_body = Because,
    responses((status = 200, body = PostView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/posts/{id}/pause")]
pub(super) async fn pause(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<PostId>,
    body: Body<Because>,
) -> Result<Reply> {
    let once = once.with(&body);
    step(&app, by, once, *id, body.value, Step::Pause).await
}

/// Ends a post; who holds a place keeps it.
#[utoipa::path(
    tag = "posts",
    request_body = Because,
    responses((status = 200, body = PostView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/posts/{id}/close")]
pub(super) async fn close(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<PostId>,
    body: Body<Because>,
) -> Result<Reply> {
    let once = once.with(&body);
    step(&app, by, once, *id, body.value, Step::Close).await
}

/// Adds a shift to a post.
#[utoipa::path(
    tag = "posts",
    request_body = ShiftBody,
    responses((status = 201, body = PostView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/posts/{id}/shifts")]
pub(super) async fn add_shift(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<PostId>,
    body: Body<ShiftBody>,
) -> Result<Reply> {
    let (id, scope, now, shift) = (*id, by.scope, app.clock.now(), body.value);
    let mut fields = Fields::default();
    rules::check_shift(&mut fields, "", shift.starts_at, shift.ends_at, shift.capacity);
    fields.require(shift.ends_at > now, "ends_at", "in_the_future");
    fields.into_result()?;
    app.act(by.member.id, Lane::Any, once.with(&body), move |db| {
        let post = store::post_in(db, &scope, id)?;
        if matches!(post.state, PostState::Closed | PostState::Cancelled) {
            return Err(Code::PostWrongState.reject());
        }
        if store::shifts_of_posts(db, &[id])?.len() >= 100 {
            return Err(crate::error::Error::field("shifts", "1_to_100"));
        }
        let shift = store::insert_shift(db, id, shift.into())?;
        Ok(Reply::created(&create::view(db, &scope, id)?)?
            .tell([Topic::Shift(shift).changed(), Topic::Queue.changed()]))
    })
    .await
}
