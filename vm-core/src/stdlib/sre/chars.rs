//! Characters as the regular-expression engine sees them: simple case mappings, categories, positions and character sets.

use crate::text::unicode;

/// Lower case of an ASCII letter.
#[inline]
pub(super) fn lower_ascii(c: u32) -> u32 {
    if c.wrapping_sub(65) < 26 { c + 32 } else { c }
}

/// Upper case of an ASCII letter.
#[inline]
fn upper_ascii(c: u32) -> u32 {
    if c.wrapping_sub(97) < 26 { c - 32 } else { c }
}

/// As [`upper_unicode`], for the lower-case letter.
#[inline]
pub(super) fn lower_unicode(c: u32) -> u32 {
    if c < 128 { lower_ascii(c) } else { unicode::to_lower(c).codes().next().unwrap_or(c) }
}

/// What CPython's engine takes for the upper-case letter: the first character of the full mapping.
pub(super) fn upper_unicode(c: u32) -> u32 {
    if c < 128 { upper_ascii(c) } else { unicode::to_upper(c).codes().next().unwrap_or(c) }
}

/// How characters are mapped before they are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fold {
    /// Not at all.
    None,
    /// ASCII letters to lower case.
    Ascii,
    /// All letters to lower case.
    Unicode,
    /// As the locale says: the harness has only the C locale, in which this means ASCII letters.
    Locale,
}

impl Fold {
    /// The character to compare.
    #[inline]
    pub(super) fn apply(self, c: u32) -> u32 {
        match self {
            Fold::None => c,
            Fold::Ascii | Fold::Locale => lower_ascii(c),
            Fold::Unicode => lower_unicode(c),
        }
    }
}

fn is_ascii_word(c: u32) -> bool {
    c == 95 || u8::try_from(c).is_ok_and(|b| b.is_ascii_alphanumeric())
}

fn is_ascii_space(c: u32) -> bool {
    c == 32 || (9..14).contains(&c)
}

fn is_unicode_word(c: u32) -> bool {
    c == 95 || unicode::is_alnum(c)
}

/// Number of categories.
pub(super) const CATEGORIES: u32 = 18;

/// Whether a character is in a category.
fn category(number: u32, c: u32) -> bool {
    match number {
        0 => c.wrapping_sub(48) < 10,
        1 => c.wrapping_sub(48) >= 10,
        2 => is_ascii_space(c),
        3 => !is_ascii_space(c),
        4 | 8 => is_ascii_word(c),
        5 | 9 => !is_ascii_word(c),
        6 => c == 10,
        7 => c != 10,
        10 => unicode::is_decimal(c),
        11 => !unicode::is_decimal(c),
        12 => unicode::is_space(c),
        13 => !unicode::is_space(c),
        14 => is_unicode_word(c),
        15 => !is_unicode_word(c),
        16 => unicode::is_line_break(c),
        17 => !unicode::is_line_break(c),
        _ => false,
    }
}

/// Number of kinds of positions.
pub(super) const POSITIONS: u32 = 12;

/// Whether a position holds between two characters; `None` is an end of the string.
#[inline]
pub(super) fn at(kind: u32, before: Option<u32>, after: Option<u32>, last: bool) -> bool {
    let boundary = |word: fn(u32) -> bool| before.is_some_and(word) != after.is_some_and(word);
    let empty = before.is_none() && after.is_none();
    match kind {
        0 | 2 => before.is_none(),
        1 => before.is_none_or(|c| c == 10),
        5 => after.is_none() || (last && after == Some(10)),
        6 => after.is_none_or(|c| c == 10),
        7 => after.is_none(),
        3 | 8 => boundary(is_ascii_word),
        4 | 9 => !empty && !boundary(is_ascii_word),
        10 => boundary(is_unicode_word),
        11 => !empty && !boundary(is_unicode_word),
        _ => false,
    }
}

/// Codes of the parts of character sets.
pub(super) mod part {
    pub(in super::super) const FAILURE: u32 = 0;
    pub(in super::super) const CATEGORY: u32 = 8;
    pub(in super::super) const CHARSET: u32 = 9;
    pub(in super::super) const BIGCHARSET: u32 = 10;
    pub(in super::super) const LITERAL: u32 = 16;
    pub(in super::super) const NEGATE: u32 = 21;
    pub(in super::super) const RANGE: u32 = 22;
    pub(in super::super) const RANGE_UNI_IGNORE: u32 = 42;
}

/// Whether a character is in the set whose code starts at `set` (checked when the pattern was made).
fn charset(set: &[u32], c: u32) -> bool {
    let word = |at: usize| set.get(at).copied().unwrap_or(0);
    let bit = |at: usize, c: u32| word(at + (c >> 5) as usize) >> (c & 31) & 1 != 0;
    let (mut at, mut ok) = (0, true);
    loop {
        let op = word(at);
        at += 1;
        match op {
            part::FAILURE => return !ok,
            part::LITERAL => {
                if c == word(at) {
                    return ok;
                }
                at += 1;
            }
            part::CATEGORY => {
                if category(word(at), c) {
                    return ok;
                }
                at += 1;
            }
            part::CHARSET => {
                if c < 256 && bit(at, c) {
                    return ok;
                }
                at += 8;
            }
            part::RANGE => {
                if word(at) <= c && c <= word(at + 1) {
                    return ok;
                }
                at += 2;
            }
            part::RANGE_UNI_IGNORE => {
                let (low, high, upper) = (word(at), word(at + 1), upper_unicode(c));
                if (low <= c && c <= high) || (low <= upper && upper <= high) {
                    return ok;
                }
                at += 2;
            }
            part::NEGATE => ok = !ok,
            part::BIGCHARSET => {
                let count = word(at) as usize;
                at += 1;
                if c < 0x10000 {
                    let block = word(at + (c >> 10) as usize) >> ((c >> 8 & 3) * 8) & 0xff;
                    if bit(at + 64 + block as usize * 8, c & 255) {
                        return ok;
                    }
                }
                at += 64 + count * 8;
            }
            _ => return false,
        }
    }
}

/// What a set is made of, for characters beyond its bitmap.
#[derive(Debug)]
pub(super) enum Source {
    /// Code of a set, and how characters are mapped first.
    Code(Box<[u32]>, Fold),
    /// One character, or all others; characters are mapped first.
    Literal(u32, Fold, bool),
    /// Every character, or none.
    All(bool),
}

/// A character set: a bitmap for the first 256 characters, and what to ask for the others.
#[derive(Debug)]
pub(super) struct Set {
    bits: [u32; 8],
    source: Source,
}

impl Set {
    pub(super) fn new(source: Source) -> Set {
        let mut set = Set { bits: [0; 8], source };
        for c in 0..256u32 {
            if set.slow(c) {
                set.bits[(c >> 5) as usize] |= 1 << (c & 31);
            }
        }
        set
    }

    /// A set of known low characters, and of every other or none.
    pub(super) fn of_bits(bits: [u32; 8], others: bool) -> Set {
        Set { bits, source: Source::All(others) }
    }

    pub(super) fn bits(&self) -> &[u32; 8] {
        &self.bits
    }

    /// Whether there may be a character beyond the bitmap.
    pub(super) fn reaches_far(&self) -> bool {
        !matches!(self.source, Source::All(false) | Source::Literal(0..256, Fold::None | Fold::Ascii | Fold::Locale, false))
    }

    #[inline(never)]
    fn slow(&self, c: u32) -> bool {
        match &self.source {
            Source::Code(code, Fold::Locale) => {
                let (lower, upper) = (lower_ascii(c), upper_ascii(c));
                charset(code, lower) || (upper != lower && charset(code, upper))
            }
            Source::Code(code, fold) => charset(code, fold.apply(c)),
            Source::Literal(wanted, Fold::Locale, negated) => {
                (c == *wanted || lower_ascii(c) == *wanted || upper_ascii(c) == *wanted) != *negated
            }
            Source::Literal(wanted, fold, negated) => (fold.apply(c) == *wanted) != *negated,
            Source::All(all) => *all,
        }
    }

    /// Whether a character is in the set.
    #[inline(always)]
    pub(super) fn has(&self, c: u32) -> bool {
        if c < 256 { self.bits[(c >> 5) as usize] >> (c & 31) & 1 != 0 } else { self.slow(c) }
    }
}
