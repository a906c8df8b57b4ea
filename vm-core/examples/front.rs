//! Prints what the front end makes of a file, as CPython's tools do: `front tokenize|ast|attrs|errors FILE`.
//!
//! Exists so that `scripts/check_front.py` can compare many files with CPython; users have the `harness` command instead.

use std::io::Write;
use vm_core::compile::{ast_dump, parse, source, tokenize, type_ignores};

/// Parsing and lowering are recursive; the nesting they accept needs more than a main thread's stack.
const STACK_BYTES: usize = 1 << 29;

fn run(kind: &str, path: &str) -> std::io::Result<i32> {
    let bytes = std::fs::read(path)?;
    if kind == "tokenize" {
        let dump = tokenize::dump(&bytes, path);
        let error = dump.error.map(|error| error + "\n");
        let text = dump.output + error.as_deref().unwrap_or("");
        return std::io::stdout().write_all(text.as_bytes()).map(|()| i32::from(error.is_some()));
    }
    let text = match kind {
        "ast" => parse::parse(&bytes, path).map(|module| {
            let ignores = source::decode(&bytes, path).map(|source| type_ignores::type_ignores(&source.text));
            ast_dump::dump_with_type_ignores(&module, false, &ignores.unwrap_or_default())
        }),
        "attrs" => parse::parse(&bytes, path).map(|module| ast_dump::dump(&module, true)),
        "errors" => parse::parse(&bytes, path).map(|_| String::new()),
        _ => return Err(std::io::Error::other("usage: front tokenize|ast|attrs|errors FILE")),
    };
    match text {
        Ok(text) => std::io::stdout().write_all(text.as_bytes()).map(|()| 0),
        Err(error) => std::io::stderr().write_all(error.render().as_bytes()).map(|()| 1),
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let work = move || match &args[..] {
        [kind, path] => run(kind, path),
        _ => Err(std::io::Error::other("usage: front tokenize|ast|attrs|errors FILE")),
    };
    let done = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(work).map(std::thread::JoinHandle::join);
    let status = match done {
        Ok(Ok(Ok(status))) => status,
        Ok(Ok(Err(error))) | Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            2
        }
        Ok(Err(_)) => 3,
    };
    std::process::exit(status);
}
