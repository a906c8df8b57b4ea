//! Code objects as text, for comparison with `scripts/codedump.py`, which dumps CPython's.

use std::fmt::Write as _;
use vm_core::code::{CodeObject, Const};
use vm_core::compile::compile_module;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

fn constant(value: &Const) -> String {
    let join = |items: &[Const]| items.iter().map(constant).collect::<Vec<_>>();
    match value {
        Const::None => "None".to_owned(),
        Const::Bool(b) => if *b { "True" } else { "False" }.to_owned(),
        Const::Ellipsis => "Ellipsis".to_owned(),
        Const::Int(i) => format!("int {:x}", i.to_big()),
        Const::Float(f) => format!("float {:016x}", f.to_bits()),
        Const::Complex(re, im) => format!("complex {:016x} {:016x}", re.to_bits(), im.to_bits()),
        Const::Str(s) => format!("str {}", hex(s)),
        Const::Bytes(b) => format!("bytes {}", hex(b)),
        Const::Tuple(items) => format!("({})", join(items).join(", ")),
        Const::FrozenSet(items) => {
            let mut items = join(items);
            items.sort();
            format!("{{{}}}", items.join(", "))
        }
        Const::Code(code) => format!("code {}", code.qualname),
    }
}

fn dump(code: &CodeObject, out: &mut String) {
    let _ = writeln!(
        out,
        "CODE {} {} line {} args {} {} {} flags {:x} stack {}",
        code.qualname, code.name, code.firstlineno, code.argcount, code.posonlyargcount, code.kwonlyargcount, code.flags.0, code.stacksize
    );
    let _ = writeln!(out, "names {}", code.names.join(" "));
    let locals = code.localsplusnames.iter().zip(&code.localspluskinds);
    let locals: Vec<String> = locals.map(|(name, kind)| format!("{name}:{kind:x}")).collect();
    let _ = writeln!(out, "locals {}", locals.join(" "));
    for (i, value) in code.consts.iter().enumerate() {
        let _ = writeln!(out, "const {i} {}", constant(value));
    }
    let _ = writeln!(out, "code {}", hex(code.fused().code));
    let _ = writeln!(out, "lines {}", hex(code.fused().linetable));
    let _ = writeln!(out, "exceptions {}", hex(code.fused().exceptiontable));
    for value in &code.consts {
        if let Const::Code(inner) = value {
            dump(inner, out);
        }
    }
}

/// The dump of a program's code objects, or of its syntax error.
pub(crate) fn dump_source(source: &[u8], path: &str) -> String {
    match compile_module(source, path) {
        Ok(code) => {
            let mut out = String::new();
            dump(&code, &mut out);
            out
        }
        Err(error) => format!(
            "{} {:?} {:?} {:?} {:?} {}\n",
            error.class.name(),
            error.lineno,
            error.offset,
            error.end_lineno,
            error.end_offset,
            error.message
        ),
    }
}
