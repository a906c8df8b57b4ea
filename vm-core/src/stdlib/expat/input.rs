//! Bytes to UTF-8: what encoding a document is in, and its text as far as it has come.

use super::events::Code;

/// How bytes become characters.
#[derive(Clone, Debug)]
pub(super) enum Decoder {
    Utf8,
    Utf16 {
        little: bool,
    },
    /// One byte per character.
    Table(Box<[u32; 256]>),
}

/// What an encoding's name asks for.
pub(super) enum Named {
    Known(Decoder),
    /// Any two-byte one will do: the byte order mark has decided.
    Utf16,
    Unknown,
}

/// An encoding by its name.
pub(super) fn named(name: &str) -> Named {
    let lower = name.to_ascii_lowercase();
    let table = |limit: u32| Decoder::Table(Box::new(std::array::from_fn(|i| if (i as u32) < limit { i as u32 } else { u32::MAX })));
    Named::Known(match lower.as_str() {
        "utf-8" => Decoder::Utf8,
        "us-ascii" => table(128),
        "iso-8859-1" => table(256),
        "utf-16" => return Named::Utf16,
        "utf-16be" => Decoder::Utf16 { little: false },
        "utf-16le" => Decoder::Utf16 { little: true },
        _ => return Named::Unknown,
    })
}

/// The input of a parser: bytes not decoded yet, and all text so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Input {
    pub(super) decoder: Option<Decoder>,
    bytes: Vec<u8>,
    pub(super) text: Vec<u8>,
    /// Whether nothing follows.
    pub(super) last: bool,
    /// How many bytes came in all.
    pub(super) total: usize,
}

impl Input {
    pub(super) fn feed(&mut self, data: &[u8], last: bool) {
        self.bytes.extend_from_slice(data);
        self.total += data.len();
        self.last = last;
        self.decode();
    }

    /// The bytes that wait for a decoder.
    pub(super) fn waiting(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether bytes remain that make no character.
    pub(super) fn is_cut(&self) -> bool {
        self.decoder.is_some() && !self.bytes.is_empty()
    }

    /// Decides the encoding, and decodes what waits.
    pub(super) fn decide(&mut self, decoder: Decoder) {
        let mark: &[u8] = match decoder {
            Decoder::Utf8 => b"\xEF\xBB\xBF",
            Decoder::Utf16 { little: true } => b"\xFF\xFE",
            Decoder::Utf16 { little: false } => b"\xFE\xFF",
            Decoder::Table(_) => b"",
        };
        if self.bytes.starts_with(mark) {
            self.bytes.drain(..mark.len());
        }
        self.decoder = Some(decoder);
        self.decode();
    }

    fn decode(&mut self) {
        let Some(decoder) = &self.decoder else { return };
        let bytes = std::mem::take(&mut self.bytes);
        match decoder {
            Decoder::Utf8 => {
                // What cannot be a character is found when it is read; only one that is cut off waits.
                let tail = (1..=3.min(bytes.len())).find(|&n| {
                    let b = bytes[bytes.len() - n];
                    (n == 1 && (0xC2..0xF5).contains(&b)) || (n == 2 && (0xE0..0xF5).contains(&b)) || (n == 3 && (0xF0..0xF5).contains(&b))
                });
                let whole = bytes.len() - tail.unwrap_or(0);
                self.text.extend_from_slice(&bytes[..whole]);
                self.bytes = bytes[whole..].to_vec();
            }
            Decoder::Utf16 { little } => {
                let unit = |i: usize| {
                    let pair = [bytes[i], bytes[i + 1]];
                    if *little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
                };
                let mut i = 0;
                while i + 2 <= bytes.len() {
                    let first = unit(i);
                    let wide = (0xD800..0xDC00).contains(&first);
                    if wide && i + 4 > bytes.len() {
                        break;
                    }
                    let units = if wide { vec![first, unit(i + 2)] } else { vec![first] };
                    match char::decode_utf16(units.iter().copied()).next() {
                        Some(Ok(c)) => self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                        _ => self.text.push(0xFF),
                    }
                    i += 2 * units.len();
                }
                self.bytes = bytes[i..].to_vec();
            }
            Decoder::Table(table) => {
                for &b in &bytes {
                    match char::from_u32(table[usize::from(b)]) {
                        Some(c) => self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                        None => self.text.push(0xFF),
                    }
                }
            }
        }
    }

    /// The decoder a byte order mark, or zero bytes around the first `<`, ask for.
    pub(super) fn detect(&self) -> Option<Decoder> {
        match self.bytes.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => Some(Decoder::Utf8),
            [0xFE, 0xFF, ..] | [0, b'<', ..] => Some(Decoder::Utf16 { little: false }),
            [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some(Decoder::Utf16 { little: true }),
            _ => None,
        }
    }
}

/// The error for an encoding that is named, but not the one in use.
pub(super) fn check_declared(name: &str, in_use: &Decoder) -> Result<(), Code> {
    let agrees = match (named(name), in_use) {
        (Named::Utf16, Decoder::Utf16 { .. }) => true,
        (Named::Known(Decoder::Utf16 { little }), Decoder::Utf16 { little: now }) => little == *now,
        (Named::Utf16 | Named::Known(Decoder::Utf16 { .. }), _) | (_, Decoder::Utf16 { .. }) => false,
        _ => true,
    };
    if agrees { Ok(()) } else { Err(Code::INCORRECT_ENCODING) }
}
