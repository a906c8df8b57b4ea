//! Signals: the exception classes, raising them, and `SignalDict`, through which a context shows its flags and traps.

use super::context::Context;
use super::number::status;
use super::state::SIGNALS;
use crate::machine::{Machine, R, Raised};
use crate::native::{Convention, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};

/// Names of the signals and their conditions.
pub(super) static NAMES: [(&str, u32); SIGNALS] = [
    ("InvalidOperation", status::INVALID),
    ("FloatOperation", status::FLOAT_OPERATION),
    ("DivisionByZero", status::DIVISION_BY_ZERO),
    ("Overflow", status::OVERFLOW),
    ("Underflow", status::UNDERFLOW),
    ("Subnormal", status::SUBNORMAL),
    ("Inexact", status::INEXACT),
    ("Rounded", status::ROUNDED),
    ("Clamped", status::CLAMPED),
];

/// What `InvalidOperation` stands for.
static CONDITIONS: [(&str, u32); super::state::CONDITIONS] = [
    ("InvalidOperation", status::INVALID_OPERATION),
    ("ConversionSyntax", status::CONVERSION_SYNTAX),
    ("DivisionImpossible", status::DIVISION_IMPOSSIBLE),
    ("DivisionUndefined", status::DIVISION_UNDEFINED),
    ("InvalidContext", status::INVALID_CONTEXT),
];

const UNKNOWN: &str = "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, \
                       Subnormal, Inexact, Rounded,\n   Clamped]";

fn make_class(m: &mut Machine, name: &str, bases: &[Value]) -> R<Value> {
    let dict = m.new_dict();
    let (key, module) = (m.names.module, m.str_value("decimal"));
    dict.insert_str(m, key, module);
    let (name, bases, metatype) = (m.intern(name).value(), m.new_tuple(bases).value(), m.types.type_.value());
    m.call(metatype, &[name, bases, dict.value()])
}

/// Makes the classes.
pub(super) fn make_classes(m: &mut Machine) -> R<()> {
    let arithmetic = m.exceptions.arithmetic_error.value();
    let base = make_class(m, "DecimalException", &[arithmetic])?;
    m.lib.decimal.exception = base;
    let (type_error, zero_division) = (m.exceptions.type_error.value(), m.exceptions.zero_division_error.value());
    for i in (0..SIGNALS).rev() {
        let (name, bit) = NAMES[i];
        let [.., subnormal, inexact, rounded, _] = m.lib.decimal.signals;
        let class = match bit {
            status::FLOAT_OPERATION => make_class(m, name, &[base, type_error]),
            status::DIVISION_BY_ZERO => make_class(m, name, &[base, zero_division]),
            status::OVERFLOW => make_class(m, name, &[inexact, rounded]),
            status::UNDERFLOW => make_class(m, name, &[inexact, rounded, subnormal]),
            _ => make_class(m, name, &[base]),
        };
        m.lib.decimal.signals[i] = class?;
    }
    let invalid = m.lib.decimal.signals[0];
    m.lib.decimal.conditions[0] = invalid;
    for (i, (name, bit)) in CONDITIONS.into_iter().enumerate().skip(1) {
        let undefined = bit == status::DIVISION_UNDEFINED;
        let class = if undefined { make_class(m, name, &[invalid, zero_division]) } else { make_class(m, name, &[invalid]) };
        m.lib.decimal.conditions[i] = class?;
    }
    let signals = m.lib.decimal.signals;
    m.lib.decimal.signal_tuple = m.new_tuple(&signals).value();
    Ok(())
}

/// Adds the classes to the module's namespace.
pub(super) fn add_classes(m: &mut Machine, dict: Gc<Dict>) {
    let exception = m.lib.decimal.exception;
    m.add_constant(dict, "DecimalException", exception);
    for i in (0..SIGNALS).rev() {
        let class = m.lib.decimal.signals[i];
        m.add_constant(dict, NAMES[i].0, class);
    }
    for (i, (name, _)) in CONDITIONS.into_iter().enumerate().skip(1) {
        let class = m.lib.decimal.conditions[i];
        m.add_constant(dict, name, class);
    }
}

/// The exception of conditions that are trapped.
#[cold]
#[inline(never)]
pub(super) fn raise(m: &mut Machine, conditions: u32, traps: u32) -> Raised {
    if conditions & status::MALLOC_ERROR != 0 {
        return m.memory_error();
    }
    let trapped = conditions & traps;
    let Some(i) = NAMES.iter().position(|&(_, bits)| trapped & bits != 0) else {
        return m.runtime_error("internal error in flags_as_exception");
    };
    let list = m.new_list(&[]);
    for (i, (_, bit)) in CONDITIONS.into_iter().enumerate() {
        if trapped & bit != 0 {
            let class = m.lib.decimal.conditions[i];
            list.push(m, class);
        }
    }
    for (i, (_, bit)) in NAMES.into_iter().enumerate().skip(1) {
        if trapped & bit != 0 {
            let class = m.lib.decimal.signals[i];
            list.push(m, class);
        }
    }
    match m.lib.decimal.signals[i].downcast::<Type>() {
        Some(class) => m.raise_with(class, &[list.value()]),
        None => m.runtime_error("internal error in flags_as_exception"),
    }
}

/// The signals of conditions as a list.
pub(super) fn as_list(m: &mut Machine, conditions: u32) -> Value {
    let list = m.new_list(&[]);
    for (i, (_, bits)) in NAMES.into_iter().enumerate() {
        if conditions & bits != 0 {
            let class = m.lib.decimal.signals[i];
            list.push(m, class);
        }
    }
    list.value()
}

/// The conditions as their bits stand, with the name of their signal, for a context's `repr`.
pub(super) fn as_text(conditions: u32) -> String {
    let mut names: Vec<&str> = Vec::new();
    for bit in (0..15).map(|i| 1 << i).filter(|bit| conditions & bit != 0) {
        if let Some((name, _)) = NAMES.iter().find(|(_, bits)| bits & bit != 0)
            && !names.contains(name)
        {
            names.push(name);
        }
    }
    format!("[{}]", names.join(", "))
}

fn conditions_of(m: &mut Machine, class: Value) -> R<u32> {
    match m.lib.decimal.signals.iter().position(|s| s.is(class)) {
        Some(i) => Ok(NAMES[i].1),
        None => {
            let text = m.str_value(UNKNOWN);
            Err(m.key_error(text))
        }
    }
}

/// The conditions that a list of signals stands for.
pub(super) fn of_list(m: &mut Machine, list: Gc<crate::object::list::List>) -> R<u32> {
    let mut conditions = 0;
    let mut i = 0;
    while let Some(class) = list.get(i) {
        conditions |= conditions_of(m, class)?;
        i += 1;
    }
    Ok(conditions)
}

/// The conditions of a dict of signals: outer errors are its items' own, inner ones say that it is none.
fn of_dict(m: &mut Machine, dict: Value) -> R<Result<u32, Raised>> {
    let Some(dict) = dict.downcast::<Dict>() else { return Ok(Err(m.type_error("argument must be a signal dict"))) };
    let mut conditions = 0;
    for (i, (_, bits)) in NAMES.into_iter().enumerate() {
        let class = m.lib.decimal.signals[i];
        let found = if dict.len() == SIGNALS { dict.get(m, class)? } else { None };
        let Some(value) = found else {
            let text = m.str_value("invalid signal dict");
            return Ok(Err(m.key_error(text)));
        };
        if m.truthy(value)? {
            conditions |= bits;
        }
    }
    Ok(Ok(conditions))
}

/// The conditions that a mapping assigned to `flags` or `traps` stands for.
pub(super) fn of_mapping(m: &mut Machine, v: Value) -> R<u32> {
    match v.downcast::<SignalDict>() {
        Some(dict) => Ok(conditions(m, dict)?),
        None => of_dict(m, v)?,
    }
}

native_struct! {
    /// A `SignalDict`.
    struct SignalDict {
        /// The context, or `NULL` for one that belongs to none.
        context: Value,
        /// Whether it shows the traps.
        traps: bool,
    }
}

/// Makes what shows a context's flags or traps.
pub(super) fn new_dict(m: &mut Machine, context: Value, traps: bool) -> Value {
    match m.lib.decimal.signal_dict.downcast::<Type>() {
        Some(class) => m.new_object(SignalDict { header: Header::new(class), context, traps }).value(),
        None => Value::NONE,
    }
}

fn conditions(m: &mut Machine, dict: Gc<SignalDict>) -> R<u32> {
    match dict.context.downcast::<Context>() {
        Some(context) => Ok(if dict.traps { context.traps.get() } else { context.status.get() }),
        None => Err(m.value_error("invalid signal dict")),
    }
}

fn set_item(m: &mut Machine, v: Value, key: Value, value: Value) -> R<()> {
    let dict = this::<SignalDict>(m, v)?;
    let before = conditions(m, dict)?;
    if value.is_null() {
        return Err(m.value_error("signal keys cannot be deleted"));
    }
    let bits = conditions_of(m, key)?;
    let after = if m.truthy(value)? { before | bits } else { before & !bits };
    if let Some(context) = dict.context.downcast::<Context>() {
        if dict.traps { context.traps.set(after) } else { context.status.set(after) }
    }
    Ok(())
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let a = this::<SignalDict>(m, a)?;
    let own = conditions(m, a)?;
    let equal = match (b.downcast::<SignalDict>(), op) {
        (Some(b), _) => {
            let other = conditions(m, b)?;
            own == other
        }
        // CPython takes an empty dict for a signal dict without a context.
        (None, _) if b.downcast::<Dict>().is_some_and(|dict| dict.is_empty()) => return Err(m.value_error("invalid signal dict")),
        (None, Compare::Eq | Compare::Ne) if b.downcast::<Dict>().is_some() => match of_dict(m, b)? {
            Ok(other) => own == other,
            Err(_) => {
                m.take_raised();
                return Ok(Value::NOT_IMPLEMENTED);
            }
        },
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    Ok(match op {
        Compare::Eq => Value::from_bool(equal),
        Compare::Ne => Value::from_bool(!equal),
        _ => Value::NOT_IMPLEMENTED,
    })
}

/// `decimal.SignalDictMixin`: what `SignalDict` has besides `MutableMapping`.
pub(super) static MIXIN: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(|m, class, _| Ok(m.new_object(SignalDict { header: Header::new(class), context: Value::NULL, traps: false }).value())),
        init: Some(|_, _, _| Ok(())),
        repr: Some(|m, v| {
            let dict = this::<SignalDict>(m, v)?;
            let conditions = conditions(m, dict)?;
            let items = NAMES.map(|(name, bits)| {
                let set = if conditions & bits != 0 { "True" } else { "False" };
                format!("<class 'decimal.{name}'>:{set}")
            });
            Ok(m.str_value(&format!("{{{}}}", items.join(", "))))
        }),
        hash: Some(crate::object::type_slots::hash_not_implemented),
        getattro: Some(crate::object::attr::generic_get_attr),
        richcompare: Some(compare),
        iter: Some(|m, v| {
            let dict = this::<SignalDict>(m, v)?;
            conditions(m, dict)?;
            let signals = m.lib.decimal.signal_tuple;
            m.iter(signals)
        }),
        len: Some(|m, v| {
            let dict = this::<SignalDict>(m, v)?;
            conditions(m, dict).map(|_| SIGNALS)
        }),
        getitem: Some(|m, v, key| {
            let dict = this::<SignalDict>(m, v)?;
            let conditions = conditions(m, dict)?;
            Ok(Value::from_bool(conditions & conditions_of(m, key)? != 0))
        }),
        setitem: Some(set_item),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("copy", Convention::NoArgs, |m, v, _| {
        let dict = this::<SignalDict>(m, v)?;
        let conditions = conditions(m, dict)?;
        let copy = m.new_dict();
        for (i, (_, bits)) in NAMES.into_iter().enumerate() {
            let class = m.lib.decimal.signals[i];
            copy.insert(m, class, Value::from_bool(conditions & bits != 0))?;
        }
        Ok(copy.value())
    })],
    finish: Some(super::name_module),
    ..TypeSpec::new("decimal.SignalDictMixin", SignalDict::LAYOUT)
};
