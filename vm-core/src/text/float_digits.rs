//! Decimal digits of a float: the shortest that round-trip, or correctly rounded to a number of digits.
//!
//! This is the part of CPython's `dtoa.c` that the formatting needs, on top of the exact formatting of the Rust
//! standard library; `float_text.rs` lays the digits out.

/// Decimal digits `0.DIGITS × 10^point` of a finite value, without its sign and without trailing zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// ASCII digits, possibly none (a value rounded away); zero is `"0"`.
    pub digits: String,
    /// Position of the decimal point relative to the first digit.
    pub point: i32,
}

/// No float has more significant digits than this, so asking for more only adds zeros.
const MAX_SIGNIFICANT: usize = 800;
/// No float has more digits after the point than this.
const MAX_FRACTION: i64 = 1100;

fn from_scientific(text: &str) -> Digits {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits: String = mantissa.chars().filter(|&c| c != '.').collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Digits { digits: "0".into(), point: 1 };
    }
    Digits { digits: digits.into(), point: exponent.parse::<i32>().unwrap_or(0) + 1 }
}

fn from_fixed(text: &str, places: i64) -> Digits {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.trim_start_matches('0');
    let digits = format!("{whole}{part}");
    let leading = digits.bytes().take_while(|&b| b == b'0').count();
    let kept = digits[leading..].trim_end_matches('0');
    let point = if kept.is_empty() { -places } else { whole.len() as i64 - leading as i64 };
    Digits { digits: kept.into(), point: i32::try_from(point).unwrap_or(0) }
}

/// The shortest digits that read back as the same float (mode 0 of `dtoa`).
///
/// Where two such are equally near, the standard library takes the upper and CPython the even one.
pub fn shortest(value: f64) -> Digits {
    let value = value.abs();
    let found = from_scientific(&format!("{value:e}"));
    let count = found.digits.len();
    let odd = found.digits.as_bytes().last().is_some_and(|d| d & 1 == 1);
    if odd && count >= 15 && may_be_tie(value) {
        let even = significant(value, count);
        let text = format!("{}e{}", even.digits, i64::from(even.point) - even.digits.len() as i64);
        if even.digits.len() == count && text.parse() == Ok(value) {
            return even;
        }
    }
    found
}

/// Whether a float may lie exactly between two decimals of at least 15 and at most 17 digits: its own digits, which end as far behind the
/// point as its last bit, are then at most 18.
pub(super) fn may_be_tie(value: f64) -> bool {
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32 - 1075;
    let last = exponent + ((bits & ((1 << 52) - 1)) | 1 << 52).trailing_zeros() as i32;
    last > -26
}

/// `count` significant digits, at least one (mode 2 of `dtoa`).
pub fn significant(value: f64, count: usize) -> Digits {
    let count = count.clamp(1, MAX_SIGNIFICANT);
    if let Some(quick) = few_significant(value.abs(), count) {
        return quick;
    }
    from_scientific(&format!("{:.*e}", count - 1, value.abs()))
}

/// [`significant`] of a value of usual size, as an integer of so many digits.
fn few_significant(value: f64, count: usize) -> Option<Digits> {
    if !(1e-5..1e15).contains(&value) || count > 17 {
        return None;
    }
    let exponent = value.log10().floor() as i64;
    let places = usize::try_from(count as i64 - 1 - exponent).ok()?;
    let rounded = super::format_quick::scaled(value, places)?;
    let least = 10u64.pow(count as u32 - 1);
    if rounded == least * 10 {
        // Rounded up to the next power of ten.
        return Some(Digits { digits: "1".into(), point: exponent as i32 + 2 });
    }
    // The logarithm may have been rounded up to the next integer.
    let reached = rounded > least || u32::try_from(exponent).is_ok_and(|e| value >= 10u64.pow(e) as f64);
    if !(least..least * 10).contains(&rounded) || !reached {
        return None;
    }
    let digits = rounded.to_string();
    Some(Digits { digits: digits.trim_end_matches('0').into(), point: exponent as i32 + 1 })
}

/// Rounded to `count` digits after the point, which may be negative (mode 3 of `dtoa`).
pub fn fraction(value: f64, count: i64) -> Digits {
    let value = value.abs();
    if value == 0.0 {
        return Digits { digits: "0".into(), point: 1 };
    }
    let count = count.min(MAX_FRACTION);
    if let Ok(places) = usize::try_from(count) {
        return from_fixed(&format!("{value:.places$}"), count);
    }
    let mut near = shortest(value);
    if near.digits == "1" {
        // The value may lie just below this power of ten, as 1e23 does.
        near = significant(value, MAX_SIGNIFICANT);
    }
    let point = i64::from(near.point);
    let wanted = point + count;
    if wanted > 0 {
        return significant(value, usize::try_from(wanted).unwrap_or(1));
    }
    let nothing = Digits { digits: String::new(), point: i32::try_from(-count).unwrap_or(i32::MIN) };
    if wanted < 0 {
        return nothing;
    }
    // The value is 0.d… × 10^point and everything is rounded away, unless it is more than half.
    if significant(value, MAX_SIGNIFICANT).digits.as_str() > "5" {
        Digits { digits: "1".into(), point: i32::try_from(point + 1).unwrap_or(0) }
    } else {
        nothing
    }
}
