//! `weakref`: the reference type and what counts references. Proxies and the weak containers are not here yet.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "weakref",
    functions: &[
        MethodDef::new("getweakrefcount", Convention::O, |m, _, args| Ok(Value::small(m.weakrefs(args.pos()[0]).len() as i64))),
        MethodDef::new("getweakrefs", Convention::O, getweakrefs),
    ],
    init: Some(|m, dict| {
        let ty = m.types.weakref.value();
        for name in ["ref", "ReferenceType"] {
            let name = m.intern(name);
            dict.insert_str(m, name, ty);
        }
        Ok(())
    }),
    doc: "Weak reference support for Python.\n\nThis module is an implementation of PEP 205:\n\nhttps://peps.python.org/pep-0205/\n",
};

fn getweakrefs(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let refs = m.weakrefs(args.pos()[0]);
    Ok(m.new_list(&refs).value())
}
