//! What an opcode's argument means and how the opcode moves control: the one classification that the flow graph, the
//! disassembler and the verifier share.
//!
//! [`opcodes`](crate::opcodes) says which instructions exist; this file says how to read their operands. Specialised forms
//! are read as the generic opcode of their family.

use crate::opcodes::{OPCODE_LIMIT, Opcode};

/// How an instruction's argument is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// There is none; the argument byte is zero.
    None,
    /// A number: a count, a selector, a depth.
    Number,
    /// An index into `co_consts`.
    Const,
    /// An index into `co_names`, shifted left by the given number of flag bits.
    Name(u32),
    /// An index into the locals-plus array, used as a plain local.
    Local,
    /// Two four-bit indices into the locals-plus array.
    LocalPair,
    /// An index into the locals-plus array of a cell or free variable.
    Cell,
    /// A jump: a distance in code units when assembled, a label before.
    Jump,
    /// The handler's label of a block-setup pseudo-opcode.
    Handler,
}

/// [`Opcode::operand`] of each number.
static OPERANDS: [Operand; OPCODE_LIMIT] = {
    let mut table = [Operand::None; OPCODE_LIMIT];
    let mut i = 0;
    while i < Opcode::ALL.len() {
        table[Opcode::ALL[i] as usize] = Opcode::ALL[i].classify();
        i += 1;
    }
    table
};

/// What the flow graph asks of opcodes again and again, as bits.
mod bit {
    pub(super) const JUMP: u8 = 1;
    pub(super) const BLOCK_PUSH: u8 = 2;
    pub(super) const SCOPE_EXIT: u8 = 4;
    pub(super) const UNCONDITIONAL: u8 = 8;
    pub(super) const CONST: u8 = 16;
    pub(super) const EVAL_BREAK: u8 = 32;
}

/// The `bit`s of each number.
static BITS: [u8; OPCODE_LIMIT] = {
    let mut table = [0; OPCODE_LIMIT];
    let mut i = 0;
    while i < Opcode::ALL.len() {
        table[Opcode::ALL[i] as usize] = Opcode::ALL[i].classified_bits();
        i += 1;
    }
    table
};

impl Opcode {
    const fn classified_bits(self) -> u8 {
        use Opcode as O;
        let operand = match self.classify() {
            Operand::Jump => bit::JUMP,
            Operand::Handler => bit::BLOCK_PUSH,
            Operand::Const => bit::CONST,
            _ => 0,
        };
        let flow = match self {
            O::JUMP | O::JUMP_BACKWARD => bit::UNCONDITIONAL | bit::EVAL_BREAK,
            O::JUMP_NO_INTERRUPT | O::JUMP_FORWARD | O::JUMP_BACKWARD_NO_INTERRUPT => bit::UNCONDITIONAL,
            O::RETURN_VALUE | O::RETURN_CONST | O::RAISE_VARARGS | O::RERAISE => bit::SCOPE_EXIT,
            O::CALL | O::CALL_FUNCTION_EX | O::CALL_KW | O::RESUME => bit::EVAL_BREAK,
            _ => 0,
        };
        operand | flow
    }

    #[inline]
    const fn any(self, bits: u8) -> bool {
        BITS[self as usize] & bits != 0
    }

    /// How this instruction's argument is read.
    #[inline]
    #[must_use]
    pub const fn operand(self) -> Operand {
        OPERANDS[self as usize]
    }

    const fn classify(self) -> Operand {
        use Opcode as O;
        match self.family() {
            O::LOAD_CONST | O::RETURN_CONST => Operand::Const,
            O::LOAD_GLOBAL | O::LOAD_ATTR => Operand::Name(1),
            O::LOAD_SUPER_ATTR => Operand::Name(2),
            O::DELETE_ATTR
            | O::DELETE_GLOBAL
            | O::DELETE_NAME
            | O::IMPORT_FROM
            | O::IMPORT_NAME
            | O::LOAD_FROM_DICT_OR_GLOBALS
            | O::LOAD_NAME
            | O::STORE_ATTR
            | O::STORE_GLOBAL
            | O::STORE_NAME
            | O::LOAD_METHOD
            | O::LOAD_SUPER_METHOD
            | O::LOAD_ZERO_SUPER_ATTR
            | O::LOAD_ZERO_SUPER_METHOD => Operand::Name(0),
            O::DELETE_FAST
            | O::LOAD_FAST
            | O::LOAD_FAST_AND_CLEAR
            | O::LOAD_FAST_CHECK
            | O::STORE_FAST
            | O::LOAD_CLOSURE
            | O::STORE_FAST_MAYBE_NULL => Operand::Local,
            O::LOAD_FAST_LOAD_FAST | O::STORE_FAST_LOAD_FAST | O::STORE_FAST_STORE_FAST => Operand::LocalPair,
            O::DELETE_DEREF | O::LOAD_DEREF | O::LOAD_FROM_DICT_OR_DEREF | O::MAKE_CELL | O::STORE_DEREF => Operand::Cell,
            O::FOR_ITER
            | O::JUMP_BACKWARD
            | O::JUMP_BACKWARD_NO_INTERRUPT
            | O::JUMP_FORWARD
            | O::POP_JUMP_IF_FALSE
            | O::POP_JUMP_IF_NONE
            | O::POP_JUMP_IF_NOT_NONE
            | O::POP_JUMP_IF_TRUE
            | O::SEND
            | O::JUMP
            | O::JUMP_NO_INTERRUPT => Operand::Jump,
            O::SETUP_CLEANUP | O::SETUP_FINALLY | O::SETUP_WITH => Operand::Handler,
            O::POP_BLOCK => Operand::None,
            family if family.number() <= 44 => Operand::None,
            _ => Operand::Number,
        }
    }

    /// Whether `dis` shows an argument.
    #[inline]
    #[must_use]
    pub const fn has_arg(self) -> bool {
        !matches!(self.operand(), Operand::None)
    }

    /// Whether the argument is an index into the constants.
    #[inline]
    #[must_use]
    pub const fn has_const(self) -> bool {
        self.any(bit::CONST)
    }

    /// Whether this instruction may jump (block set-up not counted).
    #[inline]
    #[must_use]
    pub const fn is_jump(self) -> bool {
        self.any(bit::JUMP)
    }

    /// Whether this pseudo-opcode enters a protected block.
    #[inline]
    #[must_use]
    pub const fn is_block_push(self) -> bool {
        self.any(bit::BLOCK_PUSH)
    }

    /// Whether the argument names a block: a jump's target or a handler.
    #[inline]
    #[must_use]
    pub const fn has_target(self) -> bool {
        self.any(bit::JUMP | bit::BLOCK_PUSH)
    }

    /// Whether control always leaves by the jump.
    #[inline]
    #[must_use]
    pub const fn is_unconditional_jump(self) -> bool {
        self.any(bit::UNCONDITIONAL)
    }

    /// Whether an assembled jump's distance counts backwards.
    #[must_use]
    pub const fn is_backward_jump(self) -> bool {
        matches!(self.family(), Opcode::JUMP_BACKWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT)
    }

    /// Whether control leaves the code object here.
    #[inline]
    #[must_use]
    pub const fn is_scope_exit(self) -> bool {
        self.any(bit::SCOPE_EXIT)
    }

    /// Whether this instruction must be the last of its basic block.
    #[inline]
    #[must_use]
    pub const fn is_terminator(self) -> bool {
        self.any(bit::JUMP | bit::SCOPE_EXIT)
    }

    /// Whether control never reaches the following instruction from this one.
    #[inline]
    #[must_use]
    pub const fn never_falls_through(self) -> bool {
        self.any(bit::UNCONDITIONAL | bit::SCOPE_EXIT)
    }

    /// Whether CPython polls its eval breaker (signals, collections) in this compiler-emitted instruction.
    #[must_use]
    pub const fn has_eval_break(self) -> bool {
        self.any(bit::EVAL_BREAK)
    }

    /// Whether this is one of the compiler's pseudo-opcodes, which are never assembled.
    #[must_use]
    pub const fn is_pseudo(self) -> bool {
        self.number() >= 256 && self.number() < 300
    }
}
