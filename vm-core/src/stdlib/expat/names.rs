//! Attributes of a start tag: their values, their defaults, and names with namespaces.

use super::core::{Core, predefined, string};
use super::events::{Code, Event};
use super::lex::{self, Content, Lex, Span, Stop};

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
/// Entities may not nest deeper in attribute values.
const MAX_DEPTH: usize = 200;

/// What prefixes stand for.
#[derive(Clone, Debug)]
pub(super) struct Namespaces {
    pub(super) separator: Option<char>,
    /// Whether names end in their prefix.
    pub(super) triplets: bool,
    bindings: Vec<(Option<String>, Option<String>)>,
}

impl Namespaces {
    pub(super) fn new(separator: Option<char>) -> Namespaces {
        Namespaces { separator, triplets: false, bindings: vec![(Some("xml".into()), Some(XML.into()))] }
    }

    pub(super) fn depth(&self) -> usize {
        self.bindings.len()
    }

    /// Takes the newest binding beyond `depth` away: its prefix.
    pub(super) fn pop_to(&mut self, depth: usize) -> Option<Option<String>> {
        if self.bindings.len() > depth { self.bindings.pop().map(|b| b.0) } else { None }
    }

    fn find(&self, prefix: Option<&str>) -> Option<&str> {
        self.bindings.iter().rev().find(|b| b.0.as_deref() == prefix).and_then(|b| b.1.as_deref())
    }

    fn expand(&self, name: &str, element: bool) -> Option<String> {
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None if element => (None, name),
            None => return Some(name.to_owned()),
        };
        let Some(uri) = self.find(prefix) else { return if prefix.is_none() { Some(name.to_owned()) } else { None } };
        let mut out = uri.to_owned();
        out.extend(self.separator);
        out.push_str(local);
        if let (true, Some(prefix)) = (self.triplets, prefix) {
            out.extend(self.separator);
            out.push_str(prefix);
        }
        Some(out)
    }
}

/// Whether a binding is allowed.
fn check_binding(prefix: Option<&str>, uri: &str) -> Result<(), Code> {
    match prefix {
        Some("xmlns") => Err(Code::RESERVED_PREFIX_XMLNS),
        Some("xml") if uri != XML => Err(Code::RESERVED_PREFIX_XML),
        Some("xml") => Ok(()),
        Some(_) if uri.is_empty() => Err(Code::UNDECLARING_PREFIX),
        _ if uri == XML || uri == XMLNS => Err(Code::RESERVED_NAMESPACE_URI),
        _ => Ok(()),
    }
}

/// A start tag's name, its attributes, and how many of those were written.
type StartTag = (String, Vec<(String, String)>, usize);

impl Core {
    /// Expands a start tag's name and attributes; new namespaces are told of first.
    pub(super) fn attributes(&mut self, text: &[u8], name: Span, given: &[(Span, Span)]) -> Lex<StartTag> {
        let element = string(text, name);
        let declared = self.dtd.attributes.get(&element).cloned().unwrap_or_default();
        let mut all: Vec<(String, String)> = Vec::with_capacity(given.len());
        for &(key, value) in given {
            let key_text = string(text, key);
            if all.iter().any(|(k, _)| *k == key_text) {
                return Err(Stop::Fail(Code::DUPLICATE_ATTRIBUTE, key.0));
            }
            let tokens = declared.iter().any(|d| d.name == key_text && d.kind != "CDATA");
            let value = self.attribute_value(text, value, tokens)?;
            all.push((key_text, value));
        }
        let written = all.len();
        for d in &declared {
            if let Some(default) = &d.default
                && !all.iter().any(|(k, _)| *k == d.name)
            {
                all.push((d.name.clone(), default.clone()));
            }
        }
        if self.namespaces.is_none() {
            return Ok((element, all, written));
        }
        let mut specified = 0;
        let mut kept = Vec::with_capacity(all.len());
        for (i, (key, value)) in all.into_iter().enumerate() {
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => None,
                Some(rest) if rest.starts_with(':') => Some(rest[1..].to_owned()),
                _ => {
                    specified += usize::from(i < written);
                    kept.push((key, value));
                    continue;
                }
            };
            check_binding(prefix.as_deref(), &value).map_err(|code| Stop::Fail(code, self.event))?;
            let uri = (!value.is_empty()).then_some(value);
            self.push(Event::StartNamespace(prefix.clone(), uri.clone()), &[], (0, 0));
            if let Some(n) = self.namespaces.as_mut() {
                n.bindings.push((prefix, uri));
            }
        }
        let unbound = Stop::Fail(Code::UNBOUND_PREFIX, self.event);
        let Some(n) = &self.namespaces else { return Err(unbound) };
        let mut expanded: Vec<(String, String)> = Vec::with_capacity(kept.len());
        for (key, value) in kept {
            let key = n.expand(&key, false).ok_or(unbound)?;
            if expanded.iter().any(|(k, _)| *k == key) {
                return Err(Stop::Fail(Code::DUPLICATE_ATTRIBUTE, self.event));
            }
            expanded.push((key, value));
        }
        Ok((n.expand(&element, true).ok_or(unbound)?, expanded, specified))
    }

    /// An attribute's value, with references replaced; as `tokens`, its words are separated by single spaces.
    pub(super) fn attribute_value(&mut self, text: &[u8], span: Span, tokens: bool) -> Lex<String> {
        let mut out = String::new();
        self.add_value(&text[..span.1], span.0, &mut out, &mut Vec::new())?;
        Ok(if tokens { out.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ") } else { out })
    }

    fn add_value(&mut self, text: &[u8], mut i: usize, out: &mut String, within: &mut Vec<String>) -> Lex<()> {
        let place = |core: &Core, i: usize, within: &[String]| if within.is_empty() { i } else { core.event };
        while i < text.len() {
            match text[i] {
                b'\r' if text.get(i + 1) == Some(&b'\n') => i += 1,
                b if lex::is_space(b) => {
                    out.push(' ');
                    i += 1;
                }
                b'<' => return lex::invalid(place(self, i, within)),
                b'&' => {
                    let (found, end) = lex::reference(text, i, self.colons())?;
                    let start = std::mem::replace(&mut i, end);
                    let start = place(self, start, within);
                    let name = match found {
                        Content::Entity(name) => string(text, name),
                        Content::Character(c) => {
                            out.push(c);
                            continue;
                        }
                        _ => continue,
                    };
                    if let Some(c) = predefined(&name) {
                        out.push(c);
                        continue;
                    }
                    if within.contains(&name) || within.len() > MAX_DEPTH {
                        return Err(Stop::Fail(Code::RECURSIVE_ENTITY_REF, start));
                    }
                    match self.dtd.general.get(&name).cloned() {
                        None if !self.dtd.has_parameter_references || self.dtd.standalone => {
                            return Err(Stop::Fail(Code::UNDEFINED_ENTITY, start));
                        }
                        None => {}
                        Some(e) if e.notation.is_some() => return Err(Stop::Fail(Code::BINARY_ENTITY_REF, start)),
                        Some(e) => {
                            let Some(value) = e.value else { return Err(Stop::Fail(Code::ATTRIBUTE_EXTERNAL_ENTITY_REF, start)) };
                            self.count_indirect(value.len())?;
                            within.push(name);
                            self.add_value(value.as_bytes(), 0, out, within)?;
                            within.pop();
                        }
                    }
                }
                _ => {
                    let (c, next) = lex::character(text, i)?;
                    out.push(c);
                    i = next;
                }
            }
        }
        Ok(())
    }
}
