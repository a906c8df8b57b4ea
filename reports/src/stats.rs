//! The statistics: small, deterministic, and free of any knowledge of what the numbers mean.
//!
//! Medians because a disturbed host has a long upper tail; geometric means because speed-ups are ratios; percentile
//! bootstrap because nothing is known about the distribution. The bootstrap's random numbers come from a seed, so that
//! the same data always gives the same interval.

use serde::Serialize;

/// Resamples drawn for one interval.
pub const RESAMPLES: usize = 2000;

/// The share of resamples inside an interval.
pub const CONFIDENCE: f64 = 0.95;

/// The seed of every bootstrap.
pub const SEED: u64 = 0x5EED_0BAD_CAFE_0001;

/// With fewer values than this no interval is given: it would only pretend.
pub const MINIMUM_FOR_INTERVAL: usize = 3;

/// Values further from the median than this many (scaled) median absolute deviations are listed as outliers.
pub const OUTLIER_DEVIATIONS: f64 = 5.0;

/// A number with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate itself.
    pub value: f64,
    /// The confidence interval's ends, if there were enough values for one.
    pub interval: Option<(f64, f64)>,
    /// How many values it rests on.
    pub n: usize,
}

/// A small random number generator (SplitMix64): fast, seedable, and good enough to draw samples.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// Starts from `seed`; equal seeds give equal sequences.
    pub fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which must not be 0. The bias is below `bound` / 2⁶⁴.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next_u64()) * bound as u128) >> 64) as usize
    }

    /// Puts `items` in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// The `q` quantile (0..=1), interpolated linearly between neighbours; `None` for no values.
pub fn quantile(values: &[f64], q: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, q)
}

fn quantile_of_sorted(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = q.clamp(0.0, 1.0) * last as f64;
    let low = position.floor() as usize;
    let high = position.ceil() as usize;
    Some(sorted[low] + (sorted[high] - sorted[low]) * (position - low as f64))
}

/// The median; `None` for no values.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The geometric mean; `None` for no values or one that is not positive.
pub fn geometric_mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() || values.iter().any(|&v| v.is_nan() || v <= 0.0) {
        return None;
    }
    Some((values.iter().map(|v| v.ln()).sum::<f64>() / values.len() as f64).exp())
}

/// The positions of values far from the median: by more than [`OUTLIER_DEVIATIONS`] median absolute deviations, scaled
/// by 1.4826 to estimate a standard deviation, and by more than 1 % of the median. They are reported, never removed.
pub fn outliers(values: &[f64]) -> Vec<usize> {
    let Some(middle) = median(values) else {
        return Vec::new();
    };
    let deviations: Vec<f64> = values.iter().map(|v| (v - middle).abs()).collect();
    let spread = 1.4826 * median(&deviations).unwrap_or(0.0);
    let limit = (OUTLIER_DEVIATIONS * spread).max(0.01 * middle.abs());
    (0..values.len()).filter(|&i| deviations[i] > limit).collect()
}

/// The median with its bootstrap interval; `None` for no values.
pub fn bootstrap_median(values: &[f64]) -> Option<Estimate> {
    bootstrap(&[values], |groups| median(groups[0]), SEED)
}

/// The geometric mean over groups of each group's median, with its bootstrap interval: values are drawn again *within*
/// each group, so that the interval speaks of noise in the measurements and not of the choice of groups.
/// [`Estimate::n`] is the number of values in all groups together; `None` if a group is empty or a median not positive.
pub fn bootstrap_geometric_mean(groups: &[&[f64]]) -> Option<Estimate> {
    let statistic = |groups: &[&[f64]]| {
        let medians: Option<Vec<f64>> = groups.iter().map(|group| median(group)).collect();
        geometric_mean(&medians?)
    };
    bootstrap(groups, statistic, SEED)
}

fn bootstrap(groups: &[&[f64]], statistic: impl Fn(&[&[f64]]) -> Option<f64>, seed: u64) -> Option<Estimate> {
    let value = statistic(groups)?;
    let n = groups.iter().map(|group| group.len()).sum();
    if groups.iter().any(|group| group.len() < MINIMUM_FOR_INTERVAL) {
        return Some(Estimate { value, interval: None, n });
    }
    let mut rng = Rng::new(seed);
    let mut buffers: Vec<Vec<f64>> = groups.iter().map(|group| group.to_vec()).collect();
    let mut values = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        for (buffer, group) in buffers.iter_mut().zip(groups) {
            for slot in buffer.iter_mut() {
                *slot = group[rng.below(group.len())];
            }
        }
        let drawn: Vec<&[f64]> = buffers.iter().map(Vec::as_slice).collect();
        values.extend(statistic(&drawn));
    }
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let interval = quantile_of_sorted(&values, tail).zip(quantile_of_sorted(&values, 1.0 - tail));
    Some(Estimate { value, interval, n })
}

/// How intervals are made, for captions.
pub fn method() -> String {
    format!("{:.0} % percentile bootstrap, {RESAMPLES} resamples, seed {SEED:#x}", CONFIDENCE * 100.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn geometric_means() {
        assert!((geometric_mean(&[1.0, 4.0]).unwrap() - 2.0).abs() < 1e-12);
        assert_eq!(geometric_mean(&[1.0, 0.0]), None);
        assert_eq!(geometric_mean(&[]), None);
    }

    #[test]
    fn one_wild_value_is_an_outlier_and_jitter_is_not() {
        assert_eq!(outliers(&[10.0, 10.1, 9.9, 10.05, 30.0]), vec![4]);
        assert_eq!(outliers(&[10.0, 10.001, 10.0, 10.0]), Vec::<usize>::new());
    }

    #[test]
    fn two_values_give_no_interval() {
        let estimate = bootstrap_median(&[1.0, 2.0]).unwrap();
        assert_eq!((estimate.n, estimate.interval), (2, None));
    }

    #[test]
    fn the_interval_covers_the_truth_about_as_often_as_it_says() {
        // Draws from a skewed distribution with median 1: 15 values each, 200 experiments.
        let mut rng = Rng::new(7);
        let mut covered = 0;
        for _ in 0..200 {
            let values: Vec<f64> = (0..15)
                .map(|_| {
                    let u: f64 = rng.next_u64() as f64 / u64::MAX as f64;
                    (2.0 * (u - 0.5)).exp()
                })
                .collect();
            let (low, high) = bootstrap_median(&values).unwrap().interval.unwrap();
            covered += usize::from(low <= 1.0 && 1.0 <= high);
        }
        assert!((180..=200).contains(&covered), "{covered} of 200");
    }

    proptest! {
        #[test]
        fn an_interval_encloses_its_estimate(values in prop::collection::vec(0.1f64..10.0, 3..30)) {
            let estimate = bootstrap_median(&values).unwrap();
            let (low, high) = estimate.interval.unwrap();
            prop_assert!(low <= estimate.value && estimate.value <= high);
            prop_assert_eq!(bootstrap_median(&values), Some(estimate));
        }

        #[test]
        fn a_geometric_mean_lies_between_the_extremes(values in prop::collection::vec(0.01f64..100.0, 1..50)) {
            let mean = geometric_mean(&values).unwrap();
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(0.0, f64::max);
            prop_assert!(low * 0.999_999 <= mean && mean <= high * 1.000_001);
        }

        #[test]
        fn scaling_the_values_scales_the_quantile(values in prop::collection::vec(0.1f64..10.0, 1..30), q in 0.0f64..1.0) {
            let doubled: Vec<f64> = values.iter().map(|v| v * 2.0).collect();
            let difference = quantile(&doubled, q).unwrap() - 2.0 * quantile(&values, q).unwrap();
            prop_assert!(difference.abs() < 1e-9);
        }

        #[test]
        fn a_shuffle_is_a_permutation(seed in any::<u64>(), n in 0usize..50) {
            let mut items: Vec<usize> = (0..n).collect();
            Rng::new(seed).shuffle(&mut items);
            items.sort_unstable();
            prop_assert_eq!(items, (0..n).collect::<Vec<_>>());
        }
    }
}
