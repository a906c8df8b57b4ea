//! Quantities over the run, one panel each, time being executed instructions: steps, since each value is that of an interval.
//!
//! Unlike [`super::timeline`], which shows single samples of a bench, nothing here is measured: a traced run is deterministic.

use super::axis::{Scale, tick_label};
use super::palette::{Colour, FAINT_INK, GRID, INK};
use super::picture::{Align, Picture, text_width, widest};

/// The data of the chart.
#[derive(Debug, Clone)]
pub struct Series {
    /// The file name without its ending.
    pub name: String,
    /// The heading.
    pub title: String,
    /// The panels, top to bottom.
    pub panels: Vec<Panel>,
    /// Where each interval ends.
    pub ends: Vec<f64>,
    /// What runs across.
    pub across: String,
    /// Lines of small print under the chart.
    pub caption: Vec<String>,
}

/// One quantity.
#[derive(Debug, Clone)]
pub struct Panel {
    /// What is plotted, with its unit.
    pub label: String,
    /// The value in each interval; none where there is none.
    pub values: Vec<Option<f64>>,
    /// The top of the scale, if it is fixed.
    pub limit: Option<f64>,
    /// The colour.
    pub colour: Colour,
}

const SMALL: f64 = 14.5;
const PANEL_HEIGHT: f64 = 120.0;
const TOP: f64 = 50.0;

impl Series {
    /// Places the shapes.
    pub fn draw(&self) -> Picture {
        let width = (16.0 + widest(&self.caption, SMALL) + 16.0).max(960.0).max(16.0 + text_width(&self.title, 21.0, true) + 16.0);
        let (left, right) = (76.0, width - 30.0);
        let step = PANEL_HEIGHT + 42.0;
        let height = TOP + step * self.panels.len() as f64 + 44.0 + 19.0 * self.caption.len() as f64 + 8.0;
        let mut picture = Picture::new(&self.name, &self.title, width, height);
        picture.bold((16.0, 24.0), &self.title, 21.0, Align::Start, INK);
        let end = self.ends.last().copied().unwrap_or(1.0);
        let across = Scale::linear(0.0, end, left, right);
        for (index, panel) in self.panels.iter().enumerate() {
            let top = TOP + 24.0 + index as f64 * step;
            self.draw_panel(&mut picture, panel, &across, (left, right), (top, top + PANEL_HEIGHT));
        }
        let bottom = TOP + step * self.panels.len() as f64;
        for tick in across.ticks(8) {
            picture.text((across.at(tick), bottom), tick_label(tick), SMALL, Align::Middle, INK);
        }
        picture.text(((left + right) / 2.0, bottom + 22.0), &self.across, SMALL, Align::Middle, INK);
        for (line, text) in self.caption.iter().enumerate() {
            picture.text((16.0, bottom + 48.0 + 19.0 * line as f64), text, SMALL, Align::Start, FAINT_INK);
        }
        picture
    }

    fn draw_panel(&self, picture: &mut Picture, panel: &Panel, across: &Scale, (left, right): (f64, f64), (top, bottom): (f64, f64)) {
        let highest = panel.values.iter().flatten().copied().fold(0.0, f64::max);
        let high = panel.limit.unwrap_or(if highest > 0.0 { highest * 1.05 } else { 1.0 });
        let scale = Scale::linear(0.0, high, bottom, top);
        picture.bold((left, top - 13.0), &panel.label, SMALL, Align::Start, INK);
        for tick in scale.ticks(3) {
            let y = scale.at(tick);
            picture.line(&[(left, y), (right, y)], GRID, 1);
            picture.text((left - 8.0, y), tick_label(tick), SMALL, Align::End, INK);
        }
        let mut from = 0.0;
        let mut line: Vec<(f64, f64)> = Vec::new();
        for (&end, value) in self.ends.iter().zip(&panel.values) {
            match value {
                Some(value) => line.extend([(across.at(from), scale.at(*value)), (across.at(end), scale.at(*value))]),
                None => flush(picture, &mut line, panel.colour),
            }
            from = end;
        }
        flush(picture, &mut line, panel.colour);
        picture.line(&[(left, bottom), (right, bottom)], INK, 1);
    }
}

fn flush(picture: &mut Picture, line: &mut Vec<(f64, f64)>, colour: Colour) {
    if line.len() > 1 {
        picture.line(line, colour, 2);
    }
    line.clear();
}
