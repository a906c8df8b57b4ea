//! `_bisect`: binary search in sorted sequences, and inserting where it ends.

use super::native_struct::ssize;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::list::List;
use crate::object::quick_order::quick_order;
use crate::object::slots::Compare;
use crate::object::value::Value;
use std::cmp::Ordering;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_bisect",
    functions: &[
        MethodDef::new("bisect_right", Convention::FastKeywords, |m, _, args| bisect::<true>(m, "bisect_right", args)),
        MethodDef::new("insort_right", Convention::FastKeywords, |m, _, args| insort::<true>(m, "insort_right", args)),
        MethodDef::new("bisect_left", Convention::FastKeywords, |m, _, args| bisect::<false>(m, "bisect_left", args)),
        MethodDef::new("insort_left", Convention::FastKeywords, |m, _, args| insort::<false>(m, "insort_left", args)),
    ],
    init: None,
    doc: "Bisection algorithms.",
};

/// What is searched, for what, and where.
struct Search {
    sequence: Value,
    wanted: Value,
    lo: i64,
    hi: i64,
    key: Value,
}

fn arguments(m: &mut Machine, name: &str, args: Args<'_>) -> R<Search> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 4 };
    let [sequence, wanted, lo, hi, key] = args.bind(m, name, ["a", "x", "lo", "hi", "key"], spec)?;
    let lo = if lo.is_null() { 0 } else { ssize(m, lo)? };
    let hi = if hi.is_null() || hi.is_none() { -1 } else { ssize(m, hi)? };
    let key = if key.is_none() { Value::NULL } else { key };
    Ok(Search { sequence, wanted, lo, hi, key })
}

fn search<const RIGHT: bool>(m: &mut Machine, s: &Search) -> R<i64> {
    let (mut lo, mut hi) = (s.lo, s.hi);
    if lo < 0 {
        return Err(m.value_error("lo must be non-negative"));
    }
    if hi == -1 {
        hi = m.len(s.sequence)? as i64;
    }
    let is_list = m.type_of(s.sequence) == m.types.list;
    if s.sequence.downcast::<crate::object::dict::Dict>().is_some() {
        let got = m.type_name(s.sequence);
        return Err(m.type_error(&format!("{got} is not a sequence")));
    }
    if m.type_of(s.sequence).slot(|t| t.getitem).is_none() {
        let got = m.type_name(s.sequence);
        return Err(m.type_error(&format!("'{got}' object does not support indexing")));
    }
    m.check_native_stack()?;
    while lo < hi {
        let middle = ((lo as u64 + hi as u64) / 2) as i64;
        let mut item = match s.sequence.downcast::<List>().filter(|_| is_list) {
            Some(list) => match list.get(middle as usize) {
                Some(item) => item,
                None => return Err(m.index_error("list index out of range")),
            },
            None => {
                let index = m.new_int(middle);
                m.get_item(s.sequence, index)?
            }
        };
        if !s.key.is_null() {
            item = m.call(s.key, &[item])?;
        }
        let (a, b) = if RIGHT { (s.wanted, item) } else { (item, s.wanted) };
        let less = match quick_order(m, a, b) {
            Some(order) => order == Ordering::Less,
            None => {
                let verdict = m.compare(a, b, Compare::Lt)?;
                m.truthy(verdict)?
            }
        };
        if less == RIGHT {
            hi = middle;
        } else {
            lo = middle + 1;
        }
    }
    Ok(lo)
}

fn bisect<const RIGHT: bool>(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let s = arguments(m, name, args)?;
    let at = search::<RIGHT>(m, &s)?;
    Ok(m.new_int(at))
}

fn insort<const RIGHT: bool>(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let s = arguments(m, name, args)?;
    let item = s.wanted;
    let wanted = if s.key.is_null() { item } else { m.call(s.key, &[item])? };
    let at = search::<RIGHT>(m, &Search { wanted, ..s })?;
    if m.type_of(s.sequence) == m.types.list
        && let Some(list) = s.sequence.downcast::<List>()
    {
        list.insert(m, (at as usize).min(list.len()), item);
        return Ok(Value::NONE);
    }
    let (insert, at) = (m.intern("insert"), m.new_int(at));
    m.call_method(s.sequence, insert, &[at, item])?;
    Ok(Value::NONE)
}
