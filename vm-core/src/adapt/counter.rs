//! The adaptive counters of CPython 3.13 (`pycore_backoff.h`): twelve bits of value above four bits of back-off exponent.
//!
//! What they start from is the [`Policy`](super::policy::Policy)'s; how they count is the same for all.

/// A counter, as it stands in the first cache unit.
pub type Counter = u16;

/// Largest value.
pub const MAX_VALUE: u16 = (1 << 12) - 1;
/// Largest back-off exponent whose wait fits in the value.
pub const MAX_BACKOFF: u16 = 12;

/// A counter that triggers after `value` more executions, with that exponent.
#[must_use]
pub const fn make(value: u16, backoff: u16) -> Counter {
    (value << 4) | backoff
}

/// The executions still to go, and the exponent.
#[must_use]
pub const fn parts(counter: Counter) -> (u16, u16) {
    (counter >> 4, counter & 15)
}

/// Whether the next execution is to specialise.
#[inline(always)]
#[must_use]
pub const fn triggers(counter: Counter) -> bool {
    counter < (1 << 4)
}

/// One execution less to go, for a counter that does not trigger.
#[inline(always)]
#[must_use]
pub const fn advance(counter: Counter) -> Counter {
    counter.wrapping_sub(1 << 4)
}

/// After a failure: waits twice as long as before, up to 2^`most` executions.
#[must_use]
pub const fn back_off(counter: Counter, most: u16) -> Counter {
    let backoff = counter & 15;
    let next = if backoff < most { backoff + 1 } else { most };
    make(((1_u32 << next) - 1) as u16, next)
}

#[cfg(test)]
mod tests {
    use super::{MAX_BACKOFF, advance, back_off, make, triggers};
    use crate::adapt::policy::Policy;

    fn executions_until_trigger(mut c: u16) -> u32 {
        let mut n = 0;
        while !triggers(c) {
            c = advance(c);
            n += 1;
        }
        n
    }

    #[test]
    fn counters_follow_cpython() {
        let Policy { initial, cooldown, max_backoff, .. } = Policy::CPYTHON_3_13;
        assert_eq!(executions_until_trigger(initial), 1);
        assert_eq!(executions_until_trigger(cooldown), 52);
        assert_eq!(executions_until_trigger(back_off(initial, max_backoff)), 3);
        let mut c = initial;
        for _ in 0..40 {
            c = back_off(c, max_backoff);
        }
        assert_eq!(executions_until_trigger(c), 4095);
    }

    #[test]
    fn the_largest_exponent_bounds_the_wait() {
        for most in 0..=MAX_BACKOFF {
            let mut c = make(1, 0);
            for _ in 0..20 {
                c = back_off(c, most);
            }
            assert_eq!(executions_until_trigger(c), (1 << most) - 1);
        }
    }
}
