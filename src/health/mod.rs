//! Whether the server is well, for those who operate it.

mod figures;
pub mod http;
mod store;

pub use figures::install;
