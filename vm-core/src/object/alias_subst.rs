//! Type parameters of generic aliases and unions: finding them, and replacing them by `alias[…]`.

use super::buffer::ValueVec;
use super::generic_alias::{GenericAlias, Union};
use super::header::{Gc, Header};
use super::tuple::Tuple;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use std::cell::Cell;

/// `__parameters__`: the distinct type parameters among the arguments, remembered in `cache`.
pub(super) fn parameters_of(m: &mut Machine, args: Gc<Tuple>, cache: &Cell<Value>) -> R<Value> {
    if let Some(known) = cache.get().non_null() {
        return Ok(known);
    }
    let mut found = ValueVec::with_capacity(m, 4);
    let (subst, parameters) = (m.intern("__typing_subst__"), m.intern("__parameters__"));
    for &arg in args.slice() {
        if arg.downcast::<Type>().is_some() {
            continue;
        }
        if m.get_attr_opt(arg, subst)?.is_some() {
            if !found.iter().any(|f| f.is(arg)) {
                found.push(m, arg);
            }
            continue;
        }
        if let Some(inner) = m.get_attr_opt(arg, parameters)?.and_then(Value::downcast::<Tuple>) {
            for &p in inner.slice() {
                if !found.iter().any(|f| f.is(p)) {
                    found.push(m, p);
                }
            }
        }
    }
    let tuple = m.new_tuple(&found).value();
    cache.set(tuple);
    Ok(tuple)
}

/// The items of a subscript, those of unpacked tuples of known length in their place.
fn unpacked(m: &mut Machine, item: Value) -> R<Gc<Tuple>> {
    let given = match item.downcast::<Tuple>() {
        Some(t) => t,
        None => m.new_tuple(&[item]),
    };
    let attribute = m.intern("__typing_unpacked_tuple_args__");
    let mut out = ValueVec::with_capacity(m, given.len());
    for &v in given.slice() {
        let inner = if v.downcast::<Type>().is_some() { None } else { m.get_attr_opt(v, attribute)? };
        match inner.and_then(Value::downcast::<Tuple>).filter(|t| t.slice().last() != Some(&Value::ELLIPSIS)) {
            Some(items) => items.slice().iter().for_each(|&v| out.push(m, v)),
            None => out.push(m, v),
        }
    }
    Ok(m.new_tuple(&out))
}

/// What an argument with parameters of its own is subscripted with. What stands for a type variable tuple is many.
fn inner_items(m: &mut Machine, inner: Gc<Tuple>, parameters: Gc<Tuple>, items: Gc<Tuple>) -> Value {
    let mut wanted = ValueVec::with_capacity(m, inner.len());
    for &p in inner.slice() {
        let Some(at) = parameters.slice().iter().position(|q| q.is(p)) else {
            wanted.push(m, p);
            continue;
        };
        let item = items.slice()[at];
        match item.downcast::<Tuple>() {
            Some(several) if m.type_of(p).slot(|s| s.iter).is_some() => several.slice().iter().for_each(|&v| wanted.push(m, v)),
            _ => wanted.push(m, item),
        }
    }
    m.new_tuple(&wanted).value()
}

/// The arguments with parameters replaced by `item` (one value, or a tuple of as many as there are parameters).
fn substitute(m: &mut Machine, this: Value, args: Gc<Tuple>, parameters: Gc<Tuple>, item: Value) -> R<Gc<Tuple>> {
    if parameters.is_empty() {
        let shown = m.repr(this)?;
        return Err(m.type_error(&format!("{} is not a generic class", shown.to_string_lossy())));
    }
    let mut items = unpacked(m, item)?;
    let prepare = m.intern("__typing_prepare_subst__");
    for &p in parameters.slice() {
        if let Some(f) = m.get_attr_opt(p, prepare)? {
            let prepared = m.call(f, &[this, items.value()])?;
            items = match prepared.downcast::<Tuple>() {
                Some(t) => t,
                None => m.new_tuple(&[prepared]),
            };
        }
    }
    if items.len() != parameters.len() {
        let shown = m.repr(this)?;
        let many = if items.len() > parameters.len() { "many" } else { "few" };
        let (n, wanted) = (items.len(), parameters.len());
        return Err(m.type_error(&format!("Too {many} arguments for {}; actual {n}, expected {wanted}", shown.to_string_lossy())));
    }
    let (subst, inner_name) = (m.intern("__typing_subst__"), m.intern("__parameters__"));
    let unpacks = m.intern("__typing_is_unpacked_typevartuple__");
    let mut out = ValueVec::with_capacity(m, args.len());
    for &arg in args.slice() {
        if arg.downcast::<Type>().is_some() {
            out.push(m, arg);
            continue;
        }
        let unpack = match m.get_attr_opt(arg, unpacks)? {
            Some(flag) => m.truthy(flag)?,
            None => false,
        };
        let new = if let Some(f) = m.get_attr_opt(arg, subst)? {
            let at = parameters.slice().iter().position(|p| p.is(arg)).unwrap_or(0);
            m.call(f, &[items.slice()[at]])?
        } else {
            let inner = m.get_attr_opt(arg, inner_name)?.and_then(Value::downcast::<Tuple>).filter(|t| !t.is_empty());
            match inner {
                Some(inner) => {
                    let key = inner_items(m, inner, parameters, items);
                    m.get_item(arg, key)?
                }
                None => arg,
            }
        };
        match new.downcast::<Tuple>() {
            Some(several) if unpack => several.slice().iter().for_each(|&v| out.push(m, v)),
            _ => out.push(m, new),
        }
    }
    Ok(m.new_tuple(&out))
}

/// `alias[item]`.
pub(super) fn subscript(m: &mut Machine, v: Value, item: Value) -> R<Value> {
    let Some(alias) = v.downcast::<GenericAlias>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let parameters = parameters_of(m, alias.args, &alias.parameters)?;
    let Some(parameters) = parameters.downcast::<Tuple>() else { return Err(m.system_error("parameters")) };
    let args = substitute(m, v, alias.args, parameters, item)?;
    let header = Header::new(m.types.generic_alias);
    let new = GenericAlias { header, origin: alias.origin, args, parameters: Cell::new(Value::NULL), starred: alias.starred };
    Ok(m.new_object(new).value())
}

/// `union[item]`.
pub(super) fn union_subscript(m: &mut Machine, v: Value, item: Value) -> R<Value> {
    let Some(union) = v.downcast::<Union>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let parameters = parameters_of(m, union.args, &union.parameters)?;
    let Some(parameters) = parameters.downcast::<Tuple>() else { return Err(m.system_error("parameters")) };
    let args = substitute(m, v, union.args, parameters, item)?;
    let mut result = args.slice().first().copied().unwrap_or(Value::NONE);
    for &a in args.slice().iter().skip(1) {
        result = m.binary(super::protocol::BinaryOp::Or, result, a)?;
    }
    Ok(result)
}
