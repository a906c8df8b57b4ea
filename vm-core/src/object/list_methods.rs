//! The named methods of `list`, but for `sort`.

use super::list_sort;
use super::list_type::own;
use super::sequence::{self, MAX_ITEMS, Seq};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};

pub(super) static METHODS: [MethodDef; 15] = [
    MethodDef::new("__getitem__", Convention::O, |m, v, args| super::list_slice::getitem(m, v, args.pos()[0])),
    MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| {
        let l = own(m, v)?;
        Ok(m.new_list_reverse_iter(l))
    }),
    MethodDef::new("__sizeof__", Convention::NoArgs, sizeof),
    MethodDef::new("clear", Convention::NoArgs, clear),
    MethodDef::new("copy", Convention::NoArgs, copy),
    MethodDef::new("append", Convention::O, append),
    MethodDef::new("insert", Convention::Fast, insert),
    MethodDef::new("extend", Convention::O, extend),
    MethodDef::new("pop", Convention::Fast, pop),
    MethodDef::new("remove", Convention::O, remove),
    MethodDef::new("index", Convention::Fast, index),
    MethodDef::new("count", Convention::O, |m, v, args| {
        let l = own(m, v)?;
        sequence::count(m, Seq::List(l), args.pos()[0])
    }),
    MethodDef::new("reverse", Convention::NoArgs, reverse),
    MethodDef::new("sort", Convention::FastKeywords, list_sort::sort),
    MethodDef::class("__class_getitem__", Convention::O, sequence::class_getitem),
];

fn sizeof(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    // CPython's object and the array of references.
    let n = own(m, v)?.len();
    Ok(m.int_from_usize(40 + 8 * n))
}

fn clear(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let _ = own(m, v)?.take();
    Ok(Value::NONE)
}

fn copy(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    Ok(m.new_list(list.items()).value())
}

fn append(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    if list.len() >= MAX_ITEMS {
        return Err(m.memory_error());
    }
    list.push(m, args.pos()[0]);
    Ok(Value::NONE)
}

fn insert(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    let args = args.between(m, "insert", 2, 2)?;
    let i = m.index_argument(args[0])?;
    let len = list.len() as i64;
    let at = if i < 0 { (i + len).max(0) } else { i.min(len) };
    list.insert(m, at as usize, args[1]);
    Ok(Value::NONE)
}

fn extend(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    m.extend_list(list, args.pos()[0])?;
    Ok(Value::NONE)
}

fn pop(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    let i = match args.between(m, "pop", 0, 1)? {
        [i] => m.index_argument(*i)?,
        _ => -1,
    };
    if list.is_empty() {
        return Err(m.index_error("pop from empty list"));
    }
    match sequence::position(i, list.len()) {
        Some(i) if i + 1 == list.len() => Ok(list.pop().unwrap_or(Value::NONE)),
        Some(i) => Ok(list.remove(i)),
        None => Err(m.index_error("pop index out of range")),
    }
}

fn remove(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    match sequence::find(m, Seq::List(list), args.pos()[0], 0, usize::MAX)? {
        Some(i) => {
            if i < list.len() {
                list.remove(i);
            }
            Ok(Value::NONE)
        }
        None => Err(m.value_error("list.remove(x): x not in list")),
    }
}

fn index(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    match sequence::index(m, Seq::List(list), args)? {
        Ok(i) => Ok(i),
        Err(wanted) => {
            let repr = m.repr(wanted)?;
            let message = [repr.bytes(), b" is not in list"].concat();
            Err(m.raise_text(crate::text::error::TextError::value(message)))
        }
    }
}

fn reverse(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    own(m, v)?.items_mut().reverse();
    Ok(Value::NONE)
}
