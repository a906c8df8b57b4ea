//! `re.Match`: the result of a match. Positions of groups follow the struct.

use super::engine::UNSET;
use super::pattern::{Pattern, short_repr};
use super::subject::Span;
use super::template;
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use std::cell::Cell;

/// A match.
#[repr(C)]
pub(super) struct Match {
    header: Header,
    string: Value,
    /// The tuple of all positions, once asked for.
    regs: Cell<Value>,
    pub(super) pattern: Gc<Pattern>,
    pos: usize,
    endpos: usize,
    last_group: i64,
    /// Number of groups, the whole match being one.
    pub(super) groups: usize,
}

// SAFETY: repr(C), header first; traces its references. The positions after the struct are not references.
unsafe impl Payload for Match {
    const LAYOUT: &'static Layout = &layout_of::<Match>(LayoutId::RegexMatch);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.string);
        m.mark(self.regs.get());
        m.mark_gc(self.pattern);
    }
}

/// `re.Match`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { repr: Some(repr), getitem: Some(|m, v, key| item(m, v, key, Value::NONE)), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("group", Convention::VarArgs, group),
        MethodDef::new("start", Convention::Fast, |m, v, args| position(m, v, "start", args, 0)),
        MethodDef::new("end", Convention::Fast, |m, v, args| position(m, v, "end", args, 1)),
        MethodDef::new("span", Convention::Fast, span),
        MethodDef::new("groups", Convention::FastKeywords, groups),
        MethodDef::new("groupdict", Convention::FastKeywords, group_dict),
        MethodDef::new("expand", Convention::FastKeywords, expand),
        MethodDef::new("__copy__", Convention::NoArgs, |_, v, _| Ok(v)),
        MethodDef::new("__deepcopy__", Convention::O, |_, v, _| Ok(v)),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::generic_alias::class_getitem),
    ],
    getset: &[
        GetSetDef { name: "lastindex", get: last_index, set: None },
        GetSetDef { name: "lastgroup", get: last_name, set: None },
        GetSetDef { name: "regs", get: regs, set: None },
        GetSetDef { name: "string", get: |_, v| Ok(this(v).string), set: None },
        GetSetDef { name: "re", get: |_, v| Ok(this(v).pattern.value()), set: None },
        GetSetDef { name: "pos", get: |_, v| Ok(Value::small(this(v).pos as i64)), set: None },
        GetSetDef { name: "endpos", get: |_, v| Ok(Value::small(this(v).endpos as i64)), set: None },
    ],
    doc: "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    ..TypeSpec::new("re.Match", Match::LAYOUT)
};

fn this(v: Value) -> Gc<Match> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

impl Gc<Match> {
    /// Start and end of every group, one after another; -1 where it took no part.
    fn positions<'a>(self) -> &'a [i64] {
        // SAFETY: two numbers for each group follow the struct, and live as long as the object, which callers keep.
        unsafe { std::slice::from_raw_parts(self.as_ptr().add(1).cast::<i64>(), 2 * self.groups) }
    }
}

/// The object of the match just made.
pub(super) fn new(m: &mut Machine, pattern: Gc<Pattern>, string: Value, span: Span, (start, end): (usize, usize)) -> R<Value> {
    let groups = pattern.groups + 1;
    let object = Match {
        header: Header::new(pattern.match_type),
        string,
        regs: Cell::new(Value::NULL),
        pattern,
        pos: span.start,
        endpos: span.end,
        last_group: m.regex.last_group,
        groups,
    };
    let object = m.heap.new_object(object, 2 * groups * size_of::<i64>());
    // SAFETY: there is room for two numbers for each group after the struct, which nothing else refers to yet.
    let out = unsafe { std::slice::from_raw_parts_mut(object.as_ptr().add(1).cast::<i64>(), 2 * groups) };
    (out[0], out[1]) = (start as i64, end as i64);
    for (to, from) in out[2..].chunks_exact_mut(2).zip(m.regex.marks.chunks_exact(2)) {
        let set = from[0] != UNSET && from[1] != UNSET;
        if set && from[0] > from[1] {
            return Err(m.system_error("The span of capturing group is wrong, please report a bug for the re module."));
        }
        (to[0], to[1]) = if set { (from[0] as i64, from[1] as i64) } else { (-1, -1) };
    }
    Ok(object.value())
}

/// The text of a group, or `default`.
pub(super) fn text(m: &mut Machine, matched: Gc<Match>, group: usize, default: Value) -> R<Value> {
    let from = matched.positions()[2 * group];
    if from < 0 {
        return Ok(default);
    }
    let subject = m.regex_subject(matched.string)?;
    let len = subject.len();
    let (from, to) = ((from as usize).min(len), (matched.positions()[2 * group + 1] as usize).min(len));
    subject.slice(m, matched.string, from, to)
}

/// The number of a group named by an argument; `NULL` means the whole match.
fn number(m: &mut Machine, matched: Gc<Match>, group: Value) -> R<usize> {
    if group.is_null() {
        return Ok(0);
    }
    let n = if m.is_index(group) {
        let n = m.index(group)?;
        m.int_as_i64(n).unwrap_or(-1)
    } else {
        match matched.pattern.group_index.downcast::<Dict>() {
            Some(names) => names.get(m, group)?.and_then(|n| m.int_as_i64(n)).unwrap_or(-1),
            None => -1,
        }
    };
    match usize::try_from(n) {
        Ok(n) if n < matched.groups => Ok(n),
        _ => Err(no_group(m)),
    }
}

/// `IndexError("no such group")`.
pub(super) fn no_group(m: &mut Machine) -> Raised {
    m.index_error("no such group")
}

fn item(m: &mut Machine, v: Value, key: Value, default: Value) -> R<Value> {
    let n = number(m, this(v), key)?;
    text(m, this(v), n, default)
}

fn group(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    match *args.pos() {
        [] => text(m, this(v), 0, Value::NONE),
        [one] => item(m, v, one, Value::NONE),
        ref several => {
            let mut out = ValueVec::with_capacity(m, several.len());
            for &key in several {
                let text = item(m, v, key, Value::NONE)?;
                out.push(m, text);
            }
            Ok(m.new_tuple(&out).value())
        }
    }
}

fn position(m: &mut Machine, v: Value, name: &str, args: Args<'_>, end: usize) -> R<Value> {
    let args = args.between(m, name, 0, 1)?;
    let n = number(m, this(v), args.first().copied().unwrap_or(Value::NULL))?;
    Ok(Value::small(this(v).positions()[2 * n + end]))
}

fn pair(m: &mut Machine, v: Value, n: usize) -> Value {
    let positions = this(v).positions();
    let items = [Value::small(positions[2 * n]), Value::small(positions[2 * n + 1])];
    m.new_tuple(&items).value()
}

fn span(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "span", 0, 1)?;
    let n = number(m, this(v), args.first().copied().unwrap_or(Value::NULL))?;
    Ok(pair(m, v, n))
}

fn default_argument(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [default] = args.bind(m, name, ["default"], spec)?;
    Ok(default.non_null().unwrap_or(Value::NONE))
}

fn groups(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let default = default_argument(m, "groups", args)?;
    let mut out = ValueVec::with_capacity(m, this(v).groups);
    for i in 1..this(v).groups {
        let text = text(m, this(v), i, default)?;
        out.push(m, text);
    }
    Ok(m.new_tuple(&out).value())
}

fn group_dict(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let default = default_argument(m, "groupdict", args)?;
    let out = m.new_dict();
    let Some(names) = this(v).pattern.group_index.downcast::<Dict>() else { return Ok(out.value()) };
    let mut at = 0;
    while let Some((i, entry)) = names.next_entry(at) {
        at = i + 1;
        let text = item(m, v, entry.key, default)?;
        out.insert(m, entry.key, text)?;
    }
    Ok(out.value())
}

fn expand(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [source] = args.bind(m, "expand", ["template"], spec)?;
    let compiled = template::compile(m, this(v).pattern, source)?;
    template::expand(m, compiled, this(v))
}

fn last_index(_: &mut Machine, v: Value) -> R<Value> {
    let last = this(v).last_group;
    Ok(if last >= 0 { Value::small(last) } else { Value::NONE })
}

fn last_name(_: &mut Machine, v: Value) -> R<Value> {
    let names = this(v).pattern.index_group.downcast::<Tuple>();
    let last = usize::try_from(this(v).last_group).ok();
    Ok(names.zip(last).and_then(|(names, last)| names.slice().get(last).copied()).unwrap_or(Value::NONE))
}

fn regs(m: &mut Machine, v: Value) -> R<Value> {
    if let Some(known) = this(v).regs.get().non_null() {
        return Ok(known);
    }
    let mut out = ValueVec::with_capacity(m, this(v).groups);
    for i in 0..this(v).groups {
        let pair = pair(m, v, i);
        out.push(m, pair);
    }
    let all = m.new_tuple(&out).value();
    this(v).regs.set(all);
    Ok(all)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let whole = text(m, this(v), 0, Value::NONE)?;
    let shown = short_repr(m, whole, 50)?;
    let positions = this(v).positions();
    let mut out = format!("<re.Match object; span=({}, {}), match=", positions[0], positions[1]).into_bytes();
    out.extend(shown);
    out.push(b'>');
    Ok(m.new_str_wtf8(&out)?.value())
}
