//! The running application: its parts, and one way to act on them.

use std::sync::Arc;

use tokio::sync::watch;

use crate::accounts::Callers;
use crate::auth::Passwords;
use crate::claims::{Marks, Mode};
use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::Keys;
use crate::db::{Db, Lane, Sizes, Store, migrate};
use crate::ephemeral::{Ephemeral, Event, Topic};
use crate::error::{Error, Result};
use crate::http::{Once, Policy, Reply};
use crate::live::Listeners;
use crate::orgs::Grids;
use crate::pages::Pages;
use crate::posts::Fences;
use crate::queue::Queue;
use crate::units::MemberId;

/// Everything that a request may need. Clones share it.
#[derive(Clone)]
pub struct App {
    /// What the operator set.
    pub config: Arc<Config>,
    /// The truth.
    pub store: Store,
    /// What may vanish.
    pub ephemeral: Ephemeral,
    /// What time it is.
    pub clock: Clock,
    /// The installation's keys.
    pub keys: Arc<Keys>,
    /// Who is behind a token.
    pub callers: Callers,
    /// Verifies passwords.
    pub passwords: Passwords,
    /// Which community answers for a place.
    pub grids: Grids,
    /// Fences of posts.
    pub fences: Fences,
    /// Which shifts are known to be full.
    pub marks: Marks,
    /// The open shifts.
    pub queue: Queue,
    /// Pages that listen for changes.
    pub listeners: Listeners,
    /// What people see; none when the binary was built without them.
    pub pages: Pages,
    /// What browsers may load.
    pub policy: Policy,
    /// Turns true when the server is to stop: long answers end then.
    pub stopping: watch::Sender<bool>,
}

impl App {
    /// Opens the database, the keys and the link to other servers. Must be called within a runtime.
    ///
    /// # Errors
    /// With a sentence for the operator, when one of them can't be opened.
    pub fn open(config: Config, clock: Clock, sizes: Sizes, marks: Mode) -> Result<Self> {
        migrate::prepare(&config.database.engine)?;
        let mut db = config.database.engine.connect()?;
        let keys = Keys::settle(&config.keys.path, &mut db, clock.real())?;
        let installation = installation(&mut db)?;
        let ephemeral = match &config.redis.url {
            Some(url) => Ephemeral::redis(url, &installation)?,
            None => Ephemeral::memory(),
        };
        Ok(Self {
            store: Store::open(config.database.engine.clone(), sizes)?,
            policy: Policy::of(&config),
            config: Arc::new(config),
            ephemeral,
            clock,
            keys: Arc::new(keys),
            callers: Callers::default(),
            passwords: Passwords::default(),
            grids: Grids::default(),
            fences: Fences::default(),
            marks: Marks::new(marks),
            queue: Queue::default(),
            listeners: Listeners::default(),
            pages: Pages::built(),
            stopping: watch::Sender::new(false),
        })
    }

    /// Runs an act as one unit of work, once for its idempotency key, and tells others after its commit. Which shifts
    /// there are to claim is read again before the answer, so that whoever acted sees it.
    ///
    /// # Errors
    /// As [`Store::write`] and the act itself.
    pub async fn act<F>(&self, by: MemberId, lane: Lane, once: Once, act: F) -> Result<Reply>
    where
        F: Fn(&mut Db) -> Result<Reply> + Send + 'static,
    {
        let now = self.clock.now();
        self.act_keyed(lane, move |db| once.run(db, by, now, &act)).await
    }

    /// Tells this server's parts and other servers what has changed. Its own next page of the queue shows it, and its own
    /// marks know of it before the answer, however long Redis takes.
    pub async fn tell(&self, events: &[Event]) {
        for event in events {
            self.marks.hear(event);
            self.ephemeral.publish(*event);
        }
        if events.iter().any(|event| event.topic == Topic::Queue)
            && let Err(error) = self.queue.refresh(self).await
        {
            // It is committed all the same; the next reload brings it.
            tracing::warn!(%error, "the queue could not be read again after an act");
        }
    }

    /// Runs an act whose rows keep its key themselves, as check-ins do for ever.
    ///
    /// # Errors
    /// As [`Store::write`] and the act itself.
    pub async fn act_keyed<F>(&self, lane: Lane, act: F) -> Result<Reply>
    where
        F: Fn(&mut Db) -> Result<Reply> + Send + 'static,
    {
        let reply = self.store.write(lane, act).await?;
        self.tell(reply.events()).await;
        Ok(reply)
    }
}

/// A name for this installation's keys in a shared Redis, made once.
fn installation(db: &mut Db) -> Result<String> {
    if let Some(name) = migrate::get(db, "installation")? {
        return Ok(name);
    }
    let name = crate::crypto::to_url_text(&crate::crypto::random::<9>());
    migrate::put(db, "installation", &name)?;
    migrate::get(db, "installation")?.ok_or_else(|| Error::internal("the installation has no name"))
}
