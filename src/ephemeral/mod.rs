//! What may vanish at any moment: events between servers, and counts of tries. The truth is the database.

mod memory;
mod redis;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::units::{MemberId, OrganizationId, SessionId, ShiftId};
use memory::Memory;
use redis::Redis;

/// Something that changed; pages and other servers fetch it again by the ordinary way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// What changed.
    pub topic: Topic,
    /// The version that it has now; 0 where it has none.
    pub version: i64,
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "topic", content = "id")]
pub enum Topic {
    /// The places, state or arrivals of a shift.
    Shift(ShiftId),
    /// Which shifts there are to claim.
    Queue,
    /// One member's own claims, check-ins or ledger.
    Me(MemberId),
    /// The rules' clock of a demonstration was moved.
    Clock,
    /// An organisation's posts.
    Organization(OrganizationId),
    /// A sign-in has ended.
    Session(SessionId),
    /// Events may have been missed: reload everything.
    Resync,
}

impl Topic {
    /// The event without a version.
    pub fn changed(self) -> Event {
        Event { topic: self, version: 0 }
    }

    /// The event with the version that its rows have now.
    pub fn at(self, version: i64) -> Event {
        Event { topic: self, version }
    }
}

/// Where it is kept: in this server, or in Redis as well when several servers serve one city.
#[derive(Clone)]
pub enum Ephemeral {
    /// This server alone.
    Memory(Memory),
    /// Shared by Redis; whatever it can't do is done in this server's memory.
    Redis(Redis),
}

impl Ephemeral {
    /// This server alone.
    pub fn memory() -> Self {
        Self::Memory(Memory::default())
    }

    /// Shared by the Redis at `url`, under a prefix of this installation. Must be called within a runtime: it keeps
    /// trying to reach Redis in the background.
    ///
    /// # Errors
    /// When the URL is none.
    pub fn redis(url: &str, installation: &str) -> crate::error::Result<Self> {
        Ok(Self::Redis(Redis::open(url, installation)?))
    }

    /// Tells everyone who listens, here and on other servers. Never waits.
    pub fn publish(&self, event: Event) {
        self.local().publish(event);
        if let Self::Redis(redis) = self {
            redis.publish(event);
        }
    }

    /// Listens to what this server and others publish from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.local().subscribe()
    }

    /// Counts one more try under `key` and returns how many there were in its window, this one included.
    pub async fn count(&self, key: &str, window: Duration) -> u64 {
        match self {
            Self::Memory(memory) => memory.count(key, window),
            Self::Redis(redis) => redis.count(key, window).await,
        }
    }

    /// How many tries were counted under `key` in the window that runs.
    pub async fn counted(&self, key: &str) -> u64 {
        match self {
            Self::Memory(memory) => memory.counted(key),
            Self::Redis(redis) => redis.counted(key).await,
        }
    }

    /// Whether other servers are in reach; `None` when there is no Redis to reach.
    pub fn reached(&self) -> Option<bool> {
        match self {
            Self::Memory(_) => None,
            Self::Redis(redis) => Some(redis.reached()),
        }
    }

    fn local(&self) -> &Memory {
        match self {
            Self::Memory(memory) => memory,
            Self::Redis(redis) => redis.memory(),
        }
    }
}
