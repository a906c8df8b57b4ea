//! Base64 as `binascii` reads it: leniently, unless asked to be strict.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const fn values() -> [u8; 256] {
    let mut table = [255; 256];
    let mut i = 0;
    while i < 64 {
        table[DIGITS[i] as usize] = i as u8;
        i += 1;
    }
    table
}

static VALUES: [u8; 256] = values();

/// Decodes; an error is the message of `binascii.Error`.
pub(super) fn decode(data: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    let fail = |message: &str| Err(message.to_owned());
    if strict && data.first() == Some(&b'=') {
        return fail("Leading padding not allowed");
    }
    let mut out = Vec::with_capacity(data.len().div_ceil(4) * 3);
    let (mut position, mut left, mut pads, mut padded) = (0, 0u8, 0, false);
    for (i, &b) in data.iter().enumerate() {
        if b == b'=' {
            padded = true;
            if strict && position == 0 {
                return fail("Excess padding not allowed");
            }
            if position >= 2 {
                pads += 1;
                if position + pads >= 4 {
                    if strict && i + 1 < data.len() {
                        return fail("Excess data after padding");
                    }
                    return Ok(out);
                }
            }
            continue;
        }
        let v = VALUES[usize::from(b)];
        if v >= 64 {
            if strict {
                return fail("Only base64 data is allowed");
            }
            continue;
        }
        if strict && padded {
            return fail("Discontinuous padding not allowed");
        }
        pads = 0;
        match position {
            0 => left = v,
            1 => {
                out.push(left << 2 | v >> 4);
                left = v & 15;
            }
            2 => {
                out.push(left << 4 | v >> 2);
                left = v & 3;
            }
            _ => out.push(left << 6 | v),
        }
        position = (position + 1) % 4;
    }
    match position {
        0 => Ok(out),
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
            out.len() / 3 * 4 + 1
        )),
        _ => fail("Incorrect padding"),
    }
}

/// Encodes.
pub(super) fn encode(data: &[u8], newline: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for part in data.chunks(3) {
        let word = u32::from(part[0]) << 16 | part.get(1).map_or(0, |&b| u32::from(b) << 8) | part.get(2).map_or(0, |&b| u32::from(b));
        for i in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= part.len() { digit } else { b'=' });
        }
    }
    if newline {
        out.push(b'\n');
    }
    out
}
