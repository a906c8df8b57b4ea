//! `_sre`: the engine below CPython's `re` package, which parses patterns and makes the code that is translated here.

mod chars;
mod engine;
mod matched;
mod pattern;
mod program;
mod scanner;
mod subject;
mod substitute;
mod template;
mod translate;

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;
use std::rc::Rc;

/// `_sre`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_sre",
    functions: &[
        MethodDef::new("compile", Convention::FastKeywords, pattern::compile),
        MethodDef::new("template", Convention::Fast, template::template),
        MethodDef::new("getcodesize", Convention::NoArgs, |_, _, _| Ok(Value::small(4))),
        MethodDef::new("ascii_iscased", Convention::O, |m, _, args| {
            let c = character(m, args)?;
            Ok(Value::from_bool(u8::try_from(c).is_ok_and(|b| b.is_ascii_alphabetic())))
        }),
        MethodDef::new("unicode_iscased", Convention::O, |m, _, args| {
            let c = character(m, args)?;
            Ok(Value::from_bool(chars::lower_unicode(c) != c || chars::upper_unicode(c) != c))
        }),
        MethodDef::new("ascii_tolower", Convention::O, |m, _, args| {
            let c = character(m, args)?;
            Ok(Value::small(i64::from(chars::lower_ascii(c).cast_signed())))
        }),
        MethodDef::new("unicode_tolower", Convention::O, |m, _, args| {
            let c = character(m, args)?;
            Ok(Value::small(i64::from(chars::lower_unicode(c).cast_signed())))
        }),
    ],
    init: Some(|m, dict| {
        let constants = [("MAGIC", 20_230_612), ("CODESIZE", 4), ("MAXREPEAT", 0xffff_ffff), ("MAXGROUPS", 0x3fff_ffff)];
        for (name, n) in constants {
            let key = m.intern(name);
            dict.insert_str(m, key, Value::small(n));
        }
        let copyright = m.str_value(" SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ");
        let key = m.intern("copyright");
        dict.insert_str(m, key, copyright);
        Ok(())
    }),
    doc: "",
};

/// A C `int` argument.
fn character(m: &mut Machine, args: Args<'_>) -> R<u32> {
    let n = m.index(args.pos()[0])?;
    match m.int_as_i64(n) {
        Some(n) => match i32::try_from(n) {
            Ok(n) => Ok(n.cast_unsigned()),
            Err(_) if n > 0 => Err(m.overflow_error("signed integer is greater than maximum")),
            Err(_) => Err(m.overflow_error("signed integer is less than minimum")),
        },
        None => Err(m.overflow_error("Python int too large to convert to C long")),
    }
}

/// A `Py_ssize_t` argument: `default` if it was not given.
fn ssize(m: &mut Machine, v: Value, default: i64) -> R<i64> {
    if v.is_null() {
        return Ok(default);
    }
    let n = m.index(v)?;
    match m.int_as_i64(n) {
        Some(n) => Ok(n),
        None => Err(m.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// The arguments `string, pos=0, endpos=sys.maxsize`.
fn range_arguments(m: &mut Machine, name: &str, args: Args<'_>) -> R<(Value, i64, i64)> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 3 };
    let [string, pos, endpos] = args.bind(m, name, ["string", "pos", "endpos"], spec)?;
    Ok((string, ssize(m, pos, 0)?, ssize(m, endpos, i64::MAX)?))
}

/// What the engine keeps from one match to the next: its stacks, the groups of the last match, and strings it has decoded.
#[derive(Default)]
pub(crate) struct Scratch {
    choices: Vec<engine::Choice>,
    trail: Vec<engine::Undo>,
    repeats: Vec<engine::Repetition>,
    /// Start and end of each group.
    marks: Vec<usize>,
    /// The group that ended last, or -1.
    last_group: i64,
    steps: u32,
    /// Code points of strings that are not ASCII, the one used last in front.
    strings: Vec<(Value, Rc<[u32]>)>,
}

impl Scratch {
    /// Forgets decoded strings, before other strings can come to lie where they lie.
    pub(crate) fn forget_strings(&mut self) {
        self.strings.clear();
    }
}
