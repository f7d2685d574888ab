//! An organisation's day: which shifts it shows, what it counts, and who may read it.

use serde_json::{Value, json};

use crate::checkins::morning::{Morning, by_position, clock, post_from, usual};
use crate::support::city::{STREET, WEIYUAN};
use crate::support::posts::{Post, Shift};
use crate::support::{Caller, TestApp, both_engines};

const DAY: &str = "day=2026-09-02";

async fn read(by: &Caller, organization: i64, query: &str) -> Value {
    by.get(&format!("/organizations/{organization}/day?{query}")).await.ok()
}

fn shifts(day: &Value) -> Vec<i64> {
    let rows = day["shifts"]["items"].as_array().unwrap();
    rows.iter().map(|row| row["shift"]["id"].as_i64().unwrap()).collect()
}

/// A crossing with a lead who has a number, someone who proved to be there, someone whose position tells little, and
/// someone who doesn't come.
async fn crossing(app: &TestApp) -> Morning<'_> {
    let morning = Morning::new(app).await;
    let lead = morning.led_by("amina").await;
    lead.caller.patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
    let (chen, dilnur) = (morning.hold("chen").await, morning.hold("dilnur").await);
    morning.hold("fang").await;
    chen.check_in(morning.at("07:22").proof().await).await.ok();
    let far = morning.at("07:24").far();
    dilnur.check_in(by_position(far)).await.ok();
    morning
}

both_engines! {
    async fn a_day_tells_who_came_who_leads_and_what_waits(app: TestApp) {
        let morning = crossing(&app).await;
        let gao = app.member("gao");
        let day = read(&gao, 4, DAY).await;
        let totals = json!({"shifts": 1, "called_off": 0, "capacity": 100, "taken": 4, "nobody_claimed": 0, "present_now": 2, "to_review": 1});
        assert_eq!((&day["totals"], &day["day"], &day["shifts"]["next"]), (&totals, &json!("2026-09-02"), &Value::Null));
        let row = &day["shifts"]["items"][0];
        assert_eq!((&row["arrived"], &row["left"], &row["to_review"]), (&json!(2), &json!(0), &json!(1)));
        assert_eq!((&row["shift"]["id"], &row["shift"]["taken"], &row["organization"]), (&json!(morning.shift), &json!(4), &json!("盘旋路社区")));
        assert_eq!((&row["post"]["id"], &row["post"]["fence"], &row["post"]["state"], &row["post"]["version"]), (&json!(morning.post), &json!({"radius_m": 100.0}), &json!("published"), &json!(2)));
        assert_eq!(row["lead"], json!({"member_id": 1, "name": "Amina", "phone": "13812345678"}));
        assert_eq!(row["deputy"], Value::Null);
        morning.due_at("2026-09-02 08:31").await;
        let after = read(&gao, 4, DAY).await;
        // Fang, the lead, and whoever was seen elsewhere.
        assert_eq!((&after["totals"]["to_review"], &after["shifts"]["items"][0]["to_review"]), (&json!(3), &json!(3)));
        assert_eq!(after["shifts"]["items"][0]["lead"]["phone"], Value::Null);
        morning.tick(&app.member("amina"), "departures", &claims(&app, morning.shift), None).await.ok();
        // Only presses from elsewhere show that Dilnur came: that takes a word of its own.
        let ticked = read(&gao, 4, DAY).await;
        assert_eq!((&ticked["totals"]["present_now"], &ticked["shifts"]["items"][0]["left"], &ticked["totals"]["to_review"]), (&json!(0), &json!(2), &json!(3)));
        morning.tick(&app.member("amina"), "arrivals", &claims(&app, morning.shift), Some("07:30")).await.ok();
        assert_eq!(read(&gao, 4, DAY).await["totals"]["to_review"], 2);
    }

    async fn what_is_called_off_is_told_apart(app: TestApp) {
        let gao = app.member("gao");
        let stopped = Morning::new(&app).await;
        let open = Morning::of(&app, post_from("2026-09-02 17:30", "2026-09-02 18:30")).await;
        stopped.hold("amina").await;
        stopped.at("07:00").stop(&gao).await.ok();
        let day = read(&gao, 4, DAY).await;
        let totals = json!({"shifts": 2, "called_off": 1, "capacity": 100, "taken": 0, "nobody_claimed": 1, "present_now": 0, "to_review": 0});
        assert_eq!(day["totals"], totals);
        let rows = &day["shifts"]["items"];
        assert_eq!((&rows[0]["shift"]["state"], &rows[0]["shift"]["state_reason"]), (&json!("stopped"), &json!("下雨")));
        assert_eq!(shifts(&day)[1], open.shift);
    }

    async fn a_day_holds_its_own_shifts_by_start_in_pages(app: TestApp) {
        let mut expected = Vec::new();
        for (from, to) in [("02 07:30", "02 08:30"), ("01 23:00", "02 00:30"), ("02 23:00", "03 01:00"), ("02 07:30", "02 09:00")] {
            let post = post_from(&format!("2026-09-{from}"), &format!("2026-09-{to}"));
            expected.push(post.publish(&app, &app.member("gao")).await.shift());
        }
        for (from, to) in [("01 22:00", "02 00:00"), ("03 00:00", "03 01:00")] {
            post_from(&format!("2026-09-{from}"), &format!("2026-09-{to}")).publish(&app, &app.member("gao")).await;
        }
        usual().draft(&app, &app.member("gao")).await;
        let expected = [expected[1], expected[0], expected[3], expected[2]];
        let gao = app.member("gao");
        assert_eq!(shifts(&read(&gao, 4, DAY).await), expected);
        let (mut seen, mut query) = (Vec::new(), format!("{DAY}&limit=1"));
        loop {
            let page = read(&gao, 4, &query).await;
            assert_eq!(page["totals"]["shifts"], 4);
            seen.extend(shifts(&page));
            let Some(next) = page["shifts"]["next"].as_str() else { break };
            query = format!("{DAY}&limit=1&cursor={next}");
        }
        assert_eq!(seen, expected);
        // Without a day it is today's.
        assert_eq!(clock(&read(&gao, 4, "").await["shifts"]["items"][0]["shift"]["starts_at"]), "22:00");
    }

    async fn a_day_reaches_down_and_nowhere_else(app: TestApp) {
        let own = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let other = Post::with(Shift::new()).set("organization_id", json!(WEIYUAN)).publish(&app, &app.member("hu")).await.shift();
        let street = Post::with(Shift::new()).set("organization_id", json!(STREET)).publish(&app, &app.member("kang")).await.shift();
        for (name, organization, expected) in [
            ("gao", 4, vec![own]), ("hu", 5, vec![other]), ("kang", 3, vec![own, other, street]), ("kang", 4, vec![own]),
            ("lin", 2, vec![own, other, street]), ("ma", 1, vec![own, other, street]), ("ma", 6, vec![]),
        ] {
            assert_eq!(shifts(&read(&app.member(name), organization, "").await), expected, "{name} {organization}");
        }
        for path in ["day", "reviews"] {
            for (name, organization) in [("gao", 5), ("gao", 3), ("hu", 4), ("kang", 6), ("kang", 2), ("ma", 999)] {
                let answer = app.member(name).get(&format!("/organizations/{organization}/{path}")).await;
                assert_eq!((answer.status, answer.code()), (404, "row.not_found"), "{name} {organization} {path}");
            }
            for name in ["amina", "jin", "qiao", "nie", "ou", "pan", "ren", "su"] {
                assert_eq!(app.member(name).get(&format!("/organizations/4/{path}")).await.code(), "role.not_allowed", "{name}");
            }
            assert_eq!(app.nobody().get(&format!("/organizations/4/{path}")).await.code(), "session.required");
            for (query, field) in [("limit=0", "limit"), ("cursor=x", "cursor"), ("sort=name", "sort")] {
                let answer = app.member("gao").get(&format!("/organizations/4/{path}?{query}")).await;
                assert!(answer.fields()[field].is_string(), "{path} {query}");
            }
        }
        assert_eq!(app.member("gao").get("/organizations/4/day?day=tomorrow").await.status, 422);
    }
}

/// Every claim of a shift.
fn claims(app: &TestApp, shift: i64) -> Vec<i64> {
    use daogang::schema::claims;
    use daogang::units::{ClaimId, ShiftId};
    use diesel::prelude::*;
    let of = claims::table.filter(claims::shift_id.eq(ShiftId(shift)));
    let ids: Vec<ClaimId> = app.look(|db| of.select(claims::id).load(db).unwrap());
    ids.into_iter().map(|id| id.0).collect()
}
