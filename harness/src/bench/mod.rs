//! `harness bench`: measuring every cell on every workload, honestly.
//!
//! Knows how to schedule, launch, time and record; it does not know what a cell is or how a program runs. That comes in
//! through [`launch::Commands`], so that the scheduler is tested with made-up processes and no clock.
//!
//! The order of events: a *rehearsal* runs every cell on every workload once, untimed, and compares their outputs (what
//! disagrees is not timed); then *rounds*, each an independently shuffled pass over all of them, every sample in a process
//! of its own; then, where valgrind is present and was asked for, *counts*. The file on disk is replaced atomically as
//! samples come in, so that an interrupted bench leaves what it had measured.

pub mod calibrate;
pub mod callgrind;
pub mod child;
pub mod command;
pub mod launch;
pub mod machine;
pub mod manifest;
pub mod run_sample;
pub mod schedule;
pub(crate) mod scratch;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use indicatif::{ProgressBar, ProgressStyle};
use reports::ReportError;
use reports::measure::{BuildInfo, Failure, MEASUREMENTS_SCHEMA, MachineInfo, Measurements, PlanInfo, Sample, WorkloadInfo};
use reports::phase::Phase;

use launch::{Launched, Launcher};
use schedule::{Job, Plan};

/// How long samples may pile up in memory before the file on disk is brought up to date.
const SAVE_EVERY: Duration = Duration::from_secs(20);

/// A program to be measured.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workload {
    /// Its name: the file name without `.py`.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// Its arguments; usually the size.
    pub args: Vec<String>,
    /// What it exercises.
    pub kind: String,
    /// The exit status it must end with.
    pub exit_status: i32,
    /// A file with the output it must print, if there is one.
    pub expected_output: Option<PathBuf>,
    /// Base instructions at this size, if a `--count` run told.
    pub base_instructions: Option<u64>,
}

impl Workload {
    /// The size as shown in the report.
    pub fn size(&self) -> String {
        if self.args.is_empty() { "default".to_owned() } else { self.args.join(" ") }
    }
}

/// What to measure and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The cells and, after them, the reference interpreters, by name.
    pub cells: Vec<String>,
    /// The programs.
    pub workloads: Vec<Workload>,
    /// Rounds of timed samples.
    pub rounds: u32,
    /// Timed iterations inside each process.
    pub iterations: u32,
    /// The seed of the shuffle.
    pub seed: u64,
    /// Whether this is a quick look; only recorded.
    pub quick: bool,
    /// Where the data goes.
    pub output: PathBuf,
    /// Whether to show a progress bar on stderr.
    pub progress: bool,
    /// The program under measurement, for the record.
    pub build: BuildInfo,
    /// The machine, for the record.
    pub machine: MachineInfo,
}

/// Why a bench could not be run.
#[derive(Debug)]
pub enum BenchError {
    /// There is nothing to measure.
    Empty(&'static str),
    /// The data could not be written.
    Write(ReportError),
}

impl fmt::Display for BenchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BenchError::Empty(what) => write!(f, "there are no {what} to measure"),
            BenchError::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BenchError {}

impl From<ReportError> for BenchError {
    fn from(error: ReportError) -> BenchError {
        BenchError::Write(error)
    }
}

/// A flag that is raised when the user presses Ctrl-C; the second press ends the process at once.
///
/// The handler can be installed once per process; where it cannot, the flag is simply never raised.
pub fn interrupt_flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    let installed = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    if let Err(error) = installed {
        tracing::debug!(%error, "Ctrl-C will not be handled gently");
    }
    flag
}

/// Runs the rehearsal and the rounds, and returns what was measured. It is on disk already, in `options.output`.
///
/// An interrupted bench is not an error: [`PlanInfo::complete`] is false then.
pub fn run(options: &Options, launcher: &mut dyn Launcher, interrupted: &AtomicBool) -> Result<Measurements, BenchError> {
    if options.cells.is_empty() {
        return Err(BenchError::Empty("cells"));
    }
    if options.workloads.is_empty() {
        return Err(BenchError::Empty("workloads"));
    }
    let mut measurements = blank(options);
    reports::atomic::create_directory(&options.output)?;
    // Written before anything runs, so that an unwritable directory is noticed now and not in an hour.
    measurements.save(&options.output)?;

    let plan = Plan::new(options.cells.len(), options.workloads.len(), options.rounds, options.seed);
    let bar = progress_bar(options.progress, (plan.pairs() + plan.jobs.len()) as u64);
    let excluded = rehearse(options, launcher, interrupted, &bar, &mut measurements);
    let mut saved = Instant::now();
    let mut complete = true;
    for job in &plan.jobs {
        if interrupted.load(Ordering::SeqCst) {
            complete = false;
            break;
        }
        if !excluded.contains(&(job.cell, job.workload)) {
            bar.set_message(format!(
                "round {}/{} {} {}",
                job.round + 1,
                options.rounds,
                options.workloads[job.workload].name,
                options.cells[job.cell]
            ));
            let launched = launcher.launch(&options.cells[job.cell], &options.workloads[job.workload], options.iterations, false);
            if interrupted.load(Ordering::SeqCst) {
                // The key press reached the child too: whatever it says now is not to be believed.
                complete = false;
                break;
            }
            record(options, job, launched, &mut measurements);
        }
        bar.inc(1);
        if saved.elapsed() >= SAVE_EVERY {
            measurements.save(&options.output)?;
            saved = Instant::now();
        }
    }
    bar.finish_and_clear();
    measurements.plan.complete = complete;
    measurements.save(&options.output)?;
    Ok(measurements)
}

/// The record before the first sample.
fn blank(options: &Options) -> Measurements {
    Measurements {
        schema: MEASUREMENTS_SCHEMA,
        synthetic: false,
        machine: options.machine.clone(),
        build: options.build.clone(),
        plan: PlanInfo {
            seed: options.seed,
            rounds: options.rounds,
            iterations: options.iterations,
            quick: options.quick,
            complete: false,
            started_unix_s: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        },
        cells: options.cells.clone(),
        workloads: options
            .workloads
            .iter()
            .map(|workload| WorkloadInfo {
                name: workload.name.clone(),
                kind: workload.kind.clone(),
                size: workload.size(),
                base_instructions: workload.base_instructions,
            })
            .collect(),
        ..Measurements::default()
    }
}

fn progress_bar(visible: bool, length: u64) -> ProgressBar {
    if !visible {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} (about {eta} left) {wide_msg}") {
        bar.set_style(style);
    }
    bar
}

/// Runs every cell on every workload once, untimed. Returns the (cell, workload) pairs that failed or printed something
/// other than the expected output (where there is none: than the first cell that succeeded); they are recorded as
/// failures and not timed.
fn rehearse(
    options: &Options,
    launcher: &mut dyn Launcher,
    interrupted: &AtomicBool,
    bar: &ProgressBar,
    measurements: &mut Measurements,
) -> Vec<(usize, usize)> {
    let mut excluded = Vec::new();
    for (w, workload) in options.workloads.iter().enumerate() {
        let mut expected = workload.expected_output.as_ref().and_then(|path| {
            let name = format!("the expected output {}", path.display());
            Some((std::fs::read(path).ok()?, name))
        });
        for (c, cell) in options.cells.iter().enumerate() {
            if interrupted.load(Ordering::SeqCst) {
                return excluded;
            }
            bar.set_message(format!("rehearsal {} {cell}", workload.name));
            let reason = match launcher.launch(cell, workload, 1, true) {
                Err(reason) => Some(reason),
                Ok(launched) => {
                    let output = launched.stdout.unwrap_or_default();
                    let (wanted, whose) = expected.get_or_insert_with(|| (output.clone(), format!("{cell}'s")));
                    (output != *wanted).then(|| format!("its output differs from {whose}"))
                }
            };
            if let (Some(reason), false) = (reason, interrupted.load(Ordering::SeqCst)) {
                excluded.push((c, w));
                measurements.failures.push(Failure {
                    cell: cell.clone(),
                    workload: workload.name.clone(),
                    process: 0,
                    reason: format!("in the rehearsal, hence not timed: {reason}"),
                });
            }
            bar.inc(1);
        }
    }
    excluded
}

fn record(options: &Options, job: &Job, launched: Result<Launched, String>, measurements: &mut Measurements) {
    let cell = options.cells[job.cell].clone();
    let workload = &options.workloads[job.workload];
    match launched {
        Err(reason) => measurements.failures.push(Failure { cell, workload: workload.name.clone(), process: job.round, reason }),
        Ok(launched) => {
            for (iteration, timed) in launched.iterations.iter().enumerate() {
                measurements.samples.push(Sample {
                    cell: cell.clone(),
                    workload: workload.name.clone(),
                    size: workload.size(),
                    process: job.round,
                    iteration: iteration as u32,
                    order: job.order,
                    wall_ns: timed.wall_ns,
                    cpu_ns: timed.cpu_ns,
                    process_wall_ns: launched.process_wall_ns,
                    process_cpu_ns: launched.process_cpu_ns,
                    section: launched.section,
                    peak_rss_bytes: launched.peak_rss_bytes,
                    calibration_before: timed.before,
                    calibration_after: timed.after,
                    phase: Phase::Unknown,
                });
            }
        }
    }
}

/// Adds callgrind's counts for `cells` (or says why there are none) to measurements that are on disk in `output`.
pub fn add_counts(
    measurements: &mut Measurements,
    output: &Path,
    cells: &[String],
    workloads: &[Workload],
    commands: &(dyn launch::Commands + Sync),
    interrupted: &AtomicBool,
    progress: bool,
) -> Result<(), BenchError> {
    let bar = progress_bar(progress, (cells.len() * workloads.len()) as u64);
    bar.set_message("counting instructions with callgrind");
    match callgrind::count_all(cells, workloads, commands, interrupted, || bar.inc(1)) {
        Err(reason) => measurements.counts_unavailable = Some(reason),
        Ok((counts, failures)) => {
            measurements.counts = counts;
            measurements.failures.extend(failures);
        }
    }
    bar.finish_and_clear();
    measurements.save(output)?;
    Ok(())
}

#[cfg(test)]
mod tests;
