//! Which frames are active, told from the frame pointers of the instructions: when calls begin and end, and what ran before in the same
//! run loop.

use std::collections::HashMap;

use vm_core::opcodes::Opcode;

/// What an instruction that leaves its frame without an exception may be.
const RETURNS: [Opcode; 4] = [Opcode::RETURN_VALUE, Opcode::RETURN_CONST, Opcode::YIELD_VALUE, Opcode::RETURN_GENERATOR];

/// How an instruction's frame came to run it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Arrival {
    /// It is the first instruction of a new activation.
    New,
    /// The instruction before, whatever its frame, was a yield.
    Resumed,
    /// Neither.
    Same,
}

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

/// A frame that starts to run.
struct Entered {
    fp: usize,
    code: usize,
    entry: bool,
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
    /// Of the latter, those that returned or yielded, rather than ending with an exception.
    pub(super) returned_to_native: u64,
    /// Of those entered, suspended ones that were resumed.
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

    /// An instruction of the frame at `fp` is about to run.
    #[inline]
    pub(super) fn at(&mut self, fp: usize, code: usize, arrival: Arrival, entry: impl FnOnce() -> bool, now: u64) {
        let top = self.stack.last().is_some_and(|top| top.fp == fp);
        if arrival == Arrival::Same && top {
            return;
        }
        // The frame on top was left by its yield: if it runs now, it was resumed.
        let resumed = arrival == Arrival::Resumed && top;
        self.switch(Entered { fp, code, entry: entry() }, arrival == Arrival::New, resumed, now);
    }

    #[cold]
    fn switch(&mut self, frame: Entered, fresh: bool, resumed: bool, now: u64) {
        match self.places.get(&frame.fp).copied() {
            Some(place) if fresh || resumed => self.leave_to(place, now),
            Some(place) => return self.leave_to(place + 1, now),
            None => {}
        }
        self.counts.entered += 1;
        self.counts.from_native += u64::from(frame.entry);
        self.counts.resumed += u64::from(!fresh);
        self.places.insert(frame.fp, self.stack.len());
        let Entered { fp, code, entry } = frame;
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
                self.counts.returned_to_native += u64::from(RETURNS.iter().any(|&op| op as u16 == self.last_in_loop));
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
        use Arrival::{New, Resumed, Same};
        let steps = [
            (10, 0, New),
            (10, 0, Same),
            (20, 1, New),
            (20, 1, Same),
            (10, 0, Same),
            (20, 1, New),
            (20, 1, New),
            (20, 1, Resumed),
            (10, 0, Resumed),
        ];
        for (now, (fp, code, arrival)) in steps.into_iter().enumerate() {
            frames.at(fp, code, arrival, || false, now as u64);
        }
        frames.finish(9);
        let slice = |code, start, end, depth| Slice { code, start, end, depth };
        assert_eq!(frames.slices, [slice(1, 2, 4, 1), slice(1, 5, 6, 1), slice(1, 6, 7, 1), slice(1, 7, 8, 1), slice(0, 0, 9, 0)]);
        assert_eq!((frames.counts.entered, frames.counts.resumed, frames.counts.deepest), (5, 1, 2));
    }

    #[test]
    fn a_run_loop_of_its_own_has_its_own_last_opcode() {
        let mut frames = Frames::keeping(0);
        frames.at(1, 0, Arrival::New, || true, 0);
        frames.last_in_loop = 7;
        frames.at(2, 1, Arrival::New, || true, 1);
        assert_eq!(frames.last_in_loop, 0);
        frames.last_in_loop = 9;
        frames.at(1, 0, Arrival::Same, || true, 2);
        assert_eq!((frames.last_in_loop, frames.slices_dropped), (7, 1));
    }
}
