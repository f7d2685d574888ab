//! The command line of Daogang.

fn main() -> std::process::ExitCode {
    daogang::cli::run()
}
