//! Demonstrations: a database that `seed` made may be shown at any time of day, and moved on from there.

pub mod http;
mod store;

use chrono::TimeDelta;

use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Lane;
use crate::error::{Error, Result};

pub use store::offset;

/// Sets the clock of a server that starts: to the wanted instant, or on from where the demonstration stands.
///
/// # Errors
/// When a time is wanted on a database that is no demonstration, or the database can't be asked.
pub async fn take_up(app: &App, wanted: Option<Timestamp>) -> Result<()> {
    let Some(stored) = app.store.read(store::offset).await? else {
        return match wanted {
            None => Ok(()),
            Some(_) => Err(Error::internal(
                "--clock is for demonstrations, and this database was not made by `daogang seed`: leave it out, or \
                 name another database in DATABASE_URL",
            )),
        };
    };
    match wanted {
        Some(to) => move_clock(app, to).await,
        None => {
            app.clock.set_offset(stored);
            Ok(())
        }
    }
}

/// Reads the offset again that another server has moved.
///
/// # Errors
/// When the database can't be read.
pub async fn follow(app: &App) -> Result<()> {
    if let Some(offset) = app.store.read(store::offset).await? {
        app.clock.set_offset(offset);
    }
    Ok(())
}

async fn move_clock(app: &App, to: Timestamp) -> Result<()> {
    let offset: TimeDelta = to.since(app.clock.real());
    app.store.write(Lane::Any, move |db| store::set_offset(db, offset)).await?;
    app.clock.set_offset(offset);
    Ok(())
}
