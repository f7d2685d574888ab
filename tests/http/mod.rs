//! What every route shares: refusals, limits of what comes in, and acts that are sent twice.

mod bodies;
mod idempotency;
mod problems;
