//! `mappingproxy`: a read-only view of a mapping, as `type.__dict__` gives it.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::list::List;
use super::slots::Slots;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::protocol::BinaryOp;

/// A `mappingproxy` object.
#[repr(C)]
pub struct MappingProxy {
    /// Its type.
    pub header: Header,
    /// What it shows.
    pub mapping: Value,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for MappingProxy {
    const LAYOUT: &'static Layout = &layout_of::<MappingProxy>(LayoutId::MappingProxy);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.mapping);
    }
}

/// `mappingproxy`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::MAPPING,
    slots: Slots {
        repr: Some(repr),
        str: Some(|m, this| Ok(m.to_str(inner(this))?.value())),
        hash: Some(|m, this| m.hash(inner(this))),
        richcompare: Some(|m, this, other, op| {
            let mapping = shown(m, this, other);
            m.compare(mapping, other, op)
        }),
        iter: Some(|m, this| m.iter(inner(this))),
        new: Some(new),
        or: Some(|m, left, right| {
            let (left, right) = (shown(m, left, right), shown(m, right, left));
            m.binary(BinaryOp::Or, left, right)
        }),
        ior: Some(ior),
        len: Some(|m, this| m.len(inner(this))),
        getitem: Some(|m, this, key| m.get_item(inner(this), key)),
        contains: Some(|m, this, key| m.contains(inner(this), key)),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("get", Convention::Fast, |m, this, args| {
            let args = args.between(m, "get", 1, 2)?;
            forward(m, this, "get", &[args[0], args.get(1).copied().unwrap_or(Value::NONE)])
        }),
        MethodDef::new("keys", Convention::NoArgs, |m, this, _| forward(m, this, "keys", &[])),
        MethodDef::new("values", Convention::NoArgs, |m, this, _| forward(m, this, "values", &[])),
        MethodDef::new("items", Convention::NoArgs, |m, this, _| forward(m, this, "items", &[])),
        MethodDef::new("copy", Convention::NoArgs, |m, this, _| forward(m, this, "copy", &[])),
        MethodDef::class("__class_getitem__", Convention::O, super::dict_type::class_getitem),
        MethodDef::new("__reversed__", Convention::NoArgs, |m, this, _| forward(m, this, "__reversed__", &[])),
    ],
    doc: "mappingproxy(mapping)\n--\n\nRead-only proxy of a mapping.",
    ..TypeSpec::new("mappingproxy", MappingProxy::LAYOUT)
};

impl Machine {
    /// A read-only view of a mapping.
    pub fn new_mapping_proxy(&mut self, mapping: Value) -> Value {
        let header = Header::new(self.types.mapping_proxy);
        self.new_object(MappingProxy { header, mapping }).value()
    }
}

/// What a proxy shows, to be passed to an operator of the other operand: a method written in Python can change it then, even if it is the
/// namespace of a class of the machine.
fn shown(m: &mut Machine, v: Value, other: Value) -> Value {
    if m.type_of(other).has(TypeFlags::HEAP) {
        m.heap.forget_kept();
    }
    inner(v)
}

/// The mapping behind a proxy; any other value itself.
fn inner(v: Value) -> Value {
    v.downcast::<MappingProxy>().map_or(v, |p| p.mapping)
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [mapping] = args.bind(m, "mappingproxy", ["mapping"], spec)?;
    let has_items = m.type_of(mapping).slot(|s| s.getitem).is_some();
    if !has_items || mapping.downcast::<List>().is_some() || mapping.downcast::<Tuple>().is_some() {
        let name = m.type_name(mapping);
        return Err(m.type_error(&format!("mappingproxy() argument must be a mapping, not {name}")));
    }
    Ok(m.new_mapping_proxy(mapping))
}

fn forward(m: &mut Machine, this: Value, method: &str, args: &[Value]) -> R<Value> {
    let name = m.intern(method);
    m.call_method(inner(this), name, args)
}

fn repr(m: &mut Machine, this: Value) -> R<Value> {
    let shown = m.repr(inner(this))?;
    let text = [b"mappingproxy(", shown.bytes(), b")"].concat();
    Ok(m.new_str_wtf8(&text)?.value())
}

fn ior(m: &mut Machine, this: Value, _: Value) -> R<Value> {
    let name = m.type_name(this);
    Err(m.type_error(&format!("'|=' is not supported by {name}; use '|' instead")))
}
