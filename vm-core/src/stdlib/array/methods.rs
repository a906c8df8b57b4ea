//! The methods of `array.array`.

use super::memory::{is_text, unpack};
use super::{ARRAY, Array, points, reducing};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::stdlib::native_struct::{ssize, this};

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::new("append", Convention::O, |m, v, args| {
        this::<Array>(m, v)?.push(m, args.pos()[0])?;
        Ok(Value::NONE)
    }),
    MethodDef::new("buffer_info", Convention::NoArgs, |m, v, _| {
        let array = this::<Array>(m, v)?;
        let address = m.int_from_usize(array.bytes().as_ptr() as usize);
        Ok(m.new_tuple(&[address, Value::small(array.len() as i64)]).value())
    }),
    MethodDef::new("byteswap", Convention::NoArgs, |m, v, _| {
        let array = this::<Array>(m, v)?;
        for item in array.data.contents_mut().chunks_exact_mut(array.item_size()) {
            item.reverse();
        }
        Ok(Value::NONE)
    }),
    MethodDef::new("clear", Convention::NoArgs, |m, v, _| {
        this::<Array>(m, v)?.data.resizable(m)?.clear();
        Ok(Value::NONE)
    }),
    MethodDef::new("__copy__", Convention::NoArgs, |m, v, _| copy(m, v)),
    MethodDef::new("count", Convention::O, |m, v, args| {
        let array = this::<Array>(m, v)?;
        let (mut i, mut n) = (0, 0);
        while let Some(item) = array.get(m, i)? {
            n += i64::from(m.equal(item, args.pos()[0])?);
            i += 1;
        }
        Ok(Value::small(n))
    }),
    MethodDef::new("__deepcopy__", Convention::O, |m, v, _| copy(m, v)),
    MethodDef::new("extend", Convention::class(1, 1), |m, v, args| {
        extend_with(m, v, args.pos()[0])?;
        Ok(Value::NONE)
    }),
    MethodDef::new("fromfile", Convention::class(2, 2), from_file),
    MethodDef::new("fromlist", Convention::O, from_list),
    MethodDef::new("frombytes", Convention::O, |m, v, args| {
        let array = this::<Array>(m, v)?;
        let bytes = m.bytes_like_argument(args.pos()[0])?.to_vec();
        add_bytes(m, array, &bytes)?;
        Ok(Value::NONE)
    }),
    MethodDef::new("fromunicode", Convention::O, |m, v, args| {
        let array = this::<Array>(m, v)?;
        let Some(text) = args.pos()[0].downcast::<Str>() else {
            let got = m.type_name(args.pos()[0]);
            return Err(m.type_error(&format!("fromunicode() argument must be str, not {got}")));
        };
        if !is_text(array.code) {
            return Err(m.value_error("fromunicode() may only be called on unicode type arrays ('u' or 'w')"));
        }
        add_text(m, array, text)?;
        Ok(Value::NONE)
    }),
    MethodDef::new("index", Convention::Fast, |m, v, args| {
        let args = args.between(m, "index", 1, 3)?;
        let mut bounds = [0, i64::MAX];
        for (bound, &arg) in bounds.iter_mut().zip(&args[1..]) {
            *bound = m.search_bound(arg)?;
        }
        let len = this::<Array>(m, v)?.len() as i64;
        let [start, stop] = bounds.map(|i| if i < 0 { (i + len).max(0) } else { i });
        match find(m, v, args[0], start as usize, stop)? {
            Some(i) => Ok(Value::small(i as i64)),
            None => Err(m.value_error("array.index(x): x not in array")),
        }
    }),
    MethodDef::new("insert", Convention::Fast, insert),
    MethodDef::new("pop", Convention::Fast, pop),
    MethodDef::new("__reduce_ex__", Convention::class(1, 1), reducing::reduce_ex),
    MethodDef::new("remove", Convention::O, |m, v, args| {
        let array = this::<Array>(m, v)?;
        let Some(i) = find(m, v, args.pos()[0], 0, i64::MAX)? else {
            return Err(m.value_error("array.remove(x): x not in array"));
        };
        let size = array.item_size();
        let bytes = array.data.resizable(m)?;
        if (i + 1) * size <= bytes.len() {
            bytes.drain(i * size..(i + 1) * size);
        }
        Ok(Value::NONE)
    }),
    MethodDef::new("reverse", Convention::NoArgs, |m, v, _| {
        let array = this::<Array>(m, v)?;
        let bytes = array.data.contents_mut();
        bytes.reverse();
        for item in bytes.chunks_exact_mut(array.item_size()) {
            item.reverse();
        }
        Ok(Value::NONE)
    }),
    MethodDef::new("tofile", Convention::class(1, 1), |m, v, args| {
        let array = this::<Array>(m, v)?;
        let write = m.names.write;
        let bytes = m.new_bytes(array.bytes())?.value();
        m.call_method(args.pos()[0], write, &[bytes])?;
        Ok(Value::NONE)
    }),
    MethodDef::new("tolist", Convention::NoArgs, |m, v, _| to_list(m, v)),
    MethodDef::new("tobytes", Convention::NoArgs, |m, v, _| {
        let bytes = this::<Array>(m, v)?.bytes().to_vec();
        Ok(m.new_bytes(&bytes)?.value())
    }),
    MethodDef::new("tounicode", Convention::NoArgs, |m, v, _| {
        if !is_text(this::<Array>(m, v)?.code) {
            return Err(m.value_error("tounicode() may only be called on unicode type arrays ('u' or 'w')"));
        }
        text(m, v)
    }),
    MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| {
        let n = this::<Array>(m, v)?.bytes().len();
        Ok(Value::small(64 + n as i64))
    }),
    MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem),
];

fn copy(m: &mut Machine, v: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let bytes = array.bytes().to_vec();
    let class = m.native_type(&ARRAY);
    Ok(m.new_array(class, array.code, bytes).value())
}

/// All items as a list.
pub(super) fn to_list(m: &mut Machine, v: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let list = m.new_list(&[]);
    list.reserve(m, array.len());
    for item in array.bytes().chunks_exact(array.item_size()) {
        let item = unpack(m, array.code, item)?;
        list.push(m, item);
    }
    Ok(list.value())
}

/// The characters as a string.
pub(super) fn text(m: &mut Machine, v: Value) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let mut out = Vec::new();
    for item in array.bytes().chunks_exact(4) {
        let c = unpack(m, array.code, item)?;
        if let Some(c) = c.downcast::<Str>() {
            out.extend_from_slice(c.bytes());
        }
    }
    Ok(m.new_str_wtf8(&out)?.value())
}

/// Appends the characters of a string.
pub(super) fn add_text(m: &mut Machine, array: Gc<Array>, text: Gc<Str>) -> R<()> {
    let bytes: Vec<u8> = points(text).flat_map(u32::to_le_bytes).collect();
    array.data.resizable(m)?.extend_from_slice(&bytes);
    Ok(())
}

/// Appends items given as bytes.
pub(super) fn add_bytes(m: &mut Machine, array: Gc<Array>, bytes: &[u8]) -> R<()> {
    if !bytes.len().is_multiple_of(array.item_size()) {
        return Err(m.value_error("bytes length not a multiple of item size"));
    }
    array.data.resizable(m)?.extend_from_slice(bytes);
    Ok(())
}

/// Appends what an iterable gives.
pub(super) fn extend_with(m: &mut Machine, v: Value, other: Value) -> R<()> {
    let array = this::<Array>(m, v)?;
    if let Some(from) = other.downcast::<Array>() {
        if from.code != array.code {
            return Err(m.type_error("can only extend with array of same kind"));
        }
        let bytes = from.bytes().to_vec();
        array.data.resizable(m)?.extend_from_slice(&bytes);
        return Ok(());
    }
    let iter = m.iter(other)?;
    while let Some(item) = m.next(iter)? {
        array.push(m, item)?;
    }
    Ok(())
}

/// Index of the first item equal to `wanted` in a range of indices.
pub(super) fn find(m: &mut Machine, v: Value, wanted: Value, start: usize, stop: i64) -> R<Option<usize>> {
    let array = this::<Array>(m, v)?;
    let mut i = start;
    while (i as i64) < stop
        && let Some(item) = array.get(m, i)?
    {
        if m.equal(item, wanted)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

fn from_list(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let Some(list) = args.pos()[0].downcast::<List>() else {
        return Err(m.type_error("arg must be list"));
    };
    let (before, count) = (array.bytes().len(), list.len());
    let mut i = 0;
    while let Some(item) = list.get(i) {
        let pushed = array.push(m, item);
        if let Err(raised) = pushed {
            array.data.resizable(m)?.truncate(before);
            return Err(raised);
        }
        if list.len() != count {
            return Err(m.runtime_error("list changed size during iteration"));
        }
        i += 1;
    }
    Ok(Value::NONE)
}

fn from_file(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let args = args.between(m, "fromfile", 2, 2)?;
    let n = ssize(m, args[1])?;
    if n < 0 {
        return Err(m.value_error("negative count"));
    }
    let wanted = (n as usize).saturating_mul(array.item_size());
    let (read, size) = (m.intern("read"), m.int_from_usize(wanted));
    let got = m.call_method(args[0], read, &[size])?;
    let Some(bytes) = got.downcast::<crate::object::bytes::Bytes>() else {
        return Err(m.type_error("read() didn't return bytes"));
    };
    let bytes = bytes.contents();
    add_bytes(m, array, bytes)?;
    if bytes.len() != wanted {
        return Err(m.eof_error("read() didn't return enough bytes"));
    }
    Ok(Value::NONE)
}

fn insert(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let args = args.between(m, "insert", 2, 2)?;
    let i = ssize(m, args[0])?;
    let word = super::memory::pack(m, array.code, args[1])?;
    let (len, size) = (array.len() as i64, array.item_size());
    let at = if i < 0 { (i + len).max(0) } else { i.min(len) } as usize * size;
    array.data.resizable(m)?.splice(at..at, word[..size].iter().copied());
    Ok(Value::NONE)
}

fn pop(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let array = this::<Array>(m, v)?;
    let i = match *args.between(m, "pop", 0, 1)? {
        [i] => ssize(m, i)?,
        _ => -1,
    };
    let len = array.len();
    if len == 0 {
        return Err(m.index_error("pop from empty array"));
    }
    let at = if i < 0 { i + len as i64 } else { i };
    let Some(at) = usize::try_from(at).ok().filter(|&at| at < len) else {
        return Err(m.index_error("pop index out of range"));
    };
    let item = array.get(m, at)?.unwrap_or(Value::NONE);
    let size = array.item_size();
    array.data.resizable(m)?.drain(at * size..(at + 1) * size);
    Ok(item)
}
