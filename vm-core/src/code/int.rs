//! Integers among the constants of code objects.
//!
//! Nearly all fit a word, and then need no memory of their own, in contrast to `BigInt`, which always allocates its digits.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::fmt;

/// An integer of any size.
#[derive(Clone, PartialEq, Eq)]
pub struct Int(Repr);

#[derive(Clone, PartialEq, Eq)]
enum Repr {
    Word(i64),
    /// None that fits a word.
    Big(Box<BigInt>),
}

impl Int {
    /// Its value, if it fits a word.
    #[inline]
    #[must_use]
    pub fn word(&self) -> Option<i64> {
        match self.0 {
            Repr::Word(word) => Some(word),
            Repr::Big(_) => None,
        }
    }

    /// Its value.
    #[must_use]
    pub fn to_big(&self) -> BigInt {
        match &self.0 {
            Repr::Word(word) => BigInt::from(*word),
            Repr::Big(big) => (**big).clone(),
        }
    }
}

impl From<i64> for Int {
    #[inline]
    fn from(word: i64) -> Self {
        Int(Repr::Word(word))
    }
}

impl From<i32> for Int {
    fn from(word: i32) -> Self {
        i64::from(word).into()
    }
}

impl From<u8> for Int {
    fn from(byte: u8) -> Self {
        i64::from(byte).into()
    }
}

impl From<u64> for Int {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Int(Repr::Big(Box::new(number.into()))), Int::from)
    }
}

impl From<usize> for Int {
    fn from(number: usize) -> Self {
        (number as u64).into()
    }
}

impl From<BigInt> for Int {
    fn from(number: BigInt) -> Self {
        match number.to_i64() {
            Some(word) => word.into(),
            None => Int(Repr::Big(Box::new(number))),
        }
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Word(word) => word.fmt(f),
            Repr::Big(big) => big.fmt(f),
        }
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_a_word_is_one() {
        let edge = BigInt::from(i64::MAX);
        for (number, fits) in
            [(BigInt::from(-5), true), (edge.clone(), true), (edge.clone() + 1, false), (-edge.clone() - 1, true), (-edge - 2, false)]
        {
            let int = Int::from(number.clone());
            assert_eq!((int.word().is_some(), int.to_big(), int.to_string()), (fits, number.clone(), number.to_string()));
        }
        assert_eq!(Int::from(u64::MAX), Int::from(BigInt::from(u64::MAX)));
        assert_eq!((Int::from(7_usize), Int::from(7_u8)), (Int::from(7_i32), Int::from(7_u64)));
    }
}
