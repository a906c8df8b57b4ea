//! What functions of complex numbers give for infinities and NaN, as C99's Annex G and CPython have it.
//!
//! Rows and columns are the kinds of the real and of the imaginary part: -inf, negative, -0, +0, positive, +inf, NaN. Entries for
//! two finite numbers are never used.

use super::Complex;
use std::f64::consts::{FRAC_PI_2 as H, FRAC_PI_4 as Q, PI as P};

const I: f64 = f64::INFINITY;
const N: f64 = f64::NAN;
const T: f64 = 0.75 * P;
const Z: f64 = -0.0;

/// A table of special values.
pub(super) type Table = [[Complex; 7]; 7];

/// The kind of a float, as a row or column.
fn kind(x: f64) -> usize {
    match (x.is_nan(), x.is_infinite(), x == 0.0, x.is_sign_positive()) {
        (true, ..) => 6,
        (_, true, _, positive) => {
            if positive {
                5
            } else {
                0
            }
        }
        (_, _, true, positive) => {
            if positive {
                3
            } else {
                2
            }
        }
        (.., positive) => {
            if positive {
                4
            } else {
                1
            }
        }
    }
}

/// The entry for a number that is not finite.
pub(super) fn special(table: &Table, (re, im): Complex) -> Complex {
    table[kind(re)][kind(im)]
}

/// Of `acos`.
#[rustfmt::skip]
pub(super) static ACOS: Table = [
    [(T, I), (P, I), (P, I), (P, -I), (P, -I), (T, -I), (N, I)],
    [(H, I), (N, N), (N, N), (N, N), (N, N), (H, -I), (N, N)],
    [(H, I), (N, N), (H, 0.0), (H, Z), (N, N), (H, -I), (H, N)],
    [(H, I), (N, N), (H, 0.0), (H, Z), (N, N), (H, -I), (H, N)],
    [(H, I), (N, N), (N, N), (N, N), (N, N), (H, -I), (N, N)],
    [(Q, I), (0.0, I), (0.0, I), (0.0, -I), (0.0, -I), (Q, -I), (N, I)],
    [(N, I), (N, N), (N, N), (N, N), (N, N), (N, -I), (N, N)],
];

/// Of `acosh`.
#[rustfmt::skip]
pub(super) static ACOSH: Table = [
    [(I, -T), (I, -P), (I, -P), (I, P), (I, P), (I, T), (I, N)],
    [(I, -H), (N, N), (N, N), (N, N), (N, N), (I, H), (N, N)],
    [(I, -H), (N, N), (0.0, -H), (0.0, H), (N, N), (I, H), (N, N)],
    [(I, -H), (N, N), (0.0, -H), (0.0, H), (N, N), (I, H), (N, N)],
    [(I, -H), (N, N), (N, N), (N, N), (N, N), (I, H), (N, N)],
    [(I, -Q), (I, Z), (I, Z), (I, 0.0), (I, 0.0), (I, Q), (I, N)],
    [(I, N), (N, N), (N, N), (N, N), (N, N), (I, N), (N, N)],
];

/// Of `asinh`.
#[rustfmt::skip]
pub(super) static ASINH: Table = [
    [(-I, -Q), (-I, Z), (-I, Z), (-I, 0.0), (-I, 0.0), (-I, Q), (-I, N)],
    [(-I, -H), (N, N), (N, N), (N, N), (N, N), (-I, H), (N, N)],
    [(-I, -H), (N, N), (Z, Z), (Z, 0.0), (N, N), (-I, H), (N, N)],
    [(I, -H), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (I, H), (N, N)],
    [(I, -H), (N, N), (N, N), (N, N), (N, N), (I, H), (N, N)],
    [(I, -Q), (I, Z), (I, Z), (I, 0.0), (I, 0.0), (I, Q), (I, N)],
    [(I, N), (N, N), (N, Z), (N, 0.0), (N, N), (I, N), (N, N)],
];

/// Of `atanh`.
#[rustfmt::skip]
pub(super) static ATANH: Table = [
    [(Z, -H), (Z, -H), (Z, -H), (Z, H), (Z, H), (Z, H), (Z, N)],
    [(Z, -H), (N, N), (N, N), (N, N), (N, N), (Z, H), (N, N)],
    [(Z, -H), (N, N), (Z, Z), (Z, 0.0), (N, N), (Z, H), (Z, N)],
    [(0.0, -H), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (0.0, H), (0.0, N)],
    [(0.0, -H), (N, N), (N, N), (N, N), (N, N), (0.0, H), (N, N)],
    [(0.0, -H), (0.0, -H), (0.0, -H), (0.0, H), (0.0, H), (0.0, H), (0.0, N)],
    [(0.0, -H), (N, N), (N, N), (N, N), (N, N), (0.0, H), (N, N)],
];

/// Of `cosh`.
#[rustfmt::skip]
pub(super) static COSH: Table = [
    [(I, N), (N, N), (I, 0.0), (I, Z), (N, N), (I, N), (I, N)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(N, 0.0), (N, N), (1.0, 0.0), (1.0, Z), (N, N), (N, 0.0), (N, 0.0)],
    [(N, 0.0), (N, N), (1.0, Z), (1.0, 0.0), (N, N), (N, 0.0), (N, 0.0)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(I, N), (N, N), (I, Z), (I, 0.0), (N, N), (I, N), (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `exp`.
#[rustfmt::skip]
pub(super) static EXP: Table = [
    [(0.0, 0.0), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (0.0, 0.0), (0.0, 0.0)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(N, N), (N, N), (1.0, Z), (1.0, 0.0), (N, N), (N, N), (N, N)],
    [(N, N), (N, N), (1.0, Z), (1.0, 0.0), (N, N), (N, N), (N, N)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(I, N), (N, N), (I, Z), (I, 0.0), (N, N), (I, N), (I, N)],
    [(N, N), (N, N), (N, Z), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `log`.
#[rustfmt::skip]
pub(super) static LOG: Table = [
    [(I, -T), (I, -P), (I, -P), (I, P), (I, P), (I, T), (I, N)],
    [(I, -H), (N, N), (N, N), (N, N), (N, N), (I, H), (N, N)],
    [(I, -H), (N, N), (-I, -P), (-I, P), (N, N), (I, H), (N, N)],
    [(I, -H), (N, N), (-I, Z), (-I, 0.0), (N, N), (I, H), (N, N)],
    [(I, -H), (N, N), (N, N), (N, N), (N, N), (I, H), (N, N)],
    [(I, -Q), (I, Z), (I, Z), (I, 0.0), (I, 0.0), (I, Q), (I, N)],
    [(I, N), (N, N), (N, N), (N, N), (N, N), (I, N), (N, N)],
];

/// Of `sinh`.
#[rustfmt::skip]
pub(super) static SINH: Table = [
    [(I, N), (N, N), (-I, Z), (-I, 0.0), (N, N), (I, N), (I, N)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(0.0, N), (N, N), (Z, Z), (Z, 0.0), (N, N), (0.0, N), (0.0, N)],
    [(0.0, N), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (0.0, N), (0.0, N)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(I, N), (N, N), (I, Z), (I, 0.0), (N, N), (I, N), (I, N)],
    [(N, N), (N, N), (N, Z), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `sqrt`.
#[rustfmt::skip]
pub(super) static SQRT: Table = [
    [(I, -I), (0.0, -I), (0.0, -I), (0.0, I), (0.0, I), (I, I), (N, I)],
    [(I, -I), (N, N), (N, N), (N, N), (N, N), (I, I), (N, N)],
    [(I, -I), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (I, I), (N, N)],
    [(I, -I), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (I, I), (N, N)],
    [(I, -I), (N, N), (N, N), (N, N), (N, N), (I, I), (N, N)],
    [(I, -I), (I, Z), (I, Z), (I, 0.0), (I, 0.0), (I, I), (I, N)],
    [(I, -I), (N, N), (N, N), (N, N), (N, N), (I, I), (N, N)],
];

/// Of `tanh`.
#[rustfmt::skip]
pub(super) static TANH: Table = [
    [(-1.0, 0.0), (N, N), (-1.0, Z), (-1.0, 0.0), (N, N), (-1.0, 0.0), (-1.0, 0.0)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(N, N), (N, N), (Z, Z), (Z, 0.0), (N, N), (N, N), (N, N)],
    [(N, N), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (N, N), (N, N)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(1.0, 0.0), (N, N), (1.0, Z), (1.0, 0.0), (N, N), (1.0, 0.0), (1.0, 0.0)],
    [(N, N), (N, N), (N, Z), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `rect`.
#[rustfmt::skip]
pub(super) static RECT: Table = [
    [(I, N), (N, N), (-I, 0.0), (-I, Z), (N, N), (I, N), (I, N)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(0.0, 0.0), (N, N), (Z, 0.0), (Z, Z), (N, N), (0.0, 0.0), (0.0, 0.0)],
    [(0.0, 0.0), (N, N), (0.0, Z), (0.0, 0.0), (N, N), (0.0, 0.0), (0.0, 0.0)],
    [(N, N), (N, N), (N, N), (N, N), (N, N), (N, N), (N, N)],
    [(I, N), (N, N), (I, Z), (I, 0.0), (N, N), (I, N), (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];
