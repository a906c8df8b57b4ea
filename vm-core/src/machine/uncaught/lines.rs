//! Source lines for tracebacks (Python's `linecache`), and what `textwrap` does with lines.

use std::collections::BTreeMap;

/// Lines of source files, read when first asked for.
#[derive(Default)]
pub(super) struct Sources {
    files: BTreeMap<String, Vec<String>>,
}

impl Sources {
    /// Line `n` (the first is 1) of a file; empty if there is none.
    pub(super) fn line(&mut self, filename: &str, n: usize) -> &str {
        if !self.files.contains_key(filename) {
            self.files.insert(filename.to_owned(), read(filename));
        }
        self.files.get(filename).and_then(|lines| lines.get(n.checked_sub(1)?)).map_or("", String::as_str)
    }
}

fn read(filename: &str) -> Vec<String> {
    if filename.starts_with('<') && filename.ends_with('>') {
        return Vec::new();
    }
    let Ok(bytes) = std::fs::read(filename) else { return Vec::new() };
    match crate::compile::source::decode(&bytes, filename) {
        Ok(source) => source.text.split('\n').map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    }
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `str.splitlines(True)`.
pub(super) fn split_keeping_ends(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !ends_line(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        if c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n') {
            chars.next();
            end += 1;
        }
        out.push(&text[start..end]);
        start = end;
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

fn leading_blank(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// `textwrap.dedent`: takes away the white space that all lines with something in them begin with; lines of white space become empty.
pub(super) fn dedent(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(|l| if leading_blank(l).len() == l.len() { "" } else { l }).collect();
    let mut margin: Option<&str> = None;
    for line in lines.iter().filter(|l| !l.is_empty()) {
        let indent = leading_blank(line);
        margin = Some(match margin {
            None => indent,
            Some(m) => &m[..m.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count()],
        });
    }
    let margin = margin.unwrap_or("");
    lines.iter().map(|l| l.strip_prefix(margin).unwrap_or(l)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{dedent, split_keeping_ends};

    #[test]
    fn dedents_as_textwrap() {
        assert_eq!(dedent("    a\n      b\n   \n    c"), "a\n  b\n\nc");
        assert_eq!(dedent("\ta\n    b"), "\ta\n    b");
        assert_eq!(dedent("  a\n\tb\n"), "  a\n\tb\n");
    }

    #[test]
    fn splits_at_every_line_end() {
        assert_eq!(split_keeping_ends("a\r\nb\rc\u{2028}d"), ["a\r\n", "b\r", "c\u{2028}", "d"]);
        assert_eq!(split_keeping_ends("a\n\n"), ["a\n", "\n"]);
        assert!(split_keeping_ends("").is_empty());
    }
}
