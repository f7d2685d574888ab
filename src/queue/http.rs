//! Reading the queue.

use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::open::OpenShift;
use super::rules::{self, Reading, Urgency};
use super::snapshot::Snapshot;
use crate::app::App;
use crate::auth::{Member, Permission};
use crate::clock::Timestamp;
use crate::crypto::{sha256, to_url_text};
use crate::error::{Code, Error, Fields, Result};
use crate::geo::{Datum, Metres, Position, PositionError};
use crate::http::page::{self, Page};
use crate::posts::Category;
use crate::posts::http::{PostCard, ShiftCard};
use crate::units::{OrganizationId, ShiftId};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(queue);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct QueueQuery {
    /// Where the member is: with `lon` and `datum`, or none of the three.
    lat: Option<f64>,
    /// Degrees east.
    lon: Option<f64>,
    /// What the degrees refer to.
    datum: Option<Datum>,
    /// Only this kind of service.
    category: Option<Category>,
    /// Only shifts that begin then or later: RFC 3339 with offset.
    from: Option<String>,
    /// Only shifts that begin before.
    to: Option<String>,
    /// Only posts so many metres away or less, 1 to 50,000; needs a position.
    within_m: Option<u32>,
    /// Rows a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended; good for 5 minutes.
    cursor: Option<String>,
}

/// A shift that needs people.
#[derive(Debug, Serialize, ToSchema)]
struct QueueItem {
    /// The shift.
    shift: ShiftCard,
    /// Its post.
    post: PostCard,
    /// Its places.
    places: Places,
    /// Metres from the given position to the post; `null` without one.
    distance_m: Option<u32>,
    /// How urgently it needs people, 0 to 1,000.
    urgency: Urgency,
}

/// The places of a shift.
#[derive(Debug, Serialize, ToSchema)]
struct Places {
    /// All of them.
    capacity: i32,
    /// Those that are taken.
    taken: i32,
    /// Those that are open.
    open: i32,
    /// When this was so.
    as_of: Timestamp,
}

/// The minute whose order a list has, and the row that its page ended with.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place(Timestamp, Urgency, ShiftId);

/// What a caller asks the queue for, checked.
struct Wanted {
    at: Option<Position>,
    within: Option<Metres>,
    category: Option<Category>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    limit: usize,
    /// The minute whose order is asked for.
    as_of: Timestamp,
    after: Option<(Urgency, ShiftId)>,
    now: Timestamp,
}

/// The shifts that the member may claim now, most urgent first.
#[utoipa::path(
    tag = "queue",
    params(QueueQuery),
    responses((status = 200, body = Page<QueueItem>), (status = 304, description = "As it was")),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/queue")]
async fn queue(
    app: web::Data<App>,
    by: Member,
    query: web::Query<QueueQuery>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let wanted = query.into_inner().check(app.clock.now())?;
    let snapshot = app.queue.snapshot(&app).await?;
    let tag = tag(&snapshot, &wanted, &by.circles, request.query_string());
    let is_known = is_known(&request, &tag);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // Kept by the caller alone, and asked for again each time.
    response.insert_header((CACHE_CONTROL, "private, no-cache")).insert_header((ETAG, tag.to_string()));
    if is_known {
        return Ok(response.finish());
    }
    let page = serde_json::to_vec(&wanted.page(&snapshot, &by.circles)).map_err(Error::internal)?;
    Ok(response.content_type("application/json").body(page))
}

impl QueueQuery {
    fn check(self, now: Timestamp) -> Result<Wanted> {
        let mut fields = Fields::default();
        let at = match (self.lat, self.lon, self.datum) {
            (None, None, None) => None,
            (Some(lat), Some(lon), Some(datum)) => {
                let position = Position::new(lat, lon, datum);
                position.map_err(|error| fields.refuse(name_of(error), error.into())).ok()
            }
            (lat, lon, datum) => {
                fields.require(lat.is_some(), "lat", "required_with_a_position");
                fields.require(lon.is_some(), "lon", "required_with_a_position");
                fields.require(datum.is_some(), "datum", "required_with_a_position");
                None
            }
        };
        if let Some(metres) = self.within_m {
            fields.require((1..=50_000).contains(&metres), "within_m", "1_to_50000");
            fields.require(self.lat.is_some(), "within_m", "needs_a_position");
        }
        let from = time(&mut fields, "from", self.from);
        let to = time(&mut fields, "to", self.to);
        fields.require(from.zip(to).is_none_or(|(from, to)| from < to), "to", "after_from");
        fields.into_result()?;
        let place: Option<Place> = page::place(self.cursor.as_deref())?;
        let as_of = match place {
            None => now.whole_minute(),
            Some(Place(as_of, ..)) => match rules::reading(as_of, now) {
                Reading::GoesOn => as_of,
                Reading::Expired => return Err(Code::CursorExpired.reject()),
                Reading::Unknown => return Err(Error::field("cursor", "unknown")),
            },
        };
        Ok(Wanted {
            at,
            within: self.within_m.map(Metres::whole),
            category: self.category,
            from,
            to,
            limit: page::limit(self.limit)?,
            as_of,
            after: place.map(|Place(_, urgency, id)| (urgency, id)),
            now,
        })
    }
}

fn name_of(error: PositionError) -> &'static str {
    match error {
        PositionError::LatOutOfRange => "lat",
        PositionError::LonOutOfRange => "lon",
    }
}

/// Reads an instant whose offset's plus sign may have come as a space, which it means in a query.
fn time(fields: &mut Fields, name: &str, text: Option<String>) -> Option<Timestamp> {
    let text = text?;
    let time = Timestamp::parse(&text.replace(' ', "+"));
    fields.require(time.is_some(), name, "time_with_offset");
    time
}

impl Wanted {
    /// One page of what the caller asks for and may claim.
    fn page(&self, snapshot: &Snapshot, circles: &[OrganizationId]) -> Page<QueueItem> {
        let order = snapshot.board.order(self.as_of);
        let ends_after = super::ends_after(self.now);
        let rows = snapshot
            .board
            .walk(&order, self.after, self.at.zip(self.within))
            .filter(|(_, shift)| shift.open() > 0 && shift.ends_at > ends_after)
            .filter(|(_, shift)| self.fits(shift) && shift.post.audience.admits(circles))
            .filter_map(|(urgency, shift)| Some((urgency, shift, self.distance_to(shift)?)))
            .take(self.limit + 1)
            .collect();
        Page::cut(rows, self.limit, |(urgency, shift, _)| Place(self.as_of, *urgency, shift.id))
            .map(|(urgency, shift, distance_m)| item(snapshot, urgency, shift, distance_m))
    }

    fn fits(&self, shift: &OpenShift) -> bool {
        self.category.is_none_or(|category| shift.post.card.category == category)
            && self.from.is_none_or(|from| shift.starts_at >= from)
            && self.to.is_none_or(|to| shift.starts_at < to)
    }

    /// Whole metres to the post where a position is given; nothing at all when the post is too far away.
    fn distance_to(&self, shift: &OpenShift) -> Option<Option<u32>> {
        let Some(at) = self.at else { return Some(None) };
        let distance = at.distance_to(shift.post.card.position);
        let is_near = self.within.is_none_or(|within| distance <= within);
        is_near.then(|| Some(distance.value().round() as u32))
    }
}

fn item(snapshot: &Snapshot, urgency: Urgency, shift: &OpenShift, distance_m: Option<u32>) -> QueueItem {
    QueueItem {
        shift: ShiftCard { id: shift.id, starts_at: shift.starts_at, ends_at: shift.ends_at },
        post: shift.post.card.clone(),
        places: Places {
            capacity: shift.capacity,
            taken: shift.taken,
            open: shift.open(),
            as_of: snapshot.read_at(shift.id),
        },
        distance_m,
        urgency,
    }
}

/// Names what a caller would read now. Weak: the same rows, read from the database again, have the same tag.
fn tag(snapshot: &Snapshot, wanted: &Wanted, circles: &[OrganizationId], query: &str) -> EntityTag {
    let minute = wanted.now.whole_minute().micros().to_be_bytes();
    let circles: Vec<u8> = circles.iter().flat_map(|circle| circle.0.to_be_bytes()).collect();
    let count = circles.len().to_be_bytes();
    let hash = sha256(&[&snapshot.board.name, &minute, &count, &circles, query.as_bytes()]);
    EntityTag::new_weak(to_url_text(&hash[..12]))
}

fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}
