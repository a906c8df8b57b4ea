//! The `bench` command: from arguments to [`Options`], and what is said when it is done.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::{Args, ValueEnum};
use dispatch_variants::{LADDER, TAIL_CALL_MECHANISM, Variant};

use crate::policy::PolicyArgs;

use super::launch::{ProcessLauncher, SelfCommands};
use super::manifest::{self, Size};
use super::{Options, Workload, add_counts, interrupt_flag, machine, run};

/// The arguments of `harness bench`.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// Where to write measurements.json and samples.csv
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// A look instead of a result: test sizes, three rounds, no instruction counts
    #[arg(long)]
    pub quick: bool,
    /// Rounds; in each, every cell runs every workload once [default: 10, with --quick 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: Option<u32>,
    /// Timed runs inside each process
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub iterations: u32,
    /// Seed of the shuffle
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Size of the workloads [default: full, with --quick test]
    #[arg(long)]
    pub size: Option<Size>,
    /// Measure only this cell or ladder name; may be repeated [default: the whole grid]
    #[arg(long = "variant", value_name = "V")]
    pub variants: Vec<String>,
    /// Measure only this workload; may be repeated [default: all]
    #[arg(long = "workload", value_name = "NAME")]
    pub workloads: Vec<String>,
    /// Measure another interpreter beside the cells; may be repeated
    #[arg(long = "reference", value_name = "NAME=PROGRAM", value_parser = reference)]
    pub references: Vec<(String, PathBuf)>,
    /// Cells to count instructions of with callgrind, at test size [default: ladder, with --quick none]
    #[arg(long)]
    pub counts: Option<Counts>,
    /// The directory with workloads.json
    #[arg(long, value_name = "DIR")]
    pub workloads_directory: Option<PathBuf>,
    /// When the code of all cells adapts
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// Kill a run that takes longer than this
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub limit: u64,
}

/// What callgrind counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Counts {
    /// Nothing.
    None,
    /// The four cells of the ladder.
    Ladder,
    /// Every cell that is measured.
    Grid,
}

fn reference(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, program)) if !name.is_empty() && !program.is_empty() && !name.contains('/') => {
            Ok((name.to_owned(), PathBuf::from(program)))
        }
        _ => Err("write NAME=PROGRAM, with no / in NAME, such as cpython3.13=/usr/bin/python3.13".to_owned()),
    }
}

/// Runs the bench; the lines to show the user, or why it could not be run.
pub fn bench(arguments: &Arguments) -> Result<Vec<String>, String> {
    let executable = std::env::current_exe().map_err(|error| format!("cannot find the harness itself: {error}"))?;
    let mut cells = cells(&arguments.variants)?;
    let grid_cells = cells.clone();
    cells.extend(arguments.references.iter().map(|(name, _)| name.clone()));
    let size = arguments.size.unwrap_or(if arguments.quick { Size::Test } else { Size::Full });
    let directory = directory(arguments.workloads_directory.as_deref());
    let workloads = chosen(&directory, size, &arguments.workloads)?;
    let mut build = machine::build();
    build.tail_calls = Some(TAIL_CALL_MECHANISM.to_owned());
    let options = Options {
        cells,
        workloads,
        rounds: arguments.rounds.unwrap_or(if arguments.quick { 3 } else { 10 }),
        iterations: arguments.iterations,
        seed: arguments.seed,
        quick: arguments.quick,
        output: arguments.output.clone(),
        progress: true,
        build,
        machine: machine::machine(),
    };
    let commands = SelfCommands { executable, references: arguments.references.clone(), policy: arguments.policy.to_args() };
    let mut launcher =
        ProcessLauncher { commands: commands.clone(), scratch: arguments.output.clone(), limit: Duration::from_secs(arguments.limit) };
    let interrupted = interrupt_flag();
    let mut measurements = run(&options, &mut launcher, &interrupted).map_err(|error| error.to_string())?;

    let counts = arguments.counts.unwrap_or(if arguments.quick { Counts::None } else { Counts::Ladder });
    if counts != Counts::None && !interrupted.load(Ordering::SeqCst) {
        let counted: Vec<String> = grid_cells.into_iter().filter(|cell| counts == Counts::Grid || is_on_ladder(cell)).collect();
        let workloads = chosen(&directory, Size::Test, &arguments.workloads)?;
        add_counts(&mut measurements, &arguments.output, &counted, &workloads, &commands, &interrupted, options.progress)
            .map_err(|error| error.to_string())?;
    }
    let mut lines = vec![format!(
        "{}: {} samples of {} cells on {} workloads, {} failures",
        arguments.output.display(),
        measurements.samples.len(),
        measurements.cells.len(),
        measurements.workloads.len(),
        measurements.failures.len()
    )];
    lines.extend(
        measurements
            .failures
            .iter()
            .take(10)
            .map(|failure| format!("failed: {} on {}: {}", failure.workload, failure.cell, failure.reason)),
    );
    if measurements.samples.is_empty() && measurements.plan.complete {
        return Err(format!("nothing could be measured; {}", lines.join("\n")));
    }
    if let Some(reason) = &measurements.counts_unavailable {
        lines.push(format!("instruction counts: unavailable ({reason})"));
    }
    if !measurements.plan.complete {
        lines.push("interrupted: the samples taken so far are kept".to_owned());
    }
    Ok(lines)
}

fn is_on_ladder(cell: &str) -> bool {
    LADDER.iter().filter_map(|(name, ..)| Variant::by_name(name)).any(|variant| variant.name() == cell)
}

/// The full names of the variants asked for, in the grid's order; all of them if none was.
fn cells(asked: &[String]) -> Result<Vec<String>, String> {
    let mut wanted = Vec::new();
    for name in asked {
        let variant = Variant::by_name(name).ok_or_else(|| format!("unknown variant '{name}'"))?;
        wanted.push(variant.name());
    }
    Ok(Variant::grid().map(|variant| variant.name()).filter(|name| asked.is_empty() || wanted.contains(name)).collect())
}

/// The directory asked for, `workloads` here, or the source tree's.
fn directory(asked: Option<&Path>) -> PathBuf {
    let here = PathBuf::from("workloads");
    match asked {
        Some(directory) => directory.to_owned(),
        None if here.join("workloads.json").is_file() => here,
        None => manifest::source_directory(),
    }
}

fn chosen(directory: &Path, size: Size, asked: &[String]) -> Result<Vec<Workload>, String> {
    let all = manifest::workloads(directory, size).map_err(|error| error.to_string())?;
    if let Some(unknown) = asked.iter().find(|name| !all.iter().any(|workload| workload.name == **name)) {
        return Err(format!("unknown workload '{unknown}'"));
    }
    Ok(all.into_iter().filter(|workload| asked.is_empty() || asked.contains(&workload.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_kinds_are_understood_and_others_named() {
        assert_eq!(cells(&[]).map(|cells| cells.len()), Ok(12));
        let asked = ["specialized".to_owned(), "switch/plain".to_owned()];
        assert_eq!(cells(&asked), Ok(vec!["switch/plain".to_owned(), "tailcall/specialized".to_owned()]));
        assert_eq!(cells(&["magic".to_owned()]), Err("unknown variant 'magic'".to_owned()));
        assert_eq!(Variant::grid().filter(|variant| is_on_ladder(&variant.name())).count(), 4);
    }

    #[test]
    fn a_reference_needs_a_name_and_a_program() {
        assert!(reference("cpython3.13=/usr/bin/python3.13").is_ok());
        for bad in ["python", "=x", "x=", "a/b=c"] {
            assert!(reference(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_unknown_workload_is_named() {
        let error = chosen(&manifest::source_directory(), Size::Test, &["nope".to_owned()]);
        assert_eq!(error, Err("unknown workload 'nope'".to_owned()));
    }
}
