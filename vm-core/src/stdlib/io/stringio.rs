//! `StringIO`: a stream of text in memory. The text is generalised UTF-8 with the position known in characters and in bytes.

use super::base::{DICT_OFFSET, text_base};
use super::this;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::text::wtf8::{StrRef, count_chars};
use std::cell::{Cell, UnsafeCell};

use super::newline::{Newline, find_line_end, parse_newline};

/// A `StringIO` object.
#[repr(C)]
struct StringIo {
    header: Header,
    dict: Cell<Value>,
    text: UnsafeCell<Vec<u8>>,
    chars: Cell<usize>,
    /// The position in characters; may lie behind the end.
    at: Cell<usize>,
    /// The same in bytes, as far as the text goes.
    at_byte: Cell<usize>,
    newline: Cell<Newline>,
    /// Kinds of newline seen, where they are translated: bits as in `newline.rs`.
    seen: Cell<u8>,
    closed: Cell<bool>,
}

const _: () = assert!(std::mem::offset_of!(StringIo, dict) == DICT_OFFSET);

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for StringIo {
    const LAYOUT: &'static Layout = &layout_of::<StringIo>(LayoutId::StringIO);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
    }
}

#[expect(clippy::mut_from_ref, reason = "the machine is single-threaded; no caller holds the text across anything that runs Python")]
impl StringIo {
    fn text(&self) -> &mut Vec<u8> {
        // SAFETY: see the expectation's reason.
        unsafe { &mut *self.text.get() }
    }

    fn is_ascii(&self) -> bool {
        self.text().len() == self.chars.get()
    }

    /// Byte offset of a character; the end for those behind it.
    fn offset(&self, at: usize) -> usize {
        let text = self.text();
        StrRef::counted(text, self.chars.get()).byte_offset(at)
    }

    fn move_to(&self, at: usize) {
        self.at_byte.set(self.offset(at));
        self.at.set(at);
    }

    /// Puts text at the position, over what is there.
    fn put(&self, new: StrRef<'_>) {
        let (at, chars) = (self.at.get(), self.chars.get());
        if at > chars {
            self.text().resize(self.text().len() + (at - chars), 0);
            self.chars.set(at);
            self.at_byte.set(self.text().len());
        }
        let from = self.at_byte.get();
        let over = self.chars.get().min(at + new.chars);
        if over == self.at.get() {
            self.text().extend_from_slice(new.bytes);
            self.chars.set(over + new.chars);
        } else {
            let to = self.offset(over);
            self.text().splice(from..to, new.bytes.iter().copied());
            self.chars.set(self.chars.get() - (over - at) + new.chars);
        }
        self.at.set(at + new.chars);
        self.at_byte.set(from + new.bytes.len());
    }

    /// The text from the position on, at most `n` characters, which the position passes.
    fn advance(&self, n: Option<usize>) -> &[u8] {
        let (at, chars) = (self.at.get(), self.chars.get());
        if at >= chars {
            return &[];
        }
        let n = n.unwrap_or(usize::MAX).min(chars - at);
        let from = self.at_byte.get();
        let to = if n == chars - at {
            self.text().len()
        } else if self.is_ascii() {
            from + n
        } else {
            let rest = &self.text()[from..];
            from + StrRef::counted(rest, chars - at).byte_offset(n)
        };
        self.at.set(at + n);
        self.at_byte.set(to);
        &self.text()[from..to]
    }
}

/// `_io.StringIO`.
pub(super) fn stringio_type(m: &mut Machine) -> Gc<Type> {
    let base = text_base(m);
    m.native_type_derived(&SPEC, base)
}

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), init: Some(init), iternext: Some(iternext), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("readable", Convention::NoArgs, yes),
        MethodDef::new("writable", Convention::NoArgs, yes),
        MethodDef::new("seekable", Convention::NoArgs, yes),
        MethodDef::new("getvalue", Convention::NoArgs, |m, v, _| {
            let s = open(m, v)?;
            Ok(m.new_str_counted(s.text(), s.chars.get())?.value())
        }),
        MethodDef::new("tell", Convention::NoArgs, |m, v, _| {
            let s = open(m, v)?;
            Ok(m.int_from_usize(s.at.get()))
        }),
        MethodDef::new("close", Convention::NoArgs, |m, v, _| {
            let s = own(m, v)?;
            s.closed.set(true);
            *s.text() = Vec::new();
            s.chars.set(0);
            Ok(Value::NONE)
        }),
        MethodDef::new("read", Convention::Fast, |m, v, args| {
            let args = args.between(m, "read", 0, 1)?;
            let n = m.size_argument(args.first())?;
            let s = open(m, v)?;
            Ok(m.new_str_wtf8(s.advance(n))?.value())
        }),
        MethodDef::new("readline", Convention::Fast, |m, v, args| {
            let args = args.between(m, "readline", 0, 1)?;
            let limit = m.size_argument(args.first())?;
            let s = open(m, v)?;
            Ok(m.new_str_wtf8(next_line(&s, limit))?.value())
        }),
        MethodDef::new("write", Convention::O, |m, v, args| {
            let text = args.pos()[0];
            let s = own(m, v)?;
            let Some(text) = text.downcast::<Str>() else {
                let got = m.type_name(text);
                return Err(m.type_error(&format!("string argument expected, got '{got}'")));
            };
            if s.closed.get() {
                return Err(m.value_error("I/O operation on closed file"));
            }
            write(m, s, text);
            Ok(Value::small(text.char_len() as i64))
        }),
        MethodDef::new("seek", Convention::Fast, seek),
        MethodDef::new("truncate", Convention::Fast, truncate),
        MethodDef::new("__getstate__", Convention::NoArgs, getstate),
        MethodDef::new("__setstate__", Convention::O, setstate),
    ],
    getset: &[
        GetSetDef { name: "closed", get: |m, v| Ok(Value::from_bool(own(m, v)?.closed.get())), set: None },
        GetSetDef {
            name: "line_buffering",
            get: |m, v| {
                open(m, v)?;
                Ok(Value::FALSE)
            },
            set: None,
        },
        GetSetDef {
            name: "newlines",
            get: |m, v| {
                let seen = open(m, v)?.seen.get();
                Ok(super::newline::seen_value(m, seen))
            },
            set: None,
        },
    ],
    doc: "Text I/O implementation using an in-memory buffer.",
    ..TypeSpec::new("_io.StringIO", StringIo::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<StringIo>> {
    this(m, v, "_io.StringIO")
}

fn open(m: &mut Machine, v: Value) -> R<Gc<StringIo>> {
    let s = own(m, v)?;
    if s.closed.get() { Err(m.value_error("I/O operation on closed file")) } else { Ok(s) }
}

fn yes(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    open(m, v)?;
    Ok(Value::TRUE)
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    Ok(m.new_object(StringIo {
        header: Header::new(ty),
        dict: Cell::new(Value::NULL),
        text: UnsafeCell::new(Vec::new()),
        chars: Cell::new(0),
        at: Cell::new(0),
        at_byte: Cell::new(0),
        newline: Cell::new(Newline::Lf),
        seen: Cell::new(0),
        closed: Cell::new(false),
    })
    .value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [initial, newline] = args.bind(m, "StringIO", ["initial_value", "newline"], spec)?;
    let newline = if newline.is_null() { Newline::Lf } else { parse_newline(m, newline, "StringIO")? };
    let s = own(m, v)?;
    s.newline.set(newline);
    s.seen.set(0);
    s.closed.set(false);
    s.text().clear();
    s.chars.set(0);
    s.move_to(0);
    if let Some(initial) = initial.non_null().filter(|v| !v.is_none()) {
        let Some(text) = initial.downcast::<Str>() else {
            let got = m.type_name(initial);
            return Err(m.type_error(&format!("initial_value must be str or None, not {got}")));
        };
        write(m, s, text);
        s.move_to(0);
    }
    Ok(())
}

/// Writes text with its newlines as the stream has them.
fn write(m: &mut Machine, s: Gc<StringIo>, text: Gc<Str>) {
    let bytes = text.bytes();
    let simple = |s: &StringIo| s.put(text.text());
    match s.newline.get() {
        Newline::Lf | Newline::Keep => simple(&s),
        Newline::Universal => {
            let mut seen = s.seen.get();
            let translated = super::newline::translate(bytes, &mut seen);
            s.seen.set(seen);
            match translated {
                Some(new) => s.put(StrRef::new(&new)),
                None => simple(&s),
            }
        }
        other => match super::newline::expand(bytes, other.written()) {
            Some(new) => s.put(StrRef::new(&new)),
            None => simple(&s),
        },
    }
    m.heap.note_external(bytes.len());
}

fn next_line(s: &StringIo, limit: Option<usize>) -> &[u8] {
    if s.at.get() >= s.chars.get() {
        return &[];
    }
    let rest = &s.text()[s.at_byte.get()..];
    let end = find_line_end(rest, s.newline.get()).unwrap_or(rest.len());
    let n = if s.is_ascii() { end } else { count_chars(&rest[..end]) };
    s.advance(Some(limit.map_or(n, |l| n.min(l))))
}

fn iternext(m: &mut Machine, v: Value) -> R<Option<Value>> {
    if m.type_of(v).has(TypeFlags::HEAP) {
        return super::base::iternext(m, v);
    }
    let s = open(m, v)?;
    let line = next_line(&s, None);
    Ok(if line.is_empty() { None } else { Some(m.new_str_wtf8(line)?.value()) })
}

fn seek(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "seek", 1, 2)?;
    let s = open(m, v)?;
    let offset = m.index_argument(args[0])?;
    let whence = match args.get(1) {
        Some(&w) => m.index_argument(w)?,
        None => 0,
    };
    match whence {
        0 if offset < 0 => return Err(m.value_error(&format!("Negative seek position {offset}"))),
        0 => s.move_to(offset as usize),
        1 | 2 if offset != 0 => {
            let class = m.exceptions.os_error;
            return Err(m.raise_message(class, "Can't do nonzero cur-relative seeks"));
        }
        1 => {}
        2 => s.move_to(s.chars.get()),
        _ => return Err(m.value_error(&format!("Invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
    Ok(m.int_from_usize(s.at.get()))
}

fn truncate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "truncate", 0, 1)?;
    let s = open(m, v)?;
    let size = match args.first() {
        Some(&n) if !n.is_none() => m.index_argument(n)?,
        _ => s.at.get() as i64,
    };
    let Ok(size) = usize::try_from(size) else {
        return Err(m.value_error(&format!("Negative size value {size}")));
    };
    if size < s.chars.get() {
        let end = s.offset(size);
        s.text().truncate(end);
        s.chars.set(size);
        s.move_to(s.at.get());
    }
    Ok(m.int_from_usize(size))
}

fn getstate(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let s = open(m, v)?;
    let text = m.new_str_counted(s.text(), s.chars.get())?.value();
    let newline = s.newline.get().value(m);
    let at = m.int_from_usize(s.at.get());
    let dict = s.dict.get().non_null().unwrap_or(Value::NONE);
    Ok(m.new_tuple(&[text, newline, at, dict]).value())
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let state = args.pos()[0];
    let Some(state) = state.downcast::<Tuple>().filter(|t| t.len() >= 4) else {
        let (class, got) = (m.type_of(v).name_str().to_owned(), m.type_name(state));
        return Err(m.type_error(&format!("{class}.__setstate__ argument should be 4-tuple, got {got}")));
    };
    init(m, v, Args::positional(&state.slice()[..2]))?;
    let s = own(m, v)?;
    if let Some(text) = state.slice()[0].downcast::<Str>() {
        // The text is as it was stored: its newlines are not converted again.
        *s.text() = text.bytes().to_vec();
        s.chars.set(text.char_len());
    }
    let at = m.index_i64(state.slice()[2])?;
    let Ok(at) = usize::try_from(at) else { return Err(m.value_error("position value cannot be negative")) };
    s.move_to(at);
    if !state.slice()[3].is_none() {
        let dict = m.member(v, "__dict__")?;
        m.invoke(dict, "update", &[state.slice()[3]])?;
    }
    Ok(Value::NONE)
}
