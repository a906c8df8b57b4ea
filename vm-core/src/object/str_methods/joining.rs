//! `join`, and the pieces of f-strings.

use super::super::header::Gc;
use super::super::list::List;
use super::super::str_type::this_str;
use super::super::string::{Str, put};
use super::super::tuple::Tuple;
use super::super::value::Value;
use crate::machine::{Machine, R, Raised};
use crate::native::Args;

pub(super) fn join(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let sep = this_str(m, this)?;
    let iterable = args.pos()[0];
    let ty = m.type_of(iterable);
    if ty == m.types.list
        && let Some(list) = iterable.downcast::<List>()
    {
        return join_items(m, sep, list.items());
    }
    if ty == m.types.tuple
        && let Some(tuple) = iterable.downcast::<Tuple>()
    {
        return join_items(m, sep, tuple.slice());
    }
    let items = m.items_to_join(iterable)?;
    join_items(m, sep, &items)
}

impl Machine {
    /// The items of any iterable, for `join` methods.
    pub(crate) fn items_to_join(&mut self, iterable: Value) -> R<super::super::buffer::ValueVec> {
        let iterator = self.iter(iterable).map_err(|Raised| {
            let class = self.exceptions.type_error;
            if self.pending_is(class) {
                self.take_raised();
                return self.type_error("can only join an iterable");
            }
            Raised
        })?;
        self.collect(iterator)
    }

    /// The concatenation of strings.
    pub fn join_pieces(&mut self, pieces: &[Value]) -> R<Value> {
        let empty = self.names.empty;
        join_items(self, empty, pieces)
    }
}

/// One pass adds up the lengths, another copies: nothing runs Python in between.
fn join_items(m: &mut Machine, sep: Gc<Str>, items: &[Value]) -> R<Value> {
    match items {
        [] => return Ok(m.names.empty.value()),
        &[item] if m.is_exact_str(item) => return Ok(item),
        _ => {}
    }
    let gaps = items.len() - 1;
    let (mut bytes, mut chars) = (sep.bytes().len().saturating_mul(gaps), sep.char_len() * gaps);
    for (i, item) in items.iter().enumerate() {
        let Some(s) = item.downcast::<Str>() else {
            let name = m.type_name(*item);
            return Err(m.type_error(&format!("sequence item {i}: expected str instance, {name} found")));
        };
        bytes = bytes.saturating_add(s.bytes().len());
        chars += s.char_len();
    }
    let sep = sep.bytes();
    let whole = m.new_str_filled(bytes, chars, |mut out| {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out = put(out, sep);
            }
            if let Some(s) = item.downcast::<Str>() {
                out = put(out, s.bytes());
            }
        }
    })?;
    Ok(whole.value())
}
