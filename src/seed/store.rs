//! Stores the demo city's rows, many at a time.

use diesel::prelude::*;

use super::plan::Plan;
use super::{DemoToken, Options};
use crate::accounts::{CONSENT_VERSION, Standing, http::PHONE, rules};
use crate::auth::Token;
use crate::clock::Timestamp;
use crate::crypto::{self, Keys};
use crate::db::{Db, migrate};
use crate::each_backend;
use crate::error::{Error, Result};
use crate::orgs::{GridLevel, OrganizationKind, Role};
use crate::schema::{
    accounts, claims, consents, grids, members, organization_ancestors, organizations, posts, roles,
    sessions, shifts,
};
use crate::units::{GridId, MemberId, OrganizationId, PostId, ShiftId};

/// The longest row has 33 columns, and SQLite takes 32,766 values in one statement.
const ROWS: usize = 900;

/// Inserts rows in chunks. Diesel inserts several rows at once on the concrete connections only.
macro_rules! insert {
    ($db:expr, $table:path, $rows:expr) => {
        for chunk in $rows.collect::<Vec<_>>().chunks(ROWS) {
            each_backend!($db, |conn| diesel::insert_into($table).values(chunk).execute(conn))?;
        }
    };
}

#[derive(Insertable)]
#[diesel(table_name = organizations, treat_none_as_default_value = false)]
struct OrganizationRow<'a> {
    id: OrganizationId,
    parent_id: Option<OrganizationId>,
    kind: OrganizationKind,
    code: Option<&'a str>,
    name: &'a str,
    name_key: &'a str,
    created_at: Timestamp,
}

#[derive(Insertable)]
#[diesel(table_name = grids, treat_none_as_default_value = false)]
struct GridRow<'a> {
    id: GridId,
    parent_id: Option<GridId>,
    organization_id: OrganizationId,
    level: GridLevel,
    code: &'a str,
    name: &'a str,
    polygon: String,
    min_lat: f64,
    min_lon: f64,
    max_lat: f64,
    max_lon: f64,
}

#[derive(Insertable)]
#[diesel(table_name = members, treat_none_as_default_value = false)]
struct MemberRow<'a> {
    id: MemberId,
    name: &'a str,
    name_key: &'a str,
    standing: Standing,
    unit_id: Option<OrganizationId>,
    branch_id: Option<OrganizationId>,
    community_id: OrganizationId,
    phone_cipher: Vec<u8>,
    phone_key_id: i64,
    phone_index: Vec<u8>,
    created_at: Timestamp,
}

#[derive(Insertable)]
#[diesel(table_name = posts, treat_none_as_default_value = false)]
struct PostRow<'a> {
    id: PostId,
    organization_id: OrganizationId,
    community_id: OrganizationId,
    created_by: MemberId,
    category: &'a str,
    title: &'a str,
    description: &'a str,
    place: &'a str,
    meeting_point: &'a str,
    bring: &'a str,
    duties: String,
    skills: String,
    lat: f64,
    lon: f64,
    datum: &'static str,
    radius_m: Option<i32>,
    polygon: Option<&'a str>,
    methods: String,
    opens_before_min: i32,
    fair_counts: bool,
    hazardous: bool,
    risk_notice: &'a str,
    insurance_ref: Option<&'a str>,
    audience: String,
    priority: i32,
    state: &'static str,
    created_at: Timestamp,
    published_at: Timestamp,
}

/// Refuses a database that someone lives in: a demonstration mixed with real people helps nobody.
///
/// # Errors
/// When it holds members or organisations.
pub(super) fn refuse_inhabited(db: &mut Db) -> Result<()> {
    let members: i64 = members::table.count().get_result(db)?;
    let organizations: i64 = organizations::table.count().get_result(db)?;
    if members + organizations > 0 {
        return Err(Error::internal(format!(
            "this database holds {members} members and {organizations} organisations already; the demo city needs \
             an empty one: name another in DATABASE_URL, or move this one away"
        )));
    }
    Ok(())
}

/// Stores everything or nothing.
///
/// # Errors
/// When the database can't be written.
pub(super) fn put(
    db: &mut Db,
    keys: &Keys,
    plan: &Plan,
    password_hash: &str,
    tokens: &[DemoToken],
    options: &Options,
) -> Result<()> {
    db.transaction(|db| {
        put_city(db, plan)?;
        put_people(db, keys, plan)?;
        put_accounts(db, plan, password_hash, tokens, options.now)?;
        put_posts(db, plan)?;
        put_claims(db, plan)?;
        continue_ids(db)?;
        migrate::put(db, "demonstration", "1")?;
        migrate::put(db, "demo_from", &options.from.to_string())
    })
}

fn put_city(db: &mut Db, plan: &Plan) -> Result<()> {
    let tree = &plan.tree;
    insert!(
        db,
        organizations::table,
        tree.all().iter().map(|organization| OrganizationRow {
            id: organization.id,
            parent_id: organization.parent,
            kind: organization.kind,
            code: organization.code.as_deref(),
            name: &organization.name,
            name_key: &organization.name_key,
            created_at: plan.began_at,
        })
    );
    insert!(
        db,
        organization_ancestors::table,
        tree.all().iter().flat_map(|organization| {
            tree.upwards(organization.id).map(|ancestor| {
                (
                    organization_ancestors::ancestor_id.eq(ancestor),
                    organization_ancestors::descendant_id.eq(organization.id),
                )
            })
        })
    );
    insert!(
        db,
        grids::table,
        plan.city.places().iter().filter_map(|place| {
            let [min_lat, min_lon, max_lat, max_lon] = place.ends()?;
            Some(GridRow {
                id: place.id,
                parent_id: place.parent,
                organization_id: place.organization(),
                level: place.level,
                code: &place.code,
                name: &place.name,
                polygon: place.geojson(),
                min_lat,
                min_lon,
                max_lat,
                max_lon,
            })
        })
    );
    Ok(())
}

fn put_people(db: &mut Db, keys: &Keys, plan: &Plan) -> Result<()> {
    let missing = || Error::internal("there is no key to seal with");
    let rows = plan.people.all().iter().map(|person| {
        let sealed = crypto::seal(keys, PHONE, &person.phone).ok_or_else(missing)?;
        Ok(MemberRow {
            id: person.id,
            name: &person.name,
            name_key: &person.name_key,
            standing: person.standing,
            unit_id: person.unit,
            branch_id: person.branch,
            community_id: person.community,
            phone_cipher: sealed.bytes,
            phone_key_id: sealed.key_id,
            phone_index: crypto::phone_index(keys, &person.phone).ok_or_else(missing)?,
            created_at: plan.began_at,
        })
    });
    insert!(db, members::table, rows.collect::<Result<Vec<_>>>()?.into_iter());
    let consenting = plan.people.all().iter().filter(|person| person.consents);
    insert!(
        db,
        consents::table,
        consenting.filter_map(|person| Some((
            consents::member_id.eq(person.id),
            consents::receiver_id.eq(person.unit?),
            consents::version.eq(CONSENT_VERSION),
            consents::given_at.eq(plan.began_at),
        )))
    );
    let held = plan.people.all().iter().filter_map(|person| Some((person.id, person.held?)));
    insert!(
        db,
        roles::table,
        held.map(|(member, (role, organization)): (MemberId, (Role, OrganizationId))| (
            roles::member_id.eq(member),
            roles::role.eq(role),
            roles::organization_id.eq(organization),
            roles::granted_at.eq(plan.began_at),
        ))
    );
    Ok(())
}

fn put_accounts(
    db: &mut Db,
    plan: &Plan,
    password_hash: &str,
    tokens: &[DemoToken],
    now: Timestamp,
) -> Result<()> {
    let logins = plan.people.all().iter().filter_map(|person| Some((person.id, person.login.as_ref()?)));
    insert!(
        db,
        accounts::table,
        logins.map(|(member, login)| (
            accounts::member_id.eq(member),
            accounts::account.eq(&login.account),
            accounts::password_hash.eq(password_hash),
            accounts::created_at.eq(plan.began_at),
        ))
    );
    insert!(
        db,
        sessions::table,
        tokens.iter().map(|token| (
            sessions::member_id.eq(token.member_id),
            sessions::token_hash.eq(Token::shown(&token.token).hash().to_vec()),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(rules::expires_at(token.role.held().is_some(), now, now)),
        ))
    );
    Ok(())
}

fn put_posts(db: &mut Db, plan: &Plan) -> Result<()> {
    let list = |lines: &[String]| serde_json::Value::from(lines).to_string();
    insert!(
        db,
        posts::table,
        plan.posts.iter().map(|post| PostRow {
            id: post.id,
            organization_id: post.organization,
            community_id: post.community,
            created_by: post.created_by,
            category: &post.category,
            title: &post.title,
            description: &post.description,
            place: &post.place,
            meeting_point: &post.meeting_point,
            bring: &post.bring,
            duties: list(&post.duties),
            skills: list(&post.skills),
            lat: post.at.y,
            lon: post.at.x,
            datum: "wgs84",
            radius_m: post.radius_m,
            polygon: post.polygon.as_deref(),
            methods: list(&post.methods),
            opens_before_min: 30,
            fair_counts: false,
            hazardous: post.insurance_ref.is_some(),
            risk_notice: &post.risk_notice,
            insurance_ref: post.insurance_ref.as_deref(),
            audience: post.audience.to_json(),
            priority: post.priority,
            state: "published",
            created_at: post.published_at.minus(chrono::TimeDelta::hours(2)),
            published_at: post.published_at,
        })
    );
    insert!(
        db,
        shifts::table,
        plan.shifts.iter().enumerate().map(|(number, shift)| (
            shifts::id.eq(shift.id),
            shifts::post_id.eq(plan.posts[shift.post].id),
            shifts::starts_at.eq(shift.starts_at),
            shifts::ends_at.eq(shift.ends_at),
            shifts::capacity.eq(shift.capacity),
            shifts::taken.eq(plan.taken(number) as i32),
            shifts::state.eq("open"),
            shifts::lead_id.eq(plan.posts[shift.post].lead),
        ))
    );
    Ok(())
}

fn put_claims(db: &mut Db, plan: &Plan) -> Result<()> {
    let claimed = plan.claims.iter().map(|claim| (claim, &plan.shifts[claim.shift]));
    insert!(
        db,
        claims::table,
        claimed.map(|(claim, shift): (_, &super::posts::Shift)| {
            let shift_id: ShiftId = shift.id;
            (
                claims::shift_id.eq(shift_id),
                claims::member_id.eq(claim.member),
                claims::state.eq("held"),
                claims::starts_at.eq(shift.starts_at),
                claims::ends_at.eq(shift.ends_at),
                claims::served_as.eq("individual"),
                claims::claimed_at.eq(claim.claimed_at),
                claims::changed_at.eq(claim.claimed_at),
            )
        })
    );
    Ok(())
}

/// PostgreSQL counts on from what it gave out itself, so it is told of the ids that were given here.
fn continue_ids(db: &mut Db) -> Result<()> {
    let Db::Pg(conn) = db else { return Ok(()) };
    for table in ["organizations", "grids", "members", "posts", "shifts"] {
        let statement =
            format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))");
        diesel::sql_query(statement).execute(conn)?;
    }
    Ok(())
}
