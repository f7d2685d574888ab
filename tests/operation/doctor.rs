//! `daogang doctor` names what is wrong and what to do.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use daogang::config::Config;
use daogang::db::migrate;
use daogang::doctor::{Finding, Grade, examine};

use crate::support::TestApp;
use crate::support::both_engines;
use crate::support::databases::{Database, execute};
use crate::support::process::{binary, daogang};

fn examined(settings: &[(&str, &str)]) -> Vec<Finding> {
    examine(Config::read(&|name| {
        settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }))
}

/// What is wrong, as the operator reads it.
fn wrong(settings: &[(&str, &str)]) -> Vec<String> {
    let findings = examined(settings).into_iter();
    findings
        .filter(|finding| finding.grade == Grade::Wrong)
        .map(|finding| format!("{}: {}", finding.about, finding.sentence))
        .collect()
}

#[track_caller]
fn says(found: &[String], part: &str) {
    assert!(found.iter().any(|sentence| sentence.contains(part)), "nothing says {part:?}: {found:#?}");
}

/// The settings of a test's server.
fn of(app: &TestApp) -> [(&'static str, String); 3] {
    let keys = app.folder().join("keys").display().to_string();
    let url = app.app.config.database.url.clone();
    [("DATABASE_URL", url), ("DAOGANG_KEYS_FILE", keys), ("DAOGANG_LISTEN", "127.0.0.1:0".to_owned())]
}

fn borrowed<'a>(settings: &'a [(&'static str, String); 3]) -> Vec<(&'a str, &'a str)> {
    settings.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

both_engines! {
    async fn nothing_is_wrong_with_a_server_that_serves(app: TestApp) {
        assert_eq!(wrong(&borrowed(&of(&app))), [""; 0]);
    }

    async fn keys_that_others_can_read_or_that_are_lost_are_named(app: TestApp) {
        let (settings, keys) = (of(&app), app.folder().join("keys"));
        fs::set_permissions(&keys, Permissions::from_mode(0o644)).unwrap();
        says(&wrong(&borrowed(&settings)), "run `chmod 600");
        fs::write(&keys, "").unwrap();
        fs::set_permissions(&keys, Permissions::from_mode(0o600)).unwrap();
        says(&wrong(&borrowed(&settings)), "can't be read as a file of keys");
        fs::remove_file(&keys).unwrap();
        says(&wrong(&borrowed(&settings)), "is missing: copy it from another server");
        assert!(!keys.exists(), "the doctor makes nothing");
    }

    async fn a_database_of_a_later_world_is_named(app: TestApp) {
        app.look(|db| {
            execute(db, "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").unwrap();
            migrate::put(db, "release", "9.0.0").unwrap();
        });
        says(&wrong(&borrowed(&of(&app))), "made by Daogang 9.0.0");
    }
}

#[test]
fn every_wrong_setting_is_named_by_its_variable() {
    let found = wrong(&[
        ("DATABASE_URL", "mysql://there"),
        ("REDIS_URL", "nonsense"),
        ("DAOGANG_LISTEN", "everywhere"),
        ("DAOGANG_PUBLIC_URL", "daogang.example"),
        ("DAOGANG_TRUSTED_PROXIES", "ten"),
        ("DAOGANG_TLS_CERT", "cert.pem"),
    ]);
    for variable in [
        "DATABASE_URL",
        "REDIS_URL",
        "DAOGANG_LISTEN",
        "DAOGANG_PUBLIC_URL",
        "DAOGANG_TRUSTED_PROXIES",
        "DAOGANG_TLS",
    ] {
        says(&found, variable);
    }
    says(&wrong(&[("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")]), "DAOGANG_KEYS_FILE");
}

#[test]
fn what_does_not_answer_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys").display().to_string();
    let found = wrong(&[
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none"),
        ("DAOGANG_KEYS_FILE", &keys),
        ("REDIS_URL", "redis://127.0.0.1:1/"),
        ("DAOGANG_LISTEN", "127.0.0.1:0"),
        ("DAOGANG_PUBLIC_URL", "http://daogang.example"),
    ]);
    says(&found, "PostgreSQL can't be reached");
    says(&found, "Redis: it does not answer");
    says(&found, "phones give camera and position to https pages only");
}

#[test]
fn the_command_tells_by_its_exit_code_and_in_plain_words() {
    let (database, folder) = (Database::sqlite(), tempfile::tempdir().unwrap());
    let mut command = daogang(binary(), &database.url, &folder.path().join("keys"));
    let fine = command.arg("doctor").output().unwrap();
    let said = String::from_utf8(fine.stdout).unwrap();
    assert!(fine.status.success() && said.ends_with("Nothing is wrong.\n"), "{said}");
    assert!(
        said.contains("phones give camera and position to https pages")
            || said.contains("Phones give camera"),
        "{said}"
    );
    let broken = command.env("REDIS_URL", "redis://127.0.0.1:1/").output().unwrap();
    assert!(!broken.status.success());
    assert!(String::from_utf8(broken.stdout).unwrap().contains("WRONG  Redis"));
}
