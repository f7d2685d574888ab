//! Who is in charge on the spot: the lead, the deputy, or an officer of the publisher.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use diesel::prelude::*;

use super::store::{self, Shift};
use crate::app::App;
use crate::auth::{Member, OfficerOf, Permission, Power, Publisher, app_of};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orgs::{self, Scope};
use crate::rules::Rules;
use crate::schema::shifts;
use crate::units::{MemberId, ShiftId};

crate::text_enum! {
    /// By what someone is in charge of a shift.
    pub enum LeadPower {
        /// An officer of the publisher: may do all that a lead does, and more.
        Officer,
        /// The lead or the deputy, until seven days after the shift.
        Lead,
    }
}

/// A member in charge of the shift that the path names.
#[derive(Clone, Debug)]
pub struct SiteLead {
    /// The member.
    pub member: Member,
    /// The shift.
    pub shift: ShiftId,
    /// By what.
    pub power: LeadPower,
}

impl Permission for SiteLead {
    const ROLES: &'static [&'static str] =
        &["site_lead", Publisher::CODES[0], Publisher::CODES[1], Publisher::CODES[2], Publisher::CODES[3]];
}

impl SiteLead {
    /// A member's power over a shift.
    ///
    /// # Errors
    /// `NotFound` when they have none, as for a shift that doesn't exist.
    pub async fn over(app: &App, member: Member, shift: ShiftId) -> Result<Self> {
        let (id, now) = (member.id, app.clock.now());
        let scope =
            OfficerOf::<Publisher>::of(member.clone()).map(|officer| officer.scope).unwrap_or_default();
        let power = app.store.read(move |db| shift_power(db, id, &scope, shift, now)).await?;
        power.map(|power| Self { member, shift, power }).ok_or(Error::NotFound)
    }
}

impl FromRequest for SiteLead {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let member = Member::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let member = member.await?;
            let shift =
                request.match_info().get("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
            Self::over(app_of(&request)?, member, ShiftId(shift)).await
        })
    }
}

/// By what a member, an officer of `scope` where they are one, is in charge of a shift.
///
/// # Errors
/// `NotFound` when there is no such shift.
pub fn shift_power(
    db: &mut Db,
    member: MemberId,
    scope: &Scope,
    shift: ShiftId,
    now: Timestamp,
) -> Result<Option<LeadPower>> {
    let of = store::shift_of(db, shift)?;
    if !scope.0.is_empty() && orgs::reaches(db, scope, of.post.organization_id)? {
        return Ok(Some(LeadPower::Officer));
    }
    let leads = is_lead(&of.shift, member) && now < lead_until(of.shift.ends_at, now);
    Ok(leads.then_some(LeadPower::Lead))
}

/// Whether a member is a shift's lead or deputy.
pub fn is_lead(shift: &Shift, member: MemberId) -> bool {
    shift.lead_id == Some(member) || shift.deputy_id == Some(member)
}

/// Who leads a shift for one of its members: the lead, or the deputy for the lead's own.
pub fn lead_of(shift: &Shift, member: MemberId) -> Option<MemberId> {
    [shift.lead_id, shift.deputy_id].into_iter().flatten().find(|lead| *lead != member)
}

fn lead_until(ends_at: Timestamp, now: Timestamp) -> Timestamp {
    ends_at.plus(Rules::of_day(now.day()).claims.lead_after_end)
}

/// The shifts that a member leads or is deputy in, that are not over for longer than their power lasts.
///
/// # Errors
/// When the database can't be read.
pub fn leads(db: &mut Db, member: MemberId, now: Timestamp) -> Result<Vec<Shift>> {
    let since = now.minus(Rules::of_day(now.day()).claims.lead_after_end);
    Ok(shifts::table
        .filter(shifts::lead_id.eq(member).or(shifts::deputy_id.eq(member)))
        .filter(shifts::ends_at.gt(since))
        .order((shifts::starts_at, shifts::id))
        .limit(100)
        .select(Shift::as_select())
        .load(db)?)
}
