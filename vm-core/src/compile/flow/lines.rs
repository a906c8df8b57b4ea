//! Gives every instruction that can end a frame or be interrupted a line number.
//!
//! An exit block without a line takes the line of whoever jumps to it, so it is copied once for each jump.

use crate::compile::instr::Location;

use super::graph::{BlockId, CfgInstr, Graph};

/// Duplicates exits without lines, then copies lines forward within blocks and into blocks with one predecessor.
pub(super) fn resolve(graph: &mut Graph) {
    if graph.lined {
        return;
    }
    if starts_have_lines(graph) {
        // Then only instructions inside of blocks can be without one.
        graph.each(|graph, b| fill(graph.instrs_mut(b)));
        graph.lined = true;
    } else {
        duplicate_exits(graph);
        graph.lined = propagate(graph);
    }
}

/// Whether every block starts with a line.
fn starts_have_lines(graph: &Graph) -> bool {
    let mut at = Some(super::graph::ENTRY);
    while let Some(b) = at {
        if graph.instrs(b).first().is_some_and(|first| first.loc.line < 0) {
            return false;
        }
        at = graph.blocks[b].next;
    }
    true
}

/// Copies lines forward within a block.
#[inline]
fn fill(instrs: &mut [CfgInstr]) {
    // Mostly all have lines.
    if let Some(first) = instrs.iter().position(|i| i.loc.line < 0) {
        let mut line = first.checked_sub(1).map_or(Location::NONE, |before| instrs[before].loc);
        for instr in &mut instrs[first..] {
            if instr.loc.line < 0 {
                instr.loc = line;
            } else {
                line = instr.loc;
            }
        }
    }
}

fn needs_line(graph: &Graph, b: BlockId) -> bool {
    graph.has_no_line(b) && (graph.exits_scope(b) || graph.instrs(b).iter().any(|i| i.op.has_eval_break()))
}

fn duplicate_exits(graph: &mut Graph) {
    let mut at = Some(super::graph::ENTRY);
    while let Some(b) = at {
        if let Some(&CfgInstr { op, loc, target: Some(target), .. }) = graph.last(b)
            && op.is_jump()
            && let Some(target) = graph.next_nonempty(Some(target))
            && needs_line(graph, target)
            && graph.blocks[target].predecessors > 1
        {
            let copy = graph.new_block();
            graph.rerouted = true;
            graph.push_copies(copy, target);
            graph.instrs_mut(copy)[0].loc = loc;
            graph.blocks[copy].predecessors = 1;
            graph.blocks[copy].labelled = true;
            graph.blocks[copy].next = graph.blocks[target].next;
            graph.blocks[target].next = Some(copy);
            graph.blocks[target].predecessors -= 1;
            if let Some(last) = graph.last_mut(b) {
                last.target = Some(copy);
            }
        }
        at = graph.blocks[b].next;
    }
    // The exits that are left have one predecessor, which falls into them.
    graph.each(|graph, b| {
        if let Some(next) = graph.fall_through(b)
            && let Some(loc) = graph.last(b).map(|i| i.loc)
            && needs_line(graph, next)
        {
            graph.instrs_mut(next)[0].loc = loc;
        }
    });
}

/// Whether all instructions have lines then is returned.
fn propagate(graph: &mut Graph) -> bool {
    let mut lined = true;
    graph.each(|graph, b| {
        let instrs = graph.instrs_mut(b);
        fill(instrs);
        lined &= instrs.first().is_none_or(|first| first.loc.line >= 0);
        let Some(&last) = instrs.last() else { return };
        let jump = if last.op.is_jump() { last.target } else { None };
        let next = if last.op.never_falls_through() { None } else { graph.blocks[b].next };
        for successor in next.into_iter().chain(jump) {
            if graph.blocks[successor].predecessors == 1
                && let Some(first) = graph.instrs_mut(successor).first_mut()
                && first.loc.line < 0
            {
                first.loc = last.loc;
            }
        }
    });
    lined
}
