//! Where the words of a Python class's instances lie: which base decides the native layout, `__slots__`, `__dict__`.

use super::header::{Gc, LayoutId};
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};

/// What a class statement asks of the layout.
pub(super) struct Plan {
    /// Mangled, sorted names of `__slots__`.
    pub slots: Vec<Gc<Str>>,
    /// A `__dict__` is added to what the base has.
    pub add_dict: bool,
    /// Instances become weakly referenceable.
    pub add_weakref: bool,
}

/// CPython's `tp_itemsize` for the classes whose instances vary in size.
pub(super) fn item_size(m: &Machine, ty: Gc<Type>) -> i64 {
    match ty.layout.id {
        LayoutId::Int if ty.value() == m.types.bool.value() || ty.is_subtype_of(m.types.int) => 4,
        LayoutId::Tuple => 8,
        LayoutId::Bytes => 1,
        LayoutId::Type => 40,
        _ => 0,
    }
}

/// Words that a class adds to its base's for `__slots__`.
fn slot_words(ty: Gc<Type>) -> usize {
    let Some(base) = ty.base.get().downcast::<Type>() else { return 0 };
    if !ty.has(TypeFlags::HEAP) {
        return 0;
    }
    (slots_end(ty) - slots_end(base)) / size_of::<Value>()
}

/// End of the native struct and the `__slots__` words: where a Python class's dict word goes.
fn slots_end(ty: Gc<Type>) -> usize {
    let size = ty.basic_size.get() as usize;
    if ty.has(TypeFlags::HAS_DICT) && !ty.has(TypeFlags::NATIVE_DICT) { size - size_of::<Value>() } else { size }
}

/// The nearest base (or the class itself) that fixes the instances' layout.
fn solid_base(ty: Gc<Type>) -> Gc<Type> {
    match ty.base.get().downcast::<Type>() {
        None => ty,
        Some(base) => {
            // Builtin exception classes share one struct, but some add words to it.
            let adds_words = !ty.has(TypeFlags::HEAP) && ty.basic_size.get() > base.basic_size.get();
            if base.layout.id != ty.layout.id || slot_words(ty) > 0 || adds_words { ty } else { solid_base(base) }
        }
    }
}

/// The base that the new class's layout extends (`best_base`).
pub(super) fn best_base(m: &mut Machine, bases: Gc<Tuple>) -> R<Gc<Type>> {
    let mut best: Option<(Gc<Type>, Gc<Type>)> = None;
    for &b in bases.slice() {
        let Some(base) = b.downcast::<Type>() else { return Err(m.type_error("bases must be types")) };
        if !base.has(TypeFlags::BASETYPE) {
            return Err(m.type_error(&format!("type '{}' is not an acceptable base type", base.name_str())));
        }
        let candidate = solid_base(base);
        match best {
            None => best = Some((base, candidate)),
            Some((_, winner)) if winner.is_subtype_of(candidate) => {}
            Some((_, winner)) if candidate.is_subtype_of(winner) => best = Some((base, candidate)),
            Some(_) => return Err(m.type_error("multiple bases have instance lay-out conflict")),
        }
    }
    match best {
        Some((base, _)) => Ok(base),
        None => Ok(m.types.object),
    }
}

/// Whether a custom MRO's entry fits the layout of the class.
pub(super) fn fits_layout(ty: Gc<Type>, entry: Gc<Type>) -> bool {
    let solid = solid_base(ty);
    solid.is_subtype_of(solid_base(entry)) || solid == ty
}

/// Whether a `str` can be an identifier.
fn is_identifier(s: Gc<Str>) -> bool {
    let Some(text) = s.to_str() else { return false };
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// A private name as the compiler spells it inside a class.
fn mangle(m: &mut Machine, class: &str, name: Gc<Str>) -> Gc<Str> {
    let text = name.to_string_lossy().into_owned();
    let class = class.trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || text.contains('.') || class.is_empty() {
        return m.intern_str(name);
    }
    m.intern(&format!("_{class}{text}"))
}

/// Reads `__slots__` of a class body.
pub(super) fn plan(m: &mut Machine, name: &str, base: Gc<Type>, bases: Gc<Tuple>, dict: Gc<super::dict::Dict>) -> R<Plan> {
    let is_type = base.is_subtype_of(m.types.type_);
    let may_dict = !base.has(TypeFlags::HAS_DICT) && !is_type;
    let item = item_size(m, base);
    let may_weakref = !base.has(TypeFlags::HAS_WEAKREF) && item == 0;
    let slots_name = m.names.slots;
    let Some(declared) = dict.get_str(m, slots_name) else {
        return Ok(Plan { slots: Vec::new(), add_dict: may_dict, add_weakref: may_weakref });
    };
    let items = if declared.downcast::<Str>().is_some() {
        let mut one = super::buffer::ValueVec::with_capacity(m, 1);
        one.push(m, declared);
        one
    } else {
        m.collect(declared)?
    };
    if !items.is_empty() && item != 0 {
        return Err(m.type_error(&format!("nonempty __slots__ not supported for subtype of '{}'", base.name_str())));
    }
    let (mut add_dict, mut add_weakref) = (false, false);
    let mut names = Vec::new();
    for &v in items.iter() {
        let Some(slot) = v.downcast::<Str>() else {
            let got = m.type_name(v);
            return Err(m.type_error(&format!("__slots__ items must be strings, not '{got}'")));
        };
        if !is_identifier(slot) {
            return Err(m.type_error("__slots__ must be identifiers"));
        }
        let slot = m.intern_str(slot);
        if slot == m.names.dict {
            if !may_dict || add_dict {
                return Err(m.type_error("__dict__ slot disallowed: we already got one"));
            }
            add_dict = true;
        } else if slot == m.names.weakref {
            if !may_weakref || add_weakref {
                return Err(m.type_error("__weakref__ slot disallowed: we already got one"));
            }
            add_weakref = true;
        } else {
            names.push(slot);
        }
    }
    let mut slots = Vec::new();
    for slot in names {
        let slot = mangle(m, name, slot);
        let special = [m.names.qualname, m.names.classcell, m.names.classdictcell];
        if dict.get_str(m, slot).is_some() && !special.contains(&slot) {
            let shown = m.repr(slot.value())?;
            return Err(m.value_error(&format!("{} in __slots__ conflicts with class variable", shown.to_string_lossy())));
        }
        slots.push(slot);
    }
    slots.sort_by(|a, b| a.bytes().cmp(b.bytes()));
    for other in bases.slice().iter().filter_map(|b| b.downcast::<Type>()).filter(|&b| b != base) {
        add_dict |= may_dict && other.has(TypeFlags::HAS_DICT);
        add_weakref |= may_weakref && other.has(TypeFlags::HAS_WEAKREF);
    }
    Ok(Plan { slots, add_dict, add_weakref })
}

/// Lays out the instances of a new class; the offsets of its `__slots__` words result.
pub(super) fn lay_out(m: &mut Machine, ty: Gc<Type>, base: Gc<Type>, plan: &Plan) -> Vec<u32> {
    let word = size_of::<Value>();
    let mut at = slots_end(base);
    let mut offsets = Vec::new();
    for _ in &plan.slots {
        offsets.push(at as u32);
        at += word;
    }
    let inherited = TypeFlags::SEQUENCE
        | TypeFlags::MAPPING
        | TypeFlags::MATCH_SELF
        | TypeFlags::NATIVE_PAYLOAD
        | TypeFlags::NATIVE_DICT
        | TypeFlags::HAS_DICT
        | TypeFlags::HAS_WEAKREF;
    ty.set_flags(base.flags.get() & inherited);
    if ty.layout.id != LayoutId::Instance {
        ty.set_flags(TypeFlags::NATIVE_PAYLOAD);
    }
    if plan.add_weakref {
        ty.set_flags(TypeFlags::HAS_WEAKREF);
    }
    if base.has(TypeFlags::NATIVE_DICT) {
        ty.dict_offset.set(base.dict_offset.get());
    } else if plan.add_dict || base.has(TypeFlags::HAS_DICT) {
        ty.set_flags(TypeFlags::HAS_DICT);
        ty.dict_offset.set(at as u32);
        // As in CPython, only objects without any other field keep values inline.
        let plain = ty.layout.id == LayoutId::Instance && at == ty.layout.size;
        at += word;
        if plain && item_size(m, base) == 0 {
            ty.set_flags(TypeFlags::INLINE_VALUES);
        }
    }
    ty.basic_size.set(at as u32);
    offsets
}

/// Names of the `__slots__` words a class adds, for comparing layouts.
pub(super) fn slot_names(m: &mut Machine, ty: Gc<Type>) -> Vec<Gc<Str>> {
    let mut names: Vec<Gc<Str>> = Vec::new();
    let mro: Vec<Gc<Type>> = ty.mro.borrow().to_vec();
    for t in mro {
        if slot_words(t) == 0 {
            continue;
        }
        let Some(dict) = t.dict.get() else { continue };
        for (_, value) in dict.iter() {
            if let Some(member) = value.downcast::<super::descriptors::MemberDescr>()
                && member.owner == t
            {
                names.push(member.name);
            }
        }
    }
    let _ = m;
    names.sort_by(|a, b| a.bytes().cmp(b.bytes()));
    names
}
