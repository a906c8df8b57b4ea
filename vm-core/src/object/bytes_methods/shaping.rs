//! Methods that fill bytes up: `center`, `ljust`, `rjust`, `zfill`, `expandtabs`.

use super::super::memoryview::MemoryView;
use super::super::value::Value;
use super::{made, own, part_of};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::{bytes_ops, pad};

/// `sides(missing, width)` tells how many of the missing bytes go to the left.
fn fill_with(m: &mut Machine, name: &str, this: Value, args: Args<'_>, left_of: fn(usize, isize) -> usize) -> R<Value> {
    let args = args.between(m, name, 1, 2)?;
    let width = m.index_argument(args[0])? as isize;
    let fill = match args.get(1) {
        None => b' ',
        Some(&v) => match m.bytes_like(v).filter(|_| v.downcast::<MemoryView>().is_none()) {
            Some(&[b]) => b,
            _ => return Err(m.bad_argument(name, "argument 2", "a byte string of length 1", v)),
        },
    };
    let bytes = own(m, this)?;
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(bytes.len());
    if missing == 0 {
        return part_of(m, this, bytes);
    }
    let left = left_of(missing, width);
    made(m, this, bytes_ops::padded(bytes, left, missing - left, fill))
}

pub(super) fn center(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    fill_with(m, "center", this, args, pad::center_left)
}

pub(super) fn ljust(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    fill_with(m, "ljust", this, args, |_, _| 0)
}

pub(super) fn rjust(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    fill_with(m, "rjust", this, args, |missing, _| missing)
}

pub(super) fn zfill(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let width = m.index_argument(args.pos()[0])? as isize;
    let bytes = own(m, this)?;
    if width <= bytes.len() as isize {
        return part_of(m, this, bytes);
    }
    made(m, this, bytes_ops::zfill(bytes, width))
}

pub(super) fn expandtabs(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [size] = args.bind(m, "expandtabs", ["tabsize"], spec)?;
    let size = m.c_int_argument(size, 8)?;
    let expanded = bytes_ops::expand_tabs(own(m, this)?, size as isize);
    made(m, this, expanded)
}
