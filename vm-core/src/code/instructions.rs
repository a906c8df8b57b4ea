//! Walks byte code instruction by instruction: joins `EXTENDED_ARG`s, skips caches, computes jump targets.

use crate::opcodes::Opcode;

/// One decoded instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Its code unit.
    pub unit: usize,
    /// The first unit of its `EXTENDED_ARG`s; `unit` if it has none.
    pub start: usize,
    /// The opcode.
    pub op: Opcode,
    /// The whole argument.
    pub oparg: u32,
    /// The byte of an opcode that is not in the list (then `op` is `NOP`).
    pub unknown: Option<u8>,
}

impl Decoded {
    /// The unit after the instruction and its caches.
    #[must_use]
    pub fn end(&self) -> usize {
        self.unit + 1 + self.op.caches()
    }

    /// The unit a jump goes to.
    #[must_use]
    pub fn jump_target(&self) -> Option<usize> {
        if !self.op.is_jump() {
            None
        } else if self.op.is_backward_jump() {
            self.end().checked_sub(self.oparg as usize)
        } else {
            self.end().checked_add(self.oparg as usize)
        }
    }
}

/// Iterates over the instructions of `co_code`, `EXTENDED_ARG`s included as instructions of their own.
#[derive(Clone, Debug)]
pub struct Instructions<'a> {
    code: &'a [u8],
    unit: usize,
    start: usize,
    extended: u32,
}

/// The instructions of `code` (opcode and argument bytes alternate).
#[must_use]
pub fn instructions(code: &[u8]) -> Instructions<'_> {
    Instructions { code, unit: 0, start: 0, extended: 0 }
}

impl Iterator for Instructions<'_> {
    type Item = Decoded;

    fn next(&mut self) -> Option<Decoded> {
        let unit = self.unit;
        let (&number, &arg) = (self.code.get(2 * unit)?, self.code.get(2 * unit + 1)?);
        let known = Opcode::from_number(u16::from(number));
        let op = known.unwrap_or(Opcode::NOP);
        let oparg = self.extended | u32::from(arg);
        let decoded = Decoded {
            unit,
            start: self.start,
            op,
            oparg: if op.has_arg() || known.is_none() { oparg } else { 0 },
            unknown: if known.is_none() { Some(number) } else { None },
        };
        self.unit = decoded.end();
        if op == Opcode::EXTENDED_ARG {
            self.extended = oparg << 8;
        } else {
            self.extended = 0;
            self.start = self.unit;
        }
        Some(decoded)
    }
}
