//! `UnicodeEncodeError`, `UnicodeDecodeError` and `UnicodeTranslateError`: which part of which text or bytes, and why.

use super::base::{init as base_init, this};
use super::fields::{member, str_argument};
use crate::machine::{Machine, R};
use crate::native::{Args, GetSetDef};
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::wtf8::code_points;

const ENCODING: usize = 0;
const OBJECT: usize = 1;
const START: usize = 2;
const END: usize = 3;
const REASON: usize = 4;

pub(super) static GETSET: &[GetSetDef] = &[
    member::<ENCODING>("encoding"),
    member::<OBJECT>("object"),
    GetSetDef { name: "start", get: get_index::<START>, set: Some(set_index::<START>) },
    GetSetDef { name: "end", get: get_index::<END>, set: Some(set_index::<END>) },
    member::<REASON>("reason"),
];

fn get_index<const I: usize>(_: &mut Machine, v: Value) -> R<Value> {
    Ok(this(v).extra(I).non_null().unwrap_or(Value::small(0)))
}

fn set_index<const I: usize>(m: &mut Machine, v: Value, value: Value) -> R<()> {
    if value.is_null() {
        return Err(m.type_error("can't delete numeric/char attribute"));
    }
    if !m.is_int_instance(value) {
        return Err(m.type_error("an integer is required"));
    }
    let n = m.index_i64(value)?;
    this(v).set_extra(I, Value::small(n));
    Ok(())
}

fn exactly(m: &mut Machine, args: &[Value], n: usize) -> R<()> {
    let given = args.len();
    if given == n { Ok(()) } else { Err(m.type_error(&format!("function takes exactly {n} arguments ({given} given)"))) }
}

pub(super) fn encode_init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    base_init(m, v, args)?;
    let args = args.pos();
    exactly(m, args, 5)?;
    str_argument(m, 1, args[0])?;
    str_argument(m, 2, args[1])?;
    fill(m, v, args)
}

pub(super) fn decode_init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    base_init(m, v, args)?;
    let args = args.pos();
    exactly(m, args, 5)?;
    str_argument(m, 1, args[0])?;
    fill(m, v, args)?;
    let object = args[1];
    if m.type_of(object).is_subtype_of(m.types.bytes) {
        return Ok(());
    }
    let Some(bytes) = m.bytes_like(object).map(<[u8]>::to_vec) else {
        this(v).set_extra(OBJECT, Value::NULL);
        let got = m.type_name(object);
        return Err(m.type_error(&format!("a bytes-like object is required, not '{got}'")));
    };
    let bytes = m.new_bytes(&bytes)?;
    this(v).set_extra(OBJECT, bytes.value());
    Ok(())
}

pub(super) fn translate_init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    base_init(m, v, args)?;
    let args = args.pos();
    exactly(m, args, 4)?;
    str_argument(m, 1, args[0])?;
    let (start, end) = (m.index_i64(args[1])?, m.index_i64(args[2])?);
    str_argument(m, 4, args[3])?;
    let e = this(v);
    for (i, part) in [(OBJECT, args[0]), (START, Value::small(start)), (END, Value::small(end)), (REASON, args[3])] {
        e.set_extra(i, part);
    }
    Ok(())
}

fn fill(m: &mut Machine, v: Value, args: &[Value]) -> R<()> {
    let (start, end) = (m.index_i64(args[2])?, m.index_i64(args[3])?);
    str_argument(m, 5, args[4])?;
    let e = this(v);
    for (i, part) in [(ENCODING, args[0]), (OBJECT, args[1]), (START, Value::small(start)), (END, Value::small(end)), (REASON, args[4])] {
        e.set_extra(i, part);
    }
    Ok(())
}

/// Which part, which single element of it (its number), and the two texts that `str` shows.
struct Shown {
    start: i64,
    end: i64,
    reason: String,
    encoding: String,
}

fn shown(m: &mut Machine, v: Value) -> R<Shown> {
    let e = this(v);
    let index = |i: usize| m.int_to_i64(e.extra(i)).unwrap_or(0);
    let (start, end) = (index(START), index(END));
    let mut text = |i: usize| -> R<String> {
        let part = e.extra(i).non_null().unwrap_or(Value::NONE);
        Ok(m.to_str(part)?.to_string_lossy().into_owned())
    };
    Ok(Shown { start, end, reason: text(REASON)?, encoding: text(ENCODING)? })
}

impl Shown {
    /// The index of the only element meant, if it lies in an object of that length.
    fn only(&self, len: usize) -> Option<usize> {
        let at = usize::try_from(self.start).ok()?;
        (at < len && self.end == self.start + 1).then_some(at)
    }

    /// First and last index.
    fn range(&self) -> String {
        format!("{}-{}", self.start, self.end - 1)
    }
}

fn escaped(c: u32) -> String {
    match c {
        ..0x100 => format!("\\x{c:02x}"),
        0x100..0x1_0000 => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}

/// The texts of encoding and translating errors differ only in how they begin.
fn text_error(m: &mut Machine, v: Value, translate: bool) -> R<Value> {
    let Some(object) = this(v).extra(OBJECT).downcast::<Str>() else { return Ok(m.names.empty.value()) };
    let shown = shown(m, v)?;
    let what = if translate { "can't translate".to_owned() } else { format!("'{}' codec can't encode", shown.encoding) };
    let (start, reason) = (shown.start, &shown.reason);
    let text = match shown.only(object.char_len()).and_then(|at| code_points(object.bytes()).nth(at)) {
        Some(c) => format!("{what} character '{}' in position {start}: {reason}", escaped(c)),
        None => format!("{what} characters in position {}: {reason}", shown.range()),
    };
    Ok(m.str_value(&text))
}

pub(super) fn encode_str(m: &mut Machine, v: Value) -> R<Value> {
    text_error(m, v, false)
}

pub(super) fn translate_str(m: &mut Machine, v: Value) -> R<Value> {
    text_error(m, v, true)
}

pub(super) fn decode_str(m: &mut Machine, v: Value) -> R<Value> {
    let object = this(v).extra(OBJECT);
    if object.is_null() {
        return Ok(m.names.empty.value());
    }
    let shown = shown(m, v)?;
    let bytes: &[u8] = m.bytes_like(object).unwrap_or_default();
    let (encoding, start, reason) = (&shown.encoding, shown.start, &shown.reason);
    let text = match shown.only(bytes.len()).map(|at| bytes[at]) {
        Some(byte) => format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"),
        None => format!("'{encoding}' codec can't decode bytes in position {}: {reason}", shown.range()),
    };
    Ok(m.str_value(&text))
}
