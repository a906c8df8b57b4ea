//! Rows of dots with confidence intervals, in panels side by side: one row per workload, one mark per series.
//!
//! Unlike [`super::bars`], for ratios and logarithmic axes, where a bar's length from an arbitrary zero would mislead.

use super::axis::{Scale, tick_label};
use super::palette::{Colour, FAINT_INK, GRID, INK, STRIPE};
use super::picture::{Align, Mark, Picture, text_width, widest};
use crate::stats::Estimate;

/// A chart of panels that share their rows.
#[derive(Debug, Clone)]
pub struct DotPanels {
    /// The file name without its ending.
    pub name: String,
    /// The heading.
    pub title: String,
    /// The row labels, top to bottom.
    pub rows: Vec<String>,
    /// How many of the last rows are set apart as summaries.
    pub summary_rows: usize,
    /// The panels, left to right.
    pub panels: Vec<Panel>,
    /// The series, in legend order.
    pub series: Vec<Series>,
    /// The label under every axis.
    pub axis_label: String,
    /// A value that gets a stronger vertical line, such as 1 for ratios.
    pub reference: Option<f64>,
    /// Lines of small print under the chart: sample counts and method.
    pub caption: Vec<String>,
}

/// One panel.
#[derive(Debug, Clone)]
pub struct Panel {
    /// The heading over it.
    pub title: String,
    /// `points[series][row]`.
    pub points: Vec<Vec<Option<Estimate>>>,
}

/// How a series looks.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Its mark.
    pub mark: Mark,
}

const SIZE: f64 = 16.0;
const SMALL: f64 = 14.5;
const GAP: f64 = 26.0;
const SERIES_STEP: f64 = 8.0;

impl DotPanels {
    /// Places the shapes.
    pub fn draw(&self) -> Picture {
        let row_height = (self.series.len() as f64 * SERIES_STEP + 8.0).max(22.0);
        let left = 16.0 + widest(&self.rows, SIZE) + 12.0;
        let panel_width = match self.panels.len() {
            0 | 1 => 760.0,
            2 => 460.0,
            _ => 330.0,
        };
        let top = 100.0;
        let plot_height = row_height * self.rows.len() as f64;
        let panels_width = panel_width * self.panels.len() as f64 + GAP * (self.panels.len().max(1) - 1) as f64;
        let caption_width = 16.0 + widest(&self.caption, SMALL) + 16.0;
        let legend_width: f64 = self.series.iter().map(|series| text_width(&series.name, SIZE, false) + 40.0).sum();
        let width =
            (left + panels_width + 24.0).max(caption_width).max(left + legend_width).max(16.0 + text_width(&self.title, 21.0, true) + 16.0);
        let height = top + plot_height + 62.0 + 19.0 * self.caption.len() as f64 + 8.0;
        let mut picture = Picture::new(&self.name, &self.title, width, height);
        picture.bold((16.0, 24.0), &self.title, 21.0, Align::Start, INK);
        self.legend(&mut picture, left, 52.0);

        let (low, high) = self.range();
        for row in (0..self.rows.len()).step_by(2) {
            let y = top + row as f64 * row_height;
            picture.rectangle(16.0, y, left + panels_width - 16.0, row_height, STRIPE);
        }
        for (row, label) in self.rows.iter().enumerate() {
            let y = top + (row as f64 + 0.5) * row_height;
            let at = (left - 12.0, y);
            if row + self.summary_rows >= self.rows.len() {
                picture.bold(at, label, SMALL, Align::End, INK);
            } else {
                picture.text(at, label, SIZE, Align::End, INK);
            }
        }
        if self.summary_rows > 0 && self.summary_rows < self.rows.len() {
            let y = top + (self.rows.len() - self.summary_rows) as f64 * row_height;
            picture.line(&[(16.0, y), (left + panels_width, y)], FAINT_INK, 1);
        }
        for (index, panel) in self.panels.iter().enumerate() {
            let x0 = left + index as f64 * (panel_width + GAP);
            let scale = Scale::logarithmic(low, high, x0 + 8.0, x0 + panel_width - 8.0);
            self.panel(&mut picture, panel, scale, (x0, panel_width), (top, row_height));
        }
        let bottom = top + plot_height;
        picture.text((left + panels_width / 2.0, bottom + 44.0), &self.axis_label, SIZE, Align::Middle, INK);
        for (line, text) in self.caption.iter().enumerate() {
            picture.text((16.0, bottom + 70.0 + 19.0 * line as f64), text, SMALL, Align::Start, FAINT_INK);
        }
        picture
    }

    fn panel(&self, picture: &mut Picture, panel: &Panel, scale: Scale, (x0, panel_width): (f64, f64), (top, row_height): (f64, f64)) {
        let bottom = top + row_height * self.rows.len() as f64;
        picture.bold((x0 + panel_width / 2.0, top - 16.0), &panel.title, SIZE, Align::Middle, INK);
        let mut previous_end = f64::NEG_INFINITY;
        for tick in scale.ticks(6) {
            let x = scale.at(tick);
            picture.line(&[(x, top), (x, bottom)], GRID, 1);
            let label = tick_label(tick);
            let half = text_width(&label, SMALL, false) / 2.0;
            if x - half > previous_end + 4.0 {
                picture.text((x, bottom + 15.0), label, SMALL, Align::Middle, INK);
                previous_end = x + half;
            }
        }
        if let Some(reference) = self.reference {
            let x = scale.at(reference);
            picture.line(&[(x, top), (x, bottom)], FAINT_INK, 2);
        }
        picture.line(&[(x0, bottom), (x0 + panel_width, bottom)], INK, 1);
        let offset = (row_height - SERIES_STEP * (self.series.len() as f64 - 1.0)) / 2.0;
        for (index, (series, points)) in self.series.iter().zip(&panel.points).enumerate() {
            for (row, point) in points.iter().enumerate() {
                let Some(point) = point else { continue };
                let y = top + row as f64 * row_height + offset + SERIES_STEP * index as f64;
                if let Some((low, high)) = point.interval {
                    let (a, b) = (scale.at(low), scale.at(high));
                    picture.line(&[(a, y), (b, y)], series.colour, 2);
                    if b - a > 6.0 {
                        picture.line(&[(a, y - 2.5), (a, y + 2.5)], series.colour, 1);
                        picture.line(&[(b, y - 2.5), (b, y + 2.5)], series.colour, 1);
                    }
                }
                picture.mark(series.mark, (scale.at(point.value), y), 3.8, series.colour);
            }
        }
    }

    fn legend(&self, picture: &mut Picture, left: f64, y: f64) {
        let mut x = left + 6.0;
        for series in &self.series {
            picture.mark(series.mark, (x, y), 5.0, series.colour);
            picture.text((x + 12.0, y), &series.name, SIZE, Align::Start, INK);
            x += 12.0 + text_width(&series.name, SIZE, false) + 28.0;
        }
    }

    /// The smallest and largest value shown anywhere, with room at both ends.
    fn range(&self) -> (f64, f64) {
        let points = self.panels.iter().flat_map(|panel| panel.points.iter().flatten()).flatten();
        let (mut low, mut high) = (f64::INFINITY, 0.0f64);
        for point in points {
            let (a, b) = point.interval.unwrap_or((point.value, point.value));
            low = low.min(a.min(point.value));
            high = high.max(b.max(point.value));
        }
        if let Some(reference) = self.reference {
            low = low.min(reference);
            high = high.max(reference);
        }
        if low.is_finite() && low > 0.0 { (low * 0.95, high * 1.05) } else { (0.5, 2.0) }
    }
}
