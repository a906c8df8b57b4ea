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
    /// `co_consts` as values.
    pub consts: *const Value,
    /// `co_names`, interned.
    pub names: *const Gc<Str>,
    /// Words a frame takes: header, locals, cells, free variables and operand stack.
    pub frame_words: u32,
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
    /// Backing of `consts`.
    pub consts_box: Box<[Value]>,
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

// SAFETY: repr(C), header first; traces every reference (cached pointers in `units` are protected by versions).
unsafe impl Payload for Code {
    const LAYOUT: &'static Layout = &layout_of::<Code>(LayoutId::Code);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(&self.consts_box);
        for &n in self.names_box.iter().chain(&self.localsplus_names) {
            m.mark_gc(n);
        }
        m.mark_gc(self.name);
        m.mark_gc(self.qualname);
        m.mark_gc(self.filename);
    }
}
