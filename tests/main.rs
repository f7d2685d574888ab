//! All tests over HTTP, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "what the support offers is not used by every feature at every time")]

mod accounts;
mod architecture;
mod checkins;
mod claims;
mod faults;
mod geo;
mod http;
mod insight;
mod ledger;
mod live;
mod openapi;
mod operation;
mod pages;
mod posts;
mod queue;
mod scenarios;
mod seed;
mod store;
mod support;
