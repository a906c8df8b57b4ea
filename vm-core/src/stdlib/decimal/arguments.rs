//! Arguments as `PyArg_ParseTuple` and `PyArg_ParseTupleAndKeywords` take them where no function's name is given, with their messages.

use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::int::IntRef;
use crate::object::value::Value;

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Arguments by position or name, the first `required` of which must be given. Absent ones are `NULL`.
#[inline]
pub(super) fn bind<const N: usize>(m: &mut Machine, args: Args<'_>, names: [&str; N], required: usize) -> R<[Value; N]> {
    let given = args.pos();
    if !args.has_keywords() && (required..=N).contains(&given.len()) {
        let mut out = [Value::NULL; N];
        out[..given.len()].copy_from_slice(given);
        return Ok(out);
    }
    bind_named(m, args, names, required)
}

#[inline(never)]
fn bind_named<const N: usize>(m: &mut Machine, args: Args<'_>, names: [&str; N], required: usize) -> R<[Value; N]> {
    let given = args.pos();
    let all = args.all().len();
    if all > N {
        let (keyword, s) = (if given.is_empty() { "keyword " } else { "" }, plural(N));
        return Err(m.type_error(&format!("function takes at most {N} {keyword}argument{s} ({all} given)")));
    }
    let mut out = [Value::NULL; N];
    out[..given.len()].copy_from_slice(given);
    let (mut twice, mut unknown) = (None, None);
    for (name, value) in args.keywords() {
        let text = name.as_static_str();
        match names.iter().position(|&n| n == text) {
            Some(i) if out[i].is_null() => out[i] = value,
            Some(i) => twice = twice.or(Some(i)),
            None => unknown = unknown.or(Some(text)),
        }
    }
    if let Some(i) = (0..required).find(|&i| out[i].is_null()) {
        return Err(m.type_error(&format!("function missing required argument '{}' (pos {})", names[i], i + 1)));
    }
    if let Some(i) = twice {
        let (name, at) = (names[i], i + 1);
        return Err(m.type_error(&format!("argument for function given by name ('{name}') and position ({at})")));
    }
    if let Some(text) = unknown {
        let hint = crate::object::suggest::closest(text, names.iter().copied());
        let hint = hint.map_or(String::new(), |s| format!(". Did you mean '{s}'?"));
        return Err(m.type_error(&format!("this function got an unexpected keyword argument '{text}'{hint}")));
    }
    Ok(out)
}

/// Between `required` and `N` positional arguments. Absent ones are `NULL`.
#[inline]
pub(super) fn positional<const N: usize>(m: &mut Machine, args: Args<'_>, required: usize) -> R<[Value; N]> {
    let given = args.pos();
    if !(required..=N).contains(&given.len()) {
        let n = given.len();
        let (bound, limit) = match (required == N, n < required) {
            (true, _) => ("exactly", N),
            (false, true) => ("at least", required),
            (false, false) => ("at most", N),
        };
        return Err(m.type_error(&format!("function takes {bound} {limit} argument{} ({n} given)", plural(limit))));
    }
    let mut out = [Value::NULL; N];
    out[..given.len()].copy_from_slice(given);
    Ok(out)
}

/// `PyLong_AsSsize_t`.
pub(super) fn word(m: &mut Machine, v: Value) -> R<i64> {
    match IntRef::of(v) {
        Some(IntRef::Word(n)) => Ok(n),
        Some(IntRef::Big(_)) => Err(m.overflow_error("Python int too large to convert to C ssize_t")),
        None => Err(m.type_error("an integer is required")),
    }
}
