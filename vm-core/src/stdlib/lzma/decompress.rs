//! `LZMADecompressor`.

use super::filters::{Chain, chain};
use super::{ALONE, AUTO, RAW, XZ, error};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::value::Value;
use lzma_rust2::{Lzma2Reader, LzmaReader, XzReader};
use std::cell::{Cell, RefCell};
use std::io::Read;

const XZ_MAGIC: &[u8] = b"\xFD7zXZ\0";
const CHECK_UNKNOWN: i64 = 16;
/// A stream's length when it is not known.
const UNKNOWN: u64 = u64::MAX;

/// An `_lzma.LZMADecompressor`.
#[repr(C)]
struct Decompressor {
    header: Header,
    format: i32,
    chain: Option<Chain>,
    memory: u32,
    input: RefCell<Vec<u8>>,
    output: RefCell<Vec<u8>>,
    unused: RefCell<Vec<u8>>,
    /// Whether the stream is complete and was decoded.
    decoded: Cell<bool>,
    eof: Cell<bool>,
    check: Cell<i64>,
}

// SAFETY: repr(C), header first; it holds no references.
unsafe impl Payload for Decompressor {
    const LAYOUT: &'static Layout = &layout_of::<Decompressor>(LayoutId::Decompressor);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

fn this(v: Value) -> Gc<Decompressor> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

pub(super) static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(|m, class, args| {
            let spec = BindSpec { positional_only: 0, required: 0, max_positional: 3 };
            let [format, memory, filters] = args.bind(m, "LZMADecompressor", ["format", "memlimit", "filters"], spec)?;
            let format = m.c_int_argument(format, AUTO)?;
            let given = |v: Value| !v.is_null() && !v.is_none();
            let limit = if given(memory) { m.index_argument(memory)? } else { i64::MAX };
            if format == RAW && given(memory) {
                return Err(m.value_error("Cannot specify memory limit with FORMAT_RAW"));
            }
            if format == RAW && !given(filters) {
                return Err(m.value_error("Must specify filters for FORMAT_RAW"));
            }
            if format != RAW && given(filters) {
                return Err(m.value_error("Cannot specify filters except with FORMAT_RAW"));
            }
            if !(AUTO..=RAW).contains(&format) {
                return Err(m.value_error(&format!("Invalid container format: {format}")));
            }
            let object = Decompressor {
                header: Header::new(class),
                format,
                chain: if given(filters) { Some(chain(m, filters)?) } else { None },
                memory: u32::try_from(limit / 1024).unwrap_or(u32::MAX),
                input: RefCell::default(),
                output: RefCell::default(),
                unused: RefCell::default(),
                decoded: Cell::new(false),
                eof: Cell::new(false),
                check: Cell::new(if format == RAW || format == ALONE { 0 } else { CHECK_UNKNOWN }),
            };
            Ok(m.new_object(object).value())
        }),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("decompress", Convention::FastKeywords, decompress)],
    getset: &[
        GetSetDef { name: "check", get: |_, v| Ok(Value::small(this(v).check.get())), set: None },
        GetSetDef { name: "eof", get: |_, v| Ok(Value::from_bool(this(v).eof.get())), set: None },
        GetSetDef {
            name: "needs_input",
            get: |_, v| Ok(Value::from_bool(!this(v).eof.get() && this(v).output.borrow().is_empty())),
            set: None,
        },
        GetSetDef { name: "unused_data", get: |m, v| Ok(m.new_bytes(&this(v).unused.borrow())?.value()), set: None },
    ],
    doc: "Create a decompressor object for decompressing data incrementally.",
    ..TypeSpec::new("_lzma.LZMADecompressor", Decompressor::LAYOUT)
};

fn decompress(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let of = this(v);
    let (data, limit) = m.decompress_arguments(args, of.eof.get(), "Already at end of stream")?;
    if !of.decoded.get() {
        of.input.borrow_mut().extend_from_slice(data);
        if let Err(why) = decode(of) {
            return Err(error(m, why));
        }
    }
    let mut output = of.output.take();
    let rest = output.split_off(limit.min(output.len()));
    of.eof.set(of.decoded.get() && rest.is_empty());
    of.output.replace(rest);
    Ok(m.new_bytes(&output)?.value())
}

/// Decodes the stream if it is complete.
fn decode(of: Gc<Decompressor>) -> Result<(), &'static str> {
    const FORMAT: &str = "Input format not supported by decoder";
    let input = of.input.borrow();
    let mut rest = input.as_slice();
    let Some(&first) = rest.first() else { return Ok(()) };
    let format = match of.format {
        AUTO if first == XZ_MAGIC[0] => XZ,
        AUTO => ALONE,
        format => format,
    };
    let mut out = Vec::new();
    let result = match format {
        XZ => {
            let known = rest.len().min(XZ_MAGIC.len());
            if rest[..known] != XZ_MAGIC[..known] {
                return Err(FORMAT);
            }
            if let Some(&check) = rest.get(7) {
                of.check.set(i64::from(check & 15));
            }
            if !(8..rest.len()).step_by(4).any(|i| rest.get(i + 2..i + 4) == Some(b"YZ")) {
                return Ok(());
            }
            XzReader::new(&mut rest, false).read_to_end(&mut out)
        }
        ALONE => {
            // Properties, the dictionary's size, and the length if it is known.
            let size = rest.get(1..5).map_or(1 << 16, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            let high = rest.get(5..13).is_some_and(|b| b != [0xFF; 8] && b[5..] != [0; 3]);
            if first >= 225
                || high
                || !(size == u32::MAX || size.is_power_of_two() || (size / 3 * 3 == size && (size / 3).is_power_of_two()))
            {
                return Err(FORMAT);
            }
            if rest.len() < 13 {
                return Ok(());
            }
            match LzmaReader::new_mem_limit(&mut rest, of.memory, None) {
                Ok(mut reader) => reader.read_to_end(&mut out),
                Err(_) => return Err("Memory usage limit exceeded"),
            }
        }
        _ => {
            let Some(chain) = &of.chain else { return Ok(()) };
            let o = &chain.options;
            if chain.first_version {
                match LzmaReader::new(&mut rest, UNKNOWN, o.lc, o.lp, o.pb, o.dict_size, None) {
                    Ok(mut reader) => reader.read_to_end(&mut out),
                    Err(why) => Err(why),
                }
            } else {
                Lzma2Reader::new(&mut rest, o.dict_size, None).read_to_end(&mut out)
            }
        }
    };
    match result {
        Ok(_) => {
            of.unused.replace(rest.to_vec());
            of.output.replace(out);
            of.decoded.set(true);
            Ok(())
        }
        Err(why) if why.kind() == std::io::ErrorKind::UnexpectedEof => Ok(()),
        Err(_) => Err("Corrupt input data"),
    }
}
