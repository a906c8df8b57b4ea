//! Equality and hashes of `memoryview`: by items, so that views of equal values in different formats are equal.

use super::super::slots::Compare;
use super::super::value::Value;
use super::items::{ItemFormat, unpack};
use super::{MemoryView, view};
use crate::machine::{Machine, R};

pub(super) fn richcompare(m: &mut Machine, left: Value, right: Value, op: Compare) -> R<Value> {
    let (Some(a), true) = (left.downcast::<MemoryView>(), matches!(op, Compare::Eq | Compare::Ne)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let other_released = right.downcast::<MemoryView>().is_some_and(|b| b.released.get());
    let equal = if left.is(right) {
        true
    } else if a.released.get() || other_released {
        false
    } else {
        let Some(b) = m.window_of(right)? else { return Ok(Value::NOT_IMPLEMENTED) };
        if a.shape() != b.shape() {
            false
        } else if a.format == b.format && a.format == ItemFormat::BYTE {
            a.to_vec() == b.to_vec()
        } else {
            equal_items(m, &a, &b)?
        }
    };
    Ok(Value::from_bool(equal == (op == Compare::Eq)))
}

fn equal_items(m: &mut Machine, a: &MemoryView, b: &MemoryView) -> R<bool> {
    if !a.format.is_native() || !b.format.is_native() {
        // Items that cannot be read are compared by nothing: such views are unequal.
        return Ok(false);
    }
    for i in 0..a.count() {
        let (Some(x), Some(y)) = (a.item(i), b.item(i)) else { return Ok(false) };
        let x = unpack(m, a.format, x)?;
        let y = unpack(m, b.format, y)?;
        if !m.equal(x, y)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn hash(m: &mut Machine, this: Value) -> R<i64> {
    if let Some(known) = this.downcast::<MemoryView>().and_then(|v| v.hash.get()) {
        return Ok(known);
    }
    let v = view(m, this)?;
    if !v.readonly {
        return Err(m.value_error("cannot hash writable memoryview object"));
    }
    if !v.format.is_byte() {
        return Err(m.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let hash = m.hash_bytes(&v.to_vec());
    v.hash.set(Some(hash));
    Ok(hash)
}
