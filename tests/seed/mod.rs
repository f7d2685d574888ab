//! The demo city as a database holds it.

use std::collections::HashSet;

use daogang::accounts::credentials;
use daogang::clock::{Clock, Timestamp};
use daogang::crypto::{Keys, Sealed, open};
use daogang::db::{Db, Engine, migrate};
use daogang::orgs::{GridLevel, OrganizationKind};
use daogang::schema::{
    claims, consents, grids, members, organization_ancestors, organizations, posts, sessions, shifts,
};
use daogang::seed::{DemoRole, Options, Summary, demo};
use diesel::prelude::*;

use crate::support::databases::{Database, execute};

struct Seeded {
    db: Db,
    keys: Keys,
    summary: Summary,
    _kept: Kept,
}

/// What holds the database until the test is over.
enum Kept {
    File(tempfile::TempDir),
    OnCluster(Database),
}

impl Kept {
    fn sqlite() -> Self {
        Self::File(tempfile::tempdir().unwrap())
    }

    /// The tests' template holds people already; the demo city wants nobody.
    fn postgres() -> Self {
        let database = Database::postgres();
        database.with(|db| execute(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")).unwrap();
        Self::OnCluster(database)
    }

    fn seed(self, members: usize) -> Seeded {
        let engine = match &self {
            Self::File(folder) => Engine::Sqlite(folder.path().join("demo.db")),
            Self::OnCluster(database) => database.engine(),
        };
        let mut db = engine.connect().unwrap();
        migrate::migrate(&mut db).unwrap();
        let keys = Keys::generate();
        let summary = demo(&mut db, &keys, &options(members)).unwrap();
        Seeded { db, keys, summary, _kept: self }
    }
}

fn options(members: usize) -> Options {
    let at = Timestamp::parse("2026-09-01T07:00:00+08:00").unwrap();
    let from = Options::at(at).from;
    Options { members, tokens: true, from, ..Options::at(Clock::real_time().real()) }
}

/// Writes the same test for a city seeded on each engine.
macro_rules! in_demo_cities {
    ($(fn $name:ident($seeded:ident of $members:literal) $body:block)+) => {$(
        mod $name {
            use super::*;
            fn fact($seeded: Seeded) $body
            #[test] fn sqlite() { fact(Kept::sqlite().seed($members)) }
            #[test] fn postgres() { fact(Kept::postgres().seed($members)) }
        }
    )+};
}

in_demo_cities! {
    fn the_demo_city_has_the_size_it_promises(city of 40) {
        let Seeded { mut db, summary, .. } = city;
        let db = &mut db;
        for (level, expected) in [
            (GridLevel::City, 1),
            (GridLevel::District, 5),
            (GridLevel::Street, 53),
            (GridLevel::Community, 427),
            (GridLevel::Estates, 1_770),
        ] {
            let shaped = grids::table.filter(grids::level.eq(level)).filter(grids::polygon.is_not_null());
            assert_eq!(shaped.count().get_result::<i64>(db).unwrap(), expected, "{level:?}");
        }
        let units = organizations::table.filter(organizations::kind.eq(OrganizationKind::Unit));
        assert_eq!(units.count().get_result::<i64>(db).unwrap(), 673);
        let below_city =
            organization_ancestors::table.filter(organization_ancestors::ancestor_id.eq(1)).count();
        let all: i64 = organizations::table.count().get_result(db).unwrap();
        assert_eq!(below_city.get_result::<i64>(db).unwrap(), all);
        assert_eq!(summary.accounts.iter().filter(|account| account.role == DemoRole::Member).count(), 40);
        assert_eq!(migrate::get(db, "demonstration").unwrap().as_deref(), Some("1"));
        assert_eq!(migrate::get(db, "demo_from").unwrap().as_deref(), Some("2026-08-31"));
    }

    fn every_shift_counts_its_claims_and_no_account_of_role_member_has_one(city of 40) {
        let Seeded { mut db, summary, .. } = city;
        let db = &mut db;
        let taken: Vec<(i64, i32, i32)> =
            shifts::table.select((shifts::id, shifts::taken, shifts::capacity)).load(db).unwrap();
        for (shift, taken, capacity) in taken {
            let held: i64 = claims::table.filter(claims::shift_id.eq(shift)).count().get_result(db).unwrap();
            assert!(held == i64::from(taken) && taken <= capacity);
        }
        let holders: HashSet<i64> =
            claims::table.select(claims::member_id).load(db).unwrap().into_iter().collect();
        let members = summary.tokens.iter().filter(|token| token.role == DemoRole::Member);
        assert!(members.into_iter().all(|member| !holders.contains(&member.member_id.0)));
        let crossing: Vec<Option<i64>> =
            shifts::table.filter(shifts::post_id.eq(1)).select(shifts::lead_id).load(db).unwrap();
        assert_eq!(crossing.len(), 10);
        assert!(crossing.iter().all(|lead| lead.is_some_and(|id| holders.contains(&id))));
        let published = posts::table.filter(posts::state.eq("published")).count();
        assert_eq!(published.get_result::<i64>(db).unwrap(), summary.posts as i64);
    }

    fn every_account_signs_in_and_every_token_is_a_session(city of 40) {
        let Seeded { mut db, summary, .. } = city;
        for account in &summary.accounts {
            assert!(credentials(&mut db, &account.account).unwrap().is_some(), "{}", account.account);
        }
        let signed_in: i64 = sessions::table.count().get_result(&mut db).unwrap();
        assert_eq!(summary.tokens.len(), summary.accounts.len());
        assert_eq!(signed_in as usize, summary.accounts.len());
        let roles: HashSet<DemoRole> = summary.accounts.iter().map(|account| account.role).collect();
        assert_eq!(roles.len(), 8);
        let text = summary.to_string();
        for name in ["王建国", "李秀英", "兰州大学社区", "市商务局", "daogang-demo"] {
            assert!(text.contains(name), "{name} in\n{text}");
        }
        assert!(summary.accounts_json().unwrap().contains("\"role\": \"site_lead\""));
        assert_eq!(summary.tokens_jsonl().unwrap().lines().count(), summary.tokens.len());
    }

    fn nine_of_ten_members_of_units_consent_and_phones_are_sealed(city of 400) {
        let Seeded { mut db, keys, .. } = city;
        let db = &mut db;
        let in_units: i64 =
            members::table.filter(members::unit_id.is_not_null()).count().get_result(db).unwrap();
        let consenting: i64 = consents::table.count().get_result(db).unwrap();
        assert_eq!(consenting, in_units - in_units / 10);
        let (key_id, bytes): (Option<i64>, Option<Vec<u8>>) =
            members::table.find(1).select((members::phone_key_id, members::phone_cipher)).first(db).unwrap();
        let sealed = Sealed { key_id: key_id.unwrap(), bytes: bytes.unwrap() };
        assert_eq!(open(&keys, "members.phone", &sealed).as_deref(), Some("12600000001"));
    }

    fn a_database_with_members_is_left_as_it_is(city of 3) {
        let Seeded { mut db, keys, .. } = city;
        let before: i64 = members::table.count().get_result(&mut db).unwrap();
        let refused = demo(&mut db, &keys, &options(3)).err().unwrap();
        assert!(refused.to_string().contains("needs an empty one"), "{refused}");
        assert_eq!(members::table.count().get_result::<i64>(&mut db).unwrap(), before);
    }

    fn whoever_comes_after_the_demo_gets_ids_of_their_own(city of 3) {
        let Seeded { mut db, .. } = city;
        let db = &mut db;
        let last: Option<i64> = members::table.select(diesel::dsl::max(members::id)).first(db).unwrap();
        execute(
            db,
            "INSERT INTO members (name, name_key, standing, created_at) \
             SELECT name, name_key, standing, created_at FROM members WHERE id = 1",
        )
        .unwrap();
        let next: Option<i64> = members::table.select(diesel::dsl::max(members::id)).first(db).unwrap();
        assert_eq!(next.unwrap(), last.unwrap() + 1);
    }
}
