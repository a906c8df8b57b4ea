//! `harness verify`: every program on every cell, each in a process of its own, against what CPython printed and against each other.
//!
//! `case` knows what is expected, `process` how one run is held to its limits, `table` how the result is shown; this file runs the grid
//! and compares.

pub mod case;
pub mod process;
pub mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;

use case::{Case, Stderr};
use process::{End, Limits, Ran, run};

/// Which builds of the run loop a cell is run with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// Without a probe: what is timed.
    No,
    /// Counting base instructions.
    Yes,
    /// One process each.
    Both,
}

/// What to verify and how.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The harness's executable.
    pub executable: PathBuf,
    /// The cells, `dispatch/level`.
    pub cells: Vec<String>,
    /// The programs.
    pub cases: Vec<Case>,
    /// Failures that are expected, by program name, and why.
    pub known: BTreeMap<String, String>,
    /// Limits of each process.
    pub limits: Limits,
    /// With a probe or without.
    pub watched: Watched,
    /// Collect at every safepoint.
    pub gc_stress: bool,
    /// Further options of every process.
    pub options: Vec<String>,
    /// Processes at a time.
    pub jobs: usize,
    /// Show progress on standard error.
    pub progress: bool,
}

/// What one cell made of one program.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// `dispatch/level`.
    pub cell: String,
    /// What is wrong, if anything.
    pub problem: Option<String>,
    /// Base instructions, if counted.
    pub base_instructions: Option<u64>,
    /// Wall-clock time of the processes.
    pub seconds: f64,
}

/// What the grid made of one program.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The program.
    pub name: String,
    /// Its cells, in the plan's order.
    pub cells: Vec<Cell>,
    /// How the cells' instruction counts disagree, if they do.
    pub counts_differ: Option<String>,
    /// Why it is expected to fail, if it is.
    pub known_failure: Option<String>,
}

impl Row {
    /// Whether every cell did as CPython did, and all counted the same.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.counts_differ.is_none() && self.cells.iter().all(|c| c.problem.is_none())
    }

    /// Whether that is as expected.
    #[must_use]
    pub fn expected(&self) -> bool {
        self.passes() == self.known_failure.is_none()
    }
}

/// Runs the plan; one row for each case, in order.
pub fn verify(plan: &Plan) -> Result<Vec<Row>, String> {
    let scratch = Scratch::new()?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(plan.jobs).build().map_err(|e| e.to_string())?;
    let done = AtomicUsize::new(0);
    let total = plan.cases.len() * plan.cells.len();
    let bar = plan.progress.then(|| {
        let bar = indicatif::ProgressBar::new(total as u64);
        bar.set_style(
            indicatif::ProgressStyle::with_template("{pos}/{len} runs, {elapsed}, {msg}")
                .unwrap_or(indicatif::ProgressStyle::default_bar()),
        );
        bar
    });
    let jobs: Vec<(&Case, &String)> = plan.cases.iter().flat_map(|case| plan.cells.iter().map(move |cell| (case, cell))).collect();
    let cells: Vec<Cell> = pool.install(|| {
        jobs.par_iter()
            .map(|(case, cell)| {
                let result = one(plan, case, cell, &scratch.0.join(format!("{}.json", done.fetch_add(1, Ordering::Relaxed))));
                if let Some(bar) = &bar {
                    bar.set_message(format!("{} on {cell}", case.name));
                    bar.inc(1);
                    if let Some(problem) = &result.problem
                        && !plan.known.contains_key(&case.name)
                    {
                        bar.suspend(|| eprintln!("FAILED {} on {cell}: {problem}", case.name));
                    }
                }
                result
            })
            .collect()
    });
    if let Some(bar) = &bar {
        bar.finish_and_clear();
    }
    let rows = plan.cases.iter().zip(cells.chunks(plan.cells.len())).map(|(case, cells)| Row {
        name: case.name.clone(),
        counts_differ: counts_differ(cells),
        cells: cells.to_vec(),
        known_failure: plan.known.get(&case.name).cloned(),
    });
    Ok(rows.collect())
}

fn one(plan: &Plan, case: &Case, cell: &str, counts: &Path) -> Cell {
    let mut out = Cell { cell: cell.to_owned(), problem: None, base_instructions: None, seconds: 0.0 };
    let runs: &[bool] = match plan.watched {
        Watched::No => &[false],
        Watched::Yes => &[true],
        Watched::Both => &[false, true],
    };
    for &counted in runs {
        let ran = run(command(plan, case, cell, counted.then_some(counts)), plan.limits);
        match ran {
            Err(problem) => out.problem = Some(problem),
            Ok(ran) => {
                out.seconds += ran.wall.as_secs_f64();
                out.problem = compare(case, &ran);
                if out.problem.is_none() && counted {
                    match read_count(counts) {
                        Ok(count) => out.base_instructions = Some(count),
                        Err(problem) => out.problem = Some(problem),
                    }
                }
            }
        }
        if let Some(problem) = &mut out.problem {
            if counted && plan.watched == Watched::Both {
                problem.push_str(" (in the counting run only)");
            }
            break;
        }
    }
    out
}

fn command(plan: &Plan, case: &Case, cell: &str, counts: Option<&Path>) -> Command {
    let mut command = Command::new(&plan.executable);
    command.args(["--variant", cell, "--quiet", "--no-code-cache"]);
    if let Some(path) = counts {
        command.arg("--count-to").arg(path);
    }
    if plan.gc_stress {
        command.arg("--gc-stress");
    }
    command
        .args(&case.options)
        .args(&plan.options)
        .arg(&case.file)
        .args(&case.args)
        .current_dir(&case.directory)
        .env("PYTHONHASHSEED", "0");
    command
}

fn read_count(path: &Path) -> Result<u64, String> {
    let text = std::fs::read(path).map_err(|e| format!("no instruction count was written: {e}"))?;
    let json: serde_json::Value = serde_json::from_slice(&text).map_err(|e| format!("the instruction count is damaged: {e}"))?;
    json["base_instructions"].as_u64().ok_or_else(|| "the instruction count is missing".to_owned())
}

/// What a run did otherwise than expected: how it ended first, since that explains the rest.
fn compare(case: &Case, ran: &Ran) -> Option<String> {
    // CPython shows absolute file names here and there; expectations hold them relative to the directory.
    let here = format!("{}/", case.directory.canonicalize().unwrap_or_default().display());
    let stderr = String::from_utf8_lossy(&ran.stderr).replace(&here, "");
    let last = stderr.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or_default();
    if ran.end != End::Status(case.status) {
        let said = if last.is_empty() { String::new() } else { format!("; standard error ends: {last}") };
        return Some(format!("{}, expected exit status {}{said}", ran.end, case.status));
    }
    if let Some(difference) = first_difference(&case.stdout, &ran.stdout) {
        return Some(format!("standard output differs at {difference}"));
    }
    match &case.stderr {
        Stderr::Any => None,
        Stderr::LastLine(expected) => (last != expected.trim_end() && stderr.lines().next_back().unwrap_or_default() != expected)
            .then(|| format!("standard error ends with {last:?}, expected {expected:?}")),
        Stderr::Whole(expected) => first_difference(expected, stderr.as_bytes()).map(|d| format!("standard error differs at {d}")),
    }
}

/// The first line in which two texts differ, with both lines.
fn first_difference(expected: &[u8], got: &[u8]) -> Option<String> {
    if expected == got {
        return None;
    }
    let lines =
        |text: &[u8]| -> Vec<String> { text.split_inclusive(|&b| b == b'\n').map(|l| String::from_utf8_lossy(l).into_owned()).collect() };
    let (expected, got) = (lines(expected), lines(got));
    let at = expected.iter().zip(&got).position(|(e, g)| e != g).unwrap_or(expected.len().min(got.len()));
    let line = |text: &[String]| text.get(at).map_or("nothing more".to_owned(), |l| clipped(l));
    Some(format!("line {}: expected {}, got {}", at + 1, line(&expected), line(&got)))
}

/// A line as shown in a message.
fn clipped(line: &str) -> String {
    const LONGEST: usize = 160;
    if line.chars().count() <= LONGEST { format!("{line:?}") } else { format!("{:?}…", line.chars().take(LONGEST).collect::<String>()) }
}

/// Which cells counted what, if they did not all count the same.
fn counts_differ(cells: &[Cell]) -> Option<String> {
    let mut by_count: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for cell in cells {
        if let Some(count) = cell.base_instructions {
            by_count.entry(count).or_default().push(&cell.cell);
        }
    }
    (by_count.len() > 1).then(|| {
        let groups: Vec<String> = by_count.iter().map(|(count, cells)| format!("{count} on {}", cells.join(", "))).collect();
        format!("base instructions differ: {}", groups.join("; "))
    })
}

/// A directory for the counts, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("harness-verify-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|e| format!("cannot create '{}': {e}", path.display()))?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left lies in the directory for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The time limit of one process at a size.
#[must_use]
pub fn default_time_limit(full: bool, gc_stress: bool) -> Duration {
    let seconds = if full { 240 } else { 20 };
    Duration::from_secs(if gc_stress { seconds * 10 } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(end: End, stdout: &str, stderr: &str) -> Ran {
        Ran { end, stdout: stdout.into(), stderr: stderr.into(), wall: Duration::ZERO }
    }

    fn expecting(stdout: &str, status: i32, stderr: Stderr) -> Case {
        Case {
            name: "x".into(),
            directory: ".".into(),
            file: "x.py".into(),
            args: Vec::new(),
            options: Vec::new(),
            stdout: stdout.into(),
            status,
            stderr,
        }
    }

    #[test]
    fn differences_are_said_precisely() {
        let case = expecting("a\nb\n", 0, Stderr::LastLine(String::new()));
        assert_eq!(compare(&case, &ran(End::Status(0), "a\nb\n", "")), None);
        let problem = compare(&case, &ran(End::Status(0), "a\nc\n", "")).unwrap();
        assert_eq!(problem, "standard output differs at line 2: expected \"b\\n\", got \"c\\n\"");
        let problem = compare(&case, &ran(End::Status(0), "a\n", "")).unwrap();
        assert!(problem.ends_with("line 2: expected \"b\\n\", got nothing more"), "{problem}");
        let problem = compare(&case, &ran(End::Signal(11), "", "boom\n")).unwrap();
        assert!(problem.contains("signal 11") && problem.contains("boom"), "{problem}");
        assert!(compare(&case, &ran(End::Status(0), "a\nb\n", "Warning\n")).is_some());
        let case = expecting("", 1, Stderr::LastLine("ValueError: x".into()));
        assert_eq!(compare(&case, &ran(End::Status(1), "", "Traceback\nValueError: x\n")), None);
        assert!(compare(&case, &ran(End::Status(1), "", "Traceback\nValueError: y\n")).is_some());
        let case = expecting("", 1, Stderr::Whole(b"a\nb\n".to_vec()));
        assert!(compare(&case, &ran(End::Status(1), "", "a\nc\n")).unwrap().contains("line 2"));
    }

    #[test]
    fn counts_are_compared_across_cells() {
        let cell = |name: &str, count| Cell { cell: name.into(), problem: None, base_instructions: count, seconds: 0.0 };
        assert_eq!(counts_differ(&[cell("a", Some(1)), cell("b", None), cell("c", Some(1))]), None);
        let text = counts_differ(&[cell("a", Some(1)), cell("b", Some(2)), cell("c", Some(1))]).unwrap();
        assert_eq!(text, "base instructions differ: 1 on a, c; 2 on b");
    }
}
