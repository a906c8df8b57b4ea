//! The memory of everything that is called: Python functions, bound methods, native functions and method descriptors.

use super::code::Code;
use super::dict::Dict;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::native::MethodDef;
use std::cell::Cell;

/// A Python function.
#[repr(C)]
pub struct Function {
    /// Its type.
    pub header: Header,
    /// CPython's function version: what `CALL_PY_*` guards on; 0 while none is assigned or after a change.
    pub version: Cell<u32>,
    /// `__code__`.
    pub code: Cell<Gc<Code>>,
    /// `__globals__`.
    pub globals: Gc<Dict>,
    /// `__builtins__`'s namespace.
    pub builtins: Gc<Dict>,
    /// `__closure__`: tuple of cells, or `NULL`.
    pub closure: Cell<Value>,
    /// `__defaults__`: tuple, or `NULL`.
    pub defaults: Cell<Value>,
    /// `__kwdefaults__`: dict, or `NULL`.
    pub kwdefaults: Cell<Value>,
    /// `__name__`.
    pub name: Cell<Value>,
    /// `__qualname__`.
    pub qualname: Cell<Value>,
    /// `__doc__`.
    pub doc: Cell<Value>,
    /// `__module__`.
    pub module: Cell<Value>,
    /// `__annotations__`: dict, tuple of name-value pairs not yet made a dict, or `NULL`.
    pub annotations: Cell<Value>,
    /// `__type_params__`: tuple, or `NULL`.
    pub type_params: Cell<Value>,
    /// `__dict__`, or `NULL`.
    pub dict: Cell<Value>,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for Function {
    const LAYOUT: &'static Layout = &layout_of::<Function>(LayoutId::Function);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.code.get());
        m.mark_gc(self.globals);
        m.mark_gc(self.builtins);
        for v in [
            &self.closure,
            &self.defaults,
            &self.kwdefaults,
            &self.name,
            &self.qualname,
            &self.doc,
            &self.module,
            &self.annotations,
            &self.type_params,
            &self.dict,
        ] {
            m.mark(v.get());
        }
    }
}

/// A builtin function, or a builtin method bound to an instance (`builtin_function_or_method`).
#[repr(C)]
pub struct NativeFunction {
    /// Its type.
    pub header: Header,
    /// What it is.
    pub def: &'static MethodDef,
    /// The instance, class or module it is bound to; `NULL` for none.
    pub this: Value,
    /// `__module__`, or `NULL`.
    pub module: Value,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for NativeFunction {
    const LAYOUT: &'static Layout = &layout_of::<NativeFunction>(LayoutId::NativeFunction);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.this);
        m.mark(self.module);
    }
}

/// An unbound native method in a class (`method_descriptor`, `classmethod_descriptor`).
#[repr(C)]
pub struct MethodDescr {
    /// Its type.
    pub header: Header,
    /// What it is.
    pub def: &'static MethodDef,
    /// The class that defines it.
    pub owner: Gc<Type>,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for MethodDescr {
    const LAYOUT: &'static Layout = &layout_of::<MethodDescr>(LayoutId::MethodDescr);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.owner);
    }
}

/// A Python callable bound to an instance (`method`).
#[repr(C)]
pub struct BoundMethod {
    /// Its type.
    pub header: Header,
    /// `__func__`.
    pub func: Value,
    /// `__self__`.
    pub this: Value,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for BoundMethod {
    const LAYOUT: &'static Layout = &layout_of::<BoundMethod>(LayoutId::BoundMethod);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.func);
        m.mark(self.this);
    }
}

/// A closure variable's box.
#[repr(C)]
pub struct CellObj {
    /// Its type.
    pub header: Header,
    /// The variable, or `NULL` while unbound.
    pub contents: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for CellObj {
    const LAYOUT: &'static Layout = &layout_of::<CellObj>(LayoutId::Cell);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.contents.get());
    }
}
