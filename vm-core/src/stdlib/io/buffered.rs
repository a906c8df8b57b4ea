//! The memory of buffered streams and what they do: one struct serves reader, writer and random access, which differ in what they allow.
//! The types with their methods are in `buffered_types.rs`.

use super::fileio::{self, FileIo};
use super::{DEFAULT_BUFFER_SIZE, exactly};
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::typeobj::Type;
use crate::object::value::Value;
use std::cell::{Cell, UnsafeCell};

/// A `BufferedReader`, `BufferedWriter` or `BufferedRandom` object.
#[repr(C)]
pub(crate) struct Buffered {
    header: Header,
    dict: Cell<Value>,
    /// The stream below; `NULL` before `__init__` and after `detach`.
    pub(super) raw: Cell<Value>,
    pub(super) detached: Cell<bool>,
    pub(super) reads: Cell<bool>,
    pub(super) writes: Cell<bool>,
    size: Cell<usize>,
    /// Bytes read ahead, of which those from `used` on are still to be given out.
    ahead: UnsafeCell<Vec<u8>>,
    used: Cell<usize>,
    /// Bytes still to be written. Only one of the two buffers has something in it.
    unwritten: UnsafeCell<Vec<u8>>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Buffered {
    const LAYOUT: &'static Layout = &layout_of::<Buffered>(LayoutId::Buffered);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
        m.mark(self.raw.get());
    }
}

impl Buffered {
    pub(super) fn of(ty: Gc<Type>) -> Buffered {
        Buffered {
            header: Header::new(ty),
            dict: Cell::new(Value::NULL),
            raw: Cell::new(Value::NULL),
            detached: Cell::new(false),
            reads: Cell::new(false),
            writes: Cell::new(false),
            size: Cell::new(DEFAULT_BUFFER_SIZE),
            ahead: UnsafeCell::new(Vec::new()),
            used: Cell::new(0),
            unwritten: UnsafeCell::new(Vec::new()),
        }
    }
}

#[expect(clippy::mut_from_ref, reason = "the machine is single-threaded; callers hold no slice across anything that runs Python")]
impl Gc<Buffered> {
    fn ahead(&self) -> &mut Vec<u8> {
        // SAFETY: see the expectation's reason.
        unsafe { &mut *(*self.as_ptr()).ahead.get() }
    }

    /// Bytes still to be written.
    pub(super) fn writing(&self) -> &mut Vec<u8> {
        // SAFETY: see the expectation's reason.
        unsafe { &mut *(*self.as_ptr()).unwritten.get() }
    }
}

impl Gc<Buffered> {
    /// Bytes read ahead and not given out.
    fn unread(&self) -> usize {
        self.ahead().len() - self.used.get()
    }

    fn take(&self, n: usize) -> Vec<u8> {
        let from = self.used.get();
        self.used.set(from + n);
        self.ahead()[from..from + n].to_vec()
    }

    fn drop_ahead(&self) {
        self.ahead().clear();
        self.used.set(0);
    }

    pub(super) fn start(self, raw: Value, size: usize) {
        self.raw.set(raw);
        self.detached.set(false);
        self.size.set(size);
        self.drop_ahead();
        self.writing().clear();
    }

    /// The stream below.
    pub(super) fn below(self, m: &mut Machine) -> R<Value> {
        match self.raw.get().non_null() {
            Some(raw) => Ok(raw),
            None if self.detached.get() => Err(m.value_error("raw stream has been detached")),
            None => Err(m.value_error("I/O operation on uninitialized object")),
        }
    }

    pub(super) fn is_closed(self, m: &mut Machine) -> R<bool> {
        let raw = self.below(m)?;
        match exactly::<FileIo>(m, raw) {
            Some(file) => Ok(file.is_closed()),
            None => m.flag(raw, "closed"),
        }
    }

    pub(super) fn check_open(self, m: &mut Machine, what: &str) -> R<()> {
        if self.is_closed(m)? { Err(m.value_error(&format!("{what} closed file"))) } else { Ok(()) }
    }

    /// Reads up to `n` bytes from below, once; `None` if nothing is there yet.
    fn read_below(self, m: &mut Machine, n: usize) -> R<Option<Vec<u8>>> {
        let raw = self.below(m)?;
        if let Some(file) = exactly::<FileIo>(m, raw) {
            let mut room = vec![0; n];
            return Ok(fileio::read_into(m, file, &mut room)?.map(|n| {
                room.truncate(n);
                room
            }));
        }
        let room = m.new_bytearray(vec![0; n]);
        let view = m.types.memoryview.value();
        let view = m.call(view, &[room.value()])?;
        let got = m.invoke(raw, "readinto", &[view])?;
        if got.is_none() {
            return Ok(None);
        }
        let got = m.index_i64(got)?;
        match usize::try_from(got).ok().and_then(|n| room.contents().get(..n)) {
            Some(bytes) => Ok(Some(bytes.to_vec())),
            None => {
                let class = m.exceptions.os_error;
                let text = format!("raw readinto() returned invalid length {got} (should have been between 0 and {n})");
                Err(m.raise_message(class, &text))
            }
        }
    }

    fn write_below(self, m: &mut Machine, bytes: &[u8]) -> R<Option<usize>> {
        let raw = self.below(m)?;
        if let Some(file) = exactly::<FileIo>(m, raw) {
            return fileio::write(m, file, bytes);
        }
        let data = m.new_bytes(bytes)?.value();
        let view = m.types.memoryview.value();
        let view = m.call(view, &[data])?;
        let wrote = m.invoke(raw, "write", &[view])?;
        if wrote.is_none() {
            return Ok(None);
        }
        let wrote = m.index_i64(wrote)?;
        match usize::try_from(wrote).ok().filter(|&n| n <= bytes.len()) {
            Some(n) => Ok(Some(n)),
            None => {
                let (class, max) = (m.exceptions.os_error, bytes.len());
                let text = format!("raw write() returned invalid length {wrote} (should have been between 0 and {max})");
                Err(m.raise_message(class, &text))
            }
        }
    }

    fn seek_below(self, m: &mut Machine, offset: i64, whence: i64) -> R<i64> {
        let raw = self.below(m)?;
        if let Some(file) = exactly::<FileIo>(m, raw) {
            return Ok(fileio::seek_to(m, file, offset, whence)? as i64);
        }
        let offset = m.new_int(offset);
        let at = m.invoke(raw, "seek", &[offset, Value::small(whence)])?;
        self.position(m, at, "seek")
    }

    fn position(self, m: &mut Machine, at: Value, _what: &str) -> R<i64> {
        let at = m.index_i64(at)?;
        if at < 0 {
            let class = m.exceptions.os_error;
            return Err(m.raise_message(class, &format!("Raw stream returned invalid position {at}")));
        }
        Ok(at)
    }

    fn tell_below(self, m: &mut Machine) -> R<i64> {
        let raw = self.below(m)?;
        if let Some(file) = exactly::<FileIo>(m, raw) {
            return Ok(fileio::seek_to(m, file, 0, 1)? as i64);
        }
        let at = m.invoke(raw, "tell", &[])?;
        self.position(m, at, "tell")
    }

    /// Reads ahead; whether the end has not been reached, `None` if nothing is there yet.
    fn fill(self, m: &mut Machine) -> R<Option<bool>> {
        let Some(bytes) = self.read_below(m, self.size.get())? else { return Ok(None) };
        *self.ahead() = bytes;
        self.used.set(0);
        Ok(Some(self.unread() > 0))
    }

    /// Makes ready to read: what is to be written goes first.
    fn turn_to_reading(self, m: &mut Machine) -> R<()> {
        if self.writing().is_empty() { Ok(()) } else { self.flush_writes(m) }
    }

    /// `read(n)`, all without `n`; `None` if nothing is there yet.
    pub(super) fn read(self, m: &mut Machine, n: Option<usize>) -> R<Option<Vec<u8>>> {
        self.turn_to_reading(m)?;
        let Some(n) = n else { return self.read_all(m) };
        let mut out = self.take(self.unread().min(n));
        while out.len() < n {
            let want = n - out.len();
            if want >= self.size.get() {
                match self.read_below(m, want)? {
                    None if out.is_empty() => return Ok(None),
                    None => break,
                    Some(bytes) if bytes.is_empty() => break,
                    Some(bytes) => out.extend_from_slice(&bytes),
                }
                continue;
            }
            match self.fill(m)? {
                None if out.is_empty() => return Ok(None),
                None | Some(false) => break,
                Some(true) => out.extend(self.take(self.unread().min(want))),
            }
        }
        Ok(Some(out))
    }

    fn read_all(self, m: &mut Machine) -> R<Option<Vec<u8>>> {
        let mut out = self.take(self.unread());
        self.drop_ahead();
        let raw = self.below(m)?;
        if let Some(file) = exactly::<FileIo>(m, raw) {
            return Ok(match fileio::read_all(m, file)? {
                None if out.is_empty() => None,
                None => Some(out),
                Some(rest) => {
                    out.extend(rest);
                    Some(out)
                }
            });
        }
        if let Some(readall) = m.member_opt(raw, "readall")? {
            let rest = m.call(readall, &[])?;
            return match m.bytes_like(rest) {
                Some(bytes) => {
                    out.extend_from_slice(bytes);
                    Ok(Some(out))
                }
                None if rest.is_none() => Ok(if out.is_empty() { None } else { Some(out) }),
                None => Err(m.type_error("readall() should return bytes")),
            };
        }
        loop {
            let part = m.invoke(raw, "read", &[])?;
            match m.bytes_like(part) {
                Some([]) => return Ok(Some(out)),
                Some(bytes) => out.extend_from_slice(bytes),
                None if part.is_none() => return Ok(if out.is_empty() { None } else { Some(out) }),
                None => return Err(m.type_error("read() should return bytes")),
            }
        }
    }

    /// What one read from below gives at most.
    pub(super) fn read1(self, m: &mut Machine, n: Option<usize>) -> R<Vec<u8>> {
        self.turn_to_reading(m)?;
        let n = n.unwrap_or(self.size.get());
        if self.unread() > 0 || n == 0 {
            return Ok(self.take(self.unread().min(n)));
        }
        self.drop_ahead();
        Ok(self.read_below(m, n)?.unwrap_or_default())
    }

    /// The bytes read ahead, at least one unless the end is reached.
    pub(super) fn peek(self, m: &mut Machine) -> R<Vec<u8>> {
        self.turn_to_reading(m)?;
        if self.unread() == 0 {
            self.fill(m)?;
        }
        Ok(self.ahead()[self.used.get()..].to_vec())
    }

    /// The next line with its newline, cut at `limit`.
    /// The next line, if all of it was read ahead; good until more is read.
    pub(super) fn line_at_hand(self) -> Option<&'static [u8]> {
        if !self.reads.get() || !self.writing().is_empty() {
            return None;
        }
        let from = self.used.get();
        let unread = &self.ahead()[from..];
        let n = memchr::memchr(b'\n', unread)? + 1;
        self.used.set(from + n);
        // SAFETY: the buffer is changed only when more is read, before which the caller copies the line.
        Some(unsafe { std::slice::from_raw_parts(self.ahead().as_ptr().add(from), n) })
    }

    pub(super) fn readline(self, m: &mut Machine, limit: Option<usize>) -> R<Vec<u8>> {
        self.turn_to_reading(m)?;
        let mut line = Vec::new();
        loop {
            let unread = &self.ahead()[self.used.get()..];
            let room = limit.map_or(usize::MAX, |n| n - line.len());
            let found = memchr::memchr(b'\n', unread).map(|i| i + 1);
            let n = found.unwrap_or(unread.len()).min(room);
            line.extend(self.take(n));
            if found.is_some() || n == room || self.fill(m)? != Some(true) {
                return Ok(line);
            }
        }
    }

    /// `write`.
    pub(super) fn write(self, m: &mut Machine, bytes: &[u8]) -> R<()> {
        if self.unread() > 0 {
            self.seek_below(m, -(self.unread() as i64), 1)?;
        }
        self.drop_ahead();
        let size = self.size.get();
        if self.writing().len() + bytes.len() <= size {
            self.writing().extend_from_slice(bytes);
            return Ok(());
        }
        let mut rest = bytes.to_vec();
        if let Err(raised) = self.flush_writes(m) {
            return Err(self.keep_what_fits(m, raised, &rest, bytes.len()));
        }
        while rest.len() > size {
            match self.write_below(m, &rest)? {
                Some(n) => {
                    rest.drain(..n);
                }
                None => {
                    let kept = rest.len().min(size);
                    self.writing().extend_from_slice(&rest[..kept]);
                    return Err(blocked(m, bytes.len() - rest.len() + kept));
                }
            }
        }
        self.writing().extend_from_slice(&rest);
        Ok(())
    }

    /// After a flush that could not write everything: the buffer takes what it has room for.
    fn keep_what_fits(self, m: &mut Machine, raised: Raised, rest: &[u8], total: usize) -> Raised {
        let class = m.exceptions.blocking_io_error;
        if !m.pending_is(class) {
            return raised;
        }
        let room = self.size.get().saturating_sub(self.writing().len());
        let kept = room.min(rest.len());
        self.writing().extend_from_slice(&rest[..kept]);
        if kept == total {
            m.take_raised();
        }
        m.take_raised();
        blocked(m, kept)
    }

    /// Writes what is pending.
    pub(super) fn flush_writes(self, m: &mut Machine) -> R<()> {
        while !self.writing().is_empty() {
            let bytes = std::mem::take(self.writing());
            let wrote = self.write_below(m, &bytes);
            let n = match &wrote {
                Ok(Some(n)) => *n,
                _ => 0,
            };
            // What came in while Python ran stays behind what is left.
            let newer = std::mem::take(self.writing());
            *self.writing() = bytes[n..].to_vec();
            self.writing().extend(newer);
            if wrote?.is_none() {
                let class = m.exceptions.blocking_io_error;
                let text = m.str_value("write could not complete without blocking");
                return Err(m.raise_with(class, &[Value::small(11), text, Value::small(0)]));
            }
        }
        Ok(())
    }

    /// `flush`: what is pending is written, and what was read ahead is given back.
    pub(super) fn flush(self, m: &mut Machine) -> R<()> {
        self.flush_writes(m)?;
        if self.reads.get() && self.writes.get() && self.unread() > 0 {
            self.seek_below(m, -(self.unread() as i64), 1)?;
            self.drop_ahead();
        }
        Ok(())
    }

    /// `tell`.
    pub(super) fn tell(self, m: &mut Machine) -> R<i64> {
        let at = self.tell_below(m)?;
        Ok((at - self.unread() as i64 + self.writing().len() as i64).max(0))
    }

    /// `seek`.
    pub(super) fn seek(self, m: &mut Machine, offset: i64, whence: i64) -> R<i64> {
        self.flush_writes(m)?;
        let unread = self.unread() as i64;
        if whence != 2 && unread > 0 {
            // Within what was read ahead only the position changes.
            let here = self.tell_below(m)? - unread;
            let target = if whence == 0 { offset } else { here + offset };
            let start = here - self.used.get() as i64;
            if (start..=here + unread).contains(&target) {
                self.used.set((target - start) as usize);
                return Ok(target);
            }
        }
        let offset = if whence == 1 { offset - unread } else { offset };
        let at = self.seek_below(m, offset, whence)?;
        self.drop_ahead();
        Ok(at)
    }
}

/// Raises the `BlockingIOError` of a write that took `n` bytes.
fn blocked(m: &mut Machine, n: usize) -> Raised {
    let class = m.exceptions.blocking_io_error;
    let text = m.str_value("write could not complete without blocking");
    m.raise_with(class, &[Value::small(11), text, Value::small(n as i64)])
}
