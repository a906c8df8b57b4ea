//! Half-precision floats, which Rust has no stable type for: the format `e` of `struct` and of views of memory.

/// The value of a half-precision float.
pub(crate) fn half_to_f64(half: u16) -> f64 {
    let (exponent, fraction) = (i32::from(half >> 10 & 0x1f), f64::from(half & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if half & 0x3ff == 0 => f64::INFINITY,
        31 => f64::from_bits(0x7ff8_0000_0000_0000 | u64::from(half & 0x3ff) << 42),
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    };
    if half & 0x8000 != 0 { -magnitude } else { magnitude }
}

/// The nearest half-precision float, to even; `None` if it is too large.
pub(crate) fn f64_to_half(f: f64) -> Option<u16> {
    let sign = ((f.to_bits() >> 48) & 0x8000) as u16;
    let a = f.abs();
    if f.is_nan() {
        return Some(sign | 0x7e00);
    }
    if a.is_infinite() {
        return Some(sign | 0x7c00);
    }
    if a >= 65520.0 {
        return None;
    }
    let bits = if a < 2f64.powi(-14) {
        // Subnormal: the unit is 2^-24.
        (a * 2f64.powi(24)).round_ties_even() as u16
    } else {
        let exponent = ((a.to_bits() >> 52) as i32) - 1023;
        let scaled = (a * 2f64.powi(10 - exponent)).round_ties_even() as u32;
        // Rounding up to 2048 carries into the exponent.
        (((exponent + 14) as u32) << 10).wrapping_add(scaled) as u16
    };
    Some(sign | bits)
}
