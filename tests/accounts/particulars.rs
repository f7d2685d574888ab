//! What a member sees and changes of themself.

use daogang::schema::members;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, both_engines};

const PHONE: &str = "13812345678";

both_engines! {
    async fn a_member_reads_who_they_are(app: TestApp) {
        let answer = app.member("amina").get("/me").await;
        assert_eq!(answer.header("etag"), "\"1\"");
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(answer.ok(), @r#"
            {
              "community": {
                "id": 4,
                "name": "盘旋路社区"
              },
              "id": 1,
              "name": "Amina",
              "phone": null,
              "roles": [],
              "standing": "in_service",
              "unit": {
                "id": 6,
                "name": "市图书馆"
              },
              "version": 1
            }
            "#);
        }
        let officer = app.member("gao").get("/me").await.ok();
        assert_eq!(officer["roles"], json!([{"role": "community_officer", "organization_id": 4, "organization": "盘旋路社区"}]));
    }

    async fn a_phone_number_is_shown_masked_and_kept_sealed(app: TestApp) {
        let me = app.member("amina").patch("/me", 1, json!({"phone": PHONE})).await.ok();
        assert_eq!((&me["phone"], &me["version"]), (&json!("138****5678"), &json!(2)));
        assert_eq!(app.member("amina").get("/me").await.ok()["phone"], "138****5678");
        let (key, cipher, index): (Option<i64>, Option<Vec<u8>>, Option<Vec<u8>>) = app.look(|db| {
            members::table.find(1).select((members::phone_key_id, members::phone_cipher, members::phone_index)).first(db).unwrap()
        });
        assert!(key.is_some());
        for bytes in [cipher.unwrap(), index.unwrap()] {
            assert!(!bytes.windows(4).any(|part| PHONE.as_bytes().windows(4).any(|digits| digits == part)));
        }
        // Sealed twice, the same number looks different.
        app.member("bolat").patch("/me", 1, json!({"phone": PHONE})).await.ok();
        let ciphers: Vec<Option<Vec<u8>>> = app.look(|db| members::table.filter(members::id.le(2)).select(members::phone_cipher).load(db).unwrap());
        assert_ne!(ciphers[0], ciphers[1]);
    }

    async fn an_edit_based_on_an_old_version_is_refused(app: TestApp) {
        let amina = app.member("amina");
        amina.patch("/me", 1, json!({"phone": PHONE})).await.ok();
        let late = amina.patch("/me", 1, json!({"phone": "13900000000"})).await;
        assert_eq!((late.status, late.code(), &late.body["facts"]["version"]), (412, "version.moved_on", &json!(2)));
        assert_eq!(amina.get("/me").await.ok()["phone"], "138****5678");
    }

    async fn an_edit_names_the_version_it_is_based_on(app: TestApp) {
        let amina = app.member("amina");
        let edit = || amina.request(Method::PATCH, "/me").json(&json!({"phone": PHONE}));
        let missing = Answer::to(edit()).await;
        assert_eq!((missing.status, missing.code()), (428, "version.missing"));
        assert_eq!(Answer::to(edit().header("If-Match", "\"abc\"")).await.code(), "version.moved_on");
        assert_eq!(app.count("SELECT count(*) AS n FROM members WHERE id = 1 AND version = 1"), 1);
    }

    async fn what_is_no_phone_number_is_refused_by_field(app: TestApp) {
        for wrong in ["", "110", "0931-8888888", "2381234567８", "138123456789"] {
            let answer = app.member("amina").patch("/me", 1, json!({"phone": wrong})).await;
            assert_eq!(answer.fields(), &json!({"phone": "mobile_number"}), "{wrong}");
        }
        assert_eq!(app.member("amina").patch("/me", 1, json!({"phone": 138})).await.fields(), &json!({"phone": "wrong_type"}));
        assert_eq!(app.count("SELECT count(*) AS n FROM members WHERE id = 1 AND version = 1"), 1);
    }
}
