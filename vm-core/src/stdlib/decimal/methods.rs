//! The methods of `Decimal`.

use super::arguments::{bind, positional, word};
use super::calls::{own_binary, own_plain, own_property, own_test, own_trait, own_transcendental, own_unary};
use super::context::rounding;
use super::convert::{from_float, operand_or_error};
use super::current::{current, given_or_current};
use super::display;
use super::number::compare::{self as order, Extreme};
use super::number::text::Notation;
use super::number::{Dec, Env, Kind, Round, divide, exp, integral, ln, log10, logic, neighbours, square_root, sum};
use super::object::Decimal;
use super::operators::{to_f64, to_int};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, NativeFn};
use crate::object::int::IntRef;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;

use Convention::{NoArgs, O, VarArgs, VarArgsKeywords};

/// A method with its documentation.
pub(super) const fn method(name: &'static str, convention: Convention, func: NativeFn, doc: &'static str) -> MethodDef {
    MethodDef { doc, ..MethodDef::new(name, convention, func) }
}

/// `max`, `min` and their like.
pub(super) const GREATEST: Extreme = Extreme { greatest: true, magnitude: false };
pub(super) const LEAST: Extreme = Extreme { greatest: false, magnitude: false };
pub(super) const GREATEST_MAGNITUDE: Extreme = Extreme { greatest: true, magnitude: true };
pub(super) const LEAST_MAGNITUDE: Extreme = Extreme { greatest: false, magnitude: true };

/// The environment of a method with an optional way to round.
fn rounded_env(m: &mut Machine, round: Value, env: Env) -> R<Env> {
    if round.is_null() || round.is_none() {
        return Ok(env);
    }
    let round = rounding(m, round)?;
    Ok(Env { round, ..env })
}

fn to_integral(m: &mut Machine, v: Value, args: Args<'_>, exact: bool) -> R<Value> {
    let [round, context] = bind(m, args, ["rounding", "context"], 0)?;
    let context = given_or_current(m, context)?;
    let mut env = rounded_env(m, round, context.env())?;
    let a = this::<Decimal>(m, v)?;
    let result = integral::to_integral(a.num(), exact, &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn quantize(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [exp, round, context] = bind(m, args, ["exp", "rounding", "context"], 1)?;
    let context = given_or_current(m, context)?;
    let mut env = rounded_env(m, round, context.env())?;
    let (a, b) = (this::<Decimal>(m, v)?, operand_or_error(m, exp)?);
    let result = integral::quantize(a.num(), b.num(), &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn fma(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [other, third, context] = bind(m, args, ["other", "third", "context"], 2)?;
    let context = given_or_current(m, context)?;
    let (b, c) = (operand_or_error(m, other)?, operand_or_error(m, third)?);
    let a = this::<Decimal>(m, v)?;
    let mut env = context.env();
    let result = sum::multiply_add(a.num(), b.num(), c.num(), &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn number_class(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [context] = bind(m, args, ["context"], 0)?;
    let (context, a) = (given_or_current(m, context)?, this::<Decimal>(m, v)?);
    Ok(m.str_value(logic::class(a.num(), &context.env())))
}

fn to_eng_string(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [context] = bind(m, args, ["context"], 0)?;
    let (context, a) = (given_or_current(m, context)?, this::<Decimal>(m, v)?);
    display::text_of(m, a.num(), Notation::Engineering, context.capitals.get())
}

fn round(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let context = current(m)?;
    let [places] = positional(m, args, 0)?;
    let a = this::<Decimal>(m, v)?;
    if places.is_null() {
        return to_int(m, a.num(), Round::HalfEven);
    }
    if IntRef::of(places).is_none() {
        return Err(m.type_error("optional arg must be an integer"));
    }
    let exp = word(m, places)?.checked_neg().unwrap_or(i64::MAX);
    let mut env = context.env();
    let result = integral::quantize(a.num(), Dec::small(false, 1, exp).num(), &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (class, text) = (m.type_of(v).value(), display::str(m, v)?);
    let args = m.new_tuple(&[text]).value();
    Ok(m.new_tuple(&[class, args]).value())
}

/// The methods.
pub(super) const METHODS: &[MethodDef] = &[
    method(
        "exp",
        VarArgsKeywords,
        |m, v, a| own_transcendental(m, v, a, exp),
        "exp($self, /, context=None)\n--\n\nThe number e to this power, correctly rounded.",
    ),
    method(
        "ln",
        VarArgsKeywords,
        |m, v, a| own_transcendental(m, v, a, ln),
        "ln($self, /, context=None)\n--\n\nThe natural logarithm, correctly rounded.",
    ),
    method(
        "log10",
        VarArgsKeywords,
        |m, v, a| own_transcendental(m, v, a, log10),
        "log10($self, /, context=None)\n--\n\nThe logarithm in base ten, correctly rounded.",
    ),
    method(
        "next_minus",
        VarArgsKeywords,
        |m, v, a| own_unary(m, v, a, neighbours::next_minus),
        "next_minus($self, /, context=None)\n--\n\nThe greatest representable number below this one.",
    ),
    method(
        "next_plus",
        VarArgsKeywords,
        |m, v, a| own_unary(m, v, a, neighbours::next_plus),
        "next_plus($self, /, context=None)\n--\n\nThe least representable number above this one.",
    ),
    method(
        "normalize",
        VarArgsKeywords,
        |m, v, a| own_unary(m, v, a, integral::reduce),
        "normalize($self, /, context=None)\n--\n\nThe same number without zeros at its end.",
    ),
    method(
        "to_integral",
        VarArgsKeywords,
        |m, v, a| to_integral(m, v, a, false),
        "to_integral($self, /, rounding=None, context=None)\n--\n\nAs to_integral_value.",
    ),
    method(
        "to_integral_exact",
        VarArgsKeywords,
        |m, v, a| to_integral(m, v, a, true),
        "to_integral_exact($self, /, rounding=None, context=None)\n--\n\nThe nearest integer; signals what was lost.",
    ),
    method(
        "to_integral_value",
        VarArgsKeywords,
        |m, v, a| to_integral(m, v, a, false),
        "to_integral_value($self, /, rounding=None, context=None)\n--\n\nThe nearest integer, without signals.",
    ),
    method("sqrt", VarArgsKeywords, |m, v, a| own_unary(m, v, a, square_root), "sqrt($self, /, context=None)\n--\n\nThe square root."),
    method(
        "compare",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, order::compare),
        "compare($self, /, other, context=None)\n--\n\nThe order as -1, 0 or 1, or a NaN.",
    ),
    method(
        "compare_signal",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, order::compare_signal),
        "compare_signal($self, /, other, context=None)\n--\n\nAs compare, but every NaN signals.",
    ),
    method(
        "max",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, |x, y, e| order::extreme(GREATEST, x, y, e)),
        "max($self, /, other, context=None)\n--\n\nThe greater number; a quiet NaN yields.",
    ),
    method(
        "max_mag",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, |x, y, e| order::extreme(GREATEST_MAGNITUDE, x, y, e)),
        "max_mag($self, /, other, context=None)\n--\n\nThe number with the greater absolute value.",
    ),
    method(
        "min",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, |x, y, e| order::extreme(LEAST, x, y, e)),
        "min($self, /, other, context=None)\n--\n\nThe lesser number; a quiet NaN yields.",
    ),
    method(
        "min_mag",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, |x, y, e| order::extreme(LEAST_MAGNITUDE, x, y, e)),
        "min_mag($self, /, other, context=None)\n--\n\nThe number with the lesser absolute value.",
    ),
    method(
        "next_toward",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, neighbours::next_toward),
        "next_toward($self, /, other, context=None)\n--\n\nThe next representable number in the direction of another.",
    ),
    method(
        "quantize",
        VarArgsKeywords,
        quantize,
        "quantize($self, /, exp, rounding=None, context=None)\n--\n\nThe number rounded to the exponent of another.",
    ),
    method(
        "remainder_near",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, divide::remainder_near),
        "remainder_near($self, /, other, context=None)\n--\n\nThe remainder of the quotient rounded to the nearest integer.",
    ),
    method("fma", VarArgsKeywords, fma, "fma($self, /, other, third, context=None)\n--\n\nself * other + third, rounded once."),
    method("is_canonical", NoArgs, |m, v, _| own_trait(m, v, |_| true), "is_canonical($self, /)\n--\n\nTrue: all decimals are."),
    method(
        "is_finite",
        NoArgs,
        |m, v, _| own_trait(m, v, |n| !n.is_special()),
        "is_finite($self, /)\n--\n\nWhether it is neither an infinity nor a NaN.",
    ),
    method(
        "is_infinite",
        NoArgs,
        |m, v, _| own_trait(m, v, |n| n.is_infinite()),
        "is_infinite($self, /)\n--\n\nWhether it is an infinity.",
    ),
    method("is_nan", NoArgs, |m, v, _| own_trait(m, v, |n| n.is_nan()), "is_nan($self, /)\n--\n\nWhether it is a NaN of any kind."),
    method("is_qnan", NoArgs, |m, v, _| own_trait(m, v, |n| n.kind == Kind::Quiet), "is_qnan($self, /)\n--\n\nWhether it is a quiet NaN."),
    method(
        "is_snan",
        NoArgs,
        |m, v, _| own_trait(m, v, |n| n.kind == Kind::Signaling),
        "is_snan($self, /)\n--\n\nWhether it is a signaling NaN.",
    ),
    method(
        "is_signed",
        NoArgs,
        |m, v, _| own_trait(m, v, |n| n.negative),
        "is_signed($self, /)\n--\n\nWhether it has a minus sign, be it a zero or a NaN.",
    ),
    method("is_zero", NoArgs, |m, v, _| own_trait(m, v, |n| n.is_zero()), "is_zero($self, /)\n--\n\nWhether it is a zero of either sign."),
    method(
        "is_normal",
        VarArgsKeywords,
        |m, v, a| own_property(m, v, a, |n, e| n.is_normal(e)),
        "is_normal($self, /, context=None)\n--\n\nWhether it is finite, not zero and not subnormal.",
    ),
    method(
        "is_subnormal",
        VarArgsKeywords,
        |m, v, a| own_property(m, v, a, |n, e| n.is_subnormal(e)),
        "is_subnormal($self, /, context=None)\n--\n\nWhether it is below the least normal number.",
    ),
    method(
        "adjusted",
        NoArgs,
        |m, v, _| {
            let a = this::<Decimal>(m, v)?;
            let n = a.num();
            let exp = if n.is_special() { 0 } else { n.adjusted() };
            Ok(m.new_int(exp))
        },
        "adjusted($self, /)\n--\n\nThe exponent of the most significant digit; 0 for infinities and NaNs.",
    ),
    method("canonical", NoArgs, |_, v, _| Ok(v), "canonical($self, /)\n--\n\nThe number itself."),
    method("conjugate", NoArgs, |_, v, _| Ok(v), "conjugate($self, /)\n--\n\nThe number itself."),
    method("radix", NoArgs, |m, _, _| Ok(m.new_decimal(Dec::small(false, 10, 0).num())), "radix($self, /)\n--\n\nTen."),
    method(
        "copy_abs",
        NoArgs,
        |m, v, _| own_plain(m, v, |n| n.signed(false)),
        "copy_abs($self, /)\n--\n\nThe number without its sign; nothing is rounded.",
    ),
    method(
        "copy_negate",
        NoArgs,
        |m, v, _| own_plain(m, v, |n| n.signed(!n.negative)),
        "copy_negate($self, /)\n--\n\nThe number with the other sign; nothing is rounded.",
    ),
    method(
        "logb",
        VarArgsKeywords,
        |m, v, a| own_unary(m, v, a, logic::logb),
        "logb($self, /, context=None)\n--\n\nThe adjusted exponent as a number.",
    ),
    method(
        "logical_invert",
        VarArgsKeywords,
        |m, v, a| own_unary(m, v, a, logic::invert),
        "logical_invert($self, /, context=None)\n--\n\nEach of the digits 0 and 1 inverted.",
    ),
    method(
        "number_class",
        VarArgsKeywords,
        number_class,
        "number_class($self, /, context=None)\n--\n\nThe name of the number's class, such as '+Normal'.",
    ),
    method(
        "to_eng_string",
        VarArgsKeywords,
        to_eng_string,
        "to_eng_string($self, /, context=None)\n--\n\nThe number as text with exponents that are multiples of three.",
    ),
    method(
        "compare_total",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, |x, y, _| order::compare_total(x, y)),
        "compare_total($self, /, other, context=None)\n--\n\nThe order of the representations as -1, 0 or 1.",
    ),
    method(
        "compare_total_mag",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, |x, y, _| order::compare_total_magnitude(x, y)),
        "compare_total_mag($self, /, other, context=None)\n--\n\nAs compare_total, without the signs.",
    ),
    method(
        "copy_sign",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, |x, y, _| x.signed(y.negative).to_dec()),
        "copy_sign($self, /, other, context=None)\n--\n\nThe number with the sign of another.",
    ),
    method(
        "same_quantum",
        VarArgsKeywords,
        |m, v, a| own_test(m, v, a, order::same_quantum),
        "same_quantum($self, /, other, context=None)\n--\n\nWhether the exponents are the same.",
    ),
    method(
        "logical_and",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, logic::and),
        "logical_and($self, /, other, context=None)\n--\n\nDigit by digit, 'and' of 0 and 1.",
    ),
    method(
        "logical_or",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, logic::or),
        "logical_or($self, /, other, context=None)\n--\n\nDigit by digit, 'or' of 0 and 1.",
    ),
    method(
        "logical_xor",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, logic::xor),
        "logical_xor($self, /, other, context=None)\n--\n\nDigit by digit, 'exclusive or' of 0 and 1.",
    ),
    method(
        "rotate",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, logic::rotate),
        "rotate($self, /, other, context=None)\n--\n\nThe digits rotated within the precision.",
    ),
    method(
        "scaleb",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, logic::scaleb),
        "scaleb($self, /, other, context=None)\n--\n\nThe number with another added to its exponent.",
    ),
    method(
        "shift",
        VarArgsKeywords,
        |m, v, a| own_binary(m, v, a, logic::shift),
        "shift($self, /, other, context=None)\n--\n\nThe digits shifted within the precision.",
    ),
    MethodDef {
        doc: "from_float($type, f, /)\n--\n\nThe exact value of a float or an int.",
        ..MethodDef::class("from_float", O, from_float)
    },
    method("as_tuple", NoArgs, display::as_tuple, "as_tuple($self, /)\n--\n\nSign, digits and exponent."),
    method(
        "as_integer_ratio",
        NoArgs,
        display::as_integer_ratio,
        "as_integer_ratio($self, /)\n--\n\nNumerator and denominator in lowest terms.",
    ),
    MethodDef::new("__copy__", NoArgs, |_, v, _| Ok(v)),
    MethodDef::new("__deepcopy__", O, |_, v, _| Ok(v)),
    MethodDef::new("__format__", VarArgs, display::format),
    MethodDef::new("__reduce__", NoArgs, reduce),
    MethodDef::new("__round__", VarArgs, round),
    MethodDef::new("__ceil__", NoArgs, |m, v, _| {
        let a = this::<Decimal>(m, v)?;
        to_int(m, a.num(), Round::Ceiling)
    }),
    MethodDef::new("__floor__", NoArgs, |m, v, _| {
        let a = this::<Decimal>(m, v)?;
        to_int(m, a.num(), Round::Floor)
    }),
    MethodDef::new("__trunc__", NoArgs, |m, v, _| {
        let a = this::<Decimal>(m, v)?;
        to_int(m, a.num(), Round::Down)
    }),
    MethodDef::new("__complex__", NoArgs, |m, v, _| {
        let f = to_f64(m, v)?;
        Ok(m.new_complex(f, 0.0))
    }),
    MethodDef::new("__sizeof__", NoArgs, |m, v, _| {
        // CPython's object has room for four limbs.
        let a = this::<Decimal>(m, v)?;
        let limbs = a.num().coeff.len();
        Ok(Value::small(104 + if limbs > 4 { 8 * limbs as i64 } else { 0 }))
    }),
];

/// The attributes.
pub(super) const ATTRIBUTES: &[GetSetDef] = &[
    GetSetDef { name: "real", get: |_, v| Ok(v), set: None },
    GetSetDef { name: "imag", get: |m, _| Ok(m.new_decimal(Dec::small(false, 0, 0).num())), set: None },
];
