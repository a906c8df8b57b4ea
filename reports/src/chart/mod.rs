//! The charts: data in, [`picture::Picture`] out, SVG and PNG from the picture.
//!
//! A chart function only places shapes; it knows no file format. One renderer replays a picture through plotters' SVG
//! and bitmap back ends, so that both files show the same. Tests check on the picture that no two labels overlap.

mod axis;
pub mod bars;
pub mod dots;
mod font;
pub mod heat;
pub mod ladder;
pub mod lines;
pub mod palette;
pub mod picture;
pub mod render;
pub mod series;
pub mod timeline;
