//! Reading text: chunks of bytes, decoded, and cut into lines.

use super::TextIo;
use super::decoder;
use super::newline::{Newline, find_line_end};
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::text::wtf8::{count_chars, sequence_len};

/// Bytes of the first `n` characters; all if there are fewer.
pub(super) fn bytes_of(text: &[u8], n: usize) -> usize {
    let mut at = 0;
    for _ in 0..n {
        match text.get(at) {
            Some(&b) => at += sequence_len(b),
            None => break,
        }
    }
    at.min(text.len())
}

impl Gc<TextIo> {
    fn check_readable(self, m: &mut Machine) -> R<()> {
        if self.decoder.get().is_null() { Err(m.unsupported_io("not readable")) } else { Ok(()) }
    }

    fn decode(self, m: &mut Machine, input: Value, last: bool) -> R<Gc<Str>> {
        let decoded = decoder::run(m, self.decoder.get(), input, last)?;
        match decoded.downcast::<Str>() {
            Some(text) => Ok(text),
            None => {
                let got = m.type_name(decoded);
                Err(m.type_error(&format!("decoder should return a string result, not '{got}'")))
            }
        }
    }

    /// Decodes another chunk; false at the end.
    fn read_chunk(self, m: &mut Machine, hint: usize) -> R<bool> {
        self.check_readable(m)?;
        let state = if self.telling.get() {
            let state = m.invoke(self.decoder.get(), "getstate", &[])?;
            match state.downcast::<Tuple>().filter(|t| t.len() == 2) {
                Some(state) => Some(state),
                None => return Err(m.type_error("illegal decoder state")),
            }
        } else {
            None
        };
        let size = self.chunk_size.get().max((hint as f64 * self.ratio.get().max(1.0)) as usize);
        let (buffer, method) = (self.below(m)?, if self.has_read1.get() { "read1" } else { "read" });
        let input = m.invoke(buffer, method, &[Value::small(size as i64)])?;
        let Some(bytes) = m.bytes_like(input) else {
            let got = m.type_name(input);
            return Err(m.type_error(&format!("underlying {method}() should have returned a bytes-like object, not '{got}'")));
        };
        let n = bytes.len();
        let text = self.decode(m, input, n == 0)?;
        let chars = text.char_len();
        self.ratio.set(if chars > 0 { n as f64 / chars as f64 } else { 0.0 });
        *self.decoded() = text.bytes().to_vec();
        self.used.set(0);
        if let Some(state) = state {
            let mut fed = m.bytes_like(state.slice()[0]).unwrap_or_default().to_vec();
            fed.extend_from_slice(m.bytes_like(input).unwrap_or_default());
            let fed = m.new_bytes(&fed)?.value();
            let snapshot = m.new_tuple(&[state.slice()[1], fed]).value();
            self.snapshot.set(snapshot);
        }
        Ok(n > 0 || chars > 0)
    }

    /// The decoded text that has not been given out.
    fn rest(&self) -> &[u8] {
        &self.decoded()[self.used.get()..]
    }

    fn advance(self, bytes: usize) {
        self.used.set(self.used.get() + bytes);
    }

    /// `read(n)`, all without `n`.
    pub(super) fn read(self, m: &mut Machine, n: Option<usize>) -> R<Gc<Str>> {
        self.check_open(m)?;
        self.check_readable(m)?;
        self.flush_pending(m)?;
        let Some(n) = n else {
            let buffer = self.below(m)?;
            let bytes = m.invoke(buffer, "read", &[])?;
            if bytes.is_none() {
                let class = m.exceptions.blocking_io_error;
                return Err(m.raise_message(class, "Read returned None."));
            }
            let text = self.decode(m, bytes, true)?;
            let mut all = self.rest().to_vec();
            self.drop_decoded();
            self.snapshot.set(Value::NULL);
            if all.is_empty() {
                return Ok(text);
            }
            all.extend_from_slice(text.bytes());
            return m.new_str_wtf8(&all);
        };
        let mut out: Vec<u8> = Vec::new();
        let mut chars = 0;
        loop {
            let part = bytes_of(self.rest(), n - chars);
            chars += count_chars(&self.rest()[..part]);
            out.extend_from_slice(&self.rest()[..part]);
            self.advance(part);
            if chars >= n || !self.read_chunk(m, n - chars)? {
                return m.new_str_wtf8(&out);
            }
        }
    }

    /// `readline(limit)`.
    pub(super) fn readline(self, m: &mut Machine, limit: Option<usize>) -> R<Gc<Str>> {
        self.check_open(m)?;
        self.flush_pending(m)?;
        let newline = self.newline.get();
        let mut line: Vec<u8> = Vec::new();
        let mut chars = 0;
        loop {
            if self.rest().is_empty() {
                // A chunk may decode to nothing although the end is not reached.
                loop {
                    if !self.read_chunk(m, 0)? {
                        self.drop_decoded();
                        self.snapshot.set(Value::NULL);
                        return m.new_str_wtf8(&line);
                    }
                    if !self.decoded().is_empty() {
                        break;
                    }
                }
            }
            let rest = self.rest();
            // `\r\n` may be cut by the chunks.
            let split = newline == Newline::CrLf && line.ends_with(b"\r") && rest.starts_with(b"\n");
            let found = if split { Some(1) } else { find_line_end(rest, newline) };
            let mut end = found.unwrap_or(rest.len());
            let mut cut = false;
            if let Some(limit) = limit {
                let most = bytes_of(rest, limit - chars);
                if most <= end && (most < end || found.is_none()) {
                    cut = most < end || chars + count_chars(&rest[..most]) >= limit;
                    end = most;
                }
            }
            chars += if limit.is_some() { count_chars(&rest[..end]) } else { 0 };
            if line.is_empty() && (found.is_some() || cut) {
                let whole = m.new_str_wtf8(&rest[..end]);
                self.advance(end);
                return whole;
            }
            line.extend_from_slice(&rest[..end]);
            self.advance(end);
            if found.is_some() || cut {
                return m.new_str_wtf8(&line);
            }
        }
    }

    /// Decoded text with the input it came from, for `text_seek.rs`.
    pub(super) fn decode_for_seek(self, m: &mut Machine, input: Value, last: bool) -> R<Gc<Str>> {
        self.decode(m, input, last)
    }
}
