//! What can be asked for on the command line, one file per group of commands.

mod audit;
mod inspect;
mod list;
mod run;
mod suite;
mod supers;
mod trace;
mod verify;

use clap::{Args, Parser, Subcommand};
use dispatch_variants::Variant;
use harness::{bench, compare, report_cmd, sweep};
use std::ffi::OsString;
use std::path::PathBuf;

/// Runs Python programs on interchangeable bytecode dispatch techniques, and measures and traces them.
#[derive(Parser)]
#[command(name = "harness", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: run::RunArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the tokens of a program, as `python -m tokenize` does
    Tokenize(FileArg),
    /// Prints the syntax tree of a program, as `python -m ast` does
    Ast(FileArg),
    /// Prints the bytecode of a program, as `python -m dis` does
    Dis(inspect::DisArgs),
    /// Lists variants, workloads or opcodes
    List(list::ListArgs),
    /// Measures cells on workloads, interleaved and in shuffled order
    Bench(bench::command::Arguments),
    /// Measures the figures of merit against other interpreters, and writes a page with all of them
    Compare(compare::Arguments),
    /// Compiles listed files and tells the time
    #[command(hide = true)]
    CompileSample(compare::SampleArguments),
    /// Writes a page with charts and tables on measurements and traces
    Report(report_cmd::Arguments),
    /// Reads this executable's machine code: how each handler dispatches
    Audit(audit::AuditArgs),
    /// One process of a bench
    #[command(hide = true)]
    RunSample(bench::run_sample::Arguments),
    /// Checks that all variants agree with CPython 3.13 and with each other
    Verify(verify::VerifyArgs),
    /// Runs a benchmark suite of others, unchanged, and compares it with CPython 3.13
    Suite(suite::SuiteArgs),
    /// Records what one run does: opcodes, pairs, specialisation, calls, collections
    Trace(trace::TraceArgs),
    /// Traces programs under many policies, and charts what the policies change
    Sweep(sweep::Arguments),
    /// The superinstruction laboratory: sets, and what they save
    Super(supers::SuperArgs),
}

#[derive(Args)]
struct FileArg {
    /// The program
    file: String,
    /// The era whose rules apply
    #[arg(long, default_value = "3.13", value_parser = era)]
    era: String,
}

/// Runs the command; the exit status.
pub(crate) fn main() -> i32 {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return error.exit_code();
        }
    };
    match cli.command {
        None => run::run(&cli.run),
        Some(Command::Tokenize(args)) => inspect::tokenize(&args.file),
        Some(Command::Ast(args)) => inspect::ast(&args.file),
        Some(Command::Dis(args)) => inspect::dis(&args),
        Some(Command::List(args)) => list::list(&args),
        Some(Command::Audit(args)) => audit::run(&args),
        Some(Command::Verify(args)) => verify::run(&args),
        Some(Command::Suite(args)) => suite::run(&args),
        Some(Command::Trace(args)) => trace::run(&args),
        Some(Command::Sweep(args)) => say(sweep::sweep(&args)),
        Some(Command::Super(args)) => supers::run(&args),
        Some(Command::Bench(args)) => say(bench::command::bench(&args)),
        Some(Command::Compare(args)) => say(compare::compare(&args)),
        Some(Command::CompileSample(args)) => match compare::sample(&args) {
            Ok(text) => print_all(text.as_bytes()),
            Err(reason) => say(Err(reason)),
        },
        Some(Command::Report(args)) => say(report_cmd::run(&args.data, &args.output).map_err(|e| e.to_string())),
        Some(Command::RunSample(args)) => bench::run_sample::run_sample(&args).unwrap_or_else(|reason| say(Err(reason))),
    }
}

/// Prints what a command has to say, or why it failed; the exit status.
fn say(outcome: Result<Vec<String>, String>) -> i32 {
    match outcome {
        Ok(lines) => {
            for line in lines {
                eprintln!("{line}");
            }
            0
        }
        Err(reason) => {
            eprintln!("harness: {reason}");
            1
        }
    }
}

/// Parses a variant's name.
fn variant(name: &str) -> Result<Variant, String> {
    Variant::by_name(name).ok_or_else(|| {
        let mut names: Vec<String> = dispatch_variants::LADDER.iter().map(|l| l.0.to_owned()).collect();
        names.extend(Variant::grid().map(|v| v.name()));
        format!("unknown variant; there are {}", names.join(", "))
    })
}

/// Parses an era.
fn era(name: &str) -> Result<String, String> {
    match name {
        "3.13" => Ok(name.to_owned()),
        "3.10" | "3.11" | "3.12" => Err("only era 3.13 is implemented so far".to_owned()),
        _ => Err("an era is one of 3.10, 3.11, 3.12, 3.13".to_owned()),
    }
}

/// Prints text to standard output; a closed pipe is not worth a word, other errors are.
fn print_all(text: &[u8]) -> i32 {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => 0,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => 120,
        Err(error) => {
            eprintln!("harness: cannot write to standard output: {error}");
            1
        }
    }
}

/// Where the workloads are: `workloads` below the working directory, or beside the sources this was built from.
fn workloads_dir() -> PathBuf {
    let here = PathBuf::from("workloads");
    if here.join("workloads.json").is_file() {
        return here;
    }
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../workloads")
}
