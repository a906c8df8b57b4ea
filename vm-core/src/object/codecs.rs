//! Encoding and decoding of objects: names of encodings and error handlers, and the exceptions. The conversions are in `crate::text`.
//!
//! There is no codec registry: the encodings are UTF-8 (also with signature), UTF-16 and UTF-32 in each byte order, Latin-1, Windows-1252 and ASCII.

use super::header::Gc;
use super::string::Str;
use super::value::Value;
use crate::machine::{Machine, R, Raised};
use crate::text::codec::{CodecError, Errors};
use crate::text::codecs_8bit as narrow;
use crate::text::codecs_wide::{Wide, decode_wide, encode_wide};
use crate::text::int_bytes::ByteOrder;
use crate::text::wtf8::{StrBuf, StrRef};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Encoding {
    Utf8,
    Utf8Sig,
    Ascii,
    Latin1,
    Windows1252,
    Wide(Wide, Option<ByteOrder>),
}

const SIGNATURE: &[u8] = b"\xef\xbb\xbf";

/// CPython's normal form of a name: lower case, and one underscore for each run of other characters.
fn normalised(name: &[u8]) -> String {
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

fn encoding_of(name: &str) -> Option<Encoding> {
    use ByteOrder::{Big, Little};
    Some(match name {
        "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Encoding::Utf8,
        "utf_8_sig" | "utf8_sig" => Encoding::Utf8Sig,
        "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367" | "csascii" | "ibm367"
        | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "us" => Encoding::Ascii,
        "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859" | "8859" | "cp819" | "csisolatin1" | "ibm819"
        | "iso_8859_1_1987" | "iso_ir_100" => Encoding::Latin1,
        "cp1252" | "1252" | "windows_1252" => Encoding::Windows1252,
        "utf_16" | "utf16" | "u16" => Encoding::Wide(Wide::Utf16, None),
        "utf_16_le" | "utf_16le" | "utf16_le" | "unicodelittleunmarked" => Encoding::Wide(Wide::Utf16, Some(Little)),
        "utf_16_be" | "utf_16be" | "utf16_be" | "unicodebigunmarked" => Encoding::Wide(Wide::Utf16, Some(Big)),
        "utf_32" | "utf32" | "u32" => Encoding::Wide(Wide::Utf32, None),
        "utf_32_le" | "utf_32le" => Encoding::Wide(Wide::Utf32, Some(Little)),
        "utf_32_be" | "utf_32be" => Encoding::Wide(Wide::Utf32, Some(Big)),
        _ => return None,
    })
}

/// Encodings that CPython has and this machine lacks.
fn is_known_elsewhere(name: &str) -> bool {
    const STARTS: &[&str] =
        &["cp", "windows", "iso", "koi8", "mac", "gb", "big5", "shift", "euc", "sjis", "utf_7", "utf7", "hz", "johab", "ptcp", "tis", "kz"];
    const NAMES: &[&str] = &[
        "unicode_escape",
        "raw_unicode_escape",
        "idna",
        "punycode",
        "hex",
        "base64",
        "rot13",
        "rot_13",
        "zlib",
        "bz2",
        "uu",
        "quopri",
        "mbcs",
    ];
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}

impl Machine {
    fn find_encoding(&mut self, name: Option<Gc<Str>>) -> R<Encoding> {
        let Some(name) = name else { return Ok(Encoding::Utf8) };
        if name.bytes() == b"utf-8" {
            return Ok(Encoding::Utf8);
        }
        if name.bytes().contains(&0) {
            return Err(self.value_error("embedded null character"));
        }
        let normal = normalised(name.bytes());
        match encoding_of(&normal) {
            Some(encoding) => Ok(encoding),
            None => {
                let text = name.to_string_lossy().into_owned();
                if is_known_elsewhere(&normal) {
                    return Err(self.not_implemented_error(&format!("the encoding '{text}' is not supported")));
                }
                Err(self.raise_lookup(&format!("unknown encoding: {text}")))
            }
        }
    }

    fn raise_lookup(&mut self, message: &str) -> Raised {
        let class = self.exceptions.lookup_error;
        self.raise_message(class, message)
    }

    /// Runs a conversion with the error handler of that name; an unknown one matters only when something cannot be converted.
    fn with_handler<T>(&mut self, name: Option<Gc<Str>>, convert: impl Fn(Errors) -> Result<T, CodecError>) -> R<Result<T, CodecError>> {
        let Some(name) = name else { return Ok(convert(Errors::Strict)) };
        if let Some(handler) = Errors::from_name(name.bytes()) {
            return Ok(convert(handler));
        }
        let Ok(done) = convert(Errors::Strict) else {
            let text = name.to_string_lossy().into_owned();
            if text == "namereplace" {
                return Err(self.not_implemented_error("the error handler 'namereplace' is not supported"));
            }
            return Err(self.raise_lookup(&format!("unknown error handler name '{text}'")));
        };
        Ok(Ok(done))
    }

    /// Text of a bytes-like object; no name means UTF-8 or the strict handler.
    pub fn decode_bytes(&mut self, object: Value, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> R<Gc<Str>> {
        let encoding = self.find_encoding(encoding)?;
        let mut bytes = self.bytes_like(object).unwrap_or_default();
        if matches!(encoding, Encoding::Utf8 | Encoding::Utf8Sig) {
            if encoding == Encoding::Utf8Sig {
                bytes = bytes.strip_prefix(SIGNATURE).unwrap_or(bytes);
            }
            if bytes.is_ascii() {
                return self.new_str_counted(bytes, bytes.len());
            }
            if std::str::from_utf8(bytes).is_ok() {
                return self.new_str_wtf8(bytes);
            }
        }
        let decoded = self.with_handler(errors, |errors| decode(bytes, encoding, errors))?;
        match decoded {
            Ok(text) => self.str_from_text(&text),
            Err(e) => {
                let object = self.new_bytes(bytes)?.value();
                let class = self.exceptions.unicode_decode_error;
                Err(self.raise_codec_error(class, &e, object))
            }
        }
    }

    /// Bytes of text; no name means UTF-8 or the strict handler.
    pub fn encode_str(&mut self, text: Gc<Str>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> R<Vec<u8>> {
        let encoding = self.find_encoding(encoding)?;
        let encoded = self.with_handler(errors, |errors| encode(text.text(), encoding, errors))?;
        encoded.map_err(|e| {
            let class = self.exceptions.unicode_encode_error;
            self.raise_codec_error(class, &e, text.value())
        })
    }

    #[cold]
    fn raise_codec_error(&mut self, class: Gc<super::typeobj::Type>, e: &CodecError, object: Value) -> Raised {
        let (encoding, reason) = (self.str_value(e.encoding), self.str_value(e.reason));
        self.raise_with(class, &[encoding, object, Value::small(e.start as i64), Value::small(e.end as i64), reason])
    }
}

fn decode(bytes: &[u8], encoding: Encoding, errors: Errors) -> Result<StrBuf, CodecError> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => narrow::decode_utf8(bytes, errors),
        Encoding::Ascii => narrow::decode_ascii(bytes, errors),
        Encoding::Latin1 => Ok(narrow::decode_latin1(bytes)),
        Encoding::Windows1252 => narrow::decode_windows1252(bytes, errors),
        Encoding::Wide(wide, order) => decode_wide(bytes, wide, order, errors),
    }
}

fn encode(text: StrRef<'_>, encoding: Encoding, errors: Errors) -> Result<Vec<u8>, CodecError> {
    match encoding {
        Encoding::Utf8 => narrow::encode_utf8(text, errors),
        Encoding::Utf8Sig => Ok([SIGNATURE, &narrow::encode_utf8(text, errors)?].concat()),
        Encoding::Ascii => narrow::encode_ascii(text, errors),
        Encoding::Latin1 => narrow::encode_latin1(text, errors),
        Encoding::Windows1252 => narrow::encode_windows1252(text, errors),
        Encoding::Wide(wide, order) => encode_wide(text, wide, order, errors),
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, encoding_of, normalised};

    #[test]
    fn names_of_encodings() {
        assert_eq!(normalised(b"UTF-8"), "utf_8");
        assert_eq!(normalised(b" ISO--8859 1 "), "iso_8859_1");
        assert_eq!(encoding_of(&normalised(b"Latin-1")), Some(Encoding::Latin1));
        assert_eq!(encoding_of(&normalised(b"nope")), None);
    }
}
