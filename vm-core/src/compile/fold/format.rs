//! `'…%s…' % (a, b)` as an f-string, where the format is simple enough.
//!
//! `arith` computes values; this file instead rewrites the one operation whose operands need not be constant.

use crate::code::Const;
use crate::compile::ast::{Expr, ExprKind, List, Ptr};
use crate::compile::instr::Location;

/// Numbers in a format may have fewer digits than this.
const MAX_DIGITS: usize = 3;

enum Part {
    Literal(Vec<u8>),
    Field { conversion: u8, spec: String },
}

struct Scanner<'a> {
    text: &'a [u8],
    pos: usize,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.pos).copied()?;
        self.pos += 1;
        Some(byte)
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        while let Some(&byte) = self.text.get(self.pos) {
            if byte == b'%' {
                if self.text.get(self.pos + 1) != Some(&b'%') {
                    break;
                }
                self.pos += 1;
            }
            out.push(byte);
            self.pos += 1;
        }
        out
    }

    /// Digits starting with `first`, and the byte after them.
    fn digits(&mut self, first: u8) -> Option<(u32, u8)> {
        let (mut value, mut byte, mut count) = (0, first, 0);
        while byte.is_ascii_digit() {
            value = value * 10 + u32::from(byte - b'0');
            byte = self.next()?;
            count += 1;
            if count >= MAX_DIGITS {
                return None;
            }
        }
        Some((value, byte))
    }

    /// What follows a `%`; `None` if it is not supported.
    fn field(&mut self) -> Option<Part> {
        let mut left = false;
        let mut byte = loop {
            match self.next()? {
                b'-' => left = true,
                b'+' | b' ' | b'#' | b'0' => {}
                byte => break byte,
            }
        };
        let (mut width, mut precision) = (None, None);
        if byte.is_ascii_digit() {
            let (value, next) = self.digits(byte)?;
            width = Some(value);
            byte = next;
        }
        if byte == b'.' {
            byte = self.next()?;
            precision = Some(0);
            if byte.is_ascii_digit() {
                let (value, next) = self.digits(byte)?;
                precision = Some(value);
                byte = next;
            }
        }
        if !matches!(byte, b's' | b'r' | b'a') {
            return None;
        }
        let mut spec = String::new();
        if let Some(width) = width {
            if !left && width > 0 {
                spec.push('>');
            }
            spec.push_str(&width.to_string());
        }
        if let Some(precision) = precision {
            spec.push('.');
            spec.push_str(&precision.to_string());
        }
        Some(Part::Field { conversion: byte, spec })
    }
}

fn string(text: &[u8]) -> Expr {
    Expr { loc: Location::NONE, kind: ExprKind::Constant { value: Const::Str(text.into()).into(), kind: None } }
}

/// The values of the f-string that `text % (elts)` amounts to; `elts` are worth nothing then, and left alone otherwise.
pub(super) fn percent_to_fstring(text: &[u8], elts: &mut [Expr]) -> Option<List<Expr>> {
    let mut scanner = Scanner { text, pos: 0 };
    let mut parts = Vec::new();
    let mut fields = 0;
    loop {
        let literal = scanner.literal();
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        if scanner.next().is_none() {
            break;
        }
        if fields >= elts.len() {
            return None;
        }
        parts.push(scanner.field()?);
        fields += 1;
    }
    if fields < elts.len() {
        return None;
    }
    let mut values = elts.iter_mut().map(|e| std::mem::replace(e, string(b"")));
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Part::Literal(text) => out.push(string(&text)),
            Part::Field { conversion, spec } => {
                // There are as many fields as values.
                let value = values.next()?;
                let format_spec = (!spec.is_empty()).then(|| Ptr::new(string(spec.as_bytes())));
                out.push(Expr {
                    loc: value.loc,
                    kind: ExprKind::FormattedValue { conversion: conversion.into(), format_spec, value: Ptr::new(value) },
                });
            }
        }
    }
    Some(out.into())
}
