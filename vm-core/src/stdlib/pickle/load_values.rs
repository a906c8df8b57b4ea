//! The opcodes that make numbers, text and bytes.

use super::load::Loader;
use super::unpickling_error;
use crate::machine::{Machine, R};
use crate::object::bytearray_type::ByteArray;
use crate::object::bytes::MAX_LEN;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::codec::Errors;
use crate::text::encoding::Encoding;
use crate::text::wtf8::StrBuf;
use num_bigint::BigInt;

impl Loader {
    /// An integer in a line, with Python's prefixes; `None` if it is none.
    fn parsed(m: &mut Machine, line: &[u8], base: i64) -> R<Value> {
        let text = m.new_str_wtf8(&line.to_ascii_lowercase())?.value();
        let class = m.types.int.value();
        m.call(class, &[text, Value::small(base)])
    }

    pub(super) fn int_line(&mut self, m: &mut Machine) -> R<()> {
        let line = self.input.full_line(m)?;
        let v = match line {
            b"00" => Value::FALSE,
            b"01" => Value::TRUE,
            _ => {
                // C's numbers: a leading zero makes them octal.
                let digits = line.strip_prefix(b"-").unwrap_or(line);
                let octal = digits.len() > 1 && digits[0] == b'0' && digits.iter().all(|b| (b'0'..=b'7').contains(b));
                let parsed = Self::parsed(m, line, if octal { 8 } else { 0 });
                let class = m.exceptions.value_error;
                match m.catch(parsed, class)? {
                    Some(v) => v,
                    None => return Err(m.value_error("could not convert string to int")),
                }
            }
        };
        self.push(m, v);
        Ok(())
    }

    pub(super) fn long_line(&mut self, m: &mut Machine) -> R<()> {
        let line = self.input.full_line(m)?;
        let v = Self::parsed(m, line.strip_suffix(b"L").unwrap_or(line), 0)?;
        self.push(m, v);
        Ok(())
    }

    /// The number of a memo opcode of protocol 0.
    pub(super) fn number_line(&mut self, m: &mut Machine) -> R<i64> {
        let line = self.input.full_line(m)?;
        let parsed = Self::parsed(m, line, 10);
        let class = m.exceptions.value_error;
        match m.catch(parsed, class)? {
            Some(v) => m.index_i64(v),
            None => {
                let line = String::from_utf8_lossy(line);
                Err(m.value_error(&format!("invalid literal for int() with base 10: '{line}\\n'")))
            }
        }
    }

    pub(super) fn counted_long(&mut self, m: &mut Machine, n: usize) -> R<()> {
        let size = self.input.number(m, n)?;
        if n == 4 && size > i32::MAX as u64 {
            return Err(unpickling_error(m, "LONG pickle has negative byte count"));
        }
        let bytes = self.input.take(m, size as usize)?;
        let v = if bytes.len() <= 8 {
            let sign = if bytes.last().is_some_and(|b| b & 0x80 != 0) { 0xff } else { 0 };
            let mut word = [sign; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            m.new_int(i64::from_le_bytes(word))
        } else {
            m.int_from_bigint(BigInt::from_signed_bytes_le(bytes))
        };
        self.push(m, v);
        Ok(())
    }

    pub(super) fn float_line(&mut self, m: &mut Machine) -> R<()> {
        let line = self.input.full_line(m)?;
        let text = m.new_str_wtf8(&line.iter().map(|b| b & 0x7f).collect::<Vec<_>>())?.value();
        let class = m.types.float.value();
        let parsed = m.call(class, &[text]);
        let error = m.exceptions.value_error;
        match m.catch(parsed, error)? {
            Some(v) => self.push(m, v),
            None => return Err(m.value_error(&format!("could not convert string to float: '{}\n'", String::from_utf8_lossy(line)))),
        }
        Ok(())
    }

    pub(super) fn text(&mut self, m: &mut Machine, n: usize) -> R<()> {
        let size = self.input.number(m, n)?;
        if size > i64::MAX as u64 {
            return Err(m.overflow_error(&format!("BINUNICODE exceeds system's maximum size of {} bytes", i64::MAX)));
        }
        let bytes = self.input.take(m, size as usize)?;
        let s = if bytes.is_ascii() {
            m.new_str_counted(bytes, bytes.len())?
        } else if std::str::from_utf8(bytes).is_ok() {
            m.new_str_wtf8(bytes)?
        } else {
            let errors = m.intern("surrogatepass");
            m.decode_own(bytes, Encoding::Utf8, Some(errors), true)?.0
        };
        self.push(m, s.value());
        Ok(())
    }

    pub(super) fn text_line(&mut self, m: &mut Machine) -> R<()> {
        let line = self.input.line(m)?;
        let s = m.decode_own(line, Encoding::RawUnicodeEscape, None, true)?.0;
        self.push(m, s.value());
        Ok(())
    }

    /// Text of Python 2, which was bytes.
    fn old_text(&mut self, m: &mut Machine, bytes: &[u8]) -> R<()> {
        let object = m.new_bytes(bytes)?.value();
        let encoding = self.u.encoding.get().non_null().and_then(Value::downcast::<Str>);
        let v = if encoding.is_some_and(|e| e.bytes() == b"bytes") {
            object
        } else {
            let errors = self.u.errors.get().non_null().and_then(Value::downcast::<Str>);
            let encoding = encoding.unwrap_or_else(|| m.intern("ASCII"));
            m.decode_bytes(object, Some(encoding), errors)?.value()
        };
        self.push(m, v);
        Ok(())
    }

    pub(super) fn string_line(&mut self, m: &mut Machine) -> R<()> {
        let inner = match self.input.line(m)? {
            [b'\'', inner @ .., b'\''] | [b'"', inner @ .., b'"'] => inner,
            _ => return Err(unpickling_error(m, "the STRING opcode argument must be quoted")),
        };
        let (object, module, name) = (m.new_bytes(inner)?.value(), m.import_name("_codecs")?, m.intern("escape_decode"));
        let f = m.get_attr(module, name)?;
        let pair = m.call(f, &[object])?;
        let bytes = m.get_item(pair, Value::small(0))?;
        let bytes = m.bytes_like_argument(bytes)?.to_vec();
        self.old_text(m, &bytes)
    }

    pub(super) fn counted_string(&mut self, m: &mut Machine, n: usize) -> R<()> {
        let size = self.input.number(m, n)?;
        let bytes = self.input.take(m, size as usize)?;
        self.old_text(m, bytes)
    }

    /// How many bytes follow.
    fn byte_count(&mut self, m: &mut Machine, n: usize, op: &str) -> R<usize> {
        let size = self.input.number(m, n)?;
        if size > i64::MAX as u64 {
            return Err(m.overflow_error(&format!("{op} exceeds system's maximum size of {} bytes", i64::MAX)));
        }
        if size > MAX_LEN as u64 {
            return Err(m.memory_error());
        }
        Ok(size as usize)
    }

    pub(super) fn bytes(&mut self, m: &mut Machine, n: usize) -> R<()> {
        let size = self.byte_count(m, n, "BINBYTES")?;
        let bytes = self.input.take(m, size)?;
        let v = m.new_bytes(bytes)?.value();
        self.push(m, v);
        Ok(())
    }

    pub(super) fn bytearray(&mut self, m: &mut Machine) -> R<()> {
        let size = self.byte_count(m, 8, "BYTEARRAY8")?;
        let bytes = self.input.take(m, size)?;
        let v = m.new_bytearray(bytes.to_vec()).value();
        self.push(m, v);
        Ok(())
    }

    /// The next object that is not in the pickle.
    pub(super) fn next_buffer(&mut self, m: &mut Machine) -> R<()> {
        let Some(buffers) = self.u.buffers.get().non_null() else {
            return Err(unpickling_error(m, "pickle stream refers to out-of-band data but no *buffers* argument was given"));
        };
        match m.next(buffers)? {
            Some(v) => self.push(m, v),
            None => return Err(unpickling_error(m, "not enough out-of-band buffers")),
        }
        Ok(())
    }

    pub(super) fn readonly_buffer(&mut self, m: &mut Machine) -> R<()> {
        let v = self.top(m)?;
        let class = m.types.memoryview.value();
        let view = m.call(class, &[v])?;
        let (readonly, to_readonly) = (m.intern("readonly"), m.intern("toreadonly"));
        if v.downcast::<ByteArray>().is_some() || m.get_attr(view, readonly)? == Value::FALSE {
            let view = m.call_method(view, to_readonly, &[])?;
            self.set_top(view);
        }
        Ok(())
    }

    /// A frame's length: its bytes are there, or the pickle is cut off.
    pub(super) fn frame(&mut self, m: &mut Machine) -> R<()> {
        let size = self.input.number(m, 8)?;
        if size > i64::MAX as u64 {
            return Err(m.overflow_error(&format!("FRAME length exceeds system's maximum of {} bytes", i64::MAX)));
        }
        self.input.expect(m, size as usize)
    }

    /// Text in ASCII.
    pub(super) fn ascii(m: &mut Machine, bytes: &[u8]) -> R<Value> {
        let mut out = StrBuf::with_capacity(bytes.len());
        match Encoding::Ascii.decode_into(bytes, 0, Errors::Strict, &mut out) {
            Ok(()) => Ok(m.str_from_text(&out)?.value()),
            Err(e) => {
                let exception = m.decode_exception(&e, bytes)?;
                Err(m.raise(exception))
            }
        }
    }
}
