//! Posts: written by officers, checked field by field, published, and made many at once.

mod fields;
mod rows;
mod states;
mod who;

use crate::support::TestApp;

/// How many posts and shifts there are.
fn stored(app: &TestApp) -> (i64, i64) {
    (app.count("SELECT count(*) AS n FROM posts"), app.count("SELECT count(*) AS n FROM shifts"))
}
