//! Colours that colour-blind readers can tell apart (Okabe and Ito's set), and scales that print well in grey.

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// The background.
pub const PAPER: Colour = Colour(255, 255, 255);
/// Text and axes.
pub const INK: Colour = Colour(33, 37, 41);
/// Text of lesser weight.
pub const FAINT_INK: Colour = Colour(92, 99, 106);
/// Grid lines.
pub const GRID: Colour = Colour(225, 228, 232);
/// Every second row.
pub const STRIPE: Colour = Colour(246, 247, 249);
/// Lines in the background that are data.
pub const CONTEXT: Colour = Colour(190, 196, 202);

/// Series colours, in order.
pub const SERIES: [Colour; 7] = [
    Colour(89, 89, 89),
    Colour(230, 159, 0),
    Colour(86, 180, 233),
    Colour(0, 114, 178),
    Colour(0, 158, 115),
    Colour(213, 94, 0),
    Colour(204, 121, 167),
];

/// The colour of an instruction-set level, the same in every chart.
pub fn level(name: &str) -> Colour {
    match name {
        "plain" => SERIES[0],
        "quickened" => SERIES[1],
        "cached" => SERIES[2],
        "specialized" => SERIES[3],
        _ => SERIES[4],
    }
}

fn between(a: Colour, b: Colour, t: f64) -> Colour {
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * t).round() as u8;
    Colour(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

fn along(stops: &[Colour], t: f64) -> Colour {
    let position = t.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let index = (position as usize).min(stops.len() - 2);
    between(stops[index], stops[index + 1], position - index as f64)
}

/// White to dark blue, for 0..=1.
pub fn sequential(t: f64) -> Colour {
    const STOPS: [Colour; 5] =
        [Colour(243, 247, 251), Colour(198, 219, 239), Colour(107, 174, 214), Colour(33, 113, 181), Colour(8, 48, 107)];
    along(&STOPS, t)
}

/// Orange through white to blue, for -1..=1.
pub fn diverging(t: f64) -> Colour {
    const STOPS: [Colour; 5] =
        [Colour(179, 88, 6), Colour(253, 184, 99), Colour(247, 247, 247), Colour(146, 197, 222), Colour(33, 102, 172)];
    along(&STOPS, (t + 1.0) / 2.0)
}

/// The ink that can be read on `fill`.
pub fn ink_on(fill: Colour) -> Colour {
    let luminance = 0.299 * f64::from(fill.0) + 0.587 * f64::from(fill.1) + 0.114 * f64::from(fill.2);
    if luminance < 140.0 { PAPER } else { INK }
}
