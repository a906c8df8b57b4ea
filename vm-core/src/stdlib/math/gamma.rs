//! `gamma` and `lgamma` by Lanczos' approximation, with CPython's coefficients and operations, so that results agree to the last bit.
#![expect(clippy::excessive_precision, reason = "the published coefficients")]

use super::{domain, number, range};
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::value::Value;
use std::f64::consts::PI;

const G: f64 = 6.024680040776729583740234375;
const G_MINUS_HALF: f64 = 5.524680040776729583740234375;
const LOG_PI: f64 = 1.144729885849400174143427351353058711647;
const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786772,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
const DENOMINATOR: [f64; 13] =
    [0.0, 39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0, 2637558.0, 357423.0, 32670.0, 1925.0, 66.0, 1.0];
/// Greatest argument whose factorial is exact in a float.
const EXACT: f64 = 23.0;

fn lanczos(x: f64) -> f64 {
    let (mut num, mut den) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..13).rev() {
            num = num * x + NUMERATOR[i];
            den = den * x + DENOMINATOR[i];
        }
    } else {
        for i in 0..13 {
            num = num / x + NUMERATOR[i];
            den = den / x + DENOMINATOR[i];
        }
    }
    num / den
}

fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * r
}

/// `math.gamma`.
pub(super) fn gamma(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let x = number(m, args, 0)?;
    if x.is_nan() || x == f64::INFINITY {
        return Ok(m.new_float(x));
    }
    if x == f64::NEG_INFINITY || x == 0.0 || (x < 0.0 && x == x.floor()) {
        return Err(domain(m));
    }
    let r = finite_gamma(x);
    if r.is_infinite() { Err(range(m)) } else { Ok(m.new_float(r)) }
}

fn finite_gamma(x: f64) -> f64 {
    if x == x.floor() && x <= EXACT {
        return (2..x as i64).fold(1.0, |p, i| p * i as f64);
    }
    let a = x.abs();
    if a < 1e-20 {
        return 1.0 / x;
    }
    if a > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = a + G_MINUS_HALF;
    let z = if a > G_MINUS_HALF { (y - a) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - a };
    let z = z * G / y;
    let power = |r: f64, times: fn(f64, f64) -> f64| {
        if a < 140.0 {
            times(r, y.powf(a - 0.5))
        } else {
            let half = y.powf(a / 2.0 - 0.25);
            times(times(r, half), half)
        }
    };
    if x < 0.0 {
        let r = -PI / sin_pi(a) / a * y.exp() / lanczos(a);
        power(r - z * r, |r, p| r / p)
    } else {
        let r = lanczos(a) / y.exp();
        power(r + z * r, |r, p| r * p)
    }
}

/// `math.lgamma`.
pub(super) fn lgamma(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let x = number(m, args, 0)?;
    if x.is_nan() {
        return Ok(m.new_float(x));
    }
    if x.is_infinite() {
        return Ok(m.new_float(f64::INFINITY));
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(domain(m)) } else { Ok(m.new_float(0.0)) };
    }
    let a = x.abs();
    let r = if a < 1e-20 {
        -a.ln()
    } else {
        let mut r = lanczos(a).ln() - G;
        r += (a - 0.5) * ((a + G - 0.5).ln() - 1.0);
        if x < 0.0 { LOG_PI - sin_pi(a).abs().ln() - a.ln() - r } else { r }
    };
    if r.is_infinite() { Err(range(m)) } else { Ok(m.new_float(r)) }
}
