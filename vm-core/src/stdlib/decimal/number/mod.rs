//! Decimal numbers without objects: the General Decimal Arithmetic with the choices that libmpdec makes, which is what CPython's
//! `_decimal` shows. An operation takes operands as [`Num`], which borrows, and gives a [`Dec`], which owns; what it signals is added to
//! the status of the [`Env`] it works in. Signs, exponents and special values are dealt with here and in the files of the operations,
//! coefficients in `limbs.rs`, `product.rs` and `quotient.rs`.

pub(super) mod binary;
pub(super) mod compare;
pub(super) mod divide;
pub(super) mod env;
mod exp;
mod fixed;
pub(super) mod format;
pub(super) mod integral;
pub(super) mod limbs;
mod ln;
pub(super) mod logic;
pub(super) mod neighbours;
pub(super) mod parse;
pub(super) mod power;
mod power_mod;
mod product;
mod quick;
mod quotient;
pub(super) mod rounding;
mod sqrt;
pub(super) mod sum;
pub(super) mod text;
mod transform;

pub(super) use env::{Env, Round, status};
pub(super) use exp::exp;
pub(super) use fixed::Constants;
pub(super) use limbs::Limbs;
pub(super) use ln::{ln, log10};
pub(super) use power_mod::power_mod;
pub(super) use sqrt::square_root;

/// What kind of number it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Kind {
    /// `coefficient · 10^exponent`.
    Finite,
    /// An infinity; no coefficient.
    Infinite,
    /// A quiet NaN; the coefficient is its payload, empty for none.
    Quiet,
    /// A signaling NaN.
    Signaling,
}

/// A decimal operand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Num<'a> {
    pub(super) kind: Kind,
    pub(super) negative: bool,
    pub(super) exp: i64,
    pub(super) coeff: &'a [u64],
}

/// A decimal result.
#[derive(Clone, Debug)]
pub(super) struct Dec {
    pub(super) kind: Kind,
    pub(super) negative: bool,
    pub(super) exp: i64,
    pub(super) coeff: Limbs,
}

/// One.
pub(super) const ONE: Num<'static> = Num { kind: Kind::Finite, negative: false, exp: 0, coeff: &[1] };

impl<'a> Num<'a> {
    #[inline(always)]
    pub(super) fn is_special(self) -> bool {
        self.kind != Kind::Finite
    }

    #[inline(always)]
    pub(super) fn is_infinite(self) -> bool {
        self.kind == Kind::Infinite
    }

    #[inline(always)]
    pub(super) fn is_nan(self) -> bool {
        matches!(self.kind, Kind::Quiet | Kind::Signaling)
    }

    #[inline(always)]
    pub(super) fn is_zero(self) -> bool {
        self.kind == Kind::Finite && limbs::is_zero(self.coeff)
    }

    /// Digits of the coefficient or payload.
    #[inline(always)]
    pub(super) fn digits(self) -> i64 {
        limbs::digits(self.coeff)
    }

    /// The exponent of the most significant digit.
    #[inline(always)]
    pub(super) fn adjusted(self) -> i64 {
        self.exp + self.digits() - 1
    }

    /// With that sign.
    #[inline(always)]
    pub(super) fn signed(self, negative: bool) -> Num<'a> {
        Num { negative, ..self }
    }

    /// A copy.
    #[inline]
    pub(super) fn to_dec(self) -> Dec {
        Dec { kind: self.kind, negative: self.negative, exp: self.exp, coeff: Limbs::from_slice(self.coeff) }
    }

    /// Whether a finite number is an integer.
    pub(super) fn is_integral(self) -> bool {
        self.is_zero() || self.exp >= 0 || limbs::trailing_zeros(self.coeff) + self.exp >= 0
    }

    /// Whether a number is an integer and odd.
    pub(super) fn is_odd(self) -> bool {
        if self.is_special() || !self.is_integral() || self.is_zero() || self.exp > 0 {
            return false;
        }
        let place = self.exp.unsigned_abs() as usize;
        let (limb, digit) = (place / limbs::WORD, place % limbs::WORD);
        self.coeff.get(limb).is_some_and(|&x| x / limbs::POW10[digit] % 2 == 1)
    }

    pub(super) fn is_normal(self, env: &Env) -> bool {
        !self.is_special() && !self.is_zero() && self.adjusted() >= env.emin
    }

    pub(super) fn is_subnormal(self, env: &Env) -> bool {
        !self.is_special() && !self.is_zero() && self.adjusted() < env.emin
    }

    /// The absolute value of an integer that fits 64 bits.
    pub(super) fn magnitude(self) -> Option<u64> {
        if self.is_special() {
            return None;
        }
        if self.is_zero() {
            return Some(0);
        }
        if !self.is_integral() || self.digits() + self.exp > 20 {
            return None;
        }
        let mut coeff = Limbs::from_slice(self.coeff);
        let coeff = if self.exp < 0 {
            limbs::shift_right(&mut coeff, -self.exp);
            coeff
        } else {
            limbs::shift_left(&coeff, self.exp).ok()?
        };
        match *coeff {
            [low] => Some(low),
            [low, high] => high.checked_mul(limbs::RADIX)?.checked_add(low),
            _ => None,
        }
    }

    /// An integer that fits 64 bits.
    pub(super) fn to_i64(self) -> Option<i64> {
        let size = self.magnitude()?;
        if self.negative { 0i64.checked_sub_unsigned(size) } else { i64::try_from(size).ok() }
    }
}

impl Dec {
    #[inline(always)]
    pub(super) fn finite(negative: bool, coeff: Limbs, exp: i64) -> Dec {
        Dec { kind: Kind::Finite, negative, exp, coeff }
    }

    /// A number whose coefficient is below the base.
    pub(super) fn small(negative: bool, coeff: u64, exp: i64) -> Dec {
        Dec::finite(negative, Limbs::from_elem(coeff, 1), exp)
    }

    /// A number whose coefficient is a machine word.
    pub(super) fn of_word(negative: bool, size: u64) -> Dec {
        let mut coeff = Limbs::from_elem(size, 1);
        if size >= limbs::RADIX {
            coeff[0] = size - limbs::RADIX;
            coeff.push(1);
        }
        Dec::finite(negative, coeff, 0)
    }

    /// An integer.
    pub(super) fn of_i64(n: i64) -> Dec {
        Dec::of_word(n < 0, n.unsigned_abs())
    }

    pub(super) fn infinity(negative: bool) -> Dec {
        Dec { kind: Kind::Infinite, negative, exp: 0, coeff: Limbs::new() }
    }

    /// The quiet NaN without payload.
    pub(super) fn nan() -> Dec {
        Dec { kind: Kind::Quiet, negative: false, exp: 0, coeff: Limbs::new() }
    }

    /// As an operand.
    #[inline(always)]
    pub(super) fn num(&self) -> Num<'_> {
        Num { kind: self.kind, negative: self.negative, exp: self.exp, coeff: &self.coeff }
    }
}

#[cfg(test)]
mod tests;
