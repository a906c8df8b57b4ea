//! Numbers from text: the numeric strings of the specification, in ASCII.

use super::env::{EXP_INFINITE, MAX_PREC};
use super::limbs::{Limbs, WORD};
use super::rounding::finalize;
use super::{Dec, Env, Kind, status};

/// The number that a text is, rounded to the context.
pub(crate) fn parse(text: &[u8], env: &mut Env) -> Dec {
    let Some(mut number) = read(text, env) else { return env.error(status::CONVERSION_SYNTAX) };
    if number.kind == Kind::Finite {
        finalize(&mut number, env);
    }
    number
}

/// The number that a text is, with all digits, or an invalid operation.
pub(crate) fn parse_exact(text: &[u8], env: &mut Env) -> Dec {
    let mut wide = Env::MAX;
    let number = parse(text, &mut wide);
    exact(number, wide.status, env)
}

/// A result of the widest context if nothing was lost.
fn exact(number: Dec, conditions: u32, env: &mut Env) -> Dec {
    env.note(conditions & status::ERRORS);
    if conditions & (status::INEXACT | status::ROUNDED | status::CLAMPED) != 0 {
        return env.error(status::INVALID_OPERATION);
    }
    number
}

fn read(text: &[u8], env: &Env) -> Option<Dec> {
    let (negative, text) = match *text {
        [b'-', ref rest @ ..] => (true, rest),
        [b'+', ref rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if !matches!(text, [b'0'..=b'9' | b'.', ..]) {
        return read_special(text, negative, env);
    }
    // Digits with one point among them, then perhaps an exponent.
    let mut point = None;
    let mut at = 0;
    let mut digits = 0;
    while let Some(&c) = text.get(at) {
        match c {
            b'0'..=b'9' => digits += 1,
            b'.' if point.is_none() => point = Some(at),
            b'e' | b'E' => break,
            _ => return None,
        }
        at += 1;
    }
    if digits == 0 {
        return None;
    }
    let (significand, exponent) = text.split_at(at);
    let mut exp = match exponent {
        [] => 0,
        [_, rest @ ..] => read_exponent(rest)?,
    };
    if let Some(point) = point {
        exp = exp.saturating_sub((at - point - 1) as i64);
    }
    let exp = exp.clamp(i64::MIN + 1, EXP_INFINITE);
    if digits > MAX_PREC {
        return None;
    }
    Some(Dec::finite(negative, coefficient(significand), exp))
}

/// The coefficient of digits with a point among them.
fn coefficient(text: &[u8]) -> Limbs {
    let start = text.iter().position(|&c| !matches!(c, b'0' | b'.')).unwrap_or(text.len());
    let mut coeff = Limbs::new();
    let (mut limb, mut place) = (0, 1u64);
    let mut count = 0;
    for &c in text[start..].iter().rev() {
        if c == b'.' {
            continue;
        }
        limb += u64::from(c - b'0') * place;
        count += 1;
        if count == WORD {
            coeff.push(limb);
            (limb, place, count) = (0, 1, 0);
        } else {
            place *= 10;
        }
    }
    if count > 0 || coeff.is_empty() {
        coeff.push(limb);
    }
    coeff
}

/// The exponent, as near as a word comes.
fn read_exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match *text {
        [b'-', ref rest @ ..] => (true, rest),
        [b'+', ref rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0i64;
    for &c in digits {
        if !c.is_ascii_digit() {
            return None;
        }
        value = value.saturating_mul(10).saturating_add(i64::from(c - b'0'));
    }
    Some(if negative && value == i64::MAX {
        i64::MIN
    } else if negative {
        -value
    } else {
        value
    })
}

fn read_special(text: &[u8], negative: bool, env: &Env) -> Option<Dec> {
    let starts = |word: &[u8]| text.len() >= word.len() && text[..word.len()].eq_ignore_ascii_case(word);
    let (kind, payload) = if starts(b"nan") {
        (Kind::Quiet, &text[3..])
    } else if starts(b"snan") {
        (Kind::Signaling, &text[4..])
    } else if text.eq_ignore_ascii_case(b"inf") || text.eq_ignore_ascii_case(b"infinity") {
        return Some(Dec::infinity(negative));
    } else {
        return None;
    };
    if !payload.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let zeros = payload.iter().take_while(|&&c| c == b'0').count();
    let payload = &payload[zeros..];
    if payload.len() as i64 > env.prec - i64::from(env.clamp) {
        return None;
    }
    let coeff = if payload.is_empty() { Limbs::new() } else { coefficient(payload) };
    Some(Dec { kind, negative, exp: 0, coeff })
}
