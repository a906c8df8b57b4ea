//! The methods of `Context`: what decimals can do, on numbers that are converted first.

use super::arguments::{bind, positional};
use super::calls::{binary, decimal_only, property, test, transcendental, unary};
use super::context::{Context, reduce};
use super::convert::{apply, create, create_from_float, operand_or_error};
use super::display::text_of;
use super::methods::{GREATEST, GREATEST_MAGNITUDE, LEAST, LEAST_MAGNITUDE, method};
use super::number::compare as order;
use super::number::text::Notation;
use super::number::{Dec, Kind, divide, exp, integral, ln, log10, logic, neighbours, power, power_mod, square_root, sum};
use super::object::Decimal;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::value::Value;
use crate::stdlib::native_struct::this;

use Convention::{NoArgs, O, VarArgs, VarArgsKeywords};

fn divmod(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [a, b] = positional(m, args, 2)?;
    let (a, b) = (operand_or_error(m, a)?, operand_or_error(m, b)?);
    let context = this::<Context>(m, v)?;
    let mut env = context.env();
    let (quotient, rest) = divide::divide_with_remainder(a.num(), b.num(), &mut env);
    context.settle(m, env.status)?;
    let (quotient, rest) = (m.new_decimal(quotient.num()), m.new_decimal(rest.num()));
    Ok(m.new_tuple(&[quotient, rest]).value())
}

fn fma(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [a, b, c] = positional(m, args, 3)?;
    let (a, b, c) = (operand_or_error(m, a)?, operand_or_error(m, b)?, operand_or_error(m, c)?);
    let context = this::<Context>(m, v)?;
    let mut env = context.env();
    let result = sum::multiply_add(a.num(), b.num(), c.num(), &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn pow(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [a, b, modulo] = bind(m, args, ["a", "b", "modulo"], 2)?;
    let (a, b) = (operand_or_error(m, a)?, operand_or_error(m, b)?);
    let modulo = if modulo.is_null() || modulo.is_none() { None } else { Some(operand_or_error(m, modulo)?) };
    let context = this::<Context>(m, v)?;
    let mut env = context.env();
    let result = match modulo {
        None => power::power(a.num(), b.num(), &m.lib.decimal.constants, &mut env),
        Some(modulo) => power_mod(a.num(), b.num(), modulo.num(), &mut env),
    };
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn text(m: &mut Machine, v: Value, args: Args<'_>, notation: Notation) -> R<Value> {
    let a = operand_or_error(m, args.pos()[0])?;
    let capitals = this::<Context>(m, v)?.capitals.get();
    text_of(m, a.num(), notation, capitals)
}

fn copy(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let context = this::<Context>(m, v)?;
    Ok(m.copy_context(context).value())
}

/// The methods.
pub(super) const METHODS: &[MethodDef] = &[
    method("abs", O, |m, v, a| unary(m, v, a, sum::absolute), "abs($self, x, /)\n--\n\nThe absolute value, rounded."),
    method("exp", O, |m, v, a| transcendental(m, v, a, exp), "exp($self, x, /)\n--\n\ne ** x, correctly rounded."),
    method("ln", O, |m, v, a| transcendental(m, v, a, ln), "ln($self, x, /)\n--\n\nThe natural logarithm, correctly rounded."),
    method("log10", O, |m, v, a| transcendental(m, v, a, log10), "log10($self, x, /)\n--\n\nThe logarithm in base ten, correctly rounded."),
    method("minus", O, |m, v, a| unary(m, v, a, sum::minus), "minus($self, x, /)\n--\n\n-x, rounded."),
    method(
        "next_minus",
        O,
        |m, v, a| unary(m, v, a, neighbours::next_minus),
        "next_minus($self, x, /)\n--\n\nThe greatest representable number below x.",
    ),
    method(
        "next_plus",
        O,
        |m, v, a| unary(m, v, a, neighbours::next_plus),
        "next_plus($self, x, /)\n--\n\nThe least representable number above x.",
    ),
    method("normalize", O, |m, v, a| unary(m, v, a, integral::reduce), "normalize($self, x, /)\n--\n\nx without zeros at its end."),
    method("plus", O, |m, v, a| unary(m, v, a, sum::plus), "plus($self, x, /)\n--\n\n+x: x rounded to this context."),
    method(
        "to_integral",
        O,
        |m, v, a| unary(m, v, a, |x, e| integral::to_integral(x, false, e)),
        "to_integral($self, x, /)\n--\n\nAs to_integral_value.",
    ),
    method(
        "to_integral_exact",
        O,
        |m, v, a| unary(m, v, a, |x, e| integral::to_integral(x, true, e)),
        "to_integral_exact($self, x, /)\n--\n\nThe nearest integer; signals what was lost.",
    ),
    method(
        "to_integral_value",
        O,
        |m, v, a| unary(m, v, a, |x, e| integral::to_integral(x, false, e)),
        "to_integral_value($self, x, /)\n--\n\nThe nearest integer, without signals.",
    ),
    method("sqrt", O, |m, v, a| unary(m, v, a, square_root), "sqrt($self, x, /)\n--\n\nThe square root."),
    method("add", VarArgs, |m, v, a| binary(m, v, a, sum::add), "add($self, x, y, /)\n--\n\nx + y."),
    method(
        "compare",
        VarArgs,
        |m, v, a| binary(m, v, a, order::compare),
        "compare($self, x, y, /)\n--\n\nThe order as -1, 0 or 1, or a NaN.",
    ),
    method(
        "compare_signal",
        VarArgs,
        |m, v, a| binary(m, v, a, order::compare_signal),
        "compare_signal($self, x, y, /)\n--\n\nAs compare, but every NaN signals.",
    ),
    method("divide", VarArgs, |m, v, a| binary(m, v, a, divide::divide), "divide($self, x, y, /)\n--\n\nx / y."),
    method(
        "divide_int",
        VarArgs,
        |m, v, a| binary(m, v, a, divide::divide_to_integer),
        "divide_int($self, x, y, /)\n--\n\nThe integer part of x / y.",
    ),
    method("divmod", VarArgs, divmod, "divmod($self, x, y, /)\n--\n\nThe integer part of x / y, and the remainder."),
    method(
        "max",
        VarArgs,
        |m, v, a| binary(m, v, a, |x, y, e| order::extreme(GREATEST, x, y, e)),
        "max($self, x, y, /)\n--\n\nThe greater number; a quiet NaN yields.",
    ),
    method(
        "max_mag",
        VarArgs,
        |m, v, a| binary(m, v, a, |x, y, e| order::extreme(GREATEST_MAGNITUDE, x, y, e)),
        "max_mag($self, x, y, /)\n--\n\nThe number with the greater absolute value.",
    ),
    method(
        "min",
        VarArgs,
        |m, v, a| binary(m, v, a, |x, y, e| order::extreme(LEAST, x, y, e)),
        "min($self, x, y, /)\n--\n\nThe lesser number; a quiet NaN yields.",
    ),
    method(
        "min_mag",
        VarArgs,
        |m, v, a| binary(m, v, a, |x, y, e| order::extreme(LEAST_MAGNITUDE, x, y, e)),
        "min_mag($self, x, y, /)\n--\n\nThe number with the lesser absolute value.",
    ),
    method("multiply", VarArgs, |m, v, a| binary(m, v, a, sum::multiply), "multiply($self, x, y, /)\n--\n\nx * y."),
    method(
        "next_toward",
        VarArgs,
        |m, v, a| binary(m, v, a, neighbours::next_toward),
        "next_toward($self, x, y, /)\n--\n\nThe representable number next to x in the direction of y.",
    ),
    method(
        "quantize",
        VarArgs,
        |m, v, a| binary(m, v, a, integral::quantize),
        "quantize($self, x, y, /)\n--\n\nx rounded to the exponent of y.",
    ),
    method(
        "remainder",
        VarArgs,
        |m, v, a| binary(m, v, a, divide::remainder),
        "remainder($self, x, y, /)\n--\n\nWhat the integer part of x / y leaves.",
    ),
    method(
        "remainder_near",
        VarArgs,
        |m, v, a| binary(m, v, a, divide::remainder_near),
        "remainder_near($self, x, y, /)\n--\n\nThe remainder of the quotient rounded to the nearest integer.",
    ),
    method("subtract", VarArgs, |m, v, a| binary(m, v, a, sum::subtract), "subtract($self, x, y, /)\n--\n\nx - y."),
    method("power", VarArgsKeywords, pow, "power($self, /, a, b, modulo=None)\n--\n\na ** b, or a ** b % modulo with integers."),
    method("fma", VarArgs, fma, "fma($self, x, y, z, /)\n--\n\nx * y + z, rounded once."),
    method(
        "Etiny",
        NoArgs,
        |m, v, _| {
            let n = this::<Context>(m, v)?.env.get().etiny();
            Ok(m.new_int(n))
        },
        "Etiny($self, /)\n--\n\nThe least exponent of subnormal numbers.",
    ),
    method(
        "Etop",
        NoArgs,
        |m, v, _| {
            let n = this::<Context>(m, v)?.env.get().etop();
            Ok(m.new_int(n))
        },
        "Etop($self, /)\n--\n\nThe greatest exponent of numbers with all digits.",
    ),
    method("radix", NoArgs, |m, _, _| Ok(m.new_decimal(Dec::small(false, 10, 0).num())), "radix($self, /)\n--\n\nTen."),
    method(
        "is_canonical",
        O,
        |m, _, a| decimal_only(m, a).map(|_| Value::TRUE),
        "is_canonical($self, x, /)\n--\n\nTrue: all decimals are.",
    ),
    method(
        "is_finite",
        O,
        |m, v, a| property(m, v, a, |n, _| !n.is_special()),
        "is_finite($self, x, /)\n--\n\nWhether x is neither an infinity nor a NaN.",
    ),
    method(
        "is_infinite",
        O,
        |m, v, a| property(m, v, a, |n, _| n.is_infinite()),
        "is_infinite($self, x, /)\n--\n\nWhether x is an infinity.",
    ),
    method("is_nan", O, |m, v, a| property(m, v, a, |n, _| n.is_nan()), "is_nan($self, x, /)\n--\n\nWhether x is a NaN of any kind."),
    method(
        "is_normal",
        O,
        |m, v, a| property(m, v, a, |n, e| n.is_normal(e)),
        "is_normal($self, x, /)\n--\n\nWhether x is finite, not zero and not subnormal.",
    ),
    method(
        "is_qnan",
        O,
        |m, v, a| property(m, v, a, |n, _| n.kind == Kind::Quiet),
        "is_qnan($self, x, /)\n--\n\nWhether x is a quiet NaN.",
    ),
    method("is_signed", O, |m, v, a| property(m, v, a, |n, _| n.negative), "is_signed($self, x, /)\n--\n\nWhether x has a minus sign."),
    method(
        "is_snan",
        O,
        |m, v, a| property(m, v, a, |n, _| n.kind == Kind::Signaling),
        "is_snan($self, x, /)\n--\n\nWhether x is a signaling NaN.",
    ),
    method(
        "is_subnormal",
        O,
        |m, v, a| property(m, v, a, |n, e| n.is_subnormal(e)),
        "is_subnormal($self, x, /)\n--\n\nWhether x is below the least normal number.",
    ),
    method(
        "is_zero",
        O,
        |m, v, a| property(m, v, a, |n, _| n.is_zero()),
        "is_zero($self, x, /)\n--\n\nWhether x is a zero of either sign.",
    ),
    MethodDef::new("_apply", O, |m, v, args| {
        let a = operand_or_error(m, args.pos()[0])?;
        let context = this::<Context>(m, v)?;
        apply(m, context, a.num())
    }),
    method("canonical", O, |m, _, a| decimal_only(m, a), "canonical($self, x, /)\n--\n\nx itself."),
    method(
        "copy_abs",
        O,
        |m, v, a| unary(m, v, a, |x, _| x.signed(false).to_dec()),
        "copy_abs($self, x, /)\n--\n\nx without its sign; nothing is rounded.",
    ),
    method(
        "copy_decimal",
        O,
        |m, _, args| {
            let v = args.pos()[0];
            let a = operand_or_error(m, v)?;
            Ok(if v.downcast::<Decimal>().is_some() { v } else { m.new_decimal(a.num()) })
        },
        "copy_decimal($self, x, /)\n--\n\nx as a Decimal.",
    ),
    method(
        "copy_negate",
        O,
        |m, v, a| unary(m, v, a, |x, _| x.signed(!x.negative).to_dec()),
        "copy_negate($self, x, /)\n--\n\nx with the other sign; nothing is rounded.",
    ),
    method("logb", O, |m, v, a| unary(m, v, a, logic::logb), "logb($self, x, /)\n--\n\nThe adjusted exponent as a number."),
    method(
        "logical_invert",
        O,
        |m, v, a| unary(m, v, a, logic::invert),
        "logical_invert($self, x, /)\n--\n\nEach of the digits 0 and 1 inverted.",
    ),
    method(
        "number_class",
        O,
        |m, v, args| {
            let a = operand_or_error(m, args.pos()[0])?;
            let env = this::<Context>(m, v)?.env();
            Ok(m.str_value(logic::class(a.num(), &env)))
        },
        "number_class($self, x, /)\n--\n\nThe name of the number's class, such as '+Normal'.",
    ),
    method("to_sci_string", O, |m, v, a| text(m, v, a, Notation::Scientific), "to_sci_string($self, x, /)\n--\n\nThe number as text."),
    method(
        "to_eng_string",
        O,
        |m, v, a| text(m, v, a, Notation::Engineering),
        "to_eng_string($self, x, /)\n--\n\nThe number as text with exponents that are multiples of three.",
    ),
    method(
        "compare_total",
        VarArgs,
        |m, v, a| binary(m, v, a, |x, y, _| order::compare_total(x, y)),
        "compare_total($self, x, y, /)\n--\n\nThe order of the representations as -1, 0 or 1.",
    ),
    method(
        "compare_total_mag",
        VarArgs,
        |m, v, a| binary(m, v, a, |x, y, _| order::compare_total_magnitude(x, y)),
        "compare_total_mag($self, x, y, /)\n--\n\nAs compare_total, without the signs.",
    ),
    method(
        "copy_sign",
        VarArgs,
        |m, v, a| binary(m, v, a, |x, y, _| x.signed(y.negative).to_dec()),
        "copy_sign($self, x, y, /)\n--\n\nx with the sign of y.",
    ),
    method(
        "logical_and",
        VarArgs,
        |m, v, a| binary(m, v, a, logic::and),
        "logical_and($self, x, y, /)\n--\n\nDigit by digit, 'and' of 0 and 1.",
    ),
    method(
        "logical_or",
        VarArgs,
        |m, v, a| binary(m, v, a, logic::or),
        "logical_or($self, x, y, /)\n--\n\nDigit by digit, 'or' of 0 and 1.",
    ),
    method(
        "logical_xor",
        VarArgs,
        |m, v, a| binary(m, v, a, logic::xor),
        "logical_xor($self, x, y, /)\n--\n\nDigit by digit, 'exclusive or' of 0 and 1.",
    ),
    method(
        "rotate",
        VarArgs,
        |m, v, a| binary(m, v, a, logic::rotate),
        "rotate($self, x, y, /)\n--\n\nThe digits of x rotated by y within the precision.",
    ),
    method(
        "same_quantum",
        VarArgs,
        |m, v, a| test(m, v, a, order::same_quantum),
        "same_quantum($self, x, y, /)\n--\n\nWhether the exponents are the same.",
    ),
    method("scaleb", VarArgs, |m, v, a| binary(m, v, a, logic::scaleb), "scaleb($self, x, y, /)\n--\n\nx with y added to its exponent."),
    method(
        "shift",
        VarArgs,
        |m, v, a| binary(m, v, a, logic::shift),
        "shift($self, x, y, /)\n--\n\nThe digits of x shifted by y within the precision.",
    ),
    method(
        "clear_flags",
        NoArgs,
        |m, v, _| {
            this::<Context>(m, v)?.status.set(0);
            Ok(Value::NONE)
        },
        "clear_flags($self, /)\n--\n\nSets all flags to False.",
    ),
    method(
        "clear_traps",
        NoArgs,
        |m, v, _| {
            this::<Context>(m, v)?.traps.set(0);
            Ok(Value::NONE)
        },
        "clear_traps($self, /)\n--\n\nSets all traps to False.",
    ),
    MethodDef::new("__copy__", NoArgs, copy),
    MethodDef::new("__reduce__", NoArgs, reduce),
    method("copy", NoArgs, copy, "copy($self, /)\n--\n\nA copy, flags and traps included."),
    method(
        "create_decimal",
        VarArgs,
        |m, v, args| {
            let [value] = positional(m, args, 0)?;
            let context = this::<Context>(m, v)?;
            create(m, context, value)
        },
        "create_decimal($self, num=\"0\", /)\n--\n\nA Decimal of any value that Decimal() takes, rounded to this context.",
    ),
    method(
        "create_decimal_from_float",
        O,
        |m, v, args| {
            let context = this::<Context>(m, v)?;
            create_from_float(m, context, args.pos()[0])
        },
        "create_decimal_from_float($self, f, /)\n--\n\nA Decimal of a float, rounded to this context.",
    ),
];
