//! The code that changes every 15 seconds, and the moment in which it was seen.

use chrono::TimeDelta;
use daogang::checkins::codes;
use daogang::clock::Timestamp;
use daogang::crypto::Keys;
use daogang::error::Code;
use daogang::units::{SessionId, ShiftId};
use reqwest::Method;
use serde_json::{Value, json};

use super::{claim, code_of, cookie, lead, open_shift};
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, TestApp, both_engines};

/// Opens a code's address as a phone does whose scanner knows nobody.
async fn opened(app: &TestApp, code: &str) -> Answer {
    Answer::to(app.nobody().request_outside(Method::GET, &format!("/c/{code}"))).await
}

fn time(value: &Value) -> Timestamp {
    serde_json::from_value(value.clone()).unwrap()
}

/// Everything that the database holds, as text.
fn everything(app: &TestApp) -> Vec<(String, String)> {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    app.look(|db| {
        let is_sqlite = matches!(db, daogang::db::Db::Sqlite(_));
        let mut ask = |sql: String| -> Vec<String> {
            diesel::sql_query(sql).load::<Line>(db).unwrap().into_iter().map(|row| row.line).collect()
        };
        let tables = ask(if is_sqlite {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' ORDER BY name".to_owned()
        } else {
            "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public' ORDER BY 1".to_owned()
        });
        assert!(tables.len() > 15, "{tables:?}");
        let mut rows = Vec::new();
        for table in tables {
            let sql = if is_sqlite {
                let columns = ask(format!(
                    "SELECT 'quote(\"' || name || '\")' AS line FROM pragma_table_info('{table}')"
                ));
                format!("SELECT {} AS line FROM \"{table}\" ORDER BY 1", columns.join("||','||"))
            } else {
                format!("SELECT t::text AS line FROM \"{table}\" t ORDER BY 1")
            };
            rows.push((table, ask(sql).join("\n")));
        }
        rows
    })
}

both_engines! {
    async fn a_screen_gets_the_code_of_now_and_the_next(app: TestApp) {
        let shift = open_shift(&app).await;
        lead(&app, shift, "amina");
        let seen = app.member("amina").get(&format!("/shifts/{shift}/code")).await.ok();
        let now = time(&seen["now"]);
        assert!(time(&seen["valid_from"]) <= now && now < time(&seen["valid_until"]));
        assert_eq!(time(&seen["valid_until"]).since(time(&seen["valid_from"])), TimeDelta::seconds(15));
        assert_eq!(seen["next"]["valid_from"], seen["valid_until"]);
        assert_ne!(seen["next"]["code"], seen["code"]);
        for shown in [&seen, &seen["next"]] {
            let (code, url) = (shown["code"].as_str().unwrap(), shown["url"].as_str().unwrap());
            assert_eq!(url, format!("{}/c/{code}", app.base()));
            let svg = shown["svg"].as_str().unwrap();
            assert!(svg.contains("<svg") && svg.contains("#000") && svg.contains("#fff"), "{svg}");
            assert!(svg.len() < 24_000, "{}", svg.len());
        }
        // The clock of the rules is elsewhere; the code runs on the real one.
        assert!((now.since(app.clock().real())).abs() < TimeDelta::seconds(5));
        assert_eq!(codes::accept(&app.app.keys, seen["url"].as_str().unwrap(), now).map(|seen| seen.shift), Ok(ShiftId(shift)));
        assert_eq!(codes::accept(&app.app.keys, seen["next"]["code"].as_str().unwrap(), now), Err(Code::CodeStale));
    }

    async fn a_code_is_good_for_its_step_and_the_next(app: TestApp) {
        let shift = open_shift(&app).await;
        for (seconds_ago, status) in [(0, 200), (10, 200), (31, 410), (3_600, 410), (-60, 404)] {
            let answer = opened(&app, &code_of(&app, shift, seconds_ago)).await;
            assert_eq!(answer.status, status, "{seconds_ago} s");
            assert_eq!(cookie(&answer, "daogang_ticket").is_some(), status == 200, "{seconds_ago} s");
        }
    }

    async fn a_page_says_what_it_is_in_both_languages_and_runs_nothing(app: TestApp) {
        let shift = open_shift(&app).await;
        let other = codes::show(&Keys::generate(), ShiftId(shift), app.clock().real()).unwrap().0.code;
        for (code, status, words) in [
            (code_of(&app, shift, 0), 200, ["码已识别", "Code read"]),
            (code_of(&app, shift, 31), 410, ["这个码过时了", "This code has expired"]),
            (other, 404, ["这个码认不出来", "This code can't be read"]),
            ("x".to_owned(), 404, ["这个码认不出来", "This code can't be read"]),
        ] {
            let answer = opened(&app, &code).await;
            assert_eq!(answer.status, status);
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(answer.header("cache-control"), "no-store");
            let page = answer.body.as_str().unwrap();
            for word in words {
                assert!(page.contains(word), "{page}");
            }
            for never in ["<script", "style=", "<style", "打卡", "src="] {
                assert!(!page.contains(never), "{page}");
            }
        }
    }

    async fn the_first_opening_notes_the_moment_for_ten_minutes(app: TestApp) {
        let shift = open_shift(&app).await;
        let before = app.clock().real();
        let answer = opened(&app, &code_of(&app, shift, 0)).await;
        let line = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).find(|line| line.starts_with("daogang_ticket="));
        let line = line.unwrap();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
            assert!(line.contains(part), "{line}");
        }
        let ticket = cookie(&answer, "daogang_ticket").unwrap();
        let keys = &app.app.keys;
        let seen = codes::redeem(keys, &ticket, SessionId(5), app.clock().real()).unwrap();
        assert_eq!(seen.shift, ShiftId(shift));
        assert!(before <= seen.seen_at && seen.seen_at <= app.clock().real());
        assert_eq!(codes::redeem(keys, &ticket, SessionId(5), seen.seen_at.plus(TimeDelta::minutes(10))), Err(Code::CodeStale));
        assert!(cookie(&answer, "daogang_device").is_some());
    }

    async fn a_phone_that_has_a_device_id_keeps_it(app: TestApp) {
        let code = code_of(&app, open_shift(&app).await, 0);
        let request = app.nobody().request_outside(Method::GET, &format!("/c/{code}"));
        let answer = Answer::to(request.header("Cookie", "daogang_device=0123456789abcdef")).await;
        assert_eq!((answer.status, cookie(&answer, "daogang_device")), (200, None));
    }

    async fn loading_a_code_again_or_ahead_changes_nothing(app: TestApp) {
        let shift = open_shift(&app).await;
        claim(&app, shift, app.member("amina").id, "held");
        let before = everything(&app);
        let code = code_of(&app, shift, 0);
        for method in [Method::GET, Method::GET, Method::HEAD] {
            for caller in [app.nobody(), app.member("bolat")] {
                let request = caller.request_outside(method.clone(), &format!("/c/{code}"));
                let answer = Answer::to(request.header("Purpose", "prefetch")).await;
                assert_eq!(answer.status, 200, "{method}");
                assert_eq!(answer.body == Value::Null, method == Method::HEAD);
            }
        }
        assert_eq!(opened(&app, &code_of(&app, shift, 60)).await.status, 410);
        let after = everything(&app);
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after);
        }
        // Each opening has a ticket of its own, so that two people on one phone are two.
        let tickets = [opened(&app, &code).await, opened(&app, &code).await];
        assert_ne!(cookie(&tickets[0], "daogang_ticket"), cookie(&tickets[1], "daogang_ticket"));
    }

    async fn a_client_without_cookies_asks_for_a_ticket_of_its_own(app: TestApp) {
        let shift = open_shift(&app).await;
        let amina = app.member("amina");
        let url = format!("https://elsewhere.example/c/{}?from=x", code_of(&app, shift, 0));
        let answer = amina.post("/tickets", json!({"code": url})).await;
        assert_eq!(answer.status, 201);
        let ticket = answer.ok();
        assert_eq!(ticket["shift_id"], shift);
        let (text, ends) = (ticket["ticket"].as_str().unwrap(), time(&ticket["expires_at"]));
        assert!(ends.since(app.clock().real()) > TimeDelta::seconds(590));
        let session = app.count("SELECT id AS n FROM sessions WHERE member_id = 1");
        let now = app.clock().real();
        assert!(codes::redeem(&app.app.keys, text, SessionId(session), now).is_ok());
        assert_eq!(codes::redeem(&app.app.keys, text, SessionId(session + 1), now), Err(Code::CodeInvalid));
        for (code, refusal) in [
            (code_of(&app, shift, 31), "checkin.code_stale"),
            (code_of(&app, shift, -60), "checkin.code_invalid"),
            ("签到".to_owned(), "checkin.code_invalid"),
            (text.to_owned(), "checkin.code_invalid"),
        ] {
            let answer = amina.post("/tickets", json!({"code": code})).await;
            assert_eq!((answer.status, answer.code()), (409, refusal), "{code}");
        }
        assert_eq!(amina.post("/tickets", json!({})).await.fields(), &json!({"code": "required"}));
        assert_eq!(app.nobody().post("/tickets", json!({"code": "x"})).await.code(), "session.required");
    }

    async fn a_code_is_for_whoever_is_in_charge(app: TestApp) {
        let shift = open_shift(&app).await;
        lead(&app, shift, "amina");
        claim(&app, shift, app.member("chen").id, "held");
        let path = format!("/shifts/{shift}/code");
        for (who, status) in [("amina", 200), ("gao", 200), ("kang", 200), ("ma", 200), ("chen", 404), ("hu", 404), ("jin", 404), ("nie", 404)] {
            assert_eq!(app.member(who).get(&path).await.status, status, "{who}");
        }
        for unknown in ["/shifts/999999/code", "/shifts/x/code"] {
            assert_eq!(app.member("ma").get(unknown).await.code(), "row.not_found");
        }
        assert_eq!(app.nobody().get(&path).await.code(), "session.required");
    }

    async fn a_code_shows_from_the_opening_to_half_an_hour_after_the_end(app: TestApp) {
        let gao = app.member("gao");
        let post = Post::with(Shift::new().in_minutes(60)).and(Shift::new().in_minutes(600)).publish(&app, &gao).await;
        let path = format!("/shifts/{}/code", post.shift());
        let answer = gao.get(&path).await;
        assert_eq!((answer.status, answer.code()), (409, "checkin.too_early"));
        let opens_at = time(&answer.body["facts"]["opens_at"]);
        assert_eq!(opens_at, app.now().whole_minute().plus(TimeDelta::minutes(30)));
        for (minutes, code) in [(30, None), (149, None), (150, Some("shift.ended"))] {
            app.clock().move_to(opens_at.plus(TimeDelta::minutes(minutes - 30)));
            let answer = gao.get(&path).await;
            assert_eq!((answer.status >= 400).then(|| answer.code()), code, "{minutes}");
        }
        app.look(|db| diesel::RunQueryDsl::execute(diesel::sql_query("UPDATE shifts SET state = 'stopped'"), db).unwrap());
        let answer = gao.get(&format!("/shifts/{}/code", post.shifts[1])).await;
        assert_eq!((answer.status, answer.code()), (409, "shift.ended"));
    }

    async fn a_post_without_codes_and_a_draft_show_none(app: TestApp) {
        let gao = app.member("gao");
        let fenced = Post::with(Shift::new().in_minutes(20)).set("check_in", json!({"methods": ["geofence"]}));
        let shift = fenced.publish(&app, &gao).await.shift();
        assert_eq!(gao.get(&format!("/shifts/{shift}/code")).await.code(), "checkin.method_not_allowed");
        let draft = Post::with(Shift::new().in_minutes(20)).draft(&app, &gao).await;
        let shift = &draft["shifts"][0]["id"];
        assert_eq!(gao.get(&format!("/shifts/{shift}/code")).await.code(), "post.wrong_state");
    }

    async fn a_screen_counts_heads(app: TestApp) {
        let shift = open_shift(&app).await;
        let states = ["held", "checked_in", "open", "completed", "unverified", "released", "cancelled", "no_show", "void", "excused"];
        for (caller, state) in app.crowd(states.len()).iter().zip(states) {
            claim(&app, shift, caller.id, state);
        }
        let seen = app.member("gao").get(&format!("/shifts/{shift}/code")).await.ok();
        assert_eq!(seen["head_counts"], json!({"expected": 5, "arrived": 3, "left": 1}));
    }

    async fn an_address_opens_six_hundred_codes_a_minute(app: TestApp) {
        for _ in 0..600 {
            assert_eq!(opened(&app, "x").await.status, 404);
        }
        let answer = opened(&app, "x").await;
        assert_eq!((answer.status, answer.code(), answer.header("retry-after")), (429, "rate.limited", "60"));
        assert_eq!(app.nobody().post("/screens/pair", json!({"code": "x"})).await.code(), "rate.limited");
        app.member("amina").get("/me").await.ok();
    }
}
