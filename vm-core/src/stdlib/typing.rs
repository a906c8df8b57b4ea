//! `_typing`: the classes of type parameters, which belong to the language, under the names `typing` imports them by.

use crate::native::{Convention, MethodDef, ModuleSpec};
use crate::object::type_param::{PARAM_SPEC_ARGS, PARAM_SPEC_KWARGS, no_default};

/// `_typing`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_typing",
    functions: &[MethodDef::new("_idfunc", Convention::O, |_, _, args| Ok(args.pos()[0]))],
    init: Some(|m, dict| {
        let (args, kwargs) = (m.native_type(&PARAM_SPEC_ARGS), m.native_type(&PARAM_SPEC_KWARGS));
        let t = &m.types;
        let classes = [
            ("TypeVar", t.type_var.value()),
            ("ParamSpec", t.param_spec.value()),
            ("TypeVarTuple", t.type_var_tuple.value()),
            ("ParamSpecArgs", args.value()),
            ("ParamSpecKwargs", kwargs.value()),
            ("TypeAliasType", t.type_alias.value()),
            ("Generic", t.generic.value()),
            ("NoDefault", no_default(m)),
        ];
        for (name, v) in classes {
            let name = m.intern(name);
            dict.insert_str(m, name, v);
        }
        Ok(())
    }),
    doc: "Primitives and accelerators for the typing module.\n",
};
