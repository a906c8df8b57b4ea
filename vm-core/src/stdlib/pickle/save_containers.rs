//! How `dump` writes tuples, lists, dicts and sets. What they hold may run Python when it is written, which may change them.

use super::ops::{self, BATCH};
use super::save::Saver;
use crate::machine::{Machine, R};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

/// In fast mode, cycles are looked for from this depth on.
const FAST_NESTING: usize = 50;

impl Saver {
    pub(super) fn tuple(&mut self, m: &mut Machine, tuple: Gc<Tuple>) -> R<()> {
        let items = tuple.slice();
        if items.is_empty() {
            self.out.write(if self.protocol > 0 { &[ops::EMPTY_TUPLE] } else { &[ops::MARK, ops::TUPLE] });
            return Ok(());
        }
        let short = items.len() <= 3 && self.protocol >= 2;
        if !short {
            self.out.byte(ops::MARK);
        }
        for &item in items {
            self.save(m, item)?;
        }
        if self.is_known(tuple.value()) {
            // One of the items refers to it and has written it: what was just written goes away again.
            match (short, self.bin) {
                (true, _) => (0..items.len()).for_each(|_| self.out.byte(ops::POP)),
                (false, true) => self.out.byte(ops::POP_MARK),
                (false, false) => (0..=items.len()).for_each(|_| self.out.byte(ops::POP)),
            }
            return self.refer(m, tuple.value());
        }
        self.out.byte(if short { [ops::TUPLE1, ops::TUPLE2, ops::TUPLE3][items.len() - 1] } else { ops::TUPLE });
        self.note(tuple.value());
        Ok(())
    }

    /// Writes a container's contents, in fast mode with a look at cycles.
    fn contents(&mut self, m: &mut Machine, v: Value, write: impl FnOnce(&mut Self, &mut Machine) -> R<()>) -> R<()> {
        if !self.fast {
            return write(self, m);
        }
        self.nesting += 1;
        let watched = self.nesting >= FAST_NESTING;
        if watched {
            if self.nested.contains(&v.bits()) {
                let name = m.type_name(v);
                let at = crate::object::object_type::address(v);
                return Err(m.value_error(&format!("fast mode: can't pickle cyclic objects including object type {name} at {at:#x}")));
            }
            self.nested.push(v.bits());
        }
        write(self, m)?;
        self.nesting -= 1;
        if watched {
            self.nested.pop();
        }
        Ok(())
    }

    pub(super) fn list(&mut self, m: &mut Machine, list: Gc<List>) -> R<()> {
        self.contents(m, list.value(), |s, m| {
            s.out.write(if s.bin { &[ops::EMPTY_LIST] } else { &[ops::MARK, ops::LIST] });
            s.note(list.value());
            match list.len() {
                0 => Ok(()),
                _ if s.protocol == 0 => {
                    let items = m.iter(list.value())?;
                    s.append_all(m, items)
                }
                1 => {
                    let item = list.get(0).unwrap_or(Value::NONE);
                    s.save(m, item)?;
                    s.out.byte(ops::APPEND);
                    Ok(())
                }
                _ => s.list_items(m, list),
            }
        })
    }

    fn list_items(&mut self, m: &mut Machine, list: Gc<List>) -> R<()> {
        let mut i = 0;
        loop {
            self.out.byte(ops::MARK);
            let end = i + BATCH;
            while i < end
                && let Some(item) = list.get(i)
            {
                self.save(m, item)?;
                i += 1;
            }
            self.out.byte(ops::APPENDS);
            if i >= list.len() {
                return Ok(());
            }
        }
    }

    /// Writes items of an iterator that are to be appended.
    pub(super) fn append_all(&mut self, m: &mut Machine, items: Value) -> R<()> {
        self.in_batches(m, items, (ops::APPEND, ops::APPENDS), |_, item| Ok(item), Self::save)
    }

    /// Writes what an iterator gives, `part` of each item by `save`, and after each the first opcode, or, in later protocols, after each
    /// batch of several the second.
    fn in_batches<T>(
        &mut self,
        m: &mut Machine,
        items: Value,
        (single, several): (u8, u8),
        part: impl Fn(&mut Machine, Value) -> R<T>,
        save: impl Fn(&mut Self, &mut Machine, T) -> R<()>,
    ) -> R<()> {
        if self.protocol == 0 {
            while let Some(item) = m.next(items)? {
                let item = part(m, item)?;
                save(self, m, item)?;
                self.out.byte(single);
            }
            return Ok(());
        }
        loop {
            let Some(first) = m.next(items)? else { return Ok(()) };
            let first = part(m, first)?;
            let Some(second) = m.next(items)? else {
                save(self, m, first)?;
                self.out.byte(single);
                return Ok(());
            };
            self.out.byte(ops::MARK);
            save(self, m, first)?;
            let (mut n, mut ahead) = (1, Some(second));
            while let Some(item) = ahead {
                let item = part(m, item)?;
                save(self, m, item)?;
                n += 1;
                if n == BATCH {
                    break;
                }
                ahead = m.next(items)?;
            }
            self.out.byte(several);
            if n < BATCH {
                return Ok(());
            }
        }
    }

    pub(super) fn dict(&mut self, m: &mut Machine, dict: Gc<Dict>) -> R<()> {
        self.contents(m, dict.value(), |s, m| {
            s.out.write(if s.bin { &[ops::EMPTY_DICT] } else { &[ops::MARK, ops::DICT] });
            s.note(dict.value());
            if dict.is_empty() {
                Ok(())
            } else if s.protocol > 0 {
                s.dict_items(m, dict)
            } else {
                let name = m.names.items;
                let items = m.call_method(dict.value(), name, &[])?;
                let items = m.iter(items)?;
                s.set_all(m, items)
            }
        })
    }

    fn dict_items(&mut self, m: &mut Machine, dict: Gc<Dict>) -> R<()> {
        let size = dict.len();
        if size == 1
            && let Some((_, e)) = dict.next_entry(0)
        {
            self.save(m, e.key)?;
            self.save(m, e.value)?;
            self.out.byte(ops::SETITEM);
            return Ok(());
        }
        let mut i = 0;
        loop {
            let mut n = 0;
            self.out.byte(ops::MARK);
            while n < BATCH
                && let Some((at, e)) = dict.next_entry(i)
            {
                i = at + 1;
                n += 1;
                self.save(m, e.key)?;
                self.save(m, e.value)?;
            }
            self.out.byte(ops::SETITEMS);
            if dict.len() != size {
                return Err(m.runtime_error("dictionary changed size during iteration"));
            }
            if n < BATCH {
                return Ok(());
            }
        }
    }

    /// Key and value of an item of a dict.
    fn pair(m: &mut Machine, item: Value) -> R<(Value, Value)> {
        match item.downcast::<Tuple>().map(Gc::slice) {
            Some(&[key, value]) => Ok((key, value)),
            _ => Err(m.type_error("dict items iterator must return 2-tuples")),
        }
    }

    /// Writes pairs of an iterator that are to be set.
    pub(super) fn set_all(&mut self, m: &mut Machine, items: Value) -> R<()> {
        self.in_batches(m, items, (ops::SETITEM, ops::SETITEMS), Self::pair, |s, m, (key, value)| {
            s.save(m, key)?;
            s.save(m, value)
        })
    }

    /// A set in protocols that have no opcode for it: its class, called with a list.
    fn set_as_call(&mut self, m: &mut Machine, set: Gc<Set>) -> R<()> {
        let items = m.new_list(&[]);
        m.extend_list(items, set.value())?;
        let args = m.new_tuple(&[items.value()]).value();
        let class = m.type_of(set.value()).value();
        let parts = m.new_tuple(&[class, args]);
        self.reduction(m, parts, set.value())
    }

    pub(super) fn set(&mut self, m: &mut Machine, set: Gc<Set>) -> R<()> {
        if self.protocol < 4 {
            return self.set_as_call(m, set);
        }
        self.out.byte(ops::EMPTY_SET);
        self.note(set.value());
        let size = set.len();
        if size == 0 {
            return Ok(());
        }
        let mut i = 0;
        loop {
            let mut n = 0;
            self.out.byte(ops::MARK);
            while n < BATCH
                && let Some((at, key, _)) = set.next_key(i)
            {
                i = at + 1;
                n += 1;
                self.save(m, key)?;
            }
            self.out.byte(ops::ADDITEMS);
            if set.len() != size {
                return Err(m.runtime_error("set changed size during iteration"));
            }
            if n < BATCH {
                return Ok(());
            }
        }
    }

    pub(super) fn frozenset(&mut self, m: &mut Machine, set: Gc<Set>) -> R<()> {
        if self.protocol < 4 {
            return self.set_as_call(m, set);
        }
        self.out.byte(ops::MARK);
        let mut i = 0;
        while let Some((at, key, _)) = set.next_key(i) {
            i = at + 1;
            self.save(m, key)?;
        }
        if self.is_known(set.value()) {
            self.out.byte(ops::POP_MARK);
            return self.refer(m, set.value());
        }
        self.out.byte(ops::FROZENSET);
        self.note(set.value());
        Ok(())
    }
}
