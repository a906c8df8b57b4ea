//! How `dump` writes classes and functions, by name, and what `__reduce_ex__` gives.

use super::globals::{self, Path};
use super::save::Saver;
use super::{ops, pickling_error, shown};
use crate::machine::{Machine, R};
use crate::object::dict::Dict;
use crate::object::function::NativeFunction;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;

impl Saver {
    pub(super) fn class(&mut self, m: &mut Machine, v: Value) -> R<()> {
        for single in [Value::NONE, Value::ELLIPSIS, Value::NOT_IMPLEMENTED] {
            if m.type_of(single).value() == v {
                let args = m.new_tuple(&[single]).value();
                let metatype = m.types.type_.value();
                let parts = m.new_tuple(&[metatype, args]);
                return self.reduction(m, parts, v);
            }
        }
        self.global(m, v, None)
    }

    /// Writes an object by the name that finds it.
    pub(super) fn global(&mut self, m: &mut Machine, v: Value, name: Option<Gc<Str>>) -> R<()> {
        let name = match name {
            Some(name) => name.value(),
            None => {
                let (qualname, plain) = (m.intern("__qualname__"), m.intern("__name__"));
                match m.get_attr_opt(v, qualname)? {
                    Some(name) => name,
                    None => m.get_attr(v, plain)?,
                }
            }
        };
        let Some(name) = name.downcast::<Str>() else {
            let ty = m.type_name(name);
            return Err(m.type_error(&format!("must be str, not {ty}")));
        };
        let path = globals::path(m, name, None)?;
        let module_name = globals::module_of(m, v, &path)?;
        let Some(module) = globals::import(m, module_name) else {
            let message = format!("Can't pickle {}: import of module {} failed", shown(m, v)?, shown(m, module_name)?);
            return Err(pickling_error(m, &message));
        };
        let module_text = m.to_str(module_name)?;
        let (names, module_names) = (name.to_string_lossy().into_owned(), module_text.to_string_lossy().into_owned());
        match globals::deep(m, module, &path) {
            None => {
                let message = format!("Can't pickle {}: attribute lookup {names} on {module_names} failed", shown(m, v)?);
                return Err(pickling_error(m, &message));
            }
            Some(found) if found != v => {
                let message = format!("Can't pickle {}: it's not the same object as {module_names}.{names}", shown(m, v)?);
                return Err(pickling_error(m, &message));
            }
            Some(_) => {}
        }
        if self.protocol >= 2
            && let Some(code) = globals::extension_code(m, module_name, name)?
        {
            let [a, b, c, d] = code.to_le_bytes();
            match code {
                0..=0xff => self.out.write(&[ops::EXT1, a]),
                0x100..=0xffff => self.out.write(&[ops::EXT2, a, b]),
                _ => self.out.write(&[ops::EXT4, a, b, c, d]),
            }
            return Ok(());
        }
        if self.protocol >= 4 {
            self.save(m, module_name)?;
            self.save(m, name.value())?;
            self.out.byte(ops::STACK_GLOBAL);
        } else {
            self.old_global(m, module_text, &path)?;
        }
        self.note(v);
        Ok(())
    }

    /// A name in protocols below 4: dotted ones are a call of `getattr` for each dot.
    fn old_global(&mut self, m: &mut Machine, module: Gc<Str>, path: &Path) -> R<()> {
        let parts: Vec<Gc<Str>> = path.parts().collect();
        if parts.len() > 1 {
            let getattr = m.builtin_named("getattr")?;
            for _ in 1..parts.len() {
                self.save(m, getattr)?;
                if self.protocol < 2 {
                    self.out.byte(ops::MARK);
                }
            }
        }
        let Some(&first) = parts.first() else { return Ok(()) };
        self.out.byte(ops::GLOBAL);
        let (module, first) =
            if self.protocol < 3 && self.p.fix_imports.get() { globals::old_names(m, module, first)? } else { (module, first) };
        for (what, name) in [("module", module), ("global", first)] {
            let fits = if self.protocol == 3 { name.to_str().is_some() } else { name.is_ascii() };
            if !fits {
                let (name, protocol) = (name.to_string_lossy().into_owned(), self.protocol);
                return Err(pickling_error(m, &format!("can't pickle {what} identifier '{name}' using pickle protocol {protocol}")));
            }
            self.out.write(name.bytes());
            self.out.byte(b'\n');
        }
        for &part in &parts[1..] {
            self.save(m, part.value())?;
            self.out.write(&[if self.protocol < 2 { ops::TUPLE } else { ops::TUPLE2 }, ops::REDUCE]);
        }
        Ok(())
    }

    /// Writes the tuple that a reduction of `v` gave.
    pub(super) fn reduction(&mut self, m: &mut Machine, parts: Gc<Tuple>, v: Value) -> R<()> {
        let n = parts.len();
        if !(2..=6).contains(&n) {
            return Err(pickling_error(m, "tuple returned by __reduce__ must contain 2 through 6 elements"));
        }
        let part = |i: usize| parts.slice().get(i).copied().filter(|p| !p.is_none());
        let (callable, args) = (parts.slice()[0], parts.slice()[1]);
        let is_callable = |m: &Machine, v: Value| m.type_of(v).slot(|s| s.call).is_some();
        if !is_callable(m, callable) {
            return Err(pickling_error(m, "first item of the tuple returned by __reduce__ must be callable"));
        }
        let Some(args) = args.downcast::<Tuple>() else {
            return Err(pickling_error(m, "second item of the tuple returned by __reduce__ must be a tuple"));
        };
        let (state, list_items, dict_items, setter) = (part(2), part(3), part(4), part(5));
        for (which, items) in [("fourth", list_items), ("fifth", dict_items)] {
            if let Some(items) = items.filter(|&i| m.type_of(i).slot(|s| s.iternext).is_none()) {
                let ty = m.type_name(items);
                let message = format!("{which} element of the tuple returned by __reduce__ must be an iterator, not {ty}");
                return Err(pickling_error(m, &message));
            }
        }
        if let Some(setter) = setter.filter(|&s| !is_callable(m, s)) {
            let ty = m.type_name(setter);
            return Err(pickling_error(m, &format!("sixth element of the tuple returned by __reduce__ must be a function, not {ty}")));
        }
        match if self.protocol >= 2 { maker_of(m, callable)? } else { Maker::Other } {
            Maker::Other => {
                self.save(m, callable)?;
                self.save(m, args.value())?;
                self.out.byte(ops::REDUCE);
            }
            Maker::NewObject => self.new_object(m, args, v)?,
            Maker::NewObjectEx => self.new_object_ex(m, args)?,
        }
        if self.is_known(v) {
            self.out.byte(ops::POP);
            return self.refer(m, v);
        }
        self.note(v);
        if let Some(items) = list_items {
            self.append_all(m, items)?;
        }
        if let Some(items) = dict_items {
            self.set_all(m, items)?;
        }
        match (state, setter) {
            (None, _) => {}
            (Some(state), None) => {
                self.save(m, state)?;
                self.out.byte(ops::BUILD);
            }
            (Some(state), Some(setter)) => {
                self.save(m, setter)?;
                self.save(m, v)?;
                self.save(m, state)?;
                self.out.write(&[ops::TUPLE2, ops::REDUCE, ops::POP]);
            }
        }
        Ok(())
    }

    /// `copyreg.__newobj__(class, *args)` as an opcode.
    fn new_object(&mut self, m: &mut Machine, args: Gc<Tuple>, v: Value) -> R<()> {
        let Some((&class, rest)) = args.slice().split_first() else {
            return Err(pickling_error(m, "__newobj__ arglist is empty"));
        };
        if class.downcast::<Type>().is_none() {
            return Err(pickling_error(m, "args[0] from __newobj__ args is not a type"));
        }
        let name = self.names(m).class;
        let own = m.get_attr_opt(v, name)?.unwrap_or_else(|| m.type_of(v).value());
        if own != class {
            return Err(pickling_error(m, "args[0] from __newobj__ args has the wrong class"));
        }
        self.save(m, class)?;
        let rest = m.new_tuple(rest).value();
        self.save(m, rest)?;
        self.out.byte(ops::NEWOBJ);
        Ok(())
    }

    /// `copyreg.__newobj_ex__(class, args, kwargs)` as an opcode, or as a call of a partial function.
    fn new_object_ex(&mut self, m: &mut Machine, args: Gc<Tuple>) -> R<()> {
        let &[class, positional, keywords] = args.slice() else {
            let n = args.len();
            return Err(pickling_error(m, &format!("length of the NEWOBJ_EX argument tuple must be exactly 3, not {n}")));
        };
        let wrong = |m: &mut Machine, which: &str, what: &str, got: Value| {
            let ty = m.type_name(got);
            pickling_error(m, &format!("{which} item from NEWOBJ_EX argument tuple must be a {what}, not {ty}"))
        };
        if class.downcast::<Type>().is_none() {
            return Err(wrong(m, "first", "class", class));
        }
        let Some(items) = positional.downcast::<Tuple>() else { return Err(wrong(m, "second", "tuple", positional)) };
        let Some(named) = keywords.downcast::<Dict>() else { return Err(wrong(m, "third", "dict", keywords)) };
        if self.protocol >= 4 {
            for part in [class, positional, keywords] {
                self.save(m, part)?;
            }
            self.out.byte(ops::NEWOBJ_EX);
            return Ok(());
        }
        let (module, name, new) = (m.import_name("functools")?, m.intern("partial"), m.names.new);
        let partial = m.get_attr(module, name)?;
        let maker = m.get_attr(class, new)?;
        let mut all = crate::object::buffer::ValueVec::from_slice(m, &[maker, class]);
        for &item in items.slice() {
            all.push(m, item);
        }
        let callable = globals::call_with_dict(m, partial, &all, named)?;
        self.save(m, callable)?;
        let nothing = m.empty_tuple;
        self.save(m, nothing)?;
        self.out.byte(ops::REDUCE);
        Ok(())
    }
}

/// What a reduction's callable is, as far as there are opcodes for it.
enum Maker {
    NewObject,
    NewObjectEx,
    Other,
}

fn maker_of(m: &mut Machine, callable: Value) -> R<Maker> {
    let of_name = |name: &[u8]| match name {
        b"__newobj__" => Maker::NewObject,
        b"__newobj_ex__" => Maker::NewObjectEx,
        _ => Maker::Other,
    };
    if let Some(native) = callable.downcast::<NativeFunction>() {
        return Ok(of_name(native.def.name.as_bytes()));
    }
    let name = m.intern("__name__");
    Ok(match m.get_attr_opt(callable, name)?.and_then(Value::downcast::<Str>) {
        Some(name) => of_name(name.bytes()),
        None => Maker::Other,
    })
}
