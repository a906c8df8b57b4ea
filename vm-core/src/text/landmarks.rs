//! Where every 64th code point of a long text lies, so that an index is found without reading the text from its start.
//!
//! In contrast to an index built at once, the table is filled as far as somebody has asked, and lives where the text's owner put it: the
//! first word tells how many landmarks are known, word `k` at which byte code point `64 * k` begins. As only what precedes a code
//! point matters, texts that are prefixes of one another can share a table.

use std::cell::Cell;

use super::wtf8::sequence_len;

/// Code points between two landmarks.
pub const STEP: usize = 64;
/// Shorter texts have none.
const WORTH_BYTES: usize = 256;

/// Words that the table of a text of that many bytes takes.
#[must_use]
pub const fn words_for(bytes: usize) -> usize {
    if bytes < WORTH_BYTES { 0 } else { bytes / STEP + 2 }
}

/// The table of a text, perhaps empty.
#[derive(Clone, Copy, Default)]
pub struct Landmarks<'a>(&'a [Cell<u32>]);

impl<'a> Landmarks<'a> {
    /// No table.
    pub const NONE: Landmarks<'static> = Landmarks(&[]);

    /// The table in these words, at least [`words_for`] the text's bytes; the first was zero when it was made.
    #[must_use]
    pub fn new(words: &'a [Cell<u32>]) -> Landmarks<'a> {
        Landmarks(words)
    }

    /// Whether there is no table.
    #[inline]
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0.is_empty()
    }

    fn known(self) -> usize {
        self.0[0].get() as usize
    }

    fn at(self, mark: usize) -> usize {
        if mark == 0 { 0 } else { self.0[mark].get() as usize }
    }

    fn learn(self, mark: usize, offset: usize) {
        self.0[mark].set(offset as u32);
        self.0[0].set(mark as u32);
    }

    /// Byte offset of a code point that the text has.
    pub(super) fn byte_offset(self, bytes: &[u8], index: usize) -> usize {
        let mark = index / STEP;
        for next in self.known() + 1..=mark {
            self.learn(next, forward(bytes, self.at(next - 1), STEP));
        }
        forward(bytes, self.at(mark), index % STEP)
    }

    /// Index of the code point at a byte offset.
    pub(super) fn char_index(self, bytes: &[u8], offset: usize) -> usize {
        let known = self.known();
        let mut mark = self.0[1..=known].partition_point(|m| m.get() as usize <= offset);
        let mut at = self.at(mark);
        let mut chars = 0;
        while at < offset {
            at = forward(bytes, at, 1);
            chars += 1;
            if chars == STEP && at <= offset {
                mark += 1;
                chars = 0;
                if mark > known {
                    self.learn(mark, at);
                }
            }
        }
        mark * STEP + chars
    }
}

/// The byte offset `chars` code points behind another one.
fn forward(bytes: &[u8], from: usize, chars: usize) -> usize {
    (0..chars).fold(from, |at, _| at + bytes.get(at).map_or(1, |&b| sequence_len(b)))
}

/// Where landmarks are says nothing about the text.
impl PartialEq for Landmarks<'_> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Landmarks<'_> {}

impl std::fmt::Debug for Landmarks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} landmarks", self.0.first().map_or(0, Cell::get))
    }
}

#[cfg(test)]
mod tests {
    use super::{Landmarks, words_for};
    use crate::text::wtf8::StrRef;
    use std::cell::Cell;

    #[test]
    fn landmarks_change_nothing_but_the_time() {
        let text: String = (0..3000u32).filter_map(|i| char::from_u32(i * 37 % 0x2_0000)).collect();
        let plain = StrRef::from(text.as_str());
        for stride in [1, 7, 1999] {
            let words: Vec<Cell<u32>> = vec![Cell::new(0); words_for(text.len())];
            let marked = StrRef { landmarks: Landmarks::new(&words), ..plain };
            for i in (0..=plain.chars).map(|i| i * stride % (plain.chars + 1)) {
                let offset = plain.byte_offset(i);
                assert_eq!(marked.byte_offset(i), offset);
                assert_eq!(marked.char_index(offset), i);
                assert_eq!(marked.slice(i, i + 100), plain.slice(i, i + 100));
                assert_eq!(marked.slice(i / 2, i), plain.slice(i / 2, i));
            }
        }
    }

    #[test]
    fn an_index_may_be_the_first_thing_asked_for() {
        let text = "é".repeat(1000);
        let words: Vec<Cell<u32>> = vec![Cell::new(0); words_for(text.len())];
        let marked = StrRef { landmarks: Landmarks::new(&words), ..StrRef::from(text.as_str()) };
        assert_eq!(marked.char_index(1998), 999);
        assert_eq!(marked.byte_offset(999), 1998);
        assert_eq!(marked.char_index(2000), 1000);
        assert_eq!(words[0].get(), 15);
    }
}
