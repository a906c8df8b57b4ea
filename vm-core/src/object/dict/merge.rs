//! Filling a dict from other dicts, mappings and iterables of pairs: what `dict(...)`, `update`, `|=` and `**` in displays and calls share.

use super::Dict;
use crate::machine::{Machine, R, Raised};
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

/// What to do with a key that is there already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnDuplicate {
    /// Keep the value it has.
    Keep,
    /// Take the new value.
    Replace,
    /// Raise `KeyError(key)` (keyword arguments).
    Refuse,
}

impl Gc<Dict> {
    /// Adds the items of a mapping: a dict, or anything with `keys()` and `__getitem__`.
    pub fn merge(self, m: &mut Machine, mapping: Value, on_duplicate: OnDuplicate) -> R<()> {
        if let Some(other) = mapping.downcast::<Dict>()
            && m.iterates_as_dict(mapping)
        {
            return self.merge_dict(m, other, on_duplicate);
        }
        let keys = m.mapping_keys(mapping)?;
        let iterator = m.iter(keys)?;
        while let Some(key) = m.next(iterator)? {
            if on_duplicate != OnDuplicate::Replace && self.contains(m, key)? {
                if on_duplicate == OnDuplicate::Refuse {
                    return Err(m.key_error(key));
                }
                continue;
            }
            let value = m.get_item(mapping, key)?;
            self.insert(m, key, value)?;
        }
        Ok(())
    }

    /// Adds the items of a mapping, replacing values (`{**mapping}`).
    pub fn update_from_mapping(self, m: &mut Machine, mapping: Value) -> R<()> {
        self.merge(m, mapping, OnDuplicate::Replace)
    }

    /// Adds the items of another dict.
    pub fn merge_dict(self, m: &mut Machine, other: Gc<Dict>, on_duplicate: OnDuplicate) -> R<()> {
        if self == other || other.is_empty() {
            return Ok(());
        }
        if self.is_empty() {
            self.fill_from(m, other);
            return Ok(());
        }
        if other.len() > self.entries_len() + self.usable() {
            self.reserve(m, other.len());
        }
        let n = other.entries_len();
        for i in 0..n {
            let Some(e) = other.full_entry(i) else { continue };
            if on_duplicate != OnDuplicate::Replace && self.contains_hashed(m, e.key, e.hash)? {
                if on_duplicate == OnDuplicate::Refuse {
                    return Err(m.key_error(e.key));
                }
            } else {
                self.insert_hashed(m, e.key, e.hash, e.value)?;
            }
            if n != other.entries_len() {
                return Err(m.runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    /// Adds the pairs of an iterable.
    pub fn merge_pairs(self, m: &mut Machine, pairs: Value) -> R<()> {
        let iterator = m.iter(pairs)?;
        let mut i = 0usize;
        while let Some(item) = m.next(iterator)? {
            let (n, key, value) = match pair_of(m, item) {
                Ok(pair) => pair,
                Err(Raised) => {
                    let class = m.exceptions.type_error;
                    if m.pending_is(class) {
                        m.take_raised();
                        return Err(m.type_error(&format!("cannot convert dictionary update sequence element #{i} to a sequence")));
                    }
                    return Err(Raised);
                }
            };
            if n != 2 {
                return Err(m.value_error(&format!("dictionary update sequence element #{i} has length {n}; 2 is required")));
            }
            self.insert(m, key, value)?;
            i += 1;
        }
        Ok(())
    }

    /// `dict.update(argument)`: a mapping if it has `keys`, else an iterable of pairs.
    pub fn update(self, m: &mut Machine, argument: Value) -> R<()> {
        let keys = m.names.keys;
        if m.type_of(argument) == m.types.dict || m.get_attr_opt(argument, keys)?.is_some() {
            self.merge(m, argument, OnDuplicate::Replace)
        } else {
            self.merge_pairs(m, argument)
        }
    }
}

/// Length of a sequence, and its first two items (`NULL` if it is shorter).
fn pair_of(m: &mut Machine, item: Value) -> R<(usize, Value, Value)> {
    let two = |items: &[Value]| {
        let at = |i: usize| items.get(i).copied().unwrap_or(Value::NULL);
        (items.len(), at(0), at(1))
    };
    if let Some(tuple) = item.downcast::<Tuple>() {
        return Ok(two(tuple.items()));
    }
    if let Some(list) = item.downcast::<List>() {
        return Ok(two(list.items()));
    }
    let items = m.collect(item)?;
    Ok(two(&items))
}

impl Machine {
    /// Whether a dict is walked as `dict` does it (its class has no `__iter__` of its own).
    pub(crate) fn iterates_as_dict(&self, dict: Value) -> bool {
        let plain = self.types.dict;
        let class = self.type_of(dict);
        class == plain
            || match (class.slot(|s| s.iter), plain.slot(|s| s.iter)) {
                (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
                _ => false,
            }
    }

    /// Adds the keyword arguments of `callable(**mapping)`, with the errors that a call words.
    pub fn merge_keywords(&mut self, map: Gc<Dict>, mapping: Value, callable: Value) -> R<()> {
        let Err(Raised) = map.merge(self, mapping, OnDuplicate::Refuse) else { return Ok(()) };
        if self.pending_is(self.exceptions.attribute_error) {
            self.take_raised();
            let (name, ty) = (self.function_text(callable)?, self.type_name(mapping));
            return Err(self.type_error(&format!("{name} argument after ** must be a mapping, not {ty}")));
        }
        if !self.pending_is(self.exceptions.key_error) {
            return Err(Raised);
        }
        let (exception, args) = (self.pending(), self.intern("args"));
        self.take_raised();
        let args = self.get_attr_opt(exception, args)?.and_then(|v| v.downcast::<Tuple>());
        let Some(&[key]) = args.map(Gc::slice) else { return Err(self.reraise(exception)) };
        let name = self.function_text(callable)?;
        Err(match key.downcast::<Str>() {
            Some(key) => {
                let key = key.to_string_lossy().into_owned();
                self.type_error(&format!("{name} got multiple values for keyword argument '{key}'"))
            }
            None => self.type_error(&format!("{name} keywords must be strings")),
        })
    }

    /// A callable as errors of calls name it: its qualified name, after the module's unless that is `builtins`.
    pub fn function_text(&mut self, callable: Value) -> R<String> {
        let (qualname, module) = (self.names.qualname, self.names.module);
        let Some(name) = self.get_attr_opt(callable, qualname)? else {
            return Ok(self.to_str(callable)?.to_string_lossy().into_owned());
        };
        let name = self.to_str(name)?.to_string_lossy().into_owned();
        let module = self.get_attr_opt(callable, module)?.filter(|v| !v.is_none());
        let Some(module) = module else { return Ok(format!("{name}()")) };
        let module = self.to_str(module)?.to_string_lossy().into_owned();
        Ok(if module == "builtins" { format!("{name}()") } else { format!("{module}.{name}()") })
    }

    /// `mapping.keys()`, as something to iterate over.
    fn mapping_keys(&mut self, mapping: Value) -> R<Value> {
        let keys = self.names.keys;
        let output = self.call_method(mapping, keys, &[])?;
        if self.type_of(output) == self.types.list {
            return Ok(output);
        }
        let iterator = match self.iter(output) {
            Ok(iterator) => iterator,
            Err(Raised) => {
                let class = self.exceptions.type_error;
                if self.pending_is(class) {
                    self.take_raised();
                    let (of, got) = (self.type_name(mapping), self.type_name(output));
                    return Err(self.type_error(&format!("{of}.keys() returned a non-iterable (type {got})")));
                }
                return Err(Raised);
            }
        };
        let keys = self.collect(iterator)?;
        Ok(self.list_from_vec(keys).value())
    }
}
