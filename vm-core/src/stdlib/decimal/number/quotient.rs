//! Quotients of coefficients: by one limb, digit by digit as on paper, and by halves for long divisors; integer square roots on top.

use super::limbs::{
    Limbs, RADIX, WORD, add_into, add_limb, all_zero, compare, digits, divide_two, is_zero, shift_left, shift_right, split_radix, sub,
    sub_from, sub_limb, trim, trimmed,
};
use super::product::multiply;
use smallvec::SmallVec;
use std::cmp::Ordering;

/// Shortest divisors and quotients that are split in halves.
const HALVE: usize = 60;

/// A divisor with what divides two limbs by it.
pub(super) struct Reciprocal {
    shift: u32,
    divisor: u64,
    inverse: u64,
}

impl Reciprocal {
    pub(super) fn new(divisor: u64) -> Reciprocal {
        let shift = divisor.leading_zeros();
        let divisor = divisor << shift;
        Reciprocal { shift, divisor, inverse: (u128::MAX / u128::from(divisor)) as u64 }
    }

    /// `high·RADIX + low`, where `high` is below the divisor.
    #[inline(always)]
    fn divide(&self, high: u64, low: u64) -> (u64, u64) {
        let wide = (u128::from(high) * u128::from(RADIX) + u128::from(low)) << self.shift;
        let (q, r) = divide_two((wide >> 64) as u64, wide as u64, self.divisor, self.inverse);
        (q, r >> self.shift)
    }
}

/// The quotient of two coefficients, the divisor not zero, and whether there is a remainder.
pub(super) fn divide_inexact(a: &[u64], b: &[u64]) -> (Limbs, bool) {
    if b.len() == 1 || compare(a, b) == Ordering::Less {
        let (q, rest) = divide(a, b);
        return (q, !is_zero(&rest));
    }
    let (q, rest, _) = divide_long(a, b);
    (q, !all_zero(&rest))
}

/// Quotient and remainder of two coefficients, the divisor not zero.
pub(super) fn divide(a: &[u64], b: &[u64]) -> (Limbs, Limbs) {
    let zero = || Limbs::from_elem(0, 1);
    match (a, b) {
        (&[x], &[y]) => {
            let mut out = (zero(), zero());
            (out.0[0], out.1[0]) = (x / y, x % y);
            out
        }
        (_, &[y]) => {
            let mut q = Limbs::from_slice(a);
            let mut r = zero();
            r[0] = divide_by_limb(&mut q, y);
            trim(&mut q);
            (q, r)
        }
        _ if compare(a, b) == Ordering::Less => (zero(), Limbs::from_slice(a)),
        _ => {
            let (q, mut rest, factor) = divide_long(a, b);
            divide_by_limb(&mut rest, factor);
            let mut remainder = Limbs::from_slice(&rest);
            trim(&mut remainder);
            (q, remainder)
        }
    }
}

/// Divides in place by one limb; the remainder.
pub(super) fn divide_by_limb(a: &mut [u64], divisor: u64) -> u64 {
    let mut rest = 0;
    if divisor >> 31 != 0 || divisor < 2 {
        let reciprocal = Reciprocal::new(divisor);
        for x in a.iter_mut().rev() {
            (*x, rest) = reciprocal.divide(rest, *x);
        }
        return rest;
    }
    // Short numbers are not worth the multiplier. With RADIX = q·d + r, the remainder so far times RADIX is that times q·d, and a rest that fits a word with the next limb.
    let (q, r) = (RADIX / divisor, RADIX % divisor);
    if a.len() < 6 {
        for x in a.iter_mut().rev() {
            let n = rest * r + *x;
            (*x, rest) = (rest * q + n / divisor, n % divisor);
        }
        return rest;
    }
    let shift = 63 - (divisor - 1).leading_zeros();
    // Rounded up to 65 bits, the highest of which is left out.
    let multiplier = ((1u128 << 64) * ((1u128 << (shift + 1)) - u128::from(divisor)) / u128::from(divisor) + 1) as u64;
    for x in a.iter_mut().rev() {
        let n = rest * r + *x;
        let high = ((u128::from(multiplier) * u128::from(n)) >> 64) as u64;
        let quotient = (high + ((n - high) >> 1)) >> shift;
        *x = rest * q + quotient;
        rest = n - quotient * divisor;
    }
    rest
}

/// The quotient by a longer divisor, and the remainder times the factor that is given with it.
fn divide_long(a: &[u64], b: &[u64]) -> (Limbs, SmallVec<[u64; 8]>, u64) {
    // Both times a factor that makes the divisor's top limb at least half the base.
    let factor = RADIX / (b[b.len() - 1] + 1);
    // Room for two limbs more, so that the usual quotients need no memory of their own.
    let scaled = |x: &[u64]| {
        let mut out = SmallVec::<[u64; 8]>::with_capacity(x.len() + 2);
        let mut carry = 0;
        for &limb in x {
            let wide = u128::from(limb) * u128::from(factor) + u128::from(carry);
            let (high, low) = split_radix((wide >> 64) as u64, wide as u64);
            out.push(low);
            carry = high;
        }
        out.push(carry);
        out
    };
    let (mut rest, mut divisor) = (scaled(a), scaled(b));
    divisor.truncate(b.len());
    let n = divisor.len();
    let mut q = Limbs::from_elem(0, rest.len() - n);
    let reciprocal = Reciprocal::new(divisor[n - 1]);
    divide_scaled(&mut q, &mut rest, &divisor, &reciprocal);
    rest.truncate(n);
    trim(&mut q);
    (q, rest, factor)
}

/// Divides `rest` by a scaled divisor: the quotient goes to `q`, the remainder stays. The top `n` limbs of `rest` are below the divisor
/// whose length `n` is, and `q` has one limb for each of the others.
fn divide_scaled(q: &mut [u64], rest: &mut [u64], divisor: &[u64], reciprocal: &Reciprocal) {
    let n = divisor.len();
    if n < HALVE || q.len() < HALVE {
        return divide_rows(q, rest, divisor, reciprocal);
    }
    if q.len() > n {
        // Pieces of the quotient as long as the divisor, the highest first.
        let mut end = q.len();
        while end > 0 {
            let start = (end - 1) / n * n;
            divide_scaled(&mut q[start..end], &mut rest[start..end + n], divisor, reciprocal);
            end = start;
        }
        return;
    }
    // The high half of the quotient, then the low one, each from as many limbs of the divisor as matter, and corrected.
    let low = q.len() / 2;
    divide_part(&mut q[low..], &mut rest[low..], divisor, reciprocal);
    divide_part(&mut q[..low], &mut rest[..low + n], divisor, reciprocal);
}

/// Divides by the top limbs of the divisor, as many as the quotient has, and makes good what the others take.
fn divide_part(q: &mut [u64], rest: &mut [u64], divisor: &[u64], reciprocal: &Reciprocal) {
    let n = divisor.len();
    let m = q.len();
    if m >= n || m < HALVE {
        return divide_scaled(q, rest, divisor, reciprocal);
    }
    let (low, high) = divisor.split_at(n - m);
    // The remainder's top limbs may equal the divisor's: then the quotient's estimate is all nines.
    if rest[n..] == *high {
        // rest[n..] has m limbs, as high has; below the divisor it is never greater.
        q.fill(RADIX - 1);
        let nines_product = {
            // high·(B^m - 1) = high·B^m - high
            let mut product = vec![0; m];
            product.extend_from_slice(high);
            sub_from(&mut product, high);
            product
        };
        sub_from(&mut rest[n - m..], &nines_product);
    } else {
        divide_scaled(q, &mut rest[n - m..], high, reciprocal);
    }
    let product = multiply(trimmed(q), trimmed(low));
    if sub_from(rest, &product) {
        loop {
            let one: [u64; 1] = [1];
            sub_from(q, &one);
            if add_into(rest, divisor) {
                break;
            }
        }
    }
}

/// Row by row: D. Knuth's algorithm D.
pub(super) fn divide_rows(q: &mut [u64], rest: &mut [u64], divisor: &[u64], reciprocal: &Reciprocal) {
    let n = divisor.len();
    let (top, second) = (divisor[n - 1], if n > 1 { divisor[n - 2] } else { 0 });
    for j in (0..q.len()).rev() {
        let (high, next) = (rest[j + n], rest[j + n - 1]);
        let mut estimate;
        let mut left;
        let mut over;
        if high >= top {
            estimate = RADIX - 1;
            // high is top, so that the remainder is next + top.
            (left, over) = next.overflowing_add(top);
            over |= left >= RADIX;
        } else {
            (estimate, left) = reciprocal.divide(high, next);
            over = false;
        }
        let below = if n > 1 { rest[j + n - 2] } else { 0 };
        while !over && u128::from(estimate) * u128::from(second) > u128::from(left) * u128::from(RADIX) + u128::from(below) {
            estimate -= 1;
            let (sum, carry) = left.overflowing_add(top);
            left = sum;
            over = carry || sum >= RADIX;
        }
        let part = &mut rest[j..=j + n];
        if estimate != 0 && subtract_multiple(part, divisor, estimate) {
            estimate -= 1;
            let (low, high) = part.split_at_mut(n);
            if add_into(low, divisor) {
                high[0] = if high[0] == RADIX - 1 { 0 } else { high[0] + 1 };
            }
        }
        q[j] = estimate;
    }
}

/// `a -= b * x`, where `a` has one limb more; whether there is a borrow.
fn subtract_multiple(a: &mut [u64], b: &[u64], x: u64) -> bool {
    let (mut above, mut carry) = (0, 0);
    let n = b.len();
    for (a, &y) in a.iter_mut().zip(b) {
        let wide = u128::from(x) * u128::from(y);
        let (high, low) = split_radix((wide >> 64) as u64, wide as u64);
        let (taken, over) = add_limb(low, above, carry);
        let (difference, under) = sub_limb(*a, taken, 0);
        *a = difference;
        (above, carry) = (high, over + under);
    }
    let (difference, under) = sub_limb(a[n], above + carry, 0);
    a[n] = difference;
    under != 0
}

/// The integer square root, and whether it is exact.
pub(super) fn square_root(a: &[u64]) -> (Limbs, bool) {
    if a.len() <= 2 {
        let n = u128::from(*a.get(1).unwrap_or(&0)) * u128::from(RADIX) + u128::from(a[0]);
        let root = n.isqrt();
        let mut out = Limbs::new();
        out.push((root % u128::from(RADIX)) as u64);
        if root >= u128::from(RADIX) {
            out.push((root / u128::from(RADIX)) as u64);
        }
        return (out, root * root == n);
    }
    // Half the digits by the same way, then one step of Newton's method, which errs by one at most.
    let half = ((digits(a) + 1) / 2 - 1) / 2;
    // Whole limbs cost less to shift by.
    let half = if half > 4 * WORD as i64 { half / WORD as i64 * WORD as i64 } else { half };
    let mut high = Limbs::from_slice(a);
    shift_right(&mut high, 2 * half);
    let (start, _) = square_root(&high);
    let mut scaled = Limbs::from_slice(a);
    shift_right(&mut scaled, half);
    let (quotient, _) = divide_inexact(&scaled, &start);
    // Not longer than `a`.
    let start = shift_left(&start, half).unwrap_or_default();
    let mut sum = super::limbs::add(&start, &quotient);
    halve(&mut sum);
    loop {
        let square = multiply(&sum, &sum);
        match compare(&square, a) {
            Ordering::Greater => sum = sub(&sum, &[1]),
            order => return (sum, order == Ordering::Equal),
        }
    }
}

fn halve(a: &mut Limbs) {
    let mut odd = 0;
    for x in a.iter_mut().rev() {
        let next = *x & 1;
        // Half the base plus half the limb, which fits.
        *x = *x / 2 + odd * (RADIX / 2);
        odd = next;
    }
    trim(a);
}

/// Whether a coefficient is a power of ten.
pub(super) fn is_power_of_ten(a: &[u64]) -> bool {
    let top = a[a.len() - 1];
    a[..a.len() - 1].iter().all(|&x| x == 0) && super::limbs::POW10.contains(&top)
}
