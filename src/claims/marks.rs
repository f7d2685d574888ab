//! Full marks: a server remembers for a few seconds that a shift is full, so that a refusal asks nobody.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use moka::sync::Cache;

use super::store;
use crate::app::App;
use crate::ephemeral::{Event, Topic};
use crate::units::{MemberId, ShiftId};

/// A mark is believed no longer than this, whatever events were lost.
const BELIEVED: Duration = Duration::from_secs(5);

/// How marks behave; anything but `On` is for tests of what must hold without them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// They say what the database said last.
    #[default]
    On,
    /// There are none: every press goes to the database, as with marks that always say open.
    Off,
    /// They say full for this long after the server started, whatever is true.
    SayFullFor(Duration),
}

struct Mark {
    version: i64,
    holders: HashSet<MemberId>,
}

fn short_lived<V: Clone + Send + Sync + 'static>() -> Cache<ShiftId, V> {
    Cache::builder().max_capacity(100_000).time_to_live(BELIEVED).build()
}

/// The marks of one server. Clones share them.
#[derive(Clone)]
pub struct Marks {
    mode: Mode,
    began: Instant,
    full: Cache<ShiftId, Arc<Mark>>,
    /// The newest version that was heard of, so that a mark read before it is not set after it.
    heard: Cache<ShiftId, i64>,
    learning: Arc<Mutex<HashSet<ShiftId>>>,
}

impl Marks {
    /// Marks of a server that starts now.
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            began: Instant::now(),
            full: short_lived(),
            heard: short_lived(),
            learning: Arc::default(),
        }
    }

    /// Whether the shift is known to be full, and this member holds no place in it. A holder always goes to the
    /// database, so that a press sent again is answered like the first.
    pub fn refuse(&self, shift: ShiftId, member: MemberId) -> bool {
        match self.mode {
            Mode::Off => false,
            Mode::SayFullFor(time) if self.began.elapsed() < time => true,
            Mode::On | Mode::SayFullFor(_) => {
                self.full.get(&shift).is_some_and(|mark| !mark.holders.contains(&member))
            }
        }
    }

    /// Reads in the background whether the shift is full, once however many ask.
    pub fn learn(&self, app: &App, shift: ShiftId) {
        if self.mode == Mode::Off || !self.learning.lock().is_ok_and(|mut learning| learning.insert(shift)) {
            return;
        }
        let (marks, app) = (self.clone(), app.clone());
        tokio::spawn(async move {
            let read = app.store.read(move |db| store::full_mark(db, shift)).await;
            // Taken off the list meanwhile: what was read is older than a change that was heard of.
            let still_holds = marks.learning.lock().is_ok_and(|mut learning| learning.remove(&shift));
            // Without an answer there is no mark; the next press asks the database.
            if let Ok(Some((version, holders))) = read
                && still_holds
                && marks.heard.get(&shift).is_none_or(|heard| heard <= version)
            {
                marks.full.insert(shift, Arc::new(Mark { version, holders: holders.into_iter().collect() }));
            }
        });
    }

    /// Takes note of a change that this or another server tells of.
    pub fn hear(&self, event: &Event) {
        match event.topic {
            Topic::Shift(shift) if event.version == 0 => {
                if let Ok(mut learning) = self.learning.lock() {
                    learning.remove(&shift);
                }
                self.full.invalidate(&shift);
            }
            Topic::Shift(shift) => {
                let newest = self.heard.get(&shift).map_or(event.version, |heard| heard.max(event.version));
                self.heard.insert(shift, newest);
                if self.full.get(&shift).is_some_and(|mark| mark.version < event.version) {
                    self.full.invalidate(&shift);
                }
            }
            Topic::Resync => {
                if let Ok(mut learning) = self.learning.lock() {
                    learning.clear();
                }
                self.full.invalidate_all();
            }
            _ => {}
        }
    }
}
