//! What makes a post fit to be published, and what may still be done with it.

use chrono::TimeDelta;

use super::{Category, PostState, ShiftState};
use crate::clock::Timestamp;
use crate::error::{Code, Fields, Result};

/// A shift lasts at least and at most this long.
const SHORTEST: TimeDelta = TimeDelta::minutes(15);
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Whether a category is dangerous unless its publisher says otherwise.
pub fn is_hazardous_by_default(category: Category) -> bool {
    matches!(category, Category::Traffic | Category::Patrol)
}

/// What an officer does to a post as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Lets members see and claim it.
    Publish,
    /// Keeps it in sight and lets nobody claim.
    Pause,
    /// Ends it.
    Close,
    /// Calls it off and tells its holders.
    Cancel,
}

/// The state after a step.
///
/// # Errors
/// `post.wrong_state` when the step doesn't go from where the post stands.
pub fn after(state: PostState, step: Step) -> Result<PostState> {
    use PostState::{Cancelled, Closed, Draft, Paused, Published};
    match (step, state) {
        (Step::Publish, Draft | Paused) => Ok(Published),
        (Step::Pause, Published) => Ok(Paused),
        (Step::Close, Published | Paused) => Ok(Closed),
        (Step::Cancel, Draft | Published | Paused) => Ok(Cancelled),
        _ => {
            let state: &str = state.into();
            Err(Code::PostWrongState.because("state", state))
        }
    }
}

/// A dangerous post is insured, or someone answers for that it isn't.
///
/// # Errors
/// `post.insurance_missing`.
pub fn check_insurance(hazardous: bool, reference: Option<&str>, waived_by: Option<&str>) -> Result<()> {
    if hazardous && reference.is_none() && waived_by.is_none() {
        return Err(Code::InsuranceMissing.reject());
    }
    Ok(())
}

/// Notes what is wrong with a shift's time and places.
pub fn check_shift(fields: &mut Fields, at: &str, starts: Timestamp, ends: Timestamp, capacity: i32) {
    let length = ends.since(starts);
    fields.require(length > TimeDelta::zero(), &format!("{at}ends_at"), "after_start");
    fields.require((SHORTEST..=LONGEST).contains(&length), &format!("{at}ends_at"), "15_minutes_to_24_hours");
    fields.require((1..=1_000).contains(&capacity), &format!("{at}capacity"), "1_to_1000");
}

/// A shift that is over, or called off, is changed no more.
///
/// # Errors
/// `shift.ended`.
pub fn check_goes_on(state: ShiftState, ends: Timestamp, now: Timestamp) -> Result<()> {
    if state == ShiftState::Open && now < ends { Ok(()) } else { Err(Code::ShiftEnded.reject()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_goes_only_from_where_it_stands() {
        use PostState::{Cancelled, Closed, Draft, Paused, Published};
        for (step, from, to) in [
            (Step::Publish, [Some(Published), None, Some(Published), None, None], ()),
            (Step::Pause, [None, Some(Paused), None, None, None], ()),
            (Step::Close, [None, Some(Closed), Some(Closed), None, None], ()),
            (Step::Cancel, [Some(Cancelled), Some(Cancelled), Some(Cancelled), None, None], ()),
        ]
        .map(|(step, to, ())| (step, [Draft, Published, Paused, Closed, Cancelled], to))
        {
            for (state, expected) in from.into_iter().zip(to) {
                assert_eq!(after(state, step).ok(), expected, "{step:?} from {state:?}");
            }
        }
    }

    #[test]
    fn a_shift_lasts_from_a_quarter_of_an_hour_to_a_day() {
        let start = Timestamp::parse("2026-09-01T07:30:00+08:00").unwrap();
        for (minutes, capacity, fits) in [
            (14, 4, false),
            (15, 4, true),
            (1_440, 1_000, true),
            (1_441, 4, false),
            (-5, 4, false),
            (60, 0, false),
            (60, 1_001, false),
        ] {
            let mut fields = Fields::default();
            check_shift(&mut fields, "", start, start.plus(TimeDelta::minutes(minutes)), capacity);
            assert_eq!(fields.is_empty(), fits, "{minutes} min, {capacity} places");
        }
    }
}
