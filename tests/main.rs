//! All tests over HTTP, in one binary.

mod geo;
mod seed;
