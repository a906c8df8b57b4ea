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
use std::num::NonZeroU32;

/// An exception handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Handler {
    /// Index of the handler's first instruction.
    pub(super) target: u32,
    /// Depth the stack is cut to before the exception is pushed.
    pub(super) depth: u32,
    /// Whether the failing instruction's offset is pushed too.
    pub(super) lasti: bool,
}

/// The number of a handler in its sequence, plus 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HandlerId(NonZeroU32);

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
    pub(super) target: u32,
    /// The handler in force.
    pub(super) handler: Option<HandlerId>,
}

impl AsmInstr {
    /// The target of what does not jump.
    pub(super) const NO_TARGET: u32 = u32::MAX;

    /// Size in code units, `EXTENDED_ARG`s and caches included.
    #[inline]
    fn units(&self) -> usize {
        self.extended_args() + 1 + self.op.caches()
    }

    #[inline]
    fn extended_args(&self) -> usize {
        if self.oparg <= 0xFF {
            return 0;
        }
        1 + usize::from(self.oparg > 0xFFFF) + usize::from(self.oparg > 0xFF_FFFF)
    }
}

/// Instructions in order, and the handlers that they name.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    pub(super) instrs: Vec<AsmInstr>,
    pub(super) handlers: Vec<Handler>,
}

impl Sequence {
    /// Adds a handler; its number.
    pub(super) fn add_handler(&mut self, handler: Handler) -> HandlerId {
        self.handlers.push(handler);
        HandlerId(NonZeroU32::new(u32::try_from(self.handlers.len()).unwrap_or(u32::MAX)).unwrap_or(NonZeroU32::MIN))
    }

    fn handler(&self, id: HandlerId) -> Option<&Handler> {
        self.handlers.get(id.0.get() as usize - 1)
    }
}

/// Lays out the sequence.
pub(super) fn assemble(mut sequence: Sequence, firstlineno: u32) -> Result<Assembled, CompileError> {
    let offsets = jumps::resolve(&mut sequence.instrs)?;
    Ok(Assembled {
        code: bytes(&sequence.instrs, &offsets)?,
        linetable: locations::table(&sequence.instrs, &offsets, firstlineno),
        exceptiontable: exceptions::table(&sequence, &offsets)?,
    })
}

/// The code units; `offsets` says where each instruction starts and, last, where the code ends.
fn bytes(instrs: &[AsmInstr], offsets: &[u32]) -> Result<Box<[u8]>, CompileError> {
    let units = offsets.last().copied().unwrap_or(0) as usize;
    let mut out = vec![0; 2 * units].into_boxed_slice();
    for (instr, &offset) in instrs.iter().zip(offsets) {
        let Ok(number) = u8::try_from(instr.op.number()) else {
            return Err(CompileError::Internal(format!("{} cannot be assembled", instr.op.name())));
        };
        let arg = instr.oparg.to_be_bytes();
        let mut at = 2 * offset as usize;
        if instr.oparg > 0xFF {
            for &high in &arg[3 - instr.extended_args()..3] {
                out[at..at + 2].copy_from_slice(&[Opcode::EXTENDED_ARG.number() as u8, high]);
                at += 2;
            }
        }
        out[at..at + 2].copy_from_slice(&[number, arg[3]]);
    }
    Ok(out)
}
