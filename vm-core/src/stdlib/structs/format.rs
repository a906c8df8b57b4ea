//! Format strings of `struct`: parsed into items with their places.

/// Sizes and alignment are the machine's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) code: u8,
    /// Place of the first.
    pub(super) offset: usize,
    /// Bytes of one.
    pub(super) size: usize,
    /// How many values.
    pub(super) repeat: usize,
    pub(super) big_endian: bool,
    /// Native sizes and conversions.
    pub(super) native: bool,
}

/// A parsed format.
#[derive(Debug, Default)]
pub(super) struct Format {
    pub(super) items: Vec<Item>,
    /// Bytes in all.
    pub(super) size: usize,
    /// Values in all.
    pub(super) values: usize,
}

const TOO_LONG: &str = "total struct size too long";

impl Format {
    /// Parses a format; an error is the message of `struct.error`.
    pub(super) fn parse(text: &[u8]) -> Result<Format, &'static str> {
        if text.contains(&0) {
            return Err("embedded null character");
        }
        let (native, big_endian, mut rest) = match text {
            [b'<', rest @ ..] => (false, false, rest),
            [b'>' | b'!', rest @ ..] => (false, true, rest),
            [b'=', rest @ ..] => (false, cfg!(target_endian = "big"), rest),
            [b'@', rest @ ..] => (true, cfg!(target_endian = "big"), rest),
            rest => (true, cfg!(target_endian = "big"), rest),
        };
        let mut format = Format::default();
        while let Some((&c, after)) = rest.split_first() {
            rest = after;
            if c.is_ascii_whitespace() || c == 0x0b {
                continue;
            }
            let (mut code, mut count) = (c, 1usize);
            if c.is_ascii_digit() {
                let digits = 1 + rest.iter().take_while(|b| b.is_ascii_digit()).count();
                let all = &text[text.len() - rest.len() - 1..][..digits];
                count = all.iter().try_fold(0i64, |n, b| n.checked_mul(10)?.checked_add(i64::from(b - b'0'))).ok_or(TOO_LONG)? as usize;
                rest = &rest[digits - 1..];
                let Some((&c, after)) = rest.split_first() else { return Err("repeat count given without format specifier") };
                (code, rest) = (c, after);
            }
            let size = size_of_code(code, native).ok_or("bad char in struct format")?;
            let mut offset = format.size;
            if native && offset > 0 {
                let align = if matches!(code, b's' | b'p' | b'x') { 1 } else { size };
                offset = offset.checked_next_multiple_of(align).ok_or(TOO_LONG)?;
            }
            let bytes = size.checked_mul(count).ok_or(TOO_LONG)?;
            let end = offset.checked_add(bytes).filter(|&n| n <= i64::MAX as usize).ok_or(TOO_LONG)?;
            match code {
                b's' | b'p' => {
                    format.values += 1;
                    format.items.push(Item { code, offset, size: count, repeat: 1, big_endian, native });
                }
                b'x' => {}
                _ if count > 0 => {
                    format.values = format.values.saturating_add(count);
                    format.items.push(Item { code, offset, size, repeat: count, big_endian, native });
                }
                _ => {}
            }
            format.size = end;
        }
        Ok(format)
    }
}

fn size_of_code(code: u8, native: bool) -> Option<usize> {
    Some(match code {
        b'x' | b'b' | b'B' | b'c' | b's' | b'p' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' => {
            if native {
                8
            } else {
                4
            }
        }
        b'q' | b'Q' | b'd' => 8,
        b'n' | b'N' | b'P' if native => 8,
        _ => return None,
    })
}
