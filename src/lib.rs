//! Daogang (到岗): communities publish service posts, members claim and stand them, and the minutes count.

pub mod clock;
pub mod db;
pub mod ledger;
pub mod rules;
pub mod schema;
pub mod units;
