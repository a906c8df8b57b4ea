//! Format specifications, as far as libmpdec knows them; the callers ask the Python version for the rest.

use super::env::MAX_PREC;
use super::integral::rescale;
use super::text::{Notation, Style, to_text};
use super::{Dec, Env, Num, status};

/// A format specification.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    fill: char,
    align: Align,
    sign: u8,
    width: i64,
    prec: Option<i64>,
    /// `e`, `f`, `g` or `%`.
    kind: u8,
    capitals: bool,
    /// The decimal point, or nothing for a plain one.
    pub(crate) point: String,
    /// Between groups of digits.
    pub(crate) separator: String,
    /// Sizes of groups, the last repeated.
    pub(crate) grouping: Vec<u8>,
    /// Whether the locale's point and separator are asked for.
    pub(crate) locale: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Align {
    Left,
    Right,
    Center,
    /// Between the sign and the digits.
    Inside,
    /// Zeros, which are grouped as digits are.
    Zeros,
}

fn alignment(c: u8) -> Option<Align> {
    Some(match c {
        b'<' => Align::Left,
        b'>' => Align::Right,
        b'^' => Align::Center,
        b'=' => Align::Inside,
        _ => return None,
    })
}

/// Takes a decimal number off the front; outer `None` if it is too great.
fn number(text: &mut &[u8]) -> Option<i64> {
    let mut value = 0i64;
    while let [digit @ b'0'..=b'9', rest @ ..] = *text {
        value = value.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
        *text = rest;
    }
    Some(value)
}

/// Reads a specification; `None` for what it does not know.
pub(crate) fn parse_spec(text: &str, capitals: bool) -> Option<Spec> {
    let mut spec = Spec {
        fill: ' ',
        align: Align::Right,
        sign: b'-',
        width: 0,
        prec: None,
        kind: b'g',
        capitals,
        point: String::new(),
        separator: String::new(),
        grouping: Vec::new(),
        locale: false,
    };
    let mut aligned = true;
    let first = text.chars().next();
    let behind = first.map_or(0, char::len_utf8);
    let mut rest = text.as_bytes();
    if let (Some(fill), Some(align)) = (first, rest.get(behind).and_then(|&c| alignment(c))) {
        (spec.fill, spec.align) = (fill, align);
        rest = &rest[behind + 1..];
    } else if let Some(align) = rest.first().and_then(|&c| alignment(c)) {
        spec.align = align;
        rest = &rest[1..];
    } else {
        aligned = false;
    }
    if let [sign @ (b'+' | b'-' | b' '), more @ ..] = rest {
        (spec.sign, rest) = (*sign, more);
    }
    if let [b'0', more @ ..] = rest {
        // Zeros are an alignment of their own.
        if aligned {
            return None;
        }
        (spec.align, spec.fill, rest) = (Align::Zeros, '0', more);
    }
    if rest.first() == Some(&b'0') {
        return None;
    }
    spec.width = number(&mut rest)?;
    if let [b',', more @ ..] = rest {
        (spec.point, spec.separator, spec.grouping) = (".".into(), ",".into(), vec![3, 3]);
        rest = more;
    }
    if let [b'.', more @ ..] = rest {
        if !more.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        rest = more;
        spec.prec = Some(number(&mut rest)?);
    }
    if let [kind @ (b'E' | b'e' | b'F' | b'f' | b'G' | b'g' | b'%'), more @ ..] = rest {
        spec.kind = kind.to_ascii_lowercase();
        spec.capitals = kind.is_ascii_uppercase();
        rest = more;
    } else if let [kind @ (b'N' | b'n'), more @ ..] = rest {
        if !spec.separator.is_empty() {
            return None;
        }
        spec.capitals = *kind == b'N';
        spec.locale = true;
        rest = more;
    }
    rest.is_empty().then_some(spec)
}

/// Rounds to so many digits.
fn round_digits(n: Num<'_>, prec: i64, env: &mut Env) -> Dec {
    let exp = n.exp + n.digits() - prec;
    let rounded = rescale(n, exp, true, env);
    if rounded.num().digits() > prec { rescale(rounded.num(), exp + 1, true, env) } else { rounded }
}

/// A number as a specification says; errors are noted.
pub(crate) fn format(n: Num<'_>, spec: &Spec, env: &mut Env) -> Option<String> {
    if spec.width > MAX_PREC || spec.prec.is_some_and(|p| p > MAX_PREC) && !n.is_special() {
        env.note(status::INVALID_OPERATION);
        return None;
    }
    let notation = match spec.kind {
        b'g' => Notation::Scientific,
        b'e' => Notation::Exponent,
        _ => Notation::Fixed,
    };
    let mut style = Style::new(notation, spec.capitals);
    style.plus = (spec.sign != b'-').then_some(spec.sign);
    style.percent = spec.kind == b'%';
    if n.is_special() {
        let text = written(n, &style, env)?;
        let plain = Spec { fill: ' ', align: Align::Right, ..spec.clone() };
        return pad(text, if spec.align == Align::Zeros { &plain } else { spec }, env);
    }
    let mut work = Env { status: 0, ..*env };
    let mut number = n;
    if style.percent {
        number.exp += 2;
    }
    let mut rounded = None;
    if let Some(prec) = spec.prec {
        match notation {
            Notation::Scientific => {
                let prec = prec.max(1);
                if number.digits() > prec {
                    rounded = Some(round_digits(number, prec, &mut work));
                }
            }
            Notation::Exponent if number.is_zero() => style.point = 1 - prec,
            Notation::Exponent => rounded = Some(round_digits(number, prec + 1, &mut work)),
            _ => rounded = Some(rescale(number, -prec, false, &mut work)),
        }
    }
    let number = rounded.as_ref().map_or(number, Dec::num);
    let mut scaled = None;
    if notation == Notation::Fixed && number.is_zero() && number.exp > 0 {
        scaled = Some(rescale(number, 0, false, &mut work));
    }
    if work.status & status::ERRORS != 0 {
        env.note(work.status & status::ERRORS);
        return None;
    }
    let number = scaled.as_ref().map_or(number, Dec::num);
    let mut text = written(number, &style, env)?;
    if !spec.point.is_empty() {
        text = localized(&text, spec, env)?;
    }
    pad(text, spec, env)
}

fn written(n: Num<'_>, style: &Style, env: &mut Env) -> Option<String> {
    let text = to_text(n, style).and_then(|text| String::from_utf8(text).ok());
    if text.is_none() {
        env.note(status::MALLOC_ERROR);
    }
    text
}

/// Widths beyond which no text would fit the memory.
const WIDEST: i64 = 1 << 34;

/// Puts in the point and the separators, and the zeros that fill the width.
fn localized(text: &str, spec: &Spec, env: &mut Env) -> Option<String> {
    if spec.width > WIDEST {
        env.note(status::MALLOC_ERROR);
        return None;
    }
    let sign = text.len() - text.trim_start_matches(['+', '-', ' ']).len();
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let (integer, rest) = text[sign..].split_at(digits);
    let (has_point, rest) = rest.strip_prefix('.').map_or((false, rest), |rest| (true, rest));
    if !has_point && (spec.separator.is_empty() || spec.grouping.is_empty()) {
        return Some(text.to_owned());
    }
    // Pieces from right to left.
    let mut pieces: Vec<String> = vec![rest.to_owned()];
    let mut chars = rest.len();
    if has_point {
        pieces.push(spec.point.clone());
        chars += 1;
    }
    let mut left = integer.len() as i64;
    let mut padding = false;
    let mut group = 0;
    let size_of = |group: usize| spec.grouping.get(group).copied().unwrap_or(0);
    let mut take = i64::from(size_of(0));
    loop {
        let size = size_of(group);
        if size == 0 || size == i8::MAX as u8 || take > left {
            take = left;
        }
        left -= take;
        chars += take as usize;
        let from = left as usize;
        pieces.push(if padding { "0".repeat(take as usize) } else { integer[from..from + take as usize].to_owned() });
        if left == 0 {
            let have = (chars + sign) as i64;
            if spec.align != Align::Zeros || have >= spec.width {
                break;
            }
            left = spec.width - have;
            take = i64::from(size) - take;
            padding = true;
            continue;
        }
        if !spec.separator.is_empty() {
            if padding && left > 1 {
                left -= 1;
            }
            pieces.push(spec.separator.clone());
            chars += 1;
        }
        if size != 0 && size_of(group + 1) != 0 {
            group += 1;
        }
        take = i64::from(size_of(group));
    }
    pieces.push(text[..sign].to_owned());
    Some(pieces.iter().rev().map(String::as_str).collect())
}

fn pad(text: String, spec: &Spec, env: &mut Env) -> Option<String> {
    let missing = spec.width - text.chars().count() as i64;
    if missing <= 0 {
        return Some(text);
    }
    if missing > WIDEST {
        env.note(status::MALLOC_ERROR);
        return None;
    }
    let missing = missing as usize;
    let fill = |n: usize| std::iter::repeat_n(spec.fill, n);
    let inside = matches!(spec.align, Align::Inside | Align::Zeros);
    let sign = if inside { text.len() - text.trim_start_matches(['+', '-', ' ']).len() } else { 0 };
    let left = match spec.align {
        Align::Left => 0,
        Align::Center => missing / 2,
        _ => missing,
    };
    let (head, tail) = text.split_at(sign.min(1));
    Some(head.chars().chain(fill(left)).chain(tail.chars()).chain(fill(missing - left)).collect())
}
