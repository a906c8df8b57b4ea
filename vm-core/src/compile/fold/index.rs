//! Subscripting constants: strings by code point, bytes, tuples.
//!
//! `arith` does the operators; subscripts are apart because they need to count code points in WTF-8.

use super::number::as_int;
use crate::code::Const;
use crate::text::wtf8::count_chars;
use num_traits::ToPrimitive;

/// Where each code point of a WTF-8 text starts.
fn starts(text: &[u8]) -> impl DoubleEndedIterator<Item = usize> + '_ {
    text.iter().enumerate().filter(|(_, b)| **b & 0xC0 != 0x80).map(|(at, _)| at)
}

/// `object[index]`, unless that would raise.
pub(super) fn subscript(object: &Const, index: &Const) -> Option<Const> {
    let index = as_int(index)?.to_i64()?;
    let len = match object {
        Const::Str(text) => count_chars(text),
        Const::Bytes(bytes) => bytes.len(),
        Const::Tuple(items) => items.len(),
        _ => return None,
    };
    let at = if index < 0 { index.checked_add(i64::try_from(len).ok()?)? } else { index };
    let at = usize::try_from(at).ok().filter(|at| *at < len)?;
    match object {
        Const::Str(text) => {
            let mut bounds = starts(text).skip(at);
            let from = bounds.next()?;
            let to = bounds.next().unwrap_or(text.len());
            Some(Const::Str(text[from..to].into()))
        }
        Const::Bytes(bytes) => bytes.get(at).map(|b| Const::Int((*b).into())),
        Const::Tuple(items) => items.get(at).cloned(),
        _ => None,
    }
}
