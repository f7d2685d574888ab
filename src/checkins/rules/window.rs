//! When check-in opens.

use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::error::{Code, Result};
use crate::posts::{CheckIn, Shift};

/// When check-in for a shift opens.
pub fn opens_at(check_in: &CheckIn, shift: &Shift) -> Timestamp {
    shift.starts_at.minus(TimeDelta::minutes(check_in.opens_before_min.into()))
}

/// Whether check-in has opened by then.
///
/// # Errors
/// `checkin.too_early` with `opens_at`.
pub fn check_opened(check_in: &CheckIn, shift: &Shift, at: Timestamp) -> Result<()> {
    let opens_at = opens_at(check_in, shift);
    if at < opens_at {
        return Err(Code::TooEarly.because("opens_at", opens_at.to_string()));
    }
    Ok(())
}
