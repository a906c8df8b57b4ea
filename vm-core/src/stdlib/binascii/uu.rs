//! One line of uuencoded text.

/// Decodes a line.
pub(super) fn decode(data: &[u8]) -> Result<Vec<u8>, &'static str> {
    let (&first, mut rest) = data.split_first().unwrap_or((&b' ', &[]));
    let len = usize::from(first.wrapping_sub(b' ') & 0x3f);
    let mut out = Vec::with_capacity(len);
    let (mut bits, mut word) = (0, 0u32);
    while out.len() < len {
        let digit = match rest.first() {
            None | Some(b'\n' | b'\r') => 0,
            Some(&b) if !(b' '..=b' ' + 64).contains(&b) => return Err("Illegal char"),
            Some(&b) => u32::from(b - b' ') & 0x3f,
        };
        rest = rest.get(1..).unwrap_or(&[]);
        word = word << 6 | digit;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    if rest.iter().any(|b| !matches!(b, b' ' | b'`' | b'\n' | b'\r')) {
        return Err("Trailing garbage");
    }
    Ok(out)
}

/// Encodes a line.
pub(super) fn encode(data: &[u8], backtick: bool) -> Result<Vec<u8>, &'static str> {
    if data.len() > 45 {
        return Err("At most 45 bytes at once");
    }
    let digit = |n: u32| if backtick && n == 0 { b'`' } else { b' ' + n as u8 };
    let mut out = vec![digit(data.len() as u32)];
    for part in data.chunks(3) {
        let at = |i: usize| part.get(i).map_or(0, |&b| u32::from(b));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        out.extend([18, 12, 6, 0].map(|shift| digit(word >> shift & 63)));
    }
    out.push(b'\n');
    Ok(out)
}
