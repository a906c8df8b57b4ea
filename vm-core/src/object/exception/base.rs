//! What every exception class does unless it says otherwise: making, `repr` and `str`.

use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::exception::Exception;
use crate::object::header::{Gc, Header};
use crate::object::typeobj::Type;
use crate::object::value::Value;
use std::cell::Cell;

/// The exception that a slot or method of an exception class is called with.
pub(super) fn this(v: Value) -> Gc<Exception> {
    debug_assert!(v.downcast::<Exception>().is_some());
    // SAFETY: slots, methods and attributes of a class are called with its instances only.
    unsafe { v.cast() }
}

/// A class's name without its module.
pub(crate) fn simple_name(ty: Gc<Type>) -> &'static str {
    let name = ty.name.get().downcast::<crate::object::string::Str>().map_or("?", Gc::as_static_str);
    name.rsplit('.').next().unwrap_or(name)
}

/// Memory of a new exception; the class's own words are `NULL`.
pub(super) fn allocate(m: &mut Machine, ty: Gc<Type>, args: &[Value]) -> Gc<Exception> {
    let args = m.new_tuple(args);
    m.new_object(Exception {
        header: Header::new(ty),
        args: Cell::new(args),
        traceback: Cell::new(Value::NULL),
        cause: Cell::new(Value::NULL),
        context: Cell::new(Value::NULL),
        dict: Cell::new(Value::NULL),
        suppress_context: Cell::new(false),
    })
}

/// `BaseException.__new__`: keywords are left to `__init__`.
pub(crate) fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    Ok(allocate(m, ty, args.pos()).value())
}

/// "X() takes no keyword arguments" if there are any.
pub(crate) fn no_keywords(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<()> {
    args.no_keywords(m, ty.name_str())
}

/// Sets `args`, which `__new__` has mostly set already.
pub(super) fn set_args(m: &mut Machine, e: Gc<Exception>, args: &[Value]) {
    if e.args.get().items() != args {
        e.args.set(m.new_tuple(args));
    }
}

/// `BaseException.__init__`.
pub(crate) fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let ty = m.type_of(v);
    no_keywords(m, ty, args)?;
    set_args(m, this(v), args.pos());
    Ok(())
}

/// `BaseException.__str__`.
pub(super) fn str(m: &mut Machine, v: Value) -> R<Value> {
    let args = this(v).args.get();
    Ok(match args.items() {
        [] => m.names.empty.value(),
        [one] => m.to_str(*one)?.value(),
        _ => m.to_str(args.value())?.value(),
    })
}

/// `BaseException.__repr__`.
pub(super) fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let args = this(v).args.get();
    let name = simple_name(m.type_of(v));
    let mut out = name.as_bytes().to_vec();
    if let [one] = args.items() {
        let one = m.repr(*one)?;
        out.push(b'(');
        out.extend_from_slice(one.bytes());
        out.push(b')');
    } else {
        let all = m.repr(args.value())?;
        out.extend_from_slice(all.bytes());
    }
    Ok(m.new_str_wtf8(&out)?.value())
}
