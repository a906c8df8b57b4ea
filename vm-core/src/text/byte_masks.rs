//! Where bytes of some kind stand in a short text: a bit for each byte, eight bytes at a time without vector instructions.

/// Most bytes that have a bit each.
pub const MOST: usize = u64::BITS as usize;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES << 7;

/// The highest bits of the bytes, as the lowest bits of the result.
#[inline(always)]
fn gather(highs: u64) -> u64 {
    (highs >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The highest bit of each byte that is zero, exactly.
#[inline(always)]
fn zeros(word: u64) -> u64 {
    !(((word & !HIGHS) + !HIGHS) | word) & HIGHS
}

/// The highest bit of each byte that lies in the range; bytes and bounds are below 128.
#[inline(always)]
fn between(word: u64, low: u8, high: u8) -> u64 {
    let (low, high) = (u64::from(low) * ONES, u64::from(high) * ONES);
    ((word | HIGHS) - low) & ((high | HIGHS) - word) & HIGHS
}

/// A bit for each of at most [`MOST`] bytes, from what tells the bytes of a word; it may tell more bytes than there are.
#[inline(always)]
fn mask(text: &[u8], tell: impl Fn(u64) -> u64) -> u64 {
    debug_assert!(text.len() <= MOST);
    let (words, rest) = text.as_chunks::<8>();
    let (mut found, mut shift) = (0, 0);
    for word in words {
        found |= gather(tell(u64::from_le_bytes(*word))) << shift;
        shift += 8;
    }
    if !rest.is_empty() {
        let word = match text.last_chunk() {
            Some(last) => u64::from_le_bytes(*last) >> (64 - 8 * rest.len()),
            None => rest.iter().rev().fold(0, |word, &b| word << 8 | u64::from(b)),
        };
        found |= gather(tell(word)) << shift & below(text.len());
    }
    found
}

/// The lowest bits, so many of them.
#[inline(always)]
#[must_use]
pub fn below(count: usize) -> u64 {
    if count >= MOST { u64::MAX } else { (1 << count) - 1 }
}

/// Where a byte stands in a text of at most [`MOST`] bytes.
#[inline(always)]
#[must_use]
pub fn equal(text: &[u8], wanted: u8) -> u64 {
    let pattern = u64::from(wanted) * ONES;
    mask(text, |word| zeros(word ^ pattern))
}

/// Where white space stands in an ASCII text of at most [`MOST`] bytes.
#[inline(always)]
#[must_use]
pub fn ascii_spaces(text: &[u8]) -> u64 {
    let blank = u64::from(b' ') * ONES;
    mask(text, |word| zeros(word ^ blank) | between(word, 9, 13) | between(word, 0x1c, 0x1f))
}

/// Where white space of `bytes` stands in at most [`MOST`] bytes: the separators of ASCII are none, and bytes above 127 neither.
#[inline(always)]
#[must_use]
pub fn ascii_spaces_of_bytes(bytes: &[u8]) -> u64 {
    let blank = u64::from(b' ') * ONES;
    mask(bytes, |word| zeros(word ^ blank) | between(word & !HIGHS, 9, 13) & !word)
}

/// Bits for the first bytes of the words between white space, and for the bytes behind their last ones, of a text of so many bytes. The last
/// word may reach the end of all bits, and then has none behind it: [`take_lowest`] gives the right place nevertheless.
#[inline(always)]
#[must_use]
pub fn words(spaces: u64, len: usize) -> (u64, u64) {
    let letters = !spaces & below(len);
    (letters & !(letters << 1), !letters & letters << 1)
}

/// The place of the lowest bit, which is taken off; [`MOST`] if there is none.
#[inline(always)]
#[must_use]
pub fn take_lowest(mask: &mut u64) -> usize {
    let at = mask.trailing_zeros() as usize;
    *mask &= mask.wrapping_sub(1);
    at
}

/// First place of a byte among the first bytes of a text, a multiple of eight; else how many bytes were looked at.
#[inline(always)]
pub fn find_near(text: &[u8], wanted: u8, most: usize) -> Result<usize, usize> {
    let pattern = u64::from(wanted) * ONES;
    let words = text[..text.len().min(most)].as_chunks::<8>().0;
    for (i, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word) ^ pattern;
        // The lowest bit that this tells is right; those above it need not be.
        let found = word.wrapping_sub(ONES) & !word & HIGHS;
        if found != 0 {
            return Ok(i * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    Err(words.len() * 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_what_looking_at_each_byte_gives() {
        let mut seed = 7u64;
        for len in 0..=MOST {
            for _ in 0..50 {
                let mut text = vec![0u8; len];
                for b in &mut text {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    *b = [b'a', b'b', b' ', b'\t', 0x1f, 0x0e, 0x1b, 8, 0, 0x7f, 0x80, 0xff, b'`', b'!'][(seed >> 33) as usize % 14];
                }
                let tell = |test: &dyn Fn(u8) -> bool| text.iter().enumerate().fold(0, |m, (i, &b)| m | u64::from(test(b)) << i);
                for wanted in [b'a', 0, 0x80, 0xff, b' '] {
                    assert_eq!(equal(&text, wanted), tell(&|b| b == wanted));
                    let first = text.iter().position(|&b| b == wanted);
                    match find_near(&text, wanted, 32) {
                        Ok(at) => assert_eq!(Some(at), first),
                        Err(seen) => assert!(first.is_none_or(|at| at >= seen)),
                    }
                }
                assert_eq!(ascii_spaces_of_bytes(&text), tell(&|b| matches!(b, b' ' | 9..=13)));
                text.iter_mut().for_each(|b| *b &= 0x7f);
                let tell = |test: &dyn Fn(u8) -> bool| text.iter().enumerate().fold(0, |m, (i, &b)| m | u64::from(test(b)) << i);
                assert_eq!(ascii_spaces(&text) & !tell(&|b| (0x1c..0x20).contains(&b)), tell(&|b| matches!(b, b' ' | 9..=13)));
                assert_eq!(ascii_spaces(&text), tell(&|b| matches!(b, b' ' | 9..=13 | 0x1c..=0x1f)));
            }
        }
        let mut bits = 0b1010;
        assert_eq!((take_lowest(&mut bits), take_lowest(&mut bits), bits), (1, 3, 0));
    }
}
