//! The fast parser's scanner: tokens one at a time, with their lines and columns.
//!
//! `lexer` is CPython's tokenizer with all its messages; this one gives up (`Bail`) on whatever is wrong, gives a warning, or is rare
//! enough not to be worth a line here, and the text is then read by that one.

use super::bytes::{BLANKS, CONTINUES, SINGLES, Single, WORD, ends, is_word};
use super::kind::{Pos, T, Token, keyword, prefix};
use super::{Bail, P};
use crate::compile::names::start_of;

/// Deepest indentation (`MAXINDENT`).
const INDENTS_MAX: usize = 100;
/// A tab reaches the next multiple of this many columns.
const TAB_SIZE: u32 = 8;
/// Longest keyword.
const KEYWORD_MAX: usize = 8;

/// The scanner's state. The text ends in a newline, or is empty.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'s> {
    pub(super) text: &'s str,
    /// Its bytes.
    pub(super) src: &'s [u8],
    /// Next byte to read.
    pub(super) pos: usize,
    pub(super) line: i32,
    pub(super) line_start: usize,
    /// Open brackets, f-string fields included.
    pub(super) brackets: u32,
    /// The number of open brackets at which `:` ends the expression of an f-string's field.
    pub(super) field: u32,
    at_line_start: bool,
    /// Open indentations, by tabs of eight columns and of one.
    indents: Vec<(u32, u32)>,
    /// Indents (positive) or dedents still to be given out.
    pending: i32,
    /// The first bytes of the word read last, as `names` wants them.
    pub(super) word_start: u64,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Scanner {
            text,
            src: text.as_bytes(),
            pos: 0,
            line: 1,
            line_start: 0,
            brackets: 0,
            field: u32::MAX,
            at_line_start: true,
            indents: vec![(0, 0)],
            pending: 0,
            word_start: 0,
        }
    }

    /// Where a byte of the current line stands.
    #[inline]
    pub(super) fn position(&self, at: usize) -> Pos {
        Pos { line: self.line, col: (at - self.line_start) as i32 }
    }

    /// The byte at `pos + ahead`, 0 at the end.
    #[inline]
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.src.get(self.pos + ahead).copied().unwrap_or(0)
    }

    /// Goes on behind a newline at `at`.
    #[inline]
    pub(super) fn line_end(&mut self, at: usize) {
        self.line += 1;
        self.line_start = at + 1;
    }

    /// A token on the current line.
    #[inline]
    fn token(&self, kind: T, start: usize) -> Token {
        let (from, to) = (self.position(start), self.position(self.pos));
        Token { kind, detail: 0, opening: 0, start: start as u32, end: self.pos as u32, from, to }
    }

    #[inline]
    fn op(&mut self, kind: T, length: usize) -> P<Token> {
        let start = self.pos;
        self.pos += length;
        Ok(self.token(kind, start))
    }

    fn augmented(&mut self, operator: T, length: usize) -> P<Token> {
        let token = self.op(T::Augmented, length)?;
        Ok(Token { detail: operator as u8, ..token })
    }

    /// Skips blanks.
    #[inline]
    fn blanks(&mut self) {
        while let Some(chunk) = self.src.get(self.pos..).and_then(|rest| rest.first_chunk::<8>()) {
            let others = u64::from_le_bytes(*chunk) ^ BLANKS;
            if others != 0 {
                self.pos += others.trailing_zeros() as usize / 8;
                return;
            }
            self.pos += 8;
        }
    }

    /// Reads blank lines and the indentation of the next one.
    fn indentation(&mut self) -> P {
        let (mut col, mut alt) = (0_u32, 0_u32);
        loop {
            let from = self.pos;
            self.blanks();
            let skipped = (self.pos - from) as u32;
            (col, alt) = (col + skipped, alt + skipped);
            match self.byte(0) {
                b' ' => (col, alt) = (col + 1, alt + 1),
                b'\t' => (col, alt) = ((col / TAB_SIZE + 1) * TAB_SIZE, alt + 1),
                b'\x0c' => (col, alt) = (0, 0),
                b'\n' => {
                    self.line_end(self.pos);
                    (col, alt) = (0, 0);
                }
                b'#' => {
                    self.comment();
                    continue;
                }
                b'\\' | b'\r' => return Err(Bail),
                _ => break,
            }
            self.pos += 1;
        }
        if self.pos == self.src.len() {
            (col, alt) = (0, 0);
        }
        let mut top = self.top();
        if col > top.0 {
            if self.indents.len() >= INDENTS_MAX || alt <= top.1 {
                return Err(Bail);
            }
            self.indents.push((col, alt));
            self.pending = 1;
            return Ok(());
        }
        while col < top.0 {
            self.indents.pop();
            self.pending -= 1;
            top = self.top();
        }
        if (col, alt) == top { Ok(()) } else { Err(Bail) }
    }

    fn top(&self) -> (u32, u32) {
        self.indents.last().copied().unwrap_or((0, 0))
    }

    /// Skips a comment, up to the newline behind it.
    fn comment(&mut self) {
        let rest = self.src.get(self.pos..).unwrap_or_default();
        self.pos += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// The next token, put in the place of another.
    #[inline]
    pub(super) fn scan_to(&mut self, token: &mut Token) -> P {
        // Most tokens are names behind at most one blank.
        let blank = usize::from(self.byte(0) == b' ');
        let first = self.byte(blank);
        if !self.at_line_start && self.pending == 0 {
            if WORD[first as usize] && !first.is_ascii_digit() {
                self.pos += blank;
                return self.word(token);
            }
            let Single { kind, brackets, goes_on } = SINGLES[first as usize];
            if kind != T::End && goes_on & CONTINUES[self.byte(blank + 1) as usize] == 0 {
                self.brackets = self.brackets.checked_add_signed(brackets.into()).ok_or(Bail)?;
                let start = self.pos + blank;
                self.pos = start + 1;
                *token = self.token(kind, start);
                return Ok(());
            }
        }
        self.scan_slowly(token)
    }

    /// The next token.
    pub(super) fn scan(&mut self) -> P<Token> {
        let mut token = self.token(T::End, self.pos);
        self.scan_slowly(&mut token).map(|()| token)
    }

    /// The next token, whatever it is, put in the place of another.
    fn scan_slowly(&mut self, token: &mut Token) -> P {
        if self.at_line_start {
            self.at_line_start = false;
            self.indentation()?;
        }
        if self.pending != 0 {
            let kind = if self.pending > 0 { T::Indent } else { T::Dedent };
            self.pending -= self.pending.signum();
            *token = self.token(kind, self.pos);
            return Ok(());
        }
        loop {
            let mut byte = self.byte(0);
            if byte == b' ' {
                self.pos += 1;
                byte = self.byte(0);
            }
            // What most tokens are is told apart before the rest.
            if WORD[byte as usize] && !byte.is_ascii_digit() {
                return self.word(token);
            }
            match byte {
                b' ' | b'\t' | b'\x0c' => self.pos += 1,
                b'\n' => {
                    let at = self.pos;
                    self.pos += 1;
                    if self.brackets == 0 {
                        *token = self.token(T::Newline, at);
                        self.line_end(at);
                        self.at_line_start = true;
                        return Ok(());
                    }
                    self.line_end(at);
                }
                b'#' => self.comment(),
                b'\\' => {
                    if self.byte(1) != b'\n' || self.pos + 2 >= self.src.len() {
                        return Err(Bail);
                    }
                    self.line_end(self.pos + 1);
                    self.pos += 2;
                }
                b'0'..=b'9' => {
                    *token = self.number()?;
                    return Ok(());
                }
                b'\'' | b'"' => {
                    *token = self.string(self.pos, 0)?;
                    return Ok(());
                }
                0 => {
                    let at_end = self.pos == self.src.len() && self.brackets == 0;
                    if !at_end {
                        return Err(Bail);
                    }
                    *token = self.token(T::End, self.pos);
                    return Ok(());
                }
                _ => {
                    *token = self.punctuation(byte)?;
                    return Ok(());
                }
            }
        }
    }

    fn word(&mut self, token: &mut Token) -> P {
        let start = self.pos;
        let rest = &self.src[start..];
        let length = self.measure_word(rest);
        self.pos += length;
        let next = self.byte(0);
        if next >= 0x80 {
            return Err(Bail);
        }
        if matches!(next, b'\'' | b'"')
            && length <= 2
            && let Some(detail) = string_prefix(&rest[..length])
        {
            *token = match detail {
                FORMAT..=u8::MAX => self.fstring(start, detail - FORMAT)?,
                _ => self.string(start, detail)?,
            };
            return Ok(());
        }
        let kind = if length <= KEYWORD_MAX { keyword(self.word_start) } else { T::Name };
        *token = self.token(kind, start);
        Ok(())
    }

    /// How long the word at the start of `rest` is; what it starts with is kept.
    #[inline]
    fn measure_word(&mut self, rest: &[u8]) -> usize {
        let mut at = 0;
        while let Some(chunk) = rest.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let bytes = u64::from_le_bytes(*chunk);
            let ends = ends(bytes);
            let length = ends.trailing_zeros() as usize / 8;
            if at == 0 {
                // All bits of a whole chunk, which has no end, are kept.
                self.word_start = bytes & ((ends & ends.wrapping_neg()) >> 7).wrapping_sub(1);
            }
            if ends != 0 {
                return at + length;
            }
            at += 8;
        }
        let length = at + rest[at..].iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len() - at);
        if at == 0 {
            self.word_start = start_of(&rest[..length]);
        }
        length
    }

    /// A string or bytes literal whose quote comes next.
    fn string(&mut self, start: usize, mut detail: u8) -> P<Token> {
        let from = self.position(start);
        let quote = self.byte(0);
        let triple = self.byte(1) == quote && self.byte(2) == quote;
        let opening = self.pos - start + if triple { 3 } else { 1 };
        self.pos = start + opening;
        if triple {
            detail |= prefix::TRIPLE;
            self.long_text(quote)?;
        } else {
            self.short_text(quote)?;
        }
        let (start, end, to) = (start as u32, self.pos as u32, self.position(self.pos));
        Ok(Token { kind: T::Str, detail, opening: opening as u8, start, end, from, to })
    }

    /// The rest of a string within one line, closing quote included.
    fn short_text(&mut self, quote: u8) -> P {
        loop {
            let byte = self.byte(0);
            self.pos += 1;
            if byte == quote {
                return Ok(());
            }
            match byte {
                b'\n' | b'\r' | 0 => return Err(Bail),
                b'\\' => {
                    if self.byte(0) == b'\n' {
                        self.line_end(self.pos);
                    }
                    self.pos += 1;
                }
                _ => {}
            }
        }
    }

    /// The rest of a string in triple quotes.
    fn long_text(&mut self, quote: u8) -> P {
        let start = self.pos;
        loop {
            let rest = self.src.get(self.pos..).ok_or(Bail)?;
            let at = memchr::memchr2(quote, b'\\', rest).ok_or(Bail)?;
            self.pos += at;
            if rest[at] == b'\\' {
                self.pos += 2;
            } else if self.byte(1) == quote && self.byte(2) == quote {
                break;
            } else {
                self.pos += 1;
            }
        }
        for at in memchr::memchr_iter(b'\n', &self.src[start..self.pos]) {
            self.line_end(start + at);
        }
        self.pos += 3;
        Ok(())
    }

    /// The start of an f-string; its text is read by the parser.
    fn fstring(&mut self, start: usize, mut detail: u8) -> P<Token> {
        let quote = self.byte(0);
        let triple = self.byte(1) == quote && self.byte(2) == quote;
        if triple {
            detail |= prefix::TRIPLE;
        }
        let opening = self.pos - start + if triple { 3 } else { 1 };
        self.pos = start + opening;
        Ok(Token { detail, opening: opening as u8, ..self.token(T::FStr, start) })
    }

    fn open(&mut self, kind: T) -> P<Token> {
        self.brackets += 1;
        self.op(kind, 1)
    }

    fn close(&mut self, kind: T) -> P<Token> {
        self.brackets = self.brackets.checked_sub(1).ok_or(Bail)?;
        self.op(kind, 1)
    }

    fn punctuation(&mut self, byte: u8) -> P<Token> {
        let (second, third) = (self.byte(1), self.byte(2));
        let plain = |this: &mut Self, kind: T| if second == b'=' { this.augmented(kind, 2) } else { this.op(kind, 1) };
        let doubled = |this: &mut Self, double: T| if third == b'=' { this.augmented(double, 3) } else { this.op(double, 2) };
        match byte {
            b'(' => self.open(T::OpenParen),
            b'[' => self.open(T::OpenSquare),
            b'{' => self.open(T::OpenBrace),
            b')' => self.close(T::CloseParen),
            b']' => self.close(T::CloseSquare),
            b'}' => self.close(T::CloseBrace),
            b',' => self.op(T::Comma, 1),
            b':' if second == b'=' && self.brackets != self.field => self.op(T::ColonEqual, 2),
            b':' => self.op(T::Colon, 1),
            b';' => self.op(T::Semicolon, 1),
            b'~' => self.op(T::Tilde, 1),
            b'.' if second.is_ascii_digit() => self.number(),
            b'.' if second == b'.' && third == b'.' => self.op(T::Ellipsis, 3),
            b'.' => self.op(T::Dot, 1),
            b'=' if second == b'=' => self.op(T::EqEqual, 2),
            b'=' => self.op(T::Equal, 1),
            b'!' if second == b'=' => self.op(T::NotEqual, 2),
            b'!' => self.op(T::Exclamation, 1),
            b'<' if second == b'<' => doubled(self, T::LeftShift),
            b'<' if second == b'=' => self.op(T::LessEqual, 2),
            b'<' if second == b'>' => Err(Bail),
            b'<' => self.op(T::Less, 1),
            b'>' if second == b'>' => doubled(self, T::RightShift),
            b'>' if second == b'=' => self.op(T::GreaterEqual, 2),
            b'>' => self.op(T::Greater, 1),
            b'-' if second == b'>' => self.op(T::Arrow, 2),
            b'-' => plain(self, T::Minus),
            b'+' => plain(self, T::Plus),
            b'*' if second == b'*' => doubled(self, T::DoubleStar),
            b'*' => plain(self, T::Star),
            b'/' if second == b'/' => doubled(self, T::DoubleSlash),
            b'/' => plain(self, T::Slash),
            b'%' => plain(self, T::Percent),
            b'@' => plain(self, T::At),
            b'&' => plain(self, T::Ampersand),
            b'|' => plain(self, T::Bar),
            b'^' => plain(self, T::Caret),
            _ => Err(Bail),
        }
    }

    /// A number. What follows at once must be no word: that is an error, or gives a warning.
    fn number(&mut self) -> P<Token> {
        let start = self.pos;
        if self.byte(0) == b'0' && matches!(self.byte(1) | 0x20, b'x' | b'o' | b'b') {
            let radix = match self.byte(1) | 0x20 {
                b'x' => 16,
                b'o' => 8,
                _ => 2,
            };
            self.pos += 2;
            if self.byte(0) == b'_' {
                self.pos += 1;
            }
            self.digits(radix)?;
        } else {
            let mut leading_zero = false;
            if self.byte(0) != b'.' {
                self.digits(10)?;
                leading_zero = self.src[start] == b'0' && self.src[start..self.pos].iter().any(|byte| matches!(byte, b'1'..=b'9'));
            }
            let integer_end = self.pos;
            if self.byte(0) == b'.' {
                self.pos += 1;
                if self.byte(0).is_ascii_digit() {
                    self.digits(10)?;
                }
            }
            if self.byte(0) | 0x20 == b'e' {
                let sign = usize::from(matches!(self.byte(1), b'+' | b'-'));
                self.pos += 1 + sign;
                self.digits(10)?;
            }
            if self.byte(0) | 0x20 == b'j' {
                self.pos += 1;
            }
            if leading_zero && self.pos == integer_end {
                return Err(Bail);
            }
        }
        let next = self.byte(0);
        if is_word(next) || next >= 0x80 { Err(Bail) } else { Ok(self.token(T::Number, start)) }
    }

    /// At least one digit, with single underscores between them.
    fn digits(&mut self, radix: u32) -> P {
        loop {
            let start = self.pos;
            while char::from(self.byte(0)).is_digit(radix) {
                self.pos += 1;
            }
            if self.pos == start {
                return Err(Bail);
            }
            if self.byte(0) != b'_' {
                return Ok(());
            }
            self.pos += 1;
        }
    }
}

/// Added to the `detail` of f-strings by `string_prefix`.
const FORMAT: u8 = 128;

/// What a string's prefix says; none if it is no prefix.
fn string_prefix(word: &[u8]) -> Option<u8> {
    Some(match word {
        b"u" => prefix::UNICODE,
        b"U" => 0,
        b"r" | b"R" => prefix::RAW,
        b"b" | b"B" => prefix::BYTES,
        b"f" | b"F" => FORMAT,
        [b'f' | b'F', b'r' | b'R'] | [b'r' | b'R', b'f' | b'F'] => FORMAT | prefix::RAW,
        [b'b' | b'B', b'r' | b'R'] | [b'r' | b'R', b'b' | b'B'] => prefix::BYTES | prefix::RAW,
        _ => return None,
    })
}
