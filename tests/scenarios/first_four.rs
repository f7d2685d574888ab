//! Scenarios 1 to 4: the main job, from the code on the lead's phone to the minutes in the ledger.

use reqwest::Method;
use serde_json::{Value, json};

use crate::checkins::morning::{Holder, Morning, by_position, clock, entry, usual};
use crate::support::databases::execute;
use crate::support::{Answer, TestApp, both_engines};

/// The crossing at 盘旋路: 王建国 of the library and 赵敏 have claimed, 李秀英 leads.
struct Crossing<'a> {
    morning: Morning<'a>,
    li: Holder,
    wang: Holder,
    zhao: Holder,
}

async fn crossing(app: &TestApp) -> Crossing<'_> {
    for (id, name) in [(1, "王建国"), (3, "李秀英"), (4, "赵敏")] {
        app.look(|db| execute(db, &format!("UPDATE members SET name = '{name}' WHERE id = {id}")).unwrap());
    }
    let post = usual()
        .set("title", json!("盘旋路十字文明交通劝导"))
        .set("category", json!("traffic"))
        .set("insurance_ref", json!("PICC-2026-0901"));
    let morning = Morning::of(app, post).await;
    let li = morning.led_by("chen").await;
    let (wang, zhao) = (morning.hold("amina").await, morning.hold("dilnur").await);
    Crossing { morning, li, wang, zhao }
}

impl Crossing<'_> {
    /// 微信"扫一扫"扫负责人手机上的动态码: the scanner opens the address that the lead's phone shows at this moment, signed in
    /// or not, and the page that it opens sends what the server left in the browser.
    async fn scan(&self, who: &Holder, end: &str, position: Value) -> Answer {
        let shown = self.li.caller.get(&format!("/shifts/{}/code", self.morning.shift)).await.ok();
        let url = shown["url"].as_str().unwrap();
        let path = url.strip_prefix(self.morning.app.base()).unwrap();
        let page = Answer::to(self.morning.app.nobody().request_outside(Method::GET, path)).await;
        assert_eq!(page.status, 200);
        let ticket = page.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
        let ticket = ticket.filter_map(|line| line.strip_prefix("daogang_ticket=")).next().unwrap();
        let ticket = ticket.split(';').next().unwrap();
        who.press_with(ticket, end, json!({"method": "rotating_code", "position": position})).await
    }

    /// The library's table of the quarter, as its officer reads it: services and minutes of 王建国.
    async fn table(&self) -> (Value, Value) {
        let table =
            self.morning.app.member("jin").get("/organizations/6/hours?year=2026&quarter=3").await.ok();
        let rows = table["items"].as_array().unwrap();
        let row = rows.iter().find(|row| row["name"] == "王建国").unwrap();
        (row["services"].clone(), row["minutes"].clone())
    }
}

/// 7:25 扫码到岗，8:30 在 5 公里外的办公室点签退: accepted, and waits.
async fn gone(app: &TestApp) -> Crossing<'_> {
    let day = crossing(app).await;
    day.scan(&day.wang, "in", day.morning.at("07:25").here()).await.ok();
    let left = day.wang.check_out(by_position(day.morning.at("08:30").far())).await.ok();
    assert_eq!((&left["verdict"], &left["counts"]), (&json!("outside"), &json!("under_review")));
    assert_eq!(day.wang.minutes().await, 0);
    day.morning.at("08:31");
    day
}

both_engines! {
    async fn scenario_1_the_morning_rush(app: TestApp) {
        let day = crossing(&app).await;
        let (morning, wang) = (&day.morning, &day.wang);
        // "我就想扫一下，别让我再输密码。"
        let arrived = day.scan(wang, "in", morning.at("07:22").here()).await.ok();
        assert_eq!((&arrived["state"], clock(&arrived["checked_in_at"])), (&json!("checked_in"), "07:22".into()));
        assert_eq!((&arrived["evidence_level"], &arrived["counts"]), (&json!("strong"), &json!("counted")));
        // 负责人页面出现"王建国 已到".
        let list = day.li.caller.get(&format!("/shifts/{}/arrivals", morning.shift)).await.ok();
        let line = list["items"].as_array().unwrap().iter().find(|line| line["name"] == "王建国").unwrap();
        assert_eq!((&line["state"], clock(&line["check_in"]["at"])), (&json!("checked_in"), "07:22".into()));
        assert_eq!(list["head_counts"], json!({"expected": 3, "arrived": 1, "left": 0}));
        // 8:31 负责人点"全部签退".
        let list = morning.at("08:31").app.member("chen").get(&format!("/shifts/{}/departures", morning.shift)).await.ok();
        let all: Vec<i64> = list["items"].as_array().unwrap().iter().map(|line| line["claim_id"].as_i64().unwrap()).collect();
        assert_eq!(all, [wang.claim]);
        morning.tick(&day.li.caller, "departures", &all, None).await.ok();
        // "60 分钟（7:30–8:30），已计入"; 提前到的 8 分钟不计并写明原因.
        let ledger = wang.caller.get("/me/ledger?year=2026").await.ok();
        let counted = &ledger["entries"]["items"][0];
        let inputs = &counted["inputs"];
        assert_eq!((&counted["minutes"], &counted["reason"], &inputs["served_as"]), (&json!(60), &json!("lead_tick"), &json!("individual")));
        assert_eq!((clock(&inputs["starts_at"]), clock(&inputs["ends_at"])), ("07:30".into(), "08:30".into()));
        assert_eq!((clock(&inputs["arrived"]["at"]), clock(&inputs["left"]["at"])), ("07:22".into(), "08:30".into()));
        assert_eq!((ledger["balance"].clone(), day.table().await), (json!({"minutes": 60, "tenths": 10, "services": 1}), (json!(1), json!(60))));
        // Who didn't come isn't absent yet.
        morning.due_at("2026-09-02 08:32").await;
        assert_eq!(day.zhao.state().await, "unverified");
        app.check_invariants();
    }

    async fn scenario_2_a_phone_that_cannot_tell_and_one_that_gives_no_position(app: TestApp) {
        let day = crossing(&app).await;
        let (morning, wang) = (&day.morning, &day.wang);
        // "我人就在路口，凭啥说我不在？"
        let blurred = wang.check_in(by_position(morning.at("07:24").north(0.0, 300.0))).await.ok();
        assert_eq!((&blurred["verdict"], &blurred["reasons"], &blurred["counts"]), (&json!("cannot_tell"), &json!([]), &json!("under_review")));
        let refusing = wang.check_in(by_position(Value::Null)).await;
        assert_eq!((refusing.status, refusing.code()), (409, "checkin.position_needed"));
        assert!(refusing.body["detail"].as_str().unwrap().contains("负责人"), "{}", refusing.body);
        // Whom to ask: the lead, whom a holder may call until the end.
        let shift = wang.caller.get(&format!("/shifts/{}", morning.shift)).await.ok();
        assert_eq!(shift["lead"]["name"], "李秀英");
        morning.at("07:26").attest(&day.li.caller, wang.claim, None, None).await.ok();
        let line = morning.line("arrivals", wang.claim).await;
        assert_eq!((&line["check_in"]["method"], &line["counts"]), (&json!("attestation"), &json!("counted")));
        assert_eq!(clock(&line["check_in"]["at"]), "07:24");
        day.scan(wang, "out", morning.at("08:30").here()).await.ok();
        assert_eq!(wang.entries().await, [entry("service", "check_out", 60)]);
        // 手机时间慢 5 分钟时，定位签到仍是"在岗位范围内".
        let mut slow = morning.at("07:30").here();
        for field in ["taken_at", "sent_at"] {
            slow[field] = json!(crate::checkins::morning::ago(&app, 300));
        }
        let answer = day.zhao.check_in(by_position(slow)).await.ok();
        assert_eq!((&answer["verdict"], &answer["evidence_level"]), (&json!("inside"), &json!("fair")));
    }

    async fn scenario_3_gone_and_the_lead_says_he_stayed(app: TestApp) {
        let day = gone(&app).await;
        let ticked = day.morning.tick(&day.li.caller, "departures", &[day.wang.claim], None).await.ok();
        assert_eq!((&ticked["done"][0]["counts"], &ticked["done"][0]["minutes"]), (&json!("counted"), &json!(60)));
        assert_eq!(day.wang.entries().await, [entry("service", "lead_tick", 60)]);
        app.check_invariants();
    }

    async fn scenario_3_gone_at_eight(app: TestApp) {
        let day = gone(&app).await;
        let ticked = day.morning.tick(&day.li.caller, "departures", &[day.wang.claim], Some("08:00")).await.ok();
        // 为 30 分钟，不足班次六成，转核实，社区确认后才计入.
        assert_eq!((&ticked["done"][0]["counts"], &ticked["done"][0]["minutes"]), (&json!("under_review"), &json!(30)));
        assert_eq!(day.wang.minutes().await, 0);
        day.morning.tick(&app.member("gao"), "departures", &[day.wang.claim], None).await.ok();
        assert_eq!(day.wang.entries().await, [entry("service", "officer_tick", 30)]);
        app.check_invariants();
    }

    async fn scenario_3_gone_at_twenty_to_eight(app: TestApp) {
        let day = gone(&app).await;
        // 不足 15 分钟，不计并写明原因, whoever ticks.
        for by in ["chen", "gao"] {
            let ticked = day.morning.tick(&app.member(by), "departures", &[day.wang.claim], Some("07:40")).await.ok();
            assert_eq!((&ticked["done"][0]["uncounted"], &ticked["done"][0]["minutes"]), (&json!("too_short"), &json!(10)));
        }
        assert_eq!((day.wang.entries().await.len(), day.wang.state().await), (0, json!("completed")));
        app.check_invariants();
    }

    async fn scenario_4_a_dead_battery(app: TestApp) {
        let day = crossing(&app).await;
        let (morning, zhao, wang) = (&day.morning, &day.zhao, &day.wang);
        morning.due_at("2026-09-02 08:31").await;
        // "未签到，待核实", not "未到岗".
        assert_eq!((zhao.state().await, wang.state().await), (json!("unverified"), json!("unverified")));
        // "我真站了一个小时。"
        morning.attest(&day.li.caller, zhao.claim, Some("07:30"), Some("08:30")).await.ok();
        assert_eq!((zhao.state().await, zhao.minutes().await), (json!("completed"), 60));
        // 7 天无人处理则作废、不记过；单位看不到这条；没有任何自动限制认领.
        assert_eq!(day.table().await, (json!(0), json!(0)));
        morning.due_at("2026-09-09 08:30").await;
        assert_eq!((wang.state().await, day.table().await), (json!("void"), (json!(0), json!(0))));
        assert_eq!(app.count("SELECT count(*) AS n FROM claims WHERE state = 'no_show'"), 0);
        let next = crate::checkins::morning::post_from("2026-09-10 07:30", "2026-09-10 08:30");
        Morning::of(&app, next).await.hold("amina").await;
        app.check_invariants();
    }
}
