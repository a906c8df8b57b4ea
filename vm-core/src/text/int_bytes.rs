//! `int.to_bytes` and `int.from_bytes`: two's complement of a chosen length and order, of numbers given as sign and limbs.

use super::error::{TextError, TextResult};
use super::limbs::{self, Limb};

/// Order of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// Least significant first.
    Little,
    /// Most significant first.
    Big,
}

impl ByteOrder {
    /// Reads `'little'` or `'big'`.
    pub fn from_name(name: &[u8]) -> TextResult<Self> {
        match name {
            b"little" => Ok(ByteOrder::Little),
            b"big" => Ok(ByteOrder::Big),
            _ => Err(TextError::value("byteorder must be either 'little' or 'big'")),
        }
    }
}

/// Whether a number can be written in so many bytes, or the exception.
pub fn check_length(negative: bool, a: &[Limb], length: isize, signed: bool) -> TextResult<()> {
    let length = usize::try_from(length).map_err(|_| TextError::value("length argument must be non-negative"))?;
    if negative && !signed {
        return Err(TextError::overflow("can't convert negative int to unsigned"));
    }
    if length > 1 << 34 {
        return Err(TextError::memory());
    }
    let mut bits = limbs::bits(a);
    // The sign takes a bit, but for negative powers of two, which use it.
    let power_of_two = || a[..a.len() - 1].iter().all(|&x| x == 0) && a[a.len() - 1].is_power_of_two();
    if signed && bits > 0 && !(negative && power_of_two()) {
        bits += 1;
    }
    // CPython 3.13 lets -1 through as no bytes at all.
    let nothing = length == 0 && negative && a == [1];
    if bits.div_ceil(8) > length as u64 && !nothing {
        return Err(TextError::overflow("int too big to convert"));
    }
    Ok(())
}

/// Writes a number, for whose bytes there is room, in two's complement.
pub fn to_bytes(out: &mut [u8], negative: bool, a: &[Limb], order: ByteOrder) {
    let (sign, mut carry) = (if negative { Limb::MAX } else { 0 }, negative);
    let mut limbs = a.iter();
    let mut next = || {
        let x = limbs.next().copied().unwrap_or(0) ^ sign;
        let (x, over) = x.overflowing_add(Limb::from(carry));
        carry = over;
        x
    };
    match order {
        ByteOrder::Little => out.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&next().to_le_bytes()[..chunk.len()])),
        ByteOrder::Big => out.rchunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&next().to_be_bytes()[8 - chunk.len()..])),
    }
}

/// Whether bytes denote a number below zero, and how many limbs its magnitude takes at most.
pub fn sign_and_len(bytes: &[u8], order: ByteOrder, signed: bool) -> (bool, usize) {
    let top = if order == ByteOrder::Little { bytes.last() } else { bytes.first() };
    (signed && top.is_some_and(|&b| b >= 0x80), bytes.len().div_ceil(8))
}

/// The limbs, as many as [`sign_and_len`] says, of the number that bytes denote.
pub fn from_bytes(out: &mut [Limb], bytes: &[u8], order: ByteOrder, negative: bool) {
    let fill = if negative { 0xff } else { 0 };
    let (sign, mut carry) = (if negative { Limb::MAX } else { 0 }, negative);
    let mut put = |o: &mut Limb, x: Limb| {
        let (x, over) = (x ^ sign).overflowing_add(Limb::from(carry));
        carry = over;
        *o = x;
    };
    match order {
        ByteOrder::Little => out.iter_mut().zip(bytes.chunks(8)).for_each(|(o, chunk)| {
            let mut word = [fill; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            put(o, Limb::from_le_bytes(word));
        }),
        ByteOrder::Big => out.iter_mut().zip(bytes.rchunks(8)).for_each(|(o, chunk)| {
            let mut word = [fill; 8];
            word[8 - chunk.len()..].copy_from_slice(chunk);
            put(o, Limb::from_be_bytes(word));
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn agrees_with_num_bigint() {
        for n in 0..64u32 {
            for low in [0u64, 1, 0x7f, 0x80, u64::MAX] {
                for negative in [false, true] {
                    let a = [low, 1 << n, 0xff << n >> 3];
                    let a = limbs::trimmed(&a);
                    let big = limbs::to_bigint(negative && !a.is_empty(), a);
                    let wanted = big.to_signed_bytes_le();
                    for order in [ByteOrder::Little, ByteOrder::Big] {
                        assert!(check_length(negative, a, wanted.len() as isize, true).is_ok(), "{big}");
                        assert!(check_length(negative, a, wanted.len() as isize - 1, true).is_err(), "{big}");
                        let mut bytes = vec![7; wanted.len()];
                        to_bytes(&mut bytes, negative, a, order);
                        let (below, len) = sign_and_len(&bytes, order, true);
                        let mut out = vec![7; len];
                        from_bytes(&mut out, &bytes, order, below);
                        assert_eq!((limbs::to_bigint(below, limbs::trimmed(&out)), below), (big.clone(), negative));
                        if order == ByteOrder::Big {
                            bytes.reverse();
                        }
                        assert_eq!(bytes, wanted, "{big}");
                    }
                }
            }
        }
        assert_eq!(BigInt::from(-1).to_signed_bytes_le(), [0xff]);
    }
}
