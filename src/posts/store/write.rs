//! Changes of posts and shifts.

use diesel::prelude::*;

use super::rows::{Draft, Shift, to_json};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::geo::{Outline, Position};
use crate::orgs::Scope;
use crate::posts::{PostState, ShiftState};
use crate::schema::{batches, organization_ancestors as ancestors, posts, screens, shifts};
use crate::units::{BatchId, MemberId, OrganizationId, PostId, ShiftId};

/// A shift to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewShift {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Its places.
    pub capacity: i32,
}

#[derive(Insertable)]
#[diesel(table_name = posts)]
struct NewRow<'a> {
    organization_id: OrganizationId,
    community_id: Option<OrganizationId>,
    batch_id: Option<BatchId>,
    created_by: MemberId,
    category: crate::posts::Category,
    title: &'a str,
    description: &'a str,
    place: &'a str,
    meeting_point: &'a str,
    bring: &'a str,
    duties: String,
    skills: String,
    lat: f64,
    lon: f64,
    datum: crate::geo::Datum,
    radius_m: Option<i32>,
    polygon: Option<String>,
    methods: String,
    opens_before_min: i32,
    fair_counts: bool,
    hazardous: bool,
    risk_notice: &'a str,
    insurance_ref: Option<&'a str>,
    insurance_waived_by: Option<&'a str>,
    audience: String,
    priority: i32,
    state: PostState,
    created_at: Timestamp,
}

fn outline(fence: &Outline) -> Result<(Option<i32>, Option<String>)> {
    Ok(match fence {
        Outline::RadiusM(radius) => (Some(radius.round() as i32), None),
        Outline::Polygon(shape) => (None, Some(to_json(shape)?)),
    })
}

/// Writes a draft down with its shifts.
pub(in crate::posts) fn insert_post(
    db: &mut Db,
    draft: &Draft,
    by: MemberId,
    batch: Option<BatchId>,
    now: Timestamp,
) -> Result<PostId> {
    let (radius_m, polygon) = outline(&draft.fence)?;
    let row = NewRow {
        organization_id: draft.organization_id,
        community_id: draft.community_id,
        batch_id: batch,
        created_by: by,
        category: draft.category,
        title: &draft.title,
        description: &draft.description,
        place: &draft.place,
        meeting_point: &draft.meeting_point,
        bring: &draft.bring,
        duties: to_json(&draft.duties)?,
        skills: to_json(&draft.skills)?,
        lat: draft.position.lat(),
        lon: draft.position.lon(),
        datum: draft.position.datum(),
        radius_m,
        polygon,
        methods: to_json(&draft.check_in.methods)?,
        opens_before_min: draft.check_in.opens_before_min,
        fair_counts: draft.check_in.fair_counts,
        hazardous: draft.hazardous,
        risk_notice: &draft.risk_notice,
        insurance_ref: draft.insurance_ref.as_deref(),
        insurance_waived_by: draft.insurance_waived_by.as_deref(),
        audience: to_json(&draft.audience)?,
        priority: draft.priority,
        state: PostState::Draft,
        created_at: now,
    };
    let id = diesel::insert_into(posts::table).values(row).returning(posts::id).get_result(db)?;
    for shift in &draft.shifts {
        insert_shift(db, id, *shift)?;
    }
    Ok(id)
}

/// Adds a shift to a post.
pub(in crate::posts) fn insert_shift(db: &mut Db, post: PostId, shift: NewShift) -> Result<ShiftId> {
    Ok(diesel::insert_into(shifts::table)
        .values((
            shifts::post_id.eq(post),
            shifts::starts_at.eq(shift.starts_at),
            shifts::ends_at.eq(shift.ends_at),
            shifts::capacity.eq(shift.capacity),
            shifts::state.eq(ShiftState::Open),
        ))
        .returning(shifts::id)
        .get_result(db)?)
}

/// Begins a step that makes many posts.
pub(in crate::posts) fn begin_batch(db: &mut Db, by: MemberId, now: Timestamp) -> Result<BatchId> {
    Ok(diesel::insert_into(batches::table)
        .values((batches::created_by.eq(by), batches::created_at.eq(now)))
        .returning(batches::id)
        .get_result(db)?)
}

/// The posts of a step, if its publishers are in the scope, each with whether anyone holds or ever held a place.
pub(in crate::posts) fn batch_posts(
    db: &mut Db,
    scope: &Scope,
    batch: BatchId,
) -> Result<Vec<(PostId, bool)>> {
    let reach =
        ancestors::table.filter(ancestors::ancestor_id.eq_any(&scope.0)).select(ancestors::descendant_id);
    let ids: Vec<PostId> = posts::table
        .filter(posts::batch_id.eq(batch))
        .filter(posts::organization_id.eq_any(reach))
        .order(posts::id)
        .select(posts::id)
        .load(db)?;
    let held: Vec<PostId> = shifts::table
        .filter(shifts::post_id.eq_any(&ids))
        // Every claim, also one released since, has moved this.
        .filter(shifts::places_version.gt(0))
        .select(shifts::post_id)
        .distinct()
        .load(db)?;
    Ok(ids.into_iter().map(|id| (id, held.contains(&id))).collect())
}

/// Locks the shifts of some posts in ascending order, and tells whether anyone holds a place in them.
pub(in crate::posts) fn lock_shifts_of(db: &mut Db, posts: impl Iterator<Item = PostId>) -> Result<bool> {
    let of: Vec<PostId> = posts.collect();
    let ids: Vec<ShiftId> =
        shifts::table.filter(shifts::post_id.eq_any(&of)).order(shifts::id).select(shifts::id).load(db)?;
    let mut held = false;
    for id in ids {
        held |= lock_shift(db, id)?.taken > 0;
    }
    Ok(held)
}

/// Deletes a post that nobody ever claimed, and the screens that were paired for its shifts.
pub(in crate::posts) fn delete_post(db: &mut Db, id: PostId) -> Result<()> {
    let own = shifts::table.filter(shifts::post_id.eq(id)).select(shifts::id);
    diesel::delete(screens::table.filter(screens::shift_id.eq_any(own))).execute(db)?;
    diesel::delete(shifts::table.filter(shifts::post_id.eq(id))).execute(db)?;
    diesel::delete(posts::table.find(id)).execute(db)?;
    Ok(())
}

/// Moves a post from one state to another; `false` when it wasn't in the first any more.
///
/// # Errors
/// When the database can't be written.
pub fn set_post_state(
    db: &mut Db,
    id: PostId,
    from: PostState,
    to: PostState,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let row = posts::table.filter(posts::id.eq(id)).filter(posts::state.eq(from));
    let moved = diesel::update(row)
        .set((posts::state.eq(to), posts::state_reason.eq(reason), posts::version.eq(posts::version + 1)))
        .execute(db)?
        == 1;
    if moved && to == PostState::Published {
        let first = posts::table.filter(posts::id.eq(id)).filter(posts::published_at.is_null());
        diesel::update(first).set(posts::published_at.eq(now)).execute(db)?;
    }
    Ok(moved)
}

/// What of a post an officer changes; `None` stays.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = posts)]
pub(crate) struct PostChange {
    pub title: Option<String>,
    pub description: Option<String>,
    pub place: Option<String>,
    pub meeting_point: Option<String>,
    pub bring: Option<String>,
    pub duties: Option<String>,
    pub skills: Option<String>,
    pub risk_notice: Option<String>,
    pub insurance_ref: Option<String>,
    pub insurance_waived_by: Option<String>,
    pub priority: Option<i32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub datum: Option<crate::geo::Datum>,
    pub radius_m: Option<Option<i32>>,
    pub polygon: Option<Option<String>>,
    pub community_id: Option<Option<OrganizationId>>,
}

impl PostChange {
    /// Moves the post.
    pub(crate) fn place_at(
        &mut self,
        at: Position,
        fence: &Outline,
        community: Option<OrganizationId>,
    ) -> Result<()> {
        let (radius_m, polygon) = outline(fence)?;
        (self.lat, self.lon, self.datum) = (Some(at.lat()), Some(at.lon()), Some(at.datum()));
        (self.radius_m, self.polygon, self.community_id) = (Some(radius_m), Some(polygon), Some(community));
        Ok(())
    }

    /// Writes lists as the columns hold them.
    pub(crate) fn lists(&mut self, duties: Option<&[String]>, skills: Option<&[String]>) -> Result<()> {
        self.duties = duties.map(|lines| to_json(&lines)).transpose()?;
        self.skills = skills.map(|lines| to_json(&lines)).transpose()?;
        Ok(())
    }
}

/// Changes a post that still has the version; `false` when it has moved on.
pub(crate) fn change_post(db: &mut Db, id: PostId, version: i32, change: &PostChange) -> Result<bool> {
    let row = posts::table.filter(posts::id.eq(id)).filter(posts::version.eq(version));
    Ok(diesel::update(row).set((change, posts::version.eq(posts::version + 1))).execute(db)? == 1)
}

/// Locks a shift until the unit ends, and reads it as it is then.
pub(crate) fn lock_shift(db: &mut Db, id: ShiftId) -> Result<Shift> {
    let locked: Vec<Shift> = diesel::update(shifts::table.find(id))
        .set(shifts::taken.eq(shifts::taken))
        .returning(shifts::all_columns)
        .get_results(db)?;
    locked.into_iter().next().ok_or(Error::NotFound)
}

/// Changes time and places of a locked shift.
pub(crate) fn change_shift(db: &mut Db, id: ShiftId, to: NewShift) -> Result<()> {
    diesel::update(shifts::table.find(id))
        .set((
            shifts::starts_at.eq(to.starts_at),
            shifts::ends_at.eq(to.ends_at),
            shifts::capacity.eq(to.capacity),
            shifts::version.eq(shifts::version + 1),
        ))
        .execute(db)?;
    Ok(())
}

/// Ends a locked shift: stopped or cancelled, its end moved to `ends_at` when it had begun.
///
/// # Errors
/// When the database can't be written.
pub fn set_shift_state(
    db: &mut Db,
    id: ShiftId,
    to: ShiftState,
    ends_at: Option<Timestamp>,
    reason: Option<&str>,
) -> Result<()> {
    let row = shifts::table.find(id);
    diesel::update(row)
        .set((shifts::state.eq(to), shifts::state_reason.eq(reason), shifts::version.eq(shifts::version + 1)))
        .execute(db)?;
    if let Some(ends_at) = ends_at {
        diesel::update(shifts::table.find(id)).set(shifts::ends_at.eq(ends_at)).execute(db)?;
    }
    Ok(())
}

/// Names or clears the lead and the deputy of a locked shift.
pub(crate) fn name_leads(
    db: &mut Db,
    id: ShiftId,
    lead: Option<MemberId>,
    deputy: Option<MemberId>,
) -> Result<()> {
    diesel::update(shifts::table.find(id))
        .set((
            shifts::lead_id.eq(lead),
            shifts::deputy_id.eq(deputy),
            shifts::version.eq(shifts::version + 1),
        ))
        .execute(db)?;
    Ok(())
}
