//! f-strings: while one is open the tokenizer alternates between its text and ordinary tokens inside the braces.

use super::{LexError, Lexed, Lexer, TokenKind};

/// How deep replacement fields may nest in format specifications.
const FIELD_NESTING_MAX: i32 = 3;
/// How deep f-strings may nest.
const FSTRING_NESTING_MAX: usize = 149;

/// An open f-string.
#[derive(Debug)]
pub(super) struct FString {
    /// Whether its text is read next, and not the tokens of a replacement field.
    pub(super) in_text: bool,
    /// Brackets open inside it.
    pub(super) depth: i32,
    /// The bracket depth the current field opened at, -1 outside fields.
    pub(super) field_depth: i32,
    /// Its quote.
    pub(super) quote: u8,
    /// One or three quotes.
    pub(super) quote_size: usize,
    raw: bool,
    start: usize,
    line_start: usize,
    line: i32,
    /// Whether the text is a format specification.
    pub(super) in_format_spec: bool,
}

impl Lexer<'_> {
    pub(super) fn fstring_start(&mut self, quote: u8, raw: bool) -> Lexed {
        self.first_line = self.line;
        self.multi_line_start = self.line_start;
        let mut quote_size = 1;
        let after = self.next();
        if after == Some(quote) {
            let third = self.next();
            if third == Some(quote) {
                quote_size = 3;
            } else {
                self.back(third);
                self.back(after);
            }
        } else {
            self.back(after);
        }
        if self.modes.len() >= FSTRING_NESTING_MAX {
            return self.fail("too many nested f-strings");
        }
        let token = self.token(TokenKind::FStringStart, self.start, self.cur);
        self.modes.push(FString {
            in_text: true,
            depth: 0,
            field_depth: -1,
            quote,
            quote_size,
            raw,
            start: self.start,
            line_start: self.line_start,
            line: self.line,
            in_format_spec: false,
        });
        Ok(token)
    }

    /// Whether a `:` ends the expression of a field; then a format specification follows.
    pub(super) fn colon_of_field(&mut self) -> bool {
        match self.modes.last_mut() {
            Some(mode) if mode.field_depth >= 0 && mode.depth - 1 == mode.field_depth => {
                mode.in_text = true;
                mode.in_format_spec = true;
                true
            }
            _ => false,
        }
    }

    fn open_field(&mut self) -> Result<(), LexError> {
        if let Some(mode) = self.modes.last_mut() {
            mode.field_depth += 1;
            mode.in_text = false;
            if mode.field_depth >= FIELD_NESTING_MAX {
                return self.fail("f-string: expressions nested too deeply");
            }
        }
        Ok(())
    }

    pub(super) fn fstring_text(&mut self) -> Lexed {
        let Some(mode) = self.modes.last() else { return self.normal() };
        let (quote, quote_size, raw) = (mode.quote, mode.quote_size, mode.raw);
        self.start = self.cur;
        self.first_line = self.line;
        self.starting_col = self.column(self.cur);
        let first = self.next();
        if first == Some(b'{') {
            let second = self.next();
            self.back(second);
            self.back(first);
            if second != Some(b'{') {
                self.open_field()?;
                return self.normal();
            }
        } else {
            self.back(first);
        }
        if self.closing_quotes(quote, quote_size) {
            let token = self.token(TokenKind::FStringEnd, self.start, self.cur);
            self.modes.pop();
            return Ok(token);
        }
        self.multi_line_start = self.line_start;
        self.middle(quote, quote_size, raw)
    }

    fn closing_quotes(&mut self, quote: u8, quote_size: usize) -> bool {
        for _ in 0..quote_size {
            let byte = self.next();
            if byte != Some(quote) {
                // As CPython does: quotes read before this byte stay read.
                self.back(byte);
                return false;
            }
        }
        true
    }

    fn middle(&mut self, quote: u8, quote_size: usize, raw: bool) -> Lexed {
        let (mut closing, mut named_escape) = (0, false);
        while closing != quote_size {
            let byte = self.next();
            let (in_spec, depth) = self.modes.last().map_or((false, 0), |mode| (mode.in_format_spec && mode.field_depth >= 0, mode.depth));
            if byte.is_none() || (quote_size == 1 && byte == Some(b'\n')) {
                if in_spec && byte == Some(b'\n') {
                    return self.spec_line_end(byte);
                }
                return self.unterminated_fstring();
            }
            if byte == Some(quote) {
                closing += 1;
                continue;
            }
            closing = 0;
            match byte {
                Some(b'{') => {
                    let peek = self.next();
                    if peek == Some(b'{') && !in_spec {
                        return Ok(self.token(TokenKind::FStringMiddle, self.start, self.cur - 1));
                    }
                    self.back(peek);
                    self.back(byte);
                    self.open_field()?;
                    self.leave_spec();
                    return Ok(self.token(TokenKind::FStringMiddle, self.start, self.cur));
                }
                Some(b'}') if named_escape => {
                    return Ok(self.token(TokenKind::FStringMiddle, self.start, self.cur));
                }
                Some(b'}') => {
                    let peek = self.next();
                    if peek == Some(b'}') && !in_spec && depth == 0 {
                        return Ok(self.token(TokenKind::FStringMiddle, self.start, self.cur - 1));
                    }
                    self.back(peek);
                    self.back(byte);
                    self.leave_spec();
                    return Ok(self.token(TokenKind::FStringMiddle, self.start, self.cur));
                }
                Some(b'\\') => {
                    let mut peek = self.next();
                    if peek == Some(b'\r') {
                        peek = self.next();
                    }
                    if let Some(b'{' | b'}') = peek {
                        self.back(peek);
                    } else if !raw && peek == Some(b'N') {
                        let brace = self.next();
                        if brace == Some(b'{') {
                            named_escape = true;
                        } else {
                            self.back(brace);
                        }
                    }
                }
                _ => {}
            }
        }
        self.cur -= quote_size;
        Ok(self.token(TokenKind::FStringMiddle, self.start, self.cur))
    }

    fn leave_spec(&mut self) {
        if let Some(mode) = self.modes.last_mut() {
            mode.in_text = false;
            mode.in_format_spec = false;
        }
    }

    /// A newline inside the format specification of a single-quoted f-string.
    fn spec_line_end(&mut self, byte: Option<u8>) -> Lexed {
        self.back(byte);
        self.leave_spec();
        Ok(self.token(TokenKind::FStringMiddle, self.start, self.cur))
    }

    fn unterminated_fstring(&mut self) -> Lexed {
        let last_line = self.line;
        let Some(mode) = self.modes.last() else { return Err(LexError::Eof) };
        let (start, line_start, line, triple) = (mode.start, mode.line_start, mode.line, mode.quote_size == 3);
        self.cur = start + 1;
        self.line_start = line_start;
        self.line = line;
        let kind = if triple { "triple-quoted f-string" } else { "f-string" };
        self.fail(format!("unterminated {kind} literal (detected at line {last_line})"))
    }
}
