//! BINARY_SUBSCR, STORE_SUBSCR, their specialised forms, slices and deletion.

use crate::adapt::miss;
use crate::native::Args;
use crate::object::bytearray_type::ByteArray;
use crate::object::bytes::Bytes;
use crate::object::dict::{Dict, Quick};
use crate::object::function::Function;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::op;
use crate::op::{Flow, Next, Op};

op! {
    /// `container[key]`.
    BINARY_SUBSCR (container, key -- result) fast |cx| {
        let (container, key) = (cx.top(2), cx.top(1));
        let item = if let Some(list) = cx.exact_with_int::<List>(container, (*cx.vm).types.list, key) {
            list.get(from_the_end(key, list.len()))
        } else if let Some(tuple) = cx.exact_with_int::<Tuple>(container, (*cx.vm).types.tuple, key) {
            tuple.slice().get(from_the_end(key, tuple.len())).copied()
        } else if let Some(array) = cx.exact_with_int::<ByteArray>(container, (*cx.vm).types.bytearray, key) {
            byte_at(array.contents(), key)
        } else if let Some(bytes) = cx.exact_with_int::<Bytes>(container, (*cx.vm).types.bytes, key) {
            byte_at(bytes.contents(), key)
        } else {
            None
        };
        let Some(item) = item else { return cx.slow() };
        cx.set_top(2, item);
        Flow::Next(cx.sp.sub(1))
    } slow |s| {
        let (container, key) = (s.top(2), s.top(1));
        let result = s.m.get_item(container, key)?;
        s.drop(2);
        s.push(result);
        Ok(Next::Done)
    }

    /// `list[int]`.
    BINARY_SUBSCR_LIST_INT of BINARY_SUBSCR (list, index -- item) fast |cx| {
        let (list, index) = (cx.top(2), cx.top(1));
        let Some(list) = cx.exact_with_int::<List>(list, (*cx.vm).types.list, index) else { return cx.slow() };
        let Some(item) = list.get(index.as_int() as usize) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, item);
        cx.next()
    }

    /// `tuple[int]`.
    BINARY_SUBSCR_TUPLE_INT of BINARY_SUBSCR (tuple, index -- item) fast |cx| {
        let (tuple, index) = (cx.top(2), cx.top(1));
        let Some(tuple) = cx.exact_with_int::<Tuple>(tuple, (*cx.vm).types.tuple, index) else { return cx.slow() };
        let Some(&item) = tuple.slice().get(index.as_int() as usize) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, item);
        cx.next()
    }

    /// `str[int]` giving an ASCII character.
    BINARY_SUBSCR_STR_INT of BINARY_SUBSCR (str, index -- item) fast |cx| {
        let (text, index) = (cx.top(2), cx.top(1));
        let Some(text) = cx.exact_with_int::<Str>(text, (*cx.vm).types.str, index) else { return cx.slow() };
        if !text.is_ascii() {
            return cx.slow();
        }
        let Some(&byte) = text.bytes().get(index.as_int() as usize) else { return cx.slow() };
        let characters = &(*cx.vm).char_strings;
        let Some(&item) = characters.get(usize::from(byte)) else { return cx.slow() };
        if item.is_null() {
            return cx.slow();
        }
        cx.pop();
        cx.set_top(1, item);
        cx.next()
    } slow |s| {
        let (text, index) = (s.top(2), s.top(1));
        if !index.is_int() || index.as_int() < 0 || !s.m.is_exact_str(text) {
            return miss();
        }
        let text = text.cast::<Str>();
        if index.as_int() as usize >= text.char_len() {
            return miss();
        }
        let item = s.m.str_char_at(text, index.as_int() as usize).value();
        if !item.cast::<Str>().is_ascii() {
            return miss();
        }
        s.drop(1);
        s.set_top(1, item);
        Ok(Next::Done)
    }

    /// `dict[key]`.
    BINARY_SUBSCR_DICT of BINARY_SUBSCR (dict, key -- value) fast |cx| {
        let (dict, key) = (cx.top(2), cx.top(1));
        let Some(dict) = cx.exact::<Dict>(dict, (*cx.vm).types.dict) else { return cx.slow() };
        let Quick::At(entry) = dict.look_once(key, (*cx.vm).hash_at_hand(key)) else { return cx.slow() };
        cx.set_top(2, (*entry.as_ptr()).value);
        Flow::Next(cx.sp.sub(1))
    } slow |s| {
        let (dict, key) = (s.top(2), s.top(1));
        if s.m.type_of(dict) != s.m.types.dict {
            return miss();
        }
        let dict = dict.cast::<Dict>();
        let value = match dict.look_quickly(key, s.m.hash_at_hand(key)) {
            Quick::At(entry) => entry.as_ref().value,
            _ => match dict.get(s.m, key)? {
                Some(value) => value,
                None => return Err(s.m.key_error(key)),
            },
        };
        s.drop(1);
        s.set_top(1, value);
        Ok(Next::Done)
    }

    /// `container[key]` through a Python `__getitem__`, whose frame is entered here.
    BINARY_SUBSCR_GETITEM of BINARY_SUBSCR (container, key -- result) slow |s| {
        let container = s.top(2);
        let ty = s.m.type_of(container);
        let (getitem, version) = ty.cached_getitem.get();
        let Some(func) = getitem.downcast::<Function>() else { return miss() };
        if version == 0 || version != func.version.get() || s.m.recursion_left <= 1 {
            return miss();
        }
        let args = s.tops(2);
        super::calls::enter(s, func, Args::positional(args), 2, BINARY_SUBSCR::LEN)
    }

    /// `list[int] = value`.
    STORE_SUBSCR_LIST_INT of STORE_SUBSCR (value, list, index --) fast |cx| {
        let (value, list, index) = (cx.top(3), cx.top(2), cx.top(1));
        let Some(list) = cx.exact_with_int::<List>(list, (*cx.vm).types.list, index) else { return cx.slow() };
        if !list.set(index.as_int() as usize, value) {
            return cx.slow();
        }
        Flow::Next(cx.sp.sub(3))
    }

    /// `dict[key] = value`.
    STORE_SUBSCR_DICT of STORE_SUBSCR (value, dict, key --) fast |cx| {
        let (value, dict, key) = (cx.top(3), cx.top(2), cx.top(1));
        let Some(dict) = cx.exact::<Dict>(dict, (*cx.vm).types.dict) else { return cx.slow() };
        let Quick::At(entry) = dict.look_once(key, (*cx.vm).hash_at_hand(key)) else { return cx.slow() };
        (*entry.as_ptr()).value = value;
        Flow::Next(cx.sp.sub(3))
    } slow |s| {
        let (value, dict, key) = (s.top(3), s.top(2), s.top(1));
        if s.m.type_of(dict) != s.m.types.dict {
            return miss();
        }
        let dict = dict.cast::<Dict>();
        match dict.look_quickly(key, s.m.hash_at_hand(key)) {
            Quick::At(entry) => (*entry.as_ptr()).value = value,
            _ => dict.insert(s.m, key, value)?,
        }
        s.drop(3);
        Ok(Next::Done)
    }

    /// `container[key] = value`.
    STORE_SUBSCR (value, container, key --) fast |cx| {
        let (value, container, key) = (cx.top(3), cx.top(2), cx.top(1));
        let done = if let Some(list) = cx.exact_with_int::<List>(container, (*cx.vm).types.list, key) {
            list.set(from_the_end(key, list.len()), value)
        } else if let Some(array) = cx.exact_with_int::<ByteArray>(container, (*cx.vm).types.bytearray, key) {
            set_byte(array.contents_mut(), key, value)
        } else {
            false
        };
        if !done {
            return cx.slow();
        }
        Flow::Next(cx.sp.sub(3))
    } slow |s| {
        let (value, container, key) = (s.top(3), s.top(2), s.top(1));
        s.m.set_item(container, key, value)?;
        s.drop(3);
        Ok(Next::Done)
    }

    /// `del container[key]`.
    DELETE_SUBSCR (container, key --) slow |s| {
        let (container, key) = (s.top(2), s.top(1));
        s.m.set_item(container, key, Value::NULL)?;
        s.m.finalizers.release();
        s.drop(2);
        Ok(Next::Done)
    }

    /// `container[start:stop]`.
    BINARY_SLICE (container, start, stop -- result) slow |s| {
        let (container, start, stop) = (s.top(3), s.top(2), s.top(1));
        let result = s.m.get_slice(container, start, stop)?;
        s.drop(3);
        s.push(result);
        Ok(Next::Done)
    }

    /// `container[start:stop] = value`.
    STORE_SLICE (value, container, start, stop --) slow |s| {
        let slice = s.m.new_slice(s.top(2), s.top(1), Value::NONE);
        let (value, container) = (s.top(4), s.top(3));
        s.m.set_item(container, slice, value)?;
        s.drop(4);
        Ok(Next::Done)
    }
}

/// The index that an integer means in a sequence of that length; out of range if it means none.
#[inline(always)]
const fn from_the_end(index: Value, len: usize) -> usize {
    let i = index.as_int();
    (if i < 0 { i.wrapping_add(len.cast_signed() as i64) } else { i }) as usize
}

/// The item of a `bytes` or `bytearray`, if there is one.
#[inline(always)]
fn byte_at(bytes: &[u8], index: Value) -> Option<Value> {
    bytes.get(from_the_end(index, bytes.len())).map(|&byte| Value::small(i64::from(byte)))
}

/// Sets an item of a `bytearray`; whether there is one and the value is a byte.
#[inline(always)]
fn set_byte(bytes: &mut [u8], index: Value, value: Value) -> bool {
    let at = from_the_end(index, bytes.len());
    match (bytes.get_mut(at), value.is_int().then(|| u8::try_from(value.as_int()))) {
        (Some(place), Some(Ok(byte))) => {
            *place = byte;
            true
        }
        _ => false,
    }
}
