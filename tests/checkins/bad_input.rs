//! What no phone should send: refused with a code, and nothing stored.

use reqwest::Method;
use serde_json::{Value, json};

use super::morning::{Holder, Morning, by_position};
use crate::support::{Answer, TestApp, both_engines};

async fn sent(member: &Holder, end: &str, body: String) -> Answer {
    let path = format!("/claims/{}/check-{end}", member.claim);
    let request = member.caller.request(Method::POST, &path).header("Content-Type", "application/json");
    Answer::to(request.body(body)).await
}

fn stored(app: &TestApp) -> i64 {
    ["attempts", "checkins", "ticket_uses", "ledger_entries"]
        .iter()
        .map(|table| app.count(&format!("SELECT count(*) AS n FROM {table}")))
        .sum()
}

/// A press by position with one field of the position changed.
fn with(morning: &Morning<'_>, field: &str, value: Value) -> Value {
    let mut fix = morning.here();
    fix[field] = value;
    by_position(fix)
}

both_engines! {
    async fn a_wrong_field_is_named_and_nothing_is_stored(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("07:22");
        let swapped = {
            let mut fix = morning.here();
            (fix["lat"], fix["lon"]) = (fix["lon"].clone(), fix["lat"].clone());
            by_position(fix)
        };
        let now = app.clock().real();
        for (press, fields) in [
            (with(&morning, "lat", json!(90.1)), json!({"position": "lat_out_of_range"})),
            (with(&morning, "lat", json!(-1e300)), json!({"position": "lat_out_of_range"})),
            (with(&morning, "lon", json!(180.5)), json!({"position": "lon_out_of_range"})),
            (swapped, json!({"position": "lat_out_of_range"})),
            (with(&morning, "accuracy_m", json!(-5)), json!({"position.accuracy_m": "0_or_more"})),
            (with(&morning, "accuracy_m", json!("15")), json!({"position.accuracy_m": "wrong_type"})),
            (with(&morning, "datum", json!("cgcs2000")), json!({"position.datum": "wrong_type"})),
            (with(&morning, "datum", Value::Null), json!({"position.datum": "wrong_type"})),
            (with(&morning, "height", json!(1500)), json!({"position.height": "unknown"})),
            (with(&morning, "taken_at", json!("2026-09-02T07:22:00")), json!({"position.taken_at": "time_with_offset"})),
            (json!({"method": "poster_code", "position": morning.here()}), json!({"method": "not_yet"})),
            (json!({"method": "lead_scan"}), json!({"method": "wrong_type"})),
            (json!({"method": "attestation"}), json!({"method": "wrong_type"})),
            (json!({"method": "rotating_code"}), json!({"code": "required"})),
            (json!({"method": "rotating_code", "code": 7}), json!({"code": "wrong_type"})),
            (json!({"method": "rotating_code", "code": "x", "ticket": "y"}), json!({"ticket": "code_or_ticket"})),
            (json!({"method": "geofence", "code": "x", "position": morning.here()}), json!({"method": "rotating_code"})),
            (json!({"method": "geofence", "position": morning.here(), "recorded_at": now}), json!({"recorded_at": "not_yet"})),
            (json!({"method": "geofence", "position": morning.here(), "minutes": 60}), json!({"minutes": "unknown"})),
            (json!({}), json!({"method": "required"})),
        ] {
            let refused = sent(&member, "in", press.to_string()).await;
            assert_eq!(refused.fields(), &fields, "{press}");
        }
        assert_eq!((stored(&app), member.state().await), (0, json!("held")));
    }

    async fn what_is_no_json_is_malformed(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        morning.at("07:22");
        let good = by_position(morning.here()).to_string();
        let numbers = |number: &str| {
            let mut fix = morning.here();
            fix["lat"] = json!("LAT");
            by_position(fix).to_string().replace("\"LAT\"", number)
        };
        for (body, status, code) in [
            (numbers("NaN"), 400, "request.malformed"),
            (numbers("Infinity"), 400, "request.malformed"),
            (numbers("1e999"), 400, "request.malformed"),
            (good[..good.len() - 1].to_owned(), 400, "request.malformed"),
            (good.replace("geofence", "geo\\u0000fence"), 400, "request.malformed"),
            ("[".repeat(100_000), 400, "request.malformed"),
            (format!("{{\"code\": \"{}\"}}", "x".repeat(256 * 1024)), 413, "body.too_large"),
        ] {
            for end in ["in", "out"] {
                let refused = sent(&member, end, body.clone()).await;
                assert_eq!((refused.status, refused.code()), (status, code), "{body:.60}");
            }
        }
        assert_eq!((stored(&app), member.state().await), (0, json!("held")));
    }

    async fn wrong_words_of_those_in_charge_store_nothing(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        let gao = app.member("gao");
        morning.at("07:40");
        let shift = format!("/shifts/{}", morning.shift);
        let claim = member.claim;
        for (path, body, field) in [
            ("/arrivals/confirm", json!({"claim_ids": []}), "claim_ids"),
            ("/departures/confirm", json!({"claim_ids": vec![1; 1_001]}), "claim_ids"),
            ("/departures/confirm", json!({"claim_ids": [claim], "minutes": 60}), "minutes"),
            ("/departures/confirm", json!({"claim_ids": [claim], "at": "08:00"}), "at"),
            ("/attestations", json!({"claim_id": claim}), "reason"),
            ("/attestations", json!({"claim_id": claim, "reason": "  "}), "reason"),
            ("/attestations", json!({"claim_id": claim, "reason": "多".repeat(201)}), "reason"),
            ("/stop", json!({}), "reason"),
            ("/stop", json!({"reason": ""}), "reason"),
        ] {
            let refused = gao.post(&format!("{shift}{path}"), body).await;
            assert!(refused.fields()[field].is_string(), "{path}: {}", refused.body);
        }
        assert_eq!((stored(&app), member.state().await), (0, json!("held")));
        assert_eq!(app.count("SELECT count(*) AS n FROM claim_notes"), 0);
    }
}
