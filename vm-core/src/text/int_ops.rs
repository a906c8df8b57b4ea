//! Integer arithmetic where Python differs from the machine or from num-bigint: floors, shifts, modular powers, roots. The
//! interpreter's own operations on integers beyond the word are in `limbs/`; what is here serves the compiler and rare functions.
//!
//! True division, which makes a float, is in `float_ops.rs`; bytes are in `int_bytes.rs`.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::error::{TextError, TextResult};

/// More bits than any integer may have here; beyond it a shift raises `MemoryError`, as CPython would.
const MAX_BITS: u64 = 1 << 36;

/// What `a // 0` and `divmod(a, 0)` raise.
pub fn division_by_zero() -> TextError {
    TextError::zero_division("integer division or modulo by zero")
}

/// What `a % 0` raises.
pub fn modulo_by_zero() -> TextError {
    TextError::zero_division("integer modulo by zero")
}

/// `a // b`
pub fn floor_div(a: &BigInt, b: &BigInt) -> TextResult<BigInt> {
    if b.is_zero() {
        return Err(division_by_zero());
    }
    Ok(a.div_floor(b))
}

/// `a % b`
pub fn floor_mod(a: &BigInt, b: &BigInt) -> TextResult<BigInt> {
    if b.is_zero() {
        return Err(modulo_by_zero());
    }
    Ok(a.mod_floor(b))
}

/// `divmod(a, b)`
pub fn div_mod(a: &BigInt, b: &BigInt) -> TextResult<(BigInt, BigInt)> {
    if b.is_zero() {
        return Err(division_by_zero());
    }
    Ok(a.div_mod_floor(b))
}

/// `a // b` and `a % b` of machine integers; `None` if `b` is zero or the quotient overflows.
pub fn div_mod_i64(a: i64, b: i64) -> Option<(i64, i64)> {
    let (q, r) = (a.checked_div(b)?, a.checked_rem(b)?);
    Some(if r != 0 && (r < 0) != (b < 0) { (q - 1, r + b) } else { (q, r) })
}

fn shift_count(count: &BigInt) -> TextResult<Option<u64>> {
    if count.is_negative() {
        return Err(TextError::value("negative shift count"));
    }
    Ok(count.to_u64().filter(|&n| n <= i64::MAX as u64))
}

/// `a << count`
pub fn shift_left(a: &BigInt, count: &BigInt) -> TextResult<BigInt> {
    let count = shift_count(count)?;
    if a.is_zero() {
        return Ok(BigInt::ZERO);
    }
    match count {
        None => Err(TextError::overflow("too many digits in integer")),
        Some(n) if n + a.bits() > MAX_BITS => Err(TextError::memory()),
        Some(n) => Ok(a << n),
    }
}

/// `a >> count`
pub fn shift_right(a: &BigInt, count: &BigInt) -> TextResult<BigInt> {
    match shift_count(count)? {
        Some(n) if n < a.bits() => Ok(a >> n),
        _ if a.is_negative() => Ok(-BigInt::one()),
        _ => Ok(BigInt::ZERO),
    }
}

/// `a ** exponent` for an exponent that is not negative (a negative one makes a float, the caller's business).
pub fn power(a: &BigInt, exponent: &BigInt) -> TextResult<BigInt> {
    if exponent.is_zero() || a.is_one() {
        return Ok(BigInt::one());
    }
    if a.is_zero() {
        return Ok(BigInt::ZERO);
    }
    if a.magnitude().is_one() {
        return Ok(if exponent.is_odd() { a.clone() } else { BigInt::one() });
    }
    match exponent.to_u32() {
        Some(n) if (a.bits() - 1).saturating_mul(u64::from(n)) <= MAX_BITS => Ok(a.pow(n)),
        _ => Err(TextError::memory()),
    }
}

/// `pow(a, exponent, modulus)`; a negative exponent means the inverse.
pub fn power_mod(a: &BigInt, exponent: &BigInt, modulus: &BigInt) -> TextResult<BigInt> {
    if modulus.is_zero() {
        return Err(TextError::value("pow() 3rd argument cannot be 0"));
    }
    let size = modulus.abs();
    let result = if exponent.is_negative() {
        let inverse = inverse_mod(a, &size).ok_or_else(|| TextError::value("base is not invertible for the given modulus"))?;
        inverse.modpow(&-exponent, &size)
    } else {
        a.mod_floor(&size).modpow(exponent, &size)
    };
    Ok(result.mod_floor(modulus))
}

/// The inverse of `a` modulo a positive number, if it has one.
pub fn inverse_mod(a: &BigInt, modulus: &BigInt) -> Option<BigInt> {
    let found = a.mod_floor(modulus).extended_gcd(modulus);
    found.gcd.is_one().then(|| found.x.mod_floor(modulus))
}

/// `math.isqrt(a)`
pub fn isqrt(a: &BigInt) -> TextResult<BigInt> {
    if a.is_negative() {
        return Err(TextError::value("isqrt() argument must be nonnegative"));
    }
    Ok(a.sqrt())
}

/// `math.gcd(a, b)`, never negative.
pub fn gcd(a: &BigInt, b: &BigInt) -> BigInt {
    a.gcd(b)
}

/// `a.bit_length()`
pub fn bit_length(a: &BigInt) -> u64 {
    a.bits()
}

/// `a.bit_count()`
pub fn bit_count(a: &BigInt) -> u64 {
    a.magnitude().count_ones()
}

/// `round(a, ndigits)` for a negative `ndigits`, ties to even; otherwise the integer itself.
pub fn round_to(a: &BigInt, ndigits: &BigInt) -> TextResult<BigInt> {
    if !ndigits.is_negative() {
        return Ok(a.clone());
    }
    let Some(places) = (-ndigits).to_u32().filter(|&n| u64::from(n) * 3 <= a.bits() + 3) else {
        return Ok(BigInt::ZERO);
    };
    let unit = BigInt::from(10).pow(places);
    let (quotient, rest) = a.div_mod_floor(&unit);
    let up = match (&rest * 2i32).cmp(&unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient.is_odd(),
        std::cmp::Ordering::Greater => true,
    };
    Ok((if up { quotient + 1 } else { quotient }) * unit)
}

/// Sign as -1, 0 or 1.
pub fn signum(a: &BigInt) -> i32 {
    match a.sign() {
        Sign::Minus => -1,
        Sign::NoSign => 0,
        Sign::Plus => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_division_floors() {
        for a in [-7, -6, -1, 0, 1, 6, 7, i64::MAX, i64::MIN] {
            for b in [-3, -1, 0, 1, 2, 3, i64::MAX, i64::MIN] {
                let wanted = div_mod(&BigInt::from(a), &BigInt::from(b)).ok();
                let wanted = wanted.and_then(|(q, r)| Some((q.to_i64()?, r.to_i64()?)));
                assert_eq!(div_mod_i64(a, b), wanted, "{a} {b}");
            }
        }
    }

    #[test]
    fn huge_results_are_refused() {
        let huge = BigInt::from(10).pow(30);
        let class = |result: TextResult<BigInt>| result.unwrap_err().kind.class_name();
        assert_eq!(class(shift_left(&BigInt::from(1), &huge)), "OverflowError");
        assert_eq!(class(shift_left(&BigInt::from(1), &BigInt::from(1i64 << 62))), "MemoryError");
        assert_eq!(shift_left(&BigInt::from(0), &huge), Ok(BigInt::from(0)));
        assert_eq!(shift_right(&BigInt::from(-5), &huge), Ok(BigInt::from(-1)));
        assert_eq!(class(power(&BigInt::from(2), &huge)), "MemoryError");
        assert_eq!(power(&BigInt::from(-1), &huge), Ok(BigInt::from(1)));
    }
}
