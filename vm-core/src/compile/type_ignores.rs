//! `# type: ignore` comments: the only thing `python -m ast` prints that is no part of the tree.

use super::lexer::{Lexer, TokenKind};

/// One such comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeIgnore {
    /// Its line, 1-based.
    pub line: i32,
    /// What follows the word `ignore`.
    pub tag: String,
}

/// What follows `# type: ignore` in a comment that is one.
fn tag(comment: &str) -> Option<&str> {
    let blanks = [' ', '\t'];
    let rest = comment.strip_prefix('#')?.trim_start_matches(blanks).strip_prefix("type:")?;
    let tag = rest.trim_start_matches(blanks).strip_prefix("ignore")?;
    let ends_word = !tag.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphanumeric());
    ends_word.then_some(tag)
}

/// The comments of a text that parses, in order.
#[must_use]
pub fn type_ignores(text: &str) -> Vec<TypeIgnore> {
    let mut lexer = Lexer::with_extra_tokens(text);
    let mut found = Vec::new();
    while let Ok(token) = lexer.next_token() {
        match token.kind {
            TokenKind::EndMarker => break,
            TokenKind::Comment => {
                if let Some(tag) = tag(lexer.text(&token)) {
                    found.push(TypeIgnore { line: token.line, tag: tag.to_owned() });
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn comments_are_told_apart() {
        assert_eq!(tag("# type: ignore"), Some(""));
        assert_eq!(tag("#type:ignore[attr] # x"), Some("[attr] # x"));
        assert_eq!(tag("# type: ignored"), None);
        assert_eq!(tag("# type: int"), None);
    }
}
