//! `harness suite`: lists the benchmarks of a suite, or runs them.

use clap::Args;
use dispatch_variants::Variant;
use harness::suite::golden::suite;
use harness::suite::{Plan, Row, run_suite, stage, table};
use harness::verify::process::Limits;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Args)]
pub(super) struct SuiteArgs {
    /// The suite (pyperformance), or `list`
    suite: String,
    /// Only these benchmarks
    names: Vec<String>,
    /// The cell (again for each)
    #[arg(long, value_parser = super::variant)]
    variant: Vec<Variant>,
    /// Run on every cell
    #[arg(long, conflicts_with = "variant")]
    all_cells: bool,
    /// Repeat within each benchmark, instead of running it once
    #[arg(long)]
    full: bool,
    /// The suite's wheel, instead of downloading it
    #[arg(long, value_name = "FILE")]
    wheel: Option<PathBuf>,
    /// Where downloads and unpacked benchmarks are kept
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// The directory of the standard library
    #[arg(long, value_name = "DIR")]
    stdlib: Option<PathBuf>,
    /// Seconds a process may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300.0)]
    time_limit: f64,
    /// Memory a process may use
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    memory_limit: u64,
    /// Processes at a time
    #[arg(long, value_name = "N", default_value_t = 1)]
    jobs: usize,
    /// Write all results, as JSON, to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only unpack the benchmarks, and print where they are
    #[arg(long)]
    prepare: bool,
}

/// Repetitions within a benchmark with `--full`.
const FULL_LOOPS: u32 = 5;

/// Runs the suite; 0 if all is as expected.
pub(super) fn run(args: &SuiteArgs) -> i32 {
    let result = if args.suite == "list" { list() } else { run_named(args) };
    result.unwrap_or_else(|message| {
        eprintln!("harness: {message}");
        2
    })
}

fn list() -> Result<i32, String> {
    let (suite, golden) = suite("pyperformance")?;
    println!("pyperformance {} (results of CPython {})", suite.distribution.version, golden.python);
    for benchmark in &suite.benchmarks {
        let note = benchmark.unsupported.as_ref().map_or(String::new(), |reason| format!("  (not supported: {reason})"));
        println!("  {}{note}", benchmark.name);
    }
    Ok(0)
}

/// How the benchmarks of a suite are chosen and run.
pub(super) struct Choice<'a> {
    pub(super) suite: &'a str,
    pub(super) names: &'a [String],
    pub(super) cells: Vec<String>,
    pub(super) wheel: Option<&'a Path>,
    pub(super) cache: Option<&'a Path>,
    pub(super) stdlib: Option<PathBuf>,
    pub(super) loops: u32,
    pub(super) limits: Limits,
    pub(super) jobs: usize,
}

/// The plan of a choice; the benchmarks are fetched and laid out.
pub(super) fn plan(choice: Choice<'_>) -> Result<Plan, String> {
    let (suite, golden) = suite(choice.suite)?;
    if let Some(unknown) = choice.names.iter().find(|n| !suite.benchmarks.iter().any(|b| b.name == **n)) {
        return Err(format!("unknown benchmark '{unknown}'; `harness suite list` shows them"));
    }
    let chosen = suite.benchmarks.iter().filter(|b| choice.names.is_empty() || choice.names.contains(&b.name));
    let benchmarks: Vec<_> = chosen.cloned().collect();
    let cache = choice.cache.map_or_else(harness::directories::any_cache, Path::to_path_buf);
    let stage = stage::stage(&suite, &benchmarks, &cache, choice.wheel)?;
    Ok(Plan {
        executable: std::env::current_exe().map_err(|e| format!("cannot find this executable: {e}"))?,
        cells: choice.cells,
        benchmarks,
        golden,
        stage,
        loops: choice.loops,
        limits: choice.limits,
        jobs: choice.jobs,
        stdlib: choice.stdlib,
        progress: true,
    })
}

fn run_named(args: &SuiteArgs) -> Result<i32, String> {
    let cells: Vec<Variant> = match (args.all_cells, args.variant.is_empty()) {
        (true, _) => Variant::grid().collect(),
        (false, true) => vec![super::variant("specialized")?],
        (false, false) => args.variant.clone(),
    };
    let time = Duration::try_from_secs_f64(args.time_limit).map_err(|e| format!("--time-limit: {e}"))?;
    let plan = plan(Choice {
        suite: &args.suite,
        names: &args.names,
        cells: cells.iter().map(Variant::name).collect(),
        wheel: args.wheel.as_deref(),
        cache: args.cache.as_deref(),
        stdlib: args.stdlib.clone(),
        loops: if args.full { FULL_LOOPS } else { 1 },
        limits: Limits { time, memory_bytes: args.memory_limit << 20 },
        jobs: args.jobs,
    })?;
    if args.prepare {
        println!("{}", plan.stage.display());
        return Ok(0);
    }
    let rows = run_suite(&plan)?;
    if let Some(path) = &args.output {
        let json = serde_json::to_vec_pretty(&rows).map_err(|e| e.to_string())?;
        reports::atomic::write(path, &json).map_err(|e| e.to_string())?;
    }
    let printed = super::print_all(table::table(&rows).as_bytes());
    Ok(if rows.iter().all(Row::expected) { printed } else { 1 })
}
