//! What bytes are to the scanner: tables, and eight bytes at a time.

use super::kind::T;

/// What may follow in a word.
pub(super) static WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

/// Whether an ASCII byte may stand in a word.
#[inline]
pub(super) fn is_word(byte: u8) -> bool {
    WORD[byte as usize]
}

/// Eight blanks.
pub(super) const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);
/// The byte 1, eight times.
const ONES: u64 = u64::MAX / 255;

/// The highest bit of each of eight bytes that may not stand in a word.
#[inline]
pub(super) fn ends(bytes: u64) -> u64 {
    let (high, low) = (bytes & (0x80 * ONES), bytes & (0x7F * ONES));
    // The highest bit of each byte, below 128, that is at least `least`.
    let from = |bytes: u64, least: u8| bytes + u64::from(0x80 - least) * ONES;
    let letters = low | (0x20 * ONES);
    let letter = from(letters, b'a') & !from(letters, b'z' + 1);
    let digit = from(low, b'0') & !from(low, b'9' + 1);
    let underscore = !from(low ^ (u64::from(b'_') * ONES), 1);
    (!(letter | digit | underscore) | high) & (0x80 * ONES)
}

/// What a byte is as an operator of one byte, and the brackets that it opens.
#[derive(Clone, Copy)]
pub(super) struct Single {
    /// `T::End` for a byte that is none, or only what follows tells.
    pub(super) kind: T,
    pub(super) brackets: i8,
    /// The sorts of bytes in [`CONTINUES`] with which it goes on.
    pub(super) goes_on: u8,
}

/// The operators of one byte.
pub(super) static SINGLES: [Single; 256] = {
    let mut table = [Single { kind: T::End, brackets: 0, goes_on: 0 }; 256];
    let rows = [
        (b'(', T::OpenParen, 1, 0),
        (b'[', T::OpenSquare, 1, 0),
        (b'{', T::OpenBrace, 1, 0),
        (b')', T::CloseParen, -1, 0),
        (b']', T::CloseSquare, -1, 0),
        (b'}', T::CloseBrace, -1, 0),
        (b',', T::Comma, 0, 0),
        (b';', T::Semicolon, 0, 0),
        (b'~', T::Tilde, 0, 0),
        (b':', T::Colon, 0, 1),
        (b'.', T::Dot, 0, 3),
        (b'=', T::Equal, 0, 1),
        (b'<', T::Less, 0, 1),
        (b'>', T::Greater, 0, 1),
        (b'-', T::Minus, 0, 1),
        (b'+', T::Plus, 0, 1),
        (b'*', T::Star, 0, 1),
        (b'/', T::Slash, 0, 1),
        (b'%', T::Percent, 0, 1),
        (b'@', T::At, 0, 1),
        (b'&', T::Ampersand, 0, 1),
        (b'|', T::Bar, 0, 1),
        (b'^', T::Caret, 0, 1),
    ];
    let mut row = 0;
    while row < rows.len() {
        let (byte, kind, brackets, goes_on) = rows[row];
        table[byte as usize] = Single { kind, brackets, goes_on };
        row += 1;
    }
    table
};

/// What the second byte of an operator may be (1), or of a number that starts with a point (2).
pub(super) static CONTINUES: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b'=' | b'<' | b'>' | b'*' | b'/' | b'.' => 1,
            b'0'..=b'9' => 2,
            _ => 0,
        };
        at += 1;
    }
    table
};
