//! Lists in pages, each followed by a cursor.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::crypto::{from_url_text, to_url_text};
use crate::error::{Error, Result};

/// Rows a page unless asked otherwise, and at the most.
const USUAL: usize = 20;
const MOST: usize = 100;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; `null` on the last.
    pub next: Option<String>,
}

/// Checks the asked number of rows: 20 unless given, 1 to 100.
///
/// # Errors
/// `field.invalid`.
pub fn limit(asked: Option<u32>) -> Result<usize> {
    match asked.map_or(USUAL, |asked| asked as usize) {
        fits @ 1..=MOST => Ok(fits),
        _ => Err(Error::field("limit", "1_to_100")),
    }
}

/// Writes the place after which the next page begins.
pub fn cursor(place: &impl Serialize) -> String {
    to_url_text(serde_json::to_string(place).unwrap_or_default().as_bytes())
}

/// Reads such a place.
///
/// # Errors
/// `field.invalid` when it is none of ours.
pub fn place<T: for<'a> Deserialize<'a>>(cursor: Option<&str>) -> Result<Option<T>> {
    let Some(cursor) = cursor else { return Ok(None) };
    from_url_text(cursor)
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .map(Some)
        .ok_or_else(|| Error::field("cursor", "unknown"))
}

impl<T> Page<T> {
    /// Cuts a page from rows of which one more than `limit` was fetched.
    pub fn cut<C: Serialize>(mut rows: Vec<T>, limit: usize, place: impl Fn(&T) -> C) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| cursor(&place(last)));
        Self { items: rows, next }
    }

    /// The same page with other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}
