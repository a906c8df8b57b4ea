//! Operations on a dict's order, as `OrderedDict` has them: taking the first entry, moving one to either end.

use super::Dict;
use super::table::{Entry, slots_for_keys};
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
        let mut first = self.next_entry(0).map_or(0, |(first, _)| first);
        if first == probe.index {
            return Ok(true);
        }
        let mut probe = probe;
        if first == 0 {
            // Room for as many moves as cost as much as making it.
            first = self.len() / 2 + 1;
            self.resize_behind(m, slots_for_keys(self.len() + first + 1).max(self.log2_slots.get()), first);
            probe = self.walk(hash, |_, o| o.key.is(e.key));
        }
        self.delete(probe);
        let free = self.walk(hash, |_, _| false);
        self.put_first(free, first - 1, Entry { hash, ..e });
        Ok(true)
    }
}
