//! What operations work with: the part of a context they see, and the conditions they have met.

use super::{Dec, Kind, Num, limbs};

/// Greatest precision and exponents.
pub(crate) const MAX_PREC: i64 = 999_999_999_999_999_999;
pub(crate) const MAX_EMAX: i64 = 999_999_999_999_999_999;
pub(crate) const MIN_EMIN: i64 = -MAX_EMAX;
pub(crate) const MIN_ETINY: i64 = MIN_EMIN - (MAX_PREC - 1);
/// An exponent that overflows in every context, and one that underflows.
pub(super) const EXP_INFINITE: i64 = 2_000_000_000_000_000_001;
pub(super) const EXP_CLAMPED: i64 = -4_000_000_000_000_000_001;

/// Conditions, one bit each.
pub(crate) mod status {
    /// The exponent was changed to fit.
    pub(crate) const CLAMPED: u32 = 1;
    /// A text is not a number.
    pub(crate) const CONVERSION_SYNTAX: u32 = 1 << 1;
    /// `x / 0`.
    pub(crate) const DIVISION_BY_ZERO: u32 = 1 << 2;
    /// A quotient's integer part has too many digits.
    pub(crate) const DIVISION_IMPOSSIBLE: u32 = 1 << 3;
    /// `0 / 0`.
    pub(crate) const DIVISION_UNDEFINED: u32 = 1 << 4;
    /// Digits other than zero were lost.
    pub(crate) const INEXACT: u32 = 1 << 6;
    /// A context that cannot be worked with.
    pub(crate) const INVALID_CONTEXT: u32 = 1 << 7;
    /// An operation that means nothing.
    pub(crate) const INVALID_OPERATION: u32 = 1 << 8;
    /// A number too long for the memory.
    pub(crate) const MALLOC_ERROR: u32 = 1 << 9;
    /// Decimals were mixed with floats.
    pub(crate) const FLOAT_OPERATION: u32 = 1 << 10;
    /// The exponent is too great.
    pub(crate) const OVERFLOW: u32 = 1 << 11;
    /// Digits were lost.
    pub(crate) const ROUNDED: u32 = 1 << 12;
    /// Below the least normal number.
    pub(crate) const SUBNORMAL: u32 = 1 << 13;
    /// Subnormal and inexact.
    pub(crate) const UNDERFLOW: u32 = 1 << 14;

    /// What the signal `InvalidOperation` stands for.
    pub(crate) const INVALID: u32 =
        CONVERSION_SYNTAX | DIVISION_IMPOSSIBLE | DIVISION_UNDEFINED | 1 << 5 | INVALID_CONTEXT | INVALID_OPERATION | MALLOC_ERROR;
    /// What makes the result a NaN.
    pub(crate) const ERRORS: u32 = INVALID | DIVISION_BY_ZERO;
}

/// Ways to round, numbered as CPython does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Round {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
    /// To the nearest; a tie away from zero.
    HalfUp,
    /// To the nearest; a tie towards zero.
    HalfDown,
    /// To the nearest; a tie to the even digit.
    HalfEven,
    /// Away from zero if the last digit would be 0 or 5, else towards it.
    Up05,
}

impl Round {
    /// All of them, in order.
    pub(crate) const ALL: [Round; 8] =
        [Round::Up, Round::Down, Round::Ceiling, Round::Floor, Round::HalfUp, Round::HalfDown, Round::HalfEven, Round::Up05];

    /// CPython's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Round::Up => "ROUND_UP",
            Round::Down => "ROUND_DOWN",
            Round::Ceiling => "ROUND_CEILING",
            Round::Floor => "ROUND_FLOOR",
            Round::HalfUp => "ROUND_HALF_UP",
            Round::HalfDown => "ROUND_HALF_DOWN",
            Round::HalfEven => "ROUND_HALF_EVEN",
            Round::Up05 => "ROUND_05UP",
        }
    }

    /// Whether a truncated coefficient grows by one, for a rounding digit as `limbs::shift_right` gives it.
    #[inline(always)]
    pub(super) fn increments(self, negative: bool, last: u64, rounding: u8) -> bool {
        match self {
            Round::HalfEven => rounding > 5 || rounding == 5 && last & 1 == 1,
            Round::Down => false,
            Round::HalfUp => rounding >= 5,
            Round::HalfDown => rounding > 5,
            Round::Ceiling => rounding != 0 && !negative,
            Round::Floor => rounding != 0 && negative,
            Round::Up => rounding != 0,
            Round::Up05 => rounding != 0 && last.is_multiple_of(5),
        }
    }
}

/// The context of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Env {
    pub(crate) prec: i64,
    pub(crate) emax: i64,
    pub(crate) emin: i64,
    pub(crate) round: Round,
    pub(crate) clamp: bool,
    /// What was met so far.
    pub(crate) status: u32,
}

impl Env {
    /// The widest one.
    pub(crate) const MAX: Env = Env { prec: MAX_PREC, emax: MAX_EMAX, emin: MIN_EMIN, round: Round::HalfEven, clamp: false, status: 0 };

    /// The same with another precision, nothing met.
    pub(super) fn with_prec(&self, prec: i64) -> Env {
        Env { prec, status: 0, ..*self }
    }

    /// The same rounding another way, nothing met.
    pub(crate) fn rounding(&self, round: Round) -> Env {
        Env { round, status: 0, ..*self }
    }

    /// The least exponent of subnormal numbers.
    #[inline(always)]
    pub(crate) fn etiny(&self) -> i64 {
        self.emin - (self.prec - 1)
    }

    /// The greatest exponent of numbers with all digits.
    #[inline(always)]
    pub(crate) fn etop(&self) -> i64 {
        self.emax - (self.prec - 1)
    }

    #[inline(always)]
    pub(crate) fn note(&mut self, conditions: u32) {
        self.status |= conditions;
    }

    /// Notes an error; the result.
    #[cold]
    pub(crate) fn error(&mut self, conditions: u32) -> Dec {
        self.status |= conditions;
        Dec::nan()
    }

    /// The quiet NaN that one of the operands makes the result, if any is a NaN: the first signaling one, else the first.
    pub(crate) fn nan_of(&mut self, operands: &[Num<'_>]) -> Option<Dec> {
        let signaling = operands.iter().find(|n| n.kind == Kind::Signaling);
        if signaling.is_some() {
            self.note(status::INVALID_OPERATION);
        }
        let nan = signaling.or_else(|| operands.iter().find(|n| n.kind == Kind::Quiet))?;
        let mut result = nan.to_dec();
        result.kind = Kind::Quiet;
        self.fit_payload(&mut result);
        Some(result)
    }

    /// Cuts a NaN's payload to the precision.
    pub(super) fn fit_payload(&self, nan: &mut Dec) {
        let room = self.prec - i64::from(self.clamp);
        if nan.num().digits() > room {
            if room > 0 {
                limbs::keep_low(&mut nan.coeff, room);
            }
            if room == 0 || limbs::is_zero(&nan.coeff) {
                nan.coeff.clear();
            }
        }
    }
}
