//! `_heapq`: heaps in lists. Comparing may run Python that changes the list, which is checked for after each comparison.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::quick_order::quick_order;
use crate::object::slots::Compare;
use crate::object::value::Value;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_heapq",
    functions: &[
        MethodDef::new("heappush", Convention::Fast, push),
        MethodDef::new("heappushpop", Convention::Fast, push_pop),
        MethodDef::new("heappop", Convention::O, |m, _, args| pop::<false>(m, "heappop", args)),
        MethodDef::new("heapreplace", Convention::Fast, |m, _, args| replace::<false>(m, "heapreplace", args)),
        MethodDef::new("heapify", Convention::O, |m, _, args| heapify::<false>(m, "heapify", args)),
        MethodDef::new("_heappop_max", Convention::O, |m, _, args| pop::<true>(m, "_heappop_max", args)),
        MethodDef::new("_heapify_max", Convention::O, |m, _, args| heapify::<true>(m, "_heapify_max", args)),
        MethodDef::new("_heapreplace_max", Convention::Fast, |m, _, args| replace::<true>(m, "_heapreplace_max", args)),
    ],
    init: None,
    doc: "Heap queue algorithm (a.k.a. priority queue).",
};

fn empty(m: &mut Machine) -> crate::machine::Raised {
    m.index_error("index out of range")
}

fn list_of(m: &mut Machine, name: &str, which: &str, v: Value) -> R<Gc<List>> {
    match v.downcast::<List>() {
        Some(list) => Ok(list),
        None => {
            let got = m.type_name(v);
            Err(m.type_error(&format!("{name}() {which} must be list, not {got}")))
        }
    }
}

/// Whether `a` is to come before `b`.
#[inline(always)]
fn before<const MAX: bool>(m: &mut Machine, a: Value, b: Value) -> R<bool> {
    let (a, b) = if MAX { (b, a) } else { (a, b) };
    match quick_order(m, a, b) {
        Some(order) => Ok(order.is_lt()),
        None => m.compare_bool(a, b, Compare::Lt),
    }
}

/// Items `i` and `j`, which exist unless the list was changed.
fn two(m: &mut Machine, heap: Gc<List>, i: usize, j: usize) -> R<(Value, Value)> {
    match (heap.get(i), heap.get(j)) {
        (Some(a), Some(b)) => Ok((a, b)),
        _ => Err(empty(m)),
    }
}

fn swap(heap: Gc<List>, i: usize, a: Value, j: usize, b: Value) {
    heap.set(i, b);
    heap.set(j, a);
}

fn check_size(m: &mut Machine, heap: Gc<List>, len: usize) -> R<()> {
    if heap.len() == len { Ok(()) } else { Err(m.runtime_error("list changed size during iteration")) }
}

/// Moves the item at `at` towards the root as far as it belongs, not beyond `start`.
fn towards_root<const MAX: bool>(m: &mut Machine, heap: Gc<List>, start: usize, mut at: usize) -> R<()> {
    let len = heap.len();
    if at >= len {
        return Err(empty(m));
    }
    while at > start {
        let parent = (at - 1) / 2;
        let (item, above) = two(m, heap, at, parent)?;
        let moves = before::<MAX>(m, item, above)?;
        check_size(m, heap, len)?;
        if !moves {
            break;
        }
        // Comparing may have replaced items; what is there now is exchanged.
        let (item, above) = two(m, heap, at, parent)?;
        swap(heap, at, item, parent, above);
        at = parent;
    }
    Ok(())
}

/// Moves the item at `at` down to a leaf, the smaller children up, then the item up to where it belongs.
fn towards_leaves<const MAX: bool>(m: &mut Machine, heap: Gc<List>, start: usize) -> R<()> {
    let len = heap.len();
    let mut at = start;
    if at >= len {
        return Err(empty(m));
    }
    while at < len / 2 {
        let mut child = 2 * at + 1;
        if child + 1 < len {
            let (left, right) = two(m, heap, child, child + 1)?;
            let left_first = before::<MAX>(m, left, right)?;
            child += usize::from(!left_first);
            check_size(m, heap, len)?;
        }
        let (item, below) = two(m, heap, at, child)?;
        swap(heap, at, item, child, below);
        at = child;
    }
    towards_root::<MAX>(m, heap, start, at)
}

fn push(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "heappush", 2, 2)?;
    let heap = list_of(m, "heappush", "argument 1", args[0])?;
    heap.push(m, args[1]);
    towards_root::<false>(m, heap, 0, heap.len() - 1)?;
    Ok(Value::NONE)
}

fn pop<const MAX: bool>(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let heap = list_of(m, name, "argument", args.pos()[0])?;
    let Some(last) = heap.pop() else { return Err(empty(m)) };
    let Some(first) = heap.get(0) else { return Ok(last) };
    heap.set(0, last);
    towards_leaves::<MAX>(m, heap, 0)?;
    Ok(first)
}

fn replace<const MAX: bool>(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let args = args.between(m, name, 2, 2)?;
    let heap = list_of(m, name, "argument 1", args[0])?;
    let Some(first) = heap.get(0) else { return Err(empty(m)) };
    heap.set(0, args[1]);
    towards_leaves::<MAX>(m, heap, 0)?;
    Ok(first)
}

fn push_pop(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "heappushpop", 2, 2)?;
    let heap = list_of(m, "heappushpop", "argument 1", args[0])?;
    let Some(first) = heap.get(0) else { return Ok(args[1]) };
    if !before::<false>(m, first, args[1])? {
        return Ok(args[1]);
    }
    let Some(first) = heap.get(0) else { return Err(empty(m)) };
    heap.set(0, args[1]);
    towards_leaves::<false>(m, heap, 0)?;
    Ok(first)
}

fn heapify<const MAX: bool>(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let heap = list_of(m, name, "argument", args.pos()[0])?;
    for i in (0..heap.len() / 2).rev() {
        towards_leaves::<MAX>(m, heap, i)?;
    }
    Ok(Value::NONE)
}
