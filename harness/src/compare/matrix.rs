//! Programs × workloads, interleaved: the best CPU time and the peak memory of each pair.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::process;
use super::programs::Program;
use crate::bench::Workload;
use crate::bench::schedule::Plan;

/// What is known of one program on one workload.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    /// The least CPU time of all rounds.
    pub(super) cpu: Duration,
    /// The most memory of all rounds.
    pub(super) peak_bytes: u64,
}

/// What was measured.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    best: BTreeMap<(&'static str, String), Best>,
    /// Runs that ended wrongly, in words.
    pub(super) failures: Vec<String>,
}

impl Matrix {
    /// A figure of `program` divided by that of `other`, for each workload that both ran.
    pub(super) fn ratios(&self, program: &str, other: &str, workloads: &[Workload], of: fn(&Best) -> f64) -> Vec<(String, f64)> {
        let get = |program: &str, workload: &str| self.best.iter().find(|((p, w), _)| *p == program && w == workload).map(|(_, b)| of(b));
        let ratio = |w: &Workload| Some((w.name.clone(), get(program, &w.name)? / get(other, &w.name)?));
        workloads.iter().filter_map(ratio).collect()
    }
}

/// Runs every program on every workload, `rounds` times; what fails once is not run again.
pub(super) fn measure(programs: &[Program], workloads: &[Workload], rounds: u32, limit: Duration) -> Matrix {
    let mut matrix = Matrix::default();
    let plan = Plan::new(programs.len(), workloads.len(), rounds, 1);
    let bar = ProgressBar::new(plan.jobs.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} (about {eta} left) {wide_msg}") {
        bar.set_style(style);
    }
    let mut failed = Vec::new();
    for job in plan.jobs {
        let (program, workload) = (&programs[job.cell], &workloads[job.workload]);
        bar.inc(1);
        if failed.contains(&(job.cell, job.workload)) {
            continue;
        }
        bar.set_message(format!("{} {}", workload.name, program.name));
        match checked(program, workload, limit) {
            Ok(new) => {
                let best = matrix.best.entry((program.name, workload.name.clone())).or_insert(new);
                *best = Best { cpu: best.cpu.min(new.cpu), peak_bytes: best.peak_bytes.max(new.peak_bytes) };
            }
            Err(reason) => {
                failed.push((job.cell, job.workload));
                matrix.best.remove(&(program.name, workload.name.clone()));
                matrix.failures.push(format!("{} on {}: {reason}", workload.name, program.name));
            }
        }
    }
    bar.finish_and_clear();
    matrix
}

/// One run whose output is what it must be.
fn checked(program: &Program, workload: &Workload, limit: Duration) -> Result<Best, String> {
    let ended = process::run(program.command(workload), workload.exit_status, limit)?;
    if let Some(path) = &workload.expected_output {
        let expected = fs::read(path).map_err(|error| format!("cannot read '{}': {error}", path.display()))?;
        if ended.stdout != expected {
            return Err("it does not print what CPython prints".to_owned());
        }
    }
    Ok(Best { cpu: ended.cpu, peak_bytes: ended.peak_bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_what_both_ran() {
        let best = |ms| Best { cpu: Duration::from_millis(ms), peak_bytes: 7 };
        let mut matrix = Matrix::default();
        matrix.best.insert(("a", "x".into()), best(3));
        matrix.best.insert(("b", "x".into()), best(6));
        matrix.best.insert(("a", "y".into()), best(1));
        let workloads = ["x", "y"].map(|name| Workload { name: name.into(), ..Workload::default() });
        assert_eq!(matrix.ratios("a", "b", &workloads, |b| b.cpu.as_secs_f64()), vec![("x".to_owned(), 0.5)]);
    }
}
