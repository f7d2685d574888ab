//! What changes while someone looks: pages listen here and then fetch what they show by its ordinary route.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, web};
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, Interval, interval_at};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::auth::{Member, Permission};
use crate::ephemeral::{Event, Topic};
use crate::error::{Code, Error, Result};
use crate::orgs::{self, Scope};
use crate::posts::SiteLead;
use crate::units::{OrganizationId, SessionId, ShiftId};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(listen);
}

/// As often it is asked again whether the listener may, and something is sent so that proxies keep the line open.
const RECHECK: Duration = Duration::from_secs(15);
/// So many at once for one sign-in, on one server.
const MOST: usize = 4;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LiveQuery {
    /// `me`, `queue`, `shift:{id}` or `organization:{id}`.
    #[param(example = "queue")]
    topic: String,
}

/// One event's data: that something changed, and nothing of what it is now.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "describes in the document what Topic and Event write")]
struct Told {
    /// `me`, `queue`, `shift`, `organization`; or `resync` when events may have been missed: fetch everything again.
    topic: String,
    /// The member, shift or organisation; none for `queue` and `resync`.
    id: Option<i64>,
    /// The version that it has now; 0 where it has none.
    version: i64,
}

/// Server-sent events about one topic: `me` and `queue` for every member, a shift for its lead and its publisher's
/// officers, an organisation for its officers. Whoever may no longer listen is cut off within 15 seconds. A sign-in
/// listens to at most 4 topics at once on a server.
#[utoipa::path(
    tag = "live",
    params(LiveQuery),
    responses((status = 200, body = Told, content_type = "text/event-stream")),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/live")]
async fn listen(
    app: web::Data<App>,
    by: Member,
    request: HttpRequest,
    query: web::Query<LiveQuery>,
) -> Result<HttpResponse> {
    let subject = Subject::parse(&query.topic).ok_or_else(|| Error::field("topic", "unknown"))?;
    // Listening begins before the check, so that nothing is missed between the two.
    let events = app.ephemeral.subscribe();
    subject.admit(&app, &by).await?;
    let seat = app.listeners.sit(by.session)?;
    let listening = Listening {
        stopping: app.stopping.subscribe(),
        app: app.get_ref().clone(),
        request,
        by,
        subject,
        events,
        recheck: interval_at(Instant::now() + RECHECK, RECHECK),
        _seat: seat,
    };
    let first = stream::once(std::future::ready(comment("listening")));
    let rest = stream::unfold(listening, |mut listening| async {
        let piece = listening.next().await?;
        Some((piece, listening))
    });
    let body = first.chain(rest).map(Ok::<_, Infallible>);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        // Compressed, an event would wait for others to fill a block.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(body))
}

/// What one listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Me,
    Queue,
    Shift(ShiftId),
    Organization(OrganizationId),
}

impl Subject {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None if text == "me" => Some(Self::Me),
            None if text == "queue" => Some(Self::Queue),
            Some(("shift", id)) => id.parse().ok().map(ShiftId).map(Self::Shift),
            Some(("organization", id)) => id.parse().ok().map(OrganizationId).map(Self::Organization),
            _ => None,
        }
    }

    /// Goes on when the member may listen to it now.
    async fn admit(self, app: &App, by: &Member) -> Result<()> {
        let may = match self {
            Self::Me | Self::Queue => true,
            Self::Shift(shift) => may_watch_shift(app, by, shift).await?,
            Self::Organization(id) => {
                let scope = Scope(by.roles.iter().map(|held| held.organization_id).collect());
                app.store.read(move |db| orgs::reaches(db, &scope, id)).await?
            }
        };
        if may { Ok(()) } else { Err(Error::NotFound) }
    }

    fn is_told_by(self, event: &Event, by: &Member) -> bool {
        match (self, event.topic) {
            (Self::Me, Topic::Me(member)) => member == by.id,
            (Self::Queue, Topic::Queue) => true,
            (Self::Shift(own), Topic::Shift(shift)) => own == shift,
            (Self::Organization(own), Topic::Organization(organization)) => own == organization,
            _ => false,
        }
    }
}

/// Whether a member leads the shift or is an officer of its publisher.
async fn may_watch_shift(app: &App, by: &Member, shift: ShiftId) -> Result<bool> {
    match SiteLead::over(app, by.clone(), shift).await {
        Err(Error::NotFound) => Ok(false),
        power => power.map(|_| true),
    }
}

/// One open line.
struct Listening {
    app: App,
    request: HttpRequest,
    by: Member,
    subject: Subject,
    events: broadcast::Receiver<Event>,
    stopping: watch::Receiver<bool>,
    recheck: Interval,
    _seat: Seat,
}

impl Listening {
    /// The next piece to send; `None` ends the line.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            tokio::select! {
                _ = self.stopping.wait_for(|stopping| *stopping) => return None,
                event = self.events.recv() => match event {
                    Ok(Event { topic: Topic::Session(ended), .. }) if ended == self.by.session => return None,
                    // A moved clock changes what every page shows.
                    Ok(Event { topic: Topic::Resync | Topic::Clock, .. })
                    | Err(broadcast::error::RecvError::Lagged(_)) => {
                        return Some(data(&Topic::Resync.changed()));
                    }
                    Ok(event) if self.subject.is_told_by(&event, &self.by) => return Some(data(&event)),
                    Ok(_) => {}
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
                _ = self.recheck.tick() => {
                    let by = Member::from_request(&self.request, &mut Payload::None).await.ok()?;
                    self.subject.admit(&self.app, &by).await.ok()?;
                    self.by = by;
                    return Some(comment("still here"));
                }
            }
        }
    }
}

fn comment(text: &str) -> Bytes {
    format!(": {text}\n\n").into()
}

fn data(event: &Event) -> Bytes {
    #[derive(Serialize)]
    struct Data {
        #[serde(flatten)]
        topic: Topic,
        version: i64,
    }
    let data = Data { topic: event.topic, version: event.version };
    format!("data: {}\n\n", serde_json::to_string(&data).unwrap_or_default()).into()
}

/// How many lines each sign-in has open on this server. Clones share it.
#[derive(Clone, Default)]
pub struct Listeners(Arc<Mutex<HashMap<SessionId, usize>>>);

impl Listeners {
    /// How many lines are open.
    pub fn count(&self) -> usize {
        self.0.lock().map_or(0, |seats| seats.values().sum())
    }

    fn sit(&self, session: SessionId) -> Result<Seat> {
        let mut seats = self.0.lock().map_err(|_| Error::internal("a thread died holding the listeners"))?;
        let taken = seats.entry(session).or_default();
        if *taken >= MOST {
            return Err(Code::RateLimited.because("most", MOST));
        }
        *taken += 1;
        Ok(Seat { listeners: self.clone(), session })
    }
}

/// One open line among its sign-in's; given back when the line ends.
struct Seat {
    listeners: Listeners,
    session: SessionId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Ok(mut seats) = self.listeners.0.lock()
            && let Some(taken) = seats.get_mut(&self.session)
        {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_read_or_refused() {
        assert_eq!(Subject::parse("me"), Some(Subject::Me));
        assert_eq!(Subject::parse("shift:7"), Some(Subject::Shift(ShiftId(7))));
        for wrong in ["", "shift", "shift:", "shift:x", "member:1", "me:1"] {
            assert_eq!(Subject::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_sign_in_has_four_lines_and_gets_them_back() {
        let listeners = Listeners::default();
        let seats: Vec<_> = (0..MOST).map(|_| listeners.sit(SessionId(1)).unwrap()).collect();
        assert!(listeners.sit(SessionId(1)).is_err() && listeners.sit(SessionId(2)).is_ok());
        drop(seats);
        assert_eq!(listeners.count(), 0);
        assert!(listeners.sit(SessionId(1)).is_ok());
    }

    #[test]
    fn an_event_says_what_changed_and_nothing_else() {
        let text = |event: &Event| String::from_utf8(data(event).to_vec()).unwrap();
        assert_eq!(
            text(&Topic::Shift(ShiftId(7)).at(3)),
            "data: {\"topic\":\"shift\",\"id\":7,\"version\":3}\n\n"
        );
        assert_eq!(text(&Topic::Resync.changed()), "data: {\"topic\":\"resync\",\"version\":0}\n\n");
    }
}
