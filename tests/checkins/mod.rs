//! Checking in and out: the code that changes, the screens that show it, what a phone sends, and what becomes of it.

mod asking;
mod at_random;
mod attempts;
mod attestations;
mod bad_input;
mod codes;
mod departures;
mod evidence;
mod killed;
mod levels;
pub mod morning;
mod resending;
mod reviews;
mod screens;
mod services;
mod signals;
mod stops;
mod ticks;
mod windows;

use chrono::TimeDelta;
use daogang::checkins::codes as rotating;
use daogang::schema::{claims, shifts};
use daogang::units::{MemberId, ShiftId};
use diesel::prelude::*;

use crate::support::posts::{Post, Shift};
use crate::support::{Answer, TestApp};

/// A published shift whose check-in is open: it begins in 20 minutes and lasts an hour.
pub(crate) async fn open_shift(app: &TestApp) -> i64 {
    Post::with(Shift::new().in_minutes(20)).publish(app, &app.member("gao")).await.shift()
}

/// The code of a shift that a screen showed so many seconds ago.
pub(crate) fn code_of(app: &TestApp, shift: i64, seconds_ago: i64) -> String {
    let then = app.clock().real().minus(TimeDelta::seconds(seconds_ago));
    rotating::show(&app.app.keys, ShiftId(shift), then).unwrap().0.code
}

/// Whether there may be several servers.
fn on_postgres(app: &TestApp) -> bool {
    app.look(|db| matches!(db, daogang::db::Db::Pg(_)))
}

/// Puts someone in charge of a shift.
fn lead(app: &TestApp, shift: i64, member: &str) {
    let id = app.member(member).id;
    app.look(|db| {
        diesel::update(shifts::table.find(ShiftId(shift))).set(shifts::lead_id.eq(id)).execute(db).unwrap()
    });
}

/// Writes a claim in some state, past all rules.
fn claim(app: &TestApp, shift: i64, member: MemberId, state: &str) {
    let (now, id) = (app.now(), ShiftId(shift));
    app.look(|db| {
        let row = (
            claims::shift_id.eq(id),
            claims::member_id.eq(member),
            claims::state.eq(state),
            claims::starts_at.eq(now),
            claims::ends_at.eq(now.plus(TimeDelta::hours(1))),
            claims::served_as.eq("individual"),
            claims::claimed_at.eq(now),
            claims::changed_at.eq(now),
        );
        diesel::insert_into(claims::table).values(row).execute(db).unwrap()
    });
}

/// The value of a cookie that the answer sets; nothing when it sets none of this name.
pub(crate) fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().expect("plain text"));
    let mut found = lines.filter_map(|line| line.strip_prefix(&format!("{name}=")));
    found.next().map(|rest| rest.split(';').next().unwrap_or_default().to_owned())
}
