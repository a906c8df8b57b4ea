//! Finds the handler of every instruction, and turns `POP_BLOCK` into nothing.

use crate::opcodes::Opcode;

use super::FlowError;
use super::graph::{BlockId, ENTRY, Graph};

/// Marks the blocks that handlers start with.
pub(super) fn mark_handlers(graph: &mut Graph) {
    if !graph.handlers {
        return;
    }
    let handlers: Vec<BlockId> =
        graph.blocks.iter().flat_map(|b| &b.instrs).filter(|i| i.op.is_block_push()).filter_map(|i| i.target).collect();
    for handler in handlers {
        graph.blocks[handler].except_handler = true;
    }
}

/// Runs the block stack (`SETUP_*`, `POP_BLOCK`) symbolically along every path and notes the innermost handler at each
/// instruction. A `RESUME` after a yield learns whether exactly one handler (a coroutine's outermost) is in force.
pub(super) fn label_targets(graph: &mut Graph) -> Result<(), FlowError> {
    // Without handlers there is nothing to note, unless code generation emitted nonsense.
    if !graph.handlers && graph.blocks.iter().flat_map(|b| &b.instrs).all(|i| i.op != Opcode::POP_BLOCK) {
        return Ok(());
    }
    graph.clear_visited();
    graph.visit(ENTRY);
    let mut todo: Vec<(BlockId, Vec<BlockId>)> = vec![(ENTRY, Vec::new())];
    while let Some((b, mut stack)) = todo.pop() {
        let mut yield_depth = None;
        for index in 0..graph.blocks[b].instrs.len() {
            let instr = graph.blocks[b].instrs[index];
            let handler = stack.last().copied();
            if instr.op.is_block_push() {
                let target = instr.target.ok_or(FlowError::Malformed("a handler without a block"))?;
                if graph.visit(target) {
                    todo.push((target, stack.clone()));
                }
                if matches!(instr.op, Opcode::SETUP_WITH | Opcode::SETUP_CLEANUP) {
                    graph.blocks[target].preserve_lasti = true;
                }
                stack.push(target);
                continue;
            }
            if instr.op == Opcode::POP_BLOCK {
                if stack.pop().is_none() {
                    return Err(FlowError::Malformed("POP_BLOCK outside a block"));
                }
                graph.blocks[b].instrs[index].set_op0(Opcode::NOP);
                continue;
            }
            graph.blocks[b].instrs[index].except = handler;
            if instr.op.is_jump() {
                let target = instr.target.ok_or(FlowError::Malformed("a jump without a block"))?;
                if graph.visit(target) {
                    todo.push((target, stack.clone()));
                }
            } else if instr.op == Opcode::YIELD_VALUE {
                yield_depth = Some(stack.len());
            } else if instr.op == Opcode::RESUME && instr.oparg != RESUME_AT_FUNC_START {
                if yield_depth == Some(1) {
                    graph.blocks[b].instrs[index].oparg |= RESUME_DEPTH1;
                }
                yield_depth = None;
            }
        }
        if let Some(next) = graph.fall_through(b)
            && graph.visit(next)
        {
            todo.push((next, stack));
        }
    }
    Ok(())
}

/// `RESUME`'s argument at a function's start.
const RESUME_AT_FUNC_START: u32 = 0;
/// The bit of `RESUME`'s argument that says: exactly one handler is in force.
const RESUME_DEPTH1: u32 = 4;
