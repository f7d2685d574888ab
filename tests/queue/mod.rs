//! The queue: what a member may claim, most urgent first.

mod filters;
mod order;
mod servers;

use serde_json::Value;

use crate::support::Caller;

/// No shift at all.
const NOTHING: [i64; 0] = [];

/// The ids of the shifts on the first page, in its order.
async fn shifts(by: &Caller, query: &str) -> Vec<i64> {
    ids(&by.get(&format!("/queue{query}")).await.ok())
}

/// The ids of a page's shifts.
fn ids(page: &Value) -> Vec<i64> {
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| item["shift"]["id"].as_i64().expect("a shift's id")).collect()
}
