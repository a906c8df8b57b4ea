//! One instruction of an adaptive family: its counters, the operand types it saw, and what became of it when.

use std::collections::VecDeque;

use vm_core::opcodes::Opcode;

use super::counts::Adaptation;
use super::operands::Key;

/// Combinations of operand types that are told apart at one site.
const MOST_TYPES: usize = 64;
/// Events kept from the start of a site's history, and as many from its end.
const HISTORY_HALF: usize = 24;

/// What happened to a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// It was specialised, after so many misses of the form it had before, if it had one.
    Specialised(Opcode),
    /// It could not be specialised.
    Failed(&'static str),
    /// It was put back to its counting form.
    Deoptimised(Opcode),
    /// The first miss of a specialised form since it was installed.
    Missed(Opcode),
}

/// One event of a site's history.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// Instructions that the run had executed.
    pub(super) at: u64,
    pub(super) what: What,
    /// Misses since the last event that installed a form.
    pub(super) misses: u64,
    /// The operand types at that moment, as an index into [`Site::seen`].
    pub(super) seen: Option<usize>,
}

/// One instruction of an adaptive family.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) family: Opcode,
    pub(super) state: Opcode,
    pub(super) counts: Adaptation,
    /// Operand types with their counts, in order of appearance.
    pub(super) seen: Vec<(Key, String, u64)>,
    /// Executions with operand types beyond those told apart.
    pub(super) seen_others: u64,
    /// Misses since a form was installed.
    pub(super) misses_of_form: u64,
    first: Vec<Event>,
    last: VecDeque<Event>,
    pub(super) history_dropped: u64,
    recent: Option<usize>,
}

impl Site {
    pub(super) fn new(op: Opcode) -> Site {
        Site {
            family: op.family(),
            state: op,
            counts: Adaptation::default(),
            seen: Vec::new(),
            seen_others: 0,
            misses_of_form: 0,
            first: Vec::new(),
            last: VecDeque::new(),
            history_dropped: 0,
            recent: None,
        }
    }

    /// Counts an execution with these operand types; what [`Site::forget`] takes back.
    pub(super) fn saw(&mut self, key: Key, name: impl FnOnce() -> String) -> Option<usize> {
        self.recent = match self.seen.iter().position(|(known, _, _)| *known == key) {
            Some(index) => Some(index),
            None if self.seen.len() < MOST_TYPES => {
                self.seen.push((key, name(), 0));
                Some(self.seen.len() - 1)
            }
            None => None,
        };
        match self.recent {
            Some(index) => self.seen[index].2 += 1,
            None => self.seen_others += 1,
        }
        self.recent
    }

    /// Takes one back.
    pub(super) fn forget(&mut self, index: Option<usize>) {
        match index {
            Some(index) => self.seen[index].2 -= 1,
            None => self.seen_others -= 1,
        }
    }

    /// Adds to the history.
    pub(super) fn note(&mut self, at: u64, what: What) {
        let event = Event { at, what, misses: self.misses_of_form, seen: self.recent };
        if matches!(what, What::Specialised(_)) {
            self.misses_of_form = 0;
        }
        if self.first.len() < HISTORY_HALF {
            self.first.push(event);
            return;
        }
        if self.last.len() == HISTORY_HALF {
            self.last.pop_front();
            self.history_dropped += 1;
        }
        self.last.push_back(event);
    }

    /// The history, oldest first; [`Site::history_dropped`] events are missing between its halves.
    pub(super) fn history(&self) -> impl Iterator<Item = &Event> {
        self.first.iter().chain(&self.last)
    }
}
