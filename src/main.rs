//! The command line of Daogang.

fn main() {}
