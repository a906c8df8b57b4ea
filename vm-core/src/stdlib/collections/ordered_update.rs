//! `OrderedDict.update` and what is made with it: items go in through `__setitem__`, as `MutableMapping.update` puts them.

use super::ordered_dict::ORDERED_DICT;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::dict::{Dict, OnDuplicate};
use crate::object::dict_views::{Part, new_view};
use crate::object::value::Value;

/// `update(*args, **keywords)`.
pub(super) fn update(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    if let Some(&argument) = args.pos().first() {
        update_from(m, v, argument)?;
    }
    for (key, value) in args.keywords() {
        m.set_item(v, key.value(), value)?;
    }
    Ok(())
}

/// Adds the items of a mapping, of what has `items()`, or of an iterable of pairs.
pub(super) fn update_from(m: &mut Machine, v: Value, argument: Value) -> R<()> {
    let (plain, own) = (m.types.dict, m.native_type(&ORDERED_DICT));
    let (class, of) = (m.type_of(v), m.type_of(argument));
    if class == own
        && (of == plain || of == own)
        && let (Some(to), Some(from)) = (v.downcast::<Dict>(), argument.downcast::<Dict>())
    {
        return to.merge_dict(m, from, OnDuplicate::Replace);
    }
    if of == plain {
        let items = new_view(m, argument, Part::Item);
        let items = m.collect(items)?;
        let list = m.list_from_vec(items).value();
        return add_pairs(m, v, list);
    }
    let (keys, items) = (m.names.keys, m.names.items);
    if let Some(keys) = m.get_attr_opt(argument, keys)? {
        let keys = m.call(keys, &[])?;
        let iter = m.iter(keys)?;
        while let Some(key) = m.next(iter)? {
            let value = m.get_item(argument, key)?;
            m.set_item(v, key, value)?;
        }
        return Ok(());
    }
    if let Some(items) = m.get_attr_opt(argument, items)? {
        let items = m.call(items, &[])?;
        return add_pairs(m, v, items);
    }
    add_pairs(m, v, argument)
}

fn add_pairs(m: &mut Machine, v: Value, pairs: Value) -> R<()> {
    let iter = m.iter(pairs)?;
    while let Some(pair) = m.next(iter)? {
        let parts = m.iter(pair)?;
        let Some(key) = m.next(parts)? else {
            return Err(m.value_error("need more than 0 values to unpack"));
        };
        let Some(value) = m.next(parts)? else {
            return Err(m.value_error("need more than 1 value to unpack"));
        };
        if m.next(parts)?.is_some() {
            return Err(m.value_error("too many values to unpack (expected 2)"));
        }
        m.set_item(v, key, value)?;
    }
    Ok(())
}
