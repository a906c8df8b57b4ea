//! When and how code adapts: the numbers that CPython has as constants, as data.
//!
//! An era names a preset; the command line may change single numbers of it. A policy belongs to a machine and is fixed before it runs.

use super::Level;
use super::counter::{self, Counter};
use super::fusion::SuperSet;

/// The numbers of one era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Starts of a function, or backward jumps in it, until code is quickened (at least 1).
    pub warmup: u16,
    /// The counter of a fresh adaptive instruction.
    pub initial: Counter,
    /// The counter after a successful specialisation.
    pub cooldown: Counter,
    /// The largest back-off exponent.
    pub max_backoff: u16,
    /// The superinstructions that quickening may use, if not those the level has by itself.
    pub supers: Option<SuperSet>,
}

/// The eras and their policies.
pub const ERAS: &[(&str, Policy)] = &[("3.13", Policy::CPYTHON_3_13)];

impl Policy {
    /// CPython 3.13's counters; the warm-up is that of 3.11, the last version to quicken by one.
    pub const CPYTHON_3_13: Policy =
        Policy { warmup: 8, initial: counter::make(1, 1), cooldown: counter::make(52, 0), max_backoff: 12, supers: None };

    /// The policy of an era.
    #[must_use]
    pub fn of_era(era: &str) -> Option<Policy> {
        ERAS.iter().find(|(name, _)| *name == era).map(|(_, policy)| *policy)
    }

    /// The superinstructions that quickening may use at a level: by themselves all at `quickened`, none elsewhere. At the levels that
    /// specialise, what holds an instruction that adapts is left out.
    #[must_use]
    pub fn supers_at(&self, level: Level) -> SuperSet {
        let own = if level == Level::Quickened { SuperSet::ALL } else { SuperSet::NONE };
        self.supers.unwrap_or(own).usable(level.adapts())
    }

    /// Whether code of a level counts its warm-up. The level `plain` never does.
    #[must_use]
    pub fn quickens(&self, level: Level) -> bool {
        level == Level::Quickened || level.adapts() && !self.supers_at(level).is_empty()
    }
}

impl Default for Policy {
    fn default() -> Policy {
        Policy::CPYTHON_3_13
    }
}
