//! What functions of native modules share: arguments as C sees them, and exception classes of modules.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::exception_types::ExceptionTypes;
use crate::object::header::Gc;
use crate::object::int::IntRef;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// An exception class that a module defines.
pub(super) struct ExceptionSpec {
    /// Its dotted name.
    pub(super) name: &'static str,
    /// Its base.
    pub(super) base: fn(&ExceptionTypes) -> Gc<Type>,
}

impl Machine {
    /// The arguments of a decompressor's method `decompress`: the bytes, and how many may come out at most. Refused with `message` once the
    /// stream has `ended`.
    pub(super) fn decompress_arguments<'a>(&mut self, args: Args<'_>, ended: bool, message: &str) -> R<(&'a [u8], usize)> {
        let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
        let [data, limit] = args.bind(self, "decompress", ["data", "max_length"], spec)?;
        let limit = usize::try_from(self.ssize_argument(limit, -1)?).unwrap_or(usize::MAX);
        let data = self.bytes_like_argument(data)?;
        if ended {
            let class = self.exceptions.eof_error;
            return Err(self.raise_message(class, message));
        }
        Ok((data, limit))
    }

    /// The class of a specification, made when it is first asked for.
    pub(super) fn module_exception(&mut self, spec: &'static ExceptionSpec) -> Gc<Type> {
        let key = std::ptr::from_ref(spec) as usize;
        if let Some(&ty) = self.native_types.get(&key) {
            return ty;
        }
        let (module, short) = spec.name.rsplit_once('.').unwrap_or(("builtins", spec.name));
        let base = (spec.base)(&self.exceptions);
        let dict = self.new_dict();
        let (module_key, module) = (self.names.module, self.intern(module).value());
        dict.insert_str(self, module_key, module);
        let bases = self.new_tuple(&[base.value()]).value();
        let short = self.intern(short).value();
        let metatype = self.types.type_.value();
        let Some(ty) = self.call(metatype, &[short, bases, dict.value()]).ok().and_then(Value::downcast::<Type>) else {
            self.take_raised();
            return base;
        };
        self.native_types.insert(key, ty);
        ty
    }

    /// Raises the exception of a module with a message.
    #[cold]
    pub(super) fn module_error(&mut self, spec: &'static ExceptionSpec, message: &str) -> crate::machine::Raised {
        let class = self.module_exception(spec);
        let text = self.str_value(message);
        match self.call(class.value(), &[text]) {
            Ok(exception) => self.raise(exception),
            Err(raised) => raised,
        }
    }

    /// A `Py_ssize_t` argument; `default` if it was not given.
    pub(super) fn ssize_argument(&mut self, v: Value, default: i64) -> R<i64> {
        if v.is_null() {
            return Ok(default);
        }
        let n = self.index(v)?;
        match self.int_as_i64(n) {
            Some(n) => Ok(n),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }

    /// The low 32 bits of an `int` argument; `default` if it was not given.
    pub(super) fn low_word_argument(&mut self, v: Value, default: u32) -> R<u32> {
        if v.is_null() {
            return Ok(default);
        }
        let n = self.index(v)?;
        Ok(match IntRef::of(n) {
            Some(IntRef::Word(n)) => n as u32,
            Some(IntRef::Big(n)) => {
                let low = n.limbs().first().map_or(0, |&limb| limb as u32);
                if n.is_negative() { low.wrapping_neg() } else { low }
            }
            None => default,
        })
    }

    /// A truth-value argument; `default` if it was not given.
    pub(super) fn flag_argument(&mut self, v: Value, default: bool) -> R<bool> {
        if v.is_null() { Ok(default) } else { self.truthy(v) }
    }

    /// The bytes of an ASCII string or a bytes-like object.
    pub(super) fn ascii_buffer_argument<'a>(&mut self, v: Value) -> R<&'a [u8]> {
        if let Some(s) = v.downcast::<Str>() {
            if !s.is_ascii() {
                return Err(self.value_error("string argument should contain only ASCII characters"));
            }
            // SAFETY: the bytes live as long as the string, which the caller keeps.
            return Ok(unsafe { std::slice::from_raw_parts(s.bytes().as_ptr(), s.bytes().len()) });
        }
        match self.bytes_like(v) {
            Some(bytes) => Ok(bytes),
            None => {
                let name = self.type_name(v);
                Err(self.type_error(&format!("argument should be bytes, buffer or ASCII string, not '{name}'")))
            }
        }
    }

    /// Adds a value to a module's namespace.
    pub(super) fn add_constant(&mut self, dict: Gc<crate::object::dict::Dict>, name: &str, value: Value) {
        let key = self.intern(name);
        dict.insert_str(self, key, value);
    }
}
