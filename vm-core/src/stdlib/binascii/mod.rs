//! `binascii`: hexadecimal, base64, quoted-printable and uuencoded text, and checksums.

mod base64;
mod quopri;
mod uu;

use super::arguments::ExceptionSpec;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::bytes::Bytes;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::bytes_ops;

static ERROR: ExceptionSpec = ExceptionSpec { name: "binascii.Error", base: |e| e.value_error };
static INCOMPLETE: ExceptionSpec = ExceptionSpec { name: "binascii.Incomplete", base: |e| e.exception };

/// `binascii`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "binascii",
    functions: &[
        MethodDef::new("a2b_uu", Convention::O, |m, _, args| {
            let data = m.ascii_buffer_argument(args.pos()[0])?;
            finish(m, uu::decode(data).map_err(Into::into))
        }),
        MethodDef::new("b2a_uu", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
            let [data, backtick] = args.bind(m, "b2a_uu", ["", "backtick"], spec)?;
            let backtick = m.flag_argument(backtick, false)?;
            let data = m.bytes_like_argument(data)?;
            finish(m, uu::encode(data, backtick).map_err(Into::into))
        }),
        MethodDef::new("a2b_base64", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
            let [data, strict] = args.bind(m, "a2b_base64", ["", "strict_mode"], spec)?;
            let strict = m.flag_argument(strict, false)?;
            let data = m.ascii_buffer_argument(data)?;
            finish(m, base64::decode(data, strict))
        }),
        MethodDef::new("b2a_base64", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
            let [data, newline] = args.bind(m, "b2a_base64", ["", "newline"], spec)?;
            let newline = m.flag_argument(newline, true)?;
            let data = m.bytes_like_argument(data)?;
            finish(m, Ok(base64::encode(data, newline)))
        }),
        MethodDef::new("a2b_hex", Convention::O, from_hex),
        MethodDef::new("unhexlify", Convention::O, from_hex),
        MethodDef::new("b2a_hex", Convention::FastKeywords, |m, _, args| to_hex(m, "b2a_hex", args)),
        MethodDef::new("hexlify", Convention::FastKeywords, |m, _, args| to_hex(m, "hexlify", args)),
        MethodDef::new("a2b_qp", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [data, header] = args.bind(m, "a2b_qp", ["data", "header"], spec)?;
            let header = m.flag_argument(header, false)?;
            let data = m.ascii_buffer_argument(data)?;
            finish(m, Ok(quopri::decode(data, header)))
        }),
        MethodDef::new("b2a_qp", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 4 };
            let [data, tabs, text, header] = args.bind(m, "b2a_qp", ["data", "quotetabs", "istext", "header"], spec)?;
            let options = quopri::Options {
                tabs: m.flag_argument(tabs, false)?,
                text: m.flag_argument(text, true)?,
                header: m.flag_argument(header, false)?,
            };
            let data = m.bytes_like_argument(data)?;
            finish(m, Ok(quopri::encode(data, options)))
        }),
        MethodDef::new("crc_hqx", Convention::Fast, |m, _, args| {
            let args = args.between(m, "crc_hqx", 2, 2)?;
            let mut crc = m.low_word_argument(args[1], 0)? & 0xffff;
            for &b in m.bytes_like_argument(args[0])? {
                crc ^= u32::from(b) << 8;
                for _ in 0..8 {
                    crc = if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 } & 0xffff;
                }
            }
            Ok(Value::small(i64::from(crc)))
        }),
        MethodDef::new("crc32", Convention::Fast, super::zlib::crc32),
    ],
    init: Some(|m, dict| {
        let (error, incomplete) = (m.module_exception(&ERROR).value(), m.module_exception(&INCOMPLETE).value());
        m.add_constant(dict, "Error", error);
        m.add_constant(dict, "Incomplete", incomplete);
        Ok(())
    }),
    doc: "Conversion between binary data and ASCII",
};

/// `bytes`, or `binascii.Error`.
fn finish(m: &mut Machine, result: Result<Vec<u8>, String>) -> R<Value> {
    match result {
        Ok(bytes) => Ok(m.new_bytes(&bytes)?.value()),
        Err(message) => Err(m.module_error(&ERROR, &message)),
    }
}

fn from_hex(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let data = m.ascii_buffer_argument(args.pos()[0])?;
    if data.len() % 2 != 0 {
        return Err(m.module_error(&ERROR, "Odd-length string"));
    }
    finish(m, bytes_ops::unhex(data).ok_or_else(|| "Non-hexadecimal digit found".into()))
}

fn to_hex(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 3 };
    let [data, separator, group] = args.bind(m, name, ["data", "sep", "bytes_per_sep"], spec)?;
    if separator.is_null() && group.is_null() {
        let data = m.bytes_like_argument(data)?;
        return Ok(m.new_bytes_filled(data.len().saturating_mul(2), |out| bytes_ops::write_hex(data, out))?.value());
    }
    let group = m.c_int_argument(group, 1)?;
    let data = m.bytes_like_argument(data)?;
    let separator = if separator.is_null() {
        None
    } else if m.len(separator)? != 1 {
        return Err(m.value_error("sep must be length 1."));
    } else if let Some(s) = separator.downcast::<Str>() {
        match s.text().get(0).and_then(|c| u8::try_from(c).ok()) {
            Some(b) => Some(b),
            None => return Err(m.value_error("sep must be ASCII.")),
        }
    } else if let Some(b) = separator.downcast::<Bytes>() {
        b.contents().first().copied()
    } else {
        return Err(m.type_error("sep must be str or bytes."));
    };
    let text = bytes_ops::hex(data, separator, group);
    // A separator beyond ASCII is one byte here.
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    Ok(m.new_bytes(&bytes)?.value())
}
