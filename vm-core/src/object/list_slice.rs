//! Subscription of lists: items and slices read, assigned and deleted.

use super::buffer::ValueVec;
use super::header::Gc;
use super::list::List;
use super::list_type::own;
use super::sequence::{self, MAX_ITEMS};
use super::slice::{Slice, SliceBounds};
use super::value::Value;
use crate::machine::{Machine, R, Raised};

fn index_key(m: &mut Machine, key: Value) -> R<i64> {
    if !m.is_index(key) {
        let name = m.type_name(key);
        return Err(m.type_error(&format!("list indices must be integers or slices, not {name}")));
    }
    m.index_i64(key)
}

pub(super) fn getitem(m: &mut Machine, v: Value, key: Value) -> R<Value> {
    let list = own(m, v)?;
    if key.is_int()
        && let Some(x) = sequence::position(key.as_int(), list.len()).and_then(|i| list.get(i))
    {
        return Ok(x);
    }
    if let Some(slice) = key.downcast::<Slice>() {
        let unpacked = m.unpack_slice(slice)?;
        let bounds = SliceBounds::adjust(unpacked, list.len());
        if bounds.step == 1 {
            let from = bounds.start as usize;
            return Ok(m.new_list(&list.items()[from..from + bounds.count]).value());
        }
        let items = list.items();
        // SAFETY: as many are written as there are indices.
        let made = unsafe { m.new_list_written(bounds.count, |data| bounds.copy_items(items, data)) };
        return Ok(made.value());
    }
    let i = index_key(m, key)?;
    match sequence::position(i, list.len()).and_then(|i| list.get(i)) {
        Some(x) => Ok(x),
        None => Err(m.index_error("list index out of range")),
    }
}

pub(super) fn setitem(m: &mut Machine, v: Value, key: Value, value: Value) -> R<()> {
    let list = own(m, v)?;
    if key.is_int()
        && !value.is_null()
        && let Some(i) = sequence::position(key.as_int(), list.len())
    {
        list.set(i, value);
        return Ok(());
    }
    if let Some(slice) = key.downcast::<Slice>() {
        return set_slice(m, list, slice, value);
    }
    let i = index_key(m, key)?;
    match sequence::position(i, list.len()) {
        Some(i) if value.is_null() => {
            list.remove(i);
        }
        Some(i) => {
            list.set(i, value);
        }
        None => return Err(m.index_error("list assignment index out of range")),
    }
    Ok(())
}

fn set_slice(m: &mut Machine, list: Gc<List>, slice: Gc<Slice>, value: Value) -> R<()> {
    let unpacked = m.unpack_slice(slice)?;
    if value.is_null() {
        let bounds = SliceBounds::adjust(unpacked, list.len());
        if bounds.step == 1 {
            return splice(m, list, bounds, &[]);
        }
        delete_stepped(list, bounds);
        return Ok(());
    }
    let plain = unpacked.2 == 1;
    let items = m.collect_or(value, "must assign iterable to extended slice")?;
    let bounds = SliceBounds::adjust(unpacked, list.len());
    if plain {
        return splice(m, list, bounds, &items);
    }
    if items.len() != bounds.count {
        let (n, count) = (items.len(), bounds.count);
        return Err(m.value_error(&format!("attempt to assign sequence of size {n} to extended slice of size {count}")));
    }
    for (i, &x) in bounds.indices().zip(items.iter()) {
        list.set(i, x);
    }
    Ok(())
}

/// Replaces the items of a slice of step one.
fn splice(m: &mut Machine, list: Gc<List>, bounds: SliceBounds, items: &[Value]) -> R<()> {
    let from = bounds.start as usize;
    let to = from + bounds.count;
    let len = list.len();
    if len - bounds.count + items.len() > MAX_ITEMS {
        return Err(m.memory_error());
    }
    if items.len() <= bounds.count {
        let all = list.items_mut();
        all[from..from + items.len()].copy_from_slice(items);
        all.copy_within(to.., from + items.len());
        list.truncate(len - bounds.count + items.len());
    } else {
        let more = items.len() - bounds.count;
        list.reserve(m, more);
        for _ in 0..more {
            list.push_in_place(Value::NONE);
        }
        let all = list.items_mut();
        all.copy_within(to..len, to + more);
        all[from..from + items.len()].copy_from_slice(items);
    }
    Ok(())
}

/// Deletes the items of a slice with another step.
fn delete_stepped(list: Gc<List>, bounds: SliceBounds) {
    if bounds.count == 0 {
        return;
    }
    // In ascending order, whatever the sign of the step.
    let step = bounds.step.unsigned_abs() as usize;
    let last = bounds.start + (bounds.count as i64 - 1) * bounds.step;
    let first = bounds.start.min(last) as usize;
    let all = list.items_mut();
    let mut kept = first;
    for i in first..all.len() {
        let nth = (i - first) / step;
        if (i - first).is_multiple_of(step) && nth < bounds.count {
            continue;
        }
        all[kept] = all[i];
        kept += 1;
    }
    list.truncate(kept);
}

impl Machine {
    /// All items of an iterable; a `TypeError` with this message if it is not iterable.
    pub fn collect_or(&mut self, iterable: Value, message: &str) -> R<ValueVec> {
        let ty = self.type_of(iterable);
        if ty == self.types.list || ty == self.types.tuple {
            return self.collect(iterable);
        }
        match self.iter(iterable) {
            Ok(iterator) => self.collect(iterator),
            Err(Raised) => {
                let class = self.exceptions.type_error;
                if self.pending_is(class) {
                    self.take_raised();
                    return Err(self.type_error(message));
                }
                Err(Raised)
            }
        }
    }
}
