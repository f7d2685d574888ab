//! Daogang (到岗): communities publish service posts, members claim and stand them, and the minutes count.

pub mod checkins;
pub mod clock;
pub mod db;
pub mod geo;
pub mod orgs;
pub mod units;
