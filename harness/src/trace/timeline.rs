//! How the run changed over time, time being executed instructions: cumulative counts at evenly spaced moments. When there are too many,
//! every second one goes and the distance doubles, so that memory is bounded however long the run is.

/// Moments kept at most.
const MOST: usize = 512;
/// Instructions between moments at first.
const FIRST_WIDTH: u64 = 16;

/// Cumulative counts of the whole run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) executed: u64,
    pub(super) generic: u64,
    pub(super) unspecialised: u64,
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) successes: u64,
    pub(super) failures: u64,
    pub(super) deopts: u64,
    pub(super) quickened: u64,
    pub(super) collections: u64,
}

impl Totals {
    /// What came after `earlier`.
    pub(super) fn since(self, earlier: Totals) -> Totals {
        Totals {
            executed: self.executed - earlier.executed,
            generic: self.generic - earlier.generic,
            unspecialised: self.unspecialised - earlier.unspecialised,
            hits: self.hits - earlier.hits,
            misses: self.misses - earlier.misses,
            successes: self.successes - earlier.successes,
            failures: self.failures - earlier.failures,
            deopts: self.deopts - earlier.deopts,
            quickened: self.quickened - earlier.quickened,
            collections: self.collections - earlier.collections,
        }
    }
}

/// Totals at multiples of a width.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    pub(super) width: u64,
    next: u64,
    moments: Vec<Totals>,
}

impl Default for Timeline {
    fn default() -> Timeline {
        Timeline { width: FIRST_WIDTH, next: FIRST_WIDTH, moments: Vec::new() }
    }
}

impl Timeline {
    /// To be called before each instruction, when all before it is settled.
    #[inline]
    pub(super) fn tick(&mut self, totals: &Totals) {
        if totals.executed >= self.next {
            self.mark(totals);
        }
    }

    #[cold]
    fn mark(&mut self, totals: &Totals) {
        self.moments.push(*totals);
        if self.moments.len() == MOST {
            let mut index = 0;
            self.moments.retain(|_| {
                index += 1;
                index % 2 == 0
            });
            self.width *= 2;
        }
        self.next = self.width * (self.moments.len() as u64 + 1);
    }

    /// What happened between the moments, and after the last.
    pub(super) fn buckets(&self, end: Totals) -> Vec<Totals> {
        let mut before = Totals::default();
        let mut out: Vec<Totals> = self
            .moments
            .iter()
            .map(|&at| {
                let bucket = at.since(before);
                before = at;
                bucket
            })
            .collect();
        if end != before {
            out.push(end.since(before));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded_and_nothing_is_lost() {
        for length in [0, 1, 15, 16, 17, 8000, 8192, 1_000_003_u64] {
            let mut line = Timeline::default();
            let mut totals = Totals::default();
            for n in 0..length {
                line.tick(&totals);
                totals.executed += 1;
                totals.hits += u64::from(n % 3 == 0);
            }
            let buckets = line.buckets(totals);
            assert!(buckets.len() <= MOST, "{length}: {}", buckets.len());
            assert_eq!(buckets.iter().map(|b| b.executed).sum::<u64>(), length);
            assert_eq!(buckets.iter().map(|b| b.hits).sum::<u64>(), totals.hits);
            let whole = buckets.len().saturating_sub(1);
            assert!(buckets[..whole].iter().all(|b| b.executed == line.width), "{length}");
        }
    }
}
