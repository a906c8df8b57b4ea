//! Dialects: how CSV is written.

use super::registered;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, Keywords, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

/// Styles of quoting that the code asks for.
pub(super) mod quoting {
    pub(in super::super) const MINIMAL: i32 = 0;
    pub(in super::super) const ALL: i32 = 1;
    pub(in super::super) const NONNUMERIC: i32 = 2;
    pub(in super::super) const NONE: i32 = 3;
    pub(in super::super) const STRINGS: i32 = 4;
    pub(in super::super) const NOTNULL: i32 = 5;
}

/// A dialect.
#[repr(C)]
pub(super) struct Dialect {
    header: Header,
    pub(super) double_quote: bool,
    pub(super) skip_initial_space: bool,
    pub(super) strict: bool,
    pub(super) quoting: i32,
    pub(super) delimiter: u32,
    pub(super) quote: Option<u32>,
    pub(super) escape: Option<u32>,
    pub(super) line_terminator: Gc<Str>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Dialect {
    const LAYOUT: &'static Layout = &layout_of::<Dialect>(LayoutId::CsvDialect);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.line_terminator);
    }
}

/// `_csv.Dialect`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::VarArgs, reduce), MethodDef::new("__reduce_ex__", Convention::VarArgs, reduce)],
    getset: &[
        GetSetDef { name: "skipinitialspace", get: |_, v| Ok(Value::from_bool(this(v).skip_initial_space)), set: None },
        GetSetDef { name: "doublequote", get: |_, v| Ok(Value::from_bool(this(v).double_quote)), set: None },
        GetSetDef { name: "strict", get: |_, v| Ok(Value::from_bool(this(v).strict)), set: None },
        GetSetDef { name: "delimiter", get: |m, v| Ok(m.char_str(this(v).delimiter).value()), set: None },
        GetSetDef { name: "escapechar", get: |m, v| Ok(this(v).escape.map_or(Value::NONE, |c| m.char_str(c).value())), set: None },
        GetSetDef { name: "lineterminator", get: |_, v| Ok(this(v).line_terminator.value()), set: None },
        GetSetDef { name: "quotechar", get: |m, v| Ok(this(v).quote.map_or(Value::NONE, |c| m.char_str(c).value())), set: None },
        GetSetDef { name: "quoting", get: |_, v| Ok(Value::small(i64::from(this(v).quoting))), set: None },
    ],
    doc: "CSV dialect\n\nThe Dialect type records CSV parsing and generation options.\n",
    ..TypeSpec::new("_csv.Dialect", Dialect::LAYOUT)
};

fn this(v: Value) -> Gc<Dialect> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let name = m.type_of(v).name_str().rsplit('.').next().unwrap_or_default().to_owned();
    Err(m.type_error(&format!("cannot pickle '{name}' instances")))
}

/// The dialect of a positional argument and the keywords of a call.
pub(super) fn of_arguments(m: &mut Machine, dialect: Option<Value>, args: Args<'_>) -> R<Gc<Dialect>> {
    let mut all = ValueVec::with_capacity(m, 10);
    if let Some(dialect) = dialect {
        all.push(m, dialect);
    }
    for (_, v) in args.keywords() {
        all.push(m, v);
    }
    let ty = m.native_type(&SPEC);
    let made = match args.kwnames() {
        Some(names) => new(m, ty, Args::with_keywords(&all, &Keywords::new(&all, names)))?,
        None => new(m, ty, Args::positional(&all))?,
    };
    Ok(this(made))
}

/// A one-character option, or `None` where that is allowed.
fn character(m: &mut Machine, name: &str, v: Value, default: u32, optional: bool) -> R<Option<u32>> {
    if v.is_null() {
        return Ok(Some(default));
    }
    if v.is_none() && optional {
        return Ok(None);
    }
    let Some(s) = v.downcast::<Str>() else {
        let (wanted, got) = (if optional { "string or None" } else { "string" }, m.type_name(v));
        return Err(m.type_error(&format!("\"{name}\" must be {wanted}, not {got}")));
    };
    match s.text().get(0).filter(|_| s.char_len() == 1) {
        Some(c) => Ok(Some(c)),
        None => Err(m.type_error(&format!("\"{name}\" must be a 1-character string"))),
    }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    const NAMES: [&str; 9] =
        ["dialect", "delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict"];
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 9 };
    if let Some((name, _)) = args.keywords().find(|(name, _)| !NAMES.contains(&name.as_static_str())) {
        return Err(m.type_error(&format!("this function got an unexpected keyword argument '{}'", name.as_static_str())));
    }
    let mut given = args.bind(m, "Dialect", NAMES, spec)?;
    let mut dialect = given[0];
    if !dialect.is_null() {
        if dialect.downcast::<Str>().is_some() {
            dialect = registered(m, dialect)?;
        }
        if dialect.downcast::<Dialect>().is_some() && given[1..].iter().all(|v| v.is_null()) {
            return Ok(dialect);
        }
        for (v, name) in given.iter_mut().zip(NAMES).skip(1) {
            if v.is_null() {
                let name = m.intern(name);
                match m.get_attr(dialect, name) {
                    Ok(found) => *v = found,
                    Err(_) => {
                        m.take_raised();
                    }
                }
            }
        }
    }
    let [_, delimiter, double_quote, escape, terminator, quote, style, skip, strict] = given;
    let delimiter = character(m, "delimiter", delimiter, 44, false)?.unwrap_or(44);
    let double_quote = m.flag_argument(double_quote, true)?;
    let escape = if escape.is_null() { None } else { character(m, "escapechar", escape, 0, true)? };
    let line_terminator = if terminator.is_null() {
        m.intern("\r\n")
    } else if let Some(s) = terminator.downcast::<Str>() {
        s
    } else if terminator.is_none() {
        return Err(m.type_error("lineterminator must be set"));
    } else {
        return Err(m.type_error("\"lineterminator\" must be a string"));
    };
    let quote_given = quote;
    let quote = character(m, "quotechar", quote, 34, true)?;
    let mut quoting = if style.is_null() {
        quoting::MINIMAL
    } else if m.type_of(style) == m.types.int {
        m.c_int_argument(style, 0)?
    } else {
        return Err(m.type_error("\"quoting\" must be an integer"));
    };
    let skip_initial_space = m.flag_argument(skip, false)?;
    let strict = m.flag_argument(strict, false)?;
    if !(0..=quoting::NOTNULL).contains(&quoting) {
        return Err(m.type_error("bad \"quoting\" value"));
    }
    if quote_given.is_none() && style.is_null() {
        quoting = quoting::NONE;
    }
    if quoting != quoting::NONE && quote.is_none() {
        return Err(m.type_error("quotechar must be set if quoting enabled"));
    }
    for (name, c, space) in
        [("delimiter", Some(delimiter), true), ("escapechar", escape, !skip_initial_space), ("quotechar", quote, !skip_initial_space)]
    {
        let Some(c) = c else { continue };
        if c == 13 || c == 10 || (c == 32 && !space) {
            return Err(m.value_error(&format!("bad {name} value")));
        }
        if line_terminator.text().code_points().any(|t| t == c) {
            return Err(m.value_error(&format!("bad {name} or lineterminator value")));
        }
    }
    for (a, b, x, y) in [
        ("delimiter", "escapechar", Some(delimiter), escape),
        ("delimiter", "quotechar", Some(delimiter), quote),
        ("escapechar", "quotechar", escape, quote),
    ] {
        if x == y && x.is_some() {
            return Err(m.value_error(&format!("bad {a} or {b} value")));
        }
    }
    let header = Header::new(ty);
    let made = Dialect { header, double_quote, skip_initial_space, strict, quoting, delimiter, quote, escape, line_terminator };
    Ok(m.new_object(made).value())
}
