//! Where the names of a module or class body were last found. They are keys of dicts, which keep the places of their entries, so most
//! are found there again by one comparison, wherever their hashes would lead. LOAD_GLOBAL has its caches in the code instead, and only
//! when it is specialised.

use super::dict::{Dict, Entry};
use super::header::Gc;
use super::string::Str;
use std::cell::Cell;
use std::ptr::NonNull;

/// Of one name of a code object. It says where to look, never what is there.
#[derive(Default)]
pub(crate) struct NameHint {
    /// Index of the name's entry in the namespace or, if that does not bind it, in the builtins.
    entry: Cell<u32>,
    /// Version of the keys of a namespace that does not bind the name; 0 for none.
    absent_at: Cell<u32>,
}

impl NameHint {
    /// The name's entry, if it is still where it was in that dict.
    #[inline(always)]
    pub(crate) fn entry_in(&self, dict: &Dict, name: Gc<Str>) -> Option<NonNull<Entry>> {
        dict.entry_at(self.entry.get(), name.value())
    }

    /// Where a name is that the namespace is known not to bind, if it is where it was in the builtins.
    pub(crate) fn builtin(&self, namespace: &Dict, builtins: &Dict, name: Gc<Str>) -> Option<NonNull<Entry>> {
        let version = namespace.keys_version.get();
        if version != 0 && version == self.absent_at.get() { self.entry_in(builtins, name) } else { None }
    }

    /// Remembers the entry of a namespace.
    pub(crate) fn bound(&self, namespace: &Dict, entry: NonNull<Entry>) {
        self.entry.set(namespace.index_of(entry));
    }

    /// Remembers the entry of the builtins, for as long as a namespace has the keys of that version and no other.
    pub(crate) fn not_bound(&self, version: u32, builtins: &Dict, entry: NonNull<Entry>) {
        self.bound(builtins, entry);
        self.absent_at.set(version);
    }
}
