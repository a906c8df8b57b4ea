//! Items of a `memoryview`: the native single-character formats, read from and written to bytes.

use super::super::bytes::Bytes;
use super::super::value::Value;
use crate::machine::{Machine, R};
use crate::text::float_half::{f64_to_half, half_to_f64};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// A format such as `B` or `d`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct ItemFormat(u8);

impl ItemFormat {
    /// Unsigned bytes.
    pub(super) const BYTE: ItemFormat = ItemFormat(b'B');

    /// The format of this name, which may start with `@`.
    pub(super) fn from_name(name: &[u8]) -> Option<ItemFormat> {
        match *name {
            [code] | [b'@', code] if b"bBhHiIlLqQnNPefdc?".contains(&code) => Some(ItemFormat(code)),
            _ => None,
        }
    }

    /// The format of the items of an array of that type code.
    pub(super) fn of_array(code: u8) -> ItemFormat {
        ItemFormat(if code == b'u' { b'w' } else { code })
    }

    pub(super) fn code(self) -> u8 {
        self.0
    }

    pub(super) fn is_byte(self) -> bool {
        matches!(self.0, b'b' | b'B' | b'c')
    }

    /// Whether its items can be read: all formats but that of arrays of characters.
    pub(super) fn is_native(self) -> bool {
        self.0 != b'w'
    }

    /// Bytes of an item.
    pub(super) fn size(self) -> usize {
        match self.0 {
            b'h' | b'H' | b'e' => 2,
            b'i' | b'I' | b'f' | b'w' => 4,
            b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'P' | b'd' => 8,
            _ => 1,
        }
    }

    fn is_signed(self) -> bool {
        self.0.is_ascii_lowercase()
    }
}

/// The value of an item.
pub(super) fn unpack(m: &mut Machine, format: ItemFormat, bytes: &[u8]) -> R<Value> {
    let mut word = [0; 8];
    if cfg!(target_endian = "big") {
        word[8 - bytes.len()..].copy_from_slice(bytes);
    } else {
        word[..bytes.len()].copy_from_slice(bytes);
    }
    let raw = u64::from_ne_bytes(word);
    Ok(match format.0 {
        b'c' => m.new_bytes(bytes)?.value(),
        b'?' => Value::from_bool(raw != 0),
        b'w' => return Err(m.not_implemented_error("memoryview: format w not supported")),
        b'e' => m.new_float(half_to_f64(raw as u16)),
        b'f' => m.new_float(f64::from(f32::from_bits(raw as u32))),
        b'd' => m.new_float(f64::from_bits(raw)),
        _ if format.is_signed() => {
            let unused = 64 - 8 * bytes.len() as u32;
            m.new_int((raw << unused).cast_signed() >> unused)
        }
        _ => m.int_from_u64(raw),
    })
}

/// The bytes of a value.
pub(super) fn pack(m: &mut Machine, format: ItemFormat, v: Value) -> R<Vec<u8>> {
    let code = char::from(format.0);
    let bad_type = |m: &mut Machine| m.type_error(&format!("memoryview: invalid type for format '{code}'"));
    let bad_value = |m: &mut Machine| m.value_error(&format!("memoryview: invalid value for format '{code}'"));
    match format.0 {
        b'c' => match v.downcast::<Bytes>().map(super::super::header::Gc::<Bytes>::contents) {
            Some(&[b]) => Ok(vec![b]),
            Some(_) => Err(bad_value(m)),
            None => Err(bad_type(m)),
        },
        b'?' => Ok(vec![u8::from(m.truthy(v)?)]),
        b'w' => Err(m.not_implemented_error("memoryview: format w not supported")),
        b'e' | b'f' | b'd' => {
            if m.float_value(v).is_none() && !m.is_int_instance(v) {
                return Err(bad_type(m));
            }
            let f = m.as_f64(v)?;
            Ok(match format.0 {
                b'e' => match f64_to_half(f) {
                    Some(half) => half.to_ne_bytes().to_vec(),
                    None => return Err(bad_value(m)),
                },
                b'f' => (f as f32).to_ne_bytes().to_vec(),
                _ => f.to_ne_bytes().to_vec(),
            })
        }
        _ => {
            if !m.is_index(v) && !m.is_int_instance(v) {
                return Err(bad_type(m));
            }
            let n: BigInt = m.index_bigint(v)?;
            let bits = 8 * format.size() as u32;
            let fits = if format.is_signed() {
                n.to_i64().filter(|i| bits == 64 || (-(1i64 << (bits - 1))..1i64 << (bits - 1)).contains(i)).map(i64::cast_unsigned)
            } else {
                n.to_u64().filter(|&i| bits == 64 || i < 1 << bits)
            };
            match fits {
                // The low bytes come first on the machines this runs on; on others the word is turned first.
                Some(raw) if cfg!(target_endian = "big") => Ok(raw.to_be_bytes()[8 - format.size()..].to_vec()),
                Some(raw) => Ok(raw.to_le_bytes()[..format.size()].to_vec()),
                None => Err(bad_value(m)),
            }
        }
    }
}
