//! The interface between code generation and the flow graph: an instruction sequence with labels and locations.
//!
//! Mirrors CPython's `instruction_sequence.c`: opcodes are real 3.13 opcodes or pseudo-opcodes (`JUMP`, `SETUP_FINALLY`,
//! `LOAD_CLOSURE`, …); jump arguments name labels until the flow graph turns them into block targets.

use crate::opcodes::Opcode;

/// A source range: 1-based lines, 0-based UTF-8 byte columns, as CPython's `_Py_SourceLocation`; -1 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    /// First line (1-based), or -1.
    pub line: i32,
    /// Last line (1-based), or -1.
    pub end_line: i32,
    /// Start column in UTF-8 bytes, or -1.
    pub col: i32,
    /// End column in UTF-8 bytes, or -1.
    pub end_col: i32,
}

impl Location {
    /// Whether it is the other one, found out without a branch for each number.
    #[inline]
    pub(super) fn is(&self, other: &Self) -> bool {
        let differences =
            (self.line ^ other.line) | (self.end_line ^ other.end_line) | (self.col ^ other.col) | (self.end_col ^ other.end_col);
        differences == 0
    }

    /// CPython's `NO_LOCATION`.
    pub const NONE: Location = Location { line: -1, end_line: -1, col: -1, end_col: -1 };
    /// CPython's `NEXT_LOCATION` marker: copied from the next instruction by the flow graph.
    pub const NEXT: Location = Location { line: -2, end_line: -2, col: -2, end_col: -2 };
}

/// A label of an instruction sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label(pub u32);

/// One instruction as code generation emits it. For jumps and `SETUP_*`, `oparg` is the label number.
#[derive(Clone, Copy, Debug)]
pub struct Instr {
    /// Real or pseudo opcode.
    pub op: Opcode,
    /// Full-width argument.
    pub oparg: u32,
    /// Where it comes from.
    pub loc: Location,
}

/// Instructions in order, and for each label the index of the instruction it stands before.
#[derive(Clone, Debug, Default)]
pub struct InstrSequence {
    /// The instructions.
    pub instrs: Vec<Instr>,
    /// `labels[l]` is the index into `instrs`, or `u32::MAX` while unbound.
    pub labels: Vec<u32>,
}

impl InstrSequence {
    /// Forgets everything, but not the room that there is.
    pub fn clear(&mut self) {
        self.instrs.clear();
        self.labels.clear();
    }
}
