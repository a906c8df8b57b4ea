//! Writing text: newlines, encoding, and when what was encoded goes to the stream below.

use super::TextIo;
use super::buffered::Buffered;
use super::exactly;
use super::newline::expand;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::text::encoding::Encoding;

impl Gc<TextIo> {
    /// Writes text, given as generalised UTF-8.
    pub(super) fn write(self, m: &mut Machine, text: &[u8]) -> R<()> {
        let has_newline = self.line_buffering.get() && memchr::memchr2(b'\n', b'\r', text).is_some();
        let expanded = match self.newline.get().written() {
            b"\n" => None,
            written => expand(text, written),
        };
        let text = expanded.as_deref().unwrap_or(text);
        if self.own.get() == Some(Encoding::Utf8) && std::str::from_utf8(text).is_ok() {
            self.make_room(m, text.len())?;
            self.pending().extend_from_slice(text);
        } else {
            let s = m.new_str_wtf8(text)?;
            let bytes = self.encode(m, s)?;
            self.make_room(m, bytes.len())?;
            self.pending().extend_from_slice(&bytes);
        }
        if self.pending().len() >= self.chunk_size.get() || has_newline || self.write_through.get() {
            self.flush_pending(m)?;
        }
        if has_newline {
            self.flush_below(m)?;
        }
        if !self.decoder.get().is_null() && (!self.snapshot.get().is_null() || !self.decoded().is_empty()) {
            self.drop_decoded();
            self.snapshot.set(crate::object::value::Value::NULL);
            m.invoke(self.decoder.get(), "reset", &[])?;
        }
        Ok(())
    }

    fn make_room(self, m: &mut Machine, n: usize) -> R<()> {
        if !self.pending().is_empty() && self.pending().len() + n > self.chunk_size.get() { self.flush_pending(m) } else { Ok(()) }
    }

    fn encode(self, m: &mut Machine, text: Gc<Str>) -> R<Vec<u8>> {
        let Some(own) = self.own.get() else {
            let encoder = self.encoder.get();
            let bytes = m.invoke(encoder, "encode", &[text.value()])?;
            return match m.bytes_like(bytes) {
                Some(bytes) => Ok(bytes.to_vec()),
                None => {
                    let got = m.type_name(bytes);
                    Err(m.type_error(&format!("encoder should return a bytes object, not '{got}'")))
                }
            };
        };
        let errors = self.errors.get().downcast::<Str>();
        let encoding = if self.at_start.replace(false) { own } else { own.after_prefix() };
        m.encode_own(text, encoding, errors)
    }

    /// Hands what is pending to the stream below.
    pub(super) fn flush_pending(self, m: &mut Machine) -> R<()> {
        if self.pending().is_empty() {
            return Ok(());
        }
        let buffer = self.below(m)?;
        let bytes = std::mem::take(self.pending());
        if let Some(b) = exactly::<Buffered>(m, buffer).filter(|b| b.writes.get()) {
            b.check_open(m, "write to")?;
            return b.write(m, &bytes);
        }
        let data = m.new_bytes(&bytes)?.value();
        m.invoke(buffer, "write", &[data]).map(|_| ())
    }

    fn flush_below(self, m: &mut Machine) -> R<()> {
        let buffer = self.below(m)?;
        match exactly::<Buffered>(m, buffer) {
            Some(b) if b.writes.get() => b.flush(m),
            _ => m.invoke(buffer, "flush", &[]).map(|_| ()),
        }
    }

    /// `flush`.
    pub(super) fn flush(self, m: &mut Machine) -> R<()> {
        self.telling.set(self.seekable.get());
        self.flush_pending(m)?;
        self.flush_below(m)
    }

    /// What `print` does with a stream that nothing overrides.
    pub(crate) fn print(self, m: &mut Machine, text: &[u8]) -> R<()> {
        if self.decoder.get().is_null() || !self.encoder.get().is_null() {
            return self.write(m, text);
        }
        self.check_writable(m)?;
        self.write(m, text)
    }

    /// Whether the stream below can be written to, for streams that also read.
    pub(super) fn check_writable(self, m: &mut Machine) -> R<()> {
        let buffer = self.below(m)?;
        match exactly::<Buffered>(m, buffer) {
            Some(b) if b.writes.get() => Ok(()),
            Some(_) => Err(m.unsupported_io("not writable")),
            None if m.asks(buffer, "writable")? => Ok(()),
            None => Err(m.unsupported_io("not writable")),
        }
    }

    /// As `print` needs it: fails if the stream is closed.
    pub(crate) fn ready(self, m: &mut Machine) -> R<()> {
        self.check_open(m)
    }

    /// Flushes, as `print(flush=True)` does.
    pub(crate) fn flush_now(self, m: &mut Machine) -> R<()> {
        self.flush(m)
    }
}
