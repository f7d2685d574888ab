//! A service as it is shown to its member and to those in charge: both ends, what they come to, whom that waits for.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::checkins::rules::WaitsFor;
use crate::checkins::service;
use crate::checkins::store::{Ends, Standing};
use crate::checkins::{Counts, EvidenceLevel, Method, Reason, VerdictCode};
use crate::claims::{Claim, LeadContact};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::ledger::Uncounted;
use crate::posts::{LeadPower, ShiftOf};
use crate::units::{MemberId, Minutes};

/// A check-in or a check-out that stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EndView {
    at: Timestamp,
    /// `null` for a check-out without evidence.
    method: Option<Method>,
    evidence_level: EvidenceLevel,
    verdict: Option<VerdictCode>,
    reasons: Vec<Reason>,
    late: bool,
    /// Whether someone in charge ticked it, and as what.
    ticked_as: Option<LeadPower>,
}

impl EndView {
    fn of(standing: &Standing) -> Result<Self> {
        Ok(Self {
            at: standing.at,
            method: standing.method,
            evidence_level: standing.level,
            verdict: standing.verdict,
            reasons: serde_json::from_str(&standing.reasons).map_err(Error::internal)?,
            late: standing.late,
            ticked_as: standing.ticked_as,
        })
    }
}

/// Both ends of a service, and what they come to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ServiceView {
    check_in: Option<EndView>,
    check_out: Option<EndView>,
    /// What the service waits for, or its check-in alone while there is no check-out.
    counts: Option<Counts>,
    /// The minutes between both ends within the shift, once both stand.
    minutes: Option<Minutes>,
    /// Why none of them count, where no tick changes that.
    uncounted: Option<Uncounted>,
}

impl ServiceView {
    /// What is to be said of a claim with these ends.
    pub fn of(claim: &Claim, of: &ShiftOf, ends: &Ends, reads_code: bool) -> Result<Self> {
        let judged = service::judge(claim, of, ends, reads_code);
        Ok(Self {
            check_in: ends.arrival.as_ref().map(EndView::of).transpose()?,
            check_out: ends.departure.as_ref().map(EndView::of).transpose()?,
            counts: service::counts_so_far(judged, of, ends, reads_code),
            minutes: judged.map(|judged| judged.minutes),
            uncounted: judged.and_then(|judged| judged.uncounted),
        })
    }
}

/// Who has to say something of a service before it counts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WaitsOn {
    kind: WaitsOnKind,
    /// The lead's name, or the publisher's.
    name: String,
    /// The lead's number as long as the reader may see it, which ends with the shift.
    phone: Option<String>,
}

/// The lead, or an officer of the publisher.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum WaitsOnKind {
    Lead,
    Organization,
}

impl WaitsOn {
    /// Names who is waited for: one of the leads, or the publisher by its name.
    pub fn of(
        waits: WaitsFor,
        leads: &HashMap<MemberId, LeadContact>,
        publisher: &str,
        is_phone_shown: bool,
    ) -> Self {
        let lead = match waits {
            WaitsFor::Lead(lead) => leads.get(&lead).cloned(),
            WaitsFor::Publisher => None,
        };
        match lead {
            Some(LeadContact { name, phone }) => {
                Self { kind: WaitsOnKind::Lead, name, phone: phone.filter(|_| is_phone_shown) }
            }
            None => Self { kind: WaitsOnKind::Organization, name: publisher.to_owned(), phone: None },
        }
    }
}
