//! What the tokenizer yields: tokens, or why there is none.

use std::fmt;

/// Kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// End of the text.
    EndMarker,
    /// Identifier or keyword.
    Name,
    /// Number.
    Number,
    /// String or bytes literal.
    String,
    /// End of a logical line.
    Newline,
    /// Deeper indentation.
    Indent,
    /// Shallower indentation.
    Dedent,
    /// Operator or delimiter.
    Op,
    /// Prefix and opening quotes of an f-string.
    FStringStart,
    /// Text between replacement fields.
    FStringMiddle,
    /// Closing quotes of an f-string.
    FStringEnd,
    /// Comment (extra tokens only).
    Comment,
    /// Line end that ends no logical line (extra tokens only).
    Nl,
    /// What the tokenizer stopped at.
    Error,
}

impl TokenKind {
    /// The name in `token.tok_name`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TokenKind::EndMarker => "ENDMARKER",
            TokenKind::Name => "NAME",
            TokenKind::Number => "NUMBER",
            TokenKind::String => "STRING",
            TokenKind::Newline => "NEWLINE",
            TokenKind::Indent => "INDENT",
            TokenKind::Dedent => "DEDENT",
            TokenKind::Op => "OP",
            TokenKind::FStringStart => "FSTRING_START",
            TokenKind::FStringMiddle => "FSTRING_MIDDLE",
            TokenKind::FStringEnd => "FSTRING_END",
            TokenKind::Comment => "COMMENT",
            TokenKind::Nl => "NL",
            TokenKind::Error => "ERRORTOKEN",
        }
    }
}

/// One token; columns are bytes, -1 for tokens without text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Its kind.
    pub kind: TokenKind,
    /// Where its text starts in the source.
    pub start: usize,
    /// Where its text ends.
    pub end: usize,
    /// First line, 1-based.
    pub line: i32,
    /// First column.
    pub col: i32,
    /// Last line.
    pub end_line: i32,
    /// End column.
    pub end_col: i32,
    /// Open brackets after it.
    pub level: usize,
}

/// Why there is no further token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LexError {
    /// A message with its position: line, and first and last 1-based character.
    Message {
        /// CPython's message.
        message: String,
        /// Line.
        line: i32,
        /// Offset.
        offset: i32,
        /// End offset.
        end_offset: i32,
    },
    /// End of the text inside a statement.
    Eof,
    /// A dedent to no open level.
    Dedent,
    /// Tabs and blanks mixed.
    TabSpace,
    /// More than a hundred levels.
    TooDeep,
    /// Something behind a backslash, at this byte column.
    LineContinuation(i32),
}

impl fmt::Display for LexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LexError::Message { message, .. } => message,
            LexError::Eof => "unexpected EOF in multi-line statement",
            LexError::Dedent => "unindent does not match any outer indentation level",
            LexError::TabSpace => "inconsistent use of tabs and spaces in indentation",
            LexError::TooDeep => "too many levels of indentation",
            LexError::LineContinuation(_) => "unexpected character after line continuation character",
        })
    }
}
