//! Rows of judged tries.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;

use crate::checkins::{Direction, EvidenceLevel, Method, VerdictCode};
use crate::clock::Timestamp;
use crate::db::{Db, prepared};
use crate::error::{Error, Overtaken, Result};
use crate::geo::{Datum, Metres, Position};
use crate::schema::attempts;
use crate::units::{AttemptId, ClaimId, MemberId};

/// A judged try as it is written down.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = attempts, treat_none_as_default_value = false)]
pub(in crate::checkins) struct NewAttempt {
    pub claim_id: ClaimId,
    pub member_id: MemberId,
    pub end: Direction,
    pub method: Option<Method>,
    pub at: Timestamp,
    pub received_at: Timestamp,
    pub verdict: Option<VerdictCode>,
    pub about_m: Option<i32>,
    pub level: EvidenceLevel,
    pub reasons: String,
    pub late: bool,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub datum: Option<Datum>,
    pub accuracy_m: Option<f64>,
    pub taken_at: Option<Timestamp>,
    pub sent_at: Option<Timestamp>,
    pub spot: Option<i64>,
    pub device: Option<String>,
    pub client_key: Option<String>,
    pub body_hash: Vec<u8>,
}

/// A judged try as it is shown again.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attempts)]
pub(in crate::checkins) struct Attempt {
    pub claim_id: ClaimId,
    pub end: Direction,
    pub verdict: Option<VerdictCode>,
    pub about_m: Option<i32>,
    pub level: EvidenceLevel,
    pub reasons: String,
    pub body_hash: Vec<u8>,
}

/// Writes a try down.
pub(in crate::checkins) fn add_attempt(db: &mut Db, attempt: &NewAttempt) -> Result<AttemptId> {
    let row = diesel::insert_into(attempts::table).values(attempt.clone()).returning(attempts::id);
    match prepared(row).get_result(db) {
        Ok(id) => Ok(id),
        // The same key, used meanwhile on another claim.
        Err(DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Err(Error::internal(Overtaken)),
        Err(error) => Err(error.into()),
    }
}

/// The try that a member sent under a key.
pub(in crate::checkins) fn attempt_by_key(
    db: &mut Db,
    member: MemberId,
    key: &str,
) -> Result<Option<Attempt>> {
    Ok(attempts::table
        .filter(attempts::member_id.eq(member))
        .filter(attempts::client_key.eq(key))
        .select(Attempt::as_select())
        .first(db)
        .optional()?)
}

/// How many tries a claim has at one end.
pub(in crate::checkins) fn tries(db: &mut Db, claim: ClaimId, end: Direction) -> Result<i64> {
    Ok(attempts::table
        .filter(attempts::claim_id.eq(claim))
        .filter(attempts::end.eq(end))
        .count()
        .get_result(db)?)
}

/// When a claim's first try at one end was made that wasn't `outside`.
pub(in crate::checkins) fn first_not_outside(
    db: &mut Db,
    claim: ClaimId,
    end: Direction,
) -> Result<Option<Timestamp>> {
    Ok(attempts::table
        .filter(attempts::claim_id.eq(claim))
        .filter(attempts::end.eq(end))
        .filter(attempts::verdict.is_null().or(attempts::verdict.ne(VerdictCode::Outside)))
        .order((attempts::at, attempts::id))
        .select(attempts::at)
        .first(db)
        .optional()?)
}

/// A position among earlier tries.
#[derive(Clone, Debug)]
pub(in crate::checkins) struct Earlier {
    pub position: Position,
    pub accuracy: Option<Metres>,
    pub at: Timestamp,
    pub device: Option<String>,
}

type Place = (Option<f64>, Option<f64>, Option<Datum>, Option<f64>, Timestamp, Option<String>);

fn read(row: Place) -> Option<Earlier> {
    let (lat, lon, datum, accuracy, at, device) = row;
    let position = Position::new(lat?, lon?, datum?).ok()?;
    Some(Earlier { position, accuracy: accuracy.and_then(Metres::new), at, device })
}

/// The member's last positions, newest first.
pub(in crate::checkins) fn last_positions(db: &mut Db, member: MemberId, most: i64) -> Result<Vec<Earlier>> {
    let rows: Vec<Place> = attempts::table
        .filter(attempts::member_id.eq(member))
        .filter(attempts::lat.is_not_null())
        .order(attempts::at.desc())
        .limit(most)
        .select((
            attempts::lat,
            attempts::lon,
            attempts::datum,
            attempts::accuracy_m,
            attempts::at,
            attempts::device,
        ))
        .load(db)?;
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Positions of other members at the same spot within the hour before and after.
pub(in crate::checkins) fn others_at(
    db: &mut Db,
    member: MemberId,
    position: Position,
    at: Timestamp,
) -> Result<Vec<Earlier>> {
    let hour = TimeDelta::hours(1);
    let rows: Vec<Place> = attempts::table
        .filter(attempts::spot.eq(spot(position)))
        .filter(attempts::member_id.ne(member))
        .filter(attempts::at.between(at.minus(hour), at.plus(hour)))
        .limit(50)
        .select((
            attempts::lat,
            attempts::lon,
            attempts::datum,
            attempts::accuracy_m,
            attempts::at,
            attempts::device,
        ))
        .load(db)?;
    Ok(rows.into_iter().filter_map(read).collect())
}

/// How many other members the same device spoke for in the day before.
pub(in crate::checkins) fn others_by_device(
    db: &mut Db,
    member: MemberId,
    device: &str,
    at: Timestamp,
) -> Result<usize> {
    let others: Vec<MemberId> = attempts::table
        .filter(attempts::device.eq(device))
        .filter(attempts::member_id.ne(member))
        .filter(attempts::at.gt(at.minus(TimeDelta::days(1))))
        .select(attempts::member_id)
        .distinct()
        .limit(10)
        .load(db)?;
    Ok(others.len())
}

/// One number for a position to 1e-7 degrees, so that equal ones are found by an index. Latitudes take 1.8e9 steps and
/// longitudes 3.6e9, which fits 63 bits.
pub(in crate::checkins) fn spot(position: Position) -> i64 {
    let steps = |degrees: f64| (degrees * 1e7).round() as i64;
    (steps(position.lat()) + 900_000_000) * 3_600_000_001 + steps(position.lon()) + 1_800_000_000
}
