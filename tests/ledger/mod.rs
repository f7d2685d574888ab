//! The ledger on both engines: what is written, what the database refuses, what `verify` finds.

mod doors;
mod engines;
mod own;
mod writing;
