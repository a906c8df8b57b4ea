//! One measured process: what it printed, its CPU time, its peak memory.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::bench::child::peak_rss_bytes;
use crate::bench::launch::wait_until_done;
use crate::bench::scratch::Scratch;

/// How often a running process is asked for its peak memory.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// A process that ended as it should.
#[derive(Debug)]
pub(super) struct Ended {
    /// User and system.
    pub(super) cpu: Duration,
    /// The largest resident set.
    pub(super) peak_bytes: u64,
    pub(super) stdout: Vec<u8>,
}

/// Runs a process to its end, which must have exit status `status`.
pub(super) fn run(mut command: Command, status: i32, limit: Duration) -> Result<Ended, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let scratch = Scratch::new("out");
    let errors = Scratch::new("err");
    command.stdin(Stdio::null()).stdout(scratch.create()?).stderr(errors.create()?);
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("cannot start '{program}': {error}"))?;
    let id = child.id().to_string();
    let mut seen = 0;
    while !wait_until_done(&child, LOOK_EVERY) {
        seen = seen.max(peak_rss_bytes(&id).unwrap_or(0));
        if start.elapsed() > limit {
            // It is waited for right below.
            let _ = child.kill();
            break;
        }
    }
    let ended = child.wait4().map_err(|error| format!("cannot wait for '{program}': {error}"))?;
    if ended.status.code() != Some(status) {
        let said = fs::read(&errors.0).unwrap_or_default();
        let said = String::from_utf8_lossy(&said).lines().rev().find(|line| !line.trim().is_empty()).map(str::to_owned);
        return Err(format!("{}; {}", ended.status, said.unwrap_or("no message".into())));
    }
    let stdout = fs::read(&scratch.0).map_err(|error| format!("its output was lost: {error}"))?;
    let cpu = ended.rusage.utime + ended.rusage.stime;
    Ok(Ended { cpu, peak_bytes: peak(ended.rusage.maxrss, seen, peak_rss_bytes("self").unwrap_or(0)), stdout })
}

/// What the system tells of an ended process includes the size of its parent at the fork; only what is larger than that is its own.
fn peak(told: u64, seen: u64, parent: u64) -> u64 {
    if told > parent || seen == 0 { told } else { seen }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn output_status_and_limit_are_told() {
        let second = Duration::from_secs(1);
        assert_eq!(run(shell("echo yes; exit 3"), 3, 9 * second).unwrap().stdout, b"yes\n");
        let error = run(shell("echo no >&2; exit 3"), 0, 9 * second).unwrap_err();
        assert!(error.contains('3') && error.ends_with("; no"), "{error}");
        assert!(run(shell("exec sleep 60"), 0, second / 10).is_err());
    }

    #[test]
    fn the_parents_size_is_not_taken_for_the_childs() {
        assert_eq!(peak(30, 5, 20), 30);
        assert_eq!(peak(20, 5, 20), 5);
        assert_eq!(peak(20, 0, 20), 20);
    }
}
