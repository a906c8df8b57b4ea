//! Quoted-printable text.

/// Longest line, in characters.
const MAX_LINE: usize = 76;

/// What to quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    /// Spaces and tabs, too.
    pub(super) tabs: bool,
    /// Line ends stay.
    pub(super) text: bool,
    /// Spaces become underscores.
    pub(super) header: bool,
}

fn hex_value(b: u8) -> Option<u8> {
    char::from(b).to_digit(16).map(|d| d as u8)
}

/// Decodes.
pub(super) fn decode(data: &[u8], header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut i = 0;
    while i < data.len() {
        match data[i] {
            b'=' => {
                i += 1;
                match data.get(i) {
                    None => break,
                    Some(b'\n' | b'\r') => {
                        if data[i] != b'\n' {
                            while i < data.len() && data[i] != b'\n' {
                                i += 1;
                            }
                        }
                        i += 1;
                    }
                    Some(b'=') => {
                        out.push(b'=');
                        i += 1;
                    }
                    Some(&high) => match (hex_value(high), data.get(i + 1).and_then(|&b| hex_value(b))) {
                        (Some(high), Some(low)) => {
                            out.push(high << 4 | low);
                            i += 2;
                        }
                        _ => out.push(b'='),
                    },
                }
            }
            b'_' if header => {
                out.push(b' ');
                i += 1;
            }
            b => {
                out.push(b);
                i += 1;
            }
        }
    }
    out
}

fn push_hex(out: &mut Vec<u8>, b: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend([DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]);
}

/// Encodes.
pub(super) fn encode(data: &[u8], options: Options) -> Vec<u8> {
    let crlf = memchr::memchr(b'\n', data).is_some_and(|i| i > 0 && data[i - 1] == b'\r');
    let line_end: &[u8] = if crlf { b"\r\n" } else { b"\n" };
    let mut out = Vec::with_capacity(data.len() + data.len() / 8);
    let (mut i, mut line) = (0, 0);
    while i < data.len() {
        let (b, next) = (data[i], data.get(i + 1).copied());
        let lonely_dot = b == b'.' && line == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0));
        let quote = b > 126
            || b == b'='
            || (options.header && b == b'_')
            || lonely_dot
            || (!options.text && matches!(b, b'\r' | b'\n'))
            || (matches!(b, b'\t' | b' ') && next.is_none())
            || (b < 33 && !matches!(b, b'\r' | b'\n') && (options.tabs || !matches!(b, b'\t' | b' ')));
        if quote {
            if line + 3 >= MAX_LINE {
                out.push(b'=');
                out.extend(line_end);
                line = 0;
            }
            out.push(b'=');
            push_hex(&mut out, b);
            line += 3;
            i += 1;
        } else if options.text && (b == b'\n' || (b == b'\r' && next == Some(b'\n'))) {
            line = 0;
            // White space at the end of a line would be lost.
            if let Some(&last @ (b' ' | b'\t')) = out.last() {
                out.pop();
                out.push(b'=');
                push_hex(&mut out, last);
            }
            out.extend(line_end);
            i += if b == b'\r' { 2 } else { 1 };
        } else {
            if next.is_some_and(|n| n != b'\n') && line + 1 >= MAX_LINE {
                out.push(b'=');
                out.extend(line_end);
                line = 0;
            }
            line += 1;
            out.push(if options.header && b == b' ' { b'_' } else { b });
            i += 1;
        }
    }
    out
}
