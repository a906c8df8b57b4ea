//! `list.sort`: a stable sort by keys. Keys that are all `int`s of the word, all `str` or all `float` (without nan) are compared
//! natively; others through `<`, which may raise, run Python and look at the list: so the list is empty meanwhile.

use super::buffer::ValueVec;
use super::header::Gc;
use super::list::List;
use super::list_type::own;
use super::quick_order::quick_order;
use super::slots::Compare;
use super::string::Str;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use std::cmp::Ordering;
use std::hint::black_box;

pub(super) fn sort(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let list = own(m, v)?;
    m.sort_list(list, args)?;
    Ok(Value::NONE)
}

impl Machine {
    /// `list.sort(*, key=None, reverse=False)`.
    pub fn sort_list(&mut self, list: Gc<List>, args: Args<'_>) -> R<()> {
        let spec = BindSpec { positional_only: 0, required: 0, max_positional: 0 };
        let [key, reverse] = args.bind(self, "sort", ["key", "reverse"], spec)?;
        let reverse = !reverse.is_null() && self.truthy(reverse)?;
        let taken = list.take();
        let len = taken.1;
        let items: &mut [Value] = if len == 0 {
            &mut []
        } else {
            // SAFETY: `len` initialised values in a buffer that this frame alone refers to, through `taken`.
            unsafe { std::slice::from_raw_parts_mut(taken.0, len) }
        };
        let result = sort_items(self, items, key, reverse);
        // The buffer's address must stand in this frame until here, for the collector.
        let taken = black_box(taken);
        let meanwhile = list.take();
        list.restore(taken);
        result?;
        if !meanwhile.0.is_null() {
            return Err(self.value_error("list modified during sort"));
        }
        Ok(())
    }
}

fn sort_items(m: &mut Machine, items: &mut [Value], key: Value, reverse: bool) -> R<()> {
    let by_key = !key.is_null() && !key.is_none();
    if !by_key && sort_plainly(m, items, reverse) {
        return Ok(());
    }
    let mut keys = ValueVec::with_capacity(m, items.len());
    for &item in items.iter() {
        let k = if by_key { m.call(key, &[item])? } else { item };
        keys.push(m, k);
    }
    // Reversing before and after keeps equal items in order.
    if reverse {
        keys.reverse();
        items.reverse();
    }
    let (order, result) = permutation(m, &keys);
    let old = items.to_vec();
    for (slot, i) in items.iter_mut().zip(order) {
        *slot = old[i as usize];
    }
    if reverse {
        items.reverse();
    }
    result
}

/// Sorts items that are all `int`s of the word, all exact `str`s or all floats of the word in place; false if they are not.
fn sort_plainly(m: &Machine, items: &mut [Value], reverse: bool) -> bool {
    let Some(&first) = items.first() else { return true };
    // Reversing before and after keeps equal items, which may be different objects, in order.
    if first.is_int() && items.iter().all(|v| v.is_int()) {
        items.sort_by_key(|v| v.as_int());
        if reverse {
            items.reverse();
        }
        return true;
    }
    let order: fn(&Value, &Value) -> Ordering = if first.is_immediate_float() && items.iter().all(|v| v.is_immediate_float()) {
        |a, b| a.as_immediate_float().partial_cmp(&b.as_immediate_float()).unwrap_or(Ordering::Equal)
    } else if m.is_exact_str(first) && items.iter().all(|&v| m.is_exact_str(v)) {
        // SAFETY: exact strs are Strs.
        |a, b| unsafe { a.cast::<Str>().bytes().cmp(b.cast::<Str>().bytes()) }
    } else {
        return false;
    };
    if reverse {
        items.reverse();
    }
    items.sort_by(order);
    if reverse {
        items.reverse();
    }
    true
}

/// Indices in the order that sorts the keys; after a failure, in the order reached by then.
fn permutation(m: &mut Machine, keys: &[Value]) -> (Vec<u32>, R<()>) {
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    if keys.len() < 2 {
        return (order, Ok(()));
    }
    let mut result = Ok(());
    if keys.iter().all(|k| k.is_int()) {
        order.sort_by_key(|&i| keys[i as usize].as_int());
    } else if keys.iter().all(|&k| m.is_exact_str(k)) {
        let text = |i: u32| keys[i as usize].downcast::<Str>();
        order.sort_by(|&i, &j| text(i).as_deref().map(Str::bytes).cmp(&text(j).as_deref().map(Str::bytes)));
    } else if let Some(floats) = all_floats(m, keys) {
        order.sort_by(|&i, &j| floats[i as usize].partial_cmp(&floats[j as usize]).unwrap_or(std::cmp::Ordering::Equal));
    } else {
        result = super::timsort::sort(&mut order, &mut |i, j| {
            let (a, b) = (keys[i as usize], keys[j as usize]);
            match quick_order(m, a, b) {
                Some(order) => Ok(order == Ordering::Less),
                None => m.compare_bool(a, b, Compare::Lt),
            }
        });
    }
    (order, result)
}

/// The keys as floats, if all are exact floats and none is nan.
fn all_floats(m: &Machine, keys: &[Value]) -> Option<Vec<f64>> {
    let float = m.types.float;
    keys.iter().map(|&k| if m.type_of(k) == float { m.float_value(k).filter(|f| !f.is_nan()) } else { None }).collect()
}
