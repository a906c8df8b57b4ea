//! Building tuples, lists, sets, dicts and slices, and adding to them.

use crate::machine::Raised;
use crate::object::dict::Dict;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::value::Value;
use crate::op;
use crate::op::{Flow, Next, Slow};
use crate::opcodes::Opcode;

op! {
    /// A tuple of the top values.
    BUILD_TUPLE (values[oparg] -- tuple) fast |cx| {
        let items = cx.sp.sub(cx.oparg);
        let Some(tuple) = (*cx.vm).tuple_at_hand(items, cx.oparg) else { return cx.slow() };
        *items = tuple.value();
        Flow::Next(items.add(1))
    } aside |s| {
        let tuple = s.m.new_tuple(s.tops(s.oparg));
        s.drop(s.oparg);
        s.push(tuple.value());
        Next::Done
    }

    /// A list of the top values.
    BUILD_LIST (values[oparg] -- list) aside |s| {
        let list = s.m.new_list(s.tops(s.oparg));
        s.drop(s.oparg);
        s.push(list.value());
        Next::Done
    }

    /// A set of the top values.
    BUILD_SET (values[oparg] -- set) slow |s| {
        let set = s.m.new_set();
        for &v in s.tops(s.oparg) {
            set.add(s.m, v)?;
        }
        s.drop(s.oparg);
        s.push(set.value());
        Ok(Next::Done)
    }

    /// A dict of key-value pairs.
    BUILD_MAP (pairs[oparg*2] -- map) slow |s| {
        let map = s.m.new_dict();
        for pair in s.tops(s.oparg * 2).chunks_exact(2) {
            map.insert(s.m, pair[0], pair[1])?;
        }
        s.drop(s.oparg * 2);
        s.push(map.value());
        Ok(Next::Done)
    }

    /// A dict of values with a constant tuple of keys.
    BUILD_CONST_KEY_MAP (values[oparg], keys -- map) slow |s| {
        let keys = s.top(1).cast::<crate::object::tuple::Tuple>();
        let map = s.m.new_dict();
        let values = &s.tops(s.oparg + 1)[..s.oparg];
        for (&k, &v) in keys.slice().iter().zip(values) {
            map.insert(s.m, k, v)?;
        }
        s.drop(s.oparg + 1);
        s.push(map.value());
        Ok(Next::Done)
    }

    /// A slice object of two or three values.
    BUILD_SLICE (start, stop, step if (oparg == 3) -- slice) slow |s| {
        let parts = s.tops(s.oparg);
        let slice = s.m.new_slice(parts[0], parts[1], parts.get(2).copied().unwrap_or(Value::NONE));
        s.drop(s.oparg);
        s.push(slice);
        Ok(Next::Done)
    }

    /// Concatenates strings (f-strings).
    BUILD_STRING (pieces[oparg] -- string) slow |s| {
        let string = s.m.join_pieces(s.tops(s.oparg))?;
        s.drop(s.oparg);
        s.push(string);
        Ok(Next::Done)
    }

    /// Appends to the list below.
    LIST_APPEND (list, unused[oparg-1], value -- list, unused[oparg-1]) fast |cx| {
        let value = cx.top(1);
        let list = cx.top(cx.oparg + 1).cast::<List>();
        if !list.push_in_place(value) {
            return cx.slow();
        }
        cx.pop();
        cx.next()
    } slow |s| {
        let value = s.top(1);
        let list = s.top(s.oparg + 1).cast::<List>();
        list.push(s.m, value);
        s.drop(1);
        Ok(Next::Done)
    }

    /// Adds to the set below.
    SET_ADD (set, unused[oparg-1], value -- set, unused[oparg-1]) slow |s| {
        let value = s.top(1);
        let set = s.top(s.oparg + 1).cast::<Set>();
        set.add(s.m, value)?;
        s.drop(1);
        Ok(Next::Done)
    }

    /// Sets an entry of the dict below.
    MAP_ADD (map, unused[oparg-1], key, value -- map, unused[oparg-1]) slow |s| {
        let (key, value) = (s.top(2), s.top(1));
        let map = s.top(s.oparg + 2).cast::<Dict>();
        map.insert(s.m, key, value)?;
        s.drop(2);
        Ok(Next::Done)
    }

    /// Extends the list below with an iterable.
    LIST_EXTEND (list, unused[oparg-1], iterable -- list, unused[oparg-1]) apart |s| {
        let iterable = s.top(1);
        let list = s.top(s.oparg + 1).cast::<List>();
        let result = s.m.extend_list(list, iterable);
        if let Err(raised) = result {
            return Err(not_iterable_after_star(s, iterable, raised));
        }
        s.drop(1);
        Ok(Next::Done)
    }

    /// Adds an iterable's items to the set below.
    SET_UPDATE (set, unused[oparg-1], iterable -- set, unused[oparg-1]) slow |s| {
        let iterable = s.top(1);
        let set = s.top(s.oparg + 1).cast::<Set>();
        set.update(s.m, iterable)?;
        s.drop(1);
        Ok(Next::Done)
    }

    /// Updates the dict below with a mapping.
    DICT_UPDATE (map, unused[oparg-1], mapping -- map, unused[oparg-1]) apart |s| {
        let mapping = s.top(1);
        let map = s.top(s.oparg + 1).cast::<Dict>();
        if let Err(raised) = map.update_from_mapping(s.m, mapping) {
            if s.m.pending_is(s.m.exceptions.attribute_error) {
                s.m.take_raised();
                let name = s.m.type_name(mapping);
                return Err(s.m.type_error(&format!("'{name}' object is not a mapping")));
            }
            return Err(raised);
        }
        s.drop(1);
        Ok(Next::Done)
    }

    /// Merges `**mapping` into the keyword dict below; duplicate keys raise.
    DICT_MERGE (callable, unused[3], map, unused[oparg-1], mapping -- callable, unused[3], map, unused[oparg-1]) slow |s| {
        let mapping = s.top(1);
        let map = s.top(s.oparg + 1).cast::<Dict>();
        let callable = s.top(s.oparg + 4);
        // The arguments of the call that follows are read from this map and it is forgotten: another's keys need no copy.
        if s.oparg == 1 && map.is_empty() && s.m.type_of(mapping) == s.m.types.dict && s.next_is(Opcode::CALL_FUNCTION_EX) {
            s.set_top(2, mapping);
        } else {
            s.m.merge_keywords(map, mapping, callable)?;
        }
        s.drop(1);
        Ok(Next::Done)
    }
}

#[cold]
fn not_iterable_after_star(s: &mut Slow<'_>, iterable: Value, raised: Raised) -> Raised {
    let ty = s.m.type_of(iterable);
    let iterable_type = ty.slot(|t| t.iter).is_some() || ty.slot(|t| t.getitem).is_some();
    if iterable_type || !s.m.pending_is(s.m.exceptions.type_error) {
        return raised;
    }
    s.m.take_raised();
    let name = ty.name_str();
    s.m.type_error(&format!("Value after * must be an iterable, not {name}"))
}
