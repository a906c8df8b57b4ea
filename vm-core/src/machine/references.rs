//! Who refers to whom, for `sys.getrefcount` and `gc`'s functions that look at the heap. Nothing keeps counts here: they are found by
//! looking at all that is alive. In contrast to a collection's, these marks leave out what only native code holds.

use super::Machine;
use super::frame::{Frame, HEADER_WORDS};
use super::garbage_cycles::is_tracked;
use crate::heap::{Marker, stack};
use crate::object::buffer::Buffer;
use crate::object::dict::Dict;
use crate::object::header::Header;
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;

type Object = *const Header;

/// What an object that is never freed is said to have.
const IMMORTAL: i64 = 4_294_967_295;
/// References to a number that is kept in the word: a name, a constant and the argument.
const IN_WORD: i64 = 3;

fn value(object: Object) -> Option<Value> {
    std::ptr::NonNull::new(object.cast_mut()).map(Value::from_ptr)
}

/// How often a container that holds a value holds it.
/// Whether it is a class that every program has, which nobody counts references to.
fn is_fixed_type(v: Value) -> bool {
    v.downcast::<crate::object::typeobj::Type>().is_some_and(|t| !t.has(TypeFlags::HEAP))
}

fn occurrences(object: Object, target: Value) -> i64 {
    let Some(v) = value(object) else { return 1 };
    let count = |items: &[Value]| items.iter().filter(|&&item| item == target).count();
    let found = if let Some(buffer) = v.downcast::<Buffer>() {
        // SAFETY: a buffer has so many initialised values.
        count(unsafe { std::slice::from_raw_parts(buffer.data(), buffer.capacity()) })
    } else if let Some(tuple) = v.downcast::<Tuple>() {
        count(tuple.slice())
    } else if let Some(dict) = v.downcast::<Dict>() {
        dict.iter().map(|(key, item)| usize::from(key == target) + usize::from(item == target)).sum()
    } else {
        1
    };
    found.max(1) as i64
}

impl Machine {
    fn examine<T>(&mut self, f: impl FnOnce(&mut Marker<'_>, &[Object]) -> T) -> T {
        self.collect_garbage();
        // Whoever gets hold of a class's dict may change it; and kept objects are to be seen too.
        self.heap.forget_kept();
        let range = stack::between(self.loop_base, self.stack_base).and(self.threads.native_ranges());
        let vm: *mut Machine = self;
        // SAFETY: the roots are only read while the heap marks; the heap is not among them.
        unsafe { (*vm).heap.examine(&range, |marker| (*vm).trace_roots(marker), f) }
    }

    /// How many references lead to a value, the argument of the call that asks included.
    pub(crate) fn reference_count(&mut self, target: Value) -> i64 {
        if !target.is_ptr() {
            let small = self.int_as_i64(target).is_none_or(|n| (-5..=256).contains(&n));
            return if small && self.type_of(target) != self.types.float { IMMORTAL } else { IN_WORD };
        }
        if is_fixed_type(target) || target == self.empty_tuple || self.is_single_character(target) {
            return IMMORTAL;
        }
        let object: Object = target.as_ptr();
        let held = self.examine(|marker, all| {
            let holders = all.iter().filter(|&&o| o != object && marker.refers(o, object));
            holders.map(|&o| occurrences(o, target)).sum::<i64>() + i64::from(marker.refers(object, object))
        });
        held + self.count_in_frames(target)
    }

    fn is_single_character(&self, v: Value) -> bool {
        v.downcast::<crate::object::string::Str>().is_some_and(|s| s.char_len() < 2 && s.is_ascii())
    }

    /// How often the frames that run hold a value, operands included.
    fn count_in_frames(&self, target: Value) -> i64 {
        let (mut n, mut fp) = (0, self.fp);
        while !fp.is_null() {
            // SAFETY: the frames are live; those below the current one, and it during a call, have saved their stack pointers.
            unsafe {
                let frame = Frame::of(fp);
                let mut at = frame.cast::<Value>().cast_const().add(HEADER_WORDS);
                while at < (*frame).sp.cast_const() {
                    n += i64::from(*at == target);
                    at = at.add(1);
                }
                fp = (*frame).previous;
            }
        }
        n
    }

    /// Every object that CPython's collector would know.
    pub(crate) fn live_objects(&mut self) -> Vec<Value> {
        self.examine(|_, all| all.iter().filter_map(|&o| value(o)).filter(|&v| is_tracked(v)).collect())
    }

    /// Those of them that refer to one of some values.
    pub(crate) fn referrers(&mut self, targets: &[Value]) -> Vec<Value> {
        let targets: Vec<Object> = targets.iter().filter(|v| v.is_ptr()).map(|v| v.as_ptr().cast_const().cast()).collect();
        self.examine(|marker, all| {
            let mut holders = |targets: &[Object]| -> Vec<Object> {
                all.iter().copied().filter(|&o| targets.iter().any(|&t| marker.refers(o, t))).collect()
            };
            let direct = holders(&targets);
            // A list's items are in a buffer of their own.
            let is_buffer = |&o: &Object| value(o).is_some_and(|v| v.downcast::<Buffer>().is_some());
            let (buffers, mut found): (Vec<Object>, Vec<Object>) = direct.into_iter().partition(is_buffer);
            if !buffers.is_empty() {
                found.extend(holders(&buffers));
            }
            found.into_iter().filter_map(value).filter(|&v| is_tracked(v)).collect()
        })
    }

    /// What some objects refer to.
    pub(crate) fn referents(&mut self, of: &[Value]) -> Vec<Value> {
        self.examine(|marker, all| {
            marker.unmark_all(all);
            let mut found = Vec::new();
            for &v in of.iter().filter(|v| v.is_ptr()) {
                if let Some(list) = v.downcast::<List>() {
                    found.extend(list.items().iter().rev());
                } else if let Some(tuple) = v.downcast::<Tuple>() {
                    found.extend(tuple.slice().iter().rev());
                } else if let Some(dict) = v.downcast::<Dict>() {
                    let plain = dict.iter().all(|(key, _)| key.downcast::<crate::object::string::Str>().is_some());
                    for (key, item) in dict.iter() {
                        found.extend((!plain).then_some(key));
                        found.push(item);
                    }
                } else {
                    let mut children = marker.unmarked_children(v.as_ptr());
                    // The type comes first here, and last there.
                    let first = 1.min(children.len());
                    children.rotate_left(first);
                    found.extend(children.into_iter().filter_map(value).filter(|&v| !is_fixed_type(v)));
                }
            }
            found
        })
    }
}
