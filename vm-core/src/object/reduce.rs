//! `object.__reduce_ex__`, `__reduce__` and `__getstate__`: what `copy` and `pickle` ask of any object (protocol 2 and later), natively.

use super::dict::Dict;
use super::header::Gc;
use super::list::List;
use super::object_type::SPEC;
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, Keywords, MethodDef};

/// `object.__reduce_ex__(protocol)`.
pub(super) fn reduce_ex(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let protocol = m.index_i64(args.pos()[0])?;
    let name = m.names.reduce;
    let ty = m.type_of(v);
    let own = m.type_lookup(m.types.object, name);
    if m.type_lookup(ty, name) != own {
        return m.call_method(v, name, &[]);
    }
    common(m, v, protocol)
}

/// `object.__reduce__()`.
pub(super) fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    common(m, v, 0)
}

/// A function of the `copyreg` module, which is imported if need be.
fn copyreg(m: &mut Machine, name: &str) -> R<Value> {
    let module = m.import_name("copyreg")?;
    let name = m.intern(name);
    m.get_attr(module, name)
}

/// `copyreg.__newobj__`, which protocol 2 names; native, so that copying needs no import.
static NEW_OBJECT: MethodDef = MethodDef::new("__newobj__", Convention::Fast, |m, _, args| {
    let Some(class) = args.pos().first().and_then(|c| c.downcast::<Type>()) else {
        return Err(m.type_error("__newobj__() argument 1 must be a class"));
    };
    construct(m, class, args)
});

/// `copyreg.__newobj_ex__`.
static NEW_OBJECT_EX: MethodDef = MethodDef::new("__newobj_ex__", Convention::Fast, |m, _, args| {
    let &[class, pos, keywords] = args.pos() else {
        return Err(m.type_error("__newobj_ex__() takes a class, a tuple and a dict"));
    };
    let (Some(pos), Some(keywords)) = (pos.downcast::<Tuple>(), keywords.downcast::<Dict>()) else {
        return Err(m.type_error("__newobj_ex__() takes a class, a tuple and a dict"));
    };
    let mut all = super::buffer::ValueVec::from_slice(m, &[class]);
    for &v in pos.slice() {
        all.push(m, v);
    }
    let mut names = super::buffer::ValueVec::with_capacity(m, keywords.len());
    for (k, v) in keywords.iter() {
        names.push(m, k);
        all.push(m, v);
    }
    let names = m.new_tuple(&names);
    let new = m.names.new;
    let f = m.get_attr(class, new)?;
    m.call_args(f, Args::with_keywords(&all, &Keywords::new(&all, names.slice())))
});

/// `class.__new__(class, *args)`, where the first argument is the class.
fn construct(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let new = m.names.new;
    let f = m.get_attr(class.value(), new)?;
    m.call_args(f, args)
}

fn maker(m: &mut Machine, def: &'static MethodDef) -> Value {
    let module = m.intern("copyreg").value();
    m.new_native_function(def, Value::NULL, module).value()
}

fn common(m: &mut Machine, v: Value, protocol: i64) -> R<Value> {
    if protocol < 2 {
        let f = copyreg(m, "_reduce_ex")?;
        return m.call(f, &[v, Value::small(protocol)]);
    }
    let ty = m.type_of(v);
    if ty.slot(|s| s.new).is_none() {
        return Err(m.type_error(&format!("cannot pickle '{}' object", ty.name_str())));
    }
    let (args, kwargs) = new_arguments(m, v)?;
    let mut all = super::buffer::ValueVec::with_capacity(m, 4);
    all.push(m, ty.value());
    let has_args = args.is_some();
    let maker = match (args, kwargs) {
        (args, None) => {
            for &a in args.map_or(&[][..], Gc::slice) {
                all.push(m, a);
            }
            maker(m, &NEW_OBJECT)
        }
        (args, Some(kwargs)) => {
            let args = args.map_or(m.empty_tuple, Gc::value);
            all.push(m, args);
            all.push(m, kwargs.value());
            maker(m, &NEW_OBJECT_EX)
        }
    };
    let new_args = m.new_tuple(&all).value();
    let is_list = v.downcast::<List>().is_some();
    let is_dict = v.downcast::<Dict>().is_some();
    let name = m.names.getstate;
    let plain = m.type_lookup(ty, name) == m.type_lookup(m.types.object, name);
    let state = if plain { default_state(m, v, !(has_args || is_list || is_dict))? } else { m.call_method(v, name, &[])? };
    let list_items = if is_list { m.iter(v)? } else { Value::NONE };
    let dict_items = if is_dict {
        let items = m.names.items;
        let items = m.call_method(v, items, &[])?;
        m.iter(items)?
    } else {
        Value::NONE
    };
    Ok(m.new_tuple(&[maker, new_args, state, list_items, dict_items]).value())
}

/// Positional and keyword arguments for `__new__`.
type NewArguments = (Option<Gc<Tuple>>, Option<Gc<Dict>>);

/// `__getnewargs_ex__` or `__getnewargs__`.
fn new_arguments(m: &mut Machine, v: Value) -> R<NewArguments> {
    let (ex, plain) = (m.intern("__getnewargs_ex__"), m.intern("__getnewargs__"));
    if let Some(f) = m.get_attr_opt(v, ex)? {
        let r = m.call(f, &[])?;
        let Some(pair) = r.downcast::<Tuple>() else {
            let got = m.type_name(r);
            return Err(m.type_error(&format!("__getnewargs_ex__ should return a tuple, not '{got}'")));
        };
        let &[args, kwargs] = pair.slice() else {
            let n = pair.len();
            return Err(m.value_error(&format!("__getnewargs_ex__ should return a tuple of length 2, not {n}")));
        };
        let (Some(a), Some(k)) = (args.downcast::<Tuple>(), kwargs.downcast::<Dict>()) else {
            let got = m.type_name(args);
            return Err(m.type_error(&format!("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{got}'")));
        };
        return Ok((Some(a), Some(k).filter(|k| !k.is_empty())));
    }
    if let Some(f) = m.get_attr_opt(v, plain)? {
        let r = m.call(f, &[])?;
        let Some(args) = r.downcast::<Tuple>() else {
            let got = m.type_name(r);
            return Err(m.type_error(&format!("__getnewargs__ should return a tuple, not '{got}'")));
        };
        return Ok((Some(args), None));
    }
    Ok((None, None))
}

/// `object.__getstate__()`.
pub(super) fn getstate(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    default_state(m, v, false)
}

/// Names of `__slots__` over the whole MRO, mangled, without `__dict__` and `__weakref__`.
fn slot_names(m: &mut Machine, ty: Gc<Type>) -> Vec<Gc<Str>> {
    let mro: Vec<Gc<Type>> = ty.mro.borrow().to_vec();
    let mut names = Vec::new();
    for t in mro.into_iter().rev() {
        let Some(dict) = t.dict.get() else { continue };
        for (_, value) in dict.iter() {
            if let Some(member) = value.downcast::<super::descriptors::MemberDescr>()
                && member.owner == t
                && t.has(TypeFlags::HEAP)
            {
                names.push(member.name);
            }
        }
    }
    let _ = m;
    names
}

fn default_state(m: &mut Machine, v: Value, required: bool) -> R<Value> {
    let ty = m.type_of(v);
    let native = ty.layout.id != SPEC.layout.id;
    if required && native && !ty.is_subtype_of(m.exceptions.base_exception) {
        return Err(m.type_error(&format!("cannot pickle '{}' object", ty.name_str())));
    }
    let mut state = Value::NONE;
    if ty.has(TypeFlags::HAS_DICT)
        && let Some(dict) = m.instance_dict(v)
        && !dict.is_empty()
    {
        state = dict.value();
    }
    let names = slot_names(m, ty);
    if !names.is_empty() {
        let slots = m.new_dict();
        for name in names {
            if let Some(value) = m.get_attr_opt(v, name)? {
                slots.insert_str(m, name, value);
            }
        }
        if !slots.is_empty() {
            state = m.new_tuple(&[state, slots.value()]).value();
        }
    }
    Ok(state)
}
