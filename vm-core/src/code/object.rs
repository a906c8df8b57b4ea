//! The immutable result of compilation, laid out as CPython 3.13's `PyCodeObject` is.

use super::int::Int;
use std::fmt;
use std::sync::Arc;

/// `co_flags` bits with CPython's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeFlags(pub u32);

impl CodeFlags {
    /// `CO_OPTIMIZED`: locals live in fast slots.
    pub const OPTIMIZED: u32 = 0x1;
    /// `CO_NEWLOCALS`.
    pub const NEWLOCALS: u32 = 0x2;
    /// `CO_VARARGS`: takes `*args`.
    pub const VARARGS: u32 = 0x4;
    /// `CO_VARKEYWORDS`: takes `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x8;
    /// `CO_NESTED`.
    pub const NESTED: u32 = 0x10;
    /// `CO_GENERATOR`.
    pub const GENERATOR: u32 = 0x20;
    /// `CO_COROUTINE`.
    pub const COROUTINE: u32 = 0x80;
    /// `CO_ITERABLE_COROUTINE`.
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// `CO_ASYNC_GENERATOR`.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// `CO_FUTURE_ANNOTATIONS`.
    pub const FUTURE_ANNOTATIONS: u32 = 0x0100_0000;
    /// `CO_NO_MONITORING_EVENTS`.
    pub const NO_MONITORING_EVENTS: u32 = 0x0200_0000;

    /// Whether every bit of `mask` is set.
    #[must_use]
    pub const fn has(self, mask: u32) -> bool {
        self.0 & mask == mask
    }

    /// Whether a call makes a generator, a coroutine or an asynchronous generator.
    #[must_use]
    pub const fn makes_generator(self) -> bool {
        self.0 & (Self::GENERATOR | Self::COROUTINE | Self::ASYNC_GENERATOR) != 0
    }
}

/// `co_localspluskinds` bits with CPython's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalKind(pub u8);

impl LocalKind {
    /// `CO_FAST_HIDDEN`: a comprehension's inlined local.
    pub const HIDDEN: u8 = 0x10;
    /// `CO_FAST_LOCAL`.
    pub const LOCAL: u8 = 0x20;
    /// `CO_FAST_CELL`.
    pub const CELL: u8 = 0x40;
    /// `CO_FAST_FREE`.
    pub const FREE: u8 = 0x80;
}

/// A constant. Strings are WTF-8: UTF-8 in which lone surrogates may stand as their three-byte form.
#[derive(Clone, Debug)]
pub enum Const {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// `...`.
    Ellipsis,
    /// An integer of any size.
    Int(Int),
    /// A float; compared by bits when constants are merged.
    Float(f64),
    /// A complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string as WTF-8 bytes.
    Str(Arc<[u8]>),
    /// A bytes object.
    Bytes(Arc<[u8]>),
    /// A tuple.
    Tuple(Arc<[Const]>),
    /// A frozenset, in the order the compiler listed its elements.
    FrozenSet(Arc<[Const]>),
    /// A nested code object.
    Code(Arc<CodeObject>),
}

impl Const {
    /// `bool(value)`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Const::None => false,
            Const::Bool(b) => *b,
            Const::Ellipsis | Const::Code(_) => true,
            Const::Int(i) => i.word() != Some(0),
            Const::Float(f) => *f != 0.0,
            Const::Complex(re, im) => *re != 0.0 || *im != 0.0,
            Const::Str(s) | Const::Bytes(s) => !s.is_empty(),
            Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        }
    }
}

/// One assembled form of a code object, in one piece of memory.
#[derive(Clone, Default)]
pub struct Assembled {
    bytes: Box<[u8]>,
    /// Where the location table starts.
    lines: u32,
    /// Where the exception table starts.
    exceptions: u32,
}

/// What an [`Assembled`] holds, wherever it stands: CPython's byte code (two bytes a unit: opcode, oparg; caches are zero), its location
/// table (`co_linetable`) and exception table (`co_exceptiontable`), in CPython 3.13's encodings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form<'a> {
    /// `co_code`: opcode and oparg bytes alternate.
    pub code: &'a [u8],
    /// `co_linetable` (PEP 626 / 3.11 location table).
    pub linetable: &'a [u8],
    /// `co_exceptiontable`.
    pub exceptiontable: &'a [u8],
}

impl Assembled {
    /// Its parts.
    #[must_use]
    pub fn form(&self) -> Form<'_> {
        let (code, tables) = self.bytes.split_at(self.lines as usize);
        let (linetable, exceptiontable) = tables.split_at((self.exceptions - self.lines) as usize);
        Form { code, linetable, exceptiontable }
    }
}

impl From<Form<'_>> for Assembled {
    fn from(form: Form<'_>) -> Self {
        let parts = [form.code, form.linetable, form.exceptiontable];
        let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
        let [lines, exceptions, _] = parts.map(|part| {
            bytes.extend_from_slice(part);
            u32::try_from(bytes.len()).unwrap_or(u32::MAX)
        });
        Assembled { bytes: bytes.into(), lines, exceptions }
    }
}

impl fmt::Debug for Assembled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Form { code, linetable, exceptiontable } = self.form();
        f.debug_struct("Assembled").field("code", &code).field("linetable", &linetable).field("exceptiontable", &exceptiontable).finish()
    }
}

/// A compiled unit: module, function, class body, comprehension or type scope.
#[derive(Clone, Default)]
pub struct CodeObject {
    /// Positional parameters, positional-only ones included (`co_argcount`).
    pub argcount: u32,
    /// `co_posonlyargcount`.
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`.
    pub kwonlyargcount: u32,
    /// `co_flags`.
    pub flags: CodeFlags,
    /// Greatest operand-stack depth, in values (`co_stacksize`).
    pub stacksize: u32,
    /// `co_name`.
    pub name: Arc<str>,
    /// `co_qualname`.
    pub qualname: Arc<str>,
    /// `co_filename`, as given on the command line.
    pub filename: Arc<str>,
    /// `co_firstlineno`.
    pub firstlineno: u32,
    /// `co_names`.
    pub names: Box<[Arc<str>]>,
    /// `co_consts`.
    pub consts: Box<[Const]>,
    /// `co_localsplusnames`: locals (cells among them in place), then cells that are not parameters, then free variables.
    pub localsplusnames: Box<[Arc<str>]>,
    /// `co_localspluskinds`, one [`LocalKind`] mask for each name.
    pub localspluskinds: Box<[u8]>,
    /// The form without the compiler's superinstructions.
    pub plain: Assembled,
    /// 3.13's own form, with them, if it is another one.
    pub joined: Option<Assembled>,
}

impl CodeObject {
    /// 3.13's own form, with the compiler's superinstructions.
    #[must_use]
    pub fn fused(&self) -> Form<'_> {
        self.joined.as_ref().unwrap_or(&self.plain).form()
    }

    /// The same flow graph without superinstructions.
    #[must_use]
    pub fn unfused(&self) -> Form<'_> {
        self.plain.form()
    }

    /// Whether everything but the constants is what CPython's comparison of code objects takes for equal (`code_richcompare`).
    pub(crate) fn same_but_constants(&self, other: &CodeObject) -> bool {
        let numbers = |c: &CodeObject| [c.argcount, c.posonlyargcount, c.kwonlyargcount, c.flags.0, c.firstlineno];
        self.name == other.name
            && numbers(self) == numbers(other)
            && self.fused() == other.fused()
            && self.names == other.names
            && self.localsplusnames == other.localsplusnames
            && self.localspluskinds == other.localspluskinds
    }
}

impl fmt::Debug for CodeObject {
    /// Both forms are shown, whether they are one or not.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeObject")
            .field("argcount", &self.argcount)
            .field("posonlyargcount", &self.posonlyargcount)
            .field("kwonlyargcount", &self.kwonlyargcount)
            .field("flags", &self.flags)
            .field("stacksize", &self.stacksize)
            .field("name", &self.name)
            .field("qualname", &self.qualname)
            .field("filename", &self.filename)
            .field("firstlineno", &self.firstlineno)
            .field("names", &self.names)
            .field("consts", &self.consts)
            .field("localsplusnames", &self.localsplusnames)
            .field("localspluskinds", &self.localspluskinds)
            .field("fused", self.joined.as_ref().unwrap_or(&self.plain))
            .field("unfused", &self.plain)
            .finish()
    }
}
