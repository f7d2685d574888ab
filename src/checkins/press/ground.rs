//! What a press is judged against, and why it may be refused before anything is judged.

use super::Press;
use crate::checkins::store::{self, Ends};
use crate::checkins::{Direction, EvidenceLevel, Method};
use crate::claims::{self, Claim, ClaimState, LeadContact};
use crate::clock::Timestamp;
use crate::crypto::Keys;
use crate::db::Db;
use crate::error::{Code, Error, Result};
use crate::orgs;
use crate::posts::{self, CheckInMethod, ShiftOf};
use crate::rules::{CheckInRules, Rules};

/// What a press is judged against.
pub(super) struct Ground {
    pub claim: Claim,
    pub of: ShiftOf,
    pub ends: Ends,
    pub reads_code: bool,
}

impl Ground {
    /// Reads the claim and what it stands on. Nothing is locked before [`claims::advance`], which runs the press again
    /// when the claim has changed by then; whoever changes an end locks its claim.
    pub fn read(db: &mut Db, press: &Press) -> Result<Self> {
        let (claim, of) = claims::claim_with_shift(db, press.claim)?;
        if claim.member_id != press.member {
            return Err(Error::NotFound);
        }
        let reads_code = posts::is_lead(&of.shift, press.member)
            || (!press.scope.0.is_empty() && orgs::reaches(db, &press.scope, of.post.organization_id)?);
        let ends = match claim.state {
            // Who is still awaited has neither end.
            ClaimState::Held => Ends::default(),
            _ => store::ends(db, claim.id)?,
        };
        Ok(Self { claim, of, ends, reads_code })
    }

    pub fn rules(&self) -> &'static CheckInRules {
        &Rules::of_day(self.of.shift.starts_at.day()).checkins
    }
}

/// The sweep may not have come by yet.
pub(super) fn is_left_open(ground: &Ground, now: Timestamp) -> bool {
    let rules = &Rules::of_day(now.day()).claims;
    claims::rules::falls_into(ground.claim.state, ground.claim.ends_at, now, rules) == Some(ClaimState::Open)
}

pub(super) fn wrong_state(state: ClaimState) -> Error {
    let state: &str = state.into();
    Code::ClaimWrongState.because("state", state)
}

/// Whom to ask when a press settles nothing: the lead, or the deputy of the lead's own; `None` where nobody is named.
pub(super) fn whom_to_ask(
    db: &mut Db,
    keys: &Keys,
    ground: &Ground,
    now: Timestamp,
) -> Result<Option<LeadContact>> {
    let shift = &ground.of.shift;
    let Some(lead) = posts::lead_of(shift, ground.claim.member_id) else { return Ok(None) };
    let contact = claims::contacts(db, keys, &[lead])?.remove(&lead);
    let rules = &Rules::of_day(now.day()).posts;
    let is_shown = claims::rules::shows_contact(ground.claim.state, shift, now, rules);
    Ok(contact.map(|contact| if is_shown { contact } else { contact.without_phone() }))
}

/// The same refusal with whom to ask instead. What isn't a refusal of a press stays as it is, and nothing is read after it.
pub(super) fn naming_the_lead(
    db: &mut Db,
    keys: &Keys,
    ground: &Ground,
    now: Timestamp,
    refusal: Error,
) -> Error {
    let Error::Rejected(mut rejection) = refusal else { return refusal };
    let code = rejection.code.as_str();
    if code.starts_with("checkin.") || code.starts_with("checkout.") {
        match whom_to_ask(db, keys, ground, now) {
            Ok(lead) => drop(rejection.facts.insert("lead".to_owned(), serde_json::json!(lead))),
            Err(error) => return error,
        }
    }
    Error::Rejected(rejection)
}

pub(super) fn check_method(press: &Press, ground: &Ground) -> Result<()> {
    let chosen = match press.method {
        None => return Ok(()),
        Some(Method::RotatingCode) => CheckInMethod::RotatingCode,
        Some(Method::Geofence) => CheckInMethod::Geofence,
        Some(Method::PosterCode) => CheckInMethod::PosterCode,
        Some(Method::LeadScan) => CheckInMethod::LeadScan,
        Some(Method::Attestation | Method::BackEntry) => return Err(Code::MethodNotAllowed.reject()),
    };
    if ground.of.post.check_in.methods.contains(&chosen) {
        Ok(())
    } else {
        Err(Code::MethodNotAllowed.reject())
    }
}

pub(super) fn check_tries(db: &mut Db, ground: &Ground, end: Direction) -> Result<()> {
    let Some(standing) = ground.ends.of(end) else { return Ok(()) };
    if matches!(standing.level, EvidenceLevel::Strong | EvidenceLevel::Attested) {
        return Err(Code::CheckinAlreadyDone.because("checked_in_at", standing.at.to_string()));
    }
    if store::tries(db, ground.claim.id, end)? >= ground.rules().tries {
        return Err(Code::TooManyTries.reject());
    }
    Ok(())
}

/// When the press was made: when its code was first seen, or now.
pub(super) fn moment(press: &Press, ground: &Ground) -> Result<Timestamp> {
    match &press.sight {
        None => Ok(press.now),
        Some(Err(code)) => Err(code.reject()),
        Some(Ok(sight)) if sight.shift != ground.claim.shift_id => Err(Code::CodeWrongShift.reject()),
        Some(Ok(sight)) => Ok(sight.seen_at),
    }
}
