//! What an empty program costs: instructions, and CPU time.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use reports::stats::median;

use super::counts::instructions;
use super::page::{Bar, Page};
use super::peers::{CPYTHON_3_13, Peers};
use super::process;
use crate::bench::scratch::Scratch;

/// Pairs of runs.
const RUNS: u32 = 40;

/// Adds the figures.
pub(super) fn add(page: &mut Page, harness: &Path, peers: &Peers, limit: Duration) -> Result<(), String> {
    let (time, count) = ("start-up, CPU time ÷ `cpython-3.13 -S -E`", "start-up, instructions ÷ `cpython-3.13 -S -E`");
    let peer = match peers.get(CPYTHON_3_13) {
        Ok(peer) => peer,
        Err(reason) => {
            page.skipped(time, "< 1", reason);
            page.skipped(count, "< 1", reason);
            return Ok(());
        }
    };
    let empty = Scratch::with("py", b"")?;
    let command = |program: &Path, options: &[&str]| {
        let mut command = Command::new(program);
        command.args(options).arg(&empty.0);
        command
    };
    let ours = || command(harness, &["--quiet"]);
    let theirs = || command(&peer.program, &["-S", "-E"]);
    let (mut mine, mut other) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        mine.push(process::run(ours(), 0, limit)?.cpu.as_secs_f64());
        other.push(process::run(theirs(), 0, limit)?.cpu.as_secs_f64());
    }
    let ratio = median(&mine).zip(median(&other)).map_or(f64::NAN, |(mine, other)| mine / other);
    page.number(time, Bar::Most(1.0), ratio);
    match instructions(ours(), 0).and_then(|mine| Ok((mine, instructions(theirs(), 0)?))) {
        Ok((mine, other)) => page.number(count, Bar::Most(1.0), mine as f64 / other as f64),
        Err(reason) => page.skipped(count, "< 1", &reason),
    }
    Ok(())
}
