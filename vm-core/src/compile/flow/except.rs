//! Finds the handler of every instruction, and turns `POP_BLOCK` into nothing.

use crate::opcodes::Opcode;

use smallvec::SmallVec;

use super::FlowError;
use super::graph::{BlockId, Blocks, ENTRY, Graph};

/// Marks the blocks that handlers start with.
pub(super) fn mark_handlers(graph: &mut Graph) {
    if !graph.handlers {
        return;
    }
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        let (blocks, instrs) = graph.split(b);
        for instr in instrs {
            if let Some(handler) = instr.target.filter(|_| instr.op.is_block_push()) {
                blocks[handler].except_handler = true;
            }
        }
        at = blocks[b].next;
    }
}

/// The handlers in force at some place, as a list that places share: the innermost, and the number of the list of those around it.
struct InForce {
    handler: BlockId,
    outer: Option<usize>,
}

/// Runs the block stack (`SETUP_*`, `POP_BLOCK`) symbolically along every path and notes the innermost handler at each
/// instruction. A `RESUME` after a yield learns whether exactly one handler (a coroutine's outermost) is in force.
pub(super) fn label_targets(graph: &mut Graph) -> Result<(), FlowError> {
    // Without handlers there is nothing to note, unless code generation emitted nonsense.
    if !graph.handlers && !graph.pops {
        return Ok(());
    }
    graph.clear_visited();
    graph.visit(ENTRY);
    let mut lists = SmallVec::<[InForce; 16]>::new();
    let mut todo = SmallVec::<[(BlockId, Option<usize>); 16]>::new();
    todo.push((ENTRY, None));
    while let Some((b, mut inner)) = todo.pop() {
        // Whether exactly one handler was in force at the last yield.
        let mut one_at_yield = None;
        let (blocks, instrs) = graph.split(b);
        let visit = |blocks: &mut Blocks, b: BlockId| !std::mem::replace(&mut blocks[b].visited, true);
        let mut falls_through = true;
        for instr in instrs {
            falls_through = !instr.op.never_falls_through();
            if instr.op.is_block_push() {
                let target = instr.target.ok_or(FlowError::Malformed("a handler without a block"))?;
                let with_offset = matches!(instr.op, Opcode::SETUP_WITH | Opcode::SETUP_CLEANUP);
                if visit(blocks, target) {
                    todo.push((target, inner));
                }
                blocks[target].preserve_lasti |= with_offset;
                lists.push(InForce { handler: target, outer: inner });
                inner = Some(lists.len() - 1);
                continue;
            }
            if instr.op == Opcode::POP_BLOCK {
                let popped = inner.ok_or(FlowError::Malformed("POP_BLOCK outside a block"))?;
                inner = lists[popped].outer;
                instr.set_op0(Opcode::NOP);
                blocks[b].tidy = false;
                continue;
            }
            instr.except = inner.map(|at| lists[at].handler);
            if instr.op.is_jump() {
                let target = instr.target.ok_or(FlowError::Malformed("a jump without a block"))?;
                if visit(blocks, target) {
                    todo.push((target, inner));
                }
            } else if instr.op == Opcode::YIELD_VALUE {
                one_at_yield = Some(inner.is_some_and(|at| lists[at].outer.is_none()));
            } else if instr.op == Opcode::RESUME && instr.oparg != RESUME_AT_FUNC_START && one_at_yield.take() == Some(true) {
                instr.oparg |= RESUME_DEPTH1;
            }
        }
        if let Some(next) = blocks[b].next.filter(|_| falls_through)
            && visit(blocks, next)
        {
            todo.push((next, inner));
        }
    }
    Ok(())
}

/// `RESUME`'s argument at a function's start.
const RESUME_AT_FUNC_START: u32 = 0;
/// The bit of `RESUME`'s argument that says: exactly one handler is in force.
const RESUME_DEPTH1: u32 = 4;
