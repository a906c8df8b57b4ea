//! `_json`: what makes the `json` package fast. Reading needs no native recursion, writing has as much as the value is deep.

mod encoder;
mod escape;
mod scanner;
mod strings;

use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::string::Str;
use crate::object::value::Value;

/// The functions; the encoder knows the first two by their places.
static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("encode_basestring_ascii", Convention::O, |m, _, args| encode(m, args, true)),
    MethodDef::new("encode_basestring", Convention::O, |m, _, args| encode(m, args, false)),
    MethodDef::new("scanstring", Convention::Fast, strings::scan_string),
];

/// `_json`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_json",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        let (scanner, encoder) = (m.native_type(&scanner::SPEC).value(), m.native_type(&encoder::SPEC).value());
        m.add_constant(dict, "make_scanner", scanner);
        m.add_constant(dict, "make_encoder", encoder);
        Ok(())
    }),
    doc: "json speedups\n",
};

fn encode(m: &mut Machine, args: Args<'_>, ascii: bool) -> R<Value> {
    let v = args.pos()[0];
    let Some(s) = v.downcast::<Str>() else {
        let name = m.type_name(v);
        return Err(m.type_error(&format!("first argument must be a string, not {name}")));
    };
    let mut out = crate::text::wtf8::StrBuf::with_capacity(s.bytes().len() + 2);
    escape::write(&mut out, s.text(), ascii);
    Ok(m.str_from_text(&out)?.value())
}

/// Raises `json.JSONDecodeError(message, document, position)`.
#[cold]
fn decode_error(m: &mut Machine, message: &str, document: Value, position: i64) -> Raised {
    let raise = |m: &mut Machine| -> R<Value> {
        let module = m.import_name("json.decoder")?;
        let name = m.intern("JSONDecodeError");
        let class = m.get_attr(module, name)?;
        let (message, position) = (m.str_value(message), Value::small(position));
        m.call(class, &[message, document, position])
    };
    match raise(m) {
        Ok(exception) => m.raise(exception),
        Err(raised) => raised,
    }
}
