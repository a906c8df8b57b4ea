//! `harness verify`: the grid against CPython and against itself, or two cells side by side.

use clap::Args;
use dispatch_variants::{Variant, Watch};
use harness::bench::manifest::Size;
use harness::execute::{Job, Output};
use harness::lockstep::{Verdict, lockstep};
use harness::policy::PolicyArgs;
use harness::verify::case::{known_failures, programs, workloads};
use harness::verify::process::Limits;
use harness::verify::{Plan, Watched, default_time_limit, table, verify};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use vm_core::adapt::policy::Policy;

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum SizeArg {
    /// Well under a second
    Test,
    /// What a workload runs without an argument
    Full,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Probe {
    /// As timed; instruction counts are not compared
    None,
    /// Counting runs only
    Count,
    /// One process each
    Both,
}

#[derive(Args)]
pub(super) struct VerifyArgs {
    /// The size of the workloads
    #[arg(long, value_enum, default_value = "test")]
    size: SizeArg,
    /// Only these cells (again for each)
    #[arg(long, value_parser = super::variant)]
    variant: Vec<Variant>,
    /// Only these workloads, or programs whose names begin so (again for each)
    #[arg(long, value_name = "NAME")]
    workload: Vec<String>,
    /// Processes at a time
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Runs with or without a probe; both at test size, counting at full size, none for programs
    #[arg(long, value_enum)]
    probe: Option<Probe>,
    /// Collect garbage at every safepoint and poison what is freed
    #[arg(long)]
    gc_stress: bool,
    /// Seconds a process may take
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,
    /// Memory a process may use
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    memory_limit: u64,
    /// Write all results to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Verify the conformance programs of this directory instead of the workloads
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "tests/programs")]
    programs: Option<PathBuf>,
    /// Verify a suite (pyperformance) instead of the workloads; see `harness suite`
    #[arg(long, value_name = "SUITE", conflicts_with = "programs")]
    suite: Option<String>,
    /// Run two cells side by side and stop at the first base instruction that differs
    #[arg(long, num_args = 2, value_names = ["A", "B"], value_parser = super::variant, requires = "file")]
    lockstep: Option<Vec<Variant>>,
    /// With --lockstep; conformance programs say themselves what they need
    #[command(flatten)]
    access: harness::access::AccessArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    /// The era whose rules apply
    #[arg(long, default_value = "3.13", value_parser = super::era)]
    era: String,
    /// The program, with --lockstep
    #[arg(requires = "lockstep")]
    file: Option<String>,
    /// Its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Verifies; 0 if all is as expected.
pub(super) fn run(args: &VerifyArgs) -> i32 {
    if let Some(suite) = &args.suite {
        return verify_suite(suite, args).unwrap_or_else(|message| {
            eprintln!("harness: {message}");
            2
        });
    }
    let result = match (args.lockstep.as_deref(), &args.file) {
        (Some(&[a, b]), Some(file)) => return side_by_side(a, b, file, args),
        _ => grid(args),
    };
    result.unwrap_or_else(|message| {
        eprintln!("harness: {message}");
        2
    })
}

fn side_by_side(a: Variant, b: Variant, file: &str, args: &VerifyArgs) -> i32 {
    let job = |variant| {
        let job = Job {
            variant,
            file: file.to_owned(),
            args: args.args.clone(),
            watch: Watch::Observe,
            policy: Policy::default(),
            gc_stress: args.gc_stress,
            output: Output::Nowhere,
            time_limit: None,
            stdlib: None,
            access: args.access.access(),
            code_cache: false,
        };
        args.policy.policy(&args.era, &job).map(|policy| Job { policy, ..job })
    };
    let (a, b) = match (job(a), job(b)) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(message), _) | (_, Err(message)) => {
            eprintln!("harness: {message}");
            return 2;
        }
    };
    let names = [a.variant.name(), b.variant.name()];
    match lockstep(a, b) {
        Verdict::Agree(count, status) => {
            println!("{} agree: {count} base instructions, exit status {status}", names.join(" and "));
            0
        }
        Verdict::Differ(text) => {
            print!("{text}");
            1
        }
        Verdict::NoStart(error) => error.report(),
    }
}

fn verify_suite(suite: &str, args: &VerifyArgs) -> Result<i32, String> {
    let cells: Vec<Variant> = if args.variant.is_empty() { Variant::grid().collect() } else { args.variant.clone() };
    let seconds = args.time_limit.unwrap_or(600.0);
    let plan = super::suite::plan(super::suite::Choice {
        suite,
        names: &args.workload,
        cells: cells.iter().map(Variant::name).collect(),
        wheel: None,
        cache: None,
        stdlib: None,
        loops: 1,
        limits: Limits {
            time: Duration::try_from_secs_f64(seconds).map_err(|e| format!("--time-limit: {e}"))?,
            memory_bytes: args.memory_limit.max(2048) << 20,
        },
        jobs: args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get)),
    })?;
    let rows = harness::suite::run_suite(&plan)?;
    if let Some(path) = &args.json {
        let json = serde_json::to_vec_pretty(&rows).map_err(|e| e.to_string())?;
        reports::atomic::write(path, &json).map_err(|e| e.to_string())?;
    }
    let printed = super::print_all(harness::suite::table::table(&rows).as_bytes());
    Ok(if rows.iter().all(harness::suite::Row::expected) { printed } else { 1 })
}

fn grid(args: &VerifyArgs) -> Result<i32, String> {
    let full = args.size == SizeArg::Full;
    let mut known = BTreeMap::new();
    let cases = match &args.programs {
        Some(directory) => {
            known.extend(known_failures(&directory.join("known_failures.txt"))?);
            programs(directory, &args.workload)?
        }
        None => workloads(&super::workloads_dir(), if full { Size::Full } else { Size::Test }, &args.workload)?,
    };
    let cells = if args.variant.is_empty() { Variant::grid().collect() } else { args.variant.clone() };
    let time = match args.time_limit.map(Duration::try_from_secs_f64).transpose() {
        Ok(limit) => limit.unwrap_or_else(|| default_time_limit(full, args.gc_stress)),
        Err(error) => return Err(format!("--time-limit: {error}")),
    };
    let watched = match args.probe {
        Some(Probe::None) => Watched::No,
        Some(Probe::Count) => Watched::Yes,
        Some(Probe::Both) => Watched::Both,
        None if args.programs.is_some() => Watched::No,
        None if full => Watched::Yes,
        None => Watched::Both,
    };
    let plan = Plan {
        executable: std::env::current_exe().map_err(|e| format!("cannot find this executable: {e}"))?,
        cells: cells.iter().map(Variant::name).collect(),
        cases,
        known,
        limits: Limits { time, memory_bytes: args.memory_limit << 20 },
        watched,
        gc_stress: args.gc_stress,
        options: args.policy.to_args(),
        jobs: args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get)),
        progress: true,
    };
    let rows = verify(&plan)?;
    if let Some(path) = &args.json {
        let json = serde_json::to_vec_pretty(&rows).map_err(|e| e.to_string())?;
        reports::atomic::write(path, &json).map_err(|e| e.to_string())?;
    }
    let text = table::table(&rows, args.programs.is_none());
    let printed = super::print_all(text.as_bytes());
    let good = rows.iter().all(harness::verify::Row::expected);
    Ok(if good { printed } else { 1 })
}
