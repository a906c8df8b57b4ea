//! Launching one sample: a process, its times, its output, its end.
//!
//! [`Launcher`] is what the scheduler sees and tests replace; [`ProcessLauncher`] is the real one, which takes the command
//! lines from [`Commands`].

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use reports::measure::Section;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};
use wait4::{ResUse, Wait4};

use super::Workload;
use super::child::{ChildReport, Timed};

/// What came of one process.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Launched {
    /// The timed iterations; for a program that does not time itself, one that covers the whole process.
    pub iterations: Vec<Timed>,
    /// What the iterations cover.
    pub section: Section,
    /// Wall time of the whole process.
    pub process_wall_ns: u64,
    /// Processor time of the whole process.
    pub process_cpu_ns: u64,
    /// The largest resident set.
    pub peak_rss_bytes: Option<u64>,
    /// What it printed, if that was to be kept.
    pub stdout: Option<Vec<u8>>,
}

/// Something that takes samples.
pub trait Launcher {
    /// Runs `workload` on `cell`, `iterations` times in one process, and keeps its output if `keep_output`. The error is
    /// a sentence for the report.
    fn launch(&mut self, cell: &str, workload: &Workload, iterations: u32, keep_output: bool) -> Result<Launched, String>;
}

/// The command lines behind the cells. Reference interpreters are cells whose process does not report its own times.
pub trait Commands {
    /// The process that runs `workload` on `cell`, measures itself with [`super::child::measure`], and writes the result to
    /// `report_to`.
    fn sample(&self, cell: &str, workload: &Workload, iterations: u32, report_to: &Path) -> Command;

    /// The process that runs `workload` on `cell` and nothing else: no calibration, no second iteration. For counting.
    fn plain(&self, cell: &str, workload: &Workload) -> Command;

    /// The process that runs `workload` on `cell` and writes its count of base instructions to `report_to`, as JSON with a
    /// `base_instructions` field; `None` for programs that cannot count.
    fn count(&self, _cell: &str, _workload: &Workload, _report_to: &Path) -> Option<Command> {
        None
    }
}

/// The harness itself for cells of the grid, and other programs for references.
#[derive(Debug, Clone)]
pub struct SelfCommands {
    /// The harness's executable.
    pub executable: PathBuf,
    /// Reference interpreters: name and program.
    pub references: Vec<(String, PathBuf)>,
    /// Options of every cell of the grid.
    pub policy: Vec<String>,
}

impl SelfCommands {
    fn reference(&self, cell: &str) -> Option<&Path> {
        self.references.iter().find(|(name, _)| name == cell).map(|(_, program)| program.as_path())
    }

    fn finish(mut command: Command, workload: &Workload) -> Command {
        command.arg(&workload.path).args(&workload.args).env("PYTHONHASHSEED", "0").env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}

impl Commands for SelfCommands {
    fn sample(&self, cell: &str, workload: &Workload, iterations: u32, report_to: &Path) -> Command {
        let command = match self.reference(cell) {
            Some(program) => Command::new(program),
            None => {
                let mut command = Command::new(&self.executable);
                command.args(["run-sample", "--variant", cell, "--iterations"]).arg(iterations.to_string()).arg("--report").arg(report_to);
                command.args(&self.policy);
                command
            }
        };
        SelfCommands::finish(command, workload)
    }

    fn plain(&self, cell: &str, workload: &Workload) -> Command {
        let command = match self.reference(cell) {
            Some(program) => Command::new(program),
            None => {
                let mut command = Command::new(&self.executable);
                command.args(["--variant", cell, "--no-code-cache"]).args(&self.policy);
                command
            }
        };
        SelfCommands::finish(command, workload)
    }

    fn count(&self, cell: &str, workload: &Workload, report_to: &Path) -> Option<Command> {
        if self.reference(cell).is_some() {
            return None;
        }
        let mut command = Command::new(&self.executable);
        command.args(["--variant", cell, "--no-code-cache", "--count-to"]).arg(report_to).args(&self.policy);
        Some(SelfCommands::finish(command, workload))
    }
}

/// Runs real processes, one at a time.
#[derive(Debug)]
pub struct ProcessLauncher<C> {
    /// The command lines.
    pub commands: C,
    /// A directory for the files that processes leave; they are removed again.
    pub scratch: PathBuf,
    /// How long a process may take before it is killed.
    pub limit: Duration,
}

impl<C: Commands> Launcher for ProcessLauncher<C> {
    fn launch(&mut self, cell: &str, workload: &Workload, iterations: u32, keep_output: bool) -> Result<Launched, String> {
        let report_path = self.scratch.join(format!(".sample.{}.json", std::process::id()));
        let output_path = self.scratch.join(format!(".output.{}.txt", std::process::id()));
        let error_path = self.scratch.join(format!(".error.{}.txt", std::process::id()));
        let result = (|| {
            let sink =
                |path: &Path| File::create(path).map(Stdio::from).map_err(|error| format!("cannot write '{}': {error}", path.display()));
            let mut command = self.commands.sample(cell, workload, iterations, &report_path);
            command.stdin(Stdio::null()).stderr(sink(&error_path)?);
            command.stdout(if keep_output { sink(&output_path)? } else { Stdio::null() });
            let finished = run(command, self.limit)?;
            if finished.status.code() != Some(workload.exit_status) {
                let last = fs::read(&error_path).unwrap_or_default();
                let last = String::from_utf8_lossy(&last);
                let last = last.lines().rev().find(|line| !line.trim().is_empty());
                return Err(format!("{}; {}", finished.status, last.unwrap_or("no message")));
            }
            let stdout =
                if keep_output { Some(fs::read(&output_path).map_err(|error| format!("its output was lost: {error}"))?) } else { None };
            Ok(finished.launched(ChildReport::read(&report_path), stdout))
        })();
        for path in [report_path, output_path, error_path] {
            // Those that were never written are not there to be removed.
            let _ = fs::remove_file(path);
        }
        result
    }
}

/// A process that ended.
struct Finished {
    status: ExitStatus,
    wall_ns: u64,
    cpu_ns: u64,
    max_rss_bytes: u64,
}

impl Finished {
    fn launched(&self, report: Option<ChildReport>, stdout: Option<Vec<u8>>) -> Launched {
        let whole = Launched {
            iterations: vec![Timed { wall_ns: self.wall_ns, cpu_ns: self.cpu_ns, before: None, after: None }],
            section: Section::Process,
            process_wall_ns: self.wall_ns,
            process_cpu_ns: self.cpu_ns,
            peak_rss_bytes: Some(self.max_rss_bytes),
            stdout,
        };
        match report {
            None => whole,
            Some(report) => Launched {
                iterations: report.iterations,
                section: Section::Run,
                peak_rss_bytes: report.peak_rss_bytes.or(whole.peak_rss_bytes),
                ..whole
            },
        }
    }
}

fn run(mut command: Command, limit: Duration) -> Result<Finished, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("cannot start '{program}': {error}"))?;
    let in_time = wait_until_done(&child, limit);
    if !in_time {
        // It has not been waited for, so its number cannot belong to another process yet.
        if let Some(pid) = pid(&child) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
    let ResUse { status, rusage } = child.wait4().map_err(|error| format!("cannot wait for '{program}': {error}"))?;
    let wall_ns = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    if !in_time {
        return Err(format!("killed after {} s", limit.as_secs()));
    }
    let cpu = rusage.utime + rusage.stime;
    Ok(Finished { status, wall_ns, cpu_ns: u64::try_from(cpu.as_nanos()).unwrap_or(u64::MAX), max_rss_bytes: rusage.maxrss })
}

fn pid(child: &Child) -> Option<Pid> {
    Pid::from_raw(i32::try_from(child.id()).ok()?)
}

/// Sleeps until the process ends or `limit` is over; true if it ended. Where the system cannot tell, it says true at
/// once, and the caller's wait has no limit.
pub(crate) fn wait_until_done(child: &Child, limit: Duration) -> bool {
    let Some(descriptor) = pid(child).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok()) else {
        return true;
    };
    let deadline = Instant::now() + limit;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout = Timespec { tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX), tv_nsec: left.subsec_nanos().into() };
        match poll(&mut [PollFd::new(&descriptor, PollFlags::IN)], Some(&timeout)) {
            Ok(0) => return false,
            Ok(_) => return true,
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return true,
        }
    }
}
