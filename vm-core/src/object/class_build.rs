//! Making classes: `type.__new__`, `__build_class__`, and changing a class's bases.

use super::buffer::ValueVec;
use super::class_layout::{best_base, lay_out, plan};
use super::class_mro::set_mro;
use super::descriptors::MemberDescr;
use super::dict::Dict;
use super::function::{CellObj, Function};
use super::header::{Gc, Header};
use super::slots::Slots;
use super::string::Str;
use super::tuple::Tuple;
use super::type_slots::{update_all, wrapped_new};
use super::type_type::this;
use super::typeobj::{SharedKeys, Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Keywords};
use std::cell::{Cell, RefCell};

/// The most derived of the metaclasses (`_PyType_CalculateMetaclass`).
fn winning_metaclass(m: &mut Machine, metatype: Gc<Type>, bases: &[Value]) -> R<Gc<Type>> {
    let mut winner = metatype;
    for &b in bases {
        let meta = m.type_of(b);
        if winner.is_subtype_of(meta) {
            continue;
        }
        if !meta.is_subtype_of(winner) {
            return Err(m.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        winner = meta;
    }
    Ok(winner)
}

/// `type.__new__(metatype, name, bases, namespace, **kwargs)`.
#[inline(never)]
pub(crate) fn type_new(m: &mut Machine, metatype: Gc<Type>, args: Args<'_>) -> R<Value> {
    if args.len() != 3 {
        let n = args.len();
        return Err(m.type_error(&format!("type.__new__() takes exactly 3 arguments ({n} given)")));
    }
    let pos = args.pos();
    let wrong =
        |m: &mut Machine, i: usize, wanted: &str| Err(m.bad_argument("type.__new__", &format!("argument {}", i + 1), wanted, pos[i]));
    let Some(name) = pos[0].downcast::<Str>() else { return wrong(m, 0, "str") };
    let Some(mut bases) = pos[1].downcast::<Tuple>() else { return wrong(m, 1, "tuple") };
    let Some(namespace) = pos[2].downcast::<Dict>() else { return wrong(m, 2, "dict") };
    let mut metatype = metatype;
    let base = if bases.is_empty() {
        let object = m.types.object;
        bases = m.new_tuple(&[object.value()]);
        object
    } else {
        for &b in bases.slice() {
            let entries = m.names.mro_entries;
            if b.downcast::<Type>().is_none() && m.get_attr_opt(b, entries)?.is_some() {
                return Err(m.type_error("type() doesn't support MRO entry resolution; use types.new_class()"));
            }
        }
        let winner = winning_metaclass(m, metatype, bases.slice())?;
        if winner != metatype {
            match winner.slot(|s| s.new) {
                Some(new) if new as usize != type_new as *const () as usize => return new(m, winner, args),
                _ => metatype = winner,
            }
        }
        best_base(m, bases)?
    };
    let ty = make_class(m, metatype, name, bases, base, namespace)?;
    set_names(m, ty)?;
    init_subclass(m, ty, args)?;
    Ok(ty.value())
}

/// Everything but the calls of `__set_name__` and `__init_subclass__`.
fn make_class(m: &mut Machine, metatype: Gc<Type>, name: Gc<Str>, bases: Gc<Tuple>, base: Gc<Type>, namespace: Gc<Dict>) -> R<Gc<Type>> {
    let dict = namespace.copy(m);
    let plan = plan(m, &name.to_string_lossy(), base, bases, dict)?;
    if name.bytes().contains(&0) {
        return Err(m.value_error("type name must not contain null characters"));
    }
    let qualname_key = m.names.qualname;
    let qualname = match dict.remove_str(m, qualname_key) {
        Some(q) if q.downcast::<Str>().is_some() => q,
        Some(q) => {
            let got = m.type_name(q);
            return Err(m.type_error(&format!("type __qualname__ must be a str, not {got}")));
        }
        None => name.value(),
    };
    let ty = m.new_object(Type {
        header: Header::new(metatype),
        version: Cell::new(0),
        flags: Cell::new(TypeFlags::HEAP | TypeFlags::BASETYPE),
        layout: base.layout,
        basic_size: Cell::new(base.basic_size.get()),
        dict_offset: Cell::new(0),
        weakref_offset: Cell::new(0),
        versions_used: Cell::new(0),
        lookup_tag: Cell::new(0),
        inline_capacity: Cell::new(SharedKeys::MAX as u32 - 1),
        slots: RefCell::new(Slots::EMPTY),
        name: Cell::new(name.value()),
        qualname: Cell::new(qualname),
        base: Cell::new(base.value()),
        bases: Cell::new(bases.value()),
        mro: RefCell::new(Box::new([])),
        dict: Cell::new(Some(dict)),
        subclasses: RefCell::new(Vec::new()),
        shared_keys: SharedKeys::default(),
        cached_init: Cell::new((Value::NULL, 0)),
        cached_getitem: Cell::new((Value::NULL, 0)),
        doc: Cell::new(Value::NULL),
    });
    m.classes.heap_types.push(ty);
    let offsets = lay_out(m, ty, base, &plan);
    complete_namespace(m, ty, dict)?;
    for (&name, offset) in plan.slots.iter().zip(offsets) {
        let header = Header::new(m.types.member_descriptor);
        let member = m.new_object(MemberDescr { header, name, owner: ty, offset, read_only: false, computed: None });
        dict.insert_str(m, name, member.value());
    }
    if plan.add_dict {
        add_getset(m, ty, &super::object_type::DICT);
    }
    if plan.add_weakref {
        add_getset(m, ty, &super::object_type::WEAKREF);
    }
    set_mro(m, ty)?;
    for b in bases.slice() {
        if let Some(b) = b.downcast::<Type>() {
            b.subclasses.borrow_mut().push(ty);
        }
    }
    let (eq, hash) = (m.names.eq, m.names.hash);
    if dict.get_str(m, eq).is_some() && dict.get_str(m, hash).is_none() {
        dict.insert_str(m, hash, Value::NONE);
    }
    let doc = m.names.doc;
    if dict.get_str(m, doc).is_none() {
        dict.insert_str(m, doc, Value::NONE);
    }
    // Collection flags come from the first class that has one, since `class C(Base, Sequence)` must match sequence patterns.
    let collection = ty.mro.borrow().iter().map(|b| b.flags.get() & (TypeFlags::SEQUENCE | TypeFlags::MAPPING)).find(|&f| f != 0);
    ty.set_flags(collection.unwrap_or(0));
    update_all(m, ty);
    Ok(ty)
}

fn add_getset(m: &mut Machine, ty: Gc<Type>, def: &'static crate::native::GetSetDef) {
    let name = m.intern(def.name);
    let taken = ty.dict.get().is_some_and(|d| d.get_str(m, name).is_some());
    if !taken {
        m.add_getset(ty, def);
    }
}

/// `__module__`, implicit static and class methods, `__classcell__`.
fn complete_namespace(m: &mut Machine, ty: Gc<Type>, dict: Gc<Dict>) -> R<()> {
    let module = m.names.module;
    if dict.get_str(m, module).is_none() {
        let name = m.intern("__name__");
        if let Some(value) = m.running_globals().and_then(|g| g.get_str(m, name)) {
            dict.insert_str(m, module, value);
        }
    }
    let new = m.names.new;
    if let Some(f) = dict.get_str(m, new)
        && m.type_of(f) == m.types.function
    {
        let wrapped = m.new_static_method(f);
        dict.insert_str(m, new, wrapped);
    }
    for name in [m.names.init_subclass, m.names.class_getitem] {
        if let Some(f) = dict.get_str(m, name)
            && m.type_of(f) == m.types.function
        {
            let wrapped = m.new_class_method(f);
            dict.insert_str(m, name, wrapped);
        }
    }
    let (cell_name, dict_cell_name) = (m.names.classcell, m.names.classdictcell);
    if let Some(cell) = dict.remove_str(m, cell_name) {
        let Some(c) = cell.downcast::<CellObj>() else {
            let got = m.type_of(cell).value();
            let shown = m.repr(got)?;
            return Err(m.type_error(&format!("__classcell__ must be a nonlocal cell, not {}", shown.to_string_lossy())));
        };
        c.contents.set(ty.value());
    }
    if let Some(cell) = dict.remove_str(m, dict_cell_name) {
        let Some(c) = cell.downcast::<CellObj>() else {
            let got = m.type_of(cell).value();
            let shown = m.repr(got)?;
            return Err(m.type_error(&format!("__classdictcell__ must be a nonlocal cell, not {}", shown.to_string_lossy())));
        };
        c.contents.set(dict.value());
    }
    Ok(())
}

fn set_names(m: &mut Machine, ty: Gc<Type>) -> R<()> {
    let Some(dict) = ty.dict.get() else { return Ok(()) };
    let mut items = ValueVec::with_capacity(m, dict.len() * 2);
    for (k, v) in dict.iter() {
        items.push(m, k);
        items.push(m, v);
    }
    let name = m.names.set_name;
    for i in (0..items.len()).step_by(2) {
        let (key, value) = (items[i], items[i + 1]);
        if let Err(e) = m.call_special(value, name, &[ty.value(), key]) {
            let exception = m.take_raised();
            let shown = m.repr(key)?;
            let note = format!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                m.type_name(value),
                shown.to_string_lossy(),
                ty.name_str()
            );
            let (note, add_note) = (m.str_value(&note), m.intern("add_note"));
            if m.call_method(exception, add_note, &[note]).is_err() {
                m.take_raised();
            }
            m.reraise(exception);
            return Err(e);
        }
    }
    Ok(())
}

/// `super(cls, cls).__init_subclass__(**kwargs)`.
fn init_subclass(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<()> {
    let name = m.names.init_subclass;
    let (f, bound) = m.super_lookup(ty, ty.value(), name)?;
    debug_assert!(!bound);
    let Some(names) = args.kwnames() else {
        if let Some(own) = f.downcast::<super::function::NativeFunction>()
            && own.def.func as usize == super::object_type::SPEC.methods[4].func as usize
        {
            return Ok(());
        }
        m.call(f, &[])?;
        return Ok(());
    };
    let values = &args.all()[args.len()..];
    m.call_args(f, Args::with_keywords(values, &Keywords::new(values, names)))?;
    Ok(())
}

impl Machine {
    /// `__build_class__(func, name, *bases, metaclass=…, **kwargs)`: `keywords` are names and values.
    pub fn build_class(&mut self, func: Gc<Function>, name: Gc<Str>, bases: &[Value], keywords: Args<'_>) -> R<Value> {
        let original = self.new_tuple(bases);
        let bases = self.resolve_bases(original)?;
        let metaclass_name = self.names.metaclass;
        let (mut meta, mut kwnames, mut kwvalues) = (None, Vec::new(), ValueVec::with_capacity(self, 4));
        for (k, v) in keywords.keywords() {
            if self.intern_str(k) == metaclass_name {
                meta = Some(v);
            } else {
                kwnames.push(k.value());
                kwvalues.push(self, v);
            }
        }
        let kwnames = self.new_tuple(&kwnames);
        let mut meta = match (meta, bases.slice().first()) {
            (Some(meta), _) => meta,
            (None, Some(&first)) => self.type_of(first).value(),
            (None, None) => self.types.type_.value(),
        };
        if let Some(class) = meta.downcast::<Type>() {
            meta = winning_metaclass(self, class, bases.slice())?.value();
        }
        let prepare = self.names.prepare;
        let namespace = if meta.is(self.types.type_.value()) {
            self.new_dict().value()
        } else {
            match self.get_attr_opt(meta, prepare)? {
                None => self.new_dict().value(),
                Some(prepare) => self.call_with(prepare, &[name.value(), bases.value()], &kwvalues, kwnames)?,
            }
        };
        if self.type_of(namespace).slot(|s| s.getitem).is_none() {
            let got = self.type_name(namespace);
            let meta_name = meta.downcast::<Type>().map_or("<metaclass>".to_owned(), |t| t.name_str().to_owned());
            return Err(self.type_error(&format!("{meta_name}.__prepare__() must return a mapping, not {got}")));
        }
        let cell = self.run_body(func, namespace)?;
        if bases != original {
            let key = self.names.orig_bases;
            self.set_item(namespace, key.value(), original.value())?;
        }
        let class = self.call_with(meta, &[name.value(), bases.value(), namespace], &kwvalues, kwnames)?;
        if class.downcast::<Type>().is_some()
            && let Some(cell) = cell.downcast::<CellObj>()
        {
            let held = cell.contents.get();
            if !held.is(class) {
                let (n, c) = (self.repr(name.value())?, self.repr(class)?);
                let (n, c) = (n.to_string_lossy().into_owned(), c.to_string_lossy().into_owned());
                if held.is_null() {
                    return Err(self
                        .runtime_error(&format!("__class__ not set defining {n} as {c}. Was __classcell__ propagated to type.__new__?")));
                }
                let h = self.repr(held)?.to_string_lossy().into_owned();
                return Err(self.type_error(&format!("__class__ set to {h} defining {n} as {c}")));
            }
        }
        Ok(class)
    }

    /// `builtins.__build_class__`.
    pub fn build_class_from_args(&mut self, args: Args<'_>) -> R<Value> {
        let &[func, name, ref bases @ ..] = args.pos() else {
            return Err(self.type_error("__build_class__: not enough arguments"));
        };
        let Some(func) = func.downcast::<Function>() else {
            return Err(self.type_error("__build_class__: func must be a function"));
        };
        let Some(name) = name.downcast::<Str>() else {
            return Err(self.type_error("__build_class__: name is not a string"));
        };
        self.build_class(func, name, bases, args)
    }

    /// Calls with positional arguments and keyword values.
    fn call_with(&mut self, f: Value, pos: &[Value], values: &[Value], names: Gc<Tuple>) -> R<Value> {
        if names.is_empty() {
            return self.call(f, pos);
        }
        let mut all = ValueVec::from_slice(self, pos);
        for &v in values {
            all.push(self, v);
        }
        self.call_args(f, Args::with_keywords(&all, &Keywords::new(&all, names.slice())))
    }

    /// Replaces bases that are not classes by what their `__mro_entries__` says; the same tuple if there is none.
    pub fn resolve_bases(&mut self, bases: Gc<Tuple>) -> R<Gc<Tuple>> {
        let name = self.names.mro_entries;
        let mut replaced: Option<ValueVec> = None;
        for (i, &base) in bases.slice().iter().enumerate() {
            let entries = if base.downcast::<Type>().is_some() { None } else { self.get_attr_opt(base, name)? };
            match entries {
                None => {
                    if let Some(all) = &mut replaced {
                        all.push(self, base);
                    }
                }
                Some(f) => {
                    let Some(new) = self.call(f, &[bases.value()])?.downcast::<Tuple>() else {
                        return Err(self.type_error("__mro_entries__ must return a tuple"));
                    };
                    let all = match &mut replaced {
                        Some(all) => all,
                        None => {
                            let before = ValueVec::from_slice(self, &bases.slice()[..i]);
                            replaced.insert(before)
                        }
                    };
                    for &b in new.slice() {
                        all.push(self, b);
                    }
                }
            }
        }
        Ok(match replaced {
            Some(all) => self.new_tuple(&all),
            None => bases,
        })
    }
}

/// `cls.__bases__ = …`.
pub(super) fn set_bases(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let ty = this(v);
    let name = ty.name_str().to_owned();
    if ty.has(TypeFlags::IMMUTABLE) {
        return Err(m.type_error(&format!("cannot set '__bases__' attribute of immutable type '{name}'")));
    }
    if value.is_null() {
        return Err(m.type_error(&format!("cannot delete '__bases__' attribute of immutable type '{name}'")));
    }
    let Some(bases) = value.downcast::<Tuple>() else {
        let got = m.type_name(value);
        return Err(m.type_error(&format!("can only assign tuple to {name}.__bases__, not {got}")));
    };
    if bases.is_empty() {
        return Err(m.type_error(&format!("can only assign non-empty tuple to {name}.__bases__, not ()")));
    }
    for &b in bases.slice() {
        let Some(base) = b.downcast::<Type>() else {
            let got = m.type_name(b);
            return Err(m.type_error(&format!("{name}.__bases__ must be tuple of classes, not '{got}'")));
        };
        // A metaclass's `mro` may be at work on one of them: then the chain of first bases knows more than the MRO.
        if base.is_subtype_of(ty) || has_base(base, ty) {
            return Err(m.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let base = best_base(m, bases)?;
    let old_base = this(ty.base.get());
    let shape = |t: Gc<Type>| (t.layout.id, t.flags.get() & (TypeFlags::HAS_DICT | TypeFlags::HAS_WEAKREF));
    if base != old_base && shape(base) != shape(old_base) {
        return Err(m.type_error(&format!(
            "__bases__ assignment: '{}' object layout differs from '{}'",
            base.name_str(),
            old_base.name_str()
        )));
    }
    let old = ty.bases.get();
    ty.bases.set(value);
    ty.base.set(base.value());
    m.type_modified(ty);
    if let Err(e) = recompute_mro(m, ty) {
        if ty.bases.get() != value {
            return Err(e);
        }
        ty.bases.set(old);
        ty.base.set(old_base.value());
        let pending = m.take_raised();
        if recompute_mro(m, ty).is_err() {
            m.take_raised();
        }
        m.reraise(pending);
        return Err(e);
    }
    // A metaclass's `mro` has assigned other bases: nothing is left to do.
    if ty.bases.get() != value {
        return Ok(());
    }
    if let Some(old) = old.downcast::<Tuple>() {
        for b in old.slice().iter().filter_map(|b| b.downcast::<Type>()) {
            b.subclasses.borrow_mut().retain(|&t| t != ty);
        }
    }
    for b in bases.slice().iter().filter_map(|b| b.downcast::<Type>()) {
        b.subclasses.borrow_mut().push(ty);
    }
    update_tree(m, ty);
    Ok(())
}

/// Whether the class or a base of its first bases is `base`.
fn has_base(class: Gc<Type>, base: Gc<Type>) -> bool {
    let mut at = Some(class);
    while let Some(ty) = at {
        if ty == base {
            return true;
        }
        at = ty.base.get().downcast();
    }
    false
}

fn recompute_mro(m: &mut Machine, ty: Gc<Type>) -> R<()> {
    m.check_native_stack()?;
    if !set_mro(m, ty)? {
        return Ok(());
    }
    let subclasses = ty.subclasses.borrow().clone();
    for sub in subclasses {
        recompute_mro(m, sub)?;
    }
    Ok(())
}

fn update_tree(m: &mut Machine, ty: Gc<Type>) {
    update_all(m, ty);
    let subclasses = ty.subclasses.borrow().clone();
    for sub in subclasses {
        update_tree(m, sub);
    }
}

/// Whether calling the class only allocates and runs `__init__`: `__new__` is `object`'s.
#[must_use]
pub fn allocates_plainly(m: &mut Machine, ty: Gc<Type>) -> bool {
    let name = m.names.new;
    let object = m.types.object;
    m.type_lookup(ty, name).and_then(wrapped_new) == Some(object) && !ty.has(TypeFlags::ABSTRACT) && ty.slot(|s| s.finalize).is_none()
}
