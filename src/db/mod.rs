//! The one door to the database: a file on this machine, or a PostgreSQL server.

mod connection;
mod manager;
pub mod migrate;
mod prepared;
mod store;
mod types;
mod unit;
mod writer;

pub use connection::{Db, MultiBackend};
pub use manager::Engine;
pub use prepared::{Prepared, prepared};
pub use store::{Sizes, Store};
pub use types::Instant;
pub use unit::Lane;

/// Runs the same body on the concrete connection, for what diesel offers on no multi connection
/// (`on_conflict`, batch insert, `for_update`, `union`). Only in `store.rs`, each with a line saying why.
#[macro_export]
macro_rules! each_backend {
    ($db:expr, |$conn:ident| $body:expr) => {
        match $db {
            $crate::db::Db::Pg($conn) => $body,
            $crate::db::Db::Sqlite($conn) => $body,
        }
    };
}
