//! `math`'s functions of integers.

use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::int::IntRef;
use crate::object::protocol::BinaryOp;
use crate::object::slots::Compare;
use crate::object::value::Value;
use crate::text::limbs::{self, Limb};
use num_bigint::BigInt;
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

/// Factors of products that are computed limb by limb; more are multiplied by halves.
const FEW_FACTORS: u64 = 600;

/// The product of `from..=to`, for `from > 0`.
fn product_value(m: &mut Machine, from: u64, to: u64) -> Value {
    let count = (to + 1).saturating_sub(from);
    if count > FEW_FACTORS {
        return m.int_from_bigint(product(from, to));
    }
    let mut word = from.max(1).min(to.max(1));
    let mut next = from + 1;
    let gather = |word: &mut u64, next: &mut u64| {
        while *next <= to
            && let Some(product) = word.checked_mul(*next)
        {
            *word = product;
            *next += 1;
        }
    };
    if count <= 1 {
        return m.int_from_u64(if count == 1 { from } else { 1 });
    }
    gather(&mut word, &mut next);
    if next > to {
        return m.int_from_u64(word);
    }
    let bits = 64 - to.leading_zeros() as usize;
    let mut limbs = Vec::with_capacity(count as usize * bits / 64 + 2);
    limbs.push(word);
    while next <= to {
        word = next;
        next += 1;
        gather(&mut word, &mut next);
        limbs::mul_word(&mut limbs, word);
    }
    m.int_from_limbs(false, &limbs)
}

pub(super) fn factorial(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let n = m.index(args.pos()[0])?;
    match IntRef::of(n) {
        Some(n) if n.is_negative() => Err(m.value_error("factorial() not defined for negative values")),
        Some(IntRef::Word(n)) if n <= 1 << 32 => Ok(product_value(m, 1, n.cast_unsigned())),
        Some(IntRef::Word(_)) => Err(m.memory_error()),
        _ => Err(m.overflow_error("factorial() argument should not exceed 9223372036854775807")),
    }
}

pub(super) fn perm(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "perm", 1, 2)?;
    let Some(&k) = args.get(1).filter(|k| !k.is_none()) else {
        return factorial(m, this, Args::positional(&args[..1]));
    };
    if args[0].is_int() && k.is_int() {
        let (n, k) = (args[0].as_int(), k.as_int());
        if (0..=n).contains(&k) && k.cast_unsigned() <= FEW_FACTORS {
            let n = n.cast_unsigned();
            return Ok(product_value(m, n - k.cast_unsigned() + 1, n));
        }
    }
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

/// Binomial coefficients whose steps fit machine words.
fn comb_word(n: i64, k: i64) -> Option<u64> {
    if !(0..=n).contains(&k) {
        return None;
    }
    let k = k.min(n - k);
    (1..=k.cast_unsigned()).try_fold(1u64, |r, i| Some(r.checked_mul((n - k).cast_unsigned() + i)? / i))
}

pub(super) fn comb(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "comb", 2, 2)?;
    if Value::both_int(args[0], args[1])
        && let Some(r) = comb_word(args[0].as_int(), args[1].as_int())
    {
        return Ok(m.int_from_u64(r));
    }
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
    let mut r: Vec<Limb> = Vec::new();
    for &v in args.pos() {
        let n = m.index(v)?;
        let word = [n.is_int().then(|| n.as_int().unsigned_abs()).or_else(|| m.int_as_i64(n).map(i64::unsigned_abs)).unwrap_or(0)];
        let n = match IntRef::of(n) {
            Some(IntRef::Big(int)) => int.limbs().to_vec(),
            _ => limbs::trimmed(&word).to_vec(),
        };
        r = if r.is_empty() { n } else { limbs::gcd(&r, &n) };
    }
    Ok(m.int_from_limbs(false, &r))
}

pub(super) fn lcm(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    args.no_keywords(m, "math.lcm")?;
    if let &[a, b] = args.pos()
        && Value::both_int(a, b)
    {
        let (a, b) = (a.as_int().unsigned_abs(), b.as_int().unsigned_abs());
        let common = limbs::gcd_word(a, b).max(1);
        return Ok(m.int_from_i128(i128::from(a / common) * i128::from(b)));
    }
    let mut r = BigInt::one();
    for &v in args.pos() {
        let n = m.index_bigint(v)?;
        r = if r.is_zero() || n.is_zero() { BigInt::zero() } else { (&r / gcd_of(&r, &n) * n).abs() };
    }
    Ok(m.int_from_bigint(r))
}

pub(super) fn isqrt(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let n = m.index(args.pos()[0])?;
    let limbs = match IntRef::of(n) {
        Some(n) if n.is_negative() => return Err(m.value_error("isqrt() argument must be nonnegative")),
        Some(IntRef::Word(n)) => return Ok(m.new_int(n.isqrt())),
        Some(IntRef::Big(n)) => n,
        None => return Err(m.system_error("an int was expected")),
    };
    match *limbs.limbs() {
        [low] => Ok(m.int_from_u64(low.isqrt())),
        [low, high] => Ok(m.int_from_u64((u128::from(high) << 64 | u128::from(low)).isqrt() as u64)),
        _ => long_isqrt(m, n, limbs::bits(limbs.limbs())),
    }
}

/// The root of a long number, twice as many of its bits with each step: `r·2^k + (n >> s) / (r·2^k)` halved, for the root `r` of the top
/// bits, is the next root or one too much if `n` was shifted left to begin with; so the last step is checked.
fn long_isqrt(m: &mut Machine, n: Value, bits: u64) -> R<Value> {
    let shift = |m: &mut Machine, v: Value, by: i64| {
        let op = if by < 0 { BinaryOp::RShift } else { BinaryOp::LShift };
        m.binary(op, v, Value::small(by.abs()))
    };
    // Half the bits of the root, rounded down, and so on, until a machine word has the square.
    let root_bits = bits.div_ceil(2) as i64;
    let mut sizes = vec![root_bits];
    while let Some(&size) = sizes.last().filter(|&&size| size > 30) {
        // One bit more than half, so that each root is right to one unit.
        sizes.push(size / 2 + 2);
    }
    let first = sizes.pop().unwrap_or(1);
    let top = shift(m, n, 2 * (first - root_bits))?;
    let top = m.int_as_i64(top).unwrap_or(0);
    let mut root = Value::small(top.isqrt());
    let mut size = first;
    for &next in sizes.iter().rev() {
        // Newton's step on the top bits of `n`, of which the root has `next`.
        let guess = shift(m, root, next - size)?;
        let top = shift(m, n, 2 * (next - root_bits))?;
        let quotient = m.binary(BinaryOp::FloorDiv, top, guess)?;
        let sum = m.binary(BinaryOp::Add, guess, quotient)?;
        root = shift(m, sum, -1)?;
        size = next;
    }
    // Newton's step never ends below the root.
    loop {
        let square = m.binary(BinaryOp::Mul, root, root)?;
        if !m.compare_bool(square, n, Compare::Gt)? {
            return Ok(root);
        }
        root = m.binary(BinaryOp::Sub, root, Value::small(1))?;
    }
}
