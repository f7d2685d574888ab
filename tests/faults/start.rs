//! A server that would do harm does not start, and says what to do.

use std::fs;

use daogang::crypto::Keys;
use daogang::error::Error;

use crate::support::databases::{Database, execute};
use crate::support::{Setup, TestApp, both_engines};

/// Stops the server, lets the file of keys be changed, and returns what a new start is refused with.
async fn refusal_after(mut app: TestApp, change: impl FnOnce(&std::path::Path)) -> String {
    app.stop().await;
    change(&app.folder().join("keys"));
    refusal(app.try_another_server().await)
}

fn refusal(started: Result<TestApp, Error>) -> String {
    match started {
        Ok(_) => panic!("it starts"),
        Err(error) => error.to_string(),
    }
}

/// Writes that a later release has migrated this database.
fn migrated_by(database: &Database, release: &str) {
    database.with(|db| {
        execute(db, "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").unwrap();
        daogang::db::migrate::put(db, "release", release).unwrap();
    });
}

both_engines! {
    async fn a_file_that_lacks_a_known_key_is_refused(app: TestApp) {
        let other = tempfile::tempdir().unwrap();
        // Keys of another installation: the same numbers, other secrets.
        let theirs = TestApp::start(Setup::sqlite().set("DAOGANG_KEYS_FILE", other.path().join("keys").to_string_lossy())).await;
        drop(theirs);
        let said = refusal_after(app, |keys| { fs::copy(other.path().join("keys"), keys).unwrap(); }).await;
        assert!(said.contains("lacks key 1 that the database knows") && said.contains("keys"), "{said}");
    }

    async fn a_lost_file_of_keys_is_refused_and_no_new_one_is_made(app: TestApp) {
        let mut app = app;
        app.stop().await;
        let keys = app.folder().join("keys");
        fs::remove_file(&keys).unwrap();
        let said = refusal(app.try_another_server().await);
        assert!(!keys.exists(), "with a new file sealed numbers could never be read again");
        assert!(said.contains("can't be read") && said.contains("backup"), "{said}");
    }

    async fn a_torn_file_of_keys_is_refused(app: TestApp) {
        let said = refusal_after(app, |keys| {
            let text = fs::read_to_string(keys).unwrap();
            fs::write(keys, &text[..text.len() - 20]).unwrap();
        }).await;
        assert!(said.contains("is not a file of keys"), "{said}");
    }

    async fn a_file_of_keys_is_for_its_owner_only_and_reads_back(app: TestApp) {
        use std::os::unix::fs::PermissionsExt;
        let path = app.folder().join("keys");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(Keys::parse(&fs::read_to_string(&path).unwrap()).is_some());
        assert_eq!(app.count("SELECT count(*) AS n FROM keys"), 5);
        // A further server takes the same keys.
        let other = app.another_server().await;
        assert_eq!(app.count("SELECT count(*) AS n FROM keys"), 5);
        other.member("amina").get("/me").await.ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_later_world_is_refused() {
    for setup in [Setup::sqlite(), Setup::postgres()] {
        migrated_by(setup.database(), "9.0.0");
        let said = refusal(TestApp::try_start(setup).await);
        assert!(said.contains("made by Daogang 9.0.0") && said.contains("install the newer one"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_the_next_minor_release_is_served() {
    let own: Vec<u32> = env!("CARGO_PKG_VERSION").split('.').map(|part| part.parse().unwrap()).collect();
    for setup in [Setup::sqlite(), Setup::postgres()] {
        migrated_by(setup.database(), &format!("{}.{}.0", own[0], own[1] + 1));
        TestApp::start(setup).await.member("amina").get("/me").await.ok();
    }
    for setup in [Setup::sqlite(), Setup::postgres()] {
        migrated_by(setup.database(), &format!("{}.{}.0", own[0], own[1] + 2));
        assert!(TestApp::try_start(setup).await.is_err());
    }
}

/// On PostgreSQL only `daogang migrate` changes the shape, since servers share the database.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_behind_is_migrated_on_sqlite_and_refused_on_postgres() {
    let forget = |database: &Database| {
        database.with(|db| {
            execute(db, "DROP TABLE outbox; DELETE FROM __diesel_schema_migrations").unwrap();
        });
    };
    let setup = Setup::postgres();
    forget(setup.database());
    let said = refusal(TestApp::try_start(setup).await);
    assert!(said.contains("run `daogang migrate` once"), "{said}");

    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite://{}", folder.path().join("deep/down/new.db").display());
    let app = TestApp::start(Setup::sqlite().through(|_| file)).await;
    let health = app.nobody().request_outside(reqwest::Method::GET, "/readyz");
    assert_eq!(crate::support::Answer::to(health).await.status, 200);
}
