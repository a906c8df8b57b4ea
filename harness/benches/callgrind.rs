//! `cargo bench`'s way to the callgrind counts: runs `cargo bench -p benches-callgrind` if valgrind is there.
//!
//! The counting itself lives in a package of its own, because iai-callgrind's runner brings a hundred packages that no other
//! build should pay for; it is told where this build's executable is. When this process runs, cargo has finished building and holds no lock.

use std::process::{Command, ExitCode};

use harness::bench::callgrind::valgrind_version;

fn main() -> ExitCode {
    // What cargo passes to every bench, and a filter meant for another one, must not start a count.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if arguments.iter().any(|argument| argument == "--test" || argument == "--list") {
        return ExitCode::SUCCESS;
    }
    match valgrind_version() {
        None => {
            println!("callgrind counts: valgrind is not installed; nothing was counted");
            return ExitCode::SUCCESS;
        }
        Some(version) => println!("callgrind counts, with {version}"),
    }
    let status = Command::new(env!("CARGO"))
        .args(["bench", "--package", "benches-callgrind", "--bench", "callgrind"])
        .env("HARNESS_EXECUTABLE", env!("CARGO_BIN_EXE_harness"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => {
            eprintln!("callgrind counts: cargo ended with {status}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("callgrind counts: cannot start cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
