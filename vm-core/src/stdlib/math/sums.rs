//! Sums, products and norms of `math`, with CPython's compensated arithmetic.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::protocol::BinaryOp;
use crate::object::value::Value;

/// Shewchuk's exact sum: partial sums that do not overlap, rounded once at the end.
pub(super) fn fsum(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let iterator = m.iter(args.pos()[0])?;
    let mut partials: Vec<f64> = Vec::new();
    let (mut special_sum, mut inf_sum) = (0.0f64, 0.0f64);
    while let Some(item) = m.next(iterator)? {
        let original = m.as_f64(item)?;
        let mut x = original;
        let mut kept = 0;
        for j in 0..partials.len() {
            let mut y = partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x != 0.0 {
            if x.is_finite() {
                partials.push(x);
            } else {
                if original.is_finite() {
                    return Err(m.overflow_error("intermediate overflow in fsum"));
                }
                if original.is_infinite() {
                    inf_sum += original;
                }
                special_sum += original;
                partials.clear();
            }
        }
    }
    if special_sum != 0.0 {
        if inf_sum.is_nan() {
            return Err(m.value_error("-inf + inf in fsum"));
        }
        return Ok(m.new_float(special_sum));
    }
    let mut high = 0.0;
    if let Some(top) = partials.pop() {
        high = top;
        let mut low = 0.0;
        while let Some(y) = partials.pop() {
            let x = high;
            high = x + y;
            low = y - (high - x);
            if low != 0.0 {
                break;
            }
        }
        // Round half to even across the partial sums that are left.
        if let Some(&next) = partials.last()
            && ((low < 0.0 && next < 0.0) || (low > 0.0 && next > 0.0))
        {
            let y = low * 2.0;
            let x = high + y;
            if y == x - high {
                high = x;
            }
        }
    }
    Ok(m.new_float(high))
}

pub(super) fn prod(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
    let [iterable, start] = args.bind(m, "prod", ["", "start"], spec)?;
    let iterator = m.iter(iterable)?;
    let mut total = start.non_null().unwrap_or(Value::small(1));
    while let Some(item) = m.next(iterator)? {
        total = m.binary(BinaryOp::Mul, total, item)?;
    }
    Ok(total)
}

fn exact_sum(a: f64, b: f64) -> (f64, f64) {
    let x = a + b;
    let z = x - a;
    (x, (a - (x - z)) + (b - z))
}

fn exact_product(x: f64, y: f64) -> (f64, f64) {
    let z = x * y;
    (z, x.mul_add(y, -z))
}

pub(super) fn sumprod(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "sumprod", 2, 2)?;
    let (p, q) = (m.iter(args[0])?, m.iter(args[1])?);
    let mut total = Value::small(0);
    let (mut ints, mut floats, mut floats_used) = (true, true, false);
    let mut sum = (0.0f64, 0.0f64, 0.0f64);
    loop {
        let (a, b) = (m.next(p)?, m.next(q)?);
        let pair = match (a, b) {
            (Some(a), Some(b)) => Some((a, b)),
            (None, None) => None,
            _ => return Err(m.value_error("Inputs are not the same length")),
        };
        if ints {
            if let Some((a, b)) = pair
                && Value::both_int(a, b)
            {
                let product = m.binary(BinaryOp::Mul, a, b)?;
                total = m.binary(BinaryOp::Add, total, product)?;
                continue;
            }
            ints = false;
        }
        if floats {
            if let Some((a, b)) = pair
                && let Some((x, y)) = float_pair(m, a, b)
            {
                let product = exact_product(x, y);
                let s = exact_sum(sum.0, product.0);
                let r1 = exact_sum(sum.1, product.1);
                let r2 = exact_sum(r1.0, s.1);
                if s.0.is_finite() {
                    sum = (s.0, r2.0, sum.2 + r1.1 + r2.1);
                    floats_used = true;
                    continue;
                }
            }
            floats = false;
            if floats_used {
                let last = exact_sum(sum.1, sum.0);
                let v = m.new_float(sum.2 + last.1 + last.0);
                total = m.binary(BinaryOp::Add, total, v)?;
            }
        }
        let Some((a, b)) = pair else { return Ok(total) };
        let product = m.binary(BinaryOp::Mul, a, b)?;
        total = m.binary(BinaryOp::Add, total, product)?;
    }
}

/// A pair of floats, or of a float and an int.
fn float_pair(m: &mut Machine, a: Value, b: Value) -> Option<(f64, f64)> {
    let is_float = |v: Value| m.type_of(v) == m.types.float;
    let is_int = |v: Value| v.is_bool() || m.type_of(v) == m.types.int;
    let (fa, fb) = (is_float(a), is_float(b));
    if !(fa && (fb || is_int(b)) || fb && is_int(a)) {
        return None;
    }
    let mut number = |v: Value| match m.as_f64(v) {
        Ok(f) => Some(f),
        Err(_) => {
            m.take_raised();
            None
        }
    };
    Some((number(a)?, number(b)?))
}

/// The Euclidean norm, correctly rounded in nearly all cases: squares and their errors are summed after exact scaling.
fn norm(values: &mut [f64]) -> f64 {
    let max = values.iter().fold(0.0f64, |a, &x| if x > a { x } else { a });
    if max.is_infinite() {
        return max;
    }
    if values.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || values.len() <= 1 {
        return max;
    }
    let (_, e) = super::parts::split(max);
    if e < -1023 {
        values.iter_mut().for_each(|x| *x /= f64::MIN_POSITIVE);
        return f64::MIN_POSITIVE * norm(values);
    }
    let scale = super::parts::scale(1.0, -e);
    let fast_sum = |a: f64, b: f64| {
        let x = a + b;
        (x, (a - x) + b)
    };
    let (mut sum, mut low, mut carry) = (1.0, 0.0, 0.0);
    for &x in values.iter() {
        let x = x * scale;
        let square = exact_product(x, x);
        let s = fast_sum(sum, square.0);
        sum = s.0;
        low += square.1;
        carry += s.1;
    }
    let mut h = (sum - 1.0 + (low + carry)).sqrt();
    let square = exact_product(-h, h);
    let s = fast_sum(sum, square.0);
    low += square.1;
    carry += s.1;
    let x = s.0 - 1.0 + (low + carry);
    h += x / (2.0 * h);
    h / scale
}

pub(super) fn hypot(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    args.no_keywords(m, "math.hypot")?;
    let mut values = Vec::with_capacity(args.len());
    for &v in args.pos() {
        values.push(m.as_f64(v)?.abs());
    }
    let r = norm(&mut values);
    Ok(m.new_float(r))
}

pub(super) fn dist(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "dist", 2, 2)?;
    let (p, q) = (m.collect(args[0])?, m.collect(args[1])?);
    if p.len() != q.len() {
        return Err(m.value_error("both points must have the same number of dimensions"));
    }
    let mut values = Vec::with_capacity(p.len());
    for i in 0..p.len() {
        let (a, b) = (m.as_f64(p[i])?, m.as_f64(q[i])?);
        values.push((a - b).abs());
    }
    let r = norm(&mut values);
    Ok(m.new_float(r))
}
