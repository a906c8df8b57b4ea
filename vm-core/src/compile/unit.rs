//! What code generation hands to the flow graph for one code object: the instruction sequence and everything that ends up in
//! the code object's fields.
//!
//! `instr.rs` describes single instructions; this file describes the whole unit around them, as CPython's
//! `_PyCompile_CodeUnitMetadata` does. Nested code objects are already assembled: they stand among the constants.

use super::consts::ConstTable;
use super::instr::{InstrSequence, Location};
use crate::code::CodeFlags;
use rustc_hash::FxHashSet as HashSet;
use std::sync::Arc;

/// One code object before its flow graph is built.
///
/// The sequence ends with an explicit return where control can fall off the end (CPython's `add_return_at_end` has been
/// done), and `flags` is complete (`compute_code_flags`). `RETURN_GENERATOR`, `MAKE_CELL` and `COPY_FREE_VARS` prefixes are NOT
/// in the sequence: the flow graph inserts them, as CPython's does. Variable opargs of fast and deref opcodes are numbers as
/// CPython's code generator emits them: `*_FAST*` index `varnames`; deref opcodes index `cellvars` followed by `freevars`
/// (to be fixed up to `localsplus` by the flow graph).
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// `co_name`.
    pub name: Arc<str>,
    /// `co_qualname`.
    pub qualname: Arc<str>,
    /// `co_firstlineno`.
    pub firstlineno: u32,
    /// Positional parameters, positional-only ones NOT included (CPython's `u_argcount`).
    pub argcount: u32,
    /// Positional-only parameters.
    pub posonlyargcount: u32,
    /// Keyword-only parameters.
    pub kwonlyargcount: u32,
    /// How many of `varnames` count as initialised parameters (CPython's `nparams`): all parameters, `*args` and `**kwargs`
    /// included; more than the argument counts say in the block of a generic function's type parameters.
    pub nparams: u32,
    /// Complete `co_flags`.
    pub flags: CodeFlags,
    /// Constants in order of first use.
    pub consts: ConstTable,
    /// `co_names`.
    pub names: Vec<Arc<str>>,
    /// Local variables, parameters first, in slot order.
    pub varnames: Vec<Arc<str>>,
    /// Cell variables in order (parameters among them also stand in `varnames`).
    pub cellvars: Vec<Arc<str>>,
    /// Free variables in order.
    pub freevars: Vec<Arc<str>>,
    /// Locals of inlined comprehensions (CPython's `u_fasthidden` keys): they get `LocalKind::HIDDEN`.
    pub fast_hidden: HashSet<Arc<str>>,
    /// The instructions.
    pub instrs: InstrSequence,
}

/// Why a program could not be compiled, seen from the stages after the parser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompileError {
    /// CPython raises `SyntaxError` here.
    Syntax {
        /// What the error points at.
        loc: Location,
        /// CPython's message.
        message: String,
    },
    /// The program is nested too deeply, or has too many of something: CPython raises `RecursionError`, `OverflowError`, ….
    Limit {
        /// The Python exception's name.
        exception: &'static str,
        /// Its message.
        message: String,
    },
    /// The compiler contradicts itself (CPython's `SystemError`).
    Internal(String),
}
