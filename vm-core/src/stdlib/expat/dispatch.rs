//! From the parser's events to calls of the program's handlers.

use super::events::{Code, Event, External, Item, Model};
use super::object::{Handler, Parser, raise};
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::value::Value;

/// Calls the handlers of all events that wait.
pub(super) fn events(m: &mut Machine, of: Gc<Parser>) -> R<()> {
    loop {
        let item = of.core.borrow_mut().events.pop_front();
        let Some(item) = item else { return Ok(()) };
        if let Some(at) = item.at {
            of.core.borrow_mut().event = at;
        }
        if let Err(raised) = one(m, of, item) {
            let mut core = of.core.borrow_mut();
            core.events.clear();
            core.failed = core.failed.or(Some(Code(35)));
            return Err(raised);
        }
    }
}

/// Hands over the text collected.
pub(super) fn flush(m: &mut Machine, of: Gc<Parser>) -> R<()> {
    let text = std::mem::take(&mut *of.buffer.borrow_mut());
    match of.handler(Handler::CharacterData) {
        Some(f) if !text.is_empty() => {
            let text = m.str_value(&text);
            m.call(f, &[text]).map(|_| ())
        }
        _ => Ok(()),
    }
}

fn characters(m: &mut Machine, of: Gc<Parser>, f: Value, text: &str) -> R<()> {
    let limit = of.buffer_size.get() as usize;
    if of.buffers.get() {
        if of.buffer.borrow().len() + text.len() > limit {
            flush(m, of)?;
        }
        if text.len() <= limit {
            of.buffer.borrow_mut().push_str(text);
            return Ok(());
        }
    }
    let text = m.str_value(text);
    m.call(f, &[text]).map(|_| ())
}

fn optional(m: &mut Machine, text: Option<&str>) -> Value {
    text.map_or(Value::NONE, |t| m.str_value(t))
}

/// A name, the same object each time.
fn interned(m: &mut Machine, of: Gc<Parser>, text: &str) -> R<Value> {
    let name = m.str_value(text);
    let Some(known) = of.intern.downcast::<crate::object::dict::Dict>() else { return Ok(name) };
    if let Some(old) = known.get(m, name)? {
        return Ok(old);
    }
    known.insert(m, name, name)?;
    Ok(name)
}

fn optional_name(m: &mut Machine, of: Gc<Parser>, text: Option<&str>) -> R<Value> {
    text.map_or(Ok(Value::NONE), |t| interned(m, of, t))
}

fn model(m: &mut Machine, of: Gc<Parser>, from: &Model) -> R<Value> {
    let parts = m.new_list(&[]);
    for part in &from.parts {
        let part = model(m, of, part)?;
        parts.push(m, part);
    }
    let items = parts.items().to_vec();
    let parts = m.new_tuple(&items).value();
    let name = optional_name(m, of, from.name.as_deref())?;
    Ok(m.new_tuple(&[Value::small(from.kind), Value::small(from.quantifier), name, parts]).value())
}

/// Base, system and public identifier.
fn place(m: &mut Machine, of: Gc<Parser>, external: &External) -> [Value; 3] {
    let (system, public) = (optional(m, external.0.as_deref()), optional(m, external.1.as_deref()));
    [of.base.get(), system, public]
}

fn one(m: &mut Machine, of: Gc<Parser>, item: Item) -> R<()> {
    use Handler as H;
    let which = match &item.event {
        Event::Declaration { .. } => H::XmlDecl,
        Event::Start { .. } => H::StartElement,
        Event::End(_) => H::EndElement,
        Event::Text(_) => H::CharacterData,
        Event::Instruction(..) => H::ProcessingInstruction,
        Event::Comment(_) => H::Comment,
        Event::StartCdata => H::StartCdataSection,
        Event::EndCdata => H::EndCdataSection,
        Event::StartNamespace(..) => H::StartNamespaceDecl,
        Event::EndNamespace(_) => H::EndNamespaceDecl,
        Event::Doctype { .. } => H::StartDoctypeDecl,
        Event::EndDoctype => H::EndDoctypeDecl,
        Event::Element(..) => H::ElementDecl,
        Event::Attlist { .. } => H::AttlistDecl,
        Event::Entity { .. } => H::EntityDecl,
        Event::Unparsed { .. } if of.handler(H::UnparsedEntityDecl).is_none() => H::EntityDecl,
        Event::Unparsed { .. } => H::UnparsedEntityDecl,
        Event::Notation(..) => H::NotationDecl,
        Event::ExternalEntity { .. } => H::ExternalEntityRef,
        Event::Skipped(..) => H::SkippedEntity,
        Event::NotStandalone => H::NotStandalone,
        Event::Bracket if of.handler(H::StartDoctypeDecl).is_some() => return Ok(()),
        Event::Other | Event::Bracket => return default(m, of, &item.raw),
    };
    let Some(f) = of.handler(which) else { return default(m, of, &item.raw) };
    if let Event::Text(text) = &item.event {
        return characters(m, of, f, text);
    }
    flush(m, of)?;
    let result = match &item.event {
        Event::Declaration { version, encoding, standalone } => {
            let (version, encoding) = (optional(m, version.as_deref()), optional(m, encoding.as_deref()));
            m.call(f, &[version, encoding, Value::small(*standalone)])?
        }
        Event::Start { name, attributes, specified } => {
            let shown = if of.specified.get() { &attributes[..*specified] } else { attributes };
            let given = if of.ordered.get() {
                let list = m.new_list(&[]);
                for (key, value) in shown {
                    let key = interned(m, of, key)?;
                    list.push(m, key);
                    let value = m.str_value(value);
                    list.push(m, value);
                }
                list.value()
            } else {
                let dict = m.new_dict();
                for (key, value) in shown {
                    let (key, value) = (interned(m, of, key)?, m.str_value(value));
                    dict.insert(m, key, value)?;
                }
                dict.value()
            };
            let name = interned(m, of, name)?;
            m.call(f, &[name, given])?
        }
        Event::End(name) => {
            let name = interned(m, of, name)?;
            m.call(f, &[name])?
        }
        Event::Instruction(target, data) => {
            let (target, data) = (interned(m, of, target)?, m.str_value(data));
            m.call(f, &[target, data])?
        }
        Event::Comment(text) => {
            let text = m.str_value(text);
            m.call(f, &[text])?
        }
        Event::StartNamespace(prefix, uri) => {
            let (prefix, uri) = (optional_name(m, of, prefix.as_deref())?, optional_name(m, of, uri.as_deref())?);
            m.call(f, &[prefix, uri])?
        }
        Event::EndNamespace(prefix) => {
            let prefix = optional_name(m, of, prefix.as_deref())?;
            m.call(f, &[prefix])?
        }
        Event::Doctype { name, external, subset } => {
            let name = interned(m, of, name)?;
            let [_, system, public] = place(m, of, external);
            m.call(f, &[name, system, public, Value::small(i64::from(*subset))])?
        }
        Event::Element(name, from) => {
            let (name, model) = (interned(m, of, name)?, model(m, of, from)?);
            m.call(f, &[name, model])?
        }
        Event::Attlist { element, attribute, kind, default, required } => {
            let (element, attribute) = (interned(m, of, element)?, interned(m, of, attribute)?);
            let (kind, default) = (m.str_value(kind), optional(m, default.as_deref()));
            m.call(f, &[element, attribute, kind, default, Value::small(i64::from(*required))])?
        }
        Event::Entity { name, parameter, value, external, notation } => {
            let (name, value) = (interned(m, of, name)?, optional(m, value.as_deref()));
            let [base, system, public] = place(m, of, external);
            let notation = optional_name(m, of, notation.as_deref())?;
            m.call(f, &[name, Value::small(i64::from(*parameter)), value, base, system, public, notation])?
        }
        Event::Unparsed { name, external, notation } => {
            let (name, notation) = (interned(m, of, name)?, interned(m, of, notation)?);
            let [base, system, public] = place(m, of, external);
            if which == H::EntityDecl {
                m.call(f, &[name, Value::small(0), Value::NONE, base, system, public, notation])?
            } else {
                m.call(f, &[name, base, system, public, notation])?
            }
        }
        Event::Notation(name, external) => {
            let name = interned(m, of, name)?;
            let [base, system, public] = place(m, of, external);
            m.call(f, &[name, base, system, public])?
        }
        Event::ExternalEntity { context, external } => {
            let context = optional(m, context.as_deref());
            let [base, system, public] = place(m, of, external);
            m.call(f, &[context, base, system, public])?
        }
        Event::Skipped(name, parameter) => {
            let name = interned(m, of, name)?;
            m.call(f, &[name, Value::small(i64::from(*parameter))])?
        }
        Event::StartCdata | Event::EndCdata | Event::EndDoctype | Event::NotStandalone | Event::Text(_) | Event::Other | Event::Bracket => {
            m.call(f, &[])?
        }
    };
    let refused = match which {
        H::ExternalEntityRef => Code::EXTERNAL_ENTITY_HANDLING,
        H::NotStandalone => Code::NOT_STANDALONE,
        _ => return Ok(()),
    };
    if m.index_argument(result)? != 0 {
        return Ok(());
    }
    of.core.borrow_mut().failed = Some(refused);
    Err(raise(m, of, refused))
}

/// The default handler gets what no other wants.
fn default(m: &mut Machine, of: Gc<Parser>, raw: &str) -> R<()> {
    let handler = of.handler(Handler::DefaultExpand).or_else(|| of.handler(Handler::Default));
    match handler {
        Some(f) if !raw.is_empty() => {
            flush(m, of)?;
            let pieces =
                if raw.starts_with("<!") && raw.as_bytes().get(2).is_some_and(u8::is_ascii_uppercase) { tokens(raw) } else { vec![raw] };
            for piece in pieces {
                let text = m.str_value(piece);
                m.call(f, &[text])?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The tokens of a declaration.
fn tokens(raw: &str) -> Vec<&str> {
    let (mut out, mut from, bytes) = (Vec::new(), 0, raw.as_bytes());
    while from < bytes.len() {
        let rest = &bytes[from..];
        let length = match rest[0] {
            b if b.is_ascii_whitespace() => rest.iter().position(|b| !b.is_ascii_whitespace()),
            quote @ (b'"' | b'\'') => rest[1..].iter().position(|&b| b == quote).map(|n| n + 2),
            b'[' | b']' | b'>' | b'(' | b')' | b'|' | b',' => Some(1),
            _ => rest.iter().position(|&b| b.is_ascii_whitespace() || b"\"'[]>()|,".contains(&b)),
        };
        let to = from + length.unwrap_or(rest.len());
        out.push(&raw[from..to]);
        from = to;
    }
    out
}
