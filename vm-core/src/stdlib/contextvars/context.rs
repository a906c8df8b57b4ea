//! `contextvars.Context`: a mapping from variables to values, read-only from outside; entered by `run`.

use super::variable::ContextVar;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::dict_views::{Part, new_view};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, this};
use std::cell::Cell;

native_struct! {
    /// A `Context` object.
    struct Context {
        /// The values.
        values: Cell<Gc<Dict>>,
        /// Whether a copy of the context has the same dict.
        shared: Cell<bool>,
        /// Whether `run` is under way.
        entered: Cell<bool>,
        /// The context that was current before.
        previous: Cell<Value>,
    }
}

/// `_contextvars.Context`.
pub(super) static CONTEXT: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots {
        new: Some(|m, _, args| {
            if !args.is_empty() {
                return Err(m.type_error("Context() does not accept any arguments"));
            }
            Ok(empty(m).value())
        }),
        getattro: Some(crate::object::attr::generic_get_attr),
        richcompare: Some(compare),
        iter: Some(|m, v| {
            let values = this::<Context>(m, v)?.values.get().value();
            m.iter(values)
        }),
        len: Some(|m, v| Ok(this::<Context>(m, v)?.values.get().len())),
        getitem: Some(|m, v, key| match look_up(m, v, key)? {
            Some(value) => Ok(value),
            None => Err(m.key_error(key)),
        }),
        contains: Some(|m, v, key| Ok(look_up(m, v, key)?.is_some())),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("run", Convention::FastKeywords, run),
        MethodDef::new("copy", Convention::NoArgs, |m, v, _| {
            let context = this::<Context>(m, v)?;
            Ok(copy(m, context))
        }),
        MethodDef::new("get", Convention::Fast, |m, v, args| {
            let args = args.between(m, "get", 1, 2)?;
            Ok(look_up(m, v, args[0])?.unwrap_or(args.get(1).copied().unwrap_or(Value::NONE)))
        }),
        MethodDef::new("items", Convention::NoArgs, |m, v, _| walk(m, v, Part::Item)),
        MethodDef::new("keys", Convention::NoArgs, |m, v, _| walk(m, v, Part::Key)),
        MethodDef::new("values", Convention::NoArgs, |m, v, _| walk(m, v, Part::Value)),
    ],
    ..TypeSpec::new("_contextvars.Context", Context::LAYOUT)
};

/// A context without values.
fn empty(m: &mut Machine) -> Gc<Context> {
    let values = Cell::new(m.new_dict());
    let header = Header::new(m.native_type(&CONTEXT));
    m.new_object(Context { header, values, shared: Cell::new(false), entered: Cell::new(false), previous: null() })
}

/// The current context.
pub(super) fn current(m: &mut Machine) -> Gc<Context> {
    match m.lib.context.downcast::<Context>() {
        Some(context) => context,
        None => {
            let context = empty(m);
            context.entered.set(true);
            m.lib.context = context.value();
            context
        }
    }
}

/// A copy of a context.
pub(super) fn copy(m: &mut Machine, context: Gc<Context>) -> Value {
    let made = empty(m);
    made.values.set(context.values.get());
    made.shared.set(true);
    context.shared.set(true);
    made.value()
}

/// The values of a context, to change.
pub(super) fn own_values(m: &mut Machine, context: Gc<Context>) -> Gc<Dict> {
    m.lib.context_changes += 1;
    if context.shared.replace(false) {
        let values = context.values.get().copy(m);
        context.values.set(values);
    }
    context.values.get()
}

fn look_up(m: &mut Machine, v: Value, key: Value) -> R<Option<Value>> {
    let values = this::<Context>(m, v)?.values.get();
    if key.downcast::<ContextVar>().is_none() {
        let shown = m.repr(key)?;
        let message = [b"a ContextVar key was expected, got ", shown.bytes()].concat();
        let text = m.new_str_wtf8(&message)?.value();
        let class = m.exceptions.type_error;
        return Err(m.raise_with(class, &[text]));
    }
    values.get(m, key)
}

/// An iterator over a part of the values.
fn walk(m: &mut Machine, v: Value, part: Part) -> R<Value> {
    let values = this::<Context>(m, v)?.values.get().value();
    let view = new_view(m, values, part);
    m.iter(view)
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<Context>(), b.downcast::<Context>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    m.compare(x.values.get().value(), y.values.get().value(), op)
}

fn run(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let context = this::<Context>(m, v)?;
    let Some(&callable) = args.pos().first() else {
        return Err(m.type_error("run() missing 1 required positional argument"));
    };
    enter(m, context)?;
    let result = m.call_args(callable, args.skip_first());
    leave(m, context);
    result
}

/// Makes a context the current one.
pub(super) fn enter(m: &mut Machine, context: Gc<Context>) -> R<()> {
    if context.entered.get() {
        let shown = m.repr(context.value())?.to_string_lossy().into_owned();
        return Err(m.runtime_error(&format!("cannot enter context: {shown} is already entered")));
    }
    let previous = current(m).value();
    context.previous.set(previous);
    context.entered.set(true);
    m.lib.context = context.value();
    Ok(())
}

/// Makes the context current that was so before this one was entered.
pub(super) fn exit(m: &mut Machine, context: Gc<Context>) -> R<()> {
    let wrong = match (context.entered.get(), m.lib.context.is(context.value())) {
        (true, true) => {
            leave(m, context);
            return Ok(());
        }
        (false, _) => "has not been entered",
        (true, false) => "is not the current context object",
    };
    let shown = m.repr(context.value())?.to_string_lossy().into_owned();
    Err(m.runtime_error(&format!("cannot exit context: {shown} {wrong}")))
}

fn leave(m: &mut Machine, context: Gc<Context>) {
    m.lib.context = context.previous.replace(Value::NULL);
    context.entered.set(false);
}
