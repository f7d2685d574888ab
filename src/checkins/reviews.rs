//! Services that wait for a person's word: how many in each shift, and which of them an officer is to look at.

use std::collections::HashMap;

use super::rules::WaitsFor;
use super::store::{self, Ends};
use super::{Counts, service};
use crate::claims::{Claim, ClaimState};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::ledger::Span;
use crate::posts::{self, ShiftOf};
use crate::units::{ClaimId, OrganizationId, ShiftId};

/// A service that waits.
pub(super) struct Waiting {
    pub claim: Claim,
    pub of: ShiftOf,
    pub ends: Ends,
    /// Whether its member may read the shift's code.
    pub reads_code: bool,
    /// For whose word.
    pub waits_for: WaitsFor,
}

impl Waiting {
    /// Whether an officer is to look at it, also while the lead still may: what nobody checked in for, what its evidence
    /// doesn't settle, and what a lead didn't tick in time.
    pub fn is_for_officers(&self) -> bool {
        let judged = service::judge(&self.claim, &self.of, &self.ends, self.reads_code);
        let counts = service::counts_so_far(judged, &self.of, &self.ends, self.reads_code);
        self.waits_for == WaitsFor::Publisher
            || self.claim.state == ClaimState::Unverified
            || counts == Some(Counts::UnderReview)
    }
}

/// How many services of each shift wait for a person at `now`: those of an organisation and below it in a span.
///
/// # Errors
/// When the database can't be read.
pub fn waiting_by_shift(
    db: &mut Db,
    under: OrganizationId,
    span: Span,
    now: Timestamp,
) -> Result<HashMap<ShiftId, i64>> {
    let rows = store::perhaps_waiting(db, under, span, None, None)?;
    let mut counts = HashMap::new();
    for service in judged(db, rows, now)? {
        *counts.entry(service.claim.shift_id).or_insert(0) += 1;
    }
    Ok(counts)
}

/// Those among some services that wait, in their order.
pub(super) fn judged(db: &mut Db, rows: Vec<(Claim, ShiftOf)>, now: Timestamp) -> Result<Vec<Waiting>> {
    let mut ends: HashMap<ClaimId, Ends> = HashMap::new();
    let ids: Vec<ClaimId> = rows.iter().map(|(claim, _)| claim.id).collect();
    // A statement takes some thousand values at most.
    for some in ids.chunks(1_000) {
        for standing in store::ends_of(db, some)? {
            ends.entry(standing.claim_id).or_default().take(standing);
        }
    }
    let waiting = rows.into_iter().filter_map(|(claim, of)| {
        let ends = ends.remove(&claim.id).unwrap_or_default();
        let reads_code = posts::is_lead(&of.shift, claim.member_id);
        let waits_for = service::waits_for(&claim, &of, &ends, reads_code, now)?;
        Some(Waiting { claim, of, ends, reads_code, waits_for })
    });
    Ok(waiting.collect())
}
