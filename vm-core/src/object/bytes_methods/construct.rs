//! What the constructors of `bytes` and `bytearray` make of their arguments; `hex` and `fromhex`.

use super::super::bytes::MAX_LEN;
use super::super::list::List;
use super::super::memoryview::MemoryView;
use super::super::str_methods::{optional_str_argument, str_argument};
use super::super::string::Str;
use super::super::value::Value;
use super::own;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec};
use crate::text::bytes_ops;

/// The bytes made without a source or from text with an encoding; `None` leaves the source to [`of_object`].
pub(in crate::object) fn of_text(m: &mut Machine, class: &str, source: Value, encoding: Value, errors: Value) -> R<Option<Vec<u8>>> {
    let encoding = optional_str_argument(m, class, "argument 'encoding'", encoding)?;
    let errors = optional_str_argument(m, class, "argument 'errors'", errors)?;
    let text = if source.is_null() { None } else { source.downcast::<Str>() };
    match (text, encoding.is_some(), errors.is_some()) {
        (Some(text), true, _) => Ok(Some(m.encode_str(text, encoding, errors)?)),
        (_, true, _) => Err(m.type_error("encoding without a string argument")),
        (Some(_), false, true) => Err(m.type_error("string argument without an encoding")),
        (None, false, true) => Err(m.type_error("errors without a string argument")),
        (_, false, false) => Ok(if source.is_null() { Some(Vec::new()) } else { None }),
    }
}

/// The bytes made from a count, a bytes-like object or an iterable of numbers.
pub(in crate::object) fn of_object(m: &mut Machine, class: &str, source: Value) -> R<Vec<u8>> {
    if m.is_index(source) || m.is_int_instance(source) {
        let type_error = m.exceptions.type_error;
        let count = m.index_argument_as(source);
        if let Some(count) = m.catch(count, type_error)? {
            return match usize::try_from(count) {
                Ok(n) if n <= MAX_LEN => Ok(vec![0; n]),
                Ok(_) => Err(m.memory_error()),
                Err(_) => Err(m.value_error("negative count")),
            };
        }
    }
    if let Some(bytes) = m.bytes_like(source) {
        return Ok(bytes.to_vec());
    }
    if let Some(view) = source.downcast::<MemoryView>() {
        m.live_view(source)?;
        return Ok(view.to_vec());
    }
    if let Some(provided) = m.provided_buffer(source)? {
        return of_object(m, class, provided);
    }
    if m.type_of(source) == m.types.list
        && let Some(list) = source.downcast::<List>()
    {
        // The items' methods may change the list.
        let mut out = Vec::with_capacity(list.len());
        while let Some(item) = list.get(out.len()) {
            out.push(byte_of(m, class, item)?);
        }
        return Ok(out);
    }
    let iterator = match m.iter(source) {
        Ok(iterator) => iterator,
        Err(Raised) => {
            let type_error = m.exceptions.type_error;
            m.catch::<()>(Err(Raised), type_error)?;
            let name = m.type_name(source);
            return Err(m.type_error(&format!("cannot convert '{name}' object to {class}")));
        }
    };
    of_iterator(m, class, iterator)
}

/// The bytes that an iterator of numbers gives.
pub(super) fn of_iterator(m: &mut Machine, class: &str, iterator: Value) -> R<Vec<u8>> {
    let mut out = Vec::new();
    while let Some(item) = m.next(iterator)? {
        out.push(byte_of(m, class, item)?);
    }
    Ok(out)
}

/// An item as a byte.
#[inline]
fn byte_of(m: &mut Machine, class: &str, item: Value) -> R<u8> {
    if item.is_int()
        && let Ok(b) = u8::try_from(item.as_int())
    {
        return Ok(b);
    }
    let n = m.index(item)?;
    match m.int_to_i64(n).and_then(|i| u8::try_from(i).ok()) {
        Some(b) => Ok(b),
        None => {
            let what = if class == "bytes" { "bytes" } else { "byte" };
            Err(m.value_error(&format!("{what} must be in range(0, 256)")))
        }
    }
}

impl Machine {
    /// As `index_argument`, with the error that names the type.
    fn index_argument_as(&mut self, v: Value) -> R<i64> {
        let n = self.index(v)?;
        match self.int_to_i64(n) {
            Some(i) => Ok(i),
            None => {
                let name = self.type_name(v);
                Err(self.overflow_error(&format!("cannot fit '{name}' into an index-sized integer")))
            }
        }
    }
}

pub(super) fn fromhex(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let text = match args.pos()[0].downcast::<Str>() {
        Some(text) => text,
        None => return Err(str_argument(m, "fromhex", "argument", args.pos()[0]).err().unwrap_or(Raised)),
    };
    let bytes = bytes_ops::from_hex(text.text()).map_err(|e| m.raise_text(e))?;
    if class == m.types.bytearray.value() {
        return Ok(m.new_bytearray(bytes).value());
    }
    let made = m.new_bytes(&bytes)?.value();
    if class == m.types.bytes.value() { Ok(made) } else { m.call(class, &[made]) }
}

/// Hexadecimal digits with the separator that `hex` takes.
pub(in crate::object) fn hex_text(m: &mut Machine, this: Value, args: Args<'_>, own: fn(&mut Machine, Value) -> R<Vec<u8>>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [sep, group] = args.bind(m, "hex", ["sep", "bytes_per_sep"], spec)?;
    let group = m.c_int_argument(group, 1)?;
    let separator = if sep.is_null() {
        None
    } else {
        let len = m.len(sep)?;
        if len != 1 {
            return Err(m.value_error("sep must be length 1."));
        }
        let code = match sep.downcast::<Str>() {
            Some(s) => s.text().get(0),
            None => match m.bytes_like(sep) {
                Some(bytes) => bytes.first().map(|&b| u32::from(b)),
                None => return Err(m.type_error("sep must be str or bytes.")),
            },
        };
        match code {
            Some(c @ ..0x80) => Some(c as u8),
            _ => return Err(m.value_error("sep must be ASCII.")),
        }
    };
    let bytes = own(m, this)?;
    let text = bytes_ops::hex(&bytes, separator, group);
    Ok(m.new_str_counted(text.as_bytes(), text.len())?.value())
}

pub(super) fn hex(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    if args.is_empty() {
        let bytes = own(m, this)?;
        let len = bytes.len().saturating_mul(2);
        return Ok(m.new_str_filled(len, len, |out| bytes_ops::write_hex(bytes, out))?.value());
    }
    hex_text(m, this, args, |m, this| Ok(own(m, this)?.to_vec()))
}
