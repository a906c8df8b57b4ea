//! Finds out where each block comes to stand, and gives jumps their direction and distance.
//!
//! Only jumps change size while that is done, and a block has one at most, at its end; so the rounds go over blocks, not instructions.

use crate::compile::unit::CompileError;
use crate::opcodes::Opcode;

use super::super::FlowError;
use super::super::graph::{BlockId, ENTRY, Graph, Place};
use super::units;

/// A jump whose distance is being found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jump {
    block: BlockId,
    target: BlockId,
    /// The real opcode.
    pub(super) op: Opcode,
    /// The distance in code units.
    pub(super) oparg: u32,
}

impl Jump {
    fn units(&self) -> u32 {
        units(self.op, self.oparg)
    }
}

/// How large a form of the code is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// In instructions.
    pub(super) count: u32,
    /// In code units.
    pub(super) units: u32,
}

/// Places the blocks, which hold `count` instructions and have been measured; gives the jumps, in the graph too, their real opcodes and distances.
pub(super) fn place(graph: &mut Graph, count: u32, jumps: &mut [Jump]) -> Result<Size, CompileError> {
    for jump in &mut *jumps {
        let target = graph.blocks[jump.target].place.index;
        if target >= count {
            return Err(FlowError::Malformed("a jump past the end").into());
        }
        // The jump's own number is kept in its argument until now.
        let forward = target > jump.oparg;
        // In the other form of the code it goes the same way.
        jump.op = match jump.op {
            Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT if forward => Opcode::JUMP_FORWARD,
            Opcode::JUMP => Opcode::JUMP_BACKWARD,
            Opcode::JUMP_NO_INTERRUPT => Opcode::JUMP_BACKWARD_NO_INTERRUPT,
            op => op,
        };
        if forward == jump.op.is_backward_jump() || jump.op.number() > 255 {
            return Err(CompileError::Internal(format!("{} in the wrong direction", jump.op.name())));
        }
        // The first sizes come from the target's number, as CPython's do: it can only cost a further round.
        jump.oparg = target;
    }
    loop {
        let (mut offset, mut next) = (0, 0);
        graph.each(|graph, b| {
            let place = &mut graph.blocks[b].place;
            place.offset = offset;
            offset += place.units;
            if let Some(jump) = jumps.get(next).filter(|jump| jump.block == b) {
                offset += jump.units();
                next += 1;
            }
        });
        let mut resized = false;
        for jump in &mut *jumps {
            let before = jump.units();
            let place = &graph.blocks[jump.block].place;
            jump.oparg = graph.blocks[jump.target].place.offset.abs_diff(place.offset + place.units + before);
            resized |= jump.units() != before;
        }
        if !resized {
            for jump in &*jumps {
                if let Some(last) = graph.last_mut(jump.block) {
                    (last.op, last.oparg) = (jump.op, jump.oparg);
                }
            }
            return Ok(Size { count, units: offset });
        }
    }
}

/// Numbers the instructions and measures all but the jumps, which are collected; how many instructions there are.
pub(super) fn sizes(graph: &mut Graph, jumps: &mut Vec<Jump>) -> Result<u32, CompileError> {
    jumps.clear();
    for block in &mut *graph.blocks {
        block.place.index = u32::MAX;
    }
    let (mut count, mut numbers) = (0, 0);
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        let (blocks, instrs) = graph.split(b);
        let mut place = Place { index: count, ..Place::default() };
        count += instrs.len() as u32;
        let mut body = &*instrs;
        if let Some((last, before)) = instrs.split_last()
            && let Some(target) = last.target
        {
            jumps.push(Jump { block: b, target, op: last.op, oparg: count - 1 });
            body = before;
        }
        for instr in body {
            place.units += units(instr.op, instr.oparg);
            place.pairs += u32::from(instr.fused.is_some());
            numbers |= instr.op.number();
        }
        blocks[b].place = place;
        at = blocks[b].next;
    }
    // One of the instructions is none that there is outside the compiler, or jumps in the middle of a block.
    if numbers > 255 {
        let mut all = Vec::new();
        graph.each(|graph, b| all.extend(graph.instrs(b).iter().filter(|i| i.target.is_none()).map(|i| i.op)));
        let op = all.into_iter().find(|op| op.number() > 255).unwrap_or(Opcode::JUMP);
        return Err(CompileError::Internal(format!("{} cannot be assembled", op.name())));
    }
    Ok(count)
}

/// The same once more, for the form in which marked pairs are one instruction each, of one unit instead of two.
pub(super) fn fused_sizes(graph: &mut Graph, jumps: &mut [Jump]) -> u32 {
    let (mut count, mut next) = (0, 0);
    graph.each(|graph, b| {
        let length = graph.blocks[b].len() as u32;
        let place = &mut graph.blocks[b].place;
        place.index = count;
        place.units -= place.pairs;
        count += length - place.pairs;
        if let Some(jump) = jumps.get_mut(next).filter(|jump| jump.block == b) {
            jump.oparg = count - 1;
            next += 1;
        }
    });
    count
}
