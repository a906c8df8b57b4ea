//! Removes what does nothing: unreachable blocks, redundant `NOP`s, jumps to the next instruction, values that are pushed
//! only to be popped; and copies small exit blocks over the jumps to them.

use crate::opcodes::Opcode;

use super::graph::{BlockId, Blocks, CfgInstr, ENTRY, Graph};

/// Counts predecessors from the entry and empties the blocks that have none.
pub(super) fn remove_unreachable(graph: &mut Graph) {
    if !std::mem::replace(&mut graph.rerouted, false) {
        return;
    }
    for block in &mut *graph.blocks {
        block.predecessors = 0;
        block.visited = false;
    }
    graph.blocks[ENTRY].predecessors = 1;
    graph.visit(ENTRY);
    graph.stack.push(ENTRY);
    while let Some(b) = graph.stack.pop() {
        let handlers = graph.handlers;
        let mut stack = std::mem::take(&mut graph.stack);
        let (blocks, instrs) = graph.split(b);
        let mut reach = |blocks: &mut Blocks, successor: BlockId| {
            let block = &mut blocks[successor];
            block.predecessors += 1;
            if !std::mem::replace(&mut block.visited, true) {
                stack.push(successor);
            }
        };
        let last = instrs.last();
        if let Some(next) = blocks[b].next.filter(|_| !last.is_some_and(|last| last.op.never_falls_through())) {
            reach(blocks, next);
        }
        // Jumps stand last; only handlers are named by other instructions.
        for instr in &instrs[if handlers { 0 } else { instrs.len().saturating_sub(1) }..] {
            if let Some(target) = instr.target.filter(|_| instr.op.has_target()) {
                reach(blocks, target);
            }
        }
        graph.stack = stack;
    }
    for block in &mut *graph.blocks {
        if block.predecessors == 0 {
            block.truncate(0);
            block.except_handler = false;
        }
    }
}

/// Removes the `NOP`s of one block that no line event needs; how many went.
#[inline]
fn remove_nops_in(graph: &mut Graph, b: BlockId) -> usize {
    if graph.blocks[b].tidy {
        return 0;
    }
    match graph.instrs(b).iter().position(|i| i.op == Opcode::NOP) {
        Some(first) => remove_nops_from(graph, b, first),
        None => {
            graph.blocks[b].tidy = true;
            0
        }
    }
}

fn remove_nops_from(graph: &mut Graph, b: BlockId, first: usize) -> usize {
    // Line-less NOPs of the next block will go, so its line is that of what stands behind them.
    let line_behind = |graph: &Graph| {
        let next = graph.next_nonempty(graph.blocks[b].next)?;
        let first = graph.instrs(next).iter().find(|i| !(i.op == Opcode::NOP && i.loc.line == -1));
        Some(first.map_or(-1, |i| i.loc.line))
    };
    let line_behind = if graph.last(b).is_some_and(|last| last.op == Opcode::NOP) { line_behind(graph) } else { None };
    let (block, instrs) = graph.parts_mut(b);
    let before = instrs.len();
    let mut kept = first;
    let mut previous_line = first.checked_sub(1).map_or(-1, |at| instrs[at].loc.line);
    let mut nops = false;
    for src in first..before {
        let line = instrs[src].loc.line;
        if instrs[src].op == Opcode::NOP {
            if line < 0 || previous_line == line {
                continue;
            }
            if src + 1 < before {
                let next_line = instrs[src + 1].loc.line;
                if next_line == line {
                    continue;
                }
                if next_line < 0 {
                    instrs[src + 1].loc = instrs[src].loc;
                    continue;
                }
            } else if line_behind == Some(line) {
                continue;
            }
        }
        nops |= instrs[src].op == Opcode::NOP;
        instrs[kept] = instrs[src];
        kept += 1;
        previous_line = line;
    }
    block.truncate(kept);
    block.tidy = !nops;
    graph.untidy |= nops;
    before - kept
}

/// Removes redundant `NOP`s everywhere; how many went.
pub(super) fn remove_nops(graph: &mut Graph) -> usize {
    if !std::mem::replace(&mut graph.untidy, false) {
        return 0;
    }
    let mut removed = 0;
    graph.each(|graph, b| removed += remove_nops_in(graph, b));
    removed
}

/// Removes `NOP`s, and pairs such as `LOAD_CONST`, `POP_TOP` that cancel out, until nothing changes.
pub(super) fn remove_nops_and_pairs(graph: &mut Graph) {
    loop {
        let mut done = true;
        let mut current: Option<(BlockId, usize)> = None;
        let mut at = Some(ENTRY);
        while let Some(b) = at {
            remove_nops_in(graph, b);
            if graph.blocks[b].labelled {
                current = None;
            }
            let mut from = 0;
            while let Some(pop) = graph.instrs(b)[from..].iter().position(|i| i.op == Opcode::POP_TOP) {
                let index = from + pop;
                from = index + 1;
                let Some((pb, pi)) = index.checked_sub(1).map(|before| (b, before)).or(current) else { continue };
                let before = &graph.instrs(pb)[pi];
                if before.op == Opcode::LOAD_CONST || (before.op == Opcode::COPY && before.oparg == 1) {
                    graph.instrs_mut(pb)[pi].set_op0(Opcode::NOP);
                    graph.instrs_mut(b)[index].set_op0(Opcode::NOP);
                    graph.set_untidy(pb);
                    graph.set_untidy(b);
                    done = false;
                }
            }
            if let Some(last) = graph.blocks[b].len().checked_sub(1) {
                current = Some((b, last));
            }
            let jumps = current.is_some_and(|(cb, ci)| graph.instrs(cb)[ci].op.is_jump());
            if jumps || !graph.falls_through(b) {
                current = None;
            }
            at = graph.blocks[b].next;
        }
        if done {
            return;
        }
    }
}

/// Turns jumps to the instruction that follows anyway into `NOP`s; how many.
fn remove_redundant_jumps(graph: &mut Graph) -> usize {
    if !graph.unconditional {
        return 0;
    }
    let mut changes = 0;
    graph.each(|graph, b| {
        let Some(last) = graph.last(b).filter(|last| last.op.is_unconditional_jump()) else { return };
        let target = graph.next_nonempty(last.target);
        if target.is_some() && target == graph.next_nonempty(graph.blocks[b].next) {
            if let Some(last) = graph.last_mut(b) {
                last.set_op0(Opcode::NOP);
            }
            graph.set_untidy(b);
            changes += 1;
        }
    });
    changes
}

/// Removes redundant `NOP`s and jumps until there are none.
pub(super) fn remove_nops_and_jumps(graph: &mut Graph) {
    while remove_nops(graph) + remove_redundant_jumps(graph) > 0 {}
}

/// Largest exit block that is copied over a jump to it.
const MAX_COPY_SIZE: usize = 4;

/// Replaces jumps to small exit blocks, and to blocks without lines that do not fall through, by copies of them.
pub(super) fn inline_small_blocks(graph: &mut Graph) {
    while graph.unconditional {
        let mut changed = false;
        graph.each(|graph, b| changed |= inline_at(graph, b));
        if !changed {
            return;
        }
    }
}

/// Whether a block is small, with `LOAD_GLOBAL` and the `PUSH_NULL` that it does too counted apart.
fn is_small(instrs: &[CfgInstr]) -> bool {
    let both = |instr: &&CfgInstr| instr.op == Opcode::LOAD_GLOBAL && instr.oparg & 1 != 0;
    instrs.len() <= MAX_COPY_SIZE && instrs.len() + instrs.iter().filter(both).count() <= MAX_COPY_SIZE
}

fn inline_at(graph: &mut Graph, b: BlockId) -> bool {
    let Some(last) = graph.last(b).copied() else { return false };
    let (true, Some(target)) = (last.op.is_unconditional_jump(), last.target) else { return false };
    let small_exit = graph.exits_scope(target) && is_small(graph.instrs(target));
    let no_line = graph.has_no_line(target) && !graph.falls_through(target);
    if !small_exit && !no_line {
        return false;
    }
    graph.set_untidy(b);
    let jump = graph.blocks[b].len() - 1;
    graph.push_copies(b, target);
    graph.instrs_mut(b)[jump].set_op0(Opcode::NOP);
    if no_line
        && last.op == Opcode::JUMP
        && let Some(end) = graph.last_mut(b)
        && end.op.is_unconditional_jump()
    {
        // The jump that was replaced polled for interrupts; its replacement must too.
        end.op = Opcode::JUMP;
    }
    graph.blocks[target].predecessors -= 1;
    true
}
