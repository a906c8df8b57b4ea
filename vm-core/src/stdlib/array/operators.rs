//! What operators mean for arrays: subscripts, comparison, concatenation, repetition, `repr`.

use super::{ARRAY, Array, memory, methods};
use crate::machine::{Machine, R, Raised};
use crate::object::header::Gc;
use crate::object::slots::Compare;
use crate::object::value::Value;
use crate::stdlib::native_struct::{short_name, this};

pub(super) fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let (name, code) = (short_name(m, v), char::from(array.code));
    if array.len() == 0 {
        return Ok(m.str_value(&format!("{name}('{code}')")));
    }
    let items = if memory::is_text(array.code) { methods::text(m, v)? } else { methods::to_list(m, v)? };
    let shown = m.repr(items)?;
    let text = [name.as_bytes(), format!("('{code}', ").as_bytes(), shown.bytes(), b")"].concat();
    Ok(m.new_str_wtf8(&text)?.value())
}

pub(super) fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<Array>(), b.downcast::<Array>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if matches!(op, Compare::Eq | Compare::Ne) {
        if x.len() != y.len() {
            return Ok(Value::from_bool(op == Compare::Ne));
        }
        // Bytes decide about integers of the same kind.
        if x.code == y.code && !matches!(x.code, b'f' | b'd') {
            return Ok(Value::from_bool((x.bytes() == y.bytes()) == (op == Compare::Eq)));
        }
    }
    let mut i = 0;
    while let (Some(p), Some(q)) = (x.get(m, i)?, y.get(m, i)?) {
        if !m.equal(p, q)? {
            return match op {
                Compare::Eq => Ok(Value::FALSE),
                Compare::Ne => Ok(Value::TRUE),
                _ => m.compare(p, q, op),
            };
        }
        i += 1;
    }
    Ok(Value::from_bool(op.holds(x.len().cmp(&y.len()))))
}

/// An index of an existing item.
fn place(m: &mut Machine, array: Gc<Array>, key: Value, message: &str) -> R<usize> {
    let i = m.index_i64(key)?;
    let len = array.len();
    let i = if i < 0 { i + len as i64 } else { i };
    match usize::try_from(i) {
        Ok(i) if i < len => Ok(i),
        _ => Err(m.index_error(message)),
    }
}

pub(super) fn get_item(m: &mut Machine, v: Value, key: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    if m.is_index(key) {
        let i = place(m, array, key, "array index out of range")?;
        return Ok(array.get(m, i)?.unwrap_or(Value::NONE));
    }
    let Some(range) = m.slice_range(key, array.len())? else {
        return Err(m.type_error("array indices must be integers"));
    };
    let size = array.item_size();
    let bytes = array.bytes();
    let mut out = Vec::with_capacity(range.count * size);
    for i in range.indices() {
        out.extend_from_slice(&bytes[i * size..(i + 1) * size]);
    }
    let class = m.native_type(&ARRAY);
    Ok(m.new_array(class, array.code, out).value())
}

fn bad_argument(m: &mut Machine) -> Raised {
    m.type_error("bad argument type for built-in operation")
}

pub(super) fn set_item(m: &mut Machine, v: Value, key: Value, value: Value) -> R<()> {
    let array = this::<Array>(m, v)?;
    let size = array.item_size();
    if m.is_index(key) {
        let i = place(m, array, key, "array assignment index out of range")?;
        if value.is_null() {
            array.data.resizable(m)?.drain(i * size..(i + 1) * size);
            return Ok(());
        }
        return if array.set(m, i, value)? { Ok(()) } else { Err(m.index_error("array assignment index out of range")) };
    }
    let Some(range) = m.slice_range(key, array.len())? else {
        return Err(m.type_error("array indices must be integers"));
    };
    let new = if value.is_null() {
        Vec::new()
    } else {
        match value.downcast::<Array>() {
            None => {
                let got = m.type_name(value);
                return Err(m.type_error(&format!("can only assign array (not \"{got}\") to array slice")));
            }
            Some(other) if other.code != array.code => return Err(bad_argument(m)),
            Some(other) => other.bytes().to_vec(),
        }
    };
    if range.step == 1 {
        let (start, end) = (range.start * size, (range.start + range.count) * size);
        if new.len() == end - start {
            array.data.contents_mut()[start..end].copy_from_slice(&new);
        } else {
            array.data.resizable(m)?.splice(start..end, new);
        }
        return Ok(());
    }
    if value.is_null() {
        let mut gone: Vec<usize> = range.indices().collect();
        gone.sort_unstable();
        let bytes = array.data.resizable(m)?;
        for i in gone.into_iter().rev() {
            bytes.drain(i * size..(i + 1) * size);
        }
        return Ok(());
    }
    if new.len() != range.count * size {
        let (given, wanted) = (new.len() / size, range.count);
        return Err(m.value_error(&format!("attempt to assign array of size {given} to extended slice of size {wanted}")));
    }
    let bytes = array.data.contents_mut();
    for (i, item) in range.indices().zip(new.chunks_exact(size)) {
        bytes[i * size..(i + 1) * size].copy_from_slice(item);
    }
    Ok(())
}

pub(super) fn concat(m: &mut Machine, v: Value, other: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let Some(second) = other.downcast::<Array>() else {
        let got = m.type_name(other);
        return Err(m.type_error(&format!("can only append array (not \"{got}\") to array")));
    };
    if array.code != second.code {
        return Err(bad_argument(m));
    }
    let bytes = [array.bytes(), second.bytes()].concat();
    let class = m.native_type(&ARRAY);
    Ok(m.new_array(class, array.code, bytes).value())
}

/// An array's bytes repeated as often as a count says.
fn repeated(m: &mut Machine, array: Gc<Array>, count: Value) -> R<Vec<u8>> {
    let n = usize::try_from(m.index_i64(count)?).unwrap_or(0);
    let bytes = array.bytes();
    match bytes.len().checked_mul(n) {
        Some(total) if total < 1 << 32 => Ok(bytes.repeat(n)),
        _ => Err(m.memory_error()),
    }
}

pub(super) fn repeat(m: &mut Machine, v: Value, count: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let bytes = repeated(m, array, count)?;
    let class = m.native_type(&ARRAY);
    Ok(m.new_array(class, array.code, bytes).value())
}

pub(super) fn repeat_in_place(m: &mut Machine, v: Value, count: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let bytes = repeated(m, array, count)?;
    if bytes.len() != array.bytes().len() {
        *array.data.resizable(m)? = bytes;
    }
    Ok(v)
}

pub(super) fn extend_in_place(m: &mut Machine, v: Value, other: Value) -> R<Value> {
    if other.downcast::<Array>().is_none() {
        let got = m.type_name(other);
        return Err(m.type_error(&format!("can only extend array with array (not \"{got}\")")));
    }
    methods::extend_with(m, v, other)?;
    Ok(v)
}
