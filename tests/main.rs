//! All tests over HTTP, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod geo;
mod ledger;
mod seed;
