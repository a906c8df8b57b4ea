//! The memory of `code` objects: a compiled unit made ready for one machine. How its instructions are prepared lives in `adapt/prepare.rs`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::string::Str;
use super::value::Value;
use crate::code::CodeObject;
use crate::heap::Marker;
use std::sync::Arc;

/// A `code` object.
#[repr(C)]
pub struct Code {
    /// Its type.
    pub header: Header,
    /// The prepared instructions; never moves while the code object lives.
    pub units: *mut u32,
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
    pub version: std::cell::Cell<u32>,
    /// The compiled unit.
    pub source: Arc<CodeObject>,
    /// Backing of `units`.
    pub units_box: Box<[u32]>,
    /// Constants, which stand behind this struct.
    pub consts_len: usize,
    /// Backing of `names`.
    pub names_box: Box<[Gc<Str>]>,
    /// Names of locals, cells and free variables, interned.
    pub localsplus_names: Box<[Gc<Str>]>,
    /// `co_name`, `co_qualname`, `co_filename`.
    pub name: Gc<Str>,
    /// `co_qualname`.
    pub qualname: Gc<Str>,
    /// `co_filename`.
    pub filename: Gc<Str>,
    /// The exception table.
    pub handlers: Box<[crate::machine::Handler]>,
    /// Whether it catches something, or cleans something up, other than what every generator does.
    pub has_cleanup: bool,
    /// Warm-up counter of the quickened level: calls and back edges left before pairs are fused.
    pub warmup: std::cell::Cell<u16>,
    /// Whether `units` is the fused form ([`CodeObject::fused`]) or the unfused one.
    pub fused: bool,
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

    /// `co_consts`.
    #[must_use]
    pub fn consts(&self) -> &[Value] {
        // SAFETY: they stand behind the struct, which is only ever made with them.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast(), self.consts_len) }
    }
}

// SAFETY: repr(C), header first; traces every reference (cached pointers in `units` are protected by versions).
unsafe impl Payload for Code {
    const LAYOUT: &'static Layout = &layout_of::<Code>(LayoutId::Code);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(self.consts());
        for &n in self.names_box.iter().chain(&self.localsplus_names) {
            m.mark_gc(n);
        }
        m.mark_gc(self.name);
        m.mark_gc(self.qualname);
        m.mark_gc(self.filename);
    }
}
