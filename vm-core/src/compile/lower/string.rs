//! String, bytes and f-string literals: implicit concatenation as CPython folds it, replacement fields, debug text.

use super::*;

/// A string literal's prefix letters and the byte length of its opening quotes.
fn opening(text: &str) -> (&str, usize) {
    let prefix = text.find(['\'', '"']).unwrap_or(0);
    let quote = &text[prefix..];
    let quotes = if quote.starts_with("'''") || quote.starts_with("\"\"\"") { 3 } else { 1 };
    (&text[..prefix], quotes)
}

fn is_raw(prefix: &str) -> bool {
    prefix.contains(['r', 'R'])
}

/// The text of a string literal.
fn text_of(expr: &Expr) -> Option<&[u8]> {
    match &expr.kind {
        ExprKind::Constant { value, .. } => match &**value {
            Const::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn is_str(expr: &Expr) -> bool {
    text_of(expr).is_some()
}

fn is_empty_str(expr: &Expr) -> bool {
    text_of(expr).is_some_and(<[u8]>::is_empty)
}

/// Joins neighbouring constants and drops empty ones, as CPython does once an f-string is among the parts.
pub(in crate::compile) fn fold(parts: Vec<Expr>, keep_empty: bool) -> Vec<Expr> {
    let mut result: Vec<Expr> = Vec::with_capacity(parts.len());
    let mut parts = parts.into_iter().peekable();
    while let Some(mut part) = parts.next() {
        if let Some(first) = text_of(&part)
            && parts.peek().is_some_and(is_str)
        {
            let mut joined = first.to_vec();
            while let Some(next) = parts.next_if(is_str) {
                joined.extend_from_slice(text_of(&next).unwrap_or_default());
                part.loc.end_line = next.loc.end_line;
                part.loc.end_col = next.loc.end_col;
            }
            if let ExprKind::Constant { value, .. } = &mut part.kind {
                *value = Const::Str(Arc::from(joined)).into();
            }
        }
        result.push(part);
    }
    if !keep_empty {
        result.retain(|part| !is_empty_str(part));
    }
    result
}

impl Lowering<'_> {
    fn text_constant(&mut self, start: usize, end: usize, known: &str) -> Const {
        let text = self.source.get(start..end).unwrap_or("");
        if !(text.contains("\\u") || text.contains("\\U")) {
            return str_const(known);
        }
        match decode_str(text) {
            Ok(value) => Const::Str(Arc::from(value)),
            Err(error) => {
                self.fail(error.message(), start, end);
                Const::None
            }
        }
    }

    fn plain(&mut self, literal: &ruff::StringLiteral) -> Expr {
        let (start, end) = (literal.range().start().to_usize(), literal.range().end().to_usize());
        let (prefix, quotes) = opening(self.text(start, end));
        let (raw, unicode) = (is_raw(prefix), prefix.starts_with('u'));
        let inner = start + prefix.len() + quotes;
        let value = if raw { str_const(&literal.value) } else { self.text_constant(inner, end.saturating_sub(quotes), &literal.value) };
        Expr { loc: self.span(start, end), kind: ExprKind::Constant { value: value.into(), kind: unicode.then(|| "u".into()) } }
    }

    pub(super) fn string_literal(&mut self, node: &ruff::ExprStringLiteral) -> Expr {
        if let [literal] = node.value.as_slice() {
            return self.plain(literal);
        }
        let parts: Vec<Expr> = node.value.iter().map(|literal| self.plain(literal)).collect();
        let loc = self.loc(node.range());
        let mut folded = fold(parts, true);
        folded.truncate(1);
        folded.pop().unwrap_or(Expr { loc, kind: ExprKind::Constant { value: str_const("").into(), kind: None } })
    }

    pub(super) fn bytes_literal(&mut self, node: &ruff::ExprBytesLiteral) -> Expr {
        let value: Vec<u8> = node.value.iter().flat_map(|literal| literal.value.iter().copied()).collect();
        Expr { loc: self.loc(node.range()), kind: ExprKind::Constant { value: Const::Bytes(Arc::from(value)).into(), kind: None } }
    }

    pub(super) fn fstring(&mut self, node: &ruff::ExprFString) -> Expr {
        let mut parts = Vec::new();
        for part in &node.value {
            match part {
                ruff::FStringPart::Literal(literal) => {
                    let plain = self.plain(literal);
                    parts.push(plain);
                }
                ruff::FStringPart::FString(fstring) => {
                    let (start, end) = (fstring.range().start().to_usize(), fstring.range().end().to_usize());
                    let raw = is_raw(opening(self.text(start, end)).0);
                    self.elements(&fstring.elements, raw, &mut parts);
                }
            }
        }
        Expr { loc: self.loc(node.range()), kind: ExprKind::JoinedStr { values: fold(parts, false).into() } }
    }

    fn elements(&mut self, elements: &[ruff::InterpolatedStringElement], raw: bool, parts: &mut Vec<Expr>) {
        for element in elements {
            match element {
                ruff::InterpolatedStringElement::Literal(literal) => {
                    let (start, end) = (literal.range().start().to_usize(), literal.range().end().to_usize());
                    let value = if raw { str_const(&literal.value) } else { self.fstring_text(start, end, &literal.value) };
                    parts.push(Expr { loc: self.span(start, end), kind: ExprKind::Constant { value: value.into(), kind: None } });
                }
                ruff::InterpolatedStringElement::Interpolation(field) => self.field(field, raw, parts),
            }
        }
    }

    /// The text between replacement fields: braces are doubled there, which escapes know nothing of.
    fn fstring_text(&mut self, start: usize, end: usize, known: &str) -> Const {
        let text = self.text(start, end);
        if !(text.contains("\\u") || text.contains("\\U")) {
            return str_const(known);
        }
        let mut value = Vec::new();
        let mut rest = text.to_owned();
        while !rest.is_empty() {
            // Cut behind the first brace of each escaped pair; `\N{…}` has no pair.
            let cut = [rest.find("{{"), rest.find("}}")].into_iter().flatten().min().map_or(rest.len(), |at| at + 1);
            match decode_str(&rest[..cut]) {
                Ok(bytes) => value.extend_from_slice(&bytes),
                Err(error) => {
                    self.fail(error.message(), start, end);
                    return Const::None;
                }
            }
            rest = rest.get(cut + 1..).unwrap_or("").to_owned();
        }
        Const::Str(Arc::from(value))
    }

    fn field(&mut self, field: &ruff::InterpolatedElement, raw: bool, parts: &mut Vec<Expr>) {
        let (start, end) = (field.range().start().to_usize(), field.range().end().to_usize());
        let mut conversion = match field.conversion {
            ruff::ConversionFlag::None => -1,
            ruff::ConversionFlag::Str => i32::from(b's'),
            ruff::ConversionFlag::Ascii => i32::from(b'a'),
            ruff::ConversionFlag::Repr => i32::from(b'r'),
        };
        if let Some(debug) = &field.debug_text {
            if conversion == -1 && field.format_spec.is_none() {
                conversion = i32::from(b'r');
            }
            let text = debug.as_str();
            let value = str_const(&strip_comments(text));
            let loc = self.span(start + 1, start + 1 + text.len());
            parts.push(Expr { loc, kind: ExprKind::Constant { value: value.into(), kind: None } });
        }
        let value = self.boxed(&field.expression);
        let format_spec = field.format_spec.as_deref().map(|spec| {
            let (spec_start, spec_end) = (spec.range().start().to_usize(), spec.range().end().to_usize());
            let mut values = Vec::new();
            self.elements(&spec.elements, raw, &mut values);
            let colon = if self.text(spec_start, spec_start + 1) == ":"
                && spec.elements.iter().next().is_none_or(|e| e.range().start().to_usize() > spec_start)
            {
                spec_start
            } else {
                spec_start.saturating_sub(1)
            };
            Ptr::new(Expr { loc: self.span(colon, spec_end), kind: ExprKind::JoinedStr { values: fold(values, false).into() } })
        });
        parts.push(Expr { loc: self.span(start, end), kind: ExprKind::FormattedValue { value, conversion, format_spec } });
    }
}

/// CPython drops everything from a `#` to the end of its line in debug text, inside nested strings too.
fn strip_comments(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut in_comment = false;
    for c in text.chars() {
        if c == '\n' {
            in_comment = false;
        } else if c == '#' {
            in_comment = true;
        }
        if !in_comment {
            result.push(c);
        }
    }
    result
}
