//! A SQLite file that can't be written: the answer comes at once, nothing is stored, and reading goes on.

use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use daogang::db::Lane;
use daogang::error::Error;
use serde_json::json;

use crate::support::databases::{Database, execute, number, until};
use crate::support::process::{Process, binary, daogang};
use crate::support::{Answer, Caller, Setup, TestApp};

const NOBODY: u32 = 65_534;

async fn change(by: &Caller, version: i64) -> Answer {
    by.patch("/me", version, json!({"phone": format!("138{:08}", version)})).await
}

fn is_refused(answer: &Answer, reason: &str, took: Duration) {
    assert_eq!((answer.status, answer.code()), (503, "store.unavailable"), "{}", answer.body);
    assert_eq!(answer.body["facts"]["reason"], reason);
    assert!(!answer.header("retry-after").is_empty());
    assert!(took < Duration::from_secs(1), "it took {took:?}");
}

/// SQLite itself says that the disk is full: its writer may take no further page.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_at_once_and_nothing_is_stored() {
    let app = TestApp::start(Setup::sqlite()).await;
    let amina = app.member("amina");
    amina.get("/me").await.ok();
    // The limit holds for one connection: the writer's, where units of work run.
    app.app
        .store
        .write(Lane::Any, |db| execute(db, "PRAGMA max_page_count = 1").map_err(Error::from))
        .await
        .unwrap();
    let filling = |db: &mut _| {
        execute(db, "INSERT INTO installation (key, value) VALUES ('filling', hex(zeroblob(100000)))")
            .map_err(Error::from)
    };
    let began = Instant::now();
    let full = app.app.store.write(Lane::Any, filling).await.unwrap_err();
    let Error::Rejected(full) = full else { panic!("{full:?}") };
    assert_eq!((full.code.as_str(), &full.facts["reason"]), ("store.unavailable", &json!("disk_full")));
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!(app.count("SELECT count(*) AS n FROM installation WHERE key = 'filling'"), 0);
    amina.get("/me").await.ok();
    // A new connection has no such limit, as a disk has room again.
    app.app.store.write(Lane::Any, filling).await.unwrap();
}

/// The real binary under a limit of file size that the kernel holds (`ulimit -f`): the write-ahead log can't grow.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_grow_is_told_at_once_and_everything_acknowledged_is_kept() {
    let database = Database::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let mut command = daogang("bash", &database.url, &folder.path().join("keys"));
    // Without a handler the signal would end the process; ignored, writing fails instead.
    command.args(["-c", "trap '' XFSZ; ulimit -S -f 1024; exec \"$0\" serve", binary()]);
    let server = Process::start(command).unwrap();
    let amina = server.member("amina");
    let mut version = 1;
    let refused = loop {
        let began = Instant::now();
        let answer = change(&amina, version).await;
        if answer.status != 200 {
            is_refused(&answer, "disk_error", began.elapsed());
            break version;
        }
        version += 1;
        assert!(version < 2_000, "the limit was never reached");
    };
    let stored =
        |database: &Database| database.with(|db| number(db, "SELECT version AS n FROM members WHERE id = 1"));
    assert_eq!(amina.get("/me").await.ok()["version"], refused);
    assert_eq!(stored(&database), refused);

    let lifted =
        Command::new("prlimit").args(["--fsize=unlimited", "--pid", &server.id().to_string()]).status();
    assert!(lifted.unwrap().success());
    until("it writes again", async || change(&amina, refused).await.status == 200).await;
    assert_eq!(stored(&database), refused + 1);
    drop(server);
    assert_eq!(
        database.with(|db| number(
            db,
            "SELECT count(*) AS n FROM pragma_integrity_check WHERE integrity_check = 'ok'"
        )),
        1
    );
}

/// Files that the server's user may read and not write. Root may write everything, so under root it runs as nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_file_is_told_at_once_and_still_read() {
    let mut app = TestApp::start(Setup::sqlite()).await;
    app.stop().await;
    let daogang::db::Engine::Sqlite(file) = app.app.config.database.engine.clone() else { panic!("no file") };
    let root =
        std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let keys = app.folder().join("keys");
    let folders: [PathBuf; 2] = [file.parent().unwrap().to_owned(), app.folder().to_owned()];
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o444)).unwrap();
    let url = format!("sqlite://{}", file.display());
    let mut command = if root {
        for path in folders.iter().chain([&keys]) {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        // The binary may lie where only root can look.
        let own = app.folder().join("daogang");
        std::fs::copy(binary(), &own).unwrap();
        let mut command = daogang("setpriv", &url, &keys);
        let id = NOBODY.to_string();
        command.args(["--reuid", &id, "--regid", &id, "--clear-groups"]).arg(own);
        command
    } else {
        daogang(binary(), &url, &keys)
    };
    command.arg("serve");
    let server = Process::start(command).unwrap();
    let amina = server.member("amina");
    assert_eq!(amina.get("/me").await.ok()["name"], "Amina");
    let began = Instant::now();
    is_refused(&change(&amina, 1).await, "read_only", began.elapsed());
    assert_eq!(amina.get("/me").await.ok()["version"], 1);
}
