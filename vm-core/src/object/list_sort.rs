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
    if first.is_immediate_float() && items.iter().all(|v| v.is_immediate_float()) {
        if reverse {
            items.reverse();
        }
        items.sort_by(|a, b| a.as_immediate_float().partial_cmp(&b.as_immediate_float()).unwrap_or(Ordering::Equal));
    } else if let Some(mut texts) = all_texts(m, items) {
        // Nothing is allocated or run until the items are back in the list, to which they still belong.
        if reverse {
            texts.reverse();
        }
        texts.sort_by(Text::order);
        for (slot, text) in items.iter_mut().zip(texts) {
            *slot = text.text.value();
        }
    } else {
        return false;
    }
    if reverse {
        items.reverse();
    }
    true
}

/// A string to be sorted, with its first bytes as a number, which mostly decide.
#[derive(Clone, Copy)]
struct Text {
    first: u64,
    /// Where it stood.
    place: u32,
    text: Gc<Str>,
}

impl Text {
    fn new(text: Gc<Str>, place: usize) -> Text {
        let bytes = text.bytes();
        let first = match bytes.first_chunk() {
            Some(chunk) => u64::from_be_bytes(*chunk),
            None => {
                let mut chunk = [0; 8];
                chunk[..bytes.len()].copy_from_slice(bytes);
                u64::from_be_bytes(chunk)
            }
        };
        Text { first, place: place as u32, text }
    }

    #[inline(always)]
    fn order(&self, other: &Text) -> Ordering {
        // Shorter texts count as if filled up with zeros, so equal numbers decide nothing.
        match self.first.cmp(&other.first) {
            Ordering::Equal => self.text.bytes().cmp(other.text.bytes()),
            order => order,
        }
    }
}

/// The values as strings, if all are exactly that.
fn all_texts(m: &Machine, values: &[Value]) -> Option<Vec<Text>> {
    if !values.first().is_some_and(|&v| m.is_exact_str(v)) {
        return None;
    }
    // SAFETY: exact strs are Strs.
    let text = |(i, &v): (usize, &Value)| m.is_exact_str(v).then(|| Text::new(unsafe { v.cast::<Str>() }, i));
    values.iter().enumerate().map(text).collect()
}

/// Indices in the order that sorts the keys; after a failure, in the order reached by then.
fn permutation(m: &mut Machine, keys: &[Value]) -> (Vec<u32>, R<()>) {
    let unsorted = || (0..keys.len() as u32).collect::<Vec<u32>>();
    if keys.len() < 2 {
        return (unsorted(), Ok(()));
    }
    if keys.iter().all(|k| k.is_int()) {
        let mut order: Vec<(i64, u32)> = keys.iter().zip(0..).map(|(k, i)| (k.as_int(), i)).collect();
        if !sort_run(&mut order) {
            // The places make all different, in the order wanted for equal keys.
            order.sort_unstable();
        }
        return (order.into_iter().map(|(_, i)| i).collect(), Ok(()));
    }
    if let Some(mut texts) = all_texts(m, keys) {
        texts.sort_by(Text::order);
        return (texts.into_iter().map(|text| text.place).collect(), Ok(()));
    }
    if let Some(floats) = all_floats(m, keys) {
        let mut order: Vec<(f64, u32)> = floats.into_iter().zip(0..).collect();
        if !sort_run(&mut order) {
            order.sort_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        }
        return (order.into_iter().map(|(_, i)| i).collect(), Ok(()));
    }
    let mut order = unsorted();
    let result = super::timsort::sort(&mut order, &mut |i, j| {
        let (a, b) = (keys[i as usize], keys[j as usize]);
        match quick_order(m, a, b) {
            Some(order) => Ok(order == Ordering::Less),
            None => m.compare_bool(a, b, Compare::Lt),
        }
    });
    (order, result)
}

/// Sorts keys that are in order already, or in strictly descending order; whether they were. The library's sorts look for such runs in long
/// slices only.
fn sort_run<K: PartialOrd>(order: &mut [(K, u32)]) -> bool {
    if order.windows(2).all(|pair| pair[0].0 > pair[1].0) {
        order.reverse();
        return true;
    }
    order.windows(2).all(|pair| pair[0].0 <= pair[1].0)
}

/// The keys as floats, if all are exact floats and none is nan.
fn all_floats(m: &Machine, keys: &[Value]) -> Option<Vec<f64>> {
    let float = m.types.float;
    keys.iter().map(|&k| if m.type_of(k) == float { m.float_value(k).filter(|f| !f.is_nan()) } else { None }).collect()
}
