//! Encodings that are tables: `charmap_build`, `charmap_encode`, `charmap_decode`, which most modules of the package `encodings` use.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::codec::CodecError;
use crate::text::wtf8::{StrBuf, StrRef};

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("charmap_build", Convention::O, build),
    MethodDef::new("charmap_encode", Convention::Fast, encode),
    MethodDef::new("charmap_decode", Convention::Fast, decode),
];

const UNDEFINED: &str = "character maps to <undefined>";
/// What a decoding table has where a byte means nothing.
const HOLE: u32 = 0xFFFE;

/// The encoding table of a decoding table: a dict here, a type of its own in CPython.
fn build(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let Some(table) = args.pos()[0].downcast::<Str>() else {
        return Err(m.type_error("charmap_build() argument must be str"));
    };
    let out = m.new_dict();
    for (byte, code) in StrRef::new(table.bytes()).code_points().enumerate() {
        if code != HOLE {
            out.insert(m, Value::small(i64::from(code)), Value::small(byte as i64))?;
        }
    }
    Ok(out.value())
}

fn arguments(m: &mut Machine, name: &str, args: Args<'_>) -> R<(Value, Option<Gc<Str>>, Value)> {
    let args = args.between(m, name, 1, 3)?;
    let errors = args.get(1).and_then(|v| v.downcast::<Str>());
    let mapping = args.get(2).copied().filter(|v| !v.is_none()).unwrap_or(Value::NULL);
    Ok((args[0], errors, mapping))
}

fn error(start: usize, end: usize) -> CodecError {
    CodecError { encoding: "charmap", start, end, reason: UNDEFINED }
}

/// What a mapping has for a number; nothing where it raises `LookupError` or has `None`.
fn look_up(m: &mut Machine, mapping: Value, n: u32) -> R<Option<Value>> {
    let found = m.get_item(mapping, Value::small(i64::from(n)));
    let class = m.exceptions.lookup_error;
    Ok(m.catch(found, class)?.filter(|v| !v.is_none()))
}

fn push_encoded(m: &mut Machine, mapping: Value, code: u32, out: &mut Vec<u8>) -> R<bool> {
    if mapping.is_null() {
        out.extend(u8::try_from(code));
        return Ok(code < 256);
    }
    let Some(found) = look_up(m, mapping, code)? else { return Ok(false) };
    if m.is_int_instance(found) {
        match m.int_as_i64(found).and_then(|n| u8::try_from(n).ok()) {
            Some(b) => out.push(b),
            None => return Err(m.type_error("character mapping must be in range(256)")),
        }
    } else if let Some(bytes) = m.bytes_like(found) {
        out.extend_from_slice(bytes);
    } else {
        let got = m.type_name(found);
        return Err(m.type_error(&format!("character mapping must return integer, bytes or None, not {got}")));
    }
    Ok(true)
}

fn encode(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (object, errors, mapping) = arguments(m, "charmap_encode", args)?;
    let Some(text) = object.downcast::<Str>() else {
        let got = m.type_name(object);
        return Err(m.type_error(&format!("charmap_encode() argument 1 must be str, not {got}")));
    };
    let codes: Vec<u32> = StrRef::new(text.bytes()).code_points().collect();
    let mut out = Vec::with_capacity(codes.len());
    let mut at = 0;
    while at < codes.len() {
        if push_encoded(m, mapping, codes[at], &mut out)? {
            at += 1;
            continue;
        }
        // The handler sees the whole run of characters that are not in the table.
        let mut end = at + 1;
        while end < codes.len() {
            let mut probe = Vec::new();
            if push_encoded(m, mapping, codes[end], &mut probe)? {
                break;
            }
            end += 1;
        }
        let exception = m.encode_exception(
            &if mapping.is_null() {
                CodecError { encoding: "latin-1", reason: "ordinal not in range(256)", ..error(at, end) }
            } else {
                error(at, end)
            },
            text,
        )?;
        let (replacement, next) = m.call_error_handler(errors, exception, codes.len())?;
        if let Some(s) = replacement.downcast::<Str>() {
            for c in StrRef::new(s.bytes()).code_points().collect::<Vec<_>>() {
                if !push_encoded(m, mapping, c, &mut out)? {
                    return Err(m.raise(exception));
                }
            }
        } else if let Some(bytes) = m.bytes_like(replacement) {
            out.extend_from_slice(bytes);
        }
        at = next;
    }
    let bytes = m.new_bytes(&out)?.value();
    Ok(m.new_tuple(&[bytes, Value::small(codes.len() as i64)]).value())
}

fn decode(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (object, errors, mapping) = arguments(m, "charmap_decode", args)?;
    let bytes = m.bytes_like_argument(object)?.to_vec();
    let table: Option<Vec<u32>> = mapping.downcast::<Str>().map(|s| StrRef::new(s.bytes()).code_points().collect());
    let mut out = StrBuf::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let b = u32::from(bytes[at]);
        let good = match &table {
            _ if mapping.is_null() => {
                out.push(b);
                true
            }
            Some(table) => match table.get(b as usize) {
                Some(&c) if c != HOLE => {
                    out.push(c);
                    true
                }
                _ => false,
            },
            None => push_decoded(m, mapping, b, &mut out)?,
        };
        if good {
            at += 1;
            continue;
        }
        let exception = m.decode_exception(&error(at, at + 1), &bytes)?;
        let (replacement, next) = m.call_error_handler(errors, exception, bytes.len())?;
        match replacement.downcast::<Str>() {
            Some(s) => out.push_str(s.text()),
            None => return Err(m.type_error("decoding error handler must return (str, int) tuple")),
        }
        at = next;
    }
    let text = m.str_from_text(&out)?.value();
    Ok(m.new_tuple(&[text, Value::small(bytes.len() as i64)]).value())
}

fn push_decoded(m: &mut Machine, mapping: Value, byte: u32, out: &mut StrBuf) -> R<bool> {
    let Some(found) = look_up(m, mapping, byte)? else { return Ok(false) };
    if let Some(s) = found.downcast::<Str>() {
        if s.bytes() == "\u{fffe}".as_bytes() {
            return Ok(false);
        }
        out.push_str(s.text());
        return Ok(true);
    }
    if !m.is_int_instance(found) {
        return Err(m.type_error("character mapping must return integer, None or str"));
    }
    match m.int_as_i64(found).and_then(|n| u32::try_from(n).ok()).filter(|&n| n < 0x11_0000) {
        Some(HOLE) => Ok(false),
        Some(code) => {
            out.push(code);
            Ok(true)
        }
        None => Err(m.type_error("character mapping must be in range(0x110000)")),
    }
}
