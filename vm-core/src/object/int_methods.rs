//! The named methods and attributes of `int` (and so of `bool`).

use super::header::Gc;
use super::int::IntRef;
use super::int_big::Operand;
use super::int_type::{itself, own};
use super::string::Str;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef};
use crate::text::format_apply::format_int;
use crate::text::int_bytes::{self, ByteOrder};
use crate::text::{int_ops, int_text, limbs};

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new("conjugate", Convention::NoArgs, |m, v, _| itself(m, v)),
    MethodDef::new("bit_length", Convention::NoArgs, bit_length),
    MethodDef::new("bit_count", Convention::NoArgs, bit_count),
    MethodDef::new("to_bytes", Convention::FastKeywords, to_bytes),
    MethodDef::class("from_bytes", Convention::FastKeywords, from_bytes),
    MethodDef::new("as_integer_ratio", Convention::NoArgs, as_integer_ratio),
    MethodDef::new("__trunc__", Convention::NoArgs, |m, v, _| itself(m, v)),
    MethodDef::new("__floor__", Convention::NoArgs, |m, v, _| itself(m, v)),
    MethodDef::new("__ceil__", Convention::NoArgs, |m, v, _| itself(m, v)),
    MethodDef::new("__round__", Convention::Fast, round),
    MethodDef::new("__getnewargs__", Convention::NoArgs, getnewargs),
    MethodDef::new("__format__", Convention::O, format),
    MethodDef::new("__sizeof__", Convention::NoArgs, sizeof),
    MethodDef::new("is_integer", Convention::NoArgs, |_, _, _| Ok(Value::TRUE)),
];

pub(super) static GETSET: &[GetSetDef] = &[
    GetSetDef { name: "real", get: itself, set: None },
    GetSetDef { name: "imag", get: |_, _| Ok(Value::small(0)), set: None },
    GetSetDef { name: "numerator", get: itself, set: None },
    GetSetDef { name: "denominator", get: |_, _| Ok(Value::small(1)), set: None },
];

fn bit_length(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let n = match own(m, v)? {
        IntRef::Word(i) => u64::from(64 - i.unsigned_abs().leading_zeros()),
        IntRef::Big(int) => limbs::bits(int.limbs()),
    };
    Ok(m.int_from_u64(n))
}

fn bit_count(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let n = match own(m, v)? {
        IntRef::Word(i) => u64::from(i.unsigned_abs().count_ones()),
        IntRef::Big(int) => int.limbs().iter().map(|x| u64::from(x.count_ones())).sum(),
    };
    Ok(m.int_from_u64(n))
}

fn byte_order(m: &mut Machine, function: &str, v: Value) -> R<ByteOrder> {
    if v.is_null() {
        return Ok(ByteOrder::Big);
    }
    let Some(name) = v.downcast::<Str>() else {
        return Err(m.bad_argument(function, "argument 'byteorder'", "str", v));
    };
    ByteOrder::from_name(name.bytes()).map_err(|e| m.raise_text(e))
}

fn to_bytes(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [length, order, signed] = args.bind(m, "to_bytes", ["length", "byteorder", "signed"], spec)?;
    let length = if length.is_null() { 1 } else { m.index_argument(length)? };
    let order = byte_order(m, "to_bytes", order)?;
    let signed = !signed.is_null() && m.truthy(signed)?;
    let int = own(m, v)?;
    if let (IntRef::Word(n), Ok(len @ 1..=64)) = (int, usize::try_from(length))
        && (signed || n >= 0)
    {
        let bits = 8 * len as u32;
        let fits = match signed {
            true => bits >= 64 || n >> (bits - 1) == n >> 63,
            false => bits >= 64 || n >> bits == 0,
        };
        if fits {
            let mut bytes = [if n < 0 { 0xff } else { 0 }; 64];
            bytes[..8].copy_from_slice(&n.to_le_bytes());
            let bytes = &mut bytes[..len];
            if order == ByteOrder::Big {
                bytes.reverse();
            }
            return Ok(m.new_bytes(bytes)?.value());
        }
    }
    let mut word = 0;
    let Some(int) = Operand::of(v, &mut word) else { return Err(m.system_error("an int was expected")) };
    if let Err(e) = int_bytes::check_length(int.negative, int.limbs, length as isize, signed) {
        return Err(m.raise_text(e));
    }
    let class = m.types.bytes;
    Ok(m.new_bytes_of(class, length as usize, |out| int_bytes::to_bytes(out, int.negative, int.limbs, order))?.value())
}

fn from_bytes(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [bytes, order, signed] = args.bind(m, "from_bytes", ["bytes", "byteorder", "signed"], spec)?;
    let order = byte_order(m, "from_bytes", order)?;
    let signed = !signed.is_null() && m.truthy(signed)?;
    if let Some(data @ [_, ..]) = m.bytes_like(bytes).filter(|b| b.len() <= 8 && class == m.types.int.value()) {
        let mut word = [0; 8];
        word[..data.len()].copy_from_slice(data);
        if order == ByteOrder::Big {
            word[..data.len()].reverse();
        }
        let (n, unused) = (u64::from_le_bytes(word), 64 - 8 * data.len() as u32);
        return Ok(if signed { m.new_int((n << unused).cast_signed() >> unused) } else { m.int_from_u64(n) });
    }
    let data = match m.bytes_like(bytes) {
        Some(_) => bytes,
        None => {
            if m.is_int_instance(bytes) || bytes.downcast::<Str>().is_some() {
                let name = m.type_name(bytes);
                return Err(m.type_error(&format!("cannot convert '{name}' object to bytes")));
            }
            let bytes_class = m.types.bytes.value();
            m.call(bytes_class, &[bytes])?
        }
    };
    let data = m.bytes_like(data).unwrap_or_default();
    let (negative, len) = int_bytes::sign_and_len(data, order, signed);
    // SAFETY: making the integer neither moves nor frees the object whose bytes these are, and runs no Python.
    let data = unsafe { std::slice::from_raw_parts(data.as_ptr(), data.len()) };
    let int = m.new_big(negative, len, |out| int_bytes::from_bytes(out, data, order, negative));
    if class == m.types.int.value() || class.downcast::<Type>().is_none() {
        return Ok(int);
    }
    m.call(class, &[int])
}

fn as_integer_ratio(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let n = itself(m, v)?;
    Ok(m.new_tuple(&[n, Value::small(1)]).value())
}

fn round(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "__round__", 0, 1)?;
    let Some(&digits) = args.first() else { return itself(m, v) };
    let digits = m.index_bigint(digits)?;
    let int = own(m, v)?;
    let rounded = int_ops::round_to(&int.big(), &digits);
    m.int_result(rounded)
}

fn getnewargs(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let n = itself(m, v)?;
    Ok(m.new_tuple(&[n]).value())
}

fn format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = m.format_spec_argument(args.pos()[0])?;
    if spec.char_len() == 0 {
        return Ok(m.to_str(v)?.value());
    }
    let name = m.type_name(v);
    let text = match own(m, v)? {
        IntRef::Word(i) => format_int(i, spec.text(), &name, m.int_max_str_digits),
        IntRef::Big(int) => format_int((int.is_negative(), int.limbs()), spec.text(), &name, m.int_max_str_digits),
    };
    let text = text.map_err(|e| m.raise_text(e))?;
    Ok(m.str_from_text(&text)?.value())
}

impl Machine {
    /// The argument of a `__format__` method.
    pub(super) fn format_spec_argument(&mut self, v: Value) -> R<Gc<Str>> {
        match v.downcast::<Str>() {
            Some(s) => Ok(s),
            None => Err(self.bad_argument("__format__", "argument", "str", v)),
        }
    }

    /// `bin`, `oct` and `hex`: digits in a base of 2, 8 or 16 with the prefix.
    pub fn int_with_prefix(&mut self, v: Value, base: u32) -> R<Value> {
        if v.is_int() {
            let (n, mut digits) = (v.as_int(), [0; 70]);
            let (mut at, mut rest, shift) = (digits.len(), n.unsigned_abs(), base.trailing_zeros());
            loop {
                at -= 1;
                digits[at] = b"0123456789abcdef"[(rest & u64::from(base - 1)) as usize];
                rest >>= shift;
                if rest == 0 {
                    break;
                }
            }
            let letter = match base {
                2 => b'b',
                8 => b'o',
                _ => b'x',
            };
            at -= 2;
            digits[at..at + 2].copy_from_slice(&[b'0', letter]);
            if n < 0 {
                at -= 1;
                digits[at] = b'-';
            }
            return Ok(self.new_str_counted(&digits[at..], digits.len() - at)?.value());
        }
        let n = self.index(v)?;
        if n.is_int() {
            return self.int_with_prefix(n, base);
        }
        let mut word = 0;
        let Some(n) = Operand::of(n, &mut word) else { return Err(self.system_error("an int was expected")) };
        let text = int_text::int_with_prefix(n.negative, n.limbs, base);
        Ok(self.new_str_counted(text.as_bytes(), text.len())?.value())
    }
}

fn sizeof(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    // CPython's object of 30-bit digits.
    let mut word = 0;
    let bits = Operand::of(v, &mut word).map_or(0, |int| limbs::bits(int.limbs));
    Ok(m.int_from_u64(24 + 4 * bits.div_ceil(30).max(1)))
}
