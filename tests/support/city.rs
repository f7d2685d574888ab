//! A small city: one street with two communities, two units, and someone for every role.
//!
//! ```text
//! 1 兰州市 ─ 2 城关区 ─ 3 东岗街道 ┬ 4 盘旋路社区   amina, chen, dilnur live here; gao is its officer
//!          │                      └ 5 渭源路社区   bolat, fang live here; hu is its officer
//!          ├ 6 市图书馆 (unit)   amina, bolat; jin is its officer
//!          └ 7 第五中学 (unit)   chen, fang; qiao is its officer
//! ```

use std::sync::LazyLock;

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use daogang::accounts::Standing;
use daogang::auth::Token;
use daogang::clock::Timestamp;
use daogang::db::Db;
use daogang::orgs::{OrganizationKind, Role};
use daogang::schema::{
    accounts, consents, grids, members, organization_ancestors, organizations, roles, sessions,
};
use daogang::units::{MemberId, OrganizationId};
use diesel::prelude::*;

pub const CITY: OrganizationId = OrganizationId(1);
pub const DISTRICT: OrganizationId = OrganizationId(2);
pub const STREET: OrganizationId = OrganizationId(3);
pub const PANXUAN: OrganizationId = OrganizationId(4);
pub const WEIYUAN: OrganizationId = OrganizationId(5);
pub const LIBRARY: OrganizationId = OrganizationId(6);
pub const SCHOOL: OrganizationId = OrganizationId(7);

/// Everyone's password; the account is the lower-case name.
pub const PASSWORD: &str = "correct horse battery";

/// Someone of the city.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub id: MemberId,
    pub name: &'static str,
    pub unit: Option<OrganizationId>,
    pub community: OrganizationId,
    pub role: Option<(Role, OrganizationId)>,
}

const fn person(
    id: i64,
    name: &'static str,
    unit: Option<OrganizationId>,
    community: OrganizationId,
    role: Option<(Role, OrganizationId)>,
) -> Person {
    Person { id: MemberId(id), name, unit, community, role }
}

/// Everyone. Dilnur is a volunteer without a unit; the others are party members in service. The members of the library
/// let it see their hours, but for Bolat.
pub const PEOPLE: &[Person] = &[
    person(1, "Amina", Some(LIBRARY), PANXUAN, None),
    person(2, "Bolat", Some(LIBRARY), WEIYUAN, None),
    person(3, "Chen", Some(SCHOOL), PANXUAN, None),
    person(4, "Dilnur", None, PANXUAN, None),
    person(5, "Fang", Some(SCHOOL), WEIYUAN, None),
    person(11, "Gao", None, PANXUAN, Some((Role::CommunityOfficer, PANXUAN))),
    person(12, "Hu", None, WEIYUAN, Some((Role::CommunityOfficer, WEIYUAN))),
    person(13, "Jin", Some(LIBRARY), PANXUAN, Some((Role::UnitOfficer, LIBRARY))),
    person(14, "Qiao", Some(SCHOOL), WEIYUAN, Some((Role::UnitOfficer, SCHOOL))),
    person(15, "Kang", None, PANXUAN, Some((Role::StreetOfficer, STREET))),
    person(16, "Lin", None, PANXUAN, Some((Role::DistrictOfficer, DISTRICT))),
    person(17, "Ma", None, PANXUAN, Some((Role::CityOfficer, CITY))),
    person(18, "Nie", None, PANXUAN, Some((Role::Auditor, CITY))),
    person(19, "Ou", None, PANXUAN, Some((Role::GridWorker, PANXUAN))),
    person(20, "Pan", None, PANXUAN, Some((Role::BuildingHead, PANXUAN))),
    person(21, "Ren", None, PANXUAN, Some((Role::GridSecretary, PANXUAN))),
    person(22, "Su", None, PANXUAN, Some((Role::GroupLeader, PANXUAN))),
];

type OrganizationRow = (OrganizationId, Option<OrganizationId>, OrganizationKind, &'static str, &'static str);
const ORGANIZATIONS: &[OrganizationRow] = &[
    (CITY, None, OrganizationKind::City, "兰州市", "lanzhoushi"),
    (DISTRICT, Some(CITY), OrganizationKind::District, "城关区", "chengguanqu"),
    (STREET, Some(DISTRICT), OrganizationKind::Street, "东岗街道", "donggangjiedao"),
    (PANXUAN, Some(STREET), OrganizationKind::Community, "盘旋路社区", "panxuanlushequ"),
    (WEIYUAN, Some(STREET), OrganizationKind::Community, "渭源路社区", "weiyuanlushequ"),
    (LIBRARY, Some(CITY), OrganizationKind::Unit, "市图书馆", "shitushuguan"),
    (SCHOOL, Some(CITY), OrganizationKind::Unit, "第五中学", "diwuzhongxue"),
];

pub struct City;

impl City {
    /// The person with this name, in any case.
    pub fn person(name: &str) -> &'static Person {
        PEOPLE
            .iter()
            .find(|person| person.name.eq_ignore_ascii_case(name))
            .unwrap_or_else(|| panic!("nobody in the city is called {name}; see tests/support/city.rs"))
    }

    /// Writes the city into an empty database.
    pub fn settle(db: &mut Db) {
        let now = now();
        for (id, parent, kind, name, key) in ORGANIZATIONS {
            diesel::insert_into(organizations::table)
                .values((
                    organizations::id.eq(*id),
                    organizations::parent_id.eq(*parent),
                    organizations::kind.eq(*kind),
                    organizations::name.eq(*name),
                    organizations::name_key.eq(*key),
                    organizations::created_at.eq(now),
                ))
                .execute(db)
                .expect("an organisation");
            let mut above = Some(*id);
            while let Some(ancestor) = above {
                diesel::insert_into(organization_ancestors::table)
                    .values((
                        organization_ancestors::ancestor_id.eq(ancestor),
                        organization_ancestors::descendant_id.eq(*id),
                    ))
                    .execute(db)
                    .expect("an ancestor");
                above = ORGANIZATIONS.iter().find(|(known, ..)| *known == ancestor).and_then(|row| row.1);
            }
        }
        settle_grid(db);
        for person in PEOPLE {
            settle_person(db, person, now);
        }
        reset_ids(db);
    }
}

/// One level-3 grid of the first community: a square of 2 km around 盘旋路, in WGS-84.
fn settle_grid(db: &mut Db) {
    let (south, west, north, east) = (36.03, 103.84, 36.05, 103.86);
    let corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    let polygon = serde_json::json!({"type": "Polygon", "coordinates": [corners]}).to_string();
    diesel::insert_into(grids::table)
        .values((
            grids::organization_id.eq(PANXUAN),
            grids::level.eq("estates"),
            grids::code.eq("panxuan-1"),
            grids::name.eq("盘旋路第一网格"),
            grids::polygon.eq(polygon),
            grids::min_lat.eq(south),
            grids::min_lon.eq(west),
            grids::max_lat.eq(north),
            grids::max_lon.eq(east),
        ))
        .execute(db)
        .expect("a grid");
}

fn settle_person(db: &mut Db, person: &Person, now: Timestamp) {
    let name = person.name.to_lowercase();
    insert_member(db, Some(person.id), person.name, &name, person.unit, person.community, now);
    diesel::insert_into(accounts::table)
        .values((
            accounts::member_id.eq(person.id),
            accounts::account.eq(&name),
            accounts::password_hash.eq(HASH.as_str()),
            accounts::created_at.eq(now),
        ))
        .execute(db)
        .expect("an account");
    insert_session(db, person.id, &token(&name), now);
    if let Some((role, organization)) = person.role {
        diesel::insert_into(roles::table)
            .values((
                roles::member_id.eq(person.id),
                roles::role.eq(role),
                roles::organization_id.eq(organization),
                roles::granted_at.eq(now),
            ))
            .execute(db)
            .expect("a role");
    }
    if let Some(unit) = person.unit.filter(|_| person.name != "Bolat") {
        diesel::insert_into(consents::table)
            .values((
                consents::member_id.eq(person.id),
                consents::receiver_id.eq(unit),
                consents::version.eq(1),
                consents::given_at.eq(now),
            ))
            .execute(db)
            .expect("a consent");
    }
}

fn insert_member(
    db: &mut Db,
    id: Option<MemberId>,
    name: &str,
    key: &str,
    unit: Option<OrganizationId>,
    community: OrganizationId,
    now: Timestamp,
) -> MemberId {
    let standing = if name == "Dilnur" { Standing::Volunteer } else { Standing::InService };
    let row = (
        members::name.eq(name),
        members::name_key.eq(key),
        members::standing.eq(standing),
        members::unit_id.eq(unit),
        members::community_id.eq(community),
        members::created_at.eq(now),
    );
    let inserted = match id {
        Some(id) => diesel::insert_into(members::table)
            .values((members::id.eq(id), row))
            .returning(members::id)
            .get_result(db),
        None => diesel::insert_into(members::table).values(row).returning(members::id).get_result(db),
    };
    inserted.expect("a member")
}

fn insert_session(db: &mut Db, member: MemberId, token: &str, now: Timestamp) {
    diesel::insert_into(sessions::table)
        .values((
            sessions::member_id.eq(member),
            sessions::token_hash.eq(&Token::shown(token).hash()[..]),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(now.plus(chrono::TimeDelta::hours(12))),
        ))
        .execute(db)
        .expect("a sign-in");
}

/// Rows with chosen ids don't move PostgreSQL's counters.
fn reset_ids(db: &mut Db) {
    if let Db::Pg(conn) = db {
        for table in ["organizations", "members"] {
            diesel::sql_query(format!("ALTER TABLE {table} ALTER COLUMN id RESTART WITH 1001"))
                .execute(conn)
                .expect("a counter");
        }
    }
}

/// The token of a sign-in that every person has.
pub fn token(name: &str) -> String {
    format!("token-of-{}", name.to_lowercase())
}

/// Adds members of the library without roles, each signed in.
pub fn add_crowd(db: &mut Db, count: usize) -> Vec<(MemberId, String)> {
    let now = now();
    db.transaction(|db| {
        let add = |number| {
            let name = format!("Crowd {number}");
            let id = insert_member(db, None, &name, &name, Some(LIBRARY), PANXUAN, now);
            let token = format!("token-of-crowd-{id}");
            insert_session(db, id, &token, now);
            (id, token)
        };
        diesel::QueryResult::Ok((0..count).map(add).collect())
    })
    .expect("a crowd")
}

fn now() -> Timestamp {
    daogang::clock::Clock::real_time().real()
}

/// Cheap to verify: how slow hashing is to be is no test's matter.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let params = Params::new(8, 1, 1, None).expect("parameters");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password(PASSWORD.as_bytes()).expect("a hash").to_string()
});
