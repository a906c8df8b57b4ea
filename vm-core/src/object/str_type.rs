//! `str` as operators see it: comparison, hashing, subscription, concatenation, construction; and its iterators.
//! The memory is in `string.rs`, the named methods in `str_methods/`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::{Compare, Slots};
use super::str_methods;
use super::string::{MAX_BYTES, Str};
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::text::landmarks::STEP;
use crate::text::wtf8::{decode_first, sequence_len};
use crate::text::{repr as text_repr, search};
use std::cell::Cell;

/// `str`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF,
    slots: Slots {
        repr: Some(repr),
        str: Some(to_str),
        hash: Some(|m, this| {
            let s = this_str(m, this)?;
            Ok(m.hash_str(s))
        }),
        richcompare: Some(richcompare),
        iter: Some(iter),
        new: Some(new),
        rem: Some(rem),
        len: Some(|m, this| Ok(this_str(m, this)?.char_len())),
        getitem: Some(getitem),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        ..Slots::EMPTY
    },
    methods: str_methods::METHODS,
    doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nThe text of an object, or text decoded from bytes.",
    ..TypeSpec::new("str", Str::LAYOUT)
};

/// The `str` that a method or slot was called on.
#[inline(always)]
pub(super) fn this_str(m: &mut Machine, this: Value) -> R<Gc<Str>> {
    match this.downcast::<Str>() {
        Some(s) => Ok(s),
        None => Err(not_a_str(m, this)),
    }
}

#[cold]
fn not_a_str(m: &mut Machine, this: Value) -> crate::machine::Raised {
    let name = m.type_name(this);
    m.type_error(&format!("descriptor requires a 'str' object but received a '{name}'"))
}

fn repr(m: &mut Machine, this: Value) -> R<Value> {
    let s = this_str(m, this)?;
    let plain = |b: &u8| (0x20..0x7f).contains(b) && *b != b'\'' && *b != b'\\';
    if s.bytes().iter().all(plain) {
        let bytes = s.bytes();
        let len = bytes.len() + 2;
        let quoted = m.new_str_filled(len, len, |out| {
            out[0] = b'\'';
            out[1..len - 1].copy_from_slice(bytes);
            out[len - 1] = b'\'';
        })?;
        return Ok(quoted.value());
    }
    Ok(m.str_from_text(&text_repr::str_repr(s.text()))?.value())
}

fn to_str(m: &mut Machine, this: Value) -> R<Value> {
    let s = this_str(m, this)?;
    Ok(m.exact_str(s)?.value())
}

fn richcompare(_: &mut Machine, left: Value, right: Value, op: Compare) -> R<Value> {
    let (Some(a), Some(b)) = (left.downcast::<Str>(), right.downcast::<Str>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(Value::from_bool(match op {
        Compare::Eq => a == b || a.bytes() == b.bytes(),
        Compare::Ne => a != b && a.bytes() != b.bytes(),
        // The order of code points is the order of the bytes.
        _ => op.holds(a.bytes().cmp(b.bytes())),
    }))
}

fn contains(m: &mut Machine, this: Value, item: Value) -> R<bool> {
    let s = this_str(m, this)?;
    let Some(part) = item.downcast::<Str>() else {
        let name = m.type_name(item);
        return Err(m.type_error(&format!("'in <string>' requires string as left operand, not {name}")));
    };
    Ok(search::contains(s.text(), part.text()))
}

fn concat(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let a = this_str(m, left)?;
    let Some(b) = right.downcast::<Str>() else {
        let name = m.type_name(right);
        return Err(m.type_error(&format!("can only concatenate str (not \"{name}\") to str")));
    };
    let whole = if a.bytes().is_empty() {
        m.exact_str(b)?
    } else if b.bytes().is_empty() {
        m.exact_str(a)?
    } else {
        m.concat_str(a, b)?
    };
    Ok(whole.value())
}

fn repeat(m: &mut Machine, this: Value, count: Value) -> R<Value> {
    let s = this_str(m, this)?;
    let n = usize::try_from(m.index_argument(count)?).unwrap_or(0);
    let bytes = s.bytes();
    if n == 0 || bytes.is_empty() {
        return Ok(m.names.empty.value());
    }
    if n == 1 {
        return Ok(m.exact_str(s)?.value());
    }
    if s.char_len().checked_mul(n).is_none_or(|len| len > isize::MAX as usize) {
        return Err(m.overflow_error("repeated string is too long"));
    }
    let total = bytes.len().saturating_mul(n);
    if total > MAX_BYTES {
        return Err(m.memory_error());
    }
    let whole = m.new_str_filled(total, s.char_len() * n, |out| fill_repeated(out, bytes))?;
    Ok(whole.value())
}

/// Fills `out` with copies of `part`, doubling what is there already.
pub(super) fn fill_repeated(out: &mut [u8], part: &[u8]) {
    if let [b] = *part {
        out.fill(b);
        return;
    }
    let mut done = part.len().min(out.len());
    out[..done].copy_from_slice(&part[..done]);
    while done < out.len() {
        let n = done.min(out.len() - done);
        out.copy_within(..n, done);
        done += n;
    }
}

fn rem(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    if left.downcast::<Str>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    m.format_percent(left, right)
}

fn getitem(m: &mut Machine, this: Value, key: Value) -> R<Value> {
    let s = this_str(m, this)?;
    if key.is_int() || m.is_index(key) {
        let i = m.index_i64(key)?;
        let len = s.char_len();
        let at = if i < 0 { i + len as i64 } else { i };
        return match usize::try_from(at) {
            Ok(at) if at < len => Ok(m.str_char_at(s, at).value()),
            _ => Err(m.index_error("string index out of range")),
        };
    }
    let Some(range) = m.slice_range(key, s.char_len())? else {
        let name = m.type_name(key);
        return Err(m.type_error(&format!("string indices must be integers, not '{name}'")));
    };
    let text = s.text();
    if range.count == text.chars && range.step == 1 {
        return Ok(m.exact_str(s)?.value());
    }
    if range.step == 1 || range.count <= 1 {
        let part = text.slice(range.start, range.start + range.count);
        return Ok(m.new_str_counted(part.bytes, part.chars)?.value());
    }
    if text.ascii {
        let part = m.new_str_filled(range.count, range.count, |out| {
            if range.step == -1
                && let Some(last) = range.start.checked_add(1)
            {
                out.copy_from_slice(&text.bytes[last - range.count..last]);
                return out.reverse();
            }
            for (o, i) in out.iter_mut().zip(range.indices()) {
                *o = text.bytes[i];
            }
        })?;
        return Ok(part.value());
    }
    let part = text.slice_step(range.start, range.step, range.count);
    Ok(m.str_from_text(&part)?.value())
}

impl Machine {
    /// `s[at]`, where `at` is below the length.
    #[inline(never)]
    pub fn str_char_at(&mut self, s: Gc<Str>, at: usize) -> Gc<Str> {
        let text = s.text();
        let offset = if text.ascii { at } else { self.str_offset(s, at) };
        let code = decode_first(&text.bytes[offset..]).map_or(0, |(c, _)| c);
        self.char_str(code)
    }
}

impl Machine {
    /// Byte offset of a character of a string that is not all ASCII: near the one asked for last, this takes constant time.
    fn str_offset(&mut self, s: Gc<Str>, index: usize) -> usize {
        const WORTH_REMEMBERING_BYTES: usize = 64;
        let text = s.text();
        if text.bytes.len() < WORTH_REMEMBERING_BYTES || index >= text.chars {
            return text.byte_offset(index);
        }
        let (known, known_index, known_offset) = self.str_cursor;
        let near = index.abs_diff(known_index) < index.min(text.chars - index).min(STEP);
        let at = if !known.is(s.value()) || !near {
            text.byte_offset(index)
        } else if index >= known_index {
            (known_index..index).fold(known_offset, |at, _| at + sequence_len(text.bytes[at]))
        } else {
            let before = |at: usize| text.bytes[..at].iter().rposition(|b| b & 0xc0 != 0x80).unwrap_or(0);
            (index..known_index).fold(known_offset, |at, _| before(at))
        };
        self.str_cursor = (s.value(), index, at);
        at
    }
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    if class == m.types.str
        && !args.has_keywords()
        && let &[object] = args.pos()
    {
        return Ok(m.to_str(object)?.value());
    }
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 3 };
    if !args.has_keywords() {
        args.between(m, "str", 0, 3)?;
    }
    let [object, encoding, errors] = args.bind(m, "str", ["object", "encoding", "errors"], spec)?;
    let encoding = str_methods::optional_str_argument(m, "str", "argument 'encoding'", encoding)?;
    let errors = str_methods::optional_str_argument(m, "str", "argument 'errors'", errors)?;
    let text = if object.is_null() {
        m.names.empty
    } else if encoding.is_none() && errors.is_none() {
        m.to_str(object)?
    } else {
        decode_object(m, object, encoding, errors)?
    };
    if class == m.types.str {
        return Ok(text.value());
    }
    Ok(m.new_str_of(class, text).value())
}

fn decode_object(m: &mut Machine, object: Value, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> R<Gc<Str>> {
    if object.downcast::<Str>().is_some() {
        return Err(m.type_error("decoding str is not supported"));
    }
    if m.bytes_like(object).is_none() {
        let name = m.type_name(object);
        return Err(m.type_error(&format!("decoding to str: need a bytes-like object, {name} found")));
    }
    m.decode_bytes(object, encoding, errors)
}

/// A `str_ascii_iterator` or `str_iterator`.
#[repr(C)]
pub struct StrIter {
    /// Its type.
    pub header: Header,
    /// The string; `NULL` once exhausted.
    string: Cell<Value>,
    /// Byte offset of the next character.
    at: Cell<usize>,
    /// Its index.
    index: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for StrIter {
    const LAYOUT: &'static Layout = &layout_of::<StrIter>(LayoutId::StrIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.string.get());
    }
}

const ITER_METHODS: &[MethodDef] = &[
    MethodDef::new("__length_hint__", Convention::NoArgs, |m, this, _| {
        let it = this_iter(m, this)?;
        let left = it.string.get().downcast::<Str>().map_or(0, |s| s.char_len().saturating_sub(it.index.get()));
        Ok(Value::small(left as i64))
    }),
    MethodDef::new("__reduce__", Convention::NoArgs, reduce),
    MethodDef::new("__setstate__", Convention::O, set_state),
];

/// `str_iterator`.
pub static ITER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { iter: Some(|_, this| Ok(this)), iternext: Some(next), ..Slots::EMPTY },
    methods: ITER_METHODS,
    ..TypeSpec::new("str_iterator", StrIter::LAYOUT)
};
/// `str_ascii_iterator`.
pub static ASCII_ITER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { iter: Some(|_, this| Ok(this)), iternext: Some(next), ..Slots::EMPTY },
    methods: ITER_METHODS,
    ..TypeSpec::new("str_ascii_iterator", StrIter::LAYOUT)
};

fn this_iter(m: &mut Machine, this: Value) -> R<Gc<StrIter>> {
    match this.downcast::<StrIter>() {
        Some(it) => Ok(it),
        None => Err(m.type_error("a str iterator was expected")),
    }
}

fn iter(m: &mut Machine, this: Value) -> R<Value> {
    let ascii = this_str(m, this)?.is_ascii();
    let header = Header::new(if ascii { m.types.str_ascii_iter } else { m.types.str_iter });
    Ok(m.new_object(StrIter { header, string: Cell::new(this), at: Cell::new(0), index: Cell::new(0) }).value())
}

fn next(m: &mut Machine, this: Value) -> R<Option<Value>> {
    let it = this_iter(m, this)?;
    let Some(s) = it.string.get().downcast::<Str>() else { return Ok(None) };
    let at = it.at.get();
    let rest = s.bytes().get(at..).unwrap_or_default();
    let first = match rest.first() {
        Some(&byte) if byte < 0x80 => Some((u32::from(byte), 1)),
        _ => decode_first(rest),
    };
    match first {
        Some((code, len)) => {
            it.at.set(at + len);
            it.index.set(it.index.get() + 1);
            Ok(Some(m.char_str(code).value()))
        }
        None => {
            it.string.set(Value::NULL);
            Ok(None)
        }
    }
}

fn reduce(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let it = this_iter(m, this)?;
    let name = m.intern("iter");
    let function = m.builtins.get_str(m, name).unwrap_or(Value::NONE);
    let string = it.string.get();
    if string.is_null() {
        let empty = m.names.empty.value();
        let args = m.new_tuple(&[empty]).value();
        return Ok(m.new_tuple(&[function, args]).value());
    }
    let args = m.new_tuple(&[string]).value();
    let index = Value::small(it.index.get() as i64);
    Ok(m.new_tuple(&[function, args, index]).value())
}

fn set_state(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let index = m.index_argument(args.pos()[0])?;
    let it = this_iter(m, this)?;
    if let Some(s) = it.string.get().downcast::<Str>() {
        let index = usize::try_from(index).unwrap_or(0).min(s.char_len());
        it.index.set(index);
        it.at.set(s.text().byte_offset(index));
    }
    Ok(Value::NONE)
}
