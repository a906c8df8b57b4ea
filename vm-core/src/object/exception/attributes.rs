//! Attributes and methods of `BaseException`.

use super::base::this;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef};
use crate::object::dict::Dict;
use crate::object::exception::Exception;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::value::Value;

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new("__reduce__", Convention::NoArgs, reduce),
    MethodDef::new("__setstate__", Convention::O, setstate),
    MethodDef {
        doc: "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self.",
        ..MethodDef::new("with_traceback", Convention::O, with_traceback)
    },
    MethodDef {
        doc: "Exception.add_note(note) --\n    add a note to the exception",
        ..MethodDef::new("add_note", Convention::O, add_note)
    },
];

pub(super) static GETSET: &[GetSetDef] = &[
    GetSetDef { name: "__dict__", get: get_dict, set: Some(set_dict) },
    GetSetDef { name: "args", get: |_, v| Ok(this(v).args.get().value()), set: Some(set_args) },
    GetSetDef { name: "__traceback__", get: |m, v| Ok(m.traceback_of(v)), set: Some(set_traceback) },
    GetSetDef { name: "__context__", get: |_, v| Ok(or_none(this(v).context.get())), set: Some(set_context) },
    GetSetDef { name: "__cause__", get: |_, v| Ok(or_none(this(v).cause.get())), set: Some(set_cause) },
    GetSetDef { name: "__suppress_context__", get: |_, v| Ok(Value::from_bool(this(v).suppress_context.get())), set: Some(set_suppress) },
];

pub(super) fn or_none(v: Value) -> Value {
    v.non_null().unwrap_or(Value::NONE)
}

fn get_dict(m: &mut Machine, v: Value) -> R<Value> {
    Ok(match m.instance_dict(v) {
        Some(dict) => dict.value(),
        None => Value::NONE,
    })
}

fn set_dict(m: &mut Machine, v: Value, dict: Value) -> R<()> {
    if dict.is_null() {
        return Err(m.type_error("cannot delete __dict__"));
    }
    if dict.downcast::<Dict>().is_none() {
        let got = m.type_name(dict);
        return Err(m.type_error(&format!("__dict__ must be set to a dictionary, not a '{got}'")));
    }
    this(v).dict.set(dict);
    Ok(())
}

fn set_args(m: &mut Machine, v: Value, args: Value) -> R<()> {
    if args.is_null() {
        return Err(m.type_error("args may not be deleted"));
    }
    let items = m.collect(args)?;
    this(v).args.set(m.new_tuple(&items));
    Ok(())
}

fn set_traceback(m: &mut Machine, v: Value, traceback: Value) -> R<()> {
    if traceback.is_null() {
        return Err(m.type_error("__traceback__ may not be deleted"));
    }
    if m.set_traceback(v, traceback) { Ok(()) } else { Err(m.type_error("__traceback__ must be a traceback or None")) }
}

fn set_context(m: &mut Machine, v: Value, context: Value) -> R<()> {
    if context.is_null() {
        return Err(m.type_error("__context__ may not be deleted"));
    }
    if !context.is_none() && context.downcast::<Exception>().is_none() {
        return Err(m.type_error("exception context must be None or derive from BaseException"));
    }
    m.set_context(v, context);
    Ok(())
}

fn set_cause(m: &mut Machine, v: Value, cause: Value) -> R<()> {
    if cause.is_null() {
        return Err(m.type_error("__cause__ may not be deleted"));
    }
    if !cause.is_none() && cause.downcast::<Exception>().is_none() {
        return Err(m.type_error("exception cause must be None or derive from BaseException"));
    }
    m.set_cause(v, cause);
    Ok(())
}

fn set_suppress(m: &mut Machine, v: Value, flag: Value) -> R<()> {
    if flag.is_null() {
        return Err(m.type_error("can't delete numeric/char attribute"));
    }
    if !flag.is_bool() {
        return Err(m.type_error("attribute value type must be bool"));
    }
    this(v).suppress_context.set(flag.is(Value::TRUE));
    Ok(())
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let e = this(v);
    let parts = [m.type_of(v).value(), e.args.get().value(), e.dict.get()];
    let n = if e.dict.get().is_null() { 2 } else { 3 };
    Ok(m.new_tuple(&parts[..n]).value())
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let state = args.pos()[0];
    if state.is_none() {
        return Ok(Value::NONE);
    }
    let Some(state) = state.downcast::<Dict>() else { return Err(m.type_error("state is not a dictionary")) };
    let mut at = 0;
    while let Some((next, entry)) = state.next_entry(at) {
        at = next + 1;
        let name = m.attribute_name(entry.key)?;
        m.set_attr(v, name, entry.value)?;
    }
    Ok(Value::NONE)
}

fn with_traceback(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    set_traceback(m, v, args.pos()[0])?;
    Ok(v)
}

fn add_note(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let note = args.pos()[0];
    if note.downcast::<Str>().is_none() {
        let got = m.type_name(note);
        return Err(m.type_error(&format!("note must be a str, not '{got}'")));
    }
    let name = m.intern("__notes__");
    let notes = match m.get_attr_opt(v, name)? {
        Some(notes) => notes,
        None => {
            let notes = m.new_list(&[]).value();
            m.set_attr(v, name, notes)?;
            notes
        }
    };
    let Some(list) = notes.downcast::<List>() else { return Err(m.type_error("Cannot add note: __notes__ is not a list")) };
    list.push(m, note);
    Ok(Value::NONE)
}
