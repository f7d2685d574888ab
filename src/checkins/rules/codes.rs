//! When a shift's code is shown.

use super::window::check_opened;
use crate::clock::Timestamp;
use crate::error::{Code, Result};
use crate::posts::rules::check_goes_on;
use crate::posts::{CheckIn, CheckInMethod, PostState, Shift};
use crate::rules::ClaimRules;

/// When the code of a shift is shown for the last time: as long as someone may still check out.
pub fn code_ends(shift: &Shift, rules: &ClaimRules) -> Timestamp {
    shift.ends_at.plus(rules.open_after_end)
}

/// Goes on while a shift's code may be shown: from the opening of check-in to [`code_ends`].
///
/// # Errors
/// `post.wrong_state` for a draft, `checkin.method_not_allowed`, `shift.ended`, `checkin.too_early` with `opens_at`.
pub fn check_code_shows(
    state: PostState,
    check_in: &CheckIn,
    shift: &Shift,
    now: Timestamp,
    rules: &ClaimRules,
) -> Result<()> {
    match state {
        PostState::Draft => return Err(Code::PostWrongState.reject()),
        PostState::Cancelled => return Err(Code::ShiftEnded.reject()),
        PostState::Published | PostState::Paused | PostState::Closed => {}
    }
    if !check_in.methods.contains(&CheckInMethod::RotatingCode) {
        return Err(Code::MethodNotAllowed.reject());
    }
    check_goes_on(shift.state, code_ends(shift, rules), now)?;
    check_opened(check_in, shift, now)
}
