//! The real binary as a process of its own, for what can't be tried inside the test's.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use super::Caller;
use super::city::{self, City};

/// How long a process may take until it serves or gives up; a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(20);

/// The path of the binary.
pub fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_daogang")
}

/// `daogang` with these arguments, run by `program` (the binary, or what starts it), on this database and file of keys.
pub fn daogang(program: &str, database_url: &str, keys: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("DATABASE_URL", database_url)
        .env("DAOGANG_KEYS_FILE", keys)
        .env("DAOGANG_LISTEN", "127.0.0.1:0");
    command
}

/// A server that serves until it is dropped.
pub struct Process {
    child: Child,
    base: String,
}

impl Process {
    /// Starts a command that ends in `daogang serve` and waits until it serves.
    ///
    /// # Errors
    /// What it said on stderr, when it ended instead.
    pub fn start(mut command: Command) -> Result<Self, String> {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it can be run");
        let (told, heard) = mpsc::channel();
        let stderr = BufReader::new(child.stderr.take().expect("its stderr"));
        std::thread::spawn(move || {
            let mut said = String::new();
            for line in stderr.lines().map_while(Result::ok) {
                if let Some(address) = address_in(&line) {
                    let _ = told.send(Ok(address));
                }
                said.push_str(&line);
                said.push('\n');
            }
            let _ = told.send(Err(said));
        });
        let address = heard.recv_timeout(PATIENCE).unwrap_or_else(|_| Err("it says nothing".to_owned()));
        match address {
            Ok(address) => Ok(Self { child, base: format!("http://{address}") }),
            Err(said) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(said)
            }
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its address, such as `http://127.0.0.1:40123`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Someone of the city, signed in.
    pub fn member(&self, name: &str) -> Caller {
        Caller::new(&self.base, Some(city::token(name)), City::person(name).id)
    }

    /// Kills it as `kill -9` does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The address in the line of the log that says that it serves.
fn address_in(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    let fields = &line["fields"];
    (fields["message"] == "serving").then(|| fields["listen"].as_str().map(str::to_owned))?
}
