//! Powers of integers, with a modulus and without. The limbs' part is in `text/limbs/`; the other operators are in `int_arith.rs`.

use super::int_arith::MAX_BITS;
use super::int_big::{self, Operand};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::text::error::TextError;
use crate::text::int_ops;
use crate::text::limbs::{self, Limb};
use num_bigint::BigInt;

/// Limbs of an odd modulus from which on num-bigint, which then divides nothing, is faster.
const MONTGOMERY_LIMBS: usize = 12;

/// The nearest float, or the `OverflowError`.
pub(super) fn to_f64(m: &mut Machine, a: Operand<'_>) -> R<f64> {
    let f = limbs::to_f64(a.negative, a.limbs);
    if f.is_finite() { Ok(f) } else { Err(m.raise_text(TextError::overflow("int too large to convert to float"))) }
}

/// `base ** exponent` for an exponent that is not negative.
pub(super) fn power(m: &mut Machine, base: Operand<'_>, exponent: Operand<'_>) -> R<Value> {
    let small = exponent.word().and_then(|n| u32::try_from(n).ok());
    if let (Some(x), Some(n)) = (base.word(), small)
        && let Some(n) = x.checked_pow(n)
    {
        return Ok(m.new_int(n));
    }
    let odd = exponent.limbs.first().is_some_and(|x| x % 2 == 1);
    match (base.word(), small) {
        (Some(0 | 1), _) => Ok(Value::small(i64::from(exponent.is_zero() || base.word() == Some(1)))),
        (Some(-1), _) => Ok(Value::small(if odd { -1 } else { 1 })),
        (_, Some(n)) if (limbs::bits(base.limbs) - 1).saturating_mul(u64::from(n)) <= MAX_BITS => Ok(int_big::pow(m, base, n as usize)),
        _ => Err(m.memory_error()),
    }
}

/// `pow(base, exponent, modulus)`; a negative exponent means the inverse.
pub(super) fn power_mod(m: &mut Machine, base: Operand<'_>, exponent: Operand<'_>, modulus: Operand<'_>) -> R<Value> {
    if modulus.is_zero() {
        return Err(m.raise_text(TextError::value("pow() 3rd argument cannot be 0")));
    }
    if let (Some(x), Some(e), Some(n)) = (base.word(), exponent.word(), modulus.word())
        && e >= 0
        && n > 0
    {
        return Ok(m.new_int(pow_mod_word(x, e, n)));
    }
    if exponent.negative {
        return match inverse_mod(base, modulus.limbs) {
            Some(inverse) => power_mod_positive(m, Operand { negative: false, limbs: &inverse }, exponent.limbs, modulus),
            None => Err(m.raise_text(TextError::value("base is not invertible for the given modulus"))),
        };
    }
    power_mod_positive(m, base, exponent.limbs, modulus)
}

fn power_mod_positive(m: &mut Machine, base: Operand<'_>, exponent: &[Limb], modulus: Operand<'_>) -> R<Value> {
    let long_exponent = exponent.len() * 8 >= modulus.limbs.len();
    if (modulus.limbs.len() >= MONTGOMERY_LIMBS && modulus.limbs[0] % 2 == 1 && long_exponent) || base.is_long() || modulus.is_long() {
        let exponent = limbs::to_bigint(false, exponent);
        return match int_ops::power_mod(&base.big(), &exponent, &modulus.big()) {
            Ok(n) => Ok(m.int_from_bigint(n)),
            Err(e) => Err(m.raise_text(e)),
        };
    }
    let power = limbs::pow_mod(base.limbs, exponent, modulus.limbs);
    let power = limbs::trimmed(&power);
    // The power of a negative base is a negative number, and the result has the modulus's sign.
    let negative = base.negative && exponent.first().is_some_and(|x| x % 2 == 1);
    if negative != modulus.negative && !power.is_empty() {
        return Ok(m.new_big(modulus.negative, modulus.limbs.len(), |out| limbs::sub(out, modulus.limbs, power)));
    }
    Ok(m.int_from_limbs(modulus.negative, power))
}

/// What `a` is to be multiplied by to leave one modulo the magnitude given, if there is such a number.
fn inverse_mod(a: Operand<'_>, modulus: &[Limb]) -> Option<Vec<Limb>> {
    let size = limbs::to_bigint(false, modulus);
    if let Ok(n) = i64::try_from(&size) {
        let small = i64::try_from(int_ops::floor_mod(&a.big(), &size).ok()?).ok()?;
        return inverse_word(small, n).map(|x| vec![x.unsigned_abs()]);
    }
    int_ops::inverse_mod(&a.big(), &size).map(|x: BigInt| x.magnitude().to_u64_digits())
}

/// The inverse of `a` modulo `n`, for `0 <= a < n`.
fn inverse_word(a: i64, n: i64) -> Option<i64> {
    let (mut r0, mut r1, mut x0, mut x1) = (i128::from(n), i128::from(a), 0i128, 1i128);
    while r1 != 0 {
        let q = r0 / r1;
        (r0, r1) = (r1, r0 - q * r1);
        (x0, x1) = (x1, x0 - q * x1);
    }
    (r0 == 1).then(|| x0.rem_euclid(i128::from(n)) as i64)
}

/// `base ** exponent % modulus` by squaring, for a positive modulus.
fn pow_mod_word(base: i64, exponent: i64, modulus: i64) -> i64 {
    if let Ok(n) = u32::try_from(modulus) {
        // Products fit the machine's word.
        let n = u64::from(n);
        let (mut square, mut result, mut rest) = (base.rem_euclid(modulus) as u64, 1 % n, exponent);
        while rest > 0 {
            if rest & 1 == 1 {
                result = result * square % n;
            }
            square = square * square % n;
            rest >>= 1;
        }
        return result as i64;
    }
    let base = [base.rem_euclid(modulus) as u64];
    limbs::pow_mod(&base[..usize::from(base[0] != 0)], &[exponent as u64][..usize::from(exponent != 0)], &[modulus as u64])[0] as i64
}
