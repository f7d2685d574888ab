//! A backup taken in the middle of a rush is one moment of the city, and comes back whole.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use daogang::backup;
use daogang::clock::Clock;
use daogang::db::Engine;
use serde_json::json;
use tempfile::TempDir;

use crate::support::databases::{Database, execute, number, until};
use crate::support::posts::{Post, Shift};
use crate::support::process::{Process, binary, daogang};
use crate::support::services::Service;
use crate::support::{Caller, Setup, TestApp, both_engines, invariants};

fn engine_of(app: &TestApp) -> Engine {
    app.app.config.database.engine.clone()
}

/// Claims a place and gives it back, over and over, until it is told to stop.
async fn come_and_go(person: Caller, shift: i64, over: Arc<AtomicBool>, done: Arc<AtomicUsize>) {
    while !over.load(Ordering::Relaxed) {
        let answer = person.post(&format!("/shifts/{shift}/claims"), json!({})).await;
        if answer.status == 201 {
            person.post(&format!("/claims/{}/release", answer.id()), json!({})).await;
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
}

both_engines! {
    async fn a_backup_in_the_middle_of_a_rush_is_one_moment_and_comes_back(app: TestApp) {
        for day in 20..23 {
            Service::of("amina", &format!("2026-08-{day} 07:30"), 60).count(&app);
        }
        let mut post = Post::with(Shift::new().places(12).in_minutes(600));
        for round in 1..4 {
            post = post.and(Shift::new().places(12).in_minutes(600 + 120 * round));
        }
        let shifts = post.publish(&app, &app.member("gao")).await.shifts;
        let people = app.crowd(48);
        // These places were acknowledged before the backup and stay.
        for person in &people[..8] {
            person.post(&format!("/shifts/{}/claims", shifts[0]), json!({})).await.ok();
        }
        let (over, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let rush: Vec<_> = people[8..].iter().enumerate().map(|(number, person)| {
            tokio::spawn(come_and_go(person.clone(), shifts[number % 4], over.clone(), done.clone()))
        }).collect();
        until("the rush has begun", async || done.load(Ordering::Relaxed) > 40).await;

        let (file, from) = (app.folder().join("rush.backup"), engine_of(&app));
        let before = done.load(Ordering::Relaxed);
        let (to, by) = (file.clone(), from.clone());
        let size = tokio::task::spawn_blocking(move || backup::backup(&by, &to)).await.unwrap().unwrap();
        until("the rush went on beside it", async || done.load(Ordering::Relaxed) > before).await;
        over.store(true, Ordering::Relaxed);
        for person in rush {
            person.await.unwrap();
        }
        assert_eq!(fs::metadata(&file).unwrap().len(), size);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

        let empty = Database::empty_like(&from);
        let restored = backup::restore(&empty.engine(), &file, false, Clock::real_time().real()).unwrap();
        assert_eq!((restored.kept, restored.migrated.len(), restored.findings.len()), (None, 0, 0));
        assert_eq!((restored.checked.members, restored.checked.entries), (1, 3));
        empty.with(invariants::check);
        let kept = "SELECT count(*) AS n FROM claims WHERE state = 'held' AND member_id IN (";
        let ids: Vec<String> = people[..8].iter().map(|person| person.id.to_string()).collect();
        assert_eq!(empty.with(|db| number(db, &format!("{kept}{})", ids.join(", ")))), 8);
        // What keeps the ledger from being changed came back too.
        assert!(empty.with(|db| execute(db, "DELETE FROM ledger_entries")).is_err());
        app.check_invariants();
    }
}

/// The commands as an operator runs them, on one database and its keys.
struct Desk {
    url: String,
    keys: PathBuf,
}

impl Desk {
    fn of(app: &TestApp) -> Self {
        Self { url: app.app.config.database.url.clone(), keys: app.folder().join("keys") }
    }

    fn command(&self, arguments: &[&str], file: &Path) -> Command {
        let mut command = daogang(binary(), &self.url, &self.keys);
        command.arg(arguments[0]).arg(file).args(&arguments[1..]);
        command
    }

    #[track_caller]
    fn does(&self, arguments: &[&str], file: &Path) -> String {
        let output = self.command(arguments, file).output().unwrap();
        let said = said(&output);
        assert!(output.status.success(), "{said}");
        said
    }

    #[track_caller]
    fn refuses(&self, arguments: &[&str], file: &Path, why: &str) {
        let output = self.command(arguments, file).output().unwrap();
        let said = said(&output);
        assert!(!output.status.success() && said.contains(why), "{said}");
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

both_engines! {
    async fn a_backup_is_written_once_and_says_where_the_keys_are(app: TestApp) {
        let (desk, file) = (Desk::of(&app), app.folder().join("one.backup"));
        let said = desk.does(&["backup"], &file);
        assert!(said.contains("The keys are not in it") && said.contains(&desk.keys.display().to_string()), "{said}");
        desk.refuses(&["backup"], &file, "one.backup is there already");
        let (with_keys, keys) = (app.folder().join("two.backup"), app.folder().join("two.backup.keys"));
        assert!(desk.does(&["backup", "--with-keys"], &with_keys).contains("keep them in different places"));
        assert_eq!(fs::read(&keys).unwrap(), fs::read(&desk.keys).unwrap());
        assert_eq!(fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o600);
        let left: Vec<_> = fs::read_dir(app.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!left.iter().any(|name| name.to_string_lossy().contains("unfinished")), "{left:?}");
    }

    async fn a_restore_brings_the_keys_that_were_kept_beside_it(app: TestApp) {
        let (desk, file) = (Desk::of(&app), app.folder().join("one.backup"));
        desk.does(&["backup", "--with-keys"], &file);
        let (empty, folder) = (Database::empty_like(&engine_of(&app)), tempfile::tempdir().unwrap());
        let fresh = Desk { url: empty.url.clone(), keys: folder.path().join("keys") };
        assert!(fresh.does(&["restore"], &file).contains("The keys were copied from"));
        assert_eq!(fs::read(&fresh.keys).unwrap(), fs::read(&desk.keys).unwrap());

        // Without them the operator is told what is missing.
        fs::remove_file(app.folder().join("one.backup.keys")).unwrap();
        let empty = Database::empty_like(&engine_of(&app));
        let without = Desk { url: empty.url.clone(), keys: folder.path().join("none") };
        assert!(without.does(&["restore"], &file).contains("is missing: copy it from another server or from its backup"));
    }
}

/// A server as a process of its own: one inside the test keeps connections until the test ends.
struct Place {
    database: Database,
    folder: TempDir,
    desk: Desk,
}

impl Place {
    fn of(database: Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk { url: database.url.clone(), keys: folder.path().join("keys") };
        Self { database, folder, desk }
    }

    fn serve(&self) -> Process {
        let mut command = daogang(binary(), &self.desk.url, &self.desk.keys);
        command.arg("serve");
        Process::start(command).unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn end(&self, mut server: Process) {
        server.kill();
        let others = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() \
                      AND application_name = 'daogang' AND pid <> pg_backend_pid()";
        if let Engine::Postgres(_) = self.database.engine() {
            until("its connections are gone", async || self.database.with(|db| number(db, others)) == 0)
                .await;
        }
    }

    fn phones_changed(&self) -> i64 {
        self.database.with(|db| number(db, "SELECT count(*) AS n FROM members WHERE id = 1 AND version = 2"))
    }
}

/// Writes the same test for a database of either engine.
macro_rules! on_either {
    ($(async fn $name:ident($place:ident: Place) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn fact($place: Place) $body
            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() { fact(Place::of(Database::sqlite())).await }
            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() { fact(Place::of(Database::postgres())).await }
        }
    )+};
}

on_either! {
    async fn a_restore_never_takes_the_place_of_something_unasked(place: Place) {
        let (desk, file, server) = (&place.desk, place.file("one.backup"), place.serve());
        desk.does(&["backup"], &file);
        server.member("amina").patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
        desk.refuses(&["restore"], &file, "holds something already");
        desk.refuses(&["restore", "--replace"], &file, "a server or a command is using");
        place.end(server).await;
        assert_eq!(place.phones_changed(), 1);

        let said = desk.does(&["restore", "--replace"], &file);
        assert!(said.contains("What was there before is kept in"), "{said}");
        assert!(said.contains("0 ledger entries of 0 members were checked") && said.contains("ok     keys"), "{said}");
        assert_eq!(place.phones_changed(), 0);
        place.database.with(invariants::check);
        place.serve().member("amina").get("/me").await.ok();
        // What was kept aside is in no later backup, and not in the way of one.
        desk.does(&["backup"], &place.file("two.backup"));
        let empty = Database::empty_like(&place.database.engine());
        let fresh = Desk { url: empty.url.clone(), keys: desk.keys.clone() };
        fresh.does(&["restore"], &place.file("two.backup"));
    }

    async fn what_is_no_backup_or_damaged_changes_nothing(place: Place) {
        let (desk, file, server) = (&place.desk, place.file("one.backup"), place.serve());
        desk.does(&["backup"], &file);
        server.member("amina").patch("/me", 1, json!({"phone": "13812345678"})).await.ok();
        place.end(server).await;
        let (note, cut) = (place.file("note.txt"), place.file("cut.backup"));
        fs::write(&note, "nothing of ours").unwrap();
        let whole = fs::read(&file).unwrap();
        fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
        desk.refuses(&["restore", "--replace"], &note, "was not written by `daogang backup`");
        desk.refuses(&["restore", "--replace"], &place.file("gone"), "gone can't be read");
        let refused = desk.command(&["restore", "--replace"], &cut).output().unwrap();
        assert!(!refused.status.success(), "{}", said(&refused));
        assert_eq!(place.phones_changed(), 1);
        place.serve().member("amina").get("/me").await.ok();

        let empty = Database::empty_like(&place.database.engine());
        let fresh = Desk { url: empty.url.clone(), keys: desk.keys.clone() };
        assert!(!fresh.command(&["restore"], &cut).output().unwrap().status.success());
        fresh.does(&["restore"], &file);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_the_other_kind_is_refused() {
    let app = TestApp::start(Setup::sqlite()).await;
    let file = app.folder().join("one.backup");
    let desk = Desk::of(&app);
    desk.does(&["backup"], &file);
    let other = Desk { url: "postgres://nobody@127.0.0.1:1/none".to_owned(), keys: desk.keys.clone() };
    other.refuses(&["restore"], &file, "is a SQLite backup, and DATABASE_URL names PostgreSQL");
    fs::write(&file, "PGDMP").unwrap();
    desk.refuses(&["restore"], &file, "is a PostgreSQL backup, and DATABASE_URL names a SQLite file");
    let nothing =
        Desk { url: format!("sqlite://{}/none.db", app.folder().display()), keys: desk.keys.clone() };
    nothing.refuses(&["backup"], &app.folder().join("two.backup"), "there is no database at");
    assert!(!app.folder().join("none.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_postgresqls_programs_the_operator_is_told_what_to_install() {
    let app = TestApp::start(Setup::postgres()).await;
    let file = app.folder().join("one.backup");
    let output = Desk::of(&app).command(&["backup"], &file).env("PATH", app.folder()).output().unwrap();
    assert!(said(&output).contains("pg_dump is not in the PATH: install"), "{}", said(&output));
    assert!(!file.exists());
}
