//! Iteration by native code: what `iter` and `next` do, without an iterator object for exact lists and tuples, and without the types'
//! slots for the iterators that occur most. Bytecode iterates through the slots, or specialised.

use super::header::Gc;
use super::iterators::ListIter;
use super::list::List;
use super::range::RangeIter;
use super::tuple::Tuple;
use super::value::Value;
use crate::machine::{Machine, R};

/// An iteration under way. It lives in a native frame, where the collector finds what it refers to.
pub(crate) enum Walk {
    /// Over an exact list, which may change meanwhile.
    List(Gc<List>, usize),
    /// Over an exact tuple.
    Tuple(Gc<Tuple>, usize),
    /// Over anything else, by its iterator.
    Iterator(Value),
}

impl Walk {
    /// Starts iterating.
    pub(crate) fn new(m: &mut Machine, iterable: Value) -> R<Walk> {
        if iterable.is_ptr() {
            let ty = m.type_of(iterable);
            // SAFETY: exact lists and tuples have these layouts.
            unsafe {
                if ty == m.types.list {
                    return Ok(Walk::List(iterable.cast(), 0));
                }
                if ty == m.types.tuple {
                    return Ok(Walk::Tuple(iterable.cast(), 0));
                }
            }
        }
        Ok(Walk::Iterator(m.iter(iterable)?))
    }

    /// The next item.
    #[inline]
    pub(crate) fn next(&mut self, m: &mut Machine) -> R<Option<Value>> {
        let (item, index) = match self {
            Walk::List(list, index) => (list.get(*index), index),
            Walk::Tuple(tuple, index) => (tuple.slice().get(*index).copied(), index),
            Walk::Iterator(iterator) => return m.next_quickly(*iterator),
        };
        if item.is_some() {
            *index += 1;
        } else {
            // A list that grows after the iteration has ended gives nothing more.
            *index = usize::MAX;
        }
        Ok(item)
    }
}

impl Machine {
    /// [`Machine::next`] for native code.
    #[inline]
    pub(crate) fn next_quickly(&mut self, iterator: Value) -> R<Option<Value>> {
        if iterator.is_ptr() {
            let ty = self.type_of(iterator);
            // SAFETY: exact iterators have these layouts; a list iterator's list is one, or `NULL`.
            unsafe {
                if ty == self.types.list_iter {
                    let it = iterator.cast::<ListIter>();
                    if it.list.get().is_null() {
                        return Ok(None);
                    }
                    let item = it.list.get().cast::<List>().get(it.index.get());
                    if item.is_some() {
                        it.index.set(it.index.get() + 1);
                    } else {
                        it.list.set(Value::NULL);
                    }
                    return Ok(item);
                }
                if ty == self.types.range_iter {
                    let it = iterator.cast::<RangeIter>();
                    let (left, value) = (it.remaining.get(), it.next.get());
                    if left == 0 {
                        return Ok(None);
                    }
                    if let Some(item) = Value::try_int(value) {
                        it.next.set(value.wrapping_add(it.step));
                        it.remaining.set(left - 1);
                        return Ok(Some(item));
                    }
                }
            }
        }
        self.next(iterator)
    }
}
