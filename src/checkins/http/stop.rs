//! Stopping and calling off.

use actix_web::{post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::checkins::stop::{self, Ending, Left};
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Once, Reply};
use crate::orgs;
use crate::posts::http::{PostView, ShiftView};
use crate::posts::rules::Step;
use crate::posts::{self, Category, ShiftState, SiteLead};
use crate::rules::Rules;
use crate::units::{PostId, ShiftId};

/// Why something ends before its time.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReasonBody {
    /// 1 to 200 characters.
    reason: String,
}

fn checked(reason: &str) -> Result<String> {
    let reason = reason.trim();
    if (1..=200).contains(&reason.chars().count()) {
        Ok(reason.to_owned())
    } else {
        Err(Error::field("reason", "1_to_200_characters"))
    }
}

/// Calls a post off and tells everyone who holds a place.
#[utoipa::path(
    tag = "posts",
    params(("id" = i64, Path, description = "a post")),
    request_body = ReasonBody,
    responses((status = 200, body = PostView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/posts/{id}/cancel")]
pub(super) async fn cancel_post(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<PostId>,
    body: Body<ReasonBody>,
) -> Result<Reply> {
    let (id, scope, now) = (*id, by.scope, app.clock.now());
    let reason = checked(&body.value.reason)?;
    let ending = Ending { to: ShiftState::Cancelled, by: by.member.id, reason, now };
    app.act(by.member.id, Lane::Any, once.with(&body), move |db| {
        let post = posts::post_in(db, &scope, id)?;
        let to = posts::rules::after(post.state, Step::Cancel)?;
        if !posts::set_post_state(db, id, post.state, to, Some(&ending.reason), now)? {
            return Err(Code::PostWrongState.reject());
        }
        let mut left = Left::default();
        let mut shifts = posts::shifts_of_posts(db, &[id])?;
        shifts.sort_by_key(|shift| shift.id);
        for shift in shifts.iter().filter(|shift| shift.state == ShiftState::Open && now < shift.ends_at) {
            stop::end(db, shift.id, &ending, &mut left)?;
        }
        left.write(db, now)?;
        let view = PostView::new(posts::post_in(db, &scope, id)?, posts::shifts_of_posts(db, &[id])?);
        Ok(Reply::ok(&view)?.tell(left.events).tell([Topic::Queue.changed()]))
    })
    .await
}

/// Calls one shift off and tells everyone who holds a place.
#[utoipa::path(
    tag = "posts",
    params(("id" = i64, Path, description = "a shift")),
    request_body = ReasonBody,
    responses((status = 200, body = ShiftView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/shifts/{id}/cancel")]
pub(super) async fn cancel_shift(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<ShiftId>,
    body: Body<ReasonBody>,
) -> Result<Reply> {
    let (id, scope, now) = (*id, by.scope, app.clock.now());
    let reason = checked(&body.value.reason)?;
    let ending = Ending { to: ShiftState::Cancelled, by: by.member.id, reason, now };
    app.act(by.member.id, Lane::Shift(id), once.with(&body), move |db| {
        let of = posts::shift_of(db, id)?;
        if !orgs::reaches(db, &scope, of.post.organization_id)? {
            return Err(Error::NotFound);
        }
        end_one(db, id, &ending)
    })
    .await
}

fn end_one(db: &mut crate::db::Db, id: ShiftId, ending: &Ending) -> Result<Reply> {
    let mut left = Left::default();
    stop::end(db, id, ending, &mut left)?;
    left.write(db, ending.now)?;
    let view = ShiftView::from(posts::shift(db, id)?);
    Ok(Reply::ok(&view)?.tell(left.events))
}

/// Stops one shift for danger, by whoever is in charge.
#[utoipa::path(
    tag = "check-in",
    params(("id" = ShiftId, Path)),
    request_body = ReasonBody,
    responses((status = 200, body = ShiftView)),
    extensions(("x-daogang-roles" = json!(SiteLead::ROLES)))
)]
#[post("/shifts/{id}/stop")]
pub(super) async fn stop_shift(
    app: web::Data<App>,
    by: SiteLead,
    once: Once,
    body: Body<ReasonBody>,
) -> Result<Reply> {
    let (id, now) = (by.shift, app.clock.now());
    let reason = checked(&body.value.reason)?;
    let ending = Ending { to: ShiftState::Stopped, by: by.member.id, reason, now };
    app.act(by.member.id, Lane::Shift(id), once.with(&body), move |db| end_one(db, id, &ending)).await
}

/// What is stopped.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Stop {
    /// Today or tomorrow, in China.
    day: NaiveDate,
    /// Only this category.
    category: Option<Category>,
    /// Only these posts.
    post_ids: Option<Vec<PostId>>,
    /// 1 to 200 characters: rain, dust, cold, police.
    reason: String,
}

/// What was stopped.
#[derive(Debug, Serialize, ToSchema)]
struct Stopped {
    /// The shifts that were stopped.
    shift_ids: Vec<ShiftId>,
    /// The places that were called off.
    cancelled: usize,
    /// The members who were checked out.
    checked_out: usize,
}

/// Stops the shifts of today or tomorrow in the officer's scope: all, by category or by post. Sent again it stops what is
/// still left.
#[utoipa::path(
    tag = "posts",
    request_body = Stop,
    responses((status = 200, body = Stopped)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/stop")]
pub(super) async fn stop_day(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    body: Body<Stop>,
) -> Result<Reply> {
    let Stop { day, category, post_ids, reason } = body.value;
    let now = app.clock.now();
    let ahead = day.signed_duration_since(now.day()).num_days();
    if !(0..i64::from(Rules::of_day(now.day()).posts.stop_days)).contains(&ahead) {
        return Err(Error::field("day", "today_or_tomorrow"));
    }
    let ending = Ending { to: ShiftState::Stopped, by: by.member.id, reason: checked(&reason)?, now };
    let scope = by.scope;
    let wanted = app
        .store
        .read(move |db| posts::shifts_on(db, &scope, day, category, post_ids.as_deref(), now))
        .await?;
    let mut stopped = Stopped { shift_ids: Vec::new(), cancelled: 0, checked_out: 0 };
    let mut events = Vec::new();
    // A unit of work a shift: a city's rainy morning in one would hold everyone else up.
    let mut failure = None;
    for id in wanted {
        match stop_one(&app, id, ending.clone()).await {
            Ok(left) => {
                stopped.shift_ids.push(id);
                stopped.cancelled += left.cancelled;
                stopped.checked_out += left.checked_out;
                events.extend(left.events);
            }
            // Someone else stopped it meanwhile.
            Err(error) if error.code() == Code::ShiftEnded => {}
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    app.tell(&events).await;
    match failure {
        Some(error) => Err(error),
        None => Reply::ok(&stopped),
    }
}

async fn stop_one(app: &App, id: ShiftId, ending: Ending) -> Result<Left> {
    app.store
        .write(Lane::Shift(id), move |db| {
            let mut left = Left::default();
            stop::end(db, id, &ending, &mut left)?;
            left.write(db, ending.now)?;
            Ok(left)
        })
        .await
}
