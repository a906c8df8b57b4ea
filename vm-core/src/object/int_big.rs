//! Arithmetic of integers of which one at least does not fit the word: signs around the limbs' arithmetic (`text/limbs/`), which writes
//! into the new object. Operands so long that num-bigint's faster methods pay go there. Division is in `int_divide.rs`, the word's
//! own arithmetic in `int_arith.rs`.

use super::header::Gc;
use super::int::Int;
use super::value::Value;
use crate::machine::Machine;
use crate::text::limbs::{self, Limb};
use num_bigint::BigInt;
use std::cmp::Ordering;

/// Limbs from which on num-bigint multiplies and divides faster.
pub(super) const MANY_LIMBS: usize = 500;

/// An integer as sign and limbs without leading zeros.
#[derive(Clone, Copy)]
pub(super) struct Operand<'a> {
    pub(super) negative: bool,
    pub(super) limbs: &'a [Limb],
}

impl<'a> Operand<'a> {
    /// The number of an `int`, a `bool` or an instance of a subclass of `int`. `word` is for the limb of one that is no object; the limbs
    /// of an object stay where they are until the next safepoint at least.
    #[inline(always)]
    pub(super) fn of(v: Value, word: &'a mut Limb) -> Option<Operand<'a>> {
        if v.is_int() {
            let n = v.as_int();
            *word = n.unsigned_abs();
            return Some(Operand { negative: n < 0, limbs: &std::slice::from_ref(word)[..usize::from(n != 0)] });
        }
        match v.downcast::<Int>() {
            Some(int) if int.exact().is_none() => Some(Operand::of_int(int)),
            int => Operand::of_rare(v, int, word),
        }
    }

    #[cold]
    #[inline(never)]
    fn of_rare(v: Value, int: Option<Gc<Int>>, word: &'a mut Limb) -> Option<Operand<'a>> {
        let exact = match int {
            Some(int) => int.exact()?,
            None if v.is_bool() => Value::small(i64::from(v == Value::TRUE)),
            None => return None,
        };
        Operand::of(exact, word)
    }

    #[inline(always)]
    fn of_int(int: Gc<Int>) -> Operand<'a> {
        // SAFETY: the limbs lie in the object, do not change, and the caller has it in a local variable until a safepoint.
        Operand { negative: int.is_negative(), limbs: unsafe { std::slice::from_raw_parts(int.limbs().as_ptr(), int.limbs().len()) } }
    }

    pub(super) fn is_long(self) -> bool {
        self.limbs.len() >= MANY_LIMBS
    }

    pub(super) fn is_zero(self) -> bool {
        self.limbs.is_empty()
    }

    pub(super) fn big(self) -> BigInt {
        limbs::to_bigint(self.negative, self.limbs)
    }

    /// As a machine integer, if it fits.
    pub(super) fn word(self) -> Option<i64> {
        match *self.limbs {
            [] => Some(0),
            [size] if self.negative => 0i64.checked_sub_unsigned(size),
            [size] => i64::try_from(size).ok(),
            _ => None,
        }
    }

    #[inline(always)]
    fn negated(self) -> Operand<'a> {
        Operand { negative: !self.negative, ..self }
    }
}

#[inline(always)]
pub(super) fn add(m: &mut Machine, a: Operand<'_>, b: Operand<'_>) -> Value {
    if a.negative == b.negative {
        if let (&[x], &[y]) = (a.limbs, b.limbs) {
            return m.int_from_u128(a.negative, u128::from(x) + u128::from(y));
        }
        return m.new_big(a.negative, a.limbs.len().max(b.limbs.len()) + 1, |out| limbs::add(out, a.limbs, b.limbs));
    }
    let (long, short) = match limbs::compare(a.limbs, b.limbs) {
        Ordering::Equal => return Value::small(0),
        Ordering::Greater => (a, b),
        Ordering::Less => (b, a),
    };
    if let [size] = *long.limbs {
        return m.int_from_limb(long.negative, size - short.limbs.first().copied().unwrap_or(0));
    }
    m.new_big(long.negative, long.limbs.len(), |out| limbs::sub(out, long.limbs, short.limbs))
}

#[inline(always)]
pub(super) fn sub(m: &mut Machine, a: Operand<'_>, b: Operand<'_>) -> Value {
    add(m, a, b.negated())
}

#[inline(always)]
pub(super) fn mul(m: &mut Machine, a: Operand<'_>, b: Operand<'_>) -> Value {
    let negative = a.negative != b.negative;
    if let (&[x], &[y]) = (a.limbs, b.limbs) {
        return m.int_from_u128(negative, u128::from(x) * u128::from(y));
    }
    if a.is_long() && b.is_long() {
        return m.int_from_bigint(a.big() * b.big());
    }
    let (a, b) = (a.limbs, b.limbs);
    if a.is_empty() || b.is_empty() {
        return Value::small(0);
    }
    m.new_big(negative, a.len() + b.len(), |out| {
        if std::ptr::eq(a, b) {
            limbs::square(out, a);
        } else {
            limbs::mul(out, a, b);
        }
    })
}

/// `a ** n`, whose size was checked.
pub(super) fn pow(m: &mut Machine, a: Operand<'_>, n: usize) -> Value {
    if a.is_zero() {
        return Value::small(i64::from(n == 0));
    }
    if limbs::bits(a.limbs).saturating_mul(n as u64) > (MANY_LIMBS * limbs::LIMB_BITS * 2) as u64 {
        return m.int_from_bigint(a.big().pow(n as u32));
    }
    let power = limbs::pow(a.limbs, n);
    m.int_from_limbs(a.negative && n % 2 == 1, &power)
}

/// `a << n`, whose size was checked.
pub(super) fn lshift(m: &mut Machine, a: Operand<'_>, n: usize) -> Value {
    let len = (limbs::bits(a.limbs) as usize + n).div_ceil(limbs::LIMB_BITS);
    m.new_big(a.negative, len, |out| limbs::shift_left(out, a.limbs, n))
}

/// `a >> n`
pub(super) fn rshift(m: &mut Machine, a: Operand<'_>, n: usize) -> Value {
    let whole = n / limbs::LIMB_BITS;
    if whole >= a.limbs.len() {
        return Value::small(-i64::from(a.negative));
    }
    if a.negative {
        let kept = a.limbs.len() - whole;
        return m.new_big(true, kept + 1, |out| {
            out[kept] = 0;
            if limbs::shift_right(&mut out[..kept], a.limbs, n) {
                limbs::increment(out);
            }
        });
    }
    let part = (n % limbs::LIMB_BITS) as u32;
    match a.limbs[whole..] {
        [low] => m.int_from_limb(false, low >> part),
        [low, high] => m.int_from_u128(false, (u128::from(high) << 64 | u128::from(low)) >> part),
        _ => m.new_big(false, a.limbs.len() - whole, |out| {
            limbs::shift_right(out, a.limbs, n);
        }),
    }
}

/// A bitwise operation, given for limbs, of numbers not below zero.
#[inline(always)]
pub(super) fn bitwise(m: &mut Machine, a: Operand<'_>, b: Operand<'_>, op: impl Fn(Limb, Limb) -> Limb) -> Value {
    if a.negative || b.negative {
        return bitwise_signed(m, a, b, op);
    }
    let (long, short) = if a.limbs.len() >= b.limbs.len() { (a.limbs, b.limbs) } else { (b.limbs, a.limbs) };
    // Above the shorter operand's limbs `&` gives nothing.
    let len = if op(Limb::MAX, 0) == 0 { short.len() } else { long.len() };
    if len == 1 {
        return m.int_from_limb(false, op(long[0], short.first().copied().unwrap_or(0)));
    }
    m.new_big(false, len, |out| {
        let (low, high) = out.split_at_mut(short.len());
        low.iter_mut().zip(long).zip(short).for_each(|((o, &x), &y)| *o = op(x, y));
        high.iter_mut().zip(&long[short.len()..]).for_each(|(o, &x)| *o = op(x, 0));
    })
}

/// The limbs of a number's two's complement, one after the other.
struct Twos<'a> {
    limbs: std::slice::Iter<'a, Limb>,
    sign: Limb,
    carry: bool,
}

impl<'a> Twos<'a> {
    fn new(a: Operand<'a>) -> Twos<'a> {
        Twos { limbs: a.limbs.iter(), sign: if a.negative { Limb::MAX } else { 0 }, carry: a.negative }
    }

    #[inline(always)]
    fn next(&mut self) -> Limb {
        let x = self.limbs.next().copied().unwrap_or(0) ^ self.sign;
        let (x, carry) = x.overflowing_add(Limb::from(self.carry));
        self.carry = carry;
        x
    }
}

/// [`bitwise`] of numbers of which one is below zero, which count as two's complement without an end.
#[inline(always)]
fn bitwise_signed(m: &mut Machine, a: Operand<'_>, b: Operand<'_>, op: impl Fn(Limb, Limb) -> Limb) -> Value {
    let (mut x, mut y) = (Twos::new(a), Twos::new(b));
    let negative = op(x.sign, y.sign) != 0;
    let (long, short) = if a.limbs.len() >= b.limbs.len() { (a.limbs.len(), y.sign) } else { (b.limbs.len(), x.sign) };
    // Above the shorter operand its sign may decide alone.
    let decided = op(0, short) == op(Limb::MAX, short);
    let len = if decided { a.limbs.len().min(b.limbs.len()) } else { long };
    // The magnitude of a negative result may have one limb more than the operands.
    let mut carry = negative;
    let sign = if negative { Limb::MAX } else { 0 };
    m.new_big(negative, len + usize::from(negative), |out| {
        for o in out {
            let limb = op(x.next(), y.next()) ^ sign;
            (*o, carry) = limb.overflowing_add(Limb::from(carry));
        }
    })
}

/// Order of two integers.
pub(super) fn order(a: Operand<'_>, b: Operand<'_>) -> Ordering {
    match (a.negative, b.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => limbs::compare(a.limbs, b.limbs),
        (true, true) => limbs::compare(b.limbs, a.limbs),
    }
}

/// `-a` of an object.
pub(super) fn neg(m: &mut Machine, a: Gc<Int>) -> Value {
    let limbs = a.limbs();
    m.new_big(!a.is_negative(), limbs.len(), |out| out.copy_from_slice(limbs))
}

/// `~a` of an object.
pub(super) fn invert(m: &mut Machine, a: Gc<Int>) -> Value {
    add(m, Operand::of_int(a).negated(), Operand { negative: true, limbs: &[1] })
}
