//! Searching for objects: whether all of a few are alive, found out without marking everything.
//!
//! In contrast to a collection it ends as soon as the last has been found, frees nothing, and leaves the collections' marks as they are.
//! Most objects that a program works with are near its frames; classes, code and the namespaces of modules lead to everything else and
//! are not entered. So an object that is not found may be alive all the same.

use super::block::{Block, Map};
use super::{Heap, Marker, stack};
use crate::object::function::Function;
use crate::object::header::{Gc, Header, LayoutId};
use crate::object::value::Value;

/// Cost after which it is first asked whether everything has been found; then each time half as much more.
const FIRST_LOOK: usize = 64;
/// Bytes of an object that cost as much to visit as an object does to come to.
const UNIT_BYTES: usize = 64;

/// What a search came to.
pub(crate) struct Found {
    /// Whether every object was found.
    pub(crate) all: bool,
    /// What it cost, in visits of small objects.
    pub(crate) cost: usize,
}

impl Heap {
    /// Looks for `targets` from what `roots` marks and from native stack memory, as long as that costs less than marking half of the heap.
    pub(crate) fn search(&mut self, range: &stack::Range<'_>, roots: impl FnOnce(&mut Marker<'_>), targets: &mut Vec<Value>) -> Found {
        let mut stack = std::mem::take(&mut self.mark_stack);
        let mut marker = Marker::searching(&mut stack);
        roots(&mut marker);
        for object in range.words().filter_map(|word| self.object_at(word)) {
            // SAFETY: the object lies in a block of this heap. What the last collection found dead may refer to what is no more.
            if unsafe { (*Block::of(object)).is_live(object) } {
                marker.mark_object(object);
            }
        }
        let mut search = Search { seen: Vec::new(), functions: Vec::new(), cost: 0 };
        search.run(&mut marker, targets, self.live_objects / 2);
        targets.retain(|&v| !marker.is_marked(v));
        let Search { mut seen, cost, .. } = search;
        seen.append(&mut stack);
        for object in seen {
            // SAFETY: nothing was freed since it was marked.
            unsafe { (*Block::of(object)).unmark(Map::Seen, object) };
        }
        self.mark_stack = stack;
        Found { all: targets.is_empty(), cost }
    }
}

struct Search {
    /// What was visited.
    seen: Vec<*const Header>,
    /// Functions come to. What they refer to besides their module is looked at when there is nothing else left.
    functions: Vec<*const Header>,
    cost: usize,
}

impl Search {
    fn run(&mut self, marker: &mut Marker<'_>, targets: &mut Vec<Value>, limit: usize) {
        let mut look = FIRST_LOOK;
        loop {
            while let Some(object) = marker.next() {
                self.visit(marker, object);
                if self.cost >= look {
                    targets.retain(|&v| !marker.is_marked(v));
                    if targets.is_empty() || self.cost >= limit {
                        return;
                    }
                    look += look / 2;
                }
            }
            if self.functions.is_empty() {
                return;
            }
            for function in self.functions.drain(..) {
                // SAFETY: it is a live function.
                let function = unsafe { Gc::<Function>::from_raw(function.cast_mut().cast()) };
                for part in [&function.closure, &function.defaults, &function.kwdefaults, &function.dict] {
                    marker.mark(part.get());
                }
            }
        }
    }

    fn visit(&mut self, marker: &mut Marker<'_>, object: *const Header) {
        self.seen.push(object);
        // SAFETY: marked objects are alive, and so are their types.
        unsafe {
            match (*(*object).ty()).layout.id {
                LayoutId::Str | LayoutId::Int | LayoutId::Float | LayoutId::Bytes => self.cost += 1,
                LayoutId::Type | LayoutId::Module | LayoutId::Code => self.cost += 1,
                LayoutId::Function => {
                    self.cost += 1;
                    self.functions.push(object);
                }
                _ => {
                    self.cost += 1 + (*Block::of(object)).cell_size() / UNIT_BYTES;
                    marker.trace_object(object);
                }
            }
        }
    }
}
