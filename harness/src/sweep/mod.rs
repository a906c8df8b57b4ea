//! `harness sweep`: programs traced under many policies, and a chart of what the policies change.
//!
//! Each point runs in a process of its own. Counts come from one observed run, since they repeat; times, if asked for, from several
//! runs without a probe, all points taking turns.

mod axes;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use dispatch_variants::Variant;
use rayon::prelude::*;
use reports::profile::Profile;
use reports::sweep::{Axis as SweptAxis, Point, SWEEP_SCHEMA, Sweep};
use vm_core::adapt::policy::Policy;

use crate::bench::child::ChildReport;
use crate::bench::manifest::{self, Size};
use crate::policy::PolicyArgs;
use axes::Axis;

/// The arguments of `harness sweep`.
#[derive(Args, Debug, Clone)]
pub struct Arguments {
    /// Where to write sweep.json, the chart (SVG and PNG) and index.html
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// The variant
    #[arg(long, default_value = "specialized")]
    pub variant: String,
    /// The era whose policy is varied
    #[arg(long, default_value = "3.13")]
    pub era: String,
    /// Size of programs that are workloads; others run without arguments
    #[arg(long, default_value = "test")]
    pub size: Size,
    /// Time each point that often, too
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub times: u32,
    /// Traced processes at a time [default: one per processor]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// The policies that are not varied
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// POLICY=VALUES, of warmup, adaptive-initial, adaptive-cooldown, backoff-max and super-set, where VALUES are 1,2,5 or 1..4096*2 or
    /// 0..12+3; and the programs
    #[arg(required = true, value_name = "POLICY=VALUES|FILE")]
    pub what: Vec<String>,
}

/// One run to make.
struct Run<'a> {
    program: &'a Program,
    values: Vec<String>,
    options: Vec<String>,
}

struct Program {
    name: String,
    file: PathBuf,
    args: Vec<String>,
}

/// Runs the sweep; the lines to show, or why it could not be run.
pub fn sweep(arguments: &Arguments) -> Result<Vec<String>, String> {
    let variant = Variant::by_name(&arguments.variant).ok_or_else(|| format!("unknown variant '{}'", arguments.variant))?;
    let policy = Policy::of_era(&arguments.era).ok_or_else(|| format!("era {} has no policy", arguments.era))?;
    let (axes, programs) = parse(arguments)?;
    let runs = plan(arguments, &axes, &programs)?;
    reports::atomic::create_directory(&arguments.output).map_err(|e| e.to_string())?;
    let executable = std::env::current_exe().map_err(|e| format!("cannot find this executable: {e}"))?;
    let jobs = arguments.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|e| e.to_string())?;
    let bar = indicatif::ProgressBar::new(runs.len() as u64 * (1 + u64::from(arguments.times)));
    let number = AtomicUsize::new(0);
    let mut points: Vec<Point> = pool.install(|| {
        runs.par_iter()
            .map(|run| {
                let scratch = arguments.output.join(format!("point-{}.json", number.fetch_add(1, Ordering::Relaxed)));
                let point = counted(&executable, &variant.name(), run, &scratch);
                let _ = std::fs::remove_file(&scratch);
                bar.inc(1);
                point
            })
            .collect::<Result<_, String>>()
    })?;
    for round in 0..arguments.times {
        for (run, point) in runs.iter().zip(&mut points) {
            let scratch = arguments.output.join(format!("time-{round}.json"));
            let time = timed(&executable, &variant.name(), run, &scratch)?;
            let _ = std::fs::remove_file(&scratch);
            point.cpu_ns.push(time);
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    let sweep = Sweep {
        schema: SWEEP_SCHEMA,
        variant: variant.name(),
        era: arguments.era.clone(),
        options: arguments.policy.to_args(),
        axes: axes
            .iter()
            .map(|a| SweptAxis {
                name: a.name.to_owned(),
                label: a.label.to_owned(),
                values: a.values.clone(),
                default: a.value_of(&policy),
            })
            .collect(),
        programs: programs.into_iter().map(|p| p.name).collect(),
        points,
    };
    let charts = reports::sweep::write(&sweep, &arguments.output).map_err(|e| e.to_string())?;
    Ok(vec![format!("{}: {} points, {charts} charts, index.html", arguments.output.display(), sweep.points.len())])
}

fn parse(arguments: &Arguments) -> Result<(Vec<Axis>, Vec<Program>), String> {
    let mut axes: Vec<Axis> = Vec::new();
    let mut programs: Vec<Program> = Vec::new();
    for text in &arguments.what {
        if Path::new(text).is_file() {
            programs.push(program(Path::new(text), arguments.size));
        } else if text.contains('=') {
            let axis = axes::axis(text)?;
            if axes.iter().any(|a| a.knob == axis.knob) {
                return Err(format!("{} is given twice", axis.name));
            }
            axes.push(axis);
        } else {
            return Err(format!("'{text}' is neither a file nor POLICY=VALUES"));
        }
    }
    match (axes.is_empty(), programs.is_empty()) {
        (true, _) => Err("name at least one policy to vary, such as warmup=1..64*2".to_owned()),
        (_, true) => Err("name at least one program".to_owned()),
        _ => Ok((axes, programs)),
    }
}

/// A program; a workload gets its argument.
fn program(file: &Path, size: Size) -> Program {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let listed = manifest::workloads(file.parent().unwrap_or(Path::new("")), size).unwrap_or_default();
    let args = listed.into_iter().find(|w| w.path.file_name() == file.file_name()).map(|w| w.args).unwrap_or_default();
    Program { name, file: file.to_owned(), args }
}

/// Every combination of values, for every program.
fn plan<'a>(arguments: &Arguments, axes: &[Axis], programs: &'a [Program]) -> Result<Vec<Run<'a>>, String> {
    let mut combinations: Vec<(Vec<String>, PolicyArgs)> = vec![(Vec::new(), arguments.policy.clone())];
    for axis in axes {
        let mut next = Vec::new();
        for (values, args) in &combinations {
            for value in &axis.values {
                let (mut values, mut args) = (values.clone(), args.clone());
                axis.set(&mut args, value)?;
                values.push(value.clone());
                next.push((values, args));
            }
        }
        combinations = next;
    }
    let run = |program| combinations.iter().map(move |(values, args)| Run { program, values: values.clone(), options: args.to_args() });
    Ok(programs.iter().flat_map(run).collect())
}

fn finish(mut command: Command, run: &Run<'_>) -> Result<(), String> {
    command.args(&run.options).arg(&run.program.file).args(&run.program.args).env("PYTHONHASHSEED", "0");
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().map_err(|e| e.to_string())?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or("no message");
    Err(format!("{} with {}: {}: {last}", run.program.name, run.options.join(" "), done.status))
}

/// One observed run.
fn counted(executable: &Path, variant: &str, run: &Run<'_>, scratch: &Path) -> Result<Point, String> {
    let mut command = Command::new(executable);
    command.args(["trace", "--variant", variant, "-o"]).arg(scratch);
    finish(command, run)?;
    let profile: Profile = crate::policy::read_profile(scratch)?;
    let sum = |f: fn(&reports::profile::FamilyProfile) -> u64| profile.families.iter().map(f).sum();
    Ok(Point {
        program: run.program.name.clone(),
        values: run.values.clone(),
        base_instructions: profile.base_instructions,
        dispatches: profile.dispatches,
        adaptive: sum(|f| f.unspecialised + f.hits + f.misses),
        hits: sum(|f| f.hits),
        misses: sum(|f| f.misses),
        attempts: sum(|f| f.attempts),
        deopts: sum(|f| f.deopts),
        quickened: profile.quickenings.instructions,
        cpu_ns: Vec::new(),
    })
}

/// Processor time of one run without a probe.
fn timed(executable: &Path, variant: &str, run: &Run<'_>, scratch: &Path) -> Result<u64, String> {
    let mut command = Command::new(executable);
    command.args(["run-sample", "--variant", variant, "--report"]).arg(scratch);
    finish(command, run)?;
    let report = ChildReport::read(scratch).ok_or_else(|| format!("{} did not report its time", run.program.name))?;
    report.iterations.first().map(|t| t.cpu_ns).ok_or_else(|| format!("{} did not report its time", run.program.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(what: &[&str]) -> Arguments {
        Arguments {
            output: "out".into(),
            variant: "quickened".into(),
            era: "3.13".into(),
            size: Size::Test,
            times: 0,
            jobs: None,
            policy: PolicyArgs { backoff_max: Some(3), ..PolicyArgs::default() },
            what: what.iter().map(|&s| s.to_owned()).collect(),
        }
    }

    #[test]
    fn every_combination_of_values_is_run_for_every_program() {
        let fib = manifest::source_directory().join("fib.py");
        let arguments = arguments(&["warmup=1,2", "adaptive-initial=0..2", &fib.to_string_lossy()]);
        let (axes, programs) = parse(&arguments).unwrap();
        let runs = plan(&arguments, &axes, &programs).unwrap();
        assert_eq!(runs.len(), 6);
        assert_eq!(runs[4].values, ["2", "1"]);
        assert_eq!(runs[4].options, ["--warmup", "2", "--adaptive-initial", "1/0", "--backoff-max", "3"]);
        assert_eq!(programs[0].args.len(), 1);
    }

    #[test]
    fn what_is_missing_or_doubled_is_named() {
        let fib = manifest::source_directory().join("fib.py").to_string_lossy().into_owned();
        for (what, part) in [
            (vec!["warmup=1"], "program"),
            (vec![&*fib], "policy"),
            (vec!["warmup=1", "warmup=2", &*fib], "twice"),
            (vec!["nothing", "warmup=2", &*fib], "'nothing'"),
        ] {
            let error = parse(&arguments(&what)).err().unwrap();
            assert!(error.contains(part), "{error}");
        }
    }
}
