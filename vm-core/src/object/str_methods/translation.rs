//! `translate` and `maketrans`.

use super::super::dict::Dict;
use super::super::header::Gc;
use super::super::str_type::this_str;
use super::super::string::Str;
use super::super::value::Value;
use super::str_argument;
use crate::machine::{Machine, R, Raised};
use crate::native::Args;
use crate::text::pad::{self, Translated};

/// What the table has for a character: a missing entry (any `LookupError`) keeps it.
fn entry(m: &mut Machine, table: Value, code: u32) -> R<Translated> {
    let key = Value::small(i64::from(code));
    let found = match table.downcast::<Dict>().filter(|_| m.type_of(table) == m.types.dict) {
        Some(dict) => match dict.get(m, key)? {
            Some(found) => Ok(found),
            None => return Ok(Translated::Keep),
        },
        None => m.get_item(table, key),
    };
    let found = match found {
        Ok(v) => v,
        Err(Raised) => {
            let class = m.exceptions.lookup_error;
            m.catch::<()>(Err(Raised), class)?;
            return Ok(Translated::Keep);
        }
    };
    if found.is_none() {
        return Ok(Translated::Delete);
    }
    if let Some(s) = found.downcast::<Str>() {
        return Ok(Translated::Text(s.text().to_buf()));
    }
    if !m.is_int_instance(found) {
        return Err(m.type_error("character mapping must return integer, None or str"));
    }
    match m.int_as_i64(found).and_then(|i| u32::try_from(i).ok()).filter(|&c| c <= 0x10_ffff) {
        Some(c) => Ok(Translated::Char(c)),
        None => Err(m.value_error("character mapping must be in range(0x110000)")),
    }
}

pub(super) fn translate(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let s = this_str(m, this)?;
    let table = args.pos()[0];
    let text = pad::translate(s.text(), m.type_of(table) == m.types.dict, |code| entry(m, table, code))?;
    Ok(m.str_from_text(&text)?.value())
}

pub(super) fn maketrans(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "maketrans", 1, 3)?;
    let table = m.new_dict();
    let Some(&to) = args.get(1) else {
        copy_table(m, table, args[0])?;
        return Ok(table.value());
    };
    let to = str_argument(m, "maketrans", "argument 2", to)?;
    let delete = match args.get(2) {
        Some(&delete) => Some(str_argument(m, "maketrans", "argument 3", delete)?),
        None => None,
    };
    let Some(from) = args[0].downcast::<Str>() else {
        return Err(m.type_error("first maketrans argument must be a string if there is a second argument"));
    };
    if from.char_len() != to.char_len() {
        return Err(m.value_error("the first two maketrans arguments must have equal length"));
    }
    for (a, b) in from.text().code_points().zip(to.text().code_points()) {
        table.insert(m, Value::small(i64::from(a)), Value::small(i64::from(b)))?;
    }
    for c in delete.iter().flat_map(|d| d.text().code_points()) {
        table.insert(m, Value::small(i64::from(c)), Value::NONE)?;
    }
    Ok(table.value())
}

fn copy_table(m: &mut Machine, table: Gc<Dict>, source: Value) -> R<()> {
    let Some(source) = source.downcast::<Dict>().filter(|d| m.type_of(d.value()) == m.types.dict) else {
        return Err(m.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    let mut at = 0;
    while let Some((i, found)) = source.next_entry(at) {
        at = i + 1;
        let key = if let Some(s) = found.key.downcast::<Str>() {
            match s.text().get(0) {
                Some(code) if s.char_len() == 1 => Value::small(i64::from(code)),
                _ => return Err(m.value_error("string keys in translate table must be of length 1")),
            }
        } else if m.is_int_instance(found.key) {
            found.key
        } else {
            return Err(m.type_error("keys in translate table must be strings or integers"));
        };
        table.insert(m, key, found.value)?;
    }
    Ok(())
}
