//! What is searched: ASCII strings and bytes as they are, other strings as decoded code points, of which a few are kept.

use super::engine::{Attempt, Char};
use super::pattern::Pattern;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::wtf8::StrBuf;
use std::rc::Rc;

/// Decoded strings that are kept.
const KEPT_STRINGS: usize = 4;

/// The characters of a string or bytes-like object, until Python code runs.
pub(super) enum Subject {
    /// An ASCII string.
    Ascii(&'static [u8]),
    /// Anything bytes-like.
    Bytes(&'static [u8]),
    /// Another string.
    Wide(Rc<[u32]>),
}

/// A part of a subject to search, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) must_advance: bool,
}

/// Which kind of match is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    Match,
    Full,
    Search,
}

impl Subject {
    /// Length in characters.
    pub(super) fn len(&self) -> usize {
        match self {
            Subject::Ascii(b) | Subject::Bytes(b) => b.len(),
            Subject::Wide(w) => w.len(),
        }
    }

    /// Whether it is bytes-like.
    pub(super) fn is_bytes(&self) -> bool {
        matches!(self, Subject::Bytes(_))
    }

    /// The part `from..to` as a new object of the subject's kind; `string` is the object it was made of.
    pub(super) fn slice(&self, m: &mut Machine, string: Value, from: usize, to: usize) -> R<Value> {
        let whole = from == 0 && to == self.len();
        match self {
            Subject::Ascii(_) if whole && m.is_exact_str(string) => Ok(string),
            Subject::Ascii(b) => Ok(m.new_str_counted(&b[from..to], to - from)?.value()),
            Subject::Bytes(b) => {
                if whole && m.type_of(string) == m.types.bytes {
                    return Ok(string);
                }
                Ok(m.new_bytes(&b[from..to])?.value())
            }
            Subject::Wide(_) if whole && m.is_exact_str(string) => Ok(string),
            Subject::Wide(w) => {
                if to - from == 1 {
                    return Ok(m.char_str(w[from]).value());
                }
                let mut text = StrBuf::with_capacity(to - from);
                w[from..to].iter().for_each(|&c| text.push(c));
                Ok(m.str_from_text(&text)?.value())
            }
        }
    }
}

/// The bytes of an object that is kept alive by the caller.
fn lasting(bytes: &[u8]) -> &'static [u8] {
    // SAFETY: objects do not move, and the caller of `subject` keeps the object in a local while it uses the subject; mutable objects
    // change only when Python code runs, after which the subject is made anew.
    unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) }
}

impl Machine {
    /// The characters of a string or bytes-like object. Valid until Python code runs; the caller keeps the object.
    pub(super) fn regex_subject(&mut self, string: Value) -> R<Subject> {
        if let Some(s) = string.downcast::<Str>() {
            if s.is_ascii() {
                return Ok(Subject::Ascii(lasting(s.bytes())));
            }
            return Ok(Subject::Wide(self.decoded(s)));
        }
        match self.bytes_like(string) {
            Some(bytes) => Ok(Subject::Bytes(lasting(bytes))),
            None => {
                let name = self.type_name(string);
                Err(self.type_error(&format!("expected string or bytes-like object, got '{name}'")))
            }
        }
    }

    fn decoded(&mut self, s: Gc<Str>) -> Rc<[u32]> {
        let kept = &mut self.regex.strings;
        if let Some(i) = kept.iter().position(|(known, _)| known.is(s.value())) {
            kept.swap(0, i);
            return Rc::clone(&kept[0].1);
        }
        let codes: Rc<[u32]> = s.text().code_points().collect();
        kept.truncate(KEPT_STRINGS - 1);
        kept.insert(0, (s.value(), Rc::clone(&codes)));
        codes
    }

    /// As [`Machine::regex_subject`], if the pattern can be used on it.
    pub(super) fn regex_subject_for(&mut self, pattern: Gc<Pattern>, string: Value) -> R<Subject> {
        let subject = self.regex_subject(string)?;
        match (subject.is_bytes(), pattern.is_bytes) {
            (true, Some(false)) => Err(self.type_error("cannot use a string pattern on a bytes-like object")),
            (false, Some(true)) => Err(self.type_error("cannot use a bytes pattern on a string-like object")),
            _ => Ok(subject),
        }
    }

    /// Runs a pattern; gives start and end of the match, whose groups are in the scratch memory until the next one.
    pub(super) fn run_regex(&mut self, pattern: Gc<Pattern>, subject: &Subject, mode: Mode, span: Span) -> R<Option<(usize, usize)>> {
        loop {
            let found = match subject {
                Subject::Ascii(b) | Subject::Bytes(b) => self.run_regex_on(pattern, b, mode, span),
                Subject::Wide(w) => self.run_regex_on(pattern, w, mode, span),
            };
            match found {
                Ok(found) => return Ok(found),
                // Raises, normally; or else starts again.
                Err(super::engine::Interrupted) => self.safepoint()?,
            }
        }
    }

    fn run_regex_on<C: Char>(
        &mut self,
        pattern: Gc<Pattern>,
        subject: &[C],
        mode: Mode,
        span: Span,
    ) -> Result<Option<(usize, usize)>, super::engine::Interrupted> {
        if span.start > span.end {
            return Ok(None);
        }
        let whole = mode == Mode::Full;
        let attempt = Attempt { program: &pattern.program, subject: &subject[..span.end], whole, breaker: &self.breaker };
        match mode {
            Mode::Search => attempt.search(&mut self.regex, span.start, span.must_advance),
            _ if span.end - span.start < pattern.program.min_width => Ok(None),
            _ => Ok(attempt.run(&mut self.regex, span.start, span.must_advance)?.map(|to| (span.start, to))),
        }
    }
}
