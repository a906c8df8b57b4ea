//! What a set of superinstructions saves, by replaying the very rule of quickening on what was executed.
//!
//! A superinstruction does its second and later components without a dispatch, so it saves one each time one of them is executed. They
//! are never jumped to, so each of their executions follows the one before them. The replay takes code to be quickened from the start:
//! what a run saves is less by what it executed before it was warm.

use std::collections::BTreeMap;

use vm_core::adapt::fusion::{Cover, SuperSet};
use vm_core::opcodes::Opcode;
use vm_core::ops::{SUPERS, Super};

use super::stretches::Recorded;

/// What one superinstruction is predicted to save.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Stretches of code in which it is used; a stretch may stand for several places.
    pub uses: u64,
    /// Executions.
    pub executions: u64,
    /// Dispatches saved.
    pub saved: u64,
}

/// The savings of a set, by superinstruction.
#[must_use]
pub fn replay(recorded: &[Recorded], set: SuperSet) -> BTreeMap<Opcode, Saving> {
    let mut cover = Cover::new(set);
    let mut out: BTreeMap<Opcode, Saving> = BTreeMap::new();
    for stretch in recorded {
        cover.stretch(&stretch.ops, |at, found| {
            let saving = out.entry(found.opcode).or_default();
            saving.uses += 1;
            saving.executions += stretch.counts[at];
            saving.saved += stretch.counts[at + 1..at + found.parts.len()].iter().sum::<u64>();
        });
    }
    out
}

/// Dispatches that a set saves in all.
#[must_use]
pub fn saved(recorded: &[Recorded], set: SuperSet) -> u64 {
    replay(recorded, set).values().map(|s| s.saved).sum()
}

/// The best `count` superinstructions among `among`: one after the other, the one that adds most to what those before it save. Fewer if
/// no other adds anything.
#[must_use]
pub fn best(recorded: &[Recorded], among: SuperSet, count: usize) -> Vec<&'static Super> {
    let one = std::slice::from_ref::<Recorded>;
    let usable: Vec<usize> = (0..SUPERS.len()).filter(|&i| among.contains(i)).collect();
    // Only stretches in which it occurs change what a superinstruction adds.
    let occurs: BTreeMap<usize, Vec<usize>> = usable
        .iter()
        .map(|&i| {
            let parts = SUPERS[i].parts;
            let holds = |r: &Recorded| r.ops.windows(parts.len()).any(|w| w.iter().map(|o| o.1).eq(parts.iter().copied()));
            (i, (0..recorded.len()).filter(|&k| holds(&recorded[k])).collect())
        })
        .collect();
    let mut now: Vec<u64> = vec![0; recorded.len()];
    let mut set = SuperSet::NONE;
    let mut out = Vec::new();
    while out.len() < count {
        let added = |i: usize| -> i128 {
            let mut with = set;
            with.insert(i);
            occurs[&i].iter().map(|&k| i128::from(saved(one(&recorded[k]), with)) - i128::from(now[k])).sum()
        };
        let best =
            usable.iter().filter(|&&i| !set.contains(i)).map(|&i| (added(i), i)).max_by_key(|&(gain, i)| (gain, std::cmp::Reverse(i)));
        let Some((gain, i)) = best else { break };
        if gain <= 0 {
            break;
        }
        set.insert(i);
        out.push(&SUPERS[i]);
        for &k in &occurs[&i] {
            now[k] = saved(one(&recorded[k]), set);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::supers::named;

    fn stretch(ops: &[Opcode], counts: &[u64]) -> Recorded {
        Recorded { ops: ops.iter().copied().enumerate().collect(), counts: counts.to_vec() }
    }

    use Opcode::{LOAD_CONST, LOAD_FAST, POP_TOP, STORE_FAST};

    #[test]
    fn later_components_are_saved_as_often_as_they_run() {
        let recorded = [stretch(&[LOAD_FAST, LOAD_FAST, POP_TOP, STORE_FAST, LOAD_FAST], &[10, 9, 8, 7, 6])];
        let found = replay(&recorded, named("cpython-3.13").unwrap());
        let one = |executions, saved| Saving { uses: 1, executions, saved };
        assert_eq!(found[&Opcode::LOAD_FAST__LOAD_FAST], one(10, 9));
        assert_eq!(found[&Opcode::STORE_FAST__LOAD_FAST], one(7, 6));
        assert_eq!(saved(&recorded, named("cpython-3.13").unwrap()), 15);
        assert_eq!(saved(&recorded, SuperSet::NONE), 0);
    }

    #[test]
    fn a_cover_takes_what_gains_most_not_what_comes_first() {
        // From the left, LOAD_FAST LOAD_FAST would leave the constant over.
        let pairs = named("cpython-3.11").unwrap();
        let recorded = [stretch(&[STORE_FAST, LOAD_FAST, LOAD_FAST, LOAD_CONST], &[5, 5, 5, 5])];
        assert_eq!(saved(&recorded, pairs), 10);
    }

    #[test]
    fn the_best_come_one_after_the_other() {
        let recorded = [stretch(&[LOAD_FAST, LOAD_CONST], &[100, 100]), stretch(&[STORE_FAST, LOAD_FAST], &[50, 50])];
        let chosen = |n| best(&recorded, named("cpython-3.11").unwrap(), n).iter().map(|s| s.opcode).collect::<Vec<_>>();
        assert_eq!(chosen(1), [Opcode::LOAD_FAST__LOAD_CONST]);
        assert_eq!(chosen(2), [Opcode::LOAD_FAST__LOAD_CONST, Opcode::STORE_FAST__LOAD_FAST]);
        // Nothing else adds anything.
        assert_eq!(chosen(9).len(), 2);
    }
}
