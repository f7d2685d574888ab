//! A unit's hours: who may read them, whose numbers are shown, and in which order.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use daogang::schema::{members, organizations};
use daogang::units::{MemberId, OrganizationId};
use diesel::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::city::{CITY, LIBRARY, PANXUAN, SCHOOL};
use crate::support::services::Service;
use crate::support::{Caller, TestApp, both_engines};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HOURS: &str = "/organizations/6/hours";

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

fn row<'a>(page: &'a Value, name: &str) -> &'a Value {
    page["items"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()
}

/// The first sheet of the workbook, with the file's name.
async fn workbook(by: &Caller, path: &str) -> (Vec<Vec<Data>>, String) {
    let response = by.request(Method::GET, path).header("Accept", XLSX).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], XLSX);
    let file = response.headers()["content-disposition"].to_str().unwrap().to_owned();
    let mut book = Xlsx::new(Cursor::new(response.bytes().await.unwrap().to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).unwrap().is_empty(), "no cell is a formula");
    let sheet = book.worksheet_range(&name).unwrap();
    (sheet.rows().map(<[Data]>::to_vec).collect(), file)
}

fn rename(app: &TestApp, id: MemberId, name: &str, key: &str) {
    app.look(|db| {
        let member = diesel::update(members::table.find(id));
        member.set((members::name.eq(name), members::name_key.eq(key))).execute(db).unwrap();
    });
}

both_engines! {
    async fn a_unit_reads_the_hours_of_its_own_members(app: TestApp) {
        Service::of("amina", "2026-09-01 07:30", 60).count(&app);
        Service::of("amina", "2026-09-02 17:30", 50).count(&app);
        Service::of("chen", "2026-09-01 07:30", 60).count(&app);
        let page = app.member("jin").get(HOURS).await.ok();
        let expected = json!({
            "member_id": 1, "name": "Amina", "branch": null, "consented": true,
            "services": 2, "minutes": 110, "tenths": 18, "waiting": 0,
        });
        assert_eq!(page["items"][0], expected);
        assert_eq!((names(&page), &page["next"]), (vec!["Amina", "Bolat", "Jin"], &Value::Null));
        let own = app.member("amina").get("/me/ledger?year=2026").await.ok();
        for figure in ["services", "minutes", "tenths"] {
            assert_eq!(own["balance"][figure], expected[figure], "{figure}");
        }
        assert_eq!(names(&app.member("qiao").get("/organizations/7/hours").await.ok()), ["Chen", "Fang", "Qiao"]);
    }

    async fn without_consent_there_is_a_name_and_no_number(app: TestApp) {
        Service::of("bolat", "2026-09-01 07:30", 60).count(&app);
        Service::of("bolat", "2026-09-02 07:30", 60).stand(&app);
        let page = app.member("jin").get(HOURS).await.ok();
        let expected = json!({
            "member_id": 2, "name": "Bolat", "branch": null, "consented": false,
            "services": null, "minutes": null, "tenths": null, "waiting": null,
        });
        assert_eq!(row(&page, "Bolat"), &expected);
    }

    async fn consent_withdrawn_works_at_once(app: TestApp) {
        Service::of("amina", "2026-09-01 07:30", 60).count(&app);
        app.look(|db| {
            use daogang::schema::consents as c;
            let given = diesel::update(c::table.filter(c::member_id.eq(MemberId(1))));
            given.set(c::withdrawn_at.eq(app.now())).execute(db).unwrap();
        });
        let page = app.member("jin").get(HOURS).await.ok();
        assert_eq!((&row(&page, "Amina")["consented"], &row(&page, "Amina")["minutes"]), (&json!(false), &Value::Null));
    }

    async fn nobody_else_reads_them(app: TestApp) {
        assert_eq!(app.member("qiao").get(HOURS).await.code(), "row.not_found");
        assert_eq!(app.member("jin").get("/organizations/999/hours").await.code(), "row.not_found");
        for other in ["amina", "gao", "kang", "lin", "ma", "nie"] {
            assert_eq!(app.member(other).get(HOURS).await.code(), "role.not_allowed", "{other}");
        }
        assert_eq!(app.nobody().get(HOURS).await.code(), "session.required");
        for unit in [SCHOOL, PANXUAN, CITY] {
            let request = app.member("jin").request(Method::GET, &format!("/organizations/{unit}/hours"));
            assert_eq!(request.header("Accept", XLSX).send().await.unwrap().status(), 404, "{unit}");
        }
    }

    async fn the_order_is_by_spelling_and_nothing_else(app: TestApp) {
        rename(&app, MemberId(13), "阿金", "ajin");
        Service::of("bolat", "2026-09-01 07:30", 400).count(&app);
        let jin = app.member("jin");
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = jin.get(&format!("{HOURS}?limit=1{cursor}")).await.ok();
            seen.extend(names(&page).into_iter().map(str::to_owned));
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, ["阿金", "Amina", "Bolat"]);
        let of_another_unit = daogang::http::page::cursor(&MemberId(3));
        for cursor in [of_another_unit.as_str(), "x"] {
            let answer = jin.get(&format!("{HOURS}?cursor={cursor}")).await;
            assert_eq!(answer.fields(), &json!({"cursor": "unknown"}));
        }
        for wish in ["sort=minutes", "order=desc", "sort_by=hours"] {
            let name = wish.split('=').next().unwrap();
            assert_eq!(jin.get(&format!("{HOURS}?{wish}")).await.fields(), &json!({name: "unknown"}));
        }
    }

    async fn a_quarter_ends_at_midnight_in_china(app: TestApp) {
        Service::of("amina", "2026-09-30 23:00", 120).count(&app);
        Service::of("jin", "2026-09-30 23:00", 60).stand(&app);
        Service::of("jin", "2026-10-01 00:00", 60).stand(&app);
        let jin = app.member("jin");
        for (period, services, minutes, waiting) in [
            ("quarter=2", 0, 0, 0),
            ("quarter=3", 1, 60, 1),
            ("year=2026&quarter=4", 1, 60, 1),
            ("year=2026", 1, 120, 2),
            ("year=2025", 0, 0, 0),
        ] {
            let page = jin.get(&format!("{HOURS}?{period}")).await.ok();
            let (amina, jin) = (row(&page, "Amina"), row(&page, "Jin"));
            assert_eq!(
                [&amina["services"], &amina["minutes"], &jin["waiting"]],
                [&json!(services), &json!(minutes), &json!(waiting)],
                "{period}",
            );
        }
        assert_eq!(jin.get(&format!("{HOURS}?quarter=5")).await.fields(), &json!({"quarter": "1_to_4"}));
        assert_eq!(jin.get(&format!("{HOURS}?year=1")).await.fields(), &json!({"year": "2000_to_2100"}));
    }

    async fn only_completed_services_long_enough_wait(app: TestApp) {
        Service::of("amina", "2026-09-01 07:30", 60).stand(&app);
        Service::of("amina", "2026-09-02 07:30", 60).left_after(14).stand(&app);
        Service::of("amina", "2026-09-03 07:30", 60).state("unverified").stand(&app);
        Service::of("amina", "2026-09-04 07:30", 60).count(&app);
        let page = app.member("jin").get(HOURS).await.ok();
        let amina = row(&page, "Amina");
        assert_eq!((&amina["services"], &amina["waiting"]), (&json!(1), &json!(1)));
    }

    async fn a_branchs_members_are_the_units_and_those_who_left_are_not(app: TestApp) {
        app.look(|db| {
            let branch = (
                organizations::id.eq(OrganizationId(900)),
                organizations::parent_id.eq(LIBRARY),
                organizations::kind.eq("branch"),
                organizations::name.eq("第一党支部"),
                organizations::name_key.eq("diyidangzhibu"),
                organizations::created_at.eq(app.now()),
            );
            diesel::insert_into(organizations::table).values(branch).execute(db).unwrap();
            diesel::update(members::table.find(MemberId(1)))
                .set(members::branch_id.eq(OrganizationId(900)))
                .execute(db)
                .unwrap();
            diesel::update(members::table.find(MemberId(2))).set(members::left_at.eq(app.now())).execute(db).unwrap();
        });
        let page = app.member("jin").get(HOURS).await.ok();
        assert_eq!(names(&page), ["Amina", "Jin"]);
        assert_eq!(page["items"][0]["branch"], "第一党支部");
    }

    async fn a_workbook_holds_what_the_pages_hold(app: TestApp) {
        rename(&app, MemberId(1), "=1+1", "amina");
        Service::of("amina", "2026-09-01 07:30", 50).count(&app);
        Service::of("bolat", "2026-09-01 07:30", 60).count(&app);
        let (rows, file) = workbook(&app.member("jin"), &format!("{HOURS}?quarter=3&limit=1")).await;
        assert_eq!(file, "attachment; filename*=UTF-8''%E5%B8%82%E5%9B%BE%E4%B9%A6%E9%A6%86%202026%E5%B9%B4%E7%AC%AC3%E5%AD%A3%E5%BA%A6%20%E6%9C%8D%E5%8A%A1%E6%97%B6%E9%95%BF.xlsx");
        let texts = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(rows[0][0], Data::String("姓名".into()));
        assert_eq!(rows[1][0], Data::String("=1+1".into()));
        assert_eq!(texts(&rows[1])[2..5], ["已授权", "1", "50"]);
        assert_eq!(rows[1][6], Data::Float(0.8));
        assert_eq!(texts(&rows[2]), ["Bolat", "", "未授权", "", "", "", "", ""]);
        assert_eq!((texts(&rows[3])[0].as_str(), rows.len()), ("Jin", 4));
    }

    async fn a_workbook_of_a_large_unit_holds_everyone(app: TestApp) {
        let crowd = app.crowd(501);
        Service::by(crowd[500].id, "2026-09-01 07:30", 60).count(&app);
        let (rows, _) = workbook(&app.member("jin"), HOURS).await;
        assert_eq!(rows.len(), 1 + 3 + 501);
    }

    async fn a_workbook_asks_for_a_fresh_sign_in(app: TestApp) {
        app.look(|db| {
            use daogang::schema::sessions as s;
            let early = daogang::clock::Clock::real_time().real().minus(chrono::TimeDelta::minutes(16));
            let own = diesel::update(s::table.filter(s::member_id.eq(MemberId(13))));
            own.set(s::created_at.eq(early)).execute(db).unwrap();
        });
        let jin = app.member("jin");
        assert_eq!(jin.get(HOURS).await.status, 200);
        let request = jin.request(Method::GET, HOURS).header("Accept", XLSX);
        assert_eq!(crate::support::Answer::to(request).await.code(), "session.required");
    }
}
