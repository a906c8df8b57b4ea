//! `pyexpat`: a streaming XML parser with expat's interface, events, errors and positions. The parser (`core`, `dtd`, `names` over
//! `lex`) queues events and calls nothing; `object` hands them to the program's handlers. External parameter entities are not read.

mod core;
mod dispatch;
mod dtd;
mod events;
mod input;
mod lex;
mod names;
mod object;

use super::arguments::ExceptionSpec;
use crate::machine::{Machine, R};
use crate::native::{Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::value::Value;
use events::{Code, ERRORS};

static ERROR: ExceptionSpec = ExceptionSpec { name: "xml.parsers.expat.ExpatError", base: |e| e.exception };

/// `pyexpat`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "pyexpat",
    functions: &[
        MethodDef::new("ParserCreate", Convention::FastKeywords, object::create),
        MethodDef::new("ErrorString", Convention::O, |m, _, args| {
            let n = m.index_argument(args.pos()[0])?;
            match u8::try_from(n).ok().filter(|&n| n > 0 && usize::from(n) <= ERRORS.len()) {
                Some(n) => Ok(m.str_value(Code(n).text())),
                None => Ok(Value::NONE),
            }
        }),
    ],
    init: Some(init),
    doc: "Python wrapper for Expat parser.",
};

fn init(m: &mut Machine, dict: Gc<Dict>) -> R<()> {
    let (error, class) = (m.module_exception(&ERROR).value(), m.native_type(&object::SPEC).value());
    let (version, one, two, six) = (m.str_value("expat_2.6.3"), Value::small(2), Value::small(6), Value::small(3));
    let info = m.new_tuple(&[one, two, six]).value();
    let encoding = m.str_value("UTF-8");
    let features: Vec<Value> =
        [("sizeof(XML_Char)", 1), ("sizeof(XML_LChar)", 1), ("XML_DTD", 0), ("XML_CONTEXT_BYTES", 1024), ("XML_NS", 0), ("XML_GE", 0)]
            .iter()
            .map(|&(name, n)| {
                let name = m.str_value(name);
                m.new_tuple(&[name, Value::small(n)]).value()
            })
            .collect();
    let features = m.new_list(&features).value();
    for (name, v) in [
        ("ExpatError", error),
        ("error", error),
        ("XMLParserType", class),
        ("EXPAT_VERSION", version),
        ("version_info", info),
        ("native_encoding", encoding),
        ("features", features),
        ("XML_PARAM_ENTITY_PARSING_NEVER", Value::small(0)),
        ("XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE", Value::small(1)),
        ("XML_PARAM_ENTITY_PARSING_ALWAYS", Value::small(2)),
    ] {
        m.add_constant(dict, name, v);
    }
    let errors = submodule(m, dict, "errors", "Constants used to describe error conditions.")?;
    let (codes, messages) = (m.new_dict(), m.new_dict());
    for (i, &(name, text)) in ERRORS.iter().enumerate() {
        let (text, code) = (m.str_value(text), Value::small(i as i64 + 1));
        m.add_constant(errors, name, text);
        codes.insert(m, text, code)?;
        messages.insert(m, code, text)?;
    }
    m.add_constant(errors, "codes", codes.value());
    m.add_constant(errors, "messages", messages.value());
    let model = submodule(m, dict, "model", "Constants used to interpret content model information.")?;
    for (i, name) in ["EMPTY", "ANY", "MIXED", "NAME", "CHOICE", "SEQ"].iter().enumerate() {
        m.add_constant(model, &format!("XML_CTYPE_{name}"), Value::small(i as i64 + 1));
    }
    for (i, name) in ["NONE", "OPT", "REP", "PLUS"].iter().enumerate() {
        m.add_constant(model, &format!("XML_CQUANT_{name}"), Value::small(i as i64));
    }
    Ok(())
}

fn submodule(m: &mut Machine, dict: Gc<Dict>, name: &str, doc: &str) -> R<Gc<Dict>> {
    let full = m.intern(&format!("pyexpat.{name}"));
    let module = m.new_module(full);
    let inner = m.module_dict(module);
    let doc = m.str_value(doc);
    m.add_constant(inner, "__doc__", doc);
    m.add_constant(dict, name, module);
    let modules = m.modules;
    modules.insert_str(m, full, module);
    Ok(inner)
}
