//! From a finished instruction sequence to bytes: code units with `EXTENDED_ARG`s and cache slots, location table,
//! exception table, in CPython 3.13's encodings (its `assemble.c`).
//!
//! The flow graph decides what is executed; nothing here does.

mod exceptions;
mod jumps;
mod locations;

use crate::code::Assembled;
use crate::compile::instr::Location;
use crate::compile::unit::CompileError;
use crate::opcodes::Opcode;

/// The handler in force at an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Handler {
    /// Index of the handler's first instruction.
    pub(super) target: usize,
    /// Depth the stack is cut to before the exception is pushed.
    pub(super) depth: u32,
    /// Whether the failing instruction's offset is pushed too.
    pub(super) lasti: bool,
}

/// An instruction in its final place.
#[derive(Clone, Copy, Debug)]
pub(super) struct AsmInstr {
    /// A real opcode, or `JUMP` / `JUMP_NO_INTERRUPT` until their direction is known.
    pub(super) op: Opcode,
    /// The argument; for jumps, computed here.
    pub(super) oparg: u32,
    /// Where it comes from.
    pub(super) loc: Location,
    /// Index of the instruction a jump goes to.
    pub(super) target: Option<usize>,
    /// The handler in force.
    pub(super) handler: Option<Handler>,
}

impl AsmInstr {
    /// Size in code units, `EXTENDED_ARG`s and caches included.
    fn units(&self) -> usize {
        self.extended_args() + 1 + self.op.caches()
    }

    fn extended_args(&self) -> usize {
        usize::from(self.oparg > 0xFF) + usize::from(self.oparg > 0xFFFF) + usize::from(self.oparg > 0xFF_FFFF)
    }
}

/// Lays out the sequence.
pub(super) fn assemble(mut instrs: Vec<AsmInstr>, firstlineno: u32) -> Result<Assembled, CompileError> {
    jumps::resolve(&mut instrs)?;
    Ok(Assembled { code: bytes(&instrs)?, linetable: locations::table(&instrs, firstlineno), exceptiontable: exceptions::table(&instrs)? })
}

fn bytes(instrs: &[AsmInstr]) -> Result<Box<[u8]>, CompileError> {
    let mut out = Vec::with_capacity(2 * instrs.iter().map(AsmInstr::units).sum::<usize>());
    for instr in instrs {
        let Ok(number) = u8::try_from(instr.op.number()) else {
            return Err(CompileError::Internal(format!("{} cannot be assembled", instr.op.name())));
        };
        let arg = instr.oparg.to_be_bytes();
        for &high in &arg[3 - instr.extended_args()..3] {
            out.extend([Opcode::EXTENDED_ARG.number() as u8, high]);
        }
        out.extend([number, arg[3]]);
        out.resize(out.len() + 2 * instr.op.caches(), 0);
    }
    Ok(out.into())
}
