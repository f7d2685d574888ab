//! Changes of posts and shifts that concern who holds a place.

use reqwest::Method;
use serde_json::{Value, json};

use super::{claim, full_mark, promised, read, release};
use crate::support::posts::{LAT, LON, Post, Shift};
use crate::support::{Answer, Caller, both_engines};

/// Changes a shift that was not changed before.
async fn change(by: &Caller, shift: i64, body: Value) -> Answer {
    by.patch(&format!("/shifts/{shift}"), 1, body).await
}

#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.body);
}

fn at(time: &str) -> String {
    format!("2026-09-01T{time}:00+08:00")
}

both_engines! {
    async fn a_capacity_is_not_lowered_below_the_places_taken(app: TestApp) {
        let shift = Post::with(Shift::new().places(4)).publish(&app, &app.member("gao")).await.shift();
        for name in ["amina", "chen"] {
            claim(&app.member(name), shift).await.ok();
        }
        let gao = app.member("gao");
        let answer = change(&gao, shift, json!({"capacity": 1})).await;
        refused(&answer, 409, "shift.capacity_below_taken");
        assert_eq!(answer.body["facts"], json!({"taken": 2}));
        let changed = change(&gao, shift, json!({"capacity": 2})).await;
        assert_eq!(changed.header("etag"), "\"2\"");
        let changed = changed.ok();
        assert_eq!((&changed["capacity"], &changed["open"], &changed["version"]), (&json!(2), &json!(0), &json!(2)));
        assert_eq!(claim(&app.member("dilnur"), shift).await.code(), "claim.shift_full");
        assert_eq!(promised(&app, "shift_moved"), 0);
        app.check_invariants();
    }

    async fn an_added_place_is_taken_also_under_a_full_mark(app: TestApp) {
        let shift = Post::with(Shift::new().places(1)).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("amina"), shift).await.ok();
        let chen = app.member("chen");
        claim(&chen, shift).await;
        full_mark(&app, shift, &chen).await;
        change(&app.member("gao"), shift, json!({"capacity": 2})).await.ok();
        assert_eq!(claim(&chen, shift).await.status, 201);
        app.check_invariants();
    }

    async fn a_moved_shift_moves_its_claims_tells_once_and_lets_go_freely(app: TestApp) {
        let shift = Post::with(Shift::new().in_minutes(240)).publish(&app, &app.member("gao")).await.shift();
        let (amina, chen) = (app.member("amina"), app.member("chen"));
        let held = claim(&amina, shift).await.id();
        let gone = claim(&chen, shift).await.id();
        release(&chen, gone).await.ok();
        let key = app.member("gao").keyed("moving-the-shift");
        let to = json!({"starts_at": at("13:00"), "ends_at": at("14:30")});
        let first = change(&key, shift, to.clone()).await.ok();
        assert_eq!(change(&key, shift, to).await.ok(), first);
        assert_eq!((&first["starts_at"], &first["ends_at"]), (&json!("2026-09-01T05:00:00Z"), &json!("2026-09-01T06:30:00Z")));
        assert_eq!(promised(&app, "shift_moved"), 1);
        let own = read(&amina, shift).await["claim"].clone();
        assert_eq!((&own["starts_at"], &own["ends_at"], &own["free_release"]), (&first["starts_at"], &first["ends_at"], &json!(true)));
        assert_eq!(own["free_until"], own["starts_at"]);
        app.check_invariants();
        // At 12:50, where it would be late.
        app.later(290).await;
        assert_eq!(release(&amina, held).await.ok()["late_release"], false);
        assert_eq!(read(&chen, shift).await["claim"]["starts_at"], "2026-09-01T04:00:00Z");
    }

    async fn each_move_is_told(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        for name in ["amina", "chen"] {
            claim(&app.member(name), shift).await.ok();
        }
        let gao = app.member("gao");
        for (version, end) in [(1, "10:30"), (2, "10:30"), (3, "11:00")] {
            gao.patch(&format!("/shifts/{shift}"), version, json!({"ends_at": at(end)})).await.ok();
        }
        // The second changed nothing.
        assert_eq!(promised(&app, "shift_moved"), 4);
        app.check_invariants();
    }

    async fn a_shift_is_not_moved_onto_another_of_a_holder(app: TestApp) {
        let post = Post::with(Shift::new()).and(Shift::new().in_minutes(180)).publish(&app, &app.member("gao")).await;
        let [morning, noon] = [post.shifts[0], post.shifts[1]];
        let amina = app.member("amina");
        claim(&app.member("chen"), noon).await.ok();
        for shift in [morning, noon] {
            claim(&amina, shift).await.ok();
        }
        let gao = app.member("gao");
        let answer = change(&gao, noon, json!({"starts_at": at("09:59"), "ends_at": at("11:00")})).await;
        refused(&answer, 409, "shift.holder_conflict");
        assert_eq!(answer.body["facts"], json!({"shift_id": morning}));
        let whole = read(&app.member("chen"), noon).await;
        assert_eq!((&whole["version"], &whole["claim"]["starts_at"]), (&json!(1), &json!("2026-09-01T03:00:00Z")));
        assert_eq!(promised(&app, "shift_moved"), 0);
        app.check_invariants();
        // Touching is no conflict, nor is a shift that was given back.
        change(&gao, noon, json!({"starts_at": at("10:00"), "ends_at": at("11:00")})).await.ok();
        app.check_invariants();
    }

    async fn an_ended_shift_is_changed_no_more(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        app.later(121).await;
        let answer = change(&app.member("gao"), shift, json!({"capacity": 9})).await;
        refused(&answer, 409, "shift.ended");
        let answer = change(&app.member("gao"), shift, json!({"ends_at": at("20:00")})).await;
        refused(&answer, 409, "shift.ended");
    }

    async fn an_edit_says_which_version_it_is_based_on(app: TestApp) {
        let post = Post::with(Shift::new()).publish(&app, &app.member("gao")).await;
        let (gao, shift) = (app.member("gao"), post.shift());
        change(&gao, shift, json!({"capacity": 5})).await.ok();
        let stale = change(&gao, shift, json!({"capacity": 6})).await;
        refused(&stale, 412, "version.moved_on");
        assert_eq!(stale.body["facts"], json!({"version": 2}));
        for path in [format!("/shifts/{shift}"), format!("/posts/{}", post.id)] {
            let bare = Answer::to(gao.request(Method::PATCH, &path).json(&json!({}))).await;
            refused(&bare, 428, "version.missing");
            let other = gao.request(Method::PATCH, &path).header("If-Match", "\"abc\"").json(&json!({}));
            refused(&Answer::to(other).await, 412, "version.moved_on");
        }
        assert_eq!(read(&gao, shift).await["capacity"], 5);
    }

    async fn of_two_edits_at_once_one_is_refused(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let (gao, kang) = (app.member("gao"), app.member("kang"));
        let (one, other) = tokio::join!(change(&gao, shift, json!({"capacity": 5})), change(&kang, shift, json!({"capacity": 6})));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
    }

    async fn a_shifts_fields_are_checked(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        let gao = app.member("gao");
        for (body, field) in [
            (json!({"capacity": 0}), "capacity"),
            (json!({"capacity": 1_001}), "capacity"),
            (json!({"capacity": 10_000_000_000i64}), "capacity"),
            (json!({"capacity": 1.5}), "capacity"),
            (json!({"ends_at": at("09:00")}), "ends_at"),
            (json!({"ends_at": at("09:14")}), "ends_at"),
            (json!({"starts_at": at("11:00")}), "ends_at"),
            (json!({"starts_at": at("06:00"), "ends_at": at("07:30")}), "ends_at"),
            (json!({"starts_at": "2026-09-01T09:00:00"}), "starts_at"),
            (json!({"starts_at": "tomorrow"}), "starts_at"),
            (json!({"taken": 0}), "taken"),
        ] {
            let answer = change(&gao, shift, body.clone()).await;
            assert!(answer.fields()[field].is_string(), "{body}: {}", answer.body);
        }
        assert_eq!(read(&gao, shift).await["version"], 1);
    }

    async fn only_the_publishers_officers_change_a_shift_or_a_post(app: TestApp) {
        let post = Post::with(Shift::new()).publish(&app, &app.member("gao")).await;
        for (path, version, body) in [
            (format!("/shifts/{}", post.shift()), 1, json!({"capacity": 9})),
            (format!("/posts/{}", post.id), 2, json!({"title": "改了"})),
        ] {
            for (who, status, code) in [
                ("hu", 404, "row.not_found"),
                ("jin", 403, "role.not_allowed"),
                ("amina", 403, "role.not_allowed"),
                ("nie", 403, "role.not_allowed"),
            ] {
                refused(&app.member(who).patch(&path, version, body.clone()).await, status, code);
            }
            app.member("kang").patch(&path, version, body).await.ok();
        }
        refused(&app.member("gao").patch("/shifts/999999", 1, json!({})).await, 404, "row.not_found");
        refused(&app.member("gao").patch("/posts/999999", 1, json!({})).await, 404, "row.not_found");
    }

    async fn a_moved_post_tells_its_holders_and_lets_them_go(app: TestApp) {
        let post = Post::with(Shift::new()).and(Shift::new().in_minutes(240));
        let post = post.publish(&app, &app.member("gao")).await;
        let (amina, chen) = (app.member("amina"), app.member("chen"));
        let held = claim(&amina, post.shifts[0]).await.id();
        claim(&amina, post.shifts[1]).await.ok();
        let gone = claim(&chen, post.shifts[0]).await.id();
        release(&chen, gone).await.ok();
        let (gao, path) = (app.member("gao"), format!("/posts/{}", post.id));
        let version = gao.get(&path).await.ok()["version"].as_i64().unwrap();
        let changed = gao.patch(&path, version, json!({"title": " 新名字 ", "duties": ["劝导"], "priority": 2})).await.ok();
        assert_eq!((&changed["title"], &changed["duties"], &changed["priority"]), (&json!("新名字"), &json!(["劝导"]), &json!(2)));
        assert_eq!(changed["version"], version + 1);
        assert_eq!(promised(&app, "shift_moved"), 0);

        refused(&gao.patch(&path, version, json!({"place": "东口"})).await, 412, "version.moved_on");
        let there = json!({"position": {"lat": LAT + 0.001, "lon": LON, "datum": "wgs84"}, "place": "东口"});
        let changed = gao.patch(&path, version + 1, there).await.ok();
        assert_eq!((&changed["place"], &changed["community_id"]), (&json!("东口"), &json!(4)));
        assert_eq!(changed["fence"], json!({"radius_m": 100.0}));
        assert_eq!(promised(&app, "shift_moved"), 2);
        app.later(50).await;
        let released = release(&amina, held).await.ok();
        assert_eq!((&released["free_release"], &released["late_release"]), (&json!(true), &json!(false)));
        app.check_invariants();
    }

    async fn a_place_named_as_it_was_moves_nobody(app: TestApp) {
        let post = Post::with(Shift::new()).set("place", json!("东口")).publish(&app, &app.member("gao")).await;
        claim(&app.member("amina"), post.shift()).await.ok();
        let (gao, path) = (app.member("gao"), format!("/posts/{}", post.id));
        let same = gao.get(&path).await.ok();
        let body = json!({"title": "新名字", "place": "东口", "meeting_point": "", "position": same["position"], "fence": same["fence"]});
        gao.patch(&path, same["version"].as_i64().unwrap(), body).await.ok();
        assert_eq!(promised(&app, "shift_moved"), 0);
    }

    async fn a_post_that_moves_out_of_every_grid_has_no_community(app: TestApp) {
        let gao = app.member("gao");
        let draft = Post::with(Shift::new()).draft(&app, &gao).await;
        assert_eq!(draft["community_id"], 4);
        let path = format!("/posts/{}", draft["id"]);
        let away = json!({"position": {"lat": 36.5, "lon": 104.5, "datum": "gcj02"}});
        assert_eq!(gao.patch(&path, 1, away).await.ok()["community_id"], Value::Null);
        let shape = json!({"type": "Polygon", "coordinates": [[[104.0, 36.0], [104.001, 36.0], [104.001, 36.001], [104.0, 36.0]]]});
        let changed = gao.patch(&path, 2, json!({"fence": {"polygon": shape}})).await.ok();
        assert_eq!((&changed["fence"]["polygon"], &changed["community_id"]), (&shape, &Value::Null));
    }

    async fn a_posts_fields_are_checked(app: TestApp) {
        let post = Post::with(Shift::new()).publish(&app, &app.member("gao")).await;
        let (gao, path) = (app.member("gao"), format!("/posts/{}", post.id));
        let version = gao.get(&path).await.ok()["version"].as_i64().unwrap();
        for (body, field) in [
            (json!({"title": "  "}), "title"),
            (json!({"title": "长".repeat(61)}), "title"),
            (json!({"place": "长".repeat(201)}), "place"),
            (json!({"duties": ["一", "二", "三", "四", "五", "六"]}), "duties"),
            (json!({"skills": ["长".repeat(31)]}), "skills"),
            (json!({"priority": 3}), "priority"),
            (json!({"insurance_ref": " "}), "insurance_ref"),
            (json!({"insurance_waived_by": ""}), "insurance_waived_by"),
            (json!({"fence": {"radius_m": 19}}), "fence"),
            (json!({"fence": {"radius_m": 1_001}}), "fence"),
            (json!({"position": {"lat": 91, "lon": LON, "datum": "wgs84"}}), "position"),
            (json!({"category": "traffic"}), "category"),
            (json!({"state": "closed"}), "state"),
        ] {
            let answer = gao.patch(&path, version, body.clone()).await;
            let named = answer.fields().as_object().unwrap().keys().any(|name| name.starts_with(field));
            assert!(named, "{body}: {}", answer.body);
        }
        assert_eq!(gao.get(&path).await.ok()["version"], version);
    }

    async fn a_closed_post_is_changed_no_more(app: TestApp) {
        let post = Post::with(Shift::new()).publish(&app, &app.member("gao")).await;
        let (gao, path) = (app.member("gao"), format!("/posts/{}", post.id));
        let closed = gao.post(&format!("{path}/close"), json!({})).await.ok();
        let answer = gao.patch(&path, closed["version"].as_i64().unwrap(), json!({"title": "改了"})).await;
        refused(&answer, 409, "post.wrong_state");
    }
}
