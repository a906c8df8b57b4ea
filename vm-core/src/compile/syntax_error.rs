//! A syntax error with everything CPython's `SyntaxError` carries, and the text `python FILE` prints for it.

use super::instr::Location;
use std::cell::Cell;
use std::fmt;

/// Which exception class is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SyntaxErrorClass {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `_IncompleteInputError`, for a text that more lines could complete.
    Incomplete,
    /// `MemoryError`, for a text nested deeper than the parser goes.
    Memory,
    /// `RecursionError`, for a tree nested deeper than the compiler goes.
    Recursion,
}

impl SyntaxErrorClass {
    /// The class's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SyntaxErrorClass::Syntax => "SyntaxError",
            SyntaxErrorClass::Indentation => "IndentationError",
            SyntaxErrorClass::Tab => "TabError",
            SyntaxErrorClass::Incomplete => "_IncompleteInputError",
            SyntaxErrorClass::Memory => "MemoryError",
            SyntaxErrorClass::Recursion => "RecursionError",
        }
    }
}

/// What makes a text no program: the attributes of CPython's `SyntaxError`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The exception class.
    pub class: SyntaxErrorClass,
    /// `msg`.
    pub message: String,
    /// `filename`.
    pub filename: String,
    /// `lineno`, 1-based; `None` where CPython gives no position at all.
    pub lineno: Option<i32>,
    /// `offset`, in 1-based characters.
    pub offset: Option<i32>,
    /// `end_lineno`.
    pub end_lineno: Option<i32>,
    /// `end_offset`.
    pub end_offset: Option<i32>,
    /// `text`: the offending line.
    pub text: Option<String>,
}

/// Where in its line a byte column stands, in 1-based characters, clamped as CPython clamps it.
fn char_offset(line: &str, byte_column: i32) -> i32 {
    if byte_column < 0 {
        return byte_column;
    }
    let column = usize::try_from(byte_column).unwrap_or(usize::MAX);
    let past = i32::from(column > line.len());
    let column = column.min(line.len());
    i32::try_from(line.char_indices().take_while(|(at, _)| *at < column).count()).unwrap_or(i32::MAX - 1) + past
}

impl SyntaxError {
    /// An error without a position.
    #[must_use]
    pub fn bare(class: SyntaxErrorClass, message: impl Into<String>, filename: &str) -> Self {
        SyntaxError {
            class,
            message: message.into(),
            filename: filename.to_owned(),
            lineno: None,
            offset: None,
            end_lineno: None,
            end_offset: None,
            text: None,
        }
    }

    /// An error between two points, each a line and a 1-based byte column; an end column below 1 means it is not known.
    #[must_use]
    pub(super) fn at_columns(
        class: SyntaxErrorClass,
        message: impl Into<String>,
        filename: &str,
        source: &str,
        lines: &LineIndex,
        start: (i32, i32),
        end: (i32, i32),
    ) -> Self {
        let text = lines.line(source, start.0);
        let end_offset = if end.1 > 0 { char_offset(text, end.1) } else { end.1 };
        SyntaxError {
            class,
            message: message.into(),
            filename: filename.to_owned(),
            lineno: Some(start.0),
            offset: Some(char_offset(text, start.1)),
            end_lineno: Some(end.0),
            end_offset: Some(end_offset),
            text: Some(text.to_owned()),
        }
    }

    /// A `SyntaxError` on one line, between two 1-based characters, as the tokenizer reports it.
    #[must_use]
    pub(super) fn at_characters(
        message: String,
        filename: &str,
        source: &str,
        lines: &LineIndex,
        line: i32,
        (offset, end_offset): (i32, i32),
    ) -> Self {
        SyntaxError {
            class: SyntaxErrorClass::Syntax,
            message,
            filename: filename.to_owned(),
            lineno: Some(line),
            offset: Some(offset),
            end_lineno: Some(line),
            end_offset: Some(end_offset),
            text: Some(lines.line(source, line).trim_end_matches('\n').to_owned()),
        }
    }

    /// An error at a source range, as code generation and the symbol table report them.
    #[must_use]
    pub fn at_location(
        class: SyntaxErrorClass,
        message: impl Into<String>,
        filename: &str,
        source: &str,
        lines: &LineIndex,
        loc: Location,
    ) -> Self {
        let (start, end) = ((loc.line, loc.col + 1), (loc.end_line, loc.end_col + 1));
        Self::at_columns(class, message, filename, source, lines, start, end)
    }

    /// A `SyntaxError` between two byte offsets of the source.
    pub(super) fn at_offsets(message: String, filename: &str, source: &str, lines: &LineIndex, start: usize, end: usize) -> Self {
        Self::at_location(SyntaxErrorClass::Syntax, message, filename, source, lines, lines.location(start, end))
    }

    /// The lines `python FILE` prints for it, each ended by a newline.
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = String::new();
        if let Some(line) = self.lineno {
            out += &format!("  File \"{}\", line {line}\n", self.filename);
        }
        if let Some(text) = &self.text {
            self.render_line(text, &mut out);
        }
        out + &format!("{}: {}\n", self.class.name(), self.message)
    }

    fn render_line(&self, text: &str, out: &mut String) {
        let stripped_end = text.trim_end_matches('\n');
        let shown = stripped_end.trim_start_matches([' ', '\n', '\x0c']);
        *out += &format!("    {shown}\n");
        let Some(mut offset) = self.offset else { return };
        let count = |text: &str| i32::try_from(text.chars().count()).unwrap_or(i32::MAX - 1);
        let (length, text_length) = (count(stripped_end), count(text));
        let spaces = length - count(shown);
        let mut end_offset =
            if self.lineno == self.end_lineno { self.end_offset.filter(|end| *end != 0).unwrap_or(offset) } else { length + 1 };
        if text_length > 0 && offset > text_length {
            offset = length + 1;
        }
        if text_length > 0 && end_offset > text_length {
            end_offset = length + 1;
        }
        if offset >= end_offset || end_offset < 0 {
            end_offset = offset + 1;
        }
        let (column, end_column) = (offset - 1 - spaces, end_offset - 1 - spaces);
        if column < 0 {
            return;
        }
        // White space other than blanks is kept, so that tabs keep the carets in place.
        let mut padding: String = shown.chars().take(column as usize).map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
        padding.extend(std::iter::repeat_n('^', (end_column - column).max(0) as usize));
        *out += &format!("    {padding}\n");
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl std::error::Error for SyntaxError {}

/// Where the lines of a source text start: turns byte offsets into CPython's positions.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// The line asked for last: the next one is mostly the same or close behind.
    last: Cell<usize>,
}

impl LineIndex {
    /// Indexes a text whose lines end in `\n`.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at + 1);
        LineIndex { starts: std::iter::once(0).chain(ends).collect(), last: Cell::new(1) }
    }

    /// The 1-based line and the byte column of an offset.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (i32, i32) {
        let starts_by = |line: usize| self.starts.get(line).is_none_or(|next| offset < *next);
        let last = self.last.get();
        let line = match self.starts[last - 1] <= offset {
            true if starts_by(last) => last,
            true if starts_by(last + 1) => last + 1,
            _ => self.starts.partition_point(|start| *start <= offset).max(1),
        };
        self.last.set(line);
        let column = offset - self.starts[line - 1];
        (i32::try_from(line).unwrap_or(i32::MAX), i32::try_from(column).unwrap_or(i32::MAX))
    }

    /// The location between two offsets.
    #[must_use]
    pub fn location(&self, start: usize, end: usize) -> Location {
        let (line, col) = self.line_column(start);
        // Most things end where they began.
        let next_line = usize::try_from(line).ok().and_then(|line| self.starts.get(line));
        let (end_line, end_col) = match i32::try_from(end.wrapping_sub(start)) {
            Ok(length) if next_line.is_none_or(|next| end < *next) => (line, col.saturating_add(length)),
            _ => self.line_column(end),
        };
        Location { line, end_line, col, end_col }
    }

    /// The byte offset a 1-based line starts at, the text's end for lines past it.
    #[must_use]
    pub fn start(&self, line: i32) -> usize {
        let index = usize::try_from(line).unwrap_or(0).saturating_sub(1);
        self.starts.get(index).or(self.starts.last()).copied().unwrap_or(0)
    }

    /// A 1-based line with its newline; empty past the end.
    #[must_use]
    pub fn line<'s>(&self, source: &'s str, line: i32) -> &'s str {
        let Some(index) = usize::try_from(line).ok().and_then(|line| line.checked_sub(1)) else { return "" };
        let Some(&start) = self.starts.get(index) else { return "" };
        let end = self.starts.get(index + 1).copied().unwrap_or(source.len());
        source.get(start..end).unwrap_or("")
    }
}
