//! String and bytes literals, joined ones, f-strings.

use super::kind::{Pos, T, Token, prefix};
use super::{Bail, P, Parser};
use crate::code::Const;
use crate::compile::ast::{Expr, ExprKind, Ptr};
use crate::compile::instr::Location;
use crate::compile::lower;
use std::sync::Arc;

/// How deep replacement fields may nest in format specifications.
const FIELD_NESTING_MAX: u32 = 3;

fn text_constant(loc: Location, text: &[u8]) -> Expr {
    Expr { loc, kind: ExprKind::Constant { value: Const::Str(Arc::from(text)).into(), kind: None } }
}

impl<'s> Parser<'s> {
    /// One literal or several that are joined.
    pub(super) fn strings(&mut self) -> P<Expr> {
        let (start, first) = (self.tok.from, self.tok);
        if first.kind == T::Str {
            self.advance()?;
            if !matches!(self.tok.kind, T::Str | T::FStr) {
                let value = self.value(&first)?;
                return Ok(self.literal(start, &first, value));
            }
        }
        let (mut parts, mut formatted) = (Vec::new(), false);
        let is_bytes = first.detail & prefix::BYTES != 0;
        let mut bytes = Vec::new();
        let mut add = |this: &mut Self, token: &Token, parts: &mut Vec<Expr>| {
            if (token.detail & prefix::BYTES != 0) != is_bytes {
                return Err(Bail);
            }
            let value = this.value(token)?;
            if let Const::Bytes(more) = &value {
                bytes.extend_from_slice(more);
            } else {
                parts.push(this.literal(token.from, token, value));
            }
            Ok(())
        };
        if first.kind == T::Str {
            add(self, &first, &mut parts)?;
        }
        while matches!(self.tok.kind, T::Str | T::FStr) {
            let token = self.tok;
            if token.kind == T::Str {
                self.advance()?;
                add(self, &token, &mut parts)?;
            } else {
                if is_bytes {
                    return Err(Bail);
                }
                formatted = true;
                self.deeper(|this| this.fstring(token, &mut parts))?;
            }
        }
        let loc = self.loc(start);
        if is_bytes {
            return Ok(Expr { loc, kind: ExprKind::Constant { value: Const::Bytes(bytes.into()).into(), kind: None } });
        }
        let mut parts = lower::join_parts(parts, !formatted);
        if formatted {
            return Ok(Expr { loc, kind: ExprKind::JoinedStr { values: parts.into() } });
        }
        parts.truncate(1);
        parts.pop().ok_or(Bail)
    }

    /// A literal that was the token before.
    fn literal(&self, start: Pos, token: &Token, value: Const) -> Expr {
        let loc = Location { line: start.line, col: start.col, end_line: token.to.line, end_col: token.to.col };
        let kind = (token.detail & prefix::UNICODE != 0).then(|| "u".into());
        Expr { loc, kind: ExprKind::Constant { value: value.into(), kind } }
    }

    /// What a literal stands for.
    fn value(&self, token: &Token) -> P<Const> {
        let closing = if token.detail & prefix::TRIPLE != 0 { 3 } else { 1 };
        let inside = self.scanner.src.get((token.start + u32::from(token.opening)) as usize..token.end as usize - closing).ok_or(Bail)?;
        let is_bytes = token.detail & prefix::BYTES != 0;
        if is_bytes && !inside.is_ascii() {
            return Err(Bail);
        }
        if token.detail & prefix::RAW != 0 || memchr::memchr(b'\\', inside).is_none() {
            return Ok(if is_bytes { Const::Bytes(Arc::from(inside)) } else { Const::Str(Arc::from(inside)) });
        }
        let mut decoded = Vec::with_capacity(inside.len());
        unescape(inside, is_bytes, &mut decoded)?;
        Ok(if is_bytes { Const::Bytes(decoded.into()) } else { Const::Str(decoded.into()) })
    }

    /// An f-string whose opening quotes are the token at hand.
    fn fstring(&mut self, token: Token, parts: &mut Vec<Expr>) -> P {
        self.elements(&token, 0, parts)?;
        // The closing quotes take the place of the token.
        let closing = if token.detail & prefix::TRIPLE != 0 { 3 } else { 1 };
        self.scanner.pos += closing;
        self.tok = Token { kind: T::FStr, to: self.scanner.position(self.scanner.pos), ..token };
        self.advance()
    }

    /// Text and replacement fields from the scanner's position on, up to the closing quotes, or the `}` that ends a format specification
    /// (in one that is `specs` deep); neither is read.
    fn elements(&mut self, token: &Token, specs: u32, parts: &mut Vec<Expr>) -> P {
        let triple = token.detail & prefix::TRIPLE != 0;
        let raw = token.detail & prefix::RAW != 0;
        let quote = self.scanner.src[token.start as usize + usize::from(token.opening) - 1];
        loop {
            let (from, start) = (self.scanner.position(self.scanner.pos), self.scanner.pos);
            let (mut doubled, mut escaped, mut named) = (false, false, false);
            let ended = loop {
                let byte = self.scanner.byte(0);
                match byte {
                    0 => return Err(Bail),
                    b'\n' => {
                        if !triple || specs > 0 {
                            return Err(Bail);
                        }
                        self.scanner.line_end(self.scanner.pos);
                    }
                    b'\\' => {
                        escaped = true;
                        let next = self.scanner.byte(1);
                        match next {
                            b'{' | b'}' if raw => {}
                            // An escape that means nothing, or a name, whose braces open no field.
                            b'{' | b'}' | 0 => return Err(Bail),
                            b'\n' => {
                                self.scanner.pos += 1;
                                self.scanner.line_end(self.scanner.pos);
                            }
                            b'N' if !raw => {
                                let rest = &self.scanner.src[start..];
                                let from = self.scanner.pos + 2 - start;
                                if rest.get(from) != Some(&b'{') {
                                    return Err(Bail);
                                }
                                let length = memchr::memchr(b'}', &rest[from..]).ok_or(Bail)?;
                                self.scanner.pos += 2 + length;
                                named = true;
                            }
                            _ => self.scanner.pos += 1,
                        }
                    }
                    b'{' if self.scanner.byte(1) == b'{' => {
                        if specs > 0 {
                            return Err(Bail);
                        }
                        doubled = true;
                        self.scanner.pos += 1;
                    }
                    b'{' => break false,
                    b'}' if specs > 0 => break true,
                    b'}' => {
                        if self.scanner.byte(1) != b'}' {
                            return Err(Bail);
                        }
                        doubled = true;
                        self.scanner.pos += 1;
                    }
                    _ if byte == quote && (!triple || (self.scanner.byte(1) == quote && self.scanner.byte(2) == quote)) => {
                        if specs > 0 {
                            return Err(Bail);
                        }
                        break true;
                    }
                    _ => {}
                }
                self.scanner.pos += 1;
            };
            let end = self.scanner.pos;
            if doubled && named {
                return Err(Bail);
            }
            if end > start {
                let to = self.scanner.position(end);
                let loc = Location { line: from.line, col: from.col, end_line: to.line, end_col: to.col };
                let text = &self.scanner.src[start..end];
                parts.push(match (raw || !escaped, doubled) {
                    (true, false) => text_constant(loc, text),
                    (plain, doubled) => {
                        let mut decoded = Vec::with_capacity(text.len());
                        if doubled {
                            undouble(text, plain, &mut decoded)?;
                        } else {
                            unescape(text, false, &mut decoded)?;
                        }
                        text_constant(loc, &decoded)
                    }
                });
            }
            if ended {
                return Ok(());
            }
            self.deeper(|this| this.field(token, specs, parts))?;
        }
    }

    /// A replacement field whose `{` comes next; what follows its `}` is not read.
    fn field(&mut self, token: &Token, specs: u32, parts: &mut Vec<Expr>) -> P {
        if specs >= FIELD_NESTING_MAX {
            return Err(Bail);
        }
        let start = self.scanner.position(self.scanner.pos);
        let text_start = self.scanner.pos + 1;
        self.scanner.pos += 1;
        self.scanner.brackets += 1;
        let outer = std::mem::replace(&mut self.scanner.field, self.scanner.brackets);
        self.advance()?;
        let value = Ptr::new(self.yield_or_star_expressions()?);
        let mut debug = None;
        if self.tok.kind == T::Equal {
            self.advance()?;
            let text = &self.scanner.src[text_start..self.tok.start as usize];
            // Comments and line ends would have to be told from the text.
            if text.iter().any(|byte| matches!(byte, b'#' | b'\n' | b'\\')) {
                return Err(Bail);
            }
            debug = Some((text, Pos { line: start.line, col: start.col + 1 }));
        }
        let mut conversion = -1;
        if self.tok.kind == T::Exclamation {
            let behind = self.tok.end;
            self.advance()?;
            conversion = match self.text() {
                [letter @ (b's' | b'r' | b'a')] if self.tok.start == behind => i32::from(*letter),
                _ => return Err(Bail),
            };
            self.advance()?;
        }
        let mut format_spec = None;
        if self.tok.kind == T::Colon {
            let colon = self.tok.from;
            let mut values = Vec::new();
            self.scanner.field = outer;
            self.elements(token, specs + 1, &mut values)?;
            let to = self.scanner.position(self.scanner.pos);
            let loc = Location { line: colon.line, col: colon.col, end_line: to.line, end_col: to.col };
            format_spec = Some(Ptr::new(Expr { loc, kind: ExprKind::JoinedStr { values: lower::join_parts(values, false).into() } }));
            // The `}` that `elements` stopped at.
            self.scanner.pos += 1;
            self.scanner.brackets -= 1;
        } else if self.tok.kind == T::CloseBrace {
            self.scanner.field = outer;
        } else {
            return Err(Bail);
        }
        if let Some((text, from)) = debug {
            if conversion == -1 && format_spec.is_none() {
                conversion = i32::from(b'r');
            }
            let end_col = from.col + text.len() as i32;
            let loc = Location { line: from.line, col: from.col, end_line: from.line, end_col };
            parts.push(text_constant(loc, text));
        }
        let to = self.scanner.position(self.scanner.pos);
        let loc = Location { line: start.line, col: start.col, end_line: to.line, end_col: to.col };
        parts.push(Expr { loc, kind: ExprKind::FormattedValue { value, conversion, format_spec } });
        Ok(())
    }
}

/// Decodes text with doubled braces; `plain` text has no escapes.
fn undouble(text: &[u8], plain: bool, out: &mut Vec<u8>) -> P {
    let mut rest = text;
    loop {
        // Up to and with the first brace of a pair.
        let pair = (0..rest.len()).find(|&at| matches!(rest[at], b'{' | b'}') && rest.get(at + 1) == Some(&rest[at]));
        let cut = pair.map_or(rest.len(), |at| at + 1);
        if plain {
            out.extend_from_slice(&rest[..cut]);
        } else {
            unescape(&rest[..cut], false, out)?;
        }
        match pair {
            Some(at) => rest = &rest[at + 2..],
            None => return Ok(()),
        }
    }
}

/// Decodes escape sequences; gives up on those that are wrong or give a warning.
fn unescape(text: &[u8], is_bytes: bool, out: &mut Vec<u8>) -> P {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        let (&escape, after) = rest[at + 1..].split_first().ok_or(Bail)?;
        rest = after;
        let simple = match escape {
            b'\n' => continue,
            b'0'..=b'7' => {
                let more = after.iter().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                let code = after[..more].iter().fold(u32::from(escape - b'0'), |code, digit| code * 8 + u32::from(digit - b'0'));
                if code > 0xFF {
                    return Err(Bail);
                }
                rest = &after[more..];
                push(out, code, is_bytes);
                continue;
            }
            b'x' => {
                rest = hexadecimal(after, 2, is_bytes, out)?;
                continue;
            }
            b'u' if !is_bytes => {
                rest = hexadecimal(after, 4, false, out)?;
                continue;
            }
            b'U' if !is_bytes => {
                rest = hexadecimal(after, 8, false, out)?;
                continue;
            }
            b'N' if !is_bytes && after.first() == Some(&b'{') => {
                let end = memchr::memchr(b'}', after).ok_or(Bail)?;
                let name = std::str::from_utf8(&after[1..end]).map_err(|_| Bail)?;
                push(out, u32::from(lower::character_named(name).ok_or(Bail)?), false);
                rest = &after[end + 1..];
                continue;
            }
            other => lower::simple_escape(other).ok_or(Bail)?,
        };
        out.push(simple);
    }
    out.extend_from_slice(rest);
    Ok(())
}

fn push(out: &mut Vec<u8>, code: u32, is_byte: bool) {
    if is_byte { out.push(code as u8) } else { lower::push_code_point(out, code) }
}

/// A number of hexadecimal digits; what follows them.
fn hexadecimal<'t>(text: &'t [u8], digits: usize, is_byte: bool, out: &mut Vec<u8>) -> P<&'t [u8]> {
    let (digits, rest) = text.split_at_checked(digits).ok_or(Bail)?;
    let mut code = 0;
    for &digit in digits {
        code = code << 4 | char::from(digit).to_digit(16).ok_or(Bail)?;
    }
    if code > 0x10_FFFF {
        return Err(Bail);
    }
    push(out, code, is_byte);
    Ok(rest)
}
