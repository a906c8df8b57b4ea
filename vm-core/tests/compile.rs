//! Compiles source files and compares every code object with CPython's.
//!
//! `COMPILE_GOLDEN=FILE` compares other files than the workloads: make it with `scripts/compile_golden.py`.

use std::path::Path;
use std::sync::Arc;
use vm_core::code::{CodeObject, Const, DisOptions, StaticView, disassemble_one, verify};

fn fnv1a(parts: &[&[u8]]) -> String {
    let mut value = 0xCBF2_9CE4_8422_2325_u64;
    for &byte in parts.iter().copied().flatten() {
        value = (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    format!("{value:016x}")
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

fn walk(code: &CodeObject, out: &mut Vec<(String, String)>, failures: &mut Vec<String>) {
    let listing = mask(&disassemble_one(code, &StaticView, &DisOptions::default()));
    let numbers = format!("({}, {}, {}, {}, {})", code.stacksize, code.flags.0, code.argcount, code.posonlyargcount, code.kwonlyargcount);
    let parts = [listing.as_bytes(), code.fused().linetable, code.fused().exceptiontable, numbers.as_bytes()];
    out.push((code.qualname.to_string(), fnv1a(&parts)));
    for (name, form) in [("fused", code.fused()), ("unfused", code.unfused())] {
        if let Err(error) = verify(form, code) {
            failures.push(format!("{} {}, {name}: {error}", code.filename, code.qualname));
        }
    }
    for constant in &code.consts {
        if let Const::Code(nested) = constant {
            walk(nested, out, failures);
        }
    }
}

fn compile(source: &[u8], path: &str) -> Result<Arc<CodeObject>, String> {
    vm_core::compile::compile_module(source, path).map_err(|error| format!("{error:?}"))
}

#[test]
fn code_is_cpythons() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let golden = std::env::var("COMPILE_GOLDEN")
        .map_or_else(|_| include_str!("golden/compile.jsonl").to_owned(), |path| std::fs::read_to_string(path).unwrap());
    let (mut failures, mut same, mut total, mut files) = (Vec::new(), 0, 0, 0);
    for line in golden.lines() {
        let (path, wanted): (String, Vec<(String, String)>) = serde_json::from_str(line).unwrap();
        total += wanted.len();
        let source = std::fs::read(root.join(&path)).unwrap();
        let code = match compile(&source, &path) {
            Ok(code) => code,
            Err(error) => {
                failures.push(format!("{path}: {error}"));
                continue;
            }
        };
        let mut ours = Vec::new();
        walk(&code, &mut ours, &mut failures);
        let equal = ours.iter().zip(&wanted).filter(|(a, b)| a == b).count();
        same += equal;
        files += usize::from(ours == wanted);
        if let Some((ours, _)) = ours.iter().zip(&wanted).find(|(a, b)| a != b) {
            let count = wanted.len() - equal;
            failures.push(format!("{path}: {count} of {} code objects differ, first {}", wanted.len(), ours.0));
        } else if ours.len() != wanted.len() {
            failures.push(format!("{path}: {} code objects, not {}", ours.len(), wanted.len()));
        }
    }
    println!("{same} of {total} code objects, {files} of {} files identical", golden.lines().count());
    let shown: Vec<String> = failures.iter().take(100).cloned().collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), shown.join("\n"));
}
