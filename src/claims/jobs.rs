//! What time alone does to claims.

use super::store;
use crate::app::App;
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::Result;
use crate::units::ShiftId;

/// Shifts looked at in one read.
const CHUNK: i64 = 200;

/// Moves on every claim that is due: without a check-in at the end `unverified`, without a check-out half an hour later
/// `open`, and both `void` after a week.
///
/// # Errors
/// When the database can't be read or written; what was moved by then stays moved.
pub async fn sweep(app: App) -> Result<()> {
    let now = app.clock.now();
    let mut after = ShiftId(0);
    loop {
        let shifts = app.store.read(move |db| store::due(db, now, after, CHUNK)).await?;
        let Some(last) = shifts.last().copied() else { return Ok(()) };
        for shift in shifts {
            let moved =
                app.store.write(Lane::Shift(shift), move |db| store::settle_due(db, shift, now)).await?;
            if moved > 0 {
                app.ephemeral.publish(Topic::Shift(shift).changed());
            }
        }
        after = last;
    }
}
