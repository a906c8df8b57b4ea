//! Shortens runs of `SWAP` and applies what is left by reordering the stores that follow.

use crate::opcodes::Opcode;

use super::graph::CfgInstr;

/// Optimises every run of `SWAP`s in a block.
pub(super) fn optimize(instrs: &mut [CfgInstr]) {
    let mut at = 0;
    while at < instrs.len() {
        if instrs[at].op == Opcode::SWAP {
            at = shorten_run(instrs, at);
            apply_statically(instrs, at);
        }
        at += 1;
    }
}

/// Replaces the run of `SWAP`s and `NOP`s at `start` by the shortest one with the same permutation; the run's last index,
/// or `start` when there was only one swap.
fn shorten_run(instrs: &mut [CfgInstr], start: usize) -> usize {
    let len = instrs[start..].iter().take_while(|i| matches!(i.op, Opcode::SWAP | Opcode::NOP)).count();
    let run = &mut instrs[start..start + len];
    if run.iter().filter(|i| i.op == Opcode::SWAP).count() < 2 {
        return start;
    }
    let depth = run.iter().filter(|i| i.op == Opcode::SWAP).map(|i| i.oparg as usize).max().unwrap_or(0);
    // `stack[i]` is the original position of what ends up at position `i`; None once placed.
    let mut stack: Vec<Option<usize>> = (0..depth).map(Some).collect();
    for swap in run.iter().filter(|i| i.op == Opcode::SWAP) {
        if let Some(below) = (swap.oparg as usize).checked_sub(1) {
            stack.swap(0, below);
        }
    }
    // Each cycle of the permutation is resolved through the top of the stack, and written from the end of the run.
    let mut current = len;
    for i in 0..depth {
        if stack[i].is_none() || stack[i] == Some(i) {
            continue;
        }
        let mut j = i;
        loop {
            if j != 0 {
                current -= 1;
                run[current].op = Opcode::SWAP;
                run[current].oparg = u32::try_from(j + 1).unwrap_or(u32::MAX);
            }
            match stack[j].take() {
                None => break,
                Some(next) => j = next,
            }
        }
    }
    for unused in &mut run[..current] {
        unused.set_op0(Opcode::NOP);
    }
    start + len - 1
}

fn swappable(op: Opcode) -> bool {
    matches!(op, Opcode::STORE_FAST | Opcode::STORE_FAST_MAYBE_NULL | Opcode::POP_TOP)
}

fn stores_to(instr: &CfgInstr) -> Option<u32> {
    matches!(instr.op, Opcode::STORE_FAST | Opcode::STORE_FAST_MAYBE_NULL).then_some(instr.oparg)
}

/// The next instruction after `at` that only takes the top of the stack; none if something else, or another line, is met.
fn next_swappable(instrs: &[CfgInstr], at: usize, line: i32) -> Option<usize> {
    for (index, instr) in instrs.iter().enumerate().skip(at + 1) {
        if line >= 0 && instr.loc.line != line {
            return None;
        }
        if instr.op == Opcode::NOP {
            continue;
        }
        return swappable(instr.op).then_some(index);
    }
    None
}

/// Applies the `SWAP` at `at`, and those before it, by exchanging the instructions that consume the swapped values.
fn apply_statically(instrs: &mut [CfgInstr], at: usize) {
    for i in (0..=at).rev() {
        let swap = instrs[i];
        if swap.op != Opcode::SWAP {
            if swap.op == Opcode::NOP || swappable(swap.op) {
                continue;
            }
            return;
        }
        let Some(j) = next_swappable(instrs, i, -1) else { return };
        let line = instrs[j].loc.line;
        let mut k = j;
        for _ in 1..swap.oparg {
            match next_swappable(instrs, k, line) {
                Some(next) => k = next,
                None => return,
            }
        }
        // Stores to one variable must keep their order.
        let (store_j, store_k) = (stores_to(&instrs[j]), stores_to(&instrs[k]));
        if store_j.is_some() || store_k.is_some() {
            if store_j == store_k {
                return;
            }
            let between = instrs.get(j + 1..k).unwrap_or(&[]);
            if between.iter().filter_map(stores_to).any(|s| Some(s) == store_j || Some(s) == store_k) {
                return;
            }
        }
        instrs[i].set_op0(Opcode::NOP);
        instrs.swap(j, k);
    }
}
