//! The axes of a sweep: `POLICY=VALUES` on the command line.

use vm_core::adapt::counter;
use vm_core::adapt::policy::Policy;

use crate::policy::{PolicyArgs, parse_counter, show_counter};

/// A number of the policy that can be varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Knob {
    /// Warm-up of quickening.
    Warmup,
    /// Counter of fresh adaptive instructions.
    Initial,
    /// Counter after a success.
    Cooldown,
    /// Largest back-off exponent.
    BackoffMax,
    /// The superinstructions.
    Supers,
}

/// The knobs by name, and what the axis says.
const KNOBS: [(&str, Knob, &str); 5] = [
    ("warmup", Knob::Warmup, "starts or backward jumps until code is quickened"),
    ("adaptive-initial", Knob::Initial, "executions before a fresh instruction tries to specialise"),
    ("adaptive-cooldown", Knob::Cooldown, "misses before a specialised instruction tries anew"),
    ("backoff-max", Knob::BackoffMax, "largest back-off exponent"),
    ("super-set", Knob::Supers, "superinstructions"),
];

/// One axis: the knob, and the values it takes in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// The name on the command line.
    pub(super) name: &'static str,
    /// What the numbers mean.
    pub(super) label: &'static str,
    /// Which number.
    pub(super) knob: Knob,
    /// The values, as the options of the same name read them.
    pub(super) values: Vec<String>,
}

/// Reads `NAME=VALUES`: values between commas, and ranges `LOW..HIGH` (by 1), `LOW..HIGH+STEP`, `LOW..HIGH*FACTOR` (from 0: 0, 1, and on).
pub(super) fn axis(text: &str) -> Result<Axis, String> {
    let (name, values) = text.split_once('=').ok_or_else(|| format!("'{text}' is not POLICY=VALUES"))?;
    let Some(&(name, knob, label)) = KNOBS.iter().find(|k| k.0 == name) else {
        let names: Vec<&str> = KNOBS.iter().map(|k| k.0).collect();
        return Err(format!("there is no policy '{name}'; there are {}", names.join(", ")));
    };
    let mut out: Vec<String> = Vec::new();
    for part in values.split(',') {
        match part.split_once("..") {
            Some((low, high)) => out.extend(range(low, high).map_err(|e| format!("{name}={part}: {e}"))?),
            None => out.push(part.to_owned()),
        }
    }
    if knob != Knob::Supers {
        // The axis is drawn in order.
        out.sort_by_key(|value| value.split('/').map(|n| n.parse().unwrap_or(u32::MAX)).collect::<Vec<u32>>());
    }
    out.dedup();
    let axis = Axis { name, label, knob, values: out };
    for value in &axis.values {
        axis.set(&mut PolicyArgs::default(), value).map_err(|e| format!("{name}={value}: {e}"))?;
    }
    Ok(axis)
}

fn range(low: &str, high: &str) -> Result<Vec<String>, String> {
    const MOST: usize = 200;
    let number = |text: &str| text.parse::<u32>().map_err(|_| format!("'{text}' is not a number"));
    let (high, step, factor) = match (high.split_once('+'), high.split_once('*')) {
        (Some((high, step)), _) => (high, number(step)?, 1),
        (_, Some((high, factor))) => (high, 0, number(factor)?),
        _ => (high, 1, 1),
    };
    let (mut at, high) = (number(low)?, number(high)?);
    if step == 0 && factor < 2 {
        return Err("the range does not grow".to_owned());
    }
    let mut out = Vec::new();
    while at <= high && out.len() < MOST {
        out.push(at.to_string());
        at = if at == 0 && factor > 1 { 1 } else { at.saturating_mul(factor).saturating_add(step) };
    }
    if out.is_empty() { Err("the range is empty".to_owned()) } else { Ok(out) }
}

impl Axis {
    /// Sets the knob to a value.
    pub(super) fn set(&self, args: &mut PolicyArgs, value: &str) -> Result<(), String> {
        let number = |low: u16, most: u16| match value.parse() {
            Ok(n) if (low..=most).contains(&n) => Ok(n),
            _ => Err(format!("not a number from {low} to {most}")),
        };
        match self.knob {
            Knob::Warmup => args.warmup = Some(number(1, u16::MAX)?),
            Knob::Initial => args.adaptive_initial = Some(parse_counter(value)?),
            Knob::Cooldown => args.adaptive_cooldown = Some(parse_counter(value)?),
            Knob::BackoffMax => args.backoff_max = Some(number(0, counter::MAX_BACKOFF)?),
            Knob::Supers => {
                crate::supers::source(value)?;
                args.super_set = Some(value.to_owned());
            }
        }
        Ok(())
    }

    /// The value that a policy has, in the axis's own spelling if it is among its values.
    #[must_use]
    pub(super) fn value_of(&self, policy: &Policy) -> Option<String> {
        let same = |counter| self.values.iter().find(|v| parse_counter(v) == Ok(counter)).cloned().or(Some(show_counter(counter)));
        match self.knob {
            Knob::Warmup => Some(policy.warmup.to_string()),
            Knob::Initial => same(policy.initial),
            Knob::Cooldown => same(policy.cooldown),
            Knob::BackoffMax => Some(policy.max_backoff.to_string()),
            Knob::Supers => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_ranges() {
        assert_eq!(axis("warmup=100,1..9*2,8").unwrap().values, ["1", "2", "4", "8", "100"]);
        assert_eq!(axis("backoff-max=0..12+4").unwrap().values, ["0", "4", "8", "12"]);
        assert_eq!(axis("adaptive-cooldown=0..9*2").unwrap().values, ["0", "1", "2", "4", "8"]);
        assert_eq!(axis("adaptive-initial=1/1,5").unwrap().values, ["1/1", "5"]);
        assert_eq!(axis("adaptive-cooldown=3..5").unwrap().values, ["3", "4", "5"]);
        for bad in [
            "warmup",
            "warmup=0",
            "warmup=",
            "speed=1",
            "warmup=5..1",
            "warmup=0..9*2",
            "backoff-max=13",
            "adaptive-initial=5000",
            "warmup=1..4*1",
        ] {
            assert!(axis(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn defaults_are_found_among_the_values() {
        let policy = Policy::CPYTHON_3_13;
        assert_eq!(axis("adaptive-cooldown=0,52").unwrap().value_of(&policy).as_deref(), Some("52"));
        assert_eq!(axis("warmup=1").unwrap().value_of(&policy).as_deref(), Some("8"));
    }
}
