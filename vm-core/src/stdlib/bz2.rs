//! `_bz2`: the two objects `bz2` is made of, over libbzip2's translation to Rust, so that compressed bytes are CPython's.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::value::Value;
use bzip2::{Action, Compress, Compression, Decompress, Status};
use std::cell::{Cell, RefCell};

/// Room that is made for output at a time.
const STEP: usize = 32 * 1024;

/// A `_bz2.BZ2Compressor`.
#[repr(C)]
struct Compressor {
    header: Header,
    /// Gone when it was flushed.
    stream: RefCell<Option<Compress>>,
}

// SAFETY: repr(C), header first; it holds no references.
unsafe impl Payload for Compressor {
    const LAYOUT: &'static Layout = &layout_of::<Compressor>(LayoutId::Compressor);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

/// A `_bz2.BZ2Decompressor`.
#[repr(C)]
struct Decompressor {
    header: Header,
    stream: RefCell<Decompress>,
    /// What was given and not consumed.
    rest: RefCell<Vec<u8>>,
    unused: RefCell<Vec<u8>>,
    eof: Cell<bool>,
    hungry: Cell<bool>,
}

// SAFETY: repr(C), header first; it holds no references.
unsafe impl Payload for Decompressor {
    const LAYOUT: &'static Layout = &layout_of::<Decompressor>(LayoutId::Decompressor);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

/// `_bz2`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_bz2",
    functions: &[],
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&COMPRESSOR, &DECOMPRESSOR]);
        Ok(())
    }),
    doc: "",
};

static COMPRESSOR: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(|m, class, args| {
            let args = args.between(m, "BZ2Compressor", 0, 1)?;
            let level = m.c_int_argument(args.first().copied().unwrap_or(Value::NULL), 9)?;
            if !(1..=9).contains(&level) {
                return Err(m.value_error("compresslevel must be between 1 and 9"));
            }
            let stream = RefCell::new(Some(Compress::new(Compression::new(level as u32), 0)));
            Ok(m.new_object(Compressor { header: Header::new(class), stream }).value())
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("compress", Convention::O, |m, v, args| {
            let data = m.bytes_like_argument(args.pos()[0])?;
            // SAFETY: methods of a type are called with its instances only.
            let of: Gc<Compressor> = unsafe { v.cast() };
            let mut stream = of.stream.borrow_mut();
            match stream.as_mut() {
                Some(stream) => {
                    let out = compress(stream, data, Action::Run);
                    Ok(m.new_bytes(&out)?.value())
                }
                None => Err(m.value_error("Compressor has been flushed")),
            }
        }),
        MethodDef::new("flush", Convention::NoArgs, |m, v, _| {
            // SAFETY: methods of a type are called with its instances only.
            let of: Gc<Compressor> = unsafe { v.cast() };
            match of.stream.take() {
                Some(mut stream) => {
                    let out = compress(&mut stream, &[], Action::Finish);
                    Ok(m.new_bytes(&out)?.value())
                }
                None => Err(m.value_error("Repeated call to flush()")),
            }
        }),
    ],
    doc: "Create a compressor object for compressing data incrementally.\n\n  compresslevel\n    Compression level, as a number between 1 and 9.\n\n\
          For one-shot compression, use the compress() function instead.",
    ..TypeSpec::new("_bz2.BZ2Compressor", Compressor::LAYOUT)
};

fn compress(stream: &mut Compress, data: &[u8], action: Action) -> Vec<u8> {
    let (mut out, mut used) = (Vec::new(), 0);
    loop {
        out.reserve(STEP);
        let before = stream.total_in();
        let status = stream.compress_vec(&data[used..], &mut out, action);
        used += (stream.total_in() - before) as usize;
        match (action, status) {
            (_, Err(_)) | (Action::Finish, Ok(Status::StreamEnd)) => return out,
            (Action::Run, _) if used == data.len() => return out,
            _ => {}
        }
    }
}

static DECOMPRESSOR: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(|m, class, args| {
            args.between(m, "BZ2Decompressor", 0, 0)?;
            let object = Decompressor {
                header: Header::new(class),
                stream: RefCell::new(Decompress::new(false)),
                rest: RefCell::default(),
                unused: RefCell::default(),
                eof: Cell::new(false),
                hungry: Cell::new(true),
            };
            Ok(m.new_object(object).value())
        }),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("decompress", Convention::FastKeywords, decompress)],
    getset: &[
        GetSetDef { name: "eof", get: |_, v| Ok(Value::from_bool(this(v).eof.get())), set: None },
        GetSetDef { name: "needs_input", get: |_, v| Ok(Value::from_bool(this(v).hungry.get())), set: None },
        GetSetDef { name: "unused_data", get: |m, v| Ok(m.new_bytes(&this(v).unused.borrow())?.value()), set: None },
    ],
    doc: "Create a decompressor object for decompressing data incrementally.\n\nFor one-shot decompression, use the decompress() function instead.",
    ..TypeSpec::new("_bz2.BZ2Decompressor", Decompressor::LAYOUT)
};

fn this(v: Value) -> Gc<Decompressor> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn decompress(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let of = this(v);
    let (data, limit) = m.decompress_arguments(args, of.eof.get(), "End of stream already reached")?;
    let mut input = of.rest.take();
    input.extend_from_slice(data);
    let (mut out, mut used, mut failed) = (Vec::new(), 0, false);
    {
        let mut stream = of.stream.borrow_mut();
        while out.len() < limit {
            let room = STEP.min(limit - out.len());
            let mut piece = Vec::with_capacity(room);
            let before = stream.total_in();
            let status = stream.decompress_vec(&input[used..], &mut piece);
            used += (stream.total_in() - before) as usize;
            let full = piece.len() == piece.capacity();
            piece.truncate(room);
            out.extend_from_slice(&piece);
            match status {
                Ok(Status::StreamEnd) => {
                    of.eof.set(true);
                    break;
                }
                Err(_) => {
                    failed = true;
                    break;
                }
                Ok(_) if used == input.len() && !full => break,
                Ok(_) => {}
            }
        }
    }
    if failed {
        let class = m.exceptions.os_error;
        return Err(m.raise_message(class, "Invalid data stream"));
    }
    let rest = input.split_off(used);
    if of.eof.get() {
        of.unused.replace(rest);
        of.hungry.set(false);
    } else {
        of.hungry.set(rest.is_empty() && out.len() < limit);
        of.rest.replace(rest);
    }
    Ok(m.new_bytes(&out)?.value())
}
