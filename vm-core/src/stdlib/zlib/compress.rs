//! `compressobj` and what compresses.

use super::{MAX_WBITS, error};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use miniz_oxide::MZFlush;
use miniz_oxide::deflate::core::{CompressorOxide, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::stream::deflate;
use std::cell::RefCell;

/// How much must come out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flush {
    None,
    Sync,
    Full,
    Finish,
}

/// What surrounds the deflated data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrapper {
    Raw,
    Zlib,
    Gzip,
}

/// A compressor.
#[derive(Clone)]
pub(super) struct Deflater {
    wrapper: Wrapper,
    data: Box<CompressorOxide>,
    /// The header, until it is written.
    header: Vec<u8>,
    adler: adler2::Adler32,
    crc: crc32fast::Hasher,
    length: u32,
    pub(super) finished: bool,
}

impl Deflater {
    /// A compressor; `None` if `wbits` is invalid.
    pub(super) fn new(level: i32, wbits: i32, strategy: i32) -> Option<Deflater> {
        let (wrapper, bits) = match wbits {
            -15..=-8 => (Wrapper::Raw, -wbits),
            8..=15 => (Wrapper::Zlib, wbits),
            24..=31 => (Wrapper::Gzip, wbits - 16),
            _ => return None,
        };
        let level = if level == -1 { 6 } else { level };
        let header = match wrapper {
            Wrapper::Raw => Vec::new(),
            Wrapper::Zlib => {
                // A window of 256 bytes is not supported by zlib, which then uses 512.
                let method = ((bits.max(9) - 8) << 4 | 8) as u32;
                let speed = match level {
                    _ if strategy >= 2 => 0,
                    0 | 1 => 0,
                    2..=5 => 1,
                    6 => 2,
                    _ => 3,
                };
                let word = method << 8 | speed << 6;
                let word = word + (31 - word % 31);
                vec![(word >> 8) as u8, word as u8]
            }
            Wrapper::Gzip => {
                let extra = if level == 9 {
                    2
                } else if strategy >= 2 || level < 2 {
                    4
                } else {
                    0
                };
                vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, 3]
            }
        };
        let flags = create_comp_flags_from_zip_params(level, -15, strategy);
        Some(Deflater {
            wrapper,
            data: Box::new(CompressorOxide::new(flags)),
            header,
            adler: adler2::Adler32::new(),
            crc: crc32fast::Hasher::new(),
            length: 0,
            finished: false,
        })
    }

    /// Compresses; gives what is ready.
    pub(super) fn feed(&mut self, mut input: &[u8], flush: Flush) -> Vec<u8> {
        let mut out = std::mem::take(&mut self.header);
        match self.wrapper {
            Wrapper::Raw => {}
            Wrapper::Zlib => self.adler.write_slice(input),
            Wrapper::Gzip => self.crc.update(input),
        }
        self.length = self.length.wrapping_add(input.len() as u32);
        let mode = match flush {
            Flush::None => MZFlush::None,
            Flush::Sync => MZFlush::Sync,
            Flush::Full => MZFlush::Full,
            Flush::Finish => MZFlush::Finish,
        };
        let mut chunk = [0; 8192];
        loop {
            let result = deflate(&mut self.data, input, &mut chunk, mode);
            input = &input[result.bytes_consumed..];
            out.extend_from_slice(&chunk[..result.bytes_written]);
            if result.status.is_err() || (input.is_empty() && result.bytes_written < chunk.len()) {
                break;
            }
        }
        if flush == Flush::Finish && !self.finished {
            self.finished = true;
            match self.wrapper {
                Wrapper::Raw => {}
                Wrapper::Zlib => out.extend(self.adler.checksum().to_be_bytes()),
                Wrapper::Gzip => {
                    out.extend(self.crc.clone().finalize().to_le_bytes());
                    out.extend(self.length.to_le_bytes());
                }
            }
        }
        out
    }
}

/// A `zlib.Compress`.
#[repr(C)]
struct Compress {
    header: Header,
    deflater: RefCell<Deflater>,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for Compress {
    const LAYOUT: &'static Layout = &layout_of::<Compress>(LayoutId::Compressor);
    fn trace(&self, _: &mut Marker<'_>) {}
}

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    methods: &[
        MethodDef::new("compress", Convention::class(1, 1), |m, v, args| {
            let data = m.bytes_like_argument(args.pos()[0])?;
            if this(v).deflater.borrow().finished {
                return Err(error(m, "Error -2 while compressing data: inconsistent stream state"));
            }
            let out = this(v).deflater.borrow_mut().feed(data, Flush::None);
            Ok(m.new_bytes(&out)?.value())
        }),
        MethodDef::new("flush", Convention::class(0, 1), flush),
        MethodDef::new("copy", Convention::class(0, 0), copy),
        MethodDef::new("__copy__", Convention::class(0, 0), copy),
        MethodDef::new("__deepcopy__", Convention::class(1, 1), copy),
    ],
    ..TypeSpec::new("zlib.Compress", Compress::LAYOUT)
};

fn this(v: Value) -> Gc<Compress> {
    // SAFETY: methods of a type are called with its instances only.
    unsafe { v.cast() }
}

/// `zlib.compressobj`.
pub(super) fn compressobj(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = ["level", "method", "wbits", "memLevel", "strategy", "zdict"];
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 6 };
    let [level, method, wbits, memory, strategy, dictionary] = args.bind(m, "compressobj", names, spec)?;
    let level = m.c_int_argument(level, -1)?;
    let method = m.c_int_argument(method, 8)?;
    let wbits = m.c_int_argument(wbits, MAX_WBITS)?;
    let memory = m.c_int_argument(memory, 8)?;
    let strategy = m.c_int_argument(strategy, 0)?;
    if !dictionary.is_null() {
        m.bytes_like_argument(dictionary)?;
    }
    let valid = (-1..=9).contains(&level) && method == 8 && (1..=9).contains(&memory) && (0..=4).contains(&strategy);
    let Some(deflater) = Deflater::new(level, wbits, strategy).filter(|_| valid) else {
        return Err(m.value_error("Invalid initialization option"));
    };
    let header = Header::new(m.native_type(&SPEC));
    Ok(m.new_object(Compress { header, deflater: RefCell::new(deflater) }).value())
}

fn flush(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "flush", 0, 1)?;
    let mode = m.c_int_argument(args.first().copied().unwrap_or(Value::NULL), 4)?;
    let mode = match mode {
        0 => return Ok(m.new_bytes(&[])?.value()),
        1 | 2 | 5 | 6 => Flush::Sync,
        3 => Flush::Full,
        4 => Flush::Finish,
        _ => return Err(error(m, "Error -2 while flushing: inconsistent stream state")),
    };
    if this(v).deflater.borrow().finished {
        return Err(error(m, "Error -2 while flushing: inconsistent stream state"));
    }
    let out = this(v).deflater.borrow_mut().feed(&[], mode);
    Ok(m.new_bytes(&out)?.value())
}

fn copy(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let deflater = this(v).deflater.borrow().clone();
    if deflater.finished {
        return Err(m.value_error("Inconsistent stream state"));
    }
    let header = Header::new(m.type_of(v));
    Ok(m.new_object(Compress { header, deflater: RefCell::new(deflater) }).value())
}
