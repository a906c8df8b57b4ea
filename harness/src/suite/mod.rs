//! `harness suite`: benchmark suites that somebody else wrote, run unchanged and compared with what CPython made of them.
//!
//! Nothing of a suite is in this repository: `fetch` brings it, `stage` lays each benchmark out in a directory of its own with a stand-in
//! for the module `pyperf`, `golden` knows what CPython did, and this file runs the benchmarks, each in a process of its own.

pub mod fetch;
pub mod golden;
pub mod stage;
pub mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::verify::process::{End, Limits, Ran, run};
use golden::{Benchmark, Golden, Measured};

/// What begins a line that tells a benchmark's result.
pub const MARK: &str = "\u{1e}pyperf ";

/// What to run and how.
pub struct Plan {
    /// The harness's executable.
    pub executable: PathBuf,
    /// The cells, `dispatch/level`.
    pub cells: Vec<String>,
    /// The benchmarks.
    pub benchmarks: Vec<Benchmark>,
    /// What CPython made of them.
    pub golden: Golden,
    /// Where the benchmarks are.
    pub stage: PathBuf,
    /// Repetitions within a benchmark.
    pub loops: u32,
    /// Limits of each process.
    pub limits: Limits,
    /// Processes at a time.
    pub jobs: usize,
    /// The standard library, if not the one that is found.
    pub stdlib: Option<PathBuf>,
    /// Say on standard error what is under way.
    pub progress: bool,
}

/// What one cell made of one benchmark.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// `dispatch/level`.
    pub cell: String,
    /// What is wrong, if anything.
    pub problem: Option<String>,
    /// The measured parts.
    pub results: Vec<Measured>,
    /// Wall-clock time of the process.
    pub seconds: f64,
}

/// What the cells made of one benchmark.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// The benchmark.
    pub name: String,
    /// Its cells, in the plan's order.
    pub cells: Vec<Cell>,
    /// CPython's time for the measured parts together, as recorded.
    pub cpython_seconds: Option<f64>,
    /// Why it cannot work here, if it cannot.
    pub unsupported: Option<String>,
}

impl Row {
    /// Whether every cell did as CPython did.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.cells.iter().all(|c| c.problem.is_none())
    }

    /// Whether that is as expected.
    #[must_use]
    pub fn expected(&self) -> bool {
        self.passes() != self.unsupported.is_some()
    }
}

/// Runs the plan; one row for each benchmark, in order.
pub fn run_suite(plan: &Plan) -> Result<Vec<Row>, String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(plan.jobs).build().map_err(|e| e.to_string())?;
    let jobs: Vec<(&Benchmark, &String)> = plan.benchmarks.iter().flat_map(|b| plan.cells.iter().map(move |c| (b, c))).collect();
    let cells: Vec<Cell> = pool.install(|| {
        jobs.par_iter()
            .map(|(benchmark, cell)| {
                let done = one(plan, benchmark, cell);
                if plan.progress {
                    let verdict = done.problem.as_deref().unwrap_or("ok");
                    eprintln!("{} on {cell}: {verdict} ({:.2} s)", benchmark.name, done.seconds);
                }
                done
            })
            .collect()
    });
    let rows = plan.benchmarks.iter().zip(cells.chunks(plan.cells.len())).map(|(benchmark, cells)| Row {
        name: benchmark.name.clone(),
        cells: cells.to_vec(),
        cpython_seconds: plan.golden.benchmarks.get(&benchmark.name).map(|g| g.results.iter().map(|r| r.seconds).sum()),
        unsupported: benchmark.unsupported.clone(),
    });
    Ok(rows.collect())
}

fn one(plan: &Plan, benchmark: &Benchmark, cell: &str) -> Cell {
    let mut out = Cell { cell: cell.to_owned(), problem: None, results: Vec::new(), seconds: 0.0 };
    match run(command(plan, benchmark, cell), plan.limits) {
        Err(problem) => out.problem = Some(problem),
        Ok(ran) => {
            out.seconds = ran.wall.as_secs_f64();
            let (results, printed) = split(&ran.stdout);
            out.results = results;
            out.problem = compare(plan, benchmark, &ran, &out.results, &printed);
        }
    }
    out
}

fn command(plan: &Plan, benchmark: &Benchmark, cell: &str) -> Command {
    let directory = stage::directory(&plan.stage, &benchmark.name);
    let temporary = std::env::temp_dir();
    let list = |paths: &[&Path]| paths.iter().map(|p| p.to_string_lossy().into_owned()).collect::<Vec<_>>().join(",");
    let mut command = Command::new(&plan.executable);
    command.args(["--variant", cell, "--quiet", "--no-code-cache"]);
    command.arg(format!("--allow-read={}", list(&[&directory, &temporary])));
    command.arg(format!("--allow-write={}", list(&[&temporary])));
    if let Some(stdlib) = &plan.stdlib {
        command.arg("--stdlib").arg(stdlib);
    }
    command.arg("run_benchmark.py").args(&benchmark.args).arg(format!("--suite-loops={}", plan.loops));
    command.current_dir(&directory).env("PYTHONHASHSEED", "0");
    command
}

/// The results that the stand-in told, and the rest of the output.
fn split(stdout: &[u8]) -> (Vec<Measured>, String) {
    let text = String::from_utf8_lossy(stdout);
    let (mut results, mut rest) = (Vec::new(), String::new());
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(MARK).and_then(|json| serde_json::from_str(json).ok()) {
            Some(result) => results.push(result),
            None => rest.push_str(line),
        }
    }
    (results, rest)
}

fn compare(plan: &Plan, benchmark: &Benchmark, ran: &Ran, results: &[Measured], printed: &str) -> Option<String> {
    let Some(expected) = plan.golden.benchmarks.get(&benchmark.name) else {
        return Some("there is no recorded result".to_owned());
    };
    if ran.end != End::Status(expected.status) {
        let stderr = String::from_utf8_lossy(&ran.stderr);
        let last = stderr.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or_default();
        return Some(format!("{}; standard error ends: {last}", ran.end));
    }
    if printed != expected.stdout {
        let line = printed.lines().zip(expected.stdout.lines()).find(|(a, b)| a != b);
        return Some(match line {
            Some((got, wanted)) => format!("printed {got:?}, expected {wanted:?}"),
            None => "printed more or less than expected".to_owned(),
        });
    }
    let by_name = |all: &[Measured]| all.iter().map(|r| (r.name.clone(), r.digest.clone())).collect::<BTreeMap<_, _>>();
    let (got, wanted) = (by_name(results), by_name(&expected.results));
    for (name, digest) in &wanted {
        match (got.get(name), digest) {
            (None, _) => return Some(format!("no result of {name}")),
            // Once and many times may leave different things behind.
            (Some(Some(_)), Some(_)) if plan.loops != 1 => {}
            (Some(other), Some(digest)) if other.as_ref() != Some(digest) => return Some(format!("{name} has another result")),
            _ => {}
        }
    }
    (got.len() != wanted.len()).then(|| "more results than expected".to_owned())
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn results_are_told_apart_from_output() {
        let text = "a\n\u{1e}pyperf {\"name\": \"x\", \"seconds\": 0.5, \"digest\": \"00\"}\nb\n";
        let (results, rest) = split(text.as_bytes());
        assert_eq!(rest, "a\nb\n");
        assert_eq!((results[0].name.as_str(), results[0].digest.as_deref()), ("x", Some("00")));
    }
}
