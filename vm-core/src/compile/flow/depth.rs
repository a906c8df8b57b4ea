//! Computes the operand-stack depth at each block's entry and the greatest depth anywhere.

use crate::code::{stack_effect, usual_effect};

use super::FlowError;
use super::graph::{BlockId, Blocks, CfgInstr, ENTRY, Graph};

/// The greatest depth; every reachable block learns its entry depth.
pub(super) fn compute(graph: &mut Graph) -> Result<u32, FlowError> {
    for block in &mut *graph.blocks {
        block.start_depth = None;
    }
    let mut greatest = 0;
    let mut stack = std::mem::take(&mut graph.stack);
    push(&mut graph.blocks, ENTRY, 0, &mut stack)?;
    while let Some(b) = stack.pop() {
        let (blocks, instrs) = graph.split(b);
        let mut depth = i64::from(blocks[b].start_depth.unwrap_or(0));
        let underflow = FlowError::Malformed("the stack underflows");
        for &mut CfgInstr { op, oparg, target, .. } in &mut *instrs {
            let before = depth;
            depth += match usual_effect(op, oparg) {
                Some(effect) => effect,
                None => stack_effect(op, oparg, false).ok_or(underflow)?,
            };
            greatest = greatest.max(depth);
            if depth < 0 {
                return Err(underflow);
            }
            if let Some(target) = target {
                // Only the way to a handler differs from the way on.
                let jumped = if op.is_pseudo() { before + stack_effect(op, oparg, true).ok_or(underflow)? } else { depth };
                greatest = greatest.max(jumped);
                push(blocks, target, jumped, &mut stack)?;
            }
        }
        let falls_through = !instrs.last().is_some_and(|last| last.op.never_falls_through());
        if let Some(next) = blocks[b].next.filter(|_| falls_through) {
            push(blocks, next, depth, &mut stack)?;
        }
    }
    graph.stack = stack;
    Ok(u32::try_from(greatest).unwrap_or(u32::MAX))
}

fn push(blocks: &mut Blocks, b: BlockId, depth: i64, stack: &mut Vec<BlockId>) -> Result<(), FlowError> {
    let depth = u32::try_from(depth).map_err(|_| FlowError::Malformed("too deep a stack"))?;
    match blocks[b].start_depth {
        None => {
            blocks[b].start_depth = Some(depth);
            stack.push(b);
            Ok(())
        }
        Some(known) if known == depth => Ok(()),
        Some(_) => Err(FlowError::Malformed("paths meet with different stack depths")),
    }
}
