//! The current context, which a context variable holds, and `localcontext`. Every operator asks for it, so the answer is remembered
//! until another context of variables is entered or a variable is set.

use super::arguments::bind;
use super::context::{CHOICES, Context, choose};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::stdlib::contextvars;
use crate::stdlib::native_struct::{native_struct, this};

/// The current context.
#[inline]
pub(super) fn current(m: &mut Machine) -> R<Gc<Context>> {
    let state = &m.lib.decimal;
    if state.current_of.is(m.lib.context)
        && state.current_since == m.lib.context_changes
        && !state.current.is_null()
        && let Some(context) = state.current.downcast::<Context>()
    {
        return Ok(context);
    }
    look_up(m)
}

#[inline(never)]
fn look_up(m: &mut Machine) -> R<Gc<Context>> {
    let variable = m.lib.decimal.variable;
    let context = match contextvars::get(m, variable)?.and_then(Value::downcast::<Context>) {
        Some(context) => context,
        None => {
            let Some(template) = m.lib.decimal.templates[0].downcast::<Context>() else {
                return Err(m.system_error("_decimal: no default context"));
            };
            let context = m.copy_context(template);
            context.status.set(0);
            contextvars::set(m, variable, context.value())?;
            context
        }
    };
    m.lib.decimal.current = context.value();
    m.lib.decimal.current_of = m.lib.context;
    m.lib.decimal.current_since = m.lib.context_changes;
    Ok(context)
}

fn set_current(m: &mut Machine, v: Value) -> R<()> {
    let Some(mut context) = v.downcast::<Context>() else { return Err(m.type_error("argument must be a context")) };
    if m.lib.decimal.templates.iter().any(|t| t.is(v)) {
        context = m.copy_context(context);
        context.status.set(0);
    }
    let variable = m.lib.decimal.variable;
    contextvars::set(m, variable, context.value())
}

/// The context that an optional argument is, or the current one.
pub(super) fn given_or_current(m: &mut Machine, v: Value) -> R<Gc<Context>> {
    if v.is_null() || v.is_none() {
        return current(m);
    }
    match v.downcast::<Context>() {
        Some(context) => Ok(context),
        None => Err(m.type_error("optional argument must be a context")),
    }
}

native_struct! {
    /// What `localcontext` gives.
    struct DecimalManager {
        /// The context within.
        local: Value,
        /// The context to come back to.
        global: Value,
    }
}

/// `decimal.ContextManager`.
static MANAGER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { getattro: Some(crate::object::attr::generic_get_attr), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__enter__", Convention::NoArgs, |m, v, _| {
            let local = this::<DecimalManager>(m, v)?.local;
            set_current(m, local)?;
            Ok(local)
        }),
        MethodDef::new("__exit__", Convention::VarArgs, |m, v, _| {
            let global = this::<DecimalManager>(m, v)?.global;
            set_current(m, global)?;
            Ok(Value::NONE)
        }),
    ],
    finish: Some(super::name_module),
    ..TypeSpec::new("decimal.ContextManager", DecimalManager::LAYOUT)
};

fn local_context(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let global = current(m)?;
    let mut names = ["ctx"; 9];
    names[1..].copy_from_slice(&CHOICES);
    // Here Emin and Emax come in this order, too.
    let [local, choices @ ..] = bind(m, args, names, 0)?;
    let local = given_or_current(m, local)?;
    let local = m.copy_context(local).value();
    choose(m, local, choices)?;
    let header = Header::new(m.native_type(&MANAGER));
    Ok(m.new_object(DecimalManager { header, local, global: global.value() }).value())
}

/// The module's functions.
pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        doc: "getcontext($module, /)\n--\n\nThe current default context.",
        ..MethodDef::new("getcontext", Convention::NoArgs, |m, _, _| Ok(current(m)?.value()))
    },
    MethodDef {
        doc: "setcontext($module, context, /)\n--\n\nMakes a context the current one.",
        ..MethodDef::new("setcontext", Convention::O, |m, _, args| {
            set_current(m, args.pos()[0])?;
            Ok(Value::NONE)
        })
    },
    MethodDef {
        doc: "localcontext($module, /, ctx=None, **kwargs)\n--\n\nA manager whose block runs with a copy of a context, changed as the \
              keyword arguments say.",
        ..MethodDef::new("localcontext", Convention::VarArgsKeywords, local_context)
    },
];
