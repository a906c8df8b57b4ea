//! How a `SyntaxError` is shown: file, line, the text with carets below, the message.

use super::shown;
use crate::machine::Machine;
use crate::object::exception::{Exception, syntax_error as fields};
use crate::object::string::Str;
use crate::object::value::Value;

/// What a `SyntaxError` says of itself.
pub(super) struct SyntaxPart {
    filename: Option<String>,
    line: Option<String>,
    end_line: Option<String>,
    text: Option<String>,
    offset: Option<i64>,
    end_offset: Option<i64>,
    message: String,
}

impl Machine {
    pub(super) fn syntax_part(&mut self, exception: Value) -> SyntaxPart {
        let field = |i: usize| exception.downcast::<Exception>().map_or(Value::NULL, |e| e.extra(i)).non_null().filter(|v| !v.is_none());
        let mut text = |i: usize| {
            let v = field(i)?;
            let s = self.to_str(v);
            self.take_raised();
            s.ok().map(shown)
        };
        SyntaxPart {
            filename: text(fields::FILENAME).filter(|s| !s.is_empty()),
            line: text(fields::LINENO),
            end_line: text(fields::END_LINENO),
            message: text(fields::MSG).filter(|s| !s.is_empty()).unwrap_or_else(|| "<no detail available>".to_owned()),
            text: field(fields::TEXT).and_then(Value::downcast::<Str>).map(shown),
            offset: field(fields::OFFSET).filter(|v| v.is_int()).map(Value::as_int),
            end_offset: field(fields::END_OFFSET).filter(|v| v.is_int()).map(Value::as_int),
        }
    }
}

impl SyntaxPart {
    /// The lines, `class` being how the class is shown.
    pub(super) fn format(&self, class: &str) -> String {
        let mut out = String::new();
        let mut suffix = String::new();
        match (&self.line, &self.filename) {
            (Some(line), file) => out.push_str(&format!("  File \"{}\", line {line}\n", file.as_deref().unwrap_or("<string>"))),
            (None, Some(file)) => suffix = format!(" ({file})"),
            (None, None) => {}
        }
        if let Some(text) = &self.text {
            self.text_lines(&mut out, text);
        }
        out.push_str(&format!("{class}: {}{suffix}\n", self.message));
        out
    }

    fn text_lines(&self, out: &mut String, text: &str) {
        let without_end = text.trim_end_matches('\n');
        let stripped = without_end.trim_start_matches([' ', '\n', '\x0c']);
        let length = |s: &str| s.chars().count() as i64;
        let spaces = length(without_end) - length(stripped);
        out.push_str(&format!("    {stripped}\n"));
        let Some(mut offset) = self.offset else { return };
        let mut end_offset =
            if self.line == self.end_line { self.end_offset.filter(|&n| n != 0).unwrap_or(offset) } else { length(without_end) + 1 };
        if !text.is_empty() && offset > length(text) {
            offset = length(without_end) + 1;
        }
        if !text.is_empty() && end_offset > length(text) {
            end_offset = length(without_end) + 1;
        }
        if offset >= end_offset || end_offset < 0 {
            end_offset = offset + 1;
        }
        // From 1-based columns of the text to 0-based ones of what is shown.
        let (from, to) = (offset - 1 - spaces, end_offset - 1 - spaces);
        let Ok(from) = usize::try_from(from) else { return };
        let to = usize::try_from(to).unwrap_or(from);
        let blank: String = stripped.chars().take(from).map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
        out.push_str(&format!("    {blank}{}\n", "^".repeat(to.saturating_sub(from))));
    }
}
