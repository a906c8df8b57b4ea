//! `types.SimpleNamespace`: an object that is its attributes.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use std::cell::Cell;
use std::mem::offset_of;

/// A `SimpleNamespace` object.
#[repr(C)]
pub struct Namespace {
    /// Its type.
    pub header: Header,
    /// `__dict__`.
    pub dict: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Namespace {
    const LAYOUT: &'static Layout = &layout_of::<Namespace>(LayoutId::Namespace);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
    }
}

/// `types.SimpleNamespace`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    dict_offset: offset_of!(Namespace, dict),
    slots: Slots { repr: Some(repr), richcompare: Some(compare), init: Some(init), new: Some(new), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let class = m.type_of(v).value();
            let empty = m.new_tuple(&[]).value();
            let dict = m.instance_dict(v).map_or(Value::NONE, Gc::value);
            Ok(m.new_tuple(&[class, empty, dict]).value())
        }),
        MethodDef::new("__replace__", Convention::VarArgsKeywords, replace),
    ],
    getset: &[super::object_type::DICT_CONST],
    doc: "SimpleNamespace(mapping_or_iterable=(), /, **kwargs)\n--\n\nA simple attribute-based namespace.",
    ..TypeSpec::new("types.SimpleNamespace", Namespace::LAYOUT)
};

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let dict = m.new_dict();
    Ok(m.new_object(Namespace { header: Header::new(ty), dict: Cell::new(dict.value()) }).value())
}

impl Machine {
    /// A namespace with those attributes.
    pub fn new_namespace(&mut self, attributes: &[(&str, Value)]) -> Value {
        let dict = self.new_dict();
        for &(name, value) in attributes {
            let name = self.intern(name);
            dict.insert_str(self, name, value);
        }
        let header = Header::new(self.types.namespace);
        self.new_object(Namespace { header, dict: Cell::new(dict.value()) }).value()
    }
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    if args.len() > 1 {
        let (n, name) = (args.len(), m.type_name(v));
        let name = name.rsplit('.').next().unwrap_or("").to_owned();
        return Err(m.type_error(&format!("{name} expected at most 1 argument, got {n}")));
    }
    let Some(dict) = m.instance_dict(v) else { return Ok(()) };
    if let Some(&source) = args.pos().first() {
        let class = m.types.dict.value();
        let given = if source.downcast::<super::dict::Dict>().is_some() { source } else { m.call(class, &[source])? };
        let pairs = given.downcast::<super::dict::Dict>().map(|d| d.copy(m));
        if let Some(pairs) = pairs {
            let mut i = 0;
            while let Some((at, entry)) = pairs.next_entry(i) {
                i = at + 1;
                if entry.key.downcast::<Str>().is_none() {
                    return Err(m.type_error("keywords must be strings"));
                }
                dict.insert(m, entry.key, entry.value)?;
            }
        }
    }
    for (name, value) in args.keywords() {
        dict.insert_str(m, name, value);
    }
    Ok(())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let ty = m.type_of(v);
    let name = if ty == m.types.namespace { "namespace".to_owned() } else { ty.name_str().to_owned() };
    if !m.repr_enter(v) {
        return Ok(m.str_value(&format!("{name}(...)")));
    }
    let text = shown(m, v, &name);
    m.repr_leave();
    let text = text?;
    Ok(m.str_value(&text))
}

fn shown(m: &mut Machine, v: Value, name: &str) -> R<String> {
    let Some(dict) = m.instance_dict(v) else { return Ok(format!("{name}()")) };
    let dict = dict.copy(m);
    let mut parts = Vec::new();
    let mut i = 0;
    while let Some((at, entry)) = dict.next_entry(i) {
        i = at + 1;
        let Some(key) = entry.key.downcast::<Str>().filter(|k| k.char_len() > 0) else { continue };
        let value = m.repr(entry.value)?;
        parts.push(format!("{}={}", key.to_string_lossy(), value.to_string_lossy()));
    }
    Ok(format!("{name}({})", parts.join(", ")))
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    if a.downcast::<Namespace>().is_none() || b.downcast::<Namespace>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match (m.instance_dict(a), m.instance_dict(b)) {
        (Some(x), Some(y)) => m.compare(x.value(), y.value(), op),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn replace(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    if !args.pos().is_empty() {
        return Err(m.type_error("__replace__() takes 0 positional arguments"));
    }
    let class = m.type_of(v).value();
    let made = m.call(class, &[])?;
    if let (Some(from), Some(to)) = (m.instance_dict(v), m.instance_dict(made)) {
        for (k, x) in from.copy(m).iter() {
            to.insert(m, k, x)?;
        }
        for (name, value) in args.keywords() {
            to.insert_str(m, name, value);
        }
    }
    Ok(made)
}
