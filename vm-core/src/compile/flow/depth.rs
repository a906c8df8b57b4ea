//! Computes the operand-stack depth at each block's entry and the greatest depth anywhere.

use crate::code::stack_effect;

use super::FlowError;
use super::graph::{BlockId, CfgInstr, ENTRY, Graph};

/// The greatest depth; every reachable block learns its entry depth.
pub(super) fn compute(graph: &mut Graph) -> Result<u32, FlowError> {
    for block in &mut *graph.blocks {
        block.start_depth = None;
    }
    let mut greatest = 0;
    let mut stack = std::mem::take(&mut graph.stack);
    push(graph, ENTRY, 0, &mut stack)?;
    while let Some(b) = stack.pop() {
        let mut depth = graph.blocks[b].start_depth.unwrap_or(0);
        for index in 0..graph.blocks[b].len() {
            let CfgInstr { op, oparg, target, .. } = graph.instrs(b)[index];
            let after = |jump| {
                stack_effect(op, oparg, jump)
                    .and_then(|effect| u32::try_from(i64::from(depth) + effect).ok())
                    .ok_or(FlowError::Malformed("the stack underflows"))
            };
            let fallen = after(false)?;
            greatest = greatest.max(fallen);
            if let Some(target) = target {
                let jumped = after(true)?;
                greatest = greatest.max(jumped);
                push(graph, target, jumped, &mut stack)?;
            }
            depth = fallen;
        }
        if let Some(next) = graph.fall_through(b) {
            push(graph, next, depth, &mut stack)?;
        }
    }
    graph.stack = stack;
    Ok(greatest)
}

fn push(graph: &mut Graph, b: BlockId, depth: u32, stack: &mut Vec<BlockId>) -> Result<(), FlowError> {
    match graph.blocks[b].start_depth {
        None => {
            graph.blocks[b].start_depth = Some(depth);
            stack.push(b);
            Ok(())
        }
        Some(known) if known == depth => Ok(()),
        Some(_) => Err(FlowError::Malformed("paths meet with different stack depths")),
    }
}
