//! What a phone's position says of a press, and what looks odd about it.

use std::sync::Arc;

use super::Press;
use super::ground::Ground;
use crate::checkins::Reason;
use crate::checkins::rules::{self, Fix, LastPosition, Verdict};
use crate::checkins::store;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::geo::Fence;
use crate::posts::Fences;

/// What the position says, and what looks odd.
pub(super) fn look(
    db: &mut Db,
    fences: &Fences,
    press: &Press,
    ground: &Ground,
    at: Timestamp,
) -> Result<(Option<Verdict>, Vec<Reason>)> {
    let rules = ground.rules();
    let mut signals = Vec::new();
    let mut raise = |holds: bool, reason: Reason| {
        if holds {
            signals.push(reason);
        }
    };
    raise(press.sent_at.is_some_and(|sent| rules::clock_skew(press.now, sent, rules)), Reason::ClockSkew);
    if let (Some(device), Some(method)) = (&press.device, press.method) {
        let others = store::others_by_device(db, press.member, device, at)?;
        raise(rules::shared_device(method, others), Reason::SharedDevice);
    }
    let Some(given) = press.fix else { return Ok((None, signals)) };
    let fix = Fix {
        position: given.position,
        accuracy: given.accuracy,
        taken_at: given.taken_at,
        recorded_at: None,
        sent_at: press.sent_at,
    };
    let fence: Arc<Fence> = fences.of(&ground.of.post)?;
    let own = store::last_positions(db, press.member, 20)?;
    if let Some(last) = own.first() {
        let last = LastPosition { position: last.position, accuracy: last.accuracy, at: last.at };
        raise(rules::teleport(&fix, at, &last, rules), Reason::Teleport);
    }
    let days: Vec<_> = own.iter().map(|earlier| (earlier.position, earlier.at.day())).collect();
    let others: Vec<_> = store::others_at(db, press.member, given.position, at)?
        .into_iter()
        .map(|other| rules::EarlierPosition {
            other_device: other.device.is_some() && press.device.is_some() && other.device != press.device,
            position: other.position,
            accuracy: other.accuracy,
            at: other.at,
        })
        .collect();
    raise(
        rules::same_as_another(&fix, at, &others, rules)
            || rules::same_as_own(given.position, at.day(), &days, rules),
        Reason::SamePosition,
    );
    raise(rules::odd_accuracy(&fix, rules), Reason::OddAccuracy);
    Ok((Some(rules::judge(&fence, &fix, rules)), signals))
}
