//! Operators on constants: which pairs of types they accept and which results are too big to keep.
//!
//! `number` and `complex` do the computing. An operation that would raise, or whose result would be large, yields `None`
//! and the expression stays.

use super::complex;
use super::number::{as_int, float_divmod, float_pow, int_to_float, int_true_div};
use crate::code::Const;
use crate::compile::ast::{Operator, UnaryOp};
use crate::text::wtf8::count_chars;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{FromPrimitive, ToPrimitive, Zero};

/// The largest folded integer, in bits.
const MAX_INT_BITS: u64 = 128;
/// The longest tuple made by repetition.
const MAX_COLLECTION: usize = 256;
/// The longest string made by repetition, in code points.
const MAX_STR: usize = 4096;
/// The most items of a repeated tuple, nested ones included.
const MAX_TOTAL_ITEMS: usize = 1024;

/// A number on its way through an operator.
enum Number {
    Int(BigInt),
    Float(f64),
    Complex(f64, f64),
}

impl Number {
    fn of(value: &Const) -> Option<Number> {
        match value {
            Const::Float(f) => Some(Number::Float(*f)),
            Const::Complex(re, im) => Some(Number::Complex(*re, *im)),
            _ => as_int(value).map(Number::Int),
        }
    }

    fn float(&self) -> Option<f64> {
        match self {
            Number::Int(i) => int_to_float(i),
            Number::Float(f) => Some(*f),
            Number::Complex(..) => None,
        }
    }

    fn complex(&self) -> Option<(f64, f64)> {
        match self {
            Number::Complex(re, im) => Some((*re, *im)),
            _ => self.float().map(|f| (f, 0.0)),
        }
    }
}

/// Python's `==` between constants.
pub(crate) fn python_eq(a: &Const, b: &Const) -> bool {
    match (a, b) {
        (Const::None, Const::None) | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => a == b,
        (Const::Tuple(a), Const::Tuple(b)) => a.len() == b.len() && a.iter().zip(&**b).all(|(a, b)| python_eq(a, b)),
        (Const::FrozenSet(a), Const::FrozenSet(b)) => a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| python_eq(x, y))),
        _ => match (Number::of(a), Number::of(b)) {
            (Some(Number::Int(a)), Some(Number::Int(b))) => a == b,
            (Some(Number::Int(i)), Some(Number::Float(f))) | (Some(Number::Float(f)), Some(Number::Int(i))) => {
                f.is_finite() && f == f.trunc() && BigInt::from_f64(f) == Some(i)
            }
            (Some(a), Some(b)) => a.complex().zip(b.complex()).is_some_and(|(a, b)| a == b),
            _ => false,
        },
    }
}

/// A unary operator on a constant.
pub(super) fn unary(op: UnaryOp, value: &Const) -> Option<Const> {
    if op == UnaryOp::Not {
        return Some(Const::Bool(!value.is_true()));
    }
    Some(match (op, Number::of(value)?) {
        (UnaryOp::Invert, Number::Int(i)) => Const::Int((!i).into()),
        (UnaryOp::UAdd, Number::Int(i)) => Const::Int(i.into()),
        (UnaryOp::UAdd, Number::Float(f)) => Const::Float(f),
        (UnaryOp::UAdd, Number::Complex(re, im)) => Const::Complex(re, im),
        (UnaryOp::USub, Number::Int(i)) => Const::Int((-i).into()),
        (UnaryOp::USub, Number::Float(f)) => Const::Float(-f),
        (UnaryOp::USub, Number::Complex(re, im)) => Const::Complex(-re, -im),
        _ => return None,
    })
}

/// A binary operator on two constants.
pub(super) fn binary(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    match (op, a, b) {
        (Operator::Add, Const::Str(a), Const::Str(b)) => return Some(Const::Str([&**a, &**b].concat().into())),
        (Operator::Add, Const::Bytes(a), Const::Bytes(b)) => return Some(Const::Bytes([&**a, &**b].concat().into())),
        (Operator::Add, Const::Tuple(a), Const::Tuple(b)) => return Some(Const::Tuple([&**a, &**b].concat().into())),
        (Operator::Mult, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_), _) => return repeat(a, b),
        (Operator::Mult, _, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_)) => return repeat(b, a),
        (Operator::BitAnd, Const::Bool(a), Const::Bool(b)) => return Some(Const::Bool(a & b)),
        (Operator::BitOr, Const::Bool(a), Const::Bool(b)) => return Some(Const::Bool(a | b)),
        (Operator::BitXor, Const::Bool(a), Const::Bool(b)) => return Some(Const::Bool(a ^ b)),
        _ => {}
    }
    match (Number::of(a)?, Number::of(b)?) {
        (Number::Int(a), Number::Int(b)) => int_binary(op, &a, &b),
        (a @ Number::Complex(..), b) | (a, b @ Number::Complex(..)) => complex_binary(op, a.complex()?, b.complex()?),
        (a, b) => float_binary(op, a.float()?, b.float()?),
    }
}

fn int_binary(op: Operator, a: &BigInt, b: &BigInt) -> Option<Const> {
    let nonzero = !a.is_zero() && !b.is_zero();
    let result = match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => {
            if nonzero && a.bits() + b.bits() > MAX_INT_BITS {
                return None;
            }
            a * b
        }
        Operator::Div => return int_true_div(a, b).map(Const::Float),
        Operator::FloorDiv if !b.is_zero() => a.div_floor(b),
        Operator::Mod if !b.is_zero() => a.mod_floor(b),
        Operator::Pow => return int_pow(a, b),
        Operator::LShift => {
            if b.sign() == Sign::Minus {
                return None;
            }
            if !nonzero {
                return Some(Const::Int(a.clone().into()));
            }
            let shift = b.to_u64().filter(|s| *s <= MAX_INT_BITS && a.bits() + s <= MAX_INT_BITS)?;
            a << shift
        }
        Operator::RShift => {
            if b.sign() == Sign::Minus {
                return None;
            }
            match b.to_u64() {
                Some(shift) if shift <= a.bits() => a >> shift,
                _ if a.sign() == Sign::Minus => BigInt::from(-1),
                _ => BigInt::ZERO,
            }
        }
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::BitAnd => a & b,
        Operator::MatMult | Operator::FloorDiv | Operator::Mod => return None,
    };
    Some(Const::Int(result.into()))
}

fn int_pow(a: &BigInt, b: &BigInt) -> Option<Const> {
    match b.sign() {
        Sign::Minus => float_binary(Operator::Pow, int_to_float(a)?, int_to_float(b)?),
        Sign::NoSign => Some(Const::Int(1.into())),
        Sign::Plus if a.is_zero() => Some(Const::Int(0.into())),
        Sign::Plus => {
            let exponent = b.to_u32()?;
            if a.bits() > MAX_INT_BITS / u64::from(exponent) {
                return None;
            }
            Some(Const::Int(a.pow(exponent).into()))
        }
    }
}

fn float_binary(op: Operator, a: f64, b: f64) -> Option<Const> {
    Some(Const::Float(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        Operator::FloorDiv => float_divmod(a, b)?.0,
        Operator::Mod => float_divmod(a, b)?.1,
        Operator::Pow => match float_pow(a, b)? {
            Ok(power) => power,
            Err(()) => return complex_binary(op, (a, 0.0), (b, 0.0)),
        },
        _ => return None,
    }))
}

fn complex_binary(op: Operator, a: (f64, f64), b: (f64, f64)) -> Option<Const> {
    let (re, im) = match op {
        Operator::Add => (a.0 + b.0, a.1 + b.1),
        Operator::Sub => (a.0 - b.0, a.1 - b.1),
        Operator::Mult => complex::mul(a, b),
        Operator::Div => complex::div(a, b)?,
        Operator::Pow => complex::pow(a, b)?,
        _ => return None,
    };
    Some(Const::Complex(re, im))
}

/// `limit` less the items of `value`, nested ones included; `None` when there are more.
fn within(value: &Const, limit: usize) -> Option<usize> {
    match value {
        Const::Tuple(items) => items.iter().try_fold(limit.checked_sub(items.len())?, |left, item| within(item, left)),
        _ => Some(limit),
    }
}

fn repeat(sequence: &Const, count: &Const) -> Option<Const> {
    let count = as_int(count)?;
    let (len, max) = match sequence {
        Const::Str(text) => (count_chars(text), MAX_STR),
        Const::Bytes(bytes) => (bytes.len(), MAX_STR),
        Const::Tuple(items) => (items.len(), MAX_COLLECTION),
        _ => return None,
    };
    if len == 0 {
        return count.to_i64().map(|_| sequence.clone());
    }
    let count = count.to_usize().filter(|n| *n <= max / len)?;
    Some(match sequence {
        Const::Str(text) => Const::Str(text.repeat(count).into()),
        Const::Bytes(bytes) => Const::Bytes(bytes.repeat(count).into()),
        Const::Tuple(items) => {
            if let Some(limit) = MAX_TOTAL_ITEMS.checked_div(count) {
                within(sequence, limit)?;
            }
            let repeated: Vec<Const> = std::iter::repeat_n(&**items, count).flatten().cloned().collect();
            Const::Tuple(repeated.into())
        }
        _ => return None,
    })
}
