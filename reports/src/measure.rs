//! The measurements: what `harness bench` records and writes to `measurements.json` and `samples.csv`.
//!
//! Unlike [`crate::profile`], which holds event *counts* of one traced run, this holds *times* of many runs without a
//! probe, every sample by itself: nothing is averaged before it is written. Units stand at the end of each name.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::atomic;
use crate::error::ReportError;
use crate::phase::{self, Phase};

/// The number written to [`Measurements::schema`]; raised when a field changes its meaning.
pub const MEASUREMENTS_SCHEMA: u32 = 1;

/// The name of the file that holds everything.
pub const MEASUREMENTS_FILE: &str = "measurements.json";

/// The name of the file that holds the samples alone, for other tools.
pub const SAMPLES_FILE: &str = "samples.csv";

/// Everything one `harness bench` recorded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Measurements {
    /// The version of this format, [`MEASUREMENTS_SCHEMA`].
    pub schema: u32,
    /// True for data made up to develop or test the report; the report then says so on top.
    #[serde(default)]
    pub synthetic: bool,
    /// Where it ran.
    pub machine: MachineInfo,
    /// What ran.
    pub build: BuildInfo,
    /// How the samples were scheduled.
    pub plan: PlanInfo,
    /// The cells, in display order (`switch/plain`, …), and after them any reference interpreter by name.
    pub cells: Vec<String>,
    /// The workloads, in display order.
    pub workloads: Vec<WorkloadInfo>,
    /// Every sample that succeeded, in the order in which they ran.
    pub samples: Vec<Sample>,
    /// Every sample that failed.
    #[serde(default)]
    pub failures: Vec<Failure>,
    /// Simulated instruction counts, if they were asked for and valgrind was present.
    #[serde(default)]
    pub counts: Vec<InstructionCount>,
    /// Why there are no instruction counts, when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_unavailable: Option<String>,
}

/// The machine the samples ran on. `None` means that the system would not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineInfo {
    /// The processor's model name.
    pub cpu_model: Option<String>,
    /// Logical processors available to the harness.
    pub logical_cpus: Option<u32>,
    /// Main memory.
    pub memory_bytes: Option<u64>,
    /// The operating system's name and version.
    pub os: Option<String>,
    /// The kernel's release.
    pub kernel: Option<String>,
    /// The virtualisation detected, `none` if the processor says it is bare metal.
    pub hypervisor: Option<String>,
    /// The frequency governor of the first processor.
    pub governor: Option<String>,
    /// Whether hardware performance counters could be read.
    pub hardware_counters: Option<String>,
}

/// The program that was measured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInfo {
    /// The harness's version.
    pub version: String,
    /// The cargo profile: `release`, `bench`, `dev`.
    pub profile: String,
    /// The optimisation level, when known.
    pub opt_level: Option<String>,
    /// The compiler, as `rustc --version` prints it.
    pub rustc: Option<String>,
    /// The target triple.
    pub target: Option<String>,
    /// How tail calls are made: `return of a call, left to the optimiser (stable)` or `become (nightly)`.
    pub tail_calls: Option<String>,
    /// The source revision.
    pub revision: Option<String>,
    /// The size of the executable.
    pub executable_bytes: Option<u64>,
}

/// How the samples were scheduled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanInfo {
    /// The seed of the shuffle.
    pub seed: u64,
    /// Rounds asked for; in each, every cell runs every workload once, in shuffled order.
    pub rounds: u32,
    /// Timed iterations inside each process.
    pub iterations: u32,
    /// Whether `--quick` was given: a look, not a result.
    pub quick: bool,
    /// False while the bench runs, and for ever if it was interrupted.
    pub complete: bool,
    /// When the bench started, seconds since 1970.
    pub started_unix_s: u64,
}

/// One workload at one size.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkloadInfo {
    /// The workload's name: its file name without `.py`.
    pub name: String,
    /// What it exercises, in a word or two.
    #[serde(default)]
    pub kind: String,
    /// The size as given to the program, or `default`.
    pub size: String,
    /// Base instructions it executes, when a `--count` run told.
    #[serde(default)]
    pub base_instructions: Option<u64>,
}

/// One timed run of one workload on one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The cell, `dispatch/level`, or a reference interpreter's name.
    pub cell: String,
    /// The workload's name.
    pub workload: String,
    /// The workload's size.
    pub size: String,
    /// The round; each round uses a process of its own for each sample. Samples of one workload with equal `process` and
    /// `iteration` ran close together in time and are compared with each other.
    pub process: u32,
    /// The iteration inside the process.
    pub iteration: u32,
    /// The position in the whole schedule, from 0.
    pub order: u32,
    /// Wall time of the timed section.
    pub wall_ns: u64,
    /// Processor time, user and system, of the timed section.
    pub cpu_ns: u64,
    /// Wall time of the whole process, start-up and compilation included: what reference interpreters are compared by.
    pub process_wall_ns: u64,
    /// Processor time of the whole process.
    pub process_cpu_ns: u64,
    /// Whether the timed section is the program's run alone (`run`), or the whole process with start-up and compilation
    /// (`process`), as it is for reference interpreters.
    pub section: Section,
    /// The process's largest resident set.
    pub peak_rss_bytes: Option<u64>,
    /// The calibration right before.
    pub calibration_before: Option<Calibration>,
    /// The calibration right after.
    pub calibration_after: Option<Calibration>,
    /// The phase it ran in, derived from the calibrations of the whole file by [`crate::phase`].
    #[serde(default)]
    pub phase: Phase,
}

/// What a sample's times cover.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The execution of the compiled program.
    #[default]
    Run,
    /// The whole process.
    Process,
}

/// How fast two fixed loops ran: the instrument with which a disturbed host is noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Time of one perfectly predictable indirect call.
    pub indirect_ns_per_call: f64,
    /// Time of one iteration of a loop of direct code.
    pub direct_ns_per_iter: f64,
}

/// A sample that did not succeed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The cell.
    pub cell: String,
    /// The workload's name.
    pub workload: String,
    /// The round.
    pub process: u32,
    /// What happened.
    pub reason: String,
}

/// What callgrind counted in one run. Simulated, hence free of the host's disturbances.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstructionCount {
    /// The cell.
    pub cell: String,
    /// The workload's name.
    pub workload: String,
    /// The workload's size.
    pub size: String,
    /// Machine instructions executed, start-up and compilation included.
    pub instructions: u64,
    /// Machine instructions of the same process with an empty program, to be subtracted; `None` if not measured.
    #[serde(default)]
    pub startup_instructions: Option<u64>,
    /// Base instructions the program executes at this size, if a `--count` run told.
    #[serde(default)]
    pub base_instructions: Option<u64>,
    /// Indirect branches executed.
    #[serde(default)]
    pub indirect_branches: Option<u64>,
    /// Indirect branches that callgrind's simple predictor missed.
    #[serde(default)]
    pub indirect_mispredictions: Option<u64>,
    /// Conditional branches executed.
    #[serde(default)]
    pub conditional_branches: Option<u64>,
    /// Conditional branches that callgrind's simple predictor missed.
    #[serde(default)]
    pub conditional_mispredictions: Option<u64>,
}

impl InstructionCount {
    /// The instructions that running the program took, start-up subtracted where it is known.
    pub fn net_instructions(&self) -> u64 {
        self.instructions.saturating_sub(self.startup_instructions.unwrap_or(0))
    }
}

impl Measurements {
    /// Reads `measurements.json` in `directory` and labels its samples by phase.
    pub fn load(directory: &Path) -> Result<Measurements, ReportError> {
        Measurements::load_file(&directory.join(MEASUREMENTS_FILE))
    }

    /// Reads one file and labels its samples by phase.
    pub fn load_file(path: &Path) -> Result<Measurements, ReportError> {
        let text = fs::read_to_string(path).map_err(|error| ReportError::io("read", path, error))?;
        let mut measurements: Measurements =
            serde_json::from_str(&text).map_err(|source| ReportError::Json { path: path.to_owned(), source })?;
        if measurements.schema != MEASUREMENTS_SCHEMA {
            return Err(ReportError::Schema { path: path.to_owned(), found: measurements.schema, expected: MEASUREMENTS_SCHEMA });
        }
        phase::label(&mut measurements.samples);
        Ok(measurements)
    }

    /// Labels the samples by phase, then writes `measurements.json` and `samples.csv` to `directory`, each atomically.
    pub fn save(&mut self, directory: &Path) -> Result<(), ReportError> {
        phase::label(&mut self.samples);
        let path = directory.join(MEASUREMENTS_FILE);
        let mut json = serde_json::to_string_pretty(self).map_err(|source| ReportError::Json { path: path.clone(), source })?;
        json.push('\n');
        atomic::write(&path, json.as_bytes())?;
        atomic::write(&directory.join(SAMPLES_FILE), self.samples_csv().as_bytes())
    }

    /// The samples as comma-separated values with a header line; a missing number is an empty field.
    pub fn samples_csv(&self) -> String {
        let mut csv = String::from(
            "order,cell,workload,size,process,iteration,wall_ns,cpu_ns,process_wall_ns,process_cpu_ns,section,peak_rss_bytes,\
             before_indirect_ns_per_call,before_direct_ns_per_iter,\
             after_indirect_ns_per_call,after_direct_ns_per_iter,phase\n",
        );
        for sample in &self.samples {
            let calibration = |calibration: Option<Calibration>| match calibration {
                Some(c) => format!("{},{}", c.indirect_ns_per_call, c.direct_ns_per_iter),
                None => ",".to_owned(),
            };
            // Writing to a String cannot fail.
            let _ = writeln!(
                csv,
                "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
                sample.order,
                csv_field(&sample.cell),
                csv_field(&sample.workload),
                csv_field(&sample.size),
                sample.process,
                sample.iteration,
                sample.wall_ns,
                sample.cpu_ns,
                sample.process_wall_ns,
                sample.process_cpu_ns,
                match sample.section {
                    Section::Run => "run",
                    Section::Process => "process",
                },
                sample.peak_rss_bytes.map(|bytes| bytes.to_string()).unwrap_or_default(),
                calibration(sample.calibration_before),
                calibration(sample.calibration_after),
                sample.phase.name(),
            );
        }
        csv
    }
}

fn csv_field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_needs_it() {
        assert_eq!(csv_field("a,b"), "\"a,b\"");
        assert_eq!(csv_field("a\"b"), "\"a\"\"b\"");
        assert_eq!(csv_field("switch/plain"), "switch/plain");
    }

    #[test]
    fn csv_rows_have_as_many_fields_as_the_header() {
        let measurements = Measurements {
            samples: vec![Sample {
                cell: "switch/plain".into(),
                workload: "fib".into(),
                size: "20".into(),
                process: 0,
                iteration: 0,
                order: 0,
                wall_ns: 1,
                cpu_ns: 1,
                process_wall_ns: 1,
                process_cpu_ns: 1,
                section: Section::Run,
                peak_rss_bytes: None,
                calibration_before: None,
                calibration_after: Some(Calibration::default()),
                phase: Phase::Unknown,
            }],
            ..Measurements::default()
        };
        let csv = measurements.samples_csv();
        let fields: Vec<usize> = csv.lines().map(|line| line.split(',').count()).collect();
        assert_eq!(fields, vec![17, 17]);
    }
}
