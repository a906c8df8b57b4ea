//! `math`'s functions of integers.

use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::value::Value;
use crate::text::limbs;
use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, Zero};

/// The product of `from..=to`, by halves so that factors stay of one size.
fn product(from: u64, to: u64) -> BigInt {
    if from > to {
        return BigInt::one();
    }
    if to - from < 16 {
        return (from..=to).fold(BigInt::one(), |p, i| p * i);
    }
    let middle = from + (to - from) / 2;
    product(from, middle) * product(middle + 1, to)
}

pub(super) fn factorial(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let n = m.index_bigint(args.pos()[0])?;
    if n.sign() == Sign::Minus {
        return Err(m.value_error("factorial() not defined for negative values"));
    }
    match i64::try_from(&n) {
        Ok(n) if n <= 1 << 32 => Ok(m.int_from_bigint(product(2, n.cast_unsigned()))),
        Ok(_) => Err(m.memory_error()),
        Err(_) => Err(m.overflow_error("factorial() argument should not exceed 9223372036854775807")),
    }
}

pub(super) fn perm(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "perm", 1, 2)?;
    let Some(&k) = args.get(1).filter(|k| !k.is_none()) else {
        return factorial(m, this, Args::positional(&args[..1]));
    };
    let (n, k) = (m.index_bigint(args[0])?, m.index_bigint(k)?);
    if n.is_negative() {
        return Err(m.value_error("n must be a non-negative integer"));
    }
    if k.is_negative() {
        return Err(m.value_error("k must be a non-negative integer"));
    }
    if n < k {
        return Ok(Value::small(0));
    }
    let Ok(count) = i64::try_from(&k) else {
        return Err(m.overflow_error("k must not exceed 9223372036854775807"));
    };
    let r = falling(&n, count.cast_unsigned());
    Ok(m.int_from_bigint(r))
}

/// `n * (n - 1) * …`, `k` factors.
fn falling(n: &BigInt, k: u64) -> BigInt {
    if let Ok(small) = u64::try_from(n) {
        return if k == 0 { BigInt::one() } else { product(small - k + 1, small) };
    }
    (0..k).fold(BigInt::one(), |p, i| p * (n - i))
}

pub(super) fn comb(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "comb", 2, 2)?;
    let (n, k) = (m.index_bigint(args[0])?, m.index_bigint(args[1])?);
    if n.is_negative() {
        return Err(m.value_error("n must be a non-negative integer"));
    }
    if k.is_negative() {
        return Err(m.value_error("k must be a non-negative integer"));
    }
    if n < k {
        return Ok(Value::small(0));
    }
    let other = &n - &k;
    let k = if other < k { other } else { k };
    let Ok(count) = i64::try_from(&k) else {
        return Err(m.overflow_error("min(n - k, k) must not exceed 9223372036854775807"));
    };
    let count = count.cast_unsigned();
    let r = falling(&n, count) / product(2, count);
    Ok(m.int_from_bigint(r))
}

/// The greatest common divisor, never negative.
fn gcd_of(a: &BigInt, b: &BigInt) -> BigInt {
    let [a, b] = [a, b].map(|n| n.magnitude().to_u64_digits());
    limbs::to_bigint(false, &limbs::gcd(&a, &b))
}

pub(super) fn gcd(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    args.no_keywords(m, "math.gcd")?;
    if let &[a, b] = args.pos()
        && Value::both_int(a, b)
    {
        let r = limbs::gcd_word(a.as_int().unsigned_abs(), b.as_int().unsigned_abs());
        return Ok(m.int_from_u64(r));
    }
    let mut r = BigInt::zero();
    for &v in args.pos() {
        let n = m.index_bigint(v)?;
        r = gcd_of(&r, &n);
    }
    Ok(m.int_from_bigint(r))
}

pub(super) fn lcm(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    args.no_keywords(m, "math.lcm")?;
    let mut r = BigInt::one();
    for &v in args.pos() {
        let n = m.index_bigint(v)?;
        r = if r.is_zero() || n.is_zero() { BigInt::zero() } else { (&r / gcd_of(&r, &n) * n).abs() };
    }
    Ok(m.int_from_bigint(r))
}

pub(super) fn isqrt(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let n = m.index_bigint(args.pos()[0])?;
    if n.is_negative() {
        return Err(m.value_error("isqrt() argument must be nonnegative"));
    }
    let r = n.sqrt();
    Ok(m.int_from_bigint(r))
}
