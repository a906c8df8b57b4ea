//! `SyntaxError` and the classes derived from it: where in which text the mistake is.

use super::base::{init as base_init, this};
use super::fields::member;
use crate::compile::syntax_error::{SyntaxError, SyntaxErrorClass};
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, GetSetDef};
use crate::object::exception::Exception;
use crate::object::string::Str;
use crate::object::value::Value;

pub(crate) const MSG: usize = 0;
pub(crate) const FILENAME: usize = 1;
pub(crate) const LINENO: usize = 2;
pub(crate) const OFFSET: usize = 3;
pub(crate) const TEXT: usize = 4;
pub(crate) const END_LINENO: usize = 5;
pub(crate) const END_OFFSET: usize = 6;

pub(super) static GETSET: &[GetSetDef] = &[
    member::<MSG>("msg"),
    member::<FILENAME>("filename"),
    member::<LINENO>("lineno"),
    member::<OFFSET>("offset"),
    member::<TEXT>("text"),
    member::<END_LINENO>("end_lineno"),
    member::<END_OFFSET>("end_offset"),
    member::<7>("print_file_and_line"),
];

pub(super) fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    base_init(m, v, args)?;
    let e = this(v);
    if let Some(&msg) = args.pos().first() {
        e.set_extra(MSG, msg);
    }
    let [_, info] = args.pos() else { return Ok(()) };
    let info = m.collect(*info)?;
    e.set_extra(END_LINENO, Value::NULL);
    e.set_extra(END_OFFSET, Value::NULL);
    let n = info.len();
    if n < 4 {
        return Err(m.type_error(&format!("function takes at least 4 arguments ({n} given)")));
    }
    if n > 6 {
        return Err(m.type_error(&format!("function takes at most 6 arguments ({n} given)")));
    }
    for (i, &part) in info.iter().enumerate() {
        e.set_extra(FILENAME + i, part);
    }
    if n == 5 {
        return Err(m.type_error("end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

pub(super) fn str(m: &mut Machine, v: Value) -> R<Value> {
    let e = this(v);
    let msg = e.extra(MSG).non_null().unwrap_or(Value::NONE);
    let msg = m.to_str(msg)?;
    let lineno = e.extra(LINENO);
    let line = if m.type_of(lineno) == m.types.int && !lineno.is_null() { Some(m.int_to_i64(lineno).unwrap_or(-1)) } else { None };
    let mut out = msg.bytes().to_vec();
    let place = match (e.extra(FILENAME).downcast::<Str>(), line) {
        (None, None) => return Ok(msg.value()),
        (Some(file), line) => {
            let name = file.to_string_lossy();
            let name = name.rsplit('/').next().unwrap_or_default();
            line.map_or_else(|| format!(" ({name})"), |n| format!(" ({name}, line {n})"))
        }
        (None, Some(n)) => format!(" (line {n})"),
    };
    out.extend_from_slice(place.as_bytes());
    Ok(m.new_str_wtf8(&out)?.value())
}

fn number(n: Option<impl Into<i64>>) -> Value {
    n.map_or(Value::NONE, |n| Value::small(n.into()))
}

impl Machine {
    /// The exception object of a mistake the compiler found.
    pub fn new_syntax_error(&mut self, error: &SyntaxError) -> Value {
        let class = match error.class {
            SyntaxErrorClass::Syntax => self.exceptions.syntax_error,
            SyntaxErrorClass::Indentation => self.exceptions.indentation_error,
            SyntaxErrorClass::Tab => self.exceptions.tab_error,
            SyntaxErrorClass::Recursion => self.exceptions.recursion_error,
            SyntaxErrorClass::Incomplete => self.exceptions.incomplete_input_error,
            SyntaxErrorClass::Memory => self.exceptions.memory_error,
        };
        let msg = self.str_value(&error.message);
        if !class.is_subtype_of(self.exceptions.syntax_error) {
            return self.new_exception(class, &[msg]);
        }
        let filename = self.str_value(&error.filename);
        let text = match &error.text {
            Some(text) => self.str_value(text),
            None => Value::NONE,
        };
        let mut parts = vec![filename, number(error.lineno), number(error.offset), text];
        if error.end_lineno.is_some() {
            parts.extend([number(error.end_lineno), number(error.end_offset)]);
        }
        let info = self.new_tuple(&parts).value();
        let exception = self.new_exception(class, &[msg, info]);
        debug_assert!(exception.downcast::<Exception>().is_some());
        exception
    }

    /// Raises the exception of a mistake the compiler found.
    #[cold]
    pub fn raise_syntax_error(&mut self, error: &SyntaxError) -> Raised {
        let exception = self.new_syntax_error(error);
        self.raise(exception)
    }
}
