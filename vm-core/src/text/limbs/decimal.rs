//! Decimal digits of a magnitude: nineteen at a time, and by halves where there are many.

use super::div::div_rem_small;
use super::reciprocal::Divisor1;
use super::{Limb, compare, div_rem, significant, square};
use std::cmp::Ordering;

/// Decimal digits that a limb holds.
const CHUNK_DIGITS: usize = 19;
const CHUNK: Limb = 10u64.pow(CHUNK_DIGITS as u32);
/// Limbs from which on a number is divided by a power of ten of about half its size.
const HALVE_LIMBS: usize = 30;

/// Appends the decimal digits of a number that is not zero.
pub fn append_decimal(text: &mut Vec<u8>, a: &[Limb]) {
    let mut powers = Powers::default();
    let level = powers.level_below(a);
    append(text, a, &mut powers, level, 0);
}

/// `10^(19·2^i)` for each `i`.
#[derive(Default)]
struct Powers(Vec<Vec<Limb>>);

impl Powers {
    fn get(&mut self, level: usize) -> &[Limb] {
        while self.0.len() <= level {
            let next = match self.0.last() {
                None => vec![CHUNK],
                Some(last) => {
                    let mut next = vec![0; 2 * last.len()];
                    square(&mut next, last);
                    next.truncate(significant(&next));
                    next
                }
            };
            self.0.push(next);
        }
        &self.0[level]
    }

    /// The level of a power about the square root of `a`, so that both parts are about half as long.
    fn level_below(&mut self, a: &[Limb]) -> usize {
        let mut level = 0;
        while self.get(level).len() * 2 <= a.len() {
            level += 1;
        }
        level
    }
}

/// Appends `a` with at least `width` digits. `a` is below the square of the power of `level`, or that level is the lowest.
fn append(text: &mut Vec<u8>, a: &[Limb], powers: &mut Powers, level: usize, width: usize) {
    if a.len() < HALVE_LIMBS || level == 0 {
        return append_short(text, a, width);
    }
    let low_width = CHUNK_DIGITS << level;
    let power = powers.get(level);
    if compare(a, power) == Ordering::Less {
        return append(text, a, powers, level - 1, width);
    }
    let mut q = vec![0; a.len() - power.len() + 1];
    let mut rest = vec![0; a.len() + 1];
    div_rem(&mut q, &mut rest, a, power);
    rest.truncate(power.len());
    q.truncate(significant(&q));
    rest.truncate(significant(&rest));
    let high_level = powers.level_below(&q).min(level);
    append(text, &q, powers, high_level, width.saturating_sub(low_width));
    append(text, &rest, powers, level - 1, low_width);
}

fn append_short(text: &mut Vec<u8>, a: &[Limb], width: usize) {
    let from = text.len();
    let room = width.max(a.len() * (CHUNK_DIGITS + 1));
    text.resize(from + room, b'0');
    let mut few = [0; HALVE_LIMBS];
    let mut many;
    let rest = match few.get_mut(..a.len()) {
        Some(few) => {
            few.copy_from_slice(a);
            few
        }
        None => {
            many = a.to_vec();
            &mut many[..]
        }
    };
    let digits = room - write_decimal(&mut text[from..], rest);
    let kept = digits.max(width);
    text.copy_within(from + room - kept.., from);
    text.truncate(from + kept);
}

/// Two decimal digits at a time.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut i = 0;
    while i < 100 {
        pairs[i] = [b'0' + (i / 10) as u8, b'0' + (i % 10) as u8];
        i += 1;
    }
    pairs
};

/// Writes the decimal digits of `a`, which is used up, to the end of `out`, whose twenty bytes for each limb are enough; where they begin.
pub fn write_decimal(out: &mut [u8], a: &mut [Limb]) -> usize {
    const DIVISOR: Divisor1 = Divisor1::new(CHUNK << CHUNK.leading_zeros());
    let mut at = out.len();
    let mut n = significant(a);
    while n > 1 {
        let mut chunk = div_rem_small(&mut a[..n], DIVISOR, CHUNK.leading_zeros());
        n = significant(&a[..n]);
        for pair in out[at - CHUNK_DIGITS + 1..at].as_chunks_mut::<2>().0.iter_mut().rev() {
            *pair = PAIRS[(chunk % 100) as usize];
            chunk /= 100;
        }
        at -= CHUNK_DIGITS;
        out[at] = b'0' + chunk as u8;
    }
    if n == 1 { write_word(&mut out[..at], a[0]) } else { at }
}

/// Writes the decimal digits of a machine integer to the end of `out`, whose twenty bytes are enough; where they begin.
#[inline]
pub fn write_word(out: &mut [u8], mut n: u64) -> usize {
    let mut at = out.len();
    while n >= 100 {
        at -= 2;
        out[at..at + 2].copy_from_slice(&PAIRS[(n % 100) as usize]);
        n /= 100;
    }
    if n >= 10 {
        at -= 2;
        out[at..at + 2].copy_from_slice(&PAIRS[n as usize]);
    } else {
        at -= 1;
        out[at] = b'0' + n as u8;
    }
    at
}
