//! Newlines: how streams of text read and write them, and `IncrementalNewlineDecoder`, which translates them between two reads.

use super::this;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;

/// The argument `newline` of streams of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Newline {
    /// `None`: every kind is read as `\n`; `\n` is written as the system has it, which is the same.
    Universal,
    /// `''`: every kind ends a line, and stays as it is.
    Keep,
    /// `'\n'`.
    Lf,
    /// `'\r'`.
    Cr,
    /// `'\r\n'`.
    CrLf,
}

impl Newline {
    /// What `\n` is written as.
    pub(super) fn written(self) -> &'static [u8] {
        match self {
            Newline::Cr => b"\r",
            Newline::CrLf => b"\r\n",
            _ => b"\n",
        }
    }

    /// The argument.
    pub(super) fn value(self, m: &mut Machine) -> Value {
        match self {
            Newline::Universal => Value::NONE,
            Newline::Keep => m.names.empty.value(),
            Newline::Lf => m.str_value("\n"),
            Newline::Cr => m.str_value("\r"),
            Newline::CrLf => m.str_value("\r\n"),
        }
    }
}

/// Reads the argument `newline`.
pub(super) fn parse_newline(m: &mut Machine, v: Value, function: &str) -> R<Newline> {
    if v.is_none() || v.is_null() {
        return Ok(Newline::Universal);
    }
    let Some(s) = v.downcast::<Str>() else {
        let got = m.type_name(v);
        return Err(m.type_error(&match function {
            "StringIO" => format!("newline must be str or None, not {got}"),
            _ => format!("{function}() argument 'newline' must be str or None, not {got}"),
        }));
    };
    Ok(match s.bytes() {
        b"" => Newline::Keep,
        b"\n" => Newline::Lf,
        b"\r" => Newline::Cr,
        b"\r\n" => Newline::CrLf,
        _ => {
            let shown = if function == "StringIO" { m.repr(v)? } else { s };
            let shown = shown.to_string_lossy().into_owned();
            return Err(m.value_error(&format!("illegal newline value: {shown}")));
        }
    })
}

/// Where the first line ends, newline included.
pub(super) fn find_line_end(text: &[u8], newline: Newline) -> Option<usize> {
    match newline {
        Newline::Universal | Newline::Lf => memchr::memchr(b'\n', text).map(|i| i + 1),
        Newline::Cr => memchr::memchr(b'\r', text).map(|i| i + 1),
        Newline::CrLf => memchr::memmem::find(text, b"\r\n").map(|i| i + 2),
        Newline::Keep => memchr::memchr2(b'\n', b'\r', text).map(|i| if text[i..].starts_with(b"\r\n") { i + 2 } else { i + 1 }),
    }
}

const SEEN_CR: u8 = 1;
const SEEN_LF: u8 = 2;
const SEEN_CRLF: u8 = 4;

/// The kinds of newline seen, as the attribute `newlines` tells them.
pub(super) fn seen_value(m: &mut Machine, seen: u8) -> Value {
    let kinds: Vec<Value> = [(SEEN_CR, "\r"), (SEEN_LF, "\n"), (SEEN_CRLF, "\r\n")]
        .into_iter()
        .filter(|&(bit, _)| seen & bit != 0)
        .map(|(_, text)| m.str_value(text))
        .collect();
    match kinds.as_slice() {
        [] => Value::NONE,
        [one] => *one,
        all => m.new_tuple(all).value(),
    }
}

fn look(text: &[u8], seen: &mut u8) {
    let mut at = 0;
    while let Some(i) = memchr::memchr2(b'\n', b'\r', &text[at..]) {
        let here = at + i;
        at = here + 1;
        *seen |= if text[here] == b'\n' {
            SEEN_LF
        } else if text.get(at) == Some(&b'\n') {
            at += 1;
            SEEN_CRLF
        } else {
            SEEN_CR
        };
    }
}

/// The text with every kind of newline as `\n`; `None` if it is the same.
pub(super) fn translate(text: &[u8], seen: &mut u8) -> Option<Vec<u8>> {
    look(text, seen);
    memchr::memchr(b'\r', text)?;
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(i) = memchr::memchr(b'\r', rest) {
        out.extend_from_slice(&rest[..i]);
        out.push(b'\n');
        rest = &rest[i + 1..];
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    out.extend_from_slice(rest);
    Some(out)
}

/// The text with `\n` written otherwise; `None` if there is none.
pub(super) fn expand(text: &[u8], written: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'\n', text)?;
    let mut out = Vec::with_capacity(text.len() + 16);
    for &b in text {
        if b == b'\n' { out.extend_from_slice(written) } else { out.push(b) }
    }
    Some(out)
}

/// An `IncrementalNewlineDecoder` object.
#[repr(C)]
pub(super) struct NewlineDecoder {
    header: Header,
    dict: Cell<Value>,
    decoder: Cell<Value>,
    translate: Cell<bool>,
    pending_cr: Cell<bool>,
    seen: Cell<u8>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for NewlineDecoder {
    const LAYOUT: &'static Layout = &layout_of::<NewlineDecoder>(LayoutId::NewlineDecoder);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
        m.mark(self.decoder.get());
    }
}

/// `_io.IncrementalNewlineDecoder`.
pub(super) fn newline_type(m: &mut Machine) -> Gc<Type> {
    m.native_type(&SPEC)
}

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots {
        new: Some(|m, ty, _| Ok(m.new_object(NewlineDecoder::of(ty, Value::NONE, false)).value())),
        init: Some(|m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 2, max_positional: 3 };
            let names = ["decoder", "translate", "errors"];
            let [decoder, translate, _] = args.bind(m, "IncrementalNewlineDecoder", names, spec)?;
            let d = own(m, v)?;
            d.decoder.set(decoder);
            let translate = m.truthy(translate)?;
            d.translate.set(translate);
            d.pending_cr.set(false);
            d.seen.set(0);
            Ok(())
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("decode", Convention::FastKeywords, |m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [input, last] = args.bind(m, "decode", ["input", "final"], spec)?;
            let last = match last.non_null() {
                Some(last) => m.truthy(last)?,
                None => false,
            };
            let d = own(m, v)?;
            Ok(decode(m, d, input, last)?.value())
        }),
        MethodDef::new("getstate", Convention::NoArgs, |m, v, _| {
            let d = own(m, v)?;
            let (bytes, flag) = if d.decoder.get().is_none() {
                (m.new_bytes(b"")?.value(), num_bigint::BigInt::from(0))
            } else {
                let state = m.invoke(d.decoder.get(), "getstate", &[])?;
                match state.downcast::<Tuple>().filter(|t| t.len() == 2) {
                    Some(t) => (t.slice()[0], m.index_bigint(t.slice()[1])?),
                    None => return Err(m.type_error("illegal decoder state")),
                }
            };
            let flag = (flag << 1) | num_bigint::BigInt::from(u8::from(d.pending_cr.get()));
            let flag = m.int_from_bigint(flag);
            Ok(m.new_tuple(&[bytes, flag]).value())
        }),
        MethodDef::new("setstate", Convention::O, |m, v, args| {
            let d = own(m, v)?;
            let Some(state) = args.pos()[0].downcast::<Tuple>().filter(|t| t.len() == 2) else {
                return Err(m.type_error("state argument must be a tuple"));
            };
            let flag = m.index_bigint(state.slice()[1])?;
            d.pending_cr.set(flag.bit(0));
            if d.decoder.get().is_none() {
                return Ok(Value::NONE);
            }
            let flag = m.int_from_bigint(flag >> 1);
            let state = m.new_tuple(&[state.slice()[0], flag]).value();
            m.invoke(d.decoder.get(), "setstate", &[state])
        }),
        MethodDef::new("reset", Convention::NoArgs, |m, v, _| {
            let d = own(m, v)?;
            d.seen.set(0);
            d.pending_cr.set(false);
            if d.decoder.get().is_none() { Ok(Value::NONE) } else { m.invoke(d.decoder.get(), "reset", &[]) }
        }),
    ],
    getset: &[GetSetDef {
        name: "newlines",
        get: |m, v| {
            let seen = own(m, v)?.seen.get();
            Ok(seen_value(m, seen))
        },
        set: None,
    }],
    doc: "Codec used when reading a file in universal newlines mode.",
    dict_offset: std::mem::offset_of!(NewlineDecoder, dict),
    ..TypeSpec::new("_io.IncrementalNewlineDecoder", NewlineDecoder::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<NewlineDecoder>> {
    this(m, v, "_io.IncrementalNewlineDecoder")
}

impl NewlineDecoder {
    fn of(ty: Gc<Type>, decoder: Value, translate: bool) -> NewlineDecoder {
        NewlineDecoder {
            header: Header::new(ty),
            dict: Cell::new(Value::NULL),
            decoder: Cell::new(decoder),
            translate: Cell::new(translate),
            pending_cr: Cell::new(false),
            seen: Cell::new(0),
        }
    }
}

/// Wraps a decoder.
pub(super) fn new_newline_decoder(m: &mut Machine, decoder: Value, translate: bool) -> Value {
    let ty = newline_type(m);
    m.new_object(NewlineDecoder::of(ty, decoder, translate)).value()
}

/// Decodes and translates.
pub(super) fn decode(m: &mut Machine, d: Gc<NewlineDecoder>, input: Value, last: bool) -> R<Gc<Str>> {
    let decoded = if d.decoder.get().is_none() { input } else { super::decoder::run(m, d.decoder.get(), input, last)? };
    let Some(text) = decoded.downcast::<Str>() else {
        let got = m.type_name(decoded);
        return Err(m.type_error(&format!("decoder should return a string result, not '{got}'")));
    };
    let bytes = text.bytes();
    let mut joined = Vec::new();
    let whole = if d.pending_cr.get() && (last || !bytes.is_empty()) {
        d.pending_cr.set(false);
        joined.push(b'\r');
        joined.extend_from_slice(bytes);
        &joined[..]
    } else {
        bytes
    };
    // A `\r` at the end waits for what follows it.
    let kept = if !last && whole.ends_with(b"\r") {
        d.pending_cr.set(true);
        &whole[..whole.len() - 1]
    } else {
        whole
    };
    let mut seen = d.seen.get();
    let translated = if d.translate.get() {
        translate(kept, &mut seen)
    } else {
        look(kept, &mut seen);
        None
    };
    d.seen.set(seen);
    match translated {
        Some(new) => m.new_str_wtf8(&new),
        None if std::ptr::eq(kept, bytes) => Ok(text),
        None => m.new_str_wtf8(kept),
    }
}
