//! Lines over a few ordered values: what a policy changes, several measures below one another.

use super::axis::{Scale, tick_label};
use super::palette::{CONTEXT, FAINT_INK, GRID, INK, SERIES};
use super::picture::{Align, MARKS, Picture, text_width, widest};

/// The data of the chart.
#[derive(Debug, Clone)]
pub struct Lines {
    /// The file name without its ending.
    pub name: String,
    /// The heading.
    pub title: String,
    /// What the values are.
    pub x_label: String,
    /// The values, in order.
    pub x: Vec<String>,
    /// The value to mark, if it is among them, and what it is.
    pub marked: Option<(usize, String)>,
    /// The names of the lines.
    pub series: Vec<String>,
    /// The measures.
    pub panels: Vec<LinesPanel>,
    /// Lines of small print under the chart.
    pub caption: Vec<String>,
}

/// One measure.
#[derive(Debug, Clone)]
pub struct LinesPanel {
    /// What is plotted, with its unit.
    pub label: String,
    /// For each line, its values.
    pub values: Vec<Vec<Option<f64>>>,
    /// Lines in the background.
    pub context: Vec<Vec<Option<f64>>>,
}

/// Lines that can be told apart.
pub const MOST_SERIES: usize = 6;

const SIZE: f64 = 16.0;
const SMALL: f64 = 14.5;

impl Lines {
    /// Places the shapes.
    pub fn draw(&self) -> Picture {
        let columns = 16.0 + 96.0 + self.x.iter().map(|x| text_width(x, SMALL, false) + 18.0).sum::<f64>();
        let width =
            columns.max(16.0 + widest(&self.caption, SMALL) + 16.0).max(900.0).max(16.0 + text_width(&self.title, 21.0, true) + 16.0);
        let mut picture = Picture::new(&self.name, &self.title, width, 0.0);
        picture.bold((16.0, 24.0), &self.title, 21.0, Align::Start, INK);
        let mut top = self.legend(&mut picture, width) + 34.0;
        let (left, right, panel_height) = (96.0, width - 24.0, 190.0);
        let step = (right - left) / self.x.len().max(1) as f64;
        let across = |i: usize| left + (i as f64 + 0.5) * step;
        for panel in &self.panels {
            panel.draw(&mut picture, [left, right, top, top + panel_height], self.marked.as_ref().map(|m| across(m.0)), &across);
            top += panel_height + 30.0;
        }
        let bottom = top - 30.0;
        for (i, x) in self.x.iter().enumerate() {
            picture.text((across(i), bottom + 17.0), x, SMALL, Align::Middle, INK);
        }
        picture.text(((left + right) / 2.0, bottom + 42.0), &self.x_label, SIZE, Align::Middle, INK);
        for (line, text) in self.caption.iter().enumerate() {
            picture.text((16.0, bottom + 72.0 + 19.0 * line as f64), text, SMALL, Align::Start, FAINT_INK);
        }
        picture.height = bottom + 72.0 + 19.0 * self.caption.len() as f64;
        picture
    }

    /// The names of the lines; where the last row stands.
    fn legend(&self, picture: &mut Picture, width: f64) -> f64 {
        let (mut x, mut y) = (22.0, 52.0);
        for (i, name) in self.series.iter().enumerate() {
            let wide = 30.0 + text_width(name, SIZE, false) + 26.0;
            if x + wide > width && x > 22.0 {
                (x, y) = (22.0, y + 22.0);
            }
            let (colour, mark) = (SERIES[1 + i % MOST_SERIES], MARKS[i % MARKS.len()]);
            picture.line(&[(x, y), (x + 22.0, y)], colour, 2);
            picture.mark(mark, (x + 11.0, y), 4.5, colour);
            picture.text((x + 29.0, y), name, SIZE, Align::Start, INK);
            x += wide;
        }
        if let Some((_, what)) = &self.marked {
            let wide = 30.0 + text_width(what, SIZE, false);
            if x + wide > width && x > 22.0 {
                (x, y) = (22.0, y + 22.0);
            }
            picture.line(&[(x + 11.0, y - 8.0), (x + 11.0, y + 8.0)], FAINT_INK, 1);
            picture.text((x + 21.0, y), what, SIZE, Align::Start, INK);
        }
        y
    }
}

impl LinesPanel {
    fn draw(&self, picture: &mut Picture, [left, right, top, bottom]: [f64; 4], marked: Option<f64>, across: &dyn Fn(usize) -> f64) {
        let all = || self.values.iter().chain(&self.context).flatten().flatten().copied();
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let (low, high) = if low.is_finite() { (low, high) } else { (0.0, 1.0) };
        let margin = ((high - low) * 0.08).max(high.abs() * 0.002).max(1e-9);
        // A measure that cannot be negative is not shown as if it could.
        let floor = if low >= 0.0 { (low - margin).max(0.0) } else { low - margin };
        let scale = Scale::linear(floor, high + margin, bottom, top);
        for tick in scale.ticks(4) {
            let y = scale.at(tick);
            picture.line(&[(left, y), (right, y)], GRID, 1);
            picture.text((left - 8.0, y), tick_label(tick), SMALL, Align::End, INK);
        }
        if let Some(x) = marked {
            picture.line(&[(x, top), (x, bottom)], FAINT_INK, 1);
        }
        let place = |line: &[Option<f64>]| -> Vec<Option<(f64, f64)>> {
            line.iter().enumerate().map(|(i, v)| v.map(|v| (across(i), scale.at(v)))).collect()
        };
        for (lines, width) in [(&self.context, 1), (&self.values, 2)] {
            for (i, line) in lines.iter().enumerate() {
                let colour = if width == 1 { CONTEXT } else { SERIES[1 + i % MOST_SERIES] };
                let points = place(line);
                for pair in points.windows(2) {
                    if let [Some(a), Some(b)] = pair {
                        picture.line(&[*a, *b], colour, width);
                    }
                }
                for &point in points.iter().flatten().filter(|_| width > 1) {
                    picture.mark(MARKS[i % MARKS.len()], point, 4.5, colour);
                }
            }
        }
        picture.line(&[(left, bottom), (right, bottom)], INK, 1);
        picture.upwards((24.0, (top + bottom) / 2.0), &self.label, SMALL, Align::Middle, INK);
    }
}
