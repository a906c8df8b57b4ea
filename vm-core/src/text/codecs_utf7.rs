//! UTF-7: ASCII, with the UTF-16 units of everything else in base 64 between `+` and `-`. In contrast to the other encodings it has a state, so
//! it is not decoded by steps of one character.

use super::codec::{CodecError, Decoder, Errors};
use super::wtf8::{StrBuf, StrRef};

const NAME: &str = "utf7";

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

fn base64(sextet: u32) -> u8 {
    match (sextet & 63) as u8 {
        n @ 0..=25 => b'A' + n,
        n @ 26..=51 => b'a' + n - 26,
        n @ 52..=61 => b'0' + n - 52,
        62 => b'+',
        _ => b'/',
    }
}

/// Whether a character is written as itself.
fn is_direct(code: u32) -> bool {
    match code {
        9 | 10 | 13 => true,
        0x20..=0x7D => code != u32::from(b'+') && code != u32::from(b'\\'),
        _ => false,
    }
}

/// Encodes; every character can be.
pub(super) fn encode_into(text: StrRef<'_>, out: &mut Vec<u8>) {
    let (mut shifted, mut bits, mut buffer) = (false, 0, 0_u32);
    let finish = |bits: &mut u32, buffer: u32, out: &mut Vec<u8>| {
        if *bits > 0 {
            out.push(base64(buffer << (6 - *bits)));
            *bits = 0;
        }
    };
    for code in text.code_points() {
        if is_direct(code) {
            if shifted {
                finish(&mut bits, buffer, out);
                shifted = false;
                if sextet(code as u8).is_some() || code == u32::from(b'-') {
                    out.push(b'-');
                }
            }
            out.push(code as u8);
            continue;
        }
        if !shifted && code == u32::from(b'+') {
            out.extend(b"+-");
            continue;
        }
        if !shifted {
            out.push(b'+');
            (shifted, buffer) = (true, 0);
        }
        let pair = [0xD800 + (code.wrapping_sub(0x10000) >> 10), 0xDC00 + (code & 0x3FF)];
        let units = if code > 0xFFFF { &pair[..] } else { std::slice::from_ref(&code) };
        for &unit in units {
            buffer = (buffer << 16) | unit;
            bits += 16;
            while bits >= 6 {
                bits -= 6;
                out.push(base64(buffer >> bits));
            }
            buffer &= (1 << bits) - 1;
        }
    }
    finish(&mut bits, buffer, out);
    if shifted {
        out.push(b'-');
    }
}

/// How many of these bytes are before a shift sequence that has not ended.
pub(super) fn complete_len(bytes: &[u8]) -> usize {
    let mut start = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match start {
            None if byte == b'+' => start = Some(at),
            Some(_) if sextet(byte).is_none() => start = None,
            _ => {}
        }
    }
    start.unwrap_or(bytes.len())
}

/// The state inside a shift sequence.
#[derive(Default)]
struct Shift {
    start: usize,
    bits: u32,
    buffer: u32,
    /// A high surrogate that waits for the other half.
    high: u32,
}

impl Shift {
    fn take(&mut self, sextet: u32, out: &mut StrBuf) {
        self.buffer = (self.buffer << 6) | sextet;
        self.bits += 6;
        if self.bits < 16 {
            return;
        }
        self.bits -= 16;
        let unit = self.buffer >> self.bits;
        self.buffer &= (1 << self.bits) - 1;
        let high = std::mem::take(&mut self.high);
        match unit {
            0xDC00..=0xDFFF if high != 0 => out.push(0x10000 + ((high & 0x3FF) << 10 | unit & 0x3FF)),
            _ => {
                if high != 0 {
                    out.push(high);
                }
                if (0xD800..=0xDBFF).contains(&unit) { self.high = unit } else { out.push(unit) }
            }
        }
    }

    /// What is wrong with the bits left over at the end.
    fn left_over(&self) -> Option<&'static str> {
        match (self.bits, self.buffer) {
            (6.., _) => Some("partial character in shift sequence"),
            (1.., 1..) => Some("non-zero padding bits in shift sequence"),
            _ => None,
        }
    }
}

/// Decodes from an offset on; after an error `out` has what stands before it.
pub(super) fn decode_into(bytes: &[u8], start: usize, errors: Errors, out: &mut StrBuf) -> Result<(), CodecError> {
    let decoder = Decoder { encoding: NAME, step: &|_| Ok((0, 1)), surrogate: &|_| None };
    let error = |start: usize, end: usize, reason: &'static str| CodecError { encoding: NAME, start, end, reason };
    let mut shift: Option<Shift> = None;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        if let Some(state) = &mut shift {
            if let Some(sextet) = sextet(byte) {
                state.take(sextet, out);
                at += 1;
                continue;
            }
            let problem = state.left_over();
            let (from, high) = (state.start, state.high);
            shift = None;
            if let Some(reason) = problem {
                at = decoder.mend(bytes, error(from, at + 1, reason), errors, out)?;
                continue;
            }
            if high != 0 && byte < 0x80 && byte != b'+' {
                out.push(high);
            }
            if byte == b'-' {
                at += 1;
            }
            continue;
        }
        match (byte, bytes.get(at + 1)) {
            (b'+', Some(b'-')) => {
                out.push(u32::from(b'+'));
                at += 2;
            }
            (b'+', Some(&next)) if sextet(next).is_none() => {
                at = decoder.mend(bytes, error(at, at + 2, "ill-formed sequence"), errors, out)?;
            }
            (b'+', _) => {
                shift = Some(Shift { start: at, ..Shift::default() });
                at += 1;
            }
            (0..=0x7F, _) => {
                out.push(u32::from(byte));
                at += 1;
            }
            _ => at = decoder.mend(bytes, error(at, at + 1, "unexpected special character"), errors, out)?,
        }
    }
    if let Some(state) = shift
        && (state.high != 0 || state.left_over().is_some())
    {
        decoder.mend(bytes, error(state.start, bytes.len(), "unterminated shift sequence"), errors, out)?;
    }
    Ok(())
}
