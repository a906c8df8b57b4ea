//! Floats to text, in every layout CPython has: `repr`, and the codes e, f and g with their flags.
//!
//! Counterpart of CPython's `PyOS_double_to_string`; padding and grouping belong to `format_number.rs`.

use super::float_digits::{Digits, fraction, shortest, significant};
use super::format_quick::{Short, fixed, shortest_plain};

/// Flags of [`double_to_string`].
#[derive(Clone, Copy, Debug, Default)]
pub struct FloatFlags {
    /// Write `+` before a value without a minus sign.
    pub sign: bool,
    /// Append `.0` to something that would look like an integer.
    pub add_dot_0: bool,
    /// Keep the decimal point and, with g, trailing zeros.
    pub alternate: bool,
    /// Write a result that rounded to zero without a minus sign.
    pub no_negative_zero: bool,
}

/// `repr(float)`.
pub fn float_repr(value: f64) -> String {
    if let Some(text) = shortest_plain(value, &mut ryu::Buffer::new()) {
        return text.to_owned();
    }
    double_to_string(value, 'r', 0, FloatFlags { add_dot_0: true, ..FloatFlags::default() })
}

/// `repr(complex)`.
pub fn complex_repr(re: f64, im: f64) -> String {
    let plain = FloatFlags::default();
    if re == 0.0 && re.is_sign_positive() {
        return double_to_string(im, 'r', 0, plain) + "j";
    }
    let re = double_to_string(re, 'r', 0, plain);
    let im = double_to_string(im, 'r', 0, FloatFlags { sign: true, ..plain });
    format!("({re}{im}j)")
}

/// Text of a float; `code` is one of `r e f g E F G`, where `r` (shortest) ignores the precision.
pub fn double_to_string(value: f64, code: char, precision: usize, flags: FloatFlags) -> String {
    let upper = code.is_ascii_uppercase();
    let text = if value.is_finite() {
        finite(value, code.to_ascii_lowercase(), precision, flags)
    } else {
        let sign = if value == f64::NEG_INFINITY {
            "-"
        } else if flags.sign {
            "+"
        } else {
            ""
        };
        format!("{sign}{}", if value.is_nan() { "nan" } else { "inf" })
    };
    if upper { text.to_ascii_uppercase() } else { text }
}

fn finite(value: f64, code: char, precision: usize, flags: FloatFlags) -> String {
    // The standard library writes just this.
    if code == 'f' && precision <= 60 && !(flags.sign || flags.alternate || flags.no_negative_zero) {
        let mut quick = Short::new();
        return if fixed(value, precision, &mut quick) { quick.text().to_owned() } else { format!("{value:.precision$}") };
    }
    let wide = i64::try_from(precision).unwrap_or(i64::MAX / 4);
    let (Digits { digits, point }, wanted, with_exponent) = match code {
        'e' => (significant(value, precision.saturating_add(1)), wide + 1, true),
        'f' => {
            let found = fraction(value, wide);
            let wanted = i64::from(found.point) + wide;
            (found, wanted, false)
        }
        'g' => {
            let precision = wide.max(1);
            let found = significant(value, precision as usize);
            let at = i64::from(found.point);
            let with_exponent = at <= -4 || at > precision - i64::from(flags.add_dot_0);
            let wanted = if flags.alternate { precision } else { 0 };
            (found, wanted, with_exponent)
        }
        _ => {
            let found = shortest(value);
            let with_exponent = found.point <= -4 || found.point > 16;
            (found, 0, with_exponent)
        }
    };
    let negative = value.is_sign_negative() && !(flags.no_negative_zero && (digits.is_empty() || digits == "0"));
    let (point, exponent) = if with_exponent { (1, Some(i64::from(point) - 1)) } else { (i64::from(point), None) };
    // Digits are numbered from the first significant one; `end` is one past the last that must be written.
    let least = if exponent.is_none() && flags.add_dot_0 { point + 1 } else { point };
    let end = wanted.max(digits.len() as i64).max(least);

    let mut out = String::new();
    if negative {
        out.push('-');
    } else if flags.sign {
        out.push('+');
    }
    let zeros = |out: &mut String, count: i64| out.extend(std::iter::repeat_n('0', usize::try_from(count).unwrap_or(0)));
    let have = digits.len() as i64;
    if point <= 0 {
        out.push_str("0.");
        zeros(&mut out, -point);
        out.push_str(&digits);
        zeros(&mut out, end - have);
    } else if have <= point {
        out.push_str(&digits);
        zeros(&mut out, point - have);
        out.push('.');
        zeros(&mut out, end - point);
    } else {
        let (whole, part) = digits.split_at(point as usize);
        out.push_str(whole);
        out.push('.');
        out.push_str(part);
        zeros(&mut out, end - have);
    }
    if out.ends_with('.') && !flags.alternate {
        out.pop();
    }
    if let Some(exponent) = exponent {
        let sign = if exponent < 0 { '-' } else { '+' };
        out.push_str(&format!("e{sign}{:02}", exponent.abs()));
    }
    out
}
