//! `_decimal`: decimal arithmetic. `number/` computes, without objects; here are the objects (`object.rs`), contexts and signals
//! (`context.rs`, `signals.rs`, `current.rs`), conversions (`convert.rs`, `display.rs`) and the tables of methods.

mod arguments;
mod calls;
mod context;
mod context_methods;
mod convert;
mod current;
mod display;
mod methods;
mod number;
mod object;
mod operators;
mod signals;
mod state;

pub(crate) use state::State;

use crate::machine::{Machine, R};
use crate::native::{ModuleSpec, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Payload};
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use number::{Round, env};

/// The module.
pub(super) static SPEC: ModuleSpec =
    ModuleSpec { name: "_decimal", functions: current::FUNCTIONS, init: Some(init), doc: "C decimal arithmetic module" };

/// `decimal.Decimal`.
static DECIMAL: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: operators::SLOTS,
    methods: methods::METHODS,
    getset: methods::ATTRIBUTES,
    finish: Some(name_module),
    doc: "Decimal(value=\"0\", context=None)\n--\n\nA decimal number, exactly the value of a string, an int, a float, another Decimal or a \
          tuple (sign, digits, exponent).",
    ..TypeSpec::new("decimal.Decimal", object::Decimal::LAYOUT)
};

/// Classes have the module's name among their attributes, as CPython's have that are made by `PyType_FromSpec`.
fn name_module(m: &mut Machine, ty: Gc<Type>) {
    let name = m.str_value("decimal");
    m.set_type_attr(ty, "__module__", name);
}

/// Makes what there is one of in a machine, however often the module is imported.
fn prepare(m: &mut Machine) -> R<()> {
    if !m.lib.decimal.variable.is_null() {
        return Ok(());
    }
    let class = m.decimal_class().value();
    for round in Round::ALL {
        m.lib.decimal.rounding[round as usize] = m.intern(round.name()).value();
    }
    let attribute = |m: &mut Machine, object: Value, name: &str| {
        let name = m.intern(name);
        m.get_attr(object, name)
    };
    let numbers = m.import_name("numbers")?;
    let (number, register) = (attribute(m, numbers, "Number")?, m.intern("register"));
    m.call_method(number, register, &[class])?;
    m.lib.decimal.rational = attribute(m, numbers, "Rational")?;
    let collections = m.import_name("collections")?;
    let (named, names) = (m.str_value("DecimalTuple"), m.str_value("sign digits exponent"));
    let make = m.intern("namedtuple");
    let tuple = m.call_method(collections, make, &[named, names])?;
    let (key, module) = (m.names.module, m.str_value("decimal"));
    m.set_attr(tuple, key, module)?;
    m.lib.decimal.decimal_tuple = tuple;
    let abc = m.import_name("collections.abc")?;
    let mapping = attribute(m, abc, "MutableMapping")?;
    let (mixin, metatype) = (m.native_type(&signals::MIXIN).value(), m.types.type_.value());
    let (name, bases, dict) = (m.str_value("SignalDict"), m.new_tuple(&[mixin, mapping]).value(), m.new_dict().value());
    m.lib.decimal.signal_dict = m.call(metatype, &[name, bases, dict])?;
    signals::make_classes(m)?;
    context::make_templates(m);
    m.lib.decimal.variable = super::contextvars::new_variable(m, "decimal_context");
    Ok(())
}

fn init(m: &mut Machine, dict: Gc<Dict>) -> R<()> {
    prepare(m)?;
    let state = &m.lib.decimal;
    let (tuple, [default, basic, extended], names) = (state.decimal_tuple, state.templates, state.rounding);
    m.add_native_types(dict, &[&DECIMAL, &context::CONTEXT]);
    m.add_constant(dict, "DecimalTuple", tuple);
    signals::add_classes(m, dict);
    m.add_constant(dict, "DefaultContext", default);
    m.add_constant(dict, "HAVE_CONTEXTVAR", Value::TRUE);
    m.add_constant(dict, "HAVE_THREADS", Value::TRUE);
    m.add_constant(dict, "BasicContext", basic);
    m.add_constant(dict, "ExtendedContext", extended);
    for (name, n) in [("MAX_PREC", env::MAX_PREC), ("MAX_EMAX", env::MAX_EMAX), ("MIN_EMIN", env::MIN_EMIN), ("MIN_ETINY", env::MIN_ETINY)]
    {
        let n = m.new_int(n);
        m.add_constant(dict, name, n);
    }
    for (round, name) in Round::ALL.into_iter().zip(names) {
        m.add_constant(dict, round.name(), name);
    }
    // The versions of the specification and of the library that CPython 3.13 has.
    for (name, version) in [("__version__", "1.70"), ("__libmpdec_version__", "2.5.1")] {
        let version = m.str_value(version);
        m.add_constant(dict, name, version);
    }
    Ok(())
}
