//! Operations on a dict's order, as `OrderedDict` has them: taking the first entry, moving one to either end.

use super::Dict;
use super::table::index_bytes;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::value::Value;

impl Gc<Dict> {
    /// Removes and returns the first key and value.
    #[must_use]
    pub fn pop_first(self) -> Option<(Value, Value)> {
        let (i, e) = self.next_entry(0)?;
        let probe = self.find_index(e.hash, i);
        self.delete(probe);
        self.first.set(i as u32 + 1);
        Some((e.key, e.value))
    }

    /// Makes a key the last one; false if it is not there.
    pub fn move_to_end(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        let probe = self.find(m, key, hash)?;
        let Some(e) = self.full_entry(probe.index).filter(|_| probe.found()) else { return Ok(false) };
        if self.previous_entry(self.entries_len()).is_some_and(|(last, _)| last != probe.index) {
            self.delete(probe);
            let free = self.walk(hash, |_, _| false);
            self.append(m, free, e.key, hash, e.value);
        }
        Ok(true)
    }

    /// Makes a key the first one; false if it is not there.
    pub fn move_to_front(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        let probe = self.find(m, key, hash)?;
        let Some(e) = self.full_entry(probe.index).filter(|_| probe.found()) else { return Ok(false) };
        if self.next_entry(0).is_some_and(|(first, _)| first == probe.index) {
            return Ok(true);
        }
        // A dense table, in which the entries before the key's move up by one place.
        self.resize(m, self.log2_slots.get());
        let n = self.entries_len();
        let Some(at) = (0..n).find(|&i| self.full_entry(i).is_some_and(|o| o.key.is(e.key))) else { return Ok(false) };
        let bytes = index_bytes(self.log2_slots.get());
        // SAFETY: `n` initialised entries; the index table lies before them and is filled again below.
        unsafe {
            std::slice::from_raw_parts_mut(self.entries.get(), n)[..=at].rotate_right(1);
            self.entries.get().cast::<u8>().sub(bytes).write_bytes(0xff, bytes);
        }
        self.index_entries();
        self.keys_version.set(0);
        Ok(true)
    }
}
