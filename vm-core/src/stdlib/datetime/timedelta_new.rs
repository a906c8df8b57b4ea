//! `timedelta(...)`: numbers of units, added up in microseconds. Whole numbers are added exactly; what floats leave over is added up as a
//! float and rounded at the end, half to even.

use super::arguments::{Signature, Taker};
use super::span::Span;
use super::state::state;
use super::timedelta::{alloc, make, too_long};
use super::timedelta_ops::span_of_micros;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::header::Gc;
use crate::object::protocol::BinaryOp;
use crate::object::typeobj::Type;
use crate::object::value::Value;

static SIGNATURE: Signature = Signature {
    name: "__new__",
    names: &["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"],
    required: 0,
    positional: 7,
};

/// For each unit, in the order in which they are added, its place among the parameters and its microseconds.
const UNITS: [(usize, i64); 7] =
    [(2, 1), (3, 1_000), (1, 1_000_000), (4, 60_000_000), (5, 3_600_000_000), (0, 86_400_000_000), (6, 604_800_000_000)];

pub(super) fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let mut given = [Value::NULL; 7];
    let mut taker = Taker::new(m, args, &SIGNATURE)?;
    for place in &mut given {
        if let Some(v) = taker.take(m)? {
            *place = v;
        }
    }
    taker.end(m)?;
    let span = match quick_sum(m, &given) {
        Some(micros) => Span::from_micros(micros).map_err(|e| too_long(m, e))?,
        None => {
            let micros = sum(m, &given)?;
            span_of_micros(m, micros)?
        }
    };
    Ok(if class == state(m).timedelta { make(m, span) } else { alloc(m, class, span) })
}

/// The whole part and the rest of a float.
fn parts(f: f64) -> (f64, f64) {
    (f.trunc(), f % 1.0)
}

/// The sum of plain integers and floats that are not large.
fn quick_sum(m: &Machine, given: &[Value; 7]) -> Option<i128> {
    let (mut total, mut left_over) = (0_i128, 0.0);
    for (place, unit) in UNITS {
        let v = given[place];
        if v.is_int() {
            total += i128::from(v.as_int()) * i128::from(unit);
        } else if v.is_immediate_float() || (v.is_ptr() && m.type_of(v) == m.types.float) {
            let (whole, rest) = parts(m.float_value(v)?);
            if !(-1e18..=1e18).contains(&whole) {
                return None;
            }
            total += whole as i128 * i128::from(unit);
            if rest != 0.0 {
                let (whole, rest) = parts(rest * unit as f64);
                total += whole as i128;
                left_over += rest;
            }
        } else if !v.is_null() {
            return None;
        }
    }
    Some(total + i128::from(rounded(left_over, total % 2 != 0)))
}

/// The whole microseconds of what floats left over, half of one rounded so that the sum becomes even.
fn rounded(left_over: f64, total_is_odd: bool) -> i64 {
    let whole = left_over.round();
    if (whole - left_over).abs() == 0.5 {
        let odd = if total_is_odd { 1.0 } else { 0.0 };
        return (2.0 * ((left_over + odd) * 0.5).round() - odd) as i64;
    }
    whole as i64
}

/// The sum of any numbers, by their own arithmetic.
fn sum(m: &mut Machine, given: &[Value; 7]) -> R<Value> {
    let (mut total, mut left_over) = (Value::small(0), 0.0);
    for (place, unit) in UNITS {
        let v = given[place];
        if v.is_null() {
            continue;
        }
        let unit_object = Value::small(unit);
        if m.is_int_instance(v) {
            let product = m.binary(BinaryOp::Mul, v, unit_object)?;
            total = m.binary(BinaryOp::Add, total, product)?;
        } else if let Some(f) = m.float_value(v) {
            let (whole, rest) = parts(f);
            let whole = crate::text::float_ops::to_int(whole).map_err(|e| m.raise_text(e))?;
            let whole = m.int_from_bigint(whole);
            let product = m.binary(BinaryOp::Mul, whole, unit_object)?;
            total = m.binary(BinaryOp::Add, total, product)?;
            if rest != 0.0 {
                let (whole, rest) = parts(rest * unit as f64);
                total = m.binary(BinaryOp::Add, total, Value::small(whole as i64))?;
                left_over += rest;
            }
        } else {
            let (name, got) = (SIGNATURE.names[place], m.type_name(v));
            return Err(m.type_error(&format!("unsupported type for timedelta {name} component: {got}")));
        }
    }
    if left_over == 0.0 {
        return Ok(total);
    }
    let low = m.binary(BinaryOp::And, total, Value::small(1))?;
    let odd = m.truthy(low)?;
    m.binary(BinaryOp::Add, total, Value::small(rounded(left_over, odd)))
}
