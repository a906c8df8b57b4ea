//! The front end against CPython 3.13.0: tokens, trees and syntax errors as it prints them.
//!
//! The expectations are in `tests/front`; `scripts/check_front.py golden` and `scripts/bad_programs.py` remake them.

use std::path::{Path, PathBuf};
use vm_core::compile::{Mode, ast_dump, parse, parse_mode, tokenize};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/front")
}

fn check(name: &str) {
    let source = std::fs::read(directory().join(format!("{name}.py"))).unwrap();
    let golden = |kind: &str| std::fs::read_to_string(directory().join(format!("{name}.{kind}"))).unwrap();
    let tokens = tokenize::dump(&source, name);
    assert_eq!(tokens.error, None);
    assert_eq!(tokens.output, golden("tokenize"), "tokens of {name}");
    let module = parse(&source, name).unwrap();
    assert_eq!(ast_dump::dump(&module, false), golden("ast"), "tree of {name}");
    assert_eq!(ast_dump::dump(&module, true), golden("attrs"), "positions of {name}");
}

#[test]
fn expressions() {
    check("expressions");
}

#[test]
fn statements() {
    check("statements");
}

#[test]
fn line_ends() {
    check("line_ends");
}

/// Errors CPython finds after parsing, which are code generation's.
const LATER: &[&str] = &["x = * a\n"];
/// What we word otherwise.
const KNOWN: &[&str] = &["x = {'a': 1, 'b' 2}\n"];

#[test]
fn syntax_errors_read_as_cpythons() {
    let text = std::fs::read_to_string(directory().join("errors.json")).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() > 250);
    for case in &cases {
        let (source, expected) = (case["source"].as_str().unwrap(), case["stderr"].as_str().unwrap());
        if LATER.contains(&source) {
            continue;
        }
        let printed = parse(source.as_bytes(), "bad.py").err().map(|error| error.render()).unwrap_or_default();
        assert_eq!(printed == expected, !KNOWN.contains(&source), "{source}\nexpected {expected}\ngot {printed}");
    }
}

fn message(source: &[u8]) -> String {
    parse(source, "x.py").err().map_or_else(String::new, |error| error.message)
}

#[test]
fn bytes_that_are_no_text() {
    assert_eq!(
        message(b"x = 1\ny = '\xe9'\n"),
        "Non-UTF-8 code starting with '\\xe9' in file x.py on line 2, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details"
    );
    assert_eq!(message(b"# coding: latin-1\nx = '\xe9'\n"), "");
    assert_eq!(message(b"# coding: no-such\n"), "encoding problem: no-such");
    assert_eq!(message(b"x = 1\0\n"), "source code cannot contain null bytes");
    assert_eq!(message(b"\xef\xbb\xbfx = 1\n"), "");
}

#[test]
fn nesting_never_overflows_the_stack() {
    let sources = [
        "(".repeat(100_000),
        format!("x = {}1", "-".repeat(100_000)),
        format!("x = {}1", "not ".repeat(100_000)),
        format!("x{}", ".y".repeat(100_000)),
        format!("x{}", "()".repeat(100_000)),
        format!("x = 1{}", "+1".repeat(100_000)),
        format!("x = {}1", "lambda: ".repeat(100_000)),
        format!("x = {}1", "1 if 1 else ".repeat(100_000)),
        format!("if 1: pass\n{}", "elif 1: pass\n".repeat(10_000)),
    ];
    for source in &sources {
        assert!(parse(source.as_bytes(), "deep.py").is_err(), "{}", &source[..20]);
    }
    let brackets = format!("x = {}1{}\n", "[".repeat(199), "]".repeat(199));
    assert!(parse(brackets.as_bytes(), "deep.py").is_ok());
}

#[test]
fn modes() {
    assert!(parse_mode(b"1 + 1", "x", Mode::Eval).is_ok());
    assert!(parse_mode(b" 1 + 1", "x", Mode::Eval).is_err());
    assert!(parse_mode(b"x = 1", "x", Mode::Eval).is_err());
    assert!(parse_mode(b"x = 1\n", "x", Mode::Single).is_ok());
}
