//! What the database remembers of a demonstration.

use chrono::TimeDelta;

use crate::db::{Db, migrate};
use crate::error::{Error, Result};

const DEMONSTRATION: &str = "demonstration";
const CLOCK_OFFSET: &str = "clock_offset_us";

/// How far the demonstration's clock is ahead of the real one; `None` when this is no demonstration.
///
/// # Errors
/// When the database can't be read.
pub fn offset(db: &mut Db) -> Result<Option<TimeDelta>> {
    if migrate::get(db, DEMONSTRATION)?.as_deref() != Some("1") {
        return Ok(None);
    }
    let micros =
        migrate::get(db, CLOCK_OFFSET)?.map_or(Ok(0), |text| text.parse()).map_err(Error::internal)?;
    Ok(Some(TimeDelta::microseconds(micros)))
}

pub(super) fn set_offset(db: &mut Db, offset: TimeDelta) -> Result<()> {
    let micros = offset.num_microseconds().unwrap_or(0);
    migrate::put(db, CLOCK_OFFSET, &micros.to_string())
}
