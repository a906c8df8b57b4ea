//! `len`, `iter`, `next`, `sorted`, `all`, `any`, `aiter`, `anext`.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::value::Value;
use crate::object::walk::Walk;

fn len(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let n = m.len(args.pos()[0])?;
    Ok(m.int_from_usize(n))
}

fn iter(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    match *args.between(m, "iter", 1, 2)? {
        [object] => m.iter(object),
        [callable, sentinel] => m.callable_iterator(callable, sentinel),
        _ => Ok(Value::NONE),
    }
}

fn next(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "next", 1, 2)?;
    let iterator = args[0];
    if m.type_of(iterator).slot(|s| s.iternext).is_none() {
        let name = m.type_name(iterator);
        return Err(m.type_error(&format!("'{name}' object is not an iterator")));
    }
    m.stop_value = Value::NULL;
    match (m.next(iterator)?, args.get(1)) {
        (Some(v), _) => Ok(v),
        (None, Some(&default)) => Ok(default),
        (None, None) => {
            let value = m.stop_value();
            Err(m.stop_iteration(value))
        }
    }
}

fn sorted(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    if args.len() != 1 {
        let n = args.len();
        return Err(m.type_error(&format!("sorted expected 1 argument, got {n}")));
    }
    let items = m.collect(args.pos()[0])?;
    let list = m.list_from_vec(items);
    m.sort_list(list, args.skip_first())?;
    Ok(list.value())
}

fn all(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let mut items = Walk::new(m, args.pos()[0])?;
    while let Some(v) = items.next(m)? {
        if !m.truthy(v)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn any(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let mut items = Walk::new(m, args.pos()[0])?;
    while let Some(v) = items.next(m)? {
        if m.truthy(v)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn aiter(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    let Some(aiter) = m.type_of(v).slot(|s| s.aiter) else {
        let name = m.type_name(v);
        return Err(m.type_error(&format!("'{name}' object is not an async iterable")));
    };
    let it = aiter(m, v)?;
    if m.type_of(it).slot(|s| s.anext).is_none() {
        let name = m.type_name(it);
        return Err(m.type_error(&format!("aiter() returned not an async iterator of type '{name}'")));
    }
    Ok(it)
}

fn anext(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "anext", 1, 2)?;
    let Some(anext) = m.type_of(args[0]).slot(|s| s.anext) else {
        let name = m.type_name(args[0]);
        return Err(m.type_error(&format!("'{name}' object is not an async iterator")));
    };
    let awaitable = anext(m, args[0])?;
    Ok(match args.get(1) {
        Some(&default) => m.new_anext_awaitable(awaitable, default),
        None => awaitable,
    })
}

/// The functions.
pub(super) static FUNCTIONS: [MethodDef; 8] = [
    MethodDef::new("len", Convention::O, len),
    MethodDef::new("iter", Convention::Fast, iter),
    MethodDef::new("next", Convention::Fast, next),
    MethodDef::new("sorted", Convention::FastKeywords, sorted),
    MethodDef::new("all", Convention::O, all),
    MethodDef::new("any", Convention::O, any),
    MethodDef::new("aiter", Convention::O, aiter),
    MethodDef::new("anext", Convention::Fast, anext),
];
