//! `_string`: the parts of format strings, for `string.Formatter`.

use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::text::error::TextError;
use crate::text::template::{Access, First, TemplateParser, split_field_name};
use crate::text::wtf8::StrRef;
use std::cell::{Cell, RefCell};

/// `_string`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_string",
    functions: &[
        MethodDef::new("formatter_parser", Convention::O, parser),
        MethodDef::new("formatter_field_name_split", Convention::O, field_name_split),
    ],
    init: None,
    doc: "string helper module",
};

/// An iterator over parts that were read in advance; an error comes where it was found.
#[repr(C)]
struct Parts {
    header: Header,
    items: Gc<List>,
    at: Cell<usize>,
    error: RefCell<Option<TextError>>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Parts {
    const LAYOUT: &'static Layout = &layout_of::<Parts>(LayoutId::FieldIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.items);
    }
}

static FORMATTER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { iter: Some(|_, v| Ok(v)), iternext: Some(next), ..Slots::EMPTY },
    ..TypeSpec::new("formatteriterator", Parts::LAYOUT)
};

static FIELD_NAME: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { iter: Some(|_, v| Ok(v)), iternext: Some(next), ..Slots::EMPTY },
    ..TypeSpec::new("fieldnameiterator", Parts::LAYOUT)
};

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    // SAFETY: slots of a type are called with its instances only.
    let parts: Gc<Parts> = unsafe { v.cast() };
    let at = parts.at.get();
    if let Some(item) = parts.items.get(at) {
        parts.at.set(at + 1);
        return Ok(Some(item));
    }
    let error = parts.error.borrow_mut().take();
    match error {
        Some(error) => Err(m.raise_text(error)),
        None => Ok(None),
    }
}

fn argument(m: &mut Machine, args: Args<'_>) -> R<Gc<Str>> {
    let v = args.pos()[0];
    v.downcast::<Str>().ok_or_else(|| {
        let name = m.type_name(v);
        m.type_error(&format!("expected str, got {name}"))
    })
}

fn text(m: &mut Machine, part: StrRef<'_>) -> R<Value> {
    Ok(m.new_str_counted(part.bytes, part.chars)?.value())
}

fn parser(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let s = argument(m, args)?;
    let items = m.new_list(&[]);
    let mut error = None;
    for segment in TemplateParser::new(s.text()) {
        let segment = match segment {
            Ok(segment) => segment,
            Err(e) => {
                error = Some(e);
                break;
            }
        };
        let literal = text(m, segment.literal)?;
        let mut parts = [literal, Value::NONE, Value::NONE, Value::NONE];
        if let Some(field) = segment.field {
            parts[1] = text(m, field.name)?;
            parts[2] = text(m, field.spec)?;
            if let Some(c) = field.conversion {
                parts[3] = m.char_str(c).value();
            }
        }
        let item = m.new_tuple(&parts).value();
        items.push(m, item);
    }
    let header = Header::new(m.native_type(&FORMATTER));
    Ok(m.new_object(Parts { header, items, at: Cell::new(0), error: RefCell::new(error) }).value())
}

fn field_name_split(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let s = argument(m, args)?;
    let (first, accesses) = match split_field_name(s.text(), None) {
        Ok(parts) => parts,
        Err(e) => return Err::<Value, Raised>(m.raise_text(e)),
    };
    let first = match first {
        First::Index(i) => m.int_from_usize(i),
        First::Key(key) => text(m, key)?,
    };
    let items = m.new_list(&[]);
    let mut error = None;
    for access in accesses {
        let (attribute, key) = match access {
            Ok(Access::Attribute(name)) => (true, text(m, name)?),
            Ok(Access::Index(i)) => (false, m.int_from_usize(i)),
            Ok(Access::Key(key)) => (false, text(m, key)?),
            Err(e) => {
                error = Some(e);
                break;
            }
        };
        let item = m.new_tuple(&[Value::from_bool(attribute), key]).value();
        items.push(m, item);
    }
    let header = Header::new(m.native_type(&FIELD_NAME));
    let rest = m.new_object(Parts { header, items, at: Cell::new(0), error: RefCell::new(error) }).value();
    Ok(m.new_tuple(&[first, rest]).value())
}
