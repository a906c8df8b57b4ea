//! The conversions of `_codecs`: `utf_8_encode`, `latin_1_decode` and so on, each a pair of result and length used.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, NativeFn};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::codecs_wide::{Wide, byte_order};
use crate::text::encoding::Encoding;
use crate::text::int_bytes::ByteOrder;

fn handler(m: &mut Machine, name: &str, v: Option<&Value>) -> R<Option<Gc<Str>>> {
    match v {
        None => Ok(None),
        Some(v) if v.is_none() => Ok(None),
        Some(v) => match v.downcast::<Str>() {
            Some(s) => Ok(Some(s)),
            None => {
                let got = m.type_name(*v);
                Err(m.type_error(&format!("{name}() argument 2 must be str or None, not {got}")))
            }
        },
    }
}

fn encode(m: &mut Machine, name: &str, encoding: Encoding, args: Args<'_>) -> R<Value> {
    let max = if matches!(encoding, Encoding::Wide(_, None)) { 3 } else { 2 };
    let args = args.between(m, name, 1, max)?;
    let Some(text) = args[0].downcast::<Str>() else {
        let got = m.type_name(args[0]);
        return Err(m.type_error(&format!("{name}() argument 1 must be str, not {got}")));
    };
    let errors = handler(m, name, args.get(1))?;
    let encoding = match (encoding, args.get(2)) {
        (Encoding::Wide(wide, None), Some(&order)) => match m.index_argument(order)? {
            0 => encoding,
            n => Encoding::Wide(wide, Some(if n < 0 { ByteOrder::Little } else { ByteOrder::Big })),
        },
        _ => encoding,
    };
    let bytes = m.encode_own(text, encoding, errors)?;
    let bytes = m.new_bytes(&bytes)?.value();
    Ok(m.new_tuple(&[bytes, Value::small(text.char_len() as i64)]).value())
}

fn decode(m: &mut Machine, name: &str, encoding: Encoding, args: Args<'_>) -> R<Value> {
    let args = args.between(m, name, 1, 3)?;
    let errors = handler(m, name, args.get(1))?;
    let bytes = match args[0].downcast::<Str>() {
        Some(text) if matches!(encoding, Encoding::UnicodeEscape | Encoding::RawUnicodeEscape) => Gc::as_static_bytes(text),
        _ => m.bytes_like_argument(args[0])?,
    };
    let whole = matches!(encoding, Encoding::Ascii | Encoding::Latin1 | Encoding::Windows1252);
    let default = matches!(encoding, Encoding::UnicodeEscape | Encoding::RawUnicodeEscape);
    let last = match args.get(2) {
        Some(&v) => m.truthy(v)?,
        None => whole || default,
    };
    if !last && encoding.is_unsettled(bytes) {
        let empty = m.names.empty.value();
        return Ok(m.new_tuple(&[empty, Value::small(0)]).value());
    }
    let (text, used) = m.decode_own(bytes, encoding, errors, last)?;
    Ok(m.new_tuple(&[text.value(), Value::small(used as i64)]).value())
}

/// `utf_16_ex_decode`, which also tells the byte order: -1 is little, 1 is big, 0 is not known yet.
fn decode_ex(m: &mut Machine, name: &str, wide: Wide, args: Args<'_>) -> R<Value> {
    let args = args.between(m, name, 1, 4)?;
    let errors = handler(m, name, args.get(1))?;
    let bytes = m.bytes_like_argument(args[0])?;
    let mut order = match args.get(2) {
        Some(&v) => m.index_argument(v)?.signum(),
        None => 0,
    };
    let last = match args.get(3) {
        Some(&v) => m.truthy(v)?,
        None => false,
    };
    let mut start = 0;
    if order == 0 {
        if !last && bytes.len() < wide.unit_len() {
            let empty = m.names.empty.value();
            return Ok(m.new_tuple(&[empty, Value::small(0), Value::small(0)]).value());
        }
        let (found, at) = byte_order(bytes, wide);
        start = at;
        if at > 0 {
            order = if found == ByteOrder::Big { 1 } else { -1 };
        }
    }
    let encoding = Encoding::Wide(wide, Some(if order > 0 { ByteOrder::Big } else { ByteOrder::Little }));
    let (text, used) = m.decode_own(&bytes[start..], encoding, errors, last)?;
    Ok(m.new_tuple(&[text.value(), Value::small((used + start) as i64), Value::small(order)]).value())
}

macro_rules! pair {
    ($encode:literal, $decode:literal, $encoding:expr) => {
        [
            MethodDef::new($encode, Convention::Fast, (|m, _, a| encode(m, $encode, $encoding, a)) as NativeFn),
            MethodDef::new($decode, Convention::Fast, (|m, _, a| decode(m, $decode, $encoding, a)) as NativeFn),
        ]
    };
}

const PAIRS: [[MethodDef; 2]; 12] = [
    pair!("utf_7_encode", "utf_7_decode", Encoding::Utf7),
    pair!("utf_8_encode", "utf_8_decode", Encoding::Utf8),
    pair!("utf_16_encode", "utf_16_decode", Encoding::Wide(Wide::Utf16, None)),
    pair!("utf_16_le_encode", "utf_16_le_decode", Encoding::Wide(Wide::Utf16, Some(ByteOrder::Little))),
    pair!("utf_16_be_encode", "utf_16_be_decode", Encoding::Wide(Wide::Utf16, Some(ByteOrder::Big))),
    pair!("utf_32_encode", "utf_32_decode", Encoding::Wide(Wide::Utf32, None)),
    pair!("utf_32_le_encode", "utf_32_le_decode", Encoding::Wide(Wide::Utf32, Some(ByteOrder::Little))),
    pair!("utf_32_be_encode", "utf_32_be_decode", Encoding::Wide(Wide::Utf32, Some(ByteOrder::Big))),
    pair!("unicode_escape_encode", "unicode_escape_decode", Encoding::UnicodeEscape),
    pair!("raw_unicode_escape_encode", "raw_unicode_escape_decode", Encoding::RawUnicodeEscape),
    pair!("latin_1_encode", "latin_1_decode", Encoding::Latin1),
    pair!("ascii_encode", "ascii_decode", Encoding::Ascii),
];

const OTHERS: [MethodDef; 5] = [
    MethodDef::new("utf_16_ex_decode", Convention::Fast, |m, _, a| decode_ex(m, "utf_16_ex_decode", Wide::Utf16, a)),
    MethodDef::new("utf_32_ex_decode", Convention::Fast, |m, _, a| decode_ex(m, "utf_32_ex_decode", Wide::Utf32, a)),
    MethodDef::new("escape_encode", Convention::Fast, escape_encode),
    MethodDef::new("escape_decode", Convention::Fast, escape_decode),
    MethodDef::new("readbuffer_encode", Convention::Fast, readbuffer_encode),
];

const fn all() -> [MethodDef; 29] {
    let mut out = [const { MethodDef::new("", Convention::Fast, readbuffer_encode) }; 29];
    let mut i = 0;
    while i < 12 {
        let [a, b] = &PAIRS[i];
        out[2 * i] = MethodDef::new(a.name, Convention::Fast, a.func);
        out[2 * i + 1] = MethodDef::new(b.name, Convention::Fast, b.func);
        i += 1;
    }
    let mut i = 0;
    while i < 5 {
        out[24 + i] = MethodDef::new(OTHERS[i].name, Convention::Fast, OTHERS[i].func);
        i += 1;
    }
    out
}

pub(super) static FUNCTIONS: &[MethodDef] = &const { all() };

fn readbuffer_encode(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "readbuffer_encode", 1, 2)?;
    let bytes = match args[0].downcast::<Str>() {
        Some(text) => Gc::as_static_bytes(text),
        None => m.bytes_like_argument(args[0])?,
    };
    let n = Value::small(bytes.len() as i64);
    let bytes = m.new_bytes(bytes)?.value();
    Ok(m.new_tuple(&[bytes, n]).value())
}

fn escape_encode(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "escape_encode", 1, 2)?;
    let bytes = m.bytes_like_argument(args[0])?;
    let mut out = Vec::with_capacity(bytes.len());
    for &b in bytes {
        match b {
            b'\\' | b'\'' => out.extend([b'\\', b]),
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b' '..=b'~' => out.push(b),
            _ => out.extend(format!("\\x{b:02x}").bytes()),
        }
    }
    let n = Value::small(bytes.len() as i64);
    let out = m.new_bytes(&out)?.value();
    Ok(m.new_tuple(&[out, n]).value())
}

fn escape_decode(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "escape_decode", 1, 2)?;
    let errors = handler(m, "escape_decode", args.get(1))?;
    let bytes = match args[0].downcast::<Str>() {
        Some(text) => Gc::as_static_bytes(text),
        None => m.bytes_like_argument(args[0])?,
    };
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let Some(&c) = bytes.get(at + 1) else { return Err(m.value_error("Trailing \\ in string")) };
        at += 2;
        match c {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(c),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b't' => out.push(9),
            b'n' => out.push(10),
            b'r' => out.push(13),
            b'v' => out.push(11),
            b'a' => out.push(7),
            b'0'..=b'7' => {
                let digits = bytes[at - 1..].iter().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
                out.push(bytes[at - 1..at - 1 + digits].iter().fold(0, |n, b| n << 3 | u32::from(b - b'0')) as u8);
                at += digits - 1;
            }
            b'x' => {
                let digit = |i: usize| bytes.get(i).and_then(|&b| char::from(b).to_digit(16));
                if let (Some(a), Some(b)) = (digit(at), digit(at + 1)) {
                    out.push((a << 4 | b) as u8);
                    at += 2;
                    continue;
                }
                match errors.map_or(&b"strict"[..], |s| Gc::as_static_str(s).as_bytes()) {
                    b"strict" => return Err(m.value_error(&format!("invalid \\x escape at position {}", at - 2))),
                    b"replace" => out.push(b'?'),
                    b"ignore" => {}
                    other => {
                        let other = String::from_utf8_lossy(other).into_owned();
                        return Err(m.value_error(&format!("decoding error; unknown error handling code: {other}")));
                    }
                }
                at += usize::from(digit(at).is_some());
            }
            _ => out.extend([b'\\', c]),
        }
    }
    let n = Value::small(bytes.len() as i64);
    let out = m.new_bytes(&out)?.value();
    Ok(m.new_tuple(&[out, n]).value())
}
