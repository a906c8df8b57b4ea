//! `repr`, `str`, `ascii` and `format` of any objects, with CPython's checks of what a method returned.

use crate::heap::stack;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::slots::Unary;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::text::format_quick::{Short, format_double, format_word, text_padding};
use crate::text::limbs;
use crate::text::wtf8::{StrBuf, StrRef};
use std::fmt::Write;

/// Objects that may be shown inside one another, as many as CPython's limit on its C stack lets be.
const MAX_REPR_DEPTH: usize = 9_998;

impl Machine {
    /// Fails with `RecursionError` ("maximum recursion depth exceeded" and `what` was being done) when the native stack is nearly used up.
    #[inline]
    pub(crate) fn guard_recursion(&mut self, what: &str) -> R<()> {
        if stack::here() < self.stack_limit {
            return Err(self.recursion_error(&format!("maximum recursion depth exceeded{what}")));
        }
        Ok(())
    }

    fn call_for_str(&mut self, f: Unary, object: Value, name: &str) -> R<Gc<Str>> {
        let result = f(self, object)?;
        match result.downcast::<Str>() {
            Some(s) => Ok(s),
            None => {
                let ty = self.type_name(result);
                Err(self.type_error(&format!("{name} returned non-string (type {ty})")))
            }
        }
    }

    /// `repr(object)`.
    pub fn repr(&mut self, object: Value) -> R<Gc<Str>> {
        match self.type_of(object).slot(|s| s.repr) {
            Some(f) => {
                self.guard_recursion(" while getting the repr of an object")?;
                if self.repr_active.len() >= MAX_REPR_DEPTH {
                    return Err(self.recursion_error("maximum recursion depth exceeded while getting the repr of an object"));
                }
                self.call_for_str(f, object, "__repr__")
            }
            None => {
                let (name, bits) = (self.type_name(object), object.bits());
                Ok(self.str(&format!("<{name} object at {bits:#x}>")))
            }
        }
    }

    /// `str(object)`.
    pub fn to_str(&mut self, object: Value) -> R<Gc<Str>> {
        if self.is_exact_str(object) {
            // SAFETY: an exact str is a Str.
            return Ok(unsafe { object.cast::<Str>() });
        }
        if object.is_int() {
            return self.str_of_word(object.as_int());
        }
        match self.type_of(object).slot(|s| s.str) {
            Some(f) => {
                self.guard_recursion(" while getting the str of an object")?;
                self.call_for_str(f, object, "__str__")
            }
            None => self.repr(object),
        }
    }

    /// `ascii(object)`.
    pub fn ascii(&mut self, object: Value) -> R<Gc<Str>> {
        let repr = self.repr(object)?;
        if repr.is_ascii() {
            return Ok(repr);
        }
        let mut out = String::with_capacity(repr.bytes().len() * 2);
        for c in crate::text::wtf8::code_points(repr.bytes()) {
            // Writing to a String does not fail.
            let _ = match c {
                ..0x80 => write!(out, "{}", c as u8 as char),
                0x80..0x100 => write!(out, "\\x{c:02x}"),
                0x100..0x1_0000 => write!(out, "\\u{c:04x}"),
                _ => write!(out, "\\U{c:08x}"),
            };
        }
        self.new_str_wtf8(out.as_bytes())
    }

    /// `format(object, spec)`.
    pub fn format(&mut self, object: Value, spec: Gc<Str>) -> R<Gc<Str>> {
        let ty = self.type_of(object);
        if ty == self.types.str || ty == self.types.int || ty == self.types.float {
            if spec.bytes().is_empty() {
                return self.to_str(object);
            }
            if let Some(text) = self.format_quickly(object, ty, spec)? {
                return Ok(text);
            }
        }
        let name = self.names.format;
        if spec.bytes().is_empty()
            && let object_type = self.types.object
            && self.type_lookup(ty, name) == self.type_lookup(object_type, name)
        {
            return self.to_str(object);
        }
        let Some(method) = self.lookup_special(object, name)? else {
            let ty = self.type_name(object);
            return Err(self.type_error(&format!("Type {ty} doesn't define __format__")));
        };
        let result = self.call(method, &[spec.value()])?;
        match result.downcast::<Str>() {
            Some(s) => Ok(s),
            None => {
                let ty = self.type_name(result);
                Err(self.type_error(&format!("__format__ must return a str, not {ty}")))
            }
        }
    }

    /// Appends `format(object, spec)` of an exact `str`, `int` or `float` with a specification of the simple kind; whether it did.
    pub(crate) fn format_into(&mut self, out: &mut StrBuf, object: Value, spec: &[u8]) -> bool {
        if self.is_exact_str(object) {
            // SAFETY: an exact str is a Str.
            let text = unsafe { object.cast::<Str>() };
            if spec.is_empty() {
                out.push_str(text.text());
                return true;
            }
            let Some((fill, before, behind, taken)) = text_padding(text.char_len(), spec) else { return false };
            out.push_repeated(u32::from(fill), before);
            out.push_str(if taken == text.char_len() { text.text() } else { text.text().slice(0, taken) });
            out.push_repeated(u32::from(fill), behind);
            return true;
        }
        if object.is_int() && spec.is_empty() {
            let mut digits = [0; 20];
            let at = limbs::write_word(&mut digits, object.as_int().unsigned_abs());
            if object.as_int() < 0 {
                out.push_ascii_byte(b'-');
            }
            out.push_str(StrRef::counted(&digits[at..], digits.len() - at));
            return true;
        }
        let mut short = Short::new();
        let done = if object.is_int() {
            format_word(object.as_int(), spec, &mut short)
        } else {
            // Without a specification the shortest form of a float is not what `format_double` writes.
            !spec.is_empty()
                && self.type_of(object) == self.types.float
                && self.float_value(object).is_some_and(|f| format_double(f, spec, &mut short))
        };
        if done {
            out.push_ascii(short.bytes().iter().copied());
        }
        done
    }

    /// `format(object, spec)` of an exact `str`, `int` or `float` with a specification of the simple kind.
    fn format_quickly(&mut self, object: Value, ty: Gc<Type>, spec: Gc<Str>) -> R<Option<Gc<Str>>> {
        let mut out = Short::new();
        let done = if ty == self.types.str {
            // SAFETY: an exact str is a Str.
            let text = unsafe { object.cast::<Str>() };
            let Some((fill, before, behind, taken)) = text_padding(text.char_len(), spec.bytes()) else { return Ok(None) };
            let part = text.text().slice(0, taken);
            if before + behind == 0 && taken == text.char_len() {
                return Ok(Some(text));
            }
            let padded = self.new_str_filled(part.bytes.len() + before + behind, taken + before + behind, |out| {
                out.fill(fill);
                out[before..before + part.bytes.len()].copy_from_slice(part.bytes);
            })?;
            return Ok(Some(padded));
        } else if ty == self.types.int {
            object.is_int() && format_word(object.as_int(), spec.bytes(), &mut out)
        } else {
            self.float_value(object).is_some_and(|f| format_double(f, spec.bytes(), &mut out))
        };
        if done { Ok(Some(self.new_str_counted(out.bytes(), out.bytes().len())?)) } else { Ok(None) }
    }
}
