//! The calibrations over the run: how steady the host was, and when it was not.

use super::axis::{Scale, tick_label};
use super::palette::{Colour, FAINT_INK, GRID, INK, SERIES};
use super::picture::{Align, Mark, Picture, text_width, widest};

/// The data of the calibration chart.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The file name without its ending.
    pub name: String,
    /// The heading.
    pub title: String,
    /// Upper panel: label, and (sample order, ns, stable) points.
    pub panels: Vec<TimelinePanel>,
    /// Lines of small print under the chart.
    pub caption: Vec<String>,
}

/// One panel.
#[derive(Debug, Clone)]
pub struct TimelinePanel {
    /// What is plotted, with its unit.
    pub label: String,
    /// The position in the schedule, the value, and whether its sample is stable.
    pub points: Vec<(f64, f64, bool)>,
    /// The limit above which a calibration is disturbed.
    pub limit: f64,
}

const SMALL: f64 = 14.5;
const DISTURBED: Colour = SERIES[5];
const STABLE: Colour = SERIES[3];

impl Timeline {
    /// Places the shapes.
    pub fn draw(&self) -> Picture {
        let width = (16.0 + widest(&self.caption, SMALL) + 16.0).max(960.0).max(16.0 + text_width(&self.title, 21.0, true) + 16.0);
        let (left, panel_height) = (86.0, 170.0);
        let right = width - 24.0;
        let step = panel_height + 34.0;
        let height = 72.0 + step * self.panels.len() as f64 + 34.0 + 19.0 * self.caption.len() as f64 + 8.0;
        let mut picture = Picture::new(&self.name, &self.title, width, height);
        picture.bold((16.0, 24.0), &self.title, 21.0, Align::Start, INK);
        for (x, mark, colour, name) in
            [(left + 6.0, Mark::Circle, STABLE, "stable sample"), (left + 180.0, Mark::Diamond, DISTURBED, "disturbed sample")]
        {
            picture.mark(mark, (x, 50.0), 4.5, colour);
            picture.text((x + 11.0, 50.0), name, 15.5, Align::Start, INK);
        }
        picture.line(&[(left + 390.0, 50.0), (left + 414.0, 50.0)], DISTURBED, 1);
        picture.text((left + 421.0, 50.0), "limit", 15.5, Align::Start, INK);

        let last = self.panels.iter().flat_map(|panel| &panel.points).map(|point| point.0).fold(1.0, f64::max);
        let across = Scale::linear(0.0, last, left + 6.0, right - 6.0);
        for (index, panel) in self.panels.iter().enumerate() {
            let top = 72.0 + index as f64 * step;
            let bottom = top + panel_height;
            let values = || panel.points.iter().map(|point| point.1);
            let low = values().fold(f64::INFINITY, f64::min).min(panel.limit) * 0.9;
            let high = values().fold(0.0, f64::max).max(panel.limit) * 1.1;
            let scale = Scale::logarithmic(low, high, bottom, top);
            for tick in scale.ticks(4) {
                let y = scale.at(tick);
                picture.line(&[(left, y), (right, y)], GRID, 1);
                picture.text((left - 8.0, y), tick_label(tick), SMALL, Align::End, INK);
            }
            let y = scale.at(panel.limit);
            picture.line(&[(left, y), (right, y)], DISTURBED, 1);
            for &(order, value, stable) in &panel.points {
                let at = (across.at(order), scale.at(value));
                if stable {
                    picture.mark(Mark::Circle, at, 1.8, STABLE);
                } else {
                    picture.mark(Mark::Diamond, at, 2.2, DISTURBED);
                }
            }
            picture.line(&[(left, bottom), (right, bottom)], INK, 1);
            picture.upwards((26.0, top + panel_height / 2.0), &panel.label, 13.0, Align::Middle, INK);
        }
        let bottom = 72.0 + step * self.panels.len() as f64 - 34.0;
        for tick in across.ticks(8) {
            picture.text((across.at(tick), bottom + 14.0), tick_label(tick), SMALL, Align::Middle, INK);
        }
        picture.text(((left + right) / 2.0, bottom + 36.0), "position in the schedule", 13.5, Align::Middle, INK);
        for (line, text) in self.caption.iter().enumerate() {
            picture.text((16.0, bottom + 62.0 + 19.0 * line as f64), text, SMALL, Align::Start, FAINT_INK);
        }
        picture
    }
}
