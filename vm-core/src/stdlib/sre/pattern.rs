//! `re.Pattern`: the object, how it is made, and its methods that search; those that replace are in `substitute.rs`.

use super::program::Program;
use super::subject::{Mode, Span, Subject};
use super::translate::{Refused, translate};
use super::{matched, range_arguments, scanner, ssize, substitute};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::slots::{Compare, Slots};
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

/// A compiled pattern.
#[repr(C)]
pub(super) struct Pattern {
    header: Header,
    /// Names to numbers of groups, or `NULL`.
    pub(super) group_index: Value,
    /// Names of groups by number, or `NULL`.
    pub(super) index_group: Value,
    /// The source, or `None`.
    pub(super) source: Value,
    flags: i64,
    /// Number of groups.
    pub(super) groups: usize,
    /// Whether it is for bytes; `None` if it does not say.
    pub(super) is_bytes: Option<bool>,
    /// The type of its matches.
    pub(super) match_type: Gc<Type>,
    code: Box<[u32]>,
    pub(super) program: Program,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Pattern {
    const LAYOUT: &'static Layout = &layout_of::<Pattern>(LayoutId::Regex);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.group_index);
        m.mark(self.index_group);
        m.mark(self.source);
        m.mark_gc(self.match_type);
    }
}

/// `re.Pattern`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF | TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { repr: Some(repr), hash: Some(hash), richcompare: Some(compare), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("match", Convention::CLASS_KEYWORDS, |m, v, args| find(m, v, "match", Mode::Match, args)),
        MethodDef::new("fullmatch", Convention::CLASS_KEYWORDS, |m, v, args| find(m, v, "fullmatch", Mode::Full, args)),
        MethodDef::new("search", Convention::CLASS_KEYWORDS, |m, v, args| find(m, v, "search", Mode::Search, args)),
        MethodDef::new("sub", Convention::CLASS_KEYWORDS, substitute::sub),
        MethodDef::new("subn", Convention::CLASS_KEYWORDS, substitute::subn),
        MethodDef::new("findall", Convention::FastKeywords, find_all),
        MethodDef::new("split", Convention::FastKeywords, split),
        MethodDef::new("finditer", Convention::CLASS_KEYWORDS, scanner::find_iter),
        MethodDef::new("scanner", Convention::CLASS_KEYWORDS, scanner::scanner),
        MethodDef::new("__copy__", Convention::NoArgs, |_, v, _| Ok(v)),
        MethodDef::new("__deepcopy__", Convention::O, |_, v, _| Ok(v)),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::generic_alias::class_getitem),
    ],
    getset: &[
        GetSetDef { name: "groupindex", get: group_index, set: None },
        GetSetDef { name: "pattern", get: |_, v| Ok(this(v).source), set: None },
        GetSetDef { name: "flags", get: |_, v| Ok(Value::small(this(v).flags)), set: None },
        GetSetDef { name: "groups", get: |_, v| Ok(Value::small(this(v).groups as i64)), set: None },
    ],
    doc: "Compiled regular expression object.",
    ..TypeSpec::new("re.Pattern", Pattern::LAYOUT)
};

/// The pattern that a method was called on.
pub(super) fn this(v: Value) -> Gc<Pattern> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

/// `_sre.compile`.
pub(super) fn compile(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = ["pattern", "flags", "code", "groups", "groupindex", "indexgroup"];
    let spec = BindSpec { positional_only: 0, required: 6, max_positional: 6 };
    let [source, flags, code, groups, group_index, index_group] = args.bind(m, "compile", names, spec)?;
    let flags = m.index_argument(flags)?;
    let Some(list) = code.downcast::<List>() else { return Err(wrong(m, "code", "list", code)) };
    let groups = ssize(m, groups, 0)?;
    let Some(dict) = group_index.downcast::<Dict>() else { return Err(wrong(m, "groupindex", "dict", group_index)) };
    let Some(names) = index_group.downcast::<Tuple>() else { return Err(wrong(m, "indexgroup", "tuple", index_group)) };
    let mut code = Vec::with_capacity(list.len());
    for i in 0..list.len() {
        let Some(v) = list.get(i) else { break };
        let n = m.index(v)?;
        match m.int_as_i64(n).map(u32::try_from) {
            Some(Ok(word)) => code.push(word),
            Some(Err(_)) if m.int_as_i64(n) < Some(0) => {
                return Err(m.overflow_error("can't convert negative value to unsigned int"));
            }
            _ => return Err(m.overflow_error("regular expression code size limit exceeded")),
        }
    }
    let is_bytes = if source.is_none() { None } else { Some(m.regex_subject(source)?.is_bytes()) };
    let limit = m.stack_limit;
    let program = match u32::try_from(groups).map_err(|_| Refused::Invalid).and_then(|g| translate(&code, g.min(0x3fff_ffff), limit)) {
        Ok(program) => program,
        Err(Refused::Invalid) => return Err(m.runtime_error("invalid SRE code")),
        Err(Refused::TooDeep) => return Err(m.recursion_error("maximum recursion depth exceeded")),
    };
    let (named, numbered) = (!dict.is_empty(), !names.is_empty());
    let (ty, match_type) = (m.native_type(&SPEC), m.native_type(&matched::SPEC));
    let pattern = m.new_object(Pattern {
        header: Header::new(ty),
        group_index: if named { group_index } else { Value::NULL },
        index_group: if named && numbered { index_group } else { Value::NULL },
        source,
        flags,
        groups: groups as usize,
        is_bytes,
        match_type,
        code: code.into(),
        program,
    });
    Ok(pattern.value())
}

fn wrong(m: &mut Machine, argument: &str, wanted: &str, got: Value) -> crate::machine::Raised {
    let got = m.type_name(got);
    m.type_error(&format!("compile() argument '{argument}' must be {wanted}, not {got}"))
}

/// The part of a subject between two positions as Python gives them.
pub(super) fn clamp(subject: &Subject, pos: i64, endpos: i64) -> Span {
    let len = subject.len() as i64;
    Span { start: pos.clamp(0, len) as usize, end: endpos.clamp(0, len) as usize, must_advance: false }
}

fn find(m: &mut Machine, v: Value, name: &str, mode: Mode, args: Args<'_>) -> R<Value> {
    let (string, pos, endpos) = range_arguments(m, name, args)?;
    let pattern = this(v);
    let subject = m.regex_subject_for(pattern, string)?;
    let span = clamp(&subject, pos, endpos);
    match m.run_regex(pattern, &subject, mode, span)? {
        Some(found) => matched::new(m, pattern, string, span, found),
        None => Ok(Value::NONE),
    }
}

/// The text of a group of the last match.
pub(super) fn group_text(m: &mut Machine, subject: &Subject, string: Value, group: usize) -> R<Option<Value>> {
    let (from, to) = (m.regex.marks[2 * group], m.regex.marks[2 * group + 1]);
    if from == super::engine::UNSET || to == super::engine::UNSET || to < from {
        return Ok(None);
    }
    subject.slice(m, string, from, to).map(Some)
}

fn find_all(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let (string, pos, endpos) = range_arguments(m, "findall", args)?;
    let pattern = this(v);
    let subject = m.regex_subject_for(pattern, string)?;
    let mut span = clamp(&subject, pos, endpos);
    let list = m.new_list(&[]);
    while let Some((start, end)) = m.run_regex(pattern, &subject, Mode::Search, span)? {
        let item = match pattern.groups {
            0 => subject.slice(m, string, start, end)?,
            1 => match group_text(m, &subject, string, 0)? {
                Some(text) => text,
                None => subject.slice(m, string, 0, 0)?,
            },
            groups => {
                let mut items = crate::object::buffer::ValueVec::with_capacity(m, groups);
                for i in 0..groups {
                    let text = match group_text(m, &subject, string, i)? {
                        Some(text) => text,
                        None => subject.slice(m, string, 0, 0)?,
                    };
                    items.push(m, text);
                }
                m.new_tuple(&items).value()
            }
        };
        list.push(m, item);
        span = Span { start: end, must_advance: start == end, ..span };
    }
    Ok(list.value())
}

fn split(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [string, limit] = args.bind(m, "split", ["string", "maxsplit"], spec)?;
    let limit = ssize(m, limit, 0)?;
    let pattern = this(v);
    let subject = m.regex_subject_for(pattern, string)?;
    let mut span = clamp(&subject, 0, i64::MAX);
    let list = m.new_list(&[]);
    let (mut last, mut n) = (0, 0);
    while limit == 0 || n < limit {
        let Some((start, end)) = m.run_regex(pattern, &subject, Mode::Search, span)? else { break };
        let before = subject.slice(m, string, last, start)?;
        list.push(m, before);
        for i in 0..pattern.groups {
            let text = group_text(m, &subject, string, i)?.unwrap_or(Value::NONE);
            list.push(m, text);
        }
        n += 1;
        last = end;
        span = Span { start: end, must_advance: start == end, ..span };
    }
    let rest = subject.slice(m, string, last, subject.len())?;
    list.push(m, rest);
    Ok(list.value())
}

fn group_index(m: &mut Machine, v: Value) -> R<Value> {
    let names = this(v).group_index;
    Ok(if names.is_null() { m.new_dict().value() } else { m.new_mapping_proxy(names) })
}

/// At most `chars` characters of a `repr`.
pub(super) fn short_repr(m: &mut Machine, v: Value, chars: usize) -> R<Vec<u8>> {
    let shown = m.repr(v)?;
    Ok(shown.text().slice(0, chars).bytes.to_vec())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    const NAMES: [(&str, i64); 8] = [
        ("re.IGNORECASE", 2),
        ("re.LOCALE", 4),
        ("re.MULTILINE", 8),
        ("re.DOTALL", 16),
        ("re.UNICODE", 32),
        ("re.VERBOSE", 64),
        ("re.DEBUG", 128),
        ("re.ASCII", 256),
    ];
    let p = this(v);
    let mut flags = p.flags;
    if p.is_bytes == Some(false) && flags & (4 | 32 | 256) == 32 {
        flags &= !32;
    }
    let mut shown: Vec<String> = NAMES.iter().filter(|(_, flag)| flags & flag != 0).map(|(name, _)| (*name).to_owned()).collect();
    let rest = NAMES.iter().fold(flags, |rest, (_, flag)| rest & !flag);
    if rest != 0 {
        shown.push(format!("{rest:#x}"));
    }
    let mut text = b"re.compile(".to_vec();
    text.extend(short_repr(m, p.source, 200)?);
    if !shown.is_empty() {
        text.extend(format!(", {}", shown.join("|")).bytes());
    }
    text.push(b')');
    Ok(m.new_str_wtf8(&text)?.value())
}

fn kind(p: &Pattern) -> i64 {
    p.is_bytes.map_or(-1, i64::from)
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let p = this(v);
    let code: Vec<u8> = p.code.iter().flat_map(|w| w.to_le_bytes()).collect();
    let code = m.new_bytes(&code)?.value();
    let hash = m.hash(p.source)? ^ m.hash(code)? ^ p.flags ^ kind(&p) ^ p.code.len() as i64;
    Ok(if hash == -1 { -2 } else { hash })
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let Some(right) = b.downcast::<Pattern>().filter(|_| matches!(op, Compare::Eq | Compare::Ne)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let left = this(a);
    let equal = a.is(b)
        || (left.flags == right.flags && kind(&left) == kind(&right) && left.code == right.code && m.equal(left.source, right.source)?);
    Ok(Value::from_bool(equal == (op == Compare::Eq)))
}
