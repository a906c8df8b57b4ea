//! UTF-16 and UTF-32, in either byte order or with a byte-order mark.
//!
//! The encodings made of single bytes are in `codecs_8bit.rs`.

use super::codec::{CodecError, Decoder, Encoder, Errors, Step};
use super::int_bytes::ByteOrder;
use super::wtf8::{StrBuf, StrRef};

/// Width of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wide {
    /// UTF-16
    Utf16,
    /// UTF-32
    Utf32,
}

impl Wide {
    fn name(self, order: Option<ByteOrder>) -> &'static str {
        match (self, order) {
            (Wide::Utf16, Some(ByteOrder::Little)) => "utf-16-le",
            (Wide::Utf16, Some(ByteOrder::Big)) => "utf-16-be",
            (Wide::Utf16, None) => "utf-16",
            (Wide::Utf32, Some(ByteOrder::Little)) => "utf-32-le",
            (Wide::Utf32, Some(ByteOrder::Big)) => "utf-32-be",
            (Wide::Utf32, None) => "utf-32",
        }
    }

    /// Bytes of a unit.
    #[must_use]
    pub fn unit_len(self) -> usize {
        if self == Wide::Utf16 { 2 } else { 4 }
    }
}

fn unit(bytes: &[u8], len: usize, order: ByteOrder) -> Option<u32> {
    let bytes = bytes.get(..len)?;
    let add = |n: u32, b: &u8| n << 8 | u32::from(*b);
    Some(if order == ByteOrder::Big { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) })
}

fn push_unit(out: &mut Vec<u8>, value: u32, len: usize, order: ByteOrder) {
    let bytes = value.to_le_bytes();
    if order == ByteOrder::Big { out.extend(bytes[..len].iter().rev()) } else { out.extend(&bytes[..len]) }
}

fn utf16_step(bytes: &[u8], order: ByteOrder) -> Step {
    let Some(first) = unit(bytes, 2, order) else {
        return Err((bytes.len(), "truncated data"));
    };
    match first {
        0xD800..=0xDBFF => match unit(&bytes[2..], 2, order) {
            None => Err((bytes.len(), "unexpected end of data")),
            Some(second @ 0xDC00..=0xDFFF) => Ok((0x10000 + ((first & 0x3FF) << 10 | second & 0x3FF), 4)),
            Some(_) => Err((2, "illegal UTF-16 surrogate")),
        },
        0xDC00..=0xDFFF => Err((2, "illegal encoding")),
        _ => Ok((first, 2)),
    }
}

fn utf32_step(bytes: &[u8], order: ByteOrder) -> Step {
    match unit(bytes, 4, order) {
        None => Err((bytes.len(), "truncated data")),
        Some(0xD800..=0xDFFF) => Err((4, "code point in surrogate code point range(0xd800, 0xe000)")),
        Some(code @ 0..=0x10_FFFF) => Ok((code, 4)),
        Some(_) => Err((4, "code point not in range(0x110000)")),
    }
}

/// Decodes; without an order a byte-order mark decides, and little-endian is the default.
pub fn decode_wide(bytes: &[u8], wide: Wide, order: Option<ByteOrder>, errors: Errors) -> Result<StrBuf, CodecError> {
    let (order, start) = match order {
        Some(order) => (order, 0),
        None => byte_order(bytes, wide),
    };
    let mut out = StrBuf::with_capacity(bytes.len());
    decode_wide_into(bytes, start, wide, order, errors, &mut out)?;
    Ok(out)
}

/// The byte order that a mark tells, and where the text begins; little-endian without one.
pub fn byte_order(bytes: &[u8], wide: Wide) -> (ByteOrder, usize) {
    let len = wide.unit_len();
    match (unit(bytes, len, ByteOrder::Little), unit(bytes, len, ByteOrder::Big)) {
        (Some(0xFEFF), _) => (ByteOrder::Little, len),
        (_, Some(0xFEFF)) => (ByteOrder::Big, len),
        _ => (ByteOrder::Little, 0),
    }
}

/// Decodes from an offset on; after an error `out` has what stands before it.
pub fn decode_wide_into(
    bytes: &[u8],
    start: usize,
    wide: Wide,
    order: ByteOrder,
    errors: Errors,
    out: &mut StrBuf,
) -> Result<(), CodecError> {
    let len = wide.unit_len();
    let start = start + decode_regular(&bytes[start..], wide, order, out);
    let step = |bytes: &[u8]| {
        if len == 2 { utf16_step(bytes, order) } else { utf32_step(bytes, order) }
    };
    let surrogate = |bytes: &[u8]| unit(bytes, len, order).filter(|c| (0xD800..=0xDFFF).contains(c)).map(|c| (c, len));
    Decoder { encoding: wide.name(Some(order)), step: &step, surrogate: &surrogate }.decode_into(bytes, start, errors, out)
}

/// Decodes up to the first surrogate or error, a whole unit at a time; how many bytes that was.
fn decode_regular(bytes: &[u8], wide: Wide, order: ByteOrder, out: &mut StrBuf) -> usize {
    let big = order == ByteOrder::Big;
    // Units below 128 first, many at a time.
    let width = wide.unit_len();
    let low = if big { width - 1 } else { 0 };
    let plain = |unit: &[u8]| unit.iter().enumerate().fold(0, |bits, (i, &b)| bits | if i == low { b & 0x80 } else { b }) == 0;
    let run = bytes.chunks_exact(width).take_while(|unit| plain(unit)).count() * width;
    out.push_ascii(bytes[..run].chunks_exact(width).map(|unit| unit[low]));
    let bytes = &bytes[run..];
    let mut at = run;
    if wide == Wide::Utf16 {
        for &unit in bytes.as_chunks::<2>().0 {
            let unit = if big { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) };
            if (0xD800..=0xDFFF).contains(&unit) {
                break;
            }
            out.push(u32::from(unit));
            at += 2;
        }
    } else {
        for &unit in bytes.as_chunks::<4>().0 {
            let unit = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
            if char::from_u32(unit).is_none() {
                break;
            }
            out.push(unit);
            at += 4;
        }
    }
    at
}

/// Encodes text without lone surrogates.
fn encode_regular(text: &str, wide: Wide, order: ByteOrder, out: &mut Vec<u8>) {
    if text.is_ascii() {
        let (width, from) = (wide.unit_len(), out.len());
        out.resize(from + text.len() * width, 0);
        let low = if order == ByteOrder::Little { 0 } else { width - 1 };
        out[from..].chunks_exact_mut(width).zip(text.bytes()).for_each(|(unit, b)| unit[low] = b);
        return;
    }
    out.reserve(text.len() * wide.unit_len());
    match (wide, order) {
        (Wide::Utf16, ByteOrder::Little) => text.encode_utf16().for_each(|unit| out.extend(unit.to_le_bytes())),
        (Wide::Utf16, ByteOrder::Big) => text.encode_utf16().for_each(|unit| out.extend(unit.to_be_bytes())),
        (Wide::Utf32, ByteOrder::Little) => text.chars().for_each(|c| out.extend(u32::from(c).to_le_bytes())),
        (Wide::Utf32, ByteOrder::Big) => text.chars().for_each(|c| out.extend(u32::from(c).to_be_bytes())),
    }
}

/// Encodes; without an order a byte-order mark and little-endian units are written.
pub fn encode_wide(text: StrRef<'_>, wide: Wide, order: Option<ByteOrder>, errors: Errors) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::new();
    if order.is_none() {
        push_unit(&mut out, 0xFEFF, wide.unit_len(), ByteOrder::Little);
    }
    encode_wide_into(text, wide, order, errors, &mut out)?;
    Ok(out)
}

/// As [`encode_wide`] without a mark; after an error `out` has what stands before it.
pub fn encode_wide_into(
    text: StrRef<'_>,
    wide: Wide,
    order: Option<ByteOrder>,
    errors: Errors,
    out: &mut Vec<u8>,
) -> Result<(), CodecError> {
    let len = wide.unit_len();
    let units = order.unwrap_or(ByteOrder::Little);
    if let Some(text) = text.as_utf8() {
        encode_regular(text, wide, units, out);
        return Ok(());
    }
    let put = |code: u32, out: &mut Vec<u8>| {
        if len == 2 && code > 0xFFFF {
            let rest = code - 0x10000;
            push_unit(out, 0xD800 + (rest >> 10), 2, units);
            push_unit(out, 0xDC00 + (rest & 0x3FF), 2, units);
        } else {
            push_unit(out, code, len, units);
        }
    };
    Encoder {
        encoding: wide.name(order),
        reason: "surrogates not allowed",
        has: &|c| !(0xD800..=0xDFFF).contains(&c),
        put: &put,
        bytewise: false,
        surrogates: true,
    }
    .encode_into(text, errors, out)
}
