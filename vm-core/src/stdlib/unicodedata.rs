//! `unicodedata`: names from a crate, everything else from tables of CPython's own. `ucd_3_2_0` shows the current data.

use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, GetSetDef, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::text::unicode::decimal_value;
use crate::text::unicode_data_of::{self as ucd, Form};
use crate::text::wtf8::StrBuf;

macro_rules! functions {
    ($name:ident) => {
        static $name: &[MethodDef] = &[
            MethodDef::new("category", Convention::O, |m, _, args| {
                let c = character(m, "category", None, args.pos()[0])?;
                Ok(m.intern(ucd::properties(c).category).value())
            }),
            MethodDef::new("bidirectional", Convention::O, |m, _, args| {
                let c = character(m, "bidirectional", None, args.pos()[0])?;
                Ok(m.intern(ucd::properties(c).direction).value())
            }),
            MethodDef::new("combining", Convention::O, |m, _, args| {
                let c = character(m, "combining", None, args.pos()[0])?;
                Ok(Value::small(i64::from(ucd::properties(c).combining)))
            }),
            MethodDef::new("mirrored", Convention::O, |m, _, args| {
                let c = character(m, "mirrored", None, args.pos()[0])?;
                Ok(Value::small(i64::from(ucd::properties(c).mirrored)))
            }),
            MethodDef::new("east_asian_width", Convention::O, |m, _, args| {
                let c = character(m, "east_asian_width", None, args.pos()[0])?;
                Ok(m.intern(ucd::properties(c).width).value())
            }),
            MethodDef::new("decomposition", Convention::O, decomposition),
            MethodDef::new("decimal", Convention::Fast, |m, _, args| {
                let (c, default) = with_default(m, "decimal", args)?;
                let found = decimal_value(c).map(|d| Value::small(i64::from(d)));
                or_default(m, found, default, "not a decimal")
            }),
            MethodDef::new("digit", Convention::Fast, |m, _, args| {
                let (c, default) = with_default(m, "digit", args)?;
                let found = ucd::digit(c).map(|d| Value::small(i64::from(d)));
                or_default(m, found, default, "not a digit")
            }),
            MethodDef::new("numeric", Convention::Fast, |m, _, args| {
                let (c, default) = with_default(m, "numeric", args)?;
                let found = ucd::numeric(c).map(|f| m.new_float(f));
                or_default(m, found, default, "not a numeric character")
            }),
            MethodDef::new("name", Convention::Fast, |m, _, args| {
                let (c, default) = with_default(m, "name", args)?;
                let found = name_of(c).map(|name| m.str_value(&name));
                or_default(m, found, default, "no such name")
            }),
            MethodDef::new("lookup", Convention::O, lookup),
            MethodDef::new("normalize", Convention::Fast, |m, _, args| {
                let (form, s) = form_and_text(m, "normalize", args)?;
                if s.is_ascii() {
                    return Ok(s.value());
                }
                let mut out = StrBuf::with_capacity(s.bytes().len());
                ucd::normalize(s.text().code_points(), form).into_iter().for_each(|c| out.push(c));
                Ok(m.str_from_text(&out)?.value())
            }),
            MethodDef::new("is_normalized", Convention::Fast, |m, _, args| {
                let (form, s) = form_and_text(m, "is_normalized", args)?;
                let normal = s.is_ascii() || ucd::normalize(s.text().code_points(), form).into_iter().eq(s.text().code_points());
                Ok(Value::from_bool(normal))
            }),
        ];
    };
}

functions!(FUNCTIONS);

/// A database as an object, as `ucd_3_2_0` is.
#[repr(C)]
struct Database {
    header: Header,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for Database {
    const LAYOUT: &'static Layout = &layout_of::<Database>(LayoutId::Ucd);
    fn trace(&self, _: &mut Marker<'_>) {}
}

functions!(METHODS);

static DATABASE: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    methods: METHODS,
    getset: &[GetSetDef { name: "unidata_version", get: |m, _| Ok(m.str_value("3.2.0")), set: None }],
    ..TypeSpec::new("unicodedata.UCD", Database::LAYOUT)
};

/// `unicodedata`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "unicodedata",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        let ty = m.native_type(&DATABASE);
        let old = m.new_object(Database { header: Header::new(ty) }).value();
        let version = m.str_value(ucd::VERSION);
        for (name, v) in [("UCD", ty.value()), ("ucd_3_2_0", old), ("unidata_version", version)] {
            m.add_constant(dict, name, v);
        }
        Ok(())
    }),
    doc: "This module provides access to the Unicode Character Database which\ndefines character properties for all Unicode characters.",
};

/// An argument that is one character; `position` is its number if there are several.
fn character(m: &mut Machine, name: &str, position: Option<usize>, v: Value) -> R<u32> {
    let argument = position.map_or_else(|| "argument".to_owned(), |i| format!("argument {i}"));
    let Some(s) = v.downcast::<Str>() else {
        let got = m.type_name(v);
        return Err(m.type_error(&format!("{name}() {argument} must be a unicode character, not {got}")));
    };
    match s.text().get(0).filter(|_| s.char_len() == 1) {
        Some(c) => Ok(c),
        None => {
            let got = m.type_name(v);
            Err(m.type_error(&format!("{name}() {argument} must be a unicode character, not {got}")))
        }
    }
}

fn with_default(m: &mut Machine, name: &str, args: Args<'_>) -> R<(u32, Option<Value>)> {
    let args = args.between(m, name, 1, 2)?;
    Ok((character(m, name, Some(1), args[0])?, args.get(1).copied()))
}

fn or_default(m: &mut Machine, found: Option<Value>, default: Option<Value>, message: &str) -> R<Value> {
    found.or(default).ok_or_else(|| m.value_error(message))
}

fn decomposition(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let c = character(m, "decomposition", None, args.pos()[0])?;
    let Some((tag, codes)) = ucd::decomposition(c) else { return Ok(m.names.empty.value()) };
    let mut parts: Vec<String> = codes.iter().map(|c| format!("{c:04X}")).collect();
    if !tag.is_empty() {
        parts.insert(0, tag.to_owned());
    }
    Ok(m.str_value(&parts.join(" ")))
}

/// Whether the character is known to the version of the tables; the crate of names knows later ones.
fn is_assigned(c: u32) -> bool {
    ucd::properties(c).category != "Cn"
}

fn name_of(c: u32) -> Option<String> {
    let name = unicode_names2::name(char::from_u32(c)?)?;
    is_assigned(c).then(|| name.to_string())
}

fn lookup(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    let name = match v.downcast::<Str>() {
        Some(s) => s.to_string_lossy().into_owned(),
        None => match m.bytes_like(v) {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => {
                m.bytes_like_argument(v)?;
                String::new()
            }
        },
    };
    let found = if name.len() > 256 { None } else { unicode_names2::character(&name) };
    match found.map(u32::from).filter(|&c| is_assigned(c)) {
        Some(c) => Ok(m.char_str(c).value()),
        None => {
            let class = m.exceptions.key_error;
            Err::<Value, Raised>(m.raise_message(class, &format!("undefined character name '{name}'")))
        }
    }
}

fn form_and_text(m: &mut Machine, name: &str, args: Args<'_>) -> R<(Form, Gc<Str>)> {
    let args = args.between(m, name, 2, 2)?;
    let mut texts = [m.names.empty; 2];
    for (i, (to, v)) in texts.iter_mut().zip(args).enumerate() {
        match v.downcast::<Str>() {
            Some(s) => *to = s,
            None => {
                let got = m.type_name(*v);
                return Err(m.type_error(&format!("{name}() argument {} must be str, not {got}", i + 1)));
            }
        }
    }
    let (compatible, composed) = match texts[0].bytes() {
        b"NFC" => (false, true),
        b"NFD" => (false, false),
        b"NFKC" => (true, true),
        b"NFKD" => (true, false),
        _ => return Err(m.value_error("invalid normalization form")),
    };
    Ok((Form { compatible, composed }, texts[1]))
}
