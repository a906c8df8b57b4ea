//! Quotients and remainders of integers of which one at least does not fit the word, rounded down: only what is wanted is computed.
//! The limbs' division is `text/limbs/div.rs`; the other operations are in `int_big.rs`.

use super::int_big::{MANY_LIMBS, Operand};
use super::value::Value;
use crate::machine::Machine;
use crate::text::int_ops;
use crate::text::limbs::{self, Limb};
use std::cmp::Ordering;

/// `a // b` for a divisor that is not zero.
pub(super) fn quotient(m: &mut Machine, a: Operand<'_>, b: Operand<'_>) -> Value {
    divide::<true, false>(m, a, Value::NULL, b).0
}

/// `a % b` for a divisor that is not zero; `dividend` is `a` as an exact `int`.
pub(super) fn rest(m: &mut Machine, a: Operand<'_>, dividend: Value, b: Operand<'_>) -> Value {
    divide::<false, true>(m, a, dividend, b).1
}

/// `divmod(a, b)` for a divisor that is not zero; `dividend` is `a` as an exact `int`.
pub(super) fn both(m: &mut Machine, a: Operand<'_>, dividend: Value, b: Operand<'_>) -> (Value, Value) {
    divide::<true, true>(m, a, dividend, b)
}

#[inline(always)]
fn divide<const QUOTIENT: bool, const REST: bool>(m: &mut Machine, a: Operand<'_>, dividend: Value, b: Operand<'_>) -> (Value, Value) {
    let mixed = a.negative != b.negative;
    if limbs::compare(a.limbs, b.limbs) == Ordering::Less {
        let below = mixed && !a.is_zero();
        let rest = match (REST, below) {
            (false, _) => Value::NULL,
            (true, true) => from_above(m, b, a.limbs),
            (true, false) => dividend,
        };
        return (Value::small(-i64::from(below)), rest);
    }
    match *b.limbs {
        [d] => {
            let (q, rest) = if QUOTIENT {
                let mut rest = 0;
                let q = new_quotient(m, mixed, a.limbs.len(), |q| {
                    rest = limbs::div_rem_word(q, a.limbs, d);
                    rest != 0
                });
                (q, rest)
            } else {
                (Value::NULL, limbs::rem_word(a.limbs, d))
            };
            let rest = if mixed && rest != 0 { d - rest } else { rest };
            (q, if REST { m.int_from_limb(b.negative, rest) } else { Value::NULL })
        }
        [low, high] => {
            let (q, rest) = if QUOTIENT {
                let mut rest = 0;
                let q = new_quotient(m, mixed, a.limbs.len() - 1, |q| {
                    rest = limbs::by_two::<true>(q, a.limbs, low, high);
                    rest != 0
                });
                (q, rest)
            } else {
                (Value::NULL, limbs::by_two::<false>(&mut [], a.limbs, low, high))
            };
            let d = u128::from(high) << 64 | u128::from(low);
            let rest = if mixed && rest != 0 { d - rest } else { rest };
            (q, if REST { m.int_from_u128(b.negative, rest) } else { Value::NULL })
        }
        _ => match a.limbs.len() + 1 + b.limbs.len() {
            0..=16 => by_many::<QUOTIENT, REST>(m, a, b, &mut [0; 16]),
            17..=80 => by_many::<QUOTIENT, REST>(m, a, b, &mut [0; 80]),
            room => by_long::<QUOTIENT, REST>(m, a, b, room),
        },
    }
}

#[inline(never)]
fn by_long<const QUOTIENT: bool, const REST: bool>(m: &mut Machine, a: Operand<'_>, b: Operand<'_>, room: usize) -> (Value, Value) {
    // Both methods take time in proportion to the quotient's length times the divisor's.
    if b.is_long() && a.limbs.len() >= b.limbs.len() + MANY_LIMBS {
        let (q, r) = int_ops::div_mod(&a.big(), &b.big()).unwrap_or_default();
        return (m.int_from_bigint(q), m.int_from_bigint(r));
    }
    by_many::<QUOTIENT, REST>(m, a, b, &mut vec![0; room])
}

/// Division by three limbs or more; `room` is for [`limbs::divide`].
#[inline(never)]
fn by_many<const QUOTIENT: bool, const REST: bool>(m: &mut Machine, a: Operand<'_>, b: Operand<'_>, room: &mut [Limb]) -> (Value, Value) {
    let (mixed, n) = (a.negative != b.negative, b.limbs.len());
    let q = if QUOTIENT {
        new_quotient(m, mixed, a.limbs.len() + 1 - n, |q| {
            limbs::divide::<true>(q, room, a.limbs, b.limbs);
            room[..n].iter().any(|&x| x != 0)
        })
    } else {
        limbs::divide::<false>(&mut [], room, a.limbs, b.limbs);
        Value::NULL
    };
    if !REST {
        return (q, Value::NULL);
    }
    let rest = limbs::trimmed(&room[..n]);
    let rest = if mixed && !rest.is_empty() { from_above(m, b, rest) } else { m.int_from_limbs(b.negative, rest) };
    (q, rest)
}

/// The quotient of `len` limbs that `fill` writes; it says whether there is a remainder. Of operands of different signs the quotient is
/// rounded away from zero then.
#[inline(always)]
fn new_quotient(m: &mut Machine, mixed: bool, len: usize, fill: impl FnOnce(&mut [Limb]) -> bool) -> Value {
    m.new_big(mixed, len + usize::from(mixed), |out| {
        if !mixed {
            fill(out);
            return;
        }
        out[len] = 0;
        if fill(&mut out[..len]) {
            limbs::increment(out);
        }
    })
}

/// `b - a` for magnitudes `a < b`, with the sign of `b`.
#[inline(never)]
fn from_above(m: &mut Machine, b: Operand<'_>, a: &[Limb]) -> Value {
    m.new_big(b.negative, b.limbs.len(), |out| limbs::sub(out, b.limbs, a))
}
