//! All tests over HTTP, in one binary.

mod ledger;
