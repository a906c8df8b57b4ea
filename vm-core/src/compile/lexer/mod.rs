//! CPython's tokenizer: the tokens its parser reads, or with [`Lexer::with_extra_tokens`] those `python -m tokenize` prints.
//!
//! ruff's parser and the fast one have lexers of their own; this one exists for what must be CPython's to the byte: token dumps, tokenizer errors and
//! their precedence, and the token stream that syntax errors are explained from. Words and punctuation are here, numbers and strings
//! in the files beside this one.

mod fstring;
mod number;
mod text;
mod token;

pub use token::{LexError, Token, TokenKind};

/// Deepest bracket nesting (`MAXLEVEL`).
const BRACKETS_MAX: usize = 200;
/// Deepest indentation (`MAXINDENT`).
const INDENTS_MAX: usize = 100;
/// A tab reaches the next multiple of this many columns.
const TAB_SIZE: usize = 8;

/// An open bracket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    pub(super) byte: u8,
    pub(super) line: i32,
    pub(super) col: i32,
}

/// The tokenizer.
#[derive(Debug)]
pub struct Lexer<'s> {
    source: &'s str,
    src: &'s [u8],
    extra: bool,
    /// Numbers that a keyword follows at once: their line, and the message about them.
    pub(super) number_warnings: Vec<(i32, String)>,
    /// Next byte to read.
    pub(super) cur: usize,
    /// End of the line read last.
    pub(super) line_end: usize,
    /// Start of the line read last.
    pub(super) line_start: usize,
    /// Its number.
    pub(super) line: i32,
    /// Whether the end of the text was met.
    pub(super) at_eof: bool,
    start: usize,
    starting_col: i32,
    first_line: i32,
    multi_line_start: usize,
    at_line_start: bool,
    comment_newline: bool,
    indents: Vec<(usize, usize)>,
    pending: i32,
    /// Open brackets.
    pub(super) brackets: Vec<Bracket>,
    modes: Vec<fstring::FString>,
    error: Option<LexError>,
}

type Lexed = Result<Token, LexError>;

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_word(byte: u8) -> bool {
    WORD[byte as usize]
}

/// Bytes that a word may go on with.
static WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_' || byte >= 0x80;
        byte += 1;
    }
    table
};

/// Whether the three bytes start with an operator of more than one byte, and of how many.
fn long_operator(first: u8, second: Option<u8>, third: Option<u8>) -> usize {
    let Some(second) = second else { return 1 };
    let pair = matches!(
        (first, second),
        (b'!' | b'%' | b'&' | b'*' | b'+' | b'-' | b'/' | b':' | b'<' | b'=' | b'>' | b'@' | b'^' | b'|', b'=')
            | (b'*', b'*')
            | (b'-', b'>')
            | (b'/', b'/')
            | (b'<', b'<' | b'>')
            | (b'>', b'>')
    );
    if !pair {
        return 1;
    }
    let doubled = first == second && first != b'=';
    if doubled && third == Some(b'=') { 3 } else { 2 }
}

impl<'s> Lexer<'s> {
    /// A tokenizer for a text whose last line ends in a newline, giving the parser's tokens.
    #[must_use]
    pub fn new(source: &'s str) -> Self {
        Lexer {
            source,
            src: source.as_bytes(),
            extra: false,
            number_warnings: Vec::new(),
            cur: 0,
            line_end: 0,
            line_start: 0,
            line: 0,
            at_eof: false,
            start: 0,
            starting_col: -1,
            first_line: 0,
            multi_line_start: 0,
            at_line_start: true,
            comment_newline: false,
            indents: vec![(0, 0)],
            pending: 0,
            brackets: Vec::new(),
            modes: Vec::new(),
            error: None,
        }
    }

    /// The same with comments and blank lines as tokens, and lenient about brackets and numbers.
    #[must_use]
    pub fn with_extra_tokens(source: &'s str) -> Self {
        Lexer { extra: true, ..Self::new(source) }
    }

    /// The text of a token.
    #[must_use]
    pub fn text(&self, token: &Token) -> &'s str {
        self.source.get(token.start..token.end).unwrap_or("")
    }

    /// Whether an f-string is open.
    pub(super) fn inside_fstring(&self) -> bool {
        !self.modes.is_empty()
    }

    /// The next token.
    ///
    /// # Errors
    ///
    /// The tokenizer error at this point; the same again when called once more.
    pub fn next_token(&mut self) -> Lexed {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let token = if self.modes.last().is_some_and(|mode| mode.in_text) { self.fstring_text() } else { self.normal() };
        if let Err(error) = &token {
            self.error = Some(error.clone());
        }
        token
    }

    /// The token that stands for an error in the parser's list.
    #[must_use]
    pub(super) fn error_token(&self) -> Token {
        Token {
            kind: TokenKind::Error,
            start: self.cur,
            end: self.cur,
            line: self.line,
            col: -1,
            end_line: self.line,
            end_col: -1,
            level: self.brackets.len(),
        }
    }

    #[inline]
    fn next(&mut self) -> Option<u8> {
        if self.cur == self.line_end && !self.next_line() {
            return None;
        }
        self.cur += 1;
        Some(self.src[self.cur - 1])
    }

    /// Goes on to the next line, if there is one.
    fn next_line(&mut self) -> bool {
        if self.line_end == self.src.len() {
            self.at_eof = true;
            return false;
        }
        self.line_start = self.cur;
        self.line += 1;
        let rest = &self.src[self.cur..];
        self.line_end = memchr::memchr(b'\n', rest).map_or(self.src.len(), |at| self.cur + at + 1);
        true
    }

    /// Skips what satisfies a condition in the rest of the line; the bytes skipped.
    #[inline]
    pub(super) fn skip_in_line(&mut self, condition: impl Fn(u8) -> bool) -> &'s [u8] {
        let rest = &self.src[self.cur..self.line_end];
        let skipped = &rest[..rest.iter().position(|&byte| !condition(byte)).unwrap_or(rest.len())];
        self.cur += skipped.len();
        skipped
    }

    fn back(&mut self, byte: Option<u8>) {
        if byte.is_some() {
            self.cur -= 1;
        }
    }

    fn column(&self, at: usize) -> i32 {
        i32::try_from(at.saturating_sub(self.line_start)).unwrap_or(i32::MAX)
    }

    fn token(&self, kind: TokenKind, start: usize, end: usize) -> Token {
        let spans_lines = matches!(kind, TokenKind::String | TokenKind::FStringMiddle);
        Token {
            kind,
            start,
            end,
            line: if spans_lines { self.first_line } else { self.line },
            col: self.starting_col,
            end_line: self.line,
            end_col: self.column(self.cur),
            level: self.brackets.len(),
        }
    }

    fn bare(&self, kind: TokenKind) -> Token {
        Token { kind, ..self.error_token() }
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, LexError> {
        let offset = self.source.get(self.line_start..self.cur).map_or(0, |text| text.chars().count());
        let offset = i32::try_from(offset).unwrap_or(i32::MAX);
        Err(LexError::Message { message: message.into(), line: self.line, offset, end_offset: offset })
    }

    /// Behind a backslash: the line must end, and another must follow.
    fn continuation(&mut self) -> Result<(), LexError> {
        let mut byte = self.next();
        if byte == Some(b'\r') {
            byte = self.next();
        }
        if byte != Some(b'\n') {
            return Err(LexError::LineContinuation(self.column(self.cur) - 1));
        }
        let next = self.next();
        if next.is_none() {
            return Err(LexError::Eof);
        }
        self.back(next);
        Ok(())
    }

    /// Reads a line's indentation; tells whether the line is blank.
    fn indentation(&mut self) -> Result<bool, LexError> {
        let (mut col, mut alt_col, mut continued) = (0, 0, 0);
        let byte = loop {
            let byte = self.next();
            match byte {
                Some(b' ') => {
                    col += 1;
                    alt_col += 1;
                }
                Some(b'\t') => {
                    col = (col / TAB_SIZE + 1) * TAB_SIZE;
                    alt_col += 1;
                }
                Some(b'\x0c') => (col, alt_col) = (0, 0),
                Some(b'\\') => {
                    // The first backslash after white space fixes the indentation.
                    continued = if continued == 0 { col } else { continued };
                    self.continuation()?;
                }
                _ => break byte,
            }
        };
        self.back(byte);
        if matches!(byte, Some(b'#' | b'\n' | b'\r')) {
            return Ok(true);
        }
        if self.brackets.is_empty() {
            if continued != 0 {
                (col, alt_col) = (continued, continued);
            }
            self.set_indentation(col, alt_col)?;
        }
        Ok(false)
    }

    fn set_indentation(&mut self, col: usize, alt_col: usize) -> Result<(), LexError> {
        let (top, alt_top) = self.indents.last().copied().unwrap_or((0, 0));
        if col == top {
            return if alt_col == alt_top { Ok(()) } else { self.whole_line(LexError::TabSpace) };
        }
        if col > top {
            if self.indents.len() >= INDENTS_MAX {
                return self.whole_line(LexError::TooDeep);
            }
            if alt_col <= alt_top {
                return self.whole_line(LexError::TabSpace);
            }
            self.pending += 1;
            self.indents.push((col, alt_col));
            return Ok(());
        }
        while self.indents.len() > 1 && self.indents.last().is_some_and(|(open, _)| col < *open) {
            self.pending -= 1;
            self.indents.pop();
        }
        let (top, alt_top) = self.indents.last().copied().unwrap_or((0, 0));
        if col != top {
            return self.whole_line(LexError::Dedent);
        }
        if alt_col == alt_top { Ok(()) } else { self.whole_line(LexError::TabSpace) }
    }

    /// An error that is reported at the end of the line.
    fn whole_line<T>(&mut self, error: LexError) -> Result<T, LexError> {
        self.cur = self.line_end;
        Err(error)
    }

    fn normal(&mut self) -> Lexed {
        loop {
            self.starting_col = -1;
            let mut blank = false;
            if self.at_line_start {
                self.at_line_start = false;
                blank = self.indentation()?;
            }
            self.start = self.cur;
            self.starting_col = self.column(self.cur);
            if self.pending != 0 {
                return Ok(self.pending_token());
            }
            let peeked = self.next();
            self.back(peeked);
            if let Some(token) = self.after_indentation(blank)? {
                return Ok(token);
            }
        }
    }

    fn pending_token(&mut self) -> Token {
        if self.pending < 0 {
            self.pending += 1;
            return if self.extra { self.token(TokenKind::Dedent, self.cur, self.cur) } else { self.bare(TokenKind::Dedent) };
        }
        self.pending -= 1;
        if self.extra { Token { col: 0, ..self.token(TokenKind::Indent, self.line_start, self.cur) } } else { self.bare(TokenKind::Indent) }
    }

    /// Reads one token; `None` when a blank line or the inside of brackets goes on to the next line.
    fn after_indentation(&mut self, blank: bool) -> Result<Option<Token>, LexError> {
        loop {
            let mut byte = self.next();
            while matches!(byte, Some(b' ' | b'\t' | b'\x0c')) {
                byte = self.next();
            }
            self.start = if byte.is_some() { self.cur - 1 } else { self.cur };
            self.starting_col = self.column(self.start);
            if byte == Some(b'#') {
                self.skip_in_line(|byte| byte != b'\n' && byte != b'\r');
                byte = self.next();
                if self.extra {
                    self.back(byte);
                    self.comment_newline = blank;
                    return Ok(Some(self.token(TokenKind::Comment, self.start, self.cur)));
                }
            }
            let Some(byte) = byte else {
                return if self.brackets.is_empty() { Ok(Some(self.bare(TokenKind::EndMarker))) } else { Err(LexError::Eof) };
            };
            if is_word_start(byte) {
                return self.word(byte).map(Some);
            }
            let byte = if byte == b'\r' { self.next().unwrap_or(b'\r') } else { byte };
            match byte {
                b'\n' => return Ok(self.newline(blank)),
                b'.' => return self.dot().map(Some),
                b'0'..=b'9' => return self.number(byte).map(Some),
                b'\'' | b'"' => return self.string(byte).map(Some),
                b'\\' => self.continuation()?,
                _ => return self.punctuation(byte).map(Some),
            }
        }
    }

    fn newline(&mut self, blank: bool) -> Option<Token> {
        self.at_line_start = true;
        if blank || !self.brackets.is_empty() {
            self.comment_newline = false;
            return self.extra.then(|| self.token(TokenKind::Nl, self.start, self.cur));
        }
        if self.comment_newline && self.extra {
            self.comment_newline = false;
            return Some(self.token(TokenKind::Nl, self.start, self.cur));
        }
        // The newline itself is no part of the token.
        let mut token = self.token(TokenKind::Newline, self.start, self.cur - 1);
        token.end_col = self.column(self.cur);
        Some(token)
    }

    fn word(&mut self, first: u8) -> Lexed {
        let (mut bytes, mut raw, mut unicode, mut format) = (false, false, false, false);
        let mut byte = Some(first);
        loop {
            match byte {
                Some(b'b' | b'B') if !(bytes || unicode || format) => bytes = true,
                Some(b'u' | b'U') if !(bytes || unicode || raw || format) => unicode = true,
                Some(b'r' | b'R') if !(raw || unicode) => raw = true,
                Some(b'f' | b'F') if !(format || bytes || unicode) => format = true,
                _ => break,
            }
            byte = self.next();
            if let Some(quote @ (b'"' | b'\'')) = byte {
                return if format { self.fstring_start(quote, raw) } else { self.string(quote) };
            }
        }
        let mut ascii = first < 0x80;
        // The last byte read is looked at again; a word ends with its line at the latest.
        self.back(byte);
        ascii &= self.skip_in_line(is_word).is_ascii();
        if !ascii && !self.extra {
            self.check_identifier()?;
        }
        Ok(self.token(TokenKind::Name, self.start, self.cur))
    }

    /// PEP 3131: each character must be allowed in an identifier.
    fn check_identifier(&mut self) -> Result<(), LexError> {
        let word = self.source.get(self.start..self.cur).unwrap_or("");
        let bad = word
            .char_indices()
            .find(|(at, c)| if *at == 0 { *c != '_' && !unicode_ident::is_xid_start(*c) } else { !unicode_ident::is_xid_continue(*c) });
        let Some((at, c)) = bad else { return Ok(()) };
        self.cur = self.start + at + c.len_utf8();
        let code = u32::from(c);
        if crate::text::unicode::is_printable(c.into()) {
            self.fail(format!("invalid character '{c}' (U+{code:04X})"))
        } else {
            self.fail(format!("invalid non-printable character U+{code:04X}"))
        }
    }

    fn dot(&mut self) -> Lexed {
        let byte = self.next();
        if byte.is_some_and(|b| b.is_ascii_digit()) {
            return self.fraction(byte);
        }
        if byte == Some(b'.') {
            let third = self.next();
            if third == Some(b'.') {
                return Ok(self.token(TokenKind::Op, self.start, self.cur));
            }
            self.back(third);
        }
        self.back(byte);
        Ok(self.token(TokenKind::Op, self.start, self.cur))
    }

    fn punctuation(&mut self, byte: u8) -> Lexed {
        if byte == b':' && self.colon_of_field() {
            return Ok(self.token(TokenKind::Op, self.start, self.cur));
        }
        let second = self.src.get(self.cur).copied().filter(|_| self.cur < self.line_end);
        let third = self.src.get(self.cur + 1).copied().filter(|_| self.cur + 1 < self.line_end);
        let length = long_operator(byte, second, third);
        if length > 1 {
            self.cur += length - 1;
            return Ok(self.token(TokenKind::Op, self.start, self.cur));
        }
        match byte {
            b'(' | b'[' | b'{' => self.open(byte)?,
            b')' | b']' | b'}' => self.close(byte)?,
            _ if !crate::text::unicode::is_printable(byte.into()) => {
                return self.fail(format!("invalid non-printable character U+{byte:04X}"));
            }
            _ => {}
        }
        Ok(self.token(TokenKind::Op, self.start, self.cur))
    }

    fn open(&mut self, byte: u8) -> Result<(), LexError> {
        if self.brackets.len() >= BRACKETS_MAX {
            return self.fail("too many nested parentheses");
        }
        self.brackets.push(Bracket { byte, line: self.line, col: self.column(self.start) });
        if let Some(mode) = self.modes.last_mut() {
            mode.depth += 1;
        }
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Result<(), LexError> {
        let shown = char::from(byte);
        if byte == b'}' && self.modes.last().is_some_and(|mode| mode.depth == 0) {
            return self.fail("f-string: single '}' is not allowed");
        }
        let open = self.brackets.pop();
        if !self.extra {
            let Some(open) = open else { return self.fail(format!("unmatched '{shown}'")) };
            if !matches!((open.byte, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                return self.mismatch(open, shown);
            }
        }
        if let Some(mode) = self.modes.last_mut() {
            mode.depth -= 1;
            if mode.depth < 0 {
                return self.fail(format!("f-string: unmatched '{shown}'"));
            }
            if byte == b'}' && mode.depth == mode.field_depth {
                mode.field_depth -= 1;
                mode.in_text = true;
                mode.in_format_spec = false;
            }
        }
        Ok(())
    }

    fn mismatch<T>(&mut self, open: Bracket, shown: char) -> Result<T, LexError> {
        if open.byte == b'{' && self.modes.last().is_some_and(|mode| mode.depth - 1 == mode.field_depth) {
            return self.fail(format!("f-string: unmatched '{shown}'"));
        }
        let opening = char::from(open.byte);
        let mut message = format!("closing parenthesis '{shown}' does not match opening parenthesis '{opening}'");
        if open.line != self.line {
            message += &format!(" on line {}", open.line);
        }
        self.fail(message)
    }
}
