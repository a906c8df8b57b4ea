//! Cycles among dead objects: what CPython's reference counts would still keep until its collector runs.
//!
//! In contrast to `heap/mark.rs` this walks only what the given dead objects refer to, and leaves the marks as they are. Which objects
//! CPython's collector knows, [`is_tracked`] tells: that is why `gc.collect()` can say how many it found.

use crate::heap::Marker;
use crate::object::dict::Dict;
use crate::object::header::{Header, LayoutId};
use crate::object::tuple::Tuple;
use crate::object::typeobj::TypeFlags;
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

/// How many of the dead, which are all there are, CPython's collector would find: those that are left when all to which no reference
/// leads are taken away, again and again, and that it knows.
pub(super) fn count(marker: &mut Marker<'_>, dead: &[Object]) -> usize {
    let mut references: HashMap<Object, usize, BuildHasherDefault<DefaultHasher>> = dead.iter().map(|&o| (o, 0)).collect();
    for &object in dead {
        for child in marker.unmarked_children(object) {
            *references.entry(child).or_default() += 1;
        }
    }
    let mut unreferenced: Vec<Object> = dead.iter().copied().filter(|o| references.get(o) == Some(&0)).collect();
    while let Some(object) = unreferenced.pop() {
        references.remove(&object);
        for child in marker.unmarked_children(object) {
            if let Some(left) = references.get_mut(&child) {
                *left -= 1;
                if *left == 0 {
                    unreferenced.push(child);
                }
            }
        }
    }
    let values = references.keys().filter_map(|o| std::ptr::NonNull::new(o.cast_mut()));
    values.filter(|&o| is_tracked(Value::from_ptr(o))).count()
}

/// Whether CPython's collector keeps track of an object. Dicts are tracked once they hold something that could be.
pub(crate) fn is_tracked(v: Value) -> bool {
    if !v.is_ptr() {
        return false;
    }
    let object: Object = v.as_ptr();
    // SAFETY: the object has not been swept, and its type lives as long.
    let ty = unsafe { &*(*object).ty() };
    if ty.has(TypeFlags::HEAP) {
        return true;
    }
    match ty.layout.id {
        LayoutId::Instance
        | LayoutId::Int
        | LayoutId::Float
        | LayoutId::Complex
        | LayoutId::Str
        | LayoutId::StrBuf
        | LayoutId::Bytes
        | LayoutId::ByteArray
        | LayoutId::Range
        | LayoutId::RangeIter
        | LayoutId::Code
        | LayoutId::Buffer
        | LayoutId::TableCell
        | LayoutId::TableBlock
        | LayoutId::OwnDecoder
        | LayoutId::LruLink
        | LayoutId::Hasher
        | LayoutId::Random
        | LayoutId::Compressor
        | LayoutId::Decompressor
        | LayoutId::Ucd
        | LayoutId::Other => false,
        LayoutId::Tuple => v.downcast::<Tuple>().is_some_and(|t| !t.slice().is_empty()),
        LayoutId::Dict => v.downcast::<Dict>().is_some_and(|d| d.iter().any(|(key, value)| could_be(key) || could_be(value))),
        _ => true,
    }
}

/// Whether holding an object gets a dict tracked: tuples of what is not have been given up by the collector as a rule, as constants have.
fn could_be(v: Value) -> bool {
    match v.downcast::<Tuple>() {
        Some(tuple) => tuple.slice().iter().any(|&item| item.downcast::<Tuple>().is_none() && is_tracked(item)),
        None => v.downcast::<Dict>().is_some() || is_tracked(v),
    }
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
