//! Numbers as people read them: units, grouping, intervals. Missing numbers are the word "unavailable".

use crate::stats::Estimate;

/// What stands where a number is missing.
pub(crate) const UNAVAILABLE: &str = "unavailable";

/// A count with its digits in groups of three.
pub(crate) fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A time with a unit that suits it.
pub(crate) fn time(ns: f64) -> String {
    match ns {
        ns if ns >= 1e9 => format!("{:.3} s", ns / 1e9),
        ns if ns >= 1e6 => format!("{:.2} ms", ns / 1e6),
        ns if ns >= 1e3 => format!("{:.2} µs", ns / 1e3),
        ns => format!("{ns:.0} ns"),
    }
}

/// A size in binary units.
pub(crate) fn bytes(bytes: f64) -> String {
    match bytes {
        b if b >= 1024.0 * 1024.0 * 1024.0 => format!("{:.2} GiB", b / (1024.0 * 1024.0 * 1024.0)),
        b if b >= 1024.0 * 1024.0 => format!("{:.1} MiB", b / (1024.0 * 1024.0)),
        b if b >= 1024.0 => format!("{:.1} KiB", b / 1024.0),
        b => format!("{b:.0} B"),
    }
}

/// A share in per cent.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return UNAVAILABLE.to_owned();
    }
    let share = 100.0 * part as f64 / whole as f64;
    match share {
        0.0 => "0 %".to_owned(),
        s if s < 0.01 => "< 0.01 %".to_owned(),
        s => format!("{s:.2} %"),
    }
}

/// An estimate with its interval: `1.27 [1.25, 1.30]`.
pub(crate) fn estimate(estimate: Option<&Estimate>) -> String {
    match estimate {
        None => UNAVAILABLE.to_owned(),
        Some(Estimate { value, interval: Some((low, high)), .. }) => format!("{value:.3} [{low:.3}, {high:.3}]"),
        Some(Estimate { value, .. }) => format!("{value:.3} [no interval]"),
    }
}

/// A text, or the word for none.
pub(crate) fn or_unavailable(text: Option<&str>) -> String {
    text.unwrap_or(UNAVAILABLE).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(12_345_678), "12,345,678");
    }

    #[test]
    fn units_suit_the_size() {
        assert_eq!(time(1.5e9), "1.500 s");
        assert_eq!(time(2.5e5), "250.00 µs");
        assert_eq!(bytes(3.0 * 1024.0 * 1024.0), "3.0 MiB");
        assert_eq!(percent(1, 0), "unavailable");
        assert_eq!(percent(1, 1_000_000), "< 0.01 %");
    }
}
