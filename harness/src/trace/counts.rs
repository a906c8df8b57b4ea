//! How executions of adaptive opcodes are classed and counted: for the whole run, for a family, for a site.

use std::collections::BTreeMap;

use vm_core::adapt::prepare::adaptive;
use vm_core::opcodes::Opcode;

/// How an execution of an adaptive family counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Not of an adaptive family.
    Other,
    /// The counter-free generic form.
    Generic,
    /// The counting form.
    Unspecialised,
    /// A specialised form.
    Hit,
    /// A specialised form whose guard failed.
    Miss,
}

/// The class of an opcode's executions while no miss is reported.
pub(super) fn class_of(op: Opcode) -> Class {
    let family = op.family();
    if adaptive(family) == family || super::is_fused(op) {
        Class::Other
    } else if op == family || matches!(op, Opcode::WARMUP_RESUME) {
        Class::Generic
    } else if op.is_specialized() {
        Class::Hit
    } else {
        Class::Unspecialised
    }
}

/// Counters of the run, of a family or of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adaptation {
    pub(super) executions: u64,
    pub(super) generic: u64,
    pub(super) unspecialised: u64,
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) attempts: u64,
    pub(super) successes: u64,
    pub(super) deopts: u64,
    /// Attempts made because a miss let the counter run out, and those among them that succeeded.
    pub(super) attempts_at_miss: u64,
    pub(super) successes_at_miss: u64,
    pub(super) failures: BTreeMap<&'static str, u64>,
}

impl Adaptation {
    fn of(&mut self, class: Class) -> Option<&mut u64> {
        match class {
            Class::Other => None,
            Class::Generic => Some(&mut self.generic),
            Class::Unspecialised => Some(&mut self.unspecialised),
            Class::Hit => Some(&mut self.hits),
            Class::Miss => Some(&mut self.misses),
        }
    }

    pub(super) fn executed(&mut self, class: Class) {
        self.executions += 1;
        if let Some(counter) = self.of(class) {
            *counter += 1;
        }
    }

    pub(super) fn retracted(&mut self, class: Class) {
        self.executions -= 1;
        if let Some(counter) = self.of(class) {
            *counter -= 1;
        }
    }

    /// The failures over all reasons.
    pub(super) fn failures_total(&self) -> u64 {
        self.failures.values().sum()
    }
}
