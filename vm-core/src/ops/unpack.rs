//! UNPACK_SEQUENCE, its specialised forms, and UNPACK_EX.

use crate::hints::{short_loop, word_at};
use crate::machine::R;
use crate::object::buffer::ValueVec;
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::op;
use crate::op::{Cx, Flow, Next, Slow};

op! {
    /// Unpacks an iterable of exactly that many items, the first on top.
    UNPACK_SEQUENCE (sequence -- values[oparg]) fast |cx| {
        let v = cx.top(1);
        let (start, count) = if let Some(tuple) = cx.exact::<Tuple>(v, (*cx.vm).types.tuple) {
            (tuple.slice().as_ptr(), tuple.len())
        } else if let Some(list) = cx.exact::<List>(v, (*cx.vm).types.list) {
            (list.items().as_ptr(), list.len())
        } else {
            return cx.slow();
        };
        if count != cx.oparg {
            return cx.slow();
        }
        unpacked(cx, std::slice::from_raw_parts(start, count))
    } apart |s| {
        let sequence = s.top(1);
        let items = unpack(s, sequence, s.oparg, None)?;
        s.drop(1);
        for &v in items.iter().rev() {
            s.push(v);
        }
        Ok(Next::Done)
    }

    /// Unpacks a tuple of two.
    UNPACK_SEQUENCE_TWO_TUPLE of UNPACK_SEQUENCE (tuple -- second, first) fast |cx| {
        let v = cx.top(1);
        let Some(tuple) = cx.exact::<Tuple>(v, (*cx.vm).types.tuple) else { return cx.slow() };
        let items = tuple.slice();
        if items.len() != 2 {
            return cx.slow();
        }
        // Such tuples have often been made just now.
        cx.set_top(1, word_at(items.as_ptr().add(1)));
        cx.push(word_at(items.as_ptr()));
        cx.next()
    }

    /// Unpacks a tuple.
    UNPACK_SEQUENCE_TUPLE of UNPACK_SEQUENCE (tuple -- values[oparg]) fast |cx| {
        let v = cx.top(1);
        let Some(tuple) = cx.exact::<Tuple>(v, (*cx.vm).types.tuple) else { return cx.slow() };
        let items = tuple.slice();
        if items.len() != cx.oparg {
            return cx.slow();
        }
        unpacked(cx, items)
    }

    /// Unpacks a list.
    UNPACK_SEQUENCE_LIST of UNPACK_SEQUENCE (list -- values[oparg]) fast |cx| {
        let v = cx.top(1);
        let Some(list) = cx.exact::<List>(v, (*cx.vm).types.list) else { return cx.slow() };
        let items = list.items();
        if items.len() != cx.oparg {
            return cx.slow();
        }
        unpacked(cx, items)
    }

    /// Unpacks with a starred target: low byte items before it, the rest of the argument after it.
    UNPACK_EX (sequence -- after[oparg >> 8], list, before[oparg & 0xff]) apart |s| {
        let sequence = s.top(1);
        let (before, after) = (s.oparg & 0xff, s.oparg >> 8);
        let items = unpack(s, sequence, before, Some(after))?;
        let middle = s.m.new_list(&items[before..items.len() - after]);
        s.drop(1);
        for &v in items[items.len() - after..].iter().rev() {
            s.push(v);
        }
        s.push(middle.value());
        for &v in items[..before].iter().rev() {
            s.push(v);
        }
        Ok(Next::Done)
    }
}

/// Replaces the top by items, the first on top.
#[inline(always)]
unsafe fn unpacked(mut cx: Cx, items: &[Value]) -> Flow {
    // SAFETY: verified code has room for as many as the argument says.
    unsafe {
        cx.pop();
        for &item in items.iter().rev() {
            cx.push(item);
            short_loop();
        }
        cx.next()
    }
}

/// Items of an iterable: exactly `before`, or at least `before + after` with a starred target between.
fn unpack(s: &mut Slow<'_>, sequence: Value, before: usize, after: Option<usize>) -> R<ValueVec> {
    let ty = s.m.type_of(sequence);
    let exact = after.is_none();
    if ty == s.m.types.tuple || ty == s.m.types.list {
        let items: &[Value] = if ty == s.m.types.tuple {
            // SAFETY: an exact tuple has a tuple's layout.
            unsafe { sequence.cast::<Tuple>() }.slice()
        } else {
            // SAFETY: an exact list has a list's layout, and the items are copied before anything runs that could change it.
            unsafe { std::slice::from_raw_parts(sequence.cast::<List>().items().as_ptr(), sequence.cast::<List>().len()) }
        };
        if exact && items.len() > before {
            return Err(s.m.value_error(&format!("too many values to unpack (expected {before})")));
        }
        check_enough(s, items.len(), before, after)?;
        return Ok(ValueVec::from_slice(s.m, items));
    }
    if ty.slot(|t| t.iter).is_none() && ty.slot(|t| t.getitem).is_none() {
        let name = ty.name_str();
        return Err(s.m.type_error(&format!("cannot unpack non-iterable {name} object")));
    }
    let iterator = s.m.iter(sequence)?;
    let mut items = ValueVec::with_capacity(s.m, before + 1);
    loop {
        if !exact && items.len() == before {
            // What is left is taken as `list(iterator)` does, which asks the iterator for its iterator.
            for &v in s.m.collect(iterator)?.iter() {
                items.push(s.m, v);
            }
            break;
        }
        let Some(v) = s.m.next(iterator)? else { break };
        if exact && items.len() == before {
            return Err(s.m.value_error(&format!("too many values to unpack (expected {before})")));
        }
        items.push(s.m, v);
    }
    check_enough(s, items.len(), before, after)?;
    Ok(items)
}

fn check_enough(s: &mut Slow<'_>, got: usize, before: usize, after: Option<usize>) -> R<()> {
    let needed = before + after.unwrap_or(0);
    if got >= needed {
        return Ok(());
    }
    let least = if after.is_some() { "at least " } else { "" };
    Err(s.m.value_error(&format!("not enough values to unpack (expected {least}{needed}, got {got})")))
}
