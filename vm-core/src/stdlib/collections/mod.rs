//! `_collections`: what `collections` has natively. One file per type; counting is here.

mod default_dict;
mod deque;
mod deque_iter;
mod ordered_dict;
mod ordered_update;
mod ordered_views;
mod ring;
mod tuple_getter;

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::protocol::BinaryOp;
use crate::object::value::Value;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_collections",
    functions: &[MethodDef::new("_count_elements", Convention::Fast, count_elements)],
    init: Some(|m, dict| {
        let types = [
            &deque::DEQUE,
            &default_dict::DEFAULT_DICT,
            &ordered_dict::ORDERED_DICT,
            &deque_iter::FORWARD,
            &deque_iter::REVERSE,
            &tuple_getter::TUPLE_GETTER,
        ];
        m.add_native_types(dict, &types);
        Ok(())
    }),
    doc: "High performance data structures.",
};

/// `mapping[x] = mapping.get(x, 0) + 1` for each item, without the detours where the mapping is a dict of its own.
fn count_elements(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_count_elements", 2, 2)?;
    let (mapping, one) = (args[0], Value::small(1));
    let iter = m.iter(args[1])?;
    let (get, set, ty) = (m.intern("get"), m.names.setitem, m.type_of(mapping));
    let dict = m.types.dict;
    let plain = m.type_lookup(ty, get) == m.type_lookup(dict, get) && m.type_lookup(ty, set) == m.type_lookup(dict, set);
    if let Some(d) = mapping.downcast::<Dict>().filter(|_| plain) {
        while let Some(key) = m.next(iter)? {
            let hash = m.hash_key_of(key)?;
            let count = match d.get_hashed(m, key, hash)? {
                Some(n) => m.binary(BinaryOp::Add, n, one)?,
                None => one,
            };
            d.insert_hashed(m, key, hash, count)?;
        }
        return Ok(Value::NONE);
    }
    let getter = m.get_attr(mapping, get)?;
    while let Some(key) = m.next(iter)? {
        let n = m.call(getter, &[key, Value::small(0)])?;
        let count = m.binary(BinaryOp::Add, n, one)?;
        m.set_item(mapping, key, count)?;
    }
    Ok(Value::NONE)
}

/// A word that a subclass of `dict` has after its struct.
#[derive(Clone, Copy)]
struct DictWord(*mut Value);

impl DictWord {
    /// Bytes of an instance with one such word.
    const SIZE: usize = size_of::<Dict>() + size_of::<Value>();

    /// The first word of an instance of a native class that has one; `None` for other objects.
    fn of(m: &mut Machine, v: Value, spec: &'static crate::native::TypeSpec) -> Option<DictWord> {
        if !m.is_native_instance(v, spec) {
            return None;
        }
        // The class says that instances are that long.
        Some(DictWord(v.as_ptr().cast::<u8>().wrapping_add(size_of::<Dict>()).cast()))
    }

    fn get(self) -> Value {
        // SAFETY: the word was initialised when the object was made; the collector visits it.
        unsafe { *self.0 }
    }

    fn set(self, v: Value) {
        // SAFETY: as above.
        unsafe { *self.0 = v };
    }
}
