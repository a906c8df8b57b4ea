//! The lines of a traceback entry, with `~~~^^^` below what was being evaluated. Nothing here knows of the machine.

use super::lines;
use super::parsed::{self, Operation};
use super::width::display_width;
use std::collections::BTreeSet;

/// Where the part to mark with `^` begins and ends; the rest is marked with `~`. A line of the segment and a character in it.
struct Anchors {
    left: (usize, usize),
    right: (usize, usize),
}

/// The text of an entry: `original` are its lines in the source, `dedented` the same without common indentation; columns are in bytes, of
/// the first and the last line.
pub(super) fn lines_with_carets(original: &[String], dedented: &str, col: usize, end_col: usize) -> String {
    let all: Vec<Vec<char>> = dedented.split('\n').map(|l| l.chars().collect()).collect();
    let (Some(first), Some(last), Some(shown_first), Some(shown_last)) = (original.first(), original.last(), all.first(), all.last())
    else {
        return String::new();
    };
    let margin = first.chars().count().saturating_sub(shown_first.len());
    let start = char_offset(first, col).saturating_sub(margin);
    let end = char_offset(last, end_col).saturating_sub(margin);
    let anchors = segment(&all, start, end).and_then(|s| find_anchors(&s));
    let carets = wants_carets(&all, start, end, anchors.is_some());
    let mut marks = Marks {
        all: &all,
        last: all.len() - 1,
        start: display_width(shown_first, start),
        end: display_width(shown_last, end),
        anchors: None,
    };
    let mut significant = BTreeSet::from([0, all.len() - 1]);
    if let Some(mut a) = anchors {
        for point in [&mut a.left, &mut a.right] {
            // Positions in the segment do not count what stands before it.
            let at = if point.0 == 0 { point.1 + start } else { point.1 };
            point.1 = all.get(point.0).map_or(at, |line| display_width(line, at));
            significant.extend(point.0.saturating_sub(1)..(point.0 + 2).min(all.len()));
        }
        marks.anchors = Some(a);
    }
    let mut out = String::new();
    let mut previous: Option<usize> = None;
    for &line in &significant {
        match previous.map(|p| line - p) {
            Some(2) => marks.line(&mut out, line - 1, carets),
            Some(n) if n > 2 => out.push_str(&format!("...<{} lines>...\n", n - 1)),
            _ => {}
        }
        marks.line(&mut out, line, carets);
        previous = Some(line);
    }
    lines::split_keeping_ends(&lines::dedent(&out)).into_iter().map(|l| format!("    {l}")).collect()
}

/// Characters of a line before a byte offset.
fn char_offset(line: &str, byte: usize) -> usize {
    line.char_indices().take_while(|&(at, _)| at < byte).count()
}

/// The source from a character of the first line to one of the last.
fn segment(all: &[Vec<char>], start: usize, end: usize) -> Option<String> {
    let mut text: Vec<char> = Vec::new();
    for (i, line) in all.iter().enumerate() {
        if i > 0 {
            text.push('\n');
        }
        text.extend(line);
    }
    let to = (text.len() + end).checked_sub(all.last()?.len())?.min(text.len());
    Some(text.get(start.min(to)..to)?.iter().collect())
}

struct Marks<'a> {
    all: &'a [Vec<char>],
    last: usize,
    start: usize,
    end: usize,
    anchors: Option<Anchors>,
}

impl Marks<'_> {
    /// One line, and the carets below it.
    fn line(&self, out: &mut String, at: usize, carets: bool) {
        let Some(line) = self.all.get(at) else { return };
        out.extend(line);
        out.push('\n');
        if !carets {
            return;
        }
        let indent = line.iter().take_while(|c| c.is_whitespace()).count();
        let count = if at == self.last { self.end } else { display_width(line, line.len()) };
        for col in 0..count {
            out.push(if col < indent || (at == 0 && col < self.start) {
                ' '
            } else {
                match &self.anchors {
                    None => '^',
                    Some(a) if (at, col) >= a.left && (at, col) < a.right => '^',
                    Some(_) => '~',
                }
            });
        }
        out.push('\n');
    }
}

/// Carets are left out where they would mark the whole line, or the only call of a simple statement.
fn wants_carets(all: &[Vec<char>], start: usize, end: usize, anchored: bool) -> bool {
    let lines: Vec<String> = all.iter().map(|l| l.iter().collect()).collect();
    let text = lines.join("\n");
    if let Some((from, to)) = parsed::call_statement(&text) {
        let to_column = to.checked_sub(text.rfind('\n').map_or(0, |i| i + 1));
        // Bytes are compared with characters, as CPython does.
        if from == start && !text[..from].contains('\n') && to_column == Some(end) {
            return false;
        }
    }
    if anchored {
        return true;
    }
    let blank = |chars: Option<&[char]>| chars.is_none_or(|c| c.iter().all(|c| c.is_whitespace()));
    let before = all.first().map(|l| &l[..start.min(l.len())]);
    let after = all.last().map(|l| &l[end.min(l.len())..]);
    !blank(before) || !blank(after)
}

/// A walk over the characters of a segment, line by line.
struct Walk {
    lines: Vec<Vec<char>>,
    line: usize,
    col: usize,
}

impl Walk {
    /// Moves to the next line while beyond the end of this one; false at the end of the text.
    fn settle(&mut self) -> bool {
        while self.lines.get(self.line).is_some_and(|l| self.col >= l.len()) {
            self.col = 0;
            self.line += 1;
        }
        self.line < self.lines.len()
    }

    fn char(&self) -> Option<char> {
        self.lines.get(self.line)?.get(self.col).copied()
    }

    /// Moves to the next character that `stop` accepts, past comments and continued lines.
    fn until(&mut self, stop: impl Fn(char) -> bool) -> Option<(usize, usize)> {
        loop {
            let c = self.char()?;
            if c == '\\' || c == '#' {
                self.line += 1;
                self.col = 0;
            } else if stop(c) {
                return Some((self.line, self.col));
            } else {
                self.col += 1;
            }
            if !self.settle() {
                return None;
            }
        }
    }
}

/// Line and character of a byte offset.
fn position(segment: &str, offset: usize) -> (usize, usize) {
    let before = segment.get(..offset).unwrap_or(segment);
    let line = before.matches('\n').count();
    (line, before.rsplit('\n').next().map_or(0, |l| l.chars().count()))
}

fn find_anchors(segment: &str) -> Option<Anchors> {
    let lines: Vec<Vec<char>> = segment.split('\n').map(|l| l.chars().collect()).collect();
    let walk = |end_of_left: usize| {
        let (line, col) = position(segment, end_of_left);
        let mut walk = Walk { lines: lines.clone(), line, col };
        walk.settle().then_some(walk)
    };
    match parsed::operation(segment)? {
        Operation::Binary(left_end, right_start) => {
            let (line, col) = walk(left_end)?.until(|c| !c.is_whitespace() && c != ')')?;
            let mut right = col + 1;
            // An operator has one character or two, before the right operand.
            let before_right = (line, right) < position(segment, right_start);
            if before_right && lines[line].get(right).is_some_and(|c| !c.is_whitespace() && *c != '\\' && *c != '#') {
                right += 1;
            }
            Some(Anchors { left: (line, col), right: (line, right) })
        }
        Operation::Subscript(value_end, end) => {
            Some(Anchors { left: walk(value_end)?.until(|c| c == '[')?, right: position(segment, end) })
        }
        Operation::Call(function_end, end) => {
            Some(Anchors { left: walk(function_end)?.until(|c| c == '(')?, right: position(segment, end) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lines_with_carets;

    fn check(lines: &[&str], col: usize, end_col: usize, expected: &str) {
        let original: Vec<String> = lines.iter().map(|&l| l.to_owned()).collect();
        let dedented = super::lines::dedent(&original.join("\n"));
        assert_eq!(lines_with_carets(&original, &dedented, col, end_col), expected);
    }

    #[test]
    fn operators_and_brackets_are_marked() {
        check(&["  x = a / b"], 6, 11, "    x = a / b\n        ~~^~~\n");
        check(&["  x = (a) // b"], 6, 14, "    x = (a) // b\n        ~~~~^^~~\n");
        check(&["y = d['a']['b']"], 4, 15, "    y = d['a']['b']\n        ~~~~~~^^^^^\n");
        check(&["print(f(1))"], 6, 10, "    print(f(1))\n          ~^^^\n");
        check(&["f(1)"], 0, 4, "    f(1)\n    ~^^^\n");
    }

    #[test]
    fn whole_lines_are_not_marked() {
        check(&["return f(1)"], 7, 11, "    return f(1)\n");
        check(&["x = f(1)"], 4, 8, "    x = f(1)\n");
        check(&["raise E"], 0, 7, "    raise E\n");
        check(&["return o.f(1)"], 7, 13, "    return o.f(1)\n           ~~~^^^\n");
    }

    #[test]
    fn long_spans_are_abridged() {
        let lines = ["f(", "    1,", "    2,", "    3,", "    4,", ")"];
        let expected = "    f(\n    ~^\n        1,\n        ^^\n    ...<2 lines>...\n        4,\n        ^^\n    )\n    ^\n";
        check(&lines, 0, 1, expected);
    }
}
