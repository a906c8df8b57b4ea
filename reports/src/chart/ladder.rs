//! The ladder: the cumulative speed-up as one idea after another is added, with each step's own gain.
//!
//! Thin lines are single workloads, so that the mean cannot hide those that gain nothing.

use super::axis::{Scale, tick_label};
use super::palette::{CONTEXT, FAINT_INK, GRID, INK, SERIES};
use super::picture::{Align, Mark, Picture, text_width, widest};
use crate::stats::Estimate;

/// The data of a ladder chart.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// The file name without its ending.
    pub name: String,
    /// The heading.
    pub title: String,
    /// The steps' names, and under each the cell it is.
    pub steps: Vec<(String, String)>,
    /// The mean speed-up at each step.
    pub means: Vec<Option<Estimate>>,
    /// Each workload's speed-up at each step.
    pub workloads: Vec<Vec<Option<f64>>>,
    /// The label of the axis.
    pub axis_label: String,
    /// Lines of small print under the chart.
    pub caption: Vec<String>,
}

const SIZE: f64 = 16.0;
const SMALL: f64 = 14.5;

impl Ladder {
    /// Places the shapes.
    pub fn draw(&self) -> Picture {
        let width = (16.0 + widest(&self.caption, SMALL) + 16.0).max(900.0).max(16.0 + text_width(&self.title, 21.0, true) + 16.0);
        let (left, top, plot_height) = (86.0, 60.0, 400.0);
        let right = width - 40.0;
        let bottom = top + plot_height;
        let height = bottom + 76.0 + 19.0 * self.caption.len() as f64 + 8.0;
        let mut picture = Picture::new(&self.name, &self.title, width, height);
        picture.bold((16.0, 24.0), &self.title, 21.0, Align::Start, INK);

        let (mut low, mut high) = (1.0f64, 1.0f64);
        let intervals = self.means.iter().flatten().filter_map(|mean| mean.interval);
        let values = self
            .workloads
            .iter()
            .flatten()
            .flatten()
            .copied()
            .chain(self.means.iter().flatten().map(|mean| mean.value))
            .chain(intervals.flat_map(|(low, high)| [low, high]));
        for value in values {
            low = low.min(value);
            high = high.max(value);
        }
        let scale = Scale::logarithmic(low * 0.93, high * 1.12, bottom, top);
        for tick in scale.ticks(7) {
            let y = scale.at(tick);
            picture.line(&[(left, y), (right, y)], GRID, 1);
            picture.text((left - 8.0, y), tick_label(tick), SMALL, Align::End, INK);
        }
        picture.line(&[(left, scale.at(1.0)), (right, scale.at(1.0))], FAINT_INK, 1);
        picture.upwards((26.0, top + plot_height / 2.0), &self.axis_label, SIZE, Align::Middle, INK);

        let step_width = (right - left) / self.steps.len().max(1) as f64;
        let x = |step: usize| left + (step as f64 + 0.5) * step_width;
        for workload in &self.workloads {
            let mut run = Vec::new();
            for (step, value) in workload.iter().enumerate() {
                match value {
                    Some(value) => run.push((x(step), scale.at(*value))),
                    None => run.clear(),
                }
                if let [.., a, b] = run[..] {
                    picture.line(&[a, b], CONTEXT, 1);
                }
            }
        }
        let blue = SERIES[3];
        let points: Vec<Option<(f64, f64)>> =
            self.means.iter().enumerate().map(|(step, mean)| Some((x(step), scale.at(mean.as_ref()?.value)))).collect();
        for pair in points.windows(2) {
            if let [Some(a), Some(b)] = pair {
                picture.line(&[*a, *b], blue, 3);
            }
        }
        for (step, mean) in self.means.iter().enumerate() {
            let Some(mean) = mean else { continue };
            if let Some((a, b)) = mean.interval {
                let (a, b) = (scale.at(a), scale.at(b));
                picture.line(&[(x(step), a), (x(step), b)], blue, 2);
                for y in [a, b] {
                    picture.line(&[(x(step) - 6.0, y), (x(step) + 6.0, y)], blue, 2);
                }
            }
            picture.mark(Mark::Circle, (x(step), scale.at(mean.value)), 6.0, blue);
            let above = mean.interval.map_or(mean.value, |(_, high)| high.max(mean.value));
            let label = format!("×{:.2}", mean.value);
            let wide = text_width(&label, 19.0, true);
            // To the upper left, where a rising line does not pass.
            let (end, y) = (x(step) - 9.0, scale.at(above) - 15.0);
            picture.rectangle(end - wide - 3.0, y - 10.0, wide + 6.0, 20.0, super::palette::PAPER);
            picture.bold((end, y), label, 19.0, Align::End, blue);
        }
        for (step, (name, cell)) in self.steps.iter().enumerate() {
            picture.bold((x(step), bottom + 20.0), name, SIZE + 1.0, Align::Middle, INK);
            picture.text((x(step), bottom + 38.0), cell, SMALL, Align::Middle, FAINT_INK);
            let gain = match (step.checked_sub(1).and_then(|i| self.means[i]), self.means.get(step)) {
                (Some(before), Some(Some(now))) => format!("step ×{:.2}", now.value / before.value),
                (None, Some(Some(_))) => "base".to_owned(),
                _ => "unavailable".to_owned(),
            };
            picture.text((x(step), bottom + 56.0), gain, SMALL, Align::Middle, INK);
        }
        for (line, text) in self.caption.iter().enumerate() {
            picture.text((16.0, bottom + 84.0 + 19.0 * line as f64), text, SMALL, Align::Start, FAINT_INK);
        }
        picture
    }
}
