//! `_weakref`: references, proxies, and what counts them. The containers of `weakref` are Python and built on these.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::value::Value;
use crate::object::weakref::WeakRef;
use crate::object::weakref_proxy;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_weakref",
    functions: &[
        MethodDef::new("getweakrefcount", Convention::O, |m, _, args| Ok(Value::small(m.weakrefs(args.pos()[0]).len() as i64))),
        MethodDef::new("getweakrefs", Convention::O, getweakrefs),
        MethodDef::new("proxy", Convention::Fast, weakref_proxy::new_proxy),
        MethodDef::new("_remove_dead_weakref", Convention::Fast, remove_dead),
    ],
    init: Some(|m, dict| {
        let (proxy, callable) = (m.native_type(&weakref_proxy::PROXY).value(), m.native_type(&weakref_proxy::CALLABLE).value());
        let ty = m.types.weakref.value();
        for (name, ty) in [("ref", ty), ("ReferenceType", ty), ("ProxyType", proxy), ("CallableProxyType", callable)] {
            let name = m.intern(name);
            dict.insert_str(m, name, ty);
        }
        Ok(())
    }),
    doc: "Weak-reference support module.",
};

fn getweakrefs(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let refs = m.weakrefs(args.pos()[0]);
    Ok(m.new_list(&refs).value())
}

fn remove_dead(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_remove_dead_weakref", 2, 2)?;
    let Some(dict) = args[0].downcast::<Dict>() else {
        let got = m.type_name(args[0]);
        return Err(m.type_error(&format!("_remove_dead_weakref() argument 1 must be dict, not {got}")));
    };
    let Some(value) = dict.get(m, args[1])? else { return Ok(Value::NONE) };
    match value.downcast::<WeakRef>() {
        Some(w) if w.target.get().is_null() => {
            dict.remove(m, args[1])?;
            Ok(Value::NONE)
        }
        Some(_) => Ok(Value::NONE),
        None => Err(m.type_error("not a weakref")),
    }
}
