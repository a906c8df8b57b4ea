//! `translate` and `maketrans` of bytes.

use super::super::value::Value;
use super::{made, own};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::bytes_ops;

pub(super) fn translate(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 2 };
    let [table, delete] = args.bind(m, "translate", ["", "delete"], spec)?;
    let table = if table.is_none() { None } else { Some(m.bytes_like_argument(table)?) };
    if table.is_some_and(|t| t.len() != 256) {
        return Err(m.value_error("translation table must be 256 characters long"));
    }
    let delete = if delete.is_null() { &[][..] } else { m.bytes_like_argument(delete)? };
    let translated = bytes_ops::translate(own(m, this)?, table, delete);
    made(m, this, translated)
}

pub(super) fn maketrans(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "maketrans", 2, 2)?;
    let (from, to) = (m.bytes_like_argument(args[0])?, m.bytes_like_argument(args[1])?);
    if from.len() != to.len() {
        return Err(m.value_error("maketrans arguments must have same length"));
    }
    let mut table: [u8; 256] = std::array::from_fn(|i| i as u8);
    for (&a, &b) in from.iter().zip(to) {
        table[usize::from(a)] = b;
    }
    Ok(m.new_bytes(&table)?.value())
}
