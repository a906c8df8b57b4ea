//! `_struct`: the functions, the iterator of `iter_unpack`, and the cache of compiled formats.

mod format;
mod items;
mod object;

use super::arguments::ExceptionSpec;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::value::Value;
use object::StructObj;

/// `struct.error`.
static ERROR: ExceptionSpec = ExceptionSpec { name: "struct.error", base: |e| e.exception };

/// Entry of the module's namespace: compiled formats by their source.
const CACHE: &str = "_cache";
const CACHED_FORMATS: usize = 100;

/// `_struct`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_struct",
    functions: &[
        MethodDef::new("_clearcache", Convention::NoArgs, |m, module, _| {
            if let Some(cache) = cache(m, module) {
                cache.clear(m);
            }
            m.lib.formats = RecentFormats::default();
            Ok(Value::NONE)
        }),
        MethodDef::new("calcsize", Convention::O, |m, module, args| {
            let compiled = compiled(m, module, args.pos()[0])?;
            Ok(m.int_from_usize(compiled.format.borrow().size))
        }),
        MethodDef::new("iter_unpack", Convention::Fast, |m, module, args| {
            let args = args.between(m, "iter_unpack", 2, 2)?;
            let compiled = compiled(m, module, args[0])?;
            object::iter_unpack(m, compiled, args[1])
        }),
        MethodDef::new("pack", Convention::Fast, |m, module, args| {
            let Some((&format, values)) = args.pos().split_first() else { return Err(m.type_error("missing format argument")) };
            let compiled = compiled(m, module, format)?;
            object::pack(m, compiled, values)
        }),
        MethodDef::new("pack_into", Convention::Fast, |m, module, args| {
            let Some((&format, rest)) = args.pos().split_first() else { return Err(m.type_error("missing format argument")) };
            let compiled = compiled(m, module, format)?;
            object::pack_into(m, compiled, rest)
        }),
        MethodDef::new("unpack", Convention::Fast, |m, module, args| {
            let args = args.between(m, "unpack", 2, 2)?;
            let compiled = compiled(m, module, args[0])?;
            object::unpack(m, compiled, args[1])
        }),
        MethodDef::new("unpack_from", Convention::FastKeywords, |m, module, args| {
            let spec = crate::native::BindSpec { positional_only: 1, required: 2, max_positional: 3 };
            let [format, buffer, offset] = args.bind(m, "unpack_from", ["", "buffer", "offset"], spec)?;
            let compiled = compiled(m, module, format)?;
            object::unpack_from(m, compiled, buffer, offset)
        }),
    ],
    init: Some(|m, dict| {
        let (ty, error, cache) = (m.native_type(&object::SPEC).value(), m.module_exception(&ERROR).value(), m.new_dict().value());
        m.add_constant(dict, "Struct", ty);
        m.add_constant(dict, "error", error);
        m.add_constant(dict, CACHE, cache);
        Ok(())
    }),
    doc: "Functions to convert between Python values and C structs.",
};

fn cache(m: &mut Machine, module: Value) -> Option<Gc<Dict>> {
    let (key, dict) = (m.intern(CACHE), m.module_dict(module));
    dict.get_str(m, key)?.downcast()
}

/// Compiled formats at hand by the identity of what they were compiled from, before anything is hashed.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecentFormats([[Value; 2]; 16]);

impl Default for RecentFormats {
    fn default() -> RecentFormats {
        RecentFormats([[Value::NULL; 2]; 16])
    }
}

impl RecentFormats {
    fn place(&mut self, format: Value) -> &mut [Value; 2] {
        &mut self.0[(format.bits() >> 5) as usize % 16]
    }

    pub(super) fn trace(&self, marker: &mut Marker<'_>) {
        marker.mark_all(self.0.as_flattened());
    }
}

/// The compiled form of a format argument.
fn compiled(m: &mut Machine, module: Value, format: Value) -> R<Gc<StructObj>> {
    let [known, compiled] = *m.lib.formats.place(format);
    if known.is(format)
        && let Some(compiled) = compiled.downcast()
    {
        return Ok(compiled);
    }
    let compiled = compiled_by_text(m, module, format)?;
    // A subclass may come to mean something else; a `str` or `bytes` does not.
    if m.is_exact_str(format) || m.type_of(format) == m.types.bytes {
        *m.lib.formats.place(format) = [format, compiled.value()];
    }
    Ok(compiled)
}

fn compiled_by_text(m: &mut Machine, module: Value, format: Value) -> R<Gc<StructObj>> {
    let plain = m.is_exact_str(format) || m.type_of(format) == m.types.bytes;
    let cache = if plain { cache(m, module) } else { None };
    if let Some(cache) = cache
        && let Some(known) = cache.get(m, format)?.and_then(Value::downcast)
    {
        return Ok(known);
    }
    let made = object::make(m, format)?;
    if let Some(cache) = cache {
        if cache.len() >= CACHED_FORMATS {
            cache.clear(m);
        }
        cache.insert(m, format, made.value())?;
    }
    Ok(made)
}

/// `struct.error(message)`.
fn error(m: &mut Machine, message: &str) -> crate::machine::Raised {
    m.module_error(&ERROR, message)
}

fn no_keywords(m: &mut Machine, name: &str, args: Args<'_>) -> R<()> {
    args.no_keywords(m, name)
}
