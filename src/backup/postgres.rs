//! A PostgreSQL database written and read back by its own programs, `pg_dump` and `pg_restore`.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use percent_encoding::percent_decode_str;

use super::{Restored, in_use, not_empty, settle};
use crate::db::{Db, Engine};
use crate::error::{Error, Result};

/// Schemas that hold what a restore replaced begin so.
const ASIDE: &str = "before_restore_";

/// Dumps one snapshot into a file; servers go on beside it.
pub(super) fn dump(url: &str, to: &Path) -> Result<()> {
    let mut command = program("pg_dump", url);
    command.args(["--format=custom", "--no-owner", "--no-privileges"]);
    command.arg(format!("--exclude-schema={ASIDE}*")).arg("--file").arg(to);
    run(&mut command)
}

/// Reads a dump into the database in one transaction; what was there is moved to a schema of its own before.
pub(super) fn restore(
    file: &Path,
    url: &str,
    engine: &Engine,
    replace: bool,
    mark: &str,
) -> Result<Restored> {
    let mut db = engine.connect()?;
    let holds_something = count(&mut db, "pg_tables WHERE schemaname = 'public'")? > 0;
    if holds_something && !replace {
        return Err(not_empty("the database"));
    }
    let others = "pg_stat_activity WHERE datname = current_database() AND application_name = 'daogang' \
                  AND pid <> pg_backend_pid()";
    if count(&mut db, others)? > 0 {
        return Err(in_use("the database"));
    }
    let aside = format!("{ASIDE}{mark}");
    if holds_something {
        db.batch_execute(&set_aside(&aside))?;
    }
    match load(file, url).and_then(|()| settle(engine)) {
        Ok(restored) => {
            Ok(Restored { kept: holds_something.then(|| format!("the schema {aside}")), ..restored })
        }
        Err(error) => {
            db.batch_execute(&if holds_something { put_back(&aside) } else { make_empty().to_owned() })?;
            Err(error)
        }
    }
}

fn load(file: &Path, url: &str) -> Result<()> {
    let mut command = program("pg_restore", url);
    command.args([
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
    ]);
    run(command.arg(file))
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(db: &mut Db, from: &str) -> Result<i64> {
    Ok(diesel::sql_query(format!("SELECT count(*) AS n FROM {from}")).get_result::<Count>(db)?.n)
}

/// Extensions stay where both old and new tables find them.
fn move_extensions(from: &str, to: &str) -> String {
    format!(
        "DO $$ DECLARE name text; BEGIN FOR name IN SELECT extname FROM pg_extension \
         WHERE extnamespace = '{from}'::regnamespace LOOP \
         EXECUTE format('ALTER EXTENSION %I SET SCHEMA {to}', name); END LOOP; END $$;"
    )
}

fn set_aside(aside: &str) -> String {
    let move_extensions = move_extensions(aside, "public");
    format!(
        "BEGIN; ALTER SCHEMA public RENAME TO {aside}; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC; \
         {move_extensions} COMMIT"
    )
}

fn put_back(aside: &str) -> String {
    let move_extensions = move_extensions("public", aside);
    format!(
        "BEGIN; {move_extensions} DROP SCHEMA public CASCADE; ALTER SCHEMA {aside} RENAME TO public; COMMIT"
    )
}

fn make_empty() -> &'static str {
    "BEGIN; DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC; COMMIT"
}

/// A program of PostgreSQL's on this database. The password goes by the environment: arguments are seen by everybody on
/// the machine.
fn program(name: &str, url: &str) -> Command {
    let (url, password) = without_password(url);
    let mut command = Command::new(name);
    command.arg("--dbname").arg(url).stdin(Stdio::null()).stdout(Stdio::null());
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

fn without_password(url: &str) -> (String, Option<String>) {
    let whole = || (url.to_owned(), None);
    let Some((scheme, rest)) = url.split_once("://") else { return whole() };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let Some((person, _)) = rest[..end].rsplit_once('@') else { return whole() };
    let Some((user, password)) = person.split_once(':') else { return whole() };
    let password = percent_decode_str(password).decode_utf8_lossy().into_owned();
    (format!("{scheme}://{user}{}", &rest[person.len()..]), Some(password))
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Error::internal(format!(
            "{name} is not in the PATH: install PostgreSQL's client programs, of the server's version or newer \
             (Debian: postgresql-client)"
        )),
        _ => Error::internal(format!("{name} can't be run: {error}")),
    })?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    Err(Error::internal(format!("{name} failed and said: {}", said.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_stands_in_an_argument() {
        for (url, shown, password) in [
            ("postgres://a:p%40%2Fs@host:5432/db?x=1", "postgres://a@host:5432/db?x=1", Some("p@/s")),
            ("postgres://a@host/db", "postgres://a@host/db", None),
            ("postgres://host/db", "postgres://host/db", None),
            ("postgresql://a:b@host", "postgresql://a@host", Some("b")),
            ("postgres:///db?host=/run/a@b:c", "postgres:///db?host=/run/a@b:c", None),
        ] {
            assert_eq!(without_password(url), (shown.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}
