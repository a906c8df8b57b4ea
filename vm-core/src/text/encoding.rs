//! The encodings that the machine knows itself, as data: their names, and conversions that stop at the first error with what was made so far.
//!
//! `codecs_8bit.rs` and `codecs_wide.rs` know the bytes; this file chooses among them. What Python calls a codec, with its registry, is
//! in `stdlib/codecs`.

use super::codec::{CodecError, Decoder, Encoder, Errors, Step};
use super::codecs_8bit as narrow;
use super::codecs_cjk::Cjk;
use super::codecs_utf7 as utf7;
use super::codecs_wide::{Wide, byte_order, decode_wide_into, encode_wide_into};
use super::int_bytes::ByteOrder;
use super::wtf8::{StrBuf, StrRef};

/// An encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is named after its encoding")]
pub enum Encoding {
    Utf8,
    /// UTF-8 after a signature.
    Utf8Sig,
    Utf7,
    Ascii,
    Latin1,
    Windows1252,
    /// Without an order a mark decides.
    Wide(Wide, Option<ByteOrder>),
    UnicodeEscape,
    RawUnicodeEscape,
    /// One of Chinese, Japanese or Korean.
    Cjk(Cjk),
}

const SIGNATURE: &[u8] = b"\xef\xbb\xbf";

/// CPython's normal form of a name: lower case, and one underscore for each run of other characters.
pub fn normalised(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for &b in name {
        if b.is_ascii_alphanumeric() || b == b'.' {
            if gap && !out.is_empty() {
                out.push('_');
            }
            gap = false;
            out.push(char::from(b.to_ascii_lowercase()));
        } else {
            gap = true;
        }
    }
    out
}

impl Encoding {
    /// Whether it is one of the usual encodings that leave ASCII as it is.
    #[must_use]
    pub fn keeps_ascii(self) -> bool {
        matches!(self, Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1)
    }

    /// The encoding of a name in its normal form.
    pub fn of_name(name: &str) -> Option<Encoding> {
        use ByteOrder::{Big, Little};
        Some(match name {
            "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Encoding::Utf8,
            "utf_8_sig" | "utf8_sig" => Encoding::Utf8Sig,
            "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367" | "csascii" | "ibm367"
            | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "us" => Encoding::Ascii,
            "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859" | "8859" | "cp819" | "csisolatin1"
            | "ibm819" | "iso_8859_1_1987" | "iso_ir_100" => Encoding::Latin1,
            "cp1252" | "1252" | "windows_1252" => Encoding::Windows1252,
            "utf_7" | "utf7" | "u7" | "unicode_1_1_utf_7" | "csutf7" => Encoding::Utf7,
            "utf_16" | "utf16" | "u16" => Encoding::Wide(Wide::Utf16, None),
            "utf_16_le" | "utf_16le" | "utf16_le" | "unicodelittleunmarked" => Encoding::Wide(Wide::Utf16, Some(Little)),
            "utf_16_be" | "utf_16be" | "utf16_be" | "unicodebigunmarked" => Encoding::Wide(Wide::Utf16, Some(Big)),
            "utf_32" | "utf32" | "u32" => Encoding::Wide(Wide::Utf32, None),
            "utf_32_le" | "utf_32le" => Encoding::Wide(Wide::Utf32, Some(Little)),
            "utf_32_be" | "utf_32be" => Encoding::Wide(Wide::Utf32, Some(Big)),
            "unicode_escape" | "unicodeescape" => Encoding::UnicodeEscape,
            "raw_unicode_escape" | "rawunicodeescape" => Encoding::RawUnicodeEscape,
            _ => return Cjk::of_name(name).map(Encoding::Cjk),
        })
    }

    /// What a signature or byte-order mark at the start settles: the encoding of the rest, and where it begins.
    pub fn settle(self, bytes: &[u8]) -> (Encoding, usize) {
        match self {
            Encoding::Utf8Sig => (Encoding::Utf8, if bytes.starts_with(SIGNATURE) { SIGNATURE.len() } else { 0 }),
            Encoding::Wide(wide, None) => {
                let (order, start) = byte_order(bytes, wide);
                (Encoding::Wide(wide, Some(order)), start)
            }
            settled => (settled, 0),
        }
    }

    /// Whether [`Encoding::settle`] needs more bytes than these.
    pub fn is_unsettled(self, bytes: &[u8]) -> bool {
        match self {
            Encoding::Utf8Sig => bytes.len() < SIGNATURE.len() && SIGNATURE.starts_with(bytes),
            Encoding::Wide(wide, None) => bytes.len() < wide.unit_len(),
            _ => false,
        }
    }

    /// What is written before the text.
    pub fn prefix(self) -> &'static [u8] {
        match self {
            Encoding::Utf8Sig => SIGNATURE,
            Encoding::Wide(Wide::Utf16, None) => b"\xff\xfe",
            Encoding::Wide(Wide::Utf32, None) => b"\xff\xfe\0\0",
            _ => b"",
        }
    }

    /// The encoding of what follows the prefix.
    pub fn after_prefix(self) -> Encoding {
        match self {
            Encoding::Utf8Sig => Encoding::Utf8,
            Encoding::Wide(wide, None) => Encoding::Wide(wide, Some(ByteOrder::Little)),
            settled => settled,
        }
    }

    /// Decodes from an offset on; after an error `out` has what stands before it. A mark is not looked for: see [`Encoding::settle`].
    pub fn decode_into(self, bytes: &[u8], start: usize, errors: Errors, out: &mut StrBuf) -> Result<(), CodecError> {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => narrow::decode_utf8_into(bytes, start, errors, out),
            Encoding::Ascii => narrow::decode_ascii_into(bytes, start, errors, out),
            Encoding::Latin1 => {
                out.push_str(narrow::decode_latin1(&bytes[start..]).as_ref());
                Ok(())
            }
            Encoding::Windows1252 => narrow::decode_windows1252_into(bytes, start, errors, out),
            Encoding::Wide(wide, order) => decode_wide_into(bytes, start, wide, order.unwrap_or(ByteOrder::Little), errors, out),
            Encoding::UnicodeEscape => {
                Decoder { encoding: "unicodeescape", step: &escape_step, surrogate: &|_| None }.decode_into(bytes, start, errors, out)
            }
            Encoding::Cjk(cjk) => cjk.decode_into(bytes, start, errors, out),
            Encoding::Utf7 => utf7::decode_into(bytes, start, errors, out),
            Encoding::RawUnicodeEscape => Decoder { encoding: "rawunicodeescape", step: &raw_escape_step, surrogate: &|_| None }
                .decode_into(bytes, start, errors, out),
        }
    }

    /// Encodes without prefix; after an error `out` has what stands before it.
    pub fn encode_into(self, text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let lossless = |put: &dyn Fn(u32, &mut Vec<u8>), out: &mut Vec<u8>| {
            Encoder { encoding: "", reason: "", has: &|_| true, put, bytewise: true, surrogates: true }.encode_into(text, errors, out)
        };
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => narrow::encode_utf8_into(text, errors, out),
            Encoding::Ascii => narrow::encode_ascii_into(text, errors, out),
            Encoding::Latin1 => narrow::encode_latin1_into(text, errors, out),
            Encoding::Windows1252 => narrow::encode_windows1252_into(text, errors, out),
            Encoding::Wide(wide, order) => encode_wide_into(text, wide, order, errors, out),
            Encoding::UnicodeEscape => {
                for part in text.bytes.chunk_by(|a, b| is_plain(*a) == is_plain(*b)) {
                    if is_plain(part[0]) {
                        out.extend_from_slice(part);
                    } else {
                        super::wtf8::code_points(part).for_each(|c| put_escaped(c, out));
                    }
                }
                Ok(())
            }
            Encoding::RawUnicodeEscape => lossless(&put_raw_escaped, out),
            Encoding::Cjk(cjk) => cjk.encode_into(text, errors, out),
            Encoding::Utf7 => {
                utf7::encode_into(text, out);
                Ok(())
            }
        }
    }

    /// How many of these bytes are whole characters: what is left at the end may go on. The encoding is settled.
    pub fn complete_len(self, bytes: &[u8]) -> usize {
        let n = bytes.len();
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => {
                for back in 1..=n.min(3) {
                    if bytes[n - back] & 0xC0 != 0x80 {
                        let cut = matches!(narrow::utf8_step(&bytes[n - back..]), Err((_, "unexpected end of data")));
                        return if cut { n - back } else { n };
                    }
                }
                n
            }
            Encoding::Wide(Wide::Utf16, order) => {
                let even = n & !1;
                let high = |b: &[u8]| b[if order == Some(ByteOrder::Big) { 0 } else { 1 }] & 0xFC == 0xD8;
                if even >= 2 && high(&bytes[even - 2..even]) { even - 2 } else { even }
            }
            Encoding::Wide(Wide::Utf32, _) => n & !3,
            Encoding::UnicodeEscape => escapes_complete(bytes, escape_step),
            Encoding::RawUnicodeEscape => escapes_complete(bytes, raw_escape_step),
            Encoding::Cjk(cjk) => cjk.complete_len(bytes),
            Encoding::Utf7 => utf7::complete_len(bytes),
            Encoding::Ascii | Encoding::Latin1 | Encoding::Windows1252 => n,
        }
    }
}

fn escapes_complete(bytes: &[u8], step: fn(&[u8]) -> Step) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        at += match step(&bytes[at..]) {
            Ok((_, len)) => len,
            Err((len, _)) if at + len >= bytes.len() => return at,
            Err((len, _)) => len,
        };
    }
    at.min(bytes.len())
}

/// Stands for "no character" in a step.
pub(super) const NOTHING: u32 = u32::MAX;

fn hex(bytes: &[u8], count: usize) -> Result<u32, usize> {
    let mut value = 0;
    for i in 0..count {
        match bytes.get(i).and_then(|&b| char::from(b).to_digit(16)) {
            Some(d) => value = value << 4 | d,
            None => return Err(i),
        }
    }
    Ok(value)
}

fn hex_step(bytes: &[u8], count: usize, reason: &'static str) -> Step {
    match hex(&bytes[2..], count) {
        Ok(code @ 0..=0x10_FFFF) => Ok((code, 2 + count)),
        Ok(_) => Err((2 + count, "illegal Unicode character")),
        Err(good) => Err((2 + good, reason)),
    }
}

fn escape_step(bytes: &[u8]) -> Step {
    if bytes[0] != b'\\' {
        return Ok((u32::from(bytes[0]), 1));
    }
    let Some(&c) = bytes.get(1) else { return Err((1, "\\ at end of string")) };
    Ok(match c {
        b'\n' => (NOTHING, 2),
        b'\\' | b'\'' | b'"' => (u32::from(c), 2),
        b'b' => (8, 2),
        b'f' => (12, 2),
        b't' => (9, 2),
        b'n' => (10, 2),
        b'r' => (13, 2),
        b'v' => (11, 2),
        b'a' => (7, 2),
        b'0'..=b'7' => {
            let digits = bytes[1..].iter().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
            (bytes[1..=digits].iter().fold(0, |n, b| n << 3 | u32::from(b - b'0')), 1 + digits)
        }
        b'x' => return hex_step(bytes, 2, "truncated \\xXX escape"),
        b'u' => return hex_step(bytes, 4, "truncated \\uXXXX escape"),
        b'U' => return hex_step(bytes, 8, "truncated \\UXXXXXXXX escape"),
        b'N' => {
            let end = bytes.iter().position(|&b| b == b'}').filter(|_| bytes.get(2) == Some(&b'{'));
            return match end {
                Some(end) => match std::str::from_utf8(&bytes[3..end]).ok().and_then(crate::compile::character_named) {
                    Some(c) => Ok((u32::from(c), end + 1)),
                    None => Err((end + 1, "unknown Unicode character name")),
                },
                None => Err((if bytes.get(2) == Some(&b'{') { bytes.len() } else { 2 }, "malformed \\N character escape")),
            };
        }
        _ => (u32::from(b'\\'), 1),
    })
}

fn raw_escape_step(bytes: &[u8]) -> Step {
    match (bytes[0], bytes.get(1)) {
        (b'\\', Some(b'u')) => hex_step(bytes, 4, "truncated \\uXXXX escape"),
        (b'\\', Some(b'U')) => hex_step(bytes, 8, "truncated \\UXXXXXXXX escape"),
        (b, _) => Ok((u32::from(b), 1)),
    }
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(text.as_bytes());
}

/// Whether a byte of text stands for itself among escapes.
fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7E) && byte != b'\\'
}

fn put_escaped(code: u32, out: &mut Vec<u8>) {
    match code {
        0x5C => put_text("\\\\", out),
        9 => put_text("\\t", out),
        10 => put_text("\\n", out),
        13 => put_text("\\r", out),
        0x20..=0x7E => out.push(code as u8),
        0..=0xFF => put_text(&format!("\\x{code:02x}"), out),
        _ => put_raw_escaped(code, out),
    }
}

fn put_raw_escaped(code: u32, out: &mut Vec<u8>) {
    match code {
        0..=0xFF => out.push(code as u8),
        0x100..=0xFFFF => put_text(&format!("\\u{code:04x}"), out),
        _ => put_text(&format!("\\U{code:08x}"), out),
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Errors, StrBuf, StrRef, normalised};

    #[test]
    fn names_of_encodings() {
        assert_eq!(normalised(b"UTF-8"), "utf_8");
        assert_eq!(normalised(b" ISO--8859 1 "), "iso_8859_1");
        assert_eq!(Encoding::of_name(&normalised(b"Latin-1")), Some(Encoding::Latin1));
        assert_eq!(Encoding::of_name(&normalised(b"nope")), None);
    }

    #[test]
    fn characters_cut_at_the_end_are_left() {
        assert_eq!(Encoding::Utf8.complete_len("aé".as_bytes()), 3);
        assert_eq!(Encoding::Utf8.complete_len(b"a\xc3"), 1);
        assert_eq!(Encoding::Utf8.complete_len(b"a\xf0\x9f\x98"), 1);
        assert_eq!(Encoding::Utf8.complete_len(b"a\xff"), 2);
        assert_eq!(Encoding::UnicodeEscape.complete_len(b"a\\x4"), 1);
    }

    #[test]
    fn escapes_go_there_and_back() {
        let text = "a\\\n\u{e9}\u{20ac}\u{1f600}";
        let mut bytes = Vec::new();
        Encoding::UnicodeEscape.encode_into(StrRef::new(text.as_bytes()), Errors::Strict, &mut bytes).unwrap();
        assert_eq!(bytes, b"a\\\\\\n\\xe9\\u20ac\\U0001f600");
        let mut back = StrBuf::new();
        Encoding::UnicodeEscape.decode_into(&bytes, 0, Errors::Strict, &mut back).unwrap();
        assert_eq!(back.as_ref().bytes, text.as_bytes());
    }
}
