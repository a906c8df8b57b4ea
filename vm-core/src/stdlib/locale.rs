//! `_locale`: the C locale, the only one the harness has; UTF-8 is the encoding of everything.

use super::arguments::ExceptionSpec;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::string::Str;
use crate::object::value::Value;

const CATEGORIES: &[(&str, i64)] = &[
    ("LC_CTYPE", 0),
    ("LC_NUMERIC", 1),
    ("LC_TIME", 2),
    ("LC_COLLATE", 3),
    ("LC_MONETARY", 4),
    ("LC_MESSAGES", 5),
    ("LC_ALL", 6),
    ("CHAR_MAX", 127),
    ("CODESET", 14),
    ("RADIXCHAR", 0x10000),
    ("THOUSEP", 0x10001),
    ("YESEXPR", 0x50000),
    ("NOEXPR", 0x50001),
    ("D_T_FMT", 0x20028),
    ("D_FMT", 0x20029),
    ("T_FMT", 0x2002a),
    ("T_FMT_AMPM", 0x2002b),
    ("CRNCYSTR", 0x4000f),
];

static ERROR: ExceptionSpec = ExceptionSpec { name: "locale.Error", base: |e| e.exception };

/// `_locale`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_locale",
    functions: &[
        MethodDef::new("setlocale", Convention::Fast, set_locale),
        MethodDef::new("localeconv", Convention::NoArgs, conventions),
        MethodDef::new("strcoll", Convention::Fast, |m, _, args| {
            let args = args.between(m, "strcoll", 2, 2)?;
            let (a, b) = (text(m, "strcoll", 1, args[0])?, text(m, "strcoll", 2, args[1])?);
            Ok(Value::small(a.text().compare(b.text()) as i64))
        }),
        MethodDef::new("strxfrm", Convention::O, |m, _, args| {
            let s = text(m, "strxfrm", 1, args.pos()[0])?;
            Ok(s.value())
        }),
        MethodDef::new("getencoding", Convention::NoArgs, |m, _, _| Ok(m.str_value("utf-8"))),
        MethodDef::new("nl_langinfo", Convention::O, |m, _, args| {
            let key = m.index_argument(args.pos()[0])?;
            let found = match key {
                14 => "UTF-8",
                0x10000 => ".",
                0x10001 => "",
                0x20028 => "%a %b %e %H:%M:%S %Y",
                0x20029 => "%m/%d/%y",
                0x2002a => "%H:%M:%S",
                0x2002b => "%I:%M:%S %p",
                0x50000 => "^[yY]",
                0x50001 => "^[nN]",
                0x4000f => "-",
                _ => return Err(m.value_error("unsupported langinfo constant")),
            };
            Ok(m.str_value(found))
        }),
    ],
    init: Some(|m, dict| {
        for &(name, n) in CATEGORIES {
            m.add_constant(dict, name, Value::small(n));
        }
        let error = m.module_exception(&ERROR).value();
        m.add_constant(dict, "Error", error);
        Ok(())
    }),
    doc: "Support for POSIX locales.",
};

fn text(m: &mut Machine, name: &str, i: usize, v: Value) -> R<crate::object::header::Gc<Str>> {
    v.downcast::<Str>().ok_or_else(|| {
        let got = m.type_name(v);
        let which = if name == "strxfrm" { "argument".to_owned() } else { format!("argument {i}") };
        m.type_error(&format!("{name}() {which} must be str, not {got}"))
    })
}

fn set_locale(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "setlocale", 1, 2)?;
    let category = m.index_argument(args[0])?;
    let wanted = match args.get(1) {
        Some(v) if !v.is_none() => Some(text(m, "setlocale", 2, *v)?.to_string_lossy().into_owned()),
        _ => None,
    };
    if !(0..=6).contains(&category) {
        return Err(m.module_error(&ERROR, "unsupported locale setting"));
    }
    match wanted.as_deref() {
        None if category == 0 => Ok(m.str_value("C.UTF-8")),
        None | Some("C" | "POSIX") => Ok(m.str_value("C")),
        Some("" | "C.UTF-8") => Ok(m.str_value("C.UTF-8")),
        Some(_) => Err(m.module_error(&ERROR, "unsupported locale setting")),
    }
}

fn conventions(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let dict = m.new_dict();
    let texts = [
        ("decimal_point", "."),
        ("thousands_sep", ""),
        ("int_curr_symbol", ""),
        ("currency_symbol", ""),
        ("mon_decimal_point", ""),
        ("mon_thousands_sep", ""),
        ("positive_sign", ""),
        ("negative_sign", ""),
    ];
    for (name, text) in texts {
        let text = m.intern(text).value();
        m.add_constant(dict, name, text);
    }
    for name in [
        "int_frac_digits",
        "frac_digits",
        "p_cs_precedes",
        "p_sep_by_space",
        "n_cs_precedes",
        "n_sep_by_space",
        "p_sign_posn",
        "n_sign_posn",
    ] {
        m.add_constant(dict, name, Value::small(127));
    }
    for name in ["grouping", "mon_grouping"] {
        let empty = m.new_list(&[]).value();
        m.add_constant(dict, name, empty);
    }
    Ok(dict.value())
}
