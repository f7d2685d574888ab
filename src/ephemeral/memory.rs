//! Events and counts in this server's own memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use moka::sync::Cache;
use tokio::sync::broadcast;

use super::Event;

/// Listeners that fall further behind are told to reload instead.
const BACKLOG: usize = 4_096;
/// Counted keys at the most; beyond it the least used are forgotten.
const KEYS: u64 = 200_000;

#[derive(Clone)]
pub struct Memory {
    events: broadcast::Sender<Event>,
    counts: Cache<String, Arc<Window>>,
}

struct Window {
    ends: Instant,
    tries: AtomicU64,
}

struct UntilEnd;

impl moka::Expiry<String, Arc<Window>> for UntilEnd {
    fn expire_after_create(&self, _key: &String, window: &Arc<Window>, now: Instant) -> Option<Duration> {
        Some(window.ends.saturating_duration_since(now))
    }
}

impl Default for Memory {
    fn default() -> Self {
        let counts = Cache::builder().max_capacity(KEYS).expire_after(UntilEnd).build();
        Self { events: broadcast::channel(BACKLOG).0, counts }
    }
}

impl Memory {
    pub(super) fn publish(&self, event: Event) {
        // No listener is no fault.
        let _ = self.events.send(event);
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    pub(super) fn count(&self, key: &str, length: Duration) -> u64 {
        let window = self.counts.get_with_by_ref(key, || {
            Arc::new(Window { ends: Instant::now() + length, tries: AtomicU64::new(0) })
        });
        window.tries.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn counted(&self, key: &str) -> u64 {
        self.counts.get(key).map_or(0, |window| window.tries.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_counted_until_their_window_ends() {
        let memory = Memory::default();
        assert_eq!(memory.count("a", Duration::from_millis(30)), 1);
        assert_eq!(memory.count("a", Duration::from_millis(30)), 2);
        assert_eq!((memory.counted("a"), memory.counted("b")), (2, 0));
        std::thread::sleep(Duration::from_millis(40));
        assert_eq!(memory.counted("a"), 0);
    }
}
