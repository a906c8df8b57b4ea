//! Which superinstructions may be used, and where they fit: the one rule that quickening follows and predictions replay.
//!
//! A set of superinstructions is data. Straight-line code (no jump goes into the middle) is covered so that the instructions saved, by
//! a rough model of what dispatching and going out of line cost ([`Super::gain`]), are most. At the levels that specialise, only instructions that never adapt are fused, since the others are
//! rewritten themselves.

use super::prepare::adaptive;
use crate::code::{Form, exception_entries};
use crate::op::{Unit, unit_op};
use crate::opcodes::Opcode;
use crate::ops::{MAX_PARTS, SUPERS, Super};

/// A set of superinstructions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SuperSet([u64; WORDS]);

const WORDS: usize = SUPERS.len().div_ceil(64);

impl SuperSet {
    /// None.
    pub const NONE: SuperSet = SuperSet([0; WORDS]);

    /// All there are.
    pub const ALL: SuperSet = {
        let mut words = [0; WORDS];
        let mut i = 0;
        while i < SUPERS.len() {
            words[i / 64] |= 1 << (i % 64);
            i += 1;
        }
        SuperSet(words)
    };

    /// Adds a superinstruction by its index in [`SUPERS`].
    pub const fn insert(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    /// Whether the one with that index is in the set.
    #[must_use]
    pub const fn contains(&self, index: usize) -> bool {
        self.0[index / 64] & 1 << (index % 64) != 0
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == Self::NONE.0
    }

    /// Its members, by number.
    pub fn iter(&self) -> impl Iterator<Item = &'static Super> {
        SUPERS.iter().enumerate().filter(|(i, _)| self.contains(*i)).map(|(_, s)| s)
    }

    /// Those that code of a level which specialises (`adapts`) can hold.
    #[must_use]
    pub fn usable(&self, adapts: bool) -> SuperSet {
        if !adapts || self.is_empty() {
            return *self;
        }
        let mut out = SuperSet::NONE;
        for (i, s) in SUPERS.iter().enumerate() {
            if self.contains(i) && s.parts.iter().all(|&op| adaptive(op) == op) {
                out.insert(i);
            }
        }
        out
    }
}

/// Applies a set to straight-line code.
pub struct Cover {
    set: SuperSet,
    /// For each place, the most that can be gained from there on, and by which superinstruction there.
    best: Vec<(u32, usize)>,
}

impl Cover {
    /// Nothing applied yet.
    #[must_use]
    pub fn new(set: SuperSet) -> Cover {
        Cover { set, best: Vec::new() }
    }

    /// Covers one stretch so that most is gained; says where each superinstruction begins.
    pub fn stretch(&mut self, run: &[(usize, Opcode)], mut found: impl FnMut(usize, &'static Super)) {
        self.best.clear();
        self.best.resize(run.len() + 1, (0, NOWHERE));
        for at in (0..run.len()).rev() {
            let mut best = (self.best[at + 1].0, NOWHERE);
            let mut node = 0;
            for (k, &(_, op)) in run[at..].iter().take(MAX_PARTS).enumerate() {
                node = TRIE.next[node][TRIE.class[op as usize & 255] as usize] as usize;
                if node == 0 {
                    break;
                }
                let index = TRIE.ends[node] as usize;
                if index != NOWHERE && self.set.contains(index) {
                    let gain = SUPERS[index].gain + self.best[at + k + 1].0;
                    if gain > best.0 {
                        best = (gain, index);
                    }
                }
            }
            self.best[at] = best;
        }
        let mut at = 0;
        while at < run.len() {
            match SUPERS.get(self.best[at].1) {
                Some(s) => {
                    found(at, s);
                    at += s.parts.len();
                }
                None => at += 1,
            }
        }
    }
}

impl FromIterator<&'static Super> for SuperSet {
    fn from_iter<I: IntoIterator<Item = &'static Super>>(members: I) -> SuperSet {
        let mut set = SuperSet::NONE;
        for s in members {
            set.insert(s.opcode as usize - SUPERS[0].opcode as usize);
        }
        set
    }
}

impl std::fmt::Debug for SuperSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(|s| s.opcode)).finish()
    }
}

/// Straight-line stretches of code: the unit and the opcode of each instruction. A jump, or an exception handler, leads to the first
/// instruction of a stretch or to none.
pub fn stretches(form: Form<'_>, mut each: impl FnMut(&[(usize, Opcode)])) {
    let units = form.code.as_chunks::<2>().0;
    let mut target = vec![false; units.len() + 1];
    let mut mark = |unit: usize| target.get_mut(unit).map(|t| *t = true);
    let (mut at, mut extended) = (0, 0);
    while let Some(&[number, arg]) = units.get(at) {
        let Some(op) = Opcode::from_number(u16::from(number)) else { break };
        let arg = extended << 8 | usize::from(arg);
        extended = if op == Opcode::EXTENDED_ARG { arg } else { 0 };
        at += 1 + op.caches();
        match JUMPS[number as usize] {
            Jump::No => {}
            Jump::Forward => _ = mark(at + arg),
            Jump::Backward => _ = mark(at.wrapping_sub(arg)),
        }
    }
    for entry in exception_entries(form.exceptiontable) {
        mark(entry.target);
    }
    let mut run = Vec::new();
    at = 0;
    while let Some(&[number, _]) = units.get(at) {
        let Some(op) = Opcode::from_number(u16::from(number)) else { break };
        if target[at] && !run.is_empty() {
            each(&run);
            run.clear();
        }
        run.push((at, op));
        at += 1 + op.caches();
    }
    if !run.is_empty() {
        each(&run);
    }
}

#[derive(Clone, Copy)]
enum Jump {
    No,
    Forward,
    Backward,
}

static JUMPS: [Jump; 256] = {
    let mut table = [Jump::No; 256];
    let mut number = 0;
    while number < 256 {
        if let Some(op) = Opcode::from_number(number)
            && op.is_jump()
        {
            table[number as usize] = if op.is_backward_jump() { Jump::Backward } else { Jump::Forward };
        }
        number += 1;
    }
    table
};

/// The opcode of a unit; of a superinstruction's, the first component.
#[must_use]
pub fn first_part(unit: Unit) -> Option<Opcode> {
    let op = Opcode::from_number(unit_op(unit) as u16)?;
    Some(Super::of(op).map_or(op, |s| s.parts[0]))
}

/// No superinstruction ends here.
const NOWHERE: usize = u16::MAX as usize;

/// The superinstructions as a tree: from a node by the class of an opcode to the next node, 0 for none.
struct Trie {
    /// Opcodes that are components are numbered from 1; class 0 are the others.
    class: [u8; 256],
    next: [[u16; CLASSES]; NODES],
    ends: [u16; NODES],
}

const CLASSES: usize = 64;
const NODES: usize = {
    let (mut nodes, mut i) = (1, 0);
    while i < SUPERS.len() {
        nodes += SUPERS[i].parts.len();
        i += 1;
    }
    nodes
};

static TRIE: Trie = {
    let mut trie = Trie { class: [0; 256], next: [[0; CLASSES]; NODES], ends: [NOWHERE as u16; NODES] };
    let (mut classes, mut nodes, mut i) = (1, 1, 0);
    while i < SUPERS.len() {
        let parts = SUPERS[i].parts;
        let (mut node, mut k) = (0, 0);
        while k < parts.len() {
            let op = parts[k] as usize;
            if trie.class[op] == 0 {
                trie.class[op] = classes;
                classes += 1;
            }
            let class = trie.class[op] as usize;
            if trie.next[node][class] == 0 {
                trie.next[node][class] = nodes;
                nodes += 1;
            }
            node = trie.next[node][class] as usize;
            k += 1;
        }
        assert!(trie.ends[node] == NOWHERE as u16, "a superinstruction is listed once");
        trie.ends[node] = i as u16;
        i += 1;
    }
    trie
};
