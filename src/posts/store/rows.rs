//! Posts and shifts as rows, and as the rest of the code knows them.

use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::geo::{Datum, Outline, Position};
use crate::posts::{Audience, Category, CheckInMethod, PostState, ShiftState};
use crate::schema::{posts, shifts};
use crate::units::{BatchId, MemberId, OrganizationId, PostId, ShiftId};

/// A post: what is to be done, where, and how one checks in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// Its publisher, who records and certifies.
    pub organization_id: OrganizationId,
    /// The community whose grid holds the place; none when no grid does.
    pub community_id: Option<OrganizationId>,
    /// The step that made it together with others.
    pub batch_id: Option<BatchId>,
    /// What kind of service it is.
    pub category: Category,
    /// Its title.
    pub title: String,
    /// What is to be done.
    pub description: String,
    /// The place by name.
    pub place: String,
    /// Where one meets.
    pub meeting_point: String,
    /// What to wear and to bring.
    pub bring: String,
    /// Duties and don'ts, a line each.
    pub duties: Vec<String>,
    /// Where it is.
    pub position: Position,
    /// The fence round it.
    pub fence: Outline,
    /// How one checks in.
    pub check_in: CheckIn,
    /// Skills or licences wanted.
    pub skills: Vec<String>,
    /// Whether it is dangerous.
    pub hazardous: bool,
    /// What the danger is.
    pub risk_notice: String,
    /// Reference of the insurance.
    pub insurance_ref: Option<String>,
    /// Who answers for that there is none.
    pub insurance_waived_by: Option<String>,
    /// Who may claim.
    pub audience: Audience,
    /// 0 normal, 1 high, 2 urgent.
    pub priority: i32,
    /// Where it stands.
    pub state: PostState,
    /// Why it was paused, closed or cancelled.
    pub state_reason: Option<String>,
    /// Version for edits.
    pub version: i32,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was first published.
    pub published_at: Option<Timestamp>,
}

/// How one checks in at a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The ways that are open to members; a lead's attestation always is.
    pub methods: Vec<CheckInMethod>,
    /// Minutes before the start from which one may check in, 0 to 120; 30 unless given.
    #[serde(default = "usual_opening")]
    pub opens_before_min: i32,
    /// Whether `fair` evidence counts by itself.
    #[serde(default)]
    pub fair_counts: bool,
}

fn usual_opening() -> i32 {
    30
}

/// One dated occurrence of a post.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = shifts)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// Its post.
    pub post_id: PostId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends; of a stopped one, the moment of stopping.
    pub ends_at: Timestamp,
    /// Its places.
    pub capacity: i32,
    /// The places that are taken.
    pub taken: i32,
    /// Where it stands.
    pub state: ShiftState,
    /// Why it was stopped or cancelled.
    pub state_reason: Option<String>,
    /// Who leads it.
    pub lead_id: Option<MemberId>,
    /// Who stands in for the lead.
    pub deputy_id: Option<MemberId>,
    /// Version for edits.
    pub version: i32,
    /// Goes up with every change of places.
    pub places_version: i64,
}

/// A shift with its post.
#[derive(Clone, Debug)]
pub struct ShiftOf {
    /// The shift.
    pub shift: Shift,
    /// Its post.
    pub post: Post,
}

/// A shift with its post as they are read, for queries that join both to something else.
#[derive(Queryable, Selectable)]
pub(crate) struct ShiftOfRow {
    #[diesel(embed)]
    shift: Shift,
    #[diesel(embed)]
    post: PostRow,
}

impl ShiftOfRow {
    pub(crate) fn read(self) -> Result<ShiftOf> {
        Ok(ShiftOf { shift: self.shift, post: self.post.read()? })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = posts)]
pub(crate) struct PostRow {
    id: PostId,
    organization_id: OrganizationId,
    community_id: Option<OrganizationId>,
    batch_id: Option<BatchId>,
    category: Category,
    title: String,
    description: String,
    place: String,
    meeting_point: String,
    bring: String,
    duties: String,
    skills: String,
    lat: f64,
    lon: f64,
    datum: Datum,
    radius_m: Option<i32>,
    polygon: Option<String>,
    methods: String,
    opens_before_min: i32,
    fair_counts: bool,
    hazardous: bool,
    risk_notice: String,
    insurance_ref: Option<String>,
    insurance_waived_by: Option<String>,
    audience: String,
    priority: i32,
    state: PostState,
    state_reason: Option<String>,
    version: i32,
    created_at: Timestamp,
    published_at: Option<Timestamp>,
}

fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}

pub(super) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

impl PostRow {
    pub(super) fn read(self) -> Result<Post> {
        let fence = match (self.radius_m, &self.polygon) {
            (Some(radius), _) => Outline::RadiusM(f64::from(radius)),
            (None, Some(polygon)) => Outline::Polygon(read_json(polygon)?),
            (None, None) => return Err(Error::internal("a post without a fence")),
        };
        Ok(Post {
            id: self.id,
            organization_id: self.organization_id,
            community_id: self.community_id,
            batch_id: self.batch_id,
            category: self.category,
            title: self.title,
            description: self.description,
            place: self.place,
            meeting_point: self.meeting_point,
            bring: self.bring,
            duties: read_json(&self.duties)?,
            skills: read_json(&self.skills)?,
            position: Position::new(self.lat, self.lon, self.datum).map_err(Error::internal)?,
            fence,
            check_in: CheckIn {
                methods: read_json(&self.methods)?,
                opens_before_min: self.opens_before_min,
                fair_counts: self.fair_counts,
            },
            hazardous: self.hazardous,
            risk_notice: self.risk_notice,
            insurance_ref: self.insurance_ref,
            insurance_waived_by: self.insurance_waived_by,
            audience: read_json(&self.audience)?,
            priority: self.priority,
            state: self.state,
            state_reason: self.state_reason,
            version: self.version,
            created_at: self.created_at,
            published_at: self.published_at,
        })
    }
}

/// What a publisher writes of a post, checked.
#[derive(Clone, Debug)]
pub(in crate::posts) struct Draft {
    pub organization_id: OrganizationId,
    pub category: Category,
    pub title: String,
    pub description: String,
    pub place: String,
    pub meeting_point: String,
    pub bring: String,
    pub duties: Vec<String>,
    pub position: Position,
    pub fence: Outline,
    pub check_in: CheckIn,
    pub skills: Vec<String>,
    pub hazardous: bool,
    pub risk_notice: String,
    pub insurance_ref: Option<String>,
    pub insurance_waived_by: Option<String>,
    pub audience: Audience,
    pub priority: i32,
    pub community_id: Option<OrganizationId>,
    pub shifts: Vec<super::NewShift>,
}
