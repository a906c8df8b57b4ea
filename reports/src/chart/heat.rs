//! Heat maps: a matrix of coloured cells, each with its number where it fits.
//!
//! Used for the grid of variants (few cells, big numbers), for pairs of opcodes (many cells, colour carries it), and for hit
//! rates of several profiles side by side.

use super::palette::{Colour, FAINT_INK, INK, ink_on};
use super::picture::{Align, Picture, text_width, widest};

/// The data of a heat map.
#[derive(Debug, Clone)]
pub struct HeatMap {
    /// The file name without its ending.
    pub name: String,
    /// The heading.
    pub title: String,
    /// Row labels, top to bottom, and what rows are.
    pub rows: Vec<String>,
    /// What the rows are.
    pub row_title: String,
    /// Column labels, left to right.
    pub columns: Vec<String>,
    /// What the columns are.
    pub column_title: String,
    /// `cells[row][column]`; `None` is drawn empty.
    pub cells: Vec<Vec<Option<HeatCell>>>,
    /// Each cell's width and height.
    pub cell_size: (f64, f64),
    /// Whether column labels run upwards.
    pub upright_columns: bool,
    /// The colour key: positions 0..=1 get these colours, and labels at some of them.
    pub key: Option<Key>,
    /// Lines of small print under the chart.
    pub caption: Vec<String>,
}

/// One cell.
#[derive(Debug, Clone)]
pub struct HeatCell {
    /// Its colour.
    pub fill: Colour,
    /// The number in it; may be empty.
    pub text: String,
    /// Smaller text under the number; may be empty.
    pub note: String,
}

/// A colour key.
#[derive(Debug, Clone)]
pub struct Key {
    /// What the colours mean.
    pub title: String,
    /// The colour at 0..=1.
    pub colour: fn(f64) -> Colour,
    /// Labels at positions 0..=1.
    pub labels: Vec<(f64, String)>,
}

const SIZE: f64 = 16.0;
const SMALL: f64 = 14.5;
const EMPTY: Colour = Colour(250, 250, 250);

impl HeatMap {
    /// Places the shapes.
    pub fn draw(&self) -> Picture {
        let (cell_width, cell_height) = self.cell_size;
        let left = 46.0 + widest(&self.rows, SIZE) + 10.0;
        let column_label_height = if self.upright_columns { widest(&self.columns, SIZE) + 12.0 } else { 26.0 };
        let top = 64.0 + column_label_height;
        let plot_width = cell_width * self.columns.len() as f64;
        let plot_height = cell_height * self.rows.len() as f64;
        let key_height = if self.key.is_some() { 62.0 } else { 0.0 };
        let width = (left + plot_width + 24.0)
            .max(16.0 + widest(&self.caption, SMALL) + 16.0)
            .max(16.0 + text_width(&self.title, 21.0, true) + 16.0)
            .max(left + if self.key.is_some() { 380.0 } else { 0.0 });
        let height = top + plot_height + 14.0 + key_height + 19.0 * self.caption.len() as f64 + 12.0;
        let mut picture = Picture::new(&self.name, &self.title, width, height);
        picture.bold((16.0, 24.0), &self.title, 21.0, Align::Start, INK);
        let column_title_at = if plot_width >= text_width(&self.column_title, SIZE, true) {
            (left + plot_width / 2.0, Align::Middle)
        } else {
            (left, Align::Start)
        };
        picture.bold((column_title_at.0, 52.0), &self.column_title, SIZE, column_title_at.1, INK);
        picture.upwards((24.0, top + plot_height / 2.0), &self.row_title, SIZE, Align::Middle, INK);
        for (column, label) in self.columns.iter().enumerate() {
            let x = left + (column as f64 + 0.5) * cell_width;
            if self.upright_columns {
                picture.upwards((x, top - 8.0), label, SIZE, Align::Start, INK);
            } else {
                picture.text((x, top - 12.0), label, SIZE, Align::Middle, INK);
            }
        }
        for (row, label) in self.rows.iter().enumerate() {
            let y = top + (row as f64 + 0.5) * cell_height;
            picture.text((left - 10.0, y), label, SIZE, Align::End, INK);
            for column in 0..self.columns.len() {
                let x = left + column as f64 * cell_width;
                let cell = self.cells.get(row).and_then(|cells| cells.get(column)?.as_ref());
                let fill = cell.map_or(EMPTY, |cell| cell.fill);
                let y0 = top + row as f64 * cell_height;
                picture.rectangle(x + 0.5, y0 + 0.5, cell_width - 1.0, cell_height - 1.0, fill);
                let Some(cell) = cell else { continue };
                let middle = x + cell_width / 2.0;
                let ink = ink_on(fill);
                if cell.note.is_empty() {
                    let size = [SIZE, 13.0, 11.5].into_iter().find(|size| text_width(&cell.text, *size, false) <= cell_width - 4.0);
                    if let (Some(size), false) = (size, cell.text.is_empty()) {
                        picture.text((middle, y), &cell.text, size, Align::Middle, ink);
                    }
                } else {
                    picture.bold((middle, y - 10.0), &cell.text, 22.0, Align::Middle, ink);
                    picture.text((middle, y + 13.0), &cell.note, SMALL, Align::Middle, ink);
                }
            }
        }
        let mut y = top + plot_height + 14.0;
        if let Some(key) = &self.key {
            draw_key(&mut picture, key, left, y);
            y += key_height;
        }
        for (line, text) in self.caption.iter().enumerate() {
            picture.text((16.0, y + 8.0 + 19.0 * line as f64), text, SMALL, Align::Start, FAINT_INK);
        }
        picture
    }
}

fn draw_key(picture: &mut Picture, key: &Key, left: f64, y: f64) {
    const STEPS: usize = 60;
    const WIDTH: f64 = 300.0;
    picture.text((left, y + 6.0), &key.title, SMALL, Align::Start, INK);
    for step in 0..STEPS {
        let t = step as f64 / (STEPS - 1) as f64;
        let width = WIDTH / STEPS as f64;
        picture.rectangle(left + step as f64 * width, y + 16.0, width, 12.0, (key.colour)(t));
    }
    for (t, label) in &key.labels {
        let x = left + t * WIDTH;
        picture.line(&[(x, y + 28.0), (x, y + 32.0)], INK, 1);
        let align = match *t {
            t if t <= 0.02 => Align::Start,
            t if t >= 0.98 => Align::End,
            _ => Align::Middle,
        };
        picture.text((x, y + 41.0), label, SMALL, align, INK);
    }
}
