//! 3.13's compile-time superinstructions: pairs of fast-local accesses in one instruction. The only pass that tells the fused
//! form of a code object from the unfused one.

use crate::opcodes::Opcode;

use super::clean;
use super::graph::Graph;

/// Fuses adjacent pairs on one line whose locals both have a number below 16; whether that changed anything.
pub(super) fn insert(graph: &mut Graph) -> bool {
    let mut changed = false;
    for b in graph.order() {
        let instrs = &mut graph.blocks[b].instrs;
        for i in 1..instrs.len() {
            let (first, second) = (instrs[i - 1], instrs[i]);
            let fused = match (first.op, second.op) {
                (Opcode::LOAD_FAST, Opcode::LOAD_FAST) => Opcode::LOAD_FAST_LOAD_FAST,
                (Opcode::STORE_FAST, Opcode::LOAD_FAST) => Opcode::STORE_FAST_LOAD_FAST,
                (Opcode::STORE_FAST, Opcode::STORE_FAST) => Opcode::STORE_FAST_STORE_FAST,
                _ => continue,
            };
            let (line1, line2) = (first.loc.line, second.loc.line);
            if (line1 >= 0 && line2 >= 0 && line1 != line2) || first.oparg >= 16 || second.oparg >= 16 {
                continue;
            }
            instrs[i - 1].set_op1(fused, first.oparg << 4 | second.oparg);
            instrs[i].set_op0(Opcode::NOP);
            changed = true;
        }
    }
    changed | (clean::remove_nops(graph) > 0)
}
