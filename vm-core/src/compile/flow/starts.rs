//! Where the blocks of a sequence start: a bit for each instruction, and how many bits there are before.
//!
//! In contrast to a list of block numbers, one for each instruction, it is made and read a word at a time.

/// What is known of 64 instructions.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// A block starts there.
    starts: u64,
    /// Something jumps there.
    labels: u64,
    /// How many blocks start in the words before.
    before: u32,
}

/// Where blocks start.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts {
    words: Vec<Word>,
    /// The number of instructions.
    count: usize,
}

impl Starts {
    /// For so many instructions, of which the first starts a block.
    pub(super) fn reset(&mut self, count: usize) {
        self.count = count;
        self.words.clear();
        // The place behind the last instruction counts as one.
        self.words.resize(count / 64 + 1, Word::default());
        self.words[0].starts = 1;
    }

    /// The one at `at`, or the end, starts a block.
    #[inline]
    pub(super) fn start(&mut self, at: usize) {
        self.words[at / 64].starts |= 1 << (at % 64);
    }

    /// Something jumps to the one at `at`.
    #[inline]
    pub(super) fn label(&mut self, at: usize) {
        self.start(at);
        self.words[at / 64].labels |= 1 << (at % 64);
    }

    /// Calls `block` for each block in order: where it starts and ends, and whether something jumps there.
    pub(super) fn blocks(&mut self, mut block: impl FnMut(usize, usize, bool)) {
        let (mut count, mut open) = (0, None);
        for (number, word) in self.words.iter_mut().enumerate() {
            word.before = count;
            count += word.starts.count_ones();
            let mut rest = word.starts;
            while rest != 0 {
                let at = rest.trailing_zeros();
                rest &= rest - 1;
                let here = number * 64 + at as usize;
                if let Some((start, labelled)) = open.replace((here, word.labels >> at & 1 != 0)) {
                    block(start, here, labelled);
                }
            }
        }
        if let Some((start, labelled)) = open.filter(|(start, _)| *start < self.count) {
            block(start, self.count, labelled);
        }
    }

    /// The number of the block that the instruction at `at` is in, once the blocks have been gone through.
    #[inline]
    pub(super) fn block_of(&self, at: usize) -> usize {
        let word = &self.words[at / 64];
        let upto = word.starts & (u64::MAX >> (63 - at % 64));
        (word.before + upto.count_ones()) as usize - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_those_between_starts() {
        for count in [1, 5, 63, 64, 65, 128, 200] {
            let mut starts = Starts::default();
            starts.reset(count);
            let inner: Vec<usize> = (1..count).filter(|at| at % 7 == 3 || at % 64 < 2).collect();
            inner.iter().for_each(|&at| if at % 2 == 0 { starts.label(at) } else { starts.start(at) });
            starts.start(count);
            let mut found = Vec::new();
            starts.blocks(|start, end, labelled| found.push((start, end, labelled)));
            let all: Vec<usize> = std::iter::once(0).chain(inner).chain([count]).collect();
            let expected: Vec<_> = all.windows(2).map(|pair| (pair[0], pair[1], pair[0] > 0 && pair[0] % 2 == 0)).collect();
            assert_eq!(found, expected);
            for at in 0..count {
                let (start, end, _) = found[starts.block_of(at)];
                assert!(start <= at && at < end);
            }
        }
    }
}
