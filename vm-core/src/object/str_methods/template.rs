//! `str.format` and `format_map`: replacement fields looked up, converted and formatted. The grammar is in `crate::text::template`;
//! looking a field up is in `fields.rs`.

use super::super::header::Gc;
use super::super::str_type::this_str;
use super::super::string::Str;
use super::super::value::Value;
use super::fields::Source;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::text::format_spec::unknown_conversion;
use crate::text::template::{AutoNumber, Field, QuickName, TOO_DEEP, TemplateParser};
use crate::text::wtf8::{StrBuf, StrRef};

/// How deep specifications may nest.
const DEPTH: usize = 2;

pub(super) fn format(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let s = this_str(m, this)?;
    render(m, s, Source::Arguments(args))
}

pub(super) fn format_map(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let s = this_str(m, this)?;
    render(m, s, Source::Mapping(args.pos()[0]))
}

fn render(m: &mut Machine, template: Gc<Str>, source: Source<'_>) -> R<Value> {
    let mut out = StrBuf::with_capacity(template.bytes().len() + 32);
    let mut numbers = AutoNumber::default();
    render_into(m, &mut out, template.text(), source, &mut numbers, DEPTH)?;
    Ok(m.str_from_text(&out)?.value())
}

fn render_into(
    m: &mut Machine,
    out: &mut StrBuf,
    template: StrRef<'_>,
    source: Source<'_>,
    numbers: &mut AutoNumber,
    depth: usize,
) -> R<()> {
    if depth == 0 {
        return Err(m.value_error(TOO_DEEP));
    }
    let mut segments = TemplateParser::new(template);
    loop {
        if let Some(field) = segments.quick()
            && (matches!(field.name, QuickName::Key(_)) || numbers.agrees(field.name == QuickName::Empty))
        {
            out.push_str(field.literal);
            let value = match field.name {
                QuickName::Empty => source.positional(m, numbers.next_number())?,
                QuickName::Index(i) => source.positional(m, i)?,
                QuickName::Key(key) => source.named(m, StrRef::counted(key, key.len()))?,
            };
            if !m.format_into(out, value, field.spec.bytes) {
                let spec = m.new_str_counted(field.spec.bytes, field.spec.chars)?;
                let text = m.format(value, spec)?;
                out.push_str(text.text());
            }
            segments.go_on(field.end);
            continue;
        }
        let Some(segment) = segments.next() else { return Ok(()) };
        let segment = segment.map_err(|e| m.raise_text(e))?;
        out.push_str(segment.literal);
        if let Some(field) = segment.field {
            render_field(m, out, field, source, numbers, depth)?;
        }
    }
}

fn render_field(m: &mut Machine, out: &mut StrBuf, field: Field<'_>, source: Source<'_>, numbers: &mut AutoNumber, depth: usize) -> R<()> {
    let mut value = source.field(m, field.name, numbers)?;
    if let Some(code) = field.conversion {
        value = match char::from_u32(code) {
            Some('r') => m.repr(value)?.value(),
            Some('s') => m.to_str(value)?.value(),
            Some('a') => m.ascii(value)?.value(),
            _ => return Err(m.raise_text(unknown_conversion(code))),
        };
    }
    let text = if field.nested {
        let mut spec = StrBuf::new();
        render_into(m, &mut spec, field.spec, source, numbers, depth - 1)?;
        let spec = m.str_from_text(&spec)?;
        m.format(value, spec)?
    } else if m.format_into(out, value, field.spec.bytes) {
        return Ok(());
    } else {
        let spec = m.new_str_counted(field.spec.bytes, field.spec.chars)?;
        m.format(value, spec)?
    };
    out.push_str(text.text());
    Ok(())
}
