//! Writing posts: one, or many rows in one step that can be undone.

use actix_web::{delete, post, web};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::bodies::{NewPost, refused_fields};
use super::steps;
use super::views::PostView;
use crate::app::App;
use crate::auth::{OfficerOf, Permission, Publisher};
use crate::clock::Timestamp;
use crate::db::{Db, Lane};
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Once, Reply};
use crate::orgs::{self, OrganizationKind, Scope};
use crate::posts::store::{self, Draft};
use crate::posts::{Audience, PostState, rules};
use crate::units::{BatchId, MemberId, PostId};

/// Writes a post down as a draft.
#[utoipa::path(
    tag = "posts",
    request_body = NewPost,
    responses((status = 201, body = PostView)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/posts")]
pub(super) async fn create(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    body: Body<NewPost>,
) -> Result<Reply> {
    let now = app.clock.now();
    let community = app.grids.organization_at(&app, body.value.position).await?;
    let once = once.with(&body);
    let draft = body.value.check(community, now)?;
    let (scope, member) = (by.scope, by.member.id);
    app.act(member, Lane::Any, once, move |db| {
        check_organizations(db, &scope, &draft)?;
        let id = store::insert_post(db, &draft, member, None, now)?;
        Reply::created(&view(db, &scope, id)?)
    })
    .await
}

/// The publisher is to be in the officer's scope, else nothing is known of it. The audience is to be there: an unknown
/// one would admit nobody.
fn check_organizations(db: &mut Db, scope: &Scope, draft: &Draft) -> Result<()> {
    if !orgs::reaches(db, scope, draft.organization_id)? {
        return Err(Error::NotFound);
    }
    let is_known = match &draft.audience {
        Audience::Everyone => true,
        Audience::Subtree { organization_id } => !orgs::kinds(db, &[*organization_id])?.is_empty(),
        Audience::Units { organization_ids } => {
            let kinds = orgs::kinds(db, organization_ids)?;
            organization_ids.iter().all(|id| kinds.get(id) == Some(&OrganizationKind::Unit))
        }
    };
    if is_known { Ok(()) } else { Err(Error::field("audience", "unknown")) }
}

pub(super) fn view(db: &mut Db, scope: &Scope, id: PostId) -> Result<PostView> {
    let post = store::post_in(db, scope, id)?;
    let shifts = store::shifts_of_posts(db, &[id])?;
    Ok(PostView::new(post, shifts))
}

/// Rows of posts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    /// Only looks what would be made.
    dry_run: bool,
    /// Publishes them at once; else they are drafts.
    #[serde(default)]
    publish: bool,
    /// 1 to 200 posts, each as in `POST /posts`.
    #[schema(value_type = Vec<NewPost>)]
    rows: Vec<Value>,
}

/// What became, or would become, of the rows.
#[derive(Debug, Serialize, ToSchema)]
struct RowsAnswer {
    /// Whether every row fits; only then anything is made.
    fits: bool,
    /// The step, to be undone by `DELETE /posts/batches/{id}`.
    batch_id: Option<BatchId>,
    /// Row by row.
    rows: Vec<RowAnswer>,
}

/// What became, or would become, of one row.
#[derive(Debug, Serialize, ToSchema)]
struct RowAnswer {
    /// Its number, from 1.
    row: usize,
    /// The post that was made.
    post_id: Option<PostId>,
    /// The community in whose grid the place lies.
    community_id: Option<crate::units::OrganizationId>,
    /// Why the row doesn't fit: a code.
    code: Option<&'static str>,
    /// The fields that need another value, with their rules.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    fields: Map<String, Value>,
}

/// Makes many posts in one step: all or, if a row doesn't fit, none. A dry run only looks.
#[utoipa::path(
    tag = "posts",
    request_body = Rows,
    responses((status = 200, body = RowsAnswer), (status = 201, body = RowsAnswer)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[post("/posts/rows")]
pub(super) async fn create_rows(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    body: Body<Rows>,
) -> Result<Reply> {
    let now = app.clock.now();
    let once = once.with(&body);
    let Rows { dry_run, publish, rows } = body.value;
    if !(1..=200).contains(&rows.len()) {
        return Err(Error::field("rows", "1_to_200"));
    }
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        read.push(read_row(&app, row, publish, now).await?);
    }
    let (scope, member) = (by.scope, by.member.id);
    if dry_run {
        let answer = app.store.read(move |db| preview(db, &scope, &read)).await?;
        return Reply::ok(&answer);
    }
    app.act(member, Lane::Any, once, move |db| {
        let mut answer = preview(db, &scope, &read)?;
        if !answer.fits {
            let rows = serde_json::to_value(&answer.rows).map_err(Error::internal)?;
            let fields = serde_json::json!({"rows": "every_row_is_to_fit"});
            let facts = [("fields".to_owned(), fields), ("rows".to_owned(), rows)];
            return Err(Code::FieldInvalid.with(Map::from_iter(facts)));
        }
        make(db, &scope, member, &read, publish, now, &mut answer)?;
        Ok(Reply::created(&answer)?.tell(publish.then(|| Topic::Queue.changed())))
    })
    .await
}

type ReadRow = std::result::Result<Draft, (Code, Map<String, Value>)>;

async fn read_row(app: &App, row: Value, publish: bool, now: Timestamp) -> Result<ReadRow> {
    let checked = match crate::http::parse_value::<NewPost>(&row) {
        Ok(new) => {
            let community = app.grids.organization_at(app, new.position).await?;
            new.check(community, now)
        }
        Err(error) => Err(error),
    };
    let insured = checked.and_then(|draft| {
        if publish {
            rules::check_insurance(
                draft.hazardous,
                draft.insurance_ref.as_deref(),
                draft.insurance_waived_by.as_deref(),
            )?;
        }
        Ok(draft)
    });
    Ok(match insured {
        Ok(draft) => Ok(draft),
        Err(error) if error.code() == Code::InsuranceMissing => Err((Code::InsuranceMissing, Map::new())),
        Err(error) => Err((Code::FieldInvalid, refused_fields(error)?)),
    })
}

fn preview(db: &mut Db, scope: &Scope, rows: &[ReadRow]) -> Result<RowsAnswer> {
    let mut answers = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let (code, fields, community_id) = match row {
            Ok(draft) => match check_organizations(db, scope, draft) {
                Ok(()) => (None, Map::new(), draft.community_id),
                Err(Error::NotFound) => (Some(Code::NotFound), Map::new(), None),
                Err(error) => (Some(Code::FieldInvalid), refused_fields(error)?, None),
            },
            Err((code, fields)) => (Some(*code), fields.clone(), None),
        };
        answers.push(RowAnswer {
            row: index + 1,
            post_id: None,
            community_id,
            code: code.map(Code::as_str),
            fields,
        });
    }
    let fits = answers.iter().all(|answer| answer.code.is_none());
    Ok(RowsAnswer { fits, batch_id: None, rows: answers })
}

fn make(
    db: &mut Db,
    scope: &Scope,
    by: MemberId,
    rows: &[ReadRow],
    publish_them: bool,
    now: Timestamp,
    answer: &mut RowsAnswer,
) -> Result<()> {
    let batch = store::begin_batch(db, by, now)?;
    answer.batch_id = Some(batch);
    for (draft, row) in rows.iter().flatten().zip(&mut answer.rows) {
        let id = store::insert_post(db, draft, by, Some(batch), now)?;
        row.post_id = Some(id);
        if publish_them {
            let post = store::post_in(db, scope, id)?;
            steps::take(db, &post, rules::Step::Publish, None, now)?;
        }
    }
    Ok(())
}

/// Undoes a step that made many posts, while nobody holds a place in them.
#[utoipa::path(
    tag = "posts",
    params(("id" = i64, Path, description = "a batch of rows")),
    responses((status = 204)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[delete("/posts/batches/{id}")]
pub(super) async fn undo_rows(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    once: Once,
    id: web::Path<BatchId>,
) -> Result<Reply> {
    let (batch, scope, now) = (*id, by.scope, app.clock.now());
    app.act(by.member.id, Lane::Any, once, move |db| {
        let posts = store::batch_posts(db, &scope, batch)?;
        if posts.is_empty() {
            return Err(Error::NotFound);
        }
        let held = store::lock_shifts_of(db, posts.iter().map(|(id, _)| *id))?;
        if held {
            return Err(Code::PostHasHolders.reject());
        }
        for (id, was_held) in posts {
            // What someone once claimed stays in their history, called off.
            if was_held {
                let post = store::post_in(db, &scope, id)?;
                store::set_post_state(db, id, post.state, PostState::Cancelled, Some("undone"), now)?;
            } else {
                store::delete_post(db, id)?;
            }
        }
        Ok(Reply::done().tell([Topic::Queue.changed()]))
    })
    .await
}
