//! Posts and shifts for tests: a builder says only what matters, the rest is the crossing at 盘旋路.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::city::PANXUAN;
use super::{Caller, TestApp};

/// Where the post is, in WGS-84; inside the city's only grid.
pub const LAT: f64 = 36.04;
pub const LON: f64 = 103.85;

/// A shift to be published.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    places: u32,
    in_minutes: i64,
    lasting: i64,
}

impl Default for Shift {
    fn default() -> Self {
        Self { places: 4, in_minutes: 60, lasting: 60 }
    }
}

impl Shift {
    /// Four places, one hour long, beginning in an hour.
    pub fn new() -> Self {
        Self::default()
    }

    pub fn places(self, places: u32) -> Self {
        Self { places, ..self }
    }

    /// Begins so long after now by the rules' clock.
    pub fn in_minutes(self, in_minutes: i64) -> Self {
        Self { in_minutes, ..self }
    }

    /// Minutes from start to end.
    pub fn lasting(self, lasting: i64) -> Self {
        Self { lasting, ..self }
    }

    fn json(self, app: &TestApp) -> Value {
        let starts_at = app.now().whole_minute().plus(TimeDelta::minutes(self.in_minutes));
        let ends_at = starts_at.plus(TimeDelta::minutes(self.lasting));
        json!({"starts_at": starts_at, "ends_at": ends_at, "capacity": self.places})
    }
}

/// A post to be published: no danger, both ways of checking in, 100 m around the crossing.
#[derive(Clone, Debug)]
pub struct Post {
    shifts: Vec<Shift>,
    other: Vec<(&'static str, Value)>,
}

/// A published post.
#[derive(Clone, Debug)]
pub struct Published {
    pub id: i64,
    pub shifts: Vec<i64>,
}

impl Published {
    /// Its first shift.
    pub fn shift(&self) -> i64 {
        self.shifts[0]
    }
}

impl Post {
    pub fn with(shift: Shift) -> Self {
        Self { shifts: vec![shift], other: Vec::new() }
    }

    pub fn and(mut self, shift: Shift) -> Self {
        self.shifts.push(shift);
        self
    }

    /// Another value of a field of `POST /posts`.
    pub fn set(mut self, field: &'static str, value: Value) -> Self {
        self.other.push((field, value));
        self
    }

    /// The body of `POST /posts`.
    pub fn json(&self, app: &TestApp) -> Value {
        let shifts: Vec<Value> = self.shifts.iter().map(|shift| shift.json(app)).collect();
        let mut body = json!({
            "organization_id": PANXUAN,
            "category": "civility",
            "title": "盘旋路口文明劝导",
            "position": {"lat": LAT, "lon": LON, "datum": "wgs84"},
            "fence": {"radius_m": 100},
            "check_in": {"methods": ["rotating_code", "geofence"]},
            "shifts": shifts,
        });
        for (field, value) in &self.other {
            body[*field] = value.clone();
        }
        body
    }

    /// Writes it down as a draft, and returns the answer's body.
    pub async fn draft(&self, app: &TestApp, by: &Caller) -> Value {
        by.post("/posts", self.json(app)).await.ok()
    }

    /// Publishes it.
    pub async fn publish(&self, app: &TestApp, by: &Caller) -> Published {
        let draft = self.draft(app, by).await;
        let id = draft["id"].as_i64().expect("a post's id");
        by.post(&format!("/posts/{id}/publish"), json!({})).await.ok();
        let shifts = draft["shifts"].as_array().expect("shifts").iter();
        Published { id, shifts: shifts.map(|shift| shift["id"].as_i64().expect("a shift's id")).collect() }
    }
}
