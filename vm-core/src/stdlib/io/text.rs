//! The memory of `TextIOWrapper`, and how one is made. Reading, writing and seeking are in `text_read.rs`, `text_write.rs` and
//! `text_seek.rs`; the type with its methods is in `text_types.rs`.

use super::buffered::Buffered;
use super::decoder::new_own_decoder;
use super::fileio::FileIo;
use super::newline::{Newline, new_newline_decoder};
use super::{DEFAULT_BUFFER_SIZE, exactly};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::text::encoding::Encoding;
use std::cell::{Cell, UnsafeCell};

/// A `TextIOWrapper` object.
#[repr(C)]
pub(crate) struct TextIo {
    header: Header,
    dict: Cell<Value>,
    /// The stream below; `NULL` before `__init__` and after `detach`.
    pub(super) buffer: Cell<Value>,
    pub(super) detached: Cell<bool>,
    /// Names, as given.
    pub(super) encoding: Cell<Value>,
    pub(super) errors: Cell<Value>,
    /// The encoding, if it is one of the machine's own.
    pub(super) own: Cell<Option<Encoding>>,
    /// A codec's encoder, for other encodings, or `NULL`.
    pub(super) encoder: Cell<Value>,
    /// The decoder, or `NULL` where the stream is not read.
    pub(super) decoder: Cell<Value>,
    pub(super) newline: Cell<Newline>,
    pub(super) line_buffering: Cell<bool>,
    pub(super) write_through: Cell<bool>,
    pub(super) seekable: Cell<bool>,
    /// Whether `tell` can be answered: not while the stream is iterated over.
    pub(super) telling: Cell<bool>,
    pub(super) has_read1: Cell<bool>,
    pub(super) chunk_size: Cell<usize>,
    /// The encoding's mark is still to be written.
    pub(super) at_start: Cell<bool>,
    /// Encoded text that has not gone to the stream below.
    pending: UnsafeCell<Vec<u8>>,
    /// Decoded text, of which what begins at `used` is still to be given out.
    decoded: UnsafeCell<Vec<u8>>,
    pub(super) used: Cell<usize>,
    /// The decoder's flags and the bytes from which `decoded` was made, or `NULL`.
    pub(super) snapshot: Cell<Value>,
    /// Bytes for each character, of the last chunk.
    pub(super) ratio: Cell<f64>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for TextIo {
    const LAYOUT: &'static Layout = &layout_of::<TextIo>(LayoutId::File);
    fn trace(&self, m: &mut Marker<'_>) {
        for v in [&self.dict, &self.buffer, &self.encoding, &self.errors, &self.encoder, &self.decoder, &self.snapshot] {
            m.mark(v.get());
        }
    }
}

impl TextIo {
    pub(super) fn of(ty: Gc<Type>) -> TextIo {
        let null = || Cell::new(Value::NULL);
        TextIo {
            header: Header::new(ty),
            dict: null(),
            buffer: null(),
            detached: Cell::new(false),
            encoding: null(),
            errors: null(),
            own: Cell::new(None),
            encoder: null(),
            decoder: null(),
            newline: Cell::new(Newline::Universal),
            line_buffering: Cell::new(false),
            write_through: Cell::new(false),
            seekable: Cell::new(false),
            telling: Cell::new(false),
            has_read1: Cell::new(false),
            chunk_size: Cell::new(DEFAULT_BUFFER_SIZE),
            at_start: Cell::new(false),
            pending: UnsafeCell::new(Vec::new()),
            decoded: UnsafeCell::new(Vec::new()),
            used: Cell::new(0),
            snapshot: null(),
            ratio: Cell::new(1.0),
        }
    }
}

#[expect(clippy::mut_from_ref, reason = "the machine is single-threaded; callers hold no slice across anything that runs Python")]
impl Gc<TextIo> {
    /// Encoded text that has not gone to the stream below.
    pub(super) fn pending(&self) -> &mut Vec<u8> {
        // SAFETY: see the expectation's reason.
        unsafe { &mut *(*self.as_ptr()).pending.get() }
    }

    pub(super) fn decoded(&self) -> &mut Vec<u8> {
        // SAFETY: see the expectation's reason.
        unsafe { &mut *(*self.as_ptr()).decoded.get() }
    }
}

/// How a stream of text is to be made.
pub(super) struct Options {
    pub(super) encoding: Value,
    pub(super) errors: Value,
    pub(super) newline: Newline,
    pub(super) line_buffering: bool,
    pub(super) write_through: bool,
}

impl Gc<TextIo> {
    /// The stream below.
    pub(super) fn below(self, m: &mut Machine) -> R<Value> {
        match self.buffer.get().non_null() {
            Some(buffer) => Ok(buffer),
            None if self.detached.get() => Err(m.value_error("underlying buffer has been detached")),
            None => Err(m.value_error("I/O operation on uninitialized object")),
        }
    }

    pub(super) fn is_closed(self, m: &mut Machine) -> R<bool> {
        let buffer = self.below(m)?;
        if let Some(b) = exactly::<Buffered>(m, buffer)
            && let Some(file) = exactly::<FileIo>(m, b.raw.get())
        {
            return Ok(file.is_closed());
        }
        m.flag(buffer, "closed")
    }

    pub(super) fn check_open(self, m: &mut Machine) -> R<()> {
        if self.is_closed(m)? { Err(m.closed_file()) } else { Ok(()) }
    }

    /// Gives up what was decoded.
    pub(super) fn drop_decoded(self) {
        self.decoded().clear();
        self.used.set(0);
    }

    /// `__init__`.
    pub(super) fn start(self, m: &mut Machine, buffer: Value, options: &Options) -> R<()> {
        self.buffer.set(Value::NULL);
        self.detached.set(false);
        self.newline.set(options.newline);
        self.line_buffering.set(options.line_buffering);
        self.write_through.set(options.write_through);
        self.snapshot.set(Value::NULL);
        self.drop_decoded();
        self.pending().clear();
        self.choose_codec(m, options.encoding, options.errors)?;
        self.encoding.set(options.encoding);
        self.errors.set(options.errors);
        let read1 = m.member_opt(buffer, "read1")?.is_some();
        self.has_read1.set(read1);
        let readable = m.asks(buffer, "readable")?;
        let writable = m.asks(buffer, "writable")?;
        self.buffer.set(buffer);
        self.make_coders(m, readable, writable)?;
        let seekable = m.asks(buffer, "seekable")?;
        self.seekable.set(seekable);
        self.telling.set(seekable);
        self.at_start.set(writable);
        if seekable && writable {
            let at = m.invoke(buffer, "tell", &[])?;
            let start = !m.truthy(at)?;
            self.mark_start(m, start)?;
        }
        if writable {
            m.note_stream(self.value());
        }
        Ok(())
    }

    /// Makes sure that the encoding is one of text and its error handler exists.
    fn choose_codec(self, m: &mut Machine, encoding: Value, errors: Value) -> R<()> {
        let name = m.str_of(encoding, "TextIOWrapper() argument 'encoding'")?;
        let own = m.own_encoding(Some(name))?;
        self.own.set(own);
        if own.is_none() {
            m.text_codec(name, "codecs.open()")?;
        }
        let errors = m.str_of(errors, "TextIOWrapper() argument 'errors'")?;
        if crate::text::codec::Errors::from_name(errors.bytes()).is_none() {
            m.error_handler(Some(errors))?;
        }
        Ok(())
    }

    /// Makes encoder and decoder as far as the directions need them.
    pub(super) fn make_coders(self, m: &mut Machine, readable: bool, writable: bool) -> R<()> {
        let (encoding, errors) = (self.encoding.get(), self.errors.get());
        self.encoder.set(Value::NULL);
        self.decoder.set(Value::NULL);
        let codec = match (self.own.get(), encoding.downcast::<Str>()) {
            (None, Some(name)) => m.lookup_codec(name)?,
            _ => Value::NULL,
        };
        if writable && !codec.is_null() {
            let encoder = m.invoke(codec, "incrementalencoder", &[errors])?;
            self.encoder.set(encoder);
        }
        if !readable {
            return Ok(());
        }
        let decoder = match self.own.get() {
            Some(own) => new_own_decoder(m, own, errors),
            None => m.invoke(codec, "incrementaldecoder", &[errors])?,
        };
        let newline = self.newline.get();
        let decoder = match newline {
            Newline::Universal | Newline::Keep => new_newline_decoder(m, decoder, newline == Newline::Universal),
            _ => decoder,
        };
        self.decoder.set(decoder);
        Ok(())
    }

    /// Tells the encoder whether it is at the start of the stream, where some write a mark.
    pub(super) fn mark_start(self, m: &mut Machine, start: bool) -> R<()> {
        self.at_start.set(start);
        let encoder = self.encoder.get();
        if encoder.is_null() {
            return Ok(());
        }
        if start {
            m.invoke(encoder, "reset", &[])?;
        } else {
            m.invoke(encoder, "setstate", &[Value::small(0)])?;
        }
        Ok(())
    }
}

impl Machine {
    /// The stream, if it is a `TextIOWrapper` that nothing overrides.
    #[must_use]
    pub(crate) fn plain_text_stream(&self, v: Value) -> Option<Gc<TextIo>> {
        v.downcast::<TextIo>().filter(|_| !self.type_of(v).has(TypeFlags::HEAP))
    }

    /// One of the three standard streams.
    pub(crate) fn standard_stream(&mut self, fd: i32) -> R<Value> {
        let file = super::fileio::file_type(self).value();
        let mode = self.str_value(if fd == 0 { "r" } else { "w" });
        let raw = self.call(file, &[Value::small(i64::from(fd)), mode, Value::FALSE])?;
        let name = self.str_value(["<stdin>", "<stdout>", "<stderr>"][fd.clamp(0, 2) as usize]);
        let key = self.intern("name");
        self.set_attr(raw, key, name)?;
        let class = if fd == 0 { super::buffered_types::reader_type(self) } else { super::buffered_types::writer_type(self) };
        let buffer = self.call(class.value(), &[raw])?;
        let ty = super::text_types::text_type(self);
        let stream = self.new_object(TextIo::of(ty));
        let encoding = self.str_value("utf-8");
        let errors = self.str_value(["strict", "strict", "backslashreplace"][fd.clamp(0, 2) as usize]);
        let terminal = fd == 1 && std::io::IsTerminal::is_terminal(&std::io::stdout());
        let newline = if fd == 0 { Newline::Universal } else { Newline::Lf };
        let options = Options { encoding, errors, newline, line_buffering: fd == 2 || terminal, write_through: false };
        stream.start(self, buffer, &options)?;
        let key = self.intern("mode");
        self.set_attr(stream.value(), key, mode)?;
        self.pin(stream.value());
        if let Some(place) = self.files.standard.get_mut((fd - 1) as usize) {
            *place = Some(stream);
        }
        Ok(stream.value())
    }

    /// Writes text to `sys.stdout` (1) or `sys.stderr` (2) as they were at the start.
    pub fn write_std(&mut self, fd: u8, text: &[u8]) -> R<()> {
        let stream = self.files.standard.get(usize::from(fd).wrapping_sub(1)).copied().flatten();
        match stream {
            Some(stream) => stream.write(self, text),
            None => self.stdio.write(fd, text).map_err(|e| self.os_error(&e)),
        }
    }

    /// Flushes one of the two.
    pub fn flush_std(&mut self, fd: u8) -> R<()> {
        match self.files.standard.get(usize::from(fd).wrapping_sub(1)).copied().flatten() {
            Some(stream) if !stream.is_closed(self)? => stream.flush(self),
            _ => Ok(()),
        }
    }
}
