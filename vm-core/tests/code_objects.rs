//! Reads CPython's own code objects: disassembly, location tables and verification must agree with CPython.
//!
//! `CODE_GOLDEN=FILE` reads a dump of one's own, as `scripts/code_golden.py` makes it over any set of files.

use serde_json::Value;
use std::borrow::Cow;
use std::sync::Arc;
use vm_core::code::{CodeFlags, CodeObject, CodeView, Const, DisOptions, Form, LocalKind, StaticView, disassemble, spans, verify};

fn unhex(value: &Value) -> Vec<u8> {
    let digits = value.as_str().unwrap().as_bytes();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn strings(value: &Value) -> Vec<Arc<str>> {
    value.as_array().unwrap().iter().map(|s| s.as_str().unwrap().into()).collect()
}

fn float(value: &Value) -> f64 {
    f64::from_bits(value["bits"].as_str().unwrap().parse().unwrap())
}

fn constant(value: &Value) -> Const {
    let Value::Object(object) = value else {
        return value.as_bool().map_or(Const::None, Const::Bool);
    };
    let (kind, content) = object.iter().next().unwrap();
    let items = || content.as_array().unwrap().iter().map(constant).collect();
    match kind.as_str() {
        "int" => Const::Int(content.as_str().unwrap().parse::<num_bigint::BigInt>().unwrap().into()),
        "float" => Const::Float(float(value)),
        "complex" => Const::Complex(float(&content[0]), float(&content[1])),
        "str" => Const::Str(unhex(content).into()),
        "bytes" => Const::Bytes(unhex(content).into()),
        "tuple" => Const::Tuple(items()),
        "set" => Const::FrozenSet(items()),
        "code" => Const::Code(Arc::new(code(content))),
        _ => Const::Ellipsis,
    }
}

fn code(value: &Value) -> CodeObject {
    let number = |key: &str| value[key].as_u64().unwrap() as u32;
    let text = |key: &str| -> Arc<str> { value[key].as_str().unwrap().into() };
    let (varnames, cells, free) = (strings(&value["varnames"]), strings(&value["cells"]), strings(&value["free"]));
    let locals = strings(&value["locals"]);
    let bound = locals.len() - free.len();
    let kinds = locals
        .iter()
        .enumerate()
        .map(|(index, name)| {
            if index >= bound {
                return LocalKind::FREE;
            }
            let local = if varnames.contains(name) { LocalKind::LOCAL } else { 0 };
            local | if cells.contains(name) { LocalKind::CELL } else { 0 }
        })
        .collect();
    let [bytes, lines, exceptions] = ["code", "lines", "exceptions"].map(|part| unhex(&value[part]));
    CodeObject {
        argcount: number("argcount"),
        posonlyargcount: number("posonlyargcount"),
        kwonlyargcount: number("kwonlyargcount"),
        flags: CodeFlags(number("flags")),
        stacksize: number("stacksize"),
        name: text("name"),
        qualname: text("qualname"),
        filename: text("filename"),
        firstlineno: number("firstlineno"),
        names: strings(&value["names"]).into(),
        consts: value["consts"].as_array().unwrap().iter().map(constant).collect(),
        localsplusnames: locals.into(),
        localspluskinds: kinds,
        plain: Form { code: &bytes, linetable: &lines, exceptiontable: &exceptions }.into(),
        joined: None,
    }
}

fn mask(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        out.push_str(" at 0x");
        out.push_str(part.trim_start_matches(|c: char| matches!(c, '0'..='9' | 'a'..='f')));
    }
    out
}

/// Specialised code as CPython dumped it, by what its compiled form is.
struct Dumped(Vec<(CodeObject, Vec<u8>)>);

impl CodeView for Dumped {
    fn units<'a>(&'a self, code: &'a CodeObject) -> Cow<'a, [u8]> {
        let same = |c: &CodeObject| c.qualname == code.qualname && c.firstlineno == code.firstlineno;
        Cow::Borrowed(&self.0.iter().find(|(c, _)| same(c)).unwrap().1)
    }
}

/// The golden file is made by `scripts/adaptive_golden.py`.
#[test]
fn specialised_code_is_shown_as_cpython_shows_it() {
    let case: Value = serde_json::from_str(include_str!("golden/adaptive.jsonl")).unwrap();
    let code = code(&case["code"]);
    let mut codes = Vec::new();
    flatten(&code, &mut codes);
    let forms = case["adaptive"].as_array().unwrap().iter().map(unhex);
    let view = Dumped(codes.into_iter().zip(forms).collect());
    for (key, show_caches) in [("dis", false), ("caches", true)] {
        let ours = mask(&disassemble(&code, &view, &DisOptions { show_caches, show_offsets: false }));
        let theirs = mask(case[key].as_str().unwrap());
        assert!(ours.contains("BINARY_OP_ADD_INT"));
        assert_eq!(ours, theirs);
    }
}

/// Every code object of a module, outermost first.
fn flatten(code: &CodeObject, out: &mut Vec<CodeObject>) {
    out.push(code.clone());
    for constant in &code.consts {
        if let Const::Code(nested) = constant {
            flatten(nested, out);
        }
    }
}

/// Damaged code may be refused but must not make the readers, the verifier or the disassembler panic; what is still accepted
/// has a depth within bounds everywhere.
#[test]
fn damage_is_survived() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/code.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let case: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let mut codes = Vec::new();
    flatten(&code(&case["code"]), &mut codes);
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..5_000 {
        let mut code = codes[round % codes.len()].clone();
        let Form { code: bytes, linetable, exceptiontable } = code.fused();
        let mut parts = [exceptiontable, linetable, bytes].map(<[u8]>::to_vec);
        for _ in 0..=random(3) {
            let bytes = &mut parts[random(4).min(2)];
            match random(bytes.len()) {
                at if at < bytes.len() => bytes[at] = random(256) as u8,
                _ => {}
            }
        }
        if round % 16 == 0 {
            let kept = random(parts[2].len());
            parts[2].truncate(kept);
        }
        code.joined = Some(Form { code: &parts[2], linetable: &parts[1], exceptiontable: &parts[0] }.into());
        let _ = disassemble(&code, &StaticView, &DisOptions { show_caches: true, show_offsets: true });
        match verify(code.fused(), &code) {
            Err(_) => refused += 1,
            Ok(verified) => {
                accepted += 1;
                assert!(verified.instrs().iter().all(|i| i.depth.is_none_or(|d| d <= code.stacksize)));
            }
        }
    }
    assert!(accepted > 0 && refused > 0, "{accepted} accepted, {refused} refused");
}

fn check_positions(value: &Value, code: &CodeObject, failures: &mut Vec<String>) {
    let mut total = 0_u64;
    for span in spans(code.fused().linetable, code.firstlineno) {
        let loc = span.location;
        for _ in span.units {
            for number in [loc.line, loc.end_line, loc.col, loc.end_col] {
                total = (total * 31 + (i64::from(number) + 2) as u64) % (1 << 32);
            }
        }
    }
    if value["positions"].as_u64() != Some(total) {
        failures.push(format!("{}: positions of {} differ", code.filename, code.qualname));
    }
    if let Err(error) = verify(code.fused(), code) {
        failures.push(format!("{}: {}: {error}", code.filename, code.qualname));
    }
    for (value, constant) in value["consts"].as_array().unwrap().iter().zip(&code.consts) {
        if let Const::Code(nested) = constant {
            check_positions(&value["code"], nested, failures);
        }
    }
}

#[test]
fn read_as_cpython_reads() {
    let path = std::env::var("CODE_GOLDEN").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/code.jsonl").to_owned());
    let text = std::fs::read_to_string(path).unwrap();
    let mut failures = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let code = code(&case["code"]);
        count += 1;
        for (key, options) in [("dis", DisOptions::default()), ("all", DisOptions { show_caches: true, show_offsets: true })] {
            let ours = mask(&disassemble(&code, &StaticView, &options));
            let theirs = mask(case[key].as_str().unwrap());
            if ours != theirs {
                let (line, (a, b)) =
                    ours.lines().zip(theirs.lines()).enumerate().find(|(_, (a, b))| a != b).unwrap_or((0, ("(length)", "(length)")));
                failures.push(format!("{} {key}:{}\n  ours:   {a}\n  theirs: {b}", code.filename, line + 1));
            }
        }
        check_positions(&case["code"], &code, &mut failures);
    }
    assert!(count > 0);
    assert!(
        failures.is_empty(),
        "{} failures in {count} modules:\n{}",
        failures.len(),
        failures.iter().take(15).cloned().collect::<Vec<_>>().join("\n")
    );
}
