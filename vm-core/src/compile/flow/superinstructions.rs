//! 3.13's compile-time superinstructions: pairs of fast-local accesses in one instruction. All that tells the fused form of a code
//! object from the unfused one.
//!
//! Pairs are marked where CPython inserts superinstructions, and the passes behind that see both instructions of a pair; only when the
//! sequence is written does a pair become one. So the passes run once for both forms. Where they could tell a pair from the one
//! instruction that CPython's see, which is rare, the forms are made apart.

use crate::opcodes::Opcode;

use super::clean;
use super::graph::{CfgInstr, Graph};

/// How the two forms differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fusion {
    /// Not at all.
    None,
    /// Each marked pair is one instruction in the fused form.
    Marked,
    /// Later passes may treat pairs and superinstructions differently.
    Apart,
}

/// Marks adjacent pairs on one line whose locals both have a number below 16.
pub(super) fn mark(graph: &mut Graph, nlocals: usize) -> Fusion {
    let mut fusion = Fusion::None;
    if nlocals == 0 {
        return fusion;
    }
    graph.each(|graph, b| {
        let instrs = graph.instrs_mut(b);
        let mut i = 1;
        while i < instrs.len() {
            let (first, second) = (&instrs[i - 1], &instrs[i]);
            let Some(fused) = superinstruction(first, second) else {
                i += 1;
                continue;
            };
            // What has no line yet gets that of the instruction before, which must then be the same in both forms.
            let alike = first.loc.line >= 0 && second.loc.line >= 0 && instrs.get(i + 1).is_some_and(|after| after.loc.line >= 0);
            instrs[i - 1].fused = Some(fused);
            if !alike {
                fusion = Fusion::Apart;
            } else if fusion == Fusion::None {
                fusion = Fusion::Marked;
            }
            i += 2;
        }
    });
    fusion
}

fn superinstruction(first: &CfgInstr, second: &CfgInstr) -> Option<Opcode> {
    let fused = match (first.op, second.op) {
        (Opcode::LOAD_FAST, Opcode::LOAD_FAST) => Opcode::LOAD_FAST_LOAD_FAST,
        (Opcode::STORE_FAST, Opcode::LOAD_FAST) => Opcode::STORE_FAST_LOAD_FAST,
        (Opcode::STORE_FAST, Opcode::STORE_FAST) => Opcode::STORE_FAST_STORE_FAST,
        _ => return None,
    };
    let (line1, line2) = (first.loc.line, second.loc.line);
    let one_line = line1 < 0 || line2 < 0 || line1 == line2;
    (one_line && first.oparg < 16 && second.oparg < 16).then_some(fused)
}

/// The argument of the superinstruction for two locals.
pub(super) fn argument(first: u32, second: u32) -> u32 {
    first << 4 | second
}

/// Makes the marked pairs superinstructions at once.
pub(super) fn insert(graph: &mut Graph) {
    let mut untidy = false;
    graph.each(|graph, b| {
        let (block, instrs) = graph.parts_mut(b);
        for i in 1..instrs.len() {
            if let Some(fused) = instrs[i - 1].fused.take() {
                untidy = true;
                let second = instrs[i].oparg;
                let first = &mut instrs[i - 1];
                first.set_op1(fused, argument(first.oparg, second));
                instrs[i].set_op0(Opcode::NOP);
                block.tidy = false;
            }
        }
    });
    graph.untidy |= untidy;
    clean::remove_nops(graph);
    // The passes behind must not rely on what they saw before.
    graph.lined = false;
}
