//! `zlib`: checksums, one-shot functions and constants, over `miniz_oxide`. Compressed bytes are valid but not zlib's own; preset
//! dictionaries are checked but not used.

mod compress;
mod decompress;
mod inflate;

use super::arguments::ExceptionSpec;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;
use compress::Deflater;
use inflate::{Inflater, Step};

static ERROR: ExceptionSpec = ExceptionSpec { name: "zlib.error", base: |e| e.exception };

/// `MAX_WBITS`.
const MAX_WBITS: i32 = 15;
/// `DEF_BUF_SIZE`.
const BUFFER_BYTES: i64 = 16_384;

const CONSTANTS: &[(&str, i64)] = &[
    ("DEFLATED", 8),
    ("DEF_BUF_SIZE", BUFFER_BYTES),
    ("DEF_MEM_LEVEL", 8),
    ("MAX_WBITS", 15),
    ("Z_BEST_COMPRESSION", 9),
    ("Z_BEST_SPEED", 1),
    ("Z_BLOCK", 5),
    ("Z_DEFAULT_COMPRESSION", -1),
    ("Z_DEFAULT_STRATEGY", 0),
    ("Z_FILTERED", 1),
    ("Z_FINISH", 4),
    ("Z_FIXED", 4),
    ("Z_FULL_FLUSH", 3),
    ("Z_HUFFMAN_ONLY", 2),
    ("Z_NO_COMPRESSION", 0),
    ("Z_NO_FLUSH", 0),
    ("Z_PARTIAL_FLUSH", 1),
    ("Z_RLE", 3),
    ("Z_SYNC_FLUSH", 2),
    ("Z_TREES", 6),
];

/// `zlib`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "zlib",
    functions: &[
        MethodDef::new("adler32", Convention::Fast, adler32),
        MethodDef::new("crc32", Convention::Fast, crc32),
        MethodDef::new("compress", Convention::FastKeywords, one_shot_compress),
        MethodDef::new("decompress", Convention::FastKeywords, one_shot_decompress),
        MethodDef::new("compressobj", Convention::FastKeywords, compress::compressobj),
        MethodDef::new("decompressobj", Convention::FastKeywords, decompress::decompressobj),
    ],
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&decompress::BUFFERED]);
        for &(name, n) in CONSTANTS {
            m.add_constant(dict, name, Value::small(n));
        }
        for (name, text) in [("ZLIB_VERSION", "1.2.13"), ("ZLIB_RUNTIME_VERSION", "1.2.13"), ("__version__", "1.0")] {
            let text = m.str_value(text);
            m.add_constant(dict, name, text);
        }
        let error = m.module_exception(&ERROR).value();
        m.add_constant(dict, "error", error);
        Ok(())
    }),
    doc: "The functions in this module allow compression and decompression using the\nzlib library, which is based on GNU zip.",
};

fn error(m: &mut Machine, message: &str) -> Raised {
    m.module_error(&ERROR, message)
}

fn adler32(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "adler32", 1, 2)?;
    let start = m.low_word_argument(args.get(1).copied().unwrap_or(Value::NULL), 1)?;
    let mut sum = adler2::Adler32::from_checksum(start);
    sum.write_slice(m.bytes_like_argument(args[0])?);
    Ok(Value::small(i64::from(sum.checksum())))
}

/// `crc32`, which `binascii` has, too.
pub(super) fn crc32(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "crc32", 1, 2)?;
    let start = m.low_word_argument(args.get(1).copied().unwrap_or(Value::NULL), 0)?;
    let mut sum = crc32fast::Hasher::new_with_initial(start);
    sum.update(m.bytes_like_argument(args[0])?);
    Ok(Value::small(i64::from(sum.finalize())))
}

fn one_shot_compress(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 3 };
    let [data, level, wbits] = args.bind(m, "compress", ["", "level", "wbits"], spec)?;
    let (level, wbits) = (m.c_int_argument(level, -1)?, m.c_int_argument(wbits, MAX_WBITS)?);
    let data = m.bytes_like_argument(data)?;
    if !(-1..=9).contains(&level) {
        return Err(error(m, "Bad compression level"));
    }
    let Some(mut deflater) = Deflater::new(level, wbits, 0) else {
        return Err(error(m, "Bad compression level"));
    };
    let mut out = deflater.feed(data, compress::Flush::None);
    out.extend(deflater.feed(&[], compress::Flush::Finish));
    Ok(m.new_bytes(&out)?.value())
}

fn one_shot_decompress(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 3 };
    let [data, wbits, size] = args.bind(m, "decompress", ["", "wbits", "bufsize"], spec)?;
    let (wbits, size) = (m.c_int_argument(wbits, MAX_WBITS)?, m.ssize_argument(size, BUFFER_BYTES)?);
    let data = m.bytes_like_argument(data)?;
    if size < 0 {
        return Err(m.value_error("bufsize must be non-negative"));
    }
    let Some(mut inflater) = Inflater::new(wbits) else {
        return Err(error(m, "Error -2 while preparing to decompress data: inconsistent stream state"));
    };
    let mut out = Vec::new();
    match inflater.feed(data, usize::MAX, &mut out) {
        (_, Ok(Step::End)) => Ok(m.new_bytes(&out)?.value()),
        (_, Ok(Step::Dictionary(_))) => Err(error(m, "Error 2 while decompressing data")),
        (_, Ok(_)) => Err(error(m, "Error -5 while decompressing data: incomplete or truncated stream")),
        (_, Err(why)) => Err(error(m, &format!("Error -3 while decompressing data: {why}"))),
    }
}
