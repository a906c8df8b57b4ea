//! Gives jumps their direction and distance.

use crate::compile::unit::CompileError;
use crate::opcodes::Opcode;

use super::AsmInstr;

/// Resolves directions, then distances until no jump's size changes any more; where each instruction starts, and the end.
pub(super) fn resolve(instrs: &mut [AsmInstr]) -> Result<Vec<u32>, CompileError> {
    let mut jumps = Vec::new();
    for (index, instr) in instrs.iter_mut().enumerate() {
        if instr.target == AsmInstr::NO_TARGET {
            continue;
        }
        jumps.push(index);
        let forward = instr.target as usize > index;
        instr.op = match instr.op {
            Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT if forward => Opcode::JUMP_FORWARD,
            Opcode::JUMP => Opcode::JUMP_BACKWARD,
            Opcode::JUMP_NO_INTERRUPT => Opcode::JUMP_BACKWARD_NO_INTERRUPT,
            op => op,
        };
        if forward == instr.op.is_backward_jump() {
            return Err(CompileError::Internal(format!("{} in the wrong direction", instr.op.name())));
        }
        // The first sizes come from the target's index, as CPython's do: it can only cost a further round.
        instr.oparg = instr.target;
    }
    let mut offsets = vec![0; instrs.len() + 1];
    loop {
        let mut offset = 0;
        for (instr, place) in instrs.iter().zip(&mut offsets) {
            *place = offset;
            offset += instr.units() as u32;
        }
        if let Some(end) = offsets.last_mut() {
            *end = offset;
        }
        let mut resized = false;
        for &index in &jumps {
            let instr = &mut instrs[index];
            let units = instr.units();
            instr.oparg = offsets[instr.target as usize].abs_diff(offsets[index + 1]);
            resized |= instr.units() != units;
        }
        if !resized {
            return Ok(offsets);
        }
    }
}
