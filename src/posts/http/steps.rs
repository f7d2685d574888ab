//! Publishing, pausing and closing a post, and adding shifts to it.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::bodies::{ShiftBody, check_texts};
use super::create;
use super::views::PostView;
use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::clock::Timestamp;
use crate::db::{Db, Lane};
use crate::ephemeral::Topic;
use crate::error::{Code, Fields, Result};
use crate::http::{Body, Once, Reply};
use crate::notify::{self, Kind, Notice, Receiver};
use crate::posts::rules::{self, Step};
use crate::posts::{Post, PostState, store};
use crate::units::PostId;

/// Why an officer does something.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
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

/// Moves a post on. Publishing checks the insurance, and tells the community in whose grid the post lies when another
/// organisation publishes there.
pub(super) fn take(db: &mut Db, post: &Post, step: Step, reason: Option<&str>, now: Timestamp) -> Result<()> {
    let to = rules::after(post.state, step)?;
    if step == Step::Publish {
        rules::check_insurance(
            post.hazardous,
            post.insurance_ref.as_deref(),
            post.insurance_waived_by.as_deref(),
        )?;
    }
    if !store::set_post_state(db, post.id, post.state, to, reason, now)? {
        return Err(Code::PostWrongState.reject());
    }
    let there = post.community_id.filter(|community| *community != post.organization_id);
    if let (Step::Publish, Some(community)) = (step, there) {
        let notice = Notice {
            key: format!("post_in_community:{}", post.id),
            kind: Kind::PostInCommunity,
            to: Receiver::Organization(community),
            payload: serde_json::json!({"post_id": post.id, "organization_id": post.organization_id}),
        };
        notify::tell(db, &notice, now)?;
    }
    Ok(())
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
        take(db, &post, step, because.reason.as_deref(), now)?;
        let view = create::view(db, &scope, id)?;
        let shifts: Vec<_> = view.shifts.iter().map(|shift| Topic::Shift(shift.id).changed()).collect();
        Ok(Reply::ok(&view)?
            .tell(shifts)
            .tell([Topic::Queue.changed(), Topic::Organization(post.organization_id).changed()]))
    })
    .await
}

/// Lets members see and claim a post.
#[utoipa::path(
    tag = "posts",
    params(("id" = i64, Path, description = "a post")),
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
    step(&app, by, once, *id, Because::default(), Step::Publish).await
}

/// Lets nobody claim a post for now; who holds a place keeps it.
#[utoipa::path(
    tag = "posts",
    params(("id" = i64, Path, description = "a post")),
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
    params(("id" = i64, Path, description = "a post")),
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
    params(("id" = i64, Path, description = "a post")),
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
