//! Rows of the check-in and the check-out that stand.

use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;

use crate::checkins::{Direction, EvidenceLevel, Method, VerdictCode};
use crate::clock::Timestamp;
use crate::db::{Db, prepared};
use crate::error::{Code, Error, Overtaken, Result};
use crate::posts::LeadPower;
use crate::schema::{checkins, members, organizations, ticket_uses};
use crate::units::{AttemptId, ClaimId, MemberId};

/// The check-in or check-out of a claim that stands.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = checkins, treat_none_as_default_value = false)]
pub(in crate::checkins) struct Standing {
    pub claim_id: ClaimId,
    pub end: Direction,
    pub method: Option<Method>,
    pub at: Timestamp,
    pub level: EvidenceLevel,
    pub verdict: Option<VerdictCode>,
    pub reasons: String,
    pub late: bool,
    pub attempt_id: Option<AttemptId>,
    pub recorded_by: Option<MemberId>,
    pub ticked_by: Option<MemberId>,
    pub ticked_as: Option<LeadPower>,
    pub ticked_at: Option<Timestamp>,
}

/// Both ends of a service, as far as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::checkins) struct Ends {
    pub arrival: Option<Standing>,
    pub departure: Option<Standing>,
}

impl Ends {
    /// Those of a claim, among the ends of several.
    pub fn among(standing: &[Standing], claim: ClaimId) -> Self {
        let find = |end| standing.iter().find(|row| row.claim_id == claim && row.end == end).cloned();
        Self { arrival: find(Direction::In), departure: find(Direction::Out) }
    }

    /// Puts one in its place.
    pub fn take(&mut self, standing: Standing) {
        match standing.end {
            Direction::In => self.arrival = Some(standing),
            Direction::Out => self.departure = Some(standing),
        }
    }

    /// One of them.
    pub fn of(&self, end: Direction) -> Option<&Standing> {
        match end {
            Direction::In => self.arrival.as_ref(),
            Direction::Out => self.departure.as_ref(),
        }
    }
}

/// The ends of a claim.
pub(in crate::checkins) fn ends(db: &mut Db, claim: ClaimId) -> Result<Ends> {
    let mut both = Ends::default();
    let rows: Vec<Standing> =
        checkins::table.filter(checkins::claim_id.eq(claim)).select(Standing::as_select()).load(db)?;
    rows.into_iter().for_each(|row| both.take(row));
    Ok(both)
}

/// The ends of some claims.
pub(in crate::checkins) fn ends_of(db: &mut Db, of: &[ClaimId]) -> Result<Vec<Standing>> {
    Ok(checkins::table.filter(checkins::claim_id.eq_any(of)).select(Standing::as_select()).load(db)?)
}

/// Lets an end stand as it now is, in place of the one before.
pub(in crate::checkins) fn put(db: &mut Db, standing: &Standing, stood: bool) -> Result<()> {
    if stood {
        let row = checkins::table.find((standing.claim_id, standing.end));
        diesel::update(row)
            .set((
                checkins::method.eq(standing.method),
                checkins::at.eq(standing.at),
                checkins::level.eq(standing.level),
                checkins::verdict.eq(standing.verdict),
                checkins::reasons.eq(&standing.reasons),
                checkins::late.eq(standing.late),
                checkins::attempt_id.eq(standing.attempt_id),
                checkins::recorded_by.eq(standing.recorded_by),
                checkins::ticked_by.eq(standing.ticked_by),
                checkins::ticked_as.eq(standing.ticked_as),
                checkins::ticked_at.eq(standing.ticked_at),
            ))
            .execute(db)?;
    } else {
        let row = diesel::insert_into(checkins::table).values(standing.clone()).returning(checkins::claim_id);
        prepared(row).get_result::<ClaimId>(db)?;
    }
    Ok(())
}

/// Uses a ticket up for a claim and an end. It serves the first claim that uses it, once an end.
pub(in crate::checkins) fn use_ticket(
    db: &mut Db,
    nonce: [u8; 16],
    end: Direction,
    claim: ClaimId,
) -> Result<()> {
    let used: Vec<(Direction, ClaimId)> = ticket_uses::table
        .filter(ticket_uses::nonce.eq(&nonce[..]))
        .select((ticket_uses::end, ticket_uses::claim_id))
        .load(db)?;
    if used.iter().any(|(_, by)| *by != claim) {
        return Err(Code::CodeInvalid.reject());
    }
    if used.iter().any(|(at, _)| *at == end) {
        return Err(Code::CodeStale.reject());
    }
    let used = diesel::insert_into(ticket_uses::table)
        .values((
            ticket_uses::nonce.eq(&nonce[..]),
            ticket_uses::end.eq(end),
            ticket_uses::claim_id.eq(claim),
        ))
        .execute(db);
    match used {
        Ok(_) => Ok(()),
        Err(DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Err(Error::internal(Overtaken)),
        Err(error) => Err(error.into()),
    }
}

/// Names and units of members, for the lists of those in charge.
pub(in crate::checkins) fn people(
    db: &mut Db,
    of: &[MemberId],
) -> Result<Vec<(MemberId, String, Option<String>)>> {
    Ok(members::table
        .left_join(organizations::table.on(members::unit_id.eq(organizations::id.nullable())))
        .filter(members::id.eq_any(of))
        .select((members::id, members::name, organizations::name.nullable()))
        .load(db)?)
}
