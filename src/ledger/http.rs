//! The route by which members read their own ledger: each minute with what it was judged by.

use std::collections::BTreeMap;

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{Balance, CreditEntry, Period, WaitingMinutes, WaitingReason, store};
use crate::app::App;
use crate::auth::{Member, Permission};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::http::{Reply, page};
use crate::units::{ClaimId, EntryId, MemberId, Minutes, ShiftId, Tenths};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(my_ledger);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LedgerQuery {
    /// Only what was served in this year in China.
    year: Option<i32>,
    /// Rows a page, 1 to 100.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// A member's ledger, of one year or whole.
#[derive(Debug, Serialize, ToSchema)]
struct LedgerView {
    /// What all of its entries add up to, on every page.
    balance: Balance,
    /// Its entries, newest first.
    entries: page::Page<EntryView>,
    /// Minutes that were served and have no entry, newest day first.
    waiting_minutes: Vec<WaitingView>,
}

/// One entry, with everything that its hash covers.
#[derive(Debug, Serialize, ToSchema)]
struct EntryView {
    /// Its number among all entries.
    id: EntryId,
    /// Its number in this ledger, from 1.
    seq: i64,
    /// The day in China on which the minutes were served.
    day: NaiveDate,
    /// `service`, or `reversal` of an earlier entry.
    kind: String,
    /// The entry that a reversal takes back.
    reverses_id: Option<EntryId>,
    /// What made it count: `check_out`, `stop`, `lead_tick`, `officer_tick` or `correction`.
    reason: String,
    /// Why, in the words of whoever acted, unless erased.
    note: Option<String>,
    /// Minutes; negative in a reversal.
    minutes: Minutes,
    /// Points in tenths; negative in a reversal.
    tenths: Tenths,
    /// What it was judged by.
    inputs: Inputs,
    /// The version of the rules that judged it.
    rules_version: i32,
    /// When it was written.
    recorded_at: Timestamp,
    /// The salted SHA-256 of the note.
    note_hash: Option<String>,
    /// The hash of the entry before it.
    prev_hash: String,
    /// SHA-256 over all of the above but the note's words.
    hash: String,
}

/// What an entry was judged by.
#[derive(Debug, Serialize, ToSchema)]
struct Inputs {
    /// The place that was held.
    claim_id: ClaimId,
    /// The shift that was stood.
    shift_id: ShiftId,
    /// The shift's start.
    starts_at: Timestamp,
    /// The shift's end; of a stopped one, the moment of stopping.
    ends_at: Timestamp,
    /// The post's category.
    category: String,
    /// The category's points an hour, in tenths.
    rate_tenths: Tenths,
    /// In whose name: `individual` or `unit`.
    served_as: String,
    /// The check-in.
    arrived: JudgedEnd,
    /// The check-out.
    left: JudgedEnd,
    /// Who ticked it; `null` when it counted by itself.
    ticked_by: Option<MemberId>,
}

/// One end of a service as it was judged.
#[derive(Debug, Serialize, ToSchema)]
struct JudgedEnd {
    /// When.
    at: Timestamp,
    /// How it was shown; `null` for a check-out without evidence.
    method: Option<String>,
    /// How far that goes.
    level: String,
    /// What the position said; `null` without one.
    verdict: Option<String>,
}

/// Minutes of one service and day that wait.
#[derive(Debug, Serialize, ToSchema)]
struct WaitingView {
    /// The place that was held.
    claim_id: ClaimId,
    /// The shift that was stood.
    shift_id: ShiftId,
    /// The day in China on which they were served.
    day: NaiveDate,
    /// How many.
    minutes: Minutes,
    /// Why they wait.
    reason: WaitingReason,
    /// Since when.
    since: Timestamp,
}

/// One's own ledger: which minutes count, and why.
#[utoipa::path(
    tag = "ledger",
    params(LedgerQuery),
    responses((status = 200, body = LedgerView)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/me/ledger")]
async fn my_ledger(app: web::Data<App>, by: Member, query: web::Query<LedgerQuery>) -> Result<Reply> {
    let query = query.into_inner();
    let limit = page::limit(query.limit)?;
    let period = query.year.map(|year| Period::of(year, None)).transpose()?;
    let before = page::place(query.cursor.as_deref())?;
    let member = by.id;
    let view = app
        .store
        .read(move |db| {
            let balance = match period {
                Some(period) => store::balances(db, &[member], period)?.remove(&member).unwrap_or_default(),
                None => store::balance(db, member)?,
            };
            let rows = store::entries_of(db, member, period, before, limit)?;
            let page = page::Page::cut(rows, limit, |entry| entry.seq);
            let ids: Vec<EntryId> = page.items.iter().map(|entry| entry.id).collect();
            let mut notes = store::notes_of(db, &ids)?;
            let entries = page.map(|entry| EntryView::of(entry, &mut notes));
            let waiting_minutes = store::waiting_in(db, member, period)?;
            let waiting_minutes = waiting_minutes.into_iter().map(WaitingView::from).collect();
            Ok(LedgerView { balance, entries, waiting_minutes })
        })
        .await?;
    Reply::ok(&view)
}

impl EntryView {
    fn of(entry: CreditEntry, notes: &mut BTreeMap<EntryId, String>) -> Self {
        let arrived = JudgedEnd {
            at: entry.checked_in_at,
            method: entry.in_method,
            level: entry.in_level,
            verdict: entry.in_verdict,
        };
        let left = JudgedEnd {
            at: entry.checked_out_at,
            method: entry.out_method,
            level: entry.out_level,
            verdict: entry.out_verdict,
        };
        let inputs = Inputs {
            claim_id: entry.claim_id,
            shift_id: entry.shift_id,
            starts_at: entry.starts_at,
            ends_at: entry.ends_at,
            category: entry.category,
            rate_tenths: entry.rate_tenths,
            served_as: entry.served_as,
            arrived,
            left,
            ticked_by: entry.ticked_by,
        };
        Self {
            id: entry.id,
            seq: entry.seq,
            day: entry.day,
            kind: entry.kind,
            reverses_id: entry.reverses_id,
            reason: entry.cause,
            note: notes.remove(&entry.id),
            minutes: entry.minutes,
            tenths: entry.tenths,
            inputs,
            rules_version: entry.rules_version,
            recorded_at: entry.recorded_at,
            note_hash: entry.note_hash,
            prev_hash: entry.prev_hash,
            hash: entry.hash,
        }
    }
}

impl From<WaitingMinutes> for WaitingView {
    fn from(waiting: WaitingMinutes) -> Self {
        let WaitingMinutes { claim_id, shift_id, day, minutes, reason, created_at, .. } = waiting;
        Self { claim_id, shift_id, day, minutes, reason, since: created_at }
    }
}
