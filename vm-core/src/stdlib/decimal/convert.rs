//! Python values to decimals: the constructor, `create_decimal`, operands of operators and methods.

use super::arguments::{bind, word};
use super::context::Context;
use super::current::given_or_current;
use super::number::binary::from_binary;
use super::number::parse::{parse, parse_exact};
use super::number::rounding::finalize;
use super::number::{Dec, Env, Num, status};
use super::object::Decimal;
use crate::machine::{Machine, R, Raised};
use crate::native::Args;
use crate::object::header::Gc;
use crate::object::int::IntRef;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::text::{unicode, wtf8};
use num_bigint::BigUint;

/// An operand: an object or a converted integer.
pub(super) enum Operand {
    /// A `Decimal`.
    Object(Gc<Decimal>),
    /// A number made of another value.
    Made(Dec),
}

impl Operand {
    #[inline]
    pub(super) fn num(&self) -> Num<'_> {
        match self {
            Operand::Object(object) => object.num(),
            Operand::Made(number) => number.num(),
        }
    }
}

/// The number of an integer.
pub(super) fn of_int(int: IntRef) -> Dec {
    match int {
        IntRef::Word(n) => Dec::of_i64(n),
        IntRef::Big(n) => Dec::finite(n.is_negative(), from_binary(n.limbs()), 0),
    }
}

/// A `Decimal` or an integer as an operand.
#[inline]
pub(super) fn operand(v: Value) -> Option<Operand> {
    match v.downcast::<Decimal>() {
        Some(object) => Some(Operand::Object(object)),
        None => IntRef::of(v).map(|int| Operand::Made(of_int(int))),
    }
}

fn unsupported(m: &mut Machine, v: Value) -> Raised {
    let name = m.type_name(v);
    m.type_error(&format!("conversion from {name} to Decimal is not supported"))
}

/// The same, or the `TypeError`.
#[inline]
pub(super) fn operand_or_error(m: &mut Machine, v: Value) -> R<Operand> {
    match operand(v) {
        Some(operand) => Ok(operand),
        None => Err(unsupported(m, v)),
    }
}

/// A float's number, exactly.
pub(super) fn of_float(f: f64) -> Dec {
    let negative = f.is_sign_negative();
    if f.is_nan() {
        return Dec::nan();
    }
    if f.is_infinite() {
        return Dec::infinity(negative);
    }
    if f == 0.0 {
        return Dec::small(negative, 0, 0);
    }
    let bits = f.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    let zeros = mantissa.trailing_zeros();
    let (odd, twos) = (mantissa >> zeros, exponent + zeros as i32);
    if twos >= 0 {
        let size = BigUint::from(odd) << twos as u32;
        return Dec::finite(negative, from_binary(&size.to_u64_digits()), 0);
    }
    // n / 2^k is n·5^k / 10^k.
    let k = twos.unsigned_abs();
    let size = BigUint::from(odd) * BigUint::from(5u32).pow(k);
    Dec::finite(negative, from_binary(&size.to_u64_digits()), -i64::from(k))
}

/// A numeric string in ASCII: other digits are replaced; blanks around and underscores are left out if `loose`. What is no number gives
/// an empty text.
fn numeric_text(bytes: &[u8], loose: bool) -> Vec<u8> {
    let codes: Vec<u32> = wtf8::code_points(bytes).collect();
    let blank = |code: &u32| loose && unicode::is_space(*code);
    let start = codes.iter().take_while(|code| blank(code)).count();
    let end = codes.len() - codes[start..].iter().rev().take_while(|code| blank(code)).count();
    let digit = |code: u32| if code < 128 { Some(code as u8) } else { unicode::decimal_value(code).map(|d| b'0' + d as u8) };
    let kept = codes[start..end].iter().filter(|&&code| !(loose && code == u32::from('_')));
    kept.map(|&code| digit(code)).collect::<Option<Vec<u8>>>().unwrap_or_default()
}

/// Reads a string; `loose` allows blanks around it and underscores.
fn of_str(s: Gc<Str>, loose: bool, read: impl FnOnce(&[u8]) -> Dec) -> Dec {
    let bytes = s.bytes();
    // Most strings are read as they are.
    let plain = s.is_ascii() && !(loose && bytes.iter().any(|&c| c == b'_' || unicode::is_space(u32::from(c))));
    if plain { read(bytes) } else { read(&numeric_text(bytes, loose)) }
}

fn items(v: Value) -> Option<Vec<Value>> {
    match v.downcast::<Tuple>() {
        Some(tuple) => Some(tuple.slice().to_vec()),
        None => v.downcast::<List>().map(|list| (0..list.len()).filter_map(|i| list.get(i)).collect()),
    }
}

/// Sign, digits and exponent of a tuple or list as a numeric string, as CPython reads them. No Python code runs here.
fn tuple_text(m: &mut Machine, v: Value) -> R<Vec<u8>> {
    let parts = items(v).unwrap_or_default();
    let [sign, digits, exponent] = *parts else {
        return Err(m.value_error("argument must be a sequence of length 3"));
    };
    let small = |v: Value| IntRef::of(v).and_then(IntRef::word);
    let sign = match IntRef::of(sign) {
        Some(IntRef::Big(_)) => return Err(m.overflow_error("Python int too large to convert to C long")),
        sign => sign.and_then(IntRef::word),
    };
    let mut text = match sign {
        Some(0) => b"+".to_vec(),
        Some(1) => b"-".to_vec(),
        _ => return Err(m.value_error("sign must be an integer with the value 0 or 1")),
    };
    let mut power = None;
    let mut infinite = false;
    if let Some(special) = exponent.downcast::<Str>() {
        match special.bytes() {
            b"F" => {
                text.extend_from_slice(b"Inf");
                infinite = true;
            }
            b"n" => text.extend_from_slice(b"NaN"),
            b"N" => text.extend_from_slice(b"sNaN"),
            _ => return Err(m.value_error("string argument in the third position must be 'F', 'n' or 'N'")),
        }
    } else if IntRef::of(exponent).is_some() {
        power = Some(word(m, exponent)?);
    } else {
        return Err(m.value_error("exponent must be an integer"));
    }
    let Some(digits) = items(digits) else { return Err(m.value_error("coefficient must be a tuple of digits")) };
    if digits.is_empty() && power.is_some() {
        text.push(b'0');
    }
    for digit in digits {
        match small(digit) {
            Some(digit @ 0..=9) if !infinite => text.push(b'0' + digit as u8),
            Some(0..=9) => {}
            _ => return Err(m.value_error("coefficient must be a tuple of digits")),
        }
    }
    if let Some(power) = power {
        text.extend_from_slice(format!("E{power}").as_bytes());
    }
    Ok(text)
}

/// `Decimal(value)` in a class: exact, or an invalid operation.
fn construct(m: &mut Machine, class: Gc<Type>, v: Value, context: Gc<Context>) -> R<Value> {
    let mut env = context.env();
    let number = if v.is_null() {
        Dec::small(false, 0, 0)
    } else if let Some(decimal) = v.downcast::<Decimal>() {
        let exact = if m.type_of(v) == m.decimal_class() { v } else { m.new_decimal(decimal.num()) };
        return Ok(m.decimal_as(class, exact));
    } else if let Some(s) = v.downcast::<Str>() {
        of_str(s, true, |text| parse_exact(text, &mut env))
    } else if let Some(int) = IntRef::of(v) {
        of_int(int)
    } else if v.downcast::<Tuple>().is_some() || v.downcast::<List>().is_some() {
        let text = tuple_text(m, v)?;
        parse_exact(&text, &mut env)
    } else if let Some(f) = m.float_value(v) {
        context.settle(m, status::FLOAT_OPERATION)?;
        of_float(f)
    } else {
        return Err(unsupported(m, v));
    };
    context.settle(m, env.status)?;
    Ok(m.decimal_of(class, &number))
}

/// `Decimal.__new__`.
pub(super) fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let [value, context] = bind(m, args, ["value", "context"], 0)?;
    let context = given_or_current(m, context)?;
    construct(m, class, value, context)
}

/// `Context.create_decimal`: rounded to the context.
pub(super) fn create(m: &mut Machine, context: Gc<Context>, v: Value) -> R<Value> {
    let mut env = context.env();
    let number = if v.is_null() {
        Dec::small(false, 0, 0)
    } else if let Some(decimal) = v.downcast::<Decimal>() {
        let n = decimal.num();
        if n.is_nan() && n.digits() > env.prec - i64::from(env.clamp) {
            env.error(status::CONVERSION_SYNTAX)
        } else {
            let mut number = n.to_dec();
            finalize(&mut number, &mut env);
            number
        }
    } else if let Some(s) = v.downcast::<Str>() {
        of_str(s, false, |text| parse(text, &mut env))
    } else if let Some(int) = IntRef::of(v) {
        let mut number = of_int(int);
        finalize(&mut number, &mut env);
        number
    } else if v.downcast::<Tuple>().is_some() || v.downcast::<List>().is_some() {
        let text = tuple_text(m, v)?;
        parse(&text, &mut env)
    } else if m.float_value(v).is_some() {
        context.settle(m, status::FLOAT_OPERATION)?;
        return create_from_float(m, context, v);
    } else {
        return Err(unsupported(m, v));
    };
    context.settle(m, env.status)?;
    Ok(m.new_decimal(number.num()))
}

fn float_or_int(m: &mut Machine, v: Value) -> R<Dec> {
    if let Some(int) = IntRef::of(v) {
        return Ok(of_int(int));
    }
    match m.float_value(v) {
        Some(f) => Ok(of_float(f)),
        None => Err(m.type_error("argument must be int or float")),
    }
}

/// `Context.create_decimal_from_float`.
pub(super) fn create_from_float(m: &mut Machine, context: Gc<Context>, v: Value) -> R<Value> {
    let mut number = float_or_int(m, v)?;
    let mut env = context.env();
    finalize(&mut number, &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(number.num()))
}

/// `Decimal.from_float`, a class method.
pub(super) fn from_float(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let number = float_or_int(m, args.pos()[0])?;
    let made = m.new_decimal(number.num());
    if class.is(m.decimal_class().value()) { Ok(made) } else { m.call(class, &[made]) }
}

/// The second operand of a comparison, and the first one, which a fraction's denominator multiplies.
pub(super) struct Compared {
    pub(super) left: Option<Dec>,
    pub(super) right: Operand,
}

/// What a `Decimal` is compared with; `None` for what it cannot be compared with.
pub(super) fn compared(m: &mut Machine, left: Gc<Decimal>, v: Value, equality: bool, context: Gc<Context>) -> R<Option<Compared>> {
    if let Some(right) = operand(v) {
        return Ok(Some(Compared { left: None, right }));
    }
    let float = match m.float_value(v) {
        Some(f) => {
            if !equality {
                context.settle(m, status::FLOAT_OPERATION)?;
            }
            Some(f)
        }
        None if equality => match m.complex_value(v) {
            Some((re, 0.0)) => Some(re),
            Some(_) => return Ok(None),
            None => None,
        },
        None => None,
    };
    if let Some(f) = float {
        context.note(status::FLOAT_OPERATION);
        return Ok(Some(Compared { left: None, right: Operand::Made(of_float(f)) }));
    }
    if m.complex_value(v).is_some() {
        return Ok(None);
    }
    let rational = m.lib.decimal.rational;
    if rational.is_null() || !m.is_instance(v, rational)? {
        return Ok(None);
    }
    let right = rational_part(m, v, "numerator")?;
    if left.num().is_special() {
        return Ok(Some(Compared { left: None, right: Operand::Made(right) }));
    }
    let denominator = rational_part(m, v, "denominator")?;
    let n = left.num();
    let mut product = super::number::sum::multiply(Num { exp: 0, ..n }, denominator.num(), &mut Env::MAX.clone());
    product.exp = n.exp;
    Ok(Some(Compared { left: Some(product), right: Operand::Made(right) }))
}

fn rational_part(m: &mut Machine, v: Value, name: &str) -> R<Dec> {
    let name = m.intern(name);
    let part = m.get_attr(v, name)?;
    match IntRef::of(part) {
        Some(int) => Ok(of_int(int)),
        None => Err(m.type_error("argument must be an integer")),
    }
}

/// An exact number if nothing was lost; for the functions that convert before they compute.
pub(super) fn apply(m: &mut Machine, context: Gc<Context>, n: Num<'_>) -> R<Value> {
    let mut env = context.env();
    let mut number = n.to_dec();
    finalize(&mut number, &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(number.num()))
}
