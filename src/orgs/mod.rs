//! Organisations and the grids they stand on.

pub mod locate;
