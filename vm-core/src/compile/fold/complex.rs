//! Complex arithmetic on constants, with the algorithms CPython uses, so that results agree to the last bit.
//!
//! `number` holds integers and floats; complex numbers are apart because nothing else in the compiler needs them.

/// A complex number: real and imaginary part.
pub(super) type Complex = (f64, f64);

/// The product.
pub(super) fn mul(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// The quotient; `None` for division by zero.
pub(super) fn div(a: Complex, b: Complex) -> Option<Complex> {
    if b.0.abs() >= b.1.abs() {
        if b.0.abs() == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let denom = b.0 + b.1 * ratio;
        Some(((a.0 + a.1 * ratio) / denom, (a.1 - a.0 * ratio) / denom))
    } else if b.1.abs() >= b.0.abs() {
        let ratio = b.0 / b.1;
        let denom = b.0 * ratio + b.1;
        Some(((a.0 * ratio + a.1) / denom, (a.1 * ratio - a.0) / denom))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

fn pow_unsigned(base: Complex, exponent: u32) -> Complex {
    let (mut result, mut power, mut mask) = ((1.0, 0.0), base, 1);
    while mask > 0 && exponent >= mask {
        if exponent & mask != 0 {
            result = mul(result, power);
        }
        mask <<= 1;
        power = mul(power, power);
    }
    result
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the exponent is whole and at most 100")]
fn pow_small(a: Complex, exponent: f64) -> Option<Complex> {
    if exponent > 0.0 { Some(pow_unsigned(a, exponent as u32)) } else { div((1.0, 0.0), pow_unsigned(a, -exponent as u32)) }
}

/// The power; `None` where Python raises.
pub(super) fn pow(a: Complex, b: Complex) -> Option<Complex> {
    let result = if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        pow_small(a, b.0)?
    } else if b == (0.0, 0.0) {
        (1.0, 0.0)
    } else if a == (0.0, 0.0) {
        if b.1 != 0.0 || b.0 < 0.0 {
            return None;
        }
        (0.0, 0.0)
    } else {
        let abs = a.0.hypot(a.1);
        let mut len = abs.powf(b.0);
        let at = a.1.atan2(a.0);
        let mut phase = at * b.0;
        if b.1 != 0.0 {
            len /= (at * b.1).exp();
            phase += b.1 * abs.ln();
        }
        (len * phase.cos(), len * phase.sin())
    };
    (!result.0.is_infinite() && !result.1.is_infinite()).then_some(result)
}
