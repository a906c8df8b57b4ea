//! The memory of `code` objects: a compiled unit made ready for one machine, or one that was stored and is made ready when it first
//! runs. How that is done lives in `machine/code.rs` and `machine/stored_code.rs`, how instructions are prepared in `adapt/prepare.rs`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::name_hints::NameHint;
use super::string::Str;
use super::value::Value;
use crate::code::{CodeFlags, CodeObject, Form};
use crate::heap::Marker;
use crate::machine::Handler;
use crate::machine::stored_code::Stored;
use crate::op::Unit;
use std::cell::{Cell, OnceCell};
use std::sync::Arc;

/// A `code` object.
#[repr(C)]
pub struct Code {
    /// Its type.
    pub header: Header,
    /// The prepared instructions; they do not move once they are there. Before that, what makes the code ready.
    pub units: Cell<*mut Unit>,
    /// `co_names`, interned.
    pub names: *const Gc<Str>,
    /// Words a frame takes: header, locals, cells, free variables and operand stack.
    pub frame_words: u32,
    /// Bytes of the arguments of a call that has exactly the parameters, if those are few and positional ([`Code::small_args`]).
    pub small_args: u32,
    /// Locals, cells and free variables.
    pub nlocalsplus: u32,
    /// `co_argcount`.
    pub argcount: u32,
    /// `co_flags`.
    pub flags: u32,
    /// Whether it can be called with exactly `argcount` positional arguments and nothing else (no `*`, `**`, keyword-only).
    pub simple_args: bool,
    /// Function version shared by the functions made from this code, as CPython's `co_version`.
    pub version: Cell<u32>,
    /// `co_posonlyargcount`.
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`.
    pub kwonlyargcount: u32,
    /// `co_stacksize`.
    pub stacksize: u32,
    /// `co_firstlineno`.
    pub firstlineno: u32,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// What running it takes; empty as long as it is not ready.
    pub(crate) body: OnceCell<Body>,
    /// Number of constants, which stand behind this struct.
    pub consts_len: usize,
    /// Backing of `names`.
    pub names_box: Box<[Gc<Str>]>,
    /// Where those of `names` were last found that are looked up by name; made when the first of them is.
    pub(crate) name_hints: OnceCell<Box<[NameHint]>>,
    /// Names of locals, cells and free variables, interned.
    pub localsplus_names: Box<[Gc<Str>]>,
    /// `co_name`, `co_qualname`, `co_filename`.
    pub name: Gc<Str>,
    /// `co_qualname`.
    pub qualname: Gc<Str>,
    /// `co_filename`.
    pub filename: Gc<Str>,
    /// Warm-up counter of the quickened level: calls and back edges left before pairs are fused.
    pub warmup: Cell<u16>,
    /// Whether `units` is the fused form ([`CodeObject::fused`]) or the unfused one.
    pub fused: bool,
}

/// Where a code object comes from.
pub(crate) enum Origin {
    /// The compiler, in this process.
    Compiled(Arc<CodeObject>),
    /// A packed module.
    Stored(Stored),
}

/// What running a code object takes, apart from its constants.
pub(crate) struct Body {
    /// Backing of [`Code::units`].
    pub(crate) units: Box<[Unit]>,
    /// The exception table.
    pub(crate) handlers: Box<[Handler]>,
    /// Whether it catches something, or cleans something up, other than what every generator does.
    pub(crate) has_cleanup: bool,
}

impl Code {
    /// No call has so many bytes of arguments.
    const NOT_SMALL: u32 = u32::MAX;

    /// What [`Code::small_args`] is for code with so many parameters, all of them positional if `simple`.
    #[must_use]
    pub const fn small_args_of(simple: bool, argcount: u32) -> u32 {
        if simple && argcount as usize <= crate::machine::stack::FILL_WORDS { argcount * 8 } else { Code::NOT_SMALL }
    }

    /// `co_consts[index]`, for an index that verified code has.
    ///
    /// # Safety
    /// `code` is a live code object with so many constants.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn constant(code: *const Code, index: usize) -> Value {
        // SAFETY: they stand behind the struct.
        unsafe { *code.add(1).cast::<Value>().add(index) }
    }

    /// `co_consts`; of code that is not ready, all but a docstring are `NULL` ([`crate::machine::Machine::ready_code`]).
    #[must_use]
    pub(crate) fn consts(&self) -> &[Value] {
        // SAFETY: they stand behind the struct, which is only ever made with them.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast(), self.consts_len) }
    }

    /// Whether it has been made ready to run.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.body.get().is_some()
    }

    /// Where the name of that index was last found.
    pub(crate) fn name_hint(&self, index: usize) -> &NameHint {
        &self.name_hints.get_or_init(|| self.names_box.iter().map(|_| NameHint::default()).collect())[index]
    }

    /// How many units it has; none if it is not ready.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.body.get().map_or(0, |b| b.units.len())
    }

    /// The exception table; empty if it is not ready.
    pub(crate) fn handlers(&self) -> &[Handler] {
        self.body.get().map_or(&[], |b| &b.handlers)
    }

    /// See [`Body::has_cleanup`]; not if it is not ready.
    pub(crate) fn has_cleanup(&self) -> bool {
        self.body.get().is_some_and(|b| b.has_cleanup)
    }

    /// `co_flags`.
    #[must_use]
    pub fn flags(&self) -> CodeFlags {
        CodeFlags(self.flags)
    }

    /// The compiled unit; of stored code it is made when first asked for, and remains.
    #[must_use]
    pub fn source(&self) -> &Arc<CodeObject> {
        match &self.origin {
            Origin::Compiled(source) => source,
            Origin::Stored(stored) => stored.source(),
        }
    }

    /// `co_localspluskinds`.
    #[must_use]
    pub fn kinds(&self) -> &[u8] {
        match &self.origin {
            Origin::Compiled(source) => &source.localspluskinds,
            Origin::Stored(stored) => stored.kinds(self.nlocalsplus as usize),
        }
    }

    /// Of the two forms, the one that runs.
    #[must_use]
    pub fn form(&self) -> Form<'_> {
        match &self.origin {
            Origin::Compiled(source) if self.fused => source.fused(),
            Origin::Compiled(source) => source.unfused(),
            Origin::Stored(stored) => stored.form(self.fused),
        }
    }
}

// SAFETY: repr(C), header first; traces every reference but those to interned strings, which live as long as the machine (cached
// pointers in `units` are protected by versions).
unsafe impl Payload for Code {
    const LAYOUT: &'static Layout = &layout_of::<Code>(LayoutId::Code);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(self.consts());
    }
}
