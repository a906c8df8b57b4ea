//! The page as data: sections of figures and tables, and the template that turns them into one self-contained file.
//!
//! Unlike [`crate::report`], which decides *what* is shown, this only knows how things look.

use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use crate::chart::picture::Picture;
use crate::chart::render;
use crate::error::ReportError;

/// The whole page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    /// The heading.
    pub title: String,
    /// Warnings at the very top: made-up data, an interrupted bench, broken identities.
    pub warnings: Vec<String>,
    /// The parts, in order.
    pub sections: Vec<Section>,
}

/// A part of the page with a heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it shows and how to read it.
    pub paragraphs: Vec<String>,
    /// Its contents, in order.
    pub blocks: Vec<Block>,
    /// Whether only the heading shows until it is clicked.
    pub folded: bool,
}

/// A figure or a table.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A chart.
    Figure {
        /// The name of its files without their endings.
        name: String,
        /// The SVG document.
        svg: String,
        /// Its nominal width in pixels.
        width: u32,
    },
    /// A table.
    Table(Table),
    /// Links to files beside the page.
    Links {
        /// File and description.
        files: Vec<(String, String)>,
    },
}

/// A table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    /// What it holds, shown above it.
    pub caption: String,
    /// The column headings.
    pub columns: Vec<String>,
    /// How many of the first columns are text; the others are numbers.
    pub text_columns: usize,
    /// The cells.
    pub rows: Vec<Vec<String>>,
    /// Whether only the caption shows until it is clicked.
    pub folded: bool,
}

/// A chart that was rendered, with the bytes of its files.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The name of its files without their endings.
    pub name: String,
    /// The SVG document.
    pub svg: String,
    /// The PNG file.
    pub png: Vec<u8>,
    /// Its nominal width in pixels.
    pub width: u32,
}

/// Renders all pictures, on all processors: a PNG takes a good fraction of a second.
pub fn draw_all(pictures: &[Picture]) -> Result<Vec<Drawn>, ReportError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut drawn: Vec<Option<Result<Drawn, ReportError>>> = pictures.iter().map(|_| None).collect();
    let share = pictures.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for (slots, pictures) in drawn.chunks_mut(share).zip(pictures.chunks(share)) {
            scope.spawn(move || {
                for (slot, picture) in slots.iter_mut().zip(pictures) {
                    *slot = Some(draw(picture));
                }
            });
        }
    });
    drawn.into_iter().flatten().collect()
}

fn draw(picture: &Picture) -> Result<Drawn, ReportError> {
    Ok(Drawn { name: picture.name.clone(), svg: render::svg(picture)?, png: render::png(picture)?, width: picture.width.ceil() as u32 })
}

impl Page {
    /// The page as one HTML document.
    pub fn html(&self) -> Result<String, ReportError> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.add_template("index.html", include_str!("../templates/index.html")).map_err(ReportError::Template)?;
        environment.get_template("index.html").and_then(|template| template.render(self)).map_err(ReportError::Template)
    }
}
