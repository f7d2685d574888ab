//! Who is behind a token, remembered for a few seconds.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;

use super::{rules, store};
use crate::app::App;
use crate::auth::Token;
use crate::clock::Timestamp;
use crate::db::{Db, Lane};
use crate::error::Result;
use crate::orgs::{self, HeldRole};
use crate::units::{MemberId, OrganizationId, SessionId};

/// A signed-in member with what permission depends on.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The member.
    pub id: MemberId,
    /// This sign-in.
    pub session: SessionId,
    /// When they signed in, by the real clock.
    pub signed_in_at: Timestamp,
    /// Their name.
    pub name: String,
    /// The unit they belong to.
    pub unit_id: Option<OrganizationId>,
    /// The community where they live.
    pub community_id: Option<OrganizationId>,
    /// The roles they hold now.
    pub roles: Vec<HeldRole>,
    /// Unit, home community and everything above them: the audiences they belong to.
    pub circles: Vec<OrganizationId>,
}

/// A caller and until when the sign-in is good.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub caller: Arc<Caller>,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// What is remembered of who may do what is believed no longer than this.
const BELIEVED: Duration = Duration::from_secs(5);

/// Callers by token hash, for at most five seconds: a role taken away holds no longer than that.
#[derive(Clone)]
pub struct Callers {
    found: Cache<[u8; 32], Found>,
    circles: Circles,
}

impl Default for Callers {
    fn default() -> Self {
        Self {
            found: Cache::builder().max_capacity(100_000).time_to_live(BELIEVED).build(),
            circles: Circles(Cache::builder().max_capacity(20_000).time_to_live(BELIEVED).build()),
        }
    }
}

/// What stands above each organisation. Thousands of members share a few hundred units and communities, so that a rush
/// asks for each of these once.
#[derive(Clone)]
pub(super) struct Circles(Cache<OrganizationId, Arc<[OrganizationId]>>);

impl Circles {
    /// These organisations and all above them, each once.
    pub fn around(
        &self,
        db: &mut Db,
        own: impl Iterator<Item = OrganizationId>,
    ) -> Result<Vec<OrganizationId>> {
        let mut all = Vec::new();
        for organization in own {
            let above = match self.0.get(&organization) {
                Some(above) => above,
                None => {
                    let above: Arc<[_]> = orgs::with_those_above(db, organization)?.into();
                    self.0.insert(organization, above.clone());
                    above
                }
            };
            all.extend(above.iter().copied());
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }
}

impl Callers {
    /// The caller behind a token, if it is good now.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn find(&self, app: &App, token: &Token) -> Result<Option<Arc<Caller>>> {
        let hash = token.hash();
        let now = app.clock.real();
        if let Some(found) = self.found.get(&hash) {
            return Ok((found.expires_at > now).then_some(found.caller));
        }
        let circles = self.circles.clone();
        let read = app.store.read(move |db| store::caller(db, &circles, &hash, now)).await?;
        let Some(found) = read else {
            return Ok(None);
        };
        if rules::is_to_be_noted(found.seen_at, now) {
            note_use(app, &found, now).await;
        }
        self.found.insert(hash, found.clone());
        Ok(Some(found.caller))
    }

    /// Forgets a sign-in that has ended.
    pub fn forget(&self, session: SessionId) {
        let gone: Vec<_> = self
            .found
            .iter()
            .filter(|(_, found)| found.caller.session == session)
            .map(|(hash, _)| *hash)
            .collect();
        for hash in gone {
            self.found.invalidate(&hash);
        }
    }

    /// Forgets everything: events may have been missed.
    pub fn forget_all(&self) {
        self.found.invalidate_all();
        self.circles.0.invalidate_all();
    }
}

async fn note_use(app: &App, found: &Found, now: Timestamp) {
    let caller = &found.caller;
    let expires_at = rules::expires_at(!caller.roles.is_empty(), caller.signed_in_at, now);
    let (member, session) = (caller.id, caller.session);
    let noted =
        app.store.write(Lane::Member(member), move |db| store::note_use(db, session, now, expires_at)).await;
    // The sign-in holds all the same; the next use writes it down.
    if let Err(error) = noted {
        tracing::warn!(%error, "the use of a sign-in was not written down");
    }
}
