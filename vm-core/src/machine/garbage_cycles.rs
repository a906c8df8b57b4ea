//! Cycles among dead objects: what CPython's reference counts would still keep until its collector runs.
//!
//! In contrast to `heap/mark.rs` this walks only what the given dead objects refer to, and leaves the marks as they are.

use crate::heap::Marker;
use crate::object::header::Header;
use crate::object::value::Value;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

type Object = *const Header;

/// One object on the path of the depth-first search.
struct Visit {
    object: Object,
    children: Vec<Object>,
    next: usize,
}

/// Number and lowest number reached, for each object seen; `usize::MAX` as the latter once its component is complete.
type Numbers = HashMap<Object, (usize, usize), BuildHasherDefault<DefaultHasher>>;

/// One member of each cycle that the dead `roots` belong to or lead to (Tarjan's algorithm, without recursion).
pub(super) fn in_cycles(marker: &mut Marker<'_>, roots: &[Value]) -> Vec<Value> {
    let mut numbers = Numbers::default();
    let mut component: Vec<Object> = Vec::new();
    let mut path: Vec<Visit> = Vec::new();
    let mut found = Vec::new();
    for root in roots.iter().filter(|v| v.is_ptr()) {
        let root: Object = root.as_ptr();
        if !numbers.contains_key(&root) {
            enter(marker, root, &mut numbers, &mut component, &mut path);
        }
        while let Some(visit) = path.last_mut() {
            if let Some(&child) = visit.children.get(visit.next) {
                visit.next += 1;
                let from = visit.object;
                match numbers.get(&child) {
                    None => enter(marker, child, &mut numbers, &mut component, &mut path),
                    Some(&(_, usize::MAX)) => {}
                    Some(&(number, _)) => lower(&mut numbers, from, number),
                }
                continue;
            }
            let object = visit.object;
            let own = visit.children.contains(&object);
            path.pop();
            let (number, low) = numbers.get(&object).copied().unwrap_or_default();
            if number != low {
                if let Some(parent) = path.last() {
                    lower(&mut numbers, parent.object, low);
                }
                continue;
            }
            let start = component.iter().rposition(|&o| o == object).unwrap_or(0);
            if component.len() - start > 1 || own {
                found.extend(std::ptr::NonNull::new(object.cast_mut()).map(Value::from_ptr));
            }
            for member in component.drain(start..) {
                if let Some(entry) = numbers.get_mut(&member) {
                    entry.1 = usize::MAX;
                }
            }
        }
    }
    found
}

fn enter(marker: &mut Marker<'_>, object: Object, numbers: &mut Numbers, component: &mut Vec<Object>, path: &mut Vec<Visit>) {
    let number = numbers.len();
    numbers.insert(object, (number, number));
    component.push(object);
    path.push(Visit { object, children: marker.unmarked_children(object), next: 0 });
}

fn lower(numbers: &mut Numbers, object: Object, to: usize) {
    if let Some(entry) = numbers.get_mut(&object) {
        entry.1 = entry.1.min(to);
    }
}
