//! What is sent often is prepared once a connection.

use daogang::db::prepared;
use daogang::schema::installation::dsl::{installation, key, value};
use diesel::prelude::*;

use crate::support::databases::{Database, number};

#[test]
fn an_update_sent_often_is_prepared_once() {
    Database::postgres().with(|db| {
        for text in ["one", "two", "three"] {
            let change =
                diesel::update(installation.filter(key.eq("release"))).set(value.eq(text)).returning(key);
            prepared(change).get_result::<String>(db).expect("an update");
        }
        let kept = "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement LIKE 'UPDATE%'";
        assert_eq!(number(db, kept), 1);
    });
}
