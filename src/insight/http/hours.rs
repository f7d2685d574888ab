//! The route by which a unit officer reads, or takes along, the hours of the unit's own members.

use actix_web::http::header::{
    ACCEPT, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::{Either, HttpRequest, HttpResponse, get, web};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::accounts;
use crate::app::App;
use crate::auth::{OfUnit, OfficerOf, Permission};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::http::{Reply, page};
use crate::insight::rules::{Figures, UnitMember};
use crate::insight::{MemberHours, rules, store, xlsx};
use crate::ledger::{self, Period};
use crate::rules::Rules;
use crate::units::{MemberId, OrganizationId};

/// Members whose numbers are read at once for a workbook.
const CHUNK: usize = 500;

#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HoursQuery {
    /// The year in China; this one unless given.
    year: Option<i32>,
    /// A quarter of it, 1 to 4; the whole year unless given.
    quarter: Option<u32>,
    /// Rows a page, 1 to 100; a workbook holds all of them.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// The hours of a unit's own members, by the spelling of their names, never by hours. With the media type of XLSX in
/// `Accept`, all of them as a workbook, which asks for a sign-in within 15 minutes.
#[utoipa::path(
    tag = "insight",
    params(("id" = OrganizationId, Path, description = "the unit"), HoursQuery),
    responses((status = 200, content(
        (page::Page<MemberHours> = "application/json"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ))),
    extensions(("x-daogang-roles" = json!(OfficerOf::<OfUnit>::ROLES)))
)]
#[get("/organizations/{id}/hours")]
pub(super) async fn hours(
    app: web::Data<App>,
    request: HttpRequest,
    by: OfficerOf<OfUnit>,
    id: web::Path<OrganizationId>,
    query: web::Query<HoursQuery>,
) -> Result<Either<Reply, HttpResponse>> {
    let query = query.into_inner();
    let limit = page::limit(query.limit)?;
    // Only an id stands in a cursor: a name's spelling would get into URLs.
    let after: Option<MemberId> = page::place(query.cursor.as_deref())?;
    let now = app.clock.now();
    let wanted = Wanted::of(*id, &query, now)?;
    if wants_workbook(&request) {
        return export(&app, by, wanted).await.map(Either::Right);
    }
    let read = move |db: &mut Db| {
        store::unit_name(db, &by.scope, wanted.unit)?;
        let after = match after {
            Some(member) => Some(wanted.place_of(db, member)?),
            None => None,
        };
        let members = store::members_of(db, wanted.unit, after.as_ref(), limit + 1)?;
        let page = page::Page::cut(members, limit, |member| member.id);
        let figures = wanted.figures(db, &page.items)?;
        Ok(page.map(|member| rules::row(member, &figures)))
    };
    Reply::ok(&app.store.read(read).await?).map(Either::Left)
}

/// Whose hours are asked for, and of when.
#[derive(Clone, Debug)]
struct Wanted {
    unit: OrganizationId,
    period: Period,
    /// The period as pages write it.
    title: String,
    rules: &'static Rules,
}

impl Wanted {
    fn of(unit: OrganizationId, query: &HoursQuery, now: Timestamp) -> Result<Self> {
        let year = query.year.unwrap_or(now.year());
        let period = Period::of(year, query.quarter)?;
        let title = match query.quarter {
            Some(quarter) => format!("{year}年第{quarter}季度"),
            None => format!("{year}年"),
        };
        Ok(Self { unit, period, title, rules: Rules::of_day(now.day()) })
    }

    fn place_of(&self, db: &mut Db, member: MemberId) -> Result<(String, MemberId)> {
        store::place_of(db, self.unit, member)?.ok_or_else(|| Error::field("cursor", "unknown"))
    }

    /// The numbers of those members who let the unit see them; the others' are never read.
    fn figures(&self, db: &mut Db, members: &[UnitMember]) -> Result<Figures> {
        let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
        let consenting = accounts::consenting(db, self.unit, &ids)?;
        let balances = ledger::balances(db, &consenting, self.period)?;
        let uncounted = store::uncounted(db, &consenting, self.period)?;
        let waiting = rules::waiting(&uncounted, &self.rules.ledger);
        Ok(Figures { consenting: consenting.into_iter().collect(), balances, waiting })
    }

    /// All rows, read in chunks.
    fn all(&self, db: &mut Db) -> Result<Vec<MemberHours>> {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let members = store::members_of(db, self.unit, after.as_ref(), CHUNK)?;
            let Some(last) = members.last() else { return Ok(rows) };
            after = Some((last.name_key.clone(), last.id));
            let figures = self.figures(db, &members)?;
            rows.extend(members.into_iter().map(|member| rules::row(member, &figures)));
        }
    }
}

async fn export(app: &App, by: OfficerOf<OfUnit>, wanted: Wanted) -> Result<HttpResponse> {
    by.member.signed_in_lately(app)?;
    let (member, unit, title) = (by.member.id, wanted.unit, wanted.title.clone());
    let read = move |db: &mut Db| {
        let name = store::unit_name(db, &by.scope, wanted.unit)?;
        Ok((name, wanted.all(db)?))
    };
    let (name, rows) = app.store.read(read).await?;
    tracing::info!(%member, organization = %unit, period = title, rows = rows.len(), "hours exported");
    let file = format!("{name} {title} 服务时长.xlsx");
    let bytes = web::block(move || xlsx::workbook(&title, &rows))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    Ok(HttpResponse::Ok().content_type(xlsx::MEDIA_TYPE).insert_header(attachment(file)).body(bytes))
}

fn wants_workbook(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains(xlsx::MEDIA_TYPE))
}

/// Names the file, which may hold Chinese.
fn attachment(file: String) -> ContentDisposition {
    let name = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: file.into_bytes(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::FilenameExt(name)],
    }
}
