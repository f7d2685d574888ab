//! Services as they stand in the database once someone has stood a shift, for what only reads them.

use chrono::TimeDelta;
use daogang::clock::Timestamp;
use daogang::db::Db;
use daogang::ledger::{Cause, Credit, End, Span, credit};
use daogang::rules::Rules;
use daogang::schema::{checkins, claims, posts, shifts};
use daogang::units::{ClaimId, MemberId, PostId, ShiftId};
use diesel::prelude::*;

use super::TestApp;
use super::city::{City, PANXUAN};
use super::invariants;

/// A time in China, such as `2026-09-01 07:30`.
pub fn at(text: &str) -> Timestamp {
    Timestamp::parse(&format!("{}:00+08:00", text.replace(' ', "T"))).expect("a time")
}

/// A shift of its own that one member stood from start to end, with strong evidence at both ends.
#[derive(Clone, Debug)]
pub struct Service {
    member: MemberId,
    span: Span,
    left: Timestamp,
    state: &'static str,
    cause: Cause,
    reason: Option<String>,
}

impl Service {
    /// By someone of the city, from a time in China, for so many minutes.
    pub fn of(name: &str, starts_at: &str, minutes: i64) -> Self {
        Self::by(City::person(name).id, starts_at, minutes)
    }

    pub fn by(member: MemberId, starts_at: &str, minutes: i64) -> Self {
        let start = at(starts_at);
        let span = Span { start, end: start.plus(TimeDelta::minutes(minutes)) };
        Self { member, span, left: span.end, state: "completed", cause: Cause::CheckOut, reason: None }
    }

    /// Left so many minutes after the start.
    pub fn left_after(self, minutes: i64) -> Self {
        Self { left: self.span.start.plus(TimeDelta::minutes(minutes)), ..self }
    }

    /// The claim is in another state than `completed`.
    pub fn state(self, state: &'static str) -> Self {
        Self { state, ..self }
    }

    pub fn ticked_by(self, cause: Cause, reason: &str) -> Self {
        Self { cause, reason: Some(reason.to_owned()), ..self }
    }

    /// Writes post, shift, claim and both ends; nothing counts yet.
    pub fn stand(&self, app: &TestApp) -> Credit {
        app.look(|db| self.insert(db))
    }

    /// Stands it, and lets the ledger credit it.
    pub fn count(&self, app: &TestApp) -> Credit {
        let service = self.stand(app);
        let rules = Rules::of_day(self.span.start.day());
        app.look(|db| db.transaction(|db| credit(db, &service, rules, self.span.end))).expect("a credit");
        service
    }

    fn insert(&self, db: &mut Db) -> Credit {
        let now = self.span.start;
        let post = insert_post(db, now);
        let shift: ShiftId = diesel::insert_into(shifts::table)
            .values((
                shifts::post_id.eq(post),
                shifts::starts_at.eq(self.span.start),
                shifts::ends_at.eq(self.span.end),
                shifts::capacity.eq(1),
                shifts::taken.eq(i32::from(invariants::stands(self.state))),
                shifts::state.eq("open"),
            ))
            .returning(shifts::id)
            .get_result(db)
            .expect("a shift");
        let claim: ClaimId = diesel::insert_into(claims::table)
            .values((
                claims::shift_id.eq(shift),
                claims::member_id.eq(self.member),
                claims::state.eq(self.state),
                claims::starts_at.eq(self.span.start),
                claims::ends_at.eq(self.span.end),
                claims::served_as.eq("individual"),
                claims::claimed_at.eq(now),
                claims::changed_at.eq(now),
            ))
            .returning(claims::id)
            .get_result(db)
            .expect("a claim");
        for (end, at) in [("in", self.span.start), ("out", self.left)] {
            diesel::insert_into(checkins::table)
                .values((
                    checkins::claim_id.eq(claim),
                    checkins::end.eq(end),
                    checkins::method.eq("rotating_code"),
                    checkins::at.eq(at),
                    checkins::level.eq("strong"),
                    checkins::verdict.eq("inside"),
                    checkins::reasons.eq("[]"),
                    checkins::late.eq(false),
                ))
                .execute(db)
                .expect("a check-in");
        }
        self.credit(claim, shift)
    }

    fn credit(&self, claim: ClaimId, shift: ShiftId) -> Credit {
        let end = |at| End { at, method: Some("rotating_code"), level: "strong", verdict: Some("inside") };
        Credit {
            member: self.member,
            claim,
            shift,
            span: self.span,
            category: "civility",
            served_as: "individual",
            arrived: end(self.span.start),
            left: end(self.left),
            cause: self.cause,
            reason: self.reason.clone(),
        }
    }
}

fn insert_post(db: &mut Db, now: Timestamp) -> PostId {
    diesel::insert_into(posts::table)
        .values((
            posts::organization_id.eq(PANXUAN),
            posts::created_by.eq(City::person("gao").id),
            posts::category.eq("civility"),
            posts::title.eq("盘旋路口文明劝导"),
            (
                posts::description.eq(""),
                posts::place.eq(""),
                posts::meeting_point.eq(""),
                posts::bring.eq(""),
                posts::duties.eq("[]"),
                posts::skills.eq("[]"),
                posts::risk_notice.eq(""),
            ),
            (posts::lat.eq(36.04), posts::lon.eq(103.85), posts::datum.eq("wgs84"), posts::radius_m.eq(100)),
            posts::methods.eq(r#"["rotating_code"]"#),
            posts::opens_before_min.eq(30),
            posts::fair_counts.eq(false),
            posts::hazardous.eq(false),
            posts::audience.eq(r#"{"kind": "everyone"}"#),
            posts::priority.eq(0),
            posts::state.eq("published"),
            posts::created_at.eq(now),
        ))
        .returning(posts::id)
        .get_result(db)
        .expect("a post")
}
