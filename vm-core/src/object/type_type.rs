//! `type`: calling a class, `__new__` of builtin classes, methods of classes. Attributes of classes are in `type_attr.rs`; making a
//! class is in `class_build.rs`.

use super::function::Function;
use super::header::{Gc, Payload};
use super::slots::Slots;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Binding, Convention, MethodDef, TypeSpec};

/// `type`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots {
        repr: Some(repr),
        call: Some(call),
        getattro: Some(super::type_attr::type_get_attr),
        setattro: Some(super::type_attr::type_set_attr),
        init: Some(init),
        new: Some(super::class_build::type_new),
        or: Some(super::generic_alias::union_or),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("mro", Convention::NoArgs, |m, v, _| super::class_mro::default_mro(m, this(v))),
        MethodDef::new("__subclasses__", Convention::NoArgs, subclasses),
        MethodDef::class("__prepare__", Convention::FastKeywords, |m, _, _| Ok(m.new_dict().value())),
        MethodDef::new("__instancecheck__", Convention::O, |m, v, a| Ok(Value::from_bool(m.is_instance_plain(a.pos()[0], v)?))),
        MethodDef::new("__subclasscheck__", Convention::O, |m, v, a| Ok(Value::from_bool(m.is_subclass_plain(a.pos()[0], v)?))),
        MethodDef::new("__dir__", Convention::NoArgs, dir),
        MethodDef::new("__sizeof__", Convention::NoArgs, |_, _, _| Ok(Value::small(size_of::<Type>() as i64))),
    ],
    getset: super::type_attr::GETSET,
    doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    ..TypeSpec::new("type", Type::LAYOUT)
};

/// `__new__` of builtin classes: a function that holds its class.
pub(crate) static NEW: MethodDef = MethodDef {
    name: "__new__",
    convention: Convention::VarArgsKeywords,
    binding: Binding::Static,
    func: new_wrapper,
    doc: "__new__($type, *args, **kwargs)\n--\n\nMakes a new object of the class; help() of the class tells with what arguments.",
};

pub(super) fn this(v: Value) -> Gc<Type> {
    // SAFETY: slots and methods of `type` are called with classes only.
    unsafe { v.cast() }
}

fn new_wrapper(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let ty = this(class);
    let name = ty.name_str().to_owned();
    let Some(&first) = args.pos().first() else {
        return Err(m.type_error(&format!("{name}.__new__(): not enough arguments")));
    };
    let Some(sub) = first.downcast::<Type>() else {
        let got = m.type_name(first);
        return Err(m.type_error(&format!("{name}.__new__(X): X is not a type object ({got})")));
    };
    let s = sub.name_str().to_owned();
    if !sub.is_subtype_of(ty) {
        return Err(m.type_error(&format!("{name}.__new__({s}): {s} is not a subtype of {name}")));
    }
    // The nearest base whose construction is native must be constructed as this class is.
    let mut native = Some(sub);
    while let Some(t) = native
        && t.slot(|s| s.new).is_some_and(|f| f as usize == super::type_slots::new as *const () as usize)
    {
        native = t.base.get().downcast::<Type>();
    }
    let address = |t: Gc<Type>| t.slot(|s| s.new).map_or(0, |f| f as usize);
    if let Some(t) = native
        && address(t) != address(ty)
    {
        let other = t.name_str();
        return Err(m.type_error(&format!("{name}.__new__({s}) is not safe, use {other}.__new__()")));
    }
    match ty.slot(|s| s.new) {
        Some(new) => new(m, sub, args.skip_first()),
        None => Err(m.type_error(&format!("cannot create '{name}' instances"))),
    }
}

/// Calling a class.
pub(crate) fn call(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    m.call_type(this(class), args)
}

impl Machine {
    /// Calls a class: `__new__`, then `__init__` if that gave an instance of it.
    pub fn call_type(&mut self, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
        if ty == self.types.type_ {
            if args.len() == 1 && !args.has_keywords() {
                return Ok(self.type_of(args.pos()[0]).value());
            }
            if args.len() != 3 {
                return Err(self.type_error("type() takes 1 or 3 arguments"));
            }
        }
        let Some(new) = ty.slot(|s| s.new) else {
            return Err(self.type_error(&format!("cannot create '{}' instances", ty.name_str())));
        };
        let object = new(self, ty, args)?;
        let made = self.type_of(object);
        if made.slot(|s| s.finalize).is_some() {
            self.register_finalizer(object);
        }
        if made != ty && !made.is_subtype_of(ty) {
            return Ok(object);
        }
        // `object.__init__` has nothing to say where `__new__` is not `object`'s.
        if let Some(init) = made.slot(|s| s.init)
            && (init as usize != super::object_type::init as *const () as usize
                || new as usize == super::object_type::new as *const () as usize)
        {
            init(self, object, args)?;
        }
        Ok(object)
    }

    /// A new object of a class, whose metaclass is `type`, and the Python function that is to initialise it. `None`, and nothing is made,
    /// if the class has a `__new__` or `__init__` of another kind: [`Machine::call_type`] serves those.
    pub(crate) fn uninitialised(&mut self, ty: Gc<Type>, args: Args<'_>) -> R<Option<(Value, Gc<Function>)>> {
        if ty.slot(|s| s.init.map(|f| f as usize)) != Some(super::type_slots::init as *const () as usize) {
            return Ok(None);
        }
        // These make an instance of that very class; others may do otherwise.
        let new = ty.slot(|s| s.new).filter(|&f| {
            f as usize == super::object_type::new as *const () as usize || f as usize == super::exception::base::new as *const () as usize
        });
        let Some(new) = new else { return Ok(None) };
        let name = self.names.init;
        // SAFETY: instances of the type have that payload.
        let init = self.type_lookup(ty, name).and_then(|f| unsafe { f.exactly::<Function>(self.types.function) });
        let Some(init) = init.filter(|f| !f.code.get().flags().makes_generator()) else { return Ok(None) };
        let plain = new as usize == super::object_type::new as *const () as usize;
        let finalized = ty.slot(|s| s.finalize).is_some();
        // As `object.__new__` does, which accepts any arguments since the class has an `__init__` of its own.
        if plain && !finalized && !ty.has(TypeFlags::ABSTRACT) {
            return Ok(Some((self.new_instance(ty).value(), init)));
        }
        let object = new(self, ty, args)?;
        if finalized {
            self.register_finalizer(object);
        }
        Ok(Some((object, init)))
    }
}

fn init(m: &mut Machine, _: Value, args: Args<'_>) -> R<()> {
    if args.has_keywords() && args.len() == 1 {
        return Err(m.type_error("type.__init__() takes no keyword arguments"));
    }
    if args.len() != 1 && args.len() != 3 {
        return Err(m.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let name = super::object_type::display_name(m, this(v));
    Ok(m.str_value(&format!("<class '{name}'>")))
}

fn subclasses(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let all: Vec<Value> = this(v).subclasses.borrow().iter().map(|t| t.value()).collect();
    Ok(m.new_list(&all).value())
}

fn dir(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let merged = m.new_dict();
    super::type_attr::merge_class_dict(m, merged, v)?;
    let keys: Vec<Value> = merged.iter().map(|(k, _)| k).collect();
    Ok(m.new_list(&keys).value())
}
