//! `strftime` as the GNU C library has it in the C locale, with its flags (`_`, `-`, `0`, `^`, `#`), widths and modifiers. Formats are
//! WTF-8; what is no directive is copied.

use super::calendar::{Moment, days_of, seconds_of, standard_name};
use crate::machine::Machine;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What stands between the percent sign and the letter.
#[derive(Clone, Copy)]
struct Directive<'a> {
    /// `_`, `-`, `0`, or nothing.
    pad: Option<u8>,
    upper: bool,
    change_case: bool,
    width: usize,
    modifier: Option<u8>,
    letter: u8,
    /// All of it.
    text: &'a [u8],
}

impl<'a> Directive<'a> {
    /// The directive at the beginning of a text.
    fn read(text: &'a [u8]) -> Directive<'a> {
        let (mut pad, mut upper, mut change_case, mut width, mut modifier) = (None, false, false, 0_usize, None);
        let mut at = 1;
        while let Some(&c) = text.get(at) {
            match c {
                b'_' | b'-' | b'0' => pad = Some(c),
                b'^' => upper = true,
                b'#' => change_case = true,
                _ => break,
            }
            at += 1;
        }
        while let Some(c) = text.get(at).filter(|c| c.is_ascii_digit()) {
            width = width.saturating_mul(10).saturating_add(usize::from(c - b'0')).min(i32::MAX as usize);
            at += 1;
        }
        if let Some(&c) = text.get(at).filter(|c| matches!(c, b'E' | b'O')) {
            modifier = Some(c);
            at += 1;
        }
        // At the end of the format the letter is missing; it may be any character.
        let letter = text.get(at).copied().unwrap_or(0);
        let more = text[text.len().min(at + 1)..].iter().take_while(|&&c| c & 0xc0 == 0x80).count();
        Directive { pad, upper, change_case, width, modifier, letter, text: &text[..text.len().min(at + 1 + more)] }
    }

    /// Whether the letter may have the modifier.
    fn is_valid(&self) -> bool {
        match self.modifier {
            Some(b'E') => !b"%aAbBhdDeFHIjklMmSUVgGWw".contains(&self.letter),
            Some(_) => !b"%aAcDFxXY".contains(&self.letter),
            None => true,
        }
    }
}

/// The text being written. Beyond its limit, which depends on the format's length, it becomes empty.
struct Output {
    bytes: Vec<u8>,
    limit: usize,
}

impl Output {
    fn fill(&mut self, count: usize, with: u8) {
        let count = count.min(self.limit.saturating_sub(self.bytes.len().min(self.limit)));
        self.bytes.resize(self.bytes.len() + count, with);
    }

    /// A text, filled up on its left.
    fn text(&mut self, d: &Directive<'_>, text: &[u8]) {
        self.fill(d.width.saturating_sub(text.len()), if d.pad == Some(b'0') { b'0' } else { b' ' });
        self.bytes.extend_from_slice(text);
    }

    /// A name, in capitals or small letters if that is wanted.
    fn name(&mut self, d: &Directive<'_>, name: &str, lower: bool) {
        let cased = if lower {
            name.to_ascii_lowercase()
        } else if d.upper {
            name.to_ascii_uppercase()
        } else {
            name.to_owned()
        };
        self.text(d, cased.as_bytes());
    }

    /// A directive that is none, from its last percent sign on.
    fn unknown(&mut self, d: &Directive<'_>) {
        let text = if d.letter == b'%' { b"%" } else { d.text };
        let chars = text.iter().filter(|&&c| c & 0xc0 != 0x80).count();
        let d = Directive { width: d.width + text.len() - chars, ..*d };
        match std::str::from_utf8(text) {
            Ok(text) if d.upper || (d.change_case && matches!(d.letter, b'b' | b'h')) => self.text(&d, text.to_uppercase().as_bytes()),
            _ => self.text(&d, text),
        }
    }

    /// A number with so many digits at least.
    fn number(&mut self, d: &Directive<'_>, digits: usize, n: i64) {
        if (0..100).contains(&n) && digits == 2 && d.pad.is_none() && d.width <= 2 {
            self.bytes.extend_from_slice(&[b'0' + (n / 10) as u8, b'0' + (n % 10) as u8]);
            return;
        }
        let plain = n.unsigned_abs().to_string();
        let sign: &[u8] = if n < 0 { b"-" } else { b"" };
        let missing = digits.max(d.width).saturating_sub(plain.len() + sign.len());
        match d.pad {
            Some(b'-') => return self.text(d, &[sign, plain.as_bytes()].concat()),
            Some(b'_') => {
                self.fill(missing, b' ');
                self.bytes.extend_from_slice(sign);
            }
            _ => {
                self.bytes.extend_from_slice(sign);
                self.fill(missing, b'0');
            }
        }
        self.bytes.extend_from_slice(plain.as_bytes());
    }

    /// A number filled up with spaces unless flags say otherwise.
    fn spaced(&mut self, d: &Directive<'_>, digits: usize, n: i64) {
        self.number(&Directive { pad: d.pad.or(Some(b'_')), ..*d }, digits, n);
    }
}

/// Writes a time by a format.
pub(super) fn format(m: &mut Machine, format: &[u8], moment: &Moment) -> Vec<u8> {
    let mut limit = 1024;
    while limit < 256 * format.len() {
        limit *= 2;
    }
    let mut out = Output { bytes: Vec::with_capacity(format.len() + 16), limit };
    write(m, &mut out, format, moment);
    if out.bytes.len() >= limit { Vec::new() } else { out.bytes }
}

fn write(m: &mut Machine, out: &mut Output, mut format: &[u8], moment: &Moment) {
    while let Some(at) = format.iter().position(|&c| c == b'%') {
        out.bytes.extend_from_slice(&format[..at]);
        if out.bytes.len() >= out.limit {
            return;
        }
        let d = Directive::read(&format[at..]);
        format = &format[at + d.text.len()..];
        if !(d.is_valid() && directive(m, out, &d, moment)) {
            out.unknown(&d);
        }
    }
    out.bytes.extend_from_slice(format);
}

/// A format that stands for another one.
fn nested(m: &mut Machine, out: &mut Output, d: &Directive<'_>, format: &[u8], moment: &Moment) {
    let mut inner = Output { bytes: Vec::new(), limit: out.limit };
    write(m, &mut inner, format, moment);
    if d.upper {
        inner.bytes.make_ascii_uppercase();
    }
    out.text(d, &inner.bytes);
}

/// Writes what a letter stands for; `false` if it stands for nothing.
fn directive(m: &mut Machine, out: &mut Output, d: &Directive<'_>, moment: &Moment) -> bool {
    let t = &moment.items;
    let name = |names: &[&'static str], i: i64| usize::try_from(i).ok().and_then(|i| names.get(i)).copied().unwrap_or("?");
    let upper = Directive { upper: d.upper || d.change_case, ..*d };
    let hour12 = if t[3] % 12 == 0 { 12 } else { t[3] % 12 };
    match d.letter {
        b'%' => out.text(d, b"%"),
        b'n' => out.text(d, b"\n"),
        b't' => out.text(d, b"\t"),
        b'a' => out.name(&upper, &name(&DAYS, t[6])[..3], false),
        b'A' => out.name(&upper, name(&DAYS, t[6]), false),
        b'b' | b'h' => out.name(&upper, &name(&MONTHS, t[1] - 1)[..3], false),
        b'B' => out.name(&upper, name(&MONTHS, t[1] - 1), false),
        b'p' => out.name(d, if t[3] < 12 { "AM" } else { "PM" }, d.change_case),
        b'P' => out.name(d, if t[3] < 12 { "am" } else { "pm" }, true),
        b'Z' => {
            let zone = match &moment.zone {
                Some((name, _)) => name.clone(),
                None if t[8] < 0 => String::new(),
                None => standard_name(m, t[8] > 0),
            };
            out.name(d, &zone, d.change_case);
        }
        b'z' if t[8] < 0 => {}
        b'z' => {
            let minutes = moment.zone.as_ref().map_or(0, |(_, offset)| offset / 60);
            out.text(d, if minutes < 0 { b"-" } else { b"+" });
            out.number(d, 4, minutes.abs() / 60 * 100 + minutes.abs() % 60);
        }
        b'Y' => out.number(d, 1, t[0]),
        b'y' => out.number(d, 2, t[0].rem_euclid(100)),
        b'C' => out.number(d, 1, t[0].div_euclid(100)),
        b'G' => out.number(d, 1, iso_week(t).0),
        b'g' => out.number(d, 2, iso_week(t).0.rem_euclid(100)),
        b'm' => out.number(d, 2, t[1]),
        b'd' => out.number(d, 2, t[2]),
        b'e' => out.spaced(d, 2, t[2]),
        b'H' => out.number(d, 2, t[3]),
        b'I' => out.number(d, 2, hour12),
        b'k' => out.spaced(d, 2, t[3]),
        b'l' => out.spaced(d, 2, hour12),
        b'M' => out.number(d, 2, t[4]),
        b'S' => out.number(d, 2, t[5]),
        b's' => {
            let seconds = seconds_of(m, t);
            let width = Directive { width: 0, ..*d };
            let mut digits = Output { bytes: Vec::new(), limit: out.limit };
            digits.number(&width, 1, seconds);
            out.text(d, &digits.bytes);
        }
        b'j' => out.number(d, 3, t[7]),
        b'w' => out.number(d, 1, (t[6] + 1) % 7),
        b'u' => out.number(d, 1, t[6] + 1),
        b'U' => out.number(d, 2, (t[7] - 1 + 7 - (t[6] + 1) % 7) / 7),
        b'W' => out.number(d, 2, (t[7] - 1 + 7 - t[6]) / 7),
        b'V' => out.number(d, 2, iso_week(t).1),
        b'c' => nested(m, out, d, b"%a %b %e %H:%M:%S %Y", moment),
        b'D' | b'x' => nested(m, out, d, b"%m/%d/%y", moment),
        b'F' => nested(m, out, d, b"%Y-%m-%d", moment),
        b'T' | b'X' => nested(m, out, d, b"%H:%M:%S", moment),
        b'R' => nested(m, out, d, b"%H:%M", moment),
        b'r' => nested(m, out, d, b"%I:%M:%S %p", moment),
        _ => return false,
    }
    true
}

/// Year and number of the week by ISO 8601.
fn iso_week(t: &[i64; 9]) -> (i64, i64) {
    let year = t[0];
    let weeks = |year: i64| {
        // The weekday of the year's last day.
        let last = |y: i64| (days_of(y, 12, 31) + 3).rem_euclid(7);
        52 + i64::from(last(year) == 3 || last(year - 1) == 2)
    };
    match (t[7] - t[6] + 9) / 7 {
        0 => (year - 1, weeks(year - 1)),
        53 if weeks(year) == 52 => (year + 1, 1),
        week => (year, week),
    }
}
