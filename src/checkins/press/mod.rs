//! A member's own press: judged as it comes, kept as an attempt, and standing when it is the best so far.

mod answer;
mod ground;
mod look;

pub(super) use answer::PressAnswer;
use answer::{answer, sent_before, this_try};
use ground::{Ground, check_method, check_tries, is_left_open, moment, naming_the_lead, wrong_state};
use look::look;

use std::sync::Arc;

use super::codes::Sight;
use super::rules::{self, Evidence, Proof, Verdict};
use super::store::{self, NewAttempt, Standing};
use super::{Direction, Method, service};
use crate::claims::{self, ClaimState};
use crate::clock::Timestamp;
use crate::crypto::Keys;
use crate::db::Db;
use crate::error::{Code, Error, Result};
use crate::geo::{Metres, Position};
use crate::http::Reply;
use crate::ledger::Cause;
use crate::orgs::Scope;
use crate::posts::Fences;
use crate::units::{ClaimId, MemberId};

/// What a phone gave of its position, brought to the rules' clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct GivenFix {
    pub position: Position,
    pub accuracy: Option<Metres>,
    pub taken_at: Option<Timestamp>,
}

/// A press as it came.
#[derive(Clone, Debug)]
pub(super) struct Press {
    pub claim: ClaimId,
    pub member: MemberId,
    /// Where the member is an officer.
    pub scope: Scope,
    pub method: Option<Method>,
    /// What the code or ticket says, on the rules' clock; or why it says nothing.
    pub sight: Option<Result<Sight, Code>>,
    pub fix: Option<GivenFix>,
    pub sent_at: Option<Timestamp>,
    pub device: Option<String>,
    pub key: Option<String>,
    pub digest: [u8; 32],
    pub now: Timestamp,
}

/// What a press is judged with, beside the database.
#[derive(Clone)]
pub(super) struct Tools {
    pub fences: Fences,
    /// Open the lead's number, for whoever needs it.
    pub keys: Arc<Keys>,
}

/// Checks in. A refusal names the lead.
pub(super) fn arrive(db: &mut Db, tools: &Tools, press: &Press) -> Result<Reply> {
    let mut ground = Ground::read(db, press)?;
    arrive_on(db, tools, press, &mut ground)
        .map_err(|refusal| naming_the_lead(db, &tools.keys, &ground, press.now, refusal))
}

fn arrive_on(db: &mut Db, tools: &Tools, press: &Press, ground: &mut Ground) -> Result<Reply> {
    if let Some(again) = sent_before(db, press, Direction::In)? {
        let ground = Ground::read(db, press)?;
        return answer(db, tools, press, &ground, Direction::In, again).map(Reply::to_nobody);
    }
    let state = ground.claim.state;
    if !matches!(state, ClaimState::Held | ClaimState::CheckedIn | ClaimState::Unverified) {
        return Err(wrong_state(state));
    }
    check_method(press, ground)?;
    check_tries(db, ground, Direction::In)?;
    let at = moment(press, ground)?;
    rules::check_opened(&ground.of.post.check_in, &ground.of.shift, at)?;
    if at >= ground.claim.ends_at {
        return Err(Code::TooLate.reject());
    }
    let (verdict, signals) = look(db, &tools.fences, press, ground, at)?;
    let method = press.method.ok_or_else(|| Error::field("method", "required"))?;
    let proof = Proof { method, verdict, late: false, reads_code: ground.reads_code };
    let evidence = rules::weigh_arrival(&proof, &signals)
        .map_err(|rules::PositionNeeded| Code::PositionNeeded.reject())?;
    ground.claim = claims::advance(db, &ground.claim, ClaimState::CheckedIn, press.now)?;
    let stood = ground.ends.arrival.take();
    ground.ends.arrival = Some(keep(db, press, Direction::In, at, verdict, &evidence, stood)?);
    answer(db, tools, press, ground, Direction::In, this_try(verdict, &evidence))
}

/// Checks out. Never refused for its place; without evidence it waits for a tick. A refusal names the lead.
pub(super) fn leave(db: &mut Db, tools: &Tools, press: &Press) -> Result<Reply> {
    let mut ground = Ground::read(db, press)?;
    leave_on(db, tools, press, &mut ground)
        .map_err(|refusal| naming_the_lead(db, &tools.keys, &ground, press.now, refusal))
}

fn leave_on(db: &mut Db, tools: &Tools, press: &Press, ground: &mut Ground) -> Result<Reply> {
    if let Some(again) = sent_before(db, press, Direction::Out)? {
        let ground = Ground::read(db, press)?;
        return answer(db, tools, press, &ground, Direction::Out, again).map(Reply::to_nobody);
    }
    let late = match ground.claim.state {
        ClaimState::CheckedIn => is_left_open(ground, press.now),
        ClaimState::Open => true,
        ClaimState::Completed => return Err(Code::CheckoutAlreadyDone.reject()),
        ClaimState::Held | ClaimState::Unverified => return Err(Code::NotCheckedIn.reject()),
        state => return Err(wrong_state(state)),
    };
    let bare = Press { method: None, sight: None, fix: None, ..press.clone() };
    // Long after the end nothing shows any more when the member left: only the end itself can be said.
    let press = if late { &bare } else { press };
    let (at, verdict, evidence) = if late {
        (ground.claim.ends_at, None, rules::weigh_departure(None, &[]))
    } else {
        check_method(press, ground)?;
        let at = moment(press, ground)?;
        let (verdict, signals) = look(db, &tools.fences, press, ground, at)?;
        let proof =
            press.method.map(|method| Proof { method, verdict, late: false, reads_code: ground.reads_code });
        (at, verdict, rules::weigh_departure(proof.as_ref(), &signals))
    };
    ground.claim = claims::advance(db, &ground.claim, ClaimState::Completed, press.now)?;
    ground.ends.departure = Some(keep(db, press, Direction::Out, at, verdict, &evidence, None)?);
    let credit = service::credit(&ground.claim, &ground.of, &ground.ends, ground.reads_code, Cause::CheckOut);
    service::write(db, &ground.of, credit.into_iter().collect(), press.now)?;
    answer(db, tools, press, ground, Direction::Out, this_try(verdict, &evidence))
}

/// Keeps the try, and lets it stand when it is the first or a better one.
fn keep(
    db: &mut Db,
    press: &Press,
    end: Direction,
    at: Timestamp,
    verdict: Option<Verdict>,
    evidence: &Evidence,
    stood: Option<Standing>,
) -> Result<Standing> {
    if let Some(nonce) =
        press.sight.as_ref().and_then(|sight| sight.as_ref().ok()).and_then(|sight| sight.nonce)
    {
        store::use_ticket(db, nonce, end, press.claim)?;
    }
    let reasons = serde_json::to_string(&evidence.reasons).map_err(Error::internal)?;
    let attempt = NewAttempt {
        claim_id: press.claim,
        member_id: press.member,
        end,
        method: press.method,
        at,
        received_at: press.now,
        verdict: verdict.map(Verdict::code),
        about_m: verdict.and_then(Verdict::about_m).map(|about| about as i32),
        level: evidence.level,
        reasons: reasons.clone(),
        late: false,
        lat: press.fix.map(|fix| fix.position.lat()),
        lon: press.fix.map(|fix| fix.position.lon()),
        datum: press.fix.map(|fix| fix.position.datum()),
        accuracy_m: press.fix.and_then(|fix| fix.accuracy).map(Metres::value),
        taken_at: press.fix.and_then(|fix| fix.taken_at),
        sent_at: press.sent_at,
        spot: press.fix.map(|fix| store::spot(fix.position)),
        device: press.device.clone(),
        client_key: press.key.clone(),
        body_hash: press.digest.to_vec(),
    };
    let id = store::add_attempt(db, &attempt)?;
    if let Some(stood) = stood.as_ref().filter(|stood| !evidence.level.better_than(stood.level)) {
        return Ok(stood.clone());
    }
    let standing = Standing {
        claim_id: press.claim,
        end,
        // A way of checking out that shows nothing is none.
        method: press.method.filter(|_| evidence.shown),
        at,
        level: evidence.level,
        verdict: attempt.verdict,
        reasons,
        late: false,
        attempt_id: Some(id),
        recorded_by: None,
        ticked_by: stood.as_ref().and_then(|stood| stood.ticked_by),
        ticked_as: stood.as_ref().and_then(|stood| stood.ticked_as),
        ticked_at: stood.as_ref().and_then(|stood| stood.ticked_at),
    };
    store::put(db, &standing, stood.is_some())?;
    Ok(standing)
}
