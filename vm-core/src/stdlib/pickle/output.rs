//! The bytes of a pickle being made, in frames from protocol 4 on, and their way to a file.

use super::ops;
use crate::machine::{Machine, R};
use crate::object::value::Value;

/// Opcode and length of a frame.
const HEADER: usize = 9;
/// A smaller frame is left out.
const FRAME_MIN: usize = 4;
/// A frame ends at the first opcode from here on; longer texts and bytes stand outside of frames.
const FRAME_TARGET: usize = 64 * 1024;

/// See the module. It lives on the native stack.
pub(super) struct Output {
    bytes: Vec<u8>,
    /// Where the header of the open frame lies.
    frame: Option<usize>,
    pub(super) framing: bool,
    /// The file's method; `NULL` if everything is kept.
    write: Value,
}

impl Output {
    pub(super) fn new(write: Value) -> Output {
        Output { bytes: Vec::with_capacity(256), frame: None, framing: false, write }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    #[inline]
    fn open_frame(&mut self) {
        if self.framing && self.frame.is_none() {
            self.frame = Some(self.bytes.len());
            self.bytes.extend_from_slice(&[0xfe; HEADER]);
        }
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        self.open_frame();
        self.bytes.push(byte);
    }

    #[inline]
    pub(super) fn write(&mut self, bytes: &[u8]) {
        self.open_frame();
        self.bytes.extend_from_slice(bytes);
    }

    /// An opcode and its argument of one or of four bytes.
    pub(super) fn short_or_long(&mut self, short: u8, long: u8, n: usize) {
        match u8::try_from(n) {
            Ok(n) => self.write(&[short, n]),
            Err(_) => {
                self.byte(long);
                self.write(&(n as u32).to_le_bytes());
            }
        }
    }

    /// Ends the open frame.
    pub(super) fn commit_frame(&mut self) {
        let Some(at) = self.frame.take().filter(|_| self.framing) else { return };
        let len = self.bytes.len() - at - HEADER;
        if len >= FRAME_MIN {
            self.bytes[at] = ops::FRAME;
            self.bytes[at + 1..at + HEADER].copy_from_slice(&(len as u64).to_le_bytes());
        } else {
            self.bytes.drain(at..at + HEADER);
        }
    }

    /// Between two opcodes: ends a frame that is long enough.
    #[inline]
    pub(super) fn boundary(&mut self, m: &mut Machine) -> R<()> {
        match self.frame {
            Some(at) if self.bytes.len() - at - HEADER >= FRAME_TARGET => {
                self.commit_frame();
                if self.write.is_null() { Ok(()) } else { self.flush(m) }
            }
            _ => Ok(()),
        }
    }

    /// Hands everything to the file.
    pub(super) fn flush(&mut self, m: &mut Machine) -> R<()> {
        let bytes = m.new_bytes(&self.bytes)?.value();
        self.bytes.clear();
        m.call(self.write, &[bytes])?;
        Ok(())
    }

    /// Writes an opcode with its length, and its bytes; many go to the file directly, as `payload` if there is such an object.
    pub(super) fn write_data(&mut self, m: &mut Machine, header: &[u8], data: &[u8], payload: Value) -> R<()> {
        let long = data.len() >= FRAME_TARGET;
        let framing = self.framing;
        if long {
            self.commit_frame();
            self.framing = false;
        }
        self.write(header);
        if long && !self.write.is_null() {
            let payload = if payload.is_null() { m.new_bytes(data)?.value() } else { payload };
            self.flush(m)?;
            m.call(self.write, &[payload])?;
        } else {
            self.write(data);
        }
        self.framing = framing;
        Ok(())
    }
}
