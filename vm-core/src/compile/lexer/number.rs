//! Numbers, and the messages for what only looks like one.

use super::{LexError, Lexed, Lexer, TokenKind, is_word};

impl Lexer<'_> {
    pub(super) fn number(&mut self, first: u8) -> Lexed {
        if first != b'0' {
            let byte = self.decimal_tail()?;
            return self.after_integer(byte);
        }
        let byte = self.next();
        match byte {
            Some(b'x' | b'X') => self.radix("hexadecimal", 16),
            Some(b'o' | b'O') => self.radix("octal", 8),
            Some(b'b' | b'B') => self.radix("binary", 2),
            _ => self.zeros(byte),
        }
    }

    fn finish(&mut self, byte: Option<u8>, kind: &str) -> Lexed {
        self.check_end(byte, kind)?;
        self.back(byte);
        Ok(self.token(TokenKind::Number, self.start, self.cur))
    }

    fn radix(&mut self, kind: &str, radix: u32) -> Lexed {
        let is_digit = |byte: Option<u8>| byte.is_some_and(|b| char::from(b).is_digit(radix));
        let too_big = |this: &Self, byte: Option<u8>| match byte.filter(u8::is_ascii_digit) {
            Some(digit) if radix < 10 => Some(this.fail(format!("invalid digit '{}' in {kind} literal", char::from(digit)))),
            _ => None,
        };
        let mut byte = self.next();
        loop {
            if byte == Some(b'_') {
                byte = self.next();
            }
            if !is_digit(byte) {
                if let Some(error) = too_big(self, byte) {
                    return error;
                }
                self.back(byte);
                return self.fail(format!("invalid {kind} literal"));
            }
            while is_digit(byte) {
                byte = self.next();
            }
            if byte != Some(b'_') {
                break;
            }
        }
        if let Some(error) = too_big(self, byte) {
            return error;
        }
        self.finish(byte, kind)
    }

    /// Behind a leading zero that starts no radix prefix.
    fn zeros(&mut self, mut byte: Option<u8>) -> Lexed {
        loop {
            if byte == Some(b'_') {
                byte = self.next();
                if !byte.is_some_and(|b| b.is_ascii_digit()) {
                    self.back(byte);
                    return self.fail("invalid decimal literal");
                }
            }
            if byte != Some(b'0') {
                break;
            }
            byte = self.next();
        }
        let zeros_end = self.cur;
        let nonzero = byte.is_some_and(|b| b.is_ascii_digit());
        if nonzero {
            byte = self.decimal_tail()?;
        }
        match byte {
            Some(b'.' | b'e' | b'E' | b'j' | b'J') => self.after_integer(byte),
            _ if nonzero && !self.extra => {
                self.back(byte);
                Err(LexError::Message {
                    message: "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers".into(),
                    line: self.line,
                    offset: self.column(self.start) + 1,
                    end_offset: self.column(zeros_end),
                })
            }
            _ => self.finish(byte, "decimal"),
        }
    }

    /// Digits with single underscores between them; gives the byte behind.
    fn decimal_tail(&mut self) -> Result<Option<u8>, LexError> {
        loop {
            let mut byte = self.next();
            while byte.is_some_and(|b| b.is_ascii_digit()) {
                byte = self.next();
            }
            if byte != Some(b'_') {
                return Ok(byte);
            }
            byte = self.next();
            if !byte.is_some_and(|b| b.is_ascii_digit()) {
                self.back(byte);
                return self.fail("invalid decimal literal");
            }
        }
    }

    fn after_integer(&mut self, byte: Option<u8>) -> Lexed {
        if byte == Some(b'.') {
            let next = self.next();
            return self.fraction(next);
        }
        self.exponent(byte)
    }

    /// Behind the point.
    pub(super) fn fraction(&mut self, mut byte: Option<u8>) -> Lexed {
        if byte.is_some_and(|b| b.is_ascii_digit()) {
            byte = self.decimal_tail()?;
        }
        self.exponent(byte)
    }

    fn exponent(&mut self, mut byte: Option<u8>) -> Lexed {
        if let Some(b'e' | b'E') = byte {
            let letter = byte;
            byte = self.next();
            if let Some(b'+' | b'-') = byte {
                byte = self.next();
                if !byte.is_some_and(|b| b.is_ascii_digit()) {
                    self.back(byte);
                    return self.fail("invalid decimal literal");
                }
            } else if !byte.is_some_and(|b| b.is_ascii_digit()) {
                self.back(byte);
                self.check_end(letter, "decimal")?;
                self.back(letter);
                return Ok(self.token(TokenKind::Number, self.start, self.cur));
            }
            byte = self.decimal_tail()?;
        }
        if let Some(b'j' | b'J') = byte {
            let next = self.next();
            return self.finish(next, "imaginary");
        }
        self.finish(byte, "decimal")
    }

    /// A number may be followed by a keyword, but by no other word.
    fn check_end(&mut self, byte: Option<u8>, kind: &str) -> Result<(), LexError> {
        let Some(first) = byte.filter(|_| !self.extra) else { return Ok(()) };
        let rest = &self.src[self.cur..];
        let is_keyword = |tail: &[u8]| rest.starts_with(tail) && !rest.get(tail.len()).is_some_and(|b| is_word(*b));
        let keyword = match first {
            b'a' => is_keyword(b"nd"),
            b'e' => is_keyword(b"lse"),
            b'f' => is_keyword(b"or"),
            b'i' => matches!(rest.first(), Some(b'f' | b'n' | b's')),
            b'o' => is_keyword(b"r"),
            b'n' => is_keyword(b"ot"),
            _ => false,
        };
        if keyword {
            self.number_warnings.push((self.line, format!("invalid {kind} literal")));
        }
        if !keyword && first < 0x80 && is_word(first) {
            self.back(byte);
            return self.fail(format!("invalid {kind} literal"));
        }
        Ok(())
    }
}
