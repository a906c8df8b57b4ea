//! `int(…)` and `int.__new__`: from numbers, from text in a base, and for subclasses.

use super::header::Gc;
use super::string::Str;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::{float_ops, int_parse, limbs};
use num_bigint::BigInt;

pub(super) fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    if !args.has_keywords() && class == m.types.int {
        if let &[x] = args.pos() {
            return m.to_int(x);
        }
        args.between(m, "int", 0, 2)?;
    }
    let spec = BindSpec { positional_only: 1, required: 0, max_positional: 2 };
    let [x, base] = args.bind(m, "int", ["", "base"], spec)?;
    let number = convert(m, x, base)?;
    if class == m.types.int {
        return Ok(number);
    }
    Ok(m.int_object(class, number).value())
}

fn convert(m: &mut Machine, x: Value, base: Value) -> R<Value> {
    if x.is_null() {
        if !base.is_null() {
            return Err(m.type_error("int() missing string argument"));
        }
        return Ok(Value::small(0));
    }
    if base.is_null() {
        return m.to_int(x);
    }
    let base = m.index(base)?;
    let base = m.int_as_i64(base).and_then(|b| u32::try_from(b).ok()).unwrap_or(1);
    if base == 1 || base > 36 {
        return Err(m.value_error("int() base must be >= 2 and <= 36, or 0"));
    }
    match from_text(m, x, base)? {
        Some(n) => Ok(n),
        None => Err(m.type_error("int() can't convert non-string with explicit base")),
    }
}

/// The number of at most 18 decimal digits, with a sign perhaps and nothing else.
fn short_decimal(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if !(1..=18).contains(&digits.len()) {
        return None;
    }
    let mut n = 0;
    for &b in digits {
        let digit = b.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        n = n * 10 + i64::from(digit);
    }
    Some(if negative { -n } else { n })
}

/// What follows a minus sign and the base's prefix, and whether there is the sign.
fn sign_and_digits(text: &[u8], base: u32) -> (bool, &[u8]) {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let digits = match (base, digits) {
        (16, [b'0', b'x' | b'X', rest @ ..]) | (8, [b'0', b'o' | b'O', rest @ ..]) | (2, [b'0', b'b' | b'B', rest @ ..]) => rest,
        (_, digits) => digits,
    };
    (negative, digits)
}

/// The number of a few digits in a base above 0, with a sign or the base's prefix perhaps and nothing else.
fn short_in_base(text: &[u8], base: u32) -> Option<i64> {
    let (negative, digits) = sign_and_digits(text, base);
    // Eleven digits fit the word in every base.
    if base == 0 || !(1..=11).contains(&digits.len()) {
        return None;
    }
    let n = digits.iter().try_fold(0, |n, &b| Some(n * i64::from(base) + i64::from(char::from(b).to_digit(base)?)))?;
    Some(if negative { -n } else { n })
}

/// The number that a `str`, `bytes` or `bytearray` spells; `None` for any other object.
fn from_text(m: &mut Machine, x: Value, base: u32) -> R<Option<Value>> {
    let limit = m.int_max_str_digits;
    let parsed = if let Some(s) = x.downcast::<Str>() {
        let short = if base == 10 { short_decimal(s.bytes()) } else { short_in_base(s.bytes(), base) };
        if let Some(n) = short {
            return Ok(Some(Value::small(n)));
        }
        if let Some(n) = plain_in_base(m, s.bytes(), base) {
            return Ok(Some(n));
        }
        int_parse::parse_int(s.text(), base, limit)
    } else if let Some(bytes) = m.bytes_like(x) {
        int_parse::parse_int_bytes(bytes, base, limit)
    } else {
        return Ok(None);
    };
    match parsed {
        Ok(n) => Ok(Some(m.int_from_bigint(n))),
        Err(e) => Err(m.raise_text(e)),
    }
}

/// The number of a few hundred digits at most, too few for any limit, in a base above 0, with a minus sign or the base's prefix perhaps
/// and nothing else.
fn plain_in_base(m: &mut Machine, text: &[u8], base: u32) -> Option<Value> {
    const MOST: usize = 320;
    let (negative, spelled) = sign_and_digits(text, base);
    if base == 0 || spelled.is_empty() || spelled.len() > MOST {
        return None;
    }
    let mut digits = [0; MOST];
    for (digit, &b) in digits.iter_mut().zip(spelled) {
        *digit = char::from(b).to_digit(base)? as u8;
    }
    // 320 digits of up to five and a bit bits.
    let mut limbs = [0; 28];
    let digits = &digits[..spelled.len()];
    let room = limbs::room_for_digits(digits.len(), base);
    let used = limbs::from_digits(&mut limbs[..room], digits, base);
    Some(m.int_from_limbs(negative, &limbs[..used]))
}

impl Machine {
    /// `int(x)` (`PyNumber_Long`): a plain `int`.
    pub fn to_int(&mut self, x: Value) -> R<Value> {
        if x.is_int() {
            return Ok(x);
        }
        if x.is_bool() {
            return Ok(self.exact_int(x));
        }
        let ty = self.type_of(x);
        if ty == self.types.str
            && let Some(n) = from_text(self, x, 10)?
        {
            return Ok(n);
        }
        if let Some(f) = ty.slot(|s| s.int) {
            let result = f(self, x)?;
            if !self.is_int_instance(result) {
                let name = self.type_name(result);
                return Err(self.type_error(&format!("__int__ returned non-int (type {name})")));
            }
            if !result.is(x) {
                let int = self.types.int;
                self.warn_strict_subclass("__int__ returned non-int", result, int)?;
            }
            return Ok(self.exact_int(result));
        }
        if ty.slot(|s| s.index).is_some() {
            return self.index(x);
        }
        let trunc = self.names.trunc;
        if let Some(method) = self.lookup_special(x, trunc)? {
            self.warn_deprecated("The delegation of int() to __trunc__ is deprecated.")?;
            let result = self.call(method, &[])?;
            if self.is_int_instance(result) {
                return Ok(self.exact_int(result));
            }
            if !self.is_index(result) {
                let name = self.type_name(result);
                return Err(self.type_error(&format!("__trunc__ returned non-Integral (type {name})")));
            }
            return self.index(result);
        }
        match from_text(self, x, 10)? {
            Some(n) => Ok(n),
            None => {
                let name = self.type_name(x);
                let message = format!("int() argument must be a string, a bytes-like object or a real number, not '{name}'");
                Err(self.type_error(&message))
            }
        }
    }

    /// The truncated integer of a float, or the error for nan and infinities.
    pub fn int_from_f64(&mut self, f: f64) -> R<Value> {
        // Below 2^61 the conversion is exact and fits the word.
        if f.abs() < (1i64 << 61) as f64 {
            return Ok(self.new_int(f as i64));
        }
        self.int_result(float_ops::to_int(f))
    }

    /// An `int`, or the exception.
    pub(super) fn int_result(&mut self, result: crate::text::error::TextResult<BigInt>) -> R<Value> {
        match result {
            Ok(n) => Ok(self.int_from_bigint(n)),
            Err(e) => Err(self.raise_text(e)),
        }
    }
}
