//! `_functools`: what `functools` has natively. One file per type; `reduce` is here.

mod cmp_key;
mod lru_cache;
mod partial;

pub(crate) use partial::PARTIAL;

use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_functools",
    functions: &[
        MethodDef::new("reduce", Convention::Fast, reduce),
        MethodDef::new("cmp_to_key", Convention::FastKeywords, cmp_key::cmp_to_key),
    ],
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&PARTIAL, &lru_cache::WRAPPER]);
        Ok(())
    }),
    doc: "Tools that operate on functions.",
};

fn reduce(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "reduce", 2, 3)?;
    let iter = match m.iter(args[1]) {
        Ok(iter) => iter,
        Err(Raised) => {
            let class = m.exceptions.type_error;
            if m.pending_is(class) {
                m.take_raised();
                return Err(m.type_error("reduce() arg 2 must support iteration"));
            }
            return Err(Raised);
        }
    };
    let mut result = args.get(2).copied().unwrap_or(Value::NULL);
    while let Some(item) = m.next(iter)? {
        result = if result.is_null() { item } else { m.call(args[0], &[result, item])? };
    }
    if result.is_null() {
        return Err(m.type_error("reduce() of empty iterable with no initial value"));
    }
    Ok(result)
}
