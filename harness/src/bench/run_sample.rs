//! `harness run-sample`: the process a bench launches for each sample. It runs a program as `harness FILE` does, with a
//! calibration before and after, and writes the times to a file.

use std::path::PathBuf;

use clap::Args;
use dispatch_variants::{Variant, Watch};

use vm_core::adapt::policy::Policy;

use super::child::measure;
use crate::execute::{Job, Output, execute};
use crate::policy::PolicyArgs;

/// The arguments of `harness run-sample`.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The cell
    #[arg(long)]
    pub variant: String,
    /// Timed runs in this process
    #[arg(long, default_value_t = 1)]
    pub iterations: u32,
    /// Where to write the times
    #[arg(long, value_name = "FILE")]
    pub report: PathBuf,
    /// When the code adapts
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// The program
    pub file: String,
    /// Its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<String>,
}

/// Runs and times the program; the exit status to end with, or why it could not be run.
pub fn run_sample(arguments: &Arguments) -> Result<i32, String> {
    let variant = Variant::by_name(&arguments.variant).ok_or_else(|| format!("unknown variant '{}'", arguments.variant))?;
    let mut job = Job {
        variant,
        file: arguments.file.clone(),
        args: arguments.args.clone(),
        watch: Watch::Nothing,
        policy: Policy::default(),
        gc_stress: false,
        output: Output::Stdout,
        time_limit: None,
        stdlib: None,
        access: Default::default(),
        code_cache: false,
    };
    job.policy = arguments.policy.policy("3.13", &job)?;
    let mut status = 0;
    let report = measure(arguments.iterations, |bracket| {
        // Compiling lies between this calibration and the run: milliseconds.
        bracket.before();
        let after = move |_: &mut _, _: &_| bracket.after();
        let outcome = execute(&job, None, Some(Box::new(after))).map_err(|error| error.report())?;
        status = outcome.status;
        Ok((outcome.wall, outcome.cpu))
    });
    match report {
        Err(status) => Ok(status),
        Ok(report) => {
            report.write(&arguments.report).map_err(|error| error.to_string())?;
            Ok(status)
        }
    }
}
