//! The parser proper: reads one token at a time and queues what it means. It calls nothing, so handlers may do as they like between
//! two steps.

use super::dtd::Dtd;
use super::events::{Code, Event, Item};
use super::input::{Decoder, Input, Named, check_declared, named};
use super::lex::{self, Content, Lex, Span, Stop};
use super::names::Namespaces;
use std::collections::VecDeque;
use std::rc::Rc;

/// How far the document is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    Start,
    Prolog,
    Subset,
    Content,
    Cdata,
    Epilog,
    Done,
}

/// What a step found.
pub(super) enum Step {
    /// Something; there may be more.
    Token,
    /// No whole token.
    Hungry,
    /// The document's declaration names an encoding only others know.
    Encoding(String),
}

/// An entity whose text is being read.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) name: String,
    pub(super) parameter: bool,
    pub(super) text: Rc<[u8]>,
    pub(super) at: usize,
    depth: usize,
}

#[derive(Clone, Debug)]
struct Tag {
    raw: Vec<u8>,
    name: String,
    bindings: usize,
}

/// Indirect text beyond so many bytes may not exceed the document by more than the factor.
const AMPLIFICATION: (usize, usize) = (8 << 20, 100);

/// A parser's state.
#[derive(Clone, Debug)]
pub(super) struct Core {
    pub(super) input: Input,
    pub(super) at: usize,
    /// Where the current event starts.
    pub(super) event: usize,
    /// A position computed before: offset, line, column.
    known: (usize, i64, i64),
    pub(super) phase: Phase,
    /// Whether this is an external entity's content, which needs no single root.
    pub(super) external: bool,
    pub(super) failed: Option<Code>,
    /// An encoding that overrides what the document says.
    pub(super) forced: Option<Decoder>,
    /// The same, where only the program's codecs know it.
    pub(super) forced_name: Option<String>,
    tags: Vec<Tag>,
    pub(super) namespaces: Option<Namespaces>,
    pub(super) dtd: Dtd,
    pub(super) open: Vec<Open>,
    pub(super) indirect: usize,
    pub(super) events: VecDeque<Item>,
    /// Whether entities are expanded in content.
    pub(super) expand: bool,
    pub(super) foreign_dtd: bool,
}

impl Core {
    pub(super) fn new(namespaces: Option<Namespaces>, forced: Option<Decoder>) -> Core {
        Core {
            input: Input::default(),
            at: 0,
            event: 0,
            known: (0, 1, 0),
            phase: Phase::Start,
            external: false,
            failed: None,
            forced,
            forced_name: None,
            tags: Vec::new(),
            namespaces,
            dtd: Dtd::default(),
            open: Vec::new(),
            indirect: 0,
            events: VecDeque::new(),
            expand: true,
            foreign_dtd: false,
        }
    }

    /// A parser for an external entity, which knows what this one does.
    pub(super) fn external(&self, forced: Option<Decoder>) -> Core {
        let mut of = Core::new(self.namespaces.clone(), forced);
        of.dtd = self.dtd.clone();
        (of.external, of.expand) = (true, self.expand);
        of
    }

    /// Line and column of the current event.
    pub(super) fn position(&mut self) -> (i64, i64) {
        let end = self.event.min(self.input.text.len());
        if end < self.known.0 {
            self.known = (0, 1, 0);
        }
        let (mut i, mut line, mut column) = self.known;
        while i < end {
            match self.input.text[i] {
                b'\r' if self.input.text.get(i + 1) == Some(&b'\n') && i + 1 < end => {}
                b'\n' | b'\r' => (line, column) = (line + 1, 0),
                0x80..0xC0 => {}
                _ => column += 1,
            }
            i += 1;
        }
        self.known = (end, line, column);
        (line, column)
    }

    pub(super) fn colons(&self) -> bool {
        self.namespaces.is_some()
    }

    pub(super) fn push(&mut self, event: Event, text: &[u8], span: Span) {
        let raw = String::from_utf8_lossy(text.get(span.0..span.1).unwrap_or(&[])).into_owned();
        self.events.push_back(Item { event, raw, at: None });
    }

    /// Says where the newest event is.
    pub(super) fn place(&mut self, at: usize) {
        if let (true, Some(item)) = (self.open.is_empty(), self.events.back_mut()) {
            item.at = Some(at);
        }
    }

    pub(super) fn mark(&mut self, at: usize) {
        if self.open.is_empty() {
            self.event = at;
        }
    }

    /// Counts text that entities bring in.
    pub(super) fn count_indirect(&mut self, bytes: usize) -> Lex<()> {
        self.indirect += bytes;
        let all = self.indirect + self.input.total;
        if all > AMPLIFICATION.0 && all / self.input.total.max(1) > AMPLIFICATION.1 {
            return Err(Stop::Fail(Code::AMPLIFICATION, self.event));
        }
        Ok(())
    }

    /// Reads one token.
    pub(super) fn step(&mut self) -> Result<Step, Code> {
        if self.phase == Phase::Start {
            return self.start();
        }
        let found = match self.open.last() {
            Some(open) => {
                let (text, at) = (open.text.clone(), open.at);
                if at >= text.len() { self.leave() } else { self.token(&text, at, true) }
            }
            None => {
                let text = std::mem::take(&mut self.input.text);
                let found = self.token(&text, self.at, self.input.last);
                self.input.text = text;
                found
            }
        };
        match found {
            Ok(()) => Ok(Step::Token),
            Err(Stop::Partial) => self.hungry(),
            Err(Stop::Fail(code, at)) => {
                self.mark(at);
                Err(code)
            }
        }
    }

    /// Nothing whole is left.
    fn hungry(&mut self) -> Result<Step, Code> {
        if !self.open.is_empty() {
            return Err(Code::UNCLOSED_TOKEN);
        }
        if !self.input.last {
            return Ok(Step::Hungry);
        }
        self.event = self.at;
        let rest = &self.input.text[self.at.min(self.input.text.len())..];
        let quotes = rest.iter().filter(|&&b| b == b'"' || b == b'\'').count();
        if rest.starts_with(b"<!")
            && rest.last().is_some_and(u8::is_ascii_alphanumeric)
            && rest.len() > 9
            && quotes % 2 == 0
            && self.phase != Phase::Content
        {
            // A declaration is many tokens, and none of them is cut off.
            self.event = self.input.text.len();
            return Err(Code::NO_ELEMENTS);
        }
        if self.at < self.input.text.len() {
            return Err(if self.phase == Phase::Cdata { Code::UNCLOSED_CDATA_SECTION } else { Code::UNCLOSED_TOKEN });
        }
        if self.input.is_cut() {
            return Err(Code::PARTIAL_CHAR);
        }
        match self.phase {
            Phase::Epilog | Phase::Done => {}
            Phase::Content if self.external && self.tags.is_empty() => {}
            Phase::Content if self.external => return Err(Code::ASYNC_ENTITY),
            Phase::Cdata => return Err(Code::UNCLOSED_CDATA_SECTION),
            _ => return Err(Code::NO_ELEMENTS),
        }
        self.phase = Phase::Done;
        Ok(Step::Hungry)
    }

    fn leave(&mut self) -> Lex<()> {
        let open = self.open.pop();
        match open {
            Some(open) if !open.parameter && open.depth != self.tags.len() => Err(Stop::Fail(Code::ASYNC_ENTITY, self.event)),
            _ => Ok(()),
        }
    }

    pub(super) fn advance(&mut self, to: usize) {
        match self.open.last_mut() {
            Some(open) => open.at = to,
            None => self.at = to,
        }
    }

    /// Finds the encoding, and reads the declaration that may come first.
    fn start(&mut self) -> Result<Step, Code> {
        if self.input.decoder.is_none() {
            if self.input.waiting().len() < 2 && !self.input.last {
                return Ok(Step::Hungry);
            }
            if let (None, Some(name)) = (&self.forced, &self.forced_name) {
                return Ok(Step::Encoding(name.clone()));
            }
            match self.forced.clone().or_else(|| self.input.detect()) {
                Some(decoder) => self.input.decide(decoder),
                None => {
                    // Until the declaration has been read, bytes are characters: it is ASCII.
                    let waiting = self.input.waiting();
                    let declared = waiting.starts_with(b"<?xml") || b"<?xml".starts_with(waiting);
                    let whole = waiting.windows(2).position(|w| w == b"?>");
                    if declared && whole.is_none() && !self.input.last {
                        return Ok(Step::Hungry);
                    }
                    let name = declared.then(|| encoding_of(&waiting[..whole.map_or(0, |n| n + 2)])).flatten();
                    match name.as_deref().map(named) {
                        None => self.input.decide(Decoder::Utf8),
                        Some(Named::Known(decoder @ (Decoder::Utf8 | Decoder::Table(_)))) => self.input.decide(decoder),
                        Some(Named::Unknown) => return Ok(Step::Encoding(name.unwrap_or_default())),
                        Some(_) => {
                            self.input.decide(Decoder::Utf8);
                            self.event = find_name(&self.input.text);
                            return Err(Code::INCORRECT_ENCODING);
                        }
                    }
                }
            }
        }
        let text = std::mem::take(&mut self.input.text);
        let found = self.xml_declaration(&text);
        self.input.text = text;
        match found {
            Ok(()) => {
                self.phase = if self.external { Phase::Content } else { Phase::Prolog };
                Ok(Step::Token)
            }
            Err(Stop::Partial) if self.input.last => {
                self.event = 0;
                Err(if self.input.text.is_empty() { Code::NO_ELEMENTS } else { Code::UNCLOSED_TOKEN })
            }
            Err(Stop::Partial) => Ok(Step::Hungry),
            Err(Stop::Fail(code, at)) => {
                self.event = at;
                Err(code)
            }
        }
    }

    fn xml_declaration(&mut self, text: &[u8]) -> Lex<()> {
        let head = b"<?xml";
        if text.len() < 6 && head.starts_with(&text[..text.len().min(5)]) && !self.input.last {
            return Err(Stop::Partial);
        }
        if !text.starts_with(head) || !text.get(5).is_some_and(|&b| lex::is_space(b) || b == b'?') {
            return Ok(());
        }
        self.mark(0);
        let code = if self.external { Code::TEXT_DECL } else { Code::XML_DECL };
        let (version, encoding, standalone, end) = lex::declaration(text, 5, code, !self.external)?;
        if self.external && (encoding.is_none() || standalone.is_some()) {
            return Err(Stop::Fail(code, end - 2));
        }
        let of = |span: Option<Span>| span.map(|s| string(text, s));
        let (version, encoding, standalone) = (of(version), of(encoding), of(standalone));
        if let (Some(name), Some(decoder), None) = (&encoding, &self.input.decoder, &self.forced) {
            check_declared(name, decoder).map_err(|code| Stop::Fail(code, find_name(text)))?;
        }
        let standalone = standalone.map_or(-1, |s| i64::from(s == "yes"));
        self.dtd.standalone = standalone == 1;
        self.push(Event::Declaration { version, encoding, standalone }, text, (0, end));
        self.at = end;
        Ok(())
    }

    fn token(&mut self, text: &[u8], at: usize, last: bool) -> Lex<()> {
        if self.open.last().is_some_and(|o| o.parameter) {
            return self.subset_token(text, at);
        }
        match self.phase {
            Phase::Content => self.content_token(text, at, last),
            Phase::Cdata => {
                self.mark(at);
                let (found, end) = lex::cdata(text, at, last)?;
                match found {
                    None => {
                        self.phase = Phase::Content;
                        self.push(Event::EndCdata, text, (at, end));
                    }
                    Some(Content::Newline) => self.push(Event::Text("\n".into()), text, (at, end)),
                    Some(_) => self.push(Event::Text(string(text, (at, end))), text, (at, end)),
                }
                self.advance(end);
                Ok(())
            }
            Phase::Subset => {
                self.mark(at);
                self.subset_token(text, at)
            }
            _ => self.outer_token(text, at),
        }
    }

    /// What stands outside the root element.
    fn outer_token(&mut self, text: &[u8], at: usize) -> Lex<()> {
        self.mark(at);
        let prolog = self.phase == Phase::Prolog;
        let junk = if prolog { Code::SYNTAX } else { Code::JUNK_AFTER_DOC_ELEMENT };
        let first = lex::at(text, at)?;
        if lex::is_space(first) {
            let end = lex::skip_space(text, at);
            self.push(Event::Other, text, (at, end));
            self.advance(end);
            return Ok(());
        }
        if first != b'<' {
            let (c, _) = lex::character(text, at)?;
            let word =
                if c.is_ascii_alphanumeric() || b"_:-.".contains(&first) || !c.is_ascii() { lex::nmtoken(text, at).ok() } else { None };
            if let Some(&after) = word.and_then(|end| text.get(end))
                && !lex::is_space(after)
                && !b">),|[%+*?".contains(&after)
            {
                return Err(Stop::Fail(Code::INVALID_TOKEN, word.unwrap_or(at)));
            }
            let token = word.is_some() || !b"&=!$+*?/@\\^`{}~;".contains(&first) || !c.is_ascii();
            return Err(Stop::Fail(if token { junk } else { Code::INVALID_TOKEN }, at));
        }
        let second = lex::at(text, at + 1)?;
        match second {
            b'?' => {
                let (found, end) = lex::instruction(text, at, self.colons())?;
                self.content(found, text, (at, end))
            }
            b'!' if lex::at(text, at + 2)? == b'-' => {
                let start = lex::word(text, at + 3, b"-")?;
                let (span, end) = lex::comment(text, start)?;
                self.content(Content::Comment(span), text, (at, end))
            }
            b'!' if prolog && text[at + 2].is_ascii_alphabetic() => {
                let name_end = lex::name(text, at + 2, false)?;
                if &text[at + 2..name_end] != b"DOCTYPE" || self.dtd.declared {
                    return Err(Stop::Fail(Code::SYNTAX, at));
                }
                let end = self.doctype(text, at, name_end)?;
                self.advance(end);
                Ok(())
            }
            b'!' => {
                Err(Stop::Fail(if text[at + 2].is_ascii_alphabetic() || text[at + 2] == b'[' { junk } else { Code::INVALID_TOKEN }, at + 2))
            }
            _ => {
                lex::name(text, at + 1, false).or_else(|stop| match stop {
                    Stop::Partial => Ok(at),
                    other => Err(other),
                })?;
                if !prolog {
                    return Err(Stop::Fail(junk, at));
                }
                self.phase = Phase::Content;
                Ok(())
            }
        }
    }

    fn content_token(&mut self, text: &[u8], at: usize, last: bool) -> Lex<()> {
        self.mark(at);
        let (found, end) = lex::content(text, at, last, self.colons())?;
        self.content(found, text, (at, end))
    }

    pub(super) fn content(&mut self, found: Content, text: &[u8], span: Span) -> Lex<()> {
        self.advance(span.1);
        match found {
            Content::Text => self.push(Event::Text(string(text, span)), text, span),
            Content::Newline => self.push(Event::Text("\n".into()), text, span),
            Content::Character(c) => self.push(Event::Text(c.into()), text, span),
            Content::Comment(inner) => self.push(Event::Comment(lines(text, inner)), text, span),
            Content::Instruction { target, data } => {
                self.push(Event::Instruction(string(text, target), lines(text, data)), text, span);
            }
            Content::Cdata => {
                self.phase = Phase::Cdata;
                self.push(Event::StartCdata, text, span);
            }
            Content::Start { name, attributes, empty } => {
                let depth = self.namespaces.as_ref().map_or(0, Namespaces::depth);
                let (expanded, all, specified) = self.attributes(text, name, &attributes)?;
                let event = Event::Start { name: expanded.clone(), attributes: all, specified };
                self.push(event, text, span);
                if empty {
                    self.push(Event::End(expanded), text, (span.1, span.1));
                    self.place(span.1);
                    self.unbind(depth);
                    self.close();
                } else {
                    self.tags.push(Tag { raw: text[name.0..name.1].to_vec(), name: expanded, bindings: depth });
                }
            }
            Content::End(name) => {
                let floor = self.open.last().map_or(0, |o| o.depth);
                if self.tags.len() <= floor {
                    return Err(Stop::Fail(Code::ASYNC_ENTITY, span.0));
                }
                if self.tags.last().is_some_and(|t| t.raw != text[name.0..name.1]) {
                    return Err(Stop::Fail(Code::TAG_MISMATCH, name.0));
                }
                if let Some(tag) = self.tags.pop() {
                    self.push(Event::End(tag.name), text, span);
                    self.unbind(tag.bindings);
                }
                self.close();
            }
            Content::Entity(name) => return self.entity(text, name, span),
        }
        Ok(())
    }

    fn unbind(&mut self, depth: usize) {
        while let Some(prefix) = self.namespaces.as_mut().and_then(|n| n.pop_to(depth)) {
            self.push(Event::EndNamespace(prefix), &[], (0, 0));
        }
    }

    fn close(&mut self) {
        if self.tags.is_empty() && !self.external {
            self.phase = Phase::Epilog;
        }
    }

    /// A general entity in content.
    fn entity(&mut self, text: &[u8], name: Span, span: Span) -> Lex<()> {
        let key = string(text, name);
        if let Some(c) = predefined(&key) {
            self.push(Event::Text(c.into()), text, span);
            return Ok(());
        }
        let Some(entity) = self.dtd.general.get(&key).cloned() else {
            if !self.dtd.has_parameter_references || self.dtd.standalone {
                return Err(Stop::Fail(Code::UNDEFINED_ENTITY, span.0));
            }
            self.push(Event::Skipped(key, false), text, span);
            return Ok(());
        };
        if self.open.iter().any(|o| !o.parameter && o.name == key) {
            return Err(Stop::Fail(Code::RECURSIVE_ENTITY_REF, span.0));
        }
        if entity.notation.is_some() {
            return Err(Stop::Fail(Code::BINARY_ENTITY_REF, span.0));
        }
        match entity.value {
            Some(_) if !self.expand => self.push(Event::Skipped(key, false), text, span),
            Some(value) => {
                self.count_indirect(value.len())?;
                let depth = self.tags.len();
                self.open.push(Open { name: key, parameter: false, text: value.as_bytes().into(), at: 0, depth });
            }
            None => {
                let event = Event::ExternalEntity { context: Some(key), external: entity.external };
                self.push(event, text, span);
            }
        }
        Ok(())
    }

    /// Starts to read a parameter entity's text.
    pub(super) fn open_parameter(&mut self, name: String, value: &str) -> Lex<()> {
        self.count_indirect(value.len())?;
        self.open.push(Open { name, parameter: true, text: value.as_bytes().into(), at: 0, depth: 0 });
        Ok(())
    }
}

/// The characters that need no declaration.
pub(super) fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// A piece as a string.
pub(super) fn string(text: &[u8], span: Span) -> String {
    String::from_utf8_lossy(&text[span.0..span.1]).into_owned()
}

/// A piece whose line ends are all `\n`.
pub(super) fn lines(text: &[u8], span: Span) -> String {
    string(text, span).replace("\r\n", "\n").replace('\r', "\n")
}

fn encoding_of(head: &[u8]) -> Option<String> {
    let (_, encoding, _, _) = lex::declaration(head, 5, Code::XML_DECL, false).ok()?;
    encoding.map(|span| string(head, span))
}

/// Where a declaration names its encoding.
fn find_name(text: &[u8]) -> usize {
    lex::declaration(text, 5, Code::XML_DECL, false).ok().and_then(|d| d.1).map_or(0, |span| span.0)
}
