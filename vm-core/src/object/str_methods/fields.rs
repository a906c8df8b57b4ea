//! Where the fields of `str.format` find their values: arguments or a mapping, then attributes and items.

use super::super::value::Value;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::text::template::{Access, AutoNumber, First, split_field_name};
use crate::text::wtf8::StrRef;

/// What the first part of a field name is looked up in.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// Arguments of `format`.
    Arguments(Args<'a>),
    /// The argument of `format_map`.
    Mapping(Value),
}

impl Source<'_> {
    /// The value of a field name.
    pub(super) fn field(self, m: &mut Machine, name: StrRef<'_>, numbers: &mut AutoNumber) -> R<Value> {
        let (first, rest) = split_field_name(name, Some(numbers)).map_err(|e| m.raise_text(e))?;
        let mut value = match first {
            First::Index(i) => self.positional(m, i)?,
            First::Key(key) => self.named(m, key)?,
        };
        for access in rest {
            value = match access.map_err(|e| m.raise_text(e))? {
                Access::Attribute(name) => {
                    let name = m.new_str_counted(name.bytes, name.chars)?;
                    let name = m.intern_str(name);
                    m.get_attr(value, name)?
                }
                Access::Index(i) => m.get_item(value, Value::try_int(i as i64).unwrap_or(Value::small(Value::INT_MAX)))?,
                Access::Key(key) => {
                    let key = m.new_str_counted(key.bytes, key.chars)?.value();
                    m.get_item(value, key)?
                }
            };
        }
        Ok(value)
    }

    #[inline]
    pub(super) fn positional(self, m: &mut Machine, i: usize) -> R<Value> {
        match self {
            Source::Arguments(args) => match args.pos().get(i) {
                Some(&v) => Ok(v),
                None => Err(m.index_error(&format!("Replacement index {i} out of range for positional args tuple"))),
            },
            Source::Mapping(_) => Err(m.value_error("Format string contains positional fields")),
        }
    }

    pub(super) fn named(self, m: &mut Machine, key: StrRef<'_>) -> R<Value> {
        if let Source::Arguments(args) = self
            && let Some((_, v)) = args.keywords().find(|(name, _)| name.bytes() == key.bytes)
        {
            return Ok(v);
        }
        let key = m.new_str_counted(key.bytes, key.chars)?.value();
        match self {
            Source::Arguments(_) => Err(m.key_error(key)),
            Source::Mapping(mapping) => m.get_item(mapping, key),
        }
    }
}
