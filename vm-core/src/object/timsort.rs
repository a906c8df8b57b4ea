//! Tim Peters's merge sort with the run-merging policy "powersort", as `list.sort` of CPython 3.13 has it: comparisons happen in the
//! same order, so that programs that count or print them agree. Plain Rust: it sorts indices, knows nothing of objects, and the
//! comparison may fail, which leaves some permutation.

const MIN_GALLOP: usize = 7;
const MAX_MINRUN: usize = 64;

/// Sorts by `less`.
pub(super) fn sort<E>(order: &mut [u32], less: &mut impl FnMut(u32, u32) -> Result<bool, E>) -> Result<(), E> {
    let len = order.len();
    if len < 2 {
        return Ok(());
    }
    let mut sorter = Sorter { order, less, min_gallop: MIN_GALLOP, runs: Vec::new(), spare: Vec::new() };
    let minrun = minrun(len);
    let mut at = 0;
    while at < len {
        let mut n = sorter.count_run(at)?;
        if n < minrun {
            let forced = minrun.min(len - at);
            sorter.insert(at, n, forced)?;
            n = forced;
        }
        sorter.make_room_for(n)?;
        sorter.runs.push(Run { start: at, len: n, power: 0 });
        at += n;
    }
    sorter.collapse()
}

/// Least length of runs, so that their number is a power of two or a little below.
fn minrun(mut n: usize) -> usize {
    let mut rest = 0;
    while n >= MAX_MINRUN {
        rest |= n & 1;
        n >>= 1;
    }
    n + rest
}

#[derive(Clone, Copy)]
struct Run {
    start: usize,
    len: usize,
    /// Depth of the node between this run and the next in the ideal merge tree.
    power: u32,
}

/// How a merge's main loop ended.
enum End {
    /// The run in place is used up; what is left of the copied one follows.
    InPlaceEmpty,
    /// One item of the copied run is left, which goes beyond all that is left in place.
    OneLeft,
}

struct Sorter<'a, F> {
    order: &'a mut [u32],
    less: &'a mut F,
    min_gallop: usize,
    runs: Vec<Run>,
    spare: Vec<u32>,
}

impl<E, F: FnMut(u32, u32) -> Result<bool, E>> Sorter<'_, F> {
    fn less_at(&mut self, i: usize, j: usize) -> Result<bool, E> {
        (self.less)(self.order[i], self.order[j])
    }

    /// Length of the run that starts at `lo`, made ascending.
    fn count_run(&mut self, lo: usize) -> Result<usize, E> {
        let left = self.order.len() - lo;
        let mut n = 1;
        while n < left && !self.less_at(lo + n, lo + n - 1)? {
            n += 1;
        }
        if n == left {
            return Ok(n);
        }
        if n > 1 {
            if self.less_at(lo, lo + n - 1)? {
                return Ok(n);
            }
            // All equal so far, then a smaller one: descending.
            self.order[lo..lo + n].reverse();
        }
        n += 1;
        let mut equal = 0;
        while n < left {
            if self.less_at(lo + n, lo + n - 1)? {
                self.restore_equal(lo + n, &mut equal);
            } else if self.less_at(lo + n - 1, lo + n)? {
                break;
            } else {
                equal += 1;
            }
            n += 1;
        }
        self.restore_equal(lo + n, &mut equal);
        self.order[lo..lo + n].reverse();
        while n < left && !self.less_at(lo + n, lo + n - 1)? {
            n += 1;
        }
        Ok(n)
    }

    /// Reverses the equal items that end before `end`, so that reversing the whole run puts them back.
    fn restore_equal(&mut self, end: usize, equal: &mut usize) {
        if *equal > 0 {
            self.order[end - *equal - 1..end].reverse();
            *equal = 0;
        }
    }

    /// Binary insertion of the items from `sorted` to `n` of the slice at `lo`.
    fn insert(&mut self, lo: usize, sorted: usize, n: usize) -> Result<(), E> {
        for i in sorted..n {
            let pivot = self.order[lo + i];
            let (mut left, mut right) = (0, i);
            while left < right {
                let middle = usize::midpoint(left, right);
                if (self.less)(pivot, self.order[lo + middle])? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.order[lo + left..=lo + i].rotate_right(1);
        }
        Ok(())
    }

    /// Merges runs that lie deeper than the boundary between the last run and the coming one of `n` items.
    fn make_room_for(&mut self, n: usize) -> Result<(), E> {
        let Some(&last) = self.runs.last() else { return Ok(()) };
        let power = power(last.start, last.len, n, self.order.len());
        while self.runs.len() > 1 && self.runs[self.runs.len() - 2].power > power {
            self.merge_at(self.runs.len() - 2)?;
        }
        if let Some(last) = self.runs.last_mut() {
            last.power = power;
        }
        Ok(())
    }

    fn collapse(&mut self) -> Result<(), E> {
        while self.runs.len() > 1 {
            let mut i = self.runs.len() - 2;
            if i > 0 && self.runs[i - 1].len < self.runs[i + 1].len {
                i -= 1;
            }
            self.merge_at(i)?;
        }
        Ok(())
    }

    /// Merges runs `i` and `i + 1`.
    fn merge_at(&mut self, i: usize) -> Result<(), E> {
        let (a, b) = (self.runs[i], self.runs.remove(i + 1));
        self.runs[i].len += b.len;
        // What is in place already at either end is left alone.
        let skip = gallop_right(self.less, self.order[b.start], &self.order[a.start..b.start], 0)?;
        let (start, na) = (a.start + skip, a.len - skip);
        if na == 0 {
            return Ok(());
        }
        let nb = gallop_left(self.less, self.order[b.start - 1], &self.order[b.start..b.start + b.len], b.len - 1)?;
        if nb == 0 {
            return Ok(());
        }
        if na <= nb { self.merge_low(start, na, nb) } else { self.merge_high(start, na, nb) }
    }

    /// Merges adjacent slices of which the left one is the shorter and is copied away.
    fn merge_low(&mut self, start: usize, na: usize, nb: usize) -> Result<(), E> {
        let mut copy = std::mem::take(&mut self.spare);
        copy.clear();
        copy.extend_from_slice(&self.order[start..start + na]);
        let mut m = Low { to: start, a: 0, b: start + na, end: start + na + nb };
        let result = self.merge_low_loop(&copy, &mut m);
        let rest = &copy[m.a..];
        if let Ok(End::OneLeft) = result {
            self.order.copy_within(m.b..m.end, m.to);
            self.order[m.end - 1] = rest[0];
        } else {
            self.order[m.to..m.to + rest.len()].copy_from_slice(rest);
        }
        self.spare = copy;
        result.map(|_| ())
    }

    fn merge_low_loop(&mut self, a: &[u32], m: &mut Low) -> Result<End, E> {
        macro_rules! take_b {
            ($n:expr) => {
                let n = $n;
                self.order.copy_within(m.b..m.b + n, m.to);
                m.to += n;
                m.b += n;
                if m.b == m.end {
                    return Ok(End::InPlaceEmpty);
                }
            };
        }
        macro_rules! take_a {
            ($n:expr) => {
                let n = $n;
                self.order[m.to..m.to + n].copy_from_slice(&a[m.a..m.a + n]);
                m.to += n;
                m.a += n;
                if a.len() - m.a == 1 {
                    return Ok(End::OneLeft);
                }
                if a.len() == m.a {
                    return Ok(End::InPlaceEmpty);
                }
            };
        }
        take_b!(1);
        if a.len() == 1 {
            return Ok(End::OneLeft);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut won_a, mut won_b) = (0, 0);
            loop {
                if (self.less)(self.order[m.b], a[m.a])? {
                    take_b!(1);
                    won_b += 1;
                    won_a = 0;
                    if won_b >= min_gallop {
                        break;
                    }
                } else {
                    take_a!(1);
                    won_a += 1;
                    won_b = 0;
                    if won_a >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let run_a = gallop_right(self.less, self.order[m.b], &a[m.a..], 0)?;
                if run_a > 0 {
                    take_a!(run_a);
                }
                take_b!(1);
                let run_b = gallop_left(self.less, a[m.a], &self.order[m.b..m.end], 0)?;
                if run_b > 0 {
                    take_b!(run_b);
                }
                take_a!(1);
                if run_a < MIN_GALLOP && run_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// Merges adjacent slices of which the right one is the shorter and is copied away.
    fn merge_high(&mut self, start: usize, na: usize, nb: usize) -> Result<(), E> {
        let mut copy = std::mem::take(&mut self.spare);
        copy.clear();
        copy.extend_from_slice(&self.order[start + na..start + na + nb]);
        let mut m = High { to: start + na + nb, start, a: start + na, b: nb };
        let result = self.merge_high_loop(&copy, &mut m);
        if let Ok(End::OneLeft) = result {
            self.order.copy_within(start..m.a, m.to - (m.a - start));
            self.order[start] = copy[0];
        } else {
            self.order[m.to - m.b..m.to].copy_from_slice(&copy[..m.b]);
        }
        self.spare = copy;
        result.map(|_| ())
    }

    fn merge_high_loop(&mut self, b: &[u32], m: &mut High) -> Result<End, E> {
        macro_rules! take_a {
            ($n:expr) => {
                let n = $n;
                m.to -= n;
                m.a -= n;
                self.order.copy_within(m.a..m.a + n, m.to);
                if m.a == m.start {
                    return Ok(End::InPlaceEmpty);
                }
            };
        }
        macro_rules! take_b {
            ($n:expr) => {
                let n = $n;
                m.to -= n;
                m.b -= n;
                self.order[m.to..m.to + n].copy_from_slice(&b[m.b..m.b + n]);
                if m.b == 1 {
                    return Ok(End::OneLeft);
                }
                if m.b == 0 {
                    return Ok(End::InPlaceEmpty);
                }
            };
        }
        take_a!(1);
        if b.len() == 1 {
            return Ok(End::OneLeft);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut won_a, mut won_b) = (0, 0);
            loop {
                if (self.less)(b[m.b - 1], self.order[m.a - 1])? {
                    take_a!(1);
                    won_a += 1;
                    won_b = 0;
                    if won_a >= min_gallop {
                        break;
                    }
                } else {
                    take_b!(1);
                    won_b += 1;
                    won_a = 0;
                    if won_b >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let na = m.a - m.start;
                let run_a = na - gallop_right(self.less, b[m.b - 1], &self.order[m.start..m.a], na - 1)?;
                if run_a > 0 {
                    take_a!(run_a);
                }
                take_b!(1);
                let run_b = m.b - gallop_left(self.less, self.order[m.a - 1], &b[..m.b], m.b - 1)?;
                if run_b > 0 {
                    take_b!(run_b);
                }
                take_a!(1);
                if run_a < MIN_GALLOP && run_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }
}

/// State of a merge from the left: where to write, what is next in the copy and in place, where the right slice ends.
struct Low {
    to: usize,
    a: usize,
    b: usize,
    end: usize,
}

/// State of a merge from the right: everything is one past the next item.
struct High {
    to: usize,
    start: usize,
    a: usize,
    b: usize,
}

/// Depth of the boundary between two runs in the ideal merge tree.
fn power(start: usize, n1: usize, n2: usize, len: usize) -> u32 {
    let mut a = 2 * start + n1;
    let mut b = a + n1 + n2;
    let mut result = 0;
    loop {
        result += 1;
        if a >= len {
            a -= len;
            b -= len;
        } else if b >= len {
            return result;
        }
        a <<= 1;
        b <<= 1;
    }
}

/// Walks away from `hint` in steps that double while `go_on` holds; the last offset at which it did, and the first at which not.
fn stride<E>(limit: usize, mut go_on: impl FnMut(usize) -> Result<bool, E>) -> Result<(usize, usize), E> {
    let (mut last, mut offset) = (0, 1);
    while offset < limit && go_on(offset)? {
        last = offset;
        offset = 2 * offset + 1;
    }
    Ok((last, offset.min(limit)))
}

/// Where `key` belongs in a sorted slice, before items equal to it.
fn gallop_left<E>(less: &mut impl FnMut(u32, u32) -> Result<bool, E>, key: u32, a: &[u32], hint: usize) -> Result<usize, E> {
    let (mut low, mut high) = if less(a[hint], key)? {
        let (last, offset) = stride(a.len() - hint, |i| less(a[hint + i], key))?;
        (hint + last + 1, hint + offset)
    } else {
        let (last, offset) = stride(hint + 1, |i| Ok(!less(a[hint - i], key)?))?;
        (hint + 1 - offset, hint - last)
    };
    while low < high {
        let middle = low + (high - low) / 2;
        if less(a[middle], key)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}

/// Where `key` belongs in a sorted slice, after items equal to it.
fn gallop_right<E>(less: &mut impl FnMut(u32, u32) -> Result<bool, E>, key: u32, a: &[u32], hint: usize) -> Result<usize, E> {
    let (mut low, mut high) = if less(key, a[hint])? {
        let (last, offset) = stride(hint + 1, |i| less(key, a[hint - i]))?;
        (hint + 1 - offset, hint - last)
    } else {
        let (last, offset) = stride(a.len() - hint, |i| Ok(!less(key, a[hint + i])?))?;
        (hint + last + 1, hint + offset)
    };
    while low < high {
        let middle = low + (high - low) / 2;
        if less(key, a[middle])? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(high)
}

#[cfg(test)]
mod tests {
    use super::sort;

    /// Keys of several shapes, from a linear congruential generator.
    fn keys(shape: u32, n: usize) -> Vec<u32> {
        let mut state = shape.wrapping_mul(2_654_435_761).wrapping_add(n as u32);
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        (0..n as u32)
            .map(|i| match shape % 6 {
                0 => random(),
                1 => random() % 5,
                2 => i / 7,
                3 => n as u32 - i,
                4 => {
                    if random() % 20 == 0 {
                        random() % 1000
                    } else {
                        i
                    }
                }
                _ => i % 100,
            })
            .collect()
    }

    fn sorted(keys: &[u32]) -> (Vec<u32>, usize) {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        let mut count = 0;
        let result: Result<(), ()> = sort(&mut order, &mut |i, j| {
            count += 1;
            Ok(keys[i as usize] < keys[j as usize])
        });
        assert!(result.is_ok());
        (order, count)
    }

    #[test]
    fn sorts_stably() {
        for shape in 0..24 {
            for n in [0, 1, 2, 3, 10, 63, 64, 65, 100, 127, 128, 500, 1000, 5000] {
                let keys = keys(shape, n);
                let mut wanted: Vec<u32> = (0..n as u32).collect();
                wanted.sort_by_key(|&i| keys[i as usize]);
                assert_eq!(sorted(&keys).0, wanted, "shape {shape}, {n} items");
            }
        }
    }

    #[test]
    fn compares_as_often_as_cpython() {
        // Counted with CPython 3.13.0 on the same keys.
        let counts: Vec<usize> = (0..6).flat_map(|shape| [20, 100, 1000].map(|n| sorted(&keys(shape, n)).1)).collect();
        assert_eq!(counts, COUNTS);
    }

    const COUNTS: [usize; 18] = [62, 533, 8675, 64, 504, 5856, 19, 99, 999, 19, 99, 999, 58, 210, 4139, 19, 99, 4398];

    #[test]
    fn a_failure_loses_nothing() {
        let keys = keys(0, 700);
        for fail_at in [1, 50, 500, 3000, 5000] {
            let mut order: Vec<u32> = (0..700).collect();
            let mut count = 0;
            let result = sort(&mut order, &mut |i, j| {
                count += 1;
                if count == fail_at { Err(()) } else { Ok(keys[i as usize] < keys[j as usize]) }
            });
            assert!(result.is_err());
            order.sort_unstable();
            assert!(order.into_iter().eq(0..700));
        }
    }
}
