//! `harness [--variant V] FILE [ARG…]`: runs one program.

use clap::Args;
use dispatch_variants::{TAIL_CALL_MECHANISM, Variant, Watch};
use harness::execute::{Job, Outcome, Output, execute};
use harness::policy::PolicyArgs;
use std::time::Duration;
use vm_core::adapt::policy::Policy;

#[derive(Args)]
pub(super) struct RunArgs {
    /// The variant: a ladder name (switch, tailcall, quickened, specialized) or DISPATCH/LEVEL
    #[arg(long, default_value = "specialized", value_parser = super::variant)]
    variant: Option<Variant>,
    /// The era whose rules apply
    #[arg(long, default_value = "3.13", value_parser = super::era)]
    era: String,
    /// Count base instructions, raw executions and dispatches
    #[arg(long)]
    count: bool,
    /// Collect garbage at every safepoint and poison what is freed
    #[arg(long)]
    gc_stress: bool,
    /// Print nothing about the run on standard error
    #[arg(long)]
    quiet: bool,
    /// Write the counts as JSON to this file (implies --count)
    #[arg(long, value_name = "FILE")]
    count_to: Option<std::path::PathBuf>,
    /// Stop the program after this many seconds
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,
    /// Where Python's standard library is: an installation of CPython 3.13 or its lib/python3.13 (default: found by itself)
    #[arg(long, value_name = "PATH")]
    stdlib: Option<std::path::PathBuf>,
    /// Compile every imported module anew, and keep none in the user's cache directory
    #[arg(long)]
    no_code_cache: bool,
    #[command(flatten)]
    access: harness::access::AccessArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    /// The program
    #[arg(required = true)]
    file: Option<String>,
    /// Its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Runs the program; its exit status.
pub(super) fn run(args: &RunArgs) -> i32 {
    let (Some(file), Some(variant)) = (&args.file, args.variant) else { return 2 };
    let count = args.count || args.count_to.is_some();
    let time_limit = match args.time_limit.map(Duration::try_from_secs_f64) {
        None => None,
        Some(Ok(limit)) => Some(limit),
        Some(Err(error)) => {
            eprintln!("harness: --time-limit: {error}");
            return 2;
        }
    };
    let stdlib = match args.stdlib.as_deref().map(harness::stdlib::check).transpose() {
        Ok(stdlib) => stdlib,
        Err(error) => {
            eprintln!("harness: --stdlib: {error}");
            return 2;
        }
    };
    let mut job = Job {
        variant,
        file: file.clone(),
        args: args.args.clone(),
        watch: if count { Watch::Count } else { Watch::Nothing },
        policy: Policy::default(),
        gc_stress: args.gc_stress,
        output: Output::Stdout,
        time_limit,
        stdlib,
        access: args.access.access(),
        code_cache: !args.no_code_cache,
    };
    job.policy = match args.policy.policy(&args.era, &job) {
        Ok(policy) => policy,
        Err(message) => {
            eprintln!("harness: {message}");
            return 2;
        }
    };
    let outcome = match execute(&job, None, None) {
        Ok(outcome) => outcome,
        Err(error) => return error.report(),
    };
    if !args.quiet {
        summarise(variant, &outcome);
    }
    if let (Some(path), Some(probe)) = (&args.count_to, &outcome.probe) {
        let json = serde_json::json!({
            "base_instructions": probe.base_instructions(),
            "raw_executions": probe.raw_executions(),
            "dispatches": probe.dispatches(),
        });
        if let Err(error) = reports::atomic::write(path, json.to_string().as_bytes()) {
            eprintln!("harness: {error}");
            return 1;
        }
    }
    if outcome.interrupted {
        harness::watchdog::end_by_interrupt();
    }
    outcome.status
}

fn summarise(variant: Variant, outcome: &Outcome) {
    let name = variant.ladder_name().map_or_else(|| variant.name(), |ladder| format!("{ladder} ({})", variant.name()));
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    eprintln!(
        "# {name}: wall {:.3} s, cpu {:.3} s, compile {:.1} ms; tail calls: {TAIL_CALL_MECHANISM}; build: {profile}",
        outcome.wall.as_secs_f64(),
        outcome.cpu.as_secs_f64(),
        outcome.compile.as_secs_f64() * 1e3,
    );
    if let Some(probe) = &outcome.probe {
        eprintln!(
            "# base instructions {}, raw executions {}, dispatches {}",
            probe.base_instructions(),
            probe.raw_executions(),
            probe.dispatches()
        );
    }
}
