//! Moves blocks that only exceptions reach to the end of the code.

use crate::compile::instr::Location;
use crate::opcodes::Opcode;

use super::clean;
use super::graph::{BlockId, CfgInstr, ENTRY, Graph};

/// The next block, if control may fall into it, and the one that the jump at the end goes to.
fn successors(graph: &Graph, b: BlockId) -> [Option<BlockId>; 2] {
    [graph.fall_through(b), graph.last(b).filter(|i| i.op.is_jump()).and_then(|i| i.target)]
}

fn mark(graph: &mut Graph) {
    graph.clear_visited();
    graph.visit(ENTRY);
    let mut stack = std::mem::take(&mut graph.stack);
    stack.push(ENTRY);
    while let Some(b) = stack.pop() {
        graph.blocks[b].warm = true;
        for successor in successors(graph, b).into_iter().flatten() {
            if graph.visit(successor) {
                stack.push(successor);
            }
        }
    }
    graph.clear_visited();
    graph.each(|graph, b| {
        if graph.blocks[b].except_handler && graph.visit(b) {
            stack.push(b);
        }
    });
    while let Some(b) = stack.pop() {
        graph.blocks[b].cold = true;
        for successor in successors(graph, b).into_iter().flatten() {
            if !graph.blocks[successor].warm && graph.visit(successor) {
                stack.push(successor);
            }
        }
    }
    graph.stack = stack;
}

/// Moves cold blocks to the end, keeping their order; where a cold block falls into a warm one it now jumps.
pub(super) fn push_to_end(graph: &mut Graph) {
    if !graph.handlers || graph.blocks[ENTRY].next.is_none() || graph.blocks.iter().all(|block| !block.except_handler) {
        return;
    }
    mark(graph);
    graph.each(|graph, b| {
        if !graph.blocks[b].cold {
            return;
        }
        let Some(next) = graph.fall_through(b).filter(|&next| graph.blocks[next].warm) else { return };
        let jump = graph.new_block();
        graph.blocks[next].labelled = true;
        (graph.lined, graph.unconditional) = (false, true);
        graph.push(jump, CfgInstr { target: Some(next), ..CfgInstr::new(Opcode::JUMP_NO_INTERRUPT, 0, Location::NONE) });
        let block = &mut graph.blocks[jump];
        block.cold = true;
        block.predecessors = 1;
        block.next = Some(next);
        graph.blocks[b].next = Some(jump);
    });
    // The last block so far of the warm and of the cold ones, and the first cold one.
    let (mut warm, mut cold, mut first_cold) = (ENTRY, None, None);
    let mut at = graph.blocks[ENTRY].next;
    while let Some(b) = at {
        at = graph.blocks[b].next;
        if !graph.blocks[b].cold {
            graph.blocks[warm].next = Some(b);
            warm = b;
            continue;
        }
        match cold {
            Some(cold) => graph.blocks[cold].next = Some(b),
            None => first_cold = Some(b),
        }
        cold = Some(b);
    }
    graph.blocks[warm].next = first_cold;
    graph.backward |= first_cold.is_some();
    if let Some(cold) = cold {
        graph.blocks[cold].next = None;
        clean::remove_nops_and_jumps(graph);
    }
}
