//! `_csv`: the reader, the writer, and the registry of dialects.

mod dialect;
mod reader;
mod writer;

use super::arguments::ExceptionSpec;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

static ERROR: ExceptionSpec = ExceptionSpec { name: "_csv.Error", base: |e| e.exception };

/// Entries of the module's namespace: dialects by name, and the longest field.
const DIALECTS: &str = "_dialects";
const LIMIT: &str = "_field_limit";
const DEFAULT_LIMIT: i64 = 128 * 1024;

/// `_csv`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_csv",
    functions: &[
        MethodDef::new("reader", Convention::VarArgsKeywords, reader::reader),
        MethodDef::new("writer", Convention::VarArgsKeywords, writer::writer),
        MethodDef::new("list_dialects", Convention::NoArgs, |m, _, _| {
            let names: Vec<Value> = registry(m)?.iter().map(|(name, _)| name).collect();
            Ok(m.new_list(&names).value())
        }),
        MethodDef::new("register_dialect", Convention::VarArgsKeywords, register),
        MethodDef::new("unregister_dialect", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
            let [name] = args.bind(m, "unregister_dialect", ["name"], spec)?;
            match registry(m)?.remove(m, name)? {
                Some(_) => Ok(Value::NONE),
                None => Err(error(m, "unknown dialect")),
            }
        }),
        MethodDef::new("get_dialect", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
            let [name] = args.bind(m, "get_dialect", ["name"], spec)?;
            registered(m, name)
        }),
        MethodDef::new("field_size_limit", Convention::FastKeywords, field_size_limit),
    ],
    init: Some(|m, dict| {
        let styles = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL"];
        for (i, name) in styles.into_iter().enumerate() {
            m.add_constant(dict, name, Value::small(i as i64));
        }
        let (error, dialect) = (m.module_exception(&ERROR).value(), m.native_type(&dialect::SPEC).value());
        let (reader, writer) = (m.native_type(&reader::SPEC).value(), m.native_type(&writer::SPEC).value());
        let (dialects, version) = (m.new_dict().value(), m.str_value("1.0"));
        for (name, v) in [
            ("Error", error),
            ("Dialect", dialect),
            ("Reader", reader),
            ("Writer", writer),
            (DIALECTS, dialects),
            (LIMIT, Value::small(DEFAULT_LIMIT)),
            ("__version__", version),
        ] {
            m.add_constant(dict, name, v);
        }
        Ok(())
    }),
    doc: "CSV parsing and writing.\n",
};

fn error(m: &mut Machine, message: &str) -> Raised {
    m.module_error(&ERROR, message)
}

fn namespace(m: &mut Machine) -> R<Gc<Dict>> {
    let module = m.import_name("_csv")?;
    Ok(m.module_dict(module))
}

fn registry(m: &mut Machine) -> R<Gc<Dict>> {
    let (dict, key) = (namespace(m)?, m.intern(DIALECTS));
    match dict.get_str(m, key).and_then(Value::downcast) {
        Some(dialects) => Ok(dialects),
        None => Err(m.system_error("_csv: no dialects")),
    }
}

/// The dialect registered under a name.
fn registered(m: &mut Machine, name: Value) -> R<Value> {
    match registry(m)?.get(m, name)? {
        Some(dialect) => Ok(dialect),
        None => Err(error(m, "unknown dialect")),
    }
}

/// The longest field that may be read.
fn field_limit(m: &mut Machine) -> R<i64> {
    let (dict, key) = (namespace(m)?, m.intern(LIMIT));
    Ok(dict.get_str(m, key).and_then(|v| m.int_as_i64(v)).unwrap_or(DEFAULT_LIMIT))
}

fn field_size_limit(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [new] = args.bind(m, "field_size_limit", ["new_limit"], spec)?;
    let old = field_limit(m)?;
    if !new.is_null() {
        if m.type_of(new) != m.types.int {
            return Err(m.type_error("limit must be an integer"));
        }
        let limit = m.ssize_argument(new, 0)?;
        let (dict, key, limit) = (namespace(m)?, m.intern(LIMIT), m.new_int(limit));
        dict.insert_str(m, key, limit);
    }
    Ok(m.new_int(old))
}

fn register(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (name, rest) = match *args.pos() {
        [name] => (name, None),
        [name, dialect] => (name, Some(dialect)),
        [] => return Err(m.type_error("register_dialect expected at least 1 argument, got 0")),
        ref more => return Err(m.type_error(&format!("register_dialect expected at most 2 arguments, got {}", more.len()))),
    };
    if name.downcast::<Str>().is_none() {
        return Err(m.type_error("dialect name must be a string"));
    }
    let made = dialect::of_arguments(m, rest, args)?;
    registry(m)?.insert(m, name, made.value())?;
    Ok(Value::NONE)
}
