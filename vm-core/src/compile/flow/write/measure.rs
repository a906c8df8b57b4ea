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

/// Places the blocks; `jumps` are then the jumps in program order.
pub(super) fn place(graph: &mut Graph, fused: bool, jumps: &mut Vec<Jump>) -> Result<Size, CompileError> {
    jumps.clear();
    let count = sizes(graph, fused, jumps)?;
    for jump in &mut *jumps {
        let target = graph.blocks[jump.target].place.index;
        if target >= count {
            return Err(FlowError::Malformed("a jump past the end").into());
        }
        // The jump's own number is kept in its argument until now.
        let forward = target > jump.oparg;
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
            return Ok(Size { count, units: offset });
        }
    }
}

/// Numbers the instructions and measures all but the jumps, which are collected; how many instructions there are.
fn sizes(graph: &mut Graph, fused: bool, jumps: &mut Vec<Jump>) -> Result<u32, CompileError> {
    for block in &mut *graph.blocks {
        block.place.index = u32::MAX;
    }
    let mut count = 0;
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        let (index, mut size, mut jump) = (count, 0, None);
        let mut instrs = graph.instrs(b).iter();
        while let Some(instr) = instrs.next() {
            if jump.is_some() {
                return Err(FlowError::Malformed("a jump inside a block").into());
            }
            if let Some(target) = instr.target {
                jump = Some(Jump { block: b, target, op: instr.op, oparg: count });
            } else if let Some(pair) = instr.fused.filter(|_| fused) {
                size += units(pair, 0);
                instrs.next().ok_or(FlowError::Malformed("half a superinstruction"))?;
            } else {
                if instr.op.number() > 255 {
                    return Err(CompileError::Internal(format!("{} cannot be assembled", instr.op.name())));
                }
                size += units(instr.op, instr.oparg);
            }
            count += 1;
        }
        jumps.extend(jump);
        let block = &mut graph.blocks[b];
        block.place = Place { index, units: size, ..block.place };
        at = block.next;
    }
    Ok(count)
}
