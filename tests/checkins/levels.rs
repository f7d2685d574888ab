//! The level table of domain.md 4.5 cell by cell, and the three datums.

use serde_json::{Value, json};

use super::morning::{Morning, ago, by_position, clock, post_from, usual};
use crate::support::{Answer, both_engines};

/// Each kind of position.
const PLACES: [&str; 7] = ["inside", "edge", "none", "cannot_tell", "crossing", "stale", "outside"];

fn position(morning: &Morning<'_>, place: &str) -> Value {
    match place {
        "inside" => morning.here(),
        "edge" => morning.north(130.0, 40.0),
        "none" => Value::Null,
        "cannot_tell" => morning.north(0.0, 300.0),
        // 80 m outside with 100 m of accuracy: the circle crosses the fence further off than the grace reaches.
        "crossing" => morning.north(180.0, 100.0),
        "stale" => {
            let mut old = morning.here();
            old["taken_at"] = json!(ago(morning.app, 61));
            old
        }
        "outside" => morning.north(400.0, 20.0),
        other => panic!("{other}"),
    }
}

fn verdict(place: &str) -> Value {
    match place {
        "edge" => json!("inside"),
        "none" => Value::Null,
        "crossing" => json!("cannot_tell"),
        place => json!(place),
    }
}

/// What the table says: level, reasons, what it waits for.
fn cell(way: &str, place: &str) -> Option<(&'static str, Value, &'static str)> {
    Some(match (way, place) {
        ("geofence", "inside") => ("fair", json!([]), "lead_confirms"),
        ("geofence", "edge") => ("fair", json!(["edge"]), "lead_confirms"),
        ("geofence", "none") => return None,
        ("geofence", _) => ("weak", json!([]), "under_review"),
        (_, "inside") => ("strong", json!([]), "counted"),
        (_, "edge") => ("strong", json!(["edge"]), "counted"),
        (_, "none") => ("fair", json!(["no_position"]), "lead_confirms"),
        (_, "outside") => ("weak", json!(["forwarded_code"]), "under_review"),
        _ => ("fair", json!([]), "lead_confirms"),
    })
}

#[track_caller]
fn told(answer: &Answer) -> (&str, Value, &str) {
    assert_eq!(answer.status, 201, "{}", answer.body);
    let text = |field: &str| answer.body[field].as_str().unwrap();
    (text("evidence_level"), answer.body["reasons"].clone(), text("counts"))
}

both_engines! {
    async fn every_cell_of_the_level_table(app: TestApp) {
        let morning = Morning::new(&app).await;
        let mut people = app.crowd(4 * PLACES.len()).into_iter();
        morning.at("07:22");
        for way in ["code", "ticket", "cookie", "geofence"] {
            for place in PLACES {
                let member = morning.hold_as(people.next().unwrap()).await;
                let position = position(&morning, place);
                let answer = match way {
                    "code" => member.check_in(morning.by_code(position).await).await,
                    "ticket" => {
                        let seen = member.caller.post("/tickets", json!({"code": morning.code().await})).await.ok();
                        let press = json!({"method": "rotating_code", "ticket": seen["ticket"], "position": position});
                        member.check_in(press).await
                    }
                    "cookie" => {
                        let body = json!({"method": "rotating_code", "position": position});
                        member.press_with(&morning.cookie().await, "in", body).await
                    }
                    _ => member.check_in(by_position(position)).await,
                };
                let Some(expected) = cell(way, place) else {
                    assert_eq!((answer.status, answer.code()), (409, "checkin.position_needed"));
                    assert_eq!((member.tries(&app), member.state().await), (0, json!("held")));
                    continue;
                };
                assert_eq!(told(&answer), expected, "{way} {place}");
                assert_eq!(answer.body["verdict"], verdict(place), "{way} {place}");
                assert_eq!(answer.body["attempt"]["about_m"], if place == "outside" { json!(300) } else { Value::Null });
                assert_eq!((member.tries(&app), member.state().await), (1, json!("checked_in")), "{way} {place}");
            }
        }
    }

    async fn an_answer_names_what_stands_and_what_it_waits_for(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("07:22");
        let mut answer = member.check_in(morning.proof().await).await.ok();
        assert_eq!(clock(&answer["checked_in_at"]), "07:22");
        answer["checked_in_at"] = json!("07:22");
        assert_eq!(answer, json!({
            "claim": member.claim, "state": "checked_in", "verdict": "inside", "evidence_level": "strong",
            "reasons": [], "late": false, "counts": "counted", "checked_in_at": "07:22", "checked_out_at": null,
            "minutes": null, "uncounted": null,
            "attempt": {"verdict": "inside", "about_m": null, "evidence_level": "strong", "reasons": []},
            "lead": null,
        }));
        let line = morning.line("arrivals", member.claim).await;
        assert_eq!((&line["name"], &line["unit"], &line["state"]), (&json!("Amina"), &json!("市图书馆"), &json!("checked_in")));
        assert_eq!((&line["check_in"]["method"], &line["counts"]), (&json!("rotating_code"), &json!("counted")));
    }

    async fn a_fix_without_a_time_of_its_own_is_stale_and_without_accuracy_cannot_tell(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("07:22");
        for (missing, verdict) in [("taken_at", "stale"), ("sent_at", "stale"), ("accuracy_m", "cannot_tell")] {
            let mut fix = morning.here();
            fix.as_object_mut().unwrap().remove(missing);
            let answer = member.check_in(by_position(fix)).await.ok();
            assert_eq!((&answer["attempt"]["verdict"], &answer["evidence_level"]), (&json!(verdict), &json!("weak")), "{missing}");
        }
    }

    async fn whoever_reads_the_code_is_judged_by_position_alone(app: TestApp) {
        // Not even the post's own rule makes such a check-in count without a tick.
        let fair = json!({"methods": ["rotating_code", "geofence"], "fair_counts": true});
        let morning = Morning::of(&app, usual().set("check_in", fair)).await;
        let (lead, officer) = (morning.led_by("amina").await, morning.hold("gao").await);
        for member in [&lead, &officer] {
            morning.at("07:22");
            let bare = member.check_in(morning.by_code(Value::Null).await).await;
            assert_eq!((bare.status, bare.code()), (409, "checkin.position_needed"));
            let away = member.check_in(morning.by_code(morning.north(400.0, 20.0)).await).await;
            assert_eq!(told(&away), ("weak", json!([]), "under_review"));
            let there = member.check_in(morning.at("07:23").proof().await).await;
            assert_eq!(told(&there), ("fair", json!([]), "lead_confirms"));
        }
        morning.at("08:30");
        for member in [&lead, &officer] {
            let left = member.check_out(morning.proof().await).await;
            assert_eq!(told(&left), ("fair", json!([]), "lead_confirms"));
            assert_eq!(member.minutes().await, 0);
        }
        // A member beside them counts by the post's rule.
        let chen = morning.at("07:40").hold("chen").await;
        assert_eq!(told(&chen.check_in(by_position(morning.here())).await), ("fair", json!([]), "counted"));
    }

    async fn a_fix_is_judged_in_the_datum_that_it_names(app: TestApp) {
        // The middle of Lanzhou by the vectors of tests/data: the same place in three datums.
        let (wgs84, gcj02, bd09) = (
            [36.0611, 103.8343],
            [36.060772717206, 103.836703109139],
            [36.066665350704, 103.843239539330],
        );
        let mut people = app.crowd(64).into_iter();
        for (datum, [lat, lon]) in [("wgs84", wgs84), ("gcj02", gcj02), ("bd09", bd09)] {
            let place = json!({"lat": lat, "lon": lon, "datum": datum});
            let post = post_from("2026-09-02 07:30", "2026-09-02 08:30").set("position", place);
            let morning = Morning::of(&app, post).await;
            morning.at("07:22");
            for (named, [lat, lon], verdict) in [
                ("wgs84", wgs84, "inside"),
                ("gcj02", gcj02, "inside"),
                ("bd09", bd09, "inside"),
                ("gcj02", wgs84, "outside"),
                ("wgs84", gcj02, "outside"),
                ("bd09", gcj02, "outside"),
                ("gcj02", bd09, "outside"),
            ] {
                let mut fix = morning.here();
                (fix["lat"], fix["lon"]) = (json!(lat + 0.000_001_3), json!(lon));
                fix["datum"] = json!(named);
                let member = morning.hold_as(people.next().unwrap()).await;
                let answer = member.check_in(by_position(fix)).await.ok();
                assert_eq!(answer["verdict"], verdict, "{lat}, {lon} as {named} at a post in {datum}");
            }
        }
    }
}
