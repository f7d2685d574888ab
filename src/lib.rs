//! Daogang (到岗): communities publish service posts, members claim and stand them, and the minutes count.

pub mod accounts;
pub mod app;
pub mod auth;
pub mod checkins;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod db;
pub mod ephemeral;
pub mod error;
pub mod geo;
pub mod http;
pub mod ledger;
pub mod orgs;
pub mod rules;
pub mod schema;
pub mod units;
