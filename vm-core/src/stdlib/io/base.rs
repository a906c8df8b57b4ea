//! `_IOBase` and the three classes between it and the streams: what a stream can do that only knows how to read, write and seek.

use super::DEFAULT_BUFFER_SIZE;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;
use std::mem::offset_of;

/// A stream made of Python code. The structs of all streams begin like this one.
#[repr(C)]
pub(super) struct IoBase {
    header: Header,
    dict: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for IoBase {
    const LAYOUT: &'static Layout = &layout_of::<IoBase>(LayoutId::IoBase);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
    }
}

/// Where every stream has its `__dict__`.
pub(super) const DICT_OFFSET: usize = offset_of!(IoBase, dict);

/// `_io._IOBase`.
pub(super) fn io_base(m: &mut Machine) -> Gc<Type> {
    m.native_type(&IO_BASE)
}

/// `_io._RawIOBase`.
pub(super) fn raw_base(m: &mut Machine) -> Gc<Type> {
    let base = io_base(m);
    m.native_type_derived(&RAW_BASE, base)
}

/// `_io._BufferedIOBase`.
pub(super) fn buffered_base(m: &mut Machine) -> Gc<Type> {
    let base = io_base(m);
    m.native_type_derived(&BUFFERED_BASE, base)
}

/// `_io._TextIOBase`.
pub(super) fn text_base(m: &mut Machine) -> Gc<Type> {
    let base = io_base(m);
    m.native_type_derived(&TEXT_BASE, base)
}

const FLAGS: u32 = TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF;

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    Ok(m.new_object(IoBase { header: Header::new(ty), dict: Cell::new(Value::NULL) }).value())
}

static IO_BASE: TypeSpec = TypeSpec {
    flags: FLAGS,
    dict_offset: DICT_OFFSET,
    slots: Slots { iter: Some(iter), iternext: Some(iternext), new: Some(new), init: Some(|_, _, _| Ok(())), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("seek", Convention::class(1, 2), |m, _, _| Err(m.unsupported_io("seek"))),
        MethodDef::new("tell", Convention::NoArgs, |m, v, _| m.invoke(v, "seek", &[Value::small(0), Value::small(1)])),
        MethodDef::new("truncate", Convention::class(0, 1), |m, _, _| Err(m.unsupported_io("truncate"))),
        MethodDef::new("fileno", Convention::class(0, 0), |m, _, _| Err(m.unsupported_io("fileno"))),
        MethodDef::new("flush", Convention::NoArgs, |m, v, _| if closed_flag(m, v)? { Err(m.closed_file()) } else { Ok(Value::NONE) }),
        MethodDef::new("close", Convention::NoArgs, close),
        MethodDef::new("seekable", Convention::NoArgs, no),
        MethodDef::new("readable", Convention::NoArgs, no),
        MethodDef::new("writable", Convention::NoArgs, no),
        MethodDef::new("isatty", Convention::NoArgs, |m, v, _| {
            check_closed(m, v)?;
            Ok(Value::FALSE)
        }),
        MethodDef::new("_checkClosed", Convention::NoArgs, |m, v, _| {
            check_closed(m, v)?;
            Ok(Value::NONE)
        }),
        MethodDef::new("_checkSeekable", Convention::NoArgs, |m, v, _| must(m, v, "seekable")),
        MethodDef::new("_checkReadable", Convention::NoArgs, |m, v, _| must(m, v, "readable")),
        MethodDef::new("_checkWritable", Convention::NoArgs, |m, v, _| must(m, v, "writable")),
        MethodDef::new("__enter__", Convention::NoArgs, |m, v, _| {
            check_closed(m, v)?;
            Ok(v)
        }),
        MethodDef::new("__exit__", Convention::VarArgs, |m, v, _| m.invoke(v, "close", &[])),
        MethodDef::new("readline", Convention::Fast, readline),
        MethodDef::new("readlines", Convention::Fast, readlines),
        MethodDef::new("writelines", Convention::O, writelines),
    ],
    getset: &[
        GetSetDef { name: "closed", get: |m, v| Ok(Value::from_bool(closed_flag(m, v)?)), set: None },
        crate::object::object_type::DICT_CONST,
    ],
    doc: "The abstract base class for all I/O classes.",
    ..TypeSpec::new("_io._IOBase", IoBase::LAYOUT)
};

static RAW_BASE: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: Slots { new: Some(new), ..Slots::EMPTY },
    methods: &[MethodDef::new("read", Convention::Fast, raw_read), MethodDef::new("readall", Convention::NoArgs, readall)],
    doc: "Base class for raw binary I/O.",
    ..TypeSpec::new("_io._RawIOBase", IoBase::LAYOUT)
};

static BUFFERED_BASE: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: Slots { new: Some(new), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("detach", Convention::class(0, 0), |m, _, _| Err(m.unsupported_io("detach"))),
        MethodDef::new("read", Convention::class(0, 1), |m, _, _| Err(m.unsupported_io("read"))),
        MethodDef::new("read1", Convention::class(0, 1), |m, _, _| Err(m.unsupported_io("read1"))),
        MethodDef::new("write", Convention::class(1, 1), |m, _, _| Err(m.unsupported_io("write"))),
        MethodDef::new("readinto", Convention::O, |m, v, a| read_into_by(m, v, a.pos()[0], "read")),
        MethodDef::new("readinto1", Convention::O, |m, v, a| read_into_by(m, v, a.pos()[0], "read1")),
    ],
    doc: "Base class for buffered IO objects.",
    ..TypeSpec::new("_io._BufferedIOBase", IoBase::LAYOUT)
};

static TEXT_BASE: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: Slots { new: Some(new), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("detach", Convention::class(0, 0), |m, _, _| Err(m.unsupported_io("detach"))),
        MethodDef::new("read", Convention::class(0, 1), |m, _, _| Err(m.unsupported_io("read"))),
        MethodDef::new("readline", Convention::class(0, 1), |m, _, _| Err(m.unsupported_io("readline"))),
        MethodDef::new("write", Convention::class(1, 1), |m, _, _| Err(m.unsupported_io("write"))),
    ],
    getset: &[
        GetSetDef { name: "encoding", get: |_, _| Ok(Value::NONE), set: None },
        GetSetDef { name: "newlines", get: |_, _| Ok(Value::NONE), set: None },
        GetSetDef { name: "errors", get: |_, _| Ok(Value::NONE), set: None },
    ],
    doc: "Base class for text I/O.",
    ..TypeSpec::new("_io._TextIOBase", IoBase::LAYOUT)
};

fn no(_: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::FALSE)
}

/// Whether `_IOBase.close` has been called.
fn closed_flag(m: &mut Machine, v: Value) -> R<bool> {
    Ok(m.member_opt(v, "__IOBase_closed")?.is_some())
}

pub(super) fn check_closed(m: &mut Machine, v: Value) -> R<()> {
    if m.flag(v, "closed")? { Err(m.closed_file()) } else { Ok(()) }
}

fn must(m: &mut Machine, v: Value, what: &str) -> R<Value> {
    let answer = m.invoke(v, what, &[])?;
    if answer == Value::TRUE { Ok(Value::TRUE) } else { Err(m.unsupported_io(&format!("File or stream is not {what}."))) }
}

fn close(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    if closed_flag(m, v)? {
        return Ok(Value::NONE);
    }
    let flushed = m.invoke(v, "flush", &[]);
    let pending = if flushed.is_err() { m.take_raised() } else { Value::NULL };
    let name = m.intern("__IOBase_closed");
    m.set_attr(v, name, Value::TRUE)?;
    if pending.is_null() { Ok(Value::NONE) } else { Err(m.reraise(pending)) }
}

fn iter(m: &mut Machine, v: Value) -> R<Value> {
    check_closed(m, v)?;
    Ok(v)
}

/// The next line, by the stream's own `readline`.
pub(super) fn iternext(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let line = m.invoke(v, "readline", &[])?;
    Ok(if m.len(line)? == 0 { None } else { Some(line) })
}

fn readline(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "readline", 0, 1)?;
    let limit = m.size_argument(args.first())?;
    let peek = m.member_opt(v, "peek")?;
    let mut line: Vec<u8> = Vec::new();
    while limit.is_none_or(|n| line.len() < n) {
        let mut ahead = 1;
        if let Some(peek) = peek {
            let seen = m.call(peek, &[Value::small(1)])?;
            let Some(bytes) = m.bytes_like(seen) else {
                let got = m.type_name(seen);
                let class = m.exceptions.os_error;
                return Err(m.raise_message(class, &format!("peek() should have returned a bytes object, not '{got}'")));
            };
            if !bytes.is_empty() {
                ahead = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |i| i + 1);
                ahead = limit.map_or(ahead, |n| ahead.min(n - line.len()));
            }
        }
        let part = m.invoke(v, "read", &[Value::small(ahead as i64)])?;
        let Some(bytes) = m.bytes_like(part) else {
            let got = m.type_name(part);
            let class = m.exceptions.os_error;
            return Err(m.raise_message(class, &format!("read() should have returned a bytes object, not '{got}'")));
        };
        if bytes.is_empty() {
            break;
        }
        line.extend_from_slice(bytes);
        if line.ends_with(b"\n") {
            break;
        }
    }
    Ok(m.new_bytes(&line)?.value())
}

fn readlines(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "readlines", 0, 1)?;
    let hint = m.size_argument(args.first())?.filter(|&n| n > 0);
    let list = m.new_list(&[]);
    let iterator = m.iter(v)?;
    let mut total = 0;
    while let Some(line) = m.next(iterator)? {
        list.push(m, line);
        if let Some(hint) = hint {
            total += m.len(line)?;
            if total >= hint {
                break;
            }
        }
    }
    Ok(list.value())
}

fn writelines(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    check_closed(m, v)?;
    let iterator = m.iter(args.pos()[0])?;
    while let Some(line) = m.next(iterator)? {
        m.invoke(v, "write", &[line])?;
    }
    Ok(Value::NONE)
}

fn raw_read(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "read", 0, 1)?;
    let Some(n) = m.size_argument(args.first())? else { return m.invoke(v, "readall", &[]) };
    let buffer = m.new_bytearray(vec![0; n]);
    let got = m.invoke(v, "readinto", &[buffer.value()])?;
    if got.is_none() {
        return Ok(got);
    }
    let got = m.index_i64(got)?;
    match usize::try_from(got).ok().and_then(|n| buffer.contents().get(..n)) {
        Some(bytes) => Ok(m.new_bytes(bytes)?.value()),
        None => Err(m.value_error(&format!("readinto returned {got} outside buffer size {n}"))),
    }
}

fn readall(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let mut all: Vec<u8> = Vec::new();
    loop {
        let part = m.invoke(v, "read", &[Value::small(DEFAULT_BUFFER_SIZE as i64)])?;
        if part.is_none() {
            if all.is_empty() {
                return Ok(part);
            }
            break;
        }
        let Some(bytes) = m.bytes_like(part) else { return Err(m.type_error("read() should return bytes")) };
        if bytes.is_empty() {
            break;
        }
        all.extend_from_slice(bytes);
    }
    Ok(m.new_bytes(&all)?.value())
}

/// `readinto` of a stream that can only `read`.
fn read_into_by(m: &mut Machine, v: Value, target: Value, method: &str) -> R<Value> {
    let n = m.writable_bytes(target, method)?.len();
    let data = m.invoke(v, method, &[Value::small(n as i64)])?;
    let Some(bytes) = m.bytes_like(data) else { return Err(m.type_error("read() should return bytes")) };
    let bytes = bytes.to_vec();
    let room = m.writable_bytes(target, method)?;
    match room.get_mut(..bytes.len()) {
        Some(place) => place.copy_from_slice(&bytes),
        None => {
            let k = bytes.len();
            return Err(m.value_error(&format!("read() returned too much data: {n} bytes requested, {k} returned")));
        }
    }
    Ok(Value::small(bytes.len() as i64))
}
