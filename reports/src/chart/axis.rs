//! Scales and ticks: linear and logarithmic, with round numbers.

/// A mapping from values to pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    logarithmic: bool,
}

impl Scale {
    /// A linear scale that shows `low..=high` at `from..=to`.
    pub(super) fn linear(low: f64, high: f64, from: f64, to: f64) -> Scale {
        let high = if high > low { high } else { low + 1.0 };
        Scale { low, high, from, to, logarithmic: false }
    }

    /// A logarithmic scale; `low` must be positive.
    pub(super) fn logarithmic(low: f64, high: f64, from: f64, to: f64) -> Scale {
        let low = low.max(f64::MIN_POSITIVE);
        let high = if high > low { high } else { low * 2.0 };
        Scale { low, high, from, to, logarithmic: true }
    }

    /// Where `value` goes; values outside are moved to the end.
    pub(super) fn at(&self, value: f64) -> f64 {
        let t = if self.logarithmic {
            (value.max(self.low) / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + t.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// Round values inside the scale, about `wanted` of them.
    pub(super) fn ticks(&self, wanted: usize) -> Vec<f64> {
        if self.logarithmic { self.logarithmic_ticks(wanted) } else { linear_ticks(self.low, self.high, wanted) }
    }

    fn logarithmic_ticks(&self, wanted: usize) -> Vec<f64> {
        let decades = (self.high / self.low).log10();
        if decades < 0.75 {
            return linear_ticks(self.low, self.high, wanted);
        }
        let steps: &[f64] = match wanted as f64 / decades {
            per_decade if per_decade >= 3.0 => &[1.0, 2.0, 5.0],
            per_decade if per_decade >= 2.0 => &[1.0, 3.0],
            _ => &[1.0],
        };
        let every = (decades / wanted as f64).ceil().max(1.0) as i32;
        let first = self.low.log10().floor() as i32;
        let last = self.high.log10().ceil() as i32;
        (first..=last)
            .filter(|exponent| exponent % every == 0)
            .flat_map(|exponent| steps.iter().map(move |step| step * 10f64.powi(exponent)))
            .filter(|&value| value >= self.low * 0.999 && value <= self.high * 1.001)
            .collect()
    }
}

fn linear_ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let rough = (high - low) / wanted.max(1) as f64;
    let magnitude = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * magnitude);
    let mut ticks = Vec::new();
    let mut index = (low / step - 1e-9).ceil();
    while index * step <= high + step * 1e-9 && ticks.len() < 100 {
        // Adding zero turns a negative zero into a plain one.
        ticks.push(index * step + 0.0);
        index += 1.0;
    }
    ticks
}

/// A number with as few digits as tell it from its neighbours on an axis.
pub(super) fn tick_label(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude >= 1e9 {
        format!("{} G", trim(value / 1e9))
    } else if magnitude >= 1e6 {
        format!("{} M", trim(value / 1e6))
    } else if magnitude >= 1e4 {
        format!("{} k", trim(value / 1e3))
    } else {
        trim(value)
    }
}

fn trim(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(Scale::linear(0.0, 1.0, 0.0, 1.0).ticks(5), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(Scale::logarithmic(0.4, 12.0, 0.0, 1.0).ticks(6), [0.5, 1.0, 2.0, 5.0, 10.0]);
        assert_eq!(tick_label(0.6000000000000001), "0.6");
        assert_eq!(tick_label(2_500_000.0), "2.5 M");
    }

    #[test]
    fn an_empty_range_does_not_divide_by_zero() {
        assert!(Scale::linear(3.0, 3.0, 0.0, 10.0).at(3.0).is_finite());
        assert!(Scale::logarithmic(0.0, 0.0, 0.0, 10.0).at(0.0).is_finite());
    }
}
