//! The methods that change a `bytearray`.

use super::super::bytearray_type::{ByteArray, this_array};
use super::super::string::Str;
use super::super::value::Value;
use super::construct::of_iterator;
use crate::machine::{Machine, R, Raised};
use crate::native::Args;

/// An argument that is one byte.
pub(in crate::object) fn byte_argument(m: &mut Machine, v: Value) -> R<u8> {
    let n = m.index(v)?;
    match m.int_to_i64(n).and_then(|i| u8::try_from(i).ok()) {
        Some(b) => Ok(b),
        None => Err(m.value_error("byte must be in range(0, 256)")),
    }
}

pub(super) fn append(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let b = byte_argument(m, args.pos()[0])?;
    this_array(m, this)?.resizable(m)?.push(b);
    Ok(Value::NONE)
}

pub(super) fn clear(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    this_array(m, this)?.resizable(m)?.clear();
    Ok(Value::NONE)
}

pub(super) fn reverse(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    this_array(m, this)?.contents_mut().reverse();
    Ok(Value::NONE)
}

pub(super) fn insert(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "insert", 2, 2)?;
    let i = m.index_argument(args[0])?;
    let b = byte_argument(m, args[1])?;
    let bytes = this_array(m, this)?.resizable(m)?;
    let len = bytes.len() as i64;
    let at = if i < 0 { (i + len).max(0) } else { i.min(len) };
    bytes.insert(at as usize, b);
    Ok(Value::NONE)
}

pub(super) fn pop(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "pop", 0, 1)?;
    let i = match args.first() {
        Some(&i) => m.index_argument(i)?,
        None => -1,
    };
    let array = this_array(m, this)?;
    let len = array.contents().len() as i64;
    if len == 0 {
        return Err(m.index_error("pop from empty bytearray"));
    }
    let at = if i < 0 { i + len } else { i };
    if !(0..len).contains(&at) {
        return Err(m.index_error("pop index out of range"));
    }
    let b = array.resizable(m)?.remove(at as usize);
    Ok(Value::small(i64::from(b)))
}

pub(super) fn remove(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let b = byte_argument(m, args.pos()[0])?;
    let array = this_array(m, this)?;
    match memchr::memchr(b, array.contents()) {
        Some(at) => {
            array.resizable(m)?.remove(at);
            Ok(Value::NONE)
        }
        None => Err(m.value_error("value not found in bytearray")),
    }
}

pub(super) fn extend(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let source = args.pos()[0];
    if let Some(bytes) = m.bytes_like(source) {
        let bytes = bytes.to_vec();
        this_array(m, this)?.resizable(m)?.extend_from_slice(&bytes);
        return Ok(Value::NONE);
    }
    let type_error = m.exceptions.type_error;
    let iterator = match m.iter(source) {
        Ok(iterator) => iterator,
        Err(Raised) => {
            m.catch::<()>(Err(Raised), type_error)?;
            let name = m.type_name(source);
            return Err(m.type_error(&format!("can't extend bytearray with {name}")));
        }
    };
    let bytes = of_iterator(m, "bytearray", iterator).map_err(|Raised| {
        if m.pending_is(type_error) && source.downcast::<Str>().is_some() {
            m.take_raised();
            return m.type_error("expected iterable of integers; got: 'str'");
        }
        Raised
    })?;
    this_array(m, this)?.resizable(m)?.extend_from_slice(&bytes);
    Ok(Value::NONE)
}

/// `(class, (text, 'latin-1'), state)`, or with the bytes themselves for newer protocols.
pub(super) fn reduce(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let protocol = match args.pos().first() {
        Some(&v) => m.index_argument(v)?,
        None => 0,
    };
    let array: super::super::header::Gc<ByteArray> = this_array(m, this)?;
    let contents = if protocol >= 3 {
        let bytes = m.new_bytes(array.contents())?.value();
        m.new_tuple(&[bytes])
    } else {
        let text: crate::text::wtf8::StrBuf = array.contents().iter().map(|&b| u32::from(b)).collect();
        let text = m.str_from_text(&text)?.value();
        let encoding = m.str_value("latin-1");
        m.new_tuple(&[text, encoding])
    }
    .value();
    let name = m.names.getstate;
    let state = m.call_method(this, name, &[])?;
    let class = m.type_of(this).value();
    Ok(m.new_tuple(&[class, contents, state]).value())
}
