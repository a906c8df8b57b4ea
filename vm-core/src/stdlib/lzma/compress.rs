//! `LZMACompressor`.

use super::filters::{Chain, chain, preset};
use super::{ALONE, RAW, XZ, error};
use crate::machine::{Machine, R};
use crate::native::{BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::value::Value;
use lzma_rust2::{CheckType, Lzma2Options, Lzma2Writer, LzmaWriter, XzOptions, XzWriter};
use std::cell::RefCell;
use std::io::Write;

/// What a compressor will do.
struct Plan {
    format: i32,
    check: CheckType,
    chain: Chain,
    data: Vec<u8>,
}

/// An `_lzma.LZMACompressor`.
#[repr(C)]
struct Compressor {
    header: Header,
    /// Gone when it was flushed.
    plan: RefCell<Option<Plan>>,
}

// SAFETY: repr(C), header first; it holds no references.
unsafe impl Payload for Compressor {
    const LAYOUT: &'static Layout = &layout_of::<Compressor>(LayoutId::Compressor);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

fn this(v: Value) -> Gc<Compressor> {
    // SAFETY: methods of a type are called with its instances only.
    unsafe { v.cast() }
}

pub(super) static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(|m, class, args| {
            let spec = BindSpec { positional_only: 0, required: 0, max_positional: 4 };
            let [format, check, level, filters] = args.bind(m, "LZMACompressor", ["format", "check", "preset", "filters"], spec)?;
            let (format, check) = (m.c_int_argument(format, XZ)?, m.c_int_argument(check, -1)?);
            let given = |v: Value| !v.is_null() && !v.is_none();
            if given(level) && given(filters) {
                return Err(m.value_error("Cannot specify both preset and filter chain"));
            }
            if format != XZ && check != -1 && check != 0 {
                return Err(m.value_error("Integrity checks are only supported by FORMAT_XZ"));
            }
            let check = match check {
                -1 | 4 => CheckType::Crc64,
                0 => CheckType::None,
                1 => CheckType::Crc32,
                10 => CheckType::Sha256,
                _ => return Err(error(m, "Unsupported integrity check")),
            };
            if !(XZ..=RAW).contains(&format) {
                return Err(m.value_error(&format!("Invalid container format: {format}")));
            }
            if format == RAW && !given(filters) {
                return Err(m.value_error("Must specify filters for FORMAT_RAW"));
            }
            let chain = if given(filters) {
                chain(m, filters)?
            } else {
                Chain { before: Vec::new(), first_version: format == ALONE, options: preset(m, level)? }
            };
            if format == ALONE && (!chain.first_version || !chain.before.is_empty()) {
                return Err(m.value_error("Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter"));
            }
            if (format == XZ && chain.first_version) || (format == RAW && !chain.before.is_empty()) {
                return Err(error(m, "Invalid or unsupported options"));
            }
            let plan = RefCell::new(Some(Plan { format, check, chain, data: Vec::new() }));
            Ok(m.new_object(Compressor { header: Header::new(class), plan }).value())
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("compress", Convention::O, |m, v, args| {
            let data = m.bytes_like_argument(args.pos()[0])?;
            match this(v).plan.borrow_mut().as_mut() {
                Some(plan) => plan.data.extend_from_slice(data),
                None => return Err(m.value_error("Compressor has been flushed")),
            }
            Ok(m.new_bytes(&[])?.value())
        }),
        MethodDef::new("flush", Convention::NoArgs, flush),
    ],
    doc: "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nCreate a compressor object for compressing data \
          incrementally.",
    ..TypeSpec::new("_lzma.LZMACompressor", Compressor::LAYOUT)
};

fn flush(m: &mut Machine, v: Value, _: crate::native::Args<'_>) -> R<Value> {
    let Some(plan) = this(v).plan.take() else { return Err(m.value_error("Repeated call to flush()")) };
    match compressed(plan) {
        Ok(out) => Ok(m.new_bytes(&out)?.value()),
        Err(_) => Err(error(m, "Internal error")),
    }
}

fn compressed(plan: Plan) -> std::io::Result<Vec<u8>> {
    let Plan { format, check, chain, data } = plan;
    match format {
        XZ => {
            let mut options = XzOptions { lzma_options: chain.options, ..XzOptions::default() };
            options.set_check_sum_type(check);
            for &(kind, property) in chain.before.iter().rev() {
                options.prepend_pre_filter(kind, property);
            }
            let mut writer = XzWriter::new(Vec::new(), options)?;
            writer.write_all(&data)?;
            writer.finish()
        }
        RAW if !chain.first_version => {
            let mut writer = Lzma2Writer::new(Vec::new(), Lzma2Options { lzma_options: chain.options, ..Lzma2Options::default() });
            writer.write_all(&data)?;
            writer.finish()
        }
        _ => {
            // An end mark follows, as the length is not written.
            let mut writer = if format == ALONE {
                LzmaWriter::new_use_header(Vec::new(), &chain.options, None)?
            } else {
                LzmaWriter::new_no_header(Vec::new(), &chain.options, true)?
            };
            writer.write_all(&data)?;
            writer.finish()
        }
    }
}
