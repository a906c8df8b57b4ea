//! What `await future` iterates over: it gives the future to the loop once, and ends with its result.

use super::future::{Future, Phase, alive};
use super::state::state;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};
use std::cell::Cell;

native_struct! {
    /// A `FutureIter` object.
    struct FutureIter {
        /// The future; `None` when it is at its end.
        future: Cell<Option<Gc<Future>>>,
    }
}

/// `_asyncio.FutureIter`.
pub(super) static ITER: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(|_, v| Ok(v)), iternext: Some(next), getattro: Some(crate::object::attr::generic_get_attr), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("send", Convention::O, |m, v, _| match next(m, v)? {
            Some(future) => Ok(future),
            None => {
                let result = m.stop_value();
                Err(m.stop_iteration(result))
            }
        }),
        MethodDef::new("throw", Convention::Fast, throw),
        MethodDef::new("close", Convention::NoArgs, |m, v, _| {
            this::<FutureIter>(m, v)?.future.set(None);
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::new("_asyncio.FutureIter", FutureIter::LAYOUT)
};

/// `Future.__await__`.
pub(super) fn new_iter(m: &mut Machine, v: Value) -> R<Value> {
    let future = Cell::new(Some(alive(m, v)?));
    let header = Header::new(state(m)?.iter_type);
    Ok(m.new_object(FutureIter { header, future }).value())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<FutureIter>(m, v)?;
    let Some(future) = it.future.get() else {
        m.stop_value = Value::NULL;
        return Ok(None);
    };
    if future.phase.get() == Phase::Pending {
        if future.blocking.replace(true) {
            return Err(m.runtime_error("await wasn't used with future"));
        }
        return Ok(Some(future.value()));
    }
    it.future.set(None);
    let result = future.result(m)?;
    m.stop_value = if result.is_none() { Value::NULL } else { result };
    Ok(None)
}

/// `throw(type_or_exception[, value[, traceback]])`.
fn throw(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<FutureIter>(m, v)?;
    let args = args.between(m, "throw", 1, 3)?;
    if args.len() > 1 {
        m.warn_deprecated("the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.")?;
    }
    let given = |i: usize| args.get(i).copied().filter(|v| !v.is_none());
    let (what, value, mut traceback) = (args[0], given(1), given(2));
    if traceback.is_some_and(|t| m.type_of(t) != m.types.traceback) {
        return Err(m.type_error("throw() third argument must be a traceback"));
    }
    let base = m.exceptions.base_exception;
    let exception = if let Some(class) = what.downcast::<Type>().filter(|class| class.is_subtype_of(base)) {
        match made(m, class, value) {
            Ok(exception) => exception,
            Err(raised) => {
                it.future.set(None);
                return Err(raised);
            }
        }
    } else if m.type_of(what).is_subtype_of(base) {
        if value.is_some() {
            return Err(m.type_error("instance exception may not have a separate value"));
        }
        traceback = traceback.or_else(|| Some(m.traceback_of(what)));
        what
    } else {
        return Err(m.type_error("exceptions must be classes deriving BaseException or instances of such a class"));
    };
    it.future.set(None);
    m.set_traceback(exception, traceback.unwrap_or(Value::NONE));
    Err(m.reraise(exception))
}

/// The exception that a class and a value stand for.
fn made(m: &mut Machine, class: Gc<Type>, value: Option<Value>) -> R<Value> {
    match value {
        None => m.call(class.value(), &[]),
        Some(value) if m.type_of(value).is_subtype_of(class) => Ok(value),
        Some(value) => match value.downcast::<Tuple>() {
            Some(arguments) => m.call(class.value(), arguments.slice()),
            None => m.call(class.value(), &[value]),
        },
    }
}
