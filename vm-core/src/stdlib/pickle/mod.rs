//! `_pickle`: what makes `pickle` fast. Pickles are CPython's byte for byte; the error messages are those of its C module.
//!
//! A `Pickler` or `Unpickler` is what the program sees, with the memo; a `Saver` or `Loader` is one call of `dump` or `load`.

mod buffer;
mod globals;
mod input;
mod load;
mod load_objects;
mod load_values;
mod memo_proxy;
mod ops;
mod output;
mod pickler;
mod save;
mod save_containers;
mod save_reduce;
mod unpickler;

use crate::machine::{Machine, R, Raised};
use crate::native::{BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use output::Output;

/// The exception classes, which are pinned: `PickleError`, `PicklingError`, `UnpicklingError`.
pub(crate) type Errors = [Gc<Type>; 3];

/// `_pickle`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_pickle",
    functions: &[
        MethodDef::new("dump", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 0, required: 2, max_positional: 3 };
            let names = ["obj", "file", "protocol", "fix_imports", "buffer_callback"];
            let [value, file, protocol, fix_imports, callback] = args.bind(m, "dump", names, spec)?;
            let pickler = pickler::make(m, protocol, fix_imports, callback)?;
            pickler::set_file(m, pickler, file)?;
            pickler::dump(m, pickler, value)?;
            Ok(Value::NONE)
        }),
        MethodDef::new("dumps", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let names = ["obj", "protocol", "fix_imports", "buffer_callback"];
            let [value, protocol, fix_imports, callback] = args.bind(m, "dumps", names, spec)?;
            let pickler = pickler::make(m, protocol, fix_imports, callback)?;
            let out = pickler::save(m, pickler, value, Output::new(Value::NULL))?;
            Ok(m.new_bytes(&out)?.value())
        }),
        MethodDef::new("load", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
            let names = ["file", "fix_imports", "encoding", "errors", "buffers"];
            let [file, fix_imports, encoding, errors, buffers] = args.bind(m, "load", names, spec)?;
            let unpickler = unpickler::make(m);
            unpickler::init(m, unpickler, file, [fix_imports, encoding, errors, buffers], "load")?;
            unpickler::load(m, unpickler)
        }),
        MethodDef::new("loads", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
            let names = ["", "fix_imports", "encoding", "errors", "buffers"];
            let [data, fix_imports, encoding, errors, buffers] = args.bind(m, "loads", names, spec)?;
            let unpickler = unpickler::make(m);
            unpickler::configure(m, unpickler, [fix_imports, encoding, errors, buffers], "loads")?;
            let input = input::Input::of_bytes(m, data)?;
            unpickler::run(m, unpickler, input)
        }),
    ],
    init: Some(|m, dict| {
        let [base, pickling, unpickling] = errors(m)?;
        for (name, class) in [("PickleError", base), ("PicklingError", pickling), ("UnpicklingError", unpickling)] {
            m.add_constant(dict, name, class.value());
        }
        m.add_native_types(dict, &[&pickler::SPEC, &unpickler::SPEC, &buffer::SPEC]);
        Ok(())
    }),
    doc: "Optimized C implementation for the Python pickle module.",
};

/// The exception classes, made when they are first asked for.
fn errors(m: &mut Machine) -> R<Errors> {
    if let Some(known) = m.lib.pickle_errors {
        return Ok(known);
    }
    let exception = m.exceptions.exception;
    let base = m.new_exception_class("_pickle", "PickleError", exception, "")?;
    let pickling = m.new_exception_class("_pickle", "PicklingError", base, "")?;
    let unpickling = m.new_exception_class("_pickle", "UnpicklingError", base, "")?;
    m.lib.pickle_errors = Some([base, pickling, unpickling]);
    Ok([base, pickling, unpickling])
}

#[cold]
fn pickling_error(m: &mut Machine, message: &str) -> Raised {
    match errors(m) {
        Ok([_, class, _]) => m.raise_message(class, message),
        Err(raised) => raised,
    }
}

#[cold]
fn unpickling_error(m: &mut Machine, message: &str) -> Raised {
    match errors(m) {
        Ok([_, _, class]) => m.raise_message(class, message),
        Err(raised) => raised,
    }
}

/// `repr(v)` for a message.
fn shown(m: &mut Machine, v: Value) -> R<String> {
    Ok(m.repr(v)?.to_string_lossy().into_owned())
}
