//! The functions themselves. Branch cuts and signs of zeros follow C99's Annex G.

use super::Complex;
use super::special::{self, special};
use std::f64::consts::{E, FRAC_PI_2, LN_2, LN_10, PI};

/// A result, or what C reports in errno.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    Value(Complex),
    Domain,
    Range,
}

unsafe extern "C" {
    #[link_name = "asinh"]
    safe fn real_asinh(x: f64) -> f64;
}

const LARGE: f64 = f64::MAX / 4.0;

fn log_large() -> f64 {
    LARGE.ln()
}

fn is_finite((re, im): Complex) -> bool {
    re.is_finite() && im.is_finite()
}

/// `x * 2**e` for the exponents used here: exact, or rounded once.
fn scale(x: f64, e: i32) -> f64 {
    x * 2f64.powi(e)
}

impl Outcome {
    /// The value multiplied by -i, i.e. (a, b) to (b, -a).
    fn turned(self) -> Outcome {
        match self {
            Outcome::Value((re, im)) => Outcome::Value((im, -re)),
            other => other,
        }
    }
}

/// A finite result, or an overflow.
fn checked((re, im): Complex) -> Outcome {
    if re.is_infinite() || im.is_infinite() { Outcome::Range } else { Outcome::Value((re, im)) }
}

pub(super) fn sqrt(z: Complex) -> Complex {
    if !is_finite(z) {
        return special(&special::SQRT, z);
    }
    let (re, im) = z;
    if re == 0.0 && im == 0.0 {
        return (0.0, im);
    }
    let (mut ax, ay) = (re.abs(), im.abs());
    let s = if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        ax = scale(ax, 53);
        scale((ax + ax.hypot(scale(ay, 53))).sqrt(), -27)
    } else {
        ax /= 8.0;
        2.0 * (ax + ax.hypot(ay / 8.0)).sqrt()
    };
    let d = ay / (2.0 * s);
    if re >= 0.0 { (s, d.copysign(im)) } else { (d, s.copysign(im)) }
}

/// The logarithm of half the size, to which two times ln 2 belongs.
fn log_of_half((re, im): Complex) -> f64 {
    (re / 2.0).hypot(im / 2.0).ln() + LN_2 * 2.0
}

fn is_large((re, im): Complex) -> bool {
    re.abs() > LARGE || im.abs() > LARGE
}

pub(super) fn acos(z: Complex) -> Outcome {
    if !is_finite(z) {
        return Outcome::Value(special(&special::ACOS, z));
    }
    let (re, im) = z;
    Outcome::Value(if is_large(z) {
        let size = log_of_half(z);
        (im.abs().atan2(re), if re < 0.0 { -size.copysign(im) } else { size.copysign(-im) })
    } else {
        let (a, b) = (sqrt((1.0 - re, -im)), sqrt((1.0 + re, im)));
        (2.0 * a.0.atan2(b.0), real_asinh(b.0 * a.1 - b.1 * a.0))
    })
}

pub(super) fn acosh(z: Complex) -> Outcome {
    if !is_finite(z) {
        return Outcome::Value(special(&special::ACOSH, z));
    }
    let (re, im) = z;
    Outcome::Value(if is_large(z) {
        (log_of_half(z), im.atan2(re))
    } else {
        let (a, b) = (sqrt((re - 1.0, im)), sqrt((re + 1.0, im)));
        (real_asinh(a.0 * b.0 + a.1 * b.1), 2.0 * a.1.atan2(b.0))
    })
}

pub(super) fn asin((re, im): Complex) -> Outcome {
    asinh((-im, re)).turned()
}

pub(super) fn asinh(z: Complex) -> Outcome {
    if !is_finite(z) {
        return Outcome::Value(special(&special::ASINH, z));
    }
    let (re, im) = z;
    Outcome::Value(if is_large(z) {
        let size = log_of_half(z);
        (if im >= 0.0 { size.copysign(re) } else { -size.copysign(-re) }, im.atan2(re.abs()))
    } else {
        let (a, b) = (sqrt((1.0 + im, -re)), sqrt((1.0 - im, re)));
        (real_asinh(a.0 * b.1 - b.0 * a.1), im.atan2(a.0 * b.0 - a.1 * b.1))
    })
}

pub(super) fn atan((re, im): Complex) -> Outcome {
    atanh((-im, re)).turned()
}

pub(super) fn atanh(z: Complex) -> Outcome {
    if !is_finite(z) {
        return Outcome::Value(special(&special::ATANH, z));
    }
    let (re, im) = z;
    if re < 0.0 {
        return match atanh((-re, -im)) {
            Outcome::Value((re, im)) => Outcome::Value((-re, -im)),
            other => other,
        };
    }
    let (ay, large) = (im.abs(), LARGE.sqrt());
    if re > large || ay > large {
        let h = (re / 2.0).hypot(im / 2.0);
        return Outcome::Value((re / 4.0 / h / h, -(FRAC_PI_2).copysign(-im)));
    }
    if re == 1.0 && ay < f64::MIN_POSITIVE.sqrt() {
        if ay == 0.0 {
            return Outcome::Domain;
        }
        return Outcome::Value((-(ay.sqrt() / ay.hypot(2.0).sqrt()).ln(), (2f64.atan2(-ay) / 2.0).copysign(im)));
    }
    let other = 1.0 - re;
    Outcome::Value(((4.0 * re / (other * other + ay * ay)).ln_1p() / 4.0, -(-2.0 * im).atan2(other * (1.0 + re) - ay * ay) / 2.0))
}

/// Whether the real part is infinite and the imaginary one an ordinary number.
fn is_edge((re, im): Complex) -> bool {
    re.is_infinite() && im.is_finite() && im != 0.0
}

pub(super) fn cos((re, im): Complex) -> Outcome {
    cosh((-im, re))
}

pub(super) fn cosh(z: Complex) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && !re.is_nan() {
            return Outcome::Domain;
        }
        return Outcome::Value(if is_edge(z) {
            let imaginary = f64::INFINITY.copysign(im.sin());
            (f64::INFINITY.copysign(im.cos()), if re > 0.0 { imaginary } else { -imaginary })
        } else {
            special(&special::COSH, z)
        });
    }
    checked(if re.abs() > log_large() {
        let less = re - 1f64.copysign(re);
        (im.cos() * less.cosh() * E, im.sin() * less.sinh() * E)
    } else {
        (im.cos() * re.cosh(), im.sin() * re.sinh())
    })
}

pub(super) fn exp(z: Complex) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && (re.is_finite() || re == f64::INFINITY) {
            return Outcome::Domain;
        }
        return Outcome::Value(if is_edge(z) {
            let size = if re > 0.0 { f64::INFINITY } else { 0.0 };
            (size.copysign(im.cos()), size.copysign(im.sin()))
        } else {
            special(&special::EXP, z)
        });
    }
    checked(if re > log_large() {
        let l = (re - 1.0).exp();
        (l * im.cos() * E, l * im.sin() * E)
    } else {
        let l = re.exp();
        (l * im.cos(), l * im.sin())
    })
}

/// What the logarithm of a zero would be.
pub(super) fn log_of_zero((re, im): Complex) -> Complex {
    (f64::NEG_INFINITY, im.atan2(re))
}

pub(super) fn log(z: Complex) -> Outcome {
    if !is_finite(z) {
        return Outcome::Value(special(&special::LOG, z));
    }
    let (ax, ay) = (z.0.abs(), z.1.abs());
    let re = if ax > LARGE || ay > LARGE {
        (ax / 2.0).hypot(ay / 2.0).ln() + LN_2
    } else if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        if ax == 0.0 && ay == 0.0 {
            return Outcome::Domain;
        }
        scale(ax, 53).hypot(scale(ay, 53)).ln() - 53.0 * LN_2
    } else {
        let h = ax.hypot(ay);
        if (0.71..=1.73).contains(&h) {
            let (more, less) = if ax > ay { (ax, ay) } else { (ay, ax) };
            ((more - 1.0) * (more + 1.0) + less * less).ln_1p() / 2.0
        } else {
            h.ln()
        }
    };
    Outcome::Value((re, z.1.atan2(z.0)))
}

pub(super) fn log10(z: Complex) -> Outcome {
    match log(z) {
        Outcome::Value((re, im)) => Outcome::Value((re / LN_10, im / LN_10)),
        other => other,
    }
}

/// `x / y`, as CPython divides; `None` for a zero divisor.
pub(super) fn quotient(x: Complex, y: Complex) -> Option<Complex> {
    let (size_re, size_im) = (y.0.abs(), y.1.abs());
    if size_re >= size_im {
        if size_re == 0.0 {
            return None;
        }
        let ratio = y.1 / y.0;
        let denominator = y.0 + y.1 * ratio;
        Some(((x.0 + x.1 * ratio) / denominator, (x.1 - x.0 * ratio) / denominator))
    } else if size_im >= size_re {
        let ratio = y.0 / y.1;
        let denominator = y.0 * ratio + y.1;
        Some(((x.0 * ratio + x.1) / denominator, (x.1 * ratio - x.0) / denominator))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

pub(super) fn sin((re, im): Complex) -> Outcome {
    sinh((-im, re)).turned()
}

pub(super) fn sinh(z: Complex) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && !re.is_nan() {
            return Outcome::Domain;
        }
        return Outcome::Value(if is_edge(z) {
            let real = f64::INFINITY.copysign(im.cos());
            (if re > 0.0 { real } else { -real }, f64::INFINITY.copysign(im.sin()))
        } else {
            special(&special::SINH, z)
        });
    }
    checked(if re.abs() > log_large() {
        let less = re - 1f64.copysign(re);
        (im.cos() * less.sinh() * E, im.sin() * less.cosh() * E)
    } else {
        (im.cos() * re.sinh(), im.sin() * re.cosh())
    })
}

pub(super) fn tan((re, im): Complex) -> Outcome {
    tanh((-im, re)).turned()
}

pub(super) fn tanh(z: Complex) -> Outcome {
    let (re, im) = z;
    if !is_finite(z) {
        if im.is_infinite() && re.is_finite() {
            return Outcome::Domain;
        }
        return Outcome::Value(if is_edge(z) {
            (1f64.copysign(re), 0f64.copysign(2.0 * im.sin() * im.cos()))
        } else {
            special(&special::TANH, z)
        });
    }
    if re.abs() > log_large() {
        return Outcome::Value((1f64.copysign(re), 4.0 * im.sin() * im.cos() * (-2.0 * re.abs()).exp()));
    }
    let (tx, ty, cx) = (re.tanh(), im.tan(), 1.0 / re.cosh());
    let both = tx * ty;
    let denominator = 1.0 + both * both;
    Outcome::Value((tx * (1.0 + ty * ty) / denominator, ty / denominator * cx * cx))
}

/// The angle.
pub(super) fn phase((re, im): Complex) -> f64 {
    if re.is_nan() || im.is_nan() {
        return f64::NAN;
    }
    if im.is_infinite() {
        let angle = match re.is_infinite() {
            true if re > 0.0 => 0.25 * PI,
            true => 0.75 * PI,
            false => 0.5 * PI,
        };
        return angle.copysign(im);
    }
    if re.is_infinite() || im == 0.0 {
        return (if re.is_sign_positive() { 0.0 } else { PI }).copysign(im);
    }
    im.atan2(re)
}

/// The number of a size and an angle.
pub(super) fn rect(r: f64, phi: f64) -> Outcome {
    if !r.is_finite() || !phi.is_finite() {
        if r != 0.0 && !r.is_nan() && phi.is_infinite() {
            return Outcome::Domain;
        }
        return Outcome::Value(if is_edge((r, phi)) {
            let (re, im) = (f64::INFINITY.copysign(phi.cos()), f64::INFINITY.copysign(phi.sin()));
            if r > 0.0 { (re, im) } else { (-re, -im) }
        } else {
            special(&special::RECT, (r, phi))
        });
    }
    Outcome::Value(if phi == 0.0 { (r, r * phi) } else { (r * phi.cos(), r * phi.sin()) })
}
