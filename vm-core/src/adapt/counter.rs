//! The adaptive counters of CPython 3.13 (`pycore_backoff.h`): twelve bits of value above four bits of back-off exponent.

/// Largest back-off exponent.
const MAX_BACKOFF: u16 = 12;
/// Exponent that means "never".
const UNREACHABLE: u16 = 15;

/// A counter that triggers after `value` more executions, with that exponent.
#[must_use]
pub const fn make(value: u16, backoff: u16) -> u16 {
    (value << 4) | backoff
}

/// Of a fresh adaptive instruction: specialises at the second execution.
pub const WARMUP: u16 = make(1, 1);
/// After a success: 53 misses until the next attempt.
pub const COOLDOWN: u16 = make(52, 0);

/// Whether the next execution is to specialise.
#[inline(always)]
#[must_use]
pub const fn triggers(counter: u16) -> bool {
    counter < (1 << 4) && counter & 15 != UNREACHABLE
}

/// One execution less to go.
#[inline(always)]
#[must_use]
pub const fn advance(counter: u16) -> u16 {
    if counter & 15 == UNREACHABLE { counter } else { counter.wrapping_sub(1 << 4) }
}

/// After a failure: waits twice as long as before, up to 2^12 executions.
#[must_use]
pub const fn back_off(counter: u16) -> u16 {
    let backoff = counter & 15;
    if backoff < MAX_BACKOFF { make((1 << (backoff + 1)) - 1, backoff + 1) } else { make((1 << MAX_BACKOFF) - 1, MAX_BACKOFF) }
}

#[cfg(test)]
mod tests {
    use super::{COOLDOWN, WARMUP, advance, back_off, triggers};

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
        assert_eq!(executions_until_trigger(WARMUP), 1);
        assert_eq!(executions_until_trigger(COOLDOWN), 52);
        assert_eq!(executions_until_trigger(back_off(WARMUP)), 3);
        let mut c = WARMUP;
        for _ in 0..40 {
            c = back_off(c);
        }
        assert_eq!(executions_until_trigger(c), 4095);
    }
}
