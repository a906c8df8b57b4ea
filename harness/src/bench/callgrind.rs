//! Instruction counts from callgrind: one simulated run per cell and workload.
//!
//! Unlike the timed samples these may run side by side, because a simulation is not disturbed by its neighbour. A cell's
//! start-up is counted once, with an empty program, so that it can be subtracted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;
use reports::measure::{Failure, InstructionCount};

use super::Workload;
use super::launch::Commands;

/// Whether valgrind can be run, and its version if so.
pub fn valgrind_version() -> Option<String> {
    let output = Command::new("valgrind").arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Callgrind's totals, by event name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Totals(Vec<(String, u64)>);

impl Totals {
    fn get(&self, event: &str) -> Option<u64> {
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
    let scratch = Scratch::new()?;
    let empty = Workload { name: "empty".into(), path: scratch.0.join("empty.py"), ..Workload::default() };
    fs::write(&empty.path, "").map_err(|error| format!("cannot write '{}': {error}", empty.path.display()))?;
    let startup: Vec<Option<u64>> = cells.par_iter().map(|cell| count(commands.plain(cell, &empty), 0, &scratch).ok()?.get("Ir")).collect();
    // All cells execute the same base instructions, so the first one's count will do.
    let base_instructions: Vec<Option<u64>> =
        workloads.par_iter().map(|workload| base_instructions(commands, cells.first()?, workload, &scratch)).collect();
    let jobs: Vec<(usize, (&Workload, Option<u64>))> =
        workloads.iter().zip(base_instructions).flat_map(|job| (0..cells.len()).map(move |cell| (cell, job))).collect();
    let results: Vec<Option<Result<InstructionCount, Failure>>> = jobs
        .par_iter()
        .map(|&(cell, (workload, base_instructions))| {
            if interrupted.load(Ordering::SeqCst) {
                return None;
            }
            let result = count(commands.plain(&cells[cell], workload), workload.exit_status, &scratch);
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

/// A number for file names that no other run in this process has.
fn unique() -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// What a counting run of `workload` says it executed.
fn base_instructions(commands: &dyn Commands, cell: &str, workload: &Workload, scratch: &Scratch) -> Option<u64> {
    let file = scratch.0.join(format!("count.{}.json", unique()));
    let mut command = commands.count(cell, workload, &file)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    let count: serde_json::Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    count.get("base_instructions")?.as_u64()
}

/// Runs `inner` under callgrind.
fn count(inner: Command, exit_status: i32, scratch: &Scratch) -> Result<Totals, String> {
    let file = scratch.0.join(format!("callgrind.{}", unique()));
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--branch-sim=yes", "--quiet"])
        .arg(format!("--callgrind-out-file={}", file.display()))
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
    let text = fs::read_to_string(&file).map_err(|error| format!("callgrind's output was lost: {error}"))?;
    let _ = fs::remove_file(&file);
    Totals::parse(&text).ok_or_else(|| "callgrind's output has no totals".to_owned())
}

/// A directory that is removed again.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        let path: PathBuf = Path::new(&std::env::temp_dir()).join(format!("harness-callgrind-{}", std::process::id()));
        fs::create_dir_all(&path).map_err(|error| format!("cannot create '{}': {error}", path.display()))?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
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
