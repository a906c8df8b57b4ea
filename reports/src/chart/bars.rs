//! Horizontal bars from zero: counts and shares, single or stacked, each with its number written out.

use super::axis::{Scale, tick_label};
use super::palette::{Colour, FAINT_INK, GRID, INK};
use super::picture::{Align, Picture, text_width, widest};

/// The data of a bar chart.
#[derive(Debug, Clone)]
pub struct Bars {
    /// The file name without its ending.
    pub name: String,
    /// The heading.
    pub title: String,
    /// What the pieces of a bar are, with their colours; one entry for single bars.
    pub pieces: Vec<(String, Colour)>,
    /// The rows, top to bottom.
    pub rows: Vec<Row>,
    /// The label under the axis.
    pub axis_label: String,
    /// The axis's end; the longest bar's if `None`.
    pub limit: Option<f64>,
    /// Whether a row's pieces lie end to end, or under each other.
    pub stacked: bool,
    /// The heading over the numbers at the right.
    pub note_title: String,
    /// Lines of small print under the chart.
    pub caption: Vec<String>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its label.
    pub label: String,
    /// One length per piece.
    pub values: Vec<f64>,
    /// The text at the right.
    pub note: String,
}

const SIZE: f64 = 16.0;
const SMALL: f64 = 14.5;
const PLOT_WIDTH: f64 = 520.0;

impl Bars {
    /// Places the shapes.
    pub fn draw(&self) -> Picture {
        let lanes = if self.stacked { 1 } else { self.pieces.len().max(1) };
        let row_height = if lanes == 1 { 22.0 } else { 10.0 * lanes as f64 + 8.0 };
        let labels: Vec<&str> = self.rows.iter().map(|row| row.label.as_str()).collect();
        let notes: Vec<&str> = self.rows.iter().map(|row| row.note.as_str()).collect();
        let left = 16.0 + widest(&labels, SIZE) + 10.0;
        let has_legend = self.pieces.len() > 1;
        let top = if has_legend { 92.0 } else { 66.0 };
        let legend_width: f64 = self.pieces.iter().map(|(name, _)| text_width(name, SIZE, false) + 44.0).sum();
        let note_width = widest(&notes, SMALL).max(text_width(&self.note_title, SMALL, true));
        let width = (left + PLOT_WIDTH + 14.0 + note_width + 16.0)
            .max(16.0 + widest(&self.caption, SMALL) + 16.0)
            .max(16.0 + text_width(&self.title, 21.0, true) + 16.0)
            .max(left + if has_legend { legend_width } else { 0.0 });
        let bottom = top + row_height * self.rows.len() as f64;
        let height = bottom + 58.0 + 19.0 * self.caption.len() as f64 + 8.0;
        let mut picture = Picture::new(&self.name, &self.title, width, height);
        picture.bold((16.0, 24.0), &self.title, 21.0, Align::Start, INK);
        if has_legend {
            let mut x = left;
            for (name, colour) in &self.pieces {
                picture.rectangle(x, 46.0, 13.0, 13.0, *colour);
                picture.text((x + 19.0, 53.0), name, SIZE, Align::Start, INK);
                x += text_width(name, SIZE, false) + 44.0;
            }
        }
        picture.bold((left + PLOT_WIDTH + 14.0, top - 12.0), &self.note_title, SMALL, Align::Start, INK);
        let longest = |row: &Row| {
            if self.stacked { row.values.iter().sum() } else { row.values.iter().copied().fold(0.0, f64::max) }
        };
        let limit = self.limit.unwrap_or_else(|| self.rows.iter().map(longest).fold(0.0, f64::max) * 1.02);
        let scale = Scale::linear(0.0, limit, left, left + PLOT_WIDTH);
        for tick in scale.ticks(6) {
            let x = scale.at(tick);
            picture.line(&[(x, top), (x, bottom)], GRID, 1);
            picture.text((x, bottom + 14.0), tick_label(tick), SMALL, Align::Middle, INK);
        }
        for (index, row) in self.rows.iter().enumerate() {
            let y = top + index as f64 * row_height;
            let middle = y + row_height / 2.0;
            picture.text((left - 10.0, middle), &row.label, SIZE, Align::End, INK);
            picture.text((left + PLOT_WIDTH + 14.0, middle), &row.note, SMALL, Align::Start, INK);
            let lane_height = (row_height - 6.0) / lanes as f64;
            let mut start = 0.0;
            for (piece, (value, (_, colour))) in row.values.iter().zip(&self.pieces).enumerate() {
                let (from, lane) = if self.stacked { (start, 0) } else { (0.0, piece) };
                let (a, b) = (scale.at(from), scale.at(from + value));
                if *value > 0.0 {
                    let y = y + 3.0 + lane as f64 * lane_height;
                    // A count that is not zero stays visible.
                    let thickness = lane_height - if lanes > 1 { 1.0 } else { 0.0 };
                    picture.rectangle(a, y, (b - a).max(1.0), thickness, *colour);
                }
                start += value;
            }
        }
        picture.line(&[(left, top), (left, bottom)], INK, 1);
        picture.text((left + PLOT_WIDTH / 2.0, bottom + 38.0), &self.axis_label, SIZE, Align::Middle, INK);
        for (line, text) in self.caption.iter().enumerate() {
            picture.text((16.0, bottom + 64.0 + 19.0 * line as f64), text, SMALL, Align::Start, FAINT_INK);
        }
        picture
    }
}
