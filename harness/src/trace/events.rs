//! Single events of a run, for a time line of them: kept only while there is room, and only if asked for.

use vm_core::opcodes::Opcode;

use super::site::What;

/// What happened, other than a call.
#[derive(Clone, Copy, Debug)]
pub(super) enum Happened {
    Adapted { code: usize, unit: usize, family: Opcode, what: What },
    Quickened { code: usize, unit: usize, pair: Opcode },
    Collected { live_bytes: u64, freed_bytes: u64 },
}

/// Events with the number of instructions executed before them.
#[derive(Default)]
pub(super) struct Events {
    pub(super) list: Vec<(u64, Happened)>,
    pub(super) dropped: u64,
    most: usize,
}

impl Events {
    /// Keeps at most that many.
    pub(super) fn keeping(most: usize) -> Events {
        Events { most, ..Events::default() }
    }

    fn push(&mut self, at: u64, happened: Happened) {
        if self.list.len() < self.most {
            self.list.push((at, happened));
        } else {
            self.dropped += 1;
        }
    }

    pub(super) fn adapted(&mut self, at: u64, code: usize, unit: usize, family: Opcode, what: What) {
        self.push(at, Happened::Adapted { code, unit, family, what });
    }

    pub(super) fn quickened(&mut self, at: u64, code: usize, unit: usize, pair: Opcode) {
        self.push(at, Happened::Quickened { code, unit, pair });
    }

    pub(super) fn collected(&mut self, at: u64, live_bytes: u64, freed_bytes: u64) {
        self.push(at, Happened::Collected { live_bytes, freed_bytes });
    }
}
