//! Decimal digits of a magnitude: nineteen at a time, and by halves where there are many.

use super::div::{Divisor1, div_rem_small};
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
    let mut limbs = [0; HALVE_LIMBS * 2];
    let mut many;
    let mut rest = if a.len() <= limbs.len() {
        limbs[..a.len()].copy_from_slice(a);
        &mut limbs[..a.len()]
    } else {
        many = a.to_vec();
        &mut many[..]
    };
    let divisor = Divisor1::new(CHUNK);
    let mut chunks: Vec<Limb> = Vec::with_capacity(rest.len() + rest.len() / 64 + 2);
    while !rest.is_empty() {
        chunks.push(div_rem_small(rest, divisor, CHUNK.leading_zeros()));
        let n = significant(rest);
        rest = &mut rest[..n];
    }
    let top = chunks.pop().unwrap_or(0);
    let digits = if top == 0 { 0 } else { top.ilog10() as usize + 1 };
    let known = digits + chunks.len() * CHUNK_DIGITS;
    text.resize(text.len() + width.saturating_sub(known), b'0');
    append_chunk(text, top, digits);
    for &chunk in chunks.iter().rev() {
        append_chunk(text, chunk, CHUNK_DIGITS);
    }
}

fn append_chunk(text: &mut Vec<u8>, mut chunk: Limb, digits: usize) {
    let from = text.len();
    text.resize(from + digits, b'0');
    for digit in text[from..].iter_mut().rev() {
        *digit = b'0' + (chunk % 10) as u8;
        chunk /= 10;
    }
}
