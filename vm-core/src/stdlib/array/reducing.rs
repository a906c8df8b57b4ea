//! How arrays are pickled: as a list for old protocols, else as bytes with the machine's format, which another machine may have to convert.

use super::memory::{CODES, machine_format};
use super::{ARRAY, Array, methods};
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::bytes::Bytes;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{ssize, this};

/// `array.__reduce_ex__(protocol)`.
pub(super) fn reduce_ex(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let array = this::<Array>(m, v)?;
    if !m.is_int_instance(args.pos()[0]) {
        return Err(m.type_error("__reduce_ex__ argument should be an integer"));
    }
    let protocol = ssize(m, args.pos()[0])?;
    let name = m.names.dict;
    let dict = m.get_attr_opt(v, name)?.unwrap_or(Value::NONE);
    let class = m.type_of(v).value();
    let code = m.char_str(u32::from(array.code)).value();
    let format = machine_format(array.code);
    if protocol < 3 {
        let list = methods::to_list(m, v)?;
        return Ok(m.reduced(class, &[code, list], Some(dict)));
    }
    let module = m.import_name("array")?;
    let name = m.intern("_array_reconstructor");
    let maker = m.get_attr(module, name)?;
    let bytes = m.new_bytes(array.bytes())?.value();
    Ok(m.reduced(maker, &[class, code, Value::small(format), bytes], Some(dict)))
}

/// Bytes of an item in a machine format, and whether they are in the other order.
fn format_size(format: i64) -> (usize, bool) {
    let size = match format {
        0 | 1 => 1,
        2..=5 | 18 | 19 => 2,
        6..=9 | 14 | 15 | 20 | 21 => 4,
        _ => 8,
    };
    (size, format > 1 && format % 2 == 1)
}

/// `array._array_reconstructor(type, typecode, format, bytes)`.
pub(super) fn reconstruct(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_array_reconstructor", 4, 4)?;
    let Some(class) = args[0].downcast::<Type>() else {
        let got = m.type_name(args[0]);
        return Err(m.type_error(&format!("first argument must be a type object, not {got}")));
    };
    let base = m.native_type(&ARRAY);
    if !class.is_subtype_of(base) {
        let (a, b) = (class.name_str(), base.name_str());
        return Err(m.type_error(&format!("{a} is not a subtype of {b}")));
    }
    let code = args[1].downcast::<Str>().filter(|s| s.char_len() == 1);
    let Some(code) = code else {
        let got = m.type_name(args[1]);
        return Err(m.type_error(&format!("_array_reconstructor() argument 2 must be a unicode character, not {got}")));
    };
    let Some(code) = code.bytes().first().copied().filter(|c| CODES.as_bytes().contains(c)) else {
        return Err(m.value_error("second argument must be a valid type code"));
    };
    let format = ssize(m, args[2])?;
    if !(0..=21).contains(&format) {
        return Err(m.value_error("third argument must be a valid machine format code."));
    }
    let Some(bytes) = args[3].downcast::<Bytes>().map(Gc::<Bytes>::contents) else {
        let got = m.type_name(args[3]);
        return Err(m.type_error(&format!("fourth argument should be bytes, not {got}")));
    };
    let mut bytes = bytes.to_vec();
    let (size, swapped) = format_size(format);
    if !bytes.len().is_multiple_of(size) {
        let same = format == machine_format(code);
        return Err(m.value_error(if same {
            "bytes length not a multiple of item size"
        } else {
            "string length not a multiple of item size"
        }));
    }
    if swapped {
        bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    }
    if format == machine_format(code) {
        return Ok(m.new_array(class, code, bytes).value());
    }
    // Integers become items of the code that has their size; others are converted one by one.
    let source = match format {
        0 => b'B',
        1 => b'b',
        2 | 3 => b'H',
        4 | 5 => b'h',
        6 | 7 => b'I',
        8 | 9 => b'i',
        10 | 11 => b'Q',
        12 | 13 => b'q',
        14 | 15 => b'f',
        16 | 17 => b'd',
        18 | 19 => return utf16(m, class, code, &bytes),
        _ => b'w',
    };
    let code = if format < 14 { source } else { code };
    let made = m.new_array(class, code, Vec::new());
    for item in bytes.chunks_exact(size) {
        let v = super::memory::unpack(m, source, item)?;
        made.push(m, v)?;
    }
    Ok(made.value())
}

/// An array of the characters that little-endian UTF-16 spells.
fn utf16(m: &mut Machine, class: Gc<Type>, code: u8, bytes: &[u8]) -> R<Value> {
    let made = m.new_array(class, code, Vec::new());
    let units = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
    for c in char::decode_utf16(units) {
        let c = match c {
            Ok(c) => u32::from(c),
            Err(_) => return Err(m.value_error("illegal UTF-16 surrogate")),
        };
        let c = m.char_str(c).value();
        made.push(m, c)?;
    }
    Ok(made.value())
}
