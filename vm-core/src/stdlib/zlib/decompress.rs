//! `decompressobj`.

use super::inflate::{Inflater, Step};
use super::{BUFFER_BYTES, MAX_WBITS, error};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::{Cell, RefCell};

/// A `zlib.Decompress`.
#[repr(C)]
struct Decompress {
    header: Header,
    inflater: RefCell<Inflater>,
    dictionary: Value,
    unused: Cell<Value>,
    tail: Cell<Value>,
    eof: Cell<bool>,
    /// Whether it can do nothing without more data.
    hungry: Cell<bool>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Decompress {
    const LAYOUT: &'static Layout = &layout_of::<Decompress>(LayoutId::Decompressor);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dictionary);
        m.mark(self.unused.get());
        m.mark(self.tail.get());
    }
}

/// `zlib._ZlibDecompressor`, as `gzip` uses it: keeps what it has not consumed.
pub(super) static BUFFERED: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(|m, class, args| {
            let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
            let [wbits, dictionary] = args.bind(m, "_ZlibDecompressor", ["wbits", "zdict"], spec)?;
            make(m, class, wbits, dictionary)
        }),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("decompress", Convention::FastKeywords, |m, v, args| {
        let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
        let [data, limit] = args.bind(m, "decompress", ["data", "max_length"], spec)?;
        let limit = m.ssize_argument(limit, -1)?;
        let of = this(v);
        if of.eof.get() {
            let class = m.exceptions.eof_error;
            return Err(m.raise_message(class, "End of stream already reached"));
        }
        let data = [m.bytes_like(of.tail.get()).unwrap_or(&[]), m.bytes_like_argument(data)?].concat();
        let out = decompress(m, of, &data, usize::try_from(limit).unwrap_or(usize::MAX))?;
        let full = limit >= 0 && m.bytes_like(out).is_some_and(|b| b.len() as i64 == limit);
        let rest = m.bytes_like(of.tail.get()).is_some_and(|b| !b.is_empty());
        of.hungry.set(!of.eof.get() && !full && !rest);
        Ok(out)
    })],
    getset: &[
        GetSetDef { name: "unused_data", get: |_, v| Ok(this(v).unused.get()), set: None },
        GetSetDef { name: "needs_input", get: |_, v| Ok(Value::from_bool(this(v).hungry.get())), set: None },
        GetSetDef { name: "eof", get: |_, v| Ok(Value::from_bool(this(v).eof.get())), set: None },
    ],
    ..TypeSpec::new("zlib._ZlibDecompressor", Decompress::LAYOUT)
};

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    methods: &[
        MethodDef::new("decompress", Convention::CLASS_KEYWORDS, |m, v, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 2 };
            let [data, limit] = args.bind(m, "decompress", ["", "max_length"], spec)?;
            let limit = m.ssize_argument(limit, 0)?;
            let data = m.bytes_like_argument(data)?;
            if limit < 0 {
                return Err(m.value_error("max_length must be non-negative"));
            }
            let limit = if limit == 0 { usize::MAX } else { limit as usize };
            decompress(m, this(v), data, limit)
        }),
        MethodDef::new("flush", Convention::class(0, 1), |m, v, args| {
            let args = args.between(m, "flush", 0, 1)?;
            let length = m.ssize_argument(args.first().copied().unwrap_or(Value::NULL), BUFFER_BYTES)?;
            if length <= 0 {
                return Err(m.value_error("length must be greater than zero"));
            }
            let tail = m.bytes_like(this(v).tail.get()).unwrap_or(&[]);
            decompress(m, this(v), tail, usize::MAX)
        }),
        MethodDef::new("copy", Convention::class(0, 0), copy),
        MethodDef::new("__copy__", Convention::class(0, 0), copy),
        MethodDef::new("__deepcopy__", Convention::class(1, 1), copy),
    ],
    getset: &[
        GetSetDef { name: "unused_data", get: |_, v| Ok(this(v).unused.get()), set: None },
        GetSetDef { name: "unconsumed_tail", get: |_, v| Ok(this(v).tail.get()), set: None },
        GetSetDef { name: "eof", get: |_, v| Ok(Value::from_bool(this(v).eof.get())), set: None },
    ],
    ..TypeSpec::new("zlib.Decompress", Decompress::LAYOUT)
};

fn this(v: Value) -> Gc<Decompress> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

/// `zlib.decompressobj`.
pub(super) fn decompressobj(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [wbits, dictionary] = args.bind(m, "decompressobj", ["wbits", "zdict"], spec)?;
    let class = m.native_type(&SPEC);
    make(m, class, wbits, dictionary)
}

fn make(m: &mut Machine, class: Gc<Type>, wbits: Value, dictionary: Value) -> R<Value> {
    let wbits = m.c_int_argument(wbits, MAX_WBITS)?;
    if !dictionary.is_null() && m.bytes_like(dictionary).is_none() {
        return Err(m.type_error("zdict argument must support the buffer protocol"));
    }
    let Some(inflater) = Inflater::new(wbits) else { return Err(m.value_error("Invalid initialization option")) };
    let (header, empty) = (Header::new(class), m.new_bytes(&[])?.value());
    let inflater = RefCell::new(inflater);
    let (unused, tail, eof, hungry) = (Cell::new(empty), Cell::new(empty), Cell::new(false), Cell::new(true));
    let object = Decompress { header, inflater, dictionary, unused, tail, eof, hungry };
    Ok(m.new_object(object).value())
}

fn decompress(m: &mut Machine, of: Gc<Decompress>, data: &[u8], limit: usize) -> R<Value> {
    let mut out = Vec::new();
    let mut used = 0;
    let step = loop {
        let (n, step) = of.inflater.borrow_mut().feed(&data[used..], limit, &mut out);
        used += n;
        let Ok(Step::Dictionary(id)) = step else { break step };
        let Some(dictionary) = m.bytes_like(of.dictionary) else {
            return Err(error(m, "Error 2 while decompressing data"));
        };
        let mut sum = adler2::Adler32::new();
        sum.write_slice(dictionary);
        if sum.checksum() != id || of.inflater.borrow().is_raw() {
            return Err(error(m, "Error -3 while setting zdict"));
        }
        of.inflater.borrow_mut().dictionary_given();
    };
    let rest = &data[used..];
    match step {
        Ok(Step::End) => {
            of.eof.set(true);
            if !rest.is_empty() {
                let mut all = m.bytes_like(of.unused.get()).unwrap_or(&[]).to_vec();
                all.extend(rest);
                let all = m.new_bytes(&all)?.value();
                of.unused.set(all);
            }
            let empty = m.new_bytes(&[])?.value();
            of.tail.set(empty);
        }
        Ok(_) => {
            let rest = m.new_bytes(rest)?.value();
            of.tail.set(rest);
        }
        Err(why) => return Err(error(m, &format!("Error -3 while decompressing data: {why}"))),
    }
    Ok(m.new_bytes(&out)?.value())
}

fn copy(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let of = this(v);
    let (header, inflater) = (Header::new(m.type_of(v)), RefCell::new(of.inflater.borrow().clone()));
    let object = Decompress {
        header,
        inflater,
        dictionary: of.dictionary,
        unused: of.unused.clone(),
        tail: of.tail.clone(),
        eof: of.eof.clone(),
        hungry: of.hungry.clone(),
    };
    Ok(m.new_object(object).value())
}
