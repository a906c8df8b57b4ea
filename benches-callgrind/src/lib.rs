//! What the callgrind bench runs: a workload prepared outside the count, and run inside it.

use harness::bench::subject::{Subject, workload};

/// Compiles the workload `name` for `cell`; not counted.
pub fn prepare(cell: &str, name: &str) -> Result<Subject, String> {
    Subject::prepare(cell, &workload(name)?)
}

/// Runs it; counted. A failure ends the bench: a count of a run that went wrong is worse than none.
pub fn run(subject: Result<Subject, String>) {
    if let Err(reason) = subject.and_then(Subject::run) {
        eprintln!("{reason}");
        std::process::exit(1);
    }
}
