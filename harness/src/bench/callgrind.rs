//! Instruction counts from callgrind: one simulated run per cell and workload.
//!
//! Unlike the timed samples these may run side by side, because a simulation is not disturbed by its neighbour. A cell's
//! start-up is counted once, with an empty program, so that it can be subtracted.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use reports::measure::{Failure, InstructionCount};

use super::Workload;
use super::launch::Commands;
use super::scratch::Scratch;

/// Whether valgrind can be run, and its version if so.
pub fn valgrind_version() -> Option<String> {
    let output = Command::new("valgrind").arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Callgrind's totals, by event name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Totals(Vec<(String, u64)>);

impl Totals {
    /// The total of an event.
    pub(crate) fn get(&self, event: &str) -> Option<u64> {
        self.0.iter().find(|(name, _)| name == event).map(|(_, n)| *n)
    }

    /// Reads the `events:` and `totals:` (or `summary:`) lines of a callgrind output file.
    fn parse(text: &str) -> Option<Totals> {
        let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
        let values: Vec<u64> =
            line("totals:").or_else(|| line("summary:"))?.split_whitespace().map(|value| value.parse().ok()).collect::<Option<_>>()?;
        // Callgrind leaves zeros at the end of a line out.
        let values = values.into_iter().chain(std::iter::repeat(0));
        let names = line("events:")?.split_whitespace().map(str::to_owned);
        Some(Totals(names.zip(values).collect()))
    }
}

/// Counts every workload on every cell; `Err` says why no counts are available at all. Single runs that fail are listed.
pub fn count_all(
    cells: &[String],
    workloads: &[Workload],
    commands: &(dyn Commands + Sync),
    interrupted: &AtomicBool,
    tick: impl Fn() + Sync,
) -> Result<(Vec<InstructionCount>, Vec<Failure>), String> {
    if valgrind_version().is_none() {
        return Err("valgrind is not installed".to_owned());
    }
    let file = Scratch::with("py", b"")?;
    let empty = Workload { name: "empty".into(), path: file.0.clone(), ..Workload::default() };
    let startup: Vec<Option<u64>> = cells.par_iter().map(|cell| count(commands.plain(cell, &empty), 0, BRANCHES).ok()?.get("Ir")).collect();
    // All cells execute the same base instructions, so the first one's count will do.
    let base_instructions: Vec<Option<u64>> =
        workloads.par_iter().map(|workload| base_instructions(commands, cells.first()?, workload)).collect();
    let jobs: Vec<(usize, (&Workload, Option<u64>))> =
        workloads.iter().zip(base_instructions).flat_map(|job| (0..cells.len()).map(move |cell| (cell, job))).collect();
    let results: Vec<Option<Result<InstructionCount, Failure>>> = jobs
        .par_iter()
        .map(|&(cell, (workload, base_instructions))| {
            if interrupted.load(Ordering::SeqCst) {
                return None;
            }
            let result = count(commands.plain(&cells[cell], workload), workload.exit_status, BRANCHES);
            tick();
            Some(match result {
                Ok(totals) => Ok(InstructionCount {
                    cell: cells[cell].clone(),
                    workload: workload.name.clone(),
                    size: workload.size(),
                    instructions: totals.get("Ir").unwrap_or(0),
                    startup_instructions: startup[cell],
                    base_instructions,
                    indirect_branches: totals.get("Bi"),
                    indirect_mispredictions: totals.get("Bim"),
                    conditional_branches: totals.get("Bc"),
                    conditional_mispredictions: totals.get("Bcm"),
                }),
                Err(reason) => Err(Failure {
                    cell: cells[cell].clone(),
                    workload: workload.name.clone(),
                    process: 0,
                    reason: format!("under callgrind: {reason}"),
                }),
            })
        })
        .collect();
    let (mut counts, mut failures) = (Vec::new(), Vec::new());
    for result in results.into_iter().flatten() {
        match result {
            Ok(count) => counts.push(count),
            Err(failure) => failures.push(failure),
        }
    }
    Ok((counts, failures))
}

/// What a counting run of `workload` says it executed.
fn base_instructions(commands: &dyn Commands, cell: &str, workload: &Workload) -> Option<u64> {
    let file = Scratch::new("json");
    let mut command = commands.count(cell, workload, &file.0)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    let count: serde_json::Value = serde_json::from_slice(&fs::read(&file.0).ok()?).ok()?;
    count.get("base_instructions")?.as_u64()
}

/// The option that has branches counted too.
const BRANCHES: &[&str] = &["--branch-sim=yes"];

/// Runs `inner` under callgrind, with these options of its own.
pub(crate) fn count(inner: Command, exit_status: i32, options: &[&str]) -> Result<Totals, String> {
    let file = Scratch::new("callgrind");
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--quiet"])
        .args(options)
        .arg(format!("--callgrind-out-file={}", file.0.display()))
        .arg(inner.get_program())
        .args(inner.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let status = command.status().map_err(|error| format!("cannot start valgrind: {error}"))?;
    if status.code() != Some(exit_status) {
        return Err(format!("it ended with {status}"));
    }
    let text = fs::read_to_string(&file.0).map_err(|error| format!("callgrind's output was lost: {error}"))?;
    Totals::parse(&text).ok_or_else(|| "callgrind's output has no totals".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_read_by_name() {
        let totals = Totals::parse("version: 1\nevents: Ir Bc Bcm Bi Bim\n\nfn=x\n1 2\ntotals: 10 4 1 3 2\n").unwrap();
        assert_eq!((totals.get("Ir"), totals.get("Bim"), totals.get("Dr")), (Some(10), Some(2), None));
        assert_eq!(Totals::parse("events: Ir\n"), None);
        let short = Totals::parse("events: Ir Bi Bim\nsummary: 10\n").unwrap();
        assert_eq!((short.get("Ir"), short.get("Bim")), (Some(10), Some(0)));
    }
}
