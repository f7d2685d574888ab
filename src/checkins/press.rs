//! A member's own press: judged as it comes, kept as an attempt, and standing when it is the best so far.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::codes::Sight;
use super::rules::{self, Evidence, Fix, LastPosition, Proof, Verdict};
use super::store::{self, Attempt, Ends, NewAttempt, Standing};
use super::{Counts, Direction, EvidenceLevel, Method, Reason, VerdictCode, service};
use crate::claims::{self, Claim, ClaimState};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::geo::{Fence, Metres, Position};
use crate::http::Reply;
use crate::ledger::{Cause, Uncounted};
use crate::orgs::{self, Scope};
use crate::posts::{self, CheckInMethod, Fences, ShiftOf};
use crate::rules::{CheckInRules, Rules};
use crate::units::{ClaimId, MemberId, Minutes};

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

/// The check-in or check-out that stands, and what became of this try.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PressAnswer {
    claim: ClaimId,
    state: ClaimState,
    /// What the position of the standing one says; `null` without a position.
    verdict: Option<VerdictCode>,
    /// How far the standing one goes.
    evidence_level: EvidenceLevel,
    /// What happened with the standing one.
    reasons: Vec<Reason>,
    /// Whether it was received late.
    late: bool,
    /// What it, or the whole service, waits for.
    counts: Counts,
    checked_in_at: Option<Timestamp>,
    checked_out_at: Option<Timestamp>,
    /// The minutes between both ends within the shift, once both stand.
    minutes: Option<Minutes>,
    /// Why none of them count, where no tick changes that.
    uncounted: Option<Uncounted>,
    /// This try by itself.
    attempt: AttemptView,
}

/// One try by itself.
#[derive(Debug, Serialize, ToSchema)]
struct AttemptView {
    verdict: Option<VerdictCode>,
    /// About how far outside, in metres to ten.
    about_m: Option<i32>,
    evidence_level: EvidenceLevel,
    reasons: Vec<Reason>,
}

/// What a press is judged against.
struct Ground {
    claim: Claim,
    of: ShiftOf,
    ends: Ends,
    reads_code: bool,
}

impl Ground {
    /// Reads the claim and what it stands on. Nothing is locked before [`claims::advance`], which runs the press again
    /// when the claim has changed by then; whoever changes an end locks its claim.
    fn read(db: &mut Db, press: &Press) -> Result<Self> {
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

    fn rules(&self) -> &'static CheckInRules {
        &Rules::of_day(self.of.shift.starts_at.day()).checkins
    }
}

/// Checks in.
pub(super) fn arrive(db: &mut Db, fences: &Fences, press: &Press) -> Result<Reply> {
    let mut ground = Ground::read(db, press)?;
    if let Some(again) = answered(db, press, Direction::In, &ground)? {
        return Ok(again);
    }
    let state = ground.claim.state;
    if !matches!(state, ClaimState::Held | ClaimState::CheckedIn | ClaimState::Unverified) {
        return Err(wrong_state(state));
    }
    check_method(press, &ground)?;
    check_tries(db, &ground, Direction::In)?;
    let at = moment(press, &ground)?;
    let opens = ground
        .of
        .shift
        .starts_at
        .minus(chrono::TimeDelta::minutes(i64::from(ground.of.post.check_in.opens_before_min)));
    if at < opens {
        return Err(Code::TooEarly.because("opens_at", opens.to_string()));
    }
    if at >= ground.claim.ends_at {
        return Err(too_late(db, &ground)?);
    }
    let (verdict, signals) = look(db, fences, press, &ground, at)?;
    let method = press.method.ok_or_else(|| Error::field("method", "required"))?;
    let proof = Proof { method, verdict, late: false, reads_code: ground.reads_code };
    let evidence = rules::weigh_arrival(&proof, &signals)
        .map_err(|rules::PositionNeeded| Code::PositionNeeded.reject())?;
    ground.claim = claims::advance(db, &ground.claim, ClaimState::CheckedIn, press.now)?;
    let stood = ground.ends.arrival.take();
    ground.ends.arrival = Some(keep(db, press, Direction::In, at, verdict, &evidence, stood)?);
    answer(&ground, Direction::In, this_try(verdict, &evidence))
}

/// Checks out. Never refused for its place; without evidence it waits for a tick.
pub(super) fn leave(db: &mut Db, fences: &Fences, press: &Press) -> Result<Reply> {
    let mut ground = Ground::read(db, press)?;
    if let Some(again) = answered(db, press, Direction::Out, &ground)? {
        return Ok(again);
    }
    let late = match ground.claim.state {
        ClaimState::CheckedIn => is_left_open(&ground, press.now),
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
        check_method(press, &ground)?;
        let at = moment(press, &ground)?;
        let (verdict, signals) = look(db, fences, press, &ground, at)?;
        let proof =
            press.method.map(|method| Proof { method, verdict, late: false, reads_code: ground.reads_code });
        (at, verdict, rules::weigh_departure(proof.as_ref(), &signals))
    };
    ground.claim = claims::advance(db, &ground.claim, ClaimState::Completed, press.now)?;
    ground.ends.departure = Some(keep(db, press, Direction::Out, at, verdict, &evidence, None)?);
    let credit = service::credit(&ground.claim, &ground.of, &ground.ends, ground.reads_code, Cause::CheckOut);
    service::write(db, &ground.of, credit.into_iter().collect(), press.now)?;
    answer(&ground, Direction::Out, this_try(verdict, &evidence))
}

/// The sweep may not have come by yet.
fn is_left_open(ground: &Ground, now: Timestamp) -> bool {
    let rules = &Rules::of_day(now.day()).claims;
    claims::rules::falls_into(ground.claim.state, ground.claim.ends_at, now, rules) == Some(ClaimState::Open)
}

fn wrong_state(state: ClaimState) -> Error {
    let state: &str = state.into();
    Code::ClaimWrongState.because("state", state)
}

fn too_late(db: &mut Db, ground: &Ground) -> Result<Error> {
    Ok(match lead_name(db, ground)? {
        Some(name) => Code::TooLate.because("lead", name),
        None => Code::TooLate.reject(),
    })
}

fn lead_name(db: &mut Db, ground: &Ground) -> Result<Option<String>> {
    let Some(lead) = ground.of.shift.lead_id else { return Ok(None) };
    Ok(store::people(db, &[lead])?.into_iter().next().map(|(_, name, _)| name))
}

fn check_method(press: &Press, ground: &Ground) -> Result<()> {
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

fn check_tries(db: &mut Db, ground: &Ground, end: Direction) -> Result<()> {
    let Some(standing) = ground.ends.of(end) else { return Ok(()) };
    if matches!(standing.level, EvidenceLevel::Strong | EvidenceLevel::Attested) {
        return Err(Code::CheckinAlreadyDone.because("checked_in_at", standing.at.to_string()));
    }
    if store::tries(db, ground.claim.id, end)? >= ground.rules().tries {
        return Err(match lead_name(db, ground)? {
            Some(name) => Code::TooManyTries.because("lead", name),
            None => Code::TooManyTries.reject(),
        });
    }
    Ok(())
}

/// When the press was made: when its code was first seen, or now.
fn moment(press: &Press, ground: &Ground) -> Result<Timestamp> {
    match &press.sight {
        None => Ok(press.now),
        Some(Err(code)) => Err(code.reject()),
        Some(Ok(sight)) if sight.shift != ground.claim.shift_id => Err(Code::CodeWrongShift.reject()),
        Some(Ok(sight)) => Ok(sight.seen_at),
    }
}

/// What the position says, and what looks odd.
fn look(
    db: &mut Db,
    fences: &Fences,
    press: &Press,
    ground: &Ground,
    at: Timestamp,
) -> Result<(Option<Verdict>, Vec<Reason>)> {
    let rules = ground.rules();
    let mut signals = Vec::new();
    let mut raise = |holds: bool, reason: Reason| {
        if holds {
            signals.push(reason);
        }
    };
    raise(press.sent_at.is_some_and(|sent| rules::clock_skew(press.now, sent, rules)), Reason::ClockSkew);
    if let (Some(device), Some(method)) = (&press.device, press.method) {
        let others = store::others_by_device(db, press.member, device, at)?;
        raise(rules::shared_device(method, others), Reason::SharedDevice);
    }
    let Some(given) = press.fix else { return Ok((None, signals)) };
    let fix = Fix {
        position: given.position,
        accuracy: given.accuracy,
        taken_at: given.taken_at,
        recorded_at: None,
        sent_at: press.sent_at,
    };
    let fence: Arc<Fence> = fences.of(&ground.of.post)?;
    let own = store::last_positions(db, press.member, 20)?;
    if let Some(last) = own.first() {
        let last = LastPosition { position: last.position, accuracy: last.accuracy, at: last.at };
        raise(rules::teleport(&fix, at, &last, rules), Reason::Teleport);
    }
    let days: Vec<_> = own.iter().map(|earlier| (earlier.position, earlier.at.day())).collect();
    let others: Vec<_> = store::others_at(db, press.member, given.position, at)?
        .into_iter()
        .map(|other| rules::EarlierPosition {
            other_device: other.device.is_some() && press.device.is_some() && other.device != press.device,
            position: other.position,
            accuracy: other.accuracy,
            at: other.at,
        })
        .collect();
    raise(
        rules::same_as_another(&fix, at, &others, rules)
            || rules::same_as_own(given.position, at.day(), &days, rules),
        Reason::SamePosition,
    );
    raise(rules::odd_accuracy(&fix, rules), Reason::OddAccuracy);
    Ok((Some(rules::judge(&fence, &fix, rules)), signals))
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

fn this_try(verdict: Option<Verdict>, evidence: &Evidence) -> AttemptView {
    AttemptView {
        verdict: verdict.map(Verdict::code),
        about_m: verdict.and_then(Verdict::about_m).map(|about| about as i32),
        evidence_level: evidence.level,
        reasons: evidence.reasons.clone(),
    }
}

fn read_reasons(text: &str) -> Result<Vec<Reason>> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn answer(ground: &Ground, end: Direction, attempt: AttemptView) -> Result<Reply> {
    let Some(standing) = ground.ends.of(end) else {
        return Err(Error::internal("no end stands after a press"));
    };
    let judged = service::judge(&ground.claim, &ground.of, &ground.ends, ground.reads_code);
    let alone = service::counts_alone(standing, &ground.of, ground.reads_code);
    let answer = PressAnswer {
        claim: ground.claim.id,
        state: ground.claim.state,
        verdict: standing.verdict,
        evidence_level: standing.level,
        reasons: read_reasons(&standing.reasons)?,
        late: standing.late,
        counts: judged.map_or(alone, |judged| judged.counts),
        checked_in_at: ground.ends.arrival.as_ref().map(|arrival| arrival.at),
        checked_out_at: ground.ends.departure.as_ref().map(|departure| departure.at),
        minutes: judged.map(|judged| judged.minutes),
        uncounted: judged.and_then(|judged| judged.uncounted),
        attempt,
    };
    Ok(Reply::created(&answer)?
        .tell([Topic::Shift(ground.claim.shift_id).changed(), Topic::Me(ground.claim.member_id).changed()]))
}

/// The answer to a press that was sent before under the same key: what stands now, whatever the key's first answer was.
///
/// It is looked for under the claim's lock, so that two sendings at once, at two servers, are one.
fn answered(db: &mut Db, press: &Press, end: Direction, ground: &Ground) -> Result<Option<Reply>> {
    let Some(key) = &press.key else { return Ok(None) };
    let Some(attempt) = store::attempt_by_key(db, press.member, key)? else { return Ok(None) };
    if attempt.claim_id != press.claim || attempt.end != end || attempt.body_hash != press.digest {
        return Err(Code::KeyReused.reject());
    }
    let Attempt { verdict, about_m, level, reasons, .. } = attempt;
    let view = AttemptView { verdict, about_m, evidence_level: level, reasons: read_reasons(&reasons)? };
    answer(ground, end, view).map(|reply| Some(reply.to_nobody()))
}
