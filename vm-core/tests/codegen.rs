//! Whole code objects and late syntax errors against CPython's, on programs that between them use every construct.
//!
//! `compile.rs` compares hashes of real programs; these are small, so that a difference shows where it is. The goldens are made
//! by `scripts/codedump.py --golden`.

mod codedump;

use codedump::dump_source;

fn read(name: &str) -> String {
    let path = format!("{}/tests/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a file of the test")
}

#[test]
fn programs_compile_as_in_cpython() {
    let golden = read("golden/codegen.txt");
    let mut count = 0;
    for section in golden.split("== ").skip(1) {
        let (name, expected) = section.split_once('\n').expect("a name line");
        let ours = dump_source(read(&format!("codegen/{name}")).as_bytes(), name);
        for (a, b) in ours.lines().zip(expected.lines()) {
            assert_eq!(a, b, "{name}");
        }
        assert_eq!(ours.lines().count(), expected.lines().count(), "{name}");
        count += 1;
    }
    assert!(count >= 6);
}

#[test]
fn errors_are_cpythons() {
    let (snippets, golden) = (read("codegen/errors.txt"), read("golden/codegen_errors.txt"));
    let snippets: Vec<&str> = snippets.split("---\n").collect();
    // A snippet that compiles has a dump of several lines; none here may.
    assert_eq!(snippets.len(), golden.lines().count());
    for (snippet, expected) in snippets.iter().zip(golden.lines()) {
        assert_eq!(dump_source(snippet.as_bytes(), "snippet").trim_end(), expected, "{snippet}");
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    for (text, deep) in [("-", 200_000), ("x = (", 300), ("lambda: ", 20_000), ("not ", 200_000)] {
        assert!(!dump_source(format!("{}x", text.repeat(deep)).as_bytes(), "deep").starts_with("CODE"), "{text}");
    }
    let chain = format!("x = y{}", ".z".repeat(3_000));
    assert!(dump_source(chain.as_bytes(), "chain").starts_with("CODE"));
}
