//! `_codecs`: the registry of codecs and error handlers. The conversions are in `convert.rs`, tables in `charmap.rs`, the error handlers
//! as functions in `handlers.rs`.
//!
//! CPython imports the package `encodings` when it starts; here it is imported when a name is first looked up that the machine does not
//! know itself, so that programs without the standard library can encode too.

mod charmap;
mod convert;
mod handlers;

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

/// What a machine knows of codecs; the values are pinned.
#[derive(Default)]
pub(crate) struct CodecState {
    tables: Option<Tables>,
    imported: bool,
}

#[derive(Clone, Copy)]
struct Tables {
    search: Gc<List>,
    cache: Gc<Dict>,
    errors: Gc<Dict>,
}

/// `_codecs`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_codecs",
    functions: &[
        MethodDef::new("register", Convention::O, register),
        MethodDef::new("unregister", Convention::O, unregister),
        MethodDef::new("lookup", Convention::O, |m, _, args| {
            let name = encoding_name(m, "lookup", args.pos()[0])?;
            m.lookup_codec(name)
        }),
        MethodDef::new("_forget_codec", Convention::O, |m, _, args| {
            let tables = m.codec_tables();
            let name = encoding_name(m, "_forget_codec", args.pos()[0])?;
            match tables.cache.remove(m, name.value())? {
                Some(_) => Ok(Value::NONE),
                None => Err(m.key_error(name.value())),
            }
        }),
        MethodDef::new("encode", Convention::FastKeywords, |m, _, args| convert(m, args, "encode", 0)),
        MethodDef::new("decode", Convention::FastKeywords, |m, _, args| convert(m, args, "decode", 1)),
        MethodDef::new("register_error", Convention::Fast, register_error),
        MethodDef::new("_unregister_error", Convention::O, |m, _, args| {
            let tables = m.codec_tables();
            Ok(Value::from_bool(tables.errors.remove(m, args.pos()[0])?.is_some()))
        }),
        MethodDef::new("lookup_error", Convention::O, |m, _, args| {
            let name = encoding_name(m, "lookup_error", args.pos()[0])?;
            m.error_handler(Some(name))
        }),
    ],
    init: Some(|m, dict| {
        let module = m.intern("_codecs");
        for def in convert::FUNCTIONS.iter().chain(charmap::FUNCTIONS) {
            let f = m.new_native_function(def, Value::NULL, module.value());
            let key = m.intern(def.name);
            dict.insert_str(m, key, f.value());
        }
        Ok(())
    }),
    doc: "",
};

fn encoding_name(m: &mut Machine, function: &str, v: Value) -> R<Gc<Str>> {
    match v.downcast::<Str>() {
        Some(s) => Ok(s),
        None => {
            let got = m.type_name(v);
            Err(m.type_error(&format!("{function}() argument must be str, not {got}")))
        }
    }
}

fn register(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let function = args.pos()[0];
    let call = m.names.call;
    let class = m.type_of(function);
    if class.slot(|s| s.call).is_none() && m.type_lookup(class, call).is_none() {
        return Err(m.type_error("argument must be callable"));
    }
    let tables = m.codec_tables();
    tables.search.push(m, function);
    Ok(Value::NONE)
}

fn unregister(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let tables = m.codec_tables();
    if let Some(i) = tables.search.items().iter().position(|f| f.is(args.pos()[0])) {
        tables.search.remove(i);
        tables.cache.clear(m);
    }
    Ok(Value::NONE)
}

fn register_error(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "register_error", 2, 2)?;
    let name = match args[0].downcast::<Str>() {
        Some(name) => name,
        None => {
            let got = m.type_name(args[0]);
            return Err(m.type_error(&format!("register_error() argument 1 must be str, not {got}")));
        }
    };
    let class = m.type_of(args[1]);
    if class.slot(|s| s.call).is_none() {
        return Err(m.type_error("handler must be callable"));
    }
    let tables = m.codec_tables();
    tables.errors.insert(m, name.value(), args[1])?;
    Ok(Value::NONE)
}

/// `codecs.encode` and `codecs.decode`: whatever the codec makes of whatever object.
fn convert(m: &mut Machine, args: Args<'_>, name: &str, way: usize) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 3 };
    let [object, encoding, errors] = args.bind(m, name, ["obj", "encoding", "errors"], spec)?;
    let encoding = match encoding.non_null() {
        Some(v) => encoding_name(m, name, v)?,
        None => m.intern("utf-8"),
    };
    let own = m.own_encoding(Some(encoding))?;
    let handler = errors.downcast::<Str>();
    if let Some(own) = own {
        if way == 0
            && let Some(text) = object.downcast::<Str>()
        {
            let encoded = m.encode_own(text, own, handler);
            let bytes = m.note_codec(encoded, "encoding", Some(encoding))?;
            return Ok(m.new_bytes(&bytes)?.value());
        }
        if way == 1
            && let Some(bytes) = m.bytes_like(object)
        {
            let decoded = m.decode_own(bytes, own, handler, true);
            return Ok(m.note_codec(decoded, "decoding", Some(encoding))?.0.value());
        }
    }
    let codec = m.lookup_codec(encoding)?;
    m.run_codec(codec, encoding, way, object, handler)
}

impl Machine {
    fn codec_tables(&mut self) -> Tables {
        if let Some(tables) = self.codecs.tables {
            return tables;
        }
        let tables = Tables { search: self.new_list(&[]), cache: self.new_dict(), errors: self.new_dict() };
        for v in [tables.search.value(), tables.cache.value(), tables.errors.value()] {
            self.pin(v);
        }
        self.codecs.tables = Some(tables);
        handlers::register(self, tables.errors);
        tables
    }

    /// The handler of errors of that name (`strict` without one).
    pub(crate) fn error_handler(&mut self, name: Option<Gc<Str>>) -> R<Value> {
        let tables = self.codec_tables();
        let name = name.unwrap_or_else(|| self.intern("strict"));
        match tables.errors.get(self, name.value())? {
            Some(handler) => Ok(handler),
            None => {
                let text = name.to_string_lossy().into_owned();
                Err(self.raise_lookup(&format!("unknown error handler name '{text}'")))
            }
        }
    }

    /// The codec of a name: a `CodecInfo`, or whatever tuple a search function gave.
    pub(crate) fn lookup_codec(&mut self, name: Gc<Str>) -> R<Value> {
        let tables = self.codec_tables();
        let normal: String = name.to_string_lossy().chars().map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
        let key = self.str_value(&normal);
        if let Some(known) = tables.cache.get(self, key)? {
            return Ok(known);
        }
        if !self.codecs.imported {
            self.codecs.imported = true;
            self.check_native_stack()?;
            let imported = self.import_absolute("encodings");
            let class = self.exceptions.module_not_found_error;
            self.catch(imported, class)?;
        }
        let mut i = 0;
        while let Some(search) = tables.search.get(i) {
            i += 1;
            let found = self.call(search, &[key])?;
            if found.is_none() {
                continue;
            }
            if found.downcast::<Tuple>().is_none_or(|t| t.len() != 4) {
                return Err(self.type_error("codec search functions must return 4-tuples"));
            }
            tables.cache.insert(self, key, found)?;
            return Ok(found);
        }
        let text = name.to_string_lossy().into_owned();
        Err(self.raise_lookup(&format!("unknown encoding: {text}")))
    }

    /// Calls a codec's function: 0 encodes, 1 decodes.
    fn run_codec(&mut self, codec: Value, name: Gc<Str>, way: usize, object: Value, errors: Option<Gc<Str>>) -> R<Value> {
        let function = self.get_item(codec, Value::small(way as i64))?;
        let result = match errors {
            Some(errors) => self.call(function, &[object, errors.value()]),
            None => self.call(function, &[object]),
        };
        let result = self.note_codec(result, if way == 0 { "encoding" } else { "decoding" }, Some(name))?;
        match result.downcast::<Tuple>().filter(|t| t.len() == 2) {
            Some(pair) => Ok(pair.slice()[0]),
            None => Err(self.type_error(if way == 0 {
                "encoder must return a tuple (object, integer)"
            } else {
                "decoder must return a tuple (object,integer)"
            })),
        }
    }

    /// The codec of a name, which must be one of text.
    pub(crate) fn text_codec(&mut self, name: Gc<Str>, instead: &str) -> R<Value> {
        let codec = self.lookup_codec(name)?;
        let flag = self.intern("_is_text_encoding");
        if let Some(flag) = self.get_attr_opt(codec, flag)?
            && !self.truthy(flag)?
        {
            let text = name.to_string_lossy().into_owned();
            return Err(self.raise_lookup(&format!("'{text}' is not a text encoding; use {instead} to handle arbitrary codecs")));
        }
        Ok(codec)
    }

    /// `bytes.decode` with a codec of the registry.
    pub(crate) fn decode_by_registry(&mut self, object: Value, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> R<Gc<Str>> {
        let name = encoding.unwrap_or_else(|| self.intern("utf-8"));
        let codec = self.text_codec(name, "codecs.decode()")?;
        let decoded = self.run_codec(codec, name, 1, object, errors)?;
        match decoded.downcast::<Str>() {
            Some(text) => Ok(text),
            None => {
                let (name, got) = (name.to_string_lossy().into_owned(), self.type_name(decoded));
                Err(self.type_error(&format!(
                    "'{name}' decoder returned '{got}' instead of 'str'; use codecs.decode() to decode to arbitrary types"
                )))
            }
        }
    }

    /// `str.encode` with a codec of the registry.
    pub(crate) fn encode_by_registry(&mut self, text: Gc<Str>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> R<Vec<u8>> {
        let name = encoding.unwrap_or_else(|| self.intern("utf-8"));
        let codec = self.text_codec(name, "codecs.encode()")?;
        let encoded = self.run_codec(codec, name, 0, text.value(), errors)?;
        match self.bytes_like(encoded) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => {
                let (name, got) = (name.to_string_lossy().into_owned(), self.type_name(encoded));
                Err(self.type_error(&format!(
                    "'{name}' encoder returned '{got}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types"
                )))
            }
        }
    }
}
