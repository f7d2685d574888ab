//! Events and counts that several servers share through Redis, which may come and go.

use std::sync::Arc;
use std::time::Duration;

use ::redis::aio::MultiplexedConnection;
use ::redis::{AsyncCommands, AsyncConnectionConfig, Client};
use arc_swap::ArcSwapOption;
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::memory::Memory;
use super::{Event, Topic};
use crate::crypto;
use crate::error::{Error, Result};

/// Between two tries to reach a Redis that is away.
const PAUSE: Duration = Duration::from_millis(500);
/// A command that takes longer is given up; the server goes on without.
const PATIENCE: Duration = Duration::from_millis(250);
/// A subscription that carries nothing is pinged as often, so that a frozen Redis is noticed.
const HEARTBEAT: Duration = Duration::from_secs(3);
/// Events that wait to be sent; while Redis is away the rest is dropped, since a resync follows anyway.
const OUTGOING: usize = 8_192;

#[derive(Clone)]
pub struct Redis {
    memory: Memory,
    outgoing: mpsc::Sender<Event>,
    connection: Arc<ArcSwapOption<MultiplexedConnection>>,
    prefix: Arc<str>,
}

#[derive(Serialize, Deserialize)]
struct Message {
    from: String,
    event: Event,
}

impl Redis {
    pub(super) fn open(url: &str, installation: &str) -> Result<Self> {
        let client = Client::open(url).map_err(Error::internal)?;
        let (outgoing, queue) = mpsc::channel(OUTGOING);
        let redis = Self {
            memory: Memory::default(),
            outgoing,
            connection: Arc::default(),
            prefix: format!("daogang:{installation}").into(),
        };
        let link = Link {
            client,
            memory: redis.memory.clone(),
            connection: redis.connection.clone(),
            channel: format!("{}:events", redis.prefix),
            own: crypto::to_url_text(&crypto::random::<9>()),
        };
        tokio::spawn(link.keep(queue));
        Ok(redis)
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }

    pub(super) fn reached(&self) -> bool {
        self.connection.load().is_some()
    }

    pub(super) fn publish(&self, event: Event) {
        if self.reached() && self.outgoing.try_send(event).is_err() {
            metrics::counter!("daogang_events_dropped_total").increment(1);
        }
    }

    pub(super) async fn count(&self, key: &str, window: Duration) -> u64 {
        // Counted here too, so that the count goes on when Redis goes away amid it.
        let own = self.memory.count(key, window);
        let Some(mut connection) = self.connection.load_full().map(|connection| (*connection).clone()) else {
            return own;
        };
        let key = format!("{}:count:{key}", self.prefix);
        let shared: Result<(u64,), _> = ::redis::pipe()
            .atomic()
            .incr(&key, 1)
            .cmd("PEXPIRE")
            .arg(&key)
            .arg(window.as_millis() as u64)
            .arg("NX")
            .ignore()
            .query_async(&mut connection)
            .await;
        shared.map_or(own, |(count,)| count.max(own))
    }

    pub(super) async fn counted(&self, key: &str) -> u64 {
        let own = self.memory.counted(key);
        let Some(mut connection) = self.connection.load_full().map(|connection| (*connection).clone()) else {
            return own;
        };
        let shared: Result<Option<u64>, _> = connection.get(format!("{}:count:{key}", self.prefix)).await;
        shared.ok().flatten().map_or(own, |count| count.max(own))
    }
}

/// The background half: reaches Redis, and carries events both ways for as long as it can.
struct Link {
    client: Client,
    memory: Memory,
    connection: Arc<ArcSwapOption<MultiplexedConnection>>,
    channel: String,
    own: String,
}

impl Link {
    async fn keep(self, mut queue: mpsc::Receiver<Event>) {
        let mut told = false;
        loop {
            match self.carry(&mut queue, &mut told).await {
                Ok(()) => return,
                Err(error) if !told => {
                    tracing::warn!(%error, "Redis can't be reached; this server goes on alone and joins when it is back");
                    told = true;
                }
                Err(_) => {}
            }
            self.connection.store(None);
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Carries events until Redis fails; returns `Ok` only when nobody can publish any more.
    async fn carry(&self, queue: &mut mpsc::Receiver<Event>, told: &mut bool) -> ::redis::RedisResult<()> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(Duration::from_secs(2)))
            .set_response_timeout(Some(PATIENCE));
        let mut sending = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        let (mut sink, mut stream) = self.client.get_async_pubsub().await?.split();
        sink.subscribe(&self.channel).await?;
        self.connection.store(Some(Arc::new(sending.clone())));
        if std::mem::take(told) {
            tracing::info!("Redis is back; this server has joined the others");
        }
        self.memory.publish(Topic::Resync.changed());
        loop {
            tokio::select! {
                event = queue.recv() => {
                    let Some(event) = event else { return Ok(()) };
                    let message = Message { from: self.own.clone(), event };
                    let text = serde_json::to_string(&message).unwrap_or_default();
                    let _: () = sending.publish(&self.channel, text).await?;
                }
                message = stream.next() => {
                    let Some(message) = message else {
                        return Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into());
                    };
                    self.receive(message.get_payload_bytes());
                }
                () = tokio::time::sleep(HEARTBEAT) => {
                    let _: () = sending.ping().await?;
                }
            }
        }
    }

    fn receive(&self, payload: &[u8]) {
        match serde_json::from_slice::<Message>(payload) {
            Ok(message) if message.from != self.own => self.memory.publish(message.event),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "an event from another server can't be read"),
        }
    }
}
