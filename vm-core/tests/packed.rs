//! Packing code and reading it back: nothing is lost, whatever the programs, and no damage is more than an error.

use std::path::{Path, PathBuf};
use vm_core::code::packed::{PackedModule, entry::Key, pack};
use vm_core::compile::compile_module;

/// Python files below a directory of the repository.
fn python_files(directory: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(directory).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            python_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "py") {
            out.push(path);
        }
    }
}

fn packed(source: &str) -> (Key, Vec<u8>) {
    let code = compile_module(source.as_bytes(), "a.py").unwrap();
    (Key::of(source.as_bytes(), "a.py", 0), pack(&code).unwrap())
}

#[test]
fn every_program_comes_back_as_it_was() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for directory in ["workloads", "tests/programs", "scripts"] {
        python_files(&root.join(directory), &mut files);
    }
    let mut count = 0;
    for path in files {
        let (source, name) = (std::fs::read(&path).unwrap(), path.to_string_lossy());
        let Ok(code) = compile_module(&source, &name) else { continue };
        let body = pack(&code).unwrap_or_else(|| panic!("{name} is not packed"));
        let key = Key::of(&source, &name, 0);
        let module = PackedModule::open(key.seal(&body), &key, &name).unwrap();
        // All of it has a textual form, and equal code has an equal one.
        assert_eq!(format!("{:?}", module.code(0).unwrap()), format!("{code:?}"), "{name}");
        count += 1;
    }
    assert!(count > 500, "{count} programs");
}

#[test]
fn every_kind_of_constant_comes_back() {
    let source = "x = (None, True, ..., 0, -1, 2**62, -2**63, 2**63, 2**100, -2**200, 1.5, -0.0, 1e400, 1j, -0j, 'plain text', 'name', '', \
                  'h\\xe9', '\\u20ac\\U0001f600', '\\ud800', b'', b'\\x00\\xff', ((1, (2,)), ()))\n\
                  y = x in {'a b', 'name', 1, b''} or x in {1.5, 2, (3,)}\n\
                  def f(a, /, b=(1, 2), *c, d: 'note' = 3, **e):\n    'A docstring.'\n    def g(): return lambda: a\n    return g\n";
    let code = compile_module(source.as_bytes(), "a.py").unwrap();
    let (key, body) = packed(source);
    let module = PackedModule::open(key.seal(&body), &key, "a.py").unwrap();
    assert_eq!(format!("{:?}", module.code(0).unwrap()), format!("{code:?}"));
    assert_eq!(module.code_count(), 4);
    assert!(module.code(4).is_none() && module.text(u32::MAX).is_none());
}

#[test]
fn what_cannot_be_read_back_is_not_packed() {
    let deep = format!("x = {}1{}", "(".repeat(80), ",)".repeat(80));
    let code = compile_module(deep.as_bytes(), "a.py").unwrap();
    assert!(pack(&code).is_none());
    let mut invalid = (*compile_module(b"x = 1", "a.py").unwrap()).clone();
    invalid.stacksize = 0;
    assert!(pack(&invalid).is_none());
}

/// The checksum refuses a damaged entry; what it would let through, sealed again here, is still read without a panic.
#[test]
fn a_damaged_body_is_no_more_than_an_error() {
    let (key, body) = packed("def f(a, b=(1, 'two')):\n    'Doc.'\n    return [a for a in {1, 'x'} if b]\nclass C:\n    x = 2**70\n");
    let mut unread = 0;
    for at in 0..body.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff, body[at].wrapping_add(1), body[at] ^ 0x40] {
            let mut damaged = body.clone();
            damaged[at] = value;
            let Some(module) = PackedModule::open(key.seal(&damaged), &key, "a.py") else {
                unread += 1;
                continue;
            };
            for number in 0..module.code_count().min(16) as u32 {
                unread += usize::from(module.code(number).is_none());
            }
        }
        if let Some(module) = PackedModule::open(key.seal(&body[..at]), &key, "a.py") {
            unread += usize::from(module.code(0).is_none());
        }
    }
    assert!(unread > 0);
}
