//! Numbers as text. What a format specification adds is in `format.rs`.

use super::limbs::{WORD, word_digits};
use super::{Kind, Num};

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Notation {
    /// As `str` does: an exponent only where it is needed.
    Scientific,
    /// The same with exponents that are multiples of three.
    Engineering,
    /// Always with an exponent.
    Exponent,
    /// Never with one.
    Fixed,
}

/// How to write a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) notation: Notation,
    /// `E`, not `e`.
    pub(crate) capitals: bool,
    /// What stands before numbers that are not negative.
    pub(super) plus: Option<u8>,
    /// Digits before the point where there is an exponent.
    pub(super) point: i64,
    pub(super) percent: bool,
}

impl Style {
    pub(crate) fn new(notation: Notation, capitals: bool) -> Style {
        Style { notation, capitals, plus: None, point: 1, percent: false }
    }
}

/// Longest text ever made.
const LONGEST: i64 = 1 << 34;

static PAIRS: [[u8; 2]; 100] = {
    let mut table = [[0; 2]; 100];
    let mut i = 0;
    while i < 100 {
        table[i] = [b'0' + (i / 10) as u8, b'0' + (i % 10) as u8];
        i += 1;
    }
    table
};

fn append_limb(out: &mut Vec<u8>, x: u64, digits: usize) {
    let mut buffer = [b'0'; 20];
    let mut at = buffer.len();
    let mut pair = |n: u64| {
        at -= 2;
        buffer[at..at + 2].copy_from_slice(&PAIRS[n as usize]);
    };
    let (mut high, mut low) = super::limbs::split_pow10(x, 10);
    for _ in 0..5 {
        pair(low % 100);
        low /= 100;
    }
    while high != 0 {
        pair(high % 100);
        high /= 100;
    }
    out.extend_from_slice(&buffer[buffer.len() - digits..]);
}

/// Appends the digits of a coefficient.
pub(super) fn append_digits(out: &mut Vec<u8>, coeff: &[u64]) {
    let Some((&top, rest)) = coeff.split_last() else { return };
    append_limb(out, top, word_digits(top));
    for &x in rest.iter().rev() {
        append_limb(out, x, WORD);
    }
}

/// The text of a number; `None` if it would fill the memory.
pub(crate) fn to_text(n: Num<'_>, style: &Style) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(n.coeff.len() * WORD + 16);
    if n.negative {
        out.push(b'-');
    } else {
        out.extend(style.plus);
    }
    match n.kind {
        Kind::Finite => append_finite(&mut out, n, style)?,
        Kind::Infinite => out.extend_from_slice(b"Infinity"),
        Kind::Quiet | Kind::Signaling => {
            out.extend_from_slice(if n.kind == Kind::Quiet { b"NaN" } else { b"sNaN" });
            append_digits(&mut out, n.coeff);
        }
    }
    if style.percent {
        out.push(b'%');
    }
    Some(out)
}

fn append_finite(out: &mut Vec<u8>, n: Num<'_>, style: &Style) -> Option<()> {
    let digits = n.digits();
    // Digits before the point if there is no exponent, and digits before it as it is.
    let left = digits + n.exp;
    let mut point = style.point;
    match style.notation {
        Notation::Exponent => {}
        Notation::Fixed => point = left,
        _ if n.exp <= 0 && left > -6 => point = left,
        Notation::Engineering if n.is_zero() => point = -1 + (n.exp + 2).rem_euclid(3),
        Notation::Engineering => point += (left - 1).rem_euclid(3),
        Notation::Scientific => {}
    }
    if point.abs().max(digits) > LONGEST {
        return None;
    }
    if point <= 0 {
        out.extend_from_slice(b"0.");
        out.resize(out.len() + -point as usize, b'0');
        append_digits(out, n.coeff);
    } else {
        let start = out.len();
        append_digits(out, n.coeff);
        if point >= digits {
            out.resize(start + point as usize, b'0');
        } else {
            out.insert(start + point as usize, b'.');
        }
    }
    if left != point || style.notation == Notation::Exponent {
        out.push(if style.capitals { b'E' } else { b'e' });
        let exponent = left - point;
        out.push(if exponent < 0 { b'-' } else { b'+' });
        let size = exponent.unsigned_abs();
        append_limb(out, size, word_digits(size));
    }
    Some(())
}
