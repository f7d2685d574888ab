//! A week of the demo city's posts and shifts, written out from a list of what is done where and when.

use ::geo::Coord;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use serde::Deserialize;
use serde_json::json;

use super::city::{City, micro};
use super::draw::Draw;
use super::organizations::Organizations;
use super::people::{DemoRole, Officers, People};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::orgs::OrganizationKind;
use crate::units::{GridId, MemberId, OrganizationId, PostId, ShiftId};

/// A line of data/posts.json: one post at each of its places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outline {
    category: String,
    title: String,
    places: Vec<String>,
    /// Code of the community; any with an officer unless given.
    community: Option<String>,
    publisher: OrganizationKind,
    /// Whether each of its posts has a site lead.
    #[serde(default)]
    led: bool,
    /// Whether nobody but the lead holds a place.
    #[serde(default)]
    kept_open: bool,
    description: String,
    meeting_point: String,
    bring: String,
    duties: Vec<String>,
    #[serde(default)]
    skills: Vec<String>,
    #[serde(default)]
    risk_notice: String,
    /// Whether it is dangerous, and insured.
    #[serde(default)]
    insurance: bool,
    methods: Vec<String>,
    /// A polygon is drawn unless given.
    radius_m: Option<i32>,
    #[serde(default)]
    priority: i32,
    #[serde(default)]
    audience: Open,
    /// Names of units, for an audience of units.
    #[serde(default)]
    units: Vec<String>,
    /// Days of the week, Monday being 1.
    days: Vec<u32>,
    /// Starts and ends; one that ends before it starts ends on the day after.
    times: Vec<(String, String)>,
    capacity: Vec<i32>,
}

/// Whom a post is open to.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Open {
    #[default]
    Everyone,
    Street,
    District,
    Units,
}

/// Whom a post admits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    Everyone,
    Subtree(OrganizationId),
    Units(Vec<OrganizationId>),
}

impl Audience {
    /// As it stands in the database.
    pub(super) fn to_json(&self) -> String {
        match self {
            Self::Everyone => json!({"kind": "everyone"}),
            Self::Subtree(id) => json!({"kind": "subtree", "organization_id": id}),
            Self::Units(ids) => json!({"kind": "units", "organization_ids": ids}),
        }
        .to_string()
    }
}

/// A post before it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Post {
    pub(super) id: PostId,
    pub(super) organization: OrganizationId,
    pub(super) community: OrganizationId,
    pub(super) created_by: MemberId,
    pub(super) category: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) place: String,
    pub(super) meeting_point: String,
    pub(super) bring: String,
    pub(super) duties: Vec<String>,
    pub(super) skills: Vec<String>,
    pub(super) at: Coord,
    pub(super) radius_m: Option<i32>,
    /// GeoJSON, longitude first.
    pub(super) polygon: Option<String>,
    pub(super) methods: Vec<String>,
    pub(super) risk_notice: String,
    pub(super) insurance_ref: Option<String>,
    pub(super) audience: Audience,
    pub(super) priority: i32,
    pub(super) published_at: Timestamp,
    pub(super) lead: Option<MemberId>,
    pub(super) kept_open: bool,
}

/// A shift before it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shift {
    pub(super) id: ShiftId,
    /// Its post's place in the list of posts.
    pub(super) post: usize,
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
    pub(super) capacity: i32,
}

/// Writes the posts out, and their shifts of the seven days from `from`.
pub(super) fn write_out(
    city: &City,
    tree: &Organizations,
    officers: &Officers,
    people: &People,
    seed: u64,
    from: NaiveDate,
) -> Result<(Vec<Post>, Vec<Shift>)> {
    let outlines: Vec<Outline> =
        serde_json::from_str(include_str!("data/posts.json")).map_err(Error::internal)?;
    let mut communities =
        officers.of_role(DemoRole::CommunityOfficer).collect::<Vec<_>>().into_iter().cycle();
    let mut leads = people.leads().map(|lead| lead.id);
    let mut draw = Draw::new(seed, "posts");
    let (mut posts, mut shifts) = (Vec::new(), Vec::new());
    for outline in &outlines {
        for place in &outline.places {
            let community = match &outline.community {
                Some(code) => city.by_code(code).map(|place| place.organization()),
                None => communities.next(),
            };
            let community =
                community.ok_or_else(|| Error::internal("a post of the demo has no community"))?;
            let site = Site { city, tree, people, community, from };
            let mut post = site.post(outline, place, posts.len(), &mut draw)?;
            post.lead = if outline.led { leads.next() } else { None };
            add_shifts(outline, from, posts.len(), &mut shifts, &mut draw)?;
            posts.push(post);
        }
    }
    Ok((posts, shifts))
}

/// What a post stands on.
struct Site<'a> {
    city: &'a City,
    tree: &'a Organizations,
    people: &'a People,
    community: OrganizationId,
    from: NaiveDate,
}

impl Site<'_> {
    /// The organisation of a kind that the community belongs to.
    fn within(&self, kind: OrganizationKind) -> Result<OrganizationId> {
        let above = self.tree.upwards(self.community);
        above
            .filter_map(|id| self.tree.get(id))
            .find(|organization| organization.kind == kind)
            .map(|organization| organization.id)
            .ok_or_else(|| Error::internal("a post of the demo has no publisher"))
    }

    fn post(&self, outline: &Outline, place: &str, number: usize, draw: &mut Draw) -> Result<Post> {
        let organization = self.within(outline.publisher)?;
        let nobody = || Error::internal("the publisher of a demo post has no officer");
        let nowhere = || Error::internal("a community of the demo has no ground");
        let at = self.city.point_in(GridId(self.community.0), draw).ok_or_else(nowhere)?;
        let audience = match outline.audience {
            Open::Everyone => Audience::Everyone,
            Open::Street => Audience::Subtree(self.within(OrganizationKind::Street)?),
            Open::District => Audience::Subtree(self.within(OrganizationKind::District)?),
            Open::Units => {
                let units = self.tree.of_kind(OrganizationKind::Unit);
                let named = units.filter(|unit| outline.units.contains(&unit.name));
                Audience::Units(named.map(|unit| unit.id).collect())
            }
        };
        let published_at = Timestamp::start_of(self.from)
            .minus(TimeDelta::days(draw.below(5) as i64 + 2))
            .plus(TimeDelta::minutes(9 * 60 + draw.below(8 * 60) as i64));
        Ok(Post {
            id: PostId(number as i64 + 1),
            organization,
            community: self.community,
            created_by: self.people.officer_of(organization).ok_or_else(nobody)?,
            category: outline.category.clone(),
            title: format!("{place}{}", outline.title),
            description: outline.description.clone(),
            place: place.to_owned(),
            meeting_point: outline.meeting_point.clone(),
            bring: outline.bring.clone(),
            duties: outline.duties.clone(),
            skills: outline.skills.clone(),
            at,
            radius_m: outline.radius_m,
            polygon: outline.radius_m.is_none().then(|| around(at)),
            methods: outline.methods.clone(),
            risk_notice: outline.risk_notice.clone(),
            insurance_ref: outline
                .insurance
                .then(|| format!("志愿保险-{}-{:03}", self.from.year(), number + 1)),
            audience,
            priority: outline.priority,
            published_at,
            lead: None,
            kept_open: outline.kept_open,
        })
    }
}

fn add_shifts(
    outline: &Outline,
    from: NaiveDate,
    post: usize,
    shifts: &mut Vec<Shift>,
    draw: &mut Draw,
) -> Result<()> {
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").map_err(Error::internal);
    for day in from.iter_days().take(7) {
        if !outline.days.contains(&day.weekday().number_from_monday()) {
            continue;
        }
        for (start, end) in &outline.times {
            let (starts_at, ends_at) = (Timestamp::at(day, time(start)?), Timestamp::at(day, time(end)?));
            shifts.push(Shift {
                id: ShiftId(shifts.len() as i64 + 1),
                post,
                starts_at,
                ends_at: if ends_at > starts_at { ends_at } else { ends_at.plus(TimeDelta::days(1)) },
                capacity: draw.pick(&outline.capacity),
            });
        }
    }
    Ok(())
}

/// A hexagon of about 150 m round a point.
fn around(at: Coord) -> String {
    let degree = 111_320.0;
    let corner = |number: u32| {
        let angle = f64::from(number % 6) * std::f64::consts::FRAC_PI_3;
        let (east, north) = (150.0 * angle.cos(), 150.0 * angle.sin());
        [micro(at.x + east / (degree * at.y.to_radians().cos())), micro(at.y + north / degree)]
    };
    json!({"type": "Polygon", "coordinates": [(0..=6).map(corner).collect::<Vec<_>>()]}).to_string()
}
