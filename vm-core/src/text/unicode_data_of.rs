//! Properties and normalisation of characters, as the module `unicodedata` shows them.

use super::unicode_data as data;

/// What the tables say of a character.
#[derive(Clone, Copy, Debug)]
pub struct Properties {
    /// General category.
    pub category: &'static str,
    /// Bidirectional class.
    pub direction: &'static str,
    /// East Asian width.
    pub width: &'static str,
    /// Canonical combining class.
    pub combining: u8,
    /// Whether it is mirrored in text from right to left.
    pub mirrored: bool,
}

/// The version of the data.
pub const VERSION: &str = data::VERSION;

fn record(code: u32) -> (u8, u8, u8, u8, bool) {
    let page = code as usize / data::PAGE;
    let run = data::PAGE_RUNS.partition_point(|&(first, _)| usize::from(first) <= page).saturating_sub(1);
    let at = usize::from(data::PAGE_RUNS[run].1) * data::PAGE + code as usize % data::PAGE;
    data::RECORDS[usize::from(data::PAGES[at])]
}

/// The properties of a code point.
pub fn properties(code: u32) -> Properties {
    let (category, direction, width, combining, mirrored) = record(code);
    Properties {
        category: data::CATEGORIES[usize::from(category)],
        direction: data::DIRECTIONS[usize::from(direction)],
        width: data::WIDTHS[usize::from(width)],
        combining,
        mirrored,
    }
}

/// The decomposition: its tag (empty for a canonical one) and code points.
pub fn decomposition(code: u32) -> Option<(&'static str, &'static [u32])> {
    let i = data::DECOMPOSITIONS.binary_search_by_key(&code, |d| d.0).ok()?;
    let (_, tag, at, len) = data::DECOMPOSITIONS[i];
    Some((data::TAGS[usize::from(tag)], &data::POOL[usize::from(at)..usize::from(at) + usize::from(len)]))
}

/// The numeric value.
pub fn numeric(code: u32) -> Option<f64> {
    data::NUMERIC.binary_search_by_key(&code, |n| n.0).ok().map(|i| data::NUMERIC[i].1)
}

/// The value of a digit.
pub fn digit(code: u32) -> Option<u32> {
    let other = || data::DIGITS.binary_search_by_key(&code, |n| n.0).ok().map(|i| u32::from(data::DIGITS[i].1));
    super::unicode::decimal_value(code).or_else(other)
}

/// A normal form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Form {
    /// Compatibility decompositions, too.
    pub compatible: bool,
    /// Composed again.
    pub composed: bool,
}

const SYLLABLES: u32 = 0xac00;
const LEADING: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
const TRAILING: u32 = 0x11a7;
const VOWEL_COUNT: u32 = 21;
const TRAILING_COUNT: u32 = 28;
const SYLLABLE_COUNT: u32 = 19 * VOWEL_COUNT * TRAILING_COUNT;

fn decompose(code: u32, compatible: bool, out: &mut Vec<(u8, u32)>) {
    if let Some(s) = code.checked_sub(SYLLABLES).filter(|&s| s < SYLLABLE_COUNT) {
        out.push((0, LEADING + s / (VOWEL_COUNT * TRAILING_COUNT)));
        out.push((0, VOWELS + s % (VOWEL_COUNT * TRAILING_COUNT) / TRAILING_COUNT));
        if s % TRAILING_COUNT != 0 {
            out.push((0, TRAILING + s % TRAILING_COUNT));
        }
        return;
    }
    match decomposition(code) {
        // The depth of the tables is small, and no character decomposes to itself.
        Some((tag, codes)) if compatible || tag.is_empty() => codes.iter().for_each(|&c| decompose(c, compatible, out)),
        _ => out.push((record(code).3, code)),
    }
}

fn compose(a: u32, b: u32) -> Option<u32> {
    if let (Some(l), Some(v)) = (a.checked_sub(LEADING).filter(|&l| l < 19), b.checked_sub(VOWELS).filter(|&v| v < VOWEL_COUNT)) {
        return Some(SYLLABLES + (l * VOWEL_COUNT + v) * TRAILING_COUNT);
    }
    if let Some(s) = a.checked_sub(SYLLABLES).filter(|&s| s < SYLLABLE_COUNT && s % TRAILING_COUNT == 0)
        && let Some(t) = b.checked_sub(TRAILING).filter(|&t| (1..TRAILING_COUNT).contains(&t))
    {
        return Some(SYLLABLES + s + t);
    }
    let i = data::PAIRS.binary_search_by_key(&(a, b), |&(a, b, _)| (a, b)).ok()?;
    Some(data::PAIRS[i].2)
}

/// Text in a normal form.
pub fn normalize(text: impl Iterator<Item = u32>, form: Form) -> Vec<u32> {
    let mut codes = Vec::new();
    text.for_each(|c| decompose(c, form.compatible, &mut codes));
    // Marks after each starter in the order of their classes.
    let mut rest = &mut codes[..];
    while let Some(start) = rest.iter().position(|&(class, _)| class != 0) {
        let len = rest[start..].iter().position(|&(class, _)| class == 0).unwrap_or(rest.len() - start);
        rest[start..start + len].sort_by_key(|&(class, _)| class);
        rest = &mut rest[start + len..];
    }
    if !form.composed {
        return codes.into_iter().map(|(_, c)| c).collect();
    }
    let mut out: Vec<u32> = Vec::with_capacity(codes.len());
    // The last starter's place, and the class of the last mark kept after it.
    let (mut starter, mut last) = (None, 0);
    for (class, c) in codes {
        if let Some(at) = starter {
            let next: bool = at + 1 == out.len();
            if (next || (last != 0 && last < class))
                && let Some(made) = compose(out[at], c)
            {
                out[at] = made;
                continue;
            }
        }
        if class == 0 {
            starter = Some(out.len());
        }
        last = class;
        out.push(c);
    }
    out
}
