//! What `site` adds to the builtins when CPython starts: `exit`, `quit`, `help` and `license`. They are made natively, since running
//! `site` would cost every program its imports.

use super::native_struct::{native_struct, this};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, GetSetDef, TypeSpec};
use crate::object::header::{Header, Payload};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::value::Value;

native_struct! {
    /// One of them.
    struct SiteBuiltin {
        /// Its name among the builtins.
        name: Value,
    }
}

fn name_of(m: &mut Machine, v: Value) -> R<String> {
    let name = this::<SiteBuiltin>(m, v)?.name;
    Ok(name.downcast::<Str>().map_or_else(String::new, |s| s.to_string_lossy().into_owned()))
}

/// `exit` and `quit`.
static QUITTER: TypeSpec = TypeSpec {
    slots: Slots {
        call: Some(quit),
        repr: Some(|m, v| {
            let name = name_of(m, v)?;
            Ok(m.str_value(&format!("Use {name}() or Ctrl-D (i.e. EOF) to exit")))
        }),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef { name: "name", get: |m, v| Ok(this::<SiteBuiltin>(m, v)?.name), set: None },
        GetSetDef { name: "eof", get: |m, _| Ok(m.str_value("Ctrl-D (i.e. EOF)")), set: None },
    ],
    ..TypeSpec::new("_sitebuiltins.Quitter", SiteBuiltin::LAYOUT)
};

/// `help`.
static HELPER: TypeSpec = TypeSpec {
    slots: Slots {
        call: Some(|m, _, args| {
            let (pydoc, name) = (m.import_name("pydoc")?, m.intern("help"));
            let help = m.get_attr(pydoc, name)?;
            m.call_args(help, args)
        }),
        repr: Some(|m, _| Ok(m.str_value("Type help() for interactive help, or help(object) for help about object."))),
        ..Slots::EMPTY
    },
    ..TypeSpec::new("_sitebuiltins._Helper", SiteBuiltin::LAYOUT)
};

/// `license`.
static PRINTER: TypeSpec = TypeSpec {
    slots: Slots {
        call: Some(|m, _, _| m.write_std(1, b"See https://www.python.org/psf/license/\n").map(|_| Value::NONE)),
        repr: Some(|m, v| {
            let name = name_of(m, v)?;
            Ok(m.str_value(&format!("Type {name}() to see the full {name} text")))
        }),
        ..Slots::EMPTY
    },
    ..TypeSpec::new("_sitebuiltins._Printer", SiteBuiltin::LAYOUT)
};

/// `exit(code=None)`: closes standard input, and raises `SystemExit`.
fn quit(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let name = name_of(m, v)?;
    let [code] = args.bind(m, &name, ["code"], BindSpec { positional_only: 0, required: 0, max_positional: 1 })?;
    let (stdin, close) = (m.sys_attribute("stdin")?, m.names.close);
    if m.call_method(stdin, close, &[]).is_err() {
        m.take_raised();
    }
    let class = m.exceptions.system_exit;
    Err(m.raise_with(class, &[code.non_null().unwrap_or(Value::NONE)]))
}

/// Adds them to the builtins.
pub(super) fn install(m: &mut Machine) {
    for (name, spec) in [("exit", &QUITTER), ("quit", &QUITTER), ("help", &HELPER), ("license", &PRINTER)] {
        let key = m.intern(name);
        let header = Header::new(m.native_type(spec));
        let value = m.new_object(SiteBuiltin { header, name: key.value() }).value();
        let builtins = m.builtins;
        builtins.insert_str(m, key, value);
    }
}
