//! The way out of the graph: pseudo-opcodes become real ones, conditional jumps are made to point forward, and blocks are laid
//! out as one sequence for the assembler.

use crate::compile::assemble::{AsmInstr, Handler};
use crate::opcodes::Opcode;

use super::FlowError;
use super::clean;
use super::graph::{BlockId, CfgInstr, Graph};
use super::superinstructions;

/// Replaces the pseudo-opcodes that have served their purpose (jumps are left to the assembler).
pub(super) fn convert_pseudo_ops(graph: &mut Graph) {
    for instr in graph.blocks.iter_mut().flat_map(|b| &mut b.instrs) {
        match instr.op {
            op if op.is_block_push() => instr.set_op0(Opcode::NOP),
            Opcode::LOAD_CLOSURE => instr.op = Opcode::LOAD_FAST,
            Opcode::STORE_FAST_MAYBE_NULL => instr.op = Opcode::STORE_FAST,
            _ => {}
        }
    }
    clean::remove_nops_and_jumps(graph);
}

/// Conditional jumps only exist forwards: a backward one becomes the opposite condition over a backward jump.
pub(super) fn normalize_jumps(graph: &mut Graph) {
    graph.clear_visited();
    let mut at = Some(super::graph::ENTRY);
    while let Some(b) = at {
        graph.visit(b);
        normalize_in(graph, b);
        at = graph.blocks[b].next;
    }
}

fn normalize_in(graph: &mut Graph, b: BlockId) {
    let Some(last) = graph.blocks[b].last().copied() else { return };
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
    let block = &mut graph.blocks[backward];
    block.instrs.push(CfgInstr { target: Some(target), ..CfgInstr::new(Opcode::JUMP, 0, last.loc) });
    block.cold = cold;
    block.next = next;
    if let Some(last) = graph.blocks[b].instrs.last_mut() {
        last.op = reversed;
        last.target = next;
    }
    graph.blocks[b].next = Some(backward);
}

/// The graph as one sequence in which jumps and handlers are instruction indices; with marked pairs as one instruction each if `fused`.
pub(super) fn to_sequence(graph: &Graph, fused: bool) -> Result<Vec<AsmInstr>, FlowError> {
    let order = graph.order();
    let mut start = vec![0; graph.blocks.len()];
    let mut count = 0;
    for &b in &order {
        start[b] = count;
        let instrs = &graph.blocks[b].instrs;
        count += instrs.len();
        if fused {
            count -= instrs.iter().filter(|i| i.fused.is_some()).count();
        }
    }
    let mut out = Vec::with_capacity(count);
    for &b in &order {
        let mut instrs = graph.blocks[b].instrs.iter();
        while let Some(instr) = instrs.next() {
            let (mut op, mut oparg) = (instr.op, instr.oparg);
            if let Some(superinstruction) = instr.fused.filter(|_| fused) {
                let second = instrs.next().ok_or(FlowError::Malformed("half a superinstruction"))?;
                (op, oparg) = (superinstruction, superinstructions::argument(oparg, second.oparg));
            }
            let handler = match instr.except {
                None => None,
                Some(h) => {
                    let block = &graph.blocks[h];
                    let lasti = u32::from(block.preserve_lasti);
                    let depth = block
                        .start_depth
                        .and_then(|d| d.checked_sub(1 + lasti))
                        .ok_or(FlowError::Malformed("a handler without a stack depth"))?;
                    Some(Handler { target: start[h], depth, lasti: block.preserve_lasti })
                }
            };
            let target = match instr.target {
                Some(t) if start[t] >= count => return Err(FlowError::Malformed("a jump past the end")),
                target => target.map(|t| start[t]),
            };
            out.push(AsmInstr { op, oparg, loc: instr.loc, target, handler });
        }
    }
    Ok(out)
}
