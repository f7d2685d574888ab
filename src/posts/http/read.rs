//! Reading posts.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::views::PostView;
use crate::app::App;
use crate::auth::{Member, OfficerOf, Permission, Publisher};
use crate::error::{Error, Result};
use crate::http::{Reply, page};
use crate::posts::PostState;
use crate::posts::store;
use crate::units::{OrganizationId, PostId};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PostQuery {
    /// Only of publishers at or below this organisation.
    organization_id: Option<OrganizationId>,
    /// Only those with a shift on this day in China.
    day: Option<NaiveDate>,
    /// Only in this state.
    state: Option<PostState>,
    /// Rows a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Posts in the officer's scope with their shifts, newest first.
#[utoipa::path(
    tag = "posts",
    params(PostQuery),
    responses((status = 200, body = page::Page<PostView>)),
    extensions(("x-daogang-roles" = json!(OfficerOf::<Publisher>::ROLES)))
)]
#[get("/posts")]
pub(super) async fn list(
    app: web::Data<App>,
    by: OfficerOf<Publisher>,
    query: web::Query<PostQuery>,
) -> Result<Reply> {
    let query = query.into_inner();
    let limit = page::limit(query.limit)?;
    let before: Option<PostId> = page::place(query.cursor.as_deref())?;
    let page = app
        .store
        .read(move |db| {
            let posts =
                store::posts_in(db, &by.scope, query.organization_id, query.day, query.state, before, limit)?;
            let page = page::Page::cut(posts, limit, |post| post.id);
            let ids: Vec<_> = page.items.iter().map(|post| post.id).collect();
            let shifts = store::shifts_of_posts(db, &ids)?;
            Ok(page.map(|post| {
                let own: Vec<_> = shifts.iter().filter(|shift| shift.post_id == post.id).cloned().collect();
                PostView::new(post, own)
            }))
        })
        .await?;
    Reply::ok(&page)
}

/// A post with its shifts. Its publisher's officers see drafts too.
#[utoipa::path(
    tag = "posts",
    params(("id" = i64, Path, description = "a post")),
    responses((status = 200, body = PostView)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/posts/{id}")]
pub(super) async fn one(app: web::Data<App>, by: Member, id: web::Path<PostId>) -> Result<Reply> {
    let id = *id;
    let scope = OfficerOf::<Publisher>::of(by).map(|officer| officer.scope);
    let view = app
        .store
        .read(move |db| {
            let post = match store::post(db, id) {
                Err(Error::NotFound) => match &scope {
                    Some(scope) => store::post_in(db, scope, id)?,
                    None => return Err(Error::NotFound),
                },
                other => other?,
            };
            let shifts = store::shifts_of_posts(db, &[id])?;
            Ok(PostView::new(post, shifts))
        })
        .await?;
    Reply::ok(&view)
}
