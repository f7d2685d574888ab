//! The commands of the `daogang` binary.

mod backup;
mod database;
mod files;
mod phones;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::clock::Timestamp;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::{cli, doctor};

/// Everything is set by environment variables; these stand below every help.
const SETTINGS: &str = "\
Settings are environment variables:
  DATABASE_URL                 where everything is kept: sqlite://data/daogang.db unless set, or postgres://user@host/database
  REDIS_URL                    only for several servers at once: redis://host:port/
  DAOGANG_LISTEN               address and port: 127.0.0.1:8080 unless set
  DAOGANG_PUBLIC_URL           the address that phones open, such as https://daogang.example
  DAOGANG_KEYS_FILE            the file of secret keys: beside the SQLite file unless set; must be set with PostgreSQL
  DAOGANG_TLS_CERT, _TLS_KEY   your own certificate and its key (PEM files), when no proxy has one
  DAOGANG_TRUSTED_PROXIES      networks of proxies in front of the server, such as 10.0.0.0/8
  DAOGANG_METRICS_LISTEN       an address of its own for the figures, or
  DAOGANG_METRICS_TOKEN        a token that reads them at /metrics
  DAOGANG_MIGRATE_DATABASE_URL the database owner's address, for `daogang migrate` on PostgreSQL
  DAOGANG_TILES                where the map's pictures come from: none unless set, tianditu, amap, or an address such as
                               https://tiles.example/{z}/{x}/{y}.png
  DAOGANG_TILES_KEY, _DATUM, _ATTRIBUTION
                               the source's key; for an address: wgs84, gcj02 or bd09, and what stands on the map
  RUST_LOG                     how much is logged: info unless set

`daogang doctor` says what is wrong with them.";

/// Daogang (到岗): posts are published, members claim and stand them, and the minutes count.
///
/// Try it out: `daogang seed demo` makes a city with invented people, `daogang serve` then serves it.
#[derive(Debug, Parser)]
#[command(name = "daogang", version, after_help = SETTINGS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server until it is stopped (Ctrl-C, or SIGTERM); what has begun is finished first
    Serve {
        /// For demonstrations: the time that the server's clock shows when it starts, such as
        /// 2026-09-01T07:00:00+08:00. Only for a database that `daogang seed` made
        #[arg(long, value_name = "TIME", value_parser = time)]
        clock: Option<Timestamp>,
    },
    /// Brings the database to the shape that this version needs; on PostgreSQL run it once after each update
    Migrate,
    /// Fills an empty database with something to try out
    #[command(subcommand)]
    Seed(Seed),
    /// Works on the record of minutes and points
    #[command(subcommand)]
    Ledger(Ledger),
    /// Writes everything in the database to one file, as of one commit, while servers go on
    Backup(backup::Backup),
    /// Makes the database what it was when a backup was written, and checks its ledger
    Restore(backup::Restore),
    /// Looks for what is wrong with the settings, the database, Redis, the keys, the clock and the disk
    Doctor,
    /// Makes a certificate of your own, so that phones in the same network get https for a try-out
    Certificate(phones::Certificate),
    /// Prints an address as a code that a phone's scanner opens
    Qr {
        /// The address, such as https://192.168.1.20:8443
        url: String,
    },
}

#[derive(Debug, Subcommand)]
enum Seed {
    /// A city with the real names of its streets and communities, invented people, and one week of posts. The accounts
    /// are printed at the end
    Demo(database::Demo),
}

#[derive(Debug, Subcommand)]
enum Ledger {
    /// Checks that every entry is as it was written, and names those that are not
    Verify,
}

fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text)
        .ok_or_else(|| "write date, time and offset, such as 2026-09-01T07:00:00+08:00".to_owned())
}

/// Runs the command that the arguments name. What goes wrong is said in one sentence, and the exit code is 1.
pub fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve { clock } => cli::serve::serve(clock),
        Command::Migrate => database::migrate(),
        Command::Seed(Seed::Demo(wanted)) => database::seed(wanted),
        Command::Ledger(Ledger::Verify) => database::verify_ledger(),
        Command::Backup(wanted) => backup::backup(&wanted),
        Command::Restore(wanted) => backup::restore(&wanted),
        Command::Doctor => return doctor::run(),
        Command::Certificate(wanted) => phones::certificate(&wanted),
        Command::Qr { url } => phones::qr(&url),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("daogang: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// What an operator reads: a cause's own words, or the refusal's sentence.
fn sentence(error: &Error) -> String {
    match error {
        Error::Internal(cause) => cause.to_string(),
        refused => refused.code().sentence(false).to_owned() + "; `daogang doctor` says more",
    }
}

fn config() -> Result<Config> {
    Config::from_environment().map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Error::internal(format!("these settings need another value:\n  {}", lines.join("\n  ")))
    })
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::internal)
}
