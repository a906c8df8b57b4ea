//! The bundled font: measuring and placing text without asking the system for anything.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};

/// An SVG's font size for a nominal text size, as plotters writes it.
const EM_PER_SIZE: f32 = 1.0 / 1.24;

fn fonts() -> &'static [Option<FontRef<'static>>; 2] {
    static FONTS: OnceLock<[Option<FontRef<'static>>; 2]> = OnceLock::new();
    FONTS.get_or_init(|| {
        [
            FontRef::try_from_slice(include_bytes!("../../fonts/DejaVuSans.ttf")).ok(),
            FontRef::try_from_slice(include_bytes!("../../fonts/DejaVuSans-Bold.ttf")).ok(),
        ]
    })
}

fn font(bold: bool) -> Option<&'static FontRef<'static>> {
    fonts()[usize::from(bold)].as_ref()
}

/// The height of one em at nominal size `size`.
pub(super) fn em(size: f64) -> f64 {
    size * f64::from(EM_PER_SIZE)
}

/// The glyphs of `text`, from x = 0 on the baseline y = 0, and its total advance.
fn layout(text: &str, size: f64, bold: bool) -> (Vec<Glyph>, f32) {
    let Some(font) = font(bold) else {
        return (Vec::new(), 0.0);
    };
    let units_per_em = font.units_per_em().unwrap_or(2048.0);
    let scale = PxScale::from(em(size) as f32 * font.height_unscaled() / units_per_em);
    let scaled = font.as_scaled(scale);
    let mut x = 0.0;
    let mut previous = None;
    let mut glyphs = Vec::new();
    for character in text.chars() {
        let id = scaled.glyph_id(character);
        if let Some(previous) = previous {
            x += scaled.kern(previous, id);
        }
        glyphs.push(id.with_scale_and_position(scale, point(x, 0.0)));
        x += scaled.h_advance(id);
        previous = Some(id);
    }
    (glyphs, x)
}

/// The width of `text` at nominal size `size`.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    f64::from(layout(text, size, bold).1)
}

/// Calls `pixel(x, y, coverage)` for every pixel that `text` touches, relative to its start on the baseline.
pub(super) fn draw(text: &str, size: f64, bold: bool, mut pixel: impl FnMut(i32, i32, f32)) {
    let Some(font) = font(bold) else { return };
    for glyph in layout(text, size, bold).0 {
        if let Some(outline) = font.outline_glyph(glyph) {
            let bounds = outline.px_bounds();
            outline.draw(|x, y, coverage| {
                pixel(x as i32 + bounds.min.x as i32, y as i32 + bounds.min.y as i32, coverage);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_fonts_load() {
        assert!(font(false).is_some() && font(true).is_some());
        assert!(width("MM", 14.0, false) > 1.5 * width("ii", 14.0, false));
        assert!(width("abc", 14.0, true) > width("abc", 14.0, false));
    }
}
