//! Replacement templates: `_sre.template` makes them of what Python code parsed, `Match.expand` and `sub` fill them in.

use super::matched::{self, Match};
use super::pattern::Pattern;
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;

/// A template: a literal, then numbers of groups and literals in turn.
#[repr(C)]
pub(super) struct Template {
    header: Header,
    pub(super) literal: Value,
    items: Gc<Tuple>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Template {
    const LAYOUT: &'static Layout = &layout_of::<Template>(LayoutId::RegexTemplate);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.literal);
        m.mark_gc(self.items);
    }
}

static SPEC: TypeSpec = TypeSpec { flags: TypeFlags::DISALLOW_INSTANTIATION, ..TypeSpec::new("_sre.SRE_Template", Template::LAYOUT) };

impl Template {
    /// Whether no group is referred to.
    pub(super) fn is_literal(&self) -> bool {
        self.items.is_empty()
    }
}

/// `_sre.template`.
pub(super) fn template(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "template", 2, 2)?;
    let Some(list) = args[1].downcast::<List>() else {
        let got = m.type_name(args[1]);
        return Err(m.type_error(&format!("template() argument 2 must be list, not {got}")));
    };
    if list.len() % 2 == 0 {
        return Err(m.type_error("invalid template"));
    }
    let mut items = ValueVec::with_capacity(m, list.len());
    let literal = list.get(0).unwrap_or(Value::NONE);
    for i in 1..list.len() {
        let v = list.get(i).unwrap_or(Value::NONE);
        if i % 2 == 1 {
            let n = super::ssize(m, v, 0)?;
            if n < 0 {
                return Err(m.type_error("invalid template"));
            }
            items.push(m, Value::small(n.min(Value::INT_MAX)));
        } else {
            items.push(m, v);
        }
    }
    let items = m.new_tuple(&items);
    let ty = m.native_type(&SPEC);
    Ok(m.new_object(Template { header: Header::new(ty), literal, items }).value())
}

/// The template of a replacement, by way of `re._compile_template`.
pub(super) fn compile(m: &mut Machine, pattern: Gc<Pattern>, source: Value) -> R<Gc<Template>> {
    let module = m.import_name("re")?;
    let name = m.intern("_compile_template");
    let compile = m.get_attr(module, name)?;
    let mut made = m.call(compile, &[pattern.value(), source]);
    let class = m.exceptions.type_error;
    if made.is_err() && m.pending_is(class) {
        // A replacement that cannot be hashed, or is of a subclass: again with the basic type.
        let plain = match source.downcast::<Str>() {
            Some(s) if !m.is_exact_str(source) => Some(m.exact_str(s)?.value()),
            Some(_) => None,
            None => match m.bytes_like(source) {
                Some(bytes) if m.type_of(source) != m.types.bytes => Some(m.new_bytes(bytes)?.value()),
                _ => None,
            },
        };
        let Some(plain) = plain else { return Err(Raised) };
        m.take_raised();
        made = m.call(compile, &[pattern.value(), plain]);
    }
    let made = made?;
    match made.downcast::<Template>() {
        Some(template) => Ok(template),
        None => {
            let name = m.type_name(made);
            Err(m.runtime_error(&format!("the result of compiling a replacement string is {name}")))
        }
    }
}

/// The text of a template for a match.
pub(super) fn expand(m: &mut Machine, template: Gc<Template>, matched: Gc<Match>) -> R<Value> {
    if template.is_literal() {
        return Ok(template.literal);
    }
    let mut pieces = ValueVec::with_capacity(m, template.items.len() + 1);
    pieces.push(m, template.literal);
    for pair in template.items.slice().chunks(2) {
        let group = pair[0].as_int() as usize;
        if group >= matched.groups {
            return Err(matched::no_group(m));
        }
        let text = matched::text(m, matched, group, Value::NONE)?;
        if !text.is_none() {
            pieces.push(m, text);
        }
        pieces.push(m, pair[1]);
    }
    let bytes = template.literal.downcast::<Str>().is_none();
    join(m, &pieces, bytes)
}

/// Strings or bytes one after another.
pub(super) fn join(m: &mut Machine, pieces: &[Value], bytes: bool) -> R<Value> {
    if !bytes {
        return m.join_pieces(pieces);
    }
    let (empty, name, list) = (m.new_bytes(&[])?.value(), m.intern("join"), m.new_list(pieces).value());
    m.call_method(empty, name, &[list])
}
