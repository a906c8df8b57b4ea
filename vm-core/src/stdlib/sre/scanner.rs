//! `_sre.SRE_Scanner`, which finds one match after another, and `finditer`, which is a callable iterator over its `search`.

use super::pattern::{Pattern, clamp, this as pattern_of};
use super::subject::{Mode, Span};
use super::{matched, range_arguments};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use std::cell::Cell;

/// A scanner.
#[repr(C)]
struct Scanner {
    header: Header,
    pattern: Gc<Pattern>,
    string: Value,
    /// Where the search as a whole began.
    pos: usize,
    endpos: usize,
    /// Where the next search begins; `None` after the last match.
    next: Cell<Option<(usize, bool)>>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Scanner {
    const LAYOUT: &'static Layout = &layout_of::<Scanner>(LayoutId::RegexScanner);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.string);
        m.mark_gc(self.pattern);
    }
}

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    methods: &[
        MethodDef::new("match", Convention::class(0, 0), |m, v, _| next(m, v, Mode::Match)),
        MethodDef::new("search", Convention::class(0, 0), |m, v, _| next(m, v, Mode::Search)),
    ],
    getset: &[GetSetDef { name: "pattern", get: |_, v| Ok(this(v).pattern.value()), set: None }],
    ..TypeSpec::new("_sre.SRE_Scanner", Scanner::LAYOUT)
};

fn this(v: Value) -> Gc<Scanner> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

/// `Pattern.scanner`.
pub(super) fn scanner(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    make(m, v, "scanner", args)
}

/// `Pattern.finditer`.
pub(super) fn find_iter(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let scanner = make(m, v, "finditer", args)?;
    let name = m.intern("search");
    let search = m.get_attr(scanner, name)?;
    m.callable_iterator(search, Value::NONE)
}

fn make(m: &mut Machine, v: Value, name: &str, args: Args<'_>) -> R<Value> {
    let (string, pos, endpos) = range_arguments(m, name, args)?;
    let pattern = pattern_of(v);
    let subject = m.regex_subject_for(pattern, string)?;
    let span = clamp(&subject, pos, endpos);
    let ty = m.native_type(&SPEC);
    let next = Cell::new(Some((span.start, false)));
    Ok(m.new_object(Scanner { header: Header::new(ty), pattern, string, pos: span.start, endpos: span.end, next }).value())
}

fn next(m: &mut Machine, v: Value, mode: Mode) -> R<Value> {
    let scanner = this(v);
    let Some((start, must_advance)) = scanner.next.get() else { return Ok(Value::NONE) };
    let subject = m.regex_subject_for(scanner.pattern, scanner.string)?;
    let end = scanner.endpos.min(subject.len());
    let found = m.run_regex(scanner.pattern, &subject, mode, Span { start, end, must_advance })?;
    scanner.next.set(found.map(|(start, end)| (end, start == end)));
    match found {
        Some(found) => {
            let span = Span { start: scanner.pos, end: scanner.endpos, must_advance: false };
            matched::new(m, scanner.pattern, scanner.string, span, found)
        }
        None => Ok(Value::NONE),
    }
}
