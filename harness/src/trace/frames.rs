//! Which frames are active, told from the frame pointers of the instructions: when calls begin and end, and what ran before in the same
//! run loop.

use std::collections::HashMap;

/// One active frame.
struct Active {
    fp: usize,
    code: usize,
    since: u64,
    /// Entered from native code, in a run loop of its own.
    entry: bool,
    /// The last opcode of the loop that called into this one.
    outer: u16,
}

/// A call that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    /// Index of the code object.
    pub(super) code: usize,
    /// Instructions executed when it began and when it ended.
    pub(super) start: u64,
    pub(super) end: u64,
    /// Frames below it.
    pub(super) depth: u32,
}

/// What entering a frame means for the counts.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct CallCounts {
    /// Frames entered, generators resumed included.
    pub(super) entered: u64,
    /// Of those, from native code: a run loop of their own.
    pub(super) from_native: u64,
    /// Of those, suspended ones that were resumed.
    pub(super) resumed: u64,
    /// The deepest stack of frames.
    pub(super) deepest: u64,
}

/// The active frames.
#[derive(Default)]
pub(super) struct Frames {
    stack: Vec<Active>,
    places: HashMap<usize, usize>,
    /// The opcode before this one in the same run loop, whatever the frame; 0 (CACHE) at its start, as in CPython.
    pub(super) last_in_loop: u16,
    pub(super) counts: CallCounts,
    /// Calls that have ended, while there is room.
    pub(super) slices: Vec<Slice>,
    pub(super) slices_dropped: u64,
    most_slices: usize,
}

impl Frames {
    /// Keeps at most that many ended calls.
    pub(super) fn keeping(most_slices: usize) -> Frames {
        Frames { most_slices, ..Frames::default() }
    }

    /// An instruction of the frame at `fp` is about to run; `fresh` if it is the first of a new activation.
    #[inline]
    pub(super) fn at(&mut self, fp: usize, code: usize, fresh: bool, entry: impl FnOnce() -> bool, now: u64) {
        if !fresh && self.stack.last().is_some_and(|top| top.fp == fp) {
            return;
        }
        self.switch(fp, code, fresh, entry(), now);
    }

    #[cold]
    fn switch(&mut self, fp: usize, code: usize, fresh: bool, entry: bool, now: u64) {
        let known = self.places.get(&fp).copied();
        match known {
            Some(place) if fresh => self.leave_to(place, now),
            Some(place) => return self.leave_to(place + 1, now),
            None => {}
        }
        self.counts.entered += 1;
        self.counts.from_native += u64::from(entry);
        self.counts.resumed += u64::from(!fresh);
        self.places.insert(fp, self.stack.len());
        self.stack.push(Active { fp, code, since: now, entry, outer: self.last_in_loop });
        self.counts.deepest = self.counts.deepest.max(self.stack.len() as u64);
        if entry {
            self.last_in_loop = 0;
        }
    }

    fn leave_to(&mut self, depth: usize, now: u64) {
        while self.stack.len() > depth {
            let Some(frame) = self.stack.pop() else { return };
            self.places.remove(&frame.fp);
            if frame.entry {
                self.last_in_loop = frame.outer;
            }
            if self.slices.len() < self.most_slices {
                self.slices.push(Slice { code: frame.code, start: frame.since, end: now, depth: self.stack.len() as u32 });
            } else {
                self.slices_dropped += 1;
            }
        }
    }

    /// The run has ended.
    pub(super) fn finish(&mut self, now: u64) {
        self.leave_to(0, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_told_from_frame_pointers() {
        let mut frames = Frames::keeping(10);
        let steps =
            [(10, 0, true), (10, 0, false), (20, 1, true), (20, 1, false), (10, 0, false), (20, 1, true), (20, 1, true), (10, 0, false)];
        for (now, (fp, code, fresh)) in steps.into_iter().enumerate() {
            frames.at(fp, code, fresh, || false, now as u64);
        }
        frames.finish(8);
        let slice = |code, start, end, depth| Slice { code, start, end, depth };
        assert_eq!(frames.slices, [slice(1, 2, 4, 1), slice(1, 5, 6, 1), slice(1, 6, 7, 1), slice(0, 0, 8, 0)]);
        assert_eq!((frames.counts.entered, frames.counts.deepest), (4, 2));
    }

    #[test]
    fn a_run_loop_of_its_own_has_its_own_last_opcode() {
        let mut frames = Frames::keeping(0);
        frames.at(1, 0, true, || true, 0);
        frames.last_in_loop = 7;
        frames.at(2, 1, true, || true, 1);
        assert_eq!(frames.last_in_loop, 0);
        frames.last_in_loop = 9;
        frames.at(1, 0, false, || true, 2);
        assert_eq!((frames.last_in_loop, frames.slices_dropped), (7, 1));
    }
}
