//! Naming who is in charge on the spot.

use serde_json::{Value, json};

use super::{claim, promised, read, release};
use crate::support::posts::{Post, Shift};
use crate::support::{Answer, TestApp, both_engines};

async fn name(app: &TestApp, by: &str, shift: i64, body: Value) -> Answer {
    app.member(by).put(&format!("/shifts/{shift}/lead"), body).await
}

both_engines! {
    async fn a_lead_and_a_deputy_are_named_among_the_holders_and_told(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        for member in ["amina", "chen"] {
            claim(&app.member(member), shift).await.ok();
        }
        let named = name(&app, "gao", shift, json!({"member_id": 1, "deputy_id": 3})).await.ok();
        assert_eq!((&named["lead_id"], &named["deputy_id"]), (&json!(1), &json!(3)));
        assert_eq!(promised(&app, "lead_named"), 2);
        // Who is named again is not told again.
        let named = name(&app, "kang", shift, json!({"member_id": 3})).await.ok();
        assert_eq!((&named["lead_id"], &named["deputy_id"]), (&json!(3), &Value::Null));
        assert_eq!(promised(&app, "lead_named"), 2);
        assert_eq!(app.member("amina").get("/me/shifts-led").await.ok()["items"], json!([]));
        app.check_invariants();
    }

    async fn who_holds_no_place_is_not_named(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("amina"), shift).await.ok();
        let gone = claim(&app.member("chen"), shift).await.id();
        release(&app.member("chen"), gone).await.ok();
        for (body, who) in [
            (json!({"member_id": 3}), 3),
            (json!({"member_id": 4}), 4),
            (json!({"member_id": 1, "deputy_id": 3}), 3),
            (json!({"member_id": 999_999}), 999_999),
        ] {
            let refused = name(&app, "gao", shift, body).await;
            assert_eq!((refused.status, refused.code()), (409, "lead.not_a_holder"));
            assert_eq!(refused.body["facts"], json!({"member_id": who}));
        }
        assert_eq!((read(&app.member("amina"), shift).await["lead_id"].clone(), promised(&app, "lead_named")), (Value::Null, 0));
    }

    async fn a_lead_is_not_their_own_deputy(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("amina"), shift).await.ok();
        let refused = name(&app, "gao", shift, json!({"member_id": 1, "deputy_id": 1})).await;
        assert_eq!(refused.fields(), &json!({"deputy_id": "another_member"}));
        assert!(name(&app, "gao", shift, json!({})).await.fields()["member_id"].is_string());
    }

    async fn only_the_publishers_officers_name_a_lead(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("amina"), shift).await.ok();
        for (who, status) in [("hu", 404), ("amina", 403), ("jin", 403), ("nie", 403)] {
            assert_eq!(name(&app, who, shift, json!({"member_id": 1})).await.status, status, "{who}");
        }
        assert_eq!(name(&app, "gao", 999_999, json!({"member_id": 1})).await.status, 404);
        name(&app, "ma", shift, json!({"member_id": 1})).await.ok();
    }

    async fn a_shift_that_is_over_gets_no_lead(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        claim(&app.member("amina"), shift).await.ok();
        app.later(121).await;
        assert_eq!(name(&app, "gao", shift, json!({"member_id": 1})).await.code(), "shift.ended");
    }
}
