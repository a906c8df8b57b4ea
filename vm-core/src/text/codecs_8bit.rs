//! The encodings made of bytes: UTF-8, ASCII, Latin-1 and Windows-1252.
//!
//! UTF-16 and UTF-32 are in `codecs_wide.rs`, the error handlers in `codec.rs`.

use super::codec::{CodecError, Decoder, Encoder, Errors, Step};
use super::wtf8::{StrBuf, StrRef, decode_first};

fn is_surrogate(code: u32) -> bool {
    (0xD800..=0xDFFF).contains(&code)
}

/// One character of strict UTF-8. A wrong sequence ends before the first byte that cannot continue it.
pub(super) fn utf8_step(bytes: &[u8]) -> Step {
    const CONTINUATION: &str = "invalid continuation byte";
    let first = bytes[0];
    let (len, second) = match first {
        0..=0x7F => return Ok((u32::from(first), 1)),
        0xC2..=0xDF => (2, 0x80..=0xBF),
        0xE0 => (3, 0xA0..=0xBF),
        0xED => (3, 0x80..=0x9F),
        0xE1..=0xEF => (3, 0x80..=0xBF),
        0xF0 => (4, 0x90..=0xBF),
        0xF1..=0xF3 => (4, 0x80..=0xBF),
        0xF4 => (4, 0x80..=0x8F),
        _ => return Err((1, "invalid start byte")),
    };
    for i in 1..len {
        match bytes.get(i) {
            None => return Err((i, "unexpected end of data")),
            Some(b) if i == 1 && !second.contains(b) => return Err((1, CONTINUATION)),
            Some(b) if b & 0xC0 != 0x80 => return Err((i, CONTINUATION)),
            Some(_) => {}
        }
    }
    Ok(decode_first(bytes).unwrap_or((0, 1)))
}

/// Decodes UTF-8.
pub fn decode_utf8(bytes: &[u8], errors: Errors) -> Result<StrBuf, CodecError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(StrBuf::from(text));
    }
    let mut out = StrBuf::with_capacity(bytes.len());
    decode_utf8_into(bytes, 0, errors, &mut out)?;
    Ok(out)
}

/// As [`decode_utf8`] from an offset on; after an error `out` has what stands before it.
pub fn decode_utf8_into(bytes: &[u8], start: usize, errors: Errors, out: &mut StrBuf) -> Result<(), CodecError> {
    let surrogate = |bytes: &[u8]| match bytes {
        [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => decode_first(bytes),
        _ => None,
    };
    let valid = match std::str::from_utf8(&bytes[start..]) {
        Ok(text) => {
            out.push_rust(text);
            return Ok(());
        }
        Err(e) => e.valid_up_to(),
    };
    out.push_str(StrRef::new(&bytes[start..start + valid]));
    Decoder { encoding: "utf-8", step: &utf8_step, surrogate: &surrogate }.decode_into(bytes, start + valid, errors, out)
}

/// Encodes UTF-8.
pub fn encode_utf8(text: StrRef<'_>, errors: Errors) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::with_capacity(text.bytes.len());
    encode_utf8_into(text, errors, &mut out)?;
    Ok(out)
}

/// As [`encode_utf8`]; after an error `out` has what stands before it.
pub fn encode_utf8_into(text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
    if text.ascii || text.as_utf8().is_some() {
        out.extend_from_slice(text.bytes);
        return Ok(());
    }
    let put = |code: u32, out: &mut Vec<u8>| out.extend_from_slice([code].into_iter().collect::<StrBuf>().as_ref().bytes);
    Encoder { encoding: "utf-8", reason: "surrogates not allowed", has: &|c| !is_surrogate(c), put: &put, bytewise: true, surrogates: true }
        .encode_into(text, errors, out)
}

/// Decodes ASCII.
pub fn decode_ascii(bytes: &[u8], errors: Errors) -> Result<StrBuf, CodecError> {
    let mut out = StrBuf::with_capacity(bytes.len());
    decode_ascii_into(bytes, 0, errors, &mut out)?;
    Ok(out)
}

/// As [`decode_ascii`] from an offset on; after an error `out` has what stands before it.
pub fn decode_ascii_into(bytes: &[u8], start: usize, errors: Errors, out: &mut StrBuf) -> Result<(), CodecError> {
    let step = |bytes: &[u8]| match bytes[0] {
        b @ 0..=0x7F => Ok((u32::from(b), 1)),
        _ => Err((1, "ordinal not in range(128)")),
    };
    let plain = &bytes[start..];
    let run = if plain.is_ascii() { plain.len() } else { plain.iter().take_while(|b| b.is_ascii()).count() };
    out.push_ascii(plain[..run].iter().copied());
    Decoder { encoding: "ascii", step: &step, surrogate: &|_| None }.decode_into(bytes, start + run, errors, out)
}

/// Encodes ASCII.
pub fn encode_ascii(text: StrRef<'_>, errors: Errors) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::with_capacity(text.bytes.len());
    encode_ascii_into(text, errors, &mut out)?;
    Ok(out)
}

/// As [`encode_ascii`]; after an error `out` has what stands before it.
pub fn encode_ascii_into(text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
    if text.ascii {
        out.extend_from_slice(text.bytes);
        return Ok(());
    }
    narrow("ascii", "ordinal not in range(128)", 0x80).encode_with(text, errors, out)
}

/// Decodes Latin-1, which cannot fail.
pub fn decode_latin1(bytes: &[u8]) -> StrBuf {
    if bytes.is_ascii() {
        return StrBuf::from_ascii(bytes.to_vec());
    }
    let mut out = StrBuf::with_capacity(bytes.len() + bytes.len() / 2);
    bytes.iter().for_each(|&b| out.push(u32::from(b)));
    out
}

/// Encodes Latin-1.
pub fn encode_latin1(text: StrRef<'_>, errors: Errors) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::with_capacity(text.bytes.len());
    encode_latin1_into(text, errors, &mut out)?;
    Ok(out)
}

/// As [`encode_latin1`]; after an error `out` has what stands before it.
pub fn encode_latin1_into(text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
    if text.ascii {
        out.extend_from_slice(text.bytes);
        return Ok(());
    }
    narrow("latin-1", "ordinal not in range(256)", 0x100).encode_with(text, errors, out)
}

struct Narrow {
    encoding: &'static str,
    reason: &'static str,
    limit: u32,
}

fn narrow(encoding: &'static str, reason: &'static str, limit: u32) -> Narrow {
    Narrow { encoding, reason, limit }
}

impl Narrow {
    fn encode_with(&self, text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
        if errors != Errors::Strict && errors != Errors::SurrogateEscape {
            return self.encode_mending(text, errors, out);
        }
        // Up to the first character that is lacking; what follows is for the general way.
        let start = out.len();
        out.reserve(text.chars);
        for code in text.code_points() {
            if code >= self.limit {
                out.truncate(start);
                return self.encode_mending(text, errors, out);
            }
            out.push(code as u8);
        }
        Ok(())
    }

    fn encode_mending(&self, text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
        if matches!(errors, Errors::Ignore | Errors::Replace) {
            out.reserve(text.chars);
            for code in text.code_points() {
                if code < self.limit {
                    out.push(code as u8);
                } else if errors == Errors::Replace {
                    out.push(b'?');
                }
            }
            return Ok(());
        }
        Encoder {
            encoding: self.encoding,
            reason: self.reason,
            has: &|c| c < self.limit,
            put: &|c, out: &mut Vec<u8>| out.push(c as u8),
            bytewise: true,
            surrogates: false,
        }
        .encode_into(text, errors, out)
    }
}

/// What Windows-1252 has for the bytes from 0x80 to 0x9f, where it differs from Latin-1; 0 for nothing.
const WINDOWS_1252: [u32; 32] = [
    0x20ac, 0x0000, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x0000, 0x017d, 0x0000, 0x0000,
    0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x0000, 0x017e, 0x0178,
];

/// Decodes Windows-1252. CPython calls it, as all encodings made from tables, `charmap` in errors.
pub fn decode_windows1252(bytes: &[u8], errors: Errors) -> Result<StrBuf, CodecError> {
    let mut out = StrBuf::with_capacity(bytes.len());
    decode_windows1252_into(bytes, 0, errors, &mut out)?;
    Ok(out)
}

/// As [`decode_windows1252`] from an offset on; after an error `out` has what stands before it.
pub fn decode_windows1252_into(bytes: &[u8], start: usize, errors: Errors, out: &mut StrBuf) -> Result<(), CodecError> {
    let step = |bytes: &[u8]| match bytes[0] {
        b @ 0x80..=0x9F => match WINDOWS_1252[usize::from(b - 0x80)] {
            0 => Err((1, "character maps to <undefined>")),
            code => Ok((code, 1)),
        },
        b => Ok((u32::from(b), 1)),
    };
    Decoder { encoding: "charmap", step: &step, surrogate: &|_| None }.decode_into(bytes, start, errors, out)
}

/// Encodes Windows-1252.
pub fn encode_windows1252(text: StrRef<'_>, errors: Errors) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::with_capacity(text.bytes.len());
    encode_windows1252_into(text, errors, &mut out)?;
    Ok(out)
}

/// As [`encode_windows1252`]; after an error `out` has what stands before it.
pub fn encode_windows1252_into(text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
    let byte_of = |code: u32| match code {
        0..=0x7F | 0xA0..=0xFF => Some(code as u8),
        _ => WINDOWS_1252.iter().position(|&c| c == code && c != 0).map(|i| 0x80 + i as u8),
    };
    Encoder {
        encoding: "charmap",
        reason: "character maps to <undefined>",
        has: &|c| byte_of(c).is_some(),
        put: &|c, out: &mut Vec<u8>| out.extend(byte_of(c)),
        bytewise: true,
        surrogates: false,
    }
    .encode_into(text, errors, out)
}
