//! What generic opcodes do in place when both operands are numbers held in the word. It is what the types' slots would do (`int_arith.rs`,
//! `float_type.rs`), for the cases that take a few instructions; whatever is rare, raises or leaves the word is left to them.

use crate::object::int_arith::div_mod_u32;
use crate::object::value::Value;

/// `left op right`, for an operator by its number in the bytecode (in-place ones too: numbers have no slots for them).
#[inline(always)]
pub(super) fn binary(number: usize, left: Value, right: Value) -> Option<Value> {
    if Value::both_int(left, right) {
        return integers(number, left, right);
    }
    if !Value::both_word_numbers(left, right) {
        return None;
    }
    let (a, b) = (float(left)?, float(right)?);
    Value::try_float(match number {
        0 | 13 => a + b,
        5 | 18 => a * b,
        10 | 23 => a - b,
        11 | 24 if b != 0.0 => a / b,
        _ => return None,
    })
}

#[inline(always)]
fn integers(number: usize, left: Value, right: Value) -> Option<Value> {
    let (a, b) = (left.raw_int(), right.raw_int());
    Some(Value::from_raw_int(match number {
        0 | 13 => a.checked_add(b)?,
        1 | 14 => a & b,
        2 | 15 => return Some(Value::small(div_mod_u32(left.as_int(), right.as_int())?.0)),
        6 | 19 => return Some(Value::small(div_mod_u32(left.as_int(), right.as_int())?.1)),
        3 | 16 => {
            let by @ 0..=61 = right.as_int() else { return None };
            if a << by >> by != a {
                return None;
            }
            a << by
        }
        5 | 18 => a.checked_mul(right.as_int())?,
        7 | 20 => a | b,
        9 | 22 => {
            let by @ 0..=61 = right.as_int() else { return None };
            return Some(Value::small(left.as_int() >> by));
        }
        10 | 23 => a.checked_sub(b)?,
        11 | 24 => {
            let (a, b) = (exact(left)?, exact(right)?);
            return if b == 0.0 { None } else { Value::try_float(a / b) };
        }
        12 | 25 => a ^ b,
        _ => return None,
    }))
}

/// An integer of the word as a float, if it is one exactly.
#[inline(always)]
fn exact(v: Value) -> Option<f64> {
    let n = v.as_int();
    let f = n as f64;
    // SAFETY: integers of the word have fewer than 63 bits.
    if unsafe { f.to_int_unchecked::<i64>() } == n { Some(f) } else { None }
}

/// A number of the word as a float, if that changes nothing.
#[inline(always)]
fn float(v: Value) -> Option<f64> {
    if v.is_int() { exact(v) } else { Some(v.as_immediate_float()) }
}

/// The bit of a comparison's mask that the order of two numbers, none of them a NaN, sets.
#[inline(always)]
pub(super) fn order_bit<T: PartialOrd>(a: T, b: T) -> usize {
    if a < b {
        2
    } else if a > b {
        4
    } else {
        8
    }
}

/// `left op right` for a comparison whose mask (CPython's, in the argument of COMPARE_OP: bit 1 less, bit 2 greater, bit 3 equal) is given.
#[inline(always)]
pub(super) fn compare(mask: usize, left: Value, right: Value) -> Option<Value> {
    let bit = if Value::both_int(left, right) {
        order_bit(left.raw_int(), right.raw_int())
    } else if Value::both_word_numbers(left, right) {
        order_bit(float(left)?, float(right)?)
    } else {
        return None;
    };
    Some(Value::from_bool(mask & bit != 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::int_arith::EXACT;

    const INTS: [i64; 17] = [
        0,
        1,
        -1,
        2,
        -2,
        7,
        -7,
        61,
        62,
        63,
        1 << 31,
        (1 << 32) - 1,
        1 << 32,
        EXACT as i64,
        EXACT as i64 + 1,
        Value::INT_MAX,
        Value::INT_MIN,
    ];

    #[test]
    fn integers_are_those_of_wide_arithmetic() {
        for a in INTS {
            for b in INTS {
                let (x, y) = (i128::from(a), i128::from(b));
                let fits = |n: i128| i64::try_from(n).ok().and_then(Value::try_int);
                for (number, exact) in
                    [(0, Some(x + y)), (10, Some(x - y)), (5, Some(x * y)), (1, Some(x & y)), (7, Some(x | y)), (12, Some(x ^ y))]
                {
                    assert_eq!(binary(number, Value::small(a), Value::small(b)), exact.and_then(fits), "{a} {number} {b}");
                    assert_eq!(binary(number + 13, Value::small(a), Value::small(b)), exact.and_then(fits), "{a} {number}= {b}");
                }
                if let Some(v) = binary(2, Value::small(a), Value::small(b)) {
                    assert_eq!(Some(v), fits(x.div_euclid(y)), "{a} // {b}");
                }
                if let Some(v) = binary(6, Value::small(a), Value::small(b)) {
                    assert_eq!(Some(v), fits(x.rem_euclid(y)), "{a} % {b}");
                }
                if let Some(v) = binary(3, Value::small(a), Value::small(b)) {
                    assert_eq!(Some(v), fits(x << y), "{a} << {b}");
                }
                if let Some(v) = binary(9, Value::small(a), Value::small(b)) {
                    assert_eq!(Some(v), fits(x >> y), "{a} >> {b}");
                }
                for (mask, holds) in [(2, a < b), (10, a <= b), (4, a > b), (12, a >= b), (8, a == b), (7, a != b)] {
                    assert_eq!(compare(mask, Value::small(a), Value::small(b)), Some(Value::from_bool(holds)), "{a} {b} {mask}");
                }
            }
        }
    }

    #[test]
    fn small_operands_need_no_slot() {
        let n = Value::small;
        assert_eq!(binary(2, n(7), n(2)), Some(n(3)));
        assert_eq!(binary(19, n(7), n(2)), Some(n(1)));
        assert_eq!(binary(3, n(-3), n(4)), Some(n(-48)));
        assert_eq!(binary(9, n(-3), n(1)), Some(n(-2)));
        assert_eq!(binary(11, n(1), n(2)), Value::try_float(0.5));
        assert_eq!(binary(6, n(7), n(0)), None);
        assert_eq!(binary(11, n(7), n(0)), None);
        assert_eq!(binary(8, n(7), n(2)), None);
        assert_eq!(binary(4, n(7), n(2)), None);
    }

    #[test]
    fn floats_and_what_is_exactly_one() {
        let f = |x: f64| Value::try_float(x).unwrap_or(Value::NULL);
        assert_eq!(binary(0, f(1.5), Value::small(2)), Some(f(3.5)));
        assert_eq!(binary(24, Value::small(3), f(1.5)), Some(f(2.0)));
        assert_eq!(binary(10, f(1.5), f(1.5)), None, "zero is boxed");
        assert_eq!(binary(5, f(1.5), Value::small(EXACT as i64 + 1)), None);
        assert_eq!(compare(2, Value::small(1), f(1.5)), Some(Value::TRUE));
        assert_eq!(compare(8, Value::small(EXACT as i64 + 1), f(EXACT as f64)), None);
    }
}
