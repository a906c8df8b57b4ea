//! The way out of the graph: pseudo-opcodes become real ones, and conditional jumps are made to point forward. `write` does the rest.

use crate::opcodes::Opcode;

use super::clean;
use super::graph::{BlockId, CfgInstr, ENTRY, Graph};

/// Replaces the pseudo-opcodes that have served their purpose (jumps are left to the assembler).
pub(super) fn convert_pseudo_ops(graph: &mut Graph) {
    // Otherwise nothing has happened since the last time.
    if graph.handlers || graph.pseudo || !graph.lined {
        let mut untidy = false;
        graph.each(|graph, b| {
            let (block, instrs) = graph.parts_mut(b);
            for instr in instrs {
                match instr.op {
                    Opcode::LOAD_CLOSURE => instr.op = Opcode::LOAD_FAST,
                    Opcode::STORE_FAST_MAYBE_NULL => instr.op = Opcode::STORE_FAST,
                    op if op.is_block_push() => {
                        instr.set_op0(Opcode::NOP);
                        block.tidy = false;
                        untidy = true;
                    }
                    _ => {}
                }
            }
        });
        graph.untidy |= untidy;
        clean::remove_nops_and_jumps(graph);
    }
}

/// Conditional jumps only exist forwards: a backward one becomes the opposite condition over a backward jump.
pub(super) fn normalize_jumps(graph: &mut Graph) {
    if !graph.backward {
        return;
    }
    graph.clear_visited();
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        graph.visit(b);
        normalize_in(graph, b);
        at = graph.blocks[b].next;
    }
}

fn normalize_in(graph: &mut Graph, b: BlockId) {
    let Some(last) = graph.last(b).copied() else { return };
    let Some(target) = last.target else { return };
    if !graph.blocks[target].visited {
        return;
    }
    let reversed = match last.op {
        Opcode::POP_JUMP_IF_NOT_NONE => Opcode::POP_JUMP_IF_NONE,
        Opcode::POP_JUMP_IF_NONE => Opcode::POP_JUMP_IF_NOT_NONE,
        Opcode::POP_JUMP_IF_FALSE => Opcode::POP_JUMP_IF_TRUE,
        Opcode::POP_JUMP_IF_TRUE => Opcode::POP_JUMP_IF_FALSE,
        _ => return,
    };
    let next = graph.blocks[b].next;
    let backward = graph.new_block();
    let cold = graph.blocks[b].cold;
    graph.push(backward, CfgInstr { target: Some(target), ..CfgInstr::new(Opcode::JUMP, 0, last.loc) });
    let block = &mut graph.blocks[backward];
    block.cold = cold;
    block.next = next;
    if let Some(last) = graph.last_mut(b) {
        last.op = reversed;
        last.target = next;
    }
    graph.blocks[b].next = Some(backward);
}
