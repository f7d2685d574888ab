//! A morning at the crossing: the shift, its holders, what their phones send, and what becomes of it.

use chrono::TimeDelta;
use daogang::clock::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::posts::{LAT, LON, Post, Published, Shift};
use crate::support::services::at;
use crate::support::{Answer, Caller, TestApp};

/// Metres of a degree of latitude at the crossing.
const METRES_A_DEGREE: f64 = 110_962.0;

/// The day of the morning; the server's clock begins the day before.
const DAY: &str = "2026-09-02";

/// A shift from 7:30 to 8:30, unless its post says otherwise.
pub struct Morning<'a> {
    pub app: &'a TestApp,
    pub post: i64,
    pub shift: i64,
}

/// A member with a place in the shift.
pub struct Holder {
    pub caller: Caller,
    pub claim: i64,
}

/// A time of the morning, such as `07:22`.
pub fn hour(time: &str) -> Timestamp {
    at(&format!("{DAY} {time}"))
}

/// The same post with one shift of its own times, `2026-09-02 07:30` in China.
pub fn post_from(starts_at: &str, ends_at: &str) -> Post {
    let shift = json!({"starts_at": at(starts_at), "ends_at": at(ends_at), "capacity": 100});
    Post::with(Shift::new()).set("shifts", json!([shift]))
}

/// The crossing's usual post.
pub fn usual() -> Post {
    post_from("2026-09-02 07:30", "2026-09-02 08:30")
}

impl<'a> Morning<'a> {
    /// The usual one, published by Gao the day before.
    pub async fn new(app: &'a TestApp) -> Self {
        Self::of(app, usual()).await
    }

    pub async fn of(app: &'a TestApp, post: Post) -> Self {
        let Published { id, shifts } = post.publish(app, &app.member("gao")).await;
        Self { app, post: id, shift: shifts[0] }
    }

    /// Moves the clock to a time of the morning.
    pub fn at(&self, time: &str) -> &Self {
        self.at_day(&format!("{DAY} {time}"))
    }

    /// Moves the clock to any time in China.
    pub fn at_day(&self, time: &str) -> &Self {
        self.app.clock().move_to(at(time));
        self
    }

    /// Moves the clock, and does what has fallen due by then.
    pub async fn due_at(&self, time: &str) {
        self.at_day(time);
        self.app.later(0).await;
    }

    /// Someone takes a place.
    pub async fn hold(&self, name: &str) -> Holder {
        self.hold_as(self.app.member(name)).await
    }

    pub async fn hold_as(&self, caller: Caller) -> Holder {
        let claim = caller.post(&format!("/shifts/{}/claims", self.shift), json!({})).await.id();
        Holder { caller, claim }
    }

    /// Someone takes a place and is named lead.
    pub async fn led_by(&self, name: &str) -> Holder {
        let lead = self.hold(name).await;
        let named = json!({"member_id": lead.caller.id});
        self.app.member("gao").put(&format!("/shifts/{}/lead", self.shift), named).await.ok();
        lead
    }

    /// The code that the shift's screen shows at this moment.
    pub async fn code(&self) -> String {
        let shown = self.app.member("gao").get(&format!("/shifts/{}/code", self.shift)).await.ok();
        shown["code"].as_str().unwrap().to_owned()
    }

    /// The ticket that a phone's browser keeps after it has opened the code's address.
    pub async fn cookie(&self) -> String {
        let code = self.code().await;
        let opened = Answer::to(self.app.nobody().request_outside(Method::GET, &format!("/c/{code}"))).await;
        super::cookie(&opened, "daogang_ticket").unwrap()
    }

    /// A press by the code of this moment; the position may be `null`.
    pub async fn by_code(&self, position: Value) -> Value {
        json!({"method": "rotating_code", "code": self.code().await, "position": position})
    }

    /// A press that proves presence: code and position.
    pub async fn proof(&self) -> Value {
        self.by_code(self.here()).await
    }

    /// A fresh fix in the middle of the post.
    pub fn here(&self) -> Value {
        self.north(0.0, 15.0)
    }

    /// A fresh fix five kilometres away.
    pub fn far(&self) -> Value {
        self.north(5_000.0, 15.0)
    }

    /// A fresh WGS-84 fix so many metres north of the post's centre, round which the fence runs at 100 m.
    pub fn north(&self, metres: f64, accuracy_m: f64) -> Value {
        let now = self.app.clock().real();
        let (lat, lon) = (LAT + 0.000_001_23 + metres / METRES_A_DEGREE, LON + 0.000_023_45);
        json!({"lat": lat, "lon": lon, "datum": "wgs84", "accuracy_m": accuracy_m, "taken_at": now, "sent_at": now})
    }

    /// Ticks a list; the time is one of the morning.
    pub async fn tick(&self, by: &Caller, list: &str, claims: &[i64], time: Option<&str>) -> Answer {
        let body = json!({"claim_ids": claims, "at": time.map(hour)});
        by.post(&format!("/shifts/{}/{list}/confirm", self.shift), body).await
    }

    /// Vouches for a claim.
    pub async fn attest(&self, by: &Caller, claim: i64, arrived: Option<&str>, left: Option<&str>) -> Answer {
        let body = json!({"claim_id": claim, "arrived_at": arrived.map(hour), "left_at": left.map(hour), "reason": "手机没电"});
        by.post(&format!("/shifts/{}/attestations", self.shift), body).await
    }

    pub async fn stop(&self, by: &Caller) -> Answer {
        by.post(&format!("/shifts/{}/stop", self.shift), json!({"reason": "下雨"})).await
    }

    /// One line of the list that those in charge see.
    pub async fn line(&self, list: &str, claim: i64) -> Value {
        let list = self.app.member("gao").get(&format!("/shifts/{}/{list}", self.shift)).await.ok();
        let lines = list["items"].as_array().unwrap();
        lines.iter().find(|line| line["claim_id"] == claim).cloned().unwrap_or_default()
    }
}

impl Holder {
    pub async fn check_in(&self, press: Value) -> Answer {
        self.caller.post(&format!("/claims/{}/check-in", self.claim), press).await
    }

    pub async fn check_out(&self, press: Value) -> Answer {
        self.caller.post(&format!("/claims/{}/check-out", self.claim), press).await
    }

    /// A press with the cookie that a scanner left in the phone's browser.
    pub async fn press_with(&self, cookie: &str, end: &str, body: Value) -> Answer {
        let path = format!("/claims/{}/check-{end}", self.claim);
        let request =
            self.caller.request(Method::POST, &path).header("Cookie", format!("daogang_ticket={cookie}"));
        Answer::to(request.json(&body)).await
    }

    /// A press from a phone with this device id.
    pub async fn press_from(&self, device: &str, end: &str, body: Value) -> Answer {
        let path = format!("/claims/{}/check-{end}", self.claim);
        Answer::to(self.caller.request(Method::POST, &path).header("Daogang-Device", device).json(&body))
            .await
    }

    /// The claim's state, as its member reads it.
    pub async fn state(&self) -> Value {
        let own = self.caller.get("/me/claims").await.ok();
        let mut claims = own["items"].as_array().unwrap().iter();
        claims.find(|claim| claim["id"] == self.claim).map(|claim| claim["state"].clone()).unwrap()
    }

    /// The minutes that count, by the member's own ledger.
    pub async fn minutes(&self) -> i64 {
        self.caller.get("/me/ledger").await.ok()["balance"]["minutes"].as_i64().unwrap()
    }

    /// The entries of the member's own ledger, oldest first: kind, cause, minutes.
    pub async fn entries(&self) -> Vec<(String, String, i64)> {
        let ledger = self.caller.get("/me/ledger").await.ok();
        let word = |entry: &Value, field: &str| entry[field].as_str().unwrap().to_owned();
        let entry =
            |entry: &Value| (word(entry, "kind"), word(entry, "reason"), entry["minutes"].as_i64().unwrap());
        ledger["entries"]["items"].as_array().unwrap().iter().rev().map(entry).collect()
    }

    /// How many tries are kept of this claim.
    pub fn tries(&self, app: &TestApp) -> i64 {
        app.count(&format!("SELECT count(*) AS n FROM attempts WHERE claim_id = {}", self.claim))
    }
}

/// An instant of an answer on the wall clocks of China, to the minute.
#[track_caller]
pub fn clock(time: &Value) -> String {
    let time: Timestamp = serde_json::from_value(time.clone()).unwrap_or_else(|_| panic!("no time: {time}"));
    time.in_shanghai().format("%H:%M").to_string()
}

/// So long before now by the phone's clock.
pub fn ago(app: &TestApp, seconds: i64) -> Timestamp {
    app.clock().real().minus(TimeDelta::seconds(seconds))
}

/// A press by position alone.
pub fn by_position(position: Value) -> Value {
    json!({"method": "geofence", "position": position})
}

/// What an entry is expected to be.
pub fn entry(kind: &str, cause: &str, minutes: i64) -> (String, String, i64) {
    (kind.to_owned(), cause.to_owned(), minutes)
}
