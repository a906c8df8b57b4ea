//! What was executed, as straight-line stretches with counts: all that a prediction needs.

use std::collections::BTreeMap;

use reports::profile::{Profile, Stretch};
use vm_core::adapt::fusion::stretches;
use vm_core::code::Form;
use vm_core::opcodes::Opcode;

/// Counts by stretch; equal stretches are one.
#[derive(Default)]
pub struct Stretches(BTreeMap<Vec<u16>, Vec<u64>>);

impl Stretches {
    /// Adds the executions of one code object, by unit.
    pub fn add(&mut self, form: Form<'_>, counts: &[u64]) {
        stretches(form, |run| {
            let executed = |unit: usize| counts.get(unit).copied().unwrap_or(0);
            if run.iter().all(|&(unit, _)| executed(unit) == 0) {
                return;
            }
            let ops: Vec<u16> = run.iter().map(|&(_, op)| op as u16).collect();
            let sums = self.0.entry(ops).or_insert_with(|| vec![0; run.len()]);
            for (sum, &(unit, _)) in sums.iter_mut().zip(run) {
                *sum += executed(unit);
            }
        });
    }

    /// As a profile holds them, the most executed first.
    #[must_use]
    pub fn into_profile(self) -> Vec<Stretch> {
        let name = |&n: &u16| Opcode::from_number(n).map_or("?", Opcode::name).to_owned();
        let mut out: Vec<Stretch> =
            self.0.into_iter().map(|(ops, counts)| Stretch { opcodes: ops.iter().map(name).collect(), counts }).collect();
        out.sort_by_key(|s| std::cmp::Reverse(s.counts.iter().sum::<u64>()));
        out
    }
}

/// One stretch, to replay.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its opcodes; the numbers beside them count from 0.
    pub ops: Vec<(usize, Opcode)>,
    /// How often each was executed.
    pub counts: Vec<u64>,
}

/// The stretches of a profile.
pub fn of_profile(profile: &Profile) -> Result<Vec<Recorded>, String> {
    let by_name: BTreeMap<&str, Opcode> = Opcode::ALL.iter().map(|&op| (op.name(), op)).collect();
    let mut out = Vec::with_capacity(profile.stretches.len());
    for stretch in &profile.stretches {
        if stretch.opcodes.len() != stretch.counts.len() {
            return Err("the profile has a stretch with more opcodes than counts, or fewer".to_owned());
        }
        let op = |(i, name): (usize, &String)| {
            by_name.get(name.as_str()).map(|&op| (i, op)).ok_or_else(|| format!("there is no opcode '{name}'"))
        };
        let ops = stretch.opcodes.iter().enumerate().map(op).collect::<Result<_, _>>()?;
        out.push(Recorded { ops, counts: stretch.counts.clone() });
    }
    if out.is_empty() && profile.base_instructions > 0 {
        return Err("the profile holds no straight-line stretches; record it anew with 'harness trace'".to_owned());
    }
    Ok(out)
}
