//! Encoding and decoding with CPython's error handlers: what a failure is, and how each handler mends it.
//!
//! The loops here are common to all encodings; `codecs_8bit.rs` and `codecs_wide.rs` supply one step of each encoding.

use super::repr::push_escape;
use super::wtf8::{StrBuf, StrRef};

/// A built-in error handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// Raise.
    Strict,
    /// Drop what cannot be converted.
    Ignore,
    /// Write `?` or U+FFFD.
    Replace,
    /// Write an escape.
    BackslashReplace,
    /// Map bytes of 128 and more to lone surrogates and back.
    SurrogateEscape,
    /// Let surrogates pass in the UTF encodings.
    SurrogatePass,
    /// Write `&#number;`; only for encoding.
    XmlCharRefReplace,
}

impl Errors {
    /// The handler of this name, if it is built in.
    pub fn from_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"strict" => Errors::Strict,
            b"ignore" => Errors::Ignore,
            b"replace" => Errors::Replace,
            b"backslashreplace" => Errors::BackslashReplace,
            b"surrogateescape" => Errors::SurrogateEscape,
            b"surrogatepass" => Errors::SurrogatePass,
            b"xmlcharrefreplace" => Errors::XmlCharRefReplace,
            _ => return None,
        })
    }
}

/// What a `UnicodeDecodeError` or `UnicodeEncodeError` says, apart from the object. An encoding with the strict handler
/// stops here; a caller with a handler of its own can take the range, convert it, and go on behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodecError {
    /// Name of the encoding.
    pub encoding: &'static str,
    /// First byte (decoding) or character (encoding) that is wrong.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Why.
    pub reason: &'static str,
}

impl CodecError {
    /// `str()` of the `UnicodeDecodeError`.
    pub fn decode_message(&self, object: &[u8]) -> String {
        let CodecError { encoding, start, end, reason } = self;
        match object.get(*start) {
            Some(byte) if end - start == 1 => {
                format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
            }
            _ => {
                let last = end.saturating_sub(1);
                format!("'{encoding}' codec can't decode bytes in position {start}-{last}: {reason}")
            }
        }
    }

    /// `str()` of the `UnicodeEncodeError`.
    pub fn encode_message(&self, object: StrRef<'_>) -> String {
        let CodecError { encoding, start, end, reason } = self;
        match object.get(*start) {
            Some(code) if end - start == 1 => {
                let mut shown = StrBuf::new();
                push_escape(&mut shown, code);
                let shown = String::from_utf8_lossy(shown.as_ref().bytes).into_owned();
                format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}")
            }
            _ => {
                let last = end.saturating_sub(1);
                format!("'{encoding}' codec can't encode characters in position {start}-{last}: {reason}")
            }
        }
    }
}

/// One step of decoding: a character and its length, or the length of a wrong sequence and why it is wrong.
pub(super) type Step = Result<(u32, usize), (usize, &'static str)>;

/// Reads one encoded surrogate, with its length.
pub(super) type ReadSurrogate<'a> = dyn Fn(&[u8]) -> Option<(u32, usize)> + 'a;

/// An encoding that can be decoded step by step.
pub(super) struct Decoder<'a> {
    pub(super) encoding: &'static str,
    /// Never called with an empty slice.
    pub(super) step: &'a dyn Fn(&[u8]) -> Step,
    /// Reads an encoded surrogate for `surrogatepass`.
    pub(super) surrogate: &'a ReadSurrogate<'a>,
}

impl Decoder<'_> {
    /// Decodes everything from `start` on; positions of errors count from the start of `bytes`, and after one `out` has what stands before it.
    pub(super) fn decode_into(&self, bytes: &[u8], start: usize, errors: Errors, out: &mut StrBuf) -> Result<(), CodecError> {
        let mut at = start;
        while at < bytes.len() {
            let (len, reason) = match (self.step)(&bytes[at..]) {
                Ok((code, len)) => {
                    if code != super::encoding::NOTHING {
                        out.push(code);
                    }
                    at += len;
                    continue;
                }
                Err(wrong) => wrong,
            };
            let end = (at + len).min(bytes.len());
            let error = CodecError { encoding: self.encoding, start: at, end, reason };
            at = self.mend(bytes, error, errors, out)?;
        }
        Ok(())
    }

    /// What a handler makes of an error; where to go on.
    pub(super) fn mend(&self, bytes: &[u8], error: CodecError, errors: Errors, out: &mut StrBuf) -> Result<usize, CodecError> {
        let wrong = &bytes[error.start..error.end];
        match errors {
            Errors::Ignore => Ok(error.end),
            Errors::Replace => {
                out.push(0xFFFD);
                Ok(error.end)
            }
            Errors::BackslashReplace => {
                wrong.iter().for_each(|&b| push_escape(out, u32::from(b)));
                Ok(error.end)
            }
            Errors::SurrogateEscape => {
                let high = wrong.iter().take(4).take_while(|b| **b >= 0x80).count();
                if high == 0 {
                    return Err(error);
                }
                wrong[..high].iter().for_each(|&b| out.push(0xDC00 + u32::from(b)));
                Ok(error.start + high)
            }
            Errors::SurrogatePass => match (self.surrogate)(&bytes[error.start..]) {
                Some((code, len)) => {
                    out.push(code);
                    Ok(error.start + len)
                }
                None => Err(error),
            },
            Errors::Strict | Errors::XmlCharRefReplace => Err(error),
        }
    }
}

/// An encoding that can be written character by character.
pub(super) struct Encoder<'a> {
    pub(super) encoding: &'static str,
    pub(super) reason: &'static str,
    /// Whether the encoding has the character.
    pub(super) has: &'a dyn Fn(u32) -> bool,
    /// Writes a character, or a surrogate that may pass.
    pub(super) put: &'a dyn Fn(u32, &mut Vec<u8>),
    /// Whether single bytes may be written (for `surrogateescape`).
    pub(super) bytewise: bool,
    /// Whether surrogates can be let through.
    pub(super) surrogates: bool,
}

impl Encoder<'_> {
    /// Encodes; after an error `out` has what stands before it.
    pub(super) fn encode_into(&self, text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let mut codes = text.code_points();
        let mut at = 0;
        let mut ahead = codes.next();
        while let Some(code) = ahead {
            if (self.has)(code) {
                (self.put)(code, out);
                at += 1;
                ahead = codes.next();
                continue;
            }
            // Handlers see the longest run of characters that the encoding lacks; only one in the wide encodings.
            let mut run = Vec::new();
            while let Some(wrong) = ahead.filter(|&c| !(self.has)(c)) {
                run.push(wrong);
                ahead = codes.next();
                if !self.bytewise {
                    break;
                }
            }
            self.mend(&run, at, errors, out)?;
            at += run.len();
        }
        Ok(())
    }

    fn mend(&self, run: &[u32], start: usize, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let error = |skip: usize| CodecError { encoding: self.encoding, start: start + skip, end: start + run.len(), reason: self.reason };
        for (i, &code) in run.iter().enumerate() {
            match errors {
                Errors::Ignore => {}
                Errors::Replace => (self.put)(u32::from(b'?'), out),
                Errors::BackslashReplace => {
                    let mut escape = StrBuf::new();
                    push_escape(&mut escape, code);
                    escape.as_ref().code_points().for_each(|c| (self.put)(c, out));
                }
                Errors::XmlCharRefReplace => {
                    format!("&#{code};").bytes().for_each(|b| (self.put)(u32::from(b), out));
                }
                Errors::SurrogateEscape if self.bytewise && (0xDC80..=0xDCFF).contains(&code) => out.push(code as u8),
                Errors::SurrogatePass if self.surrogates && (0xD800..=0xDFFF).contains(&code) => (self.put)(code, out),
                Errors::SurrogateEscape => return Err(error(i)),
                Errors::SurrogatePass | Errors::Strict => return Err(error(0)),
            }
        }
        Ok(())
    }
}
