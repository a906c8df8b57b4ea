//! What a machine remembers about its classes besides the types themselves: the method cache, the names of slots, and the
//! references that do not keep alive (subclasses, weak references).

use super::header::Gc;
use super::slot_defs::SLOT_DEFS;
use super::string::Str;
use super::typeobj::Type;
use super::value::Value;
use super::weakref::WeakRef;
use crate::heap::Marker;
use crate::machine::Machine;
use std::collections::{BTreeMap, VecDeque};

/// Entries of the method cache (a power of two).
const CACHE_SIZE: usize = 4096;

/// One remembered look-up. The tag implies the class and that it has not changed since, so nothing here needs marking.
#[derive(Clone, Copy)]
struct Entry {
    tag: u32,
    place: Place,
    name: usize,
    value: Value,
}

/// What is known of a name among the keys that a class's instances share. A key keeps its index for ever, but new ones may come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place(u8);

impl Place {
    /// Nothing.
    pub(crate) const UNKNOWN: Place = Place(u8::MAX);
    /// Set in what says that the first keys, so many, do not have the name.
    const ABSENT: u8 = 0x80;

    /// Its index, if it is known to be a key.
    #[inline(always)]
    pub(crate) const fn index(self) -> Option<usize> {
        if self.0 & Place::ABSENT == 0 { Some(self.0 as usize) } else { None }
    }

    /// Whether it is known not to be one of so many keys.
    #[inline(always)]
    pub(crate) const fn is_absent(self, keys: usize) -> bool {
        self.0 as usize == Place::ABSENT as usize | keys
    }

    /// From the result of a search among so many keys.
    pub(crate) fn found(index: Option<usize>, keys: usize) -> Place {
        Place(index.map_or(Place::ABSENT | keys as u8, |index| index as u8))
    }
}

/// See the module.
pub struct ClassState {
    cache: Box<[Entry; CACHE_SIZE]>,
    /// The next tag; 0 once they are used up.
    next_tag: u32,
    /// Interned name of each row of [`SLOT_DEFS`].
    pub(crate) slot_names: Vec<Gc<Str>>,
    /// Classes made by Python code; not marked.
    pub(crate) heap_types: Vec<Gc<Type>>,
    /// Weak references by the address of their object; not marked.
    weakrefs: BTreeMap<usize, Vec<Gc<WeakRef>>>,
    /// Those among them of which a program would notice that their object has died; not marked.
    watched: Vec<Gc<WeakRef>>,
    /// Weak references whose object has gone and whose callback is still to be called.
    callbacks: VecDeque<Value>,
}

impl Default for ClassState {
    fn default() -> Self {
        let empty = Entry { tag: 0, place: Place::UNKNOWN, name: 0, value: Value::NULL };
        ClassState {
            cache: Box::new([empty; CACHE_SIZE]),
            next_tag: 1,
            slot_names: Vec::new(),
            heap_types: Vec::new(),
            weakrefs: BTreeMap::new(),
            watched: Vec::new(),
            callbacks: VecDeque::new(),
        }
    }
}

impl ClassState {
    /// A number no class has had; 0 if there is none.
    pub(crate) fn fresh_tag(&mut self) -> u32 {
        let tag = self.next_tag;
        self.next_tag = tag.wrapping_add(u32::from(tag != 0));
        tag
    }

    #[inline(always)]
    fn index(tag: u32, name: Gc<Str>) -> usize {
        (tag as usize ^ (name.as_ptr() as usize >> 4)) % CACHE_SIZE
    }

    /// A remembered look-up: `NULL` if the name is known not to be there; and what is known of its place. The tag is not 0.
    #[inline(always)]
    pub(crate) fn cached(&self, tag: u32, name: Gc<Str>) -> Option<(Value, Place)> {
        let e = &self.cache[Self::index(tag, name)];
        if e.tag == tag && e.name == name.as_ptr() as usize { Some((e.value, e.place)) } else { None }
    }

    /// Adds to a remembered look-up what is known of the name's place.
    pub(crate) fn remember_place(&mut self, tag: u32, name: Gc<Str>, place: Place) {
        let e = &mut self.cache[Self::index(tag, name)];
        if e.tag == tag && e.name == name.as_ptr() as usize {
            e.place = place;
        }
    }

    /// Remembers a look-up.
    pub(crate) fn remember(&mut self, tag: u32, name: Gc<Str>, value: Value) {
        self.cache[Self::index(tag, name)] = Entry { tag, place: Place::UNKNOWN, name: name.as_ptr() as usize, value };
    }

    /// Interns the names of the slots, once the machine can make strings.
    pub(crate) fn intern_slot_names(m: &mut Machine) {
        let names = SLOT_DEFS.iter().map(|row| m.intern(row.name)).collect();
        m.classes.slot_names = names;
    }

    /// Notes a new weak reference.
    pub(crate) fn add_weakref(&mut self, w: Gc<WeakRef>) {
        self.weakrefs.entry(w.target.get().as_ptr() as usize).or_default().push(w);
        if w.watched {
            self.watched.push(w);
        }
    }

    /// The weak references to a heap object.
    pub(crate) fn weakrefs_of(&self, target: Value) -> &[Gc<WeakRef>] {
        if target.is_ptr() { self.weakrefs.get(&(target.as_ptr() as usize)).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// The objects that have weak references.
    pub(crate) fn weakly_referenced(&self) -> impl Iterator<Item = Value> + '_ {
        self.weakrefs.values().filter_map(|refs| refs.first().map(|w| w.target.get()))
    }

    /// Objects with weak references whose death a program could notice, once for each such reference.
    pub(crate) fn watched(&self) -> impl ExactSizeIterator<Item = Value> + '_ {
        self.watched.iter().map(|w| w.target.get())
    }

    /// The next weak reference whose callback is due.
    pub(crate) fn take_callback(&mut self) -> Option<Value> {
        self.callbacks.pop_front()
    }

    /// Marks what it keeps alive.
    pub(crate) fn trace(&self, marker: &mut Marker<'_>) {
        for &w in &self.callbacks {
            marker.mark(w);
        }
    }

    /// Drops references to what the collection did not reach. To be called after marking; a weak reference that is still reachable
    /// and has a callback is queued, to be called by [`Machine::run_pending_callbacks`].
    pub(crate) fn clear_weak(&mut self, marker: &mut Marker<'_>) {
        self.heap_types.retain(|t| marker.is_marked(t.value()));
        for t in &self.heap_types {
            t.subclasses.borrow_mut().retain(|s| marker.is_marked(s.value()));
        }
        let callbacks = &mut self.callbacks;
        self.weakrefs.retain(|_, refs| {
            refs.retain(|w| {
                if !marker.is_marked(w.value()) {
                    return false;
                }
                if marker.is_marked(w.target.get()) {
                    return true;
                }
                w.target.set(Value::NULL);
                if !w.callback.get().is_null() {
                    callbacks.push_back(w.value());
                }
                false
            });
            !refs.is_empty()
        });
        self.watched.retain(|w| marker.is_marked(w.value()) && !w.target.get().is_null());
    }
}

impl Machine {
    /// To be called by the collector after marking: clears what refers weakly to dead objects.
    pub(crate) fn clear_weak(&mut self, marker: &mut Marker<'_>) {
        self.types.each(|t| t.subclasses.borrow_mut().retain(|s| marker.is_marked(s.value())));
        self.exceptions.each(|t| t.subclasses.borrow_mut().retain(|s| marker.is_marked(s.value())));
        self.native_types.values().for_each(|t| t.subclasses.borrow_mut().retain(|s| marker.is_marked(s.value())));
        self.classes.clear_weak(marker);
        self.lib.clear_weak(marker);
    }
}
