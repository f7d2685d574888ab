//! What can go wrong, as four kinds, and the stable codes that clients translate.

use actix_web::http::StatusCode;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use serde_json::{Map, Value};

/// The result of everything that may be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not done.
#[derive(Debug)]
pub enum Error {
    /// A rule, a limit or the state of the system says no; the caller learns which.
    Rejected(Rejection),
    /// There is no such row, or it is not the caller's to know of.
    NotFound,
    /// The caller holds no role that has this route.
    Forbidden,
    /// A defect or a failing part; the cause goes to the log and never to the client.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// A refusal with the facts that its sentence needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejection {
    /// Which refusal it is.
    pub code: Code,
    /// Facts for the reader, by name.
    pub facts: Map<String, Value>,
}

macro_rules! codes {
    ($($name:ident $status:literal $text:literal $zh:literal $en:literal;)+) => {
        /// The stable codes of the interface; each declares its status and its sentence once.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $(#[doc = $en] $name,)+ }
        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];
            const fn row(self) -> (u16, &'static str, &'static str, &'static str) {
                match self { $(Code::$name => ($status, $text, $zh, $en),)+ }
            }
        }
    };
}

codes! {
    Malformed 400 "request.malformed" "请求看不懂，请检查格式后再发" "The request can't be read; check its form and send it again";
    SessionRequired 401 "session.required" "请先登录" "Sign in first";
    WrongCredentials 401 "session.wrong_credentials" "账号或密码不对，请再试一次" "Account or password is wrong; try again";
    RoleNotAllowed 403 "role.not_allowed" "您的角色没有这项功能，请找上级管理人员" "Your role does not have this; ask an officer above you";
    OriginRefused 403 "origin.refused" "请从本网站的页面操作" "Act from a page of this site";
    NotFound 404 "row.not_found" "找不到，或者不在您的范围内" "Not there, or not within your reach";
    KeyReused 409 "idempotency.key_reused" "同一个请求编号用在了不同的内容上，请换一个编号" "This Idempotency-Key was used with another body; use a new one";
    PostWrongState 409 "post.wrong_state" "岗位现在的状态不能这样做，请刷新后再看" "The post's state does not allow this; load it again";
    InsuranceMissing 409 "post.insurance_missing" "有危险的岗位要先填保险单号，或者写明谁同意免保" "A hazardous post needs an insurance reference, or the name of who waives it";
    PostHasHolders 409 "post.has_holders" "已经有人认领，不能撤销；可以取消岗位并通知他们" "Someone holds a place; cancel the post instead, which tells them";
    CapacityBelowTaken 409 "shift.capacity_below_taken" "名额不能少于已认领的人数" "The capacity can't be lower than the places taken";
    HolderConflict 409 "shift.holder_conflict" "改时间后有认领人会和别的岗位撞上" "A holder would then have two shifts at once";
    ShiftEnded 409 "shift.ended" "这个班次已经结束" "This shift has ended";
    ClaimStarted 409 "claim.started" "班次已经开始，不能再退；来不了请告诉负责人" "The shift has started; tell the lead if you can't come";
    ClaimWrongState 409 "claim.wrong_state" "这个名额现在的状态不能这样做，请刷新后再看" "The claim's state does not allow this; load it again";
    ShiftFull 409 "claim.shift_full" "名额满了，看看别的岗位" "All places are taken; look at other posts";
    TimeConflict 409 "claim.time_conflict" "这个时间您已经有岗位了" "You already have a shift at this time";
    AlreadyHeld 409 "claim.already_held" "这个班次您已经认领了" "You already hold a place in this shift";
    ClaimClosed 409 "claim.closed" "这个班次不能再认领了，看看别的班次" "This shift can't be claimed any more; look at others";
    NotForYou 409 "claim.not_for_you" "这个岗位只对指定的单位或区域开放" "This post is open to certain units or areas only";
    LeadNotAHolder 409 "lead.not_a_holder" "负责人要先认领这个班次" "The lead has to hold a place in this shift first";
    LeadOwnClaim 409 "lead.own_claim" "自己的到岗和离岗要由别人确认" "Your own arrival and departure are confirmed by someone else";
    LeadTimeOutOfRange 409 "lead.time_out_of_range" "填的时间不在这个班次里，请检查" "The time given lies outside this shift; check it";
    TooEarly 409 "checkin.too_early" "还没到签到时间" "Check-in is not open yet";
    TooLate 409 "checkin.too_late" "签到时间已过，请找负责人确认" "Check-in has closed; ask the lead";
    CodeStale 409 "checkin.code_stale" "这个码过时了，请对着现在的码再扫一次" "This code has expired; scan the one that shows now";
    CodeWrongShift 409 "checkin.code_wrong_shift" "这是别的班次的码，请扫自己岗位的码" "This code is another shift's; scan the one at your post";
    CodeInvalid 409 "checkin.code_invalid" "这个码认不出来，请再扫一次，或者请负责人确认" "This code can't be read; scan again or ask the lead";
    PositionNeeded 409 "checkin.position_needed" "需要手机定位；不方便的话请负责人确认" "A position is needed; without one, ask the lead";
    MethodNotAllowed 409 "checkin.method_not_allowed" "这个岗位不用这种方式签到" "This post does not use this way of checking in";
    CheckinAlreadyDone 409 "checkin.already_done" "已经到岗，不用再签" "You are checked in already";
    TooManyTries 409 "checkin.too_many_tries" "试的次数太多了，请找负责人确认" "Too many tries; ask the lead to confirm";
    NotCheckedIn 409 "checkout.not_checked_in" "还没有到岗记录，请先签到，或者请负责人确认" "There is no check-in yet; check in first or ask the lead";
    CheckoutAlreadyDone 409 "checkout.already_done" "已经离岗签退；时间不对请找负责人" "You are checked out already; ask the lead if the time is wrong";
    CursorExpired 410 "cursor.expired" "列表过时了，请从头再看" "The list is out of date; start from the top";
    VersionMovedOn 412 "version.moved_on" "刚才有别人改过，请刷新后再改" "Someone else changed it meanwhile; load it again";
    BodyTooLarge 413 "body.too_large" "内容太大，请减少后再发" "The body is too large; send less";
    FieldInvalid 422 "field.invalid" "有的内容要改一下" "Some fields need another value";
    VersionMissing 428 "version.missing" "修改时要带上版本（If-Match）" "An edit needs the version it is based on (If-Match)";
    RateLimited 429 "rate.limited" "试得太勤了，请过一会儿再试" "Too many tries; wait a little";
    StoreBusy 503 "store.busy" "人多，稍等几秒再试" "Busy; try again in a few seconds";
    StoreUnavailable 503 "store.unavailable" "系统暂时存不进去，稍后再试" "Nothing can be stored right now; try again shortly";
    OutcomeUnknown 503 "store.outcome_unknown" "不确定存上没有，请用同一个请求编号再发一次" "It is not known whether this was stored; send it again with the same key";
    Unexpected 500 "internal" "系统出错了，已记录；请稍后再试" "Something failed and was logged; try again later";
}

impl Code {
    /// The HTTP status, declared once a code.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.row().0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The dotted text that clients translate.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// One sentence that says what to do next, in Chinese or English.
    pub fn sentence(self, chinese: bool) -> &'static str {
        let (_, _, zh, en) = self.row();
        if chinese { zh } else { en }
    }

    /// The refusal without facts.
    pub fn reject(self) -> Error {
        self.with(Map::new())
    }

    /// The refusal with one fact.
    pub fn because(self, name: &str, fact: impl Into<Value>) -> Error {
        self.with(Map::from_iter([(name.to_owned(), fact.into())]))
    }

    /// The refusal with its facts.
    pub fn with(self, facts: Map<String, Value>) -> Error {
        Error::Rejected(Rejection { code: self, facts })
    }
}

impl Error {
    /// Wraps a cause that only the log may show.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The refusal of one field, with the name of the rule it breaks.
    pub fn field(name: &str, rule: &str) -> Self {
        let mut fields = Fields::default();
        fields.refuse(name, rule);
        Code::FieldInvalid.because("fields", fields.0)
    }

    /// The code that the client is told.
    pub fn code(&self) -> Code {
        match self {
            Self::Rejected(rejection) => rejection.code,
            Self::NotFound => Code::NotFound,
            Self::Forbidden => Code::RoleNotAllowed,
            Self::Internal(_) => Code::Unexpected,
        }
    }

    /// Whether the connection is gone, so that nothing more can be asked on it.
    pub fn lost_connection(&self) -> bool {
        self.code() == Code::StoreUnavailable
    }

    /// Whether the unit of work that failed so is to be run again, since others stood in its way: the database broke it
    /// to free another one (diesel has no kind for that, so its text tells), or it was [`Overtaken`].
    pub fn is_worth_another_run(&self) -> bool {
        matches!(self, Self::Internal(cause)
            if cause.is::<Overtaken>() || cause.to_string().contains("deadlock detected"))
    }
}

/// Another server stored meanwhile what this unit of work needed to know of: run again, the unit sees it.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("overtaken by another server")]
pub struct Overtaken;

impl From<DieselError> for Error {
    fn from(cause: DieselError) -> Self {
        let unavailable = |reason: &str| Code::StoreUnavailable.because("reason", reason);
        match &cause {
            DieselError::NotFound => Self::NotFound,
            DieselError::BrokenTransactionManager => unavailable("connection_lost"),
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => {
                unavailable("connection_lost")
            }
            DieselError::DatabaseError(_, info) => match info.message() {
                text if text.contains("disk is full") || text.contains("No space left") => {
                    unavailable("disk_full")
                }
                text if text.contains("readonly database") => unavailable("read_only"),
                text if text.contains("disk I/O error") => unavailable("disk_error"),
                text if text.contains("server closed the connection")
                    || text.contains("terminating connection")
                    || text.contains("no connection to the server")
                    || text.contains("could not receive data")
                    || text.contains("could not send data")
                    || text.contains("SSL connection has been closed")
                    || text.contains("the database system is") =>
                {
                    unavailable("connection_lost")
                }
                text if text.contains("database is locked") || text.contains("lock timeout") => {
                    Code::StoreBusy.reject()
                }
                _ => Self::internal(cause),
            },
            _ => Self::internal(cause),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Internal(cause) => write!(f, "{cause}"),
            other => f.write_str(other.code().as_str()),
        }
    }
}

impl std::error::Error for Error {}

/// Collects every field that needs another value, so that a form is answered once.
#[derive(Debug, Default)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Notes that a field breaks a rule; the rule's name is for the front end.
    pub fn refuse(&mut self, name: &str, rule: &str) {
        self.0.entry(name).or_insert_with(|| rule.into());
    }

    /// Notes the rule unless it is kept.
    pub fn require(&mut self, kept: bool, name: &str, rule: &str) {
        if !kept {
            self.refuse(name, rule);
        }
    }

    /// Whether nothing was refused.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refused fields with their rules, by name.
    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }

    /// `field.invalid` with every refused field, or nothing.
    pub fn into_result(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Code::FieldInvalid.because("fields", self.0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_told_once_and_in_both_languages() {
        let mut seen = std::collections::HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code:?} twice");
            assert!(!code.sentence(true).is_ascii() && code.sentence(false).is_ascii(), "{code:?}");
        }
    }
}
