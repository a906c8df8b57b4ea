//! The forms that methods of `Decimal` and of `Context` have: how many operands, and where the context comes from.

use super::arguments::{bind, positional};
use super::context::Context;
use super::convert::operand_or_error;
use super::current::given_or_current;
use super::number::{Constants, Dec, Env, Num};
use super::object::Decimal;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::header::Gc;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;

/// What is computed from one number.
pub(super) type One = fn(Num<'_>, &mut Env) -> Dec;
/// What is computed from two.
pub(super) type Two = fn(Num<'_>, Num<'_>, &mut Env) -> Dec;
/// What needs constants besides.
pub(super) type Transcendental = fn(Num<'_>, &Constants, &mut Env) -> Dec;

/// Computes in a context and makes the object.
#[inline]
fn compute(m: &mut Machine, context: Gc<Context>, f: impl FnOnce(&Constants, &mut Env) -> Dec) -> R<Value> {
    let mut env = context.env();
    let result = f(&m.lib.decimal.constants, &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

/// `number.method(context=None)`.
pub(super) fn own_unary(m: &mut Machine, v: Value, args: Args<'_>, f: One) -> R<Value> {
    let [context] = bind(m, args, ["context"], 0)?;
    let (context, a) = (given_or_current(m, context)?, this::<Decimal>(m, v)?);
    compute(m, context, |_, env| f(a.num(), env))
}

/// The same for `exp` and its like.
pub(super) fn own_transcendental(m: &mut Machine, v: Value, args: Args<'_>, f: Transcendental) -> R<Value> {
    let [context] = bind(m, args, ["context"], 0)?;
    let (context, a) = (given_or_current(m, context)?, this::<Decimal>(m, v)?);
    compute(m, context, |constants, env| f(a.num(), constants, env))
}

/// The context and the other operand of `number.method(other, context=None)`.
fn other(m: &mut Machine, args: Args<'_>) -> R<(Gc<Context>, super::convert::Operand)> {
    let [other, context] = bind(m, args, ["other", "context"], 1)?;
    let context = given_or_current(m, context)?;
    Ok((context, operand_or_error(m, other)?))
}

/// `number.method(other, context=None)`.
pub(super) fn own_binary(m: &mut Machine, v: Value, args: Args<'_>, f: Two) -> R<Value> {
    let (context, b) = other(m, args)?;
    let a = this::<Decimal>(m, v)?;
    compute(m, context, |_, env| f(a.num(), b.num(), env))
}

/// The same where the answer is a truth value.
pub(super) fn own_test(m: &mut Machine, v: Value, args: Args<'_>, f: fn(Num<'_>, Num<'_>) -> bool) -> R<Value> {
    let (_, b) = other(m, args)?;
    let a = this::<Decimal>(m, v)?;
    Ok(Value::from_bool(f(a.num(), b.num())))
}

/// `number.is_…(context=None)`.
pub(super) fn own_property(m: &mut Machine, v: Value, args: Args<'_>, f: fn(Num<'_>, &Env) -> bool) -> R<Value> {
    let [context] = bind(m, args, ["context"], 0)?;
    let (context, a) = (given_or_current(m, context)?, this::<Decimal>(m, v)?);
    Ok(Value::from_bool(f(a.num(), &context.env())))
}

/// `number.is_…()`.
pub(super) fn own_trait(m: &mut Machine, v: Value, f: fn(Num<'_>) -> bool) -> R<Value> {
    let a = this::<Decimal>(m, v)?;
    Ok(Value::from_bool(f(a.num())))
}

/// `number.method()` that needs no context.
pub(super) fn own_plain(m: &mut Machine, v: Value, f: fn(Num<'_>) -> Num<'_>) -> R<Value> {
    let a = this::<Decimal>(m, v)?;
    Ok(m.new_decimal(f(a.num())))
}

/// `context.method(number)`.
pub(super) fn unary(m: &mut Machine, v: Value, args: Args<'_>, f: One) -> R<Value> {
    let a = operand_or_error(m, args.pos()[0])?;
    let context = this::<Context>(m, v)?;
    compute(m, context, |_, env| f(a.num(), env))
}

/// The same for `exp` and its like.
pub(super) fn transcendental(m: &mut Machine, v: Value, args: Args<'_>, f: Transcendental) -> R<Value> {
    let a = operand_or_error(m, args.pos()[0])?;
    let context = this::<Context>(m, v)?;
    compute(m, context, |constants, env| f(a.num(), constants, env))
}

/// `context.method(x, y)`.
pub(super) fn binary(m: &mut Machine, v: Value, args: Args<'_>, f: Two) -> R<Value> {
    let [a, b] = positional(m, args, 2)?;
    let (a, b) = (operand_or_error(m, a)?, operand_or_error(m, b)?);
    let context = this::<Context>(m, v)?;
    compute(m, context, |_, env| f(a.num(), b.num(), env))
}

/// The same where the answer is a truth value.
pub(super) fn test(m: &mut Machine, _: Value, args: Args<'_>, f: fn(Num<'_>, Num<'_>) -> bool) -> R<Value> {
    let [a, b] = positional(m, args, 2)?;
    let (a, b) = (operand_or_error(m, a)?, operand_or_error(m, b)?);
    Ok(Value::from_bool(f(a.num(), b.num())))
}

/// `context.is_…(number)`.
pub(super) fn property(m: &mut Machine, v: Value, args: Args<'_>, f: fn(Num<'_>, &Env) -> bool) -> R<Value> {
    let a = operand_or_error(m, args.pos()[0])?;
    let context = this::<Context>(m, v)?;
    Ok(Value::from_bool(f(a.num(), &context.env())))
}

/// The object itself if it is a `Decimal`.
pub(super) fn decimal_only(m: &mut Machine, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    if v.downcast::<Decimal>().is_some() { Ok(v) } else { Err(m.type_error("argument must be a Decimal")) }
}
