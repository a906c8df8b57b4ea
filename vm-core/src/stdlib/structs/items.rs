//! Values to bytes and back, one item of a format at a time.

use super::error;
use super::format::Item;
use crate::machine::{Machine, R};
use crate::object::buffer::ValueVec;
use crate::object::bytearray_type::ByteArray;
use crate::object::bytes::Bytes;
use crate::object::header::Gc;
use crate::object::value::Value;
use crate::text::float_half::{f64_to_half, half_to_f64};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// The bits of a number of one, two, four or eight bytes.
#[inline(always)]
fn word(item: &Item, bytes: &[u8]) -> u64 {
    macro_rules! read {
        ($ty:ty, $raw:expr) => {
            if item.big_endian { <$ty>::from_be_bytes($raw).into() } else { <$ty>::from_le_bytes($raw).into() }
        };
    }
    match *bytes {
        [a] => a.into(),
        [a, b] => read!(u16, [a, b]),
        [a, b, c, d] => read!(u32, [a, b, c, d]),
        [a, b, c, d, e, f, g, h] => read!(u64, [a, b, c, d, e, f, g, h]),
        _ => 0,
    }
}

/// The value of one item.
#[inline]
pub(super) fn unpack(m: &mut Machine, item: &Item, bytes: &[u8]) -> R<Value> {
    let word = |bytes: &[u8]| word(item, bytes);
    Ok(match item.code {
        b's' | b'c' => m.new_bytes(bytes)?.value(),
        b'p' => {
            let text = match bytes.split_first() {
                Some((&len, rest)) => &rest[..rest.len().min(usize::from(len))],
                None => &[],
            };
            m.new_bytes(text)?.value()
        }
        b'?' => Value::from_bool(bytes[0] != 0),
        b'e' => m.new_float(half_to_f64(word(bytes) as u16)),
        b'f' => m.new_float(f64::from(f32::from_bits(word(bytes) as u32))),
        b'd' => m.new_float(f64::from_bits(word(bytes))),
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => {
            let unused = 64 - 8 * bytes.len() as u32;
            m.new_int((word(bytes) << unused).cast_signed() >> unused)
        }
        _ => m.int_from_u64(word(bytes)),
    })
}

/// The values of an item that is repeated.
pub(super) fn unpack_all(m: &mut Machine, item: &Item, bytes: &[u8], out: &mut ValueVec) -> R<()> {
    macro_rules! all {
        ($ty:ty, $make:expr) => {
            for &raw in bytes.as_chunks().0 {
                let value = $make(m, if item.big_endian { <$ty>::from_be_bytes(raw) } else { <$ty>::from_le_bytes(raw) });
                out.push(m, value);
            }
        };
    }
    let small = |_: &mut Machine, n: i64| Value::small(n);
    match (item.code, item.size) {
        (b'b', 1) => all!(i8, |m, n| small(m, i64::from(n))),
        (b'B', 1) => all!(u8, |m, n| small(m, i64::from(n))),
        (b'h', 2) => all!(i16, |m, n| small(m, i64::from(n))),
        (b'H', 2) => all!(u16, |m, n| small(m, i64::from(n))),
        (b'i' | b'l', 4) => all!(i32, |m, n| small(m, i64::from(n))),
        (b'I' | b'L', 4) => all!(u32, |m, n| small(m, i64::from(n))),
        (b'q' | b'l' | b'n', 8) => all!(i64, |m: &mut Machine, n| m.new_int(n)),
        (b'd', 8) => all!(f64, |m: &mut Machine, f| m.new_float(f)),
        (b'f', 4) => all!(f32, |m: &mut Machine, f| m.new_float(f64::from(f))),
        _ => {
            for one in bytes.chunks_exact(item.size.max(1)) {
                let value = unpack(m, item, one)?;
                out.push(m, value);
            }
        }
    }
    Ok(())
}

/// Writes an integer of the word that is in the item's range, or a float of the word as a double; whether it did.
#[inline]
pub(super) fn pack_word(item: &Item, v: Value, out: &mut [u8]) -> bool {
    if !v.is_int() {
        let double = item.code == b'd' && v.is_immediate_float();
        if double {
            put(item, v.as_immediate_float().to_bits(), out);
        }
        return double;
    }
    let n = v.as_int();
    let bits = 8 * item.size as u32;
    let fits = match item.code {
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => bits == 64 || n >> (bits - 1) == n >> 63,
        b'B' | b'H' | b'I' | b'L' | b'Q' | b'N' => n >= 0 && (bits == 64 || n >> bits == 0),
        _ => false,
    };
    if fits {
        put(item, n as u64, out);
    }
    fits
}

#[inline(always)]
fn put(item: &Item, raw: u64, out: &mut [u8]) {
    macro_rules! write {
        ($ty:ty, $out:expr) => {
            *$out = if item.big_endian { (raw as $ty).to_be_bytes() } else { (raw as $ty).to_le_bytes() }
        };
    }
    // The lengths of numbers; there are no others.
    if let Some(out) = out.as_mut_array::<4>() {
        write!(u32, out);
    } else if let Some(out) = out.as_mut_array::<2>() {
        write!(u16, out);
    } else if let Some(out) = out.as_mut_array::<8>() {
        write!(u64, out);
    } else if let Some(out) = out.first_mut() {
        *out = raw as u8;
    }
}

/// Writes one value.
pub(super) fn pack(m: &mut Machine, item: &Item, v: Value, out: &mut [u8]) -> R<()> {
    match item.code {
        b's' | b'p' => {
            let bytes = match v.downcast::<Bytes>() {
                Some(bytes) => bytes.contents(),
                None => match v.downcast::<ByteArray>() {
                    Some(array) => array.contents(),
                    None => return Err(error(m, &format!("argument for '{}' must be a bytes object", char::from(item.code)))),
                },
            };
            if item.code == b's' {
                let n = bytes.len().min(out.len());
                out[..n].copy_from_slice(&bytes[..n]);
            } else if let Some((len, rest)) = out.split_first_mut() {
                let n = bytes.len().min(rest.len());
                rest[..n].copy_from_slice(&bytes[..n]);
                *len = n.min(255) as u8;
            }
            Ok(())
        }
        b'c' => match v.downcast::<Bytes>().map(Gc::<Bytes>::contents) {
            Some(&[b]) => {
                out[0] = b;
                Ok(())
            }
            _ => Err(error(m, "char format requires a bytes object of length 1")),
        },
        b'?' => {
            out[0] = u8::from(m.truthy(v)?);
            Ok(())
        }
        b'e' | b'f' | b'd' => pack_float(m, item, v, out),
        _ => pack_int(m, item, v, out),
    }
}

fn pack_float(m: &mut Machine, item: &Item, v: Value, out: &mut [u8]) -> R<()> {
    let Ok(f) = m.as_f64(v) else {
        m.take_raised();
        return Err(error(m, "required argument is not a float"));
    };
    let too_large = |m: &mut Machine, code: char| {
        if m.is_int_instance(v) {
            return error(m, "int too large to convert");
        }
        m.overflow_error(&format!("float too large to pack with {code} format"))
    };
    let raw = match item.code {
        b'd' => f.to_bits(),
        b'f' => {
            let single = f as f32;
            if single.is_infinite() && f.is_finite() && !item.native {
                return Err(too_large(m, 'f'));
            }
            u64::from(single.to_bits())
        }
        _ => match f64_to_half(f) {
            Some(half) => u64::from(half),
            None => return Err(too_large(m, 'e')),
        },
    };
    put(item, raw, out);
    Ok(())
}

fn pack_int(m: &mut Machine, item: &Item, v: Value, out: &mut [u8]) -> R<()> {
    if !m.is_int_instance(v) && !m.is_index(v) {
        return Err(error(m, "required argument is not an integer"));
    }
    let n = if v.is_int() { Some(i128::from(v.as_int())) } else { index128(m, v)? };
    let bits = 8 * item.size as u32;
    let signed = item.code.is_ascii_lowercase();
    let (low, high) = if signed { (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1) } else { (0, (1i128 << bits) - 1) };
    match n {
        Some(n) if item.code == b'P' && (-(1i128 << 63)..1i128 << 64).contains(&n) => put(item, n as u64, out),
        Some(n) if (low..=high).contains(&n) => put(item, n as u64, out),
        _ if item.code == b'P' => return Err(error(m, "int too large to convert")),
        _ => return Err(error(m, &format!("'{}' format requires {low} <= number <= {high}", char::from(item.code)))),
    }
    Ok(())
}

fn index128(m: &mut Machine, v: Value) -> R<Option<i128>> {
    let n: BigInt = m.index_bigint(v)?;
    Ok(n.to_i128())
}
