//! `method`: a callable bound to an instance.

use super::function::BoundMethod;
use super::header::{Gc, Header, Payload};
use super::object_type::hash_pointer;
use super::slots::{Compare, Slots};
use super::string::Str;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};

/// `method`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: super::typeobj::TypeFlags::HAS_WEAKREF,
    slots: Slots {
        repr: Some(repr),
        call: Some(call),
        hash: Some(hash),
        richcompare: Some(compare),
        getattro: Some(get_attr),
        descr_get: Some(|_, v, _, _| Ok(v)),
        new: Some(new),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, reduce)],
    getset: &[
        GetSetDef { name: "__func__", get: |_, v| Ok(this(v).func), set: None },
        GetSetDef { name: "__self__", get: |_, v| Ok(this(v).this), set: None },
        GetSetDef {
            name: "__doc__",
            get: |m, v| {
                let name = m.names.doc;
                Ok(m.get_attr_opt(this(v).func, name)?.unwrap_or(Value::NONE))
            },
            set: None,
        },
    ],
    doc: "method(function, instance, /)\n--\n\nCreate a bound instance method object.",
    ..TypeSpec::new("method", BoundMethod::LAYOUT)
};

impl Machine {
    /// A bound method.
    #[inline]
    pub fn new_bound_method(&mut self, func: Value, this: Value) -> Gc<BoundMethod> {
        let header = Header::new(self.types.method);
        self.heap.new_object(BoundMethod { header, func, this }, 0)
    }
}

fn this(v: Value) -> Gc<BoundMethod> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, _: Gc<super::typeobj::Type>, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "method", 2, 2)?;
    if m.type_of(args[0]).slot(|s| s.call).is_none() {
        return Err(m.type_error("first argument must be callable"));
    }
    if args[1].is_none() {
        return Err(m.type_error("instance must not be None"));
    }
    Ok(m.new_bound_method(args[0], args[1]).value())
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    m.call_prepended(this(v).func, this(v).this, args)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let (qualname, name) = (m.names.qualname, m.names.name);
    let mut shown = m.get_attr_opt(this(v).func, qualname)?;
    if shown.is_none() {
        shown = m.get_attr_opt(this(v).func, name)?;
    }
    let shown = shown.and_then(Value::downcast::<Str>).map_or("?".to_owned(), |s| s.to_string_lossy().into_owned());
    let object = m.repr(this(v).this)?;
    Ok(m.str_value(&format!("<bound method {shown} of {}>", object.to_string_lossy())))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let x = hash_pointer(this(v).this);
    let y = m.hash(this(v).func)?;
    Ok(match x ^ y {
        -1 => -2,
        h => h,
    })
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<BoundMethod>(), b.downcast::<BoundMethod>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let same = m.compare_bool(x.func, y.func, Compare::Eq)? && x.this.is(y.this);
    Ok(Value::from_bool(same == (op == Compare::Eq)))
}

/// Attributes of a method are its own, then its function's.
fn get_attr(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Value> {
    let ty = m.types.method;
    if let Some(descr) = m.type_lookup(ty, name) {
        return m.bind_descriptor(descr, v, ty);
    }
    m.get_attr(this(v).func, name)
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (getattr, name) = (m.intern("getattr"), m.intern("__name__"));
    let f = m.builtins.get_str(m, getattr).unwrap_or(Value::NONE);
    let name = m.get_attr(this(v).func, name)?;
    let args = m.new_tuple(&[this(v).this, name]).value();
    Ok(m.new_tuple(&[f, args]).value())
}
