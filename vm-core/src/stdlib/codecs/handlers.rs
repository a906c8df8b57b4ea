//! The error handlers as functions of an exception, as `codecs.lookup_error` gives them. Conversions with the machine's own encodings
//! do not call these: `text/codec.rs` has them built in.

use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef};
use crate::object::dict::Dict;
use crate::object::exception::Exception;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::wtf8::{StrBuf, StrRef};

static HANDLERS: &[MethodDef] = &[
    MethodDef::new("strict_errors", Convention::O, strict),
    MethodDef::new("ignore_errors", Convention::O, ignore),
    MethodDef::new("replace_errors", Convention::O, replace),
    MethodDef::new("xmlcharrefreplace_errors", Convention::O, |m, _, a| escape(m, a, false, |_, c| Ok(format!("&#{c};")))),
    MethodDef::new("backslashreplace_errors", Convention::O, |m, _, a| escape(m, a, true, |_, c| Ok(backslash(c)))),
    MethodDef::new("namereplace_errors", Convention::O, |m, _, a| escape(m, a, false, named)),
    MethodDef::new("surrogatepass", Convention::O, surrogatepass),
    MethodDef::new("surrogateescape", Convention::O, surrogateescape),
];

/// Enters the handlers in the table of error handlers.
pub(super) fn register(m: &mut Machine, table: Gc<Dict>) {
    let module = m.intern("_codecs");
    for def in HANDLERS {
        let f = m.new_native_function(def, Value::NULL, module.value());
        let key = m.intern(def.name.trim_end_matches("_errors"));
        table.insert_str(m, key, f.value());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Encode,
    Decode,
    Translate,
}

/// What a handler needs to know of its exception.
struct Problem {
    kind: Kind,
    object: Value,
    start: usize,
    end: usize,
    encoding: String,
    exception: Value,
}

fn problem(m: &mut Machine, v: Value) -> R<Problem> {
    let class = m.type_of(v);
    let kind = if class.is_subtype_of(m.exceptions.unicode_encode_error) {
        Kind::Encode
    } else if class.is_subtype_of(m.exceptions.unicode_decode_error) {
        Kind::Decode
    } else if class.is_subtype_of(m.exceptions.unicode_translate_error) {
        Kind::Translate
    } else {
        return Err(wrong(m, v));
    };
    let Some(e) = v.downcast::<Exception>() else { return Err(wrong(m, v)) };
    // Encoding, object, start, end, reason: the order of the constructor's arguments.
    let object = e.extra(1);
    let len = match object.downcast::<Str>() {
        Some(s) => s.char_len(),
        None => m.bytes_like(object).map_or(0, <[u8]>::len),
    };
    let index = |m: &Machine, i: usize| m.int_to_i64(e.extra(i)).unwrap_or(0);
    let start = index(m, 2).clamp(0, len.saturating_sub(1) as i64) as usize;
    let end = index(m, 3).clamp(1.min(len as i64), len as i64) as usize;
    let encoding = e.extra(0).downcast::<Str>().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    Ok(Problem { kind, object, start, end: end.max(start), encoding, exception: v })
}

fn wrong(m: &mut Machine, v: Value) -> Raised {
    let got = m.type_name(v);
    m.type_error(&format!("don't know how to handle {got} in error callback"))
}

fn answer(m: &mut Machine, text: &StrBuf, end: usize) -> R<Value> {
    let text = m.str_from_text(text)?.value();
    Ok(m.new_tuple(&[text, Value::small(end as i64)]).value())
}

fn strict(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    if !m.is_exception(v) {
        return Err(m.type_error("codec must pass exception instance"));
    }
    Err(m.raise(v))
}

fn ignore(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let p = problem(m, args.pos()[0])?;
    answer(m, &StrBuf::new(), p.end)
}

fn replace(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let p = problem(m, args.pos()[0])?;
    let mut out = StrBuf::new();
    match p.kind {
        Kind::Encode => out.push_repeated(u32::from(b'?'), p.end - p.start),
        Kind::Decode => out.push(0xFFFD),
        Kind::Translate => out.push_repeated(0xFFFD, p.end - p.start),
    }
    answer(m, &out, p.end)
}

fn backslash(code: u32) -> String {
    match code {
        0..=0xFF => format!("\\x{code:02x}"),
        0x100..=0xFFFF => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// `\N{NAME}`, with the names that the module `unicodedata` knows.
fn named(m: &mut Machine, code: u32) -> R<String> {
    let module = m.import_absolute("unicodedata")?;
    let (method, empty) = (m.intern("name"), m.names.empty.value());
    let c = m.char_str(code).value();
    let name = m.call_method(module, method, &[c, empty])?;
    let name = m.to_str(name)?.to_string_lossy().into_owned();
    Ok(if name.is_empty() { backslash(code) } else { format!("\\N{{{name}}}") })
}

/// Characters of the text that is wrong.
fn characters(p: &Problem) -> Vec<u32> {
    match p.object.downcast::<Str>() {
        Some(s) => StrRef::new(s.bytes()).code_points().skip(p.start).take(p.end - p.start).collect(),
        None => Vec::new(),
    }
}

fn escape(m: &mut Machine, args: Args<'_>, decodes: bool, form: fn(&mut Machine, u32) -> R<String>) -> R<Value> {
    let p = problem(m, args.pos()[0])?;
    let mut out = StrBuf::new();
    match p.kind {
        Kind::Decode if decodes => {
            let bytes = m.bytes_like(p.object).unwrap_or_default()[p.start..p.end].to_vec();
            bytes.iter().for_each(|b| out.push_rust(&format!("\\x{b:02x}")));
        }
        Kind::Decode => return Err(wrong(m, p.exception)),
        Kind::Translate if !decodes => return Err(wrong(m, p.exception)),
        _ => {
            for c in characters(&p) {
                let text = form(m, c)?;
                out.push_rust(&text);
            }
        }
    }
    answer(m, &out, p.end)
}

fn surrogateescape(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let p = problem(m, args.pos()[0])?;
    match p.kind {
        Kind::Encode => {
            let codes = characters(&p);
            if codes.iter().any(|c| !(0xDC80..=0xDCFF).contains(c)) {
                return Err(m.raise(p.exception));
            }
            let bytes: Vec<u8> = codes.iter().map(|&c| (c - 0xDC00) as u8).collect();
            let bytes = m.new_bytes(&bytes)?.value();
            Ok(m.new_tuple(&[bytes, Value::small(p.end as i64)]).value())
        }
        Kind::Decode => {
            let bytes = &m.bytes_like(p.object).unwrap_or_default()[p.start..p.end];
            let high = bytes.iter().take(4).take_while(|b| **b >= 0x80).count();
            if high == 0 {
                return Err(m.raise(p.exception));
            }
            let out: StrBuf = bytes[..high].iter().map(|&b| 0xDC00 + u32::from(b)).collect();
            answer(m, &out, p.start + high)
        }
        Kind::Translate => Err(wrong(m, p.exception)),
    }
}

/// Bytes of a unit, and whether the most significant comes first; UTF-8 has three of no order.
fn unit_of(encoding: &str) -> Option<(usize, bool)> {
    let name: String = encoding.to_ascii_lowercase().chars().filter(|c| !matches!(c, '-' | '_')).collect();
    Some(match name.as_str() {
        "utf8" => (3, false),
        "utf16" | "utf16le" => (2, false),
        "utf16be" => (2, true),
        "utf32" | "utf32le" => (4, false),
        "utf32be" => (4, true),
        _ => return None,
    })
}

fn surrogatepass(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let p = problem(m, args.pos()[0])?;
    let Some((size, big)) = unit_of(&p.encoding) else { return Err(m.raise(p.exception)) };
    match p.kind {
        Kind::Encode => {
            let mut out = Vec::new();
            for c in characters(&p) {
                if !(0xD800..=0xDFFF).contains(&c) {
                    return Err(m.raise(p.exception));
                }
                if size == 3 {
                    out.extend_from_slice([c].into_iter().collect::<StrBuf>().as_ref().bytes);
                } else {
                    let unit = c.to_le_bytes();
                    if big { out.extend(unit[..size].iter().rev()) } else { out.extend(&unit[..size]) }
                }
            }
            let bytes = m.new_bytes(&out)?.value();
            Ok(m.new_tuple(&[bytes, Value::small(p.end as i64)]).value())
        }
        Kind::Decode => {
            let bytes = m.bytes_like(p.object).unwrap_or_default();
            let code = bytes.get(p.start..p.start + size).map(|b| match (size, big) {
                (3, _) => crate::text::wtf8::decode_first(b).map_or(0, |(c, _)| c),
                (_, true) => b.iter().fold(0, |n, &b| n << 8 | u32::from(b)),
                (_, false) => b.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b)),
            });
            match code.filter(|c| (0xD800..=0xDFFF).contains(c)) {
                Some(c) => answer(m, &[c].into_iter().collect(), p.start + size),
                None => Err(m.raise(p.exception)),
            }
        }
        Kind::Translate => Err(wrong(m, p.exception)),
    }
}
