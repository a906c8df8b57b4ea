//! What a set is predicted to save and what it saved, side by side.

use std::fmt::Write;

use dispatch_variants::Watch;
use serde::Serialize;
use vm_core::adapt::fusion::SuperSet;
use vm_core::adapt::policy::Policy;

use super::predict::{replay, saved};
use super::stretches::{Recorded, of_profile};
use crate::execute::{Job, Output};
use crate::policy::record;
use crate::trace::{TraceError, trace};

/// The prediction for a set, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Prediction {
    /// The program or the profile.
    pub source: String,
    /// Superinstructions in the set that can be used at the level.
    pub set: usize,
    /// Instructions executed, each dispatched without superinstructions.
    pub instructions: u64,
    /// Dispatches that the set saves, by replay.
    pub predicted: u64,
    /// What a run saved.
    pub measured: Option<Measured>,
    /// One entry per superinstruction that is used, the most saving first.
    pub superinstructions: Vec<One>,
}

/// What a run saved.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// Dispatches of the run without superinstructions.
    pub dispatches_without: u64,
    /// Dispatches of the run with them.
    pub dispatches_with: u64,
    /// The difference.
    pub saved: u64,
    /// The warm-up of the run.
    pub warmup: u16,
    /// Dispatches saved if code is quickened at its first start or backward jump.
    pub saved_at_once: u64,
}

/// One superinstruction.
#[derive(Clone, Debug, Serialize)]
pub struct One {
    /// Its name.
    pub name: String,
    /// Different stretches of code in which it is used.
    pub uses: u64,
    /// Executions, predicted.
    pub executions: u64,
    /// Dispatches saved, predicted.
    pub predicted: u64,
    /// Dispatches saved in a run.
    pub measured: Option<u64>,
}

/// A prediction from what was recorded.
#[must_use]
pub fn from_recorded(source: &str, recorded: &[Recorded], set: SuperSet) -> Prediction {
    let mut superinstructions: Vec<One> = replay(recorded, set)
        .into_iter()
        .map(|(op, s)| One { name: op.name().to_owned(), uses: s.uses, executions: s.executions, predicted: s.saved, measured: None })
        .collect();
    superinstructions.sort_by_key(|one| std::cmp::Reverse(one.predicted));
    Prediction {
        source: source.to_owned(),
        set: set.len(),
        instructions: recorded.iter().flat_map(|r| &r.counts).sum(),
        predicted: saved(recorded, set),
        measured: None,
        superinstructions,
    }
}

/// Records a program, predicts, and runs it with the job's policy to compare.
pub fn of_program(job: &Job) -> Result<Prediction, String> {
    let profile = record(job)?;
    let mut prediction = from_recorded(&job.file, &of_profile(&profile)?, job.policy.supers_at(job.variant.level));
    let run = |policy: Policy| {
        let job = Job { watch: Watch::Observe, output: Output::Nowhere, policy, ..job.clone() };
        trace(&job).map_err(|error| match error {
            TraceError::Start(_) => format!("'{}' does not start", job.file),
            error => error.to_string(),
        })
    };
    let with = run(job.policy)?;
    let at_once = if job.policy.warmup == 1 { with.dispatches } else { run(Policy { warmup: 1, ..job.policy })?.dispatches };
    let less = |dispatches: u64| profile.dispatches.saturating_sub(dispatches);
    prediction.measured = Some(Measured {
        dispatches_without: profile.dispatches,
        dispatches_with: with.dispatches,
        saved: less(with.dispatches),
        warmup: job.policy.warmup,
        saved_at_once: less(at_once),
    });
    for one in &mut prediction.superinstructions {
        let run = with.opcodes.iter().find(|op| op.name == one.name);
        one.measured = Some(run.map_or(0, |op| op.base - op.executions));
    }
    Ok(prediction)
}

impl Prediction {
    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let share = |n: u64| if self.instructions == 0 { 0.0 } else { 100.0 * n as f64 / self.instructions as f64 };
        let _ = writeln!(out, "{}: {} instructions; {} superinstructions may be used", self.source, self.instructions, self.set);
        let _ = writeln!(out, "predicted: {} dispatches saved ({:.2} % of all)", self.predicted, share(self.predicted));
        if let Some(m) = &self.measured {
            let _ = writeln!(
                out,
                "measured:  {} dispatches saved ({:.2} %): {} instead of {}",
                m.saved,
                share(m.saved),
                m.dispatches_with,
                m.dispatches_without
            );
            let cold = self.predicted.saturating_sub(m.saved);
            let _ = writeln!(
                out,
                "           {cold} fewer than predicted, executed before the code was warm: after {} starts or backward jumps; after 1, {} are saved",
                m.warmup, m.saved_at_once
            );
        }
        if self.superinstructions.is_empty() {
            return out;
        }
        let wide = self.superinstructions.iter().map(|one| one.name.len()).max().unwrap_or(0);
        let _ = writeln!(out, "\n{:<wide$} {:>6} {:>13} {:>13} {:>13}", "superinstruction", "uses", "executions", "predicted", "measured");
        for one in &self.superinstructions {
            let measured = one.measured.map_or_else(|| "-".to_owned(), |n| n.to_string());
            let _ = writeln!(out, "{:<wide$} {:>6} {:>13} {:>13} {:>13}", one.name, one.uses, one.executions, one.predicted, measured);
        }
        out
    }
}

/// The level a profile was recorded at, as far as predictions go: `plain` code is what `quickened` code starts from.
pub fn level(profile: &reports::profile::Profile) -> Result<vm_core::adapt::Level, String> {
    use vm_core::adapt::Level;
    let name = &profile.variant.level;
    match Level::ALL.into_iter().find(|level| level.name() == name) {
        Some(Level::Plain) => Ok(Level::Quickened),
        Some(level) => Ok(level),
        None => Err(format!("the profile is of an unknown level '{name}'")),
    }
}
