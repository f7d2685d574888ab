//! On PostgreSQL the servers' role may own nothing: it adds and changes rows, and can't make or drop a table.

use std::path::Path;
use std::process::Command;

use daogang::db::Engine;
use serde_json::json;

use crate::support::city::City;
use crate::support::databases::{Database, execute, number, postgres_url, until};
use crate::support::process::{Process, binary, daogang};

/// A database with an owner and a role for servers, whose rights are given as `docs/operations.md` says.
struct Place {
    database: Database,
    role: String,
    folder: tempfile::TempDir,
}

impl Place {
    fn make() -> Self {
        let database = Database::empty_like(&Engine::Postgres(postgres_url()));
        let role = format!("servers_{}", std::process::id());
        let rights = format!(
            "CREATE ROLE {role} LOGIN;
             ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
             ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {role}"
        );
        database.with(|db| execute(db, &rights).unwrap());
        Self { database, role, folder: tempfile::tempdir().unwrap() }
    }

    /// `daogang` with these arguments, as the servers' role, and as the owner for what only an owner may.
    fn daogang(&self, arguments: &[&str]) -> Command {
        let (owner, rest) = self.database.url.split_once('@').unwrap();
        let servers = format!("postgres://{}@{rest}", self.role);
        let mut command = daogang(binary(), &servers, &self.file("keys"));
        command.env("DAOGANG_MIGRATE_DATABASE_URL", format!("{owner}@{rest}")).args(arguments);
        command
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    #[track_caller]
    fn does(&self, arguments: &[&str]) {
        let output = self.daogang(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Serves, has a phone number changed, and stops.
    async fn serve(&self, version: i64) {
        let mut server = Process::start(self.daogang(&["serve"])).unwrap();
        let edited = server.member("amina").patch("/me", version, json!({"phone": "13812345678"})).await;
        assert_eq!(edited.ok()["version"], version + 1);
        server.kill();
        let left = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() \
                    AND pid <> pg_backend_pid()";
        until("its connections are gone", async || self.database.with(|db| number(db, left)) == 0).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let all = format!("DROP OWNED BY {role}; DROP ROLE {role}", role = self.role);
        self.database.with(|db| drop(execute(db, &all)));
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_need_no_more_than_rows_also_after_a_restore() {
    let place = Place::make();
    place.does(&["migrate"]);
    place.database.with(City::settle);
    place.serve(1).await;
    let file = place.file("one.backup");
    place.does(&["backup", text(&file)]);
    place.does(&["restore", "--replace", text(&file)]);
    place.serve(2).await;
}
