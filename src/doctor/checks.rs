//! The checks, one a part.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;

use super::Finding;
use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::Keys;
use crate::db::migrate::{Shape, shape, too_new};
use crate::db::{Db, Engine};
use crate::error::{Error, Result};
use crate::{demo, serve};

/// A disk with less free space than this is soon full: 1 GiB.
const LITTLE: u64 = 1 << 30;

pub(super) fn database(config: &Config) -> Vec<Finding> {
    const ABOUT: &str = "database";
    let engine = &config.database.engine;
    if let Engine::Sqlite(path) = engine
        && !path.exists()
    {
        let sentence =
            format!("{} is not there yet; `daogang serve` or `daogang seed` makes it", path.display());
        return vec![Finding::note(ABOUT, sentence)];
    }
    let mut db = match engine.connect() {
        Ok(db) => db,
        Err(_) => return vec![Finding::wrong(ABOUT, unreachable(engine))],
    };
    let mut findings = vec![match writable(&mut db) {
        Ok(()) => Finding::fine(ABOUT, format!("{} answers and can be written", engine.name())),
        Err(error) => Finding::wrong(ABOUT, format!("it answers but can't be written ({})", cause(&error))),
    }];
    findings.push(match shape(&mut db) {
        Ok(Shape::Fits) => Finding::fine("migrations", "the database has the shape that this version needs"),
        Ok(Shape::Behind(_)) if matches!(engine, Engine::Sqlite(_)) => {
            Finding::note("migrations", "some are to be run; `daogang serve` does it when it starts")
        }
        Ok(Shape::Behind(_)) => {
            Finding::wrong("migrations", "some are to be run: run `daogang migrate` once")
        }
        Ok(Shape::TooNew { release }) => Finding::wrong("migrations", too_new(&release)),
        Err(error) => Finding::wrong("migrations", format!("they can't be read ({error})")),
    });
    findings
}

/// A connection to the database, if there is one; none is made here.
fn existing(config: &Config) -> Option<Db> {
    match &config.database.engine {
        Engine::Sqlite(path) if !path.exists() => None,
        engine => engine.connect().ok(),
    }
}

fn unreachable(engine: &Engine) -> String {
    match engine {
        Engine::Sqlite(path) => {
            format!("{} can't be opened: is it a SQLite file that this user may read?", path.display())
        }
        Engine::Postgres(_) => {
            "PostgreSQL can't be reached: does it run, and are address, user, password and \
                                database in DATABASE_URL right?"
                .to_owned()
        }
    }
}

fn writable(db: &mut Db) -> Result<()> {
    // Begins to write and takes it back, so that a read-only file or server shows itself.
    let attempt = match db {
        Db::Sqlite(_) => "BEGIN IMMEDIATE; CREATE TABLE doctor_was_here (x INTEGER); ROLLBACK",
        Db::Pg(_) => "BEGIN; CREATE TEMPORARY TABLE doctor_was_here (x INTEGER); ROLLBACK",
    };
    db.batch_execute(attempt).map_err(Error::from)
}

fn cause(error: &Error) -> String {
    match error {
        Error::Rejected(rejection) => {
            rejection.facts.get("reason").map_or_else(String::new, ToString::to_string)
        }
        other => other.to_string(),
    }
}

pub(super) fn keys_file(config: &Config) -> Finding {
    const ABOUT: &str = "keys";
    let path = &config.keys.path;
    let shown = path.display();
    let Ok(metadata) = std::fs::metadata(path) else {
        let known = existing(config).is_some_and(|mut db| Keys::are_known(&mut db));
        return if known {
            Finding::wrong(
                ABOUT,
                format!("{shown} is missing: copy it from another server or from its backup"),
            )
        } else {
            Finding::note(
                ABOUT,
                format!("{shown} is not there yet; `daogang serve` or `daogang seed` makes it"),
            )
        };
    };
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Finding::wrong(
            ABOUT,
            format!("others on this machine can read {shown}: run `chmod 600 {shown}`"),
        );
    }
    let Some(keys) = std::fs::read_to_string(path).ok().and_then(|text| Keys::parse(&text)) else {
        return Finding::wrong(
            ABOUT,
            format!("{shown} can't be read as a file of keys; restore it from its backup"),
        );
    };
    let missing =
        config.database.engine.connect().and_then(|mut db| keys.missing(&mut db)).unwrap_or_default();
    match missing.first() {
        Some(id) => Finding::wrong(
            ABOUT,
            format!("{shown} lacks key {id} that the database knows; all servers share one file of keys"),
        ),
        None => Finding::fine(ABOUT, format!("{shown} holds every key, and only its owner can read it")),
    }
}

pub(super) fn redis(config: &Config) -> Finding {
    const ABOUT: &str = "Redis";
    let Some(url) = &config.redis.url else {
        return Finding::fine(ABOUT, "not set: right for one server; several need REDIS_URL");
    };
    if answers(url) {
        Finding::fine(ABOUT, "it answers")
    } else {
        Finding::wrong(
            ABOUT,
            "it does not answer at REDIS_URL; servers run without it, but don't hear of one another",
        )
    }
}

fn answers(url: &str) -> bool {
    let patience = Duration::from_secs(2);
    let ping = || {
        let mut connection = redis::Client::open(url)?.get_connection_with_timeout(patience)?;
        connection.set_read_timeout(Some(patience))?;
        redis::cmd("PING").query::<String>(&mut connection)
    };
    ping().is_ok()
}

pub(super) fn clock(config: &Config) -> Vec<Finding> {
    const ABOUT: &str = "clock";
    let now = Clock::real_time().real();
    let mut findings = vec![if (2025..2100).contains(&now.year()) {
        Finding::fine(ABOUT, format!("it is {} here", now.in_shanghai().format("%Y-%m-%d %H:%M, %:z")))
    } else {
        Finding::wrong(
            ABOUT,
            format!("this machine says that it is {now}: set its clock, codes depend on it"),
        )
    }];
    let offset = existing(config).and_then(|mut db| demo::offset(&mut db).ok().flatten());
    if let Some(offset) = offset {
        let shown = now.plus(offset).in_shanghai().format("%Y-%m-%d %H:%M").to_string();
        findings
            .push(Finding::note(ABOUT, format!("this database is a demonstration; its clock shows {shown}")));
    }
    findings
}

pub(super) fn disk(config: &Config) -> Finding {
    const ABOUT: &str = "disk";
    let Engine::Sqlite(file) = &config.database.engine else {
        return Finding::fine(ABOUT, "PostgreSQL keeps the data; watch the disk there");
    };
    let folder = file.ancestors().skip(1).find(|folder| folder.exists());
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match rustix::fs::statvfs(folder) {
        Ok(stat) => {
            let free = stat.f_bavail.saturating_mul(stat.f_frsize);
            let sentence = format!("{} MiB are free at {}", free >> 20, folder.display());
            if free < LITTLE {
                Finding::wrong(ABOUT, format!("{sentence}: make room before it is full"))
            } else {
                Finding::fine(ABOUT, sentence)
            }
        }
        Err(error) => {
            Finding::note(ABOUT, format!("its free space at {} can't be told ({error})", folder.display()))
        }
    }
}

pub(super) fn listening(config: &Config) -> Vec<Finding> {
    let address = config.listen.address;
    let mut findings = vec![match TcpListener::bind(address) {
        Ok(_) => Finding::fine("address", format!("{address} is free to listen on")),
        Err(error) => Finding::note(
            "address",
            format!("{address} can't be listened on now ({error}); fine if that is this server, running"),
        ),
    }];
    if let Some((cert, key)) = &config.tls.files {
        findings.push(match serve::certificate(cert, key) {
            Ok(_) => Finding::fine("certificate", "it and its key can be read and fit"),
            Err(error) => Finding::wrong("certificate", error.to_string()),
        });
    }
    findings.push(https(config));
    findings
}

pub(super) fn tiles(config: &Config) -> Finding {
    const ABOUT: &str = "map";
    match &config.tiles {
        Some(tiles) => {
            Finding::fine(ABOUT, format!("its tiles come from {}", tiles.source().unwrap_or("this server")))
        }
        None => Finding::note(
            ABOUT,
            "no tiles are set: it shows grids and posts on a plain ground (DAOGANG_TILES)",
        ),
    }
}

fn https(config: &Config) -> Finding {
    const ABOUT: &str = "https";
    let url = config.public_url.text();
    if config.public_url.is_secure() {
        Finding::fine(ABOUT, format!("phones open {url}, and give it camera and position"))
    } else if is_loopback(url) {
        Finding::note(
            ABOUT,
            format!(
                "{url} works on this machine only. Phones give camera and position to https pages alone: set \
                 DAOGANG_PUBLIC_URL to an https address before people use it"
            ),
        )
    } else {
        Finding::wrong(
            ABOUT,
            format!(
                "phones give camera and position to https pages only, and {url} is none: set DAOGANG_PUBLIC_URL to \
                 an https address, with a certificate here (DAOGANG_TLS_CERT, DAOGANG_TLS_KEY) or on a proxy"
            ),
        )
    }
}

fn is_loopback(url: &str) -> bool {
    ["http://127.", "http://localhost", "http://[::1]"].iter().any(|start| url.starts_with(start))
}
