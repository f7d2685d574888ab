//! What looks odd about a press: named to the member and the lead, rejected by nobody.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::morning::{Morning, by_position, post_from};
use crate::support::{Answer, both_engines};

/// Level and reasons of this try.
#[track_caller]
fn told(answer: &Answer) -> (&str, &Value) {
    assert_eq!(answer.status, 201, "{}", answer.body);
    (answer.body["attempt"]["evidence_level"].as_str().unwrap(), &answer.body["attempt"]["reasons"])
}

both_engines! {
    async fn a_phone_whose_clock_is_off_is_inside_all_the_same(app: TestApp) {
        let morning = Morning::new(&app).await;
        morning.at("07:22");
        for (member, seconds, reasons) in [
            ("amina", 295, json!([])),
            ("chen", -295, json!([])),
            ("bolat", 7_200, json!(["clock_skew"])),
            ("fang", -7_200, json!(["clock_skew"])),
        ] {
            let member = morning.hold(member).await;
            let mut fix = morning.here();
            let phone = app.clock().real().minus(TimeDelta::seconds(seconds));
            (fix["taken_at"], fix["sent_at"]) = (json!(phone), json!(phone));
            let by_place = member.check_in(by_position(fix.clone())).await;
            assert_eq!((told(&by_place), &by_place.body["verdict"]), (("fair", &reasons), &json!("inside")), "{seconds}");
            assert_eq!(told(&member.check_in(morning.by_code(fix).await).await), ("strong", &reasons), "{seconds}");
        }
        let minutes = app.count("SELECT count(*) AS n FROM checkins WHERE level = 'strong'");
        assert_eq!(minutes, 4);
    }

    async fn a_leap_across_the_city_is_told(app: TestApp) {
        let morning = Morning::new(&app).await;
        let member = morning.hold("amina").await;
        assert_eq!(told(&member.check_in(by_position(morning.at("07:20").far())).await), ("weak", &json!([])));
        // 5 km in a minute, and then the same way in an hour.
        let leap = member.check_in(morning.at("07:21").proof().await).await;
        assert_eq!(told(&leap), ("weak", &json!(["teleport"])));
        assert_eq!((&leap.body["verdict"], &leap.body["counts"]), (&json!("outside"), &json!("under_review")));
        member.check_in(by_position(morning.at("07:22").far())).await.ok();
        assert_eq!(told(&member.check_in(morning.at("08:22").proof().await).await), ("strong", &json!([])));
    }

    async fn the_same_spot_from_another_phone_is_told(app: TestApp) {
        let morning = Morning::new(&app).await;
        let mut people = app.crowd(12).into_iter();
        let mut holders = Vec::new();
        for _ in 0..6 {
            holders.push(morning.hold_as(people.next().unwrap()).await);
        }
        morning.at("07:22");
        let fix = morning.here();
        let first = holders[0].press_from("phone-0-of-the-crowd-here", "in", by_position(fix.clone())).await;
        assert_eq!(told(&first), ("fair", &json!([])));
        let second = holders[1].press_from("phone-1-of-the-crowd-here", "in", by_position(fix.clone())).await;
        assert_eq!(told(&second), ("weak", &json!(["same_position"])));
        // Without a device nothing is said of devices.
        assert_eq!(told(&holders[2].check_in(by_position(fix.clone())).await), ("fair", &json!([])));
        // Nor of a spot that isn't sharp, nor of one a step of 1e-7 degrees away.
        let mut blurred = fix.clone();
        blurred["accuracy_m"] = json!(30);
        let blurred = holders[3].press_from("phone-3-of-the-crowd-here", "in", by_position(blurred)).await;
        assert_eq!(told(&blurred), ("fair", &json!([])));
        let mut beside = fix.clone();
        beside["lat"] = json!(fix["lat"].as_f64().unwrap() + 5e-7);
        let beside = holders[4].press_from("phone-4-of-the-crowd-here", "in", by_position(beside)).await;
        assert_eq!(told(&beside), ("fair", &json!([])));
        // And an hour later it is another visit.
        morning.at("08:25");
        let mut later = morning.here();
        (later["lat"], later["lon"]) = (fix["lat"].clone(), fix["lon"].clone());
        let later = holders[5].press_from("phone-5-of-the-crowd-here", "in", by_position(later)).await;
        assert_eq!(told(&later), ("fair", &json!([])));
    }

    async fn one_phone_for_two_members_is_told(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (amina, chen) = (morning.hold("amina").await, morning.hold("chen").await);
        morning.at("07:22");
        let phone = "the-phone-of-the-library";
        let first = amina.press_from(phone, "in", morning.proof().await).await;
        assert_eq!(told(&first), ("strong", &json!([])));
        let second = chen.press_from(phone, "in", morning.by_code(morning.north(40.0, 15.0)).await).await;
        assert_eq!(told(&second), ("weak", &json!(["shared_device"])));
        // Whoever is in charge settles it with one tick.
        let ticked = morning.tick(&app.member("gao"), "arrivals", &[chen.claim], None).await.ok();
        assert_eq!(ticked["done"][0]["claim_id"], chen.claim);
        assert_eq!(morning.line("arrivals", chen.claim).await["counts"], "counted");
        assert_eq!(morning.line("arrivals", chen.claim).await["check_in"]["reasons"], json!(["shared_device"]));
    }

    async fn numbers_that_look_typed_are_told(app: TestApp) {
        let morning = Morning::new(&app).await;
        let mut people = app.crowd(3).into_iter();
        morning.at("07:22");
        for (lat, lon, accuracy, expected) in [
            (36.040_001, 103.850_023, 0.0, ("weak", &json!(["odd_accuracy"]))),
            (36.04, 103.85, 15.0, ("weak", &json!(["odd_accuracy"]))),
            (36.04, 103.850_023, 15.0, ("fair", &json!([]))),
        ] {
            let mut fix = morning.here();
            (fix["lat"], fix["lon"], fix["accuracy_m"]) = (json!(lat), json!(lon), json!(accuracy));
            let member = morning.hold_as(people.next().unwrap()).await;
            assert_eq!(told(&member.check_in(by_position(fix)).await), expected, "{lat}, {lon}, {accuracy}");
        }
    }

    async fn ones_own_spot_to_the_last_digit_on_three_days_is_told(app: TestApp) {
        let amina = app.member("amina");
        for (day, expected) in [(2, json!([])), (3, json!([])), (4, json!(["same_position"]))] {
            let post = post_from(&format!("2026-09-0{day} 07:30"), &format!("2026-09-0{day} 08:30"));
            let morning = Morning::of(&app, post).await;
            let member = morning.hold_as(amina.clone()).await;
            morning.at_day(&format!("2026-09-0{day} 07:22"));
            let answer = member.check_in(by_position(morning.here())).await;
            assert_eq!(told(&answer).1, &expected, "on day {day}");
        }
    }

    async fn an_ill_formed_device_raises_nothing(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (amina, chen) = (morning.hold("amina").await, morning.hold("chen").await);
        morning.at("07:22");
        for member in [&amina, &chen] {
            let answer = member.press_from("x", "in", by_position(morning.north(40.0, 15.0))).await;
            assert_eq!(told(&answer), ("fair", &json!([])));
        }
    }
}
