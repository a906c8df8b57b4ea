//! `int.to_bytes` and `int.from_bytes`: two's complement of a chosen length and order.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Signed;

use super::error::{TextError, TextResult};

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

/// `value.to_bytes(length, order, signed=signed)`
pub fn to_bytes(value: &BigInt, length: isize, order: ByteOrder, signed: bool) -> TextResult<Vec<u8>> {
    let length = usize::try_from(length).map_err(|_| TextError::value("length argument must be non-negative"))?;
    if value.is_negative() && !signed {
        return Err(TextError::overflow("can't convert negative int to unsigned"));
    }
    if length > 1 << 34 {
        return Err(TextError::memory());
    }
    let too_big = || TextError::overflow("int too big to convert");
    let zero = value.sign() == Sign::NoSign;
    let mut bytes = match (zero, signed) {
        (true, _) => Vec::new(),
        (_, true) => value.to_signed_bytes_le(),
        (_, false) => value.magnitude().to_bytes_le(),
    };
    // CPython 3.13 lets -1 through as no bytes at all.
    let nothing = length == 0 && signed && *value == BigInt::from(-1);
    if bytes.len() > length && !nothing {
        return Err(too_big());
    }
    bytes.resize(length, if value.is_negative() { 0xFF } else { 0 });
    if order == ByteOrder::Big {
        bytes.reverse();
    }
    Ok(bytes)
}

/// `int.from_bytes(bytes, order, signed=signed)`
pub fn from_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> BigInt {
    match (order, signed) {
        (ByteOrder::Little, false) => BigUint::from_bytes_le(bytes).into(),
        (ByteOrder::Big, false) => BigUint::from_bytes_be(bytes).into(),
        (ByteOrder::Little, true) => BigInt::from_signed_bytes_le(bytes),
        (ByteOrder::Big, true) => BigInt::from_signed_bytes_be(bytes),
    }
}
