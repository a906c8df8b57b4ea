//! Pictures to files: the same shapes through plotters' SVG and bitmap back ends.
//!
//! The bitmap back end does not smooth edges, so the PNG is drawn at four times the nominal size and averaged down to
//! twice, which is sharp on paper and on dense screens.

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Text as TextElement};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontTransform, IntoFont, RGBColor, TextStyle};

use super::font;
use super::palette::{Colour, PAPER};
use super::picture::{Align, Picture, Shape, Text};
use crate::error::ReportError;

/// How many times larger than the nominal size a PNG is.
pub const PNG_SCALE: u32 = 2;

/// How many times larger than the PNG it is drawn before averaging.
const SMOOTHING: u32 = 2;

fn rgb(Colour(r, g, b): Colour) -> RGBColor {
    RGBColor(r, g, b)
}

fn failed(picture: &Picture, reason: impl std::fmt::Display) -> ReportError {
    ReportError::Chart { name: picture.name.clone(), reason: reason.to_string() }
}

/// Draws every shape, calling `text` for texts, at `scale` times the nominal size.
fn replay<B: DrawingBackend>(
    picture: &Picture,
    backend: B,
    scale: f64,
    mut draw_text: impl FnMut(&plotters::drawing::DrawingArea<B, plotters::coord::Shift>, &Text) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let area = backend.into_drawing_area();
    let place = |&(x, y): &(f64, f64)| ((x * scale).round() as i32, (y * scale).round() as i32);
    area.fill(&rgb(PAPER)).map_err(|error| failed(picture, error))?;
    for shape in &picture.shapes {
        match shape {
            Shape::Polygon { points, fill } => {
                let points: Vec<(i32, i32)> = points.iter().map(place).collect();
                area.draw(&Polygon::new(points, rgb(*fill).filled()))
            }
            Shape::Circle { centre, radius, fill } => {
                area.draw(&Circle::new(place(centre), (radius * scale).round() as i32, rgb(*fill).filled()))
            }
            Shape::Line { points, colour, width } => {
                let points: Vec<(i32, i32)> = points.iter().map(place).collect();
                let style = rgb(*colour).stroke_width((f64::from(*width) * scale).round() as u32);
                area.draw(&PathElement::new(points, style))
            }
            Shape::Text(text) => {
                draw_text(&area, text)?;
                Ok(())
            }
        }
        .map_err(|error| failed(picture, error))?;
    }
    area.present().map_err(|error| failed(picture, error))
}

/// The picture as an SVG document. Its font family is the reader's own sans-serif: no common one is wider than the
/// bundled font the labels were measured in.
pub fn svg(picture: &Picture) -> Result<String, ReportError> {
    let mut document = String::new();
    let size = (picture.width.ceil() as u32, picture.height.ceil() as u32);
    replay(picture, SVGBackend::with_string(&mut document, size), 1.0, |area, text| {
        let mut font = ("sans-serif", text.size).into_font();
        if text.bold {
            font = font.style(plotters::style::FontStyle::Bold);
        }
        if text.upwards {
            font = font.transform(FontTransform::Rotate270);
        }
        let align = match text.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let colour = rgb(text.colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(align, VPos::Center));
        let at = (text.at.0.round() as i32, text.at.1.round() as i32);
        area.draw(&TextElement::new(text.text.clone(), at, style)).map_err(|error| failed(picture, error))
    })?;
    let title = picture.title.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    Ok(document.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{title}\" "), 1).replace("\n</text>", "</text>"))
}

/// The picture as a PNG file's bytes.
pub fn png(picture: &Picture) -> Result<Vec<u8>, ReportError> {
    let factor = PNG_SCALE * SMOOTHING;
    let (width, height) = (picture.width.ceil() as u32, picture.height.ceil() as u32);
    let mut large = vec![255u8; (width * factor) as usize * (height * factor) as usize * 3];
    let mut texts = Vec::new();
    let backend = BitMapBackend::with_buffer(&mut large, (width * factor, height * factor));
    replay(picture, backend, f64::from(factor), |_, text| {
        texts.push(text.clone());
        Ok(())
    })?;
    let mut small = average(&large, (width * PNG_SCALE) as usize, (height * PNG_SCALE) as usize);
    drop(large);
    // Glyphs come with smooth edges of their own, and nothing is ever drawn over a text.
    for text in &texts {
        draw_text(&mut small, (width * PNG_SCALE) as i32, (height * PNG_SCALE) as i32, text);
    }
    encode(&small, width * PNG_SCALE, height * PNG_SCALE).map_err(|error| failed(picture, error))
}

/// Averages blocks of `SMOOTHING` × `SMOOTHING` pixels.
fn average(large: &[u8], width: usize, height: usize) -> Vec<u8> {
    let factor = SMOOTHING as usize;
    let stride = width * factor * 3;
    let mut small = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            for channel in 0..3 {
                let mut sum = 0u32;
                for dy in 0..factor {
                    for dx in 0..factor {
                        let at = (y * factor + dy) * stride + (x * factor + dx) * 3 + channel;
                        sum += u32::from(large[at]);
                    }
                }
                small.push((sum / (SMOOTHING * SMOOTHING)) as u8);
            }
        }
    }
    small
}

fn draw_text(pixels: &mut [u8], width: i32, height: i32, text: &Text) {
    let scale = f64::from(PNG_SCALE);
    let size = text.size * scale;
    let advance = font::width(&text.text, size, text.bold);
    let start = match text.align {
        Align::Start => 0.0,
        Align::Middle => -advance / 2.0,
        Align::End => -advance,
    }
    .round() as i32;
    // Half the height of a small letter, as the SVG's `0.5ex`.
    let drop = (0.27 * font::em(size)).round() as i32;
    let (x0, y0) = ((text.at.0 * scale).round() as i32, (text.at.1 * scale).round() as i32);
    let Colour(r, g, b) = text.colour;
    font::draw(&text.text, size, text.bold, |x, y, coverage| {
        let (along, across) = (start + x, drop + y);
        let (x, y) = if text.upwards { (x0 + across, y0 - along) } else { (x0 + along, y0 + across) };
        if (0..width).contains(&x) && (0..height).contains(&y) {
            let at = (y as usize * width as usize + x as usize) * 3;
            for (pixel, ink) in pixels[at..at + 3].iter_mut().zip([r, g, b]) {
                let blended = f32::from(*pixel) + (f32::from(ink) - f32::from(*pixel)) * coverage;
                *pixel = blended.round() as u8;
            }
        }
    });
}

fn encode(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}
