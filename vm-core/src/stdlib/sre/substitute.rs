//! `Pattern.sub` and `subn`: the replacement is a literal, a template, or a function of the match.

use super::matched;
use super::pattern::{clamp, this};
use super::ssize;
use super::subject::{Mode, Span};
use super::template::{self, Template};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::buffer::ValueVec;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

enum Replacement {
    Literal(Value),
    Template(Gc<Template>),
    Function(Value),
}

/// `Pattern.sub`.
pub(super) fn sub(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    Ok(substitute(m, v, "sub", args)?.0)
}

/// `Pattern.subn`.
pub(super) fn subn(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let (text, n) = substitute(m, v, "subn", args)?;
    Ok(m.new_tuple(&[text, Value::small(n)]).value())
}

fn replacement(m: &mut Machine, v: Value, given: Value) -> R<Replacement> {
    if m.type_of(given).slot(|s| s.call).is_some() {
        return Ok(Replacement::Function(given));
    }
    let plain = match given.downcast::<Str>() {
        Some(s) => !s.bytes().contains(&b'\\'),
        None => m.bytes_like(given).is_some_and(|b| !b.contains(&b'\\')),
    };
    if plain {
        return Ok(Replacement::Literal(given));
    }
    let template = template::compile(m, this(v), given)?;
    Ok(if template.is_literal() { Replacement::Literal(template.literal) } else { Replacement::Template(template) })
}

fn substitute(m: &mut Machine, v: Value, name: &str, args: Args<'_>) -> R<(Value, i64)> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 3 };
    let [given, string, limit] = args.bind(m, name, ["repl", "string", "count"], spec)?;
    let limit = ssize(m, limit, 0)?;
    let replacement = replacement(m, v, given)?;
    let pattern = this(v);
    let mut subject = m.regex_subject_for(pattern, string)?;
    let (bytes, length) = (subject.is_bytes(), subject.len());
    let whole = clamp(&subject, 0, i64::MAX);
    let mut span = whole;
    let mut pieces = ValueVec::with_capacity(m, 8);
    let (mut last, mut n) = (0, 0);
    while limit == 0 || n < limit {
        let Some((start, end)) = m.run_regex(pattern, &subject, Mode::Search, span)? else { break };
        if last < start {
            let before = subject.slice(m, string, last, start)?;
            pieces.push(m, before);
        }
        let item = match replacement {
            Replacement::Literal(literal) => literal,
            Replacement::Template(template) => {
                let found = matched::new(m, pattern, string, whole, (start, end))?;
                let Some(found) = found.downcast() else { break };
                template::expand(m, template, found)?
            }
            Replacement::Function(function) => {
                let found = matched::new(m, pattern, string, whole, (start, end))?;
                let item = m.call(function, &[found])?;
                // Python code has run: a mutable subject may have changed.
                subject = m.regex_subject_for(pattern, string)?;
                item
            }
        };
        if !item.is_none() {
            pieces.push(m, item);
        }
        last = end;
        n += 1;
        span = Span { start: end, end: length.min(subject.len()), must_advance: start == end };
    }
    let end = length.min(subject.len());
    if last < end {
        let rest = subject.slice(m, string, last, end)?;
        pieces.push(m, rest);
    }
    let text = if pieces.is_empty() { subject.slice(m, string, 0, 0)? } else { template::join(m, &pieces, bytes)? };
    Ok((text, n))
}
