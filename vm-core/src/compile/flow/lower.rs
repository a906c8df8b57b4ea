//! The way out of the graph: pseudo-opcodes become real ones, conditional jumps are made to point forward, and blocks are laid
//! out as one sequence for the assembler.

use crate::compile::assemble::{AsmInstr, Handler, HandlerId, Sequence};
use crate::opcodes::Opcode;

use super::FlowError;
use super::clean;
use super::graph::{BlockId, CfgInstr, ENTRY, Graph};
use super::superinstructions;

/// Replaces the pseudo-opcodes that have served their purpose (jumps are left to the assembler).
pub(super) fn convert_pseudo_ops(graph: &mut Graph) {
    for block in &mut *graph.blocks {
        for instr in &mut block.instrs {
            match instr.op {
                Opcode::LOAD_CLOSURE => instr.op = Opcode::LOAD_FAST,
                Opcode::STORE_FAST_MAYBE_NULL => instr.op = Opcode::STORE_FAST,
                op if op.is_block_push() => {
                    instr.set_op0(Opcode::NOP);
                    block.tidy = false;
                }
                _ => {}
            }
        }
    }
    clean::remove_nops_and_jumps(graph);
}

/// Conditional jumps only exist forwards: a backward one becomes the opposite condition over a backward jump.
pub(super) fn normalize_jumps(graph: &mut Graph) {
    graph.clear_visited();
    let mut at = Some(ENTRY);
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
pub(super) fn to_sequence(graph: &Graph, fused: bool) -> Result<Sequence, FlowError> {
    // Where each block starts; blocks that are no part of the program start past its end.
    let mut start = vec![u32::MAX; graph.blocks.len()];
    let mut count = 0;
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        start[b.index()] = count;
        let instrs = &graph.blocks[b].instrs;
        count += instrs.len() as u32;
        if fused {
            count -= instrs.iter().filter(|i| i.fused.is_some()).count() as u32;
        }
        at = graph.blocks[b].next;
    }
    let mut out = Sequence { instrs: Vec::with_capacity(count as usize), handlers: Vec::new() };
    // For each block the number of the handler that it is, once one is met.
    let mut numbers: Vec<Option<HandlerId>> = if graph.handlers { vec![None; graph.blocks.len()] } else { Vec::new() };
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        let mut instrs = graph.blocks[b].instrs.iter();
        while let Some(instr) = instrs.next() {
            let (mut op, mut oparg) = (instr.op, instr.oparg);
            if fused && let Some(superinstruction) = instr.fused {
                let second = instrs.next().ok_or(FlowError::Malformed("half a superinstruction"))?;
                (op, oparg) = (superinstruction, superinstructions::argument(oparg, second.oparg));
            }
            let mut handler = None;
            if let Some(h) = instr.except {
                let number = numbers.get_mut(h.index()).ok_or(FlowError::Malformed("a handler that nothing sets up"))?;
                if number.is_none() {
                    let block = &graph.blocks[h];
                    let depth = block.start_depth.and_then(|d| d.checked_sub(1 + u32::from(block.preserve_lasti)));
                    let depth = depth.ok_or(FlowError::Malformed("a handler without a stack depth"))?;
                    *number = Some(out.add_handler(Handler { target: start[h.index()], depth, lasti: block.preserve_lasti }));
                }
                handler = *number;
            }
            let target = match instr.target {
                Some(t) if start[t.index()] >= count => return Err(FlowError::Malformed("a jump past the end")),
                Some(t) => start[t.index()],
                None => AsmInstr::NO_TARGET,
            };
            out.instrs.push(AsmInstr { op, oparg, loc: instr.loc, target, handler });
        }
        at = graph.blocks[b].next;
    }
    Ok(out)
}
