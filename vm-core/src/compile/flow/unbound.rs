//! Turns a `LOAD_FAST` of a local that may be unbound into `LOAD_FAST_CHECK`, by data flow over the graph.
//!
//! As in CPython, only the first 64 locals are followed from block to block; the rest are assumed unbound at the start of
//! each block, which keeps the analysis linear.

use crate::opcodes::Opcode;

use super::graph::{BlockId, ENTRY, Graph};

/// Locals that are followed between blocks.
const TRACKED: usize = 64;

/// Inserts the checks. `params` locals are bound on entry.
pub(super) fn add_checks(graph: &mut Graph, nlocals: usize, params: usize) {
    if nlocals == 0 {
        return;
    }
    if nlocals > TRACKED {
        scan_many(graph, nlocals);
    }
    let mut start = 0;
    for local in params..nlocals.min(TRACKED) {
        start |= 1 << local;
    }
    if start == 0 && !graph.pseudo {
        // All are bound, and stay so.
        return;
    }
    for block in &mut *graph.blocks {
        block.visited = false;
        block.unsafe_locals = 0;
    }
    let mut stack = std::mem::take(&mut graph.stack);
    push(graph, ENTRY, start, &mut stack);
    // A DELETE_FAST anywhere is an origin too, so each block is scanned at least once.
    graph.each(|graph, b| scan(graph, b, &mut stack));
    while let Some(b) = stack.pop() {
        graph.blocks[b].visited = false;
        scan(graph, b, &mut stack);
    }
    graph.stack = stack;
}

fn push(graph: &mut Graph, b: BlockId, mask: u64, stack: &mut Vec<BlockId>) {
    let block = &mut graph.blocks[b];
    let both = block.unsafe_locals | mask;
    if block.unsafe_locals != both {
        block.unsafe_locals = both;
        if !std::mem::replace(&mut block.visited, true) {
            stack.push(b);
        }
    }
}

fn scan(graph: &mut Graph, b: BlockId, stack: &mut Vec<BlockId>) {
    let mut mask = graph.blocks[b].unsafe_locals;
    for index in 0..graph.blocks[b].len() {
        if graph.handlers
            && let Some(handler) = graph.instrs(b)[index].except
        {
            push(graph, handler, mask, stack);
        }
        let instr = &mut graph.instrs_mut(b)[index];
        match instr.op {
            Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR | Opcode::STORE_FAST_MAYBE_NULL if instr.oparg < TRACKED as u32 => {
                mask |= 1 << instr.oparg;
            }
            Opcode::STORE_FAST | Opcode::LOAD_FAST_CHECK if instr.oparg < TRACKED as u32 => mask &= !(1 << instr.oparg),
            Opcode::LOAD_FAST if instr.oparg < TRACKED as u32 => {
                let bit = 1 << instr.oparg;
                if mask & bit != 0 {
                    instr.op = Opcode::LOAD_FAST_CHECK;
                }
                mask &= !bit;
            }
            _ => {}
        }
    }
    if let Some(next) = graph.fall_through(b) {
        push(graph, next, mask, stack);
    }
    if let Some(last) = graph.last(b).copied()
        && last.op.is_jump()
        && let Some(target) = last.target
    {
        push(graph, target, mask, stack);
    }
}

/// Within each block, checks the loads of locals from number 64 on that no store or load in the block precedes.
fn scan_many(graph: &mut Graph, nlocals: usize) {
    let mut bound_in = vec![None; nlocals - TRACKED];
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        at = graph.blocks[b].next;
        for instr in graph.instrs_mut(b) {
            let Some(state) = (instr.oparg as usize).checked_sub(TRACKED).and_then(|i| bound_in.get_mut(i)) else {
                continue;
            };
            match instr.op {
                Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR | Opcode::STORE_FAST_MAYBE_NULL => *state = None,
                Opcode::STORE_FAST => *state = Some(b),
                Opcode::LOAD_FAST => {
                    if *state != Some(b) {
                        instr.op = Opcode::LOAD_FAST_CHECK;
                    }
                    *state = Some(b);
                }
                _ => {}
            }
        }
    }
}
