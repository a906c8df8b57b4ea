//! `weakref.ProxyType` and `weakref.CallableProxyType`: weak references that pass every operation on to their object. In memory they
//! are [`WeakRef`]s; only what they do differs.

use super::header::Payload;
use super::protocol::BinaryOp;
use super::slots::{Binary, Compare, Slots, Ternary};
use super::value::Value;
use super::weakref::WeakRef;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};

const fn op<const N: usize>() -> Option<Binary> {
    Some(|m, a, b| {
        let (a, b) = (unwrap(m, a)?, unwrap(m, b)?);
        m.binary(BinaryOp::ALL[N], a, b)
    })
}

const fn power() -> Option<Ternary> {
    Some(|m, a, b, c| {
        let (a, b) = (unwrap(m, a)?, unwrap(m, b)?);
        let c = if c.is_none() { c } else { unwrap(m, c)? };
        m.power(a, b, c)
    })
}

const SLOTS: Slots = Slots {
    repr: Some(repr),
    str: Some(|m, v| {
        let v = unwrap(m, v)?;
        Ok(m.to_str(v)?.value())
    }),
    hash: Some(|m, v| Err(m.unhashable(v))),
    getattro: Some(|m, v, name| {
        let v = unwrap(m, v)?;
        m.get_attr(v, name)
    }),
    setattro: Some(|m, v, name, value| {
        let v = unwrap(m, v)?;
        m.set_attr(v, name, value)
    }),
    richcompare: Some(compare),
    iter: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.iter(v)
    }),
    iternext: Some(next),
    add: op::<{ BinaryOp::Add as usize }>(),
    sub: op::<{ BinaryOp::Sub as usize }>(),
    mul: op::<{ BinaryOp::Mul as usize }>(),
    matmul: op::<{ BinaryOp::MatMul as usize }>(),
    truediv: op::<{ BinaryOp::TrueDiv as usize }>(),
    floordiv: op::<{ BinaryOp::FloorDiv as usize }>(),
    rem: op::<{ BinaryOp::Rem as usize }>(),
    divmod: Some(|m, a, b| {
        let (a, b) = (unwrap(m, a)?, unwrap(m, b)?);
        m.divmod(a, b)
    }),
    pow: power(),
    lshift: op::<{ BinaryOp::LShift as usize }>(),
    rshift: op::<{ BinaryOp::RShift as usize }>(),
    and: op::<{ BinaryOp::And as usize }>(),
    xor: op::<{ BinaryOp::Xor as usize }>(),
    or: op::<{ BinaryOp::Or as usize }>(),
    iadd: op::<{ BinaryOp::IAdd as usize }>(),
    isub: op::<{ BinaryOp::ISub as usize }>(),
    imul: op::<{ BinaryOp::IMul as usize }>(),
    imatmul: op::<{ BinaryOp::IMatMul as usize }>(),
    itruediv: op::<{ BinaryOp::ITrueDiv as usize }>(),
    ifloordiv: op::<{ BinaryOp::IFloorDiv as usize }>(),
    irem: op::<{ BinaryOp::IRem as usize }>(),
    ilshift: op::<{ BinaryOp::ILShift as usize }>(),
    irshift: op::<{ BinaryOp::IRShift as usize }>(),
    iand: op::<{ BinaryOp::IAnd as usize }>(),
    ixor: op::<{ BinaryOp::IXor as usize }>(),
    ior: op::<{ BinaryOp::IOr as usize }>(),
    neg: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.negative(v)
    }),
    pos: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.positive(v)
    }),
    abs: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.absolute(v)
    }),
    invert: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.invert(v)
    }),
    bool: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.truthy(v)
    }),
    int: Some(|m, v| {
        let (v, int) = (unwrap(m, v)?, m.types.int.value());
        m.call(int, &[v])
    }),
    float: Some(|m, v| {
        let (v, float) = (unwrap(m, v)?, m.types.float.value());
        m.call(float, &[v])
    }),
    index: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.index(v)
    }),
    len: Some(|m, v| {
        let v = unwrap(m, v)?;
        m.len(v)
    }),
    getitem: Some(|m, v, key| {
        let v = unwrap(m, v)?;
        m.get_item(v, key)
    }),
    setitem: Some(|m, v, key, value| {
        let v = unwrap(m, v)?;
        if value.is_null() { m.del_item(v, key) } else { m.set_item(v, key, value) }
    }),
    contains: Some(|m, v, item| {
        let v = unwrap(m, v)?;
        m.contains(v, item)
    }),
    ..Slots::EMPTY
};

const METHODS: &[MethodDef] = &[
    MethodDef::new("__bytes__", Convention::NoArgs, |m, v, _| pass_on(m, v, "__bytes__")),
    MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| pass_on(m, v, "__reversed__")),
];

/// `weakref.ProxyType`.
pub(crate) static PROXY: TypeSpec = TypeSpec { slots: SLOTS, methods: METHODS, ..TypeSpec::new("weakref.ProxyType", WeakRef::LAYOUT) };

/// `weakref.CallableProxyType`.
pub(crate) static CALLABLE: TypeSpec = TypeSpec {
    slots: Slots { call: Some(call), ..SLOTS },
    methods: METHODS,
    ..TypeSpec::new("weakref.CallableProxyType", WeakRef::LAYOUT)
};

fn pass_on(m: &mut Machine, v: Value, name: &str) -> R<Value> {
    let (v, name) = (unwrap(m, v)?, m.intern(name));
    m.call_method(v, name, &[])
}

/// The object behind a proxy; any other value itself.
fn unwrap(m: &mut Machine, v: Value) -> R<Value> {
    let ty = m.type_of(v);
    if ty != m.native_type(&PROXY) && ty != m.native_type(&CALLABLE) {
        return Ok(v);
    }
    // SAFETY: the instances of both types are weak references.
    match unsafe { v.cast::<WeakRef>() }.target.get().non_null() {
        Some(target) => Ok(target),
        None => {
            let class = m.exceptions.reference_error;
            Err(m.raise_message(class, "weakly-referenced object no longer exists"))
        }
    }
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let v = unwrap(m, v)?;
    m.call_args(v, args)
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (a, b) = (unwrap(m, a)?, unwrap(m, b)?);
    m.compare(a, b, op)
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let v = unwrap(m, v)?;
    if m.type_of(v).slot(|s| s.iternext).is_none() {
        let name = m.type_name(v);
        return Err(m.type_error(&format!("Weakref proxy referenced a non-iterator '{name}' object")));
    }
    m.next(v)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let at = super::object_type::address(v);
    // SAFETY: the instances of both types are weak references.
    let text = match unsafe { v.cast::<WeakRef>() }.target.get().non_null() {
        None => format!("<weakproxy at {at:#x}; dead>"),
        Some(target) => format!("<weakproxy at {at:#x}; to '{}' at {:#x}>", m.type_name(target), super::object_type::address(target)),
    };
    Ok(m.str_value(&text))
}

/// `weakref.proxy(object[, callback])`.
pub(crate) fn new_proxy(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "proxy", 1, 2)?;
    let callback = args.get(1).copied().filter(|c| !c.is_none()).unwrap_or(Value::NULL);
    let spec = if m.type_of(args[0]).slot(|s| s.call).is_some() { &CALLABLE } else { &PROXY };
    let ty = m.native_type(spec);
    if callback.is_null()
        && let Some(known) = m.weakrefs(args[0]).into_iter().find(|&w| m.type_of(w) == ty && is_plain(w))
    {
        return Ok(known);
    }
    m.new_weakref(ty, args[0], callback)
}

fn is_plain(w: Value) -> bool {
    // SAFETY: the machine lists weak references only.
    unsafe { w.cast::<WeakRef>() }.callback.get().is_null()
}
