//! Gives jumps their direction and distance.

use crate::compile::unit::CompileError;
use crate::opcodes::Opcode;

use super::AsmInstr;

/// Resolves directions, then distances until no jump's size changes any more.
pub(super) fn resolve(instrs: &mut [AsmInstr]) -> Result<(), CompileError> {
    for (index, instr) in instrs.iter_mut().enumerate() {
        let Some(target) = instr.target else { continue };
        let forward = target > index;
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
        instr.oparg = u32::try_from(target).unwrap_or(u32::MAX);
    }
    let mut offsets = vec![0_usize; instrs.len()];
    loop {
        let mut offset = 0;
        for (instr, place) in instrs.iter().zip(&mut offsets) {
            *place = offset;
            offset += instr.units();
        }
        let mut resized = false;
        let mut end = 0;
        for instr in instrs.iter_mut() {
            let units = instr.units();
            end += units;
            let Some(target) = instr.target else { continue };
            instr.oparg = u32::try_from(offsets[target].abs_diff(end)).unwrap_or(u32::MAX);
            resized |= instr.units() != units;
        }
        if !resized {
            return Ok(());
        }
    }
}
