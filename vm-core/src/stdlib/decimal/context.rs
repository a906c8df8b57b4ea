//! `decimal.Context`: precision, rounding, exponent range, flags and traps. What it computes is in `context_methods.rs`.

use super::arguments::{bind, word};
use super::number::env::{MAX_EMAX, MAX_PREC, MIN_EMIN};
use super::number::{Env, Round, status};
use super::signals;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, GetSetDef, TypeSpec};
use crate::object::attr::{generic_get_attr, generic_set_attr};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{null, this};
use std::cell::Cell;

/// A `Context`.
#[repr(C)]
pub(crate) struct Context {
    header: Header,
    /// What operations see; nothing is met there.
    pub(super) env: Cell<Env>,
    /// The flags.
    pub(super) status: Cell<u32>,
    pub(super) traps: Cell<u32>,
    pub(super) capitals: Cell<bool>,
    /// What shows the traps and the flags, made when first asked for.
    shown: [Cell<Value>; 2],
}

// SAFETY: repr(C), header first; all values are traced.
unsafe impl Payload for Context {
    const LAYOUT: &'static Layout = &layout_of::<Context>(LayoutId::DecimalContext);
    fn trace(&self, marker: &mut Marker<'_>) {
        for shown in &self.shown {
            marker.mark(shown.get());
        }
    }
}

/// The context without any choice.
const DEFAULT: Env = Env { prec: 28, emax: 999_999, emin: -999_999, round: Round::HalfEven, clamp: false, status: 0 };
const DEFAULT_TRAPS: u32 = status::INVALID | status::DIVISION_BY_ZERO | status::OVERFLOW;

impl Context {
    /// What an operation works with; nothing is met yet.
    #[inline]
    pub(super) fn env(&self) -> Env {
        self.env.get()
    }

    #[inline]
    pub(super) fn note(&self, conditions: u32) {
        self.status.set(self.status.get() | conditions);
    }
}

impl Gc<Context> {
    /// Adds what an operation has met to the flags, and raises what is trapped.
    #[inline]
    pub(super) fn settle(self, m: &mut Machine, conditions: u32) -> R<()> {
        if conditions == 0 {
            return Ok(());
        }
        self.note(conditions);
        let traps = self.traps.get();
        if conditions & (traps | status::MALLOC_ERROR) != 0 { Err(signals::raise(m, conditions, traps)) } else { Ok(()) }
    }
}

impl Machine {
    fn context_class(&mut self) -> Gc<Type> {
        match self.lib.decimal.context {
            Some(class) => class,
            None => {
                let class = self.native_type(&CONTEXT);
                self.lib.decimal.context = Some(class);
                class
            }
        }
    }

    /// A context with such choices.
    fn new_context_of(&mut self, class: Gc<Type>, env: Env, [status, traps]: [u32; 2], capitals: bool) -> Gc<Context> {
        let header = Header::new(class);
        let (env, status, traps, capitals) = (Cell::new(env), Cell::new(status), Cell::new(traps), Cell::new(capitals));
        self.new_object(Context { header, env, status, traps, capitals, shown: [null(), null()] })
    }

    /// A copy, which is a plain `Context`.
    pub(super) fn copy_context(&mut self, of: Gc<Context>) -> Gc<Context> {
        let class = self.context_class();
        self.new_context_of(class, of.env.get(), [of.status.get(), of.traps.get()], of.capitals.get())
    }
}

/// Makes the three templates.
pub(super) fn make_templates(m: &mut Machine) {
    let class = m.context_class();
    let basic = Env { prec: 9, round: Round::HalfUp, ..DEFAULT };
    let extended = Env { prec: 9, ..DEFAULT };
    let choices = [(DEFAULT, DEFAULT_TRAPS), (basic, DEFAULT_TRAPS | status::UNDERFLOW | status::CLAMPED), (extended, 0)];
    for (i, (env, traps)) in choices.into_iter().enumerate() {
        m.lib.decimal.templates[i] = m.new_context_of(class, env, [0, traps], true).value();
    }
}

fn change(context: Gc<Context>, f: impl FnOnce(&mut Env)) {
    let mut env = context.env.get();
    f(&mut env);
    context.env.set(env);
}

fn set_prec(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (context, n) = (this::<Context>(m, v)?, word(m, value)?);
    if !(1..=MAX_PREC).contains(&n) {
        return Err(m.value_error("valid range for prec is [1, MAX_PREC]"));
    }
    change(context, |env| env.prec = n);
    Ok(())
}

fn set_emin(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (context, n) = (this::<Context>(m, v)?, word(m, value)?);
    if !(MIN_EMIN..=0).contains(&n) {
        return Err(m.value_error("valid range for Emin is [MIN_EMIN, 0]"));
    }
    change(context, |env| env.emin = n);
    Ok(())
}

fn set_emax(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (context, n) = (this::<Context>(m, v)?, word(m, value)?);
    if !(0..=MAX_EMAX).contains(&n) {
        return Err(m.value_error("valid range for Emax is [0, MAX_EMAX]"));
    }
    change(context, |env| env.emax = n);
    Ok(())
}

fn set_rounding(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (context, round) = (this::<Context>(m, v)?, rounding(m, value)?);
    change(context, |env| env.round = round);
    Ok(())
}

fn set_capitals(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (context, n) = (this::<Context>(m, v)?, word(m, value)?);
    if !(0..=1).contains(&n) {
        return Err(m.value_error("valid values for capitals are 0 or 1"));
    }
    context.capitals.set(n == 1);
    Ok(())
}

fn set_clamp(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (context, n) = (this::<Context>(m, v)?, word(m, value)?);
    if !(0..=1).contains(&n) {
        return Err(m.value_error("valid values for clamp are 0 or 1"));
    }
    change(context, |env| env.clamp = n == 1);
    Ok(())
}

/// The way to round that a string names.
pub(super) fn rounding(m: &mut Machine, v: Value) -> R<Round> {
    let names = m.lib.decimal.rounding;
    if let Some(name) = v.downcast::<Str>()
        && let Some(i) =
            names.iter().position(|n| n.is(v)).or_else(|| Round::ALL.iter().position(|round| round.name().as_bytes() == name.bytes()))
    {
        return Ok(Round::ALL[i]);
    }
    Err(m.type_error(
        "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, \
         ROUND_HALF_EVEN,\n   ROUND_05UP]",
    ))
}

/// Names and order of the choices.
pub(super) const CHOICES: [&str; 8] = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];

/// Makes choices as [`CHOICES`] orders them; `NULL` and `None` leave things as they are.
pub(super) fn choose(m: &mut Machine, v: Value, choices: [Value; 8]) -> R<()> {
    let given = |v: Value| !v.is_null() && !v.is_none();
    let setters = [set_prec, set_rounding, set_emin, set_emax, set_capitals, set_clamp];
    for (setter, &choice) in setters.into_iter().zip(&choices) {
        if given(choice) {
            setter(m, v, choice)?;
        }
    }
    let context = this::<Context>(m, v)?;
    let [.., flags, traps] = choices;
    for (choice, is_traps) in [(traps, true), (flags, false)] {
        if given(choice) {
            let conditions = match choice.downcast::<List>() {
                Some(list) => signals::of_list(m, list)?,
                None => signals::of_mapping(m, choice)?,
            };
            if is_traps { context.traps.set(conditions) } else { context.status.set(conditions) }
        }
    }
    Ok(())
}

fn new(m: &mut Machine, class: Gc<Type>, _: Args<'_>) -> R<Value> {
    let template = m.lib.decimal.templates[0].downcast::<Context>();
    let (env, conditions) = template.map_or((DEFAULT, [0, DEFAULT_TRAPS]), |t| (t.env.get(), [t.status.get(), t.traps.get()]));
    Ok(m.new_context_of(class, env, conditions, true).value())
}

/// What shows the flags or the traps.
fn shown(m: &mut Machine, v: Value, traps: bool) -> R<Value> {
    let context = this::<Context>(m, v)?;
    let place = &context.shown[usize::from(traps)];
    if place.get().is_null() {
        let dict = signals::new_dict(m, v, traps);
        place.set(dict);
    }
    Ok(place.get())
}

fn set_attribute(m: &mut Machine, v: Value, name: Gc<Str>, value: Value) -> R<()> {
    if value.is_null() {
        return Err(m.attribute_error("context attributes cannot be deleted"));
    }
    let traps = match name.bytes() {
        b"traps" => true,
        b"flags" => false,
        _ => return generic_set_attr(m, v, name, value),
    };
    let conditions = signals::of_mapping(m, value)?;
    let context = this::<Context>(m, v)?;
    if traps {
        context.traps.set(conditions)
    } else {
        context.status.set(conditions)
    }
    Ok(())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let context = this::<Context>(m, v)?;
    let Env { prec, emax, emin, round, clamp, .. } = context.env.get();
    let (flags, traps) = (signals::as_text(context.status.get()), signals::as_text(context.traps.get()));
    let (capitals, clamp, round) = (u8::from(context.capitals.get()), u8::from(clamp), round.name());
    Ok(m.str_value(&format!(
        "Context(prec={prec}, rounding={round}, Emin={emin}, Emax={emax}, capitals={capitals}, clamp={clamp}, flags={flags}, traps={traps})"
    )))
}

/// `__reduce__`.
pub(super) fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let context = this::<Context>(m, v)?;
    let env = context.env.get();
    let (flags, traps) = (signals::as_list(m, context.status.get()), signals::as_list(m, context.traps.get()));
    let numbers = [env.prec, env.emin, env.emax].map(|n| m.new_int(n));
    let (round, flag) = (m.str_value(env.round.name()), |set: bool| Value::small(i64::from(set)));
    let [prec, emin, emax] = numbers;
    let args = [prec, round, emin, emax, flag(context.capitals.get()), flag(env.clamp), flags, traps];
    let (class, args) = (m.type_of(v).value(), m.new_tuple(&args).value());
    Ok(m.new_tuple(&[class, args]).value())
}

/// `decimal.Context`.
pub(super) static CONTEXT: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(new),
        init: Some(|m, v, args| {
            let choices = bind(m, args, CHOICES, 0)?;
            choose(m, v, choices)
        }),
        repr: Some(repr),
        getattro: Some(|m, v, name| match name.bytes() {
            b"traps" => shown(m, v, true),
            b"flags" => shown(m, v, false),
            _ => generic_get_attr(m, v, name),
        }),
        setattro: Some(set_attribute),
        ..Slots::EMPTY
    },
    methods: super::context_methods::METHODS,
    getset: &[
        GetSetDef {
            name: "prec",
            get: |m, v| {
                let n = this::<Context>(m, v)?.env.get().prec;
                Ok(m.new_int(n))
            },
            set: Some(set_prec),
        },
        GetSetDef {
            name: "Emax",
            get: |m, v| {
                let n = this::<Context>(m, v)?.env.get().emax;
                Ok(m.new_int(n))
            },
            set: Some(set_emax),
        },
        GetSetDef {
            name: "Emin",
            get: |m, v| {
                let n = this::<Context>(m, v)?.env.get().emin;
                Ok(m.new_int(n))
            },
            set: Some(set_emin),
        },
        GetSetDef {
            name: "rounding",
            get: |m, v| {
                let round = this::<Context>(m, v)?.env.get().round;
                Ok(m.lib.decimal.rounding[round as usize])
            },
            set: Some(set_rounding),
        },
        GetSetDef {
            name: "capitals",
            get: |m, v| Ok(Value::small(i64::from(this::<Context>(m, v)?.capitals.get()))),
            set: Some(set_capitals),
        },
        GetSetDef { name: "clamp", get: |m, v| Ok(Value::small(i64::from(this::<Context>(m, v)?.env.get().clamp))), set: Some(set_clamp) },
    ],
    finish: Some(super::name_module),
    doc: "Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)\n--\n\n\
          How numbers are computed: with how many digits, in which range of exponents, rounded in which way, and which conditions are \
          errors.\nWhat is not given comes from DefaultContext.",
    ..TypeSpec::new("decimal.Context", Context::LAYOUT)
};
