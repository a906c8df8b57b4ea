//! `BytesIO`: a stream of bytes in memory. Its memory is a `bytearray`, so that the view `getbuffer` gives is one like any other.

use super::base::{DICT_OFFSET, buffered_base};
use super::this;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::bytearray_type::ByteArray;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;

/// A `BytesIO` object.
#[repr(C)]
struct BytesIo {
    header: Header,
    dict: Cell<Value>,
    /// The `bytearray`, or `NULL` once closed.
    memory: Cell<Value>,
    at: Cell<usize>,
}

const _: () = assert!(std::mem::offset_of!(BytesIo, dict) == DICT_OFFSET);

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for BytesIo {
    const LAYOUT: &'static Layout = &layout_of::<BytesIo>(LayoutId::BytesIo);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
        m.mark(self.memory.get());
    }
}

/// `_io.BytesIO`.
pub(super) fn bytesio_type(m: &mut Machine) -> Gc<Type> {
    let base = buffered_base(m);
    m.native_type_derived(&SPEC, base)
}

/// `_io._BytesIOBuffer`, which CPython has between a `BytesIO` and its views; only its name is needed here.
pub(super) fn buffer_type(m: &mut Machine) -> Gc<Type> {
    m.native_type(&BUFFER)
}

static BUFFER: TypeSpec = TypeSpec::new("_io._BytesIOBuffer", BytesIo::LAYOUT);

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), init: Some(init), iternext: Some(iternext), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("readable", Convention::NoArgs, yes),
        MethodDef::new("writable", Convention::NoArgs, yes),
        MethodDef::new("seekable", Convention::NoArgs, yes),
        MethodDef::new("flush", Convention::NoArgs, |m, v, _| {
            open(m, v)?;
            Ok(Value::NONE)
        }),
        MethodDef::new("isatty", Convention::NoArgs, |m, v, _| {
            open(m, v)?;
            Ok(Value::FALSE)
        }),
        MethodDef::new("tell", Convention::NoArgs, |m, v, _| {
            let (b, _) = open(m, v)?;
            Ok(m.int_from_usize(b.at.get()))
        }),
        MethodDef::new("close", Convention::NoArgs, |m, v, _| {
            let b = own(m, v)?;
            b.memory.set(Value::NULL);
            Ok(Value::NONE)
        }),
        MethodDef::new("getvalue", Convention::NoArgs, |m, v, _| {
            let (_, memory) = open(m, v)?;
            Ok(m.new_bytes(memory.contents())?.value())
        }),
        MethodDef::new("getbuffer", Convention::class(0, 0), |m, v, _| {
            let (_, memory) = open(m, v)?;
            let view = m.types.memoryview.value();
            m.call(view, &[memory.value()])
        }),
        MethodDef::new("read", Convention::Fast, |m, v, a| read(m, v, a, "read")),
        MethodDef::new("read1", Convention::Fast, |m, v, a| read(m, v, a, "read1")),
        MethodDef::new("readline", Convention::Fast, |m, v, args| {
            let args = args.between(m, "readline", 0, 1)?;
            let limit = m.size_argument(args.first())?;
            let line = next_line(m, v, limit)?;
            Ok(m.new_bytes(line)?.value())
        }),
        MethodDef::new("readlines", Convention::Fast, readlines),
        MethodDef::new("readinto", Convention::O, |m, v, args| {
            let (b, memory) = open(m, v)?;
            let room = m.writable_bytes(args.pos()[0], "readinto")?;
            let rest = memory.contents().get(b.at.get()..).unwrap_or_default();
            let n = rest.len().min(room.len());
            room[..n].copy_from_slice(&rest[..n]);
            b.at.set(b.at.get() + n);
            Ok(Value::small(n as i64))
        }),
        MethodDef::new("write", Convention::O, |m, v, a| write(m, v, a.pos()[0])),
        MethodDef::new("writelines", Convention::O, |m, v, args| {
            open(m, v)?;
            let iterator = m.iter(args.pos()[0])?;
            while let Some(line) = m.next(iterator)? {
                write(m, v, line)?;
            }
            Ok(Value::NONE)
        }),
        MethodDef::new("seek", Convention::Fast, seek),
        MethodDef::new("truncate", Convention::Fast, truncate),
        MethodDef::new("__getstate__", Convention::NoArgs, getstate),
        MethodDef::new("__setstate__", Convention::O, setstate),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| {
            let (_, memory) = open(m, v)?;
            Ok(Value::small(104 + memory.contents().len() as i64))
        }),
    ],
    getset: &[GetSetDef { name: "closed", get: |m, v| Ok(Value::from_bool(own(m, v)?.memory.get().is_null())), set: None }],
    doc: "Buffered I/O implementation using an in-memory bytes buffer.",
    ..TypeSpec::new("_io.BytesIO", BytesIo::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<BytesIo>> {
    this(m, v, "_io.BytesIO")
}

fn open(m: &mut Machine, v: Value) -> R<(Gc<BytesIo>, Gc<ByteArray>)> {
    let b = own(m, v)?;
    match b.memory.get().downcast::<ByteArray>() {
        Some(memory) => Ok((b, memory)),
        None => Err(m.closed_file()),
    }
}

fn yes(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    open(m, v)?;
    Ok(Value::TRUE)
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let memory = m.new_bytearray(Vec::new()).value();
    Ok(m.new_object(BytesIo { header: Header::new(ty), dict: Cell::new(Value::NULL), memory: Cell::new(memory), at: Cell::new(0) }).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let [initial] = args.bind(m, "BytesIO", ["initial_bytes"], BindSpec { positional_only: 0, required: 0, max_positional: 1 })?;
    let bytes = match initial.non_null().filter(|v| !v.is_none()) {
        Some(v) => m.bytes_like_argument(v)?.to_vec(),
        None => Vec::new(),
    };
    let b = own(m, v)?;
    let memory = m.new_bytearray(bytes).value();
    b.memory.set(memory);
    b.at.set(0);
    Ok(())
}

/// The rest from the position on, at most `n` bytes, which the position passes.
fn advance<'a>(b: Gc<BytesIo>, memory: Gc<ByteArray>, n: Option<usize>) -> &'a [u8] {
    let rest = memory.contents().get(b.at.get()..).unwrap_or_default();
    let part = &rest[..n.unwrap_or(rest.len()).min(rest.len())];
    b.at.set(b.at.get() + part.len());
    part
}

fn read(m: &mut Machine, v: Value, args: Args<'_>, name: &str) -> R<Value> {
    let args = args.between(m, name, 0, 1)?;
    let n = m.size_argument(args.first())?;
    let (b, memory) = open(m, v)?;
    Ok(m.new_bytes(advance(b, memory, n))?.value())
}

fn next_line<'a>(m: &mut Machine, v: Value, limit: Option<usize>) -> R<&'a [u8]> {
    let (b, memory) = open(m, v)?;
    let rest = memory.contents().get(b.at.get()..).unwrap_or_default();
    let n = memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1);
    Ok(advance(b, memory, Some(limit.map_or(n, |l| n.min(l)))))
}

fn iternext(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let line = next_line(m, v, None)?;
    Ok(if line.is_empty() { None } else { Some(m.new_bytes(line)?.value()) })
}

fn readlines(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "readlines", 0, 1)?;
    let most = m.size_argument(args.first())?.filter(|&n| n > 0);
    let list = m.new_list(&[]);
    let mut total = 0;
    loop {
        let line = next_line(m, v, None)?;
        if line.is_empty() {
            break;
        }
        total += line.len();
        let line = m.new_bytes(line)?.value();
        list.push(m, line);
        if most.is_some_and(|n| total >= n) {
            break;
        }
    }
    Ok(list.value())
}

fn write(m: &mut Machine, v: Value, data: Value) -> R<Value> {
    let (b, memory) = open(m, v)?;
    let bytes = m.bytes_like_argument(data)?.to_vec();
    if bytes.is_empty() {
        return Ok(Value::small(0));
    }
    let (at, end) = (b.at.get(), b.at.get() + bytes.len());
    if end > memory.contents().len() || !bytes.is_empty() && memory.is_viewed() {
        let room = memory.resizable(m)?;
        if end > room.len() {
            room.resize(end, 0);
        }
    }
    memory.contents_mut()[at..end].copy_from_slice(&bytes);
    b.at.set(end);
    m.heap.note_external(bytes.len());
    Ok(Value::small(bytes.len() as i64))
}

fn seek(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "seek", 1, 2)?;
    let (b, memory) = open(m, v)?;
    let offset = m.index_argument(args[0])?;
    let whence = match args.get(1) {
        Some(&w) => m.index_argument(w)?,
        None => 0,
    };
    let from = match whence {
        0 if offset < 0 => return Err(m.value_error(&format!("negative seek value {offset}"))),
        0 => 0,
        1 => b.at.get() as i64,
        2 => memory.contents().len() as i64,
        _ => return Err(m.value_error(&format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    let Some(to) = from.checked_add(offset) else { return Err(m.overflow_error("new position too large")) };
    b.at.set(to.max(0) as usize);
    Ok(m.new_int(to.max(0)))
}

fn truncate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "truncate", 0, 1)?;
    let (b, memory) = open(m, v)?;
    let size = match args.first() {
        Some(&n) if !n.is_none() => m.index_argument(n)?,
        _ => b.at.get() as i64,
    };
    if size < 0 {
        return Err(m.value_error(&format!("negative size value {size}")));
    }
    if (size as usize) < memory.contents().len() {
        memory.resizable(m)?.truncate(size as usize);
    }
    Ok(m.new_int(size))
}

fn getstate(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (b, memory) = open(m, v)?;
    let bytes = m.new_bytes(memory.contents())?.value();
    let at = m.int_from_usize(b.at.get());
    let dict = match b.dict.get().non_null() {
        Some(dict) => dict,
        None => Value::NONE,
    };
    Ok(m.new_tuple(&[bytes, at, dict]).value())
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let state = args.pos()[0];
    let Some(state) = state.downcast::<Tuple>().filter(|t| t.len() >= 3) else {
        let (class, got) = (m.type_of(v).name_str().to_owned(), m.type_name(state));
        return Err(m.type_error(&format!("{class}.__setstate__ argument should be 3-tuple, got {got}")));
    };
    let bytes = m.bytes_like_argument(state.slice()[0])?.to_vec();
    let at = m.index_i64(state.slice()[1])?;
    let Ok(at) = usize::try_from(at) else { return Err(m.value_error("position value cannot be negative")) };
    let b = own(m, v)?;
    let memory = m.new_bytearray(bytes).value();
    b.memory.set(memory);
    b.at.set(at);
    if !state.slice()[2].is_none() {
        let dict = m.member(v, "__dict__")?;
        m.invoke(dict, "update", &[state.slice()[2]])?;
    }
    Ok(Value::NONE)
}
