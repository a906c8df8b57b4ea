//! Two loops of known cost, run beside every sample: predictable indirect calls, and direct code.
//!
//! The first is what a host disturbs when it disturbs this project's subject (flushed or disabled indirect prediction);
//! the second tells that apart from a host which is slow at everything. Each takes well under a millisecond.

use std::hint::black_box;
use std::time::Instant;

use reports::measure::Calibration;

const INDIRECT_CALLS: u32 = 40_000;
const DIRECT_ITERATIONS: u32 = 200_000;
const REPEATS: usize = 3;

#[inline(never)]
fn step_a(value: u64) -> u64 {
    value.wrapping_mul(31).wrapping_add(7)
}

#[inline(never)]
fn step_b(value: u64) -> u64 {
    value.wrapping_mul(33).wrapping_add(11)
}

/// Two targets that take turns: any predictor with a history gets every one right.
fn indirect_loop(targets: &[fn(u64) -> u64; 2], calls: u32) -> u64 {
    let mut value = 1;
    for index in 0..calls {
        value = targets[(index & 1) as usize](value);
    }
    value
}

fn direct_loop(iterations: u32) -> u64 {
    let mut value = 1u64;
    for index in 0..iterations {
        value = black_box(value).wrapping_mul(31).wrapping_add(u64::from(index));
    }
    value
}

fn fastest_ns_per(count: u32, mut work: impl FnMut() -> u64) -> f64 {
    (0..REPEATS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_nanos() as f64 / f64::from(count)
        })
        .fold(f64::INFINITY, f64::min)
}

/// Runs both loops three times and takes each one's fastest: a single timer interrupt is not a phase.
pub fn calibrate() -> Calibration {
    let targets: [fn(u64) -> u64; 2] = black_box([step_a, step_b]);
    Calibration {
        indirect_ns_per_call: fastest_ns_per(INDIRECT_CALLS, || indirect_loop(black_box(&targets), INDIRECT_CALLS)),
        direct_ns_per_iter: fastest_ns_per(DIRECT_ITERATIONS, || direct_loop(DIRECT_ITERATIONS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_loops_take_some_time_and_not_much() {
        let calibration = calibrate();
        for ns in [calibration.indirect_ns_per_call, calibration.direct_ns_per_iter] {
            assert!(ns > 0.0 && ns < 10_000.0, "{ns}");
        }
    }
}
