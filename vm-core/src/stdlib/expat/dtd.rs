//! The document type: its declarations, and what they leave for the content to use.

use super::core::{Core, Phase, lines, predefined, string};
use super::events::{Code, Event, External, Model};
use super::lex::{self, Content, Lex, Span, Stop};
use std::collections::BTreeMap;

/// Content models may not nest deeper.
const MAX_DEPTH: usize = 200;

/// A declared entity: its text, or where it is.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub(super) value: Option<String>,
    pub(super) external: External,
    pub(super) notation: Option<String>,
}

/// A declared attribute.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) default: Option<String>,
}

/// What was declared.
#[derive(Clone, Debug, Default)]
pub(super) struct Dtd {
    /// Whether there was a `<!DOCTYPE`.
    pub(super) declared: bool,
    pub(super) standalone: bool,
    /// Whether there may be declarations that were not read.
    pub(super) has_parameter_references: bool,
    /// Whether the program wants external parameter entities.
    pub(super) wants_external: bool,
    pub(super) general: BTreeMap<String, Entity>,
    parameter: BTreeMap<String, Entity>,
    pub(super) attributes: BTreeMap<String, Vec<Attribute>>,
    external: External,
    /// Whether declarations are passed over, because one before them was not read.
    deaf: bool,
}

/// Reads a declaration from left to right.
struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    colons: bool,
    /// Where the last token that says something starts.
    token: usize,
}

impl Cursor<'_> {
    fn syntax<T>(&self) -> Lex<T> {
        Err(Stop::Fail(Code::SYNTAX, self.at))
    }

    /// Skips white space: whether there was some.
    fn space(&mut self) -> Lex<bool> {
        let from = self.at;
        self.at = lex::skip_space(self.text, from);
        if self.peek()? == b'%' && lex::name(self.text, self.at + 1, false).is_ok() {
            return Err(Stop::Fail(Code::PARAM_ENTITY_REF, self.at));
        }
        Ok(self.at > from)
    }

    fn required_space(&mut self) -> Lex<()> {
        if self.space()? { Ok(()) } else { lex::invalid(self.at) }
    }

    fn peek(&self) -> Lex<u8> {
        lex::at(self.text, self.at)
    }

    fn take(&mut self, b: u8) -> Lex<bool> {
        let found = self.peek()? == b;
        self.at += usize::from(found);
        Ok(found)
    }

    fn expect(&mut self, b: u8) -> Lex<()> {
        if self.take(b)? { Ok(()) } else { self.syntax() }
    }

    fn name(&mut self) -> Lex<String> {
        if !self.peek()?.is_ascii_alphabetic() && self.peek()? < 0x80 && !b"_:".contains(&self.peek()?) {
            return self.syntax();
        }
        let end = lex::name(self.text, self.at, self.colons)?;
        let start = std::mem::replace(&mut self.at, end);
        self.token = start;
        Ok(string(self.text, (start, end)))
    }

    fn literal(&mut self) -> Lex<Span> {
        if !b"\"'".contains(&self.peek()?) {
            return self.syntax();
        }
        let (span, end) = lex::literal(self.text, self.at)?;
        self.token = std::mem::replace(&mut self.at, end);
        Ok(span)
    }

    fn public(&mut self) -> Lex<String> {
        let start = self.at;
        let span = self.literal()?;
        let text = string(self.text, span);
        if text.bytes().any(|b| !(b.is_ascii_alphanumeric() || b" \r\n-'()+,./:=?;!*#@$_%".contains(&b))) {
            return Err(Stop::Fail(Code::PUBLICID, start));
        }
        Ok(text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// `SYSTEM "…"` or `PUBLIC "…" "…"`, whose keyword was read.
    fn external(&mut self, keyword: &str, notation: bool) -> Lex<External> {
        self.required_space()?;
        match keyword {
            "SYSTEM" => Ok((Some(self.literal()?).map(|s| string(self.text, s)), None)),
            "PUBLIC" => {
                let public = self.public()?;
                let spaced = self.space()?;
                if notation && self.peek()? == b'>' {
                    return Ok((None, Some(public)));
                }
                if !spaced {
                    return lex::invalid(self.at);
                }
                Ok((Some(self.literal()?).map(|s| string(self.text, s)), Some(public)))
            }
            _ => self.syntax(),
        }
    }

    fn quantifier(&mut self) -> Lex<i64> {
        let n = match self.peek()? {
            b'?' => 1,
            b'*' => 2,
            b'+' => 3,
            _ => return Ok(0),
        };
        self.at += 1;
        Ok(n)
    }

    /// A group of a content model, whose parenthesis was read.
    fn group(&mut self, depth: usize) -> Lex<Model> {
        let mut group = Model { kind: 6, quantifier: 0, name: None, parts: Vec::new() };
        let mut connector = None;
        if depth > MAX_DEPTH {
            return self.syntax();
        }
        loop {
            self.space()?;
            if self.take(b'(')? {
                let part = self.group(depth + 1)?;
                group.parts.push(part);
            } else {
                let name = self.name()?;
                let quantifier = self.quantifier()?;
                group.parts.push(Model { kind: 4, quantifier, name: Some(name), parts: Vec::new() });
            }
            self.space()?;
            let next = self.peek()?;
            match next {
                b')' => break,
                b'|' | b',' if connector.is_none_or(|c| c == next) => connector = Some(next),
                _ => return self.syntax(),
            }
            self.at += 1;
        }
        self.token = self.at;
        self.at += 1;
        group.kind = if connector == Some(b'|') { 5 } else { 6 };
        group.quantifier = self.quantifier()?;
        Ok(group)
    }

    fn model(&mut self) -> Lex<Model> {
        let plain = |kind| Model { kind, quantifier: 0, name: None, parts: Vec::new() };
        if !self.take(b'(')? {
            let start = self.at;
            return match self.name()?.as_str() {
                "EMPTY" => Ok(plain(1)),
                "ANY" => Ok(plain(2)),
                _ => Err(Stop::Fail(Code::SYNTAX, start)),
            };
        }
        self.space()?;
        if !self.take(b'#')? {
            return self.group(0);
        }
        let start = self.at - 1;
        if self.name()? != "PCDATA" {
            return Err(Stop::Fail(Code::SYNTAX, start));
        }
        let mut mixed = plain(3);
        loop {
            self.space()?;
            self.token = self.at;
            if self.take(b')')? {
                break;
            }
            self.expect(b'|')?;
            self.space()?;
            let name = self.name()?;
            mixed.parts.push(Model { kind: 4, quantifier: 0, name: Some(name), parts: Vec::new() });
        }
        if self.take(b'*')? {
            mixed.quantifier = 2;
        } else if !mixed.parts.is_empty() {
            return self.syntax();
        }
        Ok(mixed)
    }

    /// An attribute's type, as handlers see it.
    fn attribute_kind(&mut self) -> Lex<String> {
        const KINDS: [&str; 8] = ["CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"];
        let start = self.at;
        let mut kind = String::new();
        if self.peek()? != b'(' {
            kind = self.name()?;
            if KINDS.contains(&kind.as_str()) {
                return Ok(kind);
            }
            if kind != "NOTATION" {
                return Err(Stop::Fail(Code::SYNTAX, start));
            }
            self.required_space()?;
        }
        self.expect(b'(')?;
        let mut values = Vec::new();
        loop {
            self.space()?;
            let end = lex::nmtoken(self.text, self.at)?;
            values.push(string(self.text, (self.at, end)));
            self.at = end;
            self.space()?;
            self.token = self.at;
            if self.take(b')')? {
                return Ok(format!("{kind}({})", values.join("|")));
            }
            self.expect(b'|')?;
        }
    }
}

impl Core {
    /// `<!DOCTYPE`, whose keyword ends at `i`, up to its `[` or `>`.
    pub(super) fn doctype(&mut self, text: &[u8], start: usize, i: usize) -> Lex<usize> {
        let mut c = Cursor { text, at: i, colons: self.colons(), token: start };
        c.required_space()?;
        let name = c.name()?;
        let mut external = (None, None);
        if c.space()? && !b"[>".contains(&c.peek()?) {
            let at = c.at;
            let keyword = c.name()?;
            if keyword != "SYSTEM" && keyword != "PUBLIC" {
                return Err(Stop::Fail(Code::SYNTAX, at));
            }
            external = c.external(&keyword, false)?;
            c.space()?;
        }
        let subset = c.take(b'[')?;
        if !subset {
            c.expect(b'>')?;
        }
        self.dtd.declared = true;
        if external.0.is_some() {
            self.dtd.has_parameter_references = true;
        }
        self.dtd.external = external.clone();
        let strict = external.0.is_some() && !self.dtd.standalone && !self.dtd.wants_external;
        if strict {
            self.push(Event::NotStandalone, &[], (0, 0));
        }
        self.push(Event::Doctype { name, external, subset }, text, (start, if subset { c.at } else { c.at - 1 }));
        self.place(c.at - 1);
        if subset {
            self.phase = Phase::Subset;
        } else {
            self.end_doctype();
        }
        Ok(c.at)
    }

    fn end_doctype(&mut self) {
        self.phase = Phase::Prolog;
        if self.dtd.wants_external && (self.dtd.external.0.is_some() || self.foreign_dtd) {
            let event = Event::ExternalEntity { context: None, external: self.dtd.external.clone() };
            self.push(event, &[], (0, 0));
        }
        self.push(Event::EndDoctype, b">", (0, 1));
    }

    /// What stands between declarations.
    pub(super) fn subset_token(&mut self, text: &[u8], at: usize) -> Lex<()> {
        let nested = self.open.last().is_some_and(|o| o.parameter);
        match lex::at(text, at)? {
            b if lex::is_space(b) => {
                let end = lex::skip_space(text, at);
                self.push(Event::Other, text, (at, end));
                self.advance(end);
            }
            b']' if !nested => {
                let close = lex::skip_space(text, at + 1);
                if lex::at(text, close)? != b'>' {
                    return Err(Stop::Fail(Code::SYNTAX, close));
                }
                self.push(Event::Bracket, text, (at, close));
                self.mark(close);
                self.end_doctype();
                self.advance(close + 1);
            }
            b'%' => {
                let end = lex::name(text, at + 1, self.colons())?;
                if lex::at(text, end)? != b';' {
                    return lex::invalid(end);
                }
                let name = string(text, (at + 1, end));
                self.advance(end + 1);
                self.dtd.has_parameter_references = true;
                self.parameter_reference(name, text, (at, end + 1))?;
            }
            b'<' => match lex::at(text, at + 1)? {
                b'?' => {
                    let (found, end) = lex::instruction(text, at, self.colons())?;
                    self.content(found, text, (at, end))?;
                }
                b'!' if lex::at(text, at + 2)? == b'-' => {
                    let start = lex::word(text, at + 3, b"-")?;
                    let (span, end) = lex::comment(text, start)?;
                    self.content(Content::Comment(span), text, (at, end))?;
                }
                b'!' => {
                    let end = self.declaration(text, at)?;
                    self.advance(end);
                }
                _ => return Err(Stop::Fail(Code::SYNTAX, at)),
            },
            b if b.is_ascii_alphanumeric() || b >= 0x80 || b"\"'()[>|,#_:.-".contains(&b) => return Err(Stop::Fail(Code::SYNTAX, at)),
            _ => return lex::invalid(at),
        }
        Ok(())
    }

    fn parameter_reference(&mut self, name: String, text: &[u8], span: Span) -> Lex<()> {
        if !self.dtd.wants_external {
            self.dtd.deaf = !self.dtd.standalone;
            self.push(Event::Other, text, span);
            return Ok(());
        }
        let Some(entity) = self.dtd.parameter.get(&name).cloned() else {
            self.push(Event::Skipped(name, true), text, span);
            return Ok(());
        };
        if self.open.iter().any(|o| o.parameter && o.name == name) {
            return Err(Stop::Fail(Code::RECURSIVE_ENTITY_REF, span.0));
        }
        match entity.value {
            Some(value) => self.open_parameter(name, &value),
            None => {
                let event = Event::ExternalEntity { context: None, external: entity.external };
                self.push(event, text, span);
                Ok(())
            }
        }
    }

    /// A declaration, whose `<!` is at `start`: its end.
    fn declaration(&mut self, text: &[u8], start: usize) -> Lex<usize> {
        let mut c = Cursor { text, at: start + 2, colons: self.colons(), token: start };
        if !c.peek()?.is_ascii_uppercase() {
            return if c.peek()?.is_ascii_alphabetic() || c.peek()? == b'[' {
                Err(Stop::Fail(Code::SYNTAX, start))
            } else {
                lex::invalid(c.at)
            };
        }
        let mut events = Vec::new();
        let keyword = c.name()?;
        if !lex::is_space(c.peek()?) {
            return lex::invalid(c.at);
        }
        match keyword.as_str() {
            "ELEMENT" => {
                c.required_space()?;
                let name = c.name()?;
                c.required_space()?;
                let model = c.model()?;
                c.space()?;
                events.push((Event::Element(name, model), c.token));
            }
            "ATTLIST" => events = self.attlist(&mut c)?,
            "ENTITY" => events.push(self.entity_declaration(&mut c)?),
            "NOTATION" => {
                c.required_space()?;
                let name = c.name()?;
                c.required_space()?;
                let keyword = c.name()?;
                let external = c.external(&keyword, true)?;
                c.space()?;
                events.push((Event::Notation(name, external), c.token));
            }
            _ => return Err(Stop::Fail(Code::SYNTAX, start)),
        }
        c.expect(b'>')?;
        for (event, at) in events {
            if self.dtd.deaf && !matches!(event, Event::Element(..) | Event::Notation(..)) {
                continue;
            }
            match &event {
                Event::Entity { name, parameter, value, external, notation } => {
                    let map = if *parameter { &mut self.dtd.parameter } else { &mut self.dtd.general };
                    if map.contains_key(name) || (!parameter && predefined(name).is_some()) {
                        continue;
                    }
                    let entity = Entity { value: value.clone(), external: external.clone(), notation: notation.clone() };
                    map.insert(name.clone(), entity);
                }
                Event::Unparsed { name, external, notation } => {
                    if self.dtd.general.contains_key(name) {
                        continue;
                    }
                    let entity = Entity { value: None, external: external.clone(), notation: Some(notation.clone()) };
                    self.dtd.general.insert(name.clone(), entity);
                }
                Event::Attlist { element, attribute, kind, default, .. } => {
                    let list = self.dtd.attributes.entry(element.clone()).or_default();
                    if !list.iter().any(|a| a.name == *attribute) {
                        list.push(Attribute { name: attribute.clone(), kind: kind.clone(), default: default.clone() });
                    }
                }
                _ => {}
            }
            self.push(event, text, (start, c.at));
            self.place(at);
        }
        Ok(c.at)
    }

    fn attlist(&mut self, c: &mut Cursor<'_>) -> Lex<Vec<(Event, usize)>> {
        let mut events = Vec::new();
        c.required_space()?;
        let element = c.name()?;
        loop {
            let spaced = c.space()?;
            if c.peek()? == b'>' {
                return Ok(events);
            }
            if !spaced {
                return lex::invalid(c.at);
            }
            let attribute = c.name()?;
            c.required_space()?;
            let kind = c.attribute_kind()?;
            c.required_space()?;
            let (mut required, mut fixed) = (false, true);
            if c.take(b'#')? {
                let at = c.at - 1;
                match c.name()?.as_str() {
                    "REQUIRED" => (required, fixed) = (true, false),
                    "IMPLIED" => fixed = false,
                    "FIXED" => {
                        required = true;
                        c.required_space()?;
                    }
                    _ => return Err(Stop::Fail(Code::SYNTAX, at)),
                }
                c.token = at;
            }
            let default = if fixed {
                let span = c.literal()?;
                Some(self.attribute_value(c.text, span, kind != "CDATA")?)
            } else {
                None
            };
            events.push((Event::Attlist { element: element.clone(), attribute, kind, default, required }, c.token));
        }
    }

    fn entity_declaration(&mut self, c: &mut Cursor<'_>) -> Lex<(Event, usize)> {
        c.at = lex::skip_space(c.text, c.at);
        let mut parameter = false;
        if c.peek()? == b'%' && lex::is_space(lex::at(c.text, c.at + 1)?) {
            (parameter, c.at) = (true, c.at + 1);
        }
        c.space()?;
        let name = c.name()?;
        c.required_space()?;
        if b"\"'".contains(&c.peek()?) {
            let span = c.literal()?;
            let value = Some(self.entity_value(c.text, span)?);
            c.space()?;
            return Ok((Event::Entity { name, parameter, value, external: (None, None), notation: None }, c.token));
        }
        let keyword = c.name()?;
        let external = c.external(&keyword, false)?;
        if c.space()? && c.peek()? != b'>' && !parameter {
            let at = c.at;
            if c.name()? != "NDATA" {
                return Err(Stop::Fail(Code::SYNTAX, at));
            }
            c.required_space()?;
            let notation = c.name()?;
            c.space()?;
            return Ok((Event::Unparsed { name, external, notation }, c.token));
        }
        Ok((Event::Entity { name, parameter, value: None, external, notation: None }, c.at))
    }

    /// An entity's text: character references are replaced, others are not.
    fn entity_value(&mut self, text: &[u8], span: Span) -> Lex<String> {
        let (mut out, mut i, mut from) = (String::new(), span.0, span.0);
        while i < span.1 {
            match text[i] {
                b'&' => {
                    let (found, end) = lex::reference(text, i, self.colons())?;
                    if let Content::Character(c) = found {
                        out.push_str(&lines(text, (from, i)));
                        out.push(c);
                        from = end;
                    }
                    i = end;
                }
                b'%' => {
                    let end = lex::name(text, i + 1, self.colons()).map_err(|_| Stop::Fail(Code::INVALID_TOKEN, i))?;
                    let at = if text[end] == b';' { i } else { end };
                    return Err(Stop::Fail(if at == i { Code::PARAM_ENTITY_REF } else { Code::INVALID_TOKEN }, at));
                }
                _ => i = lex::character(text, i)?.1,
            }
        }
        out.push_str(&lines(text, (from, span.1)));
        Ok(out)
    }
}
