//! `_lzma` over a Rust translation of XZ for Java: compressed bytes are valid, but not liblzma's own. A compressor works when it is
//! flushed, a decompressor when its stream is complete.

mod compress;
mod decompress;
mod filters;

use super::arguments::ExceptionSpec;
use crate::machine::{Machine, Raised};
use crate::native::{Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;

static ERROR: ExceptionSpec = ExceptionSpec { name: "_lzma.LZMAError", base: |e| e.exception };

/// Container formats.
const AUTO: i32 = 0;
const XZ: i32 = 1;
const ALONE: i32 = 2;
const RAW: i32 = 3;

const FILTER_LZMA1: i64 = 0x4000_0000_0000_0001;
const FILTER_LZMA2: i64 = 0x21;
const FILTER_DELTA: i64 = 3;
const PRESET_DEFAULT: i64 = 6;
const PRESET_EXTREME: i64 = 1 << 31;

const CONSTANTS: &[(&str, i64)] = &[
    ("FORMAT_AUTO", AUTO as i64),
    ("FORMAT_XZ", XZ as i64),
    ("FORMAT_ALONE", ALONE as i64),
    ("FORMAT_RAW", RAW as i64),
    ("CHECK_NONE", 0),
    ("CHECK_CRC32", 1),
    ("CHECK_CRC64", 4),
    ("CHECK_SHA256", 10),
    ("CHECK_ID_MAX", 15),
    ("CHECK_UNKNOWN", 16),
    ("FILTER_LZMA2", FILTER_LZMA2),
    ("FILTER_DELTA", FILTER_DELTA),
    ("FILTER_X86", 4),
    ("FILTER_IA64", 6),
    ("FILTER_ARM", 7),
    ("FILTER_ARMTHUMB", 8),
    ("FILTER_SPARC", 9),
    ("FILTER_POWERPC", 5),
    ("MF_HC3", 3),
    ("MF_HC4", 4),
    ("MF_BT2", 18),
    ("MF_BT3", 19),
    ("MF_BT4", 20),
    ("MODE_FAST", 1),
    ("MODE_NORMAL", 2),
    ("PRESET_DEFAULT", PRESET_DEFAULT),
    ("PRESET_EXTREME", PRESET_EXTREME),
];

/// `_lzma`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_lzma",
    functions: &[
        MethodDef::new("is_check_supported", Convention::O, |m, _, args| {
            let n = m.c_int_argument(args.pos()[0], 0)?;
            Ok(Value::from_bool([0, 1, 4, 10].contains(&n)))
        }),
        MethodDef::new("_encode_filter_properties", Convention::O, filters::encode),
        MethodDef::new("_decode_filter_properties", Convention::Fast, filters::decode),
    ],
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&compress::SPEC, &decompress::SPEC]);
        for &(name, n) in CONSTANTS {
            m.add_constant(dict, name, Value::small(n));
        }
        let lzma1 = m.new_int(FILTER_LZMA1);
        m.add_constant(dict, "FILTER_LZMA1", lzma1);
        let error = m.module_exception(&ERROR).value();
        m.add_constant(dict, "LZMAError", error);
        Ok(())
    }),
    doc: "",
};

fn error(m: &mut Machine, message: &str) -> Raised {
    m.module_error(&ERROR, message)
}
