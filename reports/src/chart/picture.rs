//! A chart as plain data: shapes at places, in pixels of the nominal size, y downwards.

use super::font;
use super::palette::Colour;

/// A chart ready to be rendered.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The file name without its ending.
    pub name: String,
    /// What the chart shows, for readers who cannot see it.
    pub title: String,
    /// Nominal width in pixels.
    pub width: f64,
    /// Nominal height in pixels.
    pub height: f64,
    /// The shapes, later ones on top.
    pub shapes: Vec<Shape>,
}

/// One shape.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A filled polygon (a rectangle too).
    Polygon {
        /// Its corners.
        points: Vec<(f64, f64)>,
        /// Its colour.
        fill: Colour,
    },
    /// A filled disc.
    Circle {
        /// The centre.
        centre: (f64, f64),
        /// The radius.
        radius: f64,
        /// Its colour.
        fill: Colour,
    },
    /// An open line.
    Line {
        /// Its corners.
        points: Vec<(f64, f64)>,
        /// Its colour.
        colour: Colour,
        /// Its width, in whole pixels.
        width: u32,
    },
    /// A line of text.
    Text(Text),
}

/// A line of text.
#[derive(Debug, Clone)]
pub struct Text {
    /// The anchor.
    pub at: (f64, f64),
    /// The characters.
    pub text: String,
    /// The nominal size; one em is 1/1.24 of it.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub colour: Colour,
    /// Where the anchor lies along the text.
    pub align: Align,
    /// Whether the text runs upwards instead of to the right.
    pub upwards: bool,
}

/// Where a text's anchor lies along it. Across it, the anchor is always the middle of a small letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At its first character.
    Start,
    /// In its middle.
    Middle,
    /// At its last character.
    End,
}

/// The marks a series can be drawn with, so that colour is never the only difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A triangle.
    Triangle,
    /// A square on its corner.
    Diamond,
}

/// The marks in the order in which series take them.
pub const MARKS: [Mark; 4] = [Mark::Circle, Mark::Square, Mark::Triangle, Mark::Diamond];

impl Picture {
    /// An empty picture.
    pub fn new(name: impl Into<String>, title: impl Into<String>, width: f64, height: f64) -> Picture {
        Picture { name: name.into(), title: title.into(), width, height, shapes: Vec::new() }
    }

    /// Adds a filled rectangle.
    pub fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, fill: Colour) {
        self.shapes.push(Shape::Polygon { points: vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill });
    }

    /// Adds a line.
    pub fn line(&mut self, points: &[(f64, f64)], colour: Colour, width: u32) {
        self.shapes.push(Shape::Line { points: points.to_vec(), colour, width });
    }

    /// Adds a mark of about `radius`.
    pub fn mark(&mut self, mark: Mark, (x, y): (f64, f64), radius: f64, fill: Colour) {
        let points = match mark {
            Mark::Circle => {
                self.shapes.push(Shape::Circle { centre: (x, y), radius, fill });
                return;
            }
            Mark::Square => {
                let r = radius * 0.9;
                vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
            }
            Mark::Triangle => {
                let r = radius * 1.2;
                vec![(x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)]
            }
            Mark::Diamond => {
                let r = radius * 1.3;
                vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            }
        };
        self.shapes.push(Shape::Polygon { points, fill });
    }

    /// Adds text that runs to the right.
    pub fn text(&mut self, at: (f64, f64), text: impl Into<String>, size: f64, align: Align, colour: Colour) {
        self.shapes.push(Shape::Text(Text { at, text: text.into(), size, bold: false, colour, align, upwards: false }));
    }

    /// Adds bold text that runs to the right.
    pub fn bold(&mut self, at: (f64, f64), text: impl Into<String>, size: f64, align: Align, colour: Colour) {
        self.text(at, text, size, align, colour);
        if let Some(Shape::Text(text)) = self.shapes.last_mut() {
            text.bold = true;
        }
    }

    /// Adds text that runs upwards.
    pub fn upwards(&mut self, at: (f64, f64), text: impl Into<String>, size: f64, align: Align, colour: Colour) {
        self.text(at, text, size, align, colour);
        if let Some(Shape::Text(text)) = self.shapes.last_mut() {
            text.upwards = true;
        }
    }

    /// Problems a reader would see: texts that overlap or leave the picture.
    pub fn text_problems(&self) -> Vec<String> {
        let boxes: Vec<(&str, [f64; 4])> = self
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text(text) => Some((text.text.as_str(), text.bounds())),
                _ => None,
            })
            .collect();
        let mut problems = Vec::new();
        for (i, &(text, [left, top, right, bottom])) in boxes.iter().enumerate() {
            if left < 0.0 || top < 0.0 || right > self.width || bottom > self.height {
                problems.push(format!("'{text}' leaves the picture"));
            }
            for &(other, [l, t, r, b]) in &boxes[i + 1..] {
                if left < r && l < right && top < b && t < bottom {
                    problems.push(format!("'{text}' overlaps '{other}'"));
                }
            }
        }
        problems
    }
}

impl Text {
    /// Left, top, right and bottom of the small letters and ascenders.
    fn bounds(&self) -> [f64; 4] {
        let width = text_width(&self.text, self.size, self.bold);
        let em = font::em(self.size);
        let start = match self.align {
            Align::Start => 0.0,
            Align::Middle => -width / 2.0,
            Align::End => -width,
        };
        let (x, y) = self.at;
        // The anchor is half a small letter above the baseline.
        let (up, down) = (0.5 * em, 0.35 * em);
        if self.upwards { [x - up, y - start - width, x + down, y - start] } else { [x + start, y - up, x + start + width, y + down] }
    }
}

/// The width of `text` in the bundled font.
pub fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    font::width(text, size, bold)
}

/// The width of the widest of `texts`.
pub fn widest<S: AsRef<str>>(texts: impl IntoIterator<Item = S>, size: f64) -> f64 {
    texts.into_iter().map(|text| text_width(text.as_ref(), size, false)).fold(0.0, f64::max)
}
