//! `_io`: streams of bytes and text in CPython's three layers, one file per type. `io` itself is the standard library's.
//!
//! Each layer calls the one below by name, so that classes written in Python fit in anywhere; where the lower stream is the machine's
//! own type and no subclass, it is used directly.

mod base;
mod buffered;
mod buffered_types;
mod bytesio;
mod decoder;
pub(crate) mod fileio;
pub(crate) mod files;
mod newline;
mod open;
mod rwpair;
mod stringio;
mod text;
mod text_read;
mod text_seek;
mod text_types;
mod text_write;

pub(crate) use text::TextIo;

use crate::machine::{Machine, R, Raised};
use crate::native::{Convention, MethodDef, ModuleSpec};
use crate::object::header::{Gc, Payload};
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

/// `io.DEFAULT_BUFFER_SIZE`.
const DEFAULT_BUFFER_SIZE: usize = 8192;

/// `_io`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_io",
    functions: &[
        MethodDef::new("open", Convention::FastKeywords, open::open),
        MethodDef::new("open_code", Convention::FastKeywords, open::open_code),
        MethodDef::new("text_encoding", Convention::Fast, open::text_encoding),
    ],
    init: Some(|m, dict| {
        // `io.open` is the builtin, unless the program has put something else in its place.
        let (builtins, key) = (m.builtins, m.intern("open"));
        if let Some(open) = builtins.get_str(m, key)
            && open.downcast::<crate::object::function::NativeFunction>().is_some_and(|f| std::ptr::eq(f.def, &raw const OPEN))
        {
            dict.insert_str(m, key, open);
        }
        let types: [fn(&mut Machine) -> Gc<Type>; 15] = [
            base::io_base,
            base::raw_base,
            base::buffered_base,
            base::text_base,
            fileio::file_type,
            bytesio::bytesio_type,
            stringio::stringio_type,
            buffered_types::reader_type,
            buffered_types::writer_type,
            buffered_types::random_type,
            rwpair::pair_type,
            text_types::text_type,
            newline::newline_type,
            decoder::decoder_type,
            bytesio::buffer_type,
        ];
        for ty in types {
            let ty = ty(m);
            let key = m.intern(ty.name_str().rsplit('.').next().unwrap_or_default());
            dict.insert_str(m, key, ty.value());
        }
        let unsupported = m.unsupported_operation();
        let blocking = m.exceptions.blocking_io_error.value();
        for (name, v) in [
            ("UnsupportedOperation", unsupported),
            ("BlockingIOError", blocking),
            ("DEFAULT_BUFFER_SIZE", Value::small(DEFAULT_BUFFER_SIZE as i64)),
        ] {
            let key = m.intern(name);
            dict.insert_str(m, key, v);
        }
        Ok(())
    }),
    doc: "The io module provides the Python interfaces to stream handling.",
};

/// `open`, as a builtin function.
pub(crate) static OPEN: MethodDef = MethodDef::new("open", Convention::FastKeywords, open::open);

/// The struct of the object a method was called on.
fn this<T: Payload>(m: &mut Machine, v: Value, name: &str) -> R<Gc<T>> {
    match v.downcast::<T>() {
        Some(t) => Ok(t),
        None => {
            let got = m.type_name(v);
            Err(m.type_error(&format!("descriptor requires a '{name}' object but received a '{got}'")))
        }
    }
}

/// The object seen as `T` if it is of a builtin type, whose methods nothing overrides.
fn exactly<T: Payload>(m: &Machine, v: Value) -> Option<Gc<T>> {
    v.downcast::<T>().filter(|_| !m.type_of(v).has(TypeFlags::HEAP))
}

impl Machine {
    /// The class `io.UnsupportedOperation`.
    fn unsupported_operation(&mut self) -> Value {
        if let Some(class) = self.files.unsupported {
            return class;
        }
        let bases = [self.exceptions.os_error.value(), self.exceptions.value_error.value()];
        let bases = self.new_tuple(&bases).value();
        let dict = self.new_dict();
        let (key, module) = (self.names.module, self.str_value("io"));
        dict.insert_str(self, key, module);
        let name = self.str_value("UnsupportedOperation");
        let metatype = self.types.type_.value();
        let class = self.call(metatype, &[name, bases, dict.value()]).unwrap_or(self.exceptions.os_error.value());
        self.pin(class);
        self.files.unsupported = Some(class);
        class
    }

    /// Raises `io.UnsupportedOperation(text)`.
    #[cold]
    fn unsupported_io(&mut self, text: &str) -> Raised {
        let class = self.unsupported_operation();
        match class.downcast::<Type>() {
            Some(class) => self.raise_message(class, text),
            None => self.value_error(text),
        }
    }

    #[cold]
    fn closed_file(&mut self) -> Raised {
        self.value_error("I/O operation on closed file.")
    }

    /// Calls a method by name.
    fn invoke(&mut self, object: Value, name: &str, args: &[Value]) -> R<Value> {
        let name = self.intern(name);
        self.call_method(object, name, args)
    }

    /// An attribute by name.
    fn member(&mut self, object: Value, name: &str) -> R<Value> {
        let name = self.intern(name);
        self.get_attr(object, name)
    }

    fn member_opt(&mut self, object: Value, name: &str) -> R<Option<Value>> {
        let name = self.intern(name);
        self.get_attr_opt(object, name)
    }

    /// Whether the attribute `name` is true.
    fn flag(&mut self, object: Value, name: &str) -> R<bool> {
        let v = self.member(object, name)?;
        self.truthy(v)
    }

    /// Whether the method `name` says yes.
    fn asks(&mut self, object: Value, name: &str) -> R<bool> {
        let v = self.invoke(object, name, &[])?;
        self.truthy(v)
    }

    /// A size argument: absent, `None` and negative ones mean "all".
    fn size_argument(&mut self, v: Option<&Value>) -> R<Option<usize>> {
        match v {
            None => Ok(None),
            Some(v) if v.is_none() || v.is_null() => Ok(None),
            Some(&v) if self.is_index(v) => {
                let n = self.index_argument(v)?;
                Ok(usize::try_from(n).ok())
            }
            Some(&v) => {
                let got = self.type_name(v);
                Err(self.type_error(&format!("argument should be integer or None, not '{got}'")))
            }
        }
    }

    /// `<class name=…>`, as streams show themselves.
    fn stream_repr(&mut self, v: Value, rest: &str) -> R<Value> {
        let class = self.type_of(v).name_str().to_owned();
        if !self.repr_enter(v) {
            return Err(self.runtime_error(&format!("reentrant call inside {class}.__repr__")));
        }
        let name = self.member_opt(v, "name");
        let value_error = self.exceptions.value_error;
        let name = self.catch(name, value_error);
        let shown = match name {
            Ok(Some(Some(name))) => self.repr(name).map(Some),
            Ok(_) => Ok(None),
            Err(raised) => Err(raised),
        };
        self.repr_leave();
        let mut out = format!("<{class}").into_bytes();
        if let Some(shown) = shown? {
            out.extend_from_slice(b" name=");
            out.extend_from_slice(shown.bytes());
        }
        out.extend_from_slice(rest.as_bytes());
        out.push(b'>');
        Ok(self.new_str_wtf8(&out)?.value())
    }

    /// The text of a `str` argument that must be one.
    fn str_of(&mut self, v: Value, what: &str) -> R<Gc<Str>> {
        match v.downcast::<Str>() {
            Some(s) => Ok(s),
            None => {
                let got = self.type_name(v);
                Err(self.type_error(&format!("{what} must be str, not {got}")))
            }
        }
    }
}
