//! The fast parser against the long way: what it takes must give the same tree there, and no warning.
//!
//! The programs are the conformance programs, or those that a file named by `FAST_PARSER_FILES` lists, each as it is and with
//! tokens dropped, doubled and exchanged, so that most texts are wrong and few by much.

use super::super::ast::Mod;
use super::super::fold::{Options, fold};
use super::super::parse::{Mode, parse_slowly};
use super::super::syntax_error::LineIndex;
use super::parse;
use std::path::{Path, PathBuf};

fn python_files(directory: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            python_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            out.push(path);
        }
    }
}

fn files() -> Vec<PathBuf> {
    if let Ok(list) = std::env::var("FAST_PARSER_FILES") {
        return std::fs::read_to_string(list).unwrap().lines().map(PathBuf::from).collect();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for directory in ["tests/programs", "workloads"] {
        python_files(&root.join(directory), &mut found);
    }
    found.sort();
    found
}

/// What is wrong with the fast parser's answer; whether it took the text.
fn check(text: &str, mode: Mode) -> Result<bool, String> {
    let Some(fast) = parse(text, mode) else { return Ok(false) };
    let mut warnings = Vec::new();
    let slow =
        parse_slowly(text, &LineIndex::new(text), "t", mode, &mut warnings).map_err(|error| format!("refused: {}", error.message))?;
    if !warnings.is_empty() {
        return Err(format!("warns: {}", warnings[0].message));
    }
    let same = |fast: &Mod, slow: &Mod| format!("{fast:?}") == format!("{slow:?}");
    if same(&fast, &slow) {
        // What it says need not be folded would stay the same.
        let (mut fast, mut slow) = (fast, slow);
        for tree in [&mut fast, &mut slow] {
            fold(tree, Options { optimize: 0, future_annotations: false }).map_err(|error| format!("not folded: {error:?}"))?;
        }
        return if same(&fast, &slow) { Ok(true) } else { Err("something to fold was missed".to_owned()) };
    }
    let (fast, slow) = (format!("{fast:?}"), format!("{slow:?}"));
    let at = fast.bytes().zip(slow.bytes()).take_while(|(a, b)| a == b).count();
    let near = |dump: &str| dump.get(at.saturating_sub(300)..(at + 200).min(dump.len())).unwrap_or("").to_owned();
    Err(format!("differs:\n  {}\n  {}", near(&fast), near(&slow)))
}

/// Words, numbers and single other characters, with the white space before them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    for (index, &(at, c)) in characters.iter().enumerate() {
        let next = characters.get(index + 1).map(|&(_, c)| c);
        let ends_here = !(c.is_whitespace() || word(c) && next.is_some_and(word));
        if ends_here || c == '\n' {
            pieces.push(&text[start..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
    }
    pieces.push(&text[start..]);
    pieces
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// A text with a few pieces dropped, doubled, exchanged or replaced.
fn mutated(pieces: &[&str], random: &mut Random) -> String {
    let mut changed = pieces.to_vec();
    for _ in 0..=random.below(2) {
        let (at, other) = (random.below(changed.len()), random.below(changed.len()));
        match random.below(4) {
            0 => drop(changed.remove(at)),
            1 => changed.insert(at, changed[at]),
            2 => changed.swap(at, other),
            _ => changed[at] = changed[other],
        }
        if changed.is_empty() {
            changed.push("\n");
        }
    }
    let mut text = changed.concat();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[test]
fn as_the_long_way() {
    let mut random = Random(7);
    let (mut taken, mut all, mut taken_changed, mut failures) = (0, 0, 0, Vec::new());
    let rounds = std::env::var("FAST_PARSER_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for file in files() {
        let Ok(mut text) = std::fs::read_to_string(&file) else { continue };
        text = text.replace("\r\n", "\n").replace('\r', "\n");
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        all += 1;
        match check(&text, Mode::Exec) {
            Ok(true) => taken += 1,
            Ok(false) => println!("not taken: {}", file.display()),
            Err(problem) => failures.push(format!("{}: {problem}", file.display())),
        }
        // Single definitions are small enough for most changes to be the only mistake.
        let mut blocks: Vec<String> = vec![String::new()];
        for line in text.split_inclusive('\n') {
            if line.starts_with(|c: char| !c.is_whitespace() && c != ')') && blocks.last().is_some_and(|block| block.len() > 200) {
                blocks.push(String::new());
            }
            if let Some(block) = blocks.last_mut() {
                block.push_str(line);
            }
        }
        for block in &blocks {
            let pieces = pieces(block);
            for _ in 0..rounds {
                let changed = mutated(&pieces, &mut random);
                match check(&changed, Mode::Exec) {
                    Ok(yes) => taken_changed += u32::from(yes),
                    Err(problem) => failures.push(format!("{} changed: {problem}\n{changed}", file.display())),
                }
            }
        }
    }
    println!("took {taken} of {all} files, {taken_changed} changed ones");
    assert!(failures.is_empty(), "{} failures, the first ones:\n{}", failures.len(), failures[..failures.len().min(12)].join("\n"));
    assert!(taken * 10 > all * 9 && taken_changed > 0, "took {taken} of {all} files, {taken_changed} changed ones");
}

#[test]
fn expressions() {
    for text in [
        "1\n",
        "a, b\n",
        "f(x for x in y)\n",
        "lambda x, *y, z=1, **k: (x, y)\n",
        "{**a, 'b': 1}[b:c, ::d]\n",
        "x if y else z\n",
        "f'{a:{b:{c}}}'\n",
    ] {
        assert_eq!(check(text, Mode::Eval), Ok(true), "{text}");
    }
    for text in [
        "",
        "*a\n",
        "x = 1\n",
        "a b\n",
        "(x\n",
        "yield\n",
        "f(a for a in b, c)\n",
        "f(**a, *b)\n",
        "{**a for a in b}\n",
        "[x := 1 := 2]\n",
        "f'{a:{b:{c:{d}}}}'\n",
    ] {
        assert_eq!(check(text, Mode::Eval), Ok(false), "{text}");
    }
}
