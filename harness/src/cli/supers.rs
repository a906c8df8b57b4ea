//! `harness super`: which superinstructions there are, and what a set of them saves.

use std::path::Path;

use clap::{Args, Subcommand};
use dispatch_variants::{Variant, Watch};
use harness::execute::{Job, Output};
use harness::policy::{PolicyArgs, read_profile};
use harness::supers::predict::best;
use harness::supers::prediction::{Prediction, from_recorded, level, of_program};
use harness::supers::stretches::of_profile;
use harness::supers::{Source, list, source};
use vm_core::adapt::fusion::SuperSet;
use vm_core::adapt::policy::Policy;

#[derive(Args)]
pub(super) struct SuperArgs {
    #[command(subcommand)]
    command: SuperCommand,
}

#[derive(Subcommand)]
enum SuperCommand {
    /// Lists a set of superinstructions, in the form that --super-set FILE reads
    List(PredictArgs),
    /// Says how many dispatches a set will save, by replaying the rule of quickening on what a program executes, or on a profile that
    /// `harness trace -o` recorded; for a program, what a run saved stands beside it
    Predict(PredictArgs),
}

#[derive(Args)]
struct PredictArgs {
    /// The variant that runs the program; a profile knows its own
    #[arg(long, default_value = "quickened", value_parser = super::variant)]
    variant: Variant,
    /// The era whose rules apply
    #[arg(long, default_value = "3.13", value_parser = super::era)]
    era: String,
    #[command(flatten)]
    policy: PolicyArgs,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// The program, or a profile whose name ends in .json
    file: Option<String>,
    /// The program's arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Runs the command; the exit status.
pub(super) fn run(args: &SuperArgs) -> i32 {
    let text = match &args.command {
        SuperCommand::List(args) => listed(args),
        SuperCommand::Predict(args) => predicted(args),
    };
    match text {
        Ok(text) => super::print_all(text.as_bytes()),
        Err(message) => {
            eprintln!("harness: {message}");
            2
        }
    }
}

fn job(args: &PredictArgs, file: &str) -> Job {
    Job {
        variant: args.variant,
        file: file.to_owned(),
        args: args.args.clone(),
        watch: Watch::Observe,
        policy: Policy::default(),
        gc_stress: false,
        output: Output::Nowhere,
        time_limit: None,
        stdlib: None,
        access: Default::default(),
        code_cache: false,
    }
}

fn is_profile(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending == "json")
}

/// The set that `profile:N` chooses from the profile that is given anyway.
fn from_profile(args: &PredictArgs, file: &str) -> Result<Option<SuperSet>, String> {
    let Some(text) = args.policy.super_set.as_deref().filter(|_| is_profile(file)) else { return Ok(None) };
    match source(text) {
        Ok(Source::Profile(count, None)) => {
            let profile = read_profile(Path::new(file))?;
            let among = SuperSet::ALL.usable(level(&profile)?.adapts());
            Ok(Some(best(&of_profile(&profile)?, among, count).into_iter().collect()))
        }
        _ => Ok(None),
    }
}

fn policy(args: &PredictArgs, file: &str) -> Result<Policy, String> {
    match from_profile(args, file)? {
        Some(set) => Ok(Policy { supers: Some(set), ..Policy::default() }),
        None => args.policy.policy(&args.era, &job(args, file)),
    }
}

fn listed(args: &PredictArgs) -> Result<String, String> {
    let file = args.file.as_deref();
    if file.is_none() && matches!(args.policy.super_set.as_deref().map(source), Some(Ok(Source::Profile(_, None)))) {
        return Err("profile:N needs a program or a profile to choose by".to_owned());
    }
    let set = policy(args, file.unwrap_or_default())?.supers.unwrap_or(SuperSet::ALL);
    if args.json {
        let names: Vec<&str> = set.iter().map(|s| s.opcode.name()).collect();
        return serde_json::to_string_pretty(&names).map(|text| text + "\n").map_err(|e| e.to_string());
    }
    Ok(list(&set))
}

fn predicted(args: &PredictArgs) -> Result<String, String> {
    let Some(file) = args.file.as_deref() else { return Err("name a program, or a profile".to_owned()) };
    let policy = policy(args, file)?;
    let prediction: Prediction = if is_profile(file) {
        let profile = read_profile(Path::new(file))?;
        from_recorded(file, &of_profile(&profile)?, policy.supers_at(level(&profile)?))
    } else {
        if !policy.quickens(args.variant.level) {
            let name = args.variant.level.name();
            return Err(format!("the level {name} uses no superinstructions of this set; see --variant and --super-set"));
        }
        of_program(&Job { policy, ..job(args, file) })?
    };
    if args.json {
        return serde_json::to_string_pretty(&prediction).map(|text| text + "\n").map_err(|e| e.to_string());
    }
    Ok(prediction.text())
}
