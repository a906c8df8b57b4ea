//! Arithmetic of integers of which one at least does not fit a machine integer: signs around the limbs' arithmetic (`text/limbs/`).
//! Operands so long that num-bigint's faster methods pay go there. Machine integers' arithmetic is in `int_arith.rs`.

use super::header::Gc;
use super::int::{Int, IntRef};
use super::value::Value;
use crate::machine::Machine;
use crate::text::int_ops;
use crate::text::limbs::{self, Limb};
use num_bigint::BigInt;
use std::cmp::Ordering;

/// Limbs from which on num-bigint multiplies and divides faster.
const MANY_LIMBS: usize = 500;

/// An integer as sign and limbs.
pub(super) struct Operand {
    pub(super) negative: bool,
    word: [Limb; 1],
    int: Option<Gc<Int>>,
}

impl Operand {
    #[inline]
    pub(super) fn of(int: IntRef) -> Operand {
        match int {
            IntRef::Word(i) => Operand { negative: i < 0, word: [i.unsigned_abs()], int: None },
            IntRef::Big(int) => Operand { negative: int.is_negative(), word: [0], int: Some(int) },
        }
    }

    #[inline]
    pub(super) fn limbs(&self) -> &[Limb] {
        match &self.int {
            Some(int) => int.limbs(),
            None => &self.word[..usize::from(self.word[0] != 0)],
        }
    }

    fn is_long(&self) -> bool {
        self.limbs().len() >= MANY_LIMBS
    }

    fn big(&self) -> BigInt {
        limbs::to_bigint(self.negative, self.limbs())
    }
}

/// Zeroed limbs for intermediate results, on the native stack if they are few.
struct Scratch {
    few: [Limb; 40],
    many: Vec<Limb>,
    len: usize,
}

impl Scratch {
    #[inline]
    fn new(len: usize) -> Scratch {
        Scratch { few: [0; 40], many: if len > 40 { vec![0; len] } else { Vec::new() }, len }
    }

    #[inline]
    fn limbs(&mut self) -> &mut [Limb] {
        if self.len > 40 { &mut self.many } else { &mut self.few[..self.len] }
    }
}

/// The sum of two signed numbers.
fn add_signed(m: &mut Machine, (a_negative, a): (bool, &[Limb]), (b_negative, b): (bool, &[Limb])) -> Value {
    if a_negative == b_negative {
        return m.new_big(a_negative, a.len().max(b.len()) + 1, |out| limbs::add(out, a, b));
    }
    match limbs::compare(a, b) {
        Ordering::Equal => Value::small(0),
        Ordering::Greater => m.new_big(a_negative, a.len(), |out| limbs::sub(out, a, b)),
        Ordering::Less => m.new_big(b_negative, b.len(), |out| limbs::sub(out, b, a)),
    }
}

pub(super) fn add(m: &mut Machine, a: IntRef, b: IntRef) -> Value {
    let (a, b) = (Operand::of(a), Operand::of(b));
    add_signed(m, (a.negative, a.limbs()), (b.negative, b.limbs()))
}

pub(super) fn sub(m: &mut Machine, a: IntRef, b: IntRef) -> Value {
    let (a, b) = (Operand::of(a), Operand::of(b));
    add_signed(m, (a.negative, a.limbs()), (!b.negative, b.limbs()))
}

pub(super) fn mul(m: &mut Machine, a: IntRef, b: IntRef) -> Value {
    let (a, b) = (Operand::of(a), Operand::of(b));
    if a.is_long() && b.is_long() {
        return m.int_from_bigint(a.big() * b.big());
    }
    let (negative, a, b) = (a.negative != b.negative, a.limbs(), b.limbs());
    m.new_big(negative, a.len() + b.len(), |out| {
        if std::ptr::eq(a, b) {
            limbs::square(out, a);
        } else {
            limbs::mul(out, a, b);
        }
    })
}

/// The parts of a floor division that are wanted; `NULL` for one that is not. The divisor is not zero.
pub(super) fn div_mod(m: &mut Machine, x: IntRef, y: IntRef, want_quotient: bool, want_rest: bool) -> (Value, Value) {
    let (a, b) = (Operand::of(x), Operand::of(y));
    // Both methods take time in proportion to the quotient's length times the divisor's.
    if b.is_long() && a.limbs().len() >= b.limbs().len() + MANY_LIMBS {
        let (q, r) = int_ops::div_mod(&a.big(), &b.big()).unwrap_or_default();
        return (m.int_from_bigint(q), m.int_from_bigint(r));
    }
    let mixed = a.negative != b.negative;
    let (sign, a, b) = (b.negative, a.limbs(), b.limbs());
    if limbs::compare(a, b) == Ordering::Less {
        let below = mixed && !a.is_empty();
        let rest = match (want_rest, below) {
            (false, _) => Value::NULL,
            (true, true) => m.new_big(sign, b.len(), |out| limbs::sub(out, b, a)),
            (true, false) => m.new_big(sign, a.len(), |out| out[..a.len()].copy_from_slice(a)),
        };
        return (Value::small(-i64::from(below)), rest);
    }
    let mut rest = Scratch::new(a.len() + 1);
    let rest = rest.limbs();
    let n = a.len() - b.len() + 1;
    let quotient = if want_quotient {
        m.new_big(mixed, n + usize::from(mixed), |out| {
            limbs::div_rem(&mut out[..n], rest, a, b);
            if mixed && rest[..b.len()].iter().any(|&x| x != 0) {
                limbs::increment(out);
            }
        })
    } else {
        limbs::div_rem(Scratch::new(n).limbs(), rest, a, b);
        Value::NULL
    };
    if !want_rest {
        return (quotient, Value::NULL);
    }
    let rest = limbs::trimmed(&rest[..b.len()]);
    let rest = if mixed && !rest.is_empty() {
        m.new_big(sign, b.len(), |out| limbs::sub(out, b, rest))
    } else {
        m.new_big(sign, rest.len(), |out| out[..rest.len()].copy_from_slice(rest))
    };
    (quotient, rest)
}

/// `a ** n`, whose size was checked.
pub(super) fn pow(m: &mut Machine, a: IntRef, n: usize) -> Value {
    let a = Operand::of(a);
    if a.limbs().is_empty() {
        return Value::small(i64::from(n == 0));
    }
    if limbs::bits(a.limbs()).saturating_mul(n as u64) > (MANY_LIMBS * limbs::LIMB_BITS * 2) as u64 {
        return m.int_from_bigint(a.big().pow(n as u32));
    }
    let power = limbs::pow(a.limbs(), n);
    m.new_big(a.negative && n % 2 == 1, power.len(), |out| out.copy_from_slice(&power))
}

/// `a << n`, whose size was checked.
pub(super) fn lshift(m: &mut Machine, a: IntRef, n: usize) -> Value {
    let a = Operand::of(a);
    let (negative, a) = (a.negative, a.limbs());
    m.new_big(negative, a.len() + n / limbs::LIMB_BITS + 1, |out| limbs::shift_left(out, a, n))
}

/// `a >> n`
pub(super) fn rshift(m: &mut Machine, a: IntRef, n: usize) -> Value {
    let a = Operand::of(a);
    let (negative, a) = (a.negative, a.limbs());
    let whole = n / limbs::LIMB_BITS;
    if whole >= a.len() {
        return Value::small(-i64::from(negative));
    }
    let kept = a.len() - whole;
    m.new_big(negative, kept + 1, |out| {
        if limbs::shift_right(&mut out[..kept], a, n) && negative {
            limbs::increment(out);
        }
    })
}

/// A bitwise operation: `limb` on limbs of numbers not below zero, `any` on all others.
pub(super) fn bitwise(
    m: &mut Machine,
    a: IntRef,
    b: IntRef,
    limb: impl Fn(Limb, Limb) -> Limb,
    any: fn(BigInt, BigInt) -> BigInt,
) -> Value {
    if a.is_negative() || b.is_negative() {
        return m.int_from_bigint(any(a.big(), b.big()));
    }
    let (a, b) = (Operand::of(a), Operand::of(b));
    let (a, b) = (a.limbs(), b.limbs());
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    m.new_big(false, long.len(), |out| {
        let (low, high) = out.split_at_mut(short.len());
        low.iter_mut().zip(long).zip(short).for_each(|((o, &x), &y)| *o = limb(x, y));
        high.iter_mut().zip(&long[short.len()..]).for_each(|(o, &x)| *o = limb(x, 0));
    })
}

/// Order of two integers.
pub(super) fn order(a: IntRef, b: IntRef) -> Ordering {
    let (a, b) = (Operand::of(a), Operand::of(b));
    match (a.negative, b.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => limbs::compare(a.limbs(), b.limbs()),
        (true, true) => limbs::compare(b.limbs(), a.limbs()),
    }
}

/// `-a` of a number that does not fit a machine integer.
pub(super) fn neg(m: &mut Machine, a: Gc<Int>) -> Value {
    let limbs = a.limbs();
    m.new_big(!a.is_negative(), limbs.len(), |out| out.copy_from_slice(limbs))
}

/// `~a` of a number that does not fit a machine integer.
pub(super) fn invert(m: &mut Machine, a: Gc<Int>) -> Value {
    add_signed(m, (!a.is_negative(), a.limbs()), (true, &[1]))
}
