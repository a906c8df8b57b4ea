//! Slots seen from Python: `wrapper_descriptor` (`int.__add__`) and, bound to an instance, `method-wrapper` (`(1).__add__`).
//! Which slot each name wraps, and how arguments are converted, is the table in `slot_defs.rs`.

use super::descriptors::type_qualname;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slot_defs::SlotDef;
use super::slots::{Compare, Slots};
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};

/// An operation of a builtin class, unbound.
#[repr(C)]
pub struct SlotWrapper {
    /// Its type.
    pub header: Header,
    /// Name and slot.
    pub def: &'static SlotDef,
    /// The class whose slot is called.
    pub owner: Gc<Type>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for SlotWrapper {
    const LAYOUT: &'static Layout = &layout_of::<SlotWrapper>(LayoutId::SlotWrapper);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.owner);
    }
}

/// A [`SlotWrapper`] bound to an instance.
#[repr(C)]
pub struct MethodWrapper {
    /// Its type.
    pub header: Header,
    /// The descriptor.
    pub descr: Gc<SlotWrapper>,
    /// The instance.
    pub this: Value,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for MethodWrapper {
    const LAYOUT: &'static Layout = &layout_of::<MethodWrapper>(LayoutId::MethodWrapper);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.descr);
        m.mark(self.this);
    }
}

/// `wrapper_descriptor`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::METHOD_DESCRIPTOR,
    slots: Slots { repr: Some(repr), call: Some(call), descr_get: Some(get), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "__name__", get: |m, v| Ok(m.intern(this(v).def.name).value()), set: None },
        GetSetDef { name: "__qualname__", get: |m, v| Ok(qualname(m, this(v))), set: None },
        GetSetDef { name: "__objclass__", get: |_, v| Ok(this(v).owner.value()), set: None },
        GetSetDef { name: "__doc__", get: |m, v| Ok(doc(m, this(v))), set: None },
        GetSetDef { name: "__text_signature__", get: |m, v| Ok(signature(m, this(v))), set: None },
    ],
    ..TypeSpec::new("wrapper_descriptor", SlotWrapper::LAYOUT)
};

/// `method-wrapper`.
pub static BOUND: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(bound_repr),
        call: Some(bound_call),
        hash: Some(bound_hash),
        richcompare: Some(bound_compare),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef { name: "__self__", get: |_, v| Ok(bound(v).this), set: None },
        GetSetDef { name: "__name__", get: |m, v| Ok(m.intern(bound(v).descr.def.name).value()), set: None },
        GetSetDef { name: "__qualname__", get: |m, v| Ok(qualname(m, bound(v).descr)), set: None },
        GetSetDef { name: "__objclass__", get: |_, v| Ok(bound(v).descr.owner.value()), set: None },
        GetSetDef { name: "__doc__", get: |m, v| Ok(doc(m, bound(v).descr)), set: None },
        GetSetDef { name: "__text_signature__", get: |m, v| Ok(signature(m, bound(v).descr)), set: None },
    ],
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        let getattr = m.intern("getattr");
        let f = m.builtins.get_str(m, getattr).unwrap_or(Value::NONE);
        let name = m.intern(bound(v).descr.def.name).value();
        let args = m.new_tuple(&[bound(v).this, name]).value();
        Ok(m.new_tuple(&[f, args]).value())
    })],
    ..TypeSpec::new("method-wrapper", MethodWrapper::LAYOUT)
};

fn this(v: Value) -> Gc<SlotWrapper> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn bound(v: Value) -> Gc<MethodWrapper> {
    // SAFETY: as in `this`.
    unsafe { v.cast() }
}

fn qualname(m: &mut Machine, d: Gc<SlotWrapper>) -> Value {
    m.str_value(&format!("{}.{}", type_qualname(d.owner), d.def.name))
}

fn doc(m: &mut Machine, d: Gc<SlotWrapper>) -> Value {
    m.str_value(d.def.doc)
}

fn signature(m: &mut Machine, d: Gc<SlotWrapper>) -> Value {
    m.str_value(d.def.signature)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    Ok(m.str_value(&format!("<slot wrapper '{}' of '{}' objects>", this(v).def.name, this(v).owner.name_str())))
}

fn get(m: &mut Machine, descr: Value, object: Value, _: Value) -> R<Value> {
    if object.is_null() {
        return Ok(descr);
    }
    let d = this(descr);
    super::descriptors::check_owner(m, d.def.name, d.owner, object)?;
    let header = Header::new(m.types.method_wrapper);
    Ok(m.new_object(MethodWrapper { header, descr: d, this: object }).value())
}

fn call(m: &mut Machine, descr: Value, args: Args<'_>) -> R<Value> {
    let d = this(descr);
    let Some(&object) = args.pos().first() else {
        return Err(m.type_error(&format!("descriptor '{}' of '{}' object needs an argument", d.def.name, d.owner.name_str())));
    };
    if !m.type_of(object).is_subtype_of(d.owner) {
        let got = m.type_name(object);
        return Err(m.type_error(&format!(
            "descriptor '{}' requires a '{}' object but received a '{got}'",
            d.def.name,
            d.owner.name_str()
        )));
    }
    call_wrapped(m, d, object, args.skip_first())
}

/// Calls the wrapped slot; `object` is an instance of its class.
fn call_wrapped(m: &mut Machine, d: Gc<SlotWrapper>, object: Value, args: Args<'_>) -> R<Value> {
    if args.has_keywords() && !d.def.keywords {
        return Err(m.type_error(&format!("wrapper {}() takes no keyword arguments", d.def.name)));
    }
    match d.def.wrap {
        Some(wrap) => wrap(m, d.owner, object, args),
        None => Err(m.system_error("slot without wrapper")),
    }
}

fn bound_repr(m: &mut Machine, v: Value) -> R<Value> {
    let b = bound(v);
    let name = m.type_name(b.this);
    Ok(m.str_value(&format!("<method-wrapper '{}' of {name} object at {:#x}>", b.descr.def.name, super::object_type::address(b.this))))
}

fn bound_call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    call_wrapped(m, bound(v).descr, bound(v).this, args)
}

fn bound_hash(m: &mut Machine, v: Value) -> R<i64> {
    let x = super::object_type::hash_pointer(bound(v).this);
    let y = super::object_type::hash_pointer(bound(v).descr.value());
    let _ = m;
    Ok(match x ^ y {
        -1 => -2,
        h => h,
    })
}

fn bound_compare(_: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<MethodWrapper>(), b.downcast::<MethodWrapper>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let same = x.descr == y.descr && x.this.is(y.this);
    match op {
        Compare::Eq => Ok(Value::from_bool(same)),
        Compare::Ne => Ok(Value::from_bool(!same)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}
