//! Where `load` gets its bytes from: an object in memory, or a file, of which no more is consumed than the pickle takes.

use super::unpickling_error;
use crate::machine::{Machine, R, Raised};
use crate::object::bytes::Bytes;
use crate::object::value::Value;

/// Files that can show what comes next are asked for so much at once.
const PREFETCH: usize = 16 * 1024;

/// A file's methods, or `NULL`.
#[derive(Clone, Copy)]
pub(super) struct FileMethods {
    pub(super) read: Value,
    pub(super) readline: Value,
    pub(super) peek: Value,
}

/// See the module. It lives on the native stack, which keeps `data` alive.
pub(super) struct Input {
    /// The `bytes` that `bytes` are of.
    data: Value,
    bytes: &'static [u8],
    at: usize,
    /// Up to here the file's position has moved.
    consumed: usize,
    file: Option<FileMethods>,
}

impl Input {
    /// Input from a bytes-like object.
    pub(super) fn of_bytes(m: &mut Machine, data: Value) -> R<Input> {
        let mut input = Input { data: Value::NULL, bytes: &[], at: 0, consumed: 0, file: None };
        input.set(m, data)?;
        input.consumed = input.bytes.len();
        Ok(input)
    }

    /// Input from a file.
    pub(super) fn of_file(file: FileMethods) -> Input {
        Input { data: Value::NULL, bytes: &[], at: 0, consumed: 0, file: Some(file) }
    }

    fn set(&mut self, m: &mut Machine, data: Value) -> R<()> {
        let contents = m.bytes_like_argument(data)?;
        // Other objects' bytes may change.
        let bytes = match data.downcast::<Bytes>() {
            Some(bytes) => bytes,
            None => m.new_bytes(contents)?,
        };
        self.data = bytes.value();
        self.bytes = bytes.contents();
        self.at = 0;
        self.consumed = self.bytes.len();
        Ok(())
    }

    /// Moves the file's position over what was used of the bytes it showed.
    pub(super) fn skip_consumed(&mut self, m: &mut Machine) -> R<()> {
        if let Some(file) = self.file
            && self.at > self.consumed
        {
            m.call(file.read, &[Value::small((self.at - self.consumed) as i64)])?;
            self.consumed = self.at;
        }
        Ok(())
    }

    #[cold]
    fn truncated(m: &mut Machine) -> Raised {
        unpickling_error(m, "pickle data was truncated")
    }

    /// The next byte; `None` at the end.
    #[inline]
    pub(super) fn opcode(&mut self, m: &mut Machine) -> R<u8> {
        if let Some(&b) = self.bytes.get(self.at) {
            self.at += 1;
            return Ok(b);
        }
        let class = super::errors(m)?[2];
        match self.take(m, 1) {
            Ok(bytes) => Ok(bytes[0]),
            Err(Raised) if m.pending_is(class) => {
                m.take_raised();
                let class = m.exceptions.eof_error;
                Err(m.raise_message(class, "Ran out of input"))
            }
            Err(raised) => Err(raised),
        }
    }

    /// The next `n` bytes, good until more is taken.
    #[inline]
    pub(super) fn take(&mut self, m: &mut Machine, n: usize) -> R<&'static [u8]> {
        if n <= self.bytes.len() - self.at {
            self.at += n;
            return Ok(&self.bytes[self.at - n..self.at]);
        }
        self.take_from_file(m, n)
    }

    #[cold]
    fn take_from_file(&mut self, m: &mut Machine, n: usize) -> R<&'static [u8]> {
        let Some(file) = self.file else { return Err(Self::truncated(m)) };
        // What is left of the bytes at hand belongs to this; files that show bytes do so from their position on.
        let left: &[u8] = if self.consumed == self.bytes.len() { &self.bytes[self.at..] } else { &[] };
        let left = left.to_vec();
        self.skip_consumed(m)?;
        if !file.peek.is_null() && left.is_empty() && n < PREFETCH {
            let shown = m.call(file.peek, &[Value::small(PREFETCH as i64)]);
            let class = m.exceptions.not_implemented_error;
            match m.catch(shown, class)? {
                None => self.file = Some(FileMethods { peek: Value::NULL, ..file }),
                Some(shown) => {
                    self.set(m, shown)?;
                    self.consumed = 0;
                    if n <= self.bytes.len() {
                        self.at = n;
                        return Ok(&self.bytes[..n]);
                    }
                    self.at = 0;
                }
            }
        }
        let data = m.call(file.read, &[Value::small((n - left.len()) as i64)])?;
        self.set(m, data)?;
        if !left.is_empty() {
            let whole = [&left[..], self.bytes].concat();
            let whole = m.new_bytes(&whole)?.value();
            self.set(m, whole)?;
        }
        if self.bytes.len() < n {
            self.at = self.bytes.len();
            return Err(Self::truncated(m));
        }
        self.at = n;
        Ok(&self.bytes[..n])
    }

    /// Makes sure that `n` bytes follow.
    pub(super) fn expect(&mut self, m: &mut Machine, n: usize) -> R<()> {
        self.take(m, n)?;
        self.at -= n;
        Ok(())
    }

    /// The next line, without its end.
    pub(super) fn line(&mut self, m: &mut Machine) -> R<&'static [u8]> {
        let rest = &self.bytes[self.at..];
        if let Some(len) = memchr::memchr(b'\n', rest) {
            self.at += len + 1;
            return Ok(&rest[..len]);
        }
        let Some(file) = self.file else { return Err(Self::truncated(m)) };
        self.skip_consumed(m)?;
        let data = m.call(file.readline, &[])?;
        self.set(m, data)?;
        self.at = self.bytes.len();
        match self.bytes.split_last() {
            Some((b'\n', line)) => Ok(line),
            _ => Err(Self::truncated(m)),
        }
    }

    /// A line that must not be empty.
    pub(super) fn full_line(&mut self, m: &mut Machine) -> R<&'static [u8]> {
        let line = self.line(m)?;
        if line.is_empty() { Err(Self::truncated(m)) } else { Ok(line) }
    }

    /// A number of `n` bytes, without sign.
    #[inline]
    pub(super) fn number(&mut self, m: &mut Machine, n: usize) -> R<u64> {
        let bytes = self.take(m, n)?;
        Ok(bytes.iter().rev().fold(0, |number, &b| number << 8 | u64::from(b)))
    }

    /// `data` is what keeps the bytes alive.
    pub(super) fn keep(&self) -> Value {
        self.data
    }
}
