//! Iteration, subscription, length and membership of any objects, with the fall-backs of CPython's `abstract.c`.

use crate::machine::{Machine, R, Raised};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::iterators;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

/// A length hint beyond this is not believed.
const MAX_HINT: usize = 1 << 16;

impl Machine {
    /// `iter(object)`.
    pub fn iter(&mut self, object: Value) -> R<Value> {
        let ty = self.type_of(object);
        let Some(f) = ty.slot(|s| s.iter) else {
            // Classes with `__getitem__` alone are walked by index.
            if ty.slot(|s| s.getitem).is_some()
                && (ty.has(TypeFlags::HEAP) || ty.has(TypeFlags::SEQUENCE))
                && object.downcast::<Dict>().is_none()
            {
                return self.new_seq_iter(object);
            }
            let name = ty.name_str();
            return Err(self.type_error(&format!("'{name}' object is not iterable")));
        };
        let iterator = f(self, object)?;
        let ty = self.type_of(iterator);
        if ty.slot(|s| s.iternext).is_none() {
            let name = ty.name_str();
            return Err(self.type_error(&format!("iter() returned non-iterator of type '{name}'")));
        }
        Ok(iterator)
    }

    /// `next(iterator)`; `None` when exhausted.
    #[inline(always)]
    pub fn next(&mut self, iterator: Value) -> R<Option<Value>> {
        match self.type_of(iterator).slot(|s| s.iternext) {
            Some(f) => match f(self, iterator) {
                Err(Raised) => self.end_of_iteration(),
                result => result,
            },
            None => Err(self.no_iterator(iterator)),
        }
    }

    /// A `StopIteration` raised by `__next__` ends the iteration; anything else goes on its way.
    #[cold]
    #[inline(never)]
    fn end_of_iteration(&mut self) -> R<Option<Value>> {
        let class = self.exceptions.stop_iteration;
        self.catch(Err(Raised), class)
    }

    #[cold]
    #[inline(never)]
    fn no_iterator(&mut self, object: Value) -> Raised {
        let name = self.type_name(object);
        self.type_error(&format!("'{name}' object is not an iterator"))
    }

    /// All items of an iterable.
    pub fn collect(&mut self, iterable: Value) -> R<ValueVec> {
        let ty = self.type_of(iterable);
        if ty == self.types.list
            && let Some(list) = iterable.downcast::<List>()
        {
            return Ok(ValueVec::from_slice(self, list.items()));
        }
        if ty == self.types.tuple
            && let Some(tuple) = iterable.downcast::<Tuple>()
        {
            return Ok(ValueVec::from_slice(self, tuple.slice()));
        }
        if ty == self.types.dict
            && let Some(dict) = iterable.downcast::<Dict>()
        {
            let mut keys = ValueVec::with_capacity(self, dict.len());
            for (key, _) in dict.iter() {
                keys.push(self, key);
            }
            return Ok(keys);
        }
        if (ty == self.types.set || ty == self.types.frozenset)
            && let Some(set) = iterable.downcast::<Set>()
        {
            let mut keys = ValueVec::with_capacity(self, set.len());
            for (key, _) in set.iter() {
                keys.push(self, key);
            }
            return Ok(keys);
        }
        if ty == self.types.str
            && let Some(text) = iterable.downcast::<super::super::string::Str>()
        {
            let mut items = ValueVec::with_capacity(self, text.char_len());
            for code in crate::text::wtf8::code_points(text.bytes()) {
                let item = self.char_str(code).value();
                items.push(self, item);
            }
            return Ok(items);
        }
        if ty == self.types.list_reverse_iter
            && let Some(items) = iterators::rest_reversed(self, iterable)
        {
            return Ok(items);
        }
        let iterator = self.iter(iterable)?;
        let hint = self.length_hint(iterable, 8)?.min(MAX_HINT);
        let mut items = ValueVec::with_capacity(self, hint);
        let Some(f) = self.type_of(iterator).slot(|s| s.iternext) else { return Ok(items) };
        loop {
            match f(self, iterator) {
                Ok(Some(item)) => items.push(self, item),
                Ok(None) => return Ok(items),
                Err(Raised) => {
                    let class = self.exceptions.stop_iteration;
                    if self.catch::<()>(Err(Raised), class)?.is_none() {
                        return Ok(items);
                    }
                }
            }
        }
    }

    /// `len(object)`.
    pub fn len(&mut self, object: Value) -> R<usize> {
        let ty = self.type_of(object);
        match ty.slot(|s| s.len) {
            Some(f) => f(self, object),
            None => {
                let name = ty.name_str();
                Err(self.type_error(&format!("object of type '{name}' has no len()")))
            }
        }
    }

    /// `operator.length_hint(object, default)`.
    pub fn length_hint(&mut self, object: Value, default: usize) -> R<usize> {
        let type_error = self.exceptions.type_error;
        if let Some(f) = self.type_of(object).slot(|s| s.len) {
            let result = f(self, object);
            if let Some(n) = self.catch(result, type_error)? {
                return Ok(n);
            }
        }
        let name = self.names.length_hint;
        let Some(method) = self.lookup_special(object, name)? else { return Ok(default) };
        let result = self.call(method, &[]);
        let Some(hint) = self.catch(result, type_error)? else { return Ok(default) };
        if hint == Value::NOT_IMPLEMENTED {
            return Ok(default);
        }
        if !self.is_int_instance(hint) {
            let name = self.type_name(hint);
            return Err(self.type_error(&format!("__length_hint__ must be an integer, not {name}")));
        }
        match usize::try_from(self.index_argument(hint)?) {
            Ok(n) => Ok(n),
            Err(_) => Err(self.value_error("__length_hint__() should return >= 0")),
        }
    }

    /// `object[key]`.
    #[inline]
    pub fn get_item(&mut self, object: Value, key: Value) -> R<Value> {
        match self.type_of(object).slot(|s| s.getitem) {
            Some(f) => f(self, object, key),
            None => self.get_class_item(object, key),
        }
    }

    /// `class[key]`, or the error for what has no items.
    #[cold]
    fn get_class_item(&mut self, object: Value, key: Value) -> R<Value> {
        let Some(class) = object.downcast::<Type>() else {
            let name = self.type_name(object);
            return Err(self.type_error(&format!("'{name}' object is not subscriptable")));
        };
        if class == self.types.type_ {
            let alias = self.types.generic_alias.value();
            return self.call(alias, &[object, key]);
        }
        let name = self.names.class_getitem;
        match self.get_attr_opt(object, name)? {
            Some(method) if !method.is_none() => self.call(method, &[key]),
            _ => {
                let name = class.name_str();
                Err(self.type_error(&format!("type '{name}' is not subscriptable")))
            }
        }
    }

    /// `object[key] = value`; `NULL` deletes.
    pub fn set_item(&mut self, object: Value, key: Value, value: Value) -> R<()> {
        let ty = self.type_of(object);
        match ty.slot(|s| s.setitem) {
            Some(f) => f(self, object, key, value),
            None => {
                let name = ty.name_str();
                let what = if !value.is_null() {
                    "does not support item assignment"
                } else if self.is_index(key)
                    && (ty.has(TypeFlags::HEAP) || ty.slot(|s| s.concat).is_some() || ty.slot(|s| s.contains).is_some())
                {
                    // Types with CPython's sequence slots word it differently.
                    "doesn't support item deletion"
                } else {
                    "does not support item deletion"
                };
                Err(self.type_error(&format!("'{name}' object {what}")))
            }
        }
    }

    /// `del object[key]`.
    pub fn del_item(&mut self, object: Value, key: Value) -> R<()> {
        self.set_item(object, key, Value::NULL)
    }

    /// `item in container`.
    pub fn contains(&mut self, container: Value, item: Value) -> R<bool> {
        match self.type_of(container).slot(|s| s.contains) {
            Some(f) => f(self, container, item),
            None => self.contains_by_iteration(container, item),
        }
    }

    /// `item in container` for what has no `__contains__`.
    pub fn contains_by_iteration(&mut self, container: Value, item: Value) -> R<bool> {
        let iterator = match self.iter(container) {
            Ok(iterator) => iterator,
            Err(Raised) => {
                let class = self.exceptions.type_error;
                if self.pending_is(class) {
                    self.take_raised();
                    let name = self.type_name(container);
                    return Err(self.type_error(&format!("argument of type '{name}' is not iterable")));
                }
                return Err(Raised);
            }
        };
        while let Some(x) = self.next(iterator)? {
            if self.equal(x, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
