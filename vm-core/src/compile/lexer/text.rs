//! String and bytes literals other than f-strings.

use super::{LexError, Lexed, Lexer, TokenKind};

impl Lexer<'_> {
    pub(super) fn string(&mut self, quote: u8) -> Lexed {
        self.first_line = self.line;
        self.multi_line_start = self.line_start;
        let (mut size, mut closing, mut escaped_quote) = (1, 0, false);
        let mut byte = self.next();
        if byte == Some(quote) {
            byte = self.next();
            if byte == Some(quote) { size = 3 } else { closing = 1 }
        }
        if byte != Some(quote) {
            self.back(byte);
        }
        while closing != size {
            if !self.skip_in_line(|byte| byte != quote && byte != b'\\' && byte != b'\n').is_empty() {
                closing = 0;
            }
            byte = self.next();
            if byte.is_none() || (size == 1 && byte == Some(b'\n')) {
                return Err(self.unterminated(quote, size, escaped_quote));
            }
            if byte == Some(quote) {
                closing += 1;
                continue;
            }
            closing = 0;
            if byte == Some(b'\\') {
                byte = self.next();
                escaped_quote |= byte == Some(quote);
                if byte == Some(b'\r') {
                    self.next();
                }
            }
        }
        let multi_line_start = self.multi_line_start;
        let mut token = self.token(TokenKind::String, self.start, self.cur);
        token.col = i32::try_from(self.start - multi_line_start).unwrap_or(i32::MAX);
        Ok(token)
    }

    /// The error stands at the opening quote.
    fn unterminated(&mut self, quote: u8, size: usize, escaped_quote: bool) -> LexError {
        let last_line = self.line;
        self.cur = self.start + 1;
        self.line_start = self.multi_line_start;
        self.line = self.first_line;
        let message = if self.modes.last().is_some_and(|mode| mode.quote == quote && mode.quote_size == size) {
            "f-string: expecting '}'".to_owned()
        } else if size == 3 {
            format!("unterminated triple-quoted string literal (detected at line {last_line})")
        } else if escaped_quote {
            format!("unterminated string literal (detected at line {last_line}); perhaps you escaped the end quote?")
        } else {
            format!("unterminated string literal (detected at line {last_line})")
        };
        match self.fail::<()>(message) {
            Err(error) => error,
            Ok(()) => LexError::Eof,
        }
    }
}
