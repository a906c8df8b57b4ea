//! Policies on the command line: when code adapts, and which superinstructions it may use.

use std::fs;

use clap::Args;
use dispatch_variants::{Variant, Watch};
use reports::profile::Profile;
use vm_core::adapt::counter::{self, Counter, MAX_BACKOFF, MAX_VALUE};
use vm_core::adapt::fusion::SuperSet;
use vm_core::adapt::policy::Policy;

use crate::execute::{Job, Output};
use crate::supers::predict::best;
use crate::supers::stretches::of_profile;
use crate::supers::{Source, read_list, source};

/// The options that change a policy.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Policy")]
pub struct PolicyArgs {
    /// The superinstructions that quickening may use: all, none, cpython-3.11, cpython-3.13 (what its compiler packs), profile:N (the N
    /// best by a recorded run of the program itself), profile:N:PROFILE (the N best by what `harness trace -o PROFILE` recorded), or a
    /// FILE that lists them, one a line. At the levels that specialise, where there are none by themselves, those are used whose
    /// components never adapt
    #[arg(long, value_name = "SET")]
    pub super_set: Option<String>,
    /// Starts of a function, or backward jumps in it, until its code is quickened [default: 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub warmup: Option<u16>,
    /// Executions of a fresh adaptive instruction before it tries to specialise, and its back-off exponent [default: 1/1]
    #[arg(long, value_name = "N[/EXPONENT]", value_parser = parse_counter)]
    pub adaptive_initial: Option<Counter>,
    /// Misses of a specialised instruction before it tries anew, and its back-off exponent [default: 52/0]
    #[arg(long, value_name = "N[/EXPONENT]", value_parser = parse_counter)]
    pub adaptive_cooldown: Option<Counter>,
    /// Largest back-off exponent: after failures, an instruction waits at most 2^N executions [default: 12]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=i64::from(MAX_BACKOFF)))]
    pub backoff_max: Option<u16>,
}

/// Reads `N` or `N/EXPONENT`.
pub fn parse_counter(text: &str) -> Result<Counter, String> {
    let (value, backoff) = text.split_once('/').unwrap_or((text, "0"));
    let number = |text: &str, most: u16| match text.parse() {
        Ok(n) if n <= most => Ok(n),
        _ => Err(format!("'{text}' is not a number from 0 to {most}")),
    };
    Ok(counter::make(number(value, MAX_VALUE)?, number(backoff, MAX_BACKOFF)?))
}

/// A counter as [`parse_counter`] reads it.
#[must_use]
pub fn show_counter(counter: Counter) -> String {
    let (value, backoff) = counter::parts(counter);
    format!("{value}/{backoff}")
}

impl PolicyArgs {
    /// The policy of an era with these changes. For `profile:N` the job's program is run once, observed and without output.
    pub fn policy(&self, era: &str, job: &Job) -> Result<Policy, String> {
        let mut policy = Policy::of_era(era).ok_or_else(|| format!("era {era} has no policy"))?;
        self.change_numbers(&mut policy);
        policy.supers = self.supers(job)?;
        Ok(policy)
    }

    fn change_numbers(&self, policy: &mut Policy) {
        policy.warmup = self.warmup.unwrap_or(policy.warmup);
        policy.initial = self.adaptive_initial.unwrap_or(policy.initial);
        policy.cooldown = self.adaptive_cooldown.unwrap_or(policy.cooldown);
        policy.max_backoff = self.backoff_max.unwrap_or(policy.max_backoff);
    }

    fn supers(&self, job: &Job) -> Result<Option<SuperSet>, String> {
        let Some(text) = &self.super_set else { return Ok(None) };
        let set = match source(text).map_err(|e| format!("--super-set {text}: {e}"))? {
            Source::Named(set) => set,
            Source::File(path) => read_list(&path)?,
            Source::Profile(count, path) => {
                let profile = match path {
                    Some(path) => read_profile(&path)?,
                    None => record(job)?,
                };
                let among = SuperSet::ALL.usable(job.variant.level.adapts());
                best(&of_profile(&profile)?, among, count).into_iter().collect()
            }
        };
        Ok(Some(set))
    }

    /// The same options for a process that is started.
    #[must_use]
    pub fn to_args(&self) -> Vec<String> {
        let mut out = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                out.extend([format!("--{name}"), value]);
            }
        };
        add("super-set", self.super_set.clone());
        add("warmup", self.warmup.map(|n| n.to_string()));
        add("adaptive-initial", self.adaptive_initial.map(show_counter));
        add("adaptive-cooldown", self.adaptive_cooldown.map(show_counter));
        add("backoff-max", self.backoff_max.map(|n| n.to_string()));
        out
    }
}

/// Reads a profile that `harness trace` wrote.
pub fn read_profile(path: &std::path::Path) -> Result<Profile, String> {
    let text = fs::read(path).map_err(|e| format!("cannot read '{}': {e}", path.display()))?;
    serde_json::from_slice(&text).map_err(|e| format!("'{}' is not a profile: {e}", path.display()))
}

/// Records the stretches that a job's program executes at its level, without superinstructions.
pub fn record(job: &Job) -> Result<Profile, String> {
    let policy = Policy { supers: Some(SuperSet::NONE), ..job.policy };
    let job = Job { watch: Watch::Observe, output: Output::Nowhere, policy, variant: job.variant, ..job.clone() };
    crate::trace::trace(&job).map_err(|error| match error {
        crate::trace::TraceError::Start(_) => format!("'{}' does not start", job.file),
        error => error.to_string(),
    })
}

/// The cell of the same technique at another level.
#[must_use]
pub fn at_level(variant: Variant, level: vm_core::adapt::Level) -> Variant {
    Variant { level, ..variant }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_read_back() {
        for text in ["0/0", "1/1", "52/0", "4095/12"] {
            assert_eq!(show_counter(parse_counter(text).unwrap()), text);
        }
        assert_eq!(parse_counter("7").unwrap(), counter::make(7, 0));
        for text in ["", "4096", "1/13", "x", "1/"] {
            assert!(parse_counter(text).is_err(), "{text}");
        }
    }

    #[test]
    fn without_options_a_policy_is_the_eras() {
        let mut policy = Policy::CPYTHON_3_13;
        PolicyArgs::default().change_numbers(&mut policy);
        assert_eq!(policy, Policy::CPYTHON_3_13);
        assert!(PolicyArgs::default().to_args().is_empty());
    }
}
