//! A city to try everything in: real names of streets and communities, invented people, one week of posts.

mod city;
mod claims;
mod draw;
mod names;
mod organizations;
mod people;
mod plan;
mod posts;
mod store;

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::Serialize;
use strum::IntoEnumIterator;

use crate::auth::{self, Token};
use crate::clock::Timestamp;
use crate::crypto;
use crate::db::Db;
use crate::error::Result;
use crate::units::{MemberId, OrganizationId};
use plan::Plan;

pub use people::DemoRole;

/// What the demo city is to be like.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many accounts of the role `member` there are.
    pub members: usize,
    /// The password of every account.
    pub password: String,
    /// Chooses names, places and who holds what; the same seed gives the same city.
    pub seed: u64,
    /// The first day of the week of posts.
    pub from: NaiveDate,
    /// Whether every account is signed in beforehand, for benches.
    pub tokens: bool,
    /// The real time, from which such sign-ins last.
    pub now: Timestamp,
}

impl Options {
    /// 300 members and the week of `now`.
    pub fn at(now: Timestamp) -> Self {
        let today = now.day();
        let since_monday = i64::from(today.weekday().num_days_from_monday());
        Self {
            members: 300,
            password: "daogang-demo".to_owned(),
            seed: 1,
            from: today - TimeDelta::days(since_monday),
            tokens: false,
            now,
        }
    }
}

/// An account of the demo city, as `--accounts` writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DemoAccount {
    /// What it is for.
    pub role: DemoRole,
    /// What to sign in with.
    pub account: String,
    /// The same for all.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// Where the role is held; a site lead's post's publisher; a member's unit, or home community without one.
    pub organization_id: OrganizationId,
    /// That organisation's name.
    pub organization: String,
}

/// A sign-in made beforehand, as `--tokens` writes it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DemoToken {
    /// Whose it is.
    pub account: String,
    /// What the account is for.
    pub role: DemoRole,
    /// The member behind it.
    pub member_id: MemberId,
    /// Sent as `Authorization: Bearer`.
    pub token: String,
}

/// What was seeded.
pub struct Summary {
    /// Every account: members first, then by role.
    pub accounts: Vec<DemoAccount>,
    /// A token for each account, when they were asked for.
    pub tokens: Vec<DemoToken>,
    /// How many members there are, those without account too.
    pub members: usize,
    /// How many posts.
    pub posts: usize,
    /// How many shifts in the week.
    pub shifts: usize,
    /// How many places are taken.
    pub claims: usize,
    /// The first day of the week.
    pub from: NaiveDate,
}

/// Fills an empty database with the demo city, in one transaction.
///
/// # Errors
/// When the database has members already, or can't be written.
pub fn demo(db: &mut Db, keys: &crypto::Keys, options: &Options) -> Result<Summary> {
    store::refuse_inhabited(db)?;
    let plan = Plan::of(options)?;
    let hash = auth::hash_password(&options.password)?;
    let tokens = if options.tokens { tokens(&plan) } else { Vec::new() };
    store::put(db, keys, &plan, &hash, &tokens, options)?;
    Ok(Summary {
        accounts: accounts(&plan, &options.password),
        tokens,
        members: plan.people.all().len(),
        posts: plan.posts.len(),
        shifts: plan.shifts.len(),
        claims: plan.claims.len(),
        from: options.from,
    })
}

fn accounts(plan: &Plan, password: &str) -> Vec<DemoAccount> {
    let publisher =
        |lead| plan.posts.iter().find(|post| post.lead == Some(lead)).map(|post| post.organization);
    let mut accounts: Vec<DemoAccount> = plan
        .people
        .all()
        .iter()
        .filter_map(|person| Some((person, person.login.as_ref()?)))
        .map(|(person, login)| {
            let acts_in = person.held.map(|(_, organization)| organization);
            let organization_id =
                acts_in.or_else(|| publisher(person.id)).or(person.unit).unwrap_or(person.community);
            DemoAccount {
                role: login.role,
                account: login.account.clone(),
                password: password.to_owned(),
                name: person.name.clone(),
                organization_id,
                organization: plan.tree.name(organization_id).to_owned(),
            }
        })
        .collect();
    accounts.sort_by_key(|account| DemoRole::iter().position(|role| role == account.role));
    accounts
}

/// Tokens are secrets, and random though the rest of the city isn't.
fn tokens(plan: &Plan) -> Vec<DemoToken> {
    let people = plan.people.all().iter();
    people
        .filter_map(|person| Some((person.id, person.login.as_ref()?)))
        .map(|(member_id, login)| DemoToken {
            account: login.account.clone(),
            role: login.role,
            member_id,
            token: Token::generate().text().to_owned(),
        })
        .collect()
}

impl Summary {
    /// The accounts as a JSON list.
    ///
    /// # Errors
    /// When JSON can't be written.
    pub fn accounts_json(&self) -> Result<String> {
        serde_json::to_string_pretty(&self.accounts).map_err(crate::error::Error::internal)
    }

    /// The tokens as JSON, one a line.
    ///
    /// # Errors
    /// When JSON can't be written.
    pub fn tokens_jsonl(&self) -> Result<String> {
        let line = |token| serde_json::to_string(token).map(|line| line + "\n");
        self.tokens.iter().map(line).collect::<Result<_, _>>().map_err(crate::error::Error::internal)
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { members, posts, shifts, claims, from, .. } = self;
        writeln!(
            f,
            "The demo city: 53 streets, 427 communities, 1,770 grids, 673 units, {members} members,\n\
             {posts} posts with {shifts} shifts in the week from {from}, {claims} places taken.\n"
        )?;
        writeln!(f, "{:<20}{:<22}{:<16}name, organisation", "role", "account", "password")?;
        for role in DemoRole::iter() {
            if let Some(account) = self.accounts.iter().find(|account| account.role == role) {
                let DemoAccount { account, password, name, organization, .. } = account;
                let role: &str = role.into();
                writeln!(f, "{role:<20}{account:<22}{password:<16}{name}, {organization}")?;
            }
        }
        Ok(())
    }
}
