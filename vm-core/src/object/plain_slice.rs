//! `container[start:stop]` of the builtin sequences, without the slice object that `slice.rs` and the types' own subscription work with.

use super::bytes::Bytes;
use super::list::List;
use super::slice::SliceBounds;
use super::string::Str;
use super::tuple::Tuple;
use super::value::Value;
use crate::machine::{Machine, R};

/// A bound that is an integer of the word or absent.
#[inline(always)]
fn bound(v: Value, absent: i64) -> Option<i64> {
    if v.is_int() {
        Some(v.as_int())
    } else if v.is_none() {
        Some(absent)
    } else {
        None
    }
}

impl Machine {
    /// `container[start:stop]`.
    pub(crate) fn get_slice(&mut self, container: Value, start: Value, stop: Value) -> R<Value> {
        if let (Some(from), Some(to)) = (bound(start, 0), bound(stop, i64::MAX))
            && container.is_ptr()
        {
            let ty = self.type_of(container);
            let within = |len: usize| {
                let bounds = SliceBounds::adjust((from, to, 1), len);
                bounds.start as usize..bounds.start as usize + bounds.count
            };
            // SAFETY: instances of exactly these types have these layouts.
            unsafe {
                if ty == self.types.list {
                    let list = container.cast::<List>();
                    let range = within(list.len());
                    return Ok(self.new_list(&list.items()[range]).value());
                }
                if ty == self.types.str {
                    let s = container.cast::<Str>();
                    let range = within(s.char_len());
                    if range.len() == s.char_len() {
                        return Ok(container);
                    }
                    let part = s.text().slice(range.start, range.end);
                    return Ok(self.new_str_counted(part.bytes, part.chars)?.value());
                }
                if ty == self.types.bytes {
                    let bytes = container.cast::<Bytes>().contents();
                    let range = within(bytes.len());
                    return Ok(if range.len() == bytes.len() { container } else { self.new_bytes(&bytes[range])?.value() });
                }
                if ty == self.types.tuple {
                    let tuple = container.cast::<Tuple>();
                    let range = within(tuple.len());
                    return Ok(if range.len() == tuple.len() { container } else { self.new_tuple(&tuple.slice()[range]).value() });
                }
            }
        }
        let slice = self.new_slice(start, stop, Value::NONE);
        self.get_item(container, slice)
    }
}
