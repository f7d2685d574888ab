//! The rules by which a check-in is believed: place, evidence, what looks odd, and what counts.

mod codes;
mod counting;
mod evidence;
mod signals;
mod verdict;
mod waiting;
mod window;

pub use codes::{check_code_shows, code_ends};
pub use counting::{End, Service};
pub use evidence::{Evidence, PositionNeeded, Proof, weigh_arrival, weigh_departure};
pub use signals::{
    EarlierPosition, LastPosition, clock_skew, odd_accuracy, same_as_another, same_as_own, shared_device,
    teleport,
};
pub use verdict::{Fix, Verdict, judge};
pub use waiting::{SoFar, WaitsFor, waits_for};
pub use window::{check_opened, opens_at};
