//! The opcodes that fill containers, find classes and functions, and make objects with them.

use super::globals::{self, Extension};
use super::load::Loader;
use super::unpickler::{self, find_class};
use super::unpickling_error;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;

impl Loader {
    /// Appends the items from `start` on to the list below them.
    pub(super) fn append(&mut self, m: &mut Machine, start: usize) -> R<()> {
        let list = self.below(m, start)?;
        if self.depth() == start {
            return Ok(());
        }
        if m.type_of(list) == m.types.list
            && let Some(list) = list.downcast::<List>()
        {
            for &item in self.items(start) {
                list.push(m, item);
            }
            self.truncate(start);
            return Ok(());
        }
        let (extend, append) = (m.intern("extend"), m.intern("append"));
        if let Some(extend) = m.get_attr_opt(list, extend)? {
            let items = m.new_list(self.items(start)).value();
            self.truncate(start);
            m.call(extend, &[items])?;
            return Ok(());
        }
        let append = m.get_attr(list, append)?;
        for i in start..self.depth() {
            let item = self.items(i)[0];
            if let Err(raised) = m.call(append, &[item]) {
                self.truncate(start);
                return Err(raised);
            }
        }
        self.truncate(start);
        Ok(())
    }

    /// Sets the pairs from `start` on in the dict below them.
    pub(super) fn set_items(&mut self, m: &mut Machine, start: usize) -> R<()> {
        let target = self.below(m, start)?;
        let len = self.depth();
        if len == start {
            return Ok(());
        }
        if !(len - start).is_multiple_of(2) {
            return Err(unpickling_error(m, "odd number of items for SETITEMS"));
        }
        let dict = if m.type_of(target) == m.types.dict { target.downcast::<Dict>() } else { None };
        let mut result = Ok(());
        for i in (start..len).step_by(2) {
            let (key, value) = (self.items(i)[0], self.items(i)[1]);
            result = match dict {
                Some(dict) => dict.insert(m, key, value),
                None => m.set_item(target, key, value),
            };
            if result.is_err() {
                break;
            }
        }
        self.truncate(start);
        result
    }

    pub(super) fn list(&mut self, m: &mut Machine) -> R<()> {
        let start = self.mark(m)?;
        let list = m.new_list(self.items(start)).value();
        self.truncate(start);
        self.push(m, list);
        Ok(())
    }

    pub(super) fn dict(&mut self, m: &mut Machine) -> R<()> {
        let start = self.mark(m)?;
        let dict = m.new_dict();
        if !(self.depth() - start).is_multiple_of(2) {
            return Err(unpickling_error(m, "odd number of items for DICT"));
        }
        for i in (start..self.depth()).step_by(2) {
            let (key, value) = (self.items(i)[0], self.items(i)[1]);
            dict.insert(m, key, value)?;
        }
        self.truncate(start);
        self.push(m, dict.value());
        Ok(())
    }

    pub(super) fn frozenset(&mut self, m: &mut Machine) -> R<()> {
        let start = self.mark(m)?;
        let items = self.take_tuple(m, start)?;
        let class = m.types.frozenset.value();
        let set = m.call(class, &[items])?;
        self.push(m, set);
        Ok(())
    }

    pub(super) fn add_items(&mut self, m: &mut Machine) -> R<()> {
        let start = self.mark(m)?;
        let target = self.below(m, start)?;
        if self.depth() == start {
            return Ok(());
        }
        if let Some(set) = target.downcast::<Set>().filter(|_| m.type_of(target).is_subtype_of(m.types.set)) {
            for i in start..self.depth() {
                let item = self.items(i)[0];
                set.add(m, item)?;
            }
            self.truncate(start);
            return Ok(());
        }
        let add = m.intern("add");
        let add = m.get_attr(target, add)?;
        for i in start..self.depth() {
            let item = self.items(i)[0];
            if let Err(raised) = m.call(add, &[item]) {
                self.truncate(start);
                return Err(raised);
            }
        }
        self.truncate(start);
        Ok(())
    }

    fn find(&mut self, m: &mut Machine, module: Gc<Str>, name: Gc<Str>) -> R<Value> {
        let v = self.u.value();
        if m.type_of(v) == m.native_type(&unpickler::SPEC) {
            return find_class(m, self.u, module, name);
        }
        let method = m.intern("find_class");
        m.call_method(v, method, &[module.value(), name.value()])
    }

    pub(super) fn stack_global(&mut self, m: &mut Machine) -> R<()> {
        let name = self.pop(m)?;
        let module = self.pop(m)?;
        let text = |m: &Machine, v: Value| v.downcast::<Str>().filter(|_| m.is_exact_str(v));
        let (Some(module), Some(name)) = (text(m, module), text(m, name)) else {
            return Err(unpickling_error(m, "STACK_GLOBAL requires str"));
        };
        let v = self.find(m, module, name)?;
        self.push(m, v);
        Ok(())
    }

    /// Two lines with the names of a module and of something in it.
    fn names(&mut self, m: &mut Machine, ascii: bool) -> R<(Gc<Str>, Gc<Str>)> {
        let mut names = [m.names.empty; 2];
        for name in &mut names {
            let line = self.input.full_line(m)?;
            let text = if ascii {
                Self::ascii(m, line)?
            } else {
                m.decode_own(line, crate::text::encoding::Encoding::Utf8, None, true)?.0.value()
            };
            *name = text.downcast::<Str>().unwrap_or(m.names.empty);
        }
        Ok((names[0], names[1]))
    }

    pub(super) fn global_line(&mut self, m: &mut Machine) -> R<()> {
        let (module, name) = self.names(m, false)?;
        let v = self.find(m, module, name)?;
        self.push(m, v);
        Ok(())
    }

    pub(super) fn extension(&mut self, m: &mut Machine, n: usize) -> R<()> {
        let code = self.input.number(m, n)?;
        let code = if n == 4 { i64::from(code as i32) } else { code as i64 };
        if code <= 0 {
            return Err(unpickling_error(m, "EXT specifies code <= 0"));
        }
        let v = match globals::extension(m, code)? {
            Extension::Known(known) => known,
            Extension::Named(module, name) => {
                let found = self.find(m, module, name)?;
                globals::cache_extension(m, code, found)?;
                found
            }
        };
        self.push(m, v);
        Ok(())
    }

    pub(super) fn persistent_line(&mut self, m: &mut Machine) -> R<()> {
        let line = self.input.line(m)?;
        if !line.is_ascii() {
            return Err(unpickling_error(m, "persistent IDs in protocol 0 must be ASCII strings"));
        }
        let id = m.new_str_counted(line, line.len())?.value();
        self.persistent(m, id)
    }

    pub(super) fn persistent(&mut self, m: &mut Machine, id: Value) -> R<()> {
        if self.persistent_load.is_null() {
            let message = "A load persistent id instruction was encountered, but no persistent_load function was specified.";
            return Err(unpickling_error(m, message));
        }
        let v = m.call(self.persistent_load, &[id])?;
        self.push(m, v);
        Ok(())
    }

    pub(super) fn reduce(&mut self, m: &mut Machine) -> R<()> {
        let args = self.pop(m)?;
        let callable = self.pop(m)?;
        let Some(args) = args.downcast::<Tuple>() else { return Err(m.type_error("argument list must be a tuple")) };
        let v = m.call_args(callable, Args::positional(args.slice()))?;
        self.push(m, v);
        Ok(())
    }

    /// Calls a class of Python 2's.
    fn instantiate(m: &mut Machine, class: Value, args: Value) -> R<Value> {
        let Some(args) = args.downcast::<Tuple>() else { return Err(m.type_error("argument list must be a tuple")) };
        let (init_args, new) = (m.intern("__getinitargs__"), m.names.new);
        if args.is_empty() && class.downcast::<Type>().is_some() && m.get_attr_opt(class, init_args)?.is_none() {
            return m.call_method(class, new, &[class]);
        }
        m.call_args(class, Args::positional(args.slice()))
    }

    pub(super) fn object(&mut self, m: &mut Machine) -> R<()> {
        let start = self.mark(m)?;
        if self.depth() <= start {
            return Err(self.underflow(m));
        }
        let args = self.take_tuple(m, start + 1)?;
        let class = self.pop(m)?;
        let v = Self::instantiate(m, class, args)?;
        self.push(m, v);
        Ok(())
    }

    pub(super) fn instance(&mut self, m: &mut Machine) -> R<()> {
        let start = self.mark(m)?;
        let (module, name) = self.names(m, true)?;
        let class = self.find(m, module, name)?;
        let args = self.take_tuple(m, start)?;
        let v = Self::instantiate(m, class, args)?;
        self.push(m, v);
        Ok(())
    }

    pub(super) fn new_object(&mut self, m: &mut Machine, named: bool) -> R<()> {
        let keywords = if named { self.pop(m)? } else { Value::NULL };
        let args = self.pop(m)?;
        let class = self.pop(m)?;
        let op = if named { "NEWOBJ_EX" } else { "NEWOBJ" };
        let Some(ty) = class.downcast::<Type>() else {
            let got = m.type_name(class);
            return Err(unpickling_error(m, &format!("{op} class argument must be a type, not {got}")));
        };
        let Some(new) = ty.slot(|s| s.new) else {
            let got = m.type_name(class);
            return Err(unpickling_error(m, &format!("{op} class argument '{got}' doesn't have __new__")));
        };
        let Some(args) = args.downcast::<Tuple>() else {
            let got = m.type_name(args);
            return Err(unpickling_error(m, &format!("{op} args argument must be a tuple, not {got}")));
        };
        let v = if named {
            let Some(keywords) = keywords.downcast::<Dict>() else {
                let got = m.type_name(keywords);
                return Err(unpickling_error(m, &format!("{op} kwargs argument must be a dict, not {got}")));
            };
            let name = m.names.new;
            let f = m.get_attr(class, name)?;
            let mut all = crate::object::buffer::ValueVec::from_slice(m, &[class]);
            for &item in args.slice() {
                all.push(m, item);
            }
            globals::call_with_dict(m, f, &all, keywords)?
        } else {
            new(m, ty, Args::positional(args.slice()))?
        };
        self.push(m, v);
        Ok(())
    }

    /// Gives the object below it a state.
    pub(super) fn build(&mut self, m: &mut Machine) -> R<()> {
        let state = self.pop(m)?;
        let object = self.top(m)?;
        let (set_state, dict_name) = match self.build_names {
            Some(names) => names,
            None => *self.build_names.insert((m.intern("__setstate__"), m.intern("__dict__"))),
        };
        if let Some(f) = m.get_attr_opt(object, set_state)? {
            m.call(f, &[state])?;
            return Ok(());
        }
        let (state, slots) = match state.downcast::<Tuple>().map(Gc::slice) {
            Some(&[state, slots]) => (state, slots),
            _ => (state, Value::NONE),
        };
        if !state.is_none() {
            let Some(state) = state.downcast::<Dict>() else { return Err(unpickling_error(m, "state is not a dictionary")) };
            let target = m.get_attr(object, dict_name)?;
            let plain = if m.type_of(target) == m.types.dict { target.downcast::<Dict>() } else { None };
            let mut i = 0;
            while let Some((at, e)) = state.next_entry(i) {
                i = at + 1;
                match (e.key.downcast::<Str>().filter(|_| m.is_exact_str(e.key)), plain) {
                    (Some(key), Some(dict)) => {
                        let key = m.intern_str(key);
                        dict.insert_str(m, key, e.value);
                    }
                    (Some(key), None) => {
                        let key = m.intern_str(key).value();
                        m.set_item(target, key, e.value)?;
                    }
                    (None, _) => m.set_item(target, e.key, e.value)?,
                }
            }
        }
        if !slots.is_none() {
            let Some(slots) = slots.downcast::<Dict>() else { return Err(unpickling_error(m, "slot state is not a dictionary")) };
            let mut i = 0;
            while let Some((at, e)) = slots.next_entry(i) {
                i = at + 1;
                let name = m.attribute_name(e.key)?;
                m.set_attr(object, name, e.value)?;
            }
        }
        Ok(())
    }
}
