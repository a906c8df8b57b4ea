//! The method resolution order: C3 linearisation, or what a metaclass's own `mro()` says.

use super::header::Gc;
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};

/// Name of a base as the error messages show it.
fn class_name(m: &mut Machine, class: Gc<Type>) -> String {
    let name = m.intern("__name__");
    match m.get_attr_opt(class.value(), name) {
        Ok(Some(v)) => v.downcast::<Str>().map_or_else(|| "?".into(), |s| s.to_string_lossy().into_owned()),
        _ => {
            m.take_raised();
            class.name_str().to_owned()
        }
    }
}

/// C3.
fn linearise(m: &mut Machine, ty: Gc<Type>) -> R<Vec<Gc<Type>>> {
    let bases: Vec<Gc<Type>> = match ty.bases.get().downcast::<Tuple>() {
        Some(bases) => bases.slice().iter().filter_map(|b| b.downcast()).collect(),
        None => Vec::new(),
    };
    if let [base] = bases[..] {
        let mut mro = vec![ty];
        mro.extend(base.mro.borrow().iter());
        return Ok(mro);
    }
    for (i, b) in bases.iter().enumerate() {
        if bases[i + 1..].contains(b) {
            let name = class_name(m, *b);
            return Err(m.type_error(&format!("duplicate base class {name}")));
        }
    }
    let mut sequences: Vec<Vec<Gc<Type>>> = bases.iter().map(|b| b.mro.borrow().to_vec()).collect();
    sequences.push(bases);
    let mut at = vec![0; sequences.len()];
    let mut mro = vec![ty];
    loop {
        let heads: Vec<Gc<Type>> = sequences.iter().zip(&at).filter_map(|(s, &i)| s.get(i).copied()).collect();
        if heads.is_empty() {
            return Ok(mro);
        }
        let free = heads.iter().copied().find(|h| !sequences.iter().zip(&at).any(|(s, &i)| s.iter().skip(i + 1).any(|t| t == h)));
        let Some(next) = free else {
            let mut names: Vec<String> = Vec::new();
            let mut seen: Vec<Gc<Type>> = Vec::new();
            for h in heads {
                if !seen.contains(&h) {
                    seen.push(h);
                    names.push(class_name(m, h));
                }
            }
            return Err(m.type_error(&format!("Cannot create a consistent method resolution order (MRO) for bases {}", names.join(", "))));
        };
        mro.push(next);
        for (s, i) in sequences.iter().zip(&mut at) {
            if s.get(*i) == Some(&next) {
                *i += 1;
            }
        }
    }
}

/// `type.mro(cls)`: a list.
pub(super) fn default_mro(m: &mut Machine, ty: Gc<Type>) -> R<Value> {
    let mro: Vec<Value> = linearise(m, ty)?.iter().map(|t| t.value()).collect();
    Ok(m.new_list(&mro).value())
}

/// Computes the class's MRO, by its metaclass's `mro` if that is not `type`'s, and sets it; false if that `mro` has changed it meanwhile.
pub(super) fn set_mro(m: &mut Machine, ty: Gc<Type>) -> R<bool> {
    let meta = m.type_of(ty.value());
    let name = m.names.mro;
    let (builtin, own) = (m.type_lookup(m.types.type_, name), m.type_lookup(meta, name));
    let mro: Box<[Gc<Type>]> = if meta == m.types.type_ || builtin == own {
        linearise(m, ty)?.into()
    } else {
        // Until it is known, the class is its own whole MRO, so that look-ups on it work.
        if ty.mro.borrow().is_empty() {
            *ty.mro.borrow_mut() = Box::new([ty]);
        }
        let before = ty.mro.borrow().clone();
        let Some(result) = m.call_special(ty.value(), name, &[])? else { return Err(m.attribute_error("mro")) };
        let entries = m.collect(result)?;
        let mut mro = Vec::new();
        for &e in entries.iter() {
            let Some(entry) = e.downcast::<Type>() else {
                let got = m.type_name(e);
                return Err(m.type_error(&format!("mro() returned a non-class ('{got}')")));
            };
            if !super::class_layout::fits_layout(ty, entry) {
                return Err(m.type_error(&format!("mro() returned base with unsuitable layout ('{}')", entry.name_str())));
            }
            mro.push(entry);
        }
        if *ty.mro.borrow() != before {
            return Ok(false);
        }
        mro.into()
    };
    *ty.mro.borrow_mut() = mro;
    m.type_modified(ty);
    Ok(true)
}
