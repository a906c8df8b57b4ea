//! `TextIOWrapper`: its methods and attributes. What these do is in `text.rs` and the files beside it.

use super::base::{DICT_OFFSET, text_base};
use super::newline::{Newline, parse_newline};
use super::text::Options;
use super::{TextIo, this};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Payload};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

const _: () = assert!(size_of::<crate::object::header::Header>() == DICT_OFFSET);

/// `_io.TextIOWrapper`.
pub(super) fn text_type(m: &mut Machine) -> Gc<Type> {
    let base = text_base(m);
    m.native_type_derived(&SPEC, base)
}

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots {
        repr: Some(repr),
        new: Some(|m, ty, _| Ok(m.new_object(TextIo::of(ty)).value())),
        init: Some(init),
        iternext: Some(iternext),
        finalize: Some(Machine::finalize_stream),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("detach", Convention::NoArgs, |m, v, _| {
            let t = own(m, v)?;
            let buffer = t.below(m)?;
            m.invoke(v, "flush", &[])?;
            t.buffer.set(Value::NULL);
            t.detached.set(true);
            Ok(buffer)
        }),
        MethodDef::new("reconfigure", Convention::FastKeywords, reconfigure),
        MethodDef::new("write", Convention::O, |m, v, args| {
            let t = own(m, v)?;
            t.below(m)?;
            let text = m.str_of(args.pos()[0], "write() argument")?;
            t.check_open(m)?;
            t.check_writable(m)?;
            t.write(m, text.bytes())?;
            Ok(Value::small(text.char_len() as i64))
        }),
        MethodDef::new("read", Convention::Fast, |m, v, args| {
            let args = args.between(m, "read", 0, 1)?;
            let n = m.size_argument(args.first())?;
            let t = own(m, v)?;
            Ok(t.read(m, n)?.value())
        }),
        MethodDef::new("readline", Convention::Fast, |m, v, args| {
            let args = args.between(m, "readline", 0, 1)?;
            let limit = m.size_argument(args.first())?;
            let t = own(m, v)?;
            Ok(t.readline(m, limit)?.value())
        }),
        MethodDef::new("flush", Convention::NoArgs, |m, v, _| {
            let t = own(m, v)?;
            t.check_open(m)?;
            t.flush(m)?;
            Ok(Value::NONE)
        }),
        MethodDef::new("close", Convention::NoArgs, close),
        MethodDef::new("fileno", Convention::NoArgs, |m, v, _| forward(m, v, "fileno")),
        MethodDef::new("seekable", Convention::NoArgs, |m, v, _| forward(m, v, "seekable")),
        MethodDef::new("readable", Convention::NoArgs, |m, v, _| forward(m, v, "readable")),
        MethodDef::new("writable", Convention::NoArgs, |m, v, _| forward(m, v, "writable")),
        MethodDef::new("isatty", Convention::NoArgs, |m, v, _| forward(m, v, "isatty")),
        MethodDef::new("seek", Convention::Fast, |m, v, args| {
            let args = args.between(m, "seek", 1, 2)?;
            let t = own(m, v)?;
            let whence = match args.get(1) {
                Some(&w) => m.index_argument(w)?,
                None => 0,
            };
            t.seek(m, args[0], whence)
        }),
        MethodDef::new("tell", Convention::NoArgs, |m, v, _| {
            let t = own(m, v)?;
            t.tell(m)
        }),
        MethodDef::new("truncate", Convention::Fast, |m, v, args| {
            let args = args.between(m, "truncate", 0, 1)?;
            let t = own(m, v)?;
            let buffer = t.below(m)?;
            m.invoke(v, "flush", &[])?;
            m.invoke(buffer, "truncate", args)
        }),
    ],
    getset: &[
        GetSetDef { name: "encoding", get: |m, v| Ok(own(m, v)?.encoding.get().non_null().unwrap_or(Value::NONE)), set: None },
        GetSetDef { name: "errors", get: |m, v| Ok(own(m, v)?.errors.get().non_null().unwrap_or(Value::NONE)), set: None },
        GetSetDef {
            name: "buffer",
            get: |m, v| {
                let t = own(m, v)?;
                t.below(m)
            },
            set: None,
        },
        GetSetDef { name: "line_buffering", get: |m, v| Ok(Value::from_bool(own(m, v)?.line_buffering.get())), set: None },
        GetSetDef { name: "write_through", get: |m, v| Ok(Value::from_bool(own(m, v)?.write_through.get())), set: None },
        GetSetDef {
            name: "closed",
            get: |m, v| {
                let t = own(m, v)?;
                Ok(Value::from_bool(t.is_closed(m)?))
            },
            set: None,
        },
        GetSetDef {
            name: "name",
            get: |m, v| {
                let t = own(m, v)?;
                let buffer = t.below(m)?;
                m.member(buffer, "name")
            },
            set: None,
        },
        GetSetDef {
            name: "newlines",
            get: |m, v| {
                let decoder = own(m, v)?.decoder.get();
                match decoder.non_null() {
                    Some(decoder) => Ok(m.member_opt(decoder, "newlines")?.unwrap_or(Value::NONE)),
                    None => Ok(Value::NONE),
                }
            },
            set: None,
        },
        GetSetDef {
            name: "_CHUNK_SIZE",
            get: |m, v| {
                let size = own(m, v)?.chunk_size.get();
                Ok(m.int_from_usize(size))
            },
            set: Some(|m, v, size| {
                if size.is_null() {
                    return Err(m.attribute_error("cannot delete attribute"));
                }
                let n = m.index_argument(size)?;
                let t = own(m, v)?;
                match usize::try_from(n) {
                    Ok(n) if n > 0 => t.chunk_size.set(n),
                    _ => return Err(m.value_error("a strictly positive integer is required")),
                }
                Ok(())
            }),
        },
    ],
    doc: "Character and line based layer over a BufferedIOBase object, buffer.",
    ..TypeSpec::new("_io.TextIOWrapper", TextIo::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<TextIo>> {
    this(m, v, "_io.TextIOWrapper")
}

fn forward(m: &mut Machine, v: Value, name: &str) -> R<Value> {
    let t = own(m, v)?;
    let buffer = t.below(m)?;
    m.invoke(buffer, name, &[])
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let names = ["buffer", "encoding", "errors", "newline", "line_buffering", "write_through"];
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 6 };
    let [buffer, encoding, errors, newline, line_buffering, write_through] = args.bind(m, "TextIOWrapper", names, spec)?;
    let newline = parse_newline(m, newline, "TextIOWrapper")?;
    let mut flag = |v: Value| if v.is_null() { Ok(false) } else { m.truthy(v) };
    let (line_buffering, write_through) = (flag(line_buffering)?, flag(write_through)?);
    let encoding = encoding_name(m, encoding);
    let errors = match errors.non_null().filter(|v| !v.is_none()) {
        Some(errors) => errors,
        None => m.str_value("strict"),
    };
    let t = own(m, v)?;
    t.start(m, buffer, &Options { encoding, errors, newline, line_buffering, write_through })
}

/// The encoding's name; that of the locale is UTF-8.
fn encoding_name(m: &mut Machine, v: Value) -> Value {
    match v.non_null().filter(|v| !v.is_none()) {
        Some(v) if v.downcast::<Str>().is_none_or(|s| s.bytes() != b"locale") => v,
        _ => m.str_value("utf-8"),
    }
}

fn reconfigure(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let names = ["encoding", "errors", "newline", "line_buffering", "write_through"];
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 0 };
    let [encoding, errors, newline, line_buffering, write_through] = args.bind(m, "reconfigure", names, spec)?;
    let t = own(m, v)?;
    let given = |v: Value| v.non_null().filter(|v| !v.is_none());
    let new_codec = given(encoding).is_some() || given(errors).is_some() || !newline.is_null();
    if new_codec && !t.decoded().is_empty() {
        return Err(m.unsupported_io("It is not possible to set the encoding or newline of stream after the first read"));
    }
    let newline = if newline.is_null() { t.newline.get() } else { parse_newline(m, newline, "reconfigure")? };
    let mut flag = |v: Value, old: bool| match given(v) {
        Some(v) => m.truthy(v),
        None => Ok(old),
    };
    let line_buffering = flag(line_buffering, t.line_buffering.get())?;
    let write_through = flag(write_through, t.write_through.get())?;
    m.invoke(v, "flush", &[])?;
    if new_codec {
        let errors = match (given(errors), given(encoding)) {
            (Some(errors), _) => errors,
            (None, Some(_)) => m.str_value("strict"),
            (None, None) => t.errors.get(),
        };
        let encoding = match given(encoding) {
            Some(encoding) => encoding_name(m, encoding),
            None => t.encoding.get(),
        };
        let buffer = t.below(m)?;
        let (start, chunk) = (t.at_start.get(), t.chunk_size.get());
        t.start(m, buffer, &Options { encoding, errors, newline, line_buffering, write_through })?;
        t.chunk_size.set(chunk);
        if !start {
            t.mark_start(m, false)?;
        }
    }
    t.line_buffering.set(line_buffering);
    t.write_through.set(write_through);
    Ok(Value::NONE)
}

fn close(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let t = own(m, v)?;
    let buffer = t.below(m)?;
    if t.is_closed(m)? {
        return Ok(Value::NONE);
    }
    let flushed = m.invoke(v, "flush", &[]);
    let pending = if flushed.is_err() { m.take_raised() } else { Value::NULL };
    let closed = m.invoke(buffer, "close", &[]);
    if pending.is_null() {
        return closed.map(|_| Value::NONE);
    }
    if closed.is_err() {
        let second = m.take_raised();
        m.set_context(second, pending);
        return Err(m.reraise(second));
    }
    Err(m.reraise(pending))
}

fn iternext(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let t = own(m, v)?;
    t.telling.set(false);
    let line = if m.type_of(v).has(TypeFlags::HEAP) {
        let line = m.invoke(v, "readline", &[])?;
        m.str_of(line, "readline() result")?
    } else {
        t.readline(m, None)?
    };
    if line.bytes().is_empty() {
        t.snapshot.set(Value::NULL);
        t.telling.set(t.seekable.get());
        return Ok(None);
    }
    Ok(Some(line.value()))
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let t = own(m, v)?;
    if t.encoding.get().is_null() {
        return Err(m.value_error("I/O operation on uninitialized object"));
    }
    let mode = m.member_opt(v, "mode")?;
    let mut rest = String::new();
    if let Some(mode) = mode {
        rest = format!(" mode={}", m.repr(mode)?.to_string_lossy());
    }
    let encoding = m.repr(t.encoding.get())?;
    rest.push_str(&format!(" encoding={}", encoding.to_string_lossy()));
    m.stream_repr(v, &rest)
}

impl Machine {
    /// A stream of text over a buffer, as `open` makes it.
    pub(super) fn new_text_stream(&mut self, buffer: Value, encoding: Value, errors: Value, newline: Newline, lines: bool) -> R<Value> {
        let ty = text_type(self);
        let t = self.new_object(TextIo::of(ty));
        let encoding = encoding_name(self, encoding);
        let errors = match errors.non_null().filter(|v| !v.is_none()) {
            Some(errors) => errors,
            None => self.str_value("strict"),
        };
        t.start(self, buffer, &Options { encoding, errors, newline, line_buffering: lines, write_through: false })?;
        if t.decoder.get().is_null() || !t.encoder.get().is_null() {
            self.register_finalizer(t.value());
        }
        Ok(t.value())
    }
}
