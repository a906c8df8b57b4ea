//! `BufferedReader`, `BufferedWriter` and `BufferedRandom`: their methods. What these do is in `buffered.rs`.

use super::base::buffered_base;
use super::buffered::Buffered;
use super::{DEFAULT_BUFFER_SIZE, this};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Payload};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

/// `_io.BufferedReader`.
pub(super) fn reader_type(m: &mut Machine) -> Gc<Type> {
    let base = buffered_base(m);
    m.native_type_derived(&READER, base)
}

/// `_io.BufferedWriter`.
pub(super) fn writer_type(m: &mut Machine) -> Gc<Type> {
    let base = buffered_base(m);
    m.native_type_derived(&WRITER, base)
}

/// `_io.BufferedRandom`.
pub(super) fn random_type(m: &mut Machine) -> Gc<Type> {
    let base = buffered_base(m);
    m.native_type_derived(&RANDOM, base)
}

const FLAGS: u32 = TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF;

const SLOTS: Slots =
    Slots { repr: Some(|m, v| m.stream_repr(v, "")), new: Some(|m, ty, _| Ok(m.new_object(Buffered::of(ty)).value())), ..Slots::EMPTY };

static READER: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: Slots { init: Some(|m, v, a| init(m, v, a, "BufferedReader", true, false)), iternext: Some(iternext), ..SLOTS },
    getset: GETSET,
    finish: Some(|m, ty| add(m, ty, &[COMMON, READING])),
    doc: "Create a new buffered reader using the given readable raw IO object.",
    ..TypeSpec::new("_io.BufferedReader", Buffered::LAYOUT)
};

static WRITER: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: Slots { finalize: Some(Machine::finalize_stream), init: Some(|m, v, a| init(m, v, a, "BufferedWriter", false, true)), ..SLOTS },
    getset: GETSET,
    finish: Some(|m, ty| add(m, ty, &[COMMON, WRITING])),
    doc: "A buffer for a writeable sequential RawIO object.",
    ..TypeSpec::new("_io.BufferedWriter", Buffered::LAYOUT)
};

static RANDOM: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: Slots {
        finalize: Some(Machine::finalize_stream),
        init: Some(|m, v, a| init(m, v, a, "BufferedRandom", true, true)),
        iternext: Some(iternext),
        ..SLOTS
    },
    getset: GETSET,
    finish: Some(|m, ty| add(m, ty, &[COMMON, READING, WRITING])),
    doc: "A buffered interface to random access streams.",
    ..TypeSpec::new("_io.BufferedRandom", Buffered::LAYOUT)
};

fn add(m: &mut Machine, ty: Gc<Type>, tables: &[&'static [MethodDef]]) {
    for def in tables.iter().copied().flatten() {
        m.add_method(ty, def);
    }
}

fn own(m: &mut Machine, v: Value) -> R<Gc<Buffered>> {
    this(m, v, "_io._Buffered")
}

fn forward<const N: usize>(m: &mut Machine, v: Value, name: &[u8; N]) -> R<Value> {
    let b = own(m, v)?;
    let raw = b.below(m)?;
    m.invoke(raw, std::str::from_utf8(name).unwrap_or_default(), &[])
}

static GETSET: &[GetSetDef] = &[
    GetSetDef {
        name: "closed",
        get: |m, v| {
            let b = own(m, v)?;
            Ok(Value::from_bool(b.is_closed(m)?))
        },
        set: None,
    },
    GetSetDef {
        name: "name",
        get: |m, v| {
            let b = own(m, v)?;
            let raw = b.below(m)?;
            m.member(raw, "name")
        },
        set: None,
    },
    GetSetDef {
        name: "mode",
        get: |m, v| {
            let b = own(m, v)?;
            let raw = b.below(m)?;
            m.member(raw, "mode")
        },
        set: None,
    },
    GetSetDef { name: "raw", get: |m, v| Ok(own(m, v)?.raw.get().non_null().unwrap_or(Value::NONE)), set: None },
];

static COMMON: &[MethodDef] = &[
    MethodDef::new("detach", Convention::NoArgs, |m, v, _| {
        let b = own(m, v)?;
        let raw = b.below(m)?;
        m.invoke(v, "flush", &[])?;
        b.raw.set(Value::NULL);
        b.detached.set(true);
        Ok(raw)
    }),
    MethodDef::new("close", Convention::NoArgs, close),
    MethodDef::new("seekable", Convention::NoArgs, |m, v, _| forward(m, v, b"seekable")),
    MethodDef::new("fileno", Convention::NoArgs, |m, v, _| forward(m, v, b"fileno")),
    MethodDef::new("isatty", Convention::NoArgs, |m, v, _| forward(m, v, b"isatty")),
    MethodDef::new("_dealloc_warn", Convention::O, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("flush", Convention::NoArgs, |m, v, _| {
        let b = own(m, v)?;
        b.check_open(m, "flush of")?;
        b.flush(m)?;
        if !b.writes.get() {
            let raw = b.below(m)?;
            m.invoke(raw, "flush", &[])?;
        }
        Ok(Value::NONE)
    }),
    MethodDef::new("tell", Convention::NoArgs, |m, v, _| {
        let b = own(m, v)?;
        b.below(m)?;
        let at = b.tell(m)?;
        Ok(m.new_int(at))
    }),
    MethodDef::new("seek", Convention::Fast, seek),
    MethodDef::new("truncate", Convention::class(0, 1), truncate),
    MethodDef::new("__sizeof__", Convention::NoArgs, |_, _, _| Ok(Value::small(168 + DEFAULT_BUFFER_SIZE as i64))),
];

static READING: &[MethodDef] = &[
    MethodDef::new("readable", Convention::NoArgs, |m, v, _| forward(m, v, b"readable")),
    MethodDef::new("read", Convention::Fast, |m, v, args| {
        let args = args.between(m, "read", 0, 1)?;
        let b = own(m, v)?;
        let n = match args.first() {
            Some(&n) if !n.is_none() => {
                let n = m.index_argument(n)?;
                if n < -1 {
                    return Err(m.value_error("read length must be non-negative or -1"));
                }
                usize::try_from(n).ok()
            }
            _ => None,
        };
        b.check_open(m, "read of")?;
        match b.read(m, n)? {
            Some(bytes) => Ok(m.new_bytes(&bytes)?.value()),
            None => Ok(Value::NONE),
        }
    }),
    MethodDef::new("read1", Convention::Fast, |m, v, args| {
        let args = args.between(m, "read1", 0, 1)?;
        let b = own(m, v)?;
        let n = m.size_argument(args.first())?;
        b.check_open(m, "read of")?;
        let bytes = b.read1(m, n)?;
        Ok(m.new_bytes(&bytes)?.value())
    }),
    MethodDef::new("peek", Convention::Fast, |m, v, args| {
        args.between(m, "peek", 0, 1)?;
        let b = own(m, v)?;
        b.check_open(m, "peek of")?;
        let bytes = b.peek(m)?;
        Ok(m.new_bytes(&bytes)?.value())
    }),
    MethodDef::new("readline", Convention::Fast, |m, v, args| {
        let args = args.between(m, "readline", 0, 1)?;
        let b = own(m, v)?;
        let limit = m.size_argument(args.first())?;
        b.check_open(m, "readline of")?;
        let line = b.readline(m, limit)?;
        Ok(m.new_bytes(&line)?.value())
    }),
    MethodDef::new("readinto", Convention::O, |m, v, a| readinto(m, v, a.pos()[0], "readinto", false)),
    MethodDef::new("readinto1", Convention::O, |m, v, a| readinto(m, v, a.pos()[0], "readinto1", true)),
];

static WRITING: &[MethodDef] = &[
    MethodDef::new("writable", Convention::NoArgs, |m, v, _| forward(m, v, b"writable")),
    MethodDef::new("write", Convention::O, |m, v, args| {
        let b = own(m, v)?;
        b.below(m)?;
        let bytes = m.bytes_like_argument(args.pos()[0])?;
        let n = bytes.len();
        b.check_open(m, "write to")?;
        b.write(m, bytes)?;
        Ok(Value::small(n as i64))
    }),
];

fn iternext(m: &mut Machine, v: Value) -> R<Option<Value>> {
    if m.type_of(v).has(TypeFlags::HEAP) {
        return super::base::iternext(m, v);
    }
    let b = own(m, v)?;
    b.check_open(m, "readline of")?;
    if let Some(line) = b.line_at_hand() {
        return Ok(Some(m.new_bytes(line)?.value()));
    }
    let line = b.readline(m, None)?;
    Ok(if line.is_empty() { None } else { Some(m.new_bytes(&line)?.value()) })
}

fn init(m: &mut Machine, v: Value, args: Args<'_>, name: &str, reads: bool, writes: bool) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [raw, size] = args.bind(m, name, ["raw", "buffer_size"], spec)?;
    let size = match size.non_null() {
        Some(size) => m.index_argument(size)?,
        None => DEFAULT_BUFFER_SIZE as i64,
    };
    let b = own(m, v)?;
    b.raw.set(Value::NULL);
    if reads && writes {
        m.invoke(raw, "_checkSeekable", &[])?;
    }
    if reads {
        m.invoke(raw, "_checkReadable", &[])?;
    }
    if writes {
        m.invoke(raw, "_checkWritable", &[])?;
    }
    let Some(size) = usize::try_from(size).ok().filter(|&n| n > 0) else {
        return Err(m.value_error("buffer size must be strictly positive"));
    };
    b.start(raw, size);
    b.reads.set(reads);
    b.writes.set(writes);
    if writes {
        m.note_stream(v);
    }
    Ok(())
}

fn readinto(m: &mut Machine, v: Value, target: Value, name: &str, once: bool) -> R<Value> {
    let b = own(m, v)?;
    let n = m.writable_bytes(target, name)?.len();
    b.check_open(m, "readinto of")?;
    let bytes = if once { Some(b.read1(m, Some(n))?) } else { b.read(m, Some(n))? };
    let Some(bytes) = bytes else { return Ok(Value::NONE) };
    let room = m.writable_bytes(target, name)?;
    let n = bytes.len().min(room.len());
    room[..n].copy_from_slice(&bytes[..n]);
    Ok(Value::small(n as i64))
}

fn close(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let b = own(m, v)?;
    if b.is_closed(m)? {
        return Ok(Value::NONE);
    }
    let raw = b.below(m)?;
    let flushed = m.invoke(v, "flush", &[]);
    let pending = if flushed.is_err() { m.take_raised() } else { Value::NULL };
    let closed = m.invoke(raw, "close", &[]);
    if pending.is_null() {
        return closed;
    }
    if closed.is_err() {
        let second = m.take_raised();
        m.set_context(second, pending);
        return Err(m.reraise(second));
    }
    Err(m.reraise(pending))
}

fn seek(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "seek", 1, 2)?;
    let b = own(m, v)?;
    let whence = match args.get(1) {
        Some(&w) => m.index_argument(w)?,
        None => 0,
    };
    if !(0..=2).contains(&whence) {
        return Err(m.value_error(&format!("whence value {whence} unsupported")));
    }
    b.check_open(m, "seek of")?;
    let raw = b.below(m)?;
    m.invoke(raw, "_checkSeekable", &[])?;
    let offset = m.index_argument(args[0])?;
    let at = b.seek(m, offset, whence)?;
    Ok(m.new_int(at))
}

fn truncate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "truncate", 0, 1)?;
    let b = own(m, v)?;
    b.check_open(m, "truncate of")?;
    if !b.writes.get() {
        return Err(m.unsupported_io("truncate"));
    }
    b.flush(m)?;
    let size = match args.first() {
        Some(&n) if !n.is_none() => n,
        _ => {
            let at = b.tell(m)?;
            m.new_int(at)
        }
    };
    let raw = b.below(m)?;
    m.invoke(raw, "truncate", &[size])
}
