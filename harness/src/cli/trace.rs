//! `harness trace FILE`: one observed run, its profile as JSON, its phases and adaptations as a log.

use clap::Args;
use dispatch_variants::{Variant, Watch};
use harness::execute::{Job, Output};
use harness::policy::PolicyArgs;
use harness::trace::{Beside, TraceError, Traced, trace_with};
use reports::profile::Profile;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;
use tracing_subscriber::EnvFilter;
use vm_core::adapt::policy::Policy;

/// What is logged unless `HARNESS_LOG` says otherwise.
const DEFAULT_FILTER: &str = "info,vm_core=debug,harness=debug,adapt=trace";

/// What is written.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Json,
    Perfetto,
    Pystats,
}

#[derive(Args)]
pub(super) struct TraceArgs {
    /// The variant: a ladder name (switch, tailcall, quickened, specialized) or DISPATCH/LEVEL
    #[arg(long, default_value = "specialized", value_parser = super::variant)]
    variant: Variant,
    /// The era whose rules apply
    #[arg(long, default_value = "3.13", value_parser = super::era)]
    era: String,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the file holds: the profile (json), a time line that Perfetto or Chrome's tracing page opens (perfetto), or the statistics
    /// as CPython built with --enable-pystats prints them (pystats); without -o, the latter two go to standard output
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// With --format perfetto: keep at most so many calls, and as many other events
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    most_events: usize,
    /// Log phases, quickenings, specialisations and collections to this file, or to standard error if it is `-`
    #[arg(long, value_name = "FILE|-")]
    log: Option<PathBuf>,
    /// Log as JSON, one object a line
    #[arg(long, requires = "log")]
    json_log: bool,
    /// Collect garbage at every safepoint and poison what is freed
    #[arg(long)]
    gc_stress: bool,
    #[command(flatten)]
    access: harness::access::AccessArgs,
    /// Stop the program after this many seconds
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,
    #[command(flatten)]
    policy: PolicyArgs,
    /// The program
    file: String,
    /// Its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Traces the program; its exit status, or 1 if there is no profile.
pub(super) fn run(args: &TraceArgs) -> i32 {
    if let Some(log) = &args.log
        && let Err(message) = install_log(log, args.json_log)
    {
        eprintln!("harness: {message}");
        return 1;
    }
    if let Some(path) = &args.output
        && let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty() && !d.is_dir())
    {
        eprintln!("harness: cannot write '{}': there is no directory '{}'", path.display(), directory.display());
        return 1;
    }
    let time_limit = match args.time_limit.map(Duration::try_from_secs_f64).transpose() {
        Ok(limit) => limit,
        Err(error) => {
            eprintln!("harness: --time-limit: {error}");
            return 2;
        }
    };
    let mut job = Job {
        variant: args.variant,
        file: args.file.clone(),
        args: args.args.clone(),
        watch: Watch::Observe,
        policy: Policy::default(),
        gc_stress: args.gc_stress,
        // A format that goes to standard output has it to itself.
        output: if args.output.is_none() && args.format != Format::Json { Output::Stderr } else { Output::Stdout },
        time_limit,
        stdlib: None,
        access: args.access.access(),
        code_cache: false,
    };
    job.policy = match args.policy.policy(&args.era, &job) {
        Ok(policy) => policy,
        Err(message) => {
            eprintln!("harness: {message}");
            return 2;
        }
    };
    let beside = match args.format {
        Format::Json => Beside::Nothing,
        Format::Perfetto => Beside::Perfetto(args.most_events),
        Format::Pystats => Beside::PyStats,
    };
    let Traced { profile, beside, left_out } = match trace_with(&job, beside) {
        Ok(traced) => traced,
        Err(TraceError::Start(error)) => return error.report(),
        Err(error) => {
            eprintln!("harness: {error}");
            return 1;
        }
    };
    summarise(&profile);
    if left_out > 0 {
        eprintln!("# {left_out} calls and events are not in the time line; --most-events makes room for more");
    }
    let written = match (&args.output, args.format) {
        (Some(path), Format::Json) => write(path, &profile),
        (Some(path), _) => reports::atomic::write(path, beside.as_bytes()).map_err(|e| e.to_string()),
        (None, Format::Json) => Ok(()),
        (None, _) => std::io::stdout().write_all(beside.as_bytes()).map_err(|e| e.to_string()),
    };
    if let Err(message) = written {
        eprintln!("harness: {message}");
        return 1;
    }
    profile.exit_status
}

fn write(path: &Path, profile: &Profile) -> Result<(), String> {
    let mut json = serde_json::to_vec_pretty(profile).map_err(|e| e.to_string())?;
    json.push(b'\n');
    reports::atomic::write(path, &json).map_err(|e| e.to_string())
}

/// Sends spans and events to a file or to standard error.
fn install_log(target: &Path, json: bool) -> Result<(), String> {
    let to_stderr = target == Path::new("-");
    let sink: Box<dyn Write + Send> = if to_stderr {
        Box::new(std::io::stderr())
    } else {
        let file = std::fs::File::create(target).map_err(|e| format!("cannot write '{}': {e}", target.display()))?;
        Box::new(std::io::LineWriter::new(file))
    };
    let filter = std::env::var("HARNESS_LOG").unwrap_or_else(|_| DEFAULT_FILTER.to_owned());
    let filter = EnvFilter::try_new(&filter).map_err(|e| format!("HARNESS_LOG: {e}"))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(Mutex::new(sink))
        .with_ansi(false)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE);
    let installed = if json { log.json().try_init() } else { log.try_init() };
    installed.map_err(|e| e.to_string())
}

/// A few lines on standard error.
fn summarise(profile: &Profile) {
    eprintln!(
        "# {}: base instructions {}, raw executions {}, dispatches {}; {} pairs; {} identities hold",
        profile.variant.cell(),
        profile.base_instructions,
        profile.raw_executions,
        profile.dispatches,
        profile.pairs_total,
        profile.identities.len()
    );
    for f in &profile.families {
        if f.hits + f.misses + f.attempts > 0 {
            eprintln!(
                "# {:<16} executed {:>12}  hits {:5.1} %  misses {}  specialised {} of {} attempts  deopts {}",
                f.family,
                f.executions,
                100.0 * f.hit_rate().unwrap_or(0.0),
                f.misses,
                f.successes,
                f.attempts,
                f.deopts
            );
        }
    }
    let calls: Vec<String> = profile.calls.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    eprintln!(
        "# quickened {} instructions; {} collections; calls: {}",
        profile.quickenings.instructions,
        profile.collections.count,
        calls.join(", ")
    );
}
