//! Every field has its limits; what breaks one is named, and nothing is stored.

use serde_json::{Value, json};

use super::stored;
use crate::support::posts::{Post, Shift};
use crate::support::{TestApp, both_engines};

/// The body of a post with one field set to something else, by its path: `check_in.opens_before_min`.
fn body(app: &TestApp, path: &str, value: Value) -> Value {
    let mut body = Post::with(Shift::new()).json(app);
    let pointer = format!("/{}", path.replace('.', "/"));
    match body.pointer_mut(&pointer) {
        Some(place) => *place = value,
        None => {
            let (parent, name) = pointer.rsplit_once('/').expect("a path");
            body.pointer_mut(parent).expect("a parent")[name] = value;
        }
    }
    body
}

fn text(length: usize) -> Value {
    // Characters are counted, not bytes.
    json!("岗".repeat(length))
}

fn polygon(corners: &[[f64; 2]]) -> Value {
    json!({"polygon": {"type": "Polygon", "coordinates": [corners]}})
}

/// Corners on a circle of about 50 m, the first repeated at the end.
fn round(corners: usize) -> Value {
    let corner = |number: usize| {
        let turn = number as f64 / corners as f64 * std::f64::consts::TAU;
        [103.85 + 0.0005 * turn.cos(), 36.04 + 0.0005 * turn.sin()]
    };
    let mut ring: Vec<_> = (0..corners).map(corner).collect();
    ring.push(ring[0]);
    polygon(&ring)
}

const HOUR: [&str; 2] = ["2026-09-01T09:00:00+08:00", "2026-09-01T10:00:00+08:00"];

fn shift(starts_at: &str, ends_at: &str, capacity: Value) -> Value {
    json!([{"starts_at": starts_at, "ends_at": ends_at, "capacity": capacity}])
}

both_engines! {
    async fn each_field_is_held_to_its_limit(app: TestApp) {
        let gao = app.member("gao");
        let lines = |count: usize, length: usize| json!(vec![text(length); count]);
        for (path, value, rule) in [
            ("title", text(61), "at_most_60_characters"),
            ("title", json!(""), "required"),
            ("title", json!(" \t"), "required"),
            ("description", text(2_001), "at_most_2000_characters"),
            ("place", text(201), "at_most_200_characters"),
            ("meeting_point", text(201), "at_most_200_characters"),
            ("bring", text(201), "at_most_200_characters"),
            ("risk_notice", text(2_001), "at_most_2000_characters"),
            ("insurance_ref", text(201), "at_most_200_characters"),
            ("insurance_waived_by", text(201), "at_most_200_characters"),
            ("duties", lines(6, 1), "at_most_5_lines_of_100_characters"),
            ("duties", lines(1, 101), "at_most_5_lines_of_100_characters"),
            ("skills", lines(11, 1), "at_most_10_of_30_characters"),
            ("skills", lines(1, 31), "at_most_10_of_30_characters"),
            ("priority", json!(3), "0_to_2"),
            ("priority", json!(-1), "0_to_2"),
            ("check_in.opens_before_min", json!(121), "0_to_120"),
            ("check_in.opens_before_min", json!(-1), "0_to_120"),
            ("check_in.methods", json!([]), "required"),
            ("check_in.methods", json!(["geofence", "geofence"]), "given_twice"),
            ("shifts", json!([]), "1_to_100"),
            ("audience", json!({"kind": "units", "organization_ids": []}), "1_to_200_units"),
            ("audience", json!({"kind": "subtree", "organization_id": 999}), "unknown"),
            ("audience", json!({"kind": "units", "organization_ids": [6, 999]}), "unknown"),
            ("audience", json!({"kind": "units", "organization_ids": [4]}), "unknown"),
        ] {
            let answer = gao.post("/posts", body(&app, path, value.clone())).await;
            assert_eq!(answer.fields(), &json!({path: rule}), "{path} {value}");
        }
        assert_eq!(stored(&app), (0, 0));
    }

    async fn a_field_of_another_kind_is_named_with_its_path(app: TestApp) {
        let gao = app.member("gao");
        for (path, value, field, rule) in [
            ("title", json!(7), "title", "wrong_type"),
            ("title", Value::Null, "title", "wrong_type"),
            ("category", json!("dancing"), "category", "wrong_type"),
            ("organization_id", json!("4"), "organization_id", "wrong_type"),
            ("position.lat", json!("36"), "position.lat", "wrong_type"),
            ("position.datum", json!("nad27"), "position.datum", "wrong_type"),
            ("position.height", json!(1_500), "position.height", "unknown"),
            ("check_in.methods", json!(["shouting"]), "check_in.methods[0]", "wrong_type"),
            ("check_in.opens_before_min", json!(1.5), "check_in.opens_before_min", "wrong_type"),
            ("check_in.closes", json!(1), "check_in.closes", "unknown"),
            ("priority", json!(99_999_999_999_i64), "priority", "wrong_type"),
            ("colour", json!("red"), "colour", "unknown"),
            ("id", json!(1), "id", "unknown"),
            ("state", json!("published"), "state", "unknown"),
            ("shifts.0.held", json!(0), "shifts[0].held", "unknown"),
        ] {
            let answer = gao.post("/posts", body(&app, path, value.clone())).await;
            assert_eq!(answer.fields(), &json!({field: rule}), "{path} {value}");
        }
        for field in ["organization_id", "category", "title", "position", "fence", "check_in", "shifts"] {
            let mut body = Post::with(Shift::new()).json(&app);
            body.as_object_mut().unwrap().remove(field);
            assert_eq!(gao.post("/posts", body).await.fields(), &json!({field: "required"}));
        }
        assert_eq!(stored(&app), (0, 0));
    }

    async fn a_position_off_the_globe_is_refused(app: TestApp) {
        let gao = app.member("gao");
        for (lat, lon, rule) in [(90.1, 103.85, "latitude"), (36.04, -180.1, "longitude"), (1e300, 103.85, "latitude")] {
            let position = json!({"lat": lat, "lon": lon, "datum": "wgs84"});
            let answer = gao.post("/posts", body(&app, "position", position)).await;
            assert!(answer.fields()["position"].as_str().unwrap().contains(rule), "{lat} {lon}: {}", answer.body);
        }
        assert_eq!(stored(&app), (0, 0));
    }

    async fn a_fence_is_a_circle_or_a_plain_polygon(app: TestApp) {
        let gao = app.member("gao");
        let (a, b, c, d) = ([103.85, 36.04], [103.851, 36.04], [103.851, 36.041], [103.85, 36.041]);
        for (fence, rule) in [
            (json!({"radius_m": 19}), "radius_out_of_range"),
            (json!({"radius_m": 1_001}), "radius_out_of_range"),
            (json!({"radius_m": -50}), "radius_out_of_range"),
            (polygon(&[a, c, b, [103.85, 36.042], a]), "crosses_itself"),
            (polygon(&[a, b, c, d]), "not_closed"),
            (polygon(&[a, b, a]), "too_few_corners"),
            (polygon(&[a, b, a, b, a]), "no_area"),
            (polygon(&[a, b, [103.85, 91.0], a]), "corner_out_of_range"),
            (round(201), "too_many_corners"),
            (json!({"polygon": {"type": "Polygon", "coordinates": [[a, b, c, a], [a, b, c, a]]}}), "has_holes"),
            (json!({"polygon": {"type": "Point", "coordinates": a}}), "not_a_polygon"),
        ] {
            let answer = gao.post("/posts", body(&app, "fence", fence.clone())).await;
            assert_eq!(answer.fields(), &json!({"fence": rule}), "{fence}");
        }
        for fence in [json!({}), json!({"radius_m": 50, "polygon": null}), json!({"square": 1}), json!(50), Value::Null, json!({"polygon": {"type": "Polygon"}})] {
            let answer = gao.post("/posts", body(&app, "fence", fence.clone())).await;
            assert!(answer.fields().as_object().unwrap().keys().all(|name| name.starts_with("fence")), "{fence}: {}", answer.body);
        }
        assert_eq!(stored(&app), (0, 0));
        for fence in [json!({"radius_m": 20}), json!({"radius_m": 1_000}), polygon(&[a, b, c, a]), round(200)] {
            gao.post("/posts", body(&app, "fence", fence)).await.ok();
        }
    }

    async fn a_shift_has_places_and_an_end_after_its_start(app: TestApp) {
        let gao = app.member("gao");
        let [start, end] = HOUR;
        for (shifts, fields) in [
            (shift(end, start, json!(4)), json!({"shifts[0].ends_at": "after_start"})),
            (shift(start, start, json!(4)), json!({"shifts[0].ends_at": "after_start"})),
            (shift(start, "2026-09-01T09:14:59+08:00", json!(4)), json!({"shifts[0].ends_at": "15_minutes_to_24_hours"})),
            (shift(start, "2026-09-02T09:00:01+08:00", json!(4)), json!({"shifts[0].ends_at": "15_minutes_to_24_hours"})),
            (shift("2026-09-01T06:00:00+08:00", "2026-09-01T07:00:00+08:00", json!(4)), json!({"shifts[0].ends_at": "in_the_future"})),
            (shift(start, end, json!(0)), json!({"shifts[0].capacity": "1_to_1000"})),
            (shift(start, end, json!(-1)), json!({"shifts[0].capacity": "1_to_1000"})),
            (shift(start, end, json!(1_001)), json!({"shifts[0].capacity": "1_to_1000"})),
            (shift(start, end, json!(10_000)), json!({"shifts[0].capacity": "1_to_1000"})),
            (shift(start, end, json!(2.5)), json!({"shifts[0].capacity": "wrong_type"})),
            (shift(start, end, json!("4")), json!({"shifts[0].capacity": "wrong_type"})),
            (shift("2026-09-01T09:00:00", end, json!(4)), json!({"shifts[0].starts_at": "time_with_offset"})),
            (shift(start, "2026-09-01 10:00", json!(4)), json!({"shifts[0].ends_at": "time_with_offset"})),
            (shift("2026-02-30T09:00:00Z", end, json!(4)), json!({"shifts[0].starts_at": "time_with_offset"})),
            (shift("tomorrow", end, json!(4)), json!({"shifts[0].starts_at": "time_with_offset"})),
            (json!(vec![shift(start, end, json!(1))[0].clone(); 101]), json!({"shifts": "1_to_100"})),
        ] {
            let answer = gao.post("/posts", body(&app, "shifts", shifts.clone())).await;
            assert_eq!(answer.fields(), &fields, "{}", shifts[0]);
        }
        assert_eq!(stored(&app), (0, 0));
    }

    async fn every_wrong_field_is_named_at_once(app: TestApp) {
        let mut wrong = body(&app, "title", text(61));
        wrong["priority"] = json!(7);
        wrong["fence"] = json!({"radius_m": 1});
        wrong["shifts"][0]["capacity"] = json!(0);
        let answer = app.member("gao").post("/posts", wrong).await;
        assert_eq!(answer.fields(), &json!({
            "title": "at_most_60_characters", "priority": "0_to_2", "fence": "radius_out_of_range",
            "shifts[0].capacity": "1_to_1000",
        }));
        assert_eq!(stored(&app), (0, 0));
    }

    async fn what_reaches_its_limits_is_taken(app: TestApp) {
        let gao = app.member("gao");
        let [start, end] = HOUR;
        let mut full = body(&app, "title", text(60));
        for (field, length) in [("description", 2_000), ("place", 200), ("meeting_point", 200), ("bring", 200),
            ("risk_notice", 2_000), ("insurance_ref", 200), ("insurance_waived_by", 200)] {
            full[field] = text(length);
        }
        full["duties"] = json!(vec![text(100); 5]);
        full["skills"] = json!(vec![text(30); 10]);
        full["check_in"] = json!({"methods": ["lead_scan", "rotating_code", "geofence", "poster_code"], "opens_before_min": 120, "fair_counts": true});
        full["audience"] = json!({"kind": "units", "organization_ids": [6, 7]});
        full["priority"] = json!(2);
        full["shifts"] = json!([]);
        for capacity in 901..=1_000 {
            full["shifts"].as_array_mut().unwrap().push(shift(start, end, json!(capacity))[0].clone());
        }
        let post = gao.post("/posts", full.clone()).await.ok();
        for field in ["title", "description", "place", "meeting_point", "bring", "risk_notice", "insurance_ref",
            "insurance_waived_by", "duties", "skills", "check_in", "audience", "priority", "position", "category"] {
            assert_eq!(post[field], full[field], "{field}");
        }
        assert_eq!(stored(&app), (1, 100));
        let one_more = gao.post(&format!("/posts/{}/shifts", post["id"]), shift(start, end, json!(1))[0].clone()).await;
        assert_eq!(one_more.fields(), &json!({"shifts": "1_to_100"}));
        assert_eq!(stored(&app), (1, 100));
    }

    async fn what_is_left_out_takes_its_usual_value(app: TestApp) {
        let gao = app.member("gao");
        let post = gao.post("/posts", body(&app, "check_in", json!({"methods": ["geofence"]}))).await.ok();
        for (field, value) in [
            ("check_in", json!({"methods": ["geofence"], "opens_before_min": 30, "fair_counts": false})),
            ("audience", json!({"kind": "everyone"})), ("priority", json!(0)), ("hazardous", json!(false)),
            ("duties", json!([])), ("skills", json!([])), ("description", json!("")), ("insurance_ref", Value::Null),
            ("state", json!("draft")), ("state_reason", Value::Null), ("published_at", Value::Null), ("version", json!(1)),
        ] {
            assert_eq!(post[field], value, "{field}");
        }
        for (category, hazardous) in [("traffic", true), ("patrol", true), ("cleaning", false)] {
            let post = gao.post("/posts", body(&app, "category", json!(category))).await.ok();
            assert_eq!(post["hazardous"], hazardous, "{category}");
        }
    }

    async fn a_shift_is_added_under_the_same_limits(app: TestApp) {
        let gao = app.member("gao");
        let post = Post::with(Shift::new()).draft(&app, &gao).await;
        let route = format!("/posts/{}/shifts", post["id"]);
        let [start, end] = HOUR;
        for (shift, fields) in [
            (shift(end, start, json!(4)), json!({"ends_at": "after_start"})),
            (shift(start, end, json!(10_000)), json!({"capacity": "1_to_1000"})),
            (shift("2026-09-01T09:00:00", end, json!(4)), json!({"starts_at": "time_with_offset"})),
        ] {
            assert_eq!(gao.post(&route, shift[0].clone()).await.fields(), &fields);
        }
        assert_eq!(stored(&app), (1, 1));
        let longer = gao.post(&route, shift(start, end, json!(2))[0].clone()).await;
        assert_eq!((longer.status, longer.body["shifts"].as_array().unwrap().len()), (201, 2));
    }
}
