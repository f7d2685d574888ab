//! Looks at everything that a server needs and says in plain words what is wrong.

mod checks;

use std::process::ExitCode;

use crate::config::Config;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// As it should be.
    Fine,
    /// Works, and is worth knowing.
    Note,
    /// Doesn't work until it is changed.
    Wrong,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub grade: Grade,
    /// What was looked at.
    pub about: &'static str,
    /// What was found, and what to do.
    pub sentence: String,
}

impl Finding {
    fn fine(about: &'static str, sentence: impl Into<String>) -> Self {
        Self { grade: Grade::Fine, about, sentence: sentence.into() }
    }

    fn note(about: &'static str, sentence: impl Into<String>) -> Self {
        Self { grade: Grade::Note, about, sentence: sentence.into() }
    }

    fn wrong(about: &'static str, sentence: impl Into<String>) -> Self {
        Self { grade: Grade::Wrong, about, sentence: sentence.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mark = match self.grade {
            Grade::Fine => "ok   ",
            Grade::Note => "note ",
            Grade::Wrong => "WRONG",
        };
        write!(f, "{mark}  {}: {}", self.about, self.sentence)
    }
}

/// Runs every check on the settings of this process, prints a line for each, and tells by the exit code whether
/// something is wrong.
pub fn run() -> ExitCode {
    let mut any_wrong = false;
    for finding in examine(Config::from_environment()) {
        any_wrong |= finding.grade == Grade::Wrong;
        println!("{finding}");
    }
    if any_wrong {
        println!("\nSomething is wrong; the lines above say what to change.");
        ExitCode::FAILURE
    } else {
        println!("\nNothing is wrong.");
        ExitCode::SUCCESS
    }
}

/// Looks at the file of keys alone.
pub fn keys(config: &Config) -> Finding {
    checks::keys_file(config)
}

/// Runs every check. With wrong settings nothing else can be looked at.
pub fn examine(config: Result<Config, Vec<crate::config::Problem>>) -> Vec<Finding> {
    let config = match config {
        Ok(config) => config,
        Err(problems) => {
            return problems
                .into_iter()
                .map(|wrong| Finding::wrong(wrong.variable, wrong.sentence))
                .collect();
        }
    };
    let mut findings = vec![Finding::fine("settings", "every variable can be read")];
    findings.extend(checks::database(&config));
    findings.push(checks::keys_file(&config));
    findings.push(checks::redis(&config));
    findings.extend(checks::clock(&config));
    findings.push(checks::disk(&config));
    findings.extend(checks::listening(&config));
    findings.push(checks::tiles(&config));
    findings
}
