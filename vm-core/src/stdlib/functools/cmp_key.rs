//! `cmp_to_key`: objects that compare by an old-style comparison function.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, GetSetDef, TypeSpec};
use crate::object::header::{Header, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, this};
use std::cell::Cell;

native_struct! {
    /// `KeyWrapper`: a comparison function, and the object to compare unless it is the maker of keys itself.
    struct CmpKey {
        /// The function.
        compare: Value,
        /// The object, or `NULL`.
        object: Cell<Value>,
    }
}

/// `functools.KeyWrapper`.
static KEY: TypeSpec = TypeSpec {
    slots: Slots { call: Some(call), richcompare: Some(compare), ..Slots::EMPTY },
    getset: &[GetSetDef {
        name: "obj",
        get: |m, v| {
            let object = this::<CmpKey>(m, v)?.object.get();
            Ok(object.non_null().unwrap_or(Value::NONE))
        },
        set: Some(|m, v, object| {
            this::<CmpKey>(m, v)?.object.set(object);
            Ok(())
        }),
    }],
    ..TypeSpec::new("functools.KeyWrapper", CmpKey::LAYOUT)
};

/// `cmp_to_key(mycmp)`.
pub(super) fn cmp_to_key(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let [compare] = args.bind(m, "cmp_to_key", ["mycmp"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    let header = Header::new(m.native_type(&KEY));
    Ok(m.new_object(CmpKey { header, compare, object: null() }).value())
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let maker = this::<CmpKey>(m, v)?;
    let [object] = args.bind(m, "K", ["obj"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    let header = Header::new(m.native_type(&KEY));
    Ok(m.new_object(CmpKey { header, compare: maker.compare, object: Cell::new(object) }).value())
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<CmpKey>(), b.downcast::<CmpKey>()) else {
        return Err(m.type_error("other argument must be K instance"));
    };
    let (p, q) = (x.object.get(), y.object.get());
    if p.is_null() || q.is_null() {
        return Err(m.attribute_error("object"));
    }
    let order = m.call(x.compare, &[p, q])?;
    m.compare(order, Value::small(0), op)
}
