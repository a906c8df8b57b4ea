//! Encoding and decoding of objects: which codec a name means, error handlers, and the exceptions. The conversions are in `crate::text`;
//! the registry of codecs written in Python is in `crate::stdlib::codecs`.

use super::header::Gc;
use super::string::Str;
use super::value::Value;
use crate::machine::{Machine, R, Raised};
use crate::text::codec::{CodecError, Errors};
use crate::text::encoding::{Encoding, normalised};
use crate::text::wtf8::{StrBuf, StrRef};

impl Machine {
    /// The encoding of that name, if the machine knows it itself; no name means UTF-8.
    pub(crate) fn own_encoding(&mut self, name: Option<Gc<Str>>) -> R<Option<Encoding>> {
        let Some(name) = name else { return Ok(Some(Encoding::Utf8)) };
        match name.bytes() {
            b"utf-8" => return Ok(Some(Encoding::Utf8)),
            b"ascii" => return Ok(Some(Encoding::Ascii)),
            b"latin-1" => return Ok(Some(Encoding::Latin1)),
            _ => {}
        }
        if name.bytes().contains(&0) {
            return Err(self.value_error("embedded null character"));
        }
        Ok(Encoding::of_name(&normalised(name.bytes())))
    }

    pub(crate) fn raise_lookup(&mut self, message: &str) -> Raised {
        let class = self.exceptions.lookup_error;
        self.raise_message(class, message)
    }

    /// Text of a bytes-like object; no name means UTF-8 or the strict handler.
    pub fn decode_bytes(&mut self, object: Value, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> R<Gc<Str>> {
        match self.own_encoding(encoding)? {
            Some(own) => {
                let bytes = self.bytes_like(object).unwrap_or_default();
                if own.keeps_ascii() && bytes.is_ascii() {
                    return self.new_str_counted(bytes, bytes.len());
                }
                let decoded = self.decode_own(bytes, own, errors, true);
                let noted = encoding.filter(|name| !is_shortcut(name.bytes()));
                Ok(self.note_codec(decoded, "decoding", noted)?.0)
            }
            None => self.decode_by_registry(object, encoding, errors),
        }
    }

    /// Decodes with one of the machine's own encodings: the text, and how many bytes were used. Unless these are the last bytes,
    /// a character cut off at the end is left.
    pub(crate) fn decode_own(&mut self, bytes: &[u8], encoding: Encoding, errors: Option<Gc<Str>>, last: bool) -> R<(Gc<Str>, usize)> {
        let (encoding, start) = encoding.settle(bytes);
        let end = if last { bytes.len() } else { start + encoding.complete_len(&bytes[start..]) };
        if encoding == Encoding::Utf8 {
            let text = &bytes[start..end];
            if text.is_ascii() {
                return Ok((self.new_str_counted(text, text.len())?, end));
            }
            if std::str::from_utf8(text).is_ok() {
                return Ok((self.new_str_wtf8(text)?, end));
            }
        }
        let mut out = StrBuf::with_capacity(end - start);
        let built_in = errors.map_or(Some(Errors::Strict), |name| Errors::from_name(name.bytes()));
        if let Some(handler) = built_in {
            return match encoding.decode_into(&bytes[..end], start, handler, &mut out) {
                Ok(()) => Ok((self.str_from_text(&out)?, end)),
                Err(_) if handler == Errors::XmlCharRefReplace => {
                    Err(self.type_error("don't know how to handle UnicodeDecodeError in error callback"))
                }
                Err(e) => {
                    let exception = self.decode_exception(&e, &bytes[..end])?;
                    Err(self.raise(exception))
                }
            };
        }
        // A handler of the program's may run Python, which may change the bytes.
        let bytes = bytes[..end].to_vec();
        let mut at = start;
        while let Err(e) = encoding.decode_into(&bytes, at, Errors::Strict, &mut out) {
            let exception = self.decode_exception(&e, &bytes)?;
            let (replacement, next) = self.call_error_handler(errors, exception, bytes.len())?;
            let Some(text) = replacement.downcast::<Str>() else {
                return Err(self.type_error("decoding error handler must return (str, int) tuple"));
            };
            out.push_str(text.text());
            at = next;
        }
        Ok((self.str_from_text(&out)?, end))
    }

    /// Bytes of text; no name means UTF-8 or the strict handler.
    pub fn encode_str(&mut self, text: Gc<Str>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> R<Vec<u8>> {
        match self.own_encoding(encoding)? {
            Some(own) => {
                if own.keeps_ascii() && text.is_ascii() {
                    return Ok(text.bytes().to_vec());
                }
                let encoded = self.encode_own(text, own, errors);
                let noted = encoding.filter(|name| !is_shortcut(name.bytes()));
                self.note_codec(encoded, "encoding", noted)
            }
            None => self.encode_by_registry(text, encoding, errors),
        }
    }

    /// Notes at an exception that a codec of the registry raised it; a name CPython does not look up there is not given.
    pub(crate) fn note_codec<T>(&mut self, result: R<T>, what: &str, name: Option<Gc<Str>>) -> R<T> {
        let (Err(Raised), Some(name)) = (&result, name) else { return result };
        let exception = self.take_raised();
        let note = self.str_value(&format!("{what} with '{}' codec failed", name.to_string_lossy()));
        let add_note = self.intern("add_note");
        let _ = self.call_method(exception, add_note, &[note]);
        Err(self.reraise(exception))
    }

    /// Encodes with one of the machine's own encodings.
    pub(crate) fn encode_own(&mut self, text: Gc<Str>, encoding: Encoding, errors: Option<Gc<Str>>) -> R<Vec<u8>> {
        let mut out = encoding.prefix().to_vec();
        let name = encoding;
        let encoding = encoding.after_prefix();
        let built_in = errors.map_or(Some(Errors::Strict), |name| Errors::from_name(name.bytes()));
        if let Some(handler) = built_in {
            return match encoding.encode_into(text.text(), handler, &mut out) {
                Ok(()) => Ok(out),
                Err(e) => {
                    let exception = self.encode_exception(&renamed(e, name), text)?;
                    Err(self.raise(exception))
                }
            };
        }
        let chars = text.char_len();
        let mut at = 0;
        loop {
            let rest = text.text().slice(at, chars);
            let Err(e) = encoding.encode_into(rest, Errors::Strict, &mut out) else { return Ok(out) };
            let e = CodecError { start: e.start + at, end: e.end + at, ..renamed(e, name) };
            let exception = self.encode_exception(&e, text)?;
            let (replacement, next) = self.call_error_handler(errors, exception, chars)?;
            if let Some(text) = replacement.downcast::<Str>() {
                if encoding.encode_into(text.text(), Errors::Strict, &mut out).is_err() {
                    return Err(self.raise(exception));
                }
            } else if let Some(bytes) = self.bytes_like(replacement) {
                out.extend_from_slice(bytes);
            } else {
                return Err(self.type_error("encoding error handler must return (str/bytes, int) tuple"));
            }
            at = next;
        }
    }

    /// What an error handler that the program registered makes of an exception: the replacement, and where to go on.
    pub(crate) fn call_error_handler(&mut self, name: Option<Gc<Str>>, exception: Value, len: usize) -> R<(Value, usize)> {
        let handler = self.error_handler(name)?;
        let result = self.call(handler, &[exception])?;
        let pair = result.downcast::<super::tuple::Tuple>().filter(|t| t.len() == 2);
        let decoding = self.type_of(exception).is_subtype_of(self.exceptions.unicode_decode_error);
        let expected = if decoding {
            "decoding error handler must return (str, int) tuple"
        } else {
            "encoding error handler must return (str/bytes, int) tuple"
        };
        let Some(pair) = pair else { return Err(self.type_error(expected)) };
        let (replacement, next) = (pair.slice()[0], pair.slice()[1]);
        if !self.is_int_instance(next) {
            return Err(self.type_error(expected));
        }
        let next = self.index_i64(next)?;
        let at = if next < 0 { next + len as i64 } else { next };
        match usize::try_from(at) {
            Ok(at) if at <= len => Ok((replacement, at)),
            _ => Err(self.index_error(&format!("position {next} from error handler out of bounds"))),
        }
    }

    /// A `UnicodeDecodeError`.
    #[cold]
    pub(crate) fn decode_exception(&mut self, e: &CodecError, object: &[u8]) -> R<Value> {
        let object = self.new_bytes(object)?.value();
        let class = self.exceptions.unicode_decode_error;
        Ok(self.codec_exception(class, e, object))
    }

    /// A `UnicodeEncodeError`.
    #[cold]
    pub(crate) fn encode_exception(&mut self, e: &CodecError, object: Gc<Str>) -> R<Value> {
        let class = self.exceptions.unicode_encode_error;
        Ok(self.codec_exception(class, e, object.value()))
    }

    fn codec_exception(&mut self, class: Gc<super::typeobj::Type>, e: &CodecError, object: Value) -> Value {
        let (encoding, reason) = (self.str_value(e.encoding), self.str_value(e.reason));
        self.new_exception(class, &[encoding, object, Value::small(e.start as i64), Value::small(e.end as i64), reason])
    }

    /// Bytes of text for the system: UTF-8, where lone surrogates stand for the bytes that were not.
    pub fn encode_for_system(&mut self, text: StrRef<'_>) -> R<Vec<u8>> {
        let mut out = Vec::with_capacity(text.bytes.len());
        match Encoding::Utf8.encode_into(text, Errors::SurrogateEscape, &mut out) {
            Ok(()) => Ok(out),
            Err(e) => {
                let object = self.new_str_wtf8(text.bytes)?;
                let exception = self.encode_exception(&e, object)?;
                Err(self.raise(exception))
            }
        }
    }

    /// Text that the system gave.
    pub fn decode_from_system(&mut self, bytes: &[u8]) -> R<Gc<Str>> {
        let mut out = StrBuf::with_capacity(bytes.len());
        // This handler takes every byte.
        let _ = Encoding::Utf8.decode_into(bytes, 0, Errors::SurrogateEscape, &mut out);
        self.str_from_text(&out)
    }
}

/// Whether `str` and `bytes` know an encoding without asking the registry in CPython.
fn is_shortcut(name: &[u8]) -> bool {
    let name = normalised(name);
    matches!(
        name.as_str(),
        "utf_8"
            | "utf8"
            | "utf_16"
            | "utf16"
            | "utf_32"
            | "utf32"
            | "ascii"
            | "us_ascii"
            | "latin1"
            | "latin_1"
            | "iso_8859_1"
            | "iso8859_1"
    )
}

/// Errors of an encoding that writes a mark name it, not the byte order it chose.
fn renamed(e: CodecError, encoding: Encoding) -> CodecError {
    use crate::text::codecs_wide::Wide;
    let encoding = match encoding {
        Encoding::Wide(Wide::Utf16, None) => "utf-16",
        Encoding::Wide(Wide::Utf32, None) => "utf-32",
        _ => e.encoding,
    };
    CodecError { encoding, ..e }
}
