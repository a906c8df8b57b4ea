//! The tokens of the fast parser: their kinds, and what tables say of them.
//!
//! In contrast to `lexer/token.rs`, whose kinds are those that programs see, each keyword and operator is a kind of its own here, so that
//! the parser never looks at a token's text.

use crate::compile::ast::Operator;

/// Kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum T {
    End,
    Newline,
    Indent,
    Dedent,
    Name,
    Number,
    Str,
    /// Prefix and opening quotes of an f-string.
    FStr,
    False,
    None,
    True,
    And,
    As,
    Assert,
    Async,
    Await,
    Break,
    Class,
    Continue,
    Def,
    Del,
    Elif,
    Else,
    Except,
    Finally,
    For,
    From,
    Global,
    If,
    Import,
    In,
    Is,
    Lambda,
    Nonlocal,
    Not,
    Or,
    Pass,
    Raise,
    Return,
    Try,
    While,
    With,
    Yield,
    OpenParen,
    CloseParen,
    OpenSquare,
    CloseSquare,
    OpenBrace,
    CloseBrace,
    Colon,
    ColonEqual,
    Comma,
    Semicolon,
    Dot,
    Ellipsis,
    Arrow,
    Tilde,
    Exclamation,
    Equal,
    EqEqual,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,
    Star,
    DoubleStar,
    At,
    Slash,
    DoubleSlash,
    Percent,
    LeftShift,
    RightShift,
    Ampersand,
    Caret,
    Bar,
    /// `+=` and its like; which one the token says.
    Augmented,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: T,
    /// Of a string: what its prefix says; of `Augmented`: its operator's kind.
    pub(super) detail: u8,
    /// Of a string: bytes before its text.
    pub(super) opening: u8,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) from: Pos,
    pub(super) to: Pos,
}

/// A line, 1-based, and a byte column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pos {
    pub(super) line: i32,
    pub(super) col: i32,
}

/// Bits of a string's `detail`.
pub(super) mod prefix {
    pub(in super::super) const RAW: u8 = 1;
    pub(in super::super) const BYTES: u8 = 2;
    /// A lower-case `u`, which the tree tells.
    pub(in super::super) const UNICODE: u8 = 4;
    pub(in super::super) const TRIPLE: u8 = 8;
}

/// How strongly operators bind; what is none binds with 0.
pub(super) mod binds {
    pub(in super::super) const OR: u8 = 1;
    pub(in super::super) const AND: u8 = 2;
    pub(in super::super) const NOT: u8 = 3;
    pub(in super::super) const COMPARISON: u8 = 4;
    pub(in super::super) const BIT_OR: u8 = 5;
}

impl T {
    /// How strongly a token binds as a binary operator.
    #[inline]
    pub(super) fn binding(self) -> u8 {
        BINDING[self as usize]
    }
}

static BINDING: [u8; 128] = {
    let mut table = [0; 128];
    let rows: [(T, u8); 25] = [
        (T::Or, binds::OR),
        (T::And, binds::AND),
        (T::Not, binds::COMPARISON),
        (T::In, binds::COMPARISON),
        (T::Is, binds::COMPARISON),
        (T::EqEqual, binds::COMPARISON),
        (T::NotEqual, binds::COMPARISON),
        (T::Less, binds::COMPARISON),
        (T::LessEqual, binds::COMPARISON),
        (T::Greater, binds::COMPARISON),
        (T::GreaterEqual, binds::COMPARISON),
        (T::Bar, binds::BIT_OR),
        (T::Caret, 6),
        (T::Ampersand, 7),
        (T::LeftShift, 8),
        (T::RightShift, 8),
        (T::Plus, 9),
        (T::Minus, 9),
        (T::Star, 10),
        (T::Slash, 10),
        (T::DoubleSlash, 10),
        (T::Percent, 10),
        (T::At, 10),
        (T::End, 0),
        (T::Newline, 0),
    ];
    let mut i = 0;
    while i < rows.len() {
        table[rows[i].0 as usize] = rows[i].1;
        i += 1;
    }
    table
};

/// The arithmetic operator of a token.
pub(super) fn operator(kind: T) -> Option<Operator> {
    Some(match kind {
        T::Plus => Operator::Add,
        T::Minus => Operator::Sub,
        T::Star => Operator::Mult,
        T::At => Operator::MatMult,
        T::Slash => Operator::Div,
        T::Percent => Operator::Mod,
        T::DoubleStar => Operator::Pow,
        T::LeftShift => Operator::LShift,
        T::RightShift => Operator::RShift,
        T::Bar => Operator::BitOr,
        T::Caret => Operator::BitXor,
        T::Ampersand => Operator::BitAnd,
        T::DoubleSlash => Operator::FloorDiv,
        _ => return None,
    })
}

const fn packed(word: &[u8]) -> u64 {
    let (mut key, mut at) = (0, word.len());
    while at > 0 {
        at -= 1;
        key = key << 8 | word[at] as u64;
    }
    key
}

/// A multiplier that sends each keyword to a slot of its own; found by trying, and checked when the table is made.
const SPREAD: u64 = 0xb57c_8e05_e3c9_b0e1;
const SLOTS: usize = 64;

const fn slot(packed_word: u64) -> usize {
    (packed_word.wrapping_mul(SPREAD) >> 58) as usize
}

/// The kind of a word of at most eight bytes, given as a little-endian number.
#[inline]
pub(super) fn keyword(packed_word: u64) -> T {
    let (word, kind) = KEYWORDS[slot(packed_word)];
    if word == packed_word { kind } else { T::Name }
}

macro_rules! keywords {
    ($($kind:ident $text:literal),* $(,)?) => {
        static KEYWORDS: [(u64, T); SLOTS] = {
            let mut table = [(0, T::Name); SLOTS];
            $(
                assert!(table[slot(packed($text))].0 == 0);
                table[slot(packed($text))] = (packed($text), T::$kind);
            )*
            table
        };
    };
}

keywords! {
    False b"False", None b"None", True b"True", And b"and", As b"as", Assert b"assert",
    Async b"async", Await b"await", Break b"break", Class b"class", Continue b"continue",
    Def b"def", Del b"del", Elif b"elif", Else b"else", Except b"except", Finally b"finally",
    For b"for", From b"from", Global b"global", If b"if", Import b"import", In b"in", Is b"is",
    Lambda b"lambda", Nonlocal b"nonlocal", Not b"not", Or b"or", Pass b"pass", Raise b"raise",
    Return b"return", Try b"try", While b"while", With b"with", Yield b"yield",
}
