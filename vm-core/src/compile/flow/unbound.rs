//! Turns a `LOAD_FAST` of a local that may be unbound into `LOAD_FAST_CHECK`, by data flow over the graph.
//!
//! As in CPython, only the first 64 locals are followed from block to block; the rest are assumed unbound at the start of
//! each block, which keeps the analysis linear.

use crate::opcodes::{OPCODE_LIMIT, Opcode};

use super::graph::{BlockId, Blocks, ENTRY, Graph};

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
    push(&mut graph.blocks, ENTRY, start, &mut stack);
    // A DELETE_FAST anywhere is an origin too, so each block is scanned at least once.
    graph.each(|graph, b| scan(graph, b, &mut stack));
    while let Some(b) = stack.pop() {
        graph.blocks[b].visited = false;
        scan(graph, b, &mut stack);
    }
    graph.stack = stack;
}

fn push(blocks: &mut Blocks, b: BlockId, mask: u64, stack: &mut Vec<BlockId>) {
    let block = &mut blocks[b];
    let both = block.unsafe_locals | mask;
    if block.unsafe_locals != both {
        block.unsafe_locals = both;
        if !std::mem::replace(&mut block.visited, true) {
            stack.push(b);
        }
    }
}

/// What an instruction does to its local.
#[derive(Clone, Copy)]
enum Effect {
    None,
    Load,
    Bind,
    Unbind,
}

/// The effects of all opcodes.
static EFFECTS: [Effect; OPCODE_LIMIT] = {
    let mut table = [Effect::None; OPCODE_LIMIT];
    table[Opcode::LOAD_FAST as usize] = Effect::Load;
    table[Opcode::STORE_FAST as usize] = Effect::Bind;
    table[Opcode::LOAD_FAST_CHECK as usize] = Effect::Bind;
    table[Opcode::DELETE_FAST as usize] = Effect::Unbind;
    table[Opcode::LOAD_FAST_AND_CLEAR as usize] = Effect::Unbind;
    table[Opcode::STORE_FAST_MAYBE_NULL as usize] = Effect::Unbind;
    table
};

fn scan(graph: &mut Graph, b: BlockId, stack: &mut Vec<BlockId>) {
    let handlers = graph.handlers;
    let (blocks, instrs) = graph.split(b);
    let mut mask = blocks[b].unsafe_locals;
    // What the handler in force has been told.
    let mut told = None;
    for instr in &mut *instrs {
        if handlers && told != Some((instr.except, mask)) {
            told = Some((instr.except, mask));
            if let Some(handler) = instr.except {
                push(blocks, handler, mask, stack);
            }
        }
        let effect = EFFECTS[instr.op as usize];
        if matches!(effect, Effect::None) || instr.oparg >= TRACKED as u32 {
            continue;
        }
        let bit = 1 << instr.oparg;
        match effect {
            Effect::Unbind => mask |= bit,
            Effect::Load if mask & bit != 0 => {
                instr.op = Opcode::LOAD_FAST_CHECK;
                mask &= !bit;
            }
            Effect::Bind => mask &= !bit,
            Effect::Load | Effect::None => {}
        }
    }
    let last = instrs.last().copied();
    if let Some(next) = blocks[b].next.filter(|_| !last.is_some_and(|last| last.op.never_falls_through())) {
        push(blocks, next, mask, stack);
    }
    if let Some(target) = last.filter(|last| last.op.is_jump()).and_then(|last| last.target) {
        push(blocks, target, mask, stack);
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
