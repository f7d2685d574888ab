//! What a press is answered with.

use serde::Serialize;
use utoipa::ToSchema;

use super::ground::{Ground, whom_to_ask};
use super::{Press, Tools};
use crate::checkins::rules::{Evidence, Verdict};
use crate::checkins::store::{self, Attempt};
use crate::checkins::{Counts, Direction, EvidenceLevel, Reason, VerdictCode, service};
use crate::claims::{ClaimState, LeadContact};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::Reply;
use crate::ledger::Uncounted;
use crate::units::{ClaimId, Minutes};

/// The check-in or check-out that stands, and what became of this try.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::checkins) struct PressAnswer {
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
    /// Whom to ask when this try settles nothing; the number until the end of the shift. `null` when it does, or when
    /// nobody is named.
    lead: Option<LeadContact>,
}

/// One try by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttemptView {
    verdict: Option<VerdictCode>,
    /// About how far outside, in metres to ten.
    about_m: Option<i32>,
    evidence_level: EvidenceLevel,
    reasons: Vec<Reason>,
}

impl AttemptView {
    /// Whether the member may need somebody's help: the position says something else than that they are there, or the
    /// evidence goes nowhere.
    fn settles_nothing(&self) -> bool {
        self.evidence_level == EvidenceLevel::Weak
            || self.verdict.is_some_and(|verdict| verdict != VerdictCode::Inside)
    }
}

pub(super) fn this_try(verdict: Option<Verdict>, evidence: &Evidence) -> AttemptView {
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

pub(super) fn answer(
    db: &mut Db,
    tools: &Tools,
    press: &Press,
    ground: &Ground,
    end: Direction,
    attempt: AttemptView,
) -> Result<Reply> {
    let Some(standing) = ground.ends.of(end) else {
        return Err(Error::internal("no end stands after a press"));
    };
    let judged = service::judge(&ground.claim, &ground.of, &ground.ends, ground.reads_code);
    let alone = service::counts_alone(standing, &ground.of, ground.reads_code);
    // Nearly every try settles it, and costs no question more.
    let lead =
        if attempt.settles_nothing() { whom_to_ask(db, &tools.keys, ground, press.now)? } else { None };
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
        lead,
    };
    Ok(Reply::created(&answer)?
        .tell([Topic::Shift(ground.claim.shift_id).changed(), Topic::Me(ground.claim.member_id).changed()]))
}

/// What became of this press when it was sent before under the same key. The answer to it is what stands now, whatever
/// its first answer was.
///
/// Asked after the ground was read: of two sendings at once, at two servers, the later one finds the other's try here, or
/// stands on ground from before it and is overtaken, which runs it again.
pub(super) fn sent_before(db: &mut Db, press: &Press, end: Direction) -> Result<Option<AttemptView>> {
    let Some(key) = &press.key else { return Ok(None) };
    let Some(attempt) = store::attempt_by_key(db, press.member, key)? else { return Ok(None) };
    if attempt.claim_id != press.claim || attempt.end != end || attempt.body_hash != press.digest {
        return Err(Code::KeyReused.reject());
    }
    let Attempt { verdict, about_m, level, reasons, .. } = attempt;
    Ok(Some(AttemptView { verdict, about_m, evidence_level: level, reasons: read_reasons(&reasons)? }))
}
